/*
 * patch.js: which cells a convolution joins, as numbers. From an output back to the patch of the input that goes into
 * it, from an input on to the outputs that it goes into, and how much of both there is room to draw. Pure; kernel.js
 * draws it. One axis of the image at a time: rows and columns follow the same rules.
 */

/**
 * A convolution as the picture shows it; fanIn and fanOut as engine.fans counts them.
 * @typedef {{ kernel: number[], channelsIn: number, channelsOut: number, groups: number, size: number[],
 *   stride: number, padding: 'same' | 'valid', fanIn: number, fanOut: number }} KernelShape
 * @typedef {{ from: number, to: number }} Span cells from .. to - 1
 * @typedef {{ side: number, stride: number, input: number, output: number, before: number, after: number }} Axis
 *   side of the kernel; cells of the image in and out; cells of padding before and after it
 */

/**
 * Padding 'same' keeps ceil(input / stride) outputs, with the odd cell of padding after the image, as Keras and JAX do.
 * @param {KernelShape} shape
 * @param {0 | 1} which rows or columns
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
 * The cells of the input that go into one output; those outside 0 .. input - 1 are padding.
 * @param {Axis} axis
 * @param {number} output
 * @returns {Span}
 */
export function inputsOf({ side, stride, before }, output) {
  const from = output * stride - before;
  return { from, to: from + side };
}

/**
 * The outputs that one cell of the input goes into; none where a stride skips it.
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

/** How many of a span's cells lie on the image. @param {Axis} axis @param {Span} span */
export const insideOf = ({ input }, { from, to }) => Math.max(0, Math.min(to, input) - Math.max(from, 0));

/**
 * The corner of a large image that is drawn: enough for the kernel to be seen moving, and all of a small one.
 * @param {Axis} axis
 * @returns {{ input: Span, output: Span, whole: boolean }} the input's with its padding
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
 * Where the picture may stand: outputs whose patch is in view, and inputs whose outputs are; and where it stands at
 * first, off the border where there is room.
 * @param {Axis} axis
 */
export function stepsOf(axis) {
  const view = viewOf(axis);
  const outputs = range(view.output).filter((i) => inputsOf(axis, i).to <= view.input.to);
  const inputs = range({ from: 0, to: Math.min(axis.input, view.input.to) }).filter(
    (i) => outputsOf(axis, i).to <= view.output.to,
  );
  const full = outputs.filter((i) => insideOf(axis, inputsOf(axis, i)) === axis.side);
  const most = Math.ceil(axis.side / axis.stride);
  const reaching = inputs.filter((i) => lengthOf(outputsOf(axis, i)) === most);
  return { outputs, inputs, output: full[1] ?? full[0] ?? outputs[0], input: reaching[1] ?? reaching[0] ?? inputs[0] };
}

/** @param {Span} span */
function range({ from, to }) {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/**
 * A few sheets for many channels: how many are drawn, and how many of them are lit. What is lit is never nothing, and
 * never all where some channels stay dark.
 * @param {number} channels
 * @param {number} lit
 * @param {number} most
 */
export function sheetsOf(channels, lit, most) {
  if (channels <= most) return { drawn: channels, lit };
  const share = Math.round((most * lit) / channels);
  return { drawn: most, lit: lit === channels ? most : Math.max(1, Math.min(most - 1, share)) };
}
