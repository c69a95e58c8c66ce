/**
 * spread.js: writes a mean and its spread with the same decimals: 0.0284 ± 0.0008, (3.98 ± 0.51) × 10⁻⁴.
 *
 * The marks of a language come from its numbers.js.
 */

/** Below and above these powers of ten a number is written with its own. */
const [LEAST, MOST] = [-3, 3];

/**
 * @param {{ fixed: (value: number, digits: number) => string, power: (exponent: number) => string }} marks
 * @returns {(mean: number, spread: number) => string} the mean has three significant figures; a spread that these do not
 *   show is left out
 */
export const spreadOf =
  ({ fixed, power }) =>
  (mean, spread) => {
    const exponent = mean > 0 ? Math.floor(Math.log10(mean)) : 0;
    const isFar = exponent < LEAST || exponent > MOST;
    const [scale, digits] = isFar ? [10 ** exponent, 2] : [1, Math.max(0, 2 - exponent)];
    const isSeen = spread / scale >= 0.5 / 10 ** digits;
    const text = [mean, ...(isSeen ? [spread] : [])].map((value) => fixed(value / scale, digits)).join(' ± ');
    const inBrackets = isSeen ? `(${text})` : text;
    return isFar ? `${inBrackets}\u202f×\u202f${power(exponent)}` : text;
  };
