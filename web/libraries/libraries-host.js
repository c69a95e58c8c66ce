/**
 * libraries-host.js: the page's side of the view Libraries. It loads the part when its button is pressed, when the address
 * has `libraries`, or when a surprise of a library bears on a network that is shown.
 *
 * The view is in the part (libraries-part.js); this file is in the main script.
 */
import { createPartView } from '../page/part-view.js';
import { mentionOf } from '../reading/mentions.js';

/** @typedef {import('../page/part-view.js').Page} Page */
/** @typedef {import('../page/part-view.js').Host} Host */

/** @param {Page} page */
export const createLibraries = (page) =>
  createPartView(
    page,
    'libraries',
    () => !/^0?$/.test(page.state().libraries),
    ['PyTorch', ''],
    () =>
      Object.values(page.reply()?.networks ?? {}).some(({ spec }) =>
        mentionOf(spec.layers, page.state().format, spec.drawn),
      ),
  );
