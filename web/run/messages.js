/**
 * messages.js: the messages between the page and a worker: one union for each direction. A message's `type` says which
 * it is. The ports are here too.
 *
 * Types only, no code. client.js and worker.js send the messages.
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
 * A network to run, or to see.
 * @typedef {object} Asked
 * @property {number} id number of the request
 * @property {Spec} spec
 * @property {ImageSpec | null} [images] replace the spec's input
 *
 * @typedef {object} JobFields
 * @property {string} [tune] 'lsuv': tune the gains before the run
 * @property {boolean} [refines] whether the first inputs of this batch have been shown already
 * @property {boolean} [ahead] whether to send the first layers before the others are done
 *
 * @typedef {Asked & JobFields} Job
 */

/**
 * What there is to see of a layer, for the first example.
 * @typedef {object} Seen
 * @property {number} layer
 * @property {Float32Array} kernels weights of layer 1, (height, width, channels in, out), of as many units as can be
 *   drawn
 * @property {Float32Array} input (height, width, channels)
 * @property {Float32Array} activations (height, width, channels)
 */

/**
 * What a job has found since its last news.
 * @typedef {object} News
 * @property {number} id number of the request
 * @property {number} same so many first layers equal those of the job before, and are not sent again
 * @property {Summary | null} input
 * @property {PassedLayer[]} layers passed forward since the last news
 * @property {BackResult[]} backs layers passed back since the last news
 * @property {number} share of the next layer that is done, 0..1
 * @property {Tuned} [tuned] only if gains were tuned
 * @property {boolean} [done] only in a job's last news. true: the job is complete. false: a newer job stopped it
 */

/**
 * From the page to a worker:
 * - module: the engine; comes first, once
 * - picture: the reader's own image, for later jobs
 * - run: run a network
 * - see: send the tensors of a layer
 * - stop: a newer request waits for this one
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
 * - news: what a job has found; a job ends with news that has `done`, or with refused
 * - refused: why a job gave nothing, or nothing more
 * - seen: the tensors of a layer
 * @typedef {{ type: 'ready', tables: Tables }
 *   | { type: 'dead', reason: string }
 *   | { type: 'news' } & News
 *   | { type: 'refused', id: number, error: Refusal }
 *   | { type: 'seen', id: number, seen: Seen }} FromWorker
 */

/**
 * The two ends of a port. Only a Worker has onerror and terminate; a MessagePort has neither.
 * @typedef {{ postMessage: (message: ToWorker) => void, onmessage: ((event: MessageEvent<FromWorker>) => void) | null,
 *   onerror?: ((event: ErrorEvent) => void) | null, terminate?: () => void }} Port
 * @typedef {{ postMessage: (message: FromWorker) => void,
 *   onmessage: ((event: MessageEvent<ToWorker>) => void) | null }} WorkerPort
 */

export {};
