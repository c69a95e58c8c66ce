/*
 * The numbers that the page exports are the same in every engine as in Node, byte for byte, for every lesson, scheme,
 * activation, kind of input and loss of the table of addresses, and for the stacks of tests/reference/stacks.tsv. So is the
 * data that networks train on. What is right about them is tested in tests/js/ and tests/c/.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { makeData } from '../../web/data/data.js';
import { DATA_NAMES } from '../../web/data/data-kinds.js';
import { parse } from '../../web/state/state.js';
import { readTable } from '../js/reference.js';
import { exportNumbers, networksIn } from './export-numbers.js';
import { startNumbers } from './node-numbers.js';
import { ADDRESS, testInAll } from './page.js';

/** Sections of tests/reference/addresses.tsv that are run, by how their titles begin. */
const SECTIONS = ['lessons', 'schemes', 'activations', 'inputs', 'loss'];

/** The addresses of each section. @type {Record<string, string[]>} */
const addresses = Object.fromEntries(SECTIONS.map((section) => [section, []]));
let section = '';
for (const line of readFileSync(new URL('../reference/addresses.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')) {
  if (line.startsWith('# ')) section = SECTIONS.find((start) => line.startsWith(`# ${start}`)) ?? '';
  else addresses[section]?.push(line.split('\t')[0]);
}
// what the view Training exports is in training.test.js
addresses.lessons = addresses.lessons.filter((address) => parse(address).state.train === '');

const STACKS = readTable('stacks.tsv');
addresses.stacks = STACKS.map(({ line }, seed) => `#stack=${line}&batch=2&bias=0.1&seed=${seed}`);

const numbers = await startNumbers();
after(() => numbers.close());

/** Wanted numbers, by address: each is computed once for all engines. @type {Map<string, string>} */
const wanted = new Map();

/** @param {string} address */
async function wantedOf(address) {
  const json = wanted.get(address) ?? (await numbers.jsonOf(address));
  wanted.set(address, json);
  return json;
}

for (const [title, some] of Object.entries(addresses)) {
  testInAll(`${some.length} addresses of ${title} give the same numbers as in Node`, async (page) => {
    await page.open(`${ADDRESS}#depth=2&width=8`);
    for (const address of some) {
      await page.show(address);
      const found = networksIn(await page.evaluate(exportNumbers));
      const right = networksIn(await wantedOf(address));
      if (found === right) continue;
      const [lines, rightLines] = [found.split('\n'), right.split('\n')];
      const line = rightLines.findIndex((text, i) => text !== lines[i]);
      const [around, rightAround] = [lines, rightLines].map((all) => all.slice(line - 3, line + 3));
      assert.deepEqual(around, rightAround, `${address}, line ${line}`);
    }
  });
}

/**
 * A hash of 32 bits, FNV-1a, of each data. It runs in the page too.
 * @param {string[]} names
 * @param {typeof makeData} [make] that of the page unless given
 */
function hashData(names, make = /** @type {any} */ (globalThis).initscope.data.makeData) {
  return names.map((name) => {
    const { heldOut, ...train } = make(name, { seed: 1, labels: 'random' });
    let hash = 0x811c9dc5;
    for (const examples of heldOut ? [train, heldOut] : []) {
      const bytes = [...new Uint8Array(examples.inputs.slice().buffer), ...examples.labels];
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return hash;
  });
}

/** Loads the part with the data. It runs in the page. */
async function loadData() {
  const script = Object.assign(document.createElement('script'), { src: 'data.js' });
  const loaded = new Promise((resolve) => script.addEventListener('load', () => resolve(true)));
  document.head.append(script);
  return loaded;
}

testInAll('the data to train on has the same bits as in Node', async (page) => {
  await page.open(`${ADDRESS}#depth=2&width=8`);
  await page.evaluate(loadData);
  const hashes = await page.evaluate(hashData, DATA_NAMES);
  assert.deepEqual(hashes, hashData(DATA_NAMES, makeData));
  assert.equal(new Set(hashes).size, 3); // digits and their images are the same numbers
});

test('the table of addresses has at least 80 of them', () => {
  assert.ok(SECTIONS.flatMap((name) => addresses[name]).length >= 80);
});

test('no stack was refused or cut short', async () => {
  for (const [i, address] of addresses.stacks.entries()) {
    for (const { done, layers } of Object.values(JSON.parse(await wantedOf(address)).networks)) {
      assert.deepEqual([done, layers.length], [true, Number(STACKS[i].depth)], STACKS[i].name);
      assert.ok(
        layers.every((/** @type {any} */ { deltas }) => deltas),
        `${STACKS[i].name} went back`,
      );
    }
  }
});
