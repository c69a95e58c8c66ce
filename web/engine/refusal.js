/**
 * refusal.js: the reason why a value was refused, as data: { code, field, value, range }. It has the table of codes,
 * with a sentence for developers in each row.
 *
 * Pure. It checks no values: check.js, spec.js, shapes.js and images.js do. The page's sentences are in the locales,
 * one for each code. No program parses a sentence.
 */

/**
 * Where a line of the stack notation is wrong. The refused value is the line.
 * @template E
 * @typedef {{ position: number, expected: E, found: string }} StackRange position: from 0; found: the word there, '' at
 *   the end of the line
 */

/** What a line of the stack notation should have had. Some are names of fields. @typedef {keyof typeof EXPECTED_WORDS} Expected */

/**
 * The refused value in a form that JSON can hold. A boolean, null, a finite number, a text (cut short) and a few
 * numbers stay as they are. Any other value is replaced by its type, such as { type: 'undefined' } or { type: 'NaN' }.
 * @typedef {number | string | boolean | null | number[] | { type: string }} Value
 *
 * What `range` holds for each code. A list of names holds the names that are allowed.
 * @typedef {object} Ranges
 * @property {string} wrongType The value has the wrong type. The range is a key of TYPES.
 * @property {readonly string[]} unknownName The value must be one of these names.
 * @property {readonly string[]} unknownField No such field exists. These fields do.
 * @property {[least: number, most: number]} wholeRange The value must be a whole number in this range.
 * @property {[least: number, most: number]} numberRange The value must be a number in this range.
 * @property {readonly string[]} wrongNames The value must be an array of these names.
 * @property {[least: number, most: number]} wrongSides An array of sides must have so many.
 * @property {{ activation: string, names: readonly string[] }} noPytorchGain PyTorch's calculate_gain does not know the
 *   activation.
 * @property {readonly string[]} biasScheme Biases cannot be drawn from this scheme.
 * @property {readonly string[]} biasScaling Biases cannot have this distribution or mode of variance scaling.
 * @property {{ most: number, inputs: number, units: number }} orthogonalSize A dense layer's orthogonal matrix is too
 *   large.
 * @property {{ most: number, rows: number, mostRows: number }} orthogonalKernel A convolution's orthogonal matrix is
 *   too large. It has kernel height x width x channels / groups rows. With this kernel and these groups, `most`
 *   channels fit.
 * @property {[height: number, width: number]} identityKernel Identity weights need a kernel of this size.
 * @property {{ needed: number }} unlikeBelow The value must equal what the layer before outputs.
 * @property {readonly string[]} convAfterDense A layer of this kind needs images, and the layer before gives a vector:
 *   it is dense or flattens. These kinds of layer can follow.
 * @property {null} sumFirst A residual sum has no layer before it.
 * @property {{ stream: number[], branch: number[] }} sumShapes The stream and the branch of a residual sum have these
 *   heights, widths and channels, and must have the same.
 * @property {{ channels: number }} oddChannels Gated units halve the channels, and there are so many.
 * @property {{ channelsIn: number, channelsOut: number }} groupsDivide The groups must divide both numbers of channels.
 * @property {{ most: number, images: [height: number, width: number] }} kernelOverImage The kernel is larger than the
 *   images with their padding.
 * @property {{ most: number, images: [height: number, width: number] }} windowOverImage So is the window of pooling.
 * @property {{ most: number, images: [height: number, width: number] }} imagesTooLarge The layer would give these images,
 *   and a side is longer than `most`.
 * @property {{ most: number, inputs: number, mostWeights: number }} tooManyWeights The layer has too many weights. With
 *   these inputs, `most` units fit.
 * @property {{ needed: number, batch: number, inputs: number }} inputLength The input array has the wrong length.
 * @property {{ names: readonly string[], images: [height: number, width: number] }} lossOfImages The loss needs one
 *   number per class, but the last layer outputs images.
 * @property {{ most: number, needed: number, mebibytes: number, backward: boolean }} batchMemory The network needs so
 *   many MiB with this batch, and may have so many. A batch of `most` fits.
 * @property {{ needed: number, mebibytes: number, backward: boolean }} networkMemory Not even a batch of 1 fits into
 *   memory: `needed` MiB are for the batch asked for. The value is the number of layers.
 * @property {null} memoryExhausted The engine has no memory left, because other networks are open.
 * @property {{ mebibytes: number }} moduleMemory The browser, or Node, gives a module no memory of so many MiB.
 * @property {{ numbers: number, mostNumbers: number }} tooManyNumbers A batch of images holds too many numbers.
 * @property {{ pixels: number, mostPixels: number }} tooManyPixels The image has too many pixels.
 * @property {{ needed: number }} pixelsLength The array of pixels has the wrong length.
 * @property {{ least: number }} oneBrightness All pixels have one brightness. The value is their std, on the scale of
 *   255.
 * @property {null} noPicture The reader's own image is needed, and there is none.
 * @property {null} engineStopped The engine trapped, or its worker died. The value is the reason as text, or ''.
 * @property {null} engineUnfetched The network needs the full engine, which could not be loaded.
 * @property {null} unknown Any other error. The value is its text.
 * @property {StackRange<Expected> & { near: readonly string[] }} stackUnexpected Something else was expected there. `near`
 *   are known words like the one that was found.
 * @property {StackRange<Expected> & { least: number, most: number, whole: boolean }} stackNumber The number must be in
 *   this range.
 * @property {StackRange<'nothing'> & { option: string }} stackTwice The layer has this option already.
 * @property {StackRange<readonly string[]> & { kind: string }} stackMisfit This kind of layer has other options.
 * @property {StackRange<'layer' | 'option'>} stackLater The word is kept for what does not exist yet.
 * @property {StackRange<number>} stackDeep The line has more layers than this.
 * @property {StackRange<number>} stackLong The line has more characters than this.
 *
 * @typedef {keyof Ranges} Code
 */

