/**
 * ridgeline-pair.js: the ridgelines of A and B, on one axis and one scale, so that they can be compared.
 *
 * While only the first layers of a network have been computed, the others are drawn paler, from the previous run. How one
 * ridgeline is drawn is in ridgeline.js.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { axisForNetworks, chooseScaleTensor, createAxis, gatherTensors, isMissing, rebin, smooth } from './bins.js';
import { createNumbersTable, numbersOfTensors } from './numbers-table.js';
import { createRidgeline } from './ridgeline.js';
import { lacksBackward } from './waiting.js';
import { write } from './write.js';

/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('../engine/engine.js').Summary} Summary */

/**
 * @param {Element[]} figures of A and of B
 * @param {(layer: number) => void} choose
 */
export function createRidgelinePair(figures, choose) {
  const charts = figures.map((figure) => ({
    ...createRidgeline(/** @type {HTMLCanvasElement} */ (figure.querySelector('canvas')), choose),
    setNumbers: createNumbersTable(/** @type {HTMLElement} */ (figure)),
    caption: /** @type {Element} */ (figure.querySelector('.measured')),
  }));
  /** What was drawn last, for A and B. @type {{ name: string, tensors: (Summary | undefined)[][] }} */
  let drawn = { name: '', tensors: [[], []] };

  /**
   * @param {Pick<import('./sheet.js').Scene, 'networks' | 'depth' | 'names' | 'chosen' | 'tensor'>} scene
   * @param {boolean} keeps whether layers that have not been computed yet are drawn from the previous run
   */
  return ({ networks, depth, names, chosen, tensor: name }, keeps) => {
    const current = networks.map((network) => gatherTensors(network, name));
    const shown = current.map((gathered, i) => {
      const previous = keeps && name === drawn.name && lacksBackward(networks[i]) ? drawn.tensors[i] : [];
      const tensors = Array.from({ length: depth }, (_, layer) => gathered.tensors[layer] ?? previous[layer]);
      return { ...gathered, tensors };
    });
    const scale = chooseScaleTensor(shown);
    if (!scale) for (const { tensors } of shown) tensors.fill(undefined); // a coarse reply may lack the first layer's weights
    drawn = { name, tensors: shown.map(({ tensors }) => tensors) };
    const axis = scale ? axisForNetworks(shown) : createAxis(0, 1);
    const fullHeight = scale ? Math.max(...ridgeOf(scale, axis).density) : 1;
    for (const [i, letter] of LETTERS.entries()) {
      const { tensors } = shown[i];
      const ridges = tensors.map((tensor) => tensor && ridgeOf(tensor, axis));
      const stds = tensors.map((tensor) => tensor?.std ?? Number.NaN);
      const stale = tensors.map((_, layer) => !current[i].tensors[layer]);
      const { update, setNumbers, caption } = charts[i];
      update({ letter, axis, ridges, stale, stds, depth, names, chosen, fullHeight });
      setNumbers(() => numbersOfTensors(current[i].tensors, names));
      const [tensor, ridge] = [tensors[chosen - 1], ridges[chosen - 1]];
      write(
        caption,
        tensor && ridge
          ? words.ridgeCaption(tensor, chosen, ridge, names?.[chosen - 1])
          : missingWords(networks[i], chosen, name, names),
      );
      caption.classList.toggle('stale', stale[chosen - 1] && tensor !== undefined);
    }
  };
}

/** Why a layer has no histogram. @param {Network} network @param {number} chosen @param {string} tensor
 * @param {string[] | null} names of the layers */
function missingWords({ error, spec }, chosen, tensor, names) {
  if (error) return `${words.WORDS.failed}.`;
  return isMissing(spec.layers[chosen - 1], tensor)
    ? words.WORDS.noWeights
    : words.WORDS.notDrawn(chosen, names?.[chosen - 1]);
}

/** @param {Summary} tensor @param {import('./bins.js').Axis} axis */
function ridgeOf(tensor, axis) {
  const binned = rebin(tensor, axis, { withoutZeros: true });
  return { ...binned, density: smooth(binned.density, axis, tensor) };
}
