/*
 * The stack notation: every network can be written as a line and read again, a line has one canonical form, and a wrong line
 * is refused with the position and with what was expected there. Real architectures are in stacks.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { lsuv, tune, withGains } from '../../web/engine/lsuv.js';
import { isRefusal, messageOf } from '../../web/engine/refusal.js';
import { checkSpec } from '../../web/engine/spec.js';
import { formatItems, formatStack, parseStack, plainLayers, readStack, replaceLayer } from '../../web/engine/stack.js';
import { engine, SEED } from './arbitrary.js';
import { layers, lines, spoiltLines, wholes } from './arbitrary-stacks.js';
import { thrownBy } from './refused.js';
import { BAD, WRITTEN } from './stack-lines.js';

/** How many specs and lines are tried; of some properties, a share of them. SPECS=100000 tries so many. */
const RUNS = Number(process.env.SPECS ?? 2000);

/** @param {string} name @param {fc.IProperty<any>} property @param {number} [share] of RUNS */
const holds = (name, property, share = 1) =>
  test(name, (t) => {
    const runs = Math.ceil(RUNS * share);
    t.diagnostic(`seed ${SEED}, ${runs} values`);
    fc.assert(property, { seed: SEED, numRuns: runs });
  });

/** @typedef {import('../../web/engine/spec.js').Layer} Layer */
/** @param {Layer[]} layers */
const check = (layers) => checkSpec(engine, { layers });

holds(
  'the layers of every spec are written as a line and read again, in plain form, which is the same network',
  fc.property(layers, (given) => {
    const before = structuredClone(given);
    const plain = plainLayers(given);
    assert.deepEqual(check(plain), check(given));
    assert.deepEqual(plainLayers(plain), plain);
    const line = formatStack(given);
    assert.match(line, /^[\w.:*=,()-]+$/);
    assert.doesNotMatch(line, /_/);
    assert.deepEqual(parseStack(line), plain);
    assert.equal(formatStack(parseStack(line)), line);
    assert.deepEqual(given, before);
  }),
);

holds(
  'case, spaces between words, and spaces in place of colons make no difference',
  fc.property(layers, (given) => {
    const line = formatStack(given);
    const loose = line.replaceAll(':', ' ').replace(/[=*(),]/g, ' $& ');
    for (const text of [line.toUpperCase(), loose, `\t${loose.toLowerCase()}\n`]) {
      assert.deepEqual(parseStack(text), plainLayers(given), text);
    }
  }),
  1 / 4,
);

holds(
  'what lines leave to the whole is read again from the same whole',
  fc.property(layers, wholes, (given, whole) => {
    const line = formatStack(given, whole);
    assert.deepEqual(parseStack(line, whole), plainLayers(given));
  }),
  1 / 2,
);

holds(
  'any layer can be replaced by its own item, and by another one',
  fc.property(layers, fc.nat(), wholes, (given, pick, whole) => {
    const index = pick % given.length;
    const { items } = formatItems(given, whole);
    assert.deepEqual(replaceLayer(given, index, items[index], whole), plainLayers(given));
    if (index === 0 && given[0].kind !== 'dense') return; // an image may be too large for a dense layer
    const replaced = /** @type {any[]} */ (replaceLayer(given, index, '7:tanh'));
    assert.deepEqual([replaced[index].units, replaced[index].activation], [7, 'tanh']);
    const rest = (/** @type {Layer[]} */ all) => all.filter((_, i) => i !== index);
    assert.deepEqual(rest(replaced), rest(plainLayers(given)));
  }),
  1 / 4,
);

