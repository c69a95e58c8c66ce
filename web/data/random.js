/**
 * random.js: random numbers for the data, as a function of a seed, a stream and a position. So a point and a label do not
 * depend on how many others were drawn.
 *
 * It is not the generator of the engine, which draws weights. That one is in C.
 */

/** The last step of MurmurHash3, 32 bits (Austin Appleby, public domain). @param {number} bits @returns {number} */
function mix(bits) {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** 2^32 divided by the golden ratio, made odd: neighbouring numbers become far ones. */
const GOLDEN = 0x9e3779b9;

/** @param {number} seed @param {number} stream @param {number} position @returns {number} uniform in [0, 1) */
export function randomOf(seed, stream, position) {
  const start = mix(seed + GOLDEN);
  const inStream = mix(start + Math.imul(stream + 1, GOLDEN));
  return (mix(inStream + Math.imul(position + 1, GOLDEN)) >>> 0) / 2 ** 32;
}

/** A normal number with mean 0 and std 1, nearly: the sum of four uniform ones. It lies within +-2 sqrt(3).
 * @param {number} seed @param {number} stream @param {number} position @returns {number} */
export function normalOf(seed, stream, position) {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += randomOf(seed, stream, 4 * position + i);
  return (sum - 2) * Math.sqrt(3);
}
