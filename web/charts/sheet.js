/**
 * sheet.js: draws a reply on the sheet, one part at a time, so that the caller can let the page respond in between.
 *
 * sheet-parts.js is the table of parts; waiting.js decides which of them wait. Every label comes from the reply, never
 * from the controls, which may already show the next request. The sheet remembers what each
 * part was drawn from, and redraws a part only when that changes.
 */
import { words } from '../locales/words.js';
import { ownNames } from '../reading/layer-names.js';
import { LETTERS } from '../state/state.js';
import { BACKWARD } from './bins.js';
import { createLateFormulas } from './late-formulas.js';
import { createLateLimits } from './late-limits.js';
import { createCharts } from './sheet-charts.js';
import { PARTS } from './sheet-parts.js';
import { createStages, FIRST, WHOLE, watchView } from './waiting.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../engine/spec.js').Tables} Tables */
/** @typedef {import('./sheet-parts.js').Part} Part */
/** @typedef {import('./late-limits.js').Limits} Limits */
/** @typedef {import('./late-formulas.js').WriteFormula} WriteFormula */

/**
 * A line that the reader sketches over the chart of rms by depth.
 * @typedef {object} Sketched
 * @property {string} label
 * @property {number[]} line an exponent of 10 for each layer
 * @property {{ lo: number, hi: number }} range of the axis, in exponents of 10
 * @property {boolean} secret whether the measured curves are hidden
 * @property {number} layer where the reader is sketching
 */

/**
 * What the reader has chosen to look at.
 * @typedef {object} View
 * @property {number} layer the chosen layer; may exceed the depth of the reply
 * @property {string} tensor name of the chosen tensor
 * @property {string[]} lines the families of lines in the chart of rms by depth (state/lines.js)
 * @property {string} format whose limits are drawn; none: no format's
 * @property {Sketched | null} sketched
 */

/**
 * What the parts of the sheet are drawn from.
 * @typedef {object} Scene
 * @property {Reply} reply
 * @property {Network[]} networks A and B
 * @property {Layer[]} allLayers those of A, then those of B
 * @property {number} depth
 * @property {import('./depth-chart.js').Sums} sums
 * @property {string[] | null} names of the layers; null where they go by their numbers
 * @property {number} chosen number of the chosen layer, at most the depth
 * @property {(Layer | undefined)[]} chosenLayers of A and of B
 * @property {boolean} failed whether neither network could be run
 * @property {number} stage how much of the reply is drawn (waiting.js)
 * @property {string} tensor
 * @property {string[]} lines
 * @property {Limits | null} limits of a number format, once they have loaded
 * @property {WriteFormula | null} writeFormula once it has loaded
 * @property {Sketched | null} sketched
 * @property {Tables} tables
 * @property {string} lang the language when the drawing began; it may change before the drawing ends
 * @property {(element: Element) => boolean} isInView
 */

/**
 * @param {Reply} reply
 * @param {View} seen
 * @param {number} stage
 * @param {Tables} tables
 * @param {(element: Element) => boolean} isInView
 * @param {Pick<Scene, 'limits' | 'writeFormula'>} late what comes with parts of the page
 * @returns {Scene}
 */
function createScene(reply, { layer, tensor, lines, sketched }, stage, tables, isInView, late) {
  const networks = LETTERS.map((letter) => reply.networks[letter]);
  const specs = networks.map(({ spec }) => spec.layers);
  const depth = specs[0].length;
  const chosen = Math.min(layer, depth);
  const [first = 0, second = first + 1] = specs[0].flatMap(({ kind }, i) => (kind === 'add' ? i + 1 : []));
  return {
    reply,
    networks,
    allLayers: networks.flatMap(({ layers }) => layers),
    depth,
    sums: { first, apart: second - first },
    names: ownNames(reply.state, specs, words.WORDS.outputLayer),
    chosen,
    chosenLayers: networks.map(({ layers }) => layers[chosen - 1]),
    failed: networks.every(({ error }) => error),
    stage,
    tensor,
    lines,
    ...late,
    sketched,
    tables,
    lang: words.lang,
    isInView,
  };
}

/**
 * What the sheet asks of the page.
 * @typedef {object} Page
 * @property {(layer: number) => void} choose
 * @property {() => void} redraw called when a part that was not drawn comes into view
 * @property {(name: string) => Promise<any>} load loads a part of the page
 * @property {(say: () => string) => void} note writes a note
 */

/** @param {HTMLElement} root @param {Page} page */
export function createSheet(root, page) {
  const { redraw } = page;
  const charts = createCharts(root, page);
  const stageNow = createStages();
  const view = watchView([...root.querySelectorAll('figure'), charts.runFold, ...charts.formulas], redraw);
  const limits = createLateLimits(page);
  const formulas = createLateFormulas(page);
  const ridgesInView = () => charts.ridges.figures.some(view.has);

  /** What each part was last drawn from. @type {Map<Part, unknown[]>} */
  const drawnFrom = new Map();

  /** Whether what a part is drawn from has changed since last time. @param {Part} part @param {unknown[]} from */
  function hasChanged(part, from) {
    const before = drawnFrom.get(part) ?? [];
    drawnFrom.set(part, from);
    return before.length !== from.length || from.some((value, i) => value !== before[i]);
  }

  /**
   * Draws every part that has changed, one part at each step of the generator.
   * @param {Reply} reply
   * @param {View} seen
   * @param {Tables} tables
   * @param {boolean} again whether to draw all parts, changed or not
   * @returns {Generator<void, number, void>} returns the milliseconds after which to call again for the parts that wait;
   *   0: none wait
   */
  function* draw(reply, seen, tables, again) {
    const { stage, left } = stageNow(Object.values(reply.networks), again);
    const writeFormula = formulas.writer(charts.formulas.some(view.has), reply);
    const late = { limits: limits.of(seen.format), writeFormula };
    const scene = createScene(reply, seen, stage, tables, view.has, late);
    const { depth, names, chosen, failed } = scene;
    view.left = !writeFormula;
    if (stage === FIRST && !ridgesInView()) return left;
    for (const part of PARTS) {
      if (stage < (part.ofTensor && BACKWARD.includes(seen.tensor) ? WHOLE : part.stage)) continue;
      if (part.within && reply.coarse && !again && !part.within(charts).some(view.has)) {
        view.left = true;
        continue;
      }
      if (part.from) {
        if (!hasChanged(part, [depth, String(names), chosen, failed, ...part.from(scene, charts)]) && !again) continue;
        yield;
      }
      part.draw(scene, charts);
    }
    return left;
  }

  return {
    draw,
    ridgesInView,
    verdicts: charts.sentences.verdicts,
    locateOnRms: charts.rms.locate,
    /** Has the formulas loaded, in view or not: they are to be printed. */
    loadFormulas: formulas.request,
    /** Whether nothing is still to be loaded. */
    ready: () => charts.images.ready() && limits.ready() && formulas.ready(),
  };
}