holds(
  'any line is read or refused properly, and what is read has one canonical line',
  fc.property(fc.oneof(lines, spoiltLines(layers.map((given) => formatStack(given)))), wholes, (line, whole) => {
    let read;
    try {
      read = readStack(line, whole);
    } catch (error) {
      assert.ok(isRefusal(error), `${error}`);
      const { code, field, value, range, message } = error;
      const data = JSON.parse(JSON.stringify({ code, field, value, range }));
      assert.equal(messageOf(data), message);
      assert.ok(code.startsWith('stack') && field === 'stack');
      const { position, found } = data.range;
      assert.ok(position >= 0 && position <= line.length);
      assert.equal(line.slice(position, position + found.length), found);
      assert.ok(found.length > 0 || line.slice(position).trim() === '');
      return;
    }
    const canonical = formatStack(read.layers, whole);
    assert.deepEqual(parseStack(canonical, whole), read.layers);
    assert.equal(formatStack(parseStack(canonical, whole), whole), canonical);
  }),
);

test('lines as people write them have one canonical form', () => {
  for (const [line, canonical] of WRITTEN) assert.equal(formatStack(parseStack(line)), canonical || line, line);
});

test('a layer takes kernel, stride, padding and groups from the whole where it does not say', () => {
  const whole = /** @type {const} */ ({ kernel: [5, 5], stride: 2, padding: 'valid', groups: 4 });
  const first = {
    kind: 'conv',
    kernel: [5, 5],
    stride: 2,
    padding: 'valid',
    channelsOut: 8,
    size: [28, 28],
    channelsIn: 3,
  };
  assert.deepEqual(parseStack('28x28x3-conv8-conv12-conv8:3x3:s1:same:g1-convT8-maxpool2-10', whole), [
    first, // 4 groups do not divide 3 channels
    { kind: 'conv', kernel: [5, 5], stride: 2, padding: 'valid', groups: 4, channelsOut: 12 },
    { kind: 'conv', kernel: [3, 3], channelsOut: 8 },
    { kind: 'transposed-conv', kernel: [5, 5], stride: 2, channelsOut: 8 },
    { kind: 'max-pool', window: [2, 2] },
    { kind: 'dense', units: 10 },
  ]);
  // as many groups as divide both numbers of channels: depthwise, where they are equal
  const groups = parseStack('8x8x3-conv8-conv8-conv12', { groups: Infinity }).map(
    (layer) => 'groups' in layer && layer.groups,
  );
  assert.deepEqual(groups, [false, 8, 4]);
});

test('the place of each layer in the line is known', () => {
  const line = ' 28x28 - conv6 : 5x5 - 2*(maxpool2 - 20:tanh)';
  const texts = readStack(line).places.map(({ start, end }) => line.slice(start, end));
  assert.deepEqual(texts, ['conv6 : 5x5', 'maxpool2', '20:tanh', 'maxpool2', '20:tanh']);
});

for (const [line, code, position, expected, found, more] of BAD) {
  test(`refused at ${position}, ${code}: ${line}`, () => {
    const error = thrownBy(() => parseStack(line));
    assert.ok(isRefusal(error), String(error));
    const { near, ...range } = /** @type {any} */ (error.range);
    const { near: nearly, ...rest } = /** @type {any} */ (more ?? {});
    assert.deepEqual([error.code, error.field], [`stack${code}`, 'stack']);
    assert.deepEqual(range, { position, expected, found, ...rest });
    if (nearly) assert.deepEqual(near, nearly);
    assert.equal(error.message, messageOf(/** @type {any} */ (error)));
  });
}

