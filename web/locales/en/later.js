/**
 * later.js: the sentences on refusals and on addresses, in English, until they have loaded. Few readers meet one, so they are a
 * part of the page (refusals.js, ignored.js). The page keeps those that it needs where nothing can be loaded.
 */

/** Whether the part has been asked for, and what loads it: main.js sets that. */
export const later = { isComing: false, load: /** @type {() => unknown} */ (() => {}) };

/** @satisfies {Partial<import('../refused.js').Sentences>} */
export const STOPPED = {
  engineStopped: ({ value }) =>
    `The engine stopped twice at this: ${value || 'no answer came'}. Change something, or try again.`,
  engineUnfetched: () =>
    'The part of the engine that this network needs could not be loaded. Check the connection, then try again.',
  unknown: ({ value }) => `An unexpected error: ${value}`,
};

/** Has the part loaded, and says nothing until it is there. */
function wait() {
  if (!later.isComing) later.load();
  later.isComing = true;
  return '';
}

/** @type {typeof import('./refusals.js').refusalWords} */
export const refusalWords = (refused) => /** @type {any} */ (STOPPED)[refused.code]?.(refused) ?? wait();

/** @type {typeof import('./ignored.js').ignoredWords} */
export const ignoredWords = (ignored) => (ignored.length > 0 ? wait() : '');
