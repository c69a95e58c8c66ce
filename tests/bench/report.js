/**
 * report.js: writes the benchmark's results as markdown: the targets first, then a table for each part.
 *
 * Pure: figures in, text out. A row of TARGETS states the aim, whether it was met or not.
 */
import { BATCH, DEPTH, WIDTH } from './experiment.js';
import { figure, table } from './markdown.js';
import { TRAINING_TARGETS, training } from './training-report.js';

/**
 * @typedef {Record<string, any>} Found the results, as bench.js collects them
 *
 * A target: found(results) should be at least, or at most, the limit; NaN where it was not measured.
 * @typedef {[what: string, sense: 'at least' | 'at most', limit: number, unit: string, found: (found: Found) => number]
 * } Target
 */

/** Products with a larger batch than this should be faster than those of TensorFlow.js. */
const LARGE = 16;

/** @param {Found} found */
const largeProducts = ({ products }) => products.filter((/** @type {Found} */ { size }) => size[0] > LARGE);

/** @param {any[]} values @param {(value: any) => number} figureOf */
const least = (values, figureOf) => Math.min(...values.map(figureOf));

/** @param {any[]} values @param {(value: any) => number} figureOf */
const most = (values, figureOf) => Math.max(...values.map(figureOf));

/** @type {Target[]} */
const TARGETS = [
  ['experiment, Node, against tfjs', 'at least', 3.5, 'x', ({ node }) => node.ratio.peer],
  ['experiment, Chromium, against tfjs', 'at least', 3.5, 'x', ({ page }) => page.contest.experiment.ratio.peer],
  ['A and B on two workers, against one', 'at most', 1.3, 'x', ({ page }) => pairOf(page, 'experiment')],
  [
    'multiply above batch 16, against tfjs',
    'at least',
    1.25,
    'x',
    (found) => least(largeProducts(found), ({ ratio }) => ratio),
  ],
  [
    'multiply above batch 16, of the ceiling',
    'at least',
    70,
    '%',
    (found) => least(largeProducts(found), ({ share }) => 100 * share),
  ],
  ['normals, against tf.randomNormal', 'at least', 10, 'x', ({ draws }) => draws[0].ratio],
  ['normals', 'at most', 4.5, 'ns', ({ draws }) => draws[0].ours],
  ['moments and histogram', 'at most', 1.5, 'ns', ({ observed }) => most(observed, ({ ours }) => ours)],
  ['dragging: frame gap, p95', 'at most', 20, 'ms', ({ page }) => most(page.drags, ({ p95 }) => p95)],
  ['dragging: tasks over 50 ms', 'at most', 0, '', ({ page }) => most(page.drags, ({ longTasks }) => longTasks)],
  ['dragging depth: input to first drawn result, p95', 'at most', 50, 'ms', ({ page }) => page.drags[0].first95],
  ['dragging width: input to first drawn result, p95', 'at most', 50, 'ms', ({ page }) => page.drags[1].first95],
  ['keyboard: interaction to next paint, p98', 'at most', 100, 'ms', ({ page }) => page.keyboard.p98],
  ['redrawing large networks: longest task', 'at most', 50, 'ms', ({ page }) => page.redraws.longestTask],
  ['a heavy run left for another: answer, longest', 'at most', 2000, 'ms', ({ page }) => page.leave.most],
  ['cold load, gzipped', 'at most', 160, 'kB', ({ page }) => page.load.bytes / 1000],
  ['cold load, first chart', 'at most', 500, 'ms', ({ page }) => page.load.chart],
  ['forward memory, exponent in depth', 'at most', 0.01, '', ({ growth }) => growth[0].exponents.forward],
  ['lost of the largest free block over the runs', 'at most', 0, 'bytes', ({ extremes }) => extremes.leaked],
  ...TRAINING_TARGETS,
];

/** The time on two workers over that on one. @param {Found} page @param {string} job
 * @param {'median' | 'least'} [which] of the samples */
const pairOf = ({ contest }, job, which = 'median') =>
  contest.pair[`${job} both`][which] / contest.pair[`${job} one`][which];

