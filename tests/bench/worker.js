/**
 * worker.js: the benchmark's worker. Asked by a message, it runs one network of the experiment, or a loop that touches
 * no memory. It is a bundle of its own.
 *
 * It takes no times: contest.js does.
 */
import { loadEngine } from '../../web/engine/engine.js';
import { ours } from './experiment.js';

/** Steps of the loop. */
const LOOP = 5e7;

/** @type {import('../../web/engine/engine.js').Engine} */
let engine;
let scheme = '';

/** @type {Record<string, () => unknown>} */
const JOBS = {
  experiment: () => ours(engine, scheme),
  loop: () => {
    let sum = 0;
    for (let i = 1; i < LOOP; i++) sum += Math.sqrt(i);
    return sum;
  },
};

globalThis.onmessage = async ({ data }) => {
  if (data.module) {
    engine = await loadEngine(data.module);
    scheme = data.scheme;
  }
  const result = JOBS[data.job]?.();
  globalThis.postMessage(typeof result); // nobody needs the result itself
};
