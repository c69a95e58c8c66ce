/**
 * blocks.js: what is said of residual blocks, in English: what each block fixes, and why a control does not stand where the
 * reader put it. It loads with the part that builds blocks (web/stack/). The names of blocks are in choices.js.
 */
import { choiceWords } from './choices.js';
import { number } from './numbers.js';
import { OVERRULED as FIRST } from './overruled.js';

/** @typedef {import('../../state/state.js').State} State */

/** What a block is, and what it fixes, by the number of blocks. @type {Record<string, (blocks: number) => string>} */
const BLOCKS = {
  'resnet-v1': () => 'Two layers, each followed by batch norm; ReLU comes after the sum. Fixed: ReLU (He et al. 2015).',
  'pre-activation': () =>
    'Batch norm and ReLU come before each of two layers; after the sum there is nothing. Fixed: ReLU (He et al. 2016).',
  'pre-norm': () =>
    'Layer norm, then two layers, four times as wide in between; after the sum there is nothing (Xiong et al. 2020).',
  'post-norm': () => 'Two layers, four times as wide in between; layer norm comes after the sum (Vaswani et al. 2017).',
  'norm-inside': () => 'Two layers, and a layer norm at the end of the branch: each block adds a branch of rms 1.',
  gpt2: (blocks) =>
    `Pre-norm, four times as wide in between. Fixed: GELU, and the last layer of each branch × 1/√(2 × ${blocks}) = ` +
    `${number((2 * blocks) ** -0.5)} (Radford et al. 2019).`,
  fixup: (blocks) =>
    'Two layers without a norm. Fixed: ReLU; the last layer of each branch and the output layer start at 0, the other ' +
    `layer × 1/√${blocks} = ${number(blocks ** -0.5)} (Zhang et al. 2019).`,
  rezero: () => 'One layer. Fixed: the factor of each branch starts at 0 and trains (Bachlechner et al. 2020).',
  skipinit: () => 'Two layers. Fixed: the factor of each branch starts at 0 and trains (De & Smith 2020).',
  deepnorm: (blocks) =>
    `Post-norm. Fixed: the stream × (2 × ${blocks})^¼ = ${number((2 * blocks) ** 0.25)}, and the weights of each branch × ` +
    `(8 × ${blocks})^−¼ = ${number((8 * blocks) ** -0.25)} (Wang et al. 2022).`,
  'by-root-of-blocks': (blocks) =>
    `Two layers. Fixed: each branch × 1/√${blocks} = ${number(blocks ** -0.5)} (Hayou et al. 2021).`,
};

export const BLOCK_TEXTS = {
  /** @param {string} block @param {number} blocks @param {boolean} hasActivation whether the block has its own */
  about: (block, blocks, hasActivation) =>
    `${BLOCKS[block](blocks)} The rest is up to A and B: scheme, gain${hasActivation ? ' and bias' : ', bias and activation'}.`,
  /** What a norm of the reader's own does. @param {string} norm @param {boolean} hasNorms whether the block has norms */
  norm: (norm, hasNorms) =>
    norm === 'none'
      ? ' Here its norms are left out.'
      : ` Here ${hasNorms ? 'its norm is' : 'each branch begins with'} ${choiceWords(norm, 'norm')} norm.`,
  /** @param {string} factor of each branch, by the reader */
  branch: (factor) => ` Here each branch × ${factor}.`,
  /** @param {string} scheme */
  draw: (scheme) => `Draw A as in the paper: ${scheme}`,
};

/** @type {typeof FIRST} */
export const OVERRULED = {
  ...FIRST,
  depth: ({ depth }) => `The limit on layers leaves room for ${depth} of these blocks.`,
  norm: () => 'A pre-activation block keeps its norms: without them no layer would hold the first ReLU of its branch.',
  activation: ({ block, activation }) =>
    `${choiceWords(block, 'block')} has an activation of its own: ${choiceWords(activation)}.`,
};
