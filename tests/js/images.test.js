/**
 * Images as input: the numbers of textures are as promised, and a picture of the reader's own is cut and reduced without
 * a shift. Reading the file is not tested here.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGES, paintImages } from '../../web/engine/images.js';
import { paintTexture } from '../../web/engine/textures.js';
import { assertRefused } from './refused.js';

/** @typedef {import('../../web/engine/images.js').ImageSpec} ImageSpec */

/** @type {ImageSpec} */
const RAW = { image: 'bricks', batch: 8, size: [32, 32], channels: 3, seed: 1, pixels: 'raw' };
const LUMA = [0.299, 0.587, 0.114];

/** @param {ArrayLike<number>} values */
function moments(values) {
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const square = Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length;
  const [least, most] = [Math.min, Math.max].map((f) => Array.from(values).reduce((a, b) => f(a, b)));
  return { mean, square, std: Math.sqrt(square - mean * mean), least, most };
}

/** @param {number} width @param {number} height @param {(x: number, y: number) => number[]} colour */
function pictureOf(width, height, colour) {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) pixels.set([...colour(i % width, Math.floor(i / width)), 255], 4 * i);
  return { width, height, pixels };
}

/** Every n-th number from the k-th. @param {Float32Array} values @param {number} k @param {number} n */
const channel = (values, k, n) => values.filter((_, i) => i % n === k);

/** The root mean square of the difference. @param {Float32Array} a @param {Float32Array} b */
const distance = (a, b) => Math.sqrt(moments(a.map((value, i) => value - b[i])).square);

test('a normalised batch has mean 0 and mean square 1, for every image, number of channels and size', () => {
  for (const image of IMAGES) {
    for (const [channels, size, batch] of /** @type {[number, [number, number], number][]} */ ([
      [3, [32, 32], 64],
      [1, [8, 20], 3],
      [5, [17, 9], 1],
    ])) {
      const values = paintImages({ ...RAW, image, batch, size, channels, pixels: 'normalised' });
      assert.equal(values.length, batch * size[0] * size[1] * channels);
      const { mean, square } = moments(values);
      /* Each value is rounded to float twice, by at most 2^-24 of itself. The first time it lies in 0..255 and the rms is
       * at least 16, so it errs by 16 * 2^-24. The second time it is normalised and below 8. The mean errs by as much as a
       * value, x^2 by twice that. */
      assert.ok(Math.abs(mean) < 24 * 2 ** -24, `${image}: mean ${mean}`);
      assert.ok(Math.abs(square - 1) < 48 * 2 ** -24, `${image}: mean square ${square}`);
    }
  }
});

test('a larger batch begins with the smaller one', () => {
  for (const image of IMAGES) {
    const many = paintImages({ ...RAW, image, batch: 24 });
    const few = paintImages({ ...RAW, image, batch: 5 });
    assert.deepEqual(many.subarray(0, few.length), few);
  }
  /* normalised batches too, up to the shift and scale of the whole batch */
  const [raw, values] = [RAW, { ...RAW, pixels: /** @type {const} */ ('normalised') }].map((s) => paintImages(s));
  const slope = (values[1] - values[0]) / (raw[1] - raw[0]);
  for (let i = 0; i < raw.length; i += 97) {
    assert.ok(Math.abs(values[i] - values[0] - slope * (raw[i] - raw[0])) < 1e-3, `${i}`);
  }
});

test('examples differ from one another, from those of another seed and from those of another texture', () => {
  for (const image of IMAGES) {
    const values = paintImages({ ...RAW, image, batch: 16 });
    const each = values.length / 16;
    const examples = Array.from({ length: 16 }, (_, b) => values.subarray(b * each, (b + 1) * each));
    for (let a = 0; a < 16; a++) {
      for (let b = 0; b < a; b++) assert.ok(distance(examples[a], examples[b]) > 10, `${image} ${a} ${b}`);
    }
    for (const change of [{ seed: 2 }, { image: IMAGES[(IMAGES.indexOf(image) + 1) % IMAGES.length] }]) {
      const other = paintImages({ ...RAW, image, batch: 16, ...change });
      assert.ok(distance(values, other) > 10);
    }
  }
});

