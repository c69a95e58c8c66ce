/**
 * patch.js: which cells a convolution connects: the patch of the input that goes into an output, and the outputs that a
 * cell of the input goes into.
 *
 * It also says how much of a large image is drawn. Rows and columns follow the same rules, so each function takes one
 * axis of the image. Numbers only: kernel.js draws.
 */

/**
 * @typedef {object} KernelShape the convolution that the picture shows
 * @property {number[]} kernel height and width
 * @property {number} channelsIn
 * @property {number} channelsOut
 * @property {number} groups
 * @property {number[]} size height and width of the input
 * @property {number} stride
 * @property {'same' | 'valid'} padding
 * @property {number} fanIn as engine.fans counts it
 * @property {number} fanOut likewise
 *
 * @typedef {{ from: number, to: number }} Span the cells from .. to - 1
 *
 * @typedef {object} Axis all in cells
 * @property {number} side of the kernel
 * @property {number} stride
 * @property {number} input
 * @property {number} output
 * @property {number} before padding before the input
 * @property {number} after padding after the input
 */

/**
 * Padding 'same' gives ceil(input / stride) outputs. An odd cell of padding comes after the image, as in Keras and JAX.
 * @param {KernelShape} shape
 * @param {0 | 1} which 0: rows, 1: columns
 * @returns {Axis}
 */
export function axisOf({ kernel, size, stride, padding }, which) {
  const [side, input] = [kernel[which], size[which]];
  if (padding === 'valid') {
    return { side, stride, input, output: Math.floor((input - side) / stride) + 1, before: 0, after: 0 };
  }
  const output = Math.ceil(input / stride);
  const total = Math.max(0, (output - 1) * stride + side - input);
  const before = Math.floor(total / 2);
  return { side, stride, input, output, before, after: total - before };
}

/**
 * The cells of the input that go into one output. Those outside 0 .. input - 1 are padding.
 * @param {Axis} axis
 * @param {number} output
 * @returns {Span}
 */
export function inputsOf({ side, stride, before }, output) {
  const from = output * stride - before;
  return { from, to: from + side };
}

/**
 * The outputs that one cell of the input goes into. A stride may skip the cell: then there are none.
 * @param {Axis} axis
 * @param {number} input
 * @returns {Span}
 */
export function outputsOf({ side, stride, output, before }, input) {
  const from = Math.max(0, Math.ceil((input + before - side + 1) / stride));
  return { from, to: Math.max(from, Math.min(output, Math.floor((input + before) / stride) + 1)) };
}

/** @param {Span} span */
export const lengthOf = ({ from, to }) => to - from;

/** How many cells of a span are on the image. @param {Axis} axis @param {Span} span */
export const insideOf = ({ input }, { from, to }) => Math.max(0, Math.min(to, input) - Math.max(from, 0));

/**
 * The part that is drawn: all of a small image, and of a large one a corner with room for the kernel to move.
 * @param {Axis} axis
 * @returns {{ input: Span, output: Span, whole: boolean }} input includes the padding; whole: all of the image is drawn
 */
export function viewOf({ side, stride, input, output, before, after }) {
  const shown = Math.max(8, Math.ceil(1.6 * side) + 2);
  const whole = input <= shown;
  return {
    input: { from: -before, to: whole ? Math.max(input + after, (output - 1) * stride - before + side) : shown },
    output: { from: 0, to: whole ? output : Math.min(output, Math.ceil(shown / stride)) },
    whole,
  };
}

/**
 * The positions of the slide.
 * @param {Axis} axis
 * @returns {{ outputs: number[], inputs: number[], output: number, input: number }} outputs whose whole patch is drawn;
 *   inputs whose outputs are all drawn; the output and the input to begin with, away from the border if possible
 */
export function stepsOf(axis) {
  const view = viewOf(axis);
  const outputs = cellsIn(view.output).filter((i) => inputsOf(axis, i).to <= view.input.to);
  const inputs = cellsIn({ from: 0, to: Math.min(axis.input, view.input.to) }).filter(
    (i) => outputsOf(axis, i).to <= view.output.to,
  );
  const full = outputs.filter((i) => insideOf(axis, inputsOf(axis, i)) === axis.side);
  const most = Math.ceil(axis.side / axis.stride);
  const reaching = inputs.filter((i) => lengthOf(outputsOf(axis, i)) === most);
  return { outputs, inputs, output: full[1] ?? full[0] ?? outputs[0], input: reaching[1] ?? reaching[0] ?? inputs[0] };
}

/** @param {Span} span @returns {number[]} its cells */
function cellsIn({ from, to }) {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/**
 * Chooses a few sheets to stand for many channels. At least one is lit, and never all of them unless all channels are.
 * @param {number} channels
 * @param {number} lit channels
 * @param {number} most sheets
 * @returns {{ drawn: number, lit: number }} sheets
 */
export function sheetsOf(channels, lit, most) {
  if (channels <= most) return { drawn: channels, lit };
  const share = Math.round((most * lit) / channels);
  return { drawn: most, lit: lit === channels ? most : Math.max(1, Math.min(most - 1, share)) };
}
