/**
 * The coordinate check (Yang et al. 2021): how far a step moves each layer, by width, under the standard parametrization and
 * under muP; and that the formulations of tables 3, 8 and 9 there are the same networks. Factors of the learning rate are
 * tested in tests/c/train.c.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { LIMITS } from '../../web/engine/tables.js';
import { assertRefused, thrownBy } from './refused.js';

const engine = /** @type {any} */ (await loadEngine());

const [BATCH, INPUTS, CLASSES] = [32, 64, 10];
const WIDTHS = [64, 256, 1024];
const SEEDS = [1, 2, 3];
const PARAMETRIZATIONS = ['standard', 'mup'];

/** Normal inputs, and labels of ten classes in turn. @param {number} seed */
const examplesOf = (seed) => ({
  inputs: engine.tensor(
    { layers: [{ kind: 'dense', inputs: INPUTS, units: 1 }], batch: BATCH, seed: 100 + seed },
    'input',
  ),
  labels: Array.from({ length: BATCH }, (_, i) => i % CLASSES),
});

/* The setting of the figures: He below the output, LeCun in it. */
const LINE = `${INPUTS}-64-64-${CLASSES}:linear:lecun-normal`;

/** @param {any} options @param {any} [spec] @returns {any[]} */
const check = (options, spec = {}) => {
  const whole = { layers: LINE, batch: BATCH, seed: 1, ...spec };
  return [...engine.coordinates(whole, { data: examplesOf(whole.seed), widths: WIDTHS, steps: 1, ...options })];
};

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean over seeds of the logarithm, by width. @param {any[][]} runs one for each seed @param {number} step
 * @param {number} layer from 1 @param {'rms' | 'change'} figure @returns {number[]} */
const logs = (runs, step, layer, figure) =>
  WIDTHS.map((width) => {
    const found = runs.map((run) => run.find((/** @type {any} */ one) => one.width === width && one.step === step));
    return mean(found.map(({ layers }) => Math.log(layers[layer - 1][figure])));
  });

/** @type {Record<string, any[][]>} */
const adam = Object.fromEntries(
  PARAMETRIZATIONS.map((parametrization) => [
    parametrization,
    SEEDS.map((seed) => check({ parametrization, optimizer: 'adam', rate: 0.001 }, { seed })),
  ]),
);

/*
 * What was seen elsewhere, in one run, at widths 64, 256 and 1024; and the spread of the logarithm from seed to seed, over
 * 20 seeds. The mean of three seeds and that one run differ by a normal number of spread sqrt(1 / 3 + 1) times that.
 */
const SEEN = [
  ['standard', 2, [0.032, 0.084, 0.31], [0.061, 0.067, 0.074]],
  ['standard', 3, [0.07, 0.27, 1.6], [0.139, 0.101, 0.126]],
  ['mup', 2, [0.032, 0.029, 0.029], [0.061, 0.025, 0.02]],
  ['mup', 3, [0.07, 0.051, 0.049], [0.139, 0.063, 0.065]],
];

for (const [name, layer, seen, spread] of /** @type {[string, number, number[], number[]][]} */ (SEEN)) {
  test(`${name}: Adam's first step moves ${layer === 3 ? 'the logits' : 'preactivation 2'} by ${seen.join(', ')} at widths ${WIDTHS.join(', ')}`, () => {
    logs(adam[name], 1, layer, 'change').forEach((found, i) => {
      const bound = 4 * spread[i] * Math.sqrt(1 / SEEDS.length + 1);
      assert.ok(Math.abs(found - Math.log(seen[i])) < bound, `width ${WIDTHS[i]}: ${Math.exp(found)}, not ${seen[i]}`);
    });
  });
}

/** The slope from the second width to the third, on axes of logarithms. @param {number[]} values */
const lastSlope = ([, from, to]) => (to - from) / Math.log(WIDTHS[2] / WIDTHS[1]);

/** Four standard errors of a difference of means over the seeds. @param {number[]} spreads */
const fourErrors = (spreads) => 4 * Math.sqrt(spreads.reduce((sum, one) => sum + one * one, 0) / SEEDS.length);

