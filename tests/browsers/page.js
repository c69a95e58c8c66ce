/*
 * Shared by the tests in several browsers: pages to test, and one small interface for all engines. A page in any engine
 * opens an address, evaluates a function, takes the mouse and the keyboard, and reports its own errors; waits are built on
 * these. No test waits for a time: a wait ends when its state is there. Each wait has a limit of its own, for a state that
 * never comes, so a long test may take as long as it needs on a busy machine.
 *
 * How an engine is started and spoken to is in playwright.js (Chromium), bidi.js (Firefox) and webdriver.js (WebKitGTK).
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchFirefox } from './bidi.js';
import { KEYS } from './keys.js';
import { limited } from './limit.js';
import { ADDRESS, FOLDER } from './pages.js';
import { launchChromium } from './playwright.js';
import { launchWebKit } from './webdriver.js';

export { ADDRESS, FOLDER, KEYS };

/**
 * What an engine's file offers for each page.
 * @typedef {object} Tab
 * @property {(address: string) => Promise<void>} goto returns once the page has loaded
 * @property {() => Promise<void>} back returns once the page before has been shown
 * @property {(source: string, frame?: boolean) => Promise<string>} evaluate runs the text of a function in the page, or in
 *   its first frame; awaits what it returns, a string
 * @property {(actions: PointerAction[]) => Promise<void>} point
 * @property {(keys: string[]) => Promise<void>} press presses and releases keys, one after the other: letters, or code
 *   points of the WebDriver standard (KEYS)
 * @property {(width: number, height: number) => Promise<void>} resize the window, in CSS pixels
 * @property {() => Promise<Buffer>} screenshot PNG of the window
 * @property {((ratio: number) => Promise<void>) | null} setDensity dots to a CSS pixel; null where the engine cannot
 * @property {(() => Promise<Buffer>) | null} print PDF; null where the engine cannot
 * @property {() => Promise<void>} close
 */
/** @typedef {{ type: 'pointerMove', x: number, y: number } | { type: 'pointerDown' | 'pointerUp', button: 0 }} PointerAction */
/** @typedef {{ open: () => Promise<Tab>, close: () => Promise<void> }} Browser */

/** @typedef {{ width?: number, height?: number, expected?: RegExp }} Options expected: errors that the page may report */
/** Settings that a browser can start with. @typedef {{ falsifiesPixels?: boolean }} Settings */

/** @type {Record<string, (settings: Settings) => Promise<Browser>>} */
const LAUNCHERS = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit };

/** The engines to be tested: build.sh names those that it has found. */
const ENGINES = (process.env.BROWSERS ?? 'chromium').split(' ');

/** The same methods, each with the limit. @template {Record<string, any>} T @param {T} methods @returns {T} */
const withLimits = (methods) =>
  /** @type {any} */ (
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        method && ((/** @type {any[]} */ ...given) => limited(method(...given), `${name}(${given.join(', ')})`)),
      ]),
    )
  );

/** Browsers that run, by engine and settings: one for all tests of a file. @type {Map<string, Promise<Browser>>} */
const running = new Map();

after(async () => {
  for (const browser of running.values()) await (await browser).close();
});

/** @param {string} engine @param {Settings} settings */
function browserOf(engine, settings) {
  const key = JSON.stringify([engine, settings]);
  const browser = running.get(key) ?? LAUNCHERS[engine](settings);
  running.set(key, browser);
  return browser;
}

/** @typedef {ReturnType<typeof pageOf>} Page */

