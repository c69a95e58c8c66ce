/**
 * library.js: what an engine has beside engine.js where it is not bundled into the page. Its calls take a line of the
 * stack notation in place of the layers of a spec, it can train, and it has the coordinate check and the phase map.
 *
 * On the page, parts that load when they are needed do all this.
 */
import { createCoordinates } from './coordinates.js';
import { createPhase } from './phase.js';
import { parseStack } from './stack-reader.js';
import { createTraining } from './training.js';

/** The calls whose first argument is a spec: those that answer at once, and those that give a generator. */
const CALLS = ['run', 'check', 'tensor', 'memory', 'training'];
const GENERATORS = ['steps', 'tensorSteps', 'train', 'coordinates'];

/** The spec with layers in place of a line. @param {any} spec */
const read = (spec) =>
  typeof spec === 'object' && typeof spec?.layers === 'string' ? { ...spec, layers: parseStack(spec.layers) } : spec;

/** An object whose calls take lines. @template T @param {T} object @returns {T} */
function reading(object) {
  const all = /** @type {any} */ (object);
  /** @param {string} name @returns {[string, (...rest: any[]) => unknown]} */
  const call = (name) => [name, (spec, ...rest) => all[name](read(spec), ...rest)];
  // a generator refuses at its first step, whatever is wrong
  /** @param {string} name @returns {[string, (...rest: any[]) => unknown]} */
  const generator = (name) => [
    name,
    function* (spec, ...rest) {
      return yield* all[name](read(spec), ...rest);
    },
  ];
  /** @param {string} name */
  const isThere = (name) => name in all;
  return {
    ...all,
    ...Object.fromEntries([...CALLS.filter(isThere).map(call), ...GENERATORS.filter(isThere).map(generator)]),
  };
}

/** @param {import('./engine.js').Engine} engine @returns {import('./engine.js').Engine} */
const withLines = (engine) => ({ ...reading(engine), series: () => reading(engine.series()) });

/**
 * @param {import('./engine.js').Engine} engine
 * @param {{ module: WebAssembly.Module, wasm: any }} opened see instance.js
 * @returns {import('./engine.js').Engine}
 */
export function complete(engine, opened) {
  const made = createTraining(opened);
  return withLines({ ...engine, ...made, ...createCoordinates(opened, made), ...createPhase(opened) });
}