/**
 * One refusal. `field` is the path of the refused value, such as layers[1].units. It is null if no value that the
 * caller passed is to blame.
 * @template {Code} [C=Code]
 * @typedef {{ [K in C]: { code: K, field: string | null, value: Value, range: Ranges[K] } }[C]} Refusal
 */

/** @typedef {RangeError & Refusal} RefusalError */

/** A longer text is cut short. An array of more numbers is replaced by its type. */
const LONGEST = 40;
const MOST_NUMBERS = 4;

/** Types as developers read them. */
const TYPES = /** @type {Record<string, string>} */ ({
  object: 'an object',
  array: 'an array',
  number: 'a number',
  boolean: 'true or false',
  Uint8ClampedArray: 'a Uint8ClampedArray',
  Float32Array: 'a Float32Array',
});

/** @param {readonly string[]} names */
const oneOf = (names) => `it must be one of ${names.join(', ')}`;

/** What a line of the stack notation should have had. */
const EXPECTED_WORDS = {
  text: 'text',
  input: 'an input (784, 28x28 or 28x28x1)',
  start: 'the input before the first layer, as in 784-20*256',
  side: 'a side of the images',
  inputs: 'a number of inputs',
  image: 'images as input, such as 28x28x1',
  vector: 'a number of inputs (the first layer averages no images)',
  dash: 'a hyphen and a layer',
  comma: 'a hyphen and a layer, or a point before decimals',
  layer:
    'a layer (a number of units, conv6, convT6, maxpool2, avgpool2, gap, flatten, layernorm, rmsnorm, batchnorm, add2, swiglu or prelu)',
  attached: 'a layer (an option follows its layer after a colon, as in 256:relu)',
  option: 'an option',
  count: 'a number of repeats',
  close: 'a closing bracket',
  units: 'a number of units',
  channels: 'a number of channels',
  kernel: 'a kernel such as 3x3',
  window: 'a window such as 2 or 2x2',
  stride: 'a stride',
  padding: 'a padding (same, valid or a number)',
  rows: 'a number of rows and columns to cut off',
  outputPadding: 'an output padding',
  single: 'the end, as one layer goes here',
  groups: 'a number of groups',
  pool: 'flatten or average',
  activation: 'an activation',
  parameter: 'the parameter of the activation',
  scheme: 'a scheme',
  schemeNumber: 'the number of the scheme',
  argument: 'an argument of this scheme',
  mode: 'a mode (fan-in, fan-out, fan-avg or fan-geo-avg)',
  distribution: 'a distribution (uniform, normal, truncated or truncated-raw)',
  gain: 'a gain (a number, pytorch, forward or backward)',
  bias: 'the std of the biases, or a scheme',
  fans: 'a way to count the fans',
  varianceAsStd: 'true or false',
  shared: 'true or false',
  drawn: 'a number format such as bfloat16',
  over: 'a number of layers to add over, as in add2',
  epsilon: 'an epsilon',
  stream: 'a factor of the stream',
  branch: 'a factor of the branch',
  trains: 'stream or branch',
  slope: 'a slope',
  perChannel: 'true or false',
  observe: 'names of tensors, or none alone',
};

