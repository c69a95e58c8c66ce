/**
 * The fans of every kind of kernel, as each library counts them: all rows of tests/reference/fans.tsv. What they do to
 * the weights is in counting.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { readTable } from './reference.js';
import { assertRefused, thrownBy } from './refused.js';

const engine = await loadEngine();

/** The table's cases, as layers. @type {Record<string, any>} */
const LAYERS = {
  'conv 5x5 3->8': { kind: 'conv', kernel: [5, 5], channelsIn: 3, channelsOut: 8 },
  'conv 3x3 64->128': { kind: 'conv', kernel: [3, 3], channelsIn: 64, channelsOut: 128 },
  'dense 784->512': { kind: 'dense', inputs: 784, units: 512 },
  'dense 480000->1000': { kind: 'dense', inputs: 480000, units: 1000 },
  'depthwise 3x3x32 m1': { kind: 'conv', kernel: [3, 3], channelsIn: 32, channelsOut: 32, groups: 32 },
  'grouped g=4 3x3 64->128': { kind: 'conv', kernel: [3, 3], channelsIn: 64, channelsOut: 128, groups: 4 },
  'convT 3x3 64->128': { kind: 'conv', kernel: [3, 3], channelsIn: 64, channelsOut: 128, transposed: true },
  'conv1d k3 16->32': { kind: 'conv', kernel: [3], channelsIn: 16, channelsOut: 32 },
  'conv3d k3 16->32': { kind: 'conv', kernel: [3, 3, 3], channelsIn: 16, channelsOut: 32 },
  'square dense 512': { kind: 'dense', inputs: 512, units: 512 },
};

/** The conventions that count as the layout of a row does. @param {string} layout */
function conventionsOf(layout) {
  const names = /** @type {const} */ (['true', 'pytorch', 'keras', 'jax']);
  const found = names.filter((name) =>
    layout.toLowerCase().includes({ true: 'true', pytorch: 'torch', keras: 'keras', jax: 'jax' }[name]),
  );
  if (layout.includes('flax')) found.push('jax');
  return found.length > 0 ? found : [...names]; /* a dense layer, which all count alike */
}

for (const row of readTable('fans.tsv')) {
  test(`${row.case}, ${row.layout}: fan_in ${row.fan_in}, fan_out ${row.fan_out}`, () => {
    for (const convention of conventionsOf(row.layout)) {
      const fans = engine.fans(LAYERS[row.case], convention);
      assert.deepEqual(fans, { fanIn: Number(row.fan_in), fanOut: Number(row.fan_out) }, convention);
    }
  });
}

test('the fan-in of a (5, 5, 3, 8) kernel is 75, not 3', () => {
  const layer = LAYERS['conv 5x5 3->8'];
  for (const convention of /** @type {const} */ (['true', 'pytorch', 'keras', 'jax'])) {
    assert.deepEqual(engine.fans(layer, convention), { fanIn: 75, fanOut: 200 });
  }
});

test('the true fan-in of a transposed convolution counts its inputs, whatever a library reads off the shape', () => {
  assert.deepEqual(engine.fans(LAYERS['convT 3x3 64->128']), { fanIn: 576, fanOut: 1152 });
});

test('without groups, each output counts as if it read all channels', () => {
  const grouped = { kind: 'conv', kernel: [3, 3], channelsIn: 32, channelsOut: 64, groups: 32 };
  assert.deepEqual(engine.fans(/** @type {any} */ (grouped), 'whole'), { fanIn: 288, fanOut: 576 });
});

test('a bad shape is refused, and the refusal names the field', () => {
  const conv = LAYERS['conv 5x5 3->8'];
  const fields = ['kind', 'kernel', 'channelsIn', 'channelsOut', 'groups', 'transposed'];
  const conventions = ['true', 'pytorch', 'keras', 'jax', 'whole', 'channels'];
  /** @type {[any, any, ...import('./refused.js').Expected][]} */
  const bad = [
    [undefined, 'true', 'unknownName', 'layer.kind', { type: 'undefined' }, ['dense', 'conv']],
    [{ ...conv, kernel: [5, 0] }, 'true', 'wholeRange', 'layer.kernel[1]', 0, [1, 2 ** 31 - 1]],
    [{ ...conv, kernel: [1, 1, 1, 1] }, 'true', 'wrongSides', 'layer.kernel', [1, 1, 1, 1], [1, 3]],
    [{ ...conv, groups: 2 }, 'true', 'groupsDivide', 'layer.groups', 2, { channelsIn: 3, channelsOut: 8 }],
    [{ ...conv, stride: 2 }, 'true', 'unknownField', 'layer.stride', 2, fields],
    [{ ...conv, transposed: 1 }, 'true', 'wrongType', 'layer.transposed', 1, 'boolean'],
    [conv, 'caffe', 'unknownName', 'convention', 'caffe', conventions],
  ];
  for (const [layer, convention, ...expected] of bad) {
    assertRefused(() => engine.fans(layer, convention), expected);
  }
  const { message } = thrownBy(() => engine.fans(/** @type {any} */ ({ ...conv, kernel: [1, 1, 1, 1] })));
  assert.equal(message, 'layer.kernel is [1, 1, 1, 1]; it must be an array of 1 to 3 sides');
});