/** @param {Found} found */
function targets(found) {
  const rows = TARGETS.map(([what, sense, limit, unit, measure]) => {
    const value = measure(found);
    if (Number.isNaN(value)) return [what, `${sense} ${limit} ${unit}`.trim(), 'not measured here', '-'];
    const met = sense === 'at least' ? value >= limit : value <= limit;
    return [what, `${sense} ${limit} ${unit}`.trim(), `${figure(value)} ${unit}`.trim(), met ? 'yes' : 'no'];
  });
  return table(['aim', 'limit', 'found', 'met'], rows);
}

/** @param {Found} found */
function experiment({ node, page }) {
  const { experiment: inPage, pair } = page.contest;
  const rows = Object.entries({ Node: node, Chromium: inPage }).map(([where, { ms, ratio }]) => {
    return [where, ms.ours, ms.peer, ratio.peer, ms.oursAll, ms.peerWithout, ratio.peerWithout];
  });
  const pairs = ['experiment', 'loop'].map((job) => {
    const times = ['one', 'both'].map((who) => pair[`${job} ${who}`].median);
    return [job === 'loop' ? 'a loop without memory' : job, ...times, pairOf(page, job), pairOf(page, job, 'least')];
  });
  const heads = [
    ['ms', 'Initscope', 'tfjs', 'tfjs / Initscope', 'all observed', 'tfjs without histograms', 'that / Initscope'],
    ['ms, in Chromium', 'one worker', 'two at once', 'two / one', 'of the least times'],
  ];
  return `${table(heads[0], rows)}\n\n${table(heads[1], pairs)}`;
}

/** @param {Found} found */
function loops({ products, draws, observed }) {
  const heads = [
    ['GFLOP/s', 'Initscope', 'tfjs', 'Initscope / tfjs', 'ceiling', 'of the ceiling'],
    ['ns a value', 'Initscope', 'tfjs', 'tfjs / Initscope', 'plain C', 'plain C / Initscope'],
    ['ns a value', 'Initscope', 'tfjs', 'tfjs / Initscope'],
  ];
  const multiplied = products.map((/** @type {Found} */ { size: [batch, depth, cols], ...speed }) => {
    const share = `${(100 * speed.share).toFixed(0)} %`;
    return [`(${batch} x ${depth}) (${depth} x ${cols})`, speed.ours, speed.peer, speed.ratio, speed.ceiling, share];
  });
  const drawn = draws.map((/** @type {Found} */ { distribution, ours, peer, ratio, plain, plainRatio }) => {
    return [distribution, ours, peer, ratio, plain, plainRatio];
  });
  const seen = observed.map((/** @type {Found} */ { what, ours, peer, ratio }) => [what, ours, peer, ratio]);
  return [table(heads[0], multiplied), table(heads[1], drawn), table(heads[2], seen)].join('\n\n');
}

/** @param {Found} found */
function page({ page: { machine, drags, keyboard, redraws, leave, load } }) {
  const idle = { ...machine, what: 'an empty page, two workers spinning' };
  const rows = drags.map((/** @type {any} */ drag) => ({ ...drag, what: `${drag.name}, ${drag.from} to ${drag.to}` }));
  const columns = ['p50', 'p95', 'max', 'longFrames', 'longTasks', 'longestTask'].concat([
    'first50',
    'first95',
    'forward50',
    'forward95',
    'whole50',
    'whole95',
    'unanswered',
  ]);
  const head = [
    'frame gap p50',
    'p95',
    'max',
    'long frames',
    'long tasks',
    'longest',
    'first layers p50',
    'p95',
    'all layers p50',
    'p95',
    'whole sheet p50',
    'p95',
    'unanswered',
  ];
  const all = [idle, ...rows].map((row) => [
    row.what,
    ...columns.map((key) => row[key] ?? Number.NaN),
    `${figure(row.usual)} to ${figure(row.most)}`,
  ]);
  const runs = `Medians of ${drags[0].runs} drags, each of 5 s; ms, or how many.`;
  const keys = `${keyboard.keys} arrow keys on the slider of depth, to the next paint: p50 ${keyboard.p50} ms, p98
${keyboard.p98} ms; ${keyboard.told} of them took 16 ms or more.`;
  const large = `${redraws.changes} changes of \`${redraws.state}\`, each run forward and back, held against theory and drawn:
${redraws.longTasks} tasks over 50 ms, the longest ${figure(redraws.longestTask)} ms; calibration ${figure(redraws.usual)} to ${figure(redraws.most)} ms.`;
  const left = `\`${leave.light}\`, asked for in the midst of \`${leave.heavy}\`, is drawn after ${figure(leave.usual)} ms,
the median of ${leave.times}; at most ${figure(leave.most)} ms.`;
  const cold = `Cold load, medians of ${load.loads}, after navigation: first chart ${figure(load.chart)} ms, whole sheet
${figure(load.sheet)} ms, both networks to the end ${figure(load.whole)} ms; ${load.bytes} bytes gzipped. A page of one
word is first painted after ${figure(load.empty)} ms.`;
  return `${table(['ms', ...head, 'calibration'], all)}\n\n${runs}\n\n${keys}\n\n${large}\n\n${left}\n\n${cold}`;
}

