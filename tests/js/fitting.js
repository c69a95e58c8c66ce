/**
 * fitting.js: what networks of several widths show in the limit of wide layers: means over seeds, and a line in 1 / width.
 */

/** Mean, and its standard error. @param {number[]} values */
export function meanOf(values) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(square / values.length) };
}

/** Where the line of best fit y = a + b x, with weights 1 / error^2, meets x = 0, and the standard error of that.
 * @param {{ x: number, mean: number, error: number }[]} points */
export function meetsZero(points) {
  const sum = (/** @type {(point: { x: number, mean: number, error: number }) => number} */ f) =>
    points.reduce((all, point) => all + f(point) / point.error ** 2, 0);
  const [w, x, xx] = [sum(() => 1), sum((point) => point.x), sum((point) => point.x ** 2)];
  const [y, xy] = [sum(({ mean }) => mean), sum((point) => point.x * point.mean)];
  const determinant = w * xx - x * x;
  return { at: (xx * y - x * xy) / determinant, error: Math.sqrt(xx / determinant) };
}
