/**
 * textures.js: the images that the project ships: bricks, clouds, wood and leaves. Formulas paint them. They are the
 * project's own work under its MIT licence; no file, photograph or data set is behind them.
 *
 * Each is a square tile without seams, so a part may begin anywhere. They use only + - * /, square roots, floors and
 * integer hashes. These are exact or correctly rounded, so every machine gives the same bits; sin and pow would not.
 * images.js chooses the part that an example shows.
 */

/** @typedef {[red: number, green: number, blue: number]} Colour 0..255; it may go beyond, and is clamped when stored */
/** @typedef {(u: number, v: number) => Colour} Painter the colour at a point: u across, v down, both in [0, 1) */
/** @typedef {{ width: number, height: number, pixels: Uint8ClampedArray }} Picture pixels: RGBA, row by row */

/** Pixels of a tile's side. */
export const TILE = 512;

/** 32 bits, hashed from two whole numbers and a salt. @param {number} x @param {number} y @param {number} salt */
function bitsOf(x, y, salt) {
  let bits = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(salt, 0xc2b2ae3d);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x9e3779b1);
  return bits ^ (bits >>> 15);
}

/** Uniform on [0, 1). @param {number} x @param {number} y @param {number} salt */
export const hash = (x, y, salt) => (bitsOf(x, y, salt) >>> 0) / 2 ** 32;

/** @param {number} value @param {number} period */
export const modulo = (value, period) => value - period * Math.floor(value / period);

/** @param {number} x */
const fraction = (x) => x - Math.floor(x);

/** @param {number} a @param {number} b @param {number} t */
const mix = (a, b, t) => a + (b - a) * t;

/** 0 below lo, 1 above hi, smooth between. @param {number} lo @param {number} hi @param {number} x */
function step(lo, hi, x) {
  const t = Math.min(1, Math.max(0, (x - lo) / (hi - lo)));
  return t * t * (3 - 2 * t);
}

/** A smooth wave of period 1 between 0 and 1, much like a sine. @param {number} x */
const wave = (x) => step(0, 1, Math.abs(2 * fraction(x) - 1));

/** @param {Colour} a @param {Colour} b @param {number} t @returns {Colour} */
const blend = (a, b, t) => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];

/** @param {Colour} colour @param {number} factor @param {number} [more] @returns {Colour} */
const shade = ([r, g, b], factor, more = 0) => [r * factor + more, g * factor + more, b * factor + more];

/**
 * The height of a random plane at a point. The plane is 0 at a corner; its slopes are uniform on [-1, 1).
 * @param {number} column @param {number} row @param {number} salt @param {number} dx @param {number} dy from the corner
 */
function slope(column, row, salt, dx, dy) {
  const bits = bitsOf(column, row, salt);
  return ((bits & 0xffff) / 0x8000 - 1) * dx + ((bits >>> 16) / 0x8000 - 1) * dy;
}

/**
 * Gradient noise (Perlin 1985, "An image synthesizer") of mean 0 within [-1, 1], on a lattice that repeats.
 * @param {number} x @param {number} y in cells
 * @param {number} across @param {number} down the periods, in whole cells
 * @param {number} salt
 */
function noise(x, y, across, down, salt) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const column = modulo(left, across);
  const row = modulo(top, down);
  const right = column + 1 === across ? 0 : column + 1;
  const below = row + 1 === down ? 0 : row + 1;
  const t = step(0, 1, dx);
  const upper = mix(slope(column, row, salt, dx, dy), slope(right, row, salt, dx - 1, dy), t);
  const lower = mix(slope(column, below, salt, dx, dy - 1), slope(right, below, salt, dx - 1, dy - 1), t);
  return mix(upper, lower, step(0, 1, dy));
}

/**
 * Octaves of noise, each twice as fine and half as strong.
 * @param {number} u @param {number} v @param {number} across @param {number} down cells of the coarsest
 * @param {number} octaves @param {number} salt
 */
function octavesOf(u, v, across, down, octaves, salt) {
  let sum = 0;
  for (let k = 0; k < octaves; k++) {
    const scale = 2 ** k;
    sum += noise(u * across * scale, v * down * scale, across * scale, down * scale, salt + k) / scale;
  }
  return sum;
}

/** A colour of a palette, chosen by a number in [0, 1). @param {Colour[]} palette @param {number} t */
const pick = (palette, t) => palette[Math.floor(t * palette.length)];

