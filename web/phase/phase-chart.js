/**
 * phase-chart.js: draws the phase map on a plain canvas: the depth scale as a tone, the lines, the names of phases, and the
 * points A and B.
 *
 * What there is to draw is in phase-grid.js; what the reader does with it, in phase-view.js.
 */
import { COLUMNS, contour, crossing, middlesOf, ROWS, valueBetween } from './phase-grid.js';

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

/** Pixels of the tones to a cell. */
const FINE = 4;

/** The depth scales with the least and the most ink, and how much of it that is. */
const TONES = { least: 1, most: 1000, from: 0.02, to: 0.58, count: 256 };

/** The width of the bar of tones, and its distance from the map. */
const BAR = { width: 10, gap: 12 };

const TICKS = 4;

/** The share of the tones that a depth scale has. @param {number} depth */
const shareOf = (depth) => Math.min(1, Math.max(0, Math.log(depth / TONES.least) / Math.log(TONES.most / TONES.least)));

/** The red, green and blue of a colour. @param {string} hex '#rrggbb' */
const partsOf = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** The tones, as words of an image. @param {string} paper @param {string} ink */
function makeTones(paper, ink) {
  const [from, to] = [partsOf(paper), partsOf(ink)];
  return Uint32Array.from({ length: TONES.count }, (_, i) => {
    const share = TONES.from + ((TONES.to - TONES.from) * i) / (TONES.count - 1);
    const [red, green, blue] = from.map((value, k) => Math.round(value + share * (to[k] - value)));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** The map without lines, as an image. @param {Grid} grid @param {Uint32Array} tones @param {HTMLCanvasElement} canvas */
function paintTones({ rates }, tones, canvas) {
  const [width, height] = [(COLUMNS - 1) * FINE, (ROWS - 1) * FINE];
  Object.assign(canvas, { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = (height - y - 0.5) / FINE;
    for (let x = 0; x < width; x++) {
      const rate = Math.abs(valueBetween(rates, (x + 0.5) / FINE, row));
      words[y * width + x] = tones[Math.round((TONES.count - 1) * shareOf(1 / rate))];
    }
  }
  context.putImageData(image, 0, 0);
}

/** @param {Host} host @param {HTMLCanvasElement} canvas */
export function createPhaseChart(host, canvas) {
  const { colours, textFont, words } = host;
  let shown = /** @type {Shown | null} */ (null);
  const picture = document.createElement('canvas');
  /** What the picture shows: it is painted again where that changes. @type {unknown[]} */
  let painted = [];
  /** Lines and names of the grid, found once. @type {{ grid: Grid, depth: number, lines: any } | null} */
  let found = null;
  let box = { left: 0, right: 1, top: 0, bottom: 1 };

  /** @param {number} column @param {number} row @returns {[number, number]} */
  const pixelOf = (column, row) => [
    box.left + (column / (COLUMNS - 1)) * (box.right - box.left),
    box.bottom - (row / (ROWS - 1)) * (box.bottom - box.top),
  ];

  /** @param {Place} place @param {Place} most @returns {[number, number]} a place beyond the map is on its edge */
  const placed = ({ weightSquare, biasSquare }, most) =>
    pixelOf(
      (COLUMNS - 1) * Math.min(1, weightSquare / most.weightSquare),
      (ROWS - 1) * Math.min(1, biasSquare / most.biasSquare),
    );

  /** The lines of a grid. The limit has two sides, in order and beyond. @param {Grid} grid @param {number} depth */
  function linesOf(grid, depth) {
    if (found?.grid === grid && found.depth === depth) return found.lines;
    const { rates, chis } = grid;
    const level = 6 / depth;
    const at = (/** @type {Float64Array} */ values, /** @type {number} */ one, /** @type {number} */ row) => ({
      column: crossing(values, one, row),
      row,
    });
    const lines = {
      critical: contour(chis, 1),
      limits: [...contour(rates, level), ...contour(rates, -level)],
      names: middlesOf(grid),
      criticalName: at(chis, 1, Math.round(0.9 * ROWS)),
      limitNames: [at(rates, level, Math.round(0.76 * ROWS)), at(rates, -level, Math.round(0.62 * ROWS))],
    };
    found = { grid, depth, lines };
    return lines;
  }

  /** @param {CanvasRenderingContext2D} ctx @param {[number, number, number, number][]} pieces @param {number} width */
  function stroke(ctx, pieces, width) {
    ctx.lineCap = 'round';
    for (const [colour, wide] of /** @type {[string, number][]} */ ([
      [colours.paper, width + 3],
      [colours.ink, width],
    ])) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = wide;
      ctx.beginPath();
      for (const [column, row, toColumn, toRow] of pieces) {
        ctx.moveTo(...pixelOf(column, row));
        ctx.lineTo(...pixelOf(toColumn, toRow));
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
  function hatch(ctx, { phases }) {
    ctx.save();
    ctx.beginPath();
    phases.forEach((phase, i) => {
      const [column, row] = [Math.floor(i / ROWS), i % ROWS];
      if (phase !== 'explodes') return;
      const [left, bottom] = pixelOf(Math.max(0, column - 0.5), Math.max(0, row - 0.5));
      const [right, top] = pixelOf(Math.min(COLUMNS - 1, column + 0.5), Math.min(ROWS - 1, row + 0.5));
      ctx.rect(left - 0.5, top - 0.5, right - left + 1, bottom - top + 1);
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
    stroke(ctx, lines.limits, 1);
    stroke(ctx, lines.critical, 3);
    ctx.textBaseline = 'middle';
    ctx.font = textFont();
    const sides = /** @type {const} */ (['right', 'left']);
    lines.limitNames.forEach((/** @type {any} */ { column, row }, /** @type {number} */ i) => {
      const [x, y] = pixelOf(column, row);
      if (Number.isFinite(x)) write(ctx, texts.limit(depth), x + (i ? 8 : -8), y, sides[i]);
    });
    const [x, y] = pixelOf(lines.criticalName.column, lines.criticalName.row);
    const fits = x + 16 + ctx.measureText(texts.line).width < right;
    if (Number.isFinite(x)) write(ctx, texts.line, fits ? x + 8 : x - 8, y, fits ? 'left' : 'right');
    ctx.font = textFont('600');
    for (const { phase, column, row } of lines.names) {
      const [nameX, nameY] = pixelOf(column, row);
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
      const tone = tones[Math.round(((height - y) / height) * (TONES.count - 1))];
      ctx.fillStyle = `rgb(${tone & 255} ${(tone >> 8) & 255} ${(tone >> 16) & 255})`;
      ctx.fillRect(left, top + y, BAR.width, 1.5);
    }
    ctx.strokeStyle = colours.hairline;
    ctx.strokeRect(left + 0.5, top + 0.5, BAR.width - 1, height - 1);
    ctx.fillStyle = colours.muted;
    ctx.font = textFont();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (let depth = TONES.least; depth <= TONES.most; depth *= 10)
      ctx.fillText(words().plain(depth), left + BAR.width + 4, bottom - shareOf(depth) * height);
    ctx.textBaseline = 'bottom';
    ctx.fillText('ξ', left, top - 6);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {'A' | 'B'} letter @param {[number, number]} at */
  function drawPoint(ctx, letter, [x, y]) {
    const size = 8;
    ctx.beginPath();
    if (letter === 'A') ctx.arc(x, y, size - 1, 0, 2 * Math.PI);
    else {
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y + size - 2);
      ctx.lineTo(x - size, y + size - 2);
      ctx.closePath();
    }
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

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    const { left, right, top, bottom } = EDGES;
    box = { left, right: width - right, top, bottom: height - bottom };
    if (!shown) return;
    if (shown.grid.filled === COLUMNS) drawMap(ctx, shown);
    drawAxes(ctx, shown, height);
    drawBar(ctx);
    for (const { letter, place } of shown.points) drawPoint(ctx, letter, placed(place, shown.grid.most));
  });

  return {
    /** @param {Shown} next */
    update(next) {
      shown = next;
      draw();
    },

    /** Where a place is, in CSS pixels of the canvas. @param {Place} place */
    pixelOf: (place) => (shown ? placed(place, shown.grid.most) : /** @type {const} */ ([0, 0])),

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
