/**
 * learning-chart.js: the chart of loss and accuracy by step, of A and B on the same axes: loss above, accuracy below.
 *
 * The numbers come from learning-curves.js. A click on the chart leads to a step.
 */
import { linearTicks } from '../charts/bins.js';
import { drawAxes, drawEnds, drawMark, line, placeX, placeY } from './plot.js';

/** @typedef {import('./plot.js').Panel} Panel */
/** @typedef {import('./plot.js').Tools} Tools */
/** @typedef {ReturnType<typeof import('./learning-curves.js').createCurves>} Curves */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** The loss of chance stands at this share of the axis; more than the axis has is drawn on its edge. */
const CHANCE_AT = 0.7;

const HELD = [2, 3];
const EDGES = { left: 46, right: 24, top: 20, bottom: 24, between: 26 };

/**
 * @typedef {object} Shown
 * @property {Record<'A' | 'B', Curves>} curves
 * @property {number} classes
 * @property {number} step the networks are at this step
 * @property {number} end of the axis
 * @property {any} texts
 */

/** A line ends where its values stop being finite. @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : Number.NaN);

/** Both panels. @param {number} width @param {number} height @param {Shown} shown @returns {Panel[]} */
function panelsOf(width, height, { classes, end }) {
  const { left, right, top, bottom, between } = EDGES;
  const each = (height - top - bottom - between) / 2;
  const sides = { left, right: width - right, x: /** @type {[number, number]} */ ([0, end]) };
  return [
    { ...sides, top, bottom: top + each, y: [0, Math.log(classes) / CHANCE_AT] },
    { ...sides, top: top + each + between, bottom: height - bottom, y: [0, 1] },
  ];
}

/**
 * The loss of each batch, as its mean in each column of pixels.
 * @param {Curves} curves @param {Panel} panel
 */
