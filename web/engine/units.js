/**
 * units.js: gated units and PReLU, which are layers of their own. It checks their fields. They give images above images,
 * and a vector above a vector; gated units give half of the channels.
 *
 * Pure. Which kinds of layer there are is in shapes.js.
 */
import { requireBoolean, requireNumber } from './check.js';
import { refuse } from './refusal.js';
import { PARAMETERS } from './tables.js';
import { imagesBelow, weightless } from './windows.js';

/**
 * @typedef {import('./shapes.js').ShapeCheck} ShapeCheck
 *
 * @typedef {{ slope: number, shared: boolean }} Prelu `slope`: at the start
 */

/** The activation of the second half, for each kind of gated units. */
export const GATES = /** @type {Record<string, string>} */ ({ glu: 'sigmoid', swiglu: 'silu', geglu: 'gelu' });

/** The slope that PReLU starts with where a spec does not say: PyTorch's, and that of He et al. 2015. */
export const PRELU_SLOPE = 0.25;

/** The channels that a layer gives where it does not say. An odd number is refused later. @param {string} kind
 * @param {number} channels below it */
export const channelsFrom = (kind, channels) => (kind in GATES ? Math.ceil(channels / 2) : channels);

/** @type {ShapeCheck} */
export function checkGated(limits, field, layer, below) {
  const images = imagesBelow(limits, field, layer, below);
  const { channels } = images;
  if (channels % 2 > 0) refuse('oddChannels', `${field}.kind`, layer.kind, { channels });
  return weightless(layer, images, { ...images, channels: channels / 2 }, null);
}

/** @type {ShapeCheck} */
export function checkPrelu(limits, field, layer, below) {
  const { slope = PRELU_SLOPE, perChannel = false } = layer;
  const { least, most } = PARAMETERS['leaky-relu'];
  const prelu = {
    slope: requireNumber(`${field}.slope`, slope, least, most),
    shared: !requireBoolean(`${field}.perChannel`, perChannel),
  };
  const images = imagesBelow(limits, field, layer, below);
  return { ...weightless(layer, images, images, null), prelu };
}
