/*
 * The line that the reader sketches, as numbers: powers of ten by layer, 0 being the input. Pure; how it is drawn with
 * pointer or keys is in sketch.js.
 */

/**
 * The line through the points that the reader set, straight between them; it starts at the input's 1 and goes on level
 * after the last.
 * @param {Map<number, number>} points the power of ten, by layer
 * @param {number} depth
 * @returns {number[]} of layer 0 to the last
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
 * The factor by which a line is off, the geometric mean over the layers, without those that are 0 or not finite.
 * @param {number[]} line
 * @param {(number | undefined)[]} measured
 */
export function offBy(line, measured) {
  const gaps = line
    .map((power, layer) => Math.abs(power - Math.log10(measured[layer] ?? Number.NaN)))
    .filter((gap, layer) => layer > 0 && Number.isFinite(gap));
  return gaps.length === 0 ? 1 : 10 ** (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
}