function batchLine(curves, panel) {
  const points = [];
  let [column, sum, count] = [-1, 0, 0];
  const last = curves.length();
  for (let step = 1; step <= last + 1; step++) {
    const here = Math.floor(placeX(panel, step));
    if ((here !== column || step > last) && count > 0) {
      points.push({ x: column, y: placeY(panel, finite(sum / count)) });
      [sum, count] = [0, 0];
    }
    column = here;
    const loss = curves.loss(step);
    if (loss === undefined) continue;
    sum += loss;
    count++;
  }
  return points;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./training-host.js').Host} host
 * @param {(step: number) => void} seek
 */
export function createLearningChart(canvas, host, seek) {
  const { colours, strokePath, textFont, words } = host;
  let shown = /** @type {Shown | null} */ (null);
  /** @type {Panel[]} */
  let panels = [];

  /** @param {CanvasRenderingContext2D} ctx @param {'A' | 'B'} letter @param {Panel} panel @param {'loss' | 'accuracy'} what */
  function drawScores(ctx, letter, panel, what) {
    const scores = /** @type {Shown} */ (shown).curves[letter].scores();
    const toPoints = (/** @type {(score: any) => number} */ value) =>
      scores.map((score) => ({ x: placeX(panel, score.step), y: placeY(panel, finite(value(score))) }));
    ctx.strokeStyle = ctx.fillStyle = colours[letter];
    ctx.lineWidth = 2;
    const points = toPoints((score) => score[what]);
    strokePath(ctx, points);
    ctx.lineWidth = 1.5;
    ctx.setLineDash(HELD);
    strokePath(
      ctx,
      toPoints((score) => score[what === 'loss' ? 'heldLoss' : 'heldAccuracy']),
    );
    ctx.setLineDash([]);
    const every = Math.ceil(points.length / 12);
    points.forEach(({ x, y }, i) => {
      if (Number.isFinite(y) && (i % every === 0 || i === points.length - 1)) drawMark(ctx, host, letter, x, y);
    });
  }

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    if (!shown) return;
    const { curves, classes, step, end, texts } = shown;
    panels = panelsOf(width, height, shown);
    const [loss, accuracy] = panels;
    const plain = (/** @type {number} */ value) => ({ value, text: words().plain(value) });
    const xTicks = linearTicks(0, end, (width - 70) / 70).map(({ value }) => plain(value));
    const ticksOfLoss = linearTicks(0, loss.y[1], (loss.bottom - loss.top) / 30).map(({ value }) => plain(value));
    const shares = [0, 0.5, 1].map((value) => ({ value, text: words().percent(value) }));
    drawAxes(ctx, host, loss, [], ticksOfLoss, texts.loss);
    drawAxes(ctx, host, accuracy, xTicks, shares, texts.accuracy);
    const chances = [Math.log(classes), 1 / classes];
    ctx.strokeStyle = colours.muted;
    ctx.lineWidth = 1;
    panels.forEach((panel, i) => {
      const y = Math.round(placeY(panel, chances[i])) + 0.5;
      line(ctx, panel.left, y, panel.right, y);
      const x = Math.round(placeX(panel, step)) + 0.5;
      line(ctx, x, panel.top, x, panel.bottom);
    });
    for (const letter of LETTERS) {
      ctx.strokeStyle = `${colours[letter]}66`;
      ctx.lineWidth = 1;
      strokePath(ctx, batchLine(curves[letter], loss));
      drawScores(ctx, letter, loss, 'loss');
      drawScores(ctx, letter, accuracy, 'accuracy');
    }
    for (const [panel, what] of /** @type {const} */ ([
      [loss, 'loss'],
      [accuracy, 'accuracy'],
    ])) {
      const ends = LETTERS.flatMap((letter) => {
        const last = curves[letter].scores().at(-1);
        return last ? [{ letter, value: finite(last[what]) }] : [];
      });
      const lastStep = Math.max(0, ...LETTERS.map((letter) => curves[letter].scores().at(-1)?.step ?? 0));
      drawEnds(ctx, host, panel, ends, Math.min(panel.right + 8, placeX(panel, lastStep) + 8));
    }
    ctx.font = textFont();
    ctx.fillStyle = colours.muted;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.fillText(texts.chance(chances[0]), loss.right, placeY(loss, chances[0]) - 2);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(texts.step, 0, accuracy.bottom + 7);
  });

  /** @param {number} x CSS pixels */
  function pick(x) {
    if (!shown || panels.length === 0) return;
    const [{ left, right }] = panels;
    seek(Math.round(Math.min(1, Math.max(0, (x - left) / (right - left))) * shown.end));
  }
  canvas.addEventListener('click', ({ offsetX }) => pick(offsetX));
  canvas.addEventListener('pointermove', ({ buttons, pointerType, offsetX }) => {
    if (buttons === 1 && pointerType === 'mouse') pick(offsetX);
  });

  return {
    /** @param {Shown} next */
    update(next) {
      shown = next;
      draw();
    },
  };
}

/**
 * The numbers of the chart, for its table and its file: each step, with the scores where there are some.
 * @param {Record<'A' | 'B', Curves>} curves
 * @param {any} texts
 * @returns {import('../charts/numbers-table.js').Numbers}
 */
export function numbersOfLearning(curves, texts) {
  const last = Math.max(...LETTERS.map((letter) => curves[letter].length()));
  const head = LETTERS.flatMap((letter) => [
    ...[texts.lossTable(letter), texts.batchAccuracyTable(letter), texts.trainLossTable(letter)],
    ...[texts.accuracyTable(letter), texts.heldLossTable(letter), texts.heldTable(letter)],
  ]);
  const rows = Array.from({ length: last + 1 }, (_, step) => [
    step,
    ...LETTERS.flatMap((letter) => {
      const score = curves[letter].scoreAt(step);
      const known = (/** @type {number | undefined} */ value) => (Number.isNaN(value) ? undefined : value);
      return [
        ...[curves[letter].loss(step), known(curves[letter].accuracy(step)), score?.loss],
        ...[known(score?.accuracy), known(score?.heldLoss), known(score?.heldAccuracy)],
      ];
    }),
  ]);
  return { head: [texts.step, ...head], rows, write: { 0: String } };
}
