/**
 * presets.js: residual blocks by name, as papers and libraries build them: the layers of a whole network of such blocks.
 *
 * Pure. A network is a stem, blocks of one width, and an output layer of linear units. Which of them trains well is not
 * decided here.
 */
import { isNorm } from './kinds.js';

/** @typedef {import('./spec.js').Layer} Layer */
/** @typedef {{ width: number, blocks: number }} Sizes */

/** @param {number} units @param {object} [own] */
const dense = (units, own = {}) => ({ kind: /** @type {const} */ ('dense'), units, ...own });
/** @param {number} units @param {object} [own] */
const linear = (units, own = {}) => dense(units, { activation: 'linear', ...own });
/** @param {string} kind @param {string} [activation] */
const norm = (kind, activation = 'linear') => ({
  kind: `${kind}-norm`,
  ...(activation !== 'linear' && { activation }),
});
/** @param {number} over @param {object} [own] */
const add = (over, own = {}) => ({ kind: /** @type {const} */ ('add'), over, ...own });

/** The MLP of a transformer is so many times as wide inside. */
const WIDER = 4;

/** @param {object} [own] */
const gelu = (own = {}) => ({ activation: 'gelu', ...own });

/**
 * @typedef {object} Preset
 * @property {(sizes: Sizes) => any[]} block its layers; the last is the sum, or the norm after it
 * @property {object} [stem] what the first layer says
 * @property {any[]} [last] layers between the last block and the output layer
 * @property {object} [output] what the output layer says
 * @property {string} paper where it comes from
 */

/** By name. The branch of a block is what its sum spans. @type {Record<string, Preset>} */
const PRESETS = {
  'resnet-v1': {
    block: ({ width }) => [
      ...[linear(width), norm('batch', 'relu'), linear(width), norm('batch'), add(4, { activation: 'relu' })],
    ],
    paper: 'He et al. 2015, "Deep residual learning for image recognition", figure 2',
  },
  'pre-activation': {
    block: ({ width }) => [norm('batch', 'relu'), linear(width), norm('batch', 'relu'), linear(width), add(4)],
    last: [norm('batch', 'relu')],
    paper: 'He et al. 2016, "Identity mappings in deep residual networks", figure 1 (b)',
  },
  'pre-norm': {
    block: ({ width }) => [norm('layer'), dense(WIDER * width, gelu()), linear(width), add(3)],
    last: [norm('layer')],
    paper: 'Xiong et al. 2020, figure 1 (b)',
  },
  'post-norm': {
    block: ({ width }) => [dense(WIDER * width, gelu()), linear(width), add(2), norm('layer')],
    paper: 'Vaswani et al. 2017, section 3.1',
  },
  'norm-inside': {
    block: ({ width }) => [dense(width, { activation: 'relu' }), linear(width), norm('layer'), add(3)],
    paper: '',
  },
  gpt2: {
    block: ({ width }) => [
      norm('layer'),
      dense(WIDER * width, gelu({ scheme: { name: 'normal', std: 0.02 } })),
      linear(width, { scheme: { name: 'gpt2-residual', std: 0.02 } }),
      add(3),
    ],
    stem: { scheme: { name: 'normal', std: 0.02 } },
    last: [norm('layer')],
    output: { scheme: { name: 'normal', std: 0.02 } },
    paper: 'Radford et al. 2019, section 2.3',
  },
  /* branches of m = 2 layers: L^(-1 / (2 m - 2)) = L^(-1/2) on all but the last, which is 0, as is the output layer */
  fixup: {
    block: ({ width, blocks }) => [
      dense(width, { activation: 'relu', scheme: 'he-normal', gain: blocks ** -0.5 }),
      linear(width, { scheme: 'zeros' }),
      add(2, { activation: 'relu', trains: ['branch'] }),
    ],
    output: { scheme: 'zeros' },
    paper: 'Zhang et al. 2019, section 3',
  },
  rezero: {
    block: ({ width }) => [dense(width, { activation: 'relu' }), add(1, { branch: 0, trains: ['branch'] })],
    paper: 'Bachlechner et al. 2020, equation 1',
  },
  skipinit: {
    block: ({ width }) => [
      ...[dense(width, { activation: 'relu' }), linear(width), add(2, { branch: 0, trains: ['branch'] })],
    ],
    paper: 'De & Smith 2020, section 4',
  },
  deepnorm: {
    block({ width, blocks }) {
      const own = { scheme: 'xavier-normal', gain: (8 * blocks) ** -0.25 };
      return [
        dense(WIDER * width, gelu(own)),
        linear(width, own),
        add(2, { stream: (2 * blocks) ** 0.25 }),
        norm('layer'),
      ];
    },
    paper: 'Wang et al. 2022, figure 2: encoder-only',
  },
  'by-root-of-blocks': {
    block: ({ width, blocks }) => [
      ...[dense(width, { activation: 'relu' }), linear(width), add(2, { branch: blocks ** -0.5 })],
    ],
    paper: 'Hayou et al. 2021, section 3',
  },
};