const COURSES = 16;
const BRICKS = 8; // in a course
/** @type {Colour[]} */
const CLAY = [
  [172, 74, 50],
  [188, 92, 62],
  [152, 60, 44],
  [204, 116, 80],
  [118, 52, 46],
  [164, 84, 66],
];

/** Running bond, lit from above. @type {Painter} */
function bricks(u, v) {
  const wobble = octavesOf(u, v, 24, 24, 2, 1);
  const y = v * COURSES + 0.05 * wobble;
  const course = modulo(Math.floor(y), COURSES);
  const x = u * BRICKS + (course % 2) / 2 + 0.03 * wobble;
  const top = (fraction(y) * TILE) / COURSES; // pixels from the brick's upper edge
  const below = TILE / COURSES - top;
  const side = (Math.min(fraction(x), 1 - fraction(x)) * TILE) / BRICKS;
  const inside = step(1.8, 3.6, Math.min(top, below, side));
  const grain = octavesOf(u, v, 64, 64, 3, 3);
  const clay = pick(CLAY, hash(modulo(Math.floor(x), BRICKS), course, 7));
  const light = 1 + 0.22 * step(8, 3, top) - 0.3 * step(7, 3, below);
  return blend(shade([196, 188, 174], 1, 30 * grain), shade(clay, light, 44 * grain + 26 * wobble), inside);
}

/** White heaps that are grey underneath, on a blue that varies slowly. @type {Painter} */
function clouds(u, v) {
  const bend = 0.05 * noise(u * 5, v * 5, 5, 5, 11);
  /** @param {number} lift */
  const density = (lift) => octavesOf(u + bend, v + bend + lift, 3, 4, 5, 13);
  const here = density(0);
  const cover = step(-0.06, 0.2, here);
  const sky = blend([46, 112, 196], [132, 184, 232], step(-0.5, 0.5, noise(u * 2, v * 2, 2, 2, 23)));
  if (cover === 0) return sky;
  const lit = step(-0.22, 0.22, here - density(-0.02)); // thinner above: the sun reaches it
  const cloud = blend([142, 152, 172], [255, 253, 248], mix(lit, 1 - step(0.2, 0.8, here), 0.35));
  return blend(sky, cloud, cover);
}

const PLANKS = 8;
const LENGTHS = 2; // boards in a row

/** Boards with rings that run along them and bend around a knot. @type {Painter} */
function wood(u, v) {
  const row = Math.floor(v * PLANKS);
  const y = fraction(v * PLANKS);
  const x = u * LENGTHS + hash(row, 0, 31);
  const board = row * LENGTHS + modulo(Math.floor(x), LENGTHS);
  const along = fraction(x);
  const knotX = (along - mix(0.2, 0.8, hash(board, 0, 32))) * 4; // a board is four times as long as wide
  const knotY = y - mix(0.25, 0.75, hash(board, 0, 33));
  const apart = Math.sqrt(0.35 * knotX * knotX + knotY * knotY);
  const bend = 0.5 * noise(along * 3, y * 1.5 + board * 5, 4, 4096, 34);
  const fibre = noise(along * 28, v * TILE * 0.4, 28, 4096, 35 + board);
  const rings = wave(4.5 * (y + bend) + 2.4 / (1 + 30 * apart * apart) + 0.15 * fibre);
  const tint = mix(0.78, 1.16, hash(board, 0, 36));
  const timber = blend([222, 170, 108], [150, 92, 48], 0.75 * rings + 0.25 * step(-0.4, 0.4, fibre));
  const knotted = blend([70, 38, 20], timber, step(0.05, 0.16, apart));
  const edge = Math.min(y, 1 - y) * (TILE / PLANKS);
  const end = Math.min(along, 1 - along) * (TILE / LENGTHS);
  return blend([44, 26, 16], shade(knotted, tint, 24 * fibre), step(0.8, 2.6, Math.min(edge, end)));
}

const CELLS = 12; // across and down; a leaf reaches at most one cell from its centre
const HEAPED = 3; // leaves in a cell
/** @type {Colour[]} */
const FOLIAGE = [
  [196, 44, 30],
  [226, 104, 28],
  [240, 178, 44],
  [84, 132, 40],
  [150, 160, 48],
  [52, 96, 42],
  [158, 30, 44],
  [232, 140, 36],
];

/**
 * @typedef {{ x: number, y: number, cos: number, sin: number, length: number, rank: number, colour: Colour }} Leaf
 *   lengths are in cells; the leaf of the highest rank lies on top
 */

