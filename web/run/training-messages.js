/**
 * training-messages.js: the types of the messages between the page and a worker that trains, one union for each
 * direction.
 *
 * It sends none: training/race.js, trainer.js and training-worker.js do.
 */

/** @typedef {import('../engine/refusal.js').Refusal} Refusal */

/**
 * A learning rate: that of the updates after `step` steps have been taken, until the next change.
 * @typedef {[step: number, rate: number]} RateChange
 */

/**
 * A training to begin.
 * @typedef {object} Begun
 * @property {number} id number of the experiment; messages of another are ignored
 * @property {import('../engine/spec.js').Spec} spec
 * @property {boolean} tunes whether gains are tuned first (LSUV), on the first examples
 * @property {any} options of engine.training: data, optimizer and the like
 * @property {RateChange[]} rates by step; the first is of step 0
 * @property {number} budget bytes for checkpoints
 */

/**
 * From the page to a worker:
 * - module: the engine; comes first, once
 * - begin: begins a training, at step 0
 * - go: takes steps up to `until`, and observes those of `looks`
 * - seek: goes to a step by exact replay, and observes it, in place of any search before; ticket: number of the search
 * - rates: other learning rates; steps after `from` are forgotten, and `planned` is the answer
 * - ask: the outputs for any inputs at a step, or as soon as that is past: both networks answer of one step
 * - stop: ends the training
 * - cell: trains one network at once, for so many steps: for the map of trainable depth, on a worker of its own
 * - coordinates: checks coordinates at once, on such a worker; options: of engine.coordinates
 * @typedef {{ type: 'module', module: WebAssembly.Module }
 *   | { type: 'begin' } & Begun
 *   | { type: 'go', id: number, until: number, looks: number[] }
 *   | { type: 'seek', id: number, step: number, ticket: number }
 *   | { type: 'rates', id: number, rates: RateChange[], from: number }
 *   | { type: 'ask', id: number, inputs: Float32Array, step: number }
 *   | { type: 'cell', id: number, spec: import('../engine/spec.js').Spec, options: any, steps: number }
 *   | { type: 'coordinates', id: number, spec: import('../engine/spec.js').Spec, options: any }
 *   | { type: 'stop' }} ToTrainer
 *
 * From a worker to the page:
 * - ready, dead: as in run/messages.js
 * - refused: why there is no training, or why it ended
 * - begun: the spec that is trained, with tuned gains
 * - news: what has been computed since the last news. points: (steps, [step, loss, accuracy]) of each batch before its
 *   update; scores: (evaluations, [step, loss, accuracy, held-out loss, held-out accuracy]); cost: milliseconds that a
 *   step takes, and what observing it adds
 * - alive: the worker is at work; a step may take long
 * - seen: the layers that were observed at a step; ticket: of the search that has come to its end, or 0
 * - outputs: (rows, outputs) for what was asked
 * - planned: other rates have been taken over; messages before this one may tell of steps that no longer hold
 * - cell: loss and accuracy on the data that were trained on
 * - coordinates: what is known after each step
 * @typedef {{ type: 'ready', tables: any }
 *   | { type: 'alive' }
 *   | { type: 'dead', reason: string }
 *   | { type: 'refused', id: number, error: Refusal }
 *   | { type: 'begun', id: number, spec: import('../engine/spec.js').Spec }
 *   | { type: 'news', id: number, step: number, points: Float64Array, scores: Float64Array, cost: [number, number] }
 *   | { type: 'seen', id: number, step: number, layers: any[], ticket: number }
 *   | { type: 'outputs', id: number, step: number, values: Float32Array }
 *   | { type: 'planned', id: number }
 *   | { type: 'cell', id: number, loss: number, accuracy: number }
 *   | { type: 'coordinates', id: number, steps: import('../engine/coordinates.js').Coordinates[] }} FromTrainer
 *
 * @typedef {{ postMessage: (message: FromTrainer) => void,
 *   onmessage: ((event: MessageEvent<ToTrainer>) => void) | null }} TrainerPort
 */

/** Numbers of a point, and of a score. */
export const POINT = 3;
export const SCORE = 5;