/** @param {Found} found */
function grown({ growth, extremes }) {
  const parts = growth.map((/** @type {any} */ { name, fixed, points, from, exponents }) => {
    const rows = points.map((/** @type {any} */ { value, ms, forward, back }) => [
      String(value),
      ms,
      forward / 2 ** 20,
      back / 2 ** 20,
    ]);
    const fitted = [`exponent from ${from} on`, ...['ms', 'forward', 'back'].map((key) => exponents[key].toFixed(2))];
    const head = [`${name} (${fixed})`, 'forward, ms', 'forward, MiB', 'forward and back, MiB'];
    return table(head, [...rows, fitted]);
  });
  const { largest, ms, runs, leaked } = extremes;
  const size = `${largest.depth} layers of ${largest.width} for a batch of ${largest.batch}`;
  const last = `${size}: ${(ms / 1000).toFixed(1)} s. After ${runs} networks, half of them passed back too, the largest
free block of the module is ${leaked} bytes smaller.`;
  return `${parts.join('\n\n')}\n\n${last}`;
}

const NOT_MEASURED = [
  'Other browsers and machines, more threads than one for a network, GPU backends of TensorFlow.js, native PyTorch except\nfor its step of training.',
  'Two workers in Node: only in Chromium.',
  'Memory of TensorFlow.js and of the page; of ours what a network holds in its module.',
  'Paint: an input counts as answered when the ridges of its first layers, then of all, and then the whole sheet, as far\nas it is in view, have been drawn on. While a slider moves that is of the first 16 inputs of the batch, and ridges of\nlayers that are not there yet are those of the run before, paler.',
  'The network between server and page: files come uncompressed from the same machine.',
];

const HOW = `Contestants took turns; times are medians, ratios the medians of those within each turn, and of what was
measured in Node the median of three processes. tfjs is TensorFlow.js on its WebAssembly backend, with SIMD and one
thread.`;

const EXPERIMENT = `${DEPTH} layers of ${WIDTH} for a batch of ${BATCH}, ReLU, He normal, from fresh weights to each
layer's mean, standard deviation and histogram of activations: Initscope's of 256 bins, those of tfjs of 64. "All
observed" is Initscope with histograms of weights and preactivations too.`;

const LOOPS = `In Node. Weights of a product lie packed beforehand in both. The ceiling is a loop of multiply-adds
that touches no memory. Plain C is the same generator with the C library's functions, as WebAssembly without SIMD.
Statistics of tfjs are those of the experiment.`;

const PAGE = `A slider moves once a frame. The calibration is a fixed loop on the same thread, its usual and its
longest time: where these are far apart, something else had the core. Long is over 50 ms.`;

const GROWTH =
  'In Node: time of a whole run with all its statistics, and the memory that the network holds, without the weights\nthat it may keep for the way back, up to 24 MiB.';

/** @param {Found} found */
export function report(found) {
  const { machine, date, versions } = found;
  return `# Benchmark

Written by \`./build.sh bench\`. ${date}; ${machine}; ${versions}.

${HOW}

## Aims

${targets(found)}

## The experiment

${EXPERIMENT}

${experiment(found)}

## Loops

${LOOPS}

${loops(found)}

## The page

${PAGE}

${page(found)}

## Training

${training(found)}

## How cost grows

${GROWTH}

${grown(found)}

## Not measured

${NOT_MEASURED.map((line) => `- ${line}`).join('\n')}
`;
}
