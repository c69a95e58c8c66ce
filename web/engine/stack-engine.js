/**
 * stack-engine.js: lets the calls of an engine take a line of the stack notation in place of the layers of a spec.
 *
 * loadEngine uses it wherever the library is not bundled into the page: the page reads lines itself.
 */
import { parseStack } from './stack-reader.js';

/** @typedef {import('./engine.js').Engine} Engine */

/** The spec with layers in place of a line. @param {any} spec */
const read = (spec) =>
  typeof spec === 'object' && typeof spec?.layers === 'string' ? { ...spec, layers: parseStack(spec.layers) } : spec;

/** @param {Engine} engine @returns {Engine} */
export const withLines = (engine) => ({
  ...engine,
  run: (spec) => engine.run(read(spec)),
  *steps(spec, parts) {
    yield* engine.steps(read(spec), parts);
  },
  series() {
    const { steps, end } = engine.series();
    return {
      *steps(spec, parts) {
        yield* steps(read(spec), parts);
      },
      end,
    };
  },
  tensor: (spec, ...which) => engine.tensor(read(spec), ...which),
  *tensorSteps(spec, ...which) {
    return yield* engine.tensorSteps(read(spec), ...which);
  },
});
