/*
 * The state and its address: reading gives back what was written, and no address makes it throw. Names and ranges are
 * compared with the engine's here, because state.js may not ask the engine. Random addresses are in parsing.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { ACTIVATIONS } from '../../web/engine/tables.js';
import { SCHEME_GROUPS, SCHEMES } from '../../web/state/choices.js';
import { CLASSES, specOf } from '../../web/state/networks.js';
import {
  defaults,
  format,
  fromPosition,
  inputTakes,
  isOwnNumber,
  ownNumber,
  parse,
  read,
  rowIn,
  rowOf,
  SCHEMA,
  SHOWN,
  toPosition,
} from '../../web/state/state.js';

const engine = await loadEngine();

/** @param {number} seed @returns {() => number} in [0, 1) */
function random(seed) {
  let x = seed;
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return x / 2 ** 32;
  };
}

/** @param {() => number} next */
function anyState(next) {
  const state = defaults();
  for (const row of SCHEMA) {
    // what has no effect then
    if (next() < 0.3 || (row.key === 'changeB' && state.stack === '') || !inputTakes(row.key, state)) continue;
    const own = isOwnNumber(row.key) ? ownNumber(row.key, state) : undefined;
    if (isOwnNumber(row.key)) state[row.key] = own ? own.least + (own.most - own.least) * next() : null;
    else if (row.type === 'list') state[row.key] = (row.names ?? SHOWN).filter(() => next() < 0.2).join(',');
    else if (row.type === 'text') state[row.key] = next() < 0.5 ? '' : '28x28x1-2*conv8:5x5-maxpool2-10:gain=2 & é';
    else if (row.type === 'choice') state[row.key] = row.choices[Math.floor(next() * row.choices.length)];
    else if (row.type === 'integer') state[row.key] = row.min + Math.floor(next() * (row.max - row.min + 1));
    else state[row.key] = row.min + (row.max - row.min) * next() ** 8;
  }
  return state;
}

test('a state survives its address, a thousand times', () => {
  const next = random(1);
  for (let i = 0; i < 1000; i++) {
    const state = anyState(next);
    assert.deepEqual(parse(`#${format(state)}`), { state, ignored: [] });
  }
});

test('a mean or a std that the input does not take is left out, and reported', () => {
  for (const [hash, key, text] of [
    ['input=one-hot&std=2', 'std', '2'],
    ['input=sparse&mean=1', 'mean', '1'],
    ['input=leaves&mean=1', 'mean', '1'],
  ]) {
    const { state, ignored } = parse(hash);
    assert.deepEqual([state[key], ignored], [null, [{ key, text, reason: 'unused', used: 'null' }]]);
  }
  assert.equal(format({ ...defaults(), input: 'one-hot', std: 2 }), 'input=one-hot');
});

test('a change of a layer of B without a line of layers is left out, and reported', () => {
  assert.deepEqual(parse('#changeB=2=20'), {
    state: defaults(),
    ignored: [{ key: 'changeB', text: '2=20', reason: 'unused', used: '' }],
  });
  assert.equal(format({ ...defaults(), changeB: '2=20' }), '');
});

test('the change of a layer that a lesson makes counts only with the layers of the lesson', () => {
  const lesson = parse('#lesson=zero-layers').state;
  assert.notEqual(lesson.changeB, '');
  assert.equal(parse('#lesson=zero-layers&stack=').state.changeB, '');
  assert.equal(parse('#lesson=zero-layers&stack=64-10').state.changeB, '');
  assert.equal(parse(`#lesson=zero-layers&stack=${lesson.stack}`).state.changeB, lesson.changeB);
});

test('a 0 has no sign, also where it is a number too small', () => {
  for (const text of ['-0', '-1e-999']) assert.ok(Object.is(parse(`#mean=${text}`).state.mean, 0), text);
});

