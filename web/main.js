/*
 * Wiring only: address -> state -> controls and client -> sheet. What any of them does is told in their own files.
 */

import workerSource from '../build/worker.bundle';
import wasm from '../dist/initscope.wasm';
import { createSheet } from './charts/sheet.js';
import { readColours } from './charts/theme.js';
import { createClient, openPort } from './client.js';
import { createControls } from './controls.js';
import { ignoredWords, WORDS } from './locales/en.js';
import { format, parse, SCHEMA } from './state.js';

/** @typedef {import('./client.js').Reply} Reply */

/** Milliseconds between changes of the address: browsers refuse more than a hundred in half a minute. */
const ADDRESS_PAUSE = 400;

const root = document.documentElement;
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const note = (/** @type {string} */ text) => {
  element('note').textContent = text;
};

let state = parse(location.hash).state;
/** @type {Reply | null} */
let reply = null;
let frame = 0;
let redraw = () => {};

/** Draws at most once a frame. */
function draw() {
  if (frame) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    redraw();
  });
}

const darkMedia = matchMedia('(prefers-color-scheme: dark)');

function applyTheme() {
  root.dataset.theme = state.theme === 'auto' ? (darkMedia.matches ? 'dark' : 'light') : state.theme;
  readColours();
  draw();
}

let addressTimer = 0;

/** The address follows the state, not too often. A frame without an address of its own (srcdoc) refuses: it goes without. */
function writeAddress() {
  if (addressTimer) return;
  addressTimer = window.setTimeout(() => {
    addressTimer = 0;
    try {
      history.replaceState(null, '', `#${format(state)}`);
    } catch {}
  }, ADDRESS_PAUSE);
}

const isNetwork = (/** @type {string} */ key) => !SCHEMA.find((row) => row.key === key)?.view;

/** @param {ReturnType<typeof createClient>} client */
function wire(client) {
  const controls = createControls(/** @type {HTMLFormElement} */ (element('controls')), change, note);

  /** @param {Partial<import('./state.js').State>} changes */
  function change(changes) {
    note('');
    take({ ...state, ...changes }, Object.keys(changes));
    writeAddress();
  }

  /** @param {import('./state.js').State} next @param {string[]} keys that may have changed */
  function take(next, keys) {
    state = next;
    controls.reflect(state);
    if (keys.includes('theme')) applyTheme();
    if (keys.some(isNetwork)) client.request(state);
    draw();
  }

  function readAddress() {
    if (location.hash.replace(/^#/, '') === format(state)) return;
    const { state: next, ignored } = parse(location.hash);
    take(next, Object.keys(next));
    note(ignoredWords(ignored));
  }

  addEventListener('hashchange', readAddress);
  take(state, Object.keys(state));
  note(ignoredWords(parse(location.hash).ignored));
  return change;
}

const KEYS = /** @type {Record<string, (layer: number, depth: number) => number>} */ ({
  ArrowUp: (layer) => layer - 1,
  ArrowLeft: (layer) => layer - 1,
  ArrowDown: (layer) => layer + 1,
  ArrowRight: (layer) => layer + 1,
  PageUp: (layer) => layer - 10,
  PageDown: (layer) => layer + 10,
  Home: () => 1,
  End: (_, depth) => depth,
});

async function start() {
  const module = await WebAssembly.compile(wasm);
  const [a, b] = await Promise.all([openPort(workerSource, module), openPort(workerSource, module)]);
  root.dataset.engine = a.where;
  const client = createClient({ A: a.port, B: b.port }, (next) => {
    reply = next;
    draw();
  });
  const change = wire(client);
  const choose = (/** @type {number} */ layer) => change({ layer });
  const sheet = createSheet(element('sheet'), a.tables.schemes, choose);
  redraw = () => reply && sheet.draw(reply, state.layer);
  addEventListener('resize', draw);
  darkMedia.addEventListener('change', applyTheme);
  element('run').closest('details')?.addEventListener('toggle', draw);
  element('sheet').addEventListener('keydown', (event) => {
    const move = event.target instanceof HTMLCanvasElement && KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    choose(Math.min(state.depth, Math.max(1, move(Math.min(state.layer, state.depth), state.depth))));
  });
}

applyTheme();
start().catch((error) => {
  const simd = typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError;
  element('failure').textContent = simd ? WORDS.noSimd : WORDS.noStart(String(error));
  root.dataset.engine = 'none';
});
