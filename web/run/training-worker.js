/**
 * training-worker.js: the worker's side of one training. It takes one step after another, as far as it may, and lets
 * messages in between. It is in the bundle of full-worker.js.
 *
 * How any step is reached is in replay.js. When to go on is decided on the page (training/race.js): a worker that hears
 * nothing stops by itself.
 */
import { loadEngine } from '../engine/engine.js';
import { tune, withGains } from '../engine/lsuv.js';
import { DIALECTS, OPTIMIZERS } from '../engine/tables.js';
import { createTraining } from '../engine/training.js';
import { failure, look, pack } from './job.js';
import { createReplay, isEvaluated } from './replay.js';
import { answerCell } from './training-cells.js';

/** @typedef {import('./training-messages.js').Begun} Begun */
/** @typedef {import('./training-messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./training-messages.js').TrainerPort} TrainerPort */

/** Milliseconds between two looks for messages, and between two messages with news. */
const LOOK = 8;
const TELL = 40;

/** Milliseconds between two signs of life. */
const ALIVE = 1000;

/** Rows whose outputs are computed in one go. */
const CHUNK = 576;

/** Milliseconds after which a newer search takes the place of the one under way. */
const GIVE_WAY = 300;

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

/**
 * What one training has computed and not told yet.
 * @param {number} id
 * @param {TrainerPort} port
 */
function createNews(id, port) {
  /** @type {number[]} */
  let points = [];
  /** @type {number[]} */
  let scores = [];
  let told = performance.now();
  /** Milliseconds of a plain step, and of an observed one. */
  const cost = { plain: 0, seen: 0 };
  return {
    /** @param {import('./replay.js').StepResult} result @param {number} took milliseconds */
    add({ step, loss, accuracy, layers }, took) {
      points.push(step, loss, accuracy ?? Number.NaN);
      const kind = layers ? 'seen' : 'plain';
      cost[kind] += (took - cost[kind]) * (cost[kind] ? 0.1 : 1);
    },
    /** @param {number[]} score */
    addScore: (score) => scores.push(...score),
    /** @param {number} step @param {boolean} [now] whether to tell at once */
    tell(step, now = false) {
      if (points.length + scores.length === 0 || (!now && performance.now() - told < TELL)) return;
      told = performance.now();
      const [all, scored] = [Float64Array.from(points), Float64Array.from(scores)];
      [points, scores] = [[], []];
      const extra = Math.max(0, cost.seen - (cost.plain || cost.seen / 2)); // a guess where all steps were observed
      port.postMessage({ type: 'news', id, step, points: all, scores: scored, cost: [cost.plain, extra] });
    },
  };
}

/**
 * One training: what is asked of it, and the next thing to do. Each thing, once begun, is run to its end.
 * @param {any} engine
 * @param {import('../engine/spec.js').Spec} spec
 * @param {Begun} begun
 * @param {TrainerPort} port
 */