test('an address leaves out defaults, and the default view is Xavier against He', () => {
  assert.equal(format(defaults()), '');
  assert.deepEqual(parse('').state, defaults());
  const { a, b, activation, depth, width, batch, input, seed } = defaults();
  assert.deepEqual(
    { a, b, activation, depth, width, batch, input, seed },
    {
      a: 'xavier-normal',
      b: 'he-normal',
      activation: 'relu',
      depth: 20,
      width: 256,
      batch: 64,
      input: 'normal',
      seed: 1,
    },
  );
});

test('an address leaves out the number of a scheme that takes none', () => {
  assert.equal(
    format({ ...defaults(), a: 'he-normal', valueA: 3, b: 'normal', valueB: 3 }),
    'a=he-normal&b=normal&valueB=3',
  );
});

test('bad values in an address are clamped or replaced by defaults, and reported', () => {
  /** @type {[string, string, unknown, string][]} */
  const cases = [
    ['depth=1e9', 'depth', 100, 'range'],
    ['width=-3', 'width', 1, 'range'],
    ['depth=3.7', 'depth', 4, 'range'],
    ['a=<script>', 'a', 'xavier-normal', 'bad'],
    ['a=%3Cscript%3E', 'a', 'xavier-normal', 'bad'],
    ['depth=', 'depth', 20, 'bad'],
    ['depth', 'depth', 20, 'bad'],
    ['depth=NaN', 'depth', 20, 'bad'],
    ['depth=Infinity', 'depth', 20, 'bad'],
    ['depth=0x10', 'depth', 20, 'bad'],
    ['depth=1e999', 'depth', 100, 'range'],
    ['depth=%', 'depth', 20, 'bad'],
    ['valueA=%E0%A4%A', 'valueA', null, 'bad'],
    ['constructor=1', 'depth', 20, 'unknown'],
    ['__proto__=1', 'depth', 20, 'unknown'],
    ['depth=7&depth=9', 'depth', 7, 'repeated'],
    ['a=he-normal&valueA=3', 'valueA', null, 'unused'],
  ];
  for (const [hash, key, value, reason] of cases) {
    const { state, ignored } = parse(hash);
    assert.equal(state[key], value, hash);
    assert.deepEqual(
      ignored.map((item) => item.reason),
      [reason],
      hash,
    );
  }
});

test('only a constant may be negative and a share is at most 1, in any order of keys', () => {
  /** @type {[string, number, number][]} */
  const cases = [
    ['a=constant&valueA=-3', -3, 0],
    ['valueA=-3&a=constant', -3, 0],
    ['valueA=-3&a=normal', 0, 1],
    ['a=sparse&valueA=7', 1, 1],
    ['a=uniform&valueA=7', 7, 0],
    ['a=constant&valueA=-1e9', -100, 1],
  ];
  for (const [hash, value, told] of cases) {
    const { state, ignored } = parse(hash);
    assert.deepEqual([state.valueA, ignored.length], [value, told], hash);
    engine.run({ ...specOf({ ...state, depth: 1, width: 2 }, 'A') });
  }
  const { min } = /** @type {import('../../web/state/state.js').NumberRow} */ (
    rowIn('valueB', { ...defaults(), b: 'constant' })
  );
  assert.equal(min, -100);
});

test('cross-entropy ends in a linear layer of ten logits, and biases are normal', () => {
  const state = { ...defaults(), depth: 3, width: 16, batch: 4, loss: 'cross-entropy', bias: 0.5, activation: 'tanh' };
  const run = engine.run(specOf(state, 'A'));
  assert.deepEqual(
    run.layers.map(({ fanOut, activation, biasStd }) => [fanOut, activation, biasStd]),
    [
      [16, 'tanh', 0.5],
      [16, 'tanh', 0.5],
      [CLASSES, 'linear', 0.5],
    ],
  );
  assert.ok(Number(run.loss) > 1 && Number(run.loss) < 5);
});

