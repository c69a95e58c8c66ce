/*
 * piles.js: where the sheets of a kernel's picture stand, and where each cell is on the drawing. Sheets stand upright,
 * one to the right of the other, in oblique projection: what recedes goes to the right and up. Pure.
 */
import { lengthOf, sheetsOf, viewOf } from './patch.js';

/** @typedef {import('./patch.js').KernelShape} KernelShape */
/** @typedef {import('./patch.js').Span} Span */
/** @typedef {import('./patch.js').Axis} Axis */
/** @typedef {[rows: Span, columns: Span]} Area */
/** @typedef {[x: number, y: number]} Point */
/**
 * Like sheets, of which the first are lit, for so many channels: each shows an area of cells, is `sep` from the next,
 * and has cells of height `cell` and width `cell * slant`; x and y are the first sheet's top left.
 * @typedef {{ drawn: number, lit: number, channels: number, sep: number, area: Area, cell: number, slant: number,
 *   x: number, y: number, width: number }} Pile
 */

/* the drawing, in pixels where there is room for it */
export const [WIDTH, HEIGHT] = [360, 224];
/** Of a row of cells, for its width. */
export const RISE = 0.4;
const NAMES = 32; // below the sheets
const MARGIN = 14; // left of the sheets, for the side of the kernel
const TALLEST = 180; // of a sheet, with its rise
const USUAL = 128; // without: the measure of what is too flat
const LARGEST_CELL = 16;
const APART = 52; // between input and output, where the lines run
const [BESIDE, BEHIND] = [5, 7]; // from patch to patch where they stand clear; from sheet to sheet where not
const ALL_SHEETS = 8; // up to so many are all drawn
const FEW_SHEETS = 4; // of more
const [FLATTEST, STEEPEST] = [0.34, 0.72]; // the width of a cell for its height

/** @param {number} value */
export const round = (value) => Math.round(value * 10) / 10;

/** @param {Point[]} points */
export const outline = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;

/**
 * Where a place of a sheet is on the drawing.
 * @param {Pile} pile
 * @param {number} sheet
 * @param {number} row
 * @param {number} column
 * @returns {Point}
 */
export function place({ x, y, cell, slant, sep, area }, sheet, row, column) {
  const [down, along] = [(row - area[0].from) * cell, (column - area[1].from) * cell * slant];
  return [x + sheet * sep + along, y + down - along * RISE];
}

/** @param {Pile} pile @param {number} sheet @param {Area} area @returns {Point[]} clockwise from top left */
export const corners = (pile, sheet, [rows, columns]) => [
  place(pile, sheet, rows.from, columns.from),
  place(pile, sheet, rows.from, columns.to),
  place(pile, sheet, rows.to, columns.to),
  place(pile, sheet, rows.to, columns.from),
];

/**
 * The cells of an area, each an outline: those that keep() keeps.
 * @param {Pile} pile
 * @param {number} sheet
 * @param {Area} area
 * @param {(row: number, column: number) => boolean} [keep]
 */
export function cellsOf(pile, sheet, [rows, columns], keep = () => true) {
  let d = '';
  for (let row = rows.from; row < rows.to; row++) {
    for (let column = columns.from; column < columns.to; column++) {
      if (!keep(row, column)) continue;
      d += outline(corners(pile, sheet, [oneCell(row), oneCell(column)]));
    }
  }
  return d;
}

/** @param {number} at @returns {Span} */
export const oneCell = (at) => ({ from: at, to: at + 1 });

/**
 * Lays out one picture: cells as large as fit, as steep as fits, and where that is too flat, fewer sheets.
 * @param {KernelShape} shape
 * @param {Axis[]} axes
 * @param {boolean} forward into one output; otherwise out of one input
 * @returns {{ input: Pile, output: Pile }}
 */
export function layOut({ channelsIn, channelsOut, groups }, axes, forward) {
  const [rows, columns] = axes.map(viewOf);
  const [tallest, widest] = [rows, columns].map(({ input, output }) => Math.max(lengthOf(input), lengthOf(output)));
  const all = (/** @type {number} */ channels) => (channels <= ALL_SHEETS ? channels : FEW_SHEETS);
  const [wideChannels, narrowChannels] = forward ? [channelsIn, channelsOut] : [channelsOut, channelsIn];
  const patch = forward ? axes[1].side : Math.ceil(axes[1].side / axes[1].stride);
  const behind = (all(narrowChannels) - 1) * BEHIND;
  const widthOf = (/** @type {number} */ sheets) =>
    (WIDTH - 2 * MARGIN - APART - behind - (sheets - 1) * BESIDE) /
    (lengthOf(columns.input) + lengthOf(columns.output) + (sheets - 1) * patch);
  let most = all(wideChannels);
  while (most > 2 && widthOf(most) < (FLATTEST * USUAL) / Math.max(tallest, widest)) most--;
  const widthLeft = widthOf(most);
  const steep = TALLEST / (tallest + widest * STEEPEST * RISE);
  const flat = Math.min((TALLEST - widest * widthLeft * RISE) / tallest, widthLeft / FLATTEST);
  const cell = Math.min(LARGEST_CELL, Math.max(1, steep * STEEPEST <= widthLeft ? steep : flat));
  const slant = Math.min(STEEPEST, widthLeft / cell);
  const wide = { ...sheetsOf(wideChannels, wideChannels / groups, most), sep: patch * cell * slant + BESIDE };
  const narrow = { ...sheetsOf(narrowChannels, 1, all(narrowChannels)), lit: 1, sep: BEHIND };
  const pile = (
    /** @type {{ drawn: number, lit: number, sep: number }} */ sheets,
    /** @type {Area} */ area,
    /** @type {number} */ channels,
  ) => {
    const [height, width] = area.map((span) => lengthOf(span) * cell);
    const rise = width * slant * RISE;
    const y = (HEIGHT - NAMES - height - rise) / 2 + rise;
    return {
      ...sheets,
      channels,
      area,
      cell,
      slant,
      x: MARGIN,
      y,
      width: width * slant + (sheets.drawn - 1) * sheets.sep,
    };
  };
  const input = pile(forward ? wide : narrow, [rows.input, columns.input], channelsIn);
  const output = pile(forward ? narrow : wide, [rows.output, columns.output], channelsOut);
  return { input, output: { ...output, x: WIDTH - MARGIN - output.width } };
}

/** @param {Point[]} points @returns {Point} */
export const middle = (points) => [(points[0][0] + points[2][0]) / 2, (points[0][1] + points[2][1]) / 2];

/**
 * What is drawn of the image, without padding.
 * @param {Axis[]} axes
 * @param {'input' | 'output'} which
 * @returns {Area}
 */
export const imageOf = (axes, which) =>
  /** @type {Area} */ (
    axes.map((axis) => {
      const { from, to } = viewOf(axis)[which];
      return { from: Math.max(0, from), to: Math.min(axis[which], to) };
    })
  );