test('a refusal reads as a sentence', () => {
  for (const [line, sentence] of [
    ['784-256:', 'expected an option at the end (character 9)'],
    [
      '784-tahn',
      'character 5: expected a layer (a number of units, conv6, convT6, maxpool2, avgpool2, gap, flatten, layernorm, rmsnorm, batchnorm, add2, swiglu or prelu), found "tahn"',
    ],
    ['784-256:tahn-10', 'character 9: expected an option, found "tahn"; perhaps tanh'],
    ['784-256:relu:tanh', 'character 14: "activation" is already set; found "tanh"'],
    ['8x8-conv2:stride=5', 'character 18: expected a stride: a whole number from 1 to 4, found "5"'],
    [
      '784-256:gain=-1',
      'character 14: expected a gain (a number, pytorch, forward or backward): a number from 0 to 1000000, found "-1"',
    ],
    ['8x8-gap:stride=2', 'character 9: global-average-pool has no option "stride"; its options are observe'],
    ['784-dropout0.5-10', 'character 5: there is no layer "dropout" yet'],
    ['784-256*256-10', 'character 13: from here on there are more than 256 layers'],
    ['784-256:uniform(std=0.1)', 'character 17: expected an argument of this scheme, found "std"; perhaps bound'],
  ]) {
    const { message } = thrownBy(() => parseStack(line));
    assert.equal(message, `stack is ${JSON.stringify(line)}; ${sentence}`);
  }
});

test('a wrong item of one layer is refused by its own position', () => {
  const network = parseStack('28x28x1-conv6-maxpool2-10');
  /** @type {[index: number, item: string, position: number, expected: string][]} */
  const bad = [
    [2, '20-30', 2, 'single'],
    [2, '2*20', 1, 'single'],
    [2, ' tahn', 1, 'layer'],
    [0, 'conv6:tahn', 6, 'option'],
    [0, '', 0, 'layer'],
  ];
  for (const [index, item, position, expected] of bad) {
    const { range } = thrownBy(() => replaceLayer(network, index, item));
    assert.deepEqual([range.position, range.expected], [position, expected], item);
  }
  assert.throws(() => replaceLayer(parseStack('784-10-10'), 0, 'conv6'), { code: 'stackUnexpected' });
});

test('what is no text, and a line that is too long, is refused at once', () => {
  for (const value of [undefined, null, 784, ['784-10'], { length: 1 }]) {
    const error = thrownBy(() => parseStack(/** @type {any} */ (value)));
    assert.deepEqual([error.code, error.range.expected], ['stackUnexpected', 'text']);
  }
  const most = 2 ** 17;
  for (const text of ['1-', '784-10:relu:', ' ', '(', 'a', '9', 'x', '_-', '\ud83d']) {
    const long = text.repeat(Math.ceil(1e7 / text.length));
    assert.deepEqual(thrownBy(() => parseStack(long)).range, { position: most, expected: most, found: '' });
    const longest = long.slice(0, most);
    assert.ok(isRefusal(thrownBy(() => parseStack(longest))), text);
    if (text !== ' ') assert.ok(isRefusal(thrownBy(() => parseStack(`784-10${longest.slice(0, most - 6)}`))), text);
  }
  const { code, range } = thrownBy(() => parseStack(`784${'-5'.repeat(10_000)}`));
  assert.deepEqual([code, range], ['stackDeep', { position: 3 + 2 * 256 + 1, expected: 256, found: '5' }]);
});

test('the longest canonical line is read', () => {
  const own = {
    activation: 'leaky-relu',
    scheme: {
      name: 'variance-scaling',
      scale: Math.SQRT2 * 1e-7,
      mode: 'fan_geo_avg',
      distribution: 'truncated-raw',
    },
    gain: Math.SQRT2 * 1e-7,
    bias: { name: 'variance-scaling', scale: Math.SQRT2 * 1e-7, mode: 'fan_in', distribution: 'uniform' },
    fans: 'channels',
    varianceAsStd: false,
    drawn: 'tinygrad-bfloat16',
    observe: ['weights', 'preactivations', 'activations', 'weightGradients'],
  };
  const oneBits = (/** @type {number} */ i) => i.toString(2).replaceAll('0', '').length;
  const given = Array.from({ length: 256 }, (_, i) => ({
    kind: 'transposed-conv',
    kernel: [11, 10],
    channelsOut: 256 + (oneBits(i) % 2) * 256, // no group comes three times in a row (Thue 1906)
    stride: 4,
    padding: 9,
    outputPadding: 3,
    groups: 256,
    ...own,
    ...(i === 0 && { size: [64, 63], channelsIn: 512 }),
  }));
  const network = plainLayers(/** @type {any} */ (given));
  const line = formatStack(network);
  assert.ok(line.length > 2 ** 16);
  assert.deepEqual(parseStack(line), network);
});

