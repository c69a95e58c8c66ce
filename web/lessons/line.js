/**
 * line.js: the line that the reader sketches, as numbers: a power of ten for each layer, the input being layer 0.
 *
 * Pure. How the reader draws the line is in sketch.js.
 */

/**
 * The line through the points that the reader set, straight between them. It starts at the input's 1, a power of 0, and
 * is level after the last point.
 * @param {Map<number, number>} points the power of ten, by layer
 * @param {number} depth
 * @returns {number[]} (depth + 1), the power of ten at layers 0 to depth
 */
export function lineOf(points, depth) {
  const line = [points.get(0) ?? 0];
  const known = [...points.keys()].filter((layer) => layer > 0 && layer <= depth).sort((a, b) => a - b);
  for (const layer of known) {
    const from = line.length - 1;
    const [start, end] = [line[from], /** @type {number} */ (points.get(layer))];
    for (let l = from + 1; l <= layer; l++) line.push(start + ((end - start) * (l - from)) / (layer - from));
  }
  while (line.length <= depth) line.push(line[line.length - 1]);
  return line;
}

/**
 * The factor by which a line is off: the geometric mean over the layers. Layers that measure 0 or no finite number do
 * not count.
 * @param {number[]} line (depth + 1), powers of ten
 * @param {(number | undefined)[]} measured (depth + 1)
 * @returns {number} 1 or more
 */
export function offBy(line, measured) {
  const gaps = line
    .map((power, layer) => Math.abs(power - Math.log10(measured[layer] ?? Number.NaN)))
    .filter((gap, layer) => layer > 0 && Number.isFinite(gap));
  return gaps.length === 0 ? 1 : 10 ** (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
}
