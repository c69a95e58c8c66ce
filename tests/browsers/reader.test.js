/*
 * What a reader does, in each engine: drags a slider, and moves it by keys.
 */
import assert from 'node:assert/strict';
import { ADDRESS, KEYS, testInAll } from './page.js';

testInAll('a slider that is dragged, and moved by keys, sets the depth', async (page) => {
  await page.open(`${ADDRESS}#depth=2&width=16`);
  const slider = 'input[type=range][name=depth]';
  const depth = () => page.evaluate(() => Number(document.getElementById('sheet')?.dataset.depth));
  await page.drag(slider, [0.6, 0.7, 0.3]);
  await page.waitFor(
    () => document.getElementById('sheet')?.dataset.settled && document.getElementById('sheet')?.dataset.depth !== '2',
  );
  const dragged = await depth();
  assert.ok(dragged > 10 && dragged < 60, `${dragged}`);
  await page.press([KEYS.left]);
  await page.drawn({ depth: dragged - 1 });
  await page.press([KEYS.right, KEYS.right]);
  await page.drawn({ depth: dragged + 1 });
  await page.press([KEYS.home]);
  await page.drawn({ depth: 1 });
  await page.waitFor(() => location.hash.includes('depth=1'));
});
