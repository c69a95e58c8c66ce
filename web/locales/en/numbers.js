/*
 * How numbers are written, in every language: three significant figures, a true minus, powers of ten outside 1e-3 ..
 * 1e4.
 */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** @param {number} exponent */
export function power(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** @param {number} value */
export function number(value) {
  if (Number.isNaN(value)) return '–';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  if (size === 0) return '0';
  const [digits, exponent] = size.toExponential(2).split('e');
  if (Number(exponent) < -3 || Number(exponent) >= 4) return `${sign}${digits}\u202f×\u202f${power(Number(exponent))}`;
  return sign + size.toFixed(Math.max(0, 2 - Number(exponent)));
}

/** A number whose trailing zeros say nothing: one that was chosen, or a tick. @param {number} value */
export function plain(value) {
  const text = number(value);
  return text.includes('×') || !text.includes('.') ? text.replace(/\.?0+(?=\u202f)/, '') : text.replace(/\.?0+$/, '');
}

/** @param {number} share */
export function percent(share) {
  if (Number.isNaN(share)) return '–';
  const value = share * 100;
  if (value > 0 && value < 0.1) return value < 0.0005 ? '<\u202f0.001\u202f%' : `${value.toPrecision(1)}\u202f%`;
  if (value >= 1000) return `${number(value)}\u202f%`;
  return `${value === 0 || value >= 99.95 || value >= 10 ? Math.round(value) : value.toFixed(1)}\u202f%`;
}
