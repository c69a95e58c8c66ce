/*
 * The picture of a kernel. It lights the cells that the engine counts. Its sentences say what a stride and a border take
 * away. For any shape the drawing stays in its frame. How it looks in a browser is tested in tests/page/.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corners, HEIGHT, imageOf, layOut, WIDTH } from '../../web/charts/images/kernel-layout.js';
import { axisOf, inputsOf, insideOf, lengthOf, outputsOf, sheetsOf, stepsOf } from '../../web/charts/images/patch.js';
import { columnsOf, rangeOf } from '../../web/charts/images/pixels.js';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { layerShown, shapesOfLayers } from '../../web/engine/shapes.js';
import { fanInWords, fanOutWords, hereInWords, hereOutWords } from '../../web/locales/en/images.js';

/** @typedef {import('../../web/charts/images/patch.js').KernelShape} KernelShape */

const engine = await loadEngine();

/** @param {Partial<KernelShape>} [more] @returns {KernelShape} of shape (5, 5, 3, 8) by default */
function shapeOf(more = {}) {
  const { kernel = [5, 5], channelsIn = 3, channelsOut = 8, groups = 1 } = more;
  const layer = { kernel, channelsIn, channelsOut, groups };
  return { size: [32, 32], stride: 1, padding: 'same', ...more, ...layer, ...engine.fans({ kind: 'conv', ...layer }) };
}

const depthwise = shapeOf({ kernel: [3, 3], channelsIn: 32, channelsOut: 32, groups: 32 });
const grouped = shapeOf({ kernel: [3, 3], channelsIn: 64, channelsOut: 128, groups: 2 });
const strided = shapeOf({ stride: 2, padding: 'valid' });
const SHAPES = [
  shapeOf(),
  shapeOf({ kernel: [3, 3], channelsIn: 64, channelsOut: 64 }),
  depthwise,
  grouped,
  strided,
  shapeOf({ kernel: [11, 11], channelsIn: 1, channelsOut: 1 }),
  shapeOf({ kernel: [1, 1], channelsIn: 512, channelsOut: 512 }),
  shapeOf({ kernel: [1, 1], channelsIn: 512, channelsOut: 512, stride: 2 }),
  shapeOf({ kernel: [1, 7], channelsIn: 8, channelsOut: 8, size: [5, 9], stride: 3 }),
  shapeOf({ kernel: [4, 2], channelsIn: 6, channelsOut: 4, groups: 2, size: [6, 6], padding: 'valid' }),
  shapeOf({ kernel: [7, 7], size: [3, 3] }),
  shapeOf({ kernel: [7, 7], channelsOut: 64, size: [224, 224], stride: 2 }),
  shapeOf({ kernel: [31, 31], channelsIn: 8, channelsOut: 8, size: [64, 64] }),
];

/** @param {KernelShape} shape */
const axesOf = (shape) => [axisOf(shape, 0), axisOf(shape, 1)];

test('the fan-in of a kernel of shape (5, 5, 3, 8) is 75, and its fan-out 200', () => {
  assert.equal(fanInWords(shapeOf()).sentence, 'Each output is computed from 5 × 5 × 3 = 75 inputs.');
  assert.equal(fanOutWords(shapeOf()).sentence, 'Each input affects 5 × 5 × 8 = 200 outputs.');
  assert.equal(
    fanInWords(shapeOf()).label,
    'Kernel 5 × 5, image 32 × 32, 3 channels in, 8 out. Each output is computed from 5 × 5 × 3 = 75 inputs.',
  );
});

test('the factors in the sentences multiply to the fans that the engine counts', () => {
  for (const shape of SHAPES) {
    for (const [{ term, sentence }, fan] of /** @type {const} */ ([
      [fanInWords(shape), shape.fanIn],
      [fanOutWords(shape), shape.fanOut],
    ])) {
      const [, factors, product] = sentence.replaceAll(',', '').match(/((?:\d+ × )+\d+) = (\d+)/) ?? [];
      assert.equal(Number(product), fan, sentence);
      assert.equal(
        factors.split(' × ').reduce((all, factor) => all * Number(factor), 1),
        fan,
        sentence,
      );
      assert.ok(term.replaceAll(',', '').endsWith(`= ${fan}`), term);
    }
  }
});

