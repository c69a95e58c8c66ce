/**
 * coordinates-view.js: the coordinate check: its elements, what each network has told, and what the reader does there.
 *
 * What trains is in coordinates-plan.js, the workers in ../pair-run.js, the drawing in coordinates-chart.js.
 */
import { COORDINATE_WORDS } from '../../locales/en/coordinates.js';
import { make, makeButton } from '../../page/elements.js';
import { makeLine, makeSave } from '../drawings.js';
import { createPairRun } from '../pair-run.js';
import { createCoordinatesChart, STYLES } from './coordinates-chart.js';
import { numbersOfCoordinates } from './coordinates-numbers.js';
import {
  BATCH,
  changesOf,
  keyOf,
  LAYERS,
  networksOf,
  optionsOf,
  order,
  PARAMETRIZATIONS,
  RATE,
  read,
  SPEC,
  STEPS,
} from './coordinates-plan.js';

/** @typedef {import('../training-host.js').Host} Host */
/** @typedef {import('./coordinates-plan.js').Point} Point */

/**
 * @typedef {object} Tools
 * @property {() => Promise<any>} open opens a port to a worker that trains
 * @property {() => void} pause stops the training of A and B
 * @property {{ inputs: Float32Array, labels: Uint8Array }} data digits
 */

/** @param {Host} host @param {Tools} tools */
export function createCheck(host, { open, pause, data }) {
  const texts = () => /** @type {typeof COORDINATE_WORDS} */ (host.words().COORDINATE_WORDS ?? COORDINATE_WORDS);
  /** @type {import('./coordinates-plan.js').Known} */
  const known = new Map();
  /** The step that is shown. */
  let step = STEPS[0];
  let frame = 0;
  const run = createPairRun(open, change);
  const count = order().length;

  const fill = makeButton('', toggle, { className: 'fill' });
  const menu = make('select', { id: 'coordinates-step', onchange: () => choose(Number(menu.value)) });
  const label = make('label', { htmlFor: menu.id });
  const progress = make('span.progress');
  const text = make('p');
  const said = make('p.said');
  const canvas = make('canvas', { role: 'img' });
  const save = makeSave();
  const title = make('h3');
  const caption = make('figcaption');
  const names = PARAMETRIZATIONS.map((name) => {
    const { letter, dash } = STYLES[name];
    const word = name === 'mup' ? make('button.term', { type: 'button', 'data-term': 'mup' }) : make('span');
    return { name, word, line: make(`span.${letter}`, {}, makeLine(dash.join(' '))) };
  });
  const key = make('p.key', {}, ...names.map(({ line, word }) => make('span', {}, line, word)));
  const plot = make('div.plot', {}, canvas);
  const figure = make('figure', { id: 'coordinates' }, title, save, key, plot, caption);
  const chart = createCoordinatesChart(canvas, host);
  const setNumbers = host.createNumbersTable(figure);
  const bar = make('div.coordinates-bar', {}, fill, make('div.field', {}, label, menu), progress);
  const element = make('div.coordinates-body', { hidden: true }, text, bar, said, figure);

  /** @param {Point} point */
  const messageOf = (point) => ({ type: 'coordinates', spec: SPEC, options: optionsOf(point, data) });

  /** A network that was refused has no points. @param {Point} point @param {any} answer */
  function take(point, { steps = [] }) {
    known.set(keyOf(point), steps);
    host.told(); // a lesson may wait for it
    if (known.size === count) host.say(sentence(read(known, step)));
    change();
  }

  /** Trains what is left. */
  function start() {
    if (run.isRunning() || run.left() === 0) return;
    pause();
    run.go(messageOf, take);
    change();
  }

  function toggle() {
    if (run.isRunning()) {
      run.stop();
      return;
    }
    if (run.left() === 0) restart();
    start();
  }

  /** Forgets what is known. */
  function restart() {
    known.clear();
    run.set(order());
  }

  /** @param {number} next */
  function choose(next) {
    step = next;
    change();
  }

  /** @param {ReturnType<typeof read>} found */
  const sentence = (found) => (found ? texts().sentence(step, found.to, found.seen) : '');

  function draw() {
    frame = 0;
    if (element.hidden) return;
    const own = texts();
    const isRunning = run.isRunning();
    const found = read(known, step);
    title.textContent = own.title;
    text.textContent = own.text(BATCH, RATE);
    label.textContent = own.after;
    for (const option of menu.options) option.textContent = own.steps(Number(option.value));
    for (const { name, word } of names) word.textContent = own[name];
    caption.textContent = own.caption(step, found?.seen ?? null);
    save.ariaLabel = own.save;
    said.textContent = sentence(found);
    canvas.ariaLabel = own.label(known.size, count, said.textContent);
    fill.textContent = isRunning ? own.stop : known.size === 0 ? own.fill : known.size < count ? own.goOn : own.again;
    const failure = run.error();
    progress.textContent = failure
      ? own.failed(String(failure))
      : known.size > 0 || isRunning
        ? own.progress(known.size, count)
        : '';
    menu.value = String(step);
    Object.assign(element.dataset, { done: known.size, running: isRunning });
    figure.dataset.run = own.run(BATCH, RATE, step);
    const changes = (/** @type {any} */ name, /** @type {number} */ layer) => changesOf(known, name, step, layer);
    const all = STEPS.flatMap((one) =>
      PARAMETRIZATIONS.flatMap((name) => LAYERS.flatMap((layer) => changesOf(known, name, one, layer))),
    );
    chart.update({ changes, all, texts: own });
    setNumbers(() => numbersOfCoordinates(known, own));
  }

  /** Something has changed: it is shown in the next frame. */
  function change() {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  menu.append(...STEPS.map((one) => make('option', { value: String(one) })));
  run.set(order());

  return {
    element,
    start,
    networks: () => networksOf(known),

    /** Shows or hides the check, in the page's language. Hidden, it trains nothing. @param {boolean} isOpen */
    show(isOpen) {
      if (!isOpen && !element.hidden) run.stop();
      element.hidden = !isOpen;
      if (isOpen) change();
    },
  };
}
