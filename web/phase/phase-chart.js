/**
 * phase-chart.js: draws the phase map on a plain canvas: the depth scale as a tone, the lines, the names of phases, and the
 * points A and B.
 *
 * What there is to draw is in phase-grid.js; what the reader does with it, in phase-view.js.
 */
import { contour, crossing, isFull, middlesOf } from './phase-grid.js';
import { makeTones, paintTones, RANGE, shareOf, toneAt } from './phase-tones.js';

/** @typedef {import('./phase-host.js').Host} Host */
/** @typedef {import('./phase-grid.js').Grid} Grid */
/** @typedef {import('./phase-grid.js').Place} Place */

/**
 * @typedef {object} Shown
 * @property {Grid} grid
 * @property {number} depth of the networks
 * @property {{ letter: 'A' | 'B', place: Place }[]} points
 * @property {any} texts
 */

/** Pixels around the map. */
const EDGES = { left: 40, right: 62, top: 26, bottom: 42 };

/** The width of the bar of tones, and its distance from the map. */
const BAR = { width: 10, gap: 12 };

const TICKS = 4;

/** @param {Host} host @param {HTMLCanvasElement} canvas */
export function createPhaseChart(host, canvas) {
  const { colours, textFont, traceMark, words } = host;
  let shown = /** @type {Shown | null} */ (null);
  const [picture, ground] = ['canvas', 'canvas'].map(
    (name) => /** @type {HTMLCanvasElement} */ (document.createElement(name)),
  );
  /** What the ground shows. @type {unknown[]} */
  let grounded = [];
  /** What the picture shows: it is painted again where that changes. @type {unknown[]} */
  let painted = [];
  /** Lines and names of the grid, found once. @type {{ grid: Grid, depth: number, lines: any } | null} */
  let found = null;
  let box = { left: 0, right: 1, top: 0, bottom: 1 };

  /** The pixel of a node, or of a place between nodes. @param {Grid} grid @param {number} column @param {number} row
   * @returns {[number, number]} */
  const pixelOf = ({ columns, rows }, column, row) => [
    box.left + (column / (columns - 1)) * (box.right - box.left),
    box.bottom - (row / (rows - 1)) * (box.bottom - box.top),
  ];

  /** @param {Place} place @param {Grid} grid @returns {[number, number]} a place beyond the map is on its edge */
  const placed = ({ weightSquare, biasSquare }, grid) =>
    pixelOf(
      grid,
      (grid.columns - 1) * Math.min(1, weightSquare / grid.most.weightSquare),
      (grid.rows - 1) * Math.min(1, biasSquare / grid.most.biasSquare),
    );

  /** The lines of a grid. The limit has two sides, in order and beyond. @param {Grid} grid @param {number} depth */
  function linesOf(grid, depth) {
    if (found?.grid === grid && found.depth === depth) return found.lines;
    const level = 6 / depth;
    /** @param {'rates' | 'chis'} name @param {number} value @param {number} share of the height */
    const at = (name, value, share) => {
      const row = Math.round(share * (grid.rows - 1));
      return { column: crossing(grid, name, value, row), row };
    };
    const lines = {
      critical: contour(grid, 'chis', 1),
      limits: [...contour(grid, 'rates', level), ...contour(grid, 'rates', -level)],
      names: middlesOf(grid),
      criticalName: at('chis', 1, 0.92),
      limitNames: [at('rates', level, 0.77), at('rates', -level, 0.63)],
    };
    found = { grid, depth, lines };
    return lines;
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Grid} grid @param {[number, number, number, number][]} pieces
   * @param {number} width */
  function stroke(ctx, grid, pieces, width) {
    ctx.lineCap = 'round';
    for (const [colour, wide] of /** @type {[string, number][]} */ ([
      [colours.paper, width + 3],
      [colours.ink, width],
    ])) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = wide;
      ctx.beginPath();
      for (const [column, row, toColumn, toRow] of pieces) {
        ctx.moveTo(...pixelOf(grid, column, row));
        ctx.lineTo(...pixelOf(grid, toColumn, toRow));
      }
      ctx.stroke();
    }
  }

  /** Writes on the map, with a halo. @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} x
   * @param {number} y @param {CanvasTextAlign} align */
  function write(ctx, text, x, y, align) {
    Object.assign(ctx, { textAlign: align, lineWidth: 4, lineJoin: 'round', strokeStyle: colours.paper });
    ctx.fillStyle = colours.ink;
    const width = ctx.measureText(text).width;
    const left = x - { left: 0, center: width / 2, right: width, start: 0, end: width }[align];
    const inside = x + Math.min(0, box.right - 4 - left - width) + Math.max(0, box.left + 4 - left);
    ctx.strokeText(text, inside, y);
    ctx.fillText(text, inside, y);
  }

  /** Hatches what explodes. @param {CanvasRenderingContext2D} ctx @param {Grid} grid */
  function hatch(ctx, grid) {
    const { columns, rows, phases } = grid;
    ctx.save();
    ctx.beginPath();
    phases.forEach((phase, i) => {
      const [column, row] = [Math.floor(i / rows), i % rows];
      if (phase !== 'explodes' || (row > 0 && phases[i - 1] === phase)) return; // one box for those above one another
      let last = row;
      while (last < rows - 1 && phases[i + last + 1 - row] === phase) last++;
      const [left, bottom] = pixelOf(grid, Math.max(0, column - 0.5), Math.max(0, row - 0.5));
      const [right, top] = pixelOf(grid, Math.min(columns - 1, column + 0.5), Math.min(rows - 1, last + 0.5));
      ctx.rect(left - 0.5, top, right - left + 1, bottom - top);
    });
    ctx.clip();
    ctx.strokeStyle = colours.muted;
    ctx.globalAlpha = 0.45;
    ctx.lineWidth = 1;
    ctx.beginPath();
    const height = box.bottom - box.top;
    for (let x = box.left - height; x < box.right; x += 9) {
      ctx.moveTo(x, box.bottom);
      ctx.lineTo(x + height, box.top);
    }
    ctx.stroke();
    ctx.restore();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Shown} now */
  function drawMap(ctx, { grid, depth, texts }) {
    const key = [grid, colours.paper, colours.ink];
    if (key.some((one, i) => one !== painted[i])) {
      paintTones(grid, makeTones(colours.paper, colours.ink), picture);
      painted = key;
    }
    const { left, right, top, bottom } = box;
    ctx.drawImage(picture, left, top, right - left, bottom - top);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    hatch(ctx, grid);
    const lines = linesOf(grid, depth);
    stroke(ctx, grid, lines.limits, 1);
    stroke(ctx, grid, lines.critical, 3);
    ctx.textBaseline = 'middle';
    ctx.font = textFont();
    const sides = /** @type {const} */ (['right', 'left']);
    lines.limitNames.forEach((/** @type {any} */ { column, row }, /** @type {number} */ i) => {
      const [x, y] = pixelOf(grid, column, row);
      if (Number.isFinite(x)) write(ctx, texts.limit(depth), x + (i ? 8 : -8), y, sides[i]);
    });
    const [x, y] = pixelOf(grid, lines.criticalName.column, lines.criticalName.row);
    const fits = x + 20 + ctx.measureText(texts.line).width < right;
    if (Number.isFinite(x)) write(ctx, texts.line, fits ? x + 12 : x - 12, y, fits ? 'left' : 'right');
    ctx.font = textFont('600');
    for (const { phase, column, row } of lines.names) {
      const [nameX, nameY] = pixelOf(grid, column, row);
      write(ctx, texts.areas[phase], nameX, nameY, 'center');
    }
    ctx.restore();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Shown} now @param {number} height */
  function drawAxes(ctx, { grid: { most }, texts }, height) {
    const { left, right, top, bottom } = box;
    ctx.strokeStyle = colours.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
    ctx.font = textFont();
    ctx.fillStyle = colours.muted;
    for (let i = 0; i <= TICKS; i++) {
      const [x, y] = [left + (i / TICKS) * (right - left), bottom - (i / TICKS) * (bottom - top)];
      ctx.textAlign = 'center';
      ctx.textBaseline = 'top';
      ctx.fillText(words().plain((most.weightSquare * i) / TICKS), x, bottom + 6);
      ctx.textAlign = 'right';
      ctx.textBaseline = 'middle';
      ctx.fillText(words().plain((most.biasSquare * i) / TICKS), left - 6, y);
    }
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    ctx.fillText(texts.biasAxis, 0, top - 6);
    ctx.fillText(texts.weightAxis, left, height);
  }

  /** The bar that says what the tones mean. @param {CanvasRenderingContext2D} ctx */
  function drawBar(ctx) {
    const { right, top, bottom } = box;
    const left = right + BAR.gap;
    const tones = makeTones(colours.paper, colours.ink);
    const height = bottom - top;
    for (let y = 0; y < height; y++) {
      ctx.fillStyle = toneAt(tones, 1 - y / height);
      ctx.fillRect(left, top + y, BAR.width, 1.5);
    }
    ctx.strokeStyle = colours.hairline;
    ctx.strokeRect(left + 0.5, top + 0.5, BAR.width - 1, height - 1);
    ctx.fillStyle = colours.muted;
    ctx.font = textFont();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (let depth = RANGE.least; depth <= RANGE.most; depth *= 10)
      ctx.fillText(words().plain(depth), left + BAR.width + 4, bottom - shareOf(depth) * height);
    ctx.textBaseline = 'bottom';
    ctx.fillText('ξ', left, top - 6);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {'A' | 'B'} letter @param {[number, number]} at */
  function drawPoint(ctx, letter, [x, y]) {
    const size = 8;
    traceMark(ctx, letter, x, y, size);
    Object.assign(ctx, { fillStyle: colours[letter], strokeStyle: colours.paper, lineWidth: 4, lineJoin: 'round' });
    ctx.stroke();
    ctx.fill();
    ctx.font = textFont('700');
    ctx.textBaseline = 'bottom';
    ctx.textAlign = letter === 'A' ? 'right' : 'left';
    const name = /** @type {const} */ ([letter, x + (letter === 'A' ? -size : size), y - 4]);
    ctx.strokeText(...name);
    ctx.fillStyle = colours[letter];
    ctx.fillText(...name);
  }

  /** All but the points: drawn anew only where something of it has changed. @param {Shown} now @param {number} width
   * @param {number} height @param {number} dots to a CSS pixel */
  function drawGround(now, width, height, dots) {
    const key = [now.grid, isFull(now.grid), now.depth, now.texts, colours.paper, colours.ink, width, height, dots];
    if (key.every((one, i) => one === grounded[i])) return;
    grounded = key;
    Object.assign(ground, { width: Math.round(width * dots), height: Math.round(height * dots) });
    const ctx = /** @type {CanvasRenderingContext2D} */ (ground.getContext('2d'));
    ctx.scale(dots, dots);
    if (isFull(now.grid)) drawMap(ctx, now);
    drawAxes(ctx, now, height);
    drawBar(ctx);
  }

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    const { left, right, top, bottom } = EDGES;
    box = { left, right: width - right, top, bottom: height - bottom };
    if (!shown) return;
    drawGround(shown, width, height, ctx.getTransform().a);
    if (ground.width > 0 && ground.height > 0) ctx.drawImage(ground, 0, 0, width, height);
    for (const { letter, place } of shown.points) drawPoint(ctx, letter, placed(place, shown.grid));
  });

  return {
    /** @param {Shown} next */
    update(next) {
      shown = next;
      draw();
    },

    /** Where a place is, in CSS pixels of the canvas. @param {Place} place */
    pixelOf: (place) => (shown ? placed(place, shown.grid) : /** @type {const} */ ([0, 0])),

    /** The place at a pixel; beyond the map, on its edge. @param {number} x @param {number} y @returns {Place} */
    placeAt(x, y) {
      const share = (/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ to) =>
        Math.min(1, Math.max(0, (value - from) / (to - from)));
      const most = /** @type {Shown} */ (shown).grid.most;
      return {
        weightSquare: most.weightSquare * share(x, box.left, box.right),
        biasSquare: most.biasSquare * share(y, box.bottom, box.top),
      };
    },
  };
}
