/**
 * full.js: which networks need the full module. The small one, which the page opens with, runs dense layers whose
 * weights are drawn; c/modules.sh says what it leaves out. Where both can run a network they give the same bits.
 *
 * Pure. It loads nothing. In Node there is only the full module.
 */
import { MATRIX_SCHEMES } from './tables.js';

/** @param {any} choice a SchemeChoice */
const isMatrix = (choice) => MATRIX_SCHEMES.includes(choice?.name ?? choice);

/** @param {Pick<import('./spec.js').Spec, 'layers' | 'scheme'>} spec */
export const needsFullModule = ({ layers, scheme }) =>
  layers.some((layer) => layer.kind !== 'dense' || isMatrix(layer.scheme ?? scheme));