test('each network has its own biases: normal with the shared sigma_b, 0, or PyTorch’s default', () => {
  const state = { ...defaults(), depth: 2, width: 16, batch: 2, bias: 0.5 };
  const stds = (/** @type {string} */ biasA, /** @type {string} */ biasB) =>
    /** @type {const} */ (['A', 'B']).map(
      (letter) => engine.run(specOf({ ...state, biasA, biasB }, letter)).layers[1].biasStd,
    );
  assert.deepEqual(stds('sigma', 'zeros'), [0.5, 0]);
  const [zeros, uniform] = stds('zeros', 'pytorch-default');
  assert.equal(zeros, 0);
  assert.ok(Math.abs(uniform - 1 / Math.sqrt(3 * 16)) < 1e-15);
  assert.equal(engine.run(specOf({ ...state, bias: 0 }, 'A')).layers[1].biasStd, 0);
});

test('every library call is a scheme that the page offers, with a number in range and biases that it offers', () => {
  for (const { library, call, scheme, number, bias } of engine.libraries) {
    const state = { ...defaults(), a: scheme, valueA: number, biasA: bias ?? 'sigma' };
    assert.deepEqual(parse(format(state)), { state, ignored: [] }, `${library} ${call}`);
  }
});

test('an address of 100,000 random characters gives a state within its ranges', () => {
  const next = random(2);
  const letters = 'depth=width&%#<>"\'a1e9-.;\0é💥';
  const noise = Array.from({ length: 100000 }, () => letters[Math.floor(next() * letters.length)]).join('');
  const { state } = parse(noise);
  for (const row of SCHEMA) {
    if (state[row.key] !== row.default) assert.equal(read(row, String(state[row.key])).reason, undefined, row.key);
  }
});

test('names are the engine’s, in the same order', () => {
  assert.deepEqual(
    ACTIVATIONS,
    engine.activations.map(({ name }) => name),
  );
  assert.deepEqual(
    SCHEMES.map(({ name, value = null, given }) => ({ name, value, given: value && given })),
    engine.schemes.map(({ name, numberName, number }) => ({ name, value: numberName, given: numberName && number })),
  );
});

test('every scheme is offered exactly once, in a group', () => {
  const offered = Object.values(SCHEME_GROUPS).flat();
  assert.deepEqual(offered.sort(), SCHEMES.map(({ name }) => name).sort());
});

test('the page’s ranges are the engine’s limits', () => {
  const max = (/** @type {string} */ key) =>
    /** @type {import('../../web/state/state.js').NumberRow} */ (rowOf(key)).max;
  const { depth, units, batch } = engine.limits;
  assert.deepEqual({ layer: max('layer'), units: max('width'), batch: max('batch') }, { layer: depth, units, batch });
  assert.equal(max('depth'), 100); // more layers than the control makes need a line
});

test('the engine accepts the spec of every scheme, activation and input', () => {
  for (const { name } of SCHEMES) {
    for (const activation of ACTIVATIONS) {
      const state = { ...defaults(), depth: 2, width: 3, batch: 2, a: name, activation, input: 'uniform', gainA: 0.5 };
      const { layers } = engine.run(specOf(state, 'A'));
      assert.deepEqual(
        [layers.length, layers[1].scheme, layers[1].activation, layers[1].gain],
        [2, name, activation, 0.5],
      );
    }
  }
  assert.equal(engine.run(specOf({ ...defaults(), depth: 1, b: 'normal', valueB: 0.25 }, 'B')).layers[0].std, 0.25);
});

test('sliders reach both ends, keep powers of two, and convert to values and back', () => {
  for (const row of SCHEMA) {
    if (!('steps' in row) || !row.steps) continue;
    assert.equal(fromPosition(row, 0), row.min);
    assert.equal(fromPosition(row, row.steps), row.max);
    for (let i = 0; i <= row.steps; i++) {
      const value = fromPosition(row, i);
      assert.equal(fromPosition(row, toPosition(row, value)), value, `${row.key} ${i}`);
    }
  }
  const width = /** @type {import('../../web/state/state.js').NumberRow} */ (rowOf('width'));
  for (const power of [1, 2, 64, 256, 1024]) assert.equal(fromPosition(width, toPosition(width, power)), power);
});
