/**
 * refusal.js: why something was refused, as data, and the table of codes. `error.message` is made here, in plain
 * English for developers; what the page says is made in the locales, by code, and nobody reads a sentence back.
 *
 * Pure. What a value may be is checked in check.js, spec.js, shapes.js and images.js.
 */

/**
 * What came in, as JSON can hold it: a number, a text (cut short), a boolean, null or a few numbers as they are; of
 * anything else its type, as { type: 'array' }, { type: 'undefined' } or { type: 'NaN' }.
 * @typedef {number | string | boolean | null | number[] | { type: string }} Value
 *
 * What `range` holds, by code. `names` are the names that would do.
 * @typedef {object} Ranges
 * @property {string} wrongType a key of TYPES
 * @property {readonly string[]} unknownName
 * @property {readonly string[]} unknownField the fields that there are
 * @property {[least: number, most: number]} wholeRange of a whole number
 * @property {[least: number, most: number]} numberRange
 * @property {readonly string[]} wrongNames of an array of names
 * @property {[least: number, most: number]} wrongSides how many sides an array of sides has
 * @property {{ activation: string, names: readonly string[] }} noPytorchGain calculate_gain does not know the activation
 * @property {readonly string[]} biasScheme biases cannot be drawn from the scheme
 * @property {readonly string[]} biasScaling nor from this distribution or mode of variance scaling
 * @property {{ most: number, inputs: number, units: number }} orthogonalSize of a dense layer's matrix
 * @property {{ most: number, rows: number, mostRows: number }} orthogonalKernel of a convolution's matrix: `most` channels
 *   with this kernel and these groups, for kernel height x width x channels / groups rows
 * @property {[height: number, width: number]} identityKernel
 * @property {{ needed: number }} unlikeBelow what the layer before gives
 * @property {readonly string[]} convAfterDense kinds of layer
 * @property {{ channelsIn: number, channelsOut: number }} groupsDivide
 * @property {{ most: number, images: [height: number, width: number] }} kernelOverImage
 * @property {{ most: number, inputs: number, mostWeights: number }} tooManyWeights
 * @property {{ needed: number, batch: number, inputs: number }} inputLength
 * @property {{ names: readonly string[], images: [height: number, width: number] }} lossOfImages
 * @property {{ most: number, mebibytes: number, backward: boolean }} batchMemory a smaller batch fits
 * @property {{ mebibytes: number, backward: boolean }} networkMemory no batch fits; the value is the number of layers
 * @property {null} memoryExhausted
 * @property {{ numbers: number, mostNumbers: number }} tooManyNumbers in a batch of images
 * @property {{ pixels: number, mostPixels: number }} tooManyPixels in a picture
 * @property {{ needed: number }} pixelsLength
 * @property {{ least: number }} oneBrightness the value is the rms about the mean, of 255
 * @property {null} noPicture
 * @property {null} engineStopped by a trap, or a worker that died; the value is the reason, as text, or ''
 * @property {null} unknown the value is the reason, as text
 *
 * @typedef {keyof Ranges} Code
 */

/**
 * @template {Code} [C=Code]
 * @typedef {{ [K in C]: { code: K, field: string | null, value: Value, range: Ranges[K] } }[C]} Refusal field: the path
 *   of what was refused, as layers[1].units; null where it is nothing that was given
 */

/** @typedef {RangeError & Refusal} RefusalError */

/** Longest text that is repeated, and most numbers. */
const LONGEST = 40;
const MOST_NUMBERS = 4;

const TYPES = /** @type {Record<string, string>} */ ({
  object: 'an object',
  array: 'an array',
  number: 'a number',
  boolean: 'true or false',
  Uint8ClampedArray: 'a Uint8ClampedArray',
});

/** @param {readonly string[]} names */
const oneOf = (names) => `it must be one of ${names.join(', ')}`;

