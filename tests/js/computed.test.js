/*
 * Each control shows what is computed: over random states, the state that the controls show says of every layer what its
 * spec says. Where another choice has the last word, the state keeps what the reader chose, and the page says why.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INPUT_KINDS } from '../../web/engine/inputs.js';
import * as russian from '../../web/locales/ru/index.js';
import { learn } from '../../web/locales/words.js';
import { openedWords } from '../../web/page/overruled.js';
import { SCHEMES } from '../../web/state/choices.js';
import { CLASSES, computedState, hasImages, imagesOf, overruledKeys, RGB, specOf } from '../../web/state/networks.js';
import { defaults, format, LETTERS, parse, SCHEMA } from '../../web/state/state.js';
import * as english from './english.js';

learn({ ignoredWords: english.ignoredWords }); // as the part of the page brings it

/** @param {import('../../web/state/state.js').Row} row @returns {fc.Arbitrary<any>} */
function anyValue(row) {
  if (row.type === 'choice') return fc.constantFrom(...row.choices);
  if (row.type === 'list' || row.type === 'text') return fc.constant(row.default);
  const [min, max] = [row.min, Math.min(row.max, row.key === 'depth' ? 6 : 40)];
  const number = row.type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  return row.default === null ? fc.oneof(fc.constant(null), number) : number;
}

/** @type {fc.Arbitrary<any>} */
const anyState = fc.record(
  Object.fromEntries(SCHEMA.filter(({ view }) => !view).map((row) => [row.key, anyValue(row)])),
);

/** What the parameter of an activation is called. @type {Record<string, string>} */
const PARAMETERS = { 'leaky-relu': 'slope', elu: 'alpha', sin: 'omega' };

/** Checks a layer of the body, from 0. @param {any} layer @param {number} i @param {any} shown */
function checkBody(layer, i, shown) {
  assert.equal(layer.kind, shown.kind);
  if (shown.kind === 'dense') {
    const inputs = hasImages(shown) ? RGB * shown.size ** 2 : (shown.inputs ?? shown.width);
    assert.deepEqual([layer.units, layer.inputs], [shown.width, i === 0 ? inputs : shown.width]);
    return;
  }
  const groups = shown.groups === 'depthwise' ? shown.channels : Number(shown.groups);
  assert.deepEqual(layer.kernel, [shown.kernel, shown.kernel]);
  assert.deepEqual([layer.channelsOut, layer.padding], [shown.channels, shown.padding]);
  assert.deepEqual([layer.channelsIn, layer.groups ?? 1], i === 0 ? [RGB, 1] : [shown.channels, groups]);
  if (i === 0) assert.deepEqual(layer.size, [shown.size, shown.size]);
}

/** The input with the numbers that its controls show. @param {any} shown */
function inputShown({ input, mean, std }) {
  const taken = Object.keys(INPUT_KINDS[input]);
  const own = Object.entries({ mean, std }).filter(([key, value]) => value !== null && taken.includes(key));
  return own.length > 0 ? { kind: input, ...Object.fromEntries(own) } : input;
}

/** Checks the head, and what feeds it. @param {any} layer @param {any} shown @param {'A' | 'B'} letter */
function checkHead(layer, shown, letter) {
  assert.deepEqual([layer.kind, layer.units, layer.activation], ['dense', CLASSES, shown.head]);
  assert.equal(layer.gain, shown[`gain${letter}`] * shown.headGain);
  if (shown.kind === 'conv' && shown.depth > 1) assert.equal(layer.pool, shown.pool);
}

