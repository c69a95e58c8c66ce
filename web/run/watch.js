/**
 * watch.js: counts seconds of silence, so that a worker that hangs is missed.
 *
 * What is done about it is up to the caller.
 */

/**
 * A watch that counts seconds of silence. It starts a timer for each second, because one long timer would also count
 * the time that the page was asleep.
 * @param {() => boolean} isBusy
 * @param {() => void} miss called after each second while busy
 */
export function createWatch(isBusy, miss) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watching;
  return function watch() {
    clearTimeout(watching);
    if (!isBusy()) return;
    watching = setTimeout(() => {
      miss();
      watch();
    }, 1000);
  };
}
