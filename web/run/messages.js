/**
 * messages.js: the types of the messages between the page and a worker, one union for each direction. The field `type`
 * tells messages apart. The types of the two ports are here too, and how much a message holds.
 *
 * It sends none: client.js and worker.js do.
 */

/** @typedef {import('../engine/engine.js').BackResult} BackResult */
/** @typedef {import('../engine/engine.js').PassedLayer} PassedLayer */
/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('../engine/images.js').ImageSpec} ImageSpec */
/** @typedef {import('../engine/lsuv.js').Tuned} Tuned */
/** @typedef {import('../engine/refusal.js').Refusal} Refusal */
/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../engine/spec.js').Tables} Tables */
/** @typedef {import('../engine/textures.js').Picture} Picture */

/**
 * A network to run, or one with a layer to show.
 * @typedef {object} Asked
 * @property {number} id number of the request
 * @property {Spec} spec
 * @property {ImageSpec | null} [images] images that replace the input of the spec
 *
 * @typedef {object} JobFields
 * @property {string} [tune] 'lsuv': tune the gains before the run
 * @property {boolean} [refines] whether results for the first inputs of this batch are on screen already
 * @property {boolean} [ahead] whether to send the first layers before the others are done
 *
 * @typedef {Asked & JobFields} Job
 */

/**
 * The tensors of a layer that the page shows, for the first input of the batch.
 * @typedef {object} Seen
 * @property {number} layer
 * @property {Float32Array} kernels weights of layer 1, (height, width, channels in, channels out), for the first
 *   MOST_KERNELS units or channels
 * @property {Float32Array} input (height, width, channels)
 * @property {Float32Array} activations (height, width, channels)
 */

/**
 * What a job has computed since it last sent news.
 * @typedef {object} News
 * @property {number} id number of the request
 * @property {number} same how many layers, from the first, equal those of the job before; they are not sent again
 * @property {Summary | null} input
 * @property {PassedLayer[]} layers those passed forward since the last news
 * @property {BackResult[]} backs the layers passed back since the last news
 * @property {number} share how much of the next layer is done, from 0 to 1
 * @property {Tuned} [tuned] only if gains were tuned
 * @property {boolean} [done] only in the last news of a job: true if the job is complete, false if it gave way to a
 *   newer job
 */

/**
 * From the page to a worker:
 * - module: the engine; comes first, once
 * - picture: the reader's own image, for later jobs
 * - run: run a network
 * - see: send the tensors of a layer
 * - stop: stop this job when possible, because a newer request is waiting
 * @typedef {{ type: 'module', module: WebAssembly.Module }
 *   | { type: 'picture', picture: Picture }
 *   | { type: 'run' } & Job
 *   | { type: 'see', layer: number } & Asked
 *   | { type: 'stop', id: number }} ToWorker
 */

/**
 * From a worker to the page:
 * - ready: the engine has started
 * - dead: the engine did not start, or can no longer be trusted
 * - news: what a job has computed. The last message of a job is either news with `done`, or refused
 * - refused: why a job has no results, or no further results
 * - seen: the tensors of a layer
 * @typedef {{ type: 'ready', tables: Tables }
 *   | { type: 'dead', reason: string }
 *   | { type: 'news' } & News
 *   | { type: 'refused', id: number, error: Refusal }
 *   | { type: 'seen', id: number, seen: Seen }} FromWorker
 */

/**
 * The two ends of a port. Only a Worker has onerror and terminate; a MessagePort has close instead.
 * @typedef {{ postMessage: (message: ToWorker) => void, onmessage: ((event: MessageEvent<FromWorker>) => void) | null,
 *   onerror?: ((event: ErrorEvent) => void) | null, terminate?: () => void,
 *   close?: () => void }} Port
 * @typedef {{ postMessage: (message: FromWorker) => void,
 *   onmessage: ((event: MessageEvent<ToWorker>) => void) | null }} WorkerPort
 */

/** Weights are sent to be seen for at most this many units, or channels out, of the first layer. */
export const MOST_KERNELS = 32;
