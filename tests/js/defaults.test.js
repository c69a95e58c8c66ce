/**
 * Each row of c/defaults.c is what the library itself drew, as tests/reference/libraries.tsv has it: distribution, mean, std,
 * bound, biases and fans. A row that is off by 2 % would be found. How libraries are measured is in findings/libraries/.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { generateLibraries } from '../../web/engine/generate-libraries.js';
import { instantiate } from '../../web/engine/instance.js';
import { DEFAULTS, LIBRARIES, NETWORKS } from '../../web/engine/library-tables.js';
import { faultOf, spreadsOf } from './defaults.js';
import { readTable } from './reference.js';

const engine = await loadEngine();
const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const TENSORS = read('tests/reference/libraries.tsv');
const measured = readTable('libraries.tsv');

/** The layers that were measured, as the engine takes their shape. @type {Record<string, any>} */
const SHAPES = {
  dense: { kind: 'dense', inputs: 300, units: 100 },
  conv: { kind: 'conv', kernel: [5, 5], channelsIn: 3, channelsOut: 8 },
  depthwise: { kind: 'conv', kernel: [3, 3], channelsIn: 32, channelsOut: 32, groups: 32 },
  'transposed-conv': { kind: 'conv', kernel: [4, 4], channelsIn: 16, channelsOut: 8, transposed: true },
};

/** @typedef {(typeof DEFAULTS)[number]} Row */

/** @param {Row} row @param {string | null} tensor */
const drawnBy = ({ library, call }, tensor) =>
  measured.find((drawn) => drawn.library === library && drawn.call === call && drawn.tensor === tensor);

/** What is wrong with a row; '' if nothing is. @param {Row} row */
function wrong(row) {
  const { weights, biases } = spreadsOf(row);
  const [drawn, drawnBiases] = [drawnBy(row, row.tensor), drawnBy(row, row.biasTensor)];
  if (!drawn) return 'was not measured';
  if (row.biasTensor && !drawnBiases) return 'its biases were not measured';
  if (row.fans && SHAPES[row.layer]) {
    const { fanIn, fanOut } = engine.fans(SHAPES[row.layer], row.fans);
    if (row.scheme !== 'orthogonal' && (fanIn !== row.fanIn || fanOut !== row.fanOut))
      return `fans are ${fanIn} and ${fanOut}`;
  }
  if (row.bias?.startsWith('xavier') && row.biasFan !== row.fanIn) return 'the biases have other fans than the weights';
  const fault = weights ? faultOf(weights, drawn) : '';
  return fault || (biases && drawnBiases ? faultOf(biases, drawnBiases) : '');
}

const sayOf = (/** @type {Row} */ { library, call, tensor }) => `${library}, ${call}, ${tensor}`;

test('every row is what the library drew: distribution, mean, std, bound, biases and fans', () => {
  const faults = DEFAULTS.map((row) => [sayOf(row), wrong(row)]).filter(([, fault]) => fault);
  assert.deepEqual(faults, []);
});

/** Schemes of the same std and another distribution. @type {Record<string, string>} */
const OTHER = {
  'he-truncated': 'he-normal',
  'lecun-truncated': 'lecun-normal',
  'xavier-truncated': 'xavier-normal',
  'he-normal': 'he-uniform',
  'lecun-normal': 'lecun-uniform',
  'xavier-normal': 'xavier-uniform',
  'xavier-uniform': 'xavier-normal',
};

/** Changes of a row, by 2 % or of its distribution, each of which makes it wrong. @type {Record<string, (row: Row) => Partial<Row> | null>} */
const CHANGES = {
  distribution: ({ scheme }) => (scheme && scheme in OTHER ? { scheme: OTHER[scheme] } : null),
  number: ({ scheme, number }) => (scheme && number ? { number: 1.02 * number } : null),
  gain: ({ scheme, gain }) => (scheme && scheme !== 'zeros' ? { gain: 1.02 * gain } : null),
  fans: ({ fanIn, fanOut, fans, scheme }) =>
    scheme && (fanIn || fanOut) && (fans || !scheme.startsWith('normal'))
      ? { fanIn: fanIn && 1.02 * fanIn, fanOut: fanOut && 1.02 * fanOut }
      : null,
  bias: ({ bias, biasNumber }) =>
    bias === 'zeros' ? { bias: 'constant', biasNumber: 0.02 } : biasNumber ? { biasNumber: 1.02 * biasNumber } : null,
  biasFan: ({ bias, biasFan }) => (bias && biasFan ? { biasFan: 1.02 * biasFan } : null),
};

for (const [name, change] of Object.entries(CHANGES)) {
  test(`a change of the ${name} of a row is found, in every row`, (t) => {
    const changed = DEFAULTS.flatMap((row) => {
      const by = change(row);
      return by ? [[sayOf(row), { ...row, ...by }]] : [];
    });
    t.diagnostic(`${changed.length} rows`);
    assert.ok(changed.length > 0);
    const missed = changed.filter(([, row]) => !wrong(/** @type {Row} */ (row))).map(([say]) => say);
    assert.deepEqual(missed, []);
  });
}

test('library-tables.js is up to date with the table in C and with what was measured', async () => {
  const wasm = await instantiate(await readFile(new URL('../../build/defaults.wasm', import.meta.url)));
  const fresh = generateLibraries(read('c/defaults.h'), wasm, TENSORS, read('tests/reference/library-networks.tsv'));
  assert.equal(read('web/engine/library-tables.js'), fresh, 'it is stale: run ./build.sh and commit it');
});

test('at least eighteen libraries of at least four languages have a version and a date', () => {
  const known = LIBRARIES.filter(({ version, date }) => version && /^\d{4}-\d\d-\d\d$/.test(date));
  assert.ok(known.length >= 18 && new Set(known.map(({ language }) => language)).size >= 4, `${known.length}`);
  assert.deepEqual(
    LIBRARIES.filter((library) => !known.includes(library)).map(({ name }) => name),
    [],
  );
});

/** The rule of the first layer's rms: sqrt(scale / 2) for inputs of rms 1. @type {Record<string, number>} */
const SCALES = { 'he-normal': 2, 'xavier-uniform': 1, 'lecun-truncated': 1, 'lecun-normal': 1 };

test('the first layer of a library’s own network has the rms that its dense default gives', (t) => {
  let compared = 0;
  for (const run of NETWORKS) {
    const dense = DEFAULTS.filter(({ library, layer }) => library === run.library && layer === 'dense');
    const row = dense.find(({ call }) => /relu/i.test(call)) ?? dense[0]; // some libraries look at the activation
    if (!row?.scheme || !(row.scheme in SCALES) || row.gain !== 1 || row.bias !== 'zeros') continue;
    const expected = Math.sqrt(SCALES[row.scheme] / 2);
    // four standard errors of the mean of 20 networks; a mean of roots is below the root of the mean, by less than 1 / 256
    assert.ok(Math.abs(run.rms[0] - expected) < 4 * run.errors[0] + expected / 256, `${run.library}: ${run.rms[0]}`);
    compared++;
  }
  t.diagnostic(`${compared} libraries`);
  assert.ok(compared > 8);
});
