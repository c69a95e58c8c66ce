/**
 * map-scales.js: the depth scale of the correlation for the columns of the map of trainable depth: xi_c of Schoenholz et al.
 * 2017, section 3, on both sides of the critical point.
 *
 * Pure. The engine computes it (engine/phase.js). It is drawn, and decides nothing.
 */
import { BIAS_SQUARE, SAMPLES } from './map-plan.js';

/** @param {import('../../engine/phase.js').PhaseMap} map of tanh @returns {number[]} layers, for each of SAMPLES */
export const scalesOf = (map) => SAMPLES.map((square) => map.point(square, BIAS_SQUARE).depth);