function createTrainer(engine, spec, { id, options, rates, budget }, port) {
  const training = engine.training(spec, options);
  const replay = createReplay(training, rates, budget);
  const news = createNews(id, port);
  const width = options.data.inputs.length / options.data.labels.length;
  let until = 0;
  /** @type {Set<number>} */
  const looks = new Set();
  /** The step that is sought, since when, and a newer one that waits. */
  let sought = /** @type {number | null} */ (null);
  let since = 0;
  /** Numbers of the search under way, and of the newest. */
  let [ticket, newest] = [0, 0];
  let waiting = /** @type {number | null} */ (null);
  /** Whether the step that was sought is still to be evaluated: that may take longer than to reach it. */
  let rests = false;
  /** @type {Float32Array | null} */
  let asked = null;
  /** Steps whose evaluation has been told. @type {Set<number>} */
  const scored = new Set();

  /** Evaluates all data at the present step. */
  function* evaluate() {
    const step = replay.step();
    if (scored.has(step)) return;
    const train = yield* training.evaluating('train');
    const held = options.heldOut ? yield* training.evaluating('heldOut') : { loss: Number.NaN, accuracy: Number.NaN };
    scored.add(step);
    news.addScore([step, train.loss, train.accuracy, held.loss, held.accuracy]);
  }

  /** @param {boolean} observe */
  function* stepOnce(observe) {
    const begun = performance.now();
    const result = yield* replay.advance(observe);
    news.add(result, performance.now() - begun);
    if (isEvaluated(result.step)) yield* evaluate();
    news.tell(result.step);
    return result;
  }

  /** @param {any[]} layers @param {number} ticket of the search that has come to its end; 0: none */
  function show(layers, ticket) {
    news.tell(replay.step(), true);
    port.postMessage({ type: 'seen', id, step: replay.step(), layers: pack(layers), ticket });
  }

  /** Goes one step nearer to what is sought; there, it observes and evaluates. @param {number} target */
  function* seekOnce(target) {
    if (replay.step() === 0 && target > 0) yield* evaluate(); // where the curves begin
    const before = Math.max(0, target - 1);
    replay.goBack(before);
    replay.keepNear(target);
    if (replay.step() < before) {
      yield* stepOnce(false);
      return;
    }
    const { layers } = target > 0 ? yield* stepOnce(true) : yield* training.looking();
    until = target;
    sought = null;
    rests = true;
    show(/** @type {any[]} */ (layers), ticket);
  }

  function* goOnce() {
    const step = replay.step() + 1;
    const { layers } = yield* stepOnce(looks.delete(step));
    if (layers) show(layers, 0);
  }

  /** Evaluates where it has come to rest. Something newer does not wait for that. */
  function* rest() {
    rests = false;
    for (const part of evaluate()) {
      if (waiting !== null || until > replay.step()) return;
      yield part;
    }
  }

  function* answer() {
    const inputs = /** @type {Float32Array} */ (asked);
    asked = null;
    const parts = [];
    for (let first = 0; first < inputs.length; first += CHUNK * width) {
      parts.push(training.outputs(inputs.subarray(first, first + CHUNK * width)));
      yield;
    }
    const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    for (const part of parts) {
      values.set(part, place);
      place += part.length;
    }
    port.postMessage({ type: 'outputs', id, step: replay.step(), values });
  }

  return {
    /** The next thing to do; null where there is none. */
    next() {
      if (waiting !== null && (sought === null || performance.now() - since > GIVE_WAY)) {
        [sought, ticket, since, waiting] = [waiting, newest, performance.now(), null];
      }
      if (sought !== null) return seekOnce(sought);
      if (asked) return answer();
      if (replay.step() < until) return goOnce();
      if (rests) return rest();
      news.tell(replay.step(), true);
      return null;
    },

    /** @param {ToTrainer} message */
    hear(message) {
      if (message.type === 'go') {
        until = message.until;
        for (const step of message.looks) looks.add(step);
      } else if (message.type === 'seek') {
        waiting = message.step;
        newest = message.ticket;
        until = 0;
        rests = false;
        looks.clear();
      } else if (message.type === 'rates') {
        replay.setRates(message.rates, message.from);
        for (const step of [...scored].filter((one) => one > message.from)) scored.delete(step);
      } else if (message.type === 'ask') asked = message.inputs;
    },
    end: () => training.end(),
  };
}

/** Answers the messages of a port that trains. @param {TrainerPort} port */
export function serveTraining(port) {
  /** @type {Promise<any>} */
  let loading;
  /** @type {ReturnType<typeof createTrainer> | null} */
  let trainer = null;
  /** A training that is to take the place of this one. @type {Begun | null} */
  let coming = null;
  /** Number of the experiment that messages must have, and those for one that has not begun. */
  let current = 0;
  /** @type {ToTrainer[]} */
  let early = [];
  let isWorking = false;
  let looked = performance.now();
  /** When it last said that it is at work. */
  let lived = looked;

  /** @param {Iterator<unknown, any, void>} doing */
  async function finish(doing) {
    for (;;) {
      const { done, value } = doing.next();
      if (performance.now() - looked > LOOK) {
        await look();
        looked = performance.now();
        if (looked - lived > ALIVE) {
          lived = looked;
          port.postMessage({ type: 'alive' });
        }
      }
      if (done) return value;
    }
  }

  function end() {
    trainer?.end();
    trainer = null;
  }

  /** @param {Begun} begun */
  async function begin(begun) {
    coming = null;
    end();
    const engine = await loading;
    const spec = await finish(tuned(engine, begun));
    if (coming) return;
    trainer = createTrainer(engine, spec, begun, port);
    port.postMessage({ type: 'begun', id: begun.id, spec });
    for (const message of early) trainer.hear(message);
    early = [];
  }

  async function work() {
    if (isWorking) return;
    isWorking = true;
    looked = performance.now();
    try {
      for (;;) {
        if (coming) await begin(coming);
        const doing = coming ? null : trainer?.next();
        if (doing) await finish(doing);
        else if (!coming) break;
      }
    } catch (error) {
      trainer = null; // what has thrown cannot be trusted
      early = [];
      port.postMessage(/** @type {any} */ (failure(current, error)));
    } finally {
      isWorking = false;
    }
    if (coming) work();
  }

  /** @param {WebAssembly.Module} module */
  function load(module) {
    loading = loadEngine(module, createTraining);
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
    if (data.type === 'cell') {
      loading.then((engine) => answerCell(data, engine, port));
      return;
    }
    if (data.type === 'stop') {
      current = 0;
      coming = null;
      early = [];
      if (!isWorking) end();
    } else if (data.type === 'begin') {
      current = data.id;
      coming = data;
      early = [];
    } else if (data.id === current) {
      if (coming || !trainer) early.push(data);
      else trainer.hear(data);
    }
    work();
  };
}