test('standard: a step of Adam moves layer 2 by n and the logits by n^1.5, as the width n grows', () => {
  /* Beside these terms there are some that do not grow, so the slopes come to 1 and 1.5 from below. */
  for (const [layer, limit, spread] of /** @type {[number, number, number[]][]} */ ([
    [2, 1, [0.067, 0.074]],
    [3, 1.5, [0.101, 0.126]],
  ])) {
    const slope = lastSlope(logs(adam.standard, 1, layer, 'change'));
    const error = fourErrors(spread) / Math.log(4);
    assert.ok(slope > limit / 2 + error && slope < limit + error, `layer ${layer}: slope ${slope} +- ${error}`);
  }
});

/*
 * Under muP a change tends to a limit c, and differs from it by c k / sqrt(n) or less: the sums over n units have that
 * spread. So from 256 to 1024 its logarithm goes half as far as from 64 to 256, or less.
 */
/** @param {any[][]} runs @param {number} layer @param {number[]} spread */
function assertFlat(runs, layer, spread) {
  const [first, second, third] = logs(runs, 1, layer, 'change');
  const bound = Math.abs(second - first) / 2 + fourErrors(spread);
  assert.ok(Math.abs(third - second) <= bound, `layer ${layer}: ${[first, second, third].map(Math.exp)}`);
  assert.ok(bound < Math.log(2), `layer ${layer}: the bound ${bound} says nothing`);
}

test('muP: as the width grows, a step of Adam moves every layer alike, up to 1 / sqrt(n)', () => {
  assertFlat(adam.mup, 1, [0.019, 0.018]);
  assertFlat(adam.mup, 2, [0.025, 0.02]);
  assertFlat(adam.mup, 3, [0.063, 0.065]);
});

test('before the first step the layers are alike at every width, but the logits of muP fall as 1 / sqrt(n)', () => {
  /* the spread of ln rms of ten logits that 32 examples share in part: 1 / sqrt(2 x 10) at most, twice that with the rest */
  const error = (4 * Math.SQRT2 * 0.3) / Math.sqrt(SEEDS.length) / Math.log(16);
  for (const [name, runs] of Object.entries(adam)) {
    for (const layer of [1, 2, 3]) {
      const [first, , third] = logs(runs, 0, layer, 'rms');
      const slope = (third - first) / Math.log(WIDTHS[2] / WIDTHS[0]);
      const expected = name === 'mup' && layer === 3 ? -0.5 : 0;
      assert.ok(Math.abs(slope - expected) < (layer === 3 ? error : 0.05), `${name}, layer ${layer}: ${slope}`);
    }
  }
});

test('at the base width both parametrizations are the same network, to the bit', () => {
  const [standard, mup] = PARAMETRIZATIONS.map((name) => adam[name][0].filter(({ width }) => width === 64));
  assert.deepEqual(mup, standard);
  const [small, large] = PARAMETRIZATIONS.map((parametrization) =>
    check({ parametrization, base: 20, widths: [20], optimizer: 'momentum', rate: 0.1 }),
  );
  assert.deepEqual(small, large);
});

test('the figures are those of a training by hand', () => {
  const data = examplesOf(1);
  const spec = { layers: LINE.replace('64-64-64', '64-96-96'), batch: BATCH, seed: 1 };
  const training = engine.training(spec, { data, optimizer: 'adam', rate: 0.001 });
  const before = training.preactivations(data.inputs);
  training.step();
  training.step();
  const after = training.preactivations(data.inputs);
  training.end();
  const found = check({ widths: [96], steps: 2, optimizer: 'adam', rate: 0.001 }).at(-1);
  assert.deepEqual([found.width, found.step], [96, 2]);
  found.layers.forEach((/** @type {any} */ { rms, change }, /** @type {number} */ l) => {
    const size = (/** @type {Float32Array} */ values) => Math.hypot(...values) / Math.sqrt(values.length);
    assert.equal(after[l].length, BATCH * (l === 2 ? CLASSES : 96));
    assert.ok(Math.abs(rms / size(after[l]) - 1) < 1e-9);
    assert.ok(
      Math.abs(
        change / size(after[l].map((/** @type {number} */ value, /** @type {number} */ i) => value - before[l][i])) - 1,
      ) < 1e-6,
    );
  });
});

