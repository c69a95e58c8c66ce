/**
 * full.js: which networks need the full module. The small one, which the page opens with, runs dense layers whose weights
 * are drawn in float32 by common rules, with mean 0, from a standard input; c/modules.sh says what it leaves out. Where both can run a
 * network they give the same bits.
 *
 * Pure. It loads nothing. In Node there is only the full module.
 */
import { FULL_SCHEMES } from './tables.js';

/** The inputs of the small module. @type {unknown[]} */
const STANDARD = [undefined, 'normal', 'uniform'];

/** @param {any} choice a SchemeChoice */
const isOfFull = (choice) => FULL_SCHEMES.includes(choice?.name ?? choice);

/** The format of the small module. @type {unknown[]} */
const FLOAT = [undefined, 'float32'];

/** @param {Pick<import('./spec.js').Spec, 'layers' | 'scheme' | 'bias' | 'input' | 'drawn' | 'shared'>} spec */
export const needsFullModule = ({ layers, scheme, bias, input, drawn, shared }) =>
  !STANDARD.includes(input) ||
  layers.some(
    (/** @type {any} */ layer) =>
      layer.kind !== 'dense' ||
      isOfFull(layer.scheme ?? scheme) ||
      isOfFull(layer.bias ?? bias) ||
      !FLOAT.includes(layer.drawn ?? drawn) ||
      (layer.shared ?? shared),
  );