/** The methods that tests use, made of those of an engine. @param {Tab} tab @param {string} engine */
function pageOf(tab, engine) {
  /**
   * Runs a function in the page, and returns what it returns.
   * @template A, R
   * @param {(argument: A) => R} run gets a copy of the argument
   * @param {A} [argument]
   * @param {{ frame?: boolean }} [where] frame: in the first frame of the page
   * @returns {Promise<Awaited<R>>}
   */
  async function evaluate(run, argument, { frame } = {}) {
    const call = `(${run})(${JSON.stringify(argument)})`;
    return JSON.parse(await tab.evaluate(`async () => JSON.stringify((await ${call}) ?? null)`, frame));
  }

  /**
   * Waits until a function returns something truthy in the page, and returns that.
   * @template A, R
   * @param {(argument: A) => R} run
   * @param {A} [argument]
   * @param {{ frame?: boolean }} [where]
   */
  function waitFor(run, argument, where) {
    const look = async () => {
      for (;;) {
        const found = await evaluate(run, argument, where);
        if (found) return found;
        await nextFrame();
      }
    };
    return limited(look(), `${run} with ${JSON.stringify(argument)}`);
  }

  /** Waits until the page has begun another frame. */
  const nextFrame = () => evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));

  /** The middle of an element, once it is in view. @param {string} selector */
  const middleOf = (selector) =>
    evaluate((wanted) => {
      const element = document.querySelector(wanted);
      if (!element) throw new Error(`${wanted} is not there`);
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = element.getBoundingClientRect();
      if (width === 0) throw new Error(`${wanted} is not visible`);
      return { x: Math.round(left + width / 2), y: Math.round(top + height / 2), left, width };
    }, selector);

  return {
    ...tab,
    engine,
    evaluate,
    waitFor,
    nextFrame,

    /** @param {string} selector */
    async click(selector) {
      const { x, y } = await middleOf(selector);
      await tab.point([
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },

    /** Presses the mouse in the middle of an element, and moves it to shares of the element's width. @param {string} selector
     * @param {number[]} shares */
    async drag(selector, shares) {
      const { x, y, left, width } = await middleOf(selector);
      await tab.point([
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        ...shares.map((share) => ({
          type: /** @type {const} */ ('pointerMove'),
          x: Math.round(left + share * width),
          y,
        })),
        { type: 'pointerUp', button: 0 },
      ]);
    },

    /** Opens an address, and waits until the page shows all of it. @param {string} address */
    async open(address) {
      await tab.goto(address);
      await waitFor(isSettled);
    },

    /** Changes the hash of the page, as a link would, and waits until the page shows it. @param {string} hash */
    async show(hash) {
      await evaluate(async (next) => {
        const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        const before = location.href;
        location.hash = next;
        if (location.href !== before) await changed;
      }, hash);
      await waitFor(isSettled);
    },

    /** Waits until both networks are drawn to the last layer, and data-* of the sheet have these values.
     * @param {Record<string, string | number>} values @param {{ frame?: boolean }} [where] */
    drawn: (values, where) => waitFor(isDrawn, values, where),

    /** Errors of the page so far: exceptions, console.error, violations of the policy. @param {{ frame?: boolean }} [where]
     * @returns {Promise<string[]>} */
    errors: (where) => evaluate(() => /** @type {any} */ (window).watchedErrors, undefined, where),
  };
}

/** Whether the page shows all that was asked for; tests/page/browser.js says what that takes. */
export const isSettled = () => document.getElementById('sheet')?.dataset.settled === 'true';

/** @param {Record<string, string | number>} wanted */
function isDrawn(wanted) {
  const data = /** @type {Record<string, string | undefined>} */ ({ ...document.getElementById('sheet')?.dataset });
  const whole = ['layersA', 'layersB', 'passedA', 'passedB'].every((name) => data[name] === data.depth);
  return data.settled && whole && Object.entries(wanted).every(([key, value]) => data[key] === String(value));
}

/**
 * Runs a body on a fresh page. Fails if the page reported an error that was not expected.
 * @param {string} engine
 * @param {Settings & Options} options
 * @param {(page: Page) => Promise<void>} body
 */
export async function withPage(engine, { width = 1440, height = 900, expected, ...settings }, body) {
  const tab = withLimits(await limited((await browserOf(engine, settings)).open(), 'a tab'));
  const page = pageOf(tab, engine);
  try {
    await page.resize(width, height);
    await body(page);
    const errors = (await page.errors()) ?? [];
    assert.deepEqual(
      errors.filter((text) => !expected?.test(text)),
      [],
    );
  } finally {
    await tab.close();
  }
}

/**
 * A test in each engine.
 * @param {string} claim
 * @param {(page: Page) => Promise<void>} body
 * @param {Settings & Options & { engines?: string[] }} [options] engines: those that the test is for; default: all
 */
export function testInAll(claim, body, { engines = Object.keys(LAUNCHERS), ...options } = {}) {
  for (const engine of ENGINES.filter((name) => engines.includes(name))) {
    test(`${claim} (${engine})`, () => withPage(engine, options, body));
  }
}
