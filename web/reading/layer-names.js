/**
 * layer-names.js: the names of a network's layers, as people call them: conv1, pool1, 256, output 10. Charts, tables and
 * sentences read them here.
 *
 * Pure. The word for the output layer comes from the caller. Layers of a stack that the controls make are all alike, and go by
 * their numbers.
 */

import { isComposed } from '../state/stacks.js';

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('../state/state.js').State} State */

/** What the layers of a kind are called before their number. Kinds without a row have no number.
 * @type {Record<string, string>} */
const NUMBERED = {
  conv: 'conv',
  'transposed-conv': 'convT',
  'max-pool': 'pool',
  'average-pool': 'pool',
  'layer-norm': 'norm',
  'rms-norm': 'norm',
  'batch-norm': 'norm',
  add: 'sum',
  glu: 'glu',
  swiglu: 'swiglu',
  geglu: 'geglu',
  prelu: 'prelu',
};

/** @type {Record<string, string>} */
const SINGLE = { 'global-average-pool': 'gap', flatten: 'flatten' };

/** The layers of one network. @param {readonly any[]} layers of a spec @param {string} output @returns {string[]} */
function namesOf(layers, output) {
  /** @type {Record<string, number>} */
  const counts = {};
  return layers.map(({ kind, units }, i) => {
    if (kind === 'dense') return i > 0 && i === layers.length - 1 ? `${output} ${units}` : String(units);
    const name = NUMBERED[kind];
    if (!name) return SINGLE[kind] ?? kind;
    counts[name] = (counts[name] ?? 0) + 1;
    return name + counts[name];
  });
}

/**
 * Where the networks differ in a layer, it has both names: 512/300.
 * @param {readonly (readonly Layer[])[]} networks the layers of A and of B, of their specs
 * @param {string} output the word for a last dense layer
 * @returns {string[]} a name for each layer
 */
export function layerNames([first, ...others], output) {
  const further = others.map((layers) => namesOf(layers, output));
  return namesOf(first, output).map((name, i) => [...new Set([name, ...further.map((names) => names[i])])].join('/'));
}

/** @param {readonly any[]} layers of a spec */
const areEqual = (layers) => layers.every(({ kind, units }) => kind === 'dense' && units === layers[0].units);

/**
 * The names where the layers are the reader's own, or of blocks, and differ; null where numbers say as much.
 * @param {State} state
 * @param {readonly (readonly Layer[])[]} networks as above
 * @param {string} output as above
 */
export const ownNames = (state, networks, output) =>
  isComposed(state) && !networks.every(areEqual) ? layerNames(networks, output) : null;
