/**
 * lane.js: follows one of the client's two networks: its port, the news of its job, and whether its part of the request
 * in flight is settled. If the worker dies, it runs the job once more, then gives it up.
 *
 * It does not decide what to ask for, or when: client.js does. ports.js replaces a port that has died.
 */
import { engineStopped } from '../engine/refusal.js';
import { keepPort } from './ports.js';
import { isWhole, merge, NOTHING, refused, unfold } from './reply.js';

/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {import('./messages.js').Port} Port */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./reply.js').Network} Network */
/** @typedef {import('./reply.js').Reply} Reply */

/**
 * What a lane needs from its client.
 * @typedef {object} Client
 * @property {() => Reply | null} current reply to the request in flight; the lane replaces its network in it
 * @property {() => boolean} isWaiting whether a newer request waits
 * @property {(letter: 'A' | 'B') => ToWorker} job message that runs a network of the request in flight
 * @property {(letter: 'A' | 'B') => Network} begin a network of the request in flight, before any news
 * @property {() => void} tell called when a network has changed
 */

/** @typedef {ReturnType<typeof createLane>} Lane */

/**
 * Creates the lane of one network.
 * @param {'A' | 'B'} letter
 * @param {Port} opened
 * @param {() => Promise<Port>} reopen opens a port in place of one that has died
 * @param {Client} client
 */
export function createLane(letter, opened, reopen, client) {
  /** The layers that the worker has reported for its last job, and for the job before. */
  let told = NOTHING;
  /** Whether this network needs no more work for the request in flight. */
  let settled = true;
  /** Whether the network is being tried again. */
  let retried = false;
  const port = keepPort(opened, reopen, hear, lost);

  /** @param {FromWorker} message */
  function hear(message) {
    const reply = client.current();
    if (!reply || !('id' in message) || message.id !== reply.request) return;
    const network = reply.networks[letter];
    if (message.type === 'seen') {
      reply.networks[letter] = { ...network, seen: message.seen };
    } else if (message.type === 'refused') {
      reply.networks[letter] = refused(network, message.error);
      settled = true;
    } else {
      told = unfold(told, message);
      reply.networks[letter] = merge(network, { ...message, layers: told.news });
      settled = message.done !== undefined;
    }
    client.tell();
  }

  /** The worker has died: runs its job once more, or gives it up. @param {string} reason */
  function lost(reason) {
    told = NOTHING; // a new worker has reported nothing yet
    const reply = client.current();
    if (!reply || settled) return;
    reply.networks[letter] = client.begin(letter);
    if (!retried && !client.isWaiting()) {
      retried = true;
      send();
      return;
    }
    if (!client.isWaiting()) reply.networks[letter].error = engineStopped(reason);
    settled = true;
    client.tell();
  }

  /** Sends the job of the request in flight. */
  async function send() {
    await port.work(() => client.job(letter));
    if (client.isWaiting()) stop();
  }

  /** Tells the worker that a newer request waits. */
  function stop() {
    const reply = client.current();
    if (reply) port.post({ type: 'stop', id: reply.request });
  }

  return {
    letter,
    post: port.post,
    work: port.work,
    send,
    stop,
    isSettled: () => settled,

    /** A new request is in flight. @param {Network} network complete if it need not be run */
    start(network) {
      settled = isWhole(network);
      retried = false;
    },

    /** Called after a second of silence. */
    miss() {
      if (!settled) port.beMissed();
    },
  };
}
