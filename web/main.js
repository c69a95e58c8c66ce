/**
 * main.js: wiring only. Address -> state -> controls and client -> sheet. What each of them does is in its own file.
 */

import packed from '../build/small.gz';
import serveWorker from '../build/worker.bundle';
import { BACKWARD } from './charts/bins.js';
import { fitCharts } from './charts/chartjs.js';
import { createSheet } from './charts/sheet.js';
import { createHost } from './lessons/host.js';
import { createLibraries } from './libraries/libraries-host.js';
import { later } from './locales/en/later.js';
import { learn, words } from './locales/words.js';
import { createAddress } from './page/address.js';
import { createControls } from './page/controls.js';
import { embed } from './page/embed.js';
import { listenForFolds } from './page/folds.js';
import { createFrames } from './page/frames.js';
import { listenForImages } from './page/image-chooser.js';
import { listenForKeys } from './page/keyboard.js';
import { createLanguage, languageOf } from './page/language.js';
import { createLegend } from './page/legend.js';
import { createNotes } from './page/notes.js';
import { createOpening } from './page/opening.js';
import { overruledChange } from './page/overruled.js';
import { createOwnStack } from './page/own-stack.js';
import { loadPart } from './page/parts.js';
import { createRemedy } from './page/remedy.js';
import { listenForScreen } from './page/screen.js';
import { createSpeaker } from './page/speech.js';
import { listenForTerms } from './page/terms.js';
import { applyTheme, watchSystemColours } from './page/theme.js';
import { createPhase } from './phase/phase-host.js';
import { createClient } from './run/client.js';
import { isTooOld } from './run/module.js';
import { openEngine } from './run/ports.js';
import { findLayerToSee, findStopped, takeOver } from './run/reply.js';
import { listenForSharing } from './share/sharing.js';
import { linesOf } from './state/lines.js';
import { depthOf } from './state/stacks.js';
import { LETTERS, parse, rowOf } from './state/state.js';
import { createTraining } from './training/training-host.js';

/** @typedef {import('./run/reply.js').Reply} Reply */
/** @typedef {import('./state/state.js').State} State */

const root = document.documentElement;
const language = createLanguage(root);
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const opened = parse(location.hash);
let state = opened.state;
let client = /** @type {ReturnType<typeof createClient> | null} */ (null);
let reply = /** @type {Reply | null} */ (null);
/** The sheet, the engine's tables and the offers of what fits, once the engine has started.
 * @type {{ sheet: ReturnType<typeof createSheet>, tables: import('./engine/spec.js').Tables,
 *   remedy: ReturnType<typeof createRemedy> } | null} */
let started = null;

/** The verdicts on A and B, to be read out; '' while they are not known. */
const verdicts = () =>
  reply && started && !isBusy() && !state.train ? `${started.sheet.verdicts(reply)} ${lessons.spoken()}`.trim() : '';

const { drawChanges, drawAgain, drawNow, isBusy } = createFrames(beginDrawing, endDrawing);
const speaker = createSpeaker(element('spoken'), verdicts);
const { note, noteLater, fail, writeAgain } = createNotes(element, speaker.say);
const address = createAddress(
  () => state,
  (found) => opening.open(found),
);
const legend = createLegend(element('legend'), () => state, change);
/** What parts of the page read and call. */
const page = {
  state: () => state,
  reply: () => reply,
  change,
  note,
  say: (/** @type {string} */ text) => speaker.say(text),
};
const ownStack = createOwnStack({
  ...page,
  find: element,
  takeRead: (changes) => opening.takeRead(changes),
});
const opening = createOpening({ ...page, take, drawChanges, spoken: () => speaking, ownStack }, opened);
const controls = createControls(/** @type {HTMLFormElement} */ (element('controls')), change, note, ownStack.begin);
const pointAt = (/** @type {number} */ x, /** @type {number} */ y) => started?.sheet.locateOnRms(x, y) ?? null;
const lessons = createHost({ ...page, redraw: drawAgain, pointAt, training: () => training });
const told = () => lessons.update();
const phase = createPhase(page);
const libraries = createLibraries(page);
const training = createTraining({ ...page, redraw: drawChanges, isBusy, isReading: ownStack.isReading, told });

/** @param {boolean} again whether everything is drawn again, or only what has changed */
function beginDrawing(again) {
  if (!reply || !started || !lessons.ready()) return null;
  const { layer, tensor, format } = state;
  const seen = { layer, tensor, format, lines: linesOf(state), sketched: lessons.sketched() };
  return started.sheet.draw(training.reply() ?? reply, seen, started.tables, again);
}

/** Called when all is drawn: marks the sheet where nothing is still to come. Only tests read that mark. */
function endDrawing() {
  speaker.speak();
  const isSpoken = words.lang === languageOf(state.lang, navigator.languages) && !later.isComing;
  const isReady = lessons.ready() && started?.sheet.ready() && !ownStack.isReading();
  if (client?.isAtRest() && isReady && isSpoken) element('sheet').dataset.settled = 'true';
}

function drawInTheme() {
  applyTheme(state.theme);
  drawAgain();
}

/** Draws everything before it returns. @param {number} [fineness] dots to a CSS pixel; default: the screen's */
function drawAtOnce(fineness) {
  drawInTheme();
  fitCharts(fineness);
  drawNow();
}

