/**
 * notation.js: writes numbers with the marks of a language. It writes three significant figures, a true minus sign,
 * powers of ten outside 1e-3 .. 1e4, and digits in groups of three from 10,000 on. All languages multiply with ×.
 *
 * The words around the numbers are not here.
 */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** From here on, digits are written in groups of three. */
const GROUPED = 1e4;

/** @param {number} exponent */
function power(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** @param {string} digits @param {number} exponent */
const timesPower = (digits, exponent) => `${digits}\u202f×\u202f${power(exponent)}`;

/**
 * The functions that write numbers in one language.
 * @param {string} mark before decimals
 * @param {string} group between groups of three digits
 * @param {string} gap before a percent sign
 */
export function notation(mark, group, gap) {
  /** @param {string} text */
  const marked = (text) => text.replace('.', mark);

  /** @param {number} value @param {number} digits after the mark */
  const fixed = (value, digits) => marked(value.toFixed(digits));

  /** In full, without rounding. @param {number | string} value */
  function exact(value) {
    const [digits, exponent] = String(value).replace(/^-/, '−').split('e');
    const [whole, ...decimals] = digits.split('.');
    const grouped = Math.abs(Number(value)) < GROUPED ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
    const text = [grouped, ...decimals].join(mark);
    return exponent === undefined ? text : timesPower(text, Number(exponent));
  }

  /** As a field for typing shows it: in full, without groups, without superscripts. @param {number | string} value */
  const entry = (value) => marked(String(value));

  /** With three significant figures. @param {number} value */
  function number(value) {
    if (Number.isNaN(value)) return '–';
    const sign = value < 0 ? '−' : '';
    const size = Math.abs(value);
    if (size === Infinity) return `${sign}∞`;
    if (size === 0) return '0';
    const [digits, exponent] = size.toExponential(2).split('e');
    if (Number(exponent) < -3 || Number(exponent) >= 4) return sign + timesPower(marked(digits), Number(exponent));
    return sign + fixed(size, Math.max(0, 2 - Number(exponent)));
  }

  /** Without trailing zeros: for numbers that somebody chose, and for ticks. @param {number} value */
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

  /** A share that percent cannot show is a number. @param {number} value */
  const share = (value) => (value > 0 && value < 1e-5 ? number(value) : percent(value));

  /** A count in full; an average of counts is rounded. @param {number} value */
  const count = (value) => (Number.isInteger(value) ? exact(value) : plain(value));

  return { power, fixed, exact, entry, number, plain, percent, share, count };
}
