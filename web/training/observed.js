/**
 * observed.js: what both networks show at a step of their training, in the form of a reply, so that the page's own charts
 * draw it.
 *
 * Pure. What a reply is, is in run/reply.js.
 */

/** @typedef {import('./training-lane.js').Lane} Lane */
/** @typedef {import('../run/reply.js').Reply} Reply */

/** @param {Lane} lane @param {import('../engine/spec.js').Spec} asked @returns {any} a Network */
function networkOf({ spec, seen, error }, asked) {
  const layers = seen?.layers ?? [];
  return {
    spec: { ...(spec ?? asked), loss: 'cross-entropy', backward: true },
    images: null,
    asked: '',
    input: layers[0]?.input,
    layers,
    share: 0,
    passed: layers.length,
    done: layers.length > 0,
    ...(error && { error }),
  };
}

/**
 * @param {Record<'A' | 'B', Lane>} lanes
 * @param {Record<'A' | 'B', import('../engine/spec.js').Spec>} specs
 * @param {import('../state/state.js').State} state
 * @param {number} request
 * @returns {Reply | null} null where they do not show the same step
 */
export function replyOf({ A, B }, specs, state, request) {
  const seen = [A, B].filter(({ error }) => !error).map((lane) => lane.seen?.step);
  if (seen.length === 0 || seen.includes(undefined) || seen[0] !== seen[seen.length - 1]) return null;
  return { request, state, networks: { A: networkOf(A, specs.A), B: networkOf(B, specs.B) }, coarse: false };
}
