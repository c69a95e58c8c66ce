/**
 * pair-run.js: has two workers train networks, one after another, for the map and for the coordinate check. It can stop at
 * any time, and goes on with what is left.
 *
 * It knows neither the document nor what is trained: the plans and the views in map/ and coordinates/ do.
 */

import { SILENCE } from '../run/ports.js';
import { createWatch } from '../run/watch.js';

/** How many networks train at once. */
const LANES = 2;

/** How often a worker that has died is opened again, in one go. */
const TRIES = 1;

/**
 * Sends a message through a port, and waits for its answer.
 * @param {any} port
 * @param {any} message
 * @param {() => boolean} isWanted whether the answer still is
 * @returns {Promise<any>} rejects with what went wrong, or where the worker is silent for too long; a refusal is an answer
 */
async function ask(port, message, isWanted) {
  let isOpen = true;
  let silent = 0;
  try {
    return await new Promise((resolve, reject) => {
      const watch = createWatch(
        () => isOpen && isWanted(),
        () => {
          if (++silent > SILENCE) reject(new Error('no answer'));
        },
      );
      port.onmessage = (/** @type {any} */ { data }) => {
        silent = 0;
        if (data.type === 'dead') reject(new Error(data.reason));
        else if (data.id === message.id) resolve(data);
      };
      port.onerror = (/** @type {any} */ { message: reason }) => reject(new Error(String(reason ?? '')));
      port.postMessage(message);
      watch();
    });
  } finally {
    isOpen = false;
  }
}

/** @param {any} port */
function close(port) {
  port.terminate?.();
  port.close?.();
}

/**
 * @template T what is to be done
 * @param {() => Promise<any>} open opens a port to a worker
 * @param {() => void} changed called when anything has changed
 */
export function createPairRun(open, changed) {
  /** @type {Set<any>} */
  const ports = new Set();
  /** What is still to be done, and what is under way. @type {T[]} */
  let waiting = [];
  /** @type {Set<T>} */
  const working = new Set();
  /** Counts what has been begun: what an earlier one does no longer counts. */
  let run = 0;
  let messages = 0;
  let isRunning = false;
  /** @type {unknown} */
  let error = null;

  function stop() {
    run++;
    isRunning = false;
    for (const port of ports) close(port);
    ports.clear();
    waiting = [...working, ...waiting];
    working.clear();
    changed();
  }

  /**
   * Does one thing after another, until none is left.
   * @param {number} own @param {(one: T) => any} messageOf @param {(one: T, answer: any) => void} done
   */
  async function work(own, messageOf, done) {
    let tries = 0;
    let port = null;
    while (own === run && waiting.length > 0) {
      const [one] = waiting.splice(0, 1);
      working.add(one);
      changed();
      try {
        port ??= await open();
        if (own !== run) return close(port);
        ports.add(port);
        const answer = await ask(port, { ...messageOf(one), id: ++messages }, () => own === run);
        if (own !== run) return undefined;
        done(one, answer);
      } catch (problem) {
        if (own !== run) return undefined;
        if (port) {
          close(port);
          ports.delete(port);
        }
        port = null;
        waiting.unshift(one);
        if (tries++ >= TRIES) throw problem;
      } finally {
        if (own === run) working.delete(one);
      }
    }
    return undefined;
  }

  return {
    isRunning: () => isRunning,
    /** What could not be done, if anything. */
    error: () => error,
    left: () => waiting.length + working.size,
    /** @param {(one: T) => boolean} test */
    isWorkingOn: (test) => [...working].some(test),

    /** Sets what is to be done. @param {T[]} list */
    set(list) {
      stop();
      waiting = list;
      changed();
    },

    /**
     * Does what is left.
     * @param {(one: T) => any} messageOf @param {(one: T, answer: any) => void} done
     */
    async go(messageOf, done) {
      if (isRunning) return;
      const own = ++run;
      isRunning = true;
      error = null;
      try {
        await Promise.all(Array.from({ length: LANES }, () => work(own, messageOf, done)));
      } catch (problem) {
        if (own === run) error = problem;
      }
      if (own === run) stop();
    },

    stop,
  };
}
