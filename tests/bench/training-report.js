/**
 * training-report.js: the benchmark's aims and tables for training, as report.js shows them.
 *
 * Pure: figures in, text out.
 */
import { figure, table } from './markdown.js';

/** @typedef {import('./report.js').Found} Found */

/** What a step should be against its peers, in the order of the contests of training.js. */
const AIMS = [
  { tfjs: 8, convnetjs: 20, torch: 0.9 },
  { tfjs: 12, torch: 0.5 },
  { tfjs: 16, torch: 0.5 },
];

const NAMES = { tfjs: 'tfjs', convnetjs: 'ConvNetJS', torch: 'PyTorch' };

const SIZES = ['10 x 64', '10 x 256', '20 x 512'];

/** @returns {import('./report.js').Target[]} */
const stepTargets = () =>
  AIMS.flatMap((aims, i) =>
    Object.entries(aims).map(([peer, aim]) => {
      const what = `training, ${SIZES[i]}, against ${NAMES[/** @type {keyof typeof NAMES} */ (peer)]}`;
      const ratioOf = (/** @type {Found} */ { training }) => training.contests[i].ratio[peer] ?? Number.NaN;
      return /** @type {import('./report.js').Target} */ ([what, 'at least', aim, 'x', ratioOf]);
    }),
  );

/** @type {import('./report.js').Target[]} */
export const TRAINING_TARGETS = [
  ...stepTargets(),
  ['training, observed 20 times a second', 'at least', 75, '%', ({ training }) => 100 * training.observing.share],
  ['part `training`, gzipped', 'at most', 25, 'kB', ({ training }) => training.bytes / 1000],
];

const HOW = `A step of plain SGD in Node, one thread: forward, backward, update. ReLU layers with biases, then a linear
layer of 10 under softmax cross-entropy. The first three train on one batch of 8 x 8 digits from the same weights, and
their losses agree. Gradients of TensorFlow.js come from its tape. PyTorch is native, on noise, in a process of its own.`;

/** @param {Found} found */
export function training({ training: { contests, optimizers, observing } }) {
  const rows = contests.map((/** @type {Found} */ { size: { depth, width, batch }, ms, ratio }) => {
    const peers = Object.keys(NAMES).flatMap((peer) => [ms[peer], ratio[peer]].map((value) => value ?? Number.NaN));
    return [`${depth} x ${width}, batch ${batch}`, ms.ours, ...peers];
  });
  const heads = Object.values(NAMES).flatMap((name) => [name, `${name} / Initscope`]);
  const { ms } = optimizers;
  const { size, unobserved, observed, share } = observing;
  return `${HOW}

${table(['ms', 'Initscope', ...heads], rows)}

In Initscope alone, ${SIZES[0]}: plain SGD ${figure(ms.ours)} ms, momentum ${figure(ms.momentum)} ms, Adam ${figure(ms.adam)} ms.

${size.depth} x ${size.width}, batch ${size.batch}: ${figure(unobserved)} steps a second; ${figure(observed)} with an observed step each
50 ms, ${(100 * share).toFixed(0)} % of that.`;
}
