/**
 * map-chart.js: draws the map of trainable depth: a cell for each network with its accuracy, and the limit by theory.
 * Buttons over the cells let pointer and keys choose one.
 *
 * What the cells hold is in map-view.js.
 */
import { make } from '../../page/elements.js';
import { CELLS, DEPTHS, keyOf, SQUARES } from './map-plan.js';

/** @typedef {import('../training-host.js').Host} Host */
/** @typedef {import('./map-plan.js').Cell} Cell */

/**
 * @typedef {object} Shown
 * @property {(cell: Cell) => { accuracy: number, isWhole: boolean, isWorking: boolean, label: string }} read of a cell;
 *   accuracy: NaN where it is not known; isWhole: all seeds are
 * @property {{ column: number, row: number }[]} limit by theory
 * @property {any} texts
 */

/** Pixels around the cells. */
const EDGES = { left: 40, right: 8, top: 24, bottom: 26 };

/** How much ink a cell has: little below one half, much above, so that the number on it can be read.
 * @param {number} accuracy */
const inkOf = (accuracy) => (accuracy < 0.5 ? 0.03 + 0.4 * accuracy : 0.66 + 0.6 * (accuracy - 0.5));

/** A colour between two, as '#rrggbb'. @param {string} from @param {string} to @param {number} share */
export function mix(from, to, share) {
  const part = (/** @type {string} */ colour, /** @type {number} */ i) => Number.parseInt(colour.slice(i, i + 2), 16);
  const parts = [1, 3, 5].map((i) => Math.round(part(from, i) + share * (part(to, i) - part(from, i))));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** What a key adds to column and row. Rows go up. @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Rows from the top: the deepest first. */
const FROM_TOP = [...DEPTHS].reverse();

/**
 * @param {Host} host
 * @param {HTMLCanvasElement} canvas
 * @param {(cell: Cell) => void} choose
 */
export function createMapChart(host, canvas, choose) {
  const { colours, textFont, strokePath, words } = host;
  let shown = /** @type {Shown | null} */ (null);
  /** The cell that Tab comes to. */
  let current = keyOf(CELLS[0]);

  const buttons = new Map(
    FROM_TOP.flatMap((depth) => SQUARES.map((square) => ({ depth, square }))).map((cell) => [
      keyOf(cell),
      make('button', { type: 'button', onclick: () => choose(cell), onfocus: () => enter(keyOf(cell)) }),
    ]),
  );
  const overlay = make('div.cells', { role: 'group' }, ...buttons.values());
  Object.assign(overlay.style, Object.fromEntries(Object.entries(EDGES).map(([side, size]) => [side, `${size}px`])));
  overlay.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const move = KEYS[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [depth, square] = current.split(' ').map(Number);
    const row = Math.min(DEPTHS.length - 1, Math.max(0, DEPTHS.indexOf(depth) + move[1]));
    const column = Math.min(SQUARES.length - 1, Math.max(0, SQUARES.indexOf(square) + move[0]));
    buttons.get(keyOf({ depth: DEPTHS[row], square: SQUARES[column] }))?.focus();
  });

  /** @param {string} key of the cell that has the focus */
  function enter(key) {
    current = key;
    for (const [name, button] of buttons) button.tabIndex = name === key ? 0 : -1;
  }
  enter(current);

  /** The cells' box. @param {number} width @param {number} height */
  function boxOf(width, height) {
    const { left, right, top, bottom } = EDGES;
    const [cellWidth, cellHeight] = [(width - left - right) / SQUARES.length, (height - top - bottom) / DEPTHS.length];
    return {
      ...{ left, top, right: width - right, bottom: height - bottom, cellWidth, cellHeight },
      x: (/** @type {number} */ column) => left + (column + 0.5) * cellWidth,
      y: (/** @type {number} */ row) => height - bottom - (row + 0.5) * cellHeight,
    };
  }

  /** @param {CanvasRenderingContext2D} ctx @param {ReturnType<typeof boxOf>} box @param {(cell: Cell) => string} fillOf */
  function drawCells(ctx, { x, y, cellWidth, cellHeight }, fillOf) {
    for (const cell of CELLS) {
      const [left, top] = [
        x(SQUARES.indexOf(cell.square)) - cellWidth / 2,
        y(DEPTHS.indexOf(cell.depth)) - cellHeight / 2,
      ];
      ctx.fillStyle = fillOf(cell);
      ctx.fillRect(left + 1, top + 1, cellWidth - 2, cellHeight - 2);
      ctx.strokeStyle = colours.hairline;
      ctx.strokeRect(left + 1.5, top + 1.5, cellWidth - 3, cellHeight - 3);
    }
  }

  /** @param {CanvasRenderingContext2D} ctx @param {ReturnType<typeof boxOf>} box @param {Shown} now */
  function drawLimit(ctx, { x, y, left, top, right, bottom }, { limit, texts }) {
    if (limit.length === 0) return;
    const points = limit.map(({ column, row }) => ({ x: x(column), y: Math.max(top - 40, y(row)) }));
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    for (const [colour, width] of /** @type {[string, number][]} */ ([
      [colours.paper, 6],
      [colours.ink, 2.5],
    ])) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      strokePath(ctx, points);
    }
    ctx.restore();
    const end = points[points.length - 1];
    ctx.font = textFont('600');
    ctx.fillStyle = colours.ink;
    ctx.strokeStyle = colours.paper; // so that it can be read on any cell
    ctx.lineWidth = 4;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'top';
    // below the line, which comes down from the left
    const place = /** @type {const} */ ([right - 4, Math.min(bottom - 18, end.y + 5)]);
    ctx.strokeText(texts.limit, ...place);
    ctx.fillText(texts.limit, ...place);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {ReturnType<typeof boxOf>} box @param {Shown} now
   * @param {(cell: Cell) => string} fillOf */
  function drawNumbers(ctx, { x, y }, { read }, fillOf) {
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.lineWidth = 4;
    ctx.lineJoin = 'round';
    for (const cell of CELLS) {
      const { accuracy, isWhole, isWorking } = read(cell);
      const isKnown = !Number.isNaN(accuracy);
      if (!isKnown && !isWorking) continue;
      const text = isKnown ? words().plain(Math.round(100 * accuracy)) : '…';
      ctx.font = textFont(isWhole ? '700' : '400');
      const place = /** @type {const} */ ([x(SQUARES.indexOf(cell.square)), y(DEPTHS.indexOf(cell.depth))]);
      ctx.strokeStyle = fillOf(cell);
      ctx.strokeText(text, ...place);
      ctx.fillStyle = accuracy >= 0.5 ? colours.paper : colours.ink;
      ctx.fillText(text, ...place);
    }
  }

  /** @param {CanvasRenderingContext2D} ctx @param {ReturnType<typeof boxOf>} box @param {Shown} now */
  function drawNames(ctx, { left, top, bottom, x, y }, { texts }) {
    ctx.font = textFont();
    ctx.fillStyle = colours.muted;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'right';
    DEPTHS.forEach((depth, row) => {
      ctx.fillText(words().plain(depth), left - 6, y(row));
    });
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    SQUARES.forEach((square, column) => {
      ctx.fillText(words().plain(square), x(column), bottom + 7);
    });
    ctx.textAlign = 'left';
    ctx.fillText(texts.square, 0, bottom + 7);
    ctx.textBaseline = 'bottom';
    ctx.fillText(texts.depth, 0, top - 6);
  }

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    if (!shown) return;
    const now = shown;
    const box = boxOf(width, height);
    const fillOf = (/** @type {Cell} */ cell) => {
      const { accuracy } = now.read(cell);
      return Number.isNaN(accuracy) ? colours.paper : mix(colours.paper, colours.ink, inkOf(accuracy));
    };
    drawCells(ctx, box, fillOf);
    drawLimit(ctx, box, now);
    drawNumbers(ctx, box, now, fillOf);
    drawNames(ctx, box, now);
  });

  return {
    overlay,

    /** @param {Shown} next */
    update(next) {
      shown = next;
      for (const cell of CELLS) {
        const { label } = next.read(cell);
        const button = buttons.get(keyOf(cell));
        if (button.ariaLabel !== label) Object.assign(button, { ariaLabel: label, title: label });
      }
      draw();
    },
  };
}
