/**
 * kernel.js: the picture of a kernel's fans: the patch of the input that goes into one output, and the outputs that one
 * number of the input goes into. A button slides the kernel over the image.
 *
 * It counts nothing: fan_in and fan_out come with the shape. patch.js says which cells are lit, kernel-layout.js where
 * they are, and kernel-drawing.js draws them.
 */
import { write } from '../write.js';
import { createNode, drawBeam, drawNames, drawSheets, drawSides, drawZeros } from './kernel-drawing.js';
import { cellsOf, corners, HEIGHT, imageOf, layOut, middle, oneCell, outline, WIDTH } from './kernel-layout.js';
import { axisOf, inputsOf, insideOf, lengthOf, outputsOf, stepsOf, viewOf } from './patch.js';

/** @typedef {import('./image-section.js').ImageWords} Words */
/** @typedef {import('./patch.js').KernelShape} KernelShape */
/** @typedef {import('./patch.js').Axis} Axis */
/** @typedef {import('./kernel-layout.js').Area} Area */
/** @typedef {import('./kernel-layout.js').Pile} Pile */
/** @typedef {import('./kernel-layout.js').Point} Point */
/** @typedef {[row: number, column: number]} Position */

const STEP_TIME = 350; // milliseconds per step of the slide

/** @param {Words} words @param {Axis[]} axes @param {{ input: Pile, output: Pile }} piles */
function drawPiles(words, axes, piles) {
  const whole = axes.map((axis) => viewOf(axis).whole);
  const sizes = [axes.map(({ input }) => input), axes.map(({ output }) => output)];
  return [
    ...drawSheets(piles.input, imageOf(axes, 'input'), whole),
    ...drawSheets(piles.output, imageOf(axes, 'output'), whole),
    ...drawNames(words, piles, sizes),
  ];
}

/**
 * Draws the patch that goes into one output.
 * @param {Words} words
 * @param {KernelShape} shape
 * @param {Axis[]} axes rows and columns
 * @param {Position} output
 * @param {string} hatch id of the pattern for padding
 */
function drawFanIn(words, shape, axes, output, hatch) {
  const piles = layOut(shape, axes, true);
  const area = /** @type {Area} */ (axes.map((axis, i) => inputsOf(axis, output[i])));
  const inside = (/** @type {number} */ row, /** @type {number} */ column) =>
    row >= 0 && row < axes[0].input && column >= 0 && column < axes[1].input;
  const sheets = [...Array(piles.input.lit).keys()];
  const one = corners(piles.output, 0, [oneCell(output[0]), oneCell(output[1])]);
  const cells = sheets.flatMap((sheet) => [
    createNode('path', { class: 'cells', d: cellsOf(piles.input, sheet, area, inside) }),
    ...drawZeros(piles.input, sheet, area, (row, column) => !inside(row, column), hatch),
  ]);
  const patches = sheets.map((sheet) => corners(piles.input, sheet, area));
  const beam = drawBeam(patches, middle(one));
  const size = area.reduce((product, span) => product * lengthOf(span), 1);
  const onImage = axes.reduce((product, axis, i) => product * insideOf(axis, area[i]), 1);
  return {
    drawn: [
      ...drawPiles(words, axes, piles),
      ...cells,
      ...beam,
      createNode('path', { class: 'one', d: outline(one) }),
      ...drawSides(piles.input, area, imageOf(axes, 'input')),
    ],
    here: words.hereInWords(
      shape,
      size - onImage,
      axes.map((axis) => axis.output),
    ),
  };
}

/**
 * Draws the outputs that one number of the input goes into.
 * @param {Words} words
 * @param {KernelShape} shape
 * @param {Axis[]} axes rows and columns
 * @param {Position} input
 */
function drawFanOut(words, shape, axes, input) {
  const piles = layOut(shape, axes, false);
  const area = /** @type {Area} */ (axes.map((axis, i) => outputsOf(axis, input[i])));
  const one = corners(piles.input, 0, [oneCell(input[0]), oneCell(input[1])]);
  const reached = area.map(lengthOf);
  const sheets = reached.includes(0) ? [] : [...Array(piles.output.lit).keys()];
  const cells = sheets.map((sheet) => createNode('path', { class: 'cells', d: cellsOf(piles.output, sheet, area) }));
  // the input is on the left, so the beam ends on the left sides of the patches
  const patches = sheets.map((sheet) => mirrored(corners(piles.output, sheet, area))).reverse();
  const beam = sheets.length > 0 ? drawBeam(patches, middle(one)) : [];
  return {
    drawn: [...drawPiles(words, axes, piles), ...cells, ...beam, createNode('path', { class: 'one', d: outline(one) })],
    here: words.hereOutWords(shape, reached),
  };
}

