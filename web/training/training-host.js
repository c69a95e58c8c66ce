/**
 * training-host.js: the page's side of the view Training. It loads the part when its button is pressed or the address has
 * `train`, and hands it what it needs of the page.
 *
 * The view is in the part (training-part.js); this file is in the main script.
 */
import { words } from '../locales/words.js';
import { TOOLS } from '../page/part-tools.js';
import { loadPart } from '../page/parts.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../run/reply.js').Reply} Reply */

/**
 * @typedef {object} Page what the view needs of the page
 * @property {() => State} state
 * @property {() => Reply | null} reply of the view Signal
 * @property {(changes: Partial<State>) => void} change
 * @property {(say: () => string) => void} note writes a note
 * @property {(text: string) => void} say has a text read out; it is not shown
 * @property {() => void} redraw draws what has changed
 * @property {() => boolean} isBusy whether something is still to be drawn
 * @property {() => void} told called when there is more to tell of a training
 * @property {() => boolean} isReading whether the networks wait for a line of layers
 *
 * @typedef {Page & typeof TOOLS} Host what the part is handed
 */

/** @param {Page} page */
export function createTraining(page) {
  const { state, change, note } = page;
  const button = /** @type {HTMLElement} */ (document.getElementById('training-open'));
  /** @type {any} */
  let view = null;
  /** What is wanted before the part has come: a step to train to, or the check; 0: nothing. @type {number | 'coordinates'} */
  let wanted = 0;

  /** Whether the reader has just opened the view by its button. */
  let opens = false;

  async function load() {
    try {
      const part = await loadPart('training');
      view ??= part.createView({ ...TOOLS, ...page });
      view.update();
      if (opens && document.activeElement === button) view.focus();
      opens = false;
      view.trainTo(wanted);
      page.told();
    } catch (error) {
      note(() => words.WORDS.noTraining(String(error)));
    }
  }

  button?.addEventListener('click', () => {
    opens = !state().train;
    change({ train: opens ? (view?.text() ?? 'digits') : '' });
    if (opens) view?.focus();
  });

  return {
    /** Follows a change of the state, the reply or the language. */
    update() {
      button?.setAttribute('aria-pressed', String(state().train !== ''));
      if (view) view.update();
      else if (state().train) load();
    },

    /** What the charts show instead of the signal; null where they show the signal. @returns {Reply | null} */
    reply: () => (state().train && view?.reply()) || null,

    /** The state at the step that the charts show, and lines that describe it; null where they show the signal. */
    shown: () => (state().train && view?.shown()) || null,

    /** What is trained on, and how, without where training is. */
    plan: () => (state().train && view?.plan()) || state().train,

    /** Trains up to a step, or checks coordinates, now or when the part has come. @param {number | 'coordinates'} step */
    trainTo(step) {
      wanted = step;
      view?.trainTo(step);
    },

    /** What is known of both trainings at a step; null until both have come there. @param {number | 'coordinates'} step */
    trained: (step) => (state().train && view?.trained(step)) || null,
  };
}
