/**
 * block-layers.js: the layers of a network of residual blocks, as the controls of the page say it: the block by its name, its
 * norm and the scale of its branches, and of each network the scheme and the gain.
 *
 * Pure. It comes with a part of the page, which hands it to stacks.js. What a block looks like is in engine/presets.js. A block keeps
 * what its paper fixes. The rest is up to the controls.
 */
import { isNorm } from '../engine/kinds.js';
import { canLackNorms, presetLayers } from '../engine/presets.js';
import { LIMITS } from '../engine/tables.js';
import { CLASSES } from './networks.js';

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/** The activation of blocks whose papers fix one. The others take that of the controls.
 * @type {Record<string, string>} */
const ACTIVATIONS = { 'resnet-v1': 'relu', 'pre-activation': 'relu', fixup: 'relu', gpt2: 'gelu' };

/** The scheme that a paper draws from, as the controls set it. @type {Record<string, { name: string, value: number | null }>} */
const SCHEMES = {
  'resnet-v1': { name: 'he-normal', value: null },
  'pre-activation': { name: 'he-normal', value: null },
  gpt2: { name: 'normal', value: 0.02 },
  fixup: { name: 'he-normal', value: null },
  deepnorm: { name: 'xavier-normal', value: null },
};

/**
 * What a block fixes whatever the controls say.
 * @param {State} state with a block
 * @returns {{ activation: string | undefined, scheme: { name: string, value: number | null } | undefined }} undefined: up to the
 *   controls; scheme: that of its paper, which is only offered
 */
export const fixedBy = ({ block }) => ({ activation: ACTIVATIONS[block], scheme: SCHEMES[block] });

/** The kind of norm that the block itself has; none: it has no norm. @param {State} state with a block @returns {string} */
export const ownNormOf = (state) =>
  layersFor({ ...state, norm: 'own' }, 1, 1)
    .find(isNorm)
    ?.kind.replace('-norm', '') ?? 'none';

/** The norm of the blocks. @param {State} state */
const normOf = ({ block, norm }) => (norm === 'none' && !canLackNorms(block) ? 'own' : norm);

/** All layers, for so many blocks. @param {State} state @param {number} blocks @param {number} inputs */
const layersFor = (state, blocks, inputs) =>
  presetLayers(
    state.block,
    { inputs, width: state.width, blocks, outputs: CLASSES },
    { norm: normOf(state), branch: state.branch },
  );

/** The most blocks that the limit on layers has room for. @param {State} state */
export function mostBlocks(state) {
  const [one, two] = [1, 2].map((blocks) => layersFor(state, blocks, 1).length);
  return Math.floor((LIMITS.depth - (2 * one - two)) / (two - one));
}

/** How many blocks there are. @param {State} state */
const blocksOf = (state) => Math.min(state.depth, mostBlocks(state));

/**
 * The controls of a state with a block as they are computed, where that is not as they were set.
 * @param {State} state
 * @returns {Partial<State>}
 */
export const computedOfBlocks = (state) => ({
  depth: blocksOf(state),
  norm: normOf(state),
  activation: ACTIVATIONS[state.block] ?? state.activation,
});

/** The factor of each branch where the controls say none. @param {State} state @returns {number} */
export const ownBranchOf = (state) =>
  /** @type {any} */ (layersFor({ ...state, branch: null }, blocksOf(state), 1).find(({ kind }) => kind === 'add'))
    .branch ?? 1;

/** The share of a network's gain that a layer has by its block. @param {any} layer @param {number} blocks */
const factorOf = ({ scheme, gain = 1 }, blocks) => (scheme?.name === 'gpt2-residual' ? (2 * blocks) ** -0.5 : gain);

/**
 * A layer with the scheme, the gain and the activation of the controls, apart from what its block fixes: weights of 0, and
 * a factor of the gain.
 * @param {any} layer @param {State} state @param {number} networkGain @param {number} blocks
 */
function asControlsSay(layer, { block }, networkGain, blocks) {
  const { scheme, gain, activation, ...rest } = layer;
  const isFree = layer.kind === 'dense' && !ACTIVATIONS[block] && activation !== 'linear';
  const factor = factorOf(layer, blocks);
  return {
    ...rest,
    ...(activation !== undefined && !isFree && { activation }),
    ...(scheme === 'zeros' ? { scheme } : factor !== 1 && { gain: factor * networkGain }),
  };
}

/**
 * The layers of one network. There is an output layer only where the controls want one.
 * @param {State} state with a block
 * @param {'A' | 'B'} letter
 * @param {number} inputs numbers of an example
 * @returns {Layer[]}
 */
export function layersOfBlocks(state, letter, inputs) {
  const { head, headGain, loss } = state;
  const blocks = blocksOf(state);
  const gain = state[`gain${letter}`];
  const layers = layersFor(state, blocks, inputs).map((layer) => asControlsSay(layer, state, gain, blocks));
  const output = /** @type {any} */ (layers.pop());
  if (head === 'none' && loss !== 'cross-entropy') return layers;
  const own = {
    activation: loss === 'cross-entropy' ? 'linear' : head,
    ...(headGain !== 1 && { gain: gain * headGain }),
  };
  return [...layers, { ...output, ...(output.scheme ? { activation: own.activation } : own) }];
}
