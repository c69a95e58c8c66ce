/*
 * How numbers are written, by the marks of a language: three significant figures, a true minus, powers of ten outside
 * 1e-3 .. 1e4. Not here: what is written of them.
 */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Whole numbers from here on are written in groups of three. */
const GROUPED = 1e4;

/** @param {number} exponent */
function power(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/**
 * @param {string} mark before decimals
 * @param {string} times between a number and its power of ten
 * @param {string} gap before a sign of per cent
 */
export function notation(mark, times, gap) {
  /** @param {string} text */
  const marked = (text) => text.replace('.', mark);

  /** @param {number} value @param {number} digits after the mark */
  const fixed = (value, digits) => marked(value.toFixed(digits));

  /** In full, as it is. @param {number | string} value */
  const exact = (value) => marked(String(value).replace(/^-/, '−'));

  /** @param {number} value */
  function number(value) {
    if (Number.isNaN(value)) return '–';
    const sign = value < 0 ? '−' : '';
    const size = Math.abs(value);
    if (size === Infinity) return `${sign}∞`;
    if (size === 0) return '0';
    const [digits, exponent] = size.toExponential(2).split('e');
    if (Number(exponent) < -3 || Number(exponent) >= 4)
      return `${sign}${marked(digits)}\u202f${times}\u202f${power(Number(exponent))}`;
    return sign + fixed(size, Math.max(0, 2 - Number(exponent)));
  }

  /** A number whose trailing zeros say nothing: one that was chosen, or a tick. @param {number} value */
  function plain(value) {
    const [digits, ...rest] = number(value).split('\u202f');
    return [digits.includes(mark) ? digits.replace(/0+$/, '').replace(/[^0-9]$/, '') : digits, ...rest].join('\u202f');
  }

  /** @param {number} share */
  function percent(share) {
    if (Number.isNaN(share)) return '–';
    const value = share * 100;
    if (value > 0 && value < 0.0005) return `<\u202f${fixed(0.001, 3)}${gap}%`;
    if (value > 0 && value < 0.1) return `${marked(value.toPrecision(1))}${gap}%`;
    if (value >= 1000) return `${number(value)}${gap}%`;
    return `${value === 0 || value >= 10 ? Math.round(value) : fixed(value, 1)}${gap}%`;
  }

  /** Counts are whole, and written in full; averages of them are not. @param {number} value */
  function count(value) {
    if (!Number.isInteger(value)) return plain(value);
    return value < GROUPED ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  }

  return { power, fixed, exact, number, plain, percent, count };
}
