/*
 * Real architectures as lines of the stack notation: each has the depth, the weights and the output that PyTorch counts, and
 * fits into memory. Their numbers are not tested here.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadFits } from '../../web/engine/fits.js';
import { KIND_NAMES } from '../../web/engine/kinds.js';
import { checkSpec } from '../../web/engine/spec.js';
import { formatStack, parseStack } from '../../web/engine/stack.js';
import { engine } from './arbitrary.js';
import { readTable } from './reference.js';

const ROWS = readTable('stacks.tsv');

const fits = await loadFits();

test('there are forty stacks or more, and together they have every kind of layer', () => {
  assert.ok(ROWS.length >= 40);
  const kinds = ROWS.flatMap(({ line }) => parseStack(line).map(({ kind }) => kind));
  assert.deepEqual([...new Set(kinds)].sort(), [...KIND_NAMES].sort());
});

for (const { name, line, depth, weights, output } of ROWS) {
  test(`${name}: depth, weights and output are those that PyTorch counts, and it fits into memory`, () => {
    const layers = parseStack(line);
    const { layers: checked } = checkSpec(engine, { layers });
    const { height, width, channels } = checked[checked.length - 1].out;
    assert.equal(checked.length, Number(depth));
    const counts = checked.map((layer) => (layer.weights ? layer.rows * layer.out.channels : 0));
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      Number(weights),
    );
    assert.equal(`${height}x${width}x${channels}`, output);
    assert.deepEqual(parseStack(formatStack(layers)), layers);
    assert.ok(fits({ layers, batch: 2, backward: true }));
  });
}
