/*
 * The export of a run: readers of JSON and CSV get back the engine's numbers, to the last digit. How a file is saved is
 * tested in tests/page/.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { refusalOf } from '../../web/engine/refusal.js';
import { csvField, SCHEMA_VERSION, statistics, toCsv, toJson } from '../../web/share/statistics.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, format, parse } from '../../web/state/state.js';
import { thrownBy } from './refused.js';

const engine = await loadEngine();
const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

/** The reply of a run, as client.js puts it together. @param {object} changes */
function replyOf(changes) {
  const state = { ...defaults(), depth: 4, width: 16, batch: 8, ...changes };
  const networkOf = (/** @type {'A' | 'B'} */ letter) => {
    const spec = specOf(state, letter);
    const { layers } = engine.run(spec);
    const asked = { images: null, asked: '', share: 0, passed: layers.length, done: true };
    return { ...asked, spec, input: layers[0].input, layers: layers.map(({ input, ...layer }) => layer) };
  };
  return /** @type {any} */ ({ request: 1, state, networks: { A: networkOf('A'), B: networkOf('B') } });
}

/** @param {any} reply */
const told = (reply) => statistics(reply, format(reply.state), version);

/** Values as JSON.parse gives them: arrays for typed arrays, and names for NaN and infinities. @param {any} value
 * @returns {any} */
function asRead(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? value || 0 : String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(/** @type {any} */ (value), asRead);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, asRead(inner)]));
}

/** A reader of CSV by RFC 4180, written independently of the writer. @param {string} text */
function readCsv(text) {
  const rows = [['']];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows[rows.length - 1];
    if (quoted && text[i] === '"' && text[i + 1] === '"') row[row.length - 1] += text[i++];
    else if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ',' && !quoted) row.push('');
    else if (text.startsWith('\r\n', i) && !quoted) i += rows.push(['']) && 1;
    else row[row.length - 1] += text[i];
  }
  assert.deepEqual(rows.pop(), [''], 'the last line is ended, too');
  return rows;
}

test('JSON says what it describes, and has every number of the engine', () => {
  const reply = replyOf({ a: 'normal', valueA: 100, width: 64, depth: 20, show: 'depth,a' }); // overflows to infinity and NaN
  const read = JSON.parse(toJson(told(reply)));
  const { networks, ...head } = read;
  assert.deepEqual(head, {
    schema: 'initscope-statistics',
    schemaVersion: SCHEMA_VERSION,
    program: 'Initscope',
    version,
    state: format(reply.state),
    seed: 1,
  });
  assert.deepEqual(parse(read.state).state, reply.state);
  for (const letter of /** @type {const} */ (['A', 'B'])) {
    const { spec, input, layers } = reply.networks[letter];
    const wanted = { spec, images: null, input, done: true, error: null, layers };
    assert.deepEqual(networks[letter], asRead(wanted), letter);
    assert.deepEqual(Object.keys(networks[letter]), Object.keys(wanted));
  }
  const last = networks.A.layers[19];
  assert.ok(last.activations.nonFinite > 0 && typeof last.activations.std === 'string', 'what is not finite is named');
  assert.equal(
    last.weights.counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b),
    64 * 64,
  );
  assert.ok(networks.B.layers[3].theory.aSquare > 0);
});

test('JSON also describes a convolution and a refused network', () => {
  const reply = replyOf({ kind: 'conv', channels: 4, size: 8, depth: 2 });
  const error = refusalOf(thrownBy(() => engine.run({ ...specOf(reply.state, 'B'), batch: 0 })));
  reply.networks.B = { ...reply.networks.B, layers: [], done: false, error };
  const { A, B } = JSON.parse(toJson(told(reply))).networks;
  assert.equal(A.layers[0].places.squares.length, 64);
  assert.deepEqual([B.layers, B.error, B.done], [[], 'batch is 0; it must be a whole number from 1 to 1024', false]);
  assert.equal(readCsv(toCsv(told(reply))).length, 1 + 2);
});

test('CSV has a header, and a row with the engine’s numbers for each layer', () => {
  const reply = replyOf({ show: 'depth,a' });
  const [header, ...rows] = readCsv(toCsv(told(reply)));
  assert.equal(new Set(header).size, header.length);
  assert.deepEqual(header.slice(0, 6), ['schema', 'schemaVersion', 'version', 'state', 'seed', 'network']);
  assert.equal(rows.length, 8);
  rows.forEach((row, i) => {
    assert.equal(row.length, header.length);
    const field = (/** @type {string} */ name) => row[header.indexOf(name)];
    const layer = reply.networks[i < 4 ? 'A' : 'B'].layers[i % 4];
    assert.deepEqual([field('network'), field('layer')], [i < 4 ? 'A' : 'B', String((i % 4) + 1)]);
    assert.equal(field('state'), format(reply.state), 'the commas of show= are quoted');
    assert.match(field('state'), /show=depth,a/);
    for (const tensor of ['weights', 'preactivations', 'activations', 'deltas', 'weightGradients']) {
      for (const name of ['mean', 'std', 'rms', 'min', 'max', 'zeros', 'dead', 'nonFinite'])
        assert.equal(Number(field(`${tensor}.${name}`)), layer[tensor][name], `${tensor}.${name} of row ${i}`);
    }
    assert.equal(Number(field('theory.aSquare')), layer.theory.aSquare);
    assert.deepEqual([field('fanIn'), field('scheme')], [String(layer.fanIn), layer.scheme]);
  });
});

test('a field of CSV is quoted exactly when it must be', () => {
  /** @type {[any, string][]} */
  const cases = [
    ['plain', 'plain'],
    [undefined, ''],
    [-1.5e-12, '-1.5e-12'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\r\nlines', '"two\r\nlines"'],
  ];
  for (const [value, text] of cases) assert.equal(csvField(value), text);
});