/** @param {StackRange<unknown>} range */
const place = ({ position }) => `character ${position + 1}`;

/** What a line lacks there. @param {StackRange<unknown>} range @param {string} expected */
const lacking = (range, expected) =>
  range.found
    ? `${place(range)}: expected ${expected}, found ${show(range.found)}`
    : `expected ${expected} at the end (${place(range)})`;

/** @param {boolean} backward */
const theseLayers = (backward) => (backward ? 'layers this wide and their backward pass' : 'layers this wide');

/** @param {{ most: number, images: number[] }} range */
const withinImages = ({ most, images }) =>
  `it must be at most ${most} with this padding, on images of ${images.join(' by ')}`;

/**
 * The table of codes: a clause for each. It follows "<field> is <value>; ", or is the whole sentence if field is null.
 * @type {{ [C in Code]: (range: Ranges[C], value: Value) => string }}
 */
const CLAUSES = {
  wrongType: (type) => `it must be ${TYPES[type]}`,
  unknownName: oneOf,
  unknownField: (fields) => `it must be left out: the fields are ${fields.join(', ')}`,
  wholeRange: ([least, most]) => `it must be a whole number from ${least} to ${most}`,
  numberRange: ([least, most]) => `it must be a number from ${least} to ${most}`,
  wrongNames: (names) => `it must be an array of ${names.join(', ')}`,
  wrongSides: ([least, most]) =>
    least === most ? 'it must be an array of a height and a width' : `it must be an array of ${least} to ${most} sides`,
  noPytorchGain: ({ activation, names }) =>
    `calculate_gain has no value for ${activation}: it must be a number or one of ${names.join(', ')}`,
  biasScheme: (names) => `it must be one of ${names.join(', ')}: biases are drawn from no other scheme`,
  biasScaling: (names) => `it must be one of ${names.join(', ')}, for biases`,
  orthogonalSize: ({ most, inputs, units }) =>
    `it must be at most ${most}, as the matrix of ${inputs} by ${units} weights is to be orthogonal`,
  orthogonalKernel: ({ most, rows, mostRows }) =>
    `it must be at most ${most} with this kernel and these groups: an orthogonal matrix has at most ${mostRows} rows, ` +
    `and this has ${rows}`,
  identityKernel: (sides) => `it must be ${show(sides)}, as an identity matrix has no kernel`,
  unlikeBelow: ({ needed }) => `it must be ${needed}, as the layer before gives`,
  convAfterDense: (kinds) => `it must be ${kinds.join(' or ')}, after a layer that gives a vector`,
  sumFirst: () => 'a residual sum needs a layer before it',
  sumShapes: ({ stream, branch }) =>
    `the stream is ${stream.join(' by ')} and the branch ${branch.join(' by ')}: a sum needs two of one shape`,
  oddChannels: ({ channels }) =>
    `gated units halve the channels, and the layer before gives ${channels}: their number must be even`,
  groupsDivide: ({ channelsIn, channelsOut }) =>
    `it must divide ${channelsIn} and ${channelsOut}, the channels in and out`,
  kernelOverImage: withinImages,
  windowOverImage: withinImages,
  imagesTooLarge: ({ most, images }) =>
    `the layer would give images of ${images.join(' by ')}, and a side has at most ${most}`,
  tooManyWeights: ({ most, inputs, mostWeights }) =>
    `it must be at most ${most} with ${inputs} inputs, as a layer has at most ${mostWeights} weights`,
  inputLength: ({ needed, batch, inputs }) => `it must be ${needed}, ${batch} examples of ${inputs} numbers`,
  lossOfImages: ({ names, images }) =>
    `it must be ${names.join(' or ')}, as the last layer gives images of ${images.join(' by ')}, not one number a class`,
  batchMemory: ({ most, needed, mebibytes, backward }) =>
    `it must be at most ${most} for ${theseLayers(backward)} to fit into ${mebibytes} MiB, and needs ${needed} MiB`,
  networkMemory: ({ needed, mebibytes, backward }) =>
    `not even a batch of 1 of ${theseLayers(backward)} fits into ${mebibytes} MiB: this one needs ${needed} MiB`,
  memoryExhausted: () => 'memory is exhausted: too many networks are open in this engine',
  moduleMemory: ({ mebibytes }) => `the network needs a module of ${mebibytes} MiB, and there is no memory for it`,
  tooManyNumbers: ({ numbers, mostNumbers }) =>
    `the batch would hold ${numbers} numbers, and may hold at most ${mostNumbers}`,
  tooManyPixels: ({ pixels, mostPixels }) => `the picture has ${pixels} pixels, and may have at most ${mostPixels}`,
  pixelsLength: ({ needed }) => `it must be ${needed}, 4 times width times height`,
  oneBrightness: ({ least }) =>
    `the image is of one brightness: the rms about its mean must be at least ${least} of 255 to be normalised`,
  noPicture: () => "the image 'own' needs a picture, and there is none",
  engineStopped: (_, reason) => `the engine stopped: ${reason}`,
  engineUnfetched: () => 'the full engine could not be loaded',
  unknown: (_, reason) => String(reason),
  stackUnexpected: (range) =>
    lacking(range, EXPECTED_WORDS[range.expected]) +
    (range.near.length > 0 ? `; perhaps ${range.near.join(' or ')}` : ''),
  stackNumber: (range) =>
    lacking(
      range,
      `${EXPECTED_WORDS[range.expected]}: a ${range.whole ? 'whole ' : ''}number from ${range.least} to ${range.most}`,
    ),
  stackTwice: (range) => `${place(range)}: ${show(range.option)} is already set; found ${show(range.found)}`,
  stackMisfit: (range) =>
    `${place(range)}: ${range.kind} has no option ${show(range.found)}; its options are ${range.expected.join(', ')}`,
  stackLater: (range) => `${place(range)}: there is no ${range.expected} ${show(range.found)} yet`,
  stackDeep: (range) => `${place(range)}: from here on there are more than ${range.expected} layers`,
  stackLong: (range) => `it has more than ${range.expected} characters`,
};

