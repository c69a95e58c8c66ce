/**
 * kernel-drawing.js: the parts of a kernel's picture as SVG elements: sheets, zeros of padding, beams, names.
 *
 * Colours and strokes come from the style sheet, by class (css/parts/images.css). kernel-layout.js says where things are, and
 * kernel.js which of them a picture has.
 */
import { cellsOf, corners, HEIGHT, outline, project, RISE, round, WIDTH } from './kernel-layout.js';
import { lengthOf } from './patch.js';

/** @typedef {import('./kernel-layout.js').Area} Area */
/** @typedef {import('./kernel-layout.js').Pile} Pile */
/** @typedef {import('./kernel-layout.js').Point} Point */

const NAMESPACE = 'http://www.w3.org/2000/svg';
const [DIGIT, SIDE_GAP, SIDE_HEIGHT] = [8, 4, 20]; // the kernel's height and width as text: a digit, a gap, a line
const SMALLEST_DIGIT = 5; // width of the narrowest cell with a 0 in it

/**
 * Creates an SVG element.
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {(Element | string)[]} children
 */
export function createNode(name, attributes, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * Draws the sheets of a pile. If only a corner of the image is drawn, its cut sides are dashed.
 * @param {Pile} pile
 * @param {Area} image the part of the area that is not padding
 * @param {boolean[]} whole whether all rows, and all columns, are drawn
 */
export function drawSheets(pile, image, whole) {
  const sheets = [];
  for (let sheet = 0; sheet < pile.drawn; sheet++) {
    const [a, b, c, d] = corners(pile, sheet, image).map((point) => point.map(round).join(' '));
    const name = sheet < pile.lit ? 'sheet lit' : 'sheet';
    sheets.push(createNode('path', { class: 'paper', d: `M${a}L${b}L${c}L${d}Z` }));
    if (sheet < pile.lit) sheets.push(createNode('path', { class: 'grid', d: cellsOf(pile, sheet, image) }));
    sheets.push(
      createNode('path', {
        class: name,
        d: `M${b}L${a}L${d}${whole[0] ? `L${c}` : ''}${whole[1] ? `M${c}L${b}` : ''}`,
      }),
    );
    if (!whole[0]) sheets.push(createNode('path', { class: `${name} torn`, d: `M${d}L${c}` }));
    if (!whole[1]) sheets.push(createNode('path', { class: `${name} torn`, d: `M${c}L${b}` }));
  }
  return sheets;
}

/**
 * Draws the cells of a patch that are padding: hatched, with a 0 if there is room for it.
 * @param {Pile} pile
 * @param {number} sheet
 * @param {Area} area
 * @param {(row: number, column: number) => boolean} outside whether a cell is padding
 * @param {string} hatch id of the pattern
 */
export function drawZeros(pile, sheet, area, outside, hatch) {
  const d = cellsOf(pile, sheet, area, outside);
  if (d === '') return [];
  const drawn = [
    createNode('path', { class: 'paper', d }),
    createNode('path', { class: 'zeros', fill: `url(#${hatch})`, d }),
  ];
  const width = pile.cell * pile.slant;
  if (width < SMALLEST_DIGIT) return drawn;
  const size = Math.min(13, pile.cell * 0.8, width * 1.4);
  for (let row = area[0].from; row < area[0].to; row++) {
    for (let column = area[1].from; column < area[1].to; column++) {
      if (!outside(row, column)) continue;
      const [x, y] = project(pile, sheet, row + 0.5, column + 0.5).map(round);
      const transform = `matrix(1 ${-RISE} 0 1 ${x} ${y})`;
      drawn.push(
        createNode('text', { class: 'zero', transform, dy: round(size * 0.36), 'font-size': round(size) }, '0'),
      );
    }
  }
  return drawn;
}

/**
 * Draws lines from every patch of a pile to one cell, and a beam from the nearest patch.
 * @param {Point[][]} patches corners clockwise from top left, the nearest patch last
 * @param {Point} cell
 */
export function drawBeam(patches, cell) {
  const lines = patches.map(([, topRight, bottomRight]) =>
    [topRight, bottomRight].map((corner) => outline([corner, cell])).join(''),
  );
  const [, topRight, bottomRight] = patches[patches.length - 1];
  return [
    createNode('path', { class: 'beam', d: outline([topRight, bottomRight, cell]) }),
    createNode('path', { class: 'lines', d: lines.join('') }),
  ];
}

/**
 * Writes the names of the piles below them, and how many channels the sheets stand for.
 * @param {import('./image-section.js').ImageWords} words
 * @param {{ input: Pile, output: Pile }} piles
 * @param {number[][]} sizes height and width of the input and of the output
 */
export function drawNames(words, { input, output }, sizes) {
  return /** @type {const} */ (['input', 'output']).flatMap((which, i) => {
    const pile = which === 'input' ? input : output;
    const text = words.pileWords(which, sizes[i], pile.channels);
    const anchor = which === 'input' ? { x: 0, 'text-anchor': 'start' } : { x: WIDTH, 'text-anchor': 'end' };
    const names = [createNode('text', { ...anchor, y: HEIGHT - 6 }, text)];
    if (pile.drawn < pile.channels) {
      const [x, y] = corners(pile, pile.drawn - 1, pile.area)[2].map(round);
      names.push(
        createNode(
          'text',
          { class: 'many', x, y: y + 28, 'text-anchor': 'end' },
          words.manyWords(pile.drawn, pile.channels),
        ),
      );
    }
    return names;
  });
}

/**
 * Writes the kernel's height and width beside its first patch. If the edge of the sheet would cross a number, the number
 * moves past that edge.
 * @param {Pile} pile
 * @param {Area} area of the patch
 * @param {Area} image
 */
export function drawSides(pile, area, image) {
  const [rows, columns] = area.map((span) => String(lengthOf(span)));
  const middles = area.map(({ from, to }) => (from + to) / 2);
  const [left, level] = project(pile, 0, middles[0], area[1].from);
  const [edge] = project(pile, 0, middles[0], image[1].from);
  const [along, bottom] = project(pile, 0, area[0].to, middles[1]);
  const [, ground] = project(pile, 0, image[0].to, middles[1]);
  const width = DIGIT * rows.length + SIDE_GAP;
  const beside = [(left - edge < width + SIDE_GAP ? Math.min(left, edge) : left) - SIDE_GAP, level + 4];
  const below = [along, (ground - bottom < SIDE_HEIGHT ? Math.max(ground, bottom) : bottom) + 14];
  return [
    createNode('text', { class: 'side', x: round(beside[0]), y: round(beside[1]), 'text-anchor': 'end' }, rows),
    createNode('text', { class: 'side', x: round(below[0]), y: round(below[1]), 'text-anchor': 'middle' }, columns),
  ];
}
