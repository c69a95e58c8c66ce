/*
 * The coordinate check of the page: which networks train, in what order; how slopes are read; what is said of them; and that a
 * worker gives what engine.coordinates gives. The figures themselves are in coordinates.test.js, the page in
 * tests/page/coordinates.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { COORDINATE_WORDS } from '../../web/locales/en/coordinates.js';
import { answerCell, isCell } from '../../web/run/training-cells.js';
import { spread } from '../../web/training/coordinates/coordinates-chart.js';
import { numbersOfCoordinates } from '../../web/training/coordinates/coordinates-numbers.js';
import {
  BATCH,
  changesOf,
  keyOf,
  LAYERS,
  optionsOf,
  order,
  PARAMETRIZATIONS,
  read,
  SPEC,
  STEPS,
  slopeOf,
  WIDTHS,
} from '../../web/training/coordinates/coordinates-plan.js';

/** Changes that are powers of the width. @param {Record<string, number[]>} powers by parametrization, for each layer
 * @param {number} most the last width that is known */
function knownOf(powers, most) {
  /** @type {import('../../web/training/coordinates/coordinates-plan.js').Known} */
  const known = new Map();
  for (const point of order().filter(({ width }) => width <= most)) {
    const layers = powers[point.parametrization].map((power) => ({ rms: 1, change: (point.width / 64) ** power }));
    const steps = [0, ...STEPS].map((step) => ({
      ...{ width: point.width, step },
      layers: layers.map(({ rms, change }) => ({ rms, change: step * change })),
    }));
    known.set(keyOf(point), steps);
  }
  return known;
}

const AS_IN_THEORY = { standard: [0, 1, 1.5], mup: [0, 0, 0] };

test('14 networks, from the narrow to the wide ones, each width under both parametrizations', () => {
  const all = order();
  assert.equal(new Set(all.map(keyOf)).size, 14);
  assert.deepEqual([WIDTHS[0], WIDTHS.at(-1)], [64, 4096]);
  assert.ok(all.every(({ width }, i) => i === 0 || width >= all[i - 1].width));
});

test('a slope is the power of the width, by least squares, over what is known', () => {
  for (const power of [-0.5, 0, 1, 1.5]) {
    const changes = WIDTHS.map((width) => 3 * width ** power);
    assert.ok(Math.abs(slopeOf(changes) - power) < 1e-12);
    assert.ok(Math.abs(slopeOf([undefined, ...changes.slice(1, 4), Number.NaN, 0, Infinity]) - power) < 1e-12);
  }
  /* by hand: ln 2 at 128 between two of 0 has no part in the slope, as 128 is in the middle */
  assert.ok(Math.abs(slopeOf([1, 2, 1])) < 1e-12);
  assert.ok(Number.isNaN(slopeOf([1])) && Number.isNaN(slopeOf([])));
});

test('nothing is said before widths span a factor of 16; then the steepest layer decides', () => {
  assert.equal(read(knownOf(AS_IN_THEORY, 512), 1), null);
  const found = read(knownOf(AS_IN_THEORY, 1024), 2);
  assert.equal(found?.to, 1024);
  assert.deepEqual([found?.seen.standard.trend, found?.seen.mup.trend], ['grows', 'flat']);
  assert.ok(Math.abs(Number(found?.seen.standard.times) - 64) < 1e-9 && found?.seen.mup.times === 1);
  const falls = read(knownOf({ standard: [0, 0.2, 0.1], mup: [0.1, -0.4, 0.3] }, 4096), 1);
  assert.deepEqual([falls?.to, falls?.seen.standard.trend, falls?.seen.mup.trend], [4096, 'flat', 'falls']);
  const hole = knownOf(AS_IN_THEORY, 4096);
  hole.delete('mup 2048');
  assert.equal(read(hole, 1)?.to, 1024, 'up to the first width that is not known of both');
});

test('what is said and drawn of what is read', () => {
  const known = knownOf(AS_IN_THEORY, 4096);
  const { to, seen } = /** @type {any} */ (read(known, 1));
  assert.equal(
    COORDINATE_WORDS.sentence(1, to, seen),
    'After the first step, the logits have moved 512 times as far at width 4096 as at 64 in the standard network, and 1.00 times ' +
      'as far under muP: under muP a rate tuned at width 64 can stay; in the standard network the rate has to fall as the width grows.',
  );
  assert.match(
    COORDINATE_WORDS.caption(1, seen),
    /Powers by layer: 0\.00, 1\.00, 1\.50 standard; 0\.00, 0\.00, 0\.00 muP\.$/,
  );
  const { head, rows } = numbersOfCoordinates(known, COORDINATE_WORDS);
  assert.deepEqual([head.length, rows.length], [2 + 6, WIDTHS.length * STEPS.length]);
  assert.deepEqual(rows[5], [128, 3, 3, 6, 3 * 2 ** 1.5, 3, 3, 3]);
  assert.deepEqual(numbersOfCoordinates(new Map(), COORDINATE_WORDS).rows[5].slice(2), Array(6).fill(undefined));
});

test('names that would lie on one another move apart, in their order, and stay in the panel', () => {
  assert.deepEqual(spread([20, 100, 103, 190], 10, 200), [20, 100, 114, 190]);
  assert.deepEqual(spread([195, 196, 197], 10, 200), [172, 186, 200]);
});

test('a worker gives what engine.coordinates gives; a network that is refused is told, not thrown', async () => {
  const engine = await loadEngine();
  const data = makeData('digits', {});
  const options = optionsOf({ width: 128, parametrization: 'mup' }, data);
  assert.deepEqual([options.data.labels.length, options.data.inputs.length], [BATCH, BATCH * 64]);
  /** @param {any} message @returns {Promise<any>} */
  const ask = (message) =>
    new Promise((resolve) => {
      const postMessage = (/** @type {any} */ answer) => answer.type !== 'alive' && resolve(answer);
      answerCell(message, engine, /** @type {any} */ ({ postMessage }));
    });
  const message = { type: 'coordinates', id: 5, spec: SPEC, options };
  assert.ok(isCell(/** @type {any} */ (message)) && !isCell({ type: 'stop' }));
  const answer = await ask(message);
  const steps = [.../** @type {any} */ (engine).coordinates(SPEC, options)];
  assert.deepEqual(answer, { type: 'coordinates', id: 5, steps });
  assert.deepEqual(
    steps.map(({ step }) => step),
    [0, ...STEPS],
  );
  const known = new Map([[keyOf({ width: 128, parametrization: 'mup' }), steps]]);
  assert.equal(changesOf(known, 'mup', 2, LAYERS.length)[1], steps[2].layers[2].change);
  const refused = await ask({ ...message, spec: { ...SPEC, batch: 0 } });
  assert.deepEqual([refused.type, refused.id, refused.error.field], ['refused', 5, 'batch']);
  assert.equal(PARAMETRIZATIONS.length, 2);
});
