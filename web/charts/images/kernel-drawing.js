/*
 * drawing.js: the parts of a kernel's picture as SVG elements: sheets, zeros of padding, the beam between a patch and
 * the one cell, names. Colours and strokes are the style sheet's, by class; where things stand is piles.js's.
 */
import { words } from '../../locales/words.js';
import { cellsOf, corners, HEIGHT, outline, place, RISE, round, WIDTH } from './kernel-layout.js';
import { lengthOf } from './patch.js';

/** @typedef {import('./kernel-layout.js').Area} Area */
/** @typedef {import('./kernel-layout.js').Pile} Pile */
/** @typedef {import('./kernel-layout.js').Point} Point */

const NAMESPACE = 'http://www.w3.org/2000/svg';
const [DIGIT, SIDE_GAP, SIDE_HEIGHT] = [8, 4, 20]; // of the sides of a kernel, as they are written
const SMALLEST_DIGIT = 5; // width of a cell that holds a 0

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {(Element | string)[]} children
 */
export function node(name, attributes, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * The sheets of a pile. Where only a corner of the image is drawn, its torn sides are dashed.
 * @param {Pile} pile
 * @param {Area} image the part of the area that is not padding
 * @param {boolean[]} whole rows and columns
 */
export function drawSheets(pile, image, whole) {
  const sheets = [];
  for (let sheet = 0; sheet < pile.drawn; sheet++) {
    const [a, b, c, d] = corners(pile, sheet, image).map((point) => point.map(round).join(' '));
    const name = sheet < pile.lit ? 'sheet lit' : 'sheet';
    sheets.push(node('path', { class: 'paper', d: `M${a}L${b}L${c}L${d}Z` }));
    if (sheet < pile.lit) sheets.push(node('path', { class: 'grid', d: cellsOf(pile, sheet, image) }));
    sheets.push(
      node('path', { class: name, d: `M${b}L${a}L${d}${whole[0] ? `L${c}` : ''}${whole[1] ? `M${c}L${b}` : ''}` }),
    );
    if (!whole[0]) sheets.push(node('path', { class: `${name} torn`, d: `M${d}L${c}` }));
    if (!whole[1]) sheets.push(node('path', { class: `${name} torn`, d: `M${c}L${b}` }));
  }
  return sheets;
}

/**
 * Cells of the patch that lie outside the image: hatched, with a 0 where there is room for one.
 * @param {Pile} pile
 * @param {number} sheet
 * @param {Area} area
 * @param {(row: number, column: number) => boolean} outside
 * @param {string} hatch the pattern's id
 */
export function drawZeros(pile, sheet, area, outside, hatch) {
  const d = cellsOf(pile, sheet, area, outside);
  if (d === '') return [];
  const drawn = [node('path', { class: 'paper', d }), node('path', { class: 'zeros', fill: `url(#${hatch})`, d })];
  const width = pile.cell * pile.slant;
  if (width < SMALLEST_DIGIT) return drawn;
  const size = Math.min(13, pile.cell * 0.8, width * 1.4);
  for (let row = area[0].from; row < area[0].to; row++) {
    for (let column = area[1].from; column < area[1].to; column++) {
      if (!outside(row, column)) continue;
      const [x, y] = place(pile, sheet, row + 0.5, column + 0.5).map(round);
      const transform = `matrix(1 ${-RISE} 0 1 ${x} ${y})`;
      drawn.push(node('text', { class: 'zero', transform, dy: round(size * 0.36), 'font-size': round(size) }, '0'));
    }
  }
  return drawn;
}

/**
 * The lines from every patch of a pile to one cell, and the beam from the nearest.
 * @param {Point[][]} patches corners clockwise from top left, the nearest patch last
 * @param {Point} to
 */
export function drawBeam(patches, to, nearest = patches[patches.length - 1]) {
  const lines = patches.map(([, topRight, bottomRight]) =>
    [topRight, bottomRight].map((from) => outline([from, to])).join(''),
  );
  const [, topRight, bottomRight] = nearest;
  return [
    node('path', { class: 'beam', d: outline([topRight, bottomRight, to]) }),
    node('path', { class: 'lines', d: lines.join('') }),
  ];
}

/**
 * Names under the piles, and how many channels the sheets stand for.
 * @param {{ input: Pile, output: Pile }} piles
 * @param {number[][]} sizes of input and output
 */
export function drawNames({ input, output }, sizes) {
  return /** @type {const} */ (['input', 'output']).flatMap((which, i) => {
    const pile = which === 'input' ? input : output;
    const text = words.pileWords(which, sizes[i], pile.channels);
    const at = which === 'input' ? { x: 0, 'text-anchor': 'start' } : { x: WIDTH, 'text-anchor': 'end' };
    const names = [node('text', { ...at, y: HEIGHT - 6 }, text)];
    if (pile.drawn < pile.channels) {
      const [x, y] = corners(pile, pile.drawn - 1, pile.area)[2].map(round);
      names.push(
        node('text', { class: 'many', x, y: y + 28, 'text-anchor': 'end' }, words.manyWords(pile.drawn, pile.channels)),
      );
    }
    return names;
  });
}

/**
 * The sides of the kernel, beside its first patch; where the edge of the sheet would run through them, beyond it.
 * @param {Pile} pile @param {Area} area @param {Area} image
 */
export function drawSides(pile, area, image) {
  const [rows, columns] = area.map((span) => String(lengthOf(span)));
  const middles = area.map(({ from, to }) => (from + to) / 2);
  const [left, level] = place(pile, 0, middles[0], area[1].from);
  const [edge] = place(pile, 0, middles[0], image[1].from);
  const [along, bottom] = place(pile, 0, area[0].to, middles[1]);
  const [, ground] = place(pile, 0, image[0].to, middles[1]);
  const width = DIGIT * rows.length + SIDE_GAP;
  const beside = [(left - edge < width + SIDE_GAP ? Math.min(left, edge) : left) - SIDE_GAP, level + 4];
  const below = [along, (ground - bottom < SIDE_HEIGHT ? Math.max(ground, bottom) : bottom) + 14];
  return [
    node('text', { class: 'side', x: round(beside[0]), y: round(beside[1]), 'text-anchor': 'end' }, rows),
    node('text', { class: 'side', x: round(below[0]), y: round(below[1]), 'text-anchor': 'middle' }, columns),
  ];
}
