/**
 * address.js: keeps the state in the page's address, opens the address that the reader enters, and makes links.
 *
 * What an address means is in state/state.js.
 */
import { format, parse } from '../state/state.js';

/** @typedef {import('../state/state.js').State} State */

/** Milliseconds between two changes of the address: browsers refuse more than a hundred in half a minute. */
const PAUSE = 400;

/**
 * Links to this page at a state.
 * @param {State} state
 * @returns {string} '' where the page has no address of its own (srcdoc)
 */
export const linkTo = (state) =>
  location.href.startsWith('about:') ? '' : `${location.href.replace(/#.*/, '')}#${format(state)}`.replace(/#$/, '');

/**
 * @param {() => State} current the state now
 * @param {(opened: ReturnType<typeof parse>) => void} open called with what a new address says
 */
export function createAddress(current, open) {
  let timer = 0;

  /** Writes the current state into the address, after a pause. */
  function write() {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      try {
        history.replaceState(null, '', `#${format(current())}`);
      } catch {} // a frame without an address of its own (srcdoc) goes without
    }, PAUSE);
  }

  addEventListener('hashchange', ({ newURL }) => {
    const { hash } = new URL(newURL); // the page may have written its own address since the reader entered this one
    if (hash.replace(/^#/, '') !== format(current())) open(parse(hash));
    if (hash !== location.hash) write();
  });

  return { write };
}