/** Shows the state in the controls, the legend and an embed's link to the whole page. */
function reflect() {
  ownStack.reflect(state);
  controls.reflect(state, ownStack.isOwn());
  legend.reflect(state);
  linkWhole?.(state);
}

/** Has lessons and views follow what has changed. */
function follow() {
  lessons.update();
  training.update();
  phase.update();
  libraries.update();
}

/** Writes every text again that depends on the words. */
function writeTexts() {
  ownStack.write();
  writeAgain();
  started?.remedy.write();
  follow();
  drawAgain();
}

/** Loads the sentences on refusals, and writes them where they are missing. */
later.load = async () => {
  try {
    learn(await loadPart('refusals'));
    later.isComing = false;
    writeTexts();
  } catch (error) {
    later.isComing = false; // so that the next refusal asks again
    note(() => String(error));
  }
};

/** Writes every text again in the language of the state, or in the one before where its words cannot be loaded. */
async function applyLanguage() {
  const lang = languageOf(state.lang, navigator.languages);
  const failure = await language.speak(lang);
  if (failure) note(() => words.WORDS.notSpoken(failure));
  if (failure && state.lang === lang) state = { ...state, lang: words.lang }; // so that the reader can ask again
  controls.name();
  reflect();
  writeTexts();
}

/** Has the networks of the state run, once its line has been read. */
function request() {
  if (!ownStack.isReading()) client?.request(state);
}

/** @param {State} next @param {string[]} keys that may have changed */
function take(next, keys) {
  if (keys.length > 0) delete element('sheet').dataset.settled; // until the change has been drawn
  state = next;
  reflect();
  if (keys.includes('embed') && state.embed !== root.dataset.embed) location.reload(); // an embed has lost its controls
  if (keys.includes('theme')) drawInTheme();
  if (keys.includes('lang')) applyLanguage();
  // a coarse reply has the weights of the chosen layer only
  const looksElsewhere = reply?.coarse && (keys.includes('layer') || keys.includes('tensor'));
  if (looksElsewhere || keys.some((key) => !rowOf(key).view)) request();
  const viewed = keys.filter((key) => rowOf(key).view);
  if (String(viewed) === 'train') drawChanges();
  else if (viewed.length > 0) drawAgain(); // all else is drawn once it has been computed
  follow();
  see();
}

/** Takes over changes that the reader made. @param {Partial<State>} changes */
function change(changes) {
  const [keys, next] = [Object.keys(changes), { ...state, ...changes }];
  note(overruledChange(state, next, keys));
  if (changes.stack === '') ownStack.leave();
  ownStack.retry(next);
  take(next, keys);
  address.write();
}

const choose = (/** @type {number} */ layer) => change({ layer: Math.min(depthOf(state), Math.max(1, layer)) });

/** Asks what the chosen layer looks like, where there are images. */
function see() {
  const layer = reply && findLayerToSee(reply, state.layer);
  if (layer) client?.see(layer);
}

/** @param {Reply} next */
function show(next) {
  reply = next;
  follow();
  drawChanges();
  see();
  started?.remedy.show(next);
  const stopped = findStopped(next);
  fail(() => (stopped ? words.refusalWords(stopped) : ''), stopped !== undefined);
}

async function start() {
  const engine = openEngine(packed, serveWorker, () => loadPart('full'));
  const needsFull = () => LETTERS.some((letter) => engine.lacks(takeOver(null, state, letter, 0, false)));
  const ports = ownStack.settle().then(() => engine.open(needsFull()));
  const createLater = () => createSheet(element('sheet'), { choose, redraw: drawChanges, note, load: loadPart });
  const [[a, b], sheet] = await Promise.all([ports, engine.module.then(createLater)]); // the workers start meanwhile
  await speaking;
  root.dataset.engine = a.where;
  started = { sheet, tables: a.tables, remedy: createRemedy(element, change, engine.load) };
  const wantsFirstLayers = () => sheet.ridgesInView() && !BACKWARD.includes(state.tensor);
  client = createClient({ A: a.port, B: b.port }, show, engine.reopen, wantsFirstLayers, engine);
  request();
  controls.offer(a.tables); // while the networks run
  reflect();
  listenForImages(/** @type {HTMLInputElement} */ (element('picture')), { ...page, usePicture: client.usePicture });
}

root.dataset.embed = state.embed;
listenForFolds(element, drawAgain);
listenForTerms(note);
/** Has an embed's link to the whole page lead to a state. */
const linkWhole = state.embed === '1' ? embed(/** @type {HTMLFormElement} */ (element('controls')), state) : null;
drawInTheme();
reflect();
noteLater(opening.said);
ownStack.read(state); // while the engine starts
const speaking = applyLanguage();
watchSystemColours(drawInTheme);
listenForScreen(drawAtOnce, () => take(state, []));
listenForKeys(element('sheet'), element('controls'), () => Math.min(state.layer, depthOf(state)), choose);
const loadFormulas = () => started?.sheet.loadFormulas();
listenForSharing({
  ...page,
  reply: () => training.reply() ?? reply,
  trained: training.shown,
  drawAtOnce,
  loadFormulas,
});
element('again').addEventListener('click', () => (client ? client.request(state) : location.reload()));
lessons.update();
start().catch((error) => {
  fail(() => (isTooOld(error) ? words.WORDS.noSimd : words.WORDS.noStart(String(error))), !isTooOld(error));
  root.dataset.engine = 'none';
});
