/**
 * trainer.js: one training in a worker: what has been asked of it, and what it does next. It takes one step after
 * another, as far as it may.
 *
 * How any step is reached is in replay.js. It neither waits nor looks for messages: training-worker.js does.
 */
import { pack } from './job.js';
import { createReplay, isEvaluated } from './replay.js';

/** @typedef {import('./training-messages.js').Begun} Begun */
/** @typedef {import('./training-messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./training-messages.js').TrainerPort} TrainerPort */

/** Milliseconds between two messages with news: the curves move that often. */
const NEWS = 40;

/** Rows whose outputs are computed in one go. */
const CHUNK = 576;

/**
 * What one training has computed and not told yet.
 * @param {number} id
 * @param {TrainerPort} port
 */
function createNews(id, port) {
  /** @type {number[][]} */
  let points = [];
  /** @type {number[][]} */
  let scores = [];
  /** When news were last told, by performance.now(). */
  let last = performance.now();
  /** Milliseconds of a plain step, and of an observed one. */
  const cost = { plain: 0, seen: 0 };
  return {
    /** @param {import('./replay.js').StepResult} result @param {number} took milliseconds */
    add({ step, loss, accuracy, layers }, took) {
      points.push([step, loss, accuracy ?? Number.NaN]);
      const kind = layers ? 'seen' : 'plain';
      cost[kind] += (took - cost[kind]) * (cost[kind] ? 0.1 : 1);
    },

    /** @param {number[]} score */
    addScore: (score) => scores.push(score),

    /** Forgets what came after a step. @param {number} step */
    cut(step) {
      points = points.filter(([one]) => one <= step);
      scores = scores.filter(([one]) => one <= step);
    },

    /** @param {number} step @param {boolean} [now] whether to tell at once */
    tell(step, now = false) {
      if (points.length + scores.length === 0 || (!now && performance.now() - last < NEWS)) return;
      last = performance.now();
      const [all, scored] = [Float64Array.from(points.flat()), Float64Array.from(scores.flat())];
      [points, scores] = [[], []];
      const extra = Math.max(0, cost.seen - (cost.plain || cost.seen / 2)); // a guess where all steps were observed
      port.postMessage({ type: 'news', id, step, points: all, scores: scored, cost: [cost.plain, extra] });
    },
  };
}

/**
 * Begins a training. Each thing that it does, once begun, is run to its end.
 * @param {any} engine
 * @param {import('../engine/spec.js').Spec} spec
 * @param {Begun} begun
 * @param {TrainerPort} port
 */
export function createTrainer(engine, spec, { id, options, rates, budget }, port) {
  const training = engine.training(spec, options);
  const replay = createReplay(training, rates, budget);
  const news = createNews(id, port);
  const width = options.data.inputs.length / options.data.labels.length;
  let until = 0;
  /** @type {Set<number>} */
  const looks = new Set();
  /** The search under way. @type {{ step: number, ticket: number } | null} */
  let search = null;
  /** Whether the step that was sought is still to be evaluated: that may take longer than to reach it. */
  let rests = false;
  /** Inputs whose outputs are asked for at a step, or as soon as that is past. @type {{ inputs: Float32Array, step: number } |
   * null} */
  let asked = null;
  /** Changes of the rates that are still to be taken over. @type {Extract<ToTrainer, { type: 'rates' }>[]} */
  let changes = [];
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

  /** The same, unless something newer comes meanwhile. @param {() => boolean} isLate */
  function* evaluateUnless(isLate) {
    for (const part of evaluate()) {
      if (isLate()) return;
      yield part;
    }
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

  /** Goes one step nearer to what is sought; there, it observes. @param {{ step: number, ticket: number }} own */
  function* seekOnce(own) {
    const { step: target, ticket } = own;
    if (replay.step() === 0 && target > 0) yield* evaluateUnless(() => search !== own); // where the curves begin
    if (search !== own) return;
    const before = Math.max(0, target - 1);
    replay.goBack(before);
    replay.keepNear(target);
    if (replay.step() < before) {
      yield* stepOnce(false);
      return;
    }
    const { layers } = target > 0 ? yield* stepOnce(true) : yield* training.looking();
    if (search === own) {
      search = null;
      until = target;
      rests = true;
    }
    show(/** @type {any[]} */ (layers), ticket);
  }

  function* goOnce() {
    if (replay.step() === 0) yield* evaluate(); // where the curves begin
    const step = replay.step() + 1;
    const { layers } = yield* stepOnce(looks.delete(step));
    if (layers) show(layers, 0);
  }

  /** Evaluates where it has come to rest. Something newer does not wait for that. */
  function* rest() {
    rests = false;
    yield* evaluateUnless(() => search !== null || until > replay.step());
  }

  function* answer() {
    const { inputs } = /** @type {{ inputs: Float32Array }} */ (asked);
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

  /** Takes over other rates: between two steps, as a step under way still has the old ones. */
  function takeRates() {
    for (const change of changes) {
      replay.setRates(change.rates, change.from);
      news.cut(change.from);
      for (const step of scored) if (step > change.from) scored.delete(step);
      port.postMessage({ type: 'planned', id });
    }
    changes = [];
  }

  /** The next thing to do; null where there is none. */
  function next() {
    takeRates();
    if (search) return seekOnce(search);
    if (asked && replay.step() >= asked.step) return answer();
    if (replay.step() < until) return goOnce();
    if (rests) return rest();
    news.tell(replay.step(), true);
    return null;
  }

  return {
    /** Does all that there is to do, and yields between its parts: what is heard there counts from the next thing on. */
    *working() {
      for (let doing = next(); doing; doing = next()) {
        yield* doing;
        yield;
      }
    },

    /** @param {ToTrainer} message */
    hear(message) {
      if (message.type === 'go') {
        until = message.until;
        for (const step of message.looks) looks.add(step);
      } else if (message.type === 'seek') {
        search = { step: message.step, ticket: message.ticket };
        until = 0;
        rests = false;
        looks.clear();
      } else if (message.type === 'rates') changes.push(message);
      else if (message.type === 'ask') asked = message;
    },
    end: () => training.end(),
  };
}
