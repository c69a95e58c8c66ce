/*
 * What two lessons have beside their question: of "tune until reasonable" the reader's tries against LSUV's, of the
 * typical network the draws so far. A try is a gain that the reader stayed at, by any control.
 */
import { nextSeed } from '../state/state.js';
import { button, make } from './dom.js';

/** The last activations are reasonable between these. */
const REASONABLE = { lo: 0.5, hi: 2 };

/** As many draws are shown. */
const MOST_DRAWS = 12;

/** @param {import('./panel.js').Host} host */
export function createExercise(host) {
  let tries = 0;
  /** The gain of the last try. */
  let counted = Number.NaN;
  let done = false;
  /** By seed. @type {Map<number, number>} */
  let draws = new Map();
  /** @type {import('./lessons.js').Lesson | undefined} */
  let lesson;
  const yours = make('p.yours');
  const theirs = make('p');
  /** @type {any} */
  let speech;

  // a slider tells of each change, and once more when it is let go
  host.find('#controls').addEventListener('change', ({ target }) => {
    const { name, dataset } = /** @type {HTMLInputElement} */ (target);
    if (lesson?.id !== 'tune' || (name !== 'gainA' && dataset.gain !== 'gainA') || done) return;
    tries++;
    counted = host.state().gainA;
    refresh(host.networks());
  });

  /** @param {any} networks */
  function refresh(networks) {
    if (!lesson || !networks) return;
    const { words, own } = speech;
    if (lesson.id === 'tune') {
      const [a, b] = ['A', 'B'].map((letter) => networks[letter].layers);
      const { rms } = a[a.length - 1].activations;
      const reached = rms >= REASONABLE.lo && rms <= REASONABLE.hi;
      const byLsuv = (/** @type {any[]} */ layers) =>
        layers.reduce((sum, layer) => sum + (layer.tries ?? Number.NaN), 0);
      done = reached && networks.A.spec.gain === counted; // the answer may come before the try is finished
      yours.textContent = own.tries(tries, words.number(rms), reached);
      theirs.textContent = Number.isNaN(byLsuv(b)) ? '' : own.tuned(byLsuv(b));
    } else if (lesson.draws) {
      draws.set(host.state().seed, lesson.draws(networks));
      const last = [...draws.values()].slice(-MOST_DRAWS);
      const below = [...draws.values()].filter((value) => value < 1).length;
      yours.textContent = own.draws(last.map(words.number), below, draws.size);
    }
  }

  return {
    restart() {
      [tries, counted, done, draws] = [0, Number.NaN, false, new Map()];
    },

    /** @param {import('./lessons.js').Lesson} next @param {any} said words @param {boolean} revealed */
    element(next, said, revealed) {
      [lesson, speech] = [next, said];
      theirs.hidden = !revealed; // it is what was asked
      yours.textContent = theirs.textContent = '';
      const { own } = speech;
      if (next.id === 'tune') {
        const tune = (/** @type {string} */ letter) =>
          button(own.lsuv(letter), () => {
            const key = `tune${letter}`;
            host.change({ [key]: host.state()[key] === 'lsuv' ? 'none' : 'lsuv' });
          });
        return make('div.exercise', {}, yours, theirs, make('p.steps', {}, tune('A'), tune('B')));
      }
      if (!next.draws) return make('div', { hidden: true });
      const seed = () => host.change({ seed: nextSeed(host.state().seed) });
      return make('div.exercise', {}, make('p.steps', {}, button(own.nextSeed, seed)), yours);
    },

    refresh,
    /** What is to be heard once it has changed. */
    spoken: () => String(yours.textContent),
  };
}