/* ---------------------------------------------------------------- the formulations of tables 3, 8 and 9 */

/** A number that a layer's output is multiplied by: a sum that takes so much of its stream, and nothing of its branch.
 * @param {number} times @param {string} activation */
const multiplier = (times, activation) => [
  { kind: 'flatten' },
  { kind: 'add', over: 1, stream: times, branch: 0, activation },
];

/**
 * A network with multipliers above its first and its last layer with weights.
 * @param {number} width @param {number[]} gains of the three layers with weights @param {number[]} times
 */
const multiplied = (width, gains, times) => [
  { kind: 'dense', inputs: INPUTS, units: width, activation: 'linear', gain: gains[0] },
  ...multiplier(times[0], 'relu'),
  { kind: 'dense', units: width, gain: gains[1] },
  { kind: 'dense', units: CLASSES, activation: 'linear', gain: gains[2] },
  ...multiplier(times[1], 'linear'),
];

/**
 * A table's terms at m times the base width: multipliers, gains, and factors of the rates of weights and biases, as powers
 * of the root of m. He, everywhere, gives a std of 1 / sqrt(m) in all layers but the first. Biases are multiplied with their
 * layer, so their rates make up for that.
 * @type {Record<string, { times: number[], gains: number[], adam: number[][], sgd: number[][] }>}
 */
const TABLES = {
  'table 3': {
    times: [0, 0],
    gains: [0, 0, -1],
    adam: [
      [0, -2, -2],
      [0, 0, 0],
    ],
    sgd: [
      [2, 0, -2],
      [2, 2, 0],
    ],
  },
  'table 8': {
    times: [0, -2],
    gains: [0, 0, 1],
    adam: [
      [0, -2, 0],
      [0, 0, 2],
    ],
    sgd: [
      [2, 0, 2],
      [2, 2, 4],
    ],
  },
  'table 9': {
    times: [1, -1],
    gains: [-1, 0, 0],
    adam: [
      [-1, -2, -1],
      [-1, 0, 1],
    ],
    sgd: [
      [0, 0, 0],
      [0, 2, 2],
    ],
  },
};

/** Options of each optimizer. Adam's epsilon is no rate: it would have to be scaled too. */
const RATES = { adam: { rate: 0.001, epsilon: 0 }, sgd: { rate: 0.1 } };
const STEPS = 4;

/** The logits after some steps. @param {string} table @param {number} m @param {'adam' | 'sgd'} optimizer
 * @returns {Float32Array} */
function logitsOf(table, m, optimizer) {
  const { times, gains, ...rates } = TABLES[table];
  /** @param {number[]} powers */
  const numbers = (powers) => powers.map((power) => Math.sqrt(m) ** power);
  const [factors, biasFactors] = rates[optimizer].map(numbers);
  const data = examplesOf(1);
  const spec = { layers: multiplied(64 * m, numbers(gains), numbers(times)), batch: BATCH, seed: 1 };
  const training = engine.training(spec, { data, optimizer, factors, biasFactors, ...RATES[optimizer] });
  for (let step = 0; step < STEPS; step++) training.step();
  const logits = training.outputs(data.inputs);
  training.end();
  return logits;
}

for (const optimizer of /** @type {const} */ (['adam', 'sgd'])) {
  test(`${optimizer}: tables 3, 8 and 9 are the same networks, to the bit, where all factors are powers of 2`, () => {
    for (const m of [4, 16]) {
      const [three, eight, nine] = Object.keys(TABLES).map((table) => logitsOf(table, m, optimizer));
      assert.deepEqual(eight, three);
      assert.deepEqual(nine, three);
      const layers = multiplied(64, [1, 1, 1], [1, 1]);
      const options = { parametrization: 'mup', optimizer, steps: STEPS, widths: [64 * m], ...RATES[optimizer] };
      const logits = check(options, { layers }).at(-1).layers.at(-1);
      assert.equal(logits.rms, Math.sqrt(mean(Array.from(three, (value) => value * value))));
      assert.ok(logits.change > 0.1);
    }
  });
}

