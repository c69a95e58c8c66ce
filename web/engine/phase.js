/**
 * phase.js: engine.phase: the phase map of an activation, order and chaos by the variances of weights and biases. See the
 * section "Phase map" in c/initscope.h.
 *
 * It draws no network and no picture. It is not in the page's first script.
 */
import { checkActivation } from './activations.js';
import { requireNumber, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { CELLS, PHASES, POINTS } from './tables.js';

/** The largest variance, sigma_w^2 or sigma_b^2, that the map takes. */
const MOST_VARIANCE = 1e100;

/** The most cells of a column: MOST_CELLS of c/initscope.h. */
const MOST_CELLS = 1024;

/**
 * @typedef {'ordered' | 'critical' | 'chaotic' | 'explodes' | 'decays'} PhaseName see PHASE_* in c/initscope.h
 *
 * @typedef {object} PhasePoint what a deep stack of equal layers does
 * @property {number} weightSquare sigma_w^2 = fan_in Var(W)
 * @property {number} biasSquare sigma_b^2
 * @property {number} q limit of E z^2 that starts at 1: 0 if it decays, Infinity if it grows without bound
 * @property {number} chi weightSquare E phi'^2 at q: each layer back multiplies the mean square of dL/dz by it
 * @property {number} correlation to which two inputs come; NaN if q is Infinity
 * @property {number} slope of the map of correlations there; if q is Infinity, what a layer multiplies q by in the end
 * @property {number} depth layers for a factor of e: 1 / |ln slope|; Infinity where the slope is 1
 * @property {PhaseName} phase
 *
 * @typedef {object} PhaseColumn a column of the map, by the cells' order
 * @property {PhaseName[]} phases
 * @property {Float64Array} rates 1 / depth
 * @property {Float64Array} chis
 *
 * @typedef {ReturnType<ReturnType<typeof createPhase>['phase']>} PhaseMap
 */

/**
 * The call that makes maps, for a module.
 * @param {{ wasm: any }} opened see instance.js
 */
export const createPhase = ({ wasm }) => ({
  /**
   * The phase map of an activation. It holds memory of the engine until `end`.
   * @param {import('./activations.js').ActivationChoice} choice
   * @throws {import('./refusal.js').RefusalError} if there is no such activation, or no memory
   */
  phase(choice) {
    const { activation, parameter } = checkActivation('activation', choice);
    const map = wasm.phase_new(activation, parameter);
    if (!map) refuse('memoryExhausted', null, null, null);
    let isOpen = true;
    const requireOpen = () => {
      if (!isOpen) throw new Error('this map has ended');
    };
    /** @param {string} field @param {number} value */
    const requireVariance = (field, value) => requireNumber(field, value, 0, MOST_VARIANCE);

    return {
      /**
       * What happens at a point of the map; takes some milliseconds. The slope has an error of about 1e-7.
       * @param {number} weightSquare
       * @param {number} [biasSquare]
       * @returns {PhasePoint}
       */
      point(weightSquare, biasSquare = 0) {
        requireOpen();
        const address = wasm.phase_point(
          map,
          requireVariance('weightSquare', weightSquare),
          requireVariance('biasSquare', biasSquare),
        );
        const values = new Float64Array(wasm.memory.buffer, address, POINTS.length);
        const named = Object.fromEntries(POINTS.map((name, i) => [name, values[i]]));
        return /** @type {any} */ ({ weightSquare, biasSquare, ...named, phase: PHASES[named.phase] });
      },

      /**
       * A column of cells of one sigma_w^2. It takes some microseconds a cell, and has rates within 1 % of 0.02 or of their
       * value, whichever is more.
       * @param {number} weightSquare
       * @param {{ first: number, step: number, count: number }} biasSquares cell i is at first + i step; up to 1024 cells
       * @returns {PhaseColumn}
       */
      column(weightSquare, { first, step, count }) {
        requireOpen();
        requireWhole('count', count, 1, MOST_CELLS);
        requireVariance('first', first);
        requireVariance('first + (count - 1) step', first + (count - 1) * step);
        const address = wasm.phase_column(map, requireVariance('weightSquare', weightSquare), first, step, count);
        const cells = new Float64Array(wasm.memory.buffer, address, count * CELLS.length);
        const [phases, rates, chis] = ['phase', 'rate', 'chi'].map((name) =>
          Float64Array.from({ length: count }, (_, i) => cells[i * CELLS.length + CELLS.indexOf(name)]),
        );
        return { phases: Array.from(phases, (phase) => /** @type {PhaseName} */ (PHASES[phase])), rates, chis };
      },

      /** Frees the map. Its other calls then throw an Error. */
      end() {
        if (isOpen) wasm.phase_free(map);
        isOpen = false;
      },
    };
  },
});
