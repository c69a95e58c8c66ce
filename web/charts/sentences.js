/*
 * What is written over the charts: their titles, and what became of A and of B in words, which also tells the charts to
 * those who do not see them. Every word is of the reply, none of the controls.
 */

import { words } from '../locales/words.js';
import { agreement } from '../reading/agreement.js';
import { verdict } from '../reading/verdict.js';
import { LETTERS } from '../state/state.js';
import { BACKWARD } from './bins.js';
import { write } from './write.js';

/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./late-limits.js').Limits} Limits */

/** The parts of what is said of a network, each with an element of its name. */
const SAID = /** @type {const} */ (['word', 'cautions', 'sentence', 'advice']);

/** @param {HTMLElement} root */
export function createSentences(root) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

  /** What is written of a network, as one text; '' where it is veiled. @param {'A' | 'B'} letter */
  function verdictOf(letter) {
    if (find(`#verdict${letter}`).matches('.veiled')) return '';
    // advice is for weights that are drawn, not for trained ones
    const parts = document.documentElement.matches('[data-training]') ? SAID.slice(0, 3) : [...SAID, 'agreement'];
    const [word, cautions, ...rest] = parts.map((part) => find(`#verdict${letter} .${part}`).textContent ?? '');
    return [`${word}${cautions}.`, ...rest].filter(Boolean).join(' ');
  }

  return {
    /** @param {number} depth @param {number} chosen @param {string} tensor @param {string} [name] of the chosen layer */
    writeTitles(depth, chosen, tensor, name) {
      for (const title of root.querySelectorAll('.chosen')) write(title, words.WORDS.layer(chosen, name));
      const readout = document.querySelector('.choice .name'); // a frame may have none, or have it elsewhere
      if (readout) write(readout, name ?? '');
      for (const title of root.querySelectorAll('.ridge .tensor')) write(title, words.WORDS.tensor(tensor));
      write(find(':scope > .how'), words.ridgeHow(BACKWARD.includes(tensor)));
      write(find('#detail h3'), words.WORDS.detail(tensor));
      for (const canvas of root.querySelectorAll('canvas[role=slider]')) {
        canvas.setAttribute('aria-valuenow', String(chosen));
        canvas.setAttribute('aria-valuemax', String(depth));
        canvas.setAttribute('aria-valuetext', words.WORDS.layerTitle(chosen, depth, name));
      }
    },

    /** @param {State} state @param {Network[]} networks @param {string[] | null} names of the layers
     * @param {Limits | null} limits of a number format */
    writeVerdicts(state, networks, names, limits) {
      LETTERS.forEach((letter, i) => {
        writeVerdict(find(`#verdict${letter}`), letter, state, networks[i], names, limits);
      });
      find('#rms canvas').setAttribute('aria-label', words.LABELS.rms(LETTERS.map(verdictOf)));
    },

    /** What is said of the ridges goes by the verdict, which may change where they do not. */
    labelRidges() {
      for (const letter of LETTERS) {
        const caption = find(`#ridge${letter} .measured`).textContent;
        find(`#ridge${letter} canvas`).setAttribute('aria-label', `${letter}: ${verdictOf(letter)} ${caption}`);
      }
    },

    /**
     * What is written of A and of B once both are there as a whole; '' before, and where it is veiled.
     * @param {Reply} reply
     */
    verdicts({ networks, coarse }) {
      if (coarse || LETTERS.some((letter) => !networks[letter].done && !networks[letter].error)) return '';
      if (!verdictOf('A')) return '';
      return LETTERS.map((letter) => `${letter}: ${verdictOf(letter)}`).join(' ');
    },
  };
}

/** How many numbers a network gives for an example. @param {import('../engine/engine.js').PassedLayer} last
 * @param {number} batch */
const classesOf = ({ activations }, batch) => activations.size / batch;

/**
 * @param {HTMLElement} element
 * @param {'A' | 'B'} letter
 * @param {State} state
 * @param {Network} network
 * @param {string[] | null} names of the layers
 * @param {Limits | null} limits of a number format
 */
function writeVerdict(element, letter, state, { input, layers, share, passed, done, error, spec }, names, limits) {
  const find = (/** @type {string} */ selector) => /** @type {Element} */ (element.querySelector(selector));
  const failed = {
    word: words.WORDS.failed,
    cautions: '',
    sentence: error ? words.refusalWords(error, names, state.stack !== '') : '',
    advice: '',
  };
  const judged = !error && input && layers.length > (spec.layers.length > 1 ? 1 : 0); // one of many tells nothing yet
  const said = judged
    ? words.verdictWords(verdict(layers, input, { spec }), names)
    : error
      ? failed
      : words.WORDS.working;
  const depth = spec.layers.length;
  const progress =
    layers.length < depth
      ? words.WORDS.forward(layers.length, depth, share)
      : words.WORDS.backward(passed, depth, share);
  write(find('.scheme'), words.networkWords(state, letter));
  if (find('.word').textContent !== said.word) write(find('.cautions'), ''); // a new word has cautions of its own
  for (const part of SAID) write(find(`.${part}`), said[part]);
  const agreed = judged ? words.agreementWords(agreement(layers), agreement(layers, 'backward'), names) : '';
  const tuned = layers.some(({ tries }) => tries) ? words.tunedWords(layers) : '';
  write(find('.agreement'), agreed + tuned + ((judged && limits?.say(layers, names)) || ''));
  const first = Number(spec.batch);
  const still = first < state.batch ? words.WORDS.coarse(first, state.batch) : '';
  write(find('.progress'), error ? '' : done ? still : progress);
  const loss =
    done && spec.loss === 'cross-entropy'
      ? words.lossWords(layers[0].loss ?? Number.NaN, classesOf(layers[layers.length - 1], first))
      : '';
  write(find('.loss'), loss);
}