test('with a stride the sentences give the average fan-out, and what libraries count without the stride', () => {
  assert.equal(
    fanOutWords(strided).sentence,
    'With stride 2, each input affects (5 × 5 × 8) / 4 = 50 outputs on average. ' +
      'Libraries ignore the stride: fan_out = 5 × 5 × 8 = 200.',
  );
});

test('with groups the sentences say that an output sees its own group, or its own channel if depthwise', () => {
  assert.equal(
    fanInWords(grouped).sentence,
    'Each output is computed from 3 × 3 × 32 = 288 inputs. With 2 groups, it sees only its own group.',
  );
  assert.equal(
    fanOutWords(depthwise).sentence,
    'Each input affects 3 × 3 × 1 = 9 outputs. Depthwise: it affects only its own channel.',
  );
});

test('only counts of five digits or more are written in groups of three', () => {
  const shape = shapeOf({ kernel: [5, 5], channelsIn: 512, channelsOut: 8 });
  assert.equal(fanInWords(shape).sentence, 'Each output is computed from 5 × 5 × 512 = 12,800 inputs.');
  assert.equal(fanInWords(shape).term, 'fan_in = 12,800');
  assert.match(fanInWords(shapeOf({ channelsIn: 64 })).sentence, / = 1600 inputs/);
});

test('shapes of a spec are those that the engine runs, and a head shows the last convolution', () => {
  const given = { kind: /** @type {const} */ ('conv'), depth: 3, width: 8, inputs: 3, size: [12, 9], kernel: [3, 2] };
  for (const more of [{}, { padding: /** @type {const} */ ('valid') }, { stride: 2 }]) {
    const body = stack({ ...given, ...more });
    const layers = /** @type {any[]} */ ([body[0], { ...body[1], groups: 4 }, body[2], { kind: 'dense', units: 2 }]);
    const shapes = shapesOfLayers(layers);
    for (const [i, { sizeIn, size, trueFanIn }] of engine.run({ layers, batch: 1 }).layers.slice(0, 3).entries()) {
      const { in: below, out, rows } = shapes[i];
      const sizes = [below, out].map(({ height, width }) => [height, width]);
      assert.deepEqual([...sizes, rows], [sizeIn, size, trueFanIn], `layer ${i + 1} ${JSON.stringify(more)}`);
    }
    assert.deepEqual(
      [1, 3, 4].map((chosen) => layerShown(layers, chosen)),
      [1, 3, 3],
    );
  }
  assert.equal(layerShown(stack({ depth: 4, width: 2 }), 3), 3, 'where no layer has images, the chosen one');
});

test('images get the number of columns that makes them largest, and the range of their numbers is finite', () => {
  const square = { height: 9, width: 9 };
  assert.deepEqual(
    [1, 2, 8, 18, 32].map((count) => columnsOf({ count, ...square }, 2)),
    [1, 2, 4, 6, 8],
  );
  assert.deepEqual(rangeOf([2, Number.NaN, -Infinity, -3, Infinity]), { least: -3, most: 2 });
  assert.deepEqual(rangeOf([Number.NaN]), { least: 0, most: 0 });
});

test('an input lies in the patches of exactly the outputs that read it', () => {
  for (const axis of SHAPES.flatMap(axesOf)) {
    for (let input = 0; input < axis.input; input++) {
      const reached = outputsOf(axis, input);
      for (let output = 0; output < axis.output; output++) {
        const patch = inputsOf(axis, output);
        assert.equal(input >= patch.from && input < patch.to, output >= reached.from && output < reached.to);
      }
    }
  }
});