export const PRESET_NAMES = Object.keys(PRESETS);

/** Where a preset comes from; '' for one of no paper. @param {string} name of PRESET_NAMES */
export const presetPaper = (name) => PRESETS[name].paper;

/**
 * Layers without their norms. The activation of a norm moves to the layer below it.
 * @param {any[]} layers of a block, or those after the last block
 */
function withoutNorms(layers) {
  /** @type {any[]} */
  const kept = [];
  for (const layer of layers) {
    const { activation = 'linear' } = layer;
    const below = kept.at(-1);
    if (!isNorm(layer)) kept.push(layer);
    else if (activation !== 'linear' && below) kept[kept.length - 1] = { ...below, activation };
  }
  return kept;
}

/**
 * The layers of a block with other norms. Where it has none, one comes first in its branch.
 * @param {any[]} layers @param {string} norm own, none, layer, rms or batch
 */
function withNorms(layers, norm) {
  if (norm === 'own') return layers;
  const kind = `${norm}-norm`;
  const hasNorms = layers.some(isNorm);
  if (norm !== 'none' && hasNorms) return layers.map((layer) => (isNorm(layer) ? { ...layer, kind } : layer));
  const next = norm === 'none' ? withoutNorms(layers) : layers.length > 0 ? [{ kind }, ...layers] : [];
  const over = next.findIndex((layer) => layer.kind === 'add'); // a branch begins where its block does
  return next.map((layer) => (layer.kind === 'add' ? { ...layer, over } : layer));
}

/**
 * Whether a block can do without norms. An activation that comes first in a branch needs a layer of the branch.
 * @param {string} name of PRESET_NAMES
 */
export function canLackNorms(name) {
  const [first] = PRESETS[name].block({ width: 1, blocks: 1 });
  return !isNorm(first) || first.activation === undefined;
}

/**
 * The layers of a network of residual blocks.
 * @param {string} name of PRESET_NAMES
 * @param {{ inputs: number, width: number, blocks: number, outputs: number }} sizes width: of the stream
 * @param {{ norm?: string, branch?: number | null }} [changes] norm: see withNorms; branch: the factor of each branch, null: the
 *   block's own
 * @returns {Layer[]}
 */
export function presetLayers(name, { inputs, outputs, ...sizes }, { norm = 'own', branch = null } = {}) {
  const { block, stem = {}, last = [], output = {} } = PRESETS[name];
  const layers = withNorms(block(sizes), norm).map((layer) =>
    layer.kind === 'add' && branch !== null ? { ...layer, branch } : layer,
  );
  const blocks = Array.from({ length: sizes.blocks }, () => layers.map((layer) => ({ ...layer }))).flat();
  return /** @type {Layer[]} */ ([
    linear(sizes.width, { inputs, ...stem }),
    ...blocks,
    ...withNorms(last, norm),
    linear(outputs, output),
  ]);
}
