/**
 * training.js: times steps of training in Node, and prints its figures as JSON. bench.js runs it several times, as it runs
 * node.js. The steps themselves are in steps.js.
 *
 * PyTorch runs after the others, in a process of its own, where a Python has it: see torch_steps.py.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../../web/engine/engine.js';
import { startPeer } from './experiment.js';
import { start, stepsOf } from './steps.js';
import { alternate, median } from './timing.js';

const ROUNDS = 5;

/** The networks that are compared, and whether ConvNetJS takes part: at larger sizes it would take too long. */
const CONTESTS = [
  { size: { depth: 10, width: 64, batch: 64 }, peers: ['tfjs', 'convnetjs'] },
  { size: { depth: 10, width: 256, batch: 64 }, peers: ['tfjs'] },
  { size: { depth: 20, width: 512, batch: 256 }, peers: ['tfjs'] },
];

/** What the page trains at first; it draws an observed step 20 times a second. */
const PAGE = { depth: 20, width: 256, batch: 64 };
const OBSERVED_EACH = 50;

/** Milliseconds of a round of the page's training. */
const ROUND = 1000;

const require = createRequire(import.meta.url);
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** Milliseconds of a step in PyTorch at each size; none where the Python that PYTHON names lacks it. @returns {number[]} */
function torchSteps() {
  const sizes = CONTESTS.map(({ size: { depth, width, batch } }) => [depth, width, batch].join());
  const python = process.env.PYTHON || 'python3';
  const { status, stdout } = spawnSync(python, [here('torch_steps.py'), ...sizes], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : [];
}

/** @param {() => unknown} step @returns {import('./timing.js').Contestant} */
const repeat = (step) => (times) => {
  for (let i = 0; i < times; i++) step();
};

/** @param {Record<string, () => unknown>} steps */
const race = (steps) => {
  const contestants = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, repeat(step)]));
  return alternate(/** @type {any} */ (contestants), { rounds: ROUNDS });
};

/** Optimizers against plain SGD, in Initscope alone. @param {import('../../web/engine/engine.js').Engine} engine */
function optimizers(engine) {
  const names = /** @type {const} */ (['sgd', 'momentum', 'adam']);
  const trainings = names.map((optimizer) => start(engine, CONTESTS[0].size, { optimizer }));
  const [ours, momentum, adam] = trainings.map((training) => () => training.step());
  const raced = race({ ours, momentum, adam });
  for (const training of trainings) training.end();
  return raced;
}

/** Steps a second, with and without an observed step each 50 ms. @param {import('../../web/engine/engine.js').Engine} engine */
function observing(engine) {
  const training = start(engine, PAGE);
  /** @param {number} pause milliseconds between observed steps @param {number} duration */
  const stepsIn = (pause, duration) => {
    let [steps, next] = [0, pause];
    const begun = performance.now();
    for (let spent = 0; spent < duration; spent = performance.now() - begun, steps++) {
      const isObserved = spent >= next;
      training.step(isObserved);
      if (isObserved) next = (Math.floor(spent / pause) + 1) * pause; // a slow step is not made up for
    }
    return steps / ((performance.now() - begun) / 1000);
  };
  stepsIn(OBSERVED_EACH, ROUND / 4); // pays for compilation
  const rounds = Array.from({ length: ROUNDS }, () => [stepsIn(Infinity, ROUND), stepsIn(OBSERVED_EACH, ROUND)]);
  training.end();
  const [unobserved, observed] = [0, 1].map((which) => median(rounds.map((round) => round[which])));
  return { size: PAGE, unobserved, observed, share: median(rounds.map(([without, within]) => within / without)) };
}

const engine = await loadEngine();
const { core, backend } = require(here('../../build/bench/tfjs.cjs'));
const tf = await startPeer(core, backend, here('node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
const convnet = require('convnetjs');

const contests = CONTESTS.map(({ size, peers }) => ({ size, ...race(stepsOf({ engine, tf, convnet }, size, peers)) }));
const torch = torchSteps();
contests.forEach(({ ms, ratio }, i) => {
  Object.assign(ms, { torch: torch[i] });
  Object.assign(ratio, { torch: torch[i] / ms.ours });
});
console.log(JSON.stringify({ contests, optimizers: optimizers(engine), observing: observing(engine) }));
