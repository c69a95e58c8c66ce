/**
 * library-choice.js: a library's default as a network of the page: the layer at which it was measured, what of the state
 * changes when it is put into A or B, and the address of the network of ten layers.
 *
 * Pure. The table of defaults is engine/library-tables.js; the view only shows and calls.
 */
import { DEFAULTS, LIBRARIES, NETWORKS } from '../engine/library-tables.js';

/** @typedef {import('../engine/library-tables.js').Default} Default */
/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('../engine/spec.js').Scheme} Scheme */
/** @typedef {import('../state/state.js').State} State */

/**
 * A kind of layer that the engine runs.
 * @typedef {object} Kind
 * @property {any} layer the layer at whose shape libraries were measured
 * @property {Partial<State>} network what makes a network of such layers
 * @property {(layers: readonly any[]) => boolean} isIn whether a network is of such layers, so that it may stay as it is
 */

/** @param {readonly any[]} layers @param {string} kind */
const has = (layers, kind) => layers.some((layer) => layer.kind === kind);

/** Whether channels are connected in groups. @param {any} layer */
const isGrouped = ({ groups = 1 }) => groups > 1;

const OF_CONTROLS = { stack: '', changeB: '', block: 'none' };
const DENSE = { kind: 'dense', ...OF_CONTROLS, depth: 20, batch: 64, layer: 5 };
const CONV = { kind: 'conv', ...OF_CONTROLS, groups: '1', depth: 7, batch: 8, layer: 1 };

/** The kinds, by their names in the table. @type {Record<string, Kind>} */
export const KINDS = {
  dense: {
    layer: { kind: 'dense', inputs: 300, units: 100 },
    network: DENSE,
    isIn: (layers) => has(layers, 'dense') && !has(layers, 'conv') && !has(layers, 'transposed-conv'),
  },
  conv: {
    layer: { kind: 'conv', kernel: [5, 5], channelsIn: 3, channelsOut: 8, size: [8, 8] },
    network: CONV,
    isIn: (layers) => has(layers, 'conv') && !layers.some(isGrouped) && !has(layers, 'transposed-conv'),
  },
  depthwise: {
    layer: { kind: 'conv', kernel: [3, 3], channelsIn: 32, channelsOut: 32, groups: 32, size: [4, 4] },
    network: { ...CONV, groups: 'depthwise', kernel: 3 },
    isIn: (layers) => layers.some(isGrouped),
  },
  'transposed-conv': {
    layer: { kind: 'transposed-conv', kernel: [4, 4], channelsIn: 16, channelsOut: 8, size: [2, 2] },
    network: {
      stack: '16x16x64-convT32:5x5:padding=2-convT16:5x5:padding=2-convT8:5x5:padding=2',
      changeB: '',
      block: 'none',
      batch: 8,
      layer: 1,
    },
    isIn: (layers) => has(layers, 'transposed-conv'),
  },
};

/** The network whose rms every library gave: ten ReLU layers of 256, with normal inputs. */
export const NETWORK = { depth: 10, width: 256, batch: 256 };

/** The defaults of a library. @param {string} library */
export const defaultsOf = (library) => DEFAULTS.filter((row) => row.library === library);

/** Whether the page can draw a default in a network: its fans are counted by a convention, or do not matter.
 * @param {Default} row */
export const isRunnable = ({ layer, scheme, number, fans }) =>
  layer in KINDS && scheme !== null && (fans !== null || layer === 'dense' || number !== null);

/** Libraries whose rows do not tell the biases of a network: they draw them elsewhere than in the layer. */
const UNTOLD = ['neataptic', 'OpenCV', 'synaptic'];

/**
 * The default of a library's dense layer; undefined where no scheme draws its weights, or its biases. Where it has several,
 * that of its network of ten layers, and for ReLU.
 * @param {string} library
 */
