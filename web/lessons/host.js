/**
 * host.js: the page's side of the lessons. It loads their part when the first lesson is opened, and hands it what it
 * needs of the page. Charts wait until the part can veil them.
 *
 * Lessons and their panel are in the part (index.js); this file is in the main script.
 */
import { words } from '../locales/words.js';
import { nameOfLayer } from '../page/layer-name.js';
import { loadPart } from '../page/parts.js';
import { depthOf } from '../state/stacks.js';
import { LETTERS, SCHEMA, stateOfLesson } from '../state/state.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../run/reply.js').Reply} Reply */

/**
 * @typedef {object} Page what the lessons need of the page
 * @property {() => State} state
 * @property {() => Reply | null} reply
 * @property {(changes: Partial<State>) => void} change
 * @property {() => void} redraw
 * @property {(x: number, y: number) => { layer: number, power: number } | null} pointAt what the chart of rms by depth
 *   shows at a place: a layer and a power of ten
 * @property {(say: () => string) => void} note writes a note
 * @property {(text: string) => void} say has a text read out; it is not shown
 * @property {() => any} training what shows a training: training/training-host.js
 *
 * @typedef {object} Host what the part is handed
 * @property {(selector: string) => HTMLElement} find
 * @property {() => State} state
 * @property {() => number} depth of the state's networks
 * @property {(layer: number) => string} call what a layer is called: its number, and its name where it has one
 * @property {(changes: Partial<State>) => void} change
 * @property {() => void} redraw
 * @property {Page['pointAt']} pointAt
 * @property {(text: string) => void} say
 * @property {() => any} words of the language that is spoken
 * @property {(lesson: string) => void} open goes to a lesson's own state
 * @property {() => boolean} changed whether the state is no longer the lesson's own
 * @property {(step: number | 'coordinates') => void} trainTo has both networks trained up to a step, or coordinates checked
 * @property {(step: number | 'coordinates') => any} trained both networks in training; null until they have come to a step
 * @property {() => any} networks both networks of the present state; null until they have been run to the end for the
 *   whole batch
 */

/** Whether two states run the same networks. @param {State} a @param {State} b */
const runAlike = (a, b) => SCHEMA.every(({ key, view }) => view || a[key] === b[key]);

/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** @param {Page} page @returns {Host} */
const makeHost = ({ state, reply, change, redraw, pointAt, say, training }) => ({
  find,
  state,
  depth: () => depthOf(state()),
  call: (layer) => words.WORDS.layer(layer, nameOfLayer(state(), layer)),
  change,
  redraw,
  pointAt,
  say,
  words: () => words,
  open: (lesson) => change(stateOfLesson(lesson, state())),
  changed() {
    const own = stateOfLesson(state().lesson);
    return (
      !runAlike(state(), own) || (own.train !== '' && training().plan() !== own.train.replace(/-map|-coordinates/, ''))
    );
  },
  trainTo: (step) => training().trainTo(step),
  trained: (step) => training().trained(step),
  networks() {
    const now = reply();
    if (!now || now.coarse || !runAlike(now.state, state())) return null;
    return LETTERS.every((letter) => now.networks[letter].done) ? now.networks : null;
  },
});

/** @param {Page} page */
export function createHost(page) {
  const { state, redraw, note } = page;
  const host = makeHost(page);
  /** @type {any} */
  let panel = null;
  let failed = false;

  async function load() {
    failed = false;
    try {
      const { createPanel } = await loadPart('lessons');
      panel ??= createPanel(host);
      panel.update();
    } catch (error) {
      failed = true;
      note(() => words.WORDS.noLessons(String(error)));
    }
    redraw();
  }

  find('#lessons-open').addEventListener('click', async () => {
    if (!panel) await load();
    panel?.toggle();
  });
  return {
    /** Follows a change of the state, the reply or the language. */
    update() {
      if (panel) panel.update();
      else if (state().lesson !== 'none') load();
    },

    /** Whether charts may be drawn. */
    ready: () => panel !== null || failed || state().lesson === 'none',

    /** What is read out of the open lesson. */
    spoken: () => String(panel?.spoken() ?? ''),

    /** The line to draw over the chart of rms by depth. @returns {import('../charts/sheet.js').Sketched | null} */
    sketched: () => panel?.sketched() ?? null,
  };
}