/** Leaf i of a cell. @param {number} column @param {number} row @param {number} i @returns {Leaf} */
function leafOf(column, row, i) {
  /** @param {number} salt */
  const draw = (salt) => hash(column * HEAPED + i, row, 50 + salt);
  const [dx, dy] = [2 * draw(0) - 1, 2 * draw(1) - 1];
  const norm = Math.sqrt(dx * dx + dy * dy) || 1;
  return {
    x: column + draw(2),
    y: row + draw(3),
    cos: dx / norm,
    sin: dy / norm,
    length: mix(0.72, 0.98, draw(4)),
    rank: draw(5),
    colour: pick(FOLIAGE, draw(6)),
  };
}

const LEAVES = /* @__PURE__ */ Array.from({ length: CELLS * CELLS * HEAPED }, (_, n) => {
  const cell = Math.floor(n / HEAPED);
  return leafOf(cell % CELLS, Math.floor(cell / CELLS), n % HEAPED);
});

/**
 * Where a point lies on a leaf: along it and across it, both -1..1; null if it is not on the leaf.
 * @param {Leaf} leaf @param {number} x @param {number} y in cells
 * @returns {[along: number, across: number] | null}
 */
function within(leaf, x, y) {
  const dx = modulo(x - leaf.x + CELLS / 2, CELLS) - CELLS / 2;
  const dy = modulo(y - leaf.y + CELLS / 2, CELLS) - CELLS / 2;
  if (dx * dx + dy * dy > leaf.length * leaf.length) return null;
  const along = (dx * leaf.cos + dy * leaf.sin) / leaf.length;
  const half = 0.42 * leaf.length * (1 - along * along) * (1 - 0.35 * along);
  const beside = (dy * leaf.cos - dx * leaf.sin) / half;
  return Math.abs(along) < 1 && Math.abs(beside) < 1 ? [along, beside] : null;
}

/** The topmost leaf over a point. @param {number} x @param {number} y in cells @returns {Leaf | null} */
function topmost(x, y) {
  /** @type {Leaf | null} */
  let top = null;
  for (let j = -1; j <= 1; j++) {
    for (let i = -1; i <= 1; i++) {
      const cell = modulo(Math.floor(y) + j, CELLS) * CELLS + modulo(Math.floor(x) + i, CELLS);
      for (let n = cell * HEAPED; n < (cell + 1) * HEAPED; n++) {
        if ((top === null || LEAVES[n].rank > top.rank) && within(LEAVES[n], x, y)) top = LEAVES[n];
      }
    }
  }
  return top;
}

/** Fallen leaves that overlap on dark earth, each with veins and a shadow. @type {Painter} */
function leaves(u, v) {
  const [x, y] = [u * CELLS, v * CELLS];
  const grain = octavesOf(u, v, 48, 48, 3, 41);
  const leaf = topmost(x, y);
  const above = topmost(x - 0.05, y - 0.09);
  const shadow = above && above !== leaf && above.rank > (leaf?.rank ?? -1) ? 0.5 : 1;
  const place = leaf && within(leaf, x, y);
  if (!leaf || !place) return shade([58, 44, 32], shadow, 40 * grain);
  const [along, beside] = place;
  const midrib = step(0.16, 0.05, Math.abs(beside));
  const veins = step(0.75, 1, wave(4 * (along - 0.45 * Math.abs(beside))));
  const light =
    mix(0.6, 1.1, leaf.rank) * (1 + 0.16 * (beside > 0 ? 1 : -1)) * (1 - 0.4 * step(0.75, 1, Math.abs(beside)));
  const blade = shade(leaf.colour, light * shadow * (1 - 0.18 * veins), 30 * grain);
  return blend(blade, shade([250, 222, 140], light * shadow), 0.6 * midrib);
}

/** @type {Record<string, Painter>} */
const PAINTERS = { bricks, clouds, wood, leaves };

/** Paints a tile that repeats across and down. @param {string} name one of IMAGES @returns {Picture} */
export function paintTexture(name) {
  const pixels = new Uint8ClampedArray(4 * TILE * TILE).fill(255);
  for (let i = 0; i < TILE * TILE; i++) {
    pixels.set(PAINTERS[name](((i % TILE) + 0.5) / TILE, (Math.floor(i / TILE) + 0.5) / TILE), 4 * i);
  }
  return { width: TILE, height: TILE, pixels };
}
