/*
 * What crosses between the page and a worker: two unions of messages, told apart by their type, and the ports that they
 * cross by. Types only; who says what, and when, is in client.js and worker.js.
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
 * A network to be run, or looked at; `id` is the request that it belongs to.
 * @typedef {object} Asked
 * @property {number} id
 * @property {Spec} spec
 * @property {ImageSpec | null} [images] take the place of the spec's input
 *
 * @typedef {object} JobFields
 * @property {string} [tune] 'lsuv' finds the gains before the run
 * @property {boolean} [refines] the first inputs of this batch have been shown
 * @property {boolean} [ahead] the first layers are of use before the others are there
 *
 * @typedef {Asked & JobFields} Job
 */

/**
 * What a layer looks like, of the first example.
 * @typedef {object} Seen
 * @property {number} layer
 * @property {Float32Array} kernels (height, width, channels in, out) of the first layer, of as many of its units as may be
 *   drawn
 * @property {Float32Array} input (height, width, channels)
 * @property {Float32Array} activations of the layer, (height, width, channels)
 */

/**
 * What a job has found since its last news. Its first `same` layers are those of the job before, and are not told again.
 * @typedef {object} News
 * @property {number} id
 * @property {number} same
 * @property {Summary | null} input
 * @property {PassedLayer[]} layers passed forward
 * @property {BackResult[]} backs layers passed back
 * @property {number} share of the next layer that is done
 * @property {Tuned} [tuned] where gains were tuned
 * @property {boolean} [done] by the last news: whether all is there, or a newer job came in between
 */

/**
 * module: once, first. picture: the reader's own, for jobs to come. run: a job. see: what a layer of a network looks like.
 * stop: a newer job waits for this one.
 * @typedef {{ type: 'module', module: WebAssembly.Module }
 *   | { type: 'picture', picture: Picture }
 *   | { type: 'run' } & Job
 *   | { type: 'see', layer: number } & Asked
 *   | { type: 'stop', id: number }} ToWorker
 */

/**
 * ready: the engine has started. dead: it did not, or is not to be trusted any more. news: one or more of a job, which may
 * be followed by refused, else the last is done. refused: why there is nothing, or no more, of a job. seen: what was asked
 * to be seen.
 * @typedef {{ type: 'ready', tables: Tables }
 *   | { type: 'dead', reason: string }
 *   | { type: 'news' } & News
 *   | { type: 'refused', id: number, error: Refusal }
 *   | { type: 'seen', id: number, seen: Seen }} FromWorker
 */

/**
 * The two ends of a port; only a worker has errors and an end.
 * @typedef {{ postMessage: (message: ToWorker) => void, onmessage: ((event: MessageEvent<FromWorker>) => void) | null,
 *   onerror?: ((event: ErrorEvent) => void) | null, terminate?: () => void }} Port
 * @typedef {{ postMessage: (message: FromWorker) => void,
 *   onmessage: ((event: MessageEvent<ToWorker>) => void) | null }} WorkerPort
 */

export {};