test('muP of SGD: as the width grows, a step moves every layer alike; at one rate for all it does not', () => {
  const runs = Object.fromEntries(
    PARAMETRIZATIONS.map((parametrization) => [
      parametrization,
      SEEDS.map((seed) => check({ parametrization, optimizer: 'sgd', rate: 0.1 }, { seed })),
    ]),
  );
  /* half of 1/2, the least power of the width that theory has for a change */
  for (const layer of [1, 2, 3]) {
    const slope = lastSlope(logs(runs.mup, 1, layer, 'change'));
    assert.ok(Math.abs(slope) < 0.25, `layer ${layer}: ${slope}`);
  }
  assert.ok(lastSlope(logs(runs.standard, 1, 1, 'change')) < -0.4);
  assert.ok(lastSlope(logs(runs.standard, 1, 3, 'change')) > 0.5);
});

test('muP scales the std of the base width, whatever the scheme; layers without weights follow', () => {
  const layers = `${INPUTS}-64-layernorm-64:normal=0.1-${CLASSES}:linear:zeros`;
  const runs = PARAMETRIZATIONS.map((parametrization) =>
    check({ parametrization, widths: [64, 1024], optimizer: 'adam' }, { layers }),
  );
  const ratios = runs.map((run) => run[2].layers[2].rms / run[0].layers[2].rms);
  assert.ok(Math.abs(ratios[0] / 4 - 1) < 0.1 && Math.abs(ratios[1] - 1) < 0.1, `${ratios}`);
  for (const run of runs) {
    assert.deepEqual(run[2].layers[3], { rms: 0, change: 0 }, 'zeros stay zeros');
    assert.equal(run[3].layers[2].change, 0, 'behind an output layer of zeros nothing moves in the first step');
    assert.ok(run[3].layers[3].change > 0);
  }
});

test('a field that is wrong is refused by name', () => {
  /** @param {any} options @param {any} [spec] */
  const at = (options, spec) => () => check(options, spec);
  const UNDEFINED = { type: 'undefined' };
  assertRefused(at({ widths: undefined }), ['wrongType', 'widths', UNDEFINED, 'array']);
  assertRefused(at({ widths: [64, 0] }), ['wholeRange', 'widths[1]', 0, [1, 4096]]);
  assertRefused(at({ base: 0.5 }), ['wholeRange', 'base', 0.5, [1, 4096]]);
  assertRefused(at({ steps: 0 }), ['wholeRange', 'steps', 0, [1, 2 ** 32 - 1]]);
  assertRefused(at({ parametrization: 'ntk' }), ['unknownName', 'parametrization', 'ntk', PARAMETRIZATIONS]);
  assertRefused(at({}, { layers: `${INPUTS}-${CLASSES}` }), ['wholeRange', 'layers.length', 1, [2, LIMITS.depth]]);
  assertRefused(at({}, { layers: '8x8x1-conv4-10' }), ['unknownName', 'layers[0].kind', 'conv', ['dense']]);
  for (const spec of /** @type {any[]} */ ([{}, null, LINE, { layers: 3 }])) {
    assert.equal(
      thrownBy(() => engine.coordinates(spec, { widths: WIDTHS, data: examplesOf(1) }).next()).code,
      'wrongType',
    );
  }
  assert.equal(thrownBy(at({ factors: [1, 1, 1] })).code, 'unknownField');
  assert.equal(thrownBy(at({ optimizer: 'lion' })).field, 'optimizer');
});

test('digits: by the slope of their logits, muP is told from the standard parametrization', () => {
  const { inputs, labels } = makeData('digits');
  const data = { inputs: inputs.slice(0, 64 * INPUTS), labels: labels.slice(0, 64) };
  const slopes = PARAMETRIZATIONS.map((parametrization) => {
    const [narrow, wide] = check(
      { data, parametrization, optimizer: 'adam', rate: 0.001, widths: [64, 512] },
      { batch: 64 },
    ).filter(({ step }) => step === 1);
    return Math.log(wide.layers[2].change / narrow.layers[2].change) / Math.log(8);
  });
  assert.ok(slopes[0] > 0.9 && Math.abs(slopes[1]) < 0.5, `${slopes}`);
});
