/**
 * phase-host.js: the page's side of the view Phase map. It loads the part when its button is pressed or the address has
 * `phase`, and hands it what it needs of the page.
 *
 * The view is in the part (phase-part.js); this file is in the main script.
 */
import { createPartView } from '../page/part-view.js';

/** @typedef {import('../page/part-view.js').Page} Page */
/** @typedef {import('../page/part-view.js').Host} Host */

/** @param {Page} page */
export const createPhase = (page) => createPartView(page, 'phase', () => page.state().phase === '1', ['1', '0']);
