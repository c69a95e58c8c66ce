/**
 * phase-view.js: the view Phase map: its elements, what they say of A and B, and what the reader does there.
 *
 * Where A and B stand, and what moves them, is in phase-points.js; the map itself in phase-grid.js, its drawing in
 * phase-chart.js.
 */
import { HOMOGENEOUS } from '../engine/tables.js';
import { PHASE_WORDS } from '../locales/en/phase.js';
import { make } from '../page/elements.js';
import { createPhaseChart } from './phase-chart.js';
import { createGrid, fillColumn, isFull, leastRange, rangeFor } from './phase-grid.js';
import { makeHandles } from './phase-handles.js';
import { openMaps } from './phase-maps.js';
import { numbersOfPhase } from './phase-numbers.js';
import { moveTo, standOf } from './phase-points.js';

/** @typedef {import('./phase-host.js').Host} Host */
/** @typedef {import('./phase-points.js').Stand} Stand */
/** @typedef {import('./phase-grid.js').Place} Place */
/** @typedef {import('./phase-grid.js').Grid} Grid */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** Milliseconds of a frame in which columns are filled. */
const SLICE = 12;

/** The fineness of the grid that follows the first. */
const FINE = 2;

/** The map of an activation: the engine's, and the grid that is shown. @typedef {{ activation: string,
 *   choice: string, map: import('../engine/phase.js').PhaseMap, least: Place, grid: Grid, next: Grid | null }} Held choice: the activation with its
 *   parameter; next: a finer grid that is being filled */

