/*
 * The picture of a kernel's fans: the patch of the input that goes into one output, and the outputs that one number of
 * the input goes into, as sheets of cells, all to one scale. Which cells are lit is patch.js's to say, where they stand
 * piles.js's, how they are drawn drawing.js's, and every word locales/en/conv.js's; the counts are the caller's.
 */
import { words } from '../../locales/words.js';
import { write } from '../text.js';
import { drawBeam, drawNames, drawSheets, drawSides, drawZeros, node } from './kernel-drawing.js';
import { cellsOf, corners, HEIGHT, imageOf, layOut, middle, oneCell, outline, WIDTH } from './kernel-layout.js';
import { axisOf, inputsOf, insideOf, lengthOf, outputsOf, stepsOf, viewOf } from './patch.js';

/** @typedef {import('./patch.js').KernelShape} KernelShape */
/** @typedef {import('./patch.js').Axis} Axis */
/** @typedef {import('./kernel-layout.js').Area} Area */
/** @typedef {import('./kernel-layout.js').Pile} Pile */
/** @typedef {import('./kernel-layout.js').Point} Point */
/** @typedef {[row: number, column: number]} Place */

const STEP_TIME = 350; // ms a step of the slide

/** @param {Axis[]} axes @param {{ input: Pile, output: Pile }} piles */
function drawPiles(axes, piles) {
  const whole = axes.map((axis) => viewOf(axis).whole);
  const sizes = [axes.map(({ input }) => input), axes.map(({ output }) => output)];
  return [
    ...drawSheets(piles.input, imageOf(axes, 'input'), whole),
    ...drawSheets(piles.output, imageOf(axes, 'output'), whole),
    ...drawNames(piles, sizes),
  ];
}

/**
 * The patch that goes into one output.
 * @param {KernelShape} shape
 * @param {Axis[]} axes
 * @param {Place} at the output
 * @param {string} hatch
 */
function drawInto(shape, axes, at, hatch) {
  const piles = layOut(shape, axes, true);
  const area = /** @type {Area} */ (axes.map((axis, i) => inputsOf(axis, at[i])));
  const inside = (/** @type {number} */ row, /** @type {number} */ column) =>
    row >= 0 && row < axes[0].input && column >= 0 && column < axes[1].input;
  const sheets = [...Array(piles.input.lit).keys()];
  const one = corners(piles.output, 0, [oneCell(at[0]), oneCell(at[1])]);
  const cells = sheets.flatMap((sheet) => [
    node('path', { class: 'cells', d: cellsOf(piles.input, sheet, area, inside) }),
    ...drawZeros(piles.input, sheet, area, (row, column) => !inside(row, column), hatch),
  ]);
  const patches = sheets.map((sheet) => corners(piles.input, sheet, area));
  const beam = drawBeam(patches, middle(one));
  const zeros = area.reduce((product, span) => product * lengthOf(span), 1);
  const seen = axes.reduce((product, axis, i) => product * insideOf(axis, area[i]), 1);
  return {
    drawn: [
      ...drawPiles(axes, piles),
      ...cells,
      ...beam,
      node('path', { class: 'one', d: outline(one) }),
      ...drawSides(piles.input, area, imageOf(axes, 'input')),
    ],
    here: words.hereInWords(
      shape,
      zeros - seen,
      axes.map(({ output }) => output),
    ),
  };
}

/**
 * The outputs that one number goes into.
 * @param {KernelShape} shape
 * @param {Axis[]} axes
 * @param {Place} at the number
 */
function drawOutOf(shape, axes, at) {
  const piles = layOut(shape, axes, false);
  const area = /** @type {Area} */ (axes.map((axis, i) => outputsOf(axis, at[i])));
  const one = corners(piles.input, 0, [oneCell(at[0]), oneCell(at[1])]);
  const reached = area.map(lengthOf);
  const sheets = reached.includes(0) ? [] : [...Array(piles.output.lit).keys()];
  const cells = sheets.map((sheet) => node('path', { class: 'cells', d: cellsOf(piles.output, sheet, area) }));
  // the beam ends on the sides of the patches that face the input
  const patches = sheets.map((sheet) => mirrored(corners(piles.output, sheet, area))).reverse();
  const beam = sheets.length > 0 ? drawBeam(patches, middle(one)) : [];
  return {
    drawn: [...drawPiles(axes, piles), ...cells, ...beam, node('path', { class: 'one', d: outline(one) })],
    here: words.hereOutWords(shape, reached),
  };
}

