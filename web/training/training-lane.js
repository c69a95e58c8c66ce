/**
 * training-lane.js: one of the two networks in training: its port to a worker, and what is known of it.
 *
 * It does not decide how far to go, nor what to do when a worker has died: race.js does.
 */
import { SILENCE } from '../run/ports.js';
import { createCurves } from './learning-curves.js';

/** @typedef {import('../run/training-messages.js').FromTrainer} FromTrainer */
/** @typedef {import('../run/training-messages.js').ToTrainer} ToTrainer */
/** @typedef {ReturnType<typeof createLane>} Lane */

/**
 * What is known of a network in training.
 * @typedef {object} Known
 * @property {number} step reached
 * @property {ReturnType<typeof createCurves>} curves
 * @property {import('../engine/refusal.js').Refusal | null} error
 * @property {import('../engine/spec.js').Spec | null} spec that is trained; null before it has begun
 * @property {{ step: number, layers: any[] } | null} seen the last observed step
 * @property {{ step: number, values: Float32Array } | null} outputs the last outputs that were asked for
 * @property {number} found number of the last search that has come to its end
 * @property {number} plain milliseconds that a step takes; 0: not known
 * @property {number} extra milliseconds that observing a step adds
 * @property {number[]} plans steps at which rates change that the worker has not taken over yet
 * @property {number} tries how often a worker has died at this experiment
 */

/** @returns {Known} */
const nothingKnown = () => ({
  ...{ step: 0, curves: createCurves(), error: null, spec: null },
  ...{ seen: null, outputs: null, found: 0, plain: 0, extra: 0, plans: [], tries: 0 },
});

/**
 * @param {'A' | 'B'} letter
 * @param {() => Promise<any>} open opens a port to a worker, whose engine has started
 * @param {(lane: Lane, message: FromTrainer) => void} hear called with each message
 * @param {(lane: Lane, reason: string) => void} lost called when the worker has died
 */
export function createLane(letter, open, hear, lost) {
  /** @type {any} */
  let port = null;
  /** Settles when the port is open. @type {Promise<void> | null} */
  let opening = null;
  /** Seconds of work without a message. */
  let silent = 0;

  async function openPort() {
    port = await open();
    port.onmessage = (/** @type {{ data: FromTrainer }} */ { data }) => {
      silent = 0;
      if (data.type === 'dead') die(data.reason);
      else hear(lane, data);
    };
    port.onerror = (/** @type {{ message?: string }} */ { message = '' }) => die(message);
  }

  /** @param {string} reason */
  function die(reason) {
    if (port) Object.assign(port, { onmessage: null, onerror: null });
    port?.terminate?.();
    port?.close?.(); // where the page itself does the work
    port = opening = null;
    silent = 0;
    lost(lane, reason);
  }

  const lane = {
    letter,
    ...nothingKnown(),

    /** Forgets what is known. The port stays. */
    renew: () => Object.assign(lane, nothingKnown()),

    /** Opens a port, if there is none. Rejects if none can be opened; the next call then tries again. */
    ready() {
      opening ??= openPort().catch((error) => {
        opening = null;
        throw error;
      });
      return opening;
    },

    /** Sends a message, unless there is no port. @param {ToTrainer} message */
    post: (message) => port?.postMessage(message),

    /** Called after each second of work without a message. */
    beMissed() {
      if (port && ++silent > SILENCE) die('');
    },

    /** For tests. */
    port: () => port,
  };
  return lane;
}