/** The button of the figure that saves it. */
function makeSave() {
  const [svg, line] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', 'M8 2v8M5 7l3 3 3-3M3 11v3h10v-3');
  svg.append(line);
  return make('button.save plain', { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, svg);
}

/** The elements of the view. */
function makeElements() {
  const [title, text, heading, caption, save] = [
    make('h2.unseen'),
    make('p.text'),
    make('h3'),
    make('figcaption'),
    makeSave(),
  ];
  const told = Object.fromEntries(
    LETTERS.map((letter) => {
      const parts = ['place', 'word', 'sentence', 'reach', 'figures'].map((name) => make(`span.${name}`));
      const [place, ...rest] = parts;
      const head = make('h3', {}, make('b', {}, letter), ' ', place);
      const section = make(`div.stand ${letter}`, {}, head, make('p', {}, ...rest.flatMap((part) => [part, ' '])));
      return [letter, { section, parts }];
    }),
  );
  const canvas = make('canvas', { role: 'img' });
  const plot = make('div.plot', {}, canvas);
  const figure = make('figure', { id: 'phase-map' }, heading, save, plot, caption);
  const texts = make('div.stands', {}, text, ...LETTERS.map((letter) => told[letter].section));
  const section = make('section', { id: 'phase', className: 'phase', hidden: true }, title, texts, figure);
  return { section, title, text, told, figure, heading, save, plot, canvas, caption };
}

/** @param {Host} host */
export function createView(host) {
  const texts = () => /** @type {typeof PHASE_WORDS} */ (host.words().PHASE_WORDS ?? PHASE_WORDS);
  const elements = makeElements();
  const { section, figure, canvas, plot } = elements;
  host.find('#sheet').prepend(section);
  const chart = createPhaseChart(host, canvas);
  const setNumbers = host.createNumbersTable(figure);
  /** @type {Awaited<ReturnType<typeof openMaps>> | null} */
  let engine = null;
  let isLoading = false;
  /** @type {Held | null} */
  let held = null;
  /** The last of each letter's points, since a point takes milliseconds.
   * @type {Record<string, import('../engine/phase.js').PhasePoint & { choice: string }>} */
  const points = {};
  let frame = 0;

  async function load() {
    isLoading = true;
    try {
      engine = await openMaps(host.loadPart);
      change();
    } catch (error) {
      host.note(() => String(error));
    }
    isLoading = false;
  }

  /** Where A and B stand. @returns {Record<'A' | 'B', Stand | string>} */
  function stands() {
    const reply = host.reply();
    const of = (/** @type {'A' | 'B'} */ letter) =>
      reply ? standOf(host, host.state(), reply.networks[letter], letter) : 'coming';
    return { A: of('A'), B: of('B') };
  }

  /** @param {Record<'A' | 'B', Stand | string>} now @returns {(Stand & { letter: 'A' | 'B' })[]} */
  const standing = (now) =>
    LETTERS.flatMap((letter) => {
      const stand = now[letter];
      return typeof stand === 'string' ? [] : [{ ...stand, letter }];
    });

  /** The map for the state: another one for another activation, another grid for another range. @param {Place[]} places */
  function mapFor(places) {
    const { activation } = host.state();
    const asked = host.activationOf(host.state());
    const choice = JSON.stringify(asked);
    if (held?.choice !== choice) {
      held?.map.end();
      const map = /** @type {Awaited<ReturnType<typeof openMaps>>} */ (engine).phase(asked);
      const least = leastRange(map);
      held = { activation, choice, map, least, grid: createGrid(rangeFor(least, places)), next: null };
    }
    const most = rangeFor(held.least, places);
    const shown = held.grid.most;
    const isOther = most.weightSquare !== shown.weightSquare || most.biasSquare !== shown.biasSquare;
    if (isOther && !handles.isMoving()) Object.assign(held, { grid: createGrid(most), next: null }); // under the finger the axes stay
    return /** @type {Held} */ (held);
  }

  /** Fills the grid for as long as a frame has time, then a finer one, which takes its place. @param {Held} now
   * @returns {boolean} whether all is done */
  function fill(now) {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      if (!isFull(now.grid)) fillColumn(now.grid, now.map);
      else if (now.grid.fineness === FINE) return true;
      else if (!now.next) now.next = createGrid(now.grid.most, FINE);
      else if (!isFull(now.next)) fillColumn(now.next, now.map);
      else Object.assign(now, { grid: now.next, next: null });
    }
    return false;
  }

  /** What happens where a letter stands. @param {Held} now @param {'A' | 'B'} letter @param {Place} place */
  function pointOf({ choice, map }, letter, { weightSquare, biasSquare }) {
    const last = points[letter];
    const isSame = last?.choice === choice && last.weightSquare === weightSquare && last.biasSquare === biasSquare;
    if (!isSame) points[letter] = { ...map.point(weightSquare, biasSquare), choice };
    return points[letter];
  }

  /** Moves a network, and says why where it cannot come there. @param {'A' | 'B'} letter @param {Partial<Place>} to */
  function move(letter, to) {
    const stand = stands()[letter];
    if (typeof stand === 'string') return;
    const { changes, held: reasons } = moveTo(host, host.state(), stand, letter, to);
    if (Object.keys(changes).length > 0) host.change(changes);
    if (reasons.length > 0) host.note(() => reasons.map((reason) => texts().held[reason](letter)).join(' '));
  }

  const handles = makeHandles(plot, {
    ...{ chart, move, stopped: change },
    standOf: (letter) => {
      const stand = stands()[letter];
      return typeof stand === 'string' ? null : stand;
    },
    most: () => held?.grid.most ?? { weightSquare: 1, biasSquare: 1 },
  });

  /** @param {'A' | 'B'} letter @param {Stand | string} stand @param {Held} now */
  function write(letter, stand, now) {
    const own = texts();
    const [place, word, sentence, reach, figures] = elements.told[letter].parts;
    const handle = handles.of(letter);
    handle.hidden = typeof stand === 'string';
    if (typeof stand === 'string') {
      for (const part of [place, word, reach, figures]) part.textContent = '';
      sentence.textContent = own.missing[stand];
      return '';
    }
    const point = pointOf(now, letter, stand);
    const where = own.place(stand.weightSquare, stand.biasSquare);
    const state = own.states[point.phase];
    place.textContent = `${where} · ${own.where(stand.count, stand.total)}`;
    word.textContent = state;
    sentence.textContent = own.sentence(point, HOMOGENEOUS.includes(now.activation));
    reach.textContent = point.phase === 'explodes' ? '' : own.reach(6 * point.depth, host.depthOf(host.state()));
    figures.textContent = own.figures(point);
    const value = own.value(where, state, point.depth);
    Object.assign(handle, { ariaLabel: own.handle(letter), ariaValueText: value });
    handle.setAttribute('aria-valuemax', String(now.grid.most.weightSquare));
    handle.setAttribute('aria-valuenow', stand.weightSquare.toPrecision(3));
    return `${letter}: ${value}.`;
  }

  function draw() {
    frame = 0;
    if (section.hidden) return;
    const own = texts();
    const depth = host.depthOf(host.state());
    const { activation, parameter } = host.state();
    section.ariaLabel = elements.title.textContent = own.title;
    elements.text.textContent = own.text;
    const name = `${host.words().choiceWords(activation)}${parameter === null ? '' : ` ${host.words().exact(parameter)}`}`;
    elements.heading.textContent = own.heading(name);
    elements.save.ariaLabel = own.save;
    elements.caption.textContent = own.caption(depth);
    if (!engine) {
      if (!isLoading) load();
      return;
    }
    const now = stands();
    const shown = standing(now);
    const here = mapFor(shown);
    const isDone = fill(here);
    const { grid } = here;
    const lines = LETTERS.map((letter) => write(letter, now[letter], here)).filter(Boolean);
    canvas.ariaLabel = own.label(name, lines);
    chart.update({ grid, depth, texts: own, points: shown.map((stand) => ({ letter: stand.letter, place: stand })) });
    handles.place(shown);
    if (isDone) setNumbers(() => numbersOfPhase(grid, depth, own));
    else change();
    section.dataset.drawn = isDone ? [activation, ...shown.map(({ letter }) => letter)].join(' ') : '';
  }

  /** Something has changed: it is shown in the next frame. */
  function change() {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  // the page has read its colours by the next frame
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', change);
  new ResizeObserver(change).observe(plot); // so that the handles stay over their points

  return {
    /** Follows a change of the state, the reply or the language. */
    update() {
      section.hidden = host.state().phase !== '1';
      if (!section.hidden) change();
    },
  };
}
