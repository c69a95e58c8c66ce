/*
 * The page's side of the lessons: it loads their part when the first is opened, hands it what it needs of the page, and
 * keeps charts from being drawn before the part is there to veil them. What a lesson is, and its panel, are in the part.
 */
import { words } from '../locales/words.js';
import { loadPart } from '../page/parts.js';
import { LETTERS, SCHEMA, stateOfLesson } from '../state/state.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../run/reply.js').Reply} Reply */

/** What would be run is the same. @param {State} a @param {State} b */
const alike = (a, b) => SCHEMA.every(({ key, view }) => view || a[key] === b[key]);

/**
 * @param {object} page
 * @param {() => State} page.state
 * @param {() => Reply | null} page.reply
 * @param {(changes: Partial<State>) => void} page.change
 * @param {() => void} page.redraw
 * @param {(x: number, y: number) => { layer: number, power: number } | null} page.at of the chart of rms by depth
 * @param {(say: () => string) => void} page.note
 * @param {(text: string) => void} page.say to be heard, not seen
 */
export function createHost({ state, reply, change, redraw, at, note, say }) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
  /** @type {any} */
  let panel = null;
  let failed = false;
  const host = {
    find,
    state,
    change,
    redraw,
    at,
    say,
    words: () => words,
    /** Goes to the lesson's own state. @param {string} lesson */
    open: (lesson) => change(stateOfLesson(lesson, state())),
    changed: () => !alike(state(), stateOfLesson(state().lesson)),
    /** Both networks of the present state, once they have been run to the end for the whole batch. */
    networks: () => {
      const now = reply();
      const same = now && !now.coarse && alike(now.state, state());
      const whole = same && LETTERS.every((letter) => now.networks[letter].done);
      return whole ? now.networks : null;
    },
  };

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
    /** The state, the reply or the language may be another. */
    update() {
      if (panel) panel.update();
      else if (state().lesson !== 'none') load();
    },
    /** Whether charts may be drawn. */
    ready: () => panel !== null || failed || state().lesson === 'none',
    /** What is to be heard of the lesson that is open. */
    spoken: () => String(panel?.spoken() ?? ''),
    /** What the reader sketches over the chart of rms by depth. @returns {import('../charts/sheet.js').Sketched | null} */
    sketched: () => panel?.sketched() ?? null,
  };
}

/** @typedef {Parameters<typeof import('./panel.js').createPanel>[0]} Host */
