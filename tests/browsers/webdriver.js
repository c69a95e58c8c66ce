/*
 * WebKitGTK by WebDriver (https://www.w3.org/TR/webdriver2/) over HTTP, with the interface of page.js. WebKitWebDriver
 * starts MiniBrowser on a screen of its own (Xvfb). Only the few commands that the tests need are here.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { keyActions } from './keys.js';
import { limited } from './limit.js';

const LIBRARIES = '/usr/lib';

/** The first MiniBrowser of WebKitGTK that is installed. */
function findMiniBrowser() {
  for (const machine of readdirSync(LIBRARIES)) {
    for (const version of ['6.0', '4.1', '4.0']) {
      for (const folder of [`webkitgtk-${version}`, `webkit2gtk-${version}`]) {
        const path = `${LIBRARIES}/${machine}/${folder}/MiniBrowser`;
        if (existsSync(path)) return path;
      }
    }
  }
  throw new Error('WebKitGTK has no MiniBrowser here');
}

/** Starts a screen without a monitor, and returns its number. */
async function startScreen() {
  const options = ['-displayfd', '1', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const screen = spawn('Xvfb', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: screen.stdout })) return { screen, display: `:${line}` };
  throw new Error('Xvfb did not start');
}

/** A port that is free now. @returns {Promise<number>} */
const findPort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** Calls until something answers there. @param {() => Promise<any>} call */
async function untilAnswered(call) {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (/** @type {any} */ (error).cause?.code !== 'ECONNREFUSED') throw error;
    }
  }
}

/** Starts a driver, and returns what sends it a command. @param {string} display of the screen */
async function startDriver(display) {
  const port = await findPort();
  const driver = spawn('WebKitWebDriver', ['-p', String(port)], {
    env: { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1' },
    stdio: 'ignore',
  });

  /** @param {'GET' | 'POST' | 'DELETE'} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async function send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
  await untilAnswered(() => fetch(`http://127.0.0.1:${port}/status`));
  return { driver, send };
}

/** How long a driver may take to start a browser, in milliseconds, and how many drivers are tried. Now and then one of
 * WebKitGTK 2.48 never answers, and its next one does. */
const START = 60_000;
const TRIES = 3;

/** @returns {Promise<import('./page.js').Browser>} */
export async function launchWebKit() {
  const { screen, display } = await startScreen();

  /** Each tab has a driver of its own. @param {number} tries @returns {Promise<import('./page.js').Tab>} */
  async function open(tries) {
    const { driver, send } = await startDriver(display);
    try {
      const tab = await limited(openTab(send), 'a session of WebKitWebDriver', START);
      const close = async () => {
        await tab.close();
        driver.kill();
      };
      return { ...tab, close };
    } catch (error) {
      driver.kill();
      if (tries === 1) throw error;
      return open(tries - 1);
    }
  }
  return {
    open: () => open(TRIES),
    async close() {
      screen.kill();
    },
  };
}

/** A tab is a session with a browser of its own, as WebDriver cannot give a tab a profile.
 * @param {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<any>} send
 * @returns {Promise<import('./page.js').Tab>} */
async function openTab(send) {
  const browser = { binary: findMiniBrowser(), args: ['--automation'] };
  const capabilities = {
    'webkitgtk:browserOptions': browser,
    timeouts: { script: 3_600_000, pageLoad: 3_600_000 }, // page.js has a limit
  };
  const { sessionId } = await send('POST', '', { capabilities: { alwaysMatch: capabilities } });
  const post = (/** @type {string} */ path, /** @type {object} */ body) => send('POST', `/${sessionId}${path}`, body);

  /** @param {'pointer' | 'key'} type @param {object[]} actions */
  const perform = (type, actions) => post('/actions', { actions: [{ type, id: type, actions }] });
  return {
    goto: (url) => post('/url', { url }),
    back: () => post('/back', {}),
    async evaluate(source, frame) {
      const script = `const done = arguments[0];
        (${source})().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      if (frame) await post('/frame', { id: 0 });
      const { value, error } = await post('/execute/async', { script, args: [] });
      if (frame) await post('/frame/parent', {});
      if (error) throw new Error(error);
      return value;
    },
    point: (actions) => perform('pointer', actions),
    press: (keys) => perform('key', keyActions(keys)),
    resize: (width, height) => post('/window/rect', { width, height }),
    async screenshot() {
      return Buffer.from(await send('GET', `/${sessionId}/screenshot`), 'base64');
    },
    setDensity: null,
    print: null,
    close: () => send('DELETE', `/${sessionId}`),
  };
}
