/*
 * Addresses of version 0.1.0, and what each opens to: the state, what was ignored, and the networks. People have these
 * links in course pages. The expected values are data, in tests/reference/addresses.tsv; nothing here computes them.
 *
 * The rule: an address keeps its meaning for ever. A row of the table is never changed and never removed. If a later
 * version must read an address differently, its new addresses carry a key that says their version. An address without
 * that key opens as it does here.
 *
 * A new control adds its key to the first row, with the value that leaves old addresses as they are. It also adds a row
 * of its own. A new lesson adds a row. A failed test prints the row to add.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { computedOfBlocks, layersOfBlocks } from '../../web/state/block-layers.js';
import { STATES } from '../../web/state/lesson-states.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { format, LETTERS, parse } from '../../web/state/state.js';

useReader({ parseStack, replaceLayer, computedOfBlocks, layersOfBlocks });

/** The columns that hold an object, and list only what differs from the first row. */
const WHOLE = ['state', 'A', 'B'];

/** How many pairs a group may have. */
const GROUPED = [2, 3, 4, 5, 6];

/** @typedef {{ address: string, state: any, ignored: any[], A: any, B: any, images: any }} Opened */

const [COLUMNS, FIRST, ...REST] = readFileSync('tests/reference/addresses.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('# '))
  .map((line) => line.split('\t'));

/** @param {string[]} cells @returns {any} */
const readRow = (cells) =>
  Object.fromEntries(COLUMNS.map((name, i) => [name, name === 'address' ? cells[i] : JSON.parse(cells[i])]));

/** The networks of a row, with each group of layers written out. @param {any} row */
const unpackNetworks = (row) => {
  for (const letter of LETTERS) {
    if (row[letter].layers) row[letter].layers = packLayers(unpackLayers(row[letter].layers));
  }
  return row;
};

/** @type {Opened} */
const first = readRow(FIRST);
/** @type {Opened[]} */
const rows = [
  first,
  ...REST.map(readRow)
    .map(unpackNetworks)
    .map((row) => ({
      ...row,
      ...Object.fromEntries(WHOLE.map((name) => [name, { .../** @type {any} */ (first)[name], ...row[name] }])),
    })),
];

/** Equal layers in a row as one pair. @param {any[]} layers @returns {[count: number, layer: any][]} */
function packLayers(layers) {
  /** @type {[count: number, layer: any][]} */
  const pairs = [];
  for (const layer of layers) {
    const last = pairs.at(-1);
    if (last && isDeepStrictEqual(last[1], layer)) last[0]++;
    else pairs.push([1, layer]);
  }
  return pairs;
}

/** @param {any[]} pairs or groups, [count, pairs] @returns {any[]} layers, each by itself */
function unpackLayers(pairs) {
  return pairs.flatMap(([count, one]) =>
    Array.from({ length: count }, () => (Array.isArray(one) ? unpackLayers(one) : [one])).flat(),
  );
}

/** Pairs that come again and again, as groups. @param {any[]} pairs */
function packGroups(pairs) {
  /** @type {any[]} */
  const packed = [];
  for (let i = 0; i < pairs.length; ) {
    const period = GROUPED.find((length) => isAgain(pairs, i, length));
    let count = 1;
    if (period) while (isAgain(pairs, i + (count - 1) * period, period)) count++;
    packed.push(period ? [count, pairs.slice(i, i + period)] : pairs[i]);
    i += count * (period ?? 1);
  }
  return packed;
}

/** Whether a group comes again right behind itself. @param {any[]} pairs @param {number} i @param {number} length */
const isAgain = (pairs, i, length) =>
  i + 2 * length <= pairs.length &&
  isDeepStrictEqual(pairs.slice(i, i + length), pairs.slice(i + length, i + 2 * length));

/** What an address opens to, as the table writes it: without fields that are undefined. @param {string} address
 * @returns {Opened} */
function openAddress(address) {
  const { state, ignored } = parse(address);
  const [A, B] = /** @type {const} */ (['A', 'B']).map((letter) => {
    const spec = specOf(state, letter);
    return { ...spec, layers: packLayers(spec.layers) };
  });
  return JSON.parse(JSON.stringify({ address, state, ignored, A, B, images: imagesOf(state) }));
}

/** The row of the table that holds an address as it opens now. @param {string} address */
function rowToAdd(address) {
  /** @type {any} */
  const opened = openAddress(address);
  const cells = COLUMNS.slice(1).map((name) => {
    const base = /** @type {any} */ (first)[name];
    if (!WHOLE.includes(name)) return JSON.stringify(opened[name]);
    const differing = Object.entries(opened[name])
      .filter(([key, value]) => !isDeepStrictEqual(value, base[key]))
      .map(([key, value]) => [key, key === 'layers' ? packGroups(/** @type {any[]} */ (value)) : value]);
    return JSON.stringify(Object.fromEntries(differing));
  });
  return `tests/reference/addresses.tsv needs this row:\n${[address, ...cells].join('\t')}\n`;
}

/** Each field that is not as it was. @param {any} was @param {any} is */
const changes = (was, is) =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !isDeepStrictEqual(was[key], is[key]))
    .map((key) => `${key} was ${JSON.stringify(was[key])} and is ${JSON.stringify(is[key])}`);

for (const part of ['state', 'ignored', 'A', 'B', 'images']) {
  test(`each address opens to what it opened to in version 0.1.0: ${part}`, () => {
    const broken = rows.flatMap((row) => {
      const [was, is] = [row, openAddress(row.address)].map((opened) => /** @type {any} */ (opened)[part]);
      return isDeepStrictEqual(is, was) ? [] : [`  ${row.address}: ${changes(was ?? {}, is ?? {}).join('; ')}`];
    });
    const some = broken.slice(0, 10).join('\n');
    assert.ok(broken.length === 0, `${broken.length} of ${rows.length} addresses mean something else now:\n${some}`);
  });
}

test('the address that the page writes for a state opens the same state again', () => {
  for (const { address, state } of rows) {
    const written = format(state);
    assert.deepEqual(parse(written), { state, ignored: [] }, `${address}, written as #${written}`);
  }
});

test('the table holds every lesson, every address in the README, and a changed value of every control', () => {
  const held = rows.map(({ address }) => address);
  const named = [...readFileSync('README.md', 'utf8').matchAll(/`(#\w+=[^`\s]*)`/g)].map(([, address]) => address);
  assert.ok(held.length >= 60 && named.length > 0);
  for (const address of [...Object.keys(STATES).map((lesson) => `#lesson=${lesson}`), ...named]) {
    assert.ok(held.includes(address), rowToAdd(address));
  }
  for (const [key, value] of Object.entries(first.state)) {
    assert.ok(
      rows.some(({ state }) => state[key] !== value),
      `no address of the table sets ${key}`,
    );
  }
});