/** @param {Point[]} corners clockwise from top left @returns {Point[]} anticlockwise from top right */
const mirrored = ([a, b, c, d]) => [b, a, d, c];

/**
 * Where a step of the slide stands, row by row; before the slide, where there is most to see.
 * @param {ReturnType<typeof stepsOf>[]} steps of rows and columns
 * @param {number | null} step
 * @param {'input' | 'output'} which
 * @returns {Place}
 */
function placeOf(steps, step, which) {
  if (step === null) return [steps[0][which], steps[1][which]];
  const [rows, columns] = steps.map((axis) => axis[`${which}s`]);
  return [rows[Math.floor(step / columns.length) % rows.length], columns[step % columns.length]];
}

/** Ids are the document's. */
let pictures = 0;

/** One picture with its words. @param {string} hatch id for its pattern */
function createFigure(hatch) {
  const figure = document.createElement('figure');
  const [heading, text, sentence, here] = ['h3', 'div', 'p', 'p'].map((name) => document.createElement(name));
  text.className = 'words';
  here.className = 'here';
  text.append(sentence, here);
  const svg = node('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
  const pattern = node(
    'pattern',
    { id: hatch, width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    node('path', { class: 'hatch', d: 'M2 0V4' }),
  );
  const drawing = node('g', {});
  svg.append(node('defs', {}, pattern), drawing);
  figure.append(heading, svg, text);
  return {
    figure,
    /** @param {{ term: string, sentence: string, label: string }} said */
    say({ term, sentence: told, label }) {
      write(heading, term);
      write(sentence, told);
      svg.setAttribute('aria-label', label);
    },
    /** @param {{ drawn: Element[], here: string }} picture */
    show(picture) {
      drawing.replaceChildren(...picture.drawn);
      write(here, picture.here);
    },
  };
}

/**
 * Two figures and a button into an element. Shapes are legal ones: the kernel finds room on the image, and groups
 * divide the channels. The slide runs only when it is asked for; where the reader wants no motion, the button takes one
 * step.
 * @param {Element} host
 * @returns {{ update(shape: KernelShape): void }}
 */
export function createKernel(host) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const hatches = ['in', 'out'].map((which) => `kernel-${++pictures}-${which}`);
  const [into, outOf] = hatches.map(createFigure);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'slide';
  host.classList.add('kernel');
  host.append(into.figure, outOf.figure, button);

  /** @type {KernelShape} */
  let shape;
  /** @type {Axis[]} */
  let axes = [];
  /** @type {number | null} step of the slide; null where it has not begun */
  let step = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function draw() {
    const steps = axes.map(stepsOf);
    into.show(drawInto(shape, axes, placeOf(steps, step, 'output'), hatches[0]));
    outOf.show(drawOutOf(shape, axes, placeOf(steps, step, 'input')));
  }

  function name() {
    write(button, calm.matches ? words.SLIDE.step : timer === undefined ? words.SLIDE.start : words.SLIDE.stop);
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    name();
  }

  function advance() {
    step = step === null ? 0 : step + 1;
    draw();
  }

  button.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    advance();
    if (!calm.matches) timer = setInterval(() => (host.isConnected ? advance() : stop()), STEP_TIME);
    name();
  });
  calm.addEventListener('change', stop);
  name();

  return {
    update(next) {
      shape = next;
      axes = [axisOf(shape, 0), axisOf(shape, 1)];
      if (timer === undefined) step = null;
      name();
      into.say(words.fanInWords(shape));
      outOf.say(words.fanOutWords(shape));
      draw();
    },
  };
}
