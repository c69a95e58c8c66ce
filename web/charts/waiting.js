/**
 * waiting.js: decides which parts of the sheet are drawn now and which wait.
 *
 * A reply comes in pieces. Parts that would vanish for a moment at each move of a slider wait for the rest of the reply.
 * Parts that are out of view wait until the slider rests. Nothing is drawn here.
 */

/** @typedef {import('../run/reply.js').Network} Network */

/**
 * How much of a reply is drawn: nothing; its first layers, with the other layers of the previous run; all but the
 * backward pass; everything.
 */
const NOTHING = 0;
export const FIRST = 1;
export const FORWARD = 2;
export const WHOLE = 3;

/** How long to wait for the forward pass and for the backward pass, in milliseconds from the first incomplete reply. */
const GRACE = { forward: 450, backward: 150 };

/** Whether the backward pass has not begun. @param {Network} network */
export const lacksBackward = ({ passed, done, error }) => passed === 0 && !done && !error;

/** Whether the forward pass is not complete. @param {Network} network */
export const lacksForward = (network) => lacksBackward(network) && network.layers.length < network.spec.layers.length;

/** @param {Network[]} networks */
function stageOf(networks) {
  const running = networks.filter(lacksForward);
  if (running.length === 0) return FORWARD;
  return running.every(({ layers }) => layers.length > 0) ? FIRST : NOTHING;
}

/** Remembers how long the sheet has waited. */
export function createStages() {
  /** When the waiting began, by performance.now(); 0 if nothing waits. */
  let since = 0;

  /**
   * @param {Network[]} networks
   * @param {boolean} again draw everything now, without waiting
   * @returns {{ stage: number, left: number }} how much to draw now, and the milliseconds until there is more to draw;
   *   0 if everything is drawn
   */
  return (networks, again) => {
    const now = performance.now();
    if (again || !networks.some(lacksBackward)) since = 0;
    else since ||= now;
    const left = since > 0 ? since + (networks.some(lacksForward) ? GRACE.forward : GRACE.backward) - now : 0;
    if (left > 0) return { stage: stageOf(networks), left };
    since &&= now;
    return { stage: WHOLE, left: 0 };
  };
}

/**
 * Watches which elements are in view.
 * @param {Iterable<Element>} elements
 * @param {() => void} appeared called when an element comes into view while `left` is true
 * @returns {{ left: boolean, has: (element: Element) => boolean }} left: set it when something out of view is not drawn;
 *   has: whether an element is in view
 */
export function watchView(elements, appeared) {
  /** @type {Set<Element>} */
  const inView = new Set();
  const view = { left: false, has: (/** @type {Element} */ element) => inView.has(element) };
  const watching = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](target);
    if (view.left && entries.some(({ isIntersecting }) => isIntersecting)) appeared();
  });
  for (const element of elements) watching.observe(element);
  return view;
}
