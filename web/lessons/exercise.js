/**
 * exercise.js: what two lessons offer beside their question. "Tune until reasonable" counts the reader's tries and
 * compares them with LSUV's. "The typical network" collects a number from each draw of the weights.
 *
 * The other lessons have no exercise. A try is a gain that the reader settled on, with any control.
 */
import { make, makeButton } from '../page/elements.js';
import { LETTERS, nextSeed } from '../state/state.js';

/** @typedef {import('./host.js').Host} Host */
/** @typedef {import('./lessons.js').Lesson} Lesson */
/** @typedef {import('./view.js').Speech} Speech */

/** The rms of the last activations is reasonable between these. */
const REASONABLE = { lo: 0.5, hi: 2 };

/** How many draws are shown, the newest ones. */
const MOST_DRAWS = 12;

const startProgress = () => ({
  tries: 0,
  /** The gain of the last try. */
  gain: Number.NaN,
  done: false,
  /** By seed. @type {Map<number, number>} */
  draws: new Map(),
});

/** @typedef {ReturnType<typeof startProgress>} Progress */

/**
 * Notes whether the last try succeeded, and describes the tries.
 * @param {Progress} progress
 * @param {any} networks
 * @param {Speech} speech
 * @returns {[yours: string, theirs: string]} theirs: LSUV's; '' where it has not run on B
 */
function describeTries(progress, networks, { words, own }) {
  const { rms } = networks.A.layers.at(-1).activations;
  const reached = rms >= REASONABLE.lo && rms <= REASONABLE.hi;
  progress.done = reached && networks.A.spec.gain === progress.gain; // the answer may come before the try is finished
  const looks = networks.B.layers.reduce(
    (/** @type {number} */ sum, /** @type {any} */ layer) => sum + (layer.tries ?? Number.NaN),
    0,
  );
  return [own.tries(progress.tries, words.number(rms), reached), Number.isNaN(looks) ? '' : own.tuned(looks)];
}

/** @param {Progress} progress @param {Speech} speech */
function describeDraws({ draws }, { words, own }) {
  const last = [...draws.values()].slice(-MOST_DRAWS);
  const below = [...draws.values()].filter((value) => value < 1).length;
  return own.draws(last.map(words.number), below, draws.size);
}

/**
 * Makes a button that turns LSUV on. It stays on until the reader sets a gain.
 * @param {Host} host
 * @param {'A' | 'B'} letter
 * @param {Speech} speech
 */
function makeTuner(host, letter, { own }) {
  const key = `tune${letter}`;
  const button = makeButton('', () => host.change({ [key]: 'lsuv' }));
  return {
    button,

    /** Says whether LSUV is on. */
    refresh() {
      const on = host.state()[key] === 'lsuv';
      button.textContent = own.lsuv(letter, on);
      button.classList.toggle('on', on);
    },
  };
}

/** @param {Host} host */
export function createExercise(host) {
  let progress = startProgress();
  /** @type {Lesson | undefined} */
  let lesson;
  /** @type {any} */
  let speech;
  const yours = make('p.yours');
  const theirs = make('p');
  /** @type {ReturnType<typeof makeTuner>[]} */
  let tuners = [];

  // a slider fires `input` for each change, and `change` once when it is let go
  host.find('#controls').addEventListener('change', ({ target }) => {
    const { name, dataset } = /** @type {HTMLInputElement} */ (target);
    if (lesson?.id !== 'tune' || (name !== 'gainA' && dataset.gain !== 'gainA') || progress.done) return;
    progress.tries++;
    progress.gain = host.state().gainA;
    refresh(host.networks());
  });

  /** Writes how far the reader has come. @param {any} networks null until both have been run */
  function refresh(networks) {
    for (const tuner of tuners) tuner.refresh();
    if (!lesson || !networks) return;
    if (lesson.id === 'tune') {
      [yours.textContent, theirs.textContent] = describeTries(progress, networks, speech);
    } else if (lesson.eachDraw) {
      progress.draws.set(host.state().seed, lesson.eachDraw(networks));
      yours.textContent = describeDraws(progress, speech);
    }
  }

  return {
    /** Forgets what the reader did. */
    restart() {
      progress = startProgress();
    },

    /**
     * Makes the element of a lesson's exercise; a hidden one where it has none.
     * @param {Lesson} next
     * @param {Speech} nextSpeech
     * @param {boolean} revealed whether LSUV's result may be shown: it is the answer
     */
    makeElement(next, nextSpeech, revealed) {
      [lesson, speech] = [next, nextSpeech];
      theirs.hidden = !revealed;
      yours.textContent = theirs.textContent = '';
      tuners = next.id === 'tune' ? LETTERS.map((letter) => makeTuner(host, letter, speech)) : [];
      if (next.id === 'tune') {
        const buttons = tuners.map(({ button }) => button);
        return make('div.exercise', {}, yours, theirs, make('p.steps', {}, ...buttons));
      }
      if (!next.eachDraw) return make('div', { hidden: true });
      const drawNext = makeButton(speech.own.nextSeed, () => host.change({ seed: nextSeed(host.state().seed) }));
      return make('div.exercise', {}, make('p.steps', {}, drawNext), yours);
    },

    refresh,

    /** What is read out after a change. */
    spoken: () => String(yours.textContent),
  };
}
