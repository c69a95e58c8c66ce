/**
 * spread.js: writes a mean and its spread with the same decimals: 0.0284 ± 0.0008, (3.98 ± 0.51) × 10⁻⁴.
 *
 * The marks of a language come from its numbers.js.
 */

/** Below this power of ten a number is written with it. */
const LEAST = -3;

/**
 * @param {{ fixed: (value: number, digits: number) => string, power: (exponent: number) => string }} marks
 * @returns {(mean: number, spread: number) => string} the mean has three significant figures
 */
export const spreadOf =
  ({ fixed, power }) =>
  (mean, spread) => {
    const exponent = mean > 0 ? Math.floor(Math.log10(mean)) : 0;
    const isSmall = exponent < LEAST;
    const [scale, digits] = isSmall ? [10 ** exponent, 2] : [1, Math.max(0, 2 - exponent)];
    const text = [mean, spread].map((value) => fixed(value / scale, digits)).join(' ± ');
    return isSmall ? `(${text})\u202f×\u202f${power(exponent)}` : text;
  };
