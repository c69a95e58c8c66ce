/*
 * The page's own thread stays free: no long task while networks of 60 layers of 512, passed forward and back and held
 * against theory, are drawn. What is long depends on the machine, so a fixed piece of work is timed in the same run.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, withPage } from './browser.js';

/** Milliseconds. */
const LONGEST = 50;

/**
 * Collects long tasks from now on, and how long a fixed piece of work takes, again and again: where other programs (and
 * the two workers, on two cores) take the thread's turn, the longest of these tells by how much.
 */
function watch() {
  const seen = /** @type {any} */ (window);
  seen.tasks = [];
  seen.works = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(Math.round(duration));
  }).observe({ type: 'longtask' });
  setInterval(() => {
    const begun = performance.now();
    let sum = 0;
    for (let i = 1; i < 1e6; i++) sum += Math.sqrt(i) * (i % 7);
    if (sum > 0) seen.works.push(performance.now() - begun);
  }, 60);
}

test('60 layers of 512, forward and back, are drawn without a long task', async (t) => {
  await withPage({}, async (page) => {
    await open(page, 'depth=60&width=512');
    await page.evaluate(watch);
    for (const [control, value] of [
      ['#a', 'lecun-normal'],
      ['#b', 'xavier-uniform'],
      ['#activation', 'tanh'],
      ['#a', 'he-truncated'],
    ]) {
      await page.selectOption(control, value);
      await drawn(page, control === '#activation' ? {} : { [control.slice(1)]: value });
      await page.click('[data-next-seed]');
      await page.waitForTimeout(1500);
      await drawn(page);
    }
    const { tasks, works } = await page.evaluate(() => {
      const { tasks, works } = /** @type {any} */ (window);
      return { tasks, works };
    });
    works.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
    const [usual, most] = [works[works.length >> 1], works.at(-1)];
    t.diagnostic(
      `tasks over 50 ms: ${tasks.join(', ') || 'none'}; fixed work ${usual.toFixed(1)} ms, at most ${most.toFixed(1)} ms`,
    );
    // a task of 50 ms is several times as long as that work, and so loses its turn several times
    const allowed = LONGEST * Math.max(1, most / usual / 2);
    assert.ok(
      Math.max(0, ...tasks) <= allowed,
      `a task of ${Math.max(...tasks)} ms; ${allowed.toFixed(0)} are allowed`,
    );
  });
});