test('the same spec gives the same bits, and the same tiles on every machine', () => {
  assert.deepEqual(paintImages(RAW), paintImages({ ...RAW }));
  const sums = IMAGES.map((image) => {
    let sum = 2166136261; // FNV-1a
    for (const value of paintTexture(image).pixels) sum = Math.imul(sum ^ value, 16777619) >>> 0;
    return `${image} ${sum.toString(16)}`;
  });
  assert.deepEqual(sums, ['bricks d0b06216', 'clouds 6efa1064', 'wood 9bca4511', 'leaves aad96d8d']);
});

test('raw pixels fill the range 0..255, with colours, edges and grain', () => {
  for (const image of IMAGES) {
    const values = paintImages({ ...RAW, image, batch: 64 });
    const { std, least, most } = moments(values);
    assert.ok(least >= 0 && most <= 255, `${image}: ${least}..${most}`);
    assert.ok(std > 30, `${image}: std ${std}`);
    assert.ok(most - least > 150, image);
    const [red, , blue] = [0, 1, 2].map((c) => channel(values, c, 3));
    assert.ok(distance(red, blue) > 30, `${image} is nearly grey`);
    assert.ok(new Set(values.map(Math.round)).size > 150, `${image} has few levels`);
    /* between noise, where neighbours differ by sqrt(2) std, and a flat colour, where they do not differ */
    const rows = red.filter((_, i) => i % 32 < 31);
    const step =
      distance(
        rows,
        red.filter((_, i) => i % 32 > 0),
      ) / moments(red).std;
    assert.ok(step > 0.1 && step < 1.2, `${image}: neighbours differ by ${step} std`);
  }
});

test('a texture has no seam: neighbours differ no more across the edges of its tile than inside', () => {
  for (const image of IMAGES) {
    const { width, height, pixels } = paintTexture(image);
    /** Mean |difference| of row y and the next. @param {number} y @param {boolean} turned for columns */
    const step = (y, turned) => {
      let sum = 0;
      for (let x = 0; x < width; x++) {
        const [here, next] = [y, (y + 1) % height].map((row) => 4 * (turned ? x * width + row : row * width + x));
        for (let c = 0; c < 3; c++) sum += Math.abs(pixels[here + c] - pixels[next + c]);
      }
      return sum / width / 3;
    };
    for (const turned of [false, true]) {
      const inside = Array.from({ length: height - 1 }, (_, y) => step(y, turned));
      assert.ok(step(height - 1, turned) <= Math.max(...inside), `${image} ${turned}`);
    }
  }
});

test('a part may cross the edge of a tile: no row or column repeats the one before', () => {
  const [batch, side] = [100, 16];
  const values = paintImages({ ...RAW, image: 'leaves', batch, size: [side, side], channels: 1 });
  const lines = Array.from({ length: batch * side }, (_, n) => values.subarray(n * side, (n + 1) * side));
  for (let n = 0; n < lines.length; n++) {
    if (n % side > 0) assert.notDeepEqual(lines[n], lines[n - 1], `rows of example ${Math.floor(n / side)}`);
  }
  for (let b = 0; b < batch; b++) {
    const columns = Array.from({ length: side }, (_, x) =>
      lines.slice(b * side, (b + 1) * side).map((line) => line[x]),
    );
    for (let x = 1; x < side; x++) assert.notDeepEqual(columns[x], columns[x - 1], `columns of example ${b}`);
  }
});

test('one channel is the luma; more are red, green, blue and grey, in turn', () => {
  const colours = paintImages(RAW);
  const grey = paintImages({ ...RAW, channels: 1 });
  const many = paintImages({ ...RAW, channels: 7 });
  for (let i = 0; i < grey.length; i++) {
    const rgb = colours.subarray(3 * i, 3 * i + 3);
    const luma = LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2];
    assert.ok(Math.abs(grey[i] - luma) < 255 * 2 ** -22, 'four roundings to float, of numbers up to 255');
    assert.deepEqual([...many.subarray(7 * i, 7 * i + 7)], [...rgb, grey[i], ...rgb]);
  }
  assert.deepEqual(
    paintImages({ ...RAW, channels: 2 }),
    colours.filter((_, i) => i % 3 < 2),
  );
});

