/**
 * map-view.js: the map of trainable depth: its elements, what each network reached, and what the reader does there.
 *
 * What trains is in map-plan.js, the workers in ../pair-run.js, the drawing in map-chart.js.
 */
import { MAP_WORDS } from '../../locales/en/map.js';
import { make, makeButton } from '../../page/elements.js';
import { makeSave } from '../drawings.js';
import { LEARNED } from '../judgement.js';
import { createPairRun } from '../pair-run.js';
import { createMapChart } from './map-chart.js';
import { numbersOfMap } from './map-numbers.js';
import { CELLS, changesOf, keyOf, limitOf, meanOf, order, SEEDS, STEPS, USUAL_STEPS } from './map-plan.js';

/** @typedef {import('../training-host.js').Host} Host */
/** @typedef {import('./map-plan.js').Cell} Cell */
/** @typedef {Cell & { seed: number }} Drawn a cell's network of one seed */

/**
 * @typedef {object} Tools
 * @property {() => Promise<any>} open opens a port to a worker that trains
 * @property {() => void} pause stops the training of A and B
 * @property {(changes: any, step: number, text: () => string) => void} openCell has the page train a network as A, by
 *   its state, up to a step, and say what has changed
 * @property {any} options of every training
 * @property {(state: any) => any} specOf the network that A trains in a state
 * @property {number[]} scales see map-scales.js
 */

/** @param {Host} host @param {Tools} tools */
export function createMap(host, { open, pause, openCell, options, specOf, scales }) {
  const texts = () => /** @type {typeof MAP_WORDS} */ (host.words().MAP_WORDS ?? MAP_WORDS);
  /** What each network reached, by cell and then by seed. @type {Map<string, (number | undefined)[]>} */
  const reached = new Map();
  const limit = limitOf(scales);
  let steps = USUAL_STEPS;
  let frame = 0;
  const run = createPairRun(open, change);

  const fill = makeButton('', toggle, { className: 'fill' });
  const menu = make('select', { id: 'map-steps', onchange: () => restart(Number(menu.value)) });
  const label = make('label', { htmlFor: menu.id });
  const progress = make('span.progress');
  const text = make('p');
  const canvas = make('canvas', { role: 'img' });
  const save = makeSave();
  const title = make('h3');
  const caption = make('figcaption');
  const plot = make('div.plot', {}, canvas);
  const chart = createMapChart(host, canvas, choose);
  plot.append(chart.overlay);
  const figure = make('figure', { id: 'map' }, title, save, plot, caption);
  const setNumbers = host.createNumbersTable(figure);
  const bar = make('div.map-bar', {}, fill, make('div.field', {}, label, menu), progress);
  const element = make('div.map-body', { hidden: true }, text, bar, figure);

  /** @param {Cell} cell */
  const valuesOf = (cell) => reached.get(keyOf(cell)) ?? [];
  const countDone = () =>
    CELLS.reduce((sum, cell) => sum + valuesOf(cell).filter((one) => one !== undefined).length, 0);
  const count = CELLS.length * SEEDS.length;

  /** @param {Drawn} one */
  function messageOf(one) {
    const state = { ...host.state(), ...changesOf(one, one.seed) };
    return { type: 'cell', spec: specOf(state), options, steps };
  }

  /** @param {Drawn} one @param {any} answer */
  function take(one, { type, accuracy }) {
    const values = valuesOf(one);
    values[SEEDS.indexOf(one.seed)] = type === 'cell' ? accuracy : Number.NaN;
    reached.set(keyOf(one), values);
    if (countDone() === count) host.say(texts().filled(deepest()));
    change();
  }

  function toggle() {
    if (run.isRunning()) run.stop();
    else {
      pause();
      if (run.left() === 0) restart(steps);
      run.go(messageOf, take);
    }
    change();
  }

  /** Forgets what was reached. @param {number} next */
  function restart(next) {
    steps = next;
    reached.clear();
    run.set(order());
  }

  /** @param {Cell} cell */
  function choose(cell) {
    run.stop();
    openCell(changesOf(cell), steps, () => texts().opened(cell.depth, cell.square));
  }

  /** The deepest network of each variance that has learned, of those that are known. @returns {Cell[]} */
  const deepest = () => {
    /** @type {Map<number, Cell>} */
    const found = new Map();
    for (const cell of CELLS) if (meanOf(valuesOf(cell)) >= LEARNED) found.set(cell.square, cell);
    return [...found.values()];
  };

  /** @param {Cell} cell */
  function read(cell) {
    const values = valuesOf(cell);
    const known = values.filter((one) => one !== undefined).length;
    const accuracy = meanOf(values);
    const isWorking = run.isWorkingOn((one) => keyOf(one) === keyOf(cell));
    return {
      ...{ accuracy, isWhole: known === SEEDS.length, isWorking },
      label: texts().cell(cell.depth, cell.square, accuracy, known),
    };
  }

  function draw() {
    frame = 0;
    if (element.hidden) return;
    const own = texts();
    const done = countDone();
    const isRunning = run.isRunning();
    title.textContent = own.title;
    text.textContent = own.text;
    label.textContent = own.steps;
    caption.textContent = own.caption;
    save.ariaLabel = own.save;
    chart.overlay.ariaLabel = own.cells;
    canvas.ariaLabel = own.label(done, count, deepest());
    fill.textContent = isRunning ? own.stop : done === 0 ? own.fill : done < count ? own.goOn : own.again;
    const failure = run.error();
    progress.textContent = failure
      ? own.failed(String(failure))
      : done > 0 || isRunning
        ? own.progress(done, count)
        : '';
    menu.value = String(steps);
    Object.assign(element.dataset, { done, running: isRunning });
    figure.dataset.run = own.run(steps);
    chart.update({ read, limit, texts: own });
    setNumbers(() => numbersOfMap(valuesOf, scales, own));
  }

  /** Something has changed: it is shown in the next frame. */
  function change() {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  menu.append(...STEPS.map((one) => make('option', { value: String(one) }, host.words().count(one))));
  run.set(order());

  return {
    element,

    /** Shows or hides the map, in the page's language. Hidden, it trains nothing. @param {boolean} isOpen */
    show(isOpen) {
      if (!isOpen && !element.hidden) run.stop();
      element.hidden = !isOpen;
      if (isOpen) change();
    },
  };
}
