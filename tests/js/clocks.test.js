/*
 * The page's tests may run on a machine that is busy with anything: what they wait for is a state, not a time, and they
 * assert none. The page's own clock may be turned on (page.clock), which takes no time. Speed is measured in tests/bench/.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const CLOCKS = /waitForTimeout|setTimeout|setInterval|performance\.now|Date\.now|hrtime|timers\/promises|timeStamp/;

test('no test of the page waits for a time or reads a clock', async () => {
  const folder = new URL('../page/', import.meta.url);
  const names = await readdir(folder);
  assert.ok(names.includes('page.test.js'));
  for (const name of names) {
    const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n');
    const found = lines.filter((line) => CLOCKS.test(line) && !line.includes('page.clock.'));
    assert.deepEqual(found, [], name);
  }
});