/** @param {boolean} backward */
const theseLayers = (backward) => (backward ? 'layers this wide and their backward pass' : 'layers this wide');

/**
 * The table of codes: of each what follows on "<field> is <value>; ", or is the whole where there is no field.
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
  convAfterDense: (kinds) => `it must be ${kinds.join(' or ')}, after a dense layer`,
  groupsDivide: ({ channelsIn, channelsOut }) =>
    `it must divide ${channelsIn} and ${channelsOut}, the channels in and out`,
  kernelOverImage: ({ most, images }) =>
    `it must be at most ${most} without padding, on images of ${images.join(' by ')}`,
  tooManyWeights: ({ most, inputs, mostWeights }) =>
    `it must be at most ${most} with ${inputs} inputs, as a layer has at most ${mostWeights} weights`,
  inputLength: ({ needed, batch, inputs }) => `it must be ${needed}, ${batch} examples of ${inputs} numbers`,
  lossOfImages: ({ names, images }) =>
    `it must be ${names.join(' or ')}, as the last layer gives images of ${images.join(' by ')}, not one number a class`,
  batchMemory: ({ most, mebibytes, backward }) =>
    `it must be at most ${most} for ${theseLayers(backward)} to fit into ${mebibytes} MiB`,
  networkMemory: ({ mebibytes, backward }) =>
    `not even a batch of 1 of ${theseLayers(backward)} fits into ${mebibytes} MiB`,
  memoryExhausted: () => 'memory is exhausted: too many networks are open in this engine',
  tooManyNumbers: ({ numbers, mostNumbers }) =>
    `the batch would hold ${numbers} numbers, and may hold at most ${mostNumbers}`,
  tooManyPixels: ({ pixels, mostPixels }) => `the picture has ${pixels} pixels, and may have at most ${mostPixels}`,
  pixelsLength: ({ needed }) => `it must be ${needed}, 4 times width times height`,
  oneBrightness: ({ least }) =>
    `the image is of one brightness: the rms about its mean must be at least ${least} of 255 to be normalised`,
  noPicture: () => "the image 'own' needs a picture, and there is none",
  engineStopped: (_, reason) => `the engine stopped: ${reason}`,
  unknown: (_, reason) => String(reason),
};

/** All codes. */
export const CODES = /** @type {Code[]} */ (/* @__PURE__ */ Object.keys(CLAUSES));

/** @param {Value} value */
function show(value) {
  if (value !== null && typeof value === 'object' && 'type' in value) return TYPES[value.type] ?? value.type;
  return Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** What came in, as JSON can hold it. @param {unknown} value @returns {Value} */
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
 * @template {Code} C
 * @param {C} code
 * @param {string | null} field
 * @param {unknown} value what came in
 * @param {Ranges[C]} range
 * @returns {never} throws a RefusalError
 */
export function refuse(code, field, value, range) {
  const refusal = /** @type {Refusal} */ ({ code, field, value: render(value), range });
  // build.sh bundles the page with an empty url: it makes its own sentences, and goes without these
  const message = import.meta.url === '' ? code : messageOf(refusal);
  throw Object.assign(new RangeError(message), refusal);
}

/** Whether what was thrown says why as data. @param {unknown} error @returns {error is RefusalError} */
export const isRefusal = (error) =>
  error instanceof RangeError && 'code' in error && 'field' in error && 'range' in error;

/**
 * Why, as plain data, of whatever was thrown: what is no refusal is 'unknown', with its text.
 * @param {unknown} error
 * @returns {Refusal}
 */
export function refusalOf(error) {
  if (!isRefusal(error)) return { code: 'unknown', field: null, value: String(error), range: null };
  const { code, field, value, range } = error;
  return /** @type {Refusal} */ ({ code, field, value, range });
}

/** @param {string} reason '' where none is known @returns {Refusal} of a network whose worker died, or whose engine did */
export const engineStopped = (reason) => ({ code: 'engineStopped', field: null, value: reason, range: null });
