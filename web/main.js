/*
 * Wiring only: address -> state -> controls and client -> sheet. What any of them does is told in their own files.
 */

import packed from '../build/module.gz';
import serveWorker from '../build/worker.bundle';
import { BACKWARD } from './charts/bins.js';
import { fitCharts, readColours } from './charts/common.js';
import { createSheet } from './charts/sheet.js';
import { OWN } from './engine/images.js';
import { layerShown } from './engine/shapes.js';
import { createHost } from './lessons/host.js';
import { speak, words } from './locales/words.js';
import { createControls } from './page/controls.js';
import { embed } from './page/embed.js';
import { createFrames } from './page/frames.js';
import { ACCEPT, readPicture, requireContrast } from './page/image-file.js';
import { collectTexts, languageOf } from './page/language.js';
import { createSpeaker } from './page/speech.js';
import { createClient, STOPPED } from './run/client.js';
import { openPort } from './run/ports.js';
import { listenForSharing } from './share/sharing.js';
import { imagesOf } from './state/networks.js';
import { format, LETTERS, parse, rowOf } from './state/state.js';

/** @typedef {import('./run/client.js').Reply} Reply */
/** @typedef {import('./state/state.js').State} State */

/** Milliseconds between changes of the address: browsers refuse more than a hundred in half a minute. */
const ADDRESS_PAUSE = 400;

/** Pixels between the controls and what the keyboard came to. */
const FOCUS_MARGIN = 12;

const root = document.documentElement;
const writeTexts = collectTexts(document.body);
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Quiet words, and what has failed: what was said last, and is said again in another language.
 * @type {Record<string, () => string>} */
const said = {};
/** @param {string} id of where it stands @param {() => string} say */
function tell(id, say) {
  said[id] = say;
  element(id).textContent = say();
}
/** A quiet word in the head, and of a picture also beside its file, which may be far from there.
 * @param {() => string} say @param {boolean} [ofPicture] */
function note(say, ofPicture = false) {
  tell('note', say);
  speaker.say(say());
  tell('picture-note', ofPicture ? say : () => '');
}

const opened = parse(location.hash);
let state = opened.state;
/** @type {ReturnType<typeof createClient> | null} */
let client = null;
/** @type {Reply | null} */
let reply = null;
/** Begins to draw, what has changed or all. @type {(again: boolean) => import('./page/frames.js').Drawing | null} */
let begin = () => null;
const { drawChanges, drawAgain, drawNow, isBusy } = createFrames(
  (again) => begin(again),
  () => speaker.speak(),
);
/** What became of A and B. */
let verdicts = () => '';
const speaker = createSpeaker(element('spoken'), () => (isBusy() ? '' : verdicts()));
let addressTimer = 0;

const more = /** @type {HTMLDetailsElement} */ (element('more')); // an embed has none in the document
const wideMedia = matchMedia('(min-width: 1024px)');

/** Where there is room, what is changed less often is in view. */
function openMore() {
  more.open = wideMedia.matches;
}

/** What the keyboard came to is not left under the controls, which stay in view. @param {FocusEvent} event */
function uncover({ target }) {
  if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
  const covered = element('controls').getBoundingClientRect().bottom - target.getBoundingClientRect().top;
  if (covered > 0) scrollBy(0, -covered - FOCUS_MARGIN);
}

const darkMedia = matchMedia('(prefers-color-scheme: dark)');

function applyTheme() {
  const theme = state.theme === 'auto' ? (darkMedia.matches ? 'dark' : 'light') : state.theme;
  root.dataset.theme = 'printing' in root.dataset ? 'light' : theme;
  readColours();
  drawAgain();
}

/** Everything is drawn again before this returns. @param {number} [fineness] dots to a CSS pixel, else the screen's */
function drawAtOnce(fineness) {
  applyTheme();
  fitCharts(fineness);
  drawNow();
}

/** Everything that is written is written again, in the language of the state; in the one before where its words cannot
 * be had. */
