/**
 * page.js: measures the page in Chromium from outside: how it loads, how it answers dragging and keys, how long large
 * networks hold its own thread, and how soon it leaves one network for another. It also runs the experiment there
 * (contest.js).
 *
 * The functions that run inside the page to watch it are in watch.js. Whether the page is right is for tests/page/.
 */
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { fromPosition, rowOf, toPosition } from '../../web/state/state.js';
import { launch, serveFolders } from '../page/chromium.js';
import { median, percentile } from './timing.js';
import { CALIBRATION, drag, idle, timeAnswer, watchInteractions, watchLoad, watchTasks } from './watch.js';

const DIST = new URL('../../dist/', import.meta.url);
const FOLDERS = {
  '/': DIST,
  '/bench/': new URL('../../build/bench/', import.meta.url),
  '/peer/': new URL('node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url),
};

const DRAGS = /** @type {[name: string, from: number, to: number][]} */ ([
  ['depth', 1, 60],
  ['width', 16, 1024],
]);
const DRAG_MS = 5000;
const DRAG_RUNS = 3;
const PATIENCE = 5000;
const KEYS = 40;
const KEY_PAUSE = 100;
/** Milliseconds of the shortest event that the browser reports. */
const SHORTEST_EVENT = 16;
const LOADS = 9;
const TOLD_LATE = 500; // after an interaction or a long task, until the browser has told of it
/** Large networks, and what is then changed about them, with a new seed after each. */
const LARGE = 'depth=60&width=512';
const CHANGES = [
  ['#a', 'lecun-normal'],
  ['#b', 'xavier-uniform'],
  ['#activation', 'tanh'],
  ['#a', 'he-truncated'],
];
/** Half a minute of work, and what is asked for in its midst. */
const HEAVY = 'depth=100&width=4096&batch=48';
const LIGHT = 'depth=3&width=16';
const LEAVES = 5;
const VIEW = { viewport: { width: 1440, height: 900 } };

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Browser} Browser */

/**
 * Runs a function on a fresh page with empty caches.
 * @template Result
 * @param {Browser} browser @param {(page: Page) => Promise<Result>} body
 */
async function onPage(browser, body) {
  const context = await browser.newContext(VIEW);
  try {
    return await body(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Waits until both networks are drawn to the end. @param {Page} page */
const drawn = (page) =>
  page.waitForFunction(() => {
    const { depth, layersA, layersB, passedA, passedB } = document.getElementById('sheet')?.dataset ?? {};
    return depth !== undefined && [layersA, layersB, passedA, passedB].every((layers) => layers === depth);
  });

/** @param {number[]} gaps */
const frames = (gaps) => ({ p50: median(gaps), p95: percentile(gaps, 0.95), max: Math.max(...gaps) });
/** @param {number[]} works */
const calibrated = (works) => ({ usual: median(works), most: Math.max(...works) });

/** Drags a slider once. @param {Browser} browser @param {string} address @param {typeof DRAGS[number]} drag */
function dragOnce(browser, address, [name, from, to]) {
  return onPage(browser, async (page) => {
    const row = /** @type {import('../../web/state/state.js').NumberRow} */ (rowOf(name));
    const values = Array.from({ length: (row.steps ?? 0) + 1 }, (_, position) => fromPosition(row, position));
    await page.goto(`${address}#${name}=${from}`);
    await drawn(page);
    const ends = { from: toPosition(row, from), to: toPosition(row, to) };
    const seen = await page.evaluate(drag, {
      ...ends,
      name,
      values,
      ms: DRAG_MS,
      patience: PATIENCE,
      calibration: CALIBRATION,
    });
    const { gaps, first, forward, whole, tasks, animationFrames, works, inputs } = seen;
    return {
      ...frames(gaps),
      longFrames: animationFrames.length,
      longestFrame: Math.max(0, ...animationFrames),
      longTasks: tasks.length,
      longestTask: Math.max(0, ...tasks),
      first50: median(first),
      first95: percentile(first, 0.95),
      forward50: median(forward),
      forward95: percentile(forward, 0.95),
      whole50: median(whole),
      whole95: percentile(whole, 0.95),
      inputs,
      unanswered: inputs - whole.length,
      ...calibrated(works),
    };
  });
}

/**
 * The median of each figure over the rows.
 * @template {Record<string, number>} Row @param {Row[]} rows @returns {Row}
 */
const medians = (rows) =>
  /** @type {any} */ (
    Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows.map((row) => row[key]))]))
  );

