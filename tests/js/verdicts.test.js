/*
 * Right verdicts of whole addresses. They are data, in tests/reference/verdicts.tsv, written without sight of the code that
 * judges; nothing here computes them. A row changes only with what a verdict means, and the table says so.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeAddress } from './judged.js';

const [COLUMNS, ...ROWS] = readFileSync('tests/reference/verdicts.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('# '))
  .map((line) => line.split('\t'));

/** The cells of a row that the code must give. */
const GIVEN = ['word', 'cautions', 'cause', 'layer'];

for (const cells of ROWS) {
  const row = Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i]]));
  test(`${row.network} of ${row.address}: ${row.why}`, () => {
    const { found } = judgeAddress(row.address, row.network);
    const { word, cautions, cause, layer = '-' } = found;
    const given = { word, cautions: cautions.join(',') || '-', cause, layer: String(layer) };
    assert.deepEqual(given, Object.fromEntries(GIVEN.map((name) => [name, row[name]])));
  });
}