export function denseOf(library) {
  const network = NETWORKS.find((one) => one.library === library)?.call ?? '';
  const fit = (/** @type {Default} */ { call }) =>
    2 * Number(network.includes(call.replace(/[({<].*/, ''))) + Number(/relu/i.test(call));
  const isTold = (/** @type {Default} */ row) =>
    !UNTOLD.includes(library) && (row.biasTensor === null || biasOf(row) !== null);
  const rows = defaultsOf(library).filter((row) => row.layer === 'dense' && isRunnable(row) && isTold(row));
  return rows.sort((a, b) => fit(b) - fit(a))[0];
}

/** Biases that the page can draw in a network: choices of the rows biasA and biasB. */
const BIASES = ['zeros', 'pytorch-default'];

/** The scheme of a default's biases; null where none draws them. The engine draws no biases by an average of fans.
 * @param {Default} row */
const biasOf = ({ bias, biasFan, fanIn }) =>
  (biasFan === null || biasFan === fanIn) && !bias?.startsWith('xavier') ? bias : null;

/** A scheme by its name, or with its number. @param {string | null} scheme @param {number | null} number
 * @param {readonly Scheme[]} schemes */
function choiceOf(scheme, number, schemes) {
  const numberName = schemes.find(({ name }) => name === scheme)?.numberName;
  return number === null || !numberName ? scheme : { name: scheme, [numberName]: number };
}

/**
 * The spec of layers with a default's weights and biases, without batch and seed.
 * @param {Default} row runnable
 * @param {readonly Scheme[]} schemes
 * @param {any[]} layers
 */
const specWith = (row, schemes, layers) => ({
  layers,
  scheme: choiceOf(row.scheme, row.number, schemes),
  gain: row.gain,
  bias: choiceOf(biasOf(row) ?? 'zeros', row.biasNumber, schemes),
  fans: row.fans ?? 'true',
});

/** The layer at which a default was measured, alone. @param {Default} row @param {readonly Scheme[]} schemes
 * @returns {any} a spec */
export const specOfLayer = (row, schemes) => ({ ...specWith(row, schemes, [KINDS[row.layer].layer]), batch: 1 });

/** The network of ten layers. @param {Default} row of a dense layer @param {readonly Scheme[]} schemes
 * @param {number} seed @returns {any} a spec */
export function specOfNetwork(row, schemes, seed) {
  const { depth, width: units, batch } = NETWORK;
  const layers = Array.from({ length: depth }, (_, i) => ({ kind: 'dense', units, ...(i === 0 && { inputs: units }) }));
  return { ...specWith(row, schemes, layers), activation: 'relu', input: 'normal', batch, seed };
}

/** What of the state a default sets in one network. @param {Default} row runnable @param {'A' | 'B'} letter */
function weightsOf(row, letter) {
  const bias = String(biasOf(row));
  return {
    [letter.toLowerCase()]: row.scheme,
    [`value${letter}`]: row.number,
    [`gain${letter}`]: row.gain,
    [`tune${letter}`]: 'none',
    [`taken${letter}`]: 'std',
    [`fans${letter}`]: row.fans ?? 'true',
    ...(BIASES.includes(bias) && { [`bias${letter}`]: bias }),
  };
}

/**
 * What of the state changes when a default is put into a network. The layers stay where they are of that kind.
 * @param {Default} row runnable
 * @param {'A' | 'B'} letter
 * @param {readonly Layer[]} layers of the network now
 * @returns {Partial<State>}
 */
export const changesOf = (row, letter, layers) => ({
  ...(KINDS[row.layer].isIn(layers) ? {} : KINDS[row.layer].network),
  ...weightsOf(row, letter),
});

/** Whether a network has a default already. @param {Default} row runnable @param {'A' | 'B'} letter @param {State} state
 * @param {readonly Layer[]} layers of the network */
export const isPut = (row, letter, state, layers) =>
  KINDS[row.layer].isIn(layers) && Object.entries(weightsOf(row, letter)).every(([key, value]) => state[key] === value);

/** The address, without '#', of the network of ten layers as A. Biases of other kinds are written at the layers.
 * @param {Default} row of a dense layer */
export function addressOf(row) {
  const bias = biasOf(row);
  const { depth, width, batch } = NETWORK;
  const isChoice = bias === null || BIASES.includes(bias);
  const own = row.biasNumber === null ? bias : `${bias}=${row.biasNumber}`;
  const parts = {
    ...(isChoice ? { depth, width } : { stack: `${width}-${depth}*${width}:bias=${own}` }),
    ...{ batch, a: row.scheme },
    ...(row.number !== null && { valueA: row.number }),
    ...(row.gain !== 1 && { gainA: row.gain }),
    ...(isChoice && bias !== null && { biasA: bias }),
    ...(row.fans !== null && row.fans !== 'true' && { fansA: row.fans }),
  };
  return Object.entries(parts)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

/** The library that the view opens with. */
const FIRST = LIBRARIES.find(({ name }) => name === 'PyTorch') ?? LIBRARIES[0];

/**
 * What the row `libraries` of the state asks for: a library by its name, or a surprise by its key.
 * @param {string} text '' and '0' close the view
 * @param {readonly import('./surprises.js').Surprise[]} surprises
 * @returns {{ library: string, surprise: string, isUnknown: boolean } | null} null: closed
 */
export function readChoice(text, surprises) {
  if (text === '' || text === '0') return null;
  const asked = text.toLowerCase();
  const named = LIBRARIES.find(({ name }) => name.toLowerCase() === asked);
  const found = surprises.find(({ key }) => key === asked);
  const library = named ?? LIBRARIES.find(({ name }) => name === found?.library) ?? FIRST;
  return { library: library.name, surprise: found?.key ?? '', isUnknown: !named && !found };
}