async function applyLanguage() {
  const lang = languageOf(state.lang, navigator.languages);
  try {
    await speak(lang);
  } catch (error) {
    note(() => words.WORDS.notSpoken(String(error)));
    if (state.lang === lang) state = { ...state, lang: words.lang }; // so that it can be asked for again
  }
  if (root.lang !== words.lang) writeTexts();
  root.lang = words.lang;
  controls.name();
  controls.reflect(state);
  linkWhole?.(state);
  for (const [id, say] of Object.entries(said)) tell(id, say);
  lessons.update();
  drawAgain();
}

/** The address follows the state, not too often. A frame without an address of its own (srcdoc) goes without. */
function writeAddress() {
  if (addressTimer) return;
  addressTimer = window.setTimeout(() => {
    addressTimer = 0;
    try {
      history.replaceState(null, '', `#${format(state)}`);
    } catch {}
  }, ADDRESS_PAUSE);
}

/** @param {State} next @param {string[]} keys that may have changed */
function take(next, keys) {
  state = next;
  controls.reflect(state);
  if (keys.includes('embed') && state.embed !== root.dataset.embed) location.reload(); // what is gone does not come back
  linkWhole?.(state);
  if (keys.includes('theme')) applyTheme();
  if (keys.includes('lang')) applyLanguage();
  // of the first inputs there are no weights but those that were looked at
  const looks = reply?.coarse && (keys.includes('layer') || keys.includes('tensor'));
  if (looks || keys.some((key) => !rowOf(key).view)) client?.request(state);
  if (keys.some((key) => rowOf(key).view)) drawAgain(); // all else is drawn when it has been computed
  lessons.update();
  see();
}

/** Where there are images, the chosen layer is to be seen. */
function see() {
  const { state: shown, networks } = reply ?? {};
  if (shown && networks && (shown.kind === 'conv' || networks.A.images))
    client?.see(layerShown(networks.A.spec.layers, Math.min(state.layer, shown.depth)));
}

/** @param {Partial<State>} changes made by the reader */
function change(changes) {
  note(() => '');
  take({ ...state, ...changes }, Object.keys(changes));
  writeAddress();
}

const choose = (/** @type {number} */ layer) => change({ layer: Math.min(state.depth, Math.max(1, layer)) });

/** Where a key leads from a layer. @type {Record<string, (layer: number) => number>} */
const KEYS = {
  ArrowUp: (layer) => layer - 1,
  ArrowLeft: (layer) => layer - 1,
  ArrowDown: (layer) => layer + 1,
  ArrowRight: (layer) => layer + 1,
  PageUp: (layer) => layer - 10,
  PageDown: (layer) => layer + 10,
  Home: () => 1,
  End: () => Infinity,
};

const controls = createControls(/** @type {HTMLFormElement} */ (element('controls')), change, note);

/** The point of the chart of rms by depth, once it is drawn. @type {ReturnType<typeof createSheet>['at']} */
let pointAt = () => null;

const lessons = createHost({
  state: () => state,
  reply: () => reply,
  change,
  redraw: drawAgain,
  at: (x, y) => pointAt(x, y),
  note,
  say: (text) => speaker.say(text),
});

function listen() {
  addEventListener('hashchange', () => {
    if (location.hash.replace(/^#/, '') === format(state)) return;
    const { state: next, ignored } = parse(location.hash);
    take(
      next,
      Object.keys(next).filter((key) => next[key] !== state[key]),
    );
    note(() => words.ignoredWords(ignored));
  });
  addEventListener('resize', drawAgain);
  addEventListener('contextrestored', drawAgain, true); // of a canvas whose picture the browser had dropped
  element('again').addEventListener('click', () => (client ? client.request(state) : location.reload()));
  darkMedia.addEventListener('change', applyTheme);
  matchMedia('(forced-colors: active)').addEventListener('change', applyTheme);
  wideMedia.addEventListener('change', openMore);
  element('sheet').addEventListener('focusin', uncover);
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault(); // the address is the state's
    element('sheet').focus();
  });
  for (const fold of document.querySelectorAll('.experiments details')) {
    // where it is open the controls may go with the page, away from who opened it
    fold.addEventListener('toggle', () => fold.hasAttribute('open') && fold.scrollIntoView({ block: 'nearest' }));
  }
  const table = element('run');
  table.closest('details')?.addEventListener('toggle', drawAgain);
  /** @type {HTMLElement} */ (table.parentElement).tabIndex = 0; // what scrolls must do so by the keyboard
  element('sheet').addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // Alt and an arrow lead back
    const move = event.target instanceof HTMLCanvasElement && KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    choose(move(Math.min(state.layer, state.depth)));
  });
}

