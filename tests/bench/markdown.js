/**
 * markdown.js: numbers and tables as markdown, for the benchmark's report.
 */

/** A number with some significant digits; '-' where it is not finite. @param {number} value @param {number} [digits] */
export const figure = (value, digits = 3) =>
  !Number.isFinite(value)
    ? '-'
    : Math.abs(value) >= 10 ** digits
      ? value.toFixed(0)
      : String(+value.toPrecision(digits));

/** A markdown table. @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const line = (/** @type {(string | number)[]} */ cells) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
