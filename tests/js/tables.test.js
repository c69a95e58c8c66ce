/**
 * tables.test.js: the committed web/engine/tables.js is what its generator makes of the C side now. It does not check that
 * the tables are right.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { enumsOf, generate } from '../../web/engine/generate.js';
import { instantiate } from '../../web/engine/instance.js';
import { LIMITS, SCHEMES } from '../../web/engine/tables.js';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('tables.js is up to date with the header and the tables of the engine', async () => {
  const fresh = generate(read('c/initscope.h'), await instantiate());
  assert.equal(read('web/engine/tables.js'), fresh, 'web/engine/tables.js is stale: run ./build.sh and commit it');
});

test('the generator reads enums in order, without comments and without the closing _COUNT', () => {
  const header =
    '/* enum { NO } */ enum { A_ONE, /* A_TWO, */ A_THREE, A_COUNT };\nenum {\n  B_X = -1, // B_Y\n  B_Z = -2\n};';
  assert.deepEqual(enumsOf(header), [
    [
      { name: 'A_ONE', value: 0 },
      { name: 'A_THREE', value: 1 },
    ],
    [
      { name: 'B_X', value: -1 },
      { name: 'B_Z', value: -2 },
    ],
  ]);
});

test('the largest limit arrives unchanged in JavaScript, and a scheme names the number that it takes', () => {
  assert.equal(LIMITS.weights, 2 ** 32 - 1);
  assert.deepEqual(
    SCHEMES.find(({ name }) => name === 'sparse'),
    { name: 'sparse', group: 'matrices', value: 'share', given: 0.9 },
  );
});
