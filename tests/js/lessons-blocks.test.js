/*
 * What the lessons on networks of today claim, beyond one draw of the lesson's own network: means over draws, each derived
 * here and met within four standard errors; identities, to the last bit; and which weights move in training. The lessons'
 * own checks are in lessons.test.js and lessons-training.test.js.
 *
 * Networks are narrower than in the lessons where the claim does not depend on the width.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { parseStack } from '../../web/engine/stack.js';
import { PHI } from './reference.js';

const engine = await loadEngine();

/** @param {number} count @returns {number[]} seeds from 1 on */
const seeds = (count) => Array.from({ length: count }, (_, i) => i + 1);

/** @param {number[]} values */
function meanOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(square / values.length) };
}

/**
 * Asserts that the mean over draws is what theory says, within four standard errors: the std of the draws over the root of
 * how many there are. The error itself must be small, or the assertion would say nothing.
 * @param {import('node:test').TestContext} t @param {string} name @param {number[]} values @param {number} expected
 * @param {number} most of the standard error, as a share of what is expected
 */
function assertMean(t, name, values, expected, most) {
  const { mean, error } = meanOf(values);
  t.diagnostic(
    `${name}: ${mean.toPrecision(5)} ± ${error.toPrecision(2)} over ${values.length} seeds, to be ${expected}`,
  );
  assert.ok(error < most * expected, `${name}: a standard error of ${error}`);
  assert.ok(Math.abs(mean - expected) < 4 * error, `${name}: ${mean} ± ${error}, to be ${expected}`);
}