/** @param {Point[]} corners clockwise from top left @returns {Point[]} anticlockwise from top right */
const mirrored = ([a, b, c, d]) => [b, a, d, c];

/**
 * The position at a step of the slide, which goes row by row.
 * @param {ReturnType<typeof stepsOf>[]} steps of rows and columns
 * @param {number | null} step null before the slide: the position that shows most
 * @param {'input' | 'output'} which
 * @returns {Position}
 */
function positionOf(steps, step, which) {
  if (step === null) return [steps[0][which], steps[1][which]];
  const [rows, columns] = steps.map((axis) => axis[`${which}s`]);
  return [rows[Math.floor(step / columns.length) % rows.length], columns[step % columns.length]];
}

/** Numbers the pictures, as ids must be unique in the document. */
let pictures = 0;

/** Creates one picture with its heading and words. @param {string} hatch id for its pattern */
function createFigure(hatch) {
  const figure = document.createElement('figure');
  const [heading, texts, sentence, here] = ['h3', 'div', 'p', 'p'].map((name) => document.createElement(name));
  texts.className = 'words';
  here.className = 'here';
  texts.append(sentence, here);
  const svg = createNode('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
  const pattern = createNode(
    'pattern',
    { id: hatch, width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    createNode('path', { class: 'hatch', d: 'M2 0V4' }),
  );
  const drawing = createNode('g', {});
  svg.append(createNode('defs', {}, pattern), drawing);
  figure.append(heading, svg, texts);
  return {
    figure,
    /** @param {{ term: string, sentence: string, label: string }} texts */
    setTexts({ term, sentence: text, label }) {
      write(heading, term);
      write(sentence, text);
      svg.setAttribute('aria-label', label);
    },
    /** @param {{ drawn: Element[], here: string }} picture here: what is special at this position */
    show(picture) {
      drawing.replaceChildren(...picture.drawn);
      write(here, picture.here);
    },
  };
}

/**
 * Creates the button that starts and stops the slide. If the reader prefers reduced motion, it moves the kernel by one
 * step.
 * @param {Element} host the slide stops when this leaves the document
 * @param {() => void} advance moves the kernel by one step
 * @param {() => Words} words in the language of now
 */
function createSlideButton(host, advance, words) {
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'slide';
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function label() {
    const { step, start, stop } = words().SLIDE;
    write(button, reducedMotion.matches ? step : timer === undefined ? start : stop);
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    label();
  }

  button.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    advance();
    if (!reducedMotion.matches) timer = setInterval(() => (host.isConnected ? advance() : stop()), STEP_TIME);
    label();
  });
  reducedMotion.addEventListener('change', stop);
  label();
  return { button, label, isRunning: () => timer !== undefined };
}

/**
 * Adds the two pictures and the button to an element. The slide never starts by itself.
 * @param {Element} host
 * @param {() => Words} words in the language of now
 * @returns {{ update(shape: KernelShape): void }} the shape must be valid: a kernel no larger than the image with its
 *   padding, and groups that divide the channels
 */
export function createKernelPicture(host, words) {
  const hatches = ['in', 'out'].map((which) => `kernel-${++pictures}-${which}`);
  const [fanIn, fanOut] = hatches.map(createFigure);
  const slide = createSlideButton(host, advance, words);
  host.classList.add('kernel');
  host.append(fanIn.figure, fanOut.figure, slide.button);

  /** @type {KernelShape} */
  let shape;
  /** @type {Axis[]} */
  let axes = [];
  /** @type {number | null} step of the slide; null before it begins */
  let step = null;

  function draw() {
    const steps = axes.map(stepsOf);
    fanIn.show(drawFanIn(words(), shape, axes, positionOf(steps, step, 'output'), hatches[0]));
    fanOut.show(drawFanOut(words(), shape, axes, positionOf(steps, step, 'input')));
  }

  function advance() {
    step = step === null ? 0 : step + 1;
    draw();
  }

  return {
    update(next) {
      shape = next;
      axes = [axisOf(shape, 0), axisOf(shape, 1)];
      if (!slide.isRunning()) step = null;
      slide.label();
      fanIn.setTexts(words().fanInWords(shape));
      fanOut.setTexts(words().fanOutWords(shape));
      draw();
    },
  };
}