test('a wrong spec is refused by every call, and by a generator at its first step', () => {
  for (const [layers, code, field] of /** @type {[any, string, string][]} */ ([
    ['784-foo', 'stackUnexpected', 'stack'],
    [[{ kind: 'foo' }], 'unknownName', 'layers[0].kind'],
    [[null], 'unknownName', 'layers[0].kind'],
    [[], 'wholeRange', 'layers.length'],
    [784, 'wrongType', 'layers'],
  ])) {
    const spec = { layers };
    for (const [name, start] of Object.entries({
      steps: () => engine.steps(spec),
      series: () => engine.series().steps(spec),
      tensorSteps: () => engine.tensorSteps(spec, 'weights', 1),
      tune: () => tune(engine, spec),
    })) {
      const steps = start();
      const error = thrownBy(() => steps.next());
      assert.ok(isRefusal(error), `${name}: ${error}`);
      assert.deepEqual([error.code, error.field], [code, field], name);
    }
    for (const [name, call] of Object.entries({
      run: () => engine.run(spec),
      check: () => engine.check(spec),
      memory: () => engine.memory(spec),
      tensor: () => engine.tensor(spec, 'weights', 1),
      lsuv: () => lsuv(engine, spec),
    })) {
      const error = thrownBy(call);
      assert.ok(isRefusal(error), `${name}: ${error}`);
      assert.deepEqual([error.code, error.field], [code, field], name);
    }
  }
});

test('LSUV takes a line, and gives back a spec with its layers', () => {
  const given = { layers: '6x6x2-conv3:tanh-maxpool2-4', batch: 8 };
  const same = { ...given, layers: parseStack(given.layers) };
  assert.deepEqual(engine.check(given), same);
  const { spec, tries } = lsuv(engine, given);
  assert.deepEqual({ spec, tries }, lsuv(engine, same));
  assert.deepEqual([spec.layers.map(({ kind }) => kind), tries[1]], [['conv', 'max-pool', 'dense'], 0]);
  const wrong = (/** @type {any} */ layers) => thrownBy(() => withGains({ layers }, [1]));
  assert.deepEqual([wrong(given.layers).code, wrong(given.layers).field], ['wrongType', 'layers']);
  for (const layer of [{ kind: 'foo' }, null]) {
    assert.deepEqual([wrong([layer]).code, wrong([layer]).field], ['unknownName', 'layers[0].kind']);
  }
});

test('the calls of an engine take a line in place of layers, and refuse a wrong one', () => {
  const line = '6x6x2-conv3:tanh-maxpool2-4';
  const spec = { layers: line, batch: 4, backward: true };
  const same = { ...spec, layers: parseStack(line) };
  assert.deepEqual(engine.run(spec), engine.run(same));
  assert.deepEqual([...engine.steps(spec, true)], [...engine.steps(same, true)]);
  assert.deepEqual([...engine.series().steps(spec)], [...engine.series().steps(same)]);
  assert.deepEqual(engine.tensor(spec, 'weightGradients', 3), engine.tensor(same, 'weightGradients', 3));
  assert.deepEqual([...engine.tensorSteps(spec, 'weights', 1)], [...engine.tensorSteps(same, 'weights', 1)]);
  const wrong = { layers: '784-tahn' };
  for (const call of [
    () => engine.run(wrong),
    () => [...engine.steps(wrong)],
    () => [...engine.series().steps(wrong)],
    () => engine.tensor(wrong, 'weights', 1),
    () => [...engine.tensorSteps(wrong, 'weights', 1)],
  ]) {
    assert.deepEqual([thrownBy(call).code, thrownBy(call).range.position], ['stackUnexpected', 4]);
  }
});
