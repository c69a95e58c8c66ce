/**
 * planes.js: points in the plane, in two classes: on two spirals, or on two circles with one centre. Each point is moved
 * off its curve by a little noise.
 *
 * A direction goes round by repeated turns. One turn by an angle is (1 - t^2, 2 t) / (1 + t^2), with t the tangent of half
 * the angle. So no sine is needed, whose last bit differs between browsers.
 */

import { normalOf } from './random.js';

/** The largest |x| and |y| that a point may have. The std of both is about 1. */
export const PLANE_SIDE = 3;

/** Std of the noise on x and on y. */
const NOISE = 0.1;

/** Half the angle from one position to the next, as its tangent: pi / 200 on circles, 3 pi / 400 on spirals. */
const CIRCLE_TANGENT = 0.015709255323664916;
const SPIRAL_TANGENT = 0.02356630612806465;

/** Radii of the two circles, of class 0 and 1. */
const CIRCLES = [0.8, 1.8];

/** Both spirals go from the first radius to the second. */
const SPIRALS = [0.25, 2.5];

/** @typedef {{ inputs: Float32Array, labels: Uint8Array }} Points (points, 2) and (points); classes alternate */

/**
 * Places half of the points of each class along its curve.
 * @param {number} count even
 * @param {number} seed of the noise
 * @param {number} tangent of half the angle from one position to the next
 * @param {(label: number, share: number) => number} radiusOf a signed radius; share: how far along the curve, 0 to 1
 * @returns {Points}
 */
function place(count, seed, tangent, radiusOf) {
  const inputs = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  const scale = 1 + tangent * tangent;
  const [cosine, sine] = [(1 - tangent * tangent) / scale, (2 * tangent) / scale];
  let [x, y] = [1, 0];
  for (let k = 0; k < count; k++) {
    const label = k % 2;
    const radius = radiusOf(label, (k - label) / (count - 2));
    labels[k] = label;
    inputs[2 * k] = radius * x + NOISE * normalOf(seed, 0, k);
    inputs[2 * k + 1] = radius * y + NOISE * normalOf(seed, 1, k);
    if (label === 1) [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
  }
  return { inputs, labels };
}

/** One and a half turns of two spirals; the second is the first turned by half a turn. For 400 points.
 * @param {number} count @param {number} seed @returns {Points} */
export const spirals = (count, seed) =>
  place(count, seed, SPIRAL_TANGENT, (label, share) => {
    const radius = SPIRALS[0] + (SPIRALS[1] - SPIRALS[0]) * share;
    return label === 0 ? radius : -radius;
  });

/** Two circles with one centre. For 400 points. @param {number} count @param {number} seed @returns {Points} */
export const circles = (count, seed) => place(count, seed, CIRCLE_TANGENT, (label) => CIRCLES[label]);
