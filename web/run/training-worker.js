/**
 * training-worker.js: the worker's side of trainings, one at a time. It lets messages in while it works. It is in the bundle
 * of full-worker.js.
 *
 * What a training does is in trainer.js. When to go on is decided on the page (training/race.js): a worker that hears
 * nothing stops by itself.
 */
import { createCoordinates } from '../engine/coordinates.js';
import { loadEngine } from '../engine/engine.js';
import { tune, withGains } from '../engine/lsuv.js';
import { DIALECTS, OPTIMIZERS } from '../engine/tables.js';
import { createTraining } from '../engine/training.js';
import { failure, finish } from './job.js';
import { createTrainer } from './trainer.js';
import { answerCell, isCell } from './training-cells.js';

/** @typedef {import('./training-messages.js').Begun} Begun */
/** @typedef {import('./training-messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./training-messages.js').TrainerPort} TrainerPort */

/** The first batch of the data, as an input. @param {Begun} begun */
const firstBatch = ({ spec, options }) => {
  const { inputs, labels } = options.data;
  return inputs.slice(0, (inputs.length / labels.length) * Math.min(labels.length, spec.batch ?? 1));
};

/** The spec with its gains tuned to the first batch. @param {any} engine @param {Begun} begun */
function* tuned(engine, begun) {
  const { spec, tunes } = begun;
  if (!tunes) return spec;
  const found = yield* tune(engine, { ...spec, input: firstBatch(begun) });
  return withGains(spec, found.gains);
}

/** The calls that train. @param {Parameters<typeof createTraining>[0]} opened */
function withCoordinates(opened) {
  const made = createTraining(opened);
  return { ...made, ...createCoordinates(opened, made) };
}

/** Answers the messages of a port that trains. @param {TrainerPort} port */
export function serveTraining(port) {
  /** @type {Promise<any>} */
  let loading;
  /** @type {ReturnType<typeof createTrainer> | null} */
  let trainer = null;
  /** A training that is to take the place of this one. @type {Begun | null} */
  let coming = null;
  /** Number of the experiment that messages must have; 0: none is wanted. */
  let current = 0;
  /** Number of the experiment that is worked on. */
  let own = 0;
  /** Messages for a training that has not begun. @type {ToTrainer[]} */
  let early = [];
  let isWorking = false;
  /** Whether a message has come since it last looked for something to do. */
  let hasHeard = false;

  /** Runs what is to be done, as long as this experiment is wanted. @template T @param {Generator<unknown, T, void>} steps */
  const run = (steps) =>
    finish(
      steps,
      () => own !== current,
      () => port.postMessage({ type: 'alive' }),
    );

  function end() {
    trainer?.end();
    trainer = null;
  }

  /** @param {Begun} begun */
  async function begin(begun) {
    coming = null;
    own = begun.id;
    end();
    const engine = await loading;
    const spec = await run(tuned(engine, begun));
    if (!spec || own !== current) return;
    trainer = createTrainer(engine, spec, begun, port);
    port.postMessage({ type: 'begun', id: own, spec });
    for (const message of early) trainer.hear(message);
    early = [];
  }

  async function work() {
    if (isWorking) return;
    isWorking = true;
    try {
      do {
        hasHeard = false;
        if (coming) await begin(coming);
        if (trainer && own === current) await run(trainer.working());
      } while (hasHeard);
      if (own !== current) end();
    } catch (error) {
      trainer = null; // what has thrown cannot be trusted
      if (own === current) current = 0;
      port.postMessage(/** @type {any} */ (failure(own, error)));
    } finally {
      isWorking = false;
    }
    if (coming) work(); // what has failed was another
  }

  /** @param {WebAssembly.Module} module */
  function load(module) {
    loading = loadEngine(module, withCoordinates);
    loading.then(
      ({ hyperparameters }) => {
        const offers = (/** @type {string} */ as) => OPTIMIZERS.filter((name) => hyperparameters(name, as));
        const optimizers = Object.fromEntries(DIALECTS.map((as) => [as, offers(as)]));
        port.postMessage({ type: 'ready', tables: { optimizers } });
      },
      (error) => port.postMessage({ type: 'dead', reason: String(error) }),
    );
  }

  port.onmessage = ({ data }) => {
    if (data.type === 'module') {
      load(data.module);
      return;
    }
    if (isCell(data)) {
      loading.then((engine) => answerCell(/** @type {any} */ (data), engine, port));
      return;
    }
    if (data.type === 'stop') {
      current = 0;
      coming = null;
      early = [];
    } else if (data.type === 'begin') {
      current = data.id;
      coming = data;
      early = [];
    } else if (data.id === current) {
      if (trainer && !coming) trainer.hear(data);
      else early.push(data);
    }
    hasHeard = true;
    work();
  };
}
