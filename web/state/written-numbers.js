/**
 * written-numbers.js: reads a number as people write it, with a point or a comma, in groups of three digits, or as a short
 * expression. Addresses have a stricter syntax, in state.js; the range of a number is not checked here.
 *
 *   sum     = product, then any of: + - product
 *   product = signed, then any of: * × · / ÷ signed, or a root: 2√3
 *   signed  = - or + signed, or power
 *   power   = root, then one of: ^ ** signed, superscripts, %
 *   root    = √ or sqrt and a root, or numeral, or π or pi, or ( sum )
 *   numeral = digits with a point or a comma before decimals, or in groups of three; then e and an exponent
 *
 * A group is marked by a space of any width, an apostrophe, an underscore, a comma or a point: 1 024, 1'024, 1,024. So
 * 1,024 has two readings, 1024 and 1.024.
 */

/** A longer text is not read. It also bounds the depth of brackets. */
const LONGEST = 100;

/** Significant digits of a fraction that was computed: as many as tell one float from another. */
const DIGITS = 9;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const MINUS = /[−–⁻]/g;

const ADD = /\s*([-−–+])/y;
const TIMES = /\s*(\*(?!\*)|[×·/÷]|(?=√|sqrt))/iy;
const POWER = /\s*(?:\^|\*\*)/y;
const RAISED = /\s*([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/y;
const PERCENT = /\s*%/y;
const ROOT = /\s*(?:√|(?:(?:math|np|numpy)\.)?sqrt)/iy;
const PI = /\s*(?:π|(?:math\.|np\.)?pi)/iy;
const OPEN = /\s*\(/y;
const CLOSE = /\s*\)/y;
const SPACE = /\s*/y;
/** The letter of an exponent looks the same in Cyrillic. */
const NUMERAL = /((?:[\d.,'’_]|\s(?=\d))+)(?:[e\u0435]([-+−–]?\d{1,4}))?/iy;

/** With at most one mark, which is before decimals. */
const PLAIN = /^(?:\d+[.,]?\d*|[.,]\d+)$/;
/** With one or more groups of three digits. */
const GROUPED = /^([1-9]\d{0,2}([ '_.,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/;
/** A whole text such as −1.5 × 10⁻³, as the page prints small and large numbers. */
const SCIENTIFIC =
  /^(\s*[-+−–]?[\d\s.,'’_]+?)\s*[×·*]\s*10(?:(?:\^|\*\*)\s*([-+−–]?\d{1,4})|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))\s*$/;

/** @param {string} text an exponent, also in superscripts */
const plainExponent = (text) =>
  text
    .replace(MINUS, '-')
    .replace('⁺', '+')
    .replace(/[^-+\d]/g, (sign) => String(SUPERSCRIPTS.indexOf(sign)));

/**
 * @param {string} written
 * @param {string} exponent
 * @param {boolean} grouped whether a mark before three digits marks a group, where it could also mark decimals
 * @returns {number} NaN where it is no number
 */
function readNumeral(written, exponent, grouped) {
  const text = written.replace(/\s/g, ' ').replace(/’/g, "'");
  const groups = GROUPED.exec(text);
  const plain = PLAIN.test(text);
  if (groups && (grouped || !plain)) return Number(`${groups[1].replace(/\D/g, '')}.${groups[3] ?? ''}e${exponent}`);
  return plain ? Number(`${text.replace(',', '.')}e${exponent}`) : Number.NaN;
}

/**
 * @param {string} text
 * @param {boolean} grouped as in readNumeral
 * @returns {{ value: number, fault: number, computed: boolean }} fault: -1, or where the text stops being a number;
 *   computed: whether the number is the result of an operation
 */
function evaluate(text, grouped) {
  let place = 0;
  let fault = -1;
  let computed = false;

  /** @param {RegExp} token sticky */
  function take(token) {
    token.lastIndex = place;
    const found = token.exec(text);
    if (found) place = token.lastIndex;
    return found;
  }

  /** @param {number} value */
  function result(value) {
    computed = true;
    return value;
  }

  /** @param {number} from @returns {number} */
  function fail(from) {
    if (fault < 0) fault = from;
    return Number.NaN;
  }

  /** @returns {number} */
  function sum() {
    let value = product();
    for (let sign = take(ADD); sign; sign = take(ADD))
      value = result(sign[1] === '+' ? value + product() : value - product());
    return value;
  }

  /** @returns {number} */
  function product() {
    let value = signed();
    for (let sign = take(TIMES); sign; sign = take(TIMES)) {
      const right = signed();
      value = result(sign[1] === '/' || sign[1] === '÷' ? value / right : value * right);
    }
    return value;
  }

  /** @returns {number} */
  function signed() {
    const sign = take(ADD);
    return sign === null ? power() : sign[1] === '+' ? signed() : -signed();
  }

  /** @returns {number} */
  function power() {
    const base = root();
    if (take(POWER)) return result(base ** signed());
    const raised = take(RAISED);
    if (raised) return result(base ** Number(plainExponent(raised[1])));
    return take(PERCENT) ? result(base / 100) : base;
  }

  /** @returns {number} */
  function root() {
    if (take(ROOT)) return result(Math.sqrt(root()));
    if (take(PI)) return result(Math.PI);
    if (take(OPEN)) {
      const value = sum();
      return take(CLOSE) ? value : fail(place);
    }
    take(SPACE);
    const start = place;
    const found = take(NUMERAL);
    const value = found ? readNumeral(found[1], plainExponent(found[2] ?? '0'), grouped) : Number.NaN;
    return Number.isNaN(value) ? fail(start) : value;
  }

  const value = sum();
  take(SPACE);
  if (place < text.length) fail(place);
  else if (!Number.isFinite(value)) fail(0);
  return { value, fault, computed };
}

/** @param {ReturnType<typeof evaluate>} found */
const rounded = ({ value, computed }) =>
  computed && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value + 0; // -0 becomes 0

/**
 * Reads a number that a person wrote.
 * @param {string} text
 * @param {boolean} whole whether a whole number is expected: the first reading of 1,024 is then 1024, otherwise 1.024
 * @returns {{ readings: number[], computed: boolean } | { fault: number }} readings: one, or two with the likelier
 *   first; computed: whether the text is an expression; fault: where the text stops being a number
 */
export function readNumber(text, whole) {
  if (text.length > LONGEST) return { fault: LONGEST };
  const [, mantissa, ...exponents] = SCIENTIFIC.exec(text) ?? [];
  const source = mantissa === undefined ? text : `${mantissa}e${plainExponent(exponents.join(''))}`;
  const [likely, other] = [evaluate(source, whole), evaluate(source, !whole)];
  if (likely.fault >= 0) return { fault: likely.fault };
  return { readings: [...new Set([rounded(likely), rounded(other)])], computed: likely.computed };
}
