/**
 * part-tools.js: what the views in parts of the page are handed of the main script. A part shares no module with it, so
 * it would otherwise bring a second copy along.
 *
 * What a view needs of the state and of the networks is up to main.js.
 */
import { createPlainCanvas, strokePath, traceMark } from '../charts/canvas.js';
import { colours, textFont } from '../charts/colours.js';
import { createNumbersTable } from '../charts/numbers-table.js';
import { words } from '../locales/words.js';
import { verdict } from '../reading/verdict.js';
import { specOf } from '../state/networks.js';
import { depthOf } from '../state/stacks.js';
import { activationOf, ownNumber, rowOf, schemeOf } from '../state/state.js';
import { loadPart } from './parts.js';

export const TOOLS = {
  ...{ createPlainCanvas, strokePath, traceMark, colours, textFont, createNumbersTable, loadPart },
  ...{ specOf, verdict, depthOf, rowOf, schemeOf, activationOf, ownNumber },
  words: () => /** @type {any} */ (words),
  find: (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector)),
};
