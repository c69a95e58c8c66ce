/*
 * Firefox by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), with the interface of page.js. Firefox speaks it
 * itself, so no driver is between. Only the few commands that the tests need are here.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { keyActions } from './keys.js';
import { SCRATCH } from './pages.js';

/** Settings of a fresh profile: no requests of its own, no pages of its own. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,none',
  'toolkit.telemetry.enabled': false,
};

/** @param {WebSocket} socket */
function commandsOn(socket) {
  let count = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  socket.on('message', (data) => {
    const { id, type, result, error, message } = JSON.parse(String(data));
    const asked = waiting.get(id);
    if (!asked) return; // an event
    waiting.delete(id);
    if (type === 'success') asked.resolve(result);
    else asked.reject(new Error(`${error}: ${message}`));
  });
  /** @param {string} method @param {object} params @returns {Promise<any>} */
  return (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
}

/** The address at which Firefox listens: a line of its output. @param {import('node:child_process').ChildProcess} firefox */
async function addressOf(firefox) {
  const said = [];
  for await (const line of createInterface({ input: /** @type {any} */ (firefox.stderr) })) {
    const found = /^WebDriver BiDi listening on (ws:\S+)/.exec(line);
    if (found) return found[1];
    said.push(line);
  }
  throw new Error(`Firefox did not start: ${said.join('\n')}`);
}

/** @param {import('./page.js').Settings} settings @returns {Promise<import('./page.js').Browser>} */
export async function launchFirefox({ falsifiesPixels = false }) {
  const profile = await mkdtemp(`${SCRATCH}firefox-`);
  const preferences = { ...PREFERENCES, 'privacy.resistFingerprinting': falsifiesPixels };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(`${profile}/user.js`, lines.join(''));
  const options = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile];
  const firefox = spawn(process.env.FIREFOX || 'firefox-esr', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => firefox.once('exit', resolve));
  const address = await addressOf(firefox);
  firefox.stderr.resume();
  const socket = new WebSocket(`${address}/session`, { maxPayload: 2 ** 28 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = commandsOn(socket);
  await send('session.new', { capabilities: {} });
  return {
    open: () => openTab(send),
    async close() {
      await send('browser.close', {});
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** @param {(method: string, params: object) => Promise<any>} send @returns {Promise<import('./page.js').Tab>} */
async function openTab(send) {
  const { context } = await send('browsingContext.create', { type: 'tab' });
  /** @param {'pointer' | 'key'} type @param {object[]} actions */
  const perform = (type, actions) => send('input.performActions', { context, actions: [{ type, id: type, actions }] });

  /** @param {boolean} [frame] */
  async function contextOf(frame) {
    if (!frame) return context;
    const { contexts } = await send('browsingContext.getTree', { root: context });
    return contexts[0].children[0].context;
  }
  return {
    async goto(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    back: () => send('browsingContext.traverseHistory', { context, delta: -1 }),
    async evaluate(functionDeclaration, frame) {
      const target = { context: await contextOf(frame) };
      const answer = await send('script.callFunction', { functionDeclaration, awaitPromise: true, target });
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    },
    point: (actions) => perform('pointer', actions),
    press: (keys) => perform('key', keyActions(keys)),
    resize: (width, height) => send('browsingContext.setViewport', { context, viewport: { width, height } }),
    async screenshot() {
      const { data } = await send('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    setDensity: (devicePixelRatio) => send('browsingContext.setViewport', { context, devicePixelRatio }),
    async print() {
      const { data } = await send('browsingContext.print', { context, page: { width: 21, height: 29.7 } });
      return Buffer.from(data, 'base64');
    },
    close: () => send('browsingContext.close', { context }),
  };
}
