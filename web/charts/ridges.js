/*
 * The ridges of A and of B, which are compared: drawn at once, on one axis and one scale. While a network has but its
 * first layers, the others are as they were in the run before.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { axisOf, axisOfFamilies, familyOf, rebin, scaleTensor, smooth } from './bins.js';
import { createNumbers, numbersOfRidges } from './numbers-table.js';
import { createRidge } from './ridge.js';
import { write } from './text.js';
import { isPartial } from './waiting.js';

/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('../engine/engine.js').Summary} Summary */

/**
 * @param {Element[]} figures of A and of B
 * @param {(layer: number) => void} choose
 */
export function createRidges(figures, choose) {
  const charts = figures.map((figure) => ({
    ...createRidge(/** @type {HTMLCanvasElement} */ (figure.querySelector('canvas')), choose),
    tell: createNumbers(/** @type {HTMLElement} */ (figure)),
    caption: /** @type {Element} */ (figure.querySelector('.measured')),
  }));
  /** What was last drawn. @type {{ tensor: string, all: (Summary | undefined)[][] }} */
  let before = { tensor: '', all: [[], []] };

  /**
   * @param {Network[]} networks @param {number} depth @param {number} chosen @param {string} tensor
   * @param {boolean} holds whether layers that are not there yet are as they were, and paler
   */
  return (networks, depth, chosen, tensor, holds) => {
    const told = networks.map((network) => familyOf(network, tensor));
    const families = told.map((family, i) => {
      const was = holds && tensor === before.tensor && isPartial(networks[i]) ? before.all[i] : [];
      return { ...family, tensors: Array.from({ length: depth }, (_, layer) => family.tensors[layer] ?? was[layer]) };
    });
    const scale = scaleTensor(families);
    if (!scale) for (const family of families) family.tensors.fill(undefined); // of a glance that has no weights
    before = { tensor, all: families.map(({ tensors }) => tensors) };
    const axis = scale ? axisOfFamilies(families) : axisOf(0, 1);
    const fullHeight = scale ? Math.max(...ridgeOf(scale, axis).density) : 1;
    for (const [i, letter] of LETTERS.entries()) {
      const { tensors } = families[i];
      const ridges = tensors.map((tensor) => tensor && ridgeOf(tensor, axis));
      const stds = tensors.map((tensor) => tensor?.std ?? Number.NaN);
      const stale = tensors.map((_, layer) => !told[i].tensors[layer]);
      const { update, tell, caption } = charts[i];
      update({ letter, axis, ridges, stale, stds, depth, chosen, fullHeight });
      tell(() => numbersOfRidges(told[i].tensors));
      const [here, there] = [tensors[chosen - 1], ridges[chosen - 1]];
      const missing = networks[i].error ? `${words.WORDS.failed}.` : words.WORDS.notDrawn(chosen);
      write(caption, here && there ? words.ridgeCaption(here, chosen, there) : missing);
      caption.classList.toggle('stale', stale[chosen - 1] && here !== undefined);
    }
  };
}

/** @param {Summary} tensor @param {import('./bins.js').Axis} axis */
function ridgeOf(tensor, axis) {
  const binned = rebin(tensor, axis, { withoutZeros: true });
  return { ...binned, density: smooth(binned.density, axis, tensor) };
}
