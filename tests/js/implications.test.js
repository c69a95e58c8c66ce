/*
 * 5,000 random networks, run for real, never contradict the list of implications in implications.js. NETWORKS=10000 tries so
 * many. The states are small, so that they run in half a minute, and every run draws the same ones. Where a verdict is
 * right is in verdicts.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ACTIVATIONS, DRAWN } from '../../web/engine/tables.js';
import { defaults, rowOf, SCHEMA, schemeOf } from '../../web/state/state.js';
import { SEED } from './arbitrary.js';
import { IMPLICATIONS } from './implications.js';
import { judgeState } from './judged.js';

const RUNS = Number(process.env.NETWORKS ?? 5000);

/** Sizes that run in milliseconds. A kernel fits on its image. @type {Record<string, [least: number, most: number]>} */
const SMALL = {
  width: [1, 24],
  inputs: [1, 40],
  kernel: [1, 5],
  channels: [1, 6],
  size: [5, 8],
  batch: [1, 16],
};

/** A number between two others, where equal ratios are as likely. @param {number} least @param {number} most */
const ratio = (least, most) => fc.integer({ min: 0, max: 1000 }).map((step) => least * (most / least) ** (step / 1000));

/** The rows that are not drawn by their kind alone. @type {Record<string, fc.Arbitrary<any>>} */
const OWN = {
  gainA: fc.oneof(fc.constant(1), ratio(0.5, 3), ratio(0.1, 10)),
  headGain: fc.oneof(fc.constant(1), ratio(0.001, 10)),
  bias: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, ratio(0.001, 5)),
  depth: ratio(1, 30).map(Math.round),
  activation: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('relu', 'leaky-relu', 'linear', 'hardtanh', 'sin') }, // theory is quick here
    { weight: 1, arbitrary: fc.constantFrom(...ACTIVATIONS) },
  ),
  inputs: fc.option(fc.integer({ min: 1, max: SMALL.inputs[1] }), { freq: 1 }),
  valueA: fc.option(ratio(1e-4, 100)),
  input: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('normal', 'uniform') },
    fc.constantFrom('clouds', 'unit', 'bytes', 'sparse', 'one-hot'),
  ),
  parameter: fc.constant(null),
  mean: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, ratio(0.01, 300)),
  std: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, ratio(0.001, 900)),
  tuneA: fc.oneof({ weight: 19, arbitrary: fc.constant('none') }, fc.constant('lsuv')),
  fansA: fc.oneof({ weight: 2, arbitrary: fc.constant('true') }, fc.constantFrom('pytorch', 'keras', 'channels')),
  takenA: fc.oneof({ weight: 4, arbitrary: fc.constant('std') }, fc.constantFrom('variance', 'shared')),
  drawnA: fc.oneof({ weight: 9, arbitrary: fc.constant('float32') }, fc.constantFrom(...DRAWN)),
  kind: fc.oneof({ weight: 7, arbitrary: fc.constant('dense') }, fc.constant('conv')),
};

/** @param {import('../../web/state/state.js').Row} row @returns {fc.Arbitrary<any>} */
function drawRow(row) {
  if (row.key in OWN) return OWN[row.key];
  if (row.type === 'choice') return fc.constantFrom(...row.choices);
  if (row.type === 'list' || row.type === 'text') return fc.constant('');
  const [min, max] = SMALL[row.key] ?? [row.min, row.max];
  return fc.integer({ min, max });
}

/** A's rows and those of both; B stays as it is. */
const state = fc
  .record(
    Object.fromEntries(
      SCHEMA.filter(({ key, view }) => !view && !/^(.*B|b)$/.test(key)).map((row) => [row.key, drawRow(row)]),
    ),
  )
  .map((drawn) => {
    const made = { ...defaults(), ...drawn };
    const { value } = schemeOf(made, 'A');
    const conv = made.kind === 'conv';
    return {
      ...made,
      depth: conv ? Math.min(made.depth, 4) : made.depth,
      valueA: value === undefined || made.valueA === null ? null : value === 'share' ? made.valueA / 100 : made.valueA,
      // identity weights have no kernel
      a: conv && made.a === 'identity' ? rowOf('a').default : made.a,
      padding: 'same',
    };
  });

test(`${RUNS} random networks contradict none of ${IMPLICATIONS.length} implications`, (t) => {
  /** @type {Record<string, number>} */
  const words = {};
  fc.assert(
    fc.property(fc.noBias(state), (drawn) => {
      const { found, spec, layers, input, loss } = judgeState(drawn, 'A');
      words[found.word] = (words[found.word] ?? 0) + 1;
      const run = { verdict: found, spec, layers, input, loss };
      const broken = IMPLICATIONS.filter(({ holds }) => !holds(/** @type {any} */ (run))).map(({ name }) => name);
      assert.deepEqual(broken, [], JSON.stringify({ word: found.word, cautions: found.cautions, cause: found.cause }));
    }),
    { seed: SEED, numRuns: RUNS },
  );
  t.diagnostic(`seed ${SEED}: ${JSON.stringify(words)}`);
  assert.equal(Object.keys(words).length, 17, 'every word is met');
});