test('over random states every control shows what the spec computes', () => {
  fc.assert(
    fc.property(anyState, (changes) => {
      const state = { ...defaults(), ...changes };
      const shown = computedState(state);
      for (const letter of LETTERS) {
        const { layers, ...spec } = specOf(state, letter);
        assert.equal(layers.length, shown.depth);
        const headed = shown.head !== 'none';
        for (const [i, layer] of layers.entries()) {
          if (headed && i === layers.length - 1) checkHead(layer, shown, letter);
          else checkBody(layer, i, shown);
        }
        const scheme = SCHEMES.find(({ name }) => name === shown[letter.toLowerCase()]);
        const number = shown[`value${letter}`] ?? scheme?.given;
        const named = PARAMETERS[shown.activation];
        const bias = shown[`bias${letter}`];
        const sigma = shown.bias > 0 ? { name: 'normal', std: shown.bias } : 'zeros';
        assert.deepEqual(spec, {
          activation:
            named && shown.parameter !== null ? { name: shown.activation, [named]: shown.parameter } : shown.activation,
          scheme: scheme?.value ? { name: scheme.name, [scheme.value]: number } : scheme?.name,
          gain: shown[`gain${letter}`],
          bias: bias === 'sigma' ? sigma : bias,
          input: hasImages(shown) ? 'normal' : inputShown(shown),
          batch: shown.batch,
          seed: shown.seed,
          backward: true,
          loss: shown.loss,
          fans: shown[`fans${letter}`],
          varianceAsStd: shown[`taken${letter}`] === 'variance',
          drawn: shown[`drawn${letter}`],
          ...(shown[`taken${letter}`] === 'shared' && { shared: true }),
        });
      }
      const images = imagesOf(state);
      if (images)
        assert.deepEqual([images.image, images.pixels, images.batch], [shown.input, shown.pixels, shown.batch]);
    }),
    { seed: 20261128, numRuns: 3000 },
  );
});

test('what is shown is a choice of its control, and showing it again changes nothing', () => {
  fc.assert(
    fc.property(anyState, (changes) => {
      const state = { ...defaults(), ...changes };
      const shown = computedState(state);
      for (const row of SCHEMA) if (row.type === 'choice') assert.ok(row.choices.includes(shown[row.key]), row.key);
      assert.deepEqual(computedState(shown), shown);
      for (const letter of LETTERS) assert.deepEqual(specOf(shown, letter), specOf(state, letter));
    }),
    { seed: 20261128, numRuns: 1000 },
  );
});

/** @param {Record<string, any>} before @param {Record<string, any>} changes */
const overruled = (before, changes) => {
  const state = { ...defaults(), ...before };
  return overruledKeys(state, { ...state, ...changes }, Object.keys(changes));
};

test('a choice is explained when it is made, or when it moves, and not again', () => {
  const crossed = { loss: 'cross-entropy' };
  assert.deepEqual(overruled({ head: 'sigmoid' }, crossed), ['head']);
  assert.deepEqual(overruled({}, crossed), ['head']);
  assert.deepEqual(overruled({ head: 'linear' }, crossed), []);
  assert.deepEqual(overruled({ head: 'sigmoid', ...crossed }, { head: 'sigmoid' }), ['head']);
  assert.deepEqual(overruled({ head: 'sigmoid', ...crossed }, { depth: 3 }), []);
  assert.deepEqual(overruled({ head: 'sigmoid', ...crossed }, { loss: 'random' }), []);
  const grouped = { kind: 'conv', groups: '32', channels: 64 };
  assert.deepEqual(overruled(grouped, { channels: 8 }), ['groups']);
  assert.deepEqual(overruled({ ...grouped, channels: 8 }, { channels: 9 }), ['groups']);
  assert.deepEqual(overruled(grouped, { channels: 32 }), []);
  assert.deepEqual(overruled({ ...grouped, kind: 'dense' }, { channels: 8 }), []);
});

test('an old address with a sigmoid under cross-entropy opens as before, computes the same, and says so', () => {
  const opened = parse('#head=sigmoid&loss=cross-entropy&depth=3&width=16');
  assert.deepEqual([opened.state.head, opened.ignored], ['sigmoid', []]);
  assert.equal(format(opened.state), 'depth=3&width=16&head=sigmoid&loss=cross-entropy');
  assert.equal(/** @type {any} */ (specOf(opened.state, 'A').layers[2]).activation, 'linear');
  assert.equal(openedWords(opened), english.OVERRULED.head(opened.state));
  assert.equal(openedWords(parse('#loss=cross-entropy')), '');
  assert.match(
    openedWords(parse('#depth=1e9&kind=conv&groups=32')),
    /^Ignored in .* Groups must divide .* 8 channels, .* 8\.$/,
  );
});

test('both languages have a reason for each choice that can be overruled', () => {
  const keys = ['head', 'groups', 'input', 'depth', 'norm', 'activation'];
  assert.deepEqual([Object.keys(english.OVERRULED), Object.keys(russian.OVERRULED)], [keys, keys]);
});