test('parts of a reader’s picture measure 2/3 to all of its shorter side, lie inside it and are not stretched', () => {
  /* red is x and green is y, so that the painted colours give a part's corners */
  const [width, height] = [240, 120];
  const picture = pictureOf(width, height, (x, y) => [x, y, 99]);
  for (const size of /** @type {[number, number][]} */ ([
    [12, 12],
    [10, 20],
    [20, 10],
  ])) {
    const values = paintImages({ ...RAW, image: 'own', batch: 200, size, channels: 3 }, picture);
    const [h, w] = size;
    const whole = Math.min(width / w, height / h);
    const shares = [];
    const places = [];
    for (let b = 0; b < 200; b++) {
      const part = values.subarray(b * h * w * 3, (b + 1) * h * w * 3);
      const [x0, y0, x1, y1] = [part[0], part[1], part[3 * (w - 1)], part[3 * w * (h - 1) + 1]];
      const [across, down] = [(x1 - x0) / (w - 1), (y1 - y0) / (h - 1)];
      /* The mean of a ramp of steps over [a, b] is off by the integral of fraction - 1/2, which lies in [-1/8, 1/8], over
       * b - a. Here b - a is at least 4, so a value is off by 1/32. The difference of two is taken over at least 9, and
       * counts once more for the other side. */
      assert.ok(Math.abs(across - down) < 4 / 32 / 9, `${across} ${down}`);
      const [left, top, right, bottom] = [x0, y0, width - 1 - x1, height - 1 - y1].map((edge) => edge + 0.5);
      for (const edge of [left - across / 2, right - across / 2, top - down / 2, bottom - down / 2]) {
        assert.ok(edge > -2 / 32, `${edge} pixels inside`);
      }
      shares.push(across / whole);
      const [roomX, roomY] = [width - across * w, height - down * h];
      if (Math.min(roomX, roomY) > 8) places.push([(left - across / 2) / roomX, (top - down / 2) / roomY]);
    }
    assert.ok(places.length > 100);
    for (const i of [0, 1]) {
      /* 100 uniform numbers all miss the lowest tenth, or the highest, with probability 0.9^100 = 3e-5 */
      const { least, most } = moments(places.map((place) => place[i]));
      assert.ok(least < 0.1 && most > 0.9, `parts lie at ${least}..${most}, of 0..1`);
    }
    /* u and v uniform and independent: the mean of (u - 1/2)(v - 1/2) has a standard error of 1/12 / sqrt(n); 4 of them */
    const { mean } = moments(places.map(([x, y]) => (x - 0.5) * (y - 0.5)));
    assert.ok(Math.abs(mean) < 4 / 12 / Math.sqrt(places.length), `across and down go together: ${mean}`);
    const [least, most] = [Math.min(...shares), Math.max(...shares)];
    /* 200 uniform numbers all miss the lowest tenth, or the highest, with probability 0.9^200 = 7e-10 */
    const slack = 2 / 32 / 9 / 4;
    assert.ok(least > 2 / 3 - slack && least < 0.7 + slack, `${least}`);
    assert.ok(most < 1 + slack && most > 0.966 - slack, `${most}`);
  }
});

test('a reduced picture keeps its mean, and an enlarged one lies between its pixels', () => {
  /* stripes average to grey, wherever a part begins */
  const stripes = pictureOf(128, 128, (x) => Array(3).fill(x % 2 ? 255 : 0));
  const values = paintImages({ ...RAW, image: 'own', size: [4, 4] }, stripes);
  for (const value of values) {
    /* a piece has at least 2/3 * 128 / 4 = 21.3 pixels and at most one stripe too many, 1/21.3 of it */
    assert.ok(Math.abs(value - 127.5) < 127.5 / 21.3, `${value}`);
  }
  const dots = pictureOf(2, 2, (x, y) => Array(3).fill(x === y ? 200 : 100));
  const large = paintImages({ ...RAW, image: 'own', size: [32, 32] }, dots);
  assert.ok(large.every((value) => value >= 100 && value <= 200));
  const jumps = large.subarray(0, 93).map((value, i) => Math.abs(value - large[i + 3]));
  assert.ok(Math.max(...jumps) < 7, '100 over one pixel of the picture, at most 2 / 32 of a pixel a step');
});

