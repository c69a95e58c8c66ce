/**
 * kernel-layout.js: where the sheets of a kernel's picture are, and where each cell is on the drawing.
 *
 * A sheet is a channel. Sheets are upright, side by side, in oblique projection: what is farther away is to the right and
 * higher up. A pile is the sheets of the input or of the output. Nothing is drawn here: kernel-drawing.js does that.
 */
import { lengthOf, sheetsOf, viewOf } from './patch.js';

/** @typedef {import('./patch.js').KernelShape} KernelShape */
/** @typedef {import('./patch.js').Span} Span */
/** @typedef {import('./patch.js').Axis} Axis */
/** @typedef {[rows: Span, columns: Span]} Area */
/** @typedef {[x: number, y: number]} Point */

/**
 * @typedef {object} Pile lengths are in units of the drawing
 * @property {number} drawn number of sheets
 * @property {number} lit how many of them are lit, from the first on
 * @property {number} channels that the sheets stand for
 * @property {number} sep from one sheet to the next
 * @property {Area} area the cells that each sheet shows
 * @property {number} cell height of a cell
 * @property {number} slant width of a cell divided by its height
 * @property {number} x of the first sheet's top left corner
 * @property {number} y likewise
 * @property {number} width of all sheets together
 */

/** The size of the drawing. A unit is a CSS pixel if there is room for all of it. */
export const [WIDTH, HEIGHT] = [360, 224];
/** A row of cells rises by this share of its width. */
export const RISE = 0.4;
const NAMES = 32; // height of the names below the sheets
const MARGIN = 14; // left of the sheets, for the kernel's height
const TALLEST = 180; // height of a sheet with its rise
const USUAL = 128; // height of a sheet without its rise, from which FLATTEST counts
const LARGEST_CELL = 16;
const APART = 52; // from input to output, where the lines are
const [BESIDE, BEHIND] = [5, 7]; // from one sheet to the next: between their patches, or between overlapping sheets
const ALL_SHEETS = 8; // up to this many channels each have a sheet
const FEW_SHEETS = 4; // sheets for more channels
const [FLATTEST, STEEPEST] = [0.34, 0.72]; // limits of slant

/** @param {number} value @returns {number} to one decimal, which keeps paths short */
export const round = (value) => Math.round(value * 10) / 10;

/** @param {Point[]} points @returns {string} a closed SVG path */
export const outline = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;

/**
 * Projects a position of a sheet onto the drawing.
 * @param {Pile} pile
 * @param {number} sheet
 * @param {number} row may be a fraction
 * @param {number} column may be a fraction
 * @returns {Point}
 */
export function project({ x, y, cell, slant, sep, area }, sheet, row, column) {
  const [down, along] = [(row - area[0].from) * cell, (column - area[1].from) * cell * slant];
  return [x + sheet * sep + along, y + down - along * RISE];
}

/** @param {Pile} pile @param {number} sheet @param {Area} area @returns {Point[]} clockwise from top left */
export const corners = (pile, sheet, [rows, columns]) => [
  project(pile, sheet, rows.from, columns.from),
  project(pile, sheet, rows.from, columns.to),
  project(pile, sheet, rows.to, columns.to),
  project(pile, sheet, rows.to, columns.from),
];

/**
 * @param {Pile} pile
 * @param {number} sheet
 * @param {Area} area
 * @param {(row: number, column: number) => boolean} [keep] which cells to include; default: all
 * @returns {string} an SVG path with an outline for each cell
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

/** @param {number} cell @returns {Span} */
export const oneCell = (cell) => ({ from: cell, to: cell + 1 });

/** @param {number} channels @returns {number} sheets to draw */
const sheetCount = (channels) => (channels <= ALL_SHEETS ? channels : FEW_SHEETS);

/**
 * Lays out one picture. Cells are as large and as wide as fits. If they would be too flat, there are fewer sheets.
 * @param {KernelShape} shape
 * @param {Axis[]} axes rows and columns
 * @param {boolean} forward true: many inputs into one output; false: one input into many outputs
 * @returns {{ input: Pile, output: Pile }}
 */
export function layOut({ channelsIn, channelsOut, groups }, axes, forward) {
  const [wideChannels, narrowChannels] = forward ? [channelsIn, channelsOut] : [channelsOut, channelsIn];
  const patch = forward ? axes[1].side : Math.ceil(axes[1].side / axes[1].stride);
  const { cell, slant, most } = fitCells(axes, wideChannels, narrowChannels, patch);
  const wide = { ...sheetsOf(wideChannels, wideChannels / groups, most), sep: patch * cell * slant + BESIDE };
  const narrow = { ...sheetsOf(narrowChannels, 1, sheetCount(narrowChannels)), lit: 1, sep: BEHIND };
  const [rows, columns] = axes.map(viewOf);
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

/**
 * Finds the size of a cell, and how many sheets of the wide pile fit.
 * @param {Axis[]} axes rows and columns
 * @param {number} wideChannels of the pile whose patches are side by side
 * @param {number} narrowChannels of the pile whose sheets overlap
 * @param {number} patch columns of a patch in the wide pile
 * @returns {{ cell: number, slant: number, most: number }} see Pile; most: sheets
 */
function fitCells(axes, wideChannels, narrowChannels, patch) {
  const [rows, columns] = axes.map(viewOf);
  const [tallest, widest] = [rows, columns].map(({ input, output }) => Math.max(lengthOf(input), lengthOf(output)));
  const behind = (sheetCount(narrowChannels) - 1) * BEHIND;
  const widthOf = (/** @type {number} */ sheets) =>
    (WIDTH - 2 * MARGIN - APART - behind - (sheets - 1) * BESIDE) /
    (lengthOf(columns.input) + lengthOf(columns.output) + (sheets - 1) * patch);
  let most = sheetCount(wideChannels);
  while (most > 2 && widthOf(most) < (FLATTEST * USUAL) / Math.max(tallest, widest)) most--;
  const width = widthOf(most);
  const steep = TALLEST / (tallest + widest * STEEPEST * RISE);
  const flat = Math.min((TALLEST - widest * width * RISE) / tallest, width / FLATTEST);
  const cell = Math.min(LARGEST_CELL, Math.max(1, steep * STEEPEST <= width ? steep : flat));
  return { cell, slant: Math.min(STEEPEST, width / cell), most };
}

/** @param {Point[]} points corners of a cell @returns {Point} */
export const middle = (points) => [(points[0][0] + points[2][0]) / 2, (points[0][1] + points[2][1]) / 2];

/**
 * The part of the image that is drawn, without padding.
 * @param {Axis[]} axes rows and columns
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
