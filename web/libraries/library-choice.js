/**
 * library-choice.js: a library's default as a network of the page: the layer at which it was measured, what of the state
 * changes when it is put into A or B, and the address of the network of ten layers.
 *
 * Pure. The table of defaults is engine/library-tables.js; the view only shows and calls.
 */
import { DEFAULTS, LIBRARIES } from '../engine/library-tables.js';

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

/** Whether the page can draw a default in a network. @param {Default} row */
export const isRunnable = ({ layer, scheme }) => layer in KINDS && scheme !== null;

/** The default of a library's dense layer; undefined where no scheme draws it. @param {string} library */
export const denseOf = (library) => defaultsOf(library).find((row) => row.layer === 'dense' && isRunnable(row));

/**
 * The spec of layers with a default's weights and biases, without batch and seed.
 * @param {Default} row runnable
 * @param {readonly Scheme[]} schemes
 * @param {any[]} layers
 */
function specWith({ scheme, number, bias, fans }, schemes, layers) {
  const numberName = schemes.find(({ name }) => name === scheme)?.numberName;
  const own = number === null || !numberName ? scheme : { name: scheme, [numberName]: number };
  return { layers, scheme: own, bias: bias ?? 'zeros', fans };
}

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
const weightsOf = ({ scheme, number, fans, bias }, letter) => ({
  [letter.toLowerCase()]: scheme,
  [`value${letter}`]: number,
  [`gain${letter}`]: 1,
  [`tune${letter}`]: 'none',
  [`taken${letter}`]: 'std',
  [`fans${letter}`]: fans,
  ...(bias && { [`bias${letter}`]: bias }),
});

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

/** The address, without '#', of the network of ten layers as A. @param {Default} row of a dense layer */
export function addressOf({ scheme, number, fans, bias }) {
  const network = Object.entries(NETWORK).map(([key, value]) => `${key}=${value}`);
  const weights = [
    `a=${scheme}`,
    ...(number === null ? [] : [`valueA=${number}`]),
    ...(bias === null ? [] : [`biasA=${bias}`]),
    ...(fans === 'true' ? [] : [`fansA=${fans}`]),
  ];
  return [...network, ...weights].join('&');
}

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
  const library = named ?? LIBRARIES.find(({ name }) => name === found?.library) ?? LIBRARIES[0];
  return { library: library.name, surprise: found?.key ?? '', isUnknown: !named && !found };
}