/** Presses real keys on the depth slider. @param {Browser} browser @param {string} address */
function keyboard(browser, address) {
  return onPage(browser, async (page) => {
    await page.goto(address);
    await drawn(page);
    await page.evaluate(watchInteractions);
    await page.focus('input[type=range][name=depth]');
    for (let i = 0; i < KEYS; i++) {
      await page.keyboard.press(i < KEYS / 2 ? 'ArrowRight' : 'ArrowLeft');
      await page.waitForTimeout(KEY_PAUSE);
    }
    await page.waitForTimeout(TOLD_LATE);
    const told = Object.values(await page.evaluate(() => window.durations));
    const all = [...told, ...Array(Math.max(0, KEYS - told.length)).fill(SHORTEST_EVENT)];
    return { keys: KEYS, told: told.length, p50: median(all), p98: percentile(all, 0.98) };
  });
}

/** Long tasks of the page while large networks are run forward and back, held against theory and drawn.
 * @param {Browser} browser @param {string} address */
function redraws(browser, address) {
  return onPage(browser, async (page) => {
    const settled = () => page.waitForSelector('#sheet[data-settled]');
    await page.goto(`${address}#${LARGE}`);
    await settled();
    await page.evaluate(watchTasks, CALIBRATION);
    for (const [control, value] of CHANGES) {
      await page.selectOption(control, value);
      await settled();
      await page.click('[data-next-seed]');
      await settled();
    }
    await page.waitForTimeout(TOLD_LATE);
    const { tasks, works } = await page.evaluate(() => window.watched);
    return {
      state: LARGE,
      changes: 2 * CHANGES.length,
      longTasks: tasks.length,
      longestTask: Math.max(0, ...tasks),
      ...calibrated(works),
    };
  });
}

/** How long a small network takes that is asked for while a heavy one is being run. @param {Browser} browser
 * @param {string} address */
async function leave(browser, address) {
  const times = [];
  for (let i = 0; i < LEAVES; i++) {
    const time = await onPage(browser, async (page) => {
      await page.goto(`${address}#${HEAVY}`);
      await page.waitForFunction(() => Number(document.getElementById('sheet')?.dataset.layersA) > 0);
      return page.evaluate(timeAnswer, LIGHT);
    });
    times.push(time);
  }
  return { heavy: HEAVY, light: LIGHT, times: LEAVES, usual: median(times), most: Math.max(...times) };
}

/** Milliseconds to the first paint of a page of one word, which the browser takes for itself. @param {Page} page */
async function paintNothing(page) {
  await page.goto('data:text/html,word');
  const paint = await page.waitForFunction(() => performance.getEntriesByType('paint')[0]?.startTime);
  return paint.jsonValue();
}

/** @param {Browser} browser @param {string} address */
async function load(browser, address) {
  const times = [];
  for (let i = 0; i < LOADS; i++) {
    const empty = await onPage(browser, paintNothing);
    times.push(
      await onPage(browser, async (page) => {
        await page.addInitScript(watchLoad);
        await page.goto(address);
        await drawn(page);
        return { empty, ...(await page.evaluate(() => window.loadTimes)) };
      }),
    );
  }
  const files = (await readdir(DIST)).filter((name) => /^(index\.html|initscope\.js|.*\.css)$/.test(name));
  const sizes = await Promise.all(
    files.map(async (name) => gzipSync(await readFile(new URL(name, DIST)), { level: 9 })),
  );
  return { ...medians(times), loads: LOADS, bytes: sizes.reduce((sum, { length }) => sum + length, 0) };
}

/**
 * All that is measured in Chromium.
 * @param {number} rounds of the experiment
 */
export async function inChromium(rounds) {
  const server = await serveFolders(FOLDERS);
  const browser = await launch();
  const { address } = server;
  try {
    const contest = await onPage(browser, async (page) => {
      await page.goto(`${address}bench/`);
      const experiment = await page.evaluate((n) => window.contest.experiment(n), rounds);
      return { experiment, pair: await page.evaluate((n) => window.contest.pair(n), rounds) };
    });
    const machine = await onPage(browser, async (page) => {
      await page.goto(`${address}bench/`);
      const { gaps, works } = await page.evaluate(idle, { ms: DRAG_MS, calibration: CALIBRATION });
      return { ...frames(gaps), ...calibrated(works) };
    });
    const runs = DRAGS.map(() => /** @type {Record<string, number>[]} */ ([]));
    for (let run = 0; run < DRAG_RUNS; run++) {
      for (const [i, of] of DRAGS.entries()) runs[i].push(await dragOnce(browser, address, of));
    }
    const drags = DRAGS.map(([name, from, to], i) => ({ name, from, to, runs: DRAG_RUNS, ...medians(runs[i]) }));
    return {
      version: browser.version(),
      contest,
      machine,
      drags,
      keyboard: await keyboard(browser, address),
      redraws: await redraws(browser, address),
      leave: await leave(browser, address),
      load: await load(browser, address),
    };
  } finally {
    await browser.close();
    server.close();
  }
}