test('a picture of one pixel or one colour is painted raw, and refused if it must be normalised', () => {
  const dot = pictureOf(1, 1, () => [10, 20, 30]);
  const raw = paintImages({ ...RAW, image: 'own', batch: 2, size: [2, 2] }, dot);
  assert.deepEqual([...raw], Array(8).fill([10, 20, 30]).flat());
  const grey = pictureOf(50, 40, () => [7, 7, 7]);
  const spec = { ...RAW, image: 'own', pixels: /** @type {const} */ ('normalised') };
  assertRefused(() => paintImages(spec, grey), ['oneBrightness', 'image', 0, { least: 1e-3 }]);
});

test('bad specs and pictures are refused, with the field, its value and its range', () => {
  const picture = pictureOf(4, 4, (x) => [x, x, x]);
  const fields = ['image', 'batch', 'size', 'channels', 'seed', 'pixels'];
  const own = { ...RAW, image: 'own' };
  const names = ['bricks', 'clouds', 'wood', 'leaves', 'own'];
  const missing = { type: 'undefined' };
  /** @type {[spec: any, picture: any, ...expected: import('./refused.js').Expected][]} */
  const bad = [
    [undefined, null, 'wrongType', 'images', missing, 'object'],
    [{ ...RAW, colour: 1 }, null, 'unknownField', 'images.colour', 1, fields],
    [{ ...RAW, image: 'cats' }, null, 'unknownName', 'image', 'cats', names],
    [{ ...RAW, image: 'toString' }, null, 'unknownName', 'image', 'toString', names],
    [{ ...RAW, batch: 0 }, null, 'wholeRange', 'batch', 0, [1, 1024]],
    [{ ...RAW, size: 32 }, null, 'wrongSides', 'size', 32, [2, 2]],
    [{ ...RAW, size: [32] }, null, 'wrongSides', 'size', [32], [2, 2]],
    [{ ...RAW, size: [0, 8] }, null, 'wholeRange', 'size[0]', 0, [1, 1024]],
    [{ ...RAW, size: [8, 1.5] }, null, 'wholeRange', 'size[1]', 1.5, [1, 1024]],
    [{ ...RAW, channels: 0 }, null, 'wholeRange', 'channels', 0, [1, 1024]],
    [
      { ...RAW, batch: 32, size: [1024, 512] },
      null,
      'tooManyNumbers',
      'channels',
      3,
      { numbers: 3 * 2 ** 24, mostNumbers: 2 ** 25 },
    ],
    [{ ...RAW, seed: -1 }, null, 'wholeRange', 'seed', -1, [0, 2 ** 32 - 1]],
    [{ ...RAW, pixels: 'white' }, null, 'unknownName', 'pixels', 'white', ['normalised', 'raw']],
    [own, undefined, 'noPicture', 'picture', missing, null],
    [own, null, 'wrongType', 'picture', null, 'object'],
    [own, { ...picture, width: 0 }, 'wholeRange', 'picture.width', 0, [1, 2 ** 25]],
    [own, { ...picture, height: 1e99 }, 'wholeRange', 'picture.height', 1e99, [1, 2 ** 25]],
    [
      own,
      { ...picture, width: 2 ** 13, height: 2 ** 13 },
      'tooManyPixels',
      'picture.height',
      2 ** 13,
      { pixels: 2 ** 26, mostPixels: 2 ** 25 },
    ],
    [own, { ...picture, pixels: [1] }, 'wrongType', 'picture.pixels', [1], 'Uint8ClampedArray'],
    [own, { ...picture, width: 5 }, 'pixelsLength', 'picture.pixels.length', 64, { needed: 80 }],
  ];
  for (const [spec, given, ...expected] of bad) assertRefused(() => paintImages(spec, given), expected);
});
