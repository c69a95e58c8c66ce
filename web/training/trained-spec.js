/**
 * trained-spec.js: the network that is trained: the one that the page's state gives, with the data as its input and an
 * output for each class; and the options that it is trained with.
 *
 * Pure. It does not check the spec: the engine does.
 */
import { DATA_KINDS } from '../data/data-kinds.js';
import { givesImages } from '../engine/kinds.js';
import { blockOf } from '../state/stacks.js';
import { firstRate } from './settings.js';

/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../state/state.js').State} State */

/** The names of data in the form of images. @type {Record<string, string>} */
const IMAGES = { digits: 'digit-images' };

/** The numbers of an example. @param {string} data */
const numbersOf = (data) => DATA_KINDS[data].shape[0];

/**
 * The options of engine.training.
 * @param {import('./settings.js').Settings} settings
 * @param {import('../data/data.js').Data} made the data
 */
export function optionsOf(settings, made) {
  const { optimizer, as, momentum, decay } = settings;
  const { inputs, labels, heldOut } = made;
  return {
    ...{ data: { inputs, labels }, heldOut, optimizer, as, rate: firstRate(settings) },
    ...((optimizer === 'momentum' || optimizer === 'nesterov') && { momentum }),
    ...(decay > 0 && { decay }),
  };
}

/** How many classes there are to tell apart. @param {string} data */
export const classesOf = (data) => DATA_KINDS[data].classes;

/** Whether an example is a point of the plane. @param {string} data */
export const isPlane = (data) => numbersOf(data) === 2;

/** Whether the first layer takes images. @param {Spec} spec */
const takesImages = ({ layers }) => layers[0].kind !== 'dense';

/**
 * The name of the data in the form that the network takes: images for convolutions, else vectors.
 * @param {Spec} spec
 * @param {string} data
 * @returns {string | null} null where there is no such form
 */
export function dataFor(spec, data) {
  if (!takesImages(spec)) return data;
  return IMAGES[data] ?? null;
}

/** A layer above the first takes whatever the one below gives. @param {any} layer */
function withoutInput(layer) {
  const { inputs, channelsIn, size, ...rest } = layer;
  return rest;
}

/** The first layer, for the data. @param {any} layer @param {string} data */
function firstFor(layer, data) {
  const numbers = numbersOf(data);
  if (layer.kind === 'dense') return { ...layer, inputs: numbers };
  const [height, width, channelsIn] = DATA_KINDS[IMAGES[data]]?.shape ?? [1, 1, numbers];
  return { ...layer, size: [height, width], channelsIn };
}

/** What only the loss and the input of the view Signal need. */
const UNUSED = ['input', 'loss', 'backward'];

/**
 * The spec of a trained network. The output layer of the controls gets a unit for each class. So does a last layer of the
 * reader's own, if it has as many units already. Otherwise a linear layer is added, with the scheme and the gain of the
 * network.
 * @param {(state: State, letter: 'A' | 'B') => Spec} specOf
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @param {string} data
 * @returns {Spec}
 */
export function trainedSpec(specOf, state, letter, data) {
  const classes = classesOf(data);
  // a last layer of the reader's own is linear unless it says otherwise, as under cross-entropy; blocks know their output layer
  const asks = state.stack || (blockOf(state) !== 'none' && state.head === 'none');
  const asked = asks ? { ...state, loss: 'cross-entropy' } : state;
  const spec = /** @type {any} */ (specOf(asked, letter));
  const [first, ...above] = spec.layers;
  const layers = [firstFor(first, data), ...above.map(withoutInput)];
  const last = layers[layers.length - 1];
  const hasOutput = state.stack ? last.units === classes : asked.loss === 'cross-entropy' || state.head !== 'none';
  if (hasOutput) layers[layers.length - 1] = { ...last, units: classes };
  else
    layers.push({
      kind: 'dense',
      units: classes,
      activation: 'linear',
      ...(givesImages(layers).at(-1) && { pool: state.pool }),
    });
  const kept = Object.entries(spec).filter(([key]) => !UNUSED.includes(key));
  return { ...Object.fromEntries(kept), layers };
}