test('away from the border, side / stride outputs read an input along an axis, on average', () => {
  for (const [side, stride] of [
    [5, 1],
    [5, 2],
    [3, 3],
    [1, 2],
    [4, 3],
  ]) {
    const axis = axisOf(shapeOf({ kernel: [side, side], stride, size: [60, 60] }), 0);
    const inputs = Array.from({ length: 6 * stride }, (_, i) => 12 + i);
    const reached = inputs.reduce((sum, input) => sum + lengthOf(outputsOf(axis, input)), 0);
    assert.equal(reached / inputs.length, side / stride);
  }
});

test('padding: same keeps ceil(size / stride) outputs, valid keeps every patch on the image', () => {
  const [same] = axesOf(shapeOf({ stride: 2, size: [7, 7] }));
  assert.deepEqual([same.output, same.before, same.after], [4, 2, 2]);
  assert.equal(insideOf(same, inputsOf(same, 0)), 3);
  const [even] = axesOf(shapeOf({ stride: 2, size: [8, 8] }));
  assert.deepEqual([even.output, even.before, even.after], [4, 1, 2], 'the odd cell of padding comes after');
  const [valid] = axesOf(strided);
  assert.equal(valid.output, 14);
  assert.deepEqual([inputsOf(valid, 0).from, inputsOf(valid, 13).to], [0, 31]);
});

test('at a corner the sentences count the zeros and the missing outputs', () => {
  // 3 x 3 of 25 cells lie on the image
  assert.match(hereInWords(shapeOf(), 16, [32, 32]), /16 × 3 = 48 of the 75 inputs are zeros/);
  assert.match(hereOutWords(shapeOf(), [3, 3]), /affects only 3 × 3 × 8 = 72 outputs/);
  assert.match(hereOutWords(strided, [3, 2]), /This input affects 3 × 2 × 8 = 48 outputs/);
  assert.match(hereOutWords(shapeOf({ kernel: [1, 1], stride: 2 }), [0, 1]), /affects no output/);
  assert.match(hereInWords(strided, 0, [14, 14]), /14 × 14/);
});

test('many channels get few sheets: some lit, and with groups some dark', () => {
  assert.deepEqual(sheetsOf(3, 3, 8), { drawn: 3, lit: 3 });
  assert.deepEqual(sheetsOf(512, 512, 4), { drawn: 4, lit: 4 });
  assert.deepEqual(sheetsOf(64, 32, 4), { drawn: 4, lit: 2 });
  assert.deepEqual(sheetsOf(32, 1, 4), { drawn: 4, lit: 1 });
  assert.deepEqual(sheetsOf(64, 63, 4), { drawn: 4, lit: 3 });
});

test('for any shape and step, the drawing stays in its frame and on the shown part of the image', () => {
  for (const shape of SHAPES) {
    const axes = axesOf(shape);
    for (const forward of [true, false]) {
      const piles = layOut(shape, axes, forward);
      for (const pile of [piles.input, piles.output]) {
        for (const [x, y] of [0, pile.drawn - 1].flatMap((sheet) => corners(pile, sheet, pile.area))) {
          assert.ok(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT, `${JSON.stringify(shape)} ${x} ${y}`);
        }
      }
      assert.ok(piles.input.x + piles.input.width < piles.output.x, 'the piles stand apart');
    }
    const [inputs, outputs] = [imageOf(axes, 'input'), imageOf(axes, 'output')];
    axes.forEach((axis, i) => {
      const steps = stepsOf(axis);
      assert.ok(steps.outputs.includes(steps.output) && steps.inputs.includes(steps.input));
      assert.ok(steps.outputs.every((at) => at < outputs[i].to && inputsOf(axis, at).to <= inputs[i].to + axis.after));
      assert.ok(steps.inputs.every((at) => at < inputs[i].to && outputsOf(axis, at).to <= outputs[i].to));
    });
  }
});