/** The one that was chosen last: a large one may be read for longer than the next. @type {File | undefined} */
let newestFile;

/** The reader's own image file becomes the input, or a sentence says why not. @param {File | undefined} file */
async function useFile(file) {
  if (!file) return;
  newestFile = file;
  try {
    const picture = await readPicture(file);
    if (file !== newestFile) return;
    requireContrast(picture, imagesOf({ ...state, input: OWN }));
    client?.usePicture(picture);
    change({ input: OWN });
    note(() => words.WORDS.picture(picture.name), true);
  } catch (error) {
    if (file !== newestFile) return;
    const { say, message } = /** @type {Error & { say?: () => string }} */ (error);
    note(() => say?.() ?? message, true);
  }
}

/** A file may be dropped anywhere on the page, or chosen. */
function listenForFiles() {
  const chooser = /** @type {HTMLInputElement} */ (element('picture'));
  chooser.accept = ACCEPT;
  chooser.addEventListener('change', () => useFile(chooser.files?.[0]));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    useFile(event.dataTransfer?.files[0]);
  });
}

/** What has failed, in a sentence, and whether there is sense in trying again. @param {() => string} say
 * @param {boolean} again */
function fail(say, again) {
  if (!again && document.activeElement === element('again')) element('sheet').focus(); // what is hidden cannot keep it
  element('again').hidden = !again;
  if (element('failure').textContent !== say()) tell('failure', say); // else it would be read out again
}

/** The engine's module, compiled as it is unpacked. */
async function compile() {
  const unpacking = new DecompressionStream('gzip');
  const writer = unpacking.writable.getWriter();
  writer.write(packed);
  writer.close();
  const headers = { 'Content-Type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(unpacking.readable, { headers }));
}

async function start() {
  const module = compile();
  const [a, b, sheet] = await Promise.all([
    openPort(serveWorker, module),
    openPort(serveWorker, module),
    module.then(() => createSheet(element('sheet'), choose, drawChanges)), // while the workers start
  ]);
  await speaking;
  root.dataset.engine = a.where;
  verdicts = () => (reply ? `${sheet.verdicts(reply)} ${lessons.spoken()}`.trim() : '');
  pointAt = sheet.at;
  begin = (again) => {
    const view = /** @type {any} */ ({ ...state, sketched: lessons.sketched() });
    return reply && lessons.ready() ? sheet.draw(reply, view, a.tables, again) : null;
  };
  client = createClient(
    { A: a.port, B: b.port },
    (next) => {
      reply = next;
      lessons.update();
      drawChanges();
      see();
      const stopped = LETTERS.map((letter) => next.networks[letter].error).find((error) => error?.startsWith(STOPPED));
      fail(() => words.refusalWords(stopped ?? ''), stopped !== undefined);
    },
    () => openPort(serveWorker, module).then(({ port }) => port),
    () => sheet.ridgesInView() && !BACKWARD.includes(state.tensor),
  );
  client.request(state);
  controls.offer(a.tables); // while it is run
  controls.reflect(state);
  listenForFiles();
}

root.dataset.embed = state.embed;
/** In a frame: has the link to the whole page lead to a state. */
const linkWhole = state.embed === '1' ? embed(/** @type {HTMLFormElement} */ (element('controls')), state) : null;
applyTheme();
openMore();
controls.reflect(state);
said.note = () => words.ignoredWords(opened.ignored);
const speaking = applyLanguage(); // while the engine starts
listen();
listenForSharing({ state: () => state, reply: () => reply, drawAtOnce, note });
lessons.update();
start().catch((error) => {
  const missing = [typeof WebAssembly, typeof DecompressionStream].includes('undefined');
  const old = missing || error instanceof WebAssembly.CompileError;
  fail(() => (old ? words.WORDS.noSimd : words.WORDS.noStart(String(error))), !old);
  root.dataset.engine = 'none';
});
