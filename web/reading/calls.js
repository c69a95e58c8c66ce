/**
 * calls.js: the calls of libraries that draw a layer's weights: those whose std, on this shape of layer, is the layer's.
 * A call counts fans as its library does, knows no mistakes, and has another gain than 1 only where it takes one.
 *
 * Pure. The table of calls is in c/schemes.c. It compares numbers, and draws nothing.
 */
import { meant } from './formula.js';
import { words } from './formula-words.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/spec.js').LibraryCall} LibraryCall */
/** @typedef {{ fanIn: number, fanOut: number }} Fans */

/** The fan that a mode divides by. @type {Record<string, (fans: Fans) => number>} */
const FANS = {
  fan_in: ({ fanIn }) => fanIn,
  fan_out: ({ fanOut }) => fanOut,
  fan_avg: ({ fanIn, fanOut }) => (fanIn + fanOut) / 2,
  fan_geo_avg: ({ fanIn, fanOut }) => Math.sqrt(fanIn * fanOut),
};

/** Two scales are equal if only rounding tells them apart. @param {number} a @param {number} b */
const areEqual = (a, b) => Math.abs(a - b) <= 1e-12 * Math.abs(b);

/** The kinds of layer as libraries tell them apart. @param {Layer} layer */
function shapeOf({ kind, fanIn, fanOut, channelsIn, groups = 1 }) {
  if (kind === 'dense') return fanIn === fanOut ? 'square' : 'dense';
  if (groups === 1) return 'conv';
  return groups === channelsIn ? 'depthwise' : 'grouped';
}

/** The scale of a layer's rule with another number and other fans: its std, or a fixed multiple of it.
 * @param {Layer} layer @param {number} number @param {Fans} fans */
const scaleOf = ({ mode }, number, fans) => (mode in FANS ? Math.sqrt(number / FANS[mode](fans)) : number);

/**
 * The call as a caller writes it for a layer's weights: as it stands, or with the argument that sets its scale.
 * @param {LibraryCall} call
 * @param {Layer} layer
 * @returns {string | null} null where the call draws something else
 */
function written({ call, scheme, shapes, form, base, power, number, convention }, layer) {
  const { distribution, gain, varianceAsStd, std } = layer;
  if (scheme !== layer.scheme || !shapes.includes(shapeOf(layer))) return null;
  if (distribution === 'sparse' && number !== layer.number) return null; // a share is no scale
  const mistake = varianceAsStd && std > 0 ? std / meant(layer).std : 1;
  const drawn = mistake * gain * scaleOf(layer, layer.number, layer);
  const drawsBy = (/** @type {number} */ own, /** @type {number} */ factor) =>
    areEqual(factor * scaleOf(layer, own, layer.counts[convention]), drawn);
  if (drawsBy(number ?? layer.number, 1)) return call;
  if (!form || !drawsBy(base === null ? layer.number : (number ?? layer.number), gain)) return null;
  const value = (base ?? layer.number) * gain ** power;
  return form.replaceAll('%', String(Number(value.toPrecision(10))));
}

/**
 * The library calls that draw a layer's weights. A call that draws other biases is marked "weights only".
 * @param {Layer} layer
 * @param {readonly LibraryCall[]} libraries
 */
export const callWords = (layer, libraries) =>
  libraries
    .flatMap((row) => {
      const call = written(row, layer);
      const others = row.bias !== null && row.bias !== layer.bias;
      const said = call && `${row.library} ${words.libraryWords(call)}`;
      return said ? [others ? `${said} (${words.SYMBOLS.weightsOnly})` : said] : [];
    })
    .join('; ');
