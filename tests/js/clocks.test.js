/*
 * The page's tests must pass on a busy machine, so they wait for a state of the page, never for a time. They may advance
 * the page's own clock (page.clock), because that takes no time. Speed is measured in tests/bench/. Only tests/page/ and
 * tests/browsers/ are searched here. limit.js has the one clock: how long to wait for what never comes.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const CLOCKS = /waitForTimeout|setTimeout|setInterval|performance\.now|Date\.now|hrtime|timers\/promises|timeStamp/;

test('no page test waits for a time or reads a clock', async () => {
  for (const [path, known] of [
    ['../page/', 'page.test.js'],
    ['../browsers/', 'opening.test.js'],
  ]) {
    const folder = new URL(path, import.meta.url);
    const names = (await readdir(folder)).filter((name) => name !== 'limit.js');
    assert.ok(names.includes(known));
    for (const name of names) {
      const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n');
      const found = lines.filter((line) => CLOCKS.test(line) && !line.includes('page.clock.'));
      assert.deepEqual(found, [], name);
    }
  }
});