/** E phi(z)^2 over a normal z. @param {(z: number) => number} phi @param {number} variance */
function meanSquare(phi, variance) {
  const step = 0.01;
  let sum = 0;
  for (let x = -9; x <= 9; x += step) sum += phi(Math.sqrt(variance) * x) ** 2 * Math.exp((-x * x) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

/** @param {string} layers @param {object} [rest] of the spec */
const run = (layers, rest) => engine.run(/** @type {any} */ ({ layers, batch: 16, backward: false, ...rest }));

/* A branch takes n = x / sqrt(m + epsilon), where m is the mean square of the stream x. Its first layer gives normal z of
 * variance 768 x 0.02^2 x m / (m + epsilon), and its second adds 3072 x 0.02^2 x E gelu(z)^2 to m: whatever the width is,
 * as long as width x std^2 is GPT-2's. What the branch has in common with x has mean 0. */
test('GPT-2: the stream after twelve MLPs is 1.253, and 0.2571 with 1 / sqrt(24); from an rms of 1, 1.603 and 1.032', (t) => {
  const width = 96;
  const std = 0.02 * Math.sqrt(768 / width);
  for (const [start, divisor, name, wanted] of /** @type {[number, number, string, number][]} */ ([
    [2 * 0.02 ** 2, 1, 'normal', 1.253],
    [2 * 0.02 ** 2, 24, 'gpt2-residual', 0.2571],
    [1, 1, 'normal', 1.603],
    [1, 24, 'gpt2-residual', 1.032],
  ])) {
    let expected = start;
    for (let branch = 0; branch < 12; branch++) {
      const variance = (width * std ** 2 * expected) / (expected + 1e-5);
      expected += (4 * width * std ** 2 * meanSquare(PHI.gelu, variance)) / divisor;
    }
    assert.equal(Number(Math.sqrt(expected).toPrecision(4)), wanted);
    const line = `${width}-12*(layernorm-${4 * width}:gelu:normal=${std}-${width}:linear-add3)`;
    const spec = { scheme: { name, std }, input: { kind: 'normal', std: Math.sqrt(start) } };
    const squares = seeds(16).map((seed) => (run(line, { ...spec, seed }).layers.at(-1)?.activations.rms ?? 0) ** 2);
    assertMean(t, `mean square from ${start}, over ${divisor}`, squares, expected, 0.03);
  }
});

/* The norm makes the mean square of a branch 1, but for epsilon. The last layer of f is linear with weights of mean 0, so
 * what it has in common with the stream has mean 0. */
test('a norm at the end of a branch: the mean square after 64 branches is 1 + 64, whatever the scale of the weights', (t) => {
  const line = '64-64*(64:relu-64:linear-layernorm-add3)';
  const streamOf = (/** @type {number} */ seed, /** @type {number} */ gain) => {
    const { input, layers } = run(line, { scheme: 'he-normal', gain, seed, batch: 2 });
    return layers[255].activations.rms ** 2 - input.rms ** 2 + 1;
  };
  const streams = seeds(20).map((seed) => streamOf(seed, 1));
  assertMean(t, 'mean square', streams, 65, 0.05);
  for (const seed of [1, 2]) assert.ok(Math.abs(streamOf(seed, 3) / streams[seed - 1] - 1) < 1e-4);
});

/* norm(x + f(x)) divides x by the std of x + f(x), so what is left of x is the product of 1 / std. With He's weights, then
 * LeCun's, f(x) has the mean square of x: 1 / sqrt(2) a branch. f is drawn anew in each branch, and on average has nothing in
 * common with x: so the output has that share in common with the input. */
test('a norm after the sum: x has a share of 2^(-1/2) a branch, which is what output and input have in common', (t) => {
  const [width, branches] = [128, 4];
  const line = `${width}-${branches}*(${width}:relu:he-normal-${width}:linear:lecun-normal-add2-layernorm)`;
  const draws = seeds(32).map((seed) => {
    const spec = /** @type {any} */ ({ layers: line, batch: 8, seed });
    const [inputs, outputs] = [engine.tensor(spec, 'input'), engine.tensor(spec, 'activations', 4 * branches)];
    const common = outputs.reduce((sum, value, i) => sum + value * inputs[i], 0) / outputs.length;
    const { layers } = run(line, spec);
    return {
      common,
      share: layers.reduce((left, { kind, preactivations: { std } }) => (kind === 'add' ? left / std : left), 1),
    };
  });
  const apart = meanOf(draws.map(({ common, share }) => common - share));
  t.diagnostic(`in common, less the share: ${apart.mean.toFixed(4)} ± ${apart.error.toFixed(4)}`);
  assert.ok(apart.error < 0.02 && Math.abs(apart.mean) < 4 * apart.error);
  /* The mean square of x + f(x) varies from draw to draw: by 7 / width from f, and by 4 / width from what x and f have in
     common, over the square of its mean, 2. The mean of its root's inverse is larger by 3/8 of that */
  const chance = branches * (3 / 8) * (11 / width / 4);
  const left = meanOf(draws.map(({ share }) => share));
  t.diagnostic(`share: ${left.mean.toFixed(4)} ± ${left.error.toFixed(4)}`);
  assert.ok(Math.abs(left.mean - 2 ** (-branches / 2)) < 4 * left.error + chance * left.mean);
});

/** What trains in a layer, as one list. @param {any} training @param {number} layer from 1 */
function trainedOf(training, layer) {
  const { gains = [], shifts = [], stream, branch } = training.parameters(layer);
  const factors = [stream, branch].filter((factor) => factor !== undefined);
  return {
    weights: [...training.weights(layer)],
    others: [...training.biases(layer), ...gains, ...shifts, ...factors],
  };
}

const DIGITS = makeData('digits', { seed: 1, labels: 'true', pixels: 'standardized' });

/**
 * Trains on the digits, and tells after each step which layers have moved in it.
 * @param {string} line @param {object} spec @param {number} steps
 * @param {(training: any) => void} [look] at the network before and after training
 * @returns {{ weights: number[], others: number[] }[]} by step, the layers whose weights moved, and those whose biases, gains
 *   or factors did
 */
function movedBy(line, spec, steps, look = () => {}) {
  const { inputs, labels } = DIGITS;
  const training = engine.training(/** @type {any} */ ({ layers: line, batch: 32, ...spec }), {
    data: { inputs, labels },
    rate: 0.03,
  });
  const layers = seeds(parseStack(line).length);
  const all = () => layers.map((layer) => trainedOf(training, layer));
  look(training);
  let before = all();
  const moved = seeds(steps).map(() => {
    training.step();
    const after = all();
    const differing = (/** @type {'weights' | 'others'} */ which) =>
      layers.filter((layer) => !isDeepStrictEqual(before[layer - 1][which], after[layer - 1][which]));
    const found = { weights: differing('weights'), others: differing('others') };
    before = after;
    return found;
  });
  look(training);
  training.end();
  return moved;
}

test('ReZero is the identity to the last bit; only scales, stem and head move in the first step, and all in the second', () => {
  const line = '64-32:linear-4*(32:relu-add1:branch=0:trains=branch)-10:linear';
  const [branches, sums] = [
    [2, 4, 6, 8],
    [3, 5, 7, 9],
  ];
  for (const gain of [1, 100]) {
    const spec = /** @type {any} */ ({ layers: line, scheme: 'he-normal', gain });
    const [stem, last] = [1, 9].map((layer) => engine.tensor(spec, 'activations', layer));
    assert.deepEqual(last, stem);
    assert.ok(stem.some((value) => value !== 0));
  }
  const [first, second] = movedBy(line, { scheme: 'he-normal' }, 2);
  assert.deepEqual(first, { weights: [1, 10], others: [1, ...sums, 10] });
  assert.deepEqual(second, { weights: [1, ...branches, 10], others: seeds(10) });
});

test('ReZero is no identity where a branch overflows, as 0 x infinity is not 0, nor with a ReLU behind the sum', () => {
  const overflows = run('8-8*(8:relu:normal=1000000)-add8:branch=0');
  assert.ok((overflows.layers.at(-1)?.activations.nonFinite ?? 0) > 0);
  const cut = run('8-8:relu-add1:branch=0:relu');
  assert.ok(cut.layers[1].activations.rms < 0.9 * cut.input.rms);
});

/* dL/dW is an activation times dL/dz. dL/dz below a layer of zeros is 0, and so are the activations above one where
 * phi(0) = 0 and the bias is 0. */
test('with a last layer of zeros the output is its bias; that layer alone moves in the first step, and all from the second', () => {
  const line = '64-3*16:tanh-10:linear:zeros';
  const moved = movedBy(line, { scheme: 'lecun-normal', bias: { name: 'normal', std: 0.1 } }, 2, (training) => {
    if (training.save().step > 0) return;
    const outputs = training.outputs(DIGITS.inputs.slice(0, 64 * 8));
    for (let row = 0; row < 8; row++) assert.deepEqual(outputs.slice(10 * row, 10 * row + 10), training.biases(4));
    assert.ok(training.biases(4).some((/** @type {number} */ bias) => bias !== 0));
  });
  assert.deepEqual(moved[0], { weights: [4], others: [4] });
  assert.deepEqual(moved[1], { weights: seeds(4), others: seeds(4) });
});

test('with two layers of zeros no weight ever moves, only the last biases, unless a skip leads around one of them', () => {
  const two = '64-2*16:tanh-16:tanh:zeros-10:linear:zeros';
  const apart = '64-16:tanh-16:tanh:zeros-16:tanh-10:linear:zeros';
  for (const line of [two, two.replaceAll('tanh', 'relu'), apart]) {
    for (const step of movedBy(line, { scheme: 'he-normal' }, 30)) assert.deepEqual(step, { weights: [], others: [4] });
  }
  // Fixup: the head first, then what feeds it by the skip and the last layer of the branch, then all
  const steps = movedBy('64-16:linear-16:relu-16:linear:zeros-add2-10:linear:zeros', { scheme: 'he-normal' }, 3);
  assert.deepEqual(
    steps.map(({ weights }) => weights),
    [[5], [1, 3, 5], [1, 2, 3, 5]],
  );
});

/* sigma(0) = 1/2, so the last layer has a gradient: the same from each unit below, as all of them give 1/2. */
test('with sigmoid two layers of zeros move, and all units of the lower one stay alike', () => {
  const alike = (/** @type {any} */ training) => {
    const [lower, upper] = [training.weights(3), training.weights(4)];
    for (let unit = 1; unit < 16; unit++) {
      for (let from = 0; from < 16; from++) assert.equal(lower[16 * from + unit], lower[16 * from]);
      for (let to = 0; to < 10; to++) assert.equal(upper[10 * unit + to], upper[to]);
    }
    if (training.save().step > 0) assert.ok(lower.some(Boolean) && upper.some(Boolean));
  };
  const line = '64-2*16:tanh-16:sigmoid:zeros-10:linear:zeros';
  const steps = movedBy(line, { scheme: 'lecun-normal' }, 30, alike);
  assert.deepEqual(
    [steps[0], steps[1], steps[29]].map(({ weights }) => weights),
    [[4], [3, 4], seeds(4)],
  );
});

/** What a run measures of signal and gradients, layer by layer. @param {string} line @param {object} rest of the spec */
const measuredBy = (line, rest) =>
  run(line, { backward: true, batch: 32, ...rest }).layers.map(({ activations, deltas, weightGradients }) => ({
    signal: activations.rms,
    gradient: deltas?.rms ?? 0,
    weights: weightGradients?.rms ?? 0,
  }));

/* Batch norm of s z with epsilon is that of z with epsilon / s^2. Where s is a power of 2, not a bit differs. So for epsilon
 * 0 the scale of the weights changes nothing forward. What goes back through the norm is divided by s, and W multiplies it
 * by s again; dL/dW only has the division. */
test('batch norm: without epsilon the scale s of weights changes no bit of signal and gradient, and dL/dW goes as 1 / s', () => {
  const lineOf = (/** @type {number} */ epsilon) =>
    `64-64:linear:gain=1-3*(64:linear-batchnorm:epsilon=${epsilon}:relu)-10:linear:gain=1`;
  for (const [s, epsilon] of [
    [2 ** -7, 0],
    [2 ** 7, 0],
    [2 ** -7, 1e-5],
  ]) {
    const scheme = 'lecun-normal';
    const plain = measuredBy(lineOf(epsilon / s ** 2), { scheme });
    const scaled = measuredBy(lineOf(epsilon), { scheme, gain: s });
    for (const [i, layer] of plain.entries()) {
      const isBelowNorm = [2, 4, 6].includes(i + 1);
      const signal = isBelowNorm ? layer.signal * s : layer.signal;
      const [gradient, weights] = [layer.gradient, layer.weights].map((rms) => (isBelowNorm ? rms / s : rms));
      assert.deepEqual(scaled[i], { signal, gradient, weights }, `layer ${i + 1}, s = ${s}, epsilon = ${epsilon}`);
    }
  }
});

/* The variance of z is v s^2, and epsilon makes the norm divide by sqrt(v s^2 + epsilon). */
test('the epsilon of batch norm counts only for tiny weights: 1 / sqrt(1 + 1e-5 / (v s^2)) of dL/dW, within 1 %', (t) => {
  for (const [scheme, v] of /** @type {[string, number][]} */ ([
    ['lecun-normal', 1],
    ['pytorch-default', 1 / 3],
  ])) {
    const line = '256-256:linear-batchnorm';
    const gradient = (/** @type {number} */ gain) => measuredBy(line, { scheme, gain, batch: 128 })[0].weights;
    for (const s of [0.1, 0.01]) {
      const kept = (gradient(s) * s) / gradient(1);
      t.diagnostic(`${scheme}, s = ${s}: ${kept}, by the formula ${1 / Math.sqrt(1 + 1e-5 / (v * s * s))}`);
      assert.ok(Math.abs(kept * Math.sqrt(1 + 1e-5 / (v * s * s)) - 1) < 0.01);
    }
  }
});

/**
 * The mean of ln sum exp z over normal z, and its variance. With a Gumbel variable g for each z, independent of all others,
 * max(z + g) is ln sum exp z plus a Gumbel variable: its mean is larger by Euler's constant, and its variance by pi^2 / 6.
 * P(z + g < t) = E exp(-exp(z - t)), and to the power of `count` it is P(max < t).
 * @param {number} count @param {number} std of z
 */
function logSumExp(count, std) {
  const normal = Array.from({ length: 1201 }, (_, i) => (i - 600) / 75);
  const weights = normal.map((x) => Math.exp((-x * x) / 2) / 75 / Math.sqrt(2 * Math.PI));
  const above = (/** @type {number} */ t) =>
    normal.reduce((sum, x, i) => sum - weights[i] * Math.expm1(-Math.exp(std * x - t)), 0);
  const [step, most] = [0.05, 8 * std + 40];
  let [mean, square] = [0, 0];
  for (let t = step / 2; t < most; t += step) {
    const beyond = -Math.expm1(count * Math.log1p(-above(t))); // P(max > t); below t = 0 it is 1
    mean += beyond * step;
    square += 2 * t * beyond * step;
  }
  return { mean: mean - 0.5772156649, variance: square - mean ** 2 - Math.PI ** 2 / 6 };
}

/* The norm makes |x|^2 the width, so the logits are normal, with std sqrt(width) times that of the weights. */
test('50,257 classes on a normalized 768: the mean of ln sum exp is 117.4 for N(0, 1), and 10.98 for a std of 0.02', (t) => {
  const [width, batch, draws] = [16, 16, 3];
  for (const [std, wanted] of [
    [1, 117.4],
    [0.02, 10.98],
  ]) {
    const { mean, variance } = logSumExp(50257, std * Math.sqrt(768));
    assert.equal(Number(mean.toPrecision(4)), wanted);
    const scheme = { name: 'normal', std: std * Math.sqrt(768 / width) };
    const found = seeds(draws).map((seed) => {
      const spec = /** @type {any} */ ({ layers: `${width}-layernorm-50257:linear`, scheme, batch, seed });
      const logits = engine.tensor(spec, 'activations', 2);
      const sums = seeds(batch).map((row) => {
        const own = logits.subarray(50257 * (row - 1), 50257 * row);
        const most = own.reduce((a, b) => Math.max(a, b));
        return most + Math.log(own.reduce((sum, z) => sum + Math.exp(z - most), 0));
      });
      return sums.reduce((sum, one) => sum + one, 0) / batch;
    });
    const error = Math.sqrt(variance / (batch * draws));
    const average = found.reduce((sum, one) => sum + one, 0) / draws;
    t.diagnostic(`std ${std}: ${average} ± ${error}, to be ${mean}`);
    assert.ok(Math.abs(average - mean) < 4 * error + 1e-3);
  }
  assert.ok(Math.abs(logSumExp(50257, 0.02 * Math.sqrt(768)).mean - Math.log(50257) - (768 * 0.02 ** 2) / 2) < 1e-3);
});

/* q is the mean square of 30 z. In layer 1 z = w1 x1 + w2 x2 + b; E cos(60 w x) over w is sin(30 x) / (30 x), whose mean over x
 * squared is E cos(60 z). From there on z is normal, with variance q = 2 E sin^2 = 1 - E cos, and E cos = e^(-2 q). The
 * gradient grows, going back, by sqrt(2 E cos(30 z)^2) = sqrt(1 + E cos). A bias from U(-1/16, 1/16) adds (30 / 16)^2 / 3 to
 * q, and multiplies E cos by sin(3.75) / 3.75. */
test('SIREN: 7.07, then q .997, .864, .822 ... .797, and gradients x 1.066, 1.085, 1.092 ... 1.097; with biases 14.1', (t) => {
  const line = '2-256:sin=30:uniform=0.5-8*256:sin=30:gain=0.033333333';
  const turn = (/** @type {number} */ x) => Math.sin(30 * x) / (30 * x);
  const cosine = Array.from({ length: 1000 }, (_, i) => turn((i + 0.5) / 1000) / 1000).reduce((a, b) => a + b) ** 2;
  for (const { bias, first, added, rest } of [
    { bias: 'zeros', first: 1 / 18, added: 0, rest: 1 },
    { bias: 'pytorch-default', first: 1 / 18 + 1 / 6, added: (30 / 16) ** 2 / 3, rest: Math.sin(3.75) / 3.75 },
  ]) {
    /** @type {any} */
    const spec = { scheme: 'he-uniform', bias, input: { kind: 'uniform', std: 3 ** -0.5 }, batch: 64, backward: true };
    const runs = seeds(12).map((seed) => run(line, { ...spec, seed }).layers);
    const squareIn = (/** @type {number} */ i) => runs.map((layers) => (30 * layers[i].preactivations.rms) ** 2);
    const growthOf = (/** @type {number} */ i) =>
      runs.map((layers) => (layers[i].deltas?.rms ?? 0) / (layers[i + 1].deltas?.rms ?? 1));
    assertMean(t, `q, layer 1, biases ${bias}`, squareIn(0), 900 * first, 0.05);
    let mean = bias === 'zeros' ? cosine : 0;
    const found = Array.from({ length: 8 }, (_, i) => {
      const weighted = 1 - mean;
      mean = Math.exp(-2 * weighted) * rest;
      if (i < 3 || i === 7) assertMean(t, `q, layer ${i + 2}`, squareIn(i + 1), weighted + added, 0.05);
      if (i < 7) assertMean(t, `growth of the gradient, layer ${i + 2}`, growthOf(i + 1), Math.sqrt(1 + mean), 0.01);
      return [Number((weighted + added).toPrecision(3)), Number(Math.sqrt(1 + mean).toPrecision(4))];
    });
    if (bias === 'zeros') {
      assert.deepEqual(found.slice(0, 3), [
        [0.997, 1.066],
        [0.864, 1.085],
        [0.822, 1.092],
      ]);
      assert.deepEqual(found[7], [0.797, 1.097]);
    } else assert.ok(found.every(([, growth]) => Math.abs(growth - 0.99) < 0.001));
  }
});
