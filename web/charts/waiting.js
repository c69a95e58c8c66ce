/*
 * What of the sheet is drawn now, and what waits: of a reply that is not whole, what would be gone for a moment at each
 * move of a slider; while the slider moves, what is out of view.
 */

/** @typedef {import('../run/reply.js').Network} Network */

/** How much of a reply is drawn: nothing yet; first layers, over those of the run before; all but what tells of the way
 * back too; everything that there is. */
const NOTHING = 0;
export const FIRST = 1;
export const FORWARD = 2;
export const WHOLE = 3;

/** Milliseconds, from the first reply that is not whole on, that are waited for the rest: until the way forward is done,
 * and then for the way back. */
const GRACE = { forward: 450, back: 150 };

/** Whether there is nothing of the way back yet. @param {Network} network */
export const isPartial = ({ passed, done, error }) => passed === 0 && !done && !error;

/** Whether the way forward is not done yet. @param {Network} network */
export const isBegun = (network) => isPartial(network) && network.layers.length < network.spec.layers.length;

/** @param {Network[]} networks */
function stageOf(networks) {
  const begun = networks.filter(isBegun);
  if (begun.length === 0) return FORWARD;
  return begun.every(({ layers }) => layers.length > 0) ? FIRST : NOTHING;
}

/** Patience with replies that are not whole. */
export function createPatience() {
  /** Since when something has been left for the rest of a reply; 0: nothing has. */
  let since = 0;

  /**
   * How much is drawn now, and milliseconds after which that will be more; 0: it is everything.
   * @param {Network[]} networks @param {boolean} again whether nothing is to be waited for
   */
  return (networks, again) => {
    const now = performance.now();
    if (again || !networks.some(isPartial)) since = 0;
    else since ||= now;
    const left = since > 0 ? since + (networks.some(isBegun) ? GRACE.forward : GRACE.back) - now : 0;
    if (left > 0) return { stage: stageOf(networks), left };
    since &&= now;
    return { stage: WHOLE, left: 0 };
  };
}

/**
 * Watches which elements are in view.
 * @param {Iterable<Element>} elements
 * @param {() => void} missed called when one comes into view while something that was not has been left
 */
export function watchView(elements, missed) {
  /** @type {Set<Element>} */
  const inView = new Set();
  const view = { left: false, has: (/** @type {Element} */ element) => inView.has(element) };
  const watching = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](target);
    if (view.left && entries.some(({ isIntersecting }) => isIntersecting)) missed();
  });
  for (const element of elements) watching.observe(element);
  return view;
}