/** All that a line of the stack notation may lack. */
export const EXPECTED = /** @type {Expected[]} */ (/* @__PURE__ */ Object.keys(EXPECTED_WORDS));

/** All codes. */
export const CODES = /** @type {Code[]} */ (/* @__PURE__ */ Object.keys(CLAUSES));

/** The value as developers read it. @param {Value} value */
function show(value) {
  if (value !== null && typeof value === 'object' && 'type' in value) return TYPES[value.type] ?? value.type;
  return Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** The value in a form that JSON can hold. @param {unknown} value @returns {Value} */
function render(value) {
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { type: String(value) };
  if (!Array.isArray(value)) return { type: typeof value };
  const numbers = Array.from({ length: Math.min(value.length, MOST_NUMBERS + 1) }, (_, i) => value[i]);
  return numbers.length <= MOST_NUMBERS && numbers.every(Number.isFinite) ? numbers : { type: 'array' };
}

/** The sentence for developers. @param {Refusal} refusal @returns {string} */
export function messageOf({ code, field, value, range }) {
  const clause = /** @type {(range: unknown, value: Value) => string} */ (CLAUSES[code])(range, value);
  return field === null ? clause : `${field} is ${show(value)}; ${clause}`;
}

/**
 * Refuses a value.
 * @template {Code} C
 * @param {C} code
 * @param {string | null} field path of the value
 * @param {unknown} value as the caller passed it
 * @param {Ranges[C]} range what is allowed
 * @returns {never}
 * @throws {RefusalError} always
 */
export function refuse(code, field, value, range) {
  const refusal = /** @type {Refusal} */ ({ code, field, value: render(value), range });
  // build.sh bundles the page with an empty url; the page has its own sentences, so these are left out of the bundle
  const message = import.meta.url === '' ? code : messageOf(refusal);
  throw Object.assign(new RangeError(message), refusal);
}

/** Whether an error carries a refusal. @param {unknown} error @returns {error is RefusalError} */
export const isRefusal = (error) =>
  error instanceof RangeError && 'code' in error && 'field' in error && 'range' in error;

/**
 * The refusal of anything that was thrown. An error that carries none becomes 'unknown', with its text.
 * @param {unknown} error
 * @returns {Refusal}
 */
export function refusalOf(error) {
  if (!isRefusal(error)) return { code: 'unknown', field: null, value: String(error), range: null };
  const { code, field, value, range } = error;
  return /** @type {Refusal} */ ({ code, field, value, range });
}

/** The refusal of a network whose worker or engine died. @param {string} reason '' if unknown @returns {Refusal} */
export const engineStopped = (reason) => ({ code: 'engineStopped', field: null, value: reason, range: null });

/** The refusal of a network that needs the full engine, where it cannot be loaded. @type {Refusal} */
export const ENGINE_UNFETCHED = { code: 'engineUnfetched', field: null, value: null, range: null };
