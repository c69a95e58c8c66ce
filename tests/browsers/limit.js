/*
 * The limit of a wait: for a state that never comes, or a browser that never answers. It is long, so that a busy machine
 * does not reach it; no test depends on it otherwise.
 */

/** The longest wait for one state or one answer of a browser, in milliseconds. */
export const HANG = 180_000;

/**
 * The promise, or an error where it takes longer than the limit.
 * @template T
 * @param {Promise<T>} promise
 * @param {string} name of what is waited for
 * @param {number} [limit] in milliseconds; default HANG
 */
export async function limited(promise, name, limit = HANG) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const end = new Promise((_, reject) => {
    timer = setTimeout(reject, limit, new Error(`this did not come: ${name}`));
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, end]));
  } finally {
    clearTimeout(timer);
  }
}
