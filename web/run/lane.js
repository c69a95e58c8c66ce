/*
 * One of the two networks of a client: its port, what has been told of its job, and whether its part of the request in
 * flight is settled. Where its worker dies, the job is run once more and then given up. What is asked for, and when, is
 * in client.js.
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
 * What a lane asks of its client.
 * @typedef {object} Client
 * @property {() => Reply | null} current the request in flight, whose networks the lane replaces
 * @property {() => boolean} isWaiting whether a newer request waits
 * @property {(letter: 'A' | 'B') => ToWorker} job of the request in flight
 * @property {(letter: 'A' | 'B') => Network} begin the network of the request in flight, of which nothing is known yet
 * @property {() => void} tell called when a network has changed
 */

/** @typedef {ReturnType<typeof createLane>} Lane */

/**
 * @param {'A' | 'B'} letter
 * @param {Port} opened
 * @param {() => Promise<Port>} reopen gives another port for one that has died
 * @param {Client} client
 */
export function createLane(letter, opened, reopen, client) {
  /** The layers of the job last told of, as they came, and of the one before. */
  let told = NOTHING;
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

  /** What the worker was at is run once more, then given up. @param {string} reason */
  function lost(reason) {
    told = NOTHING; // as another worker has told
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

  /** Has the network of the request in flight run. */
  async function send() {
    await port.work(() => client.job(letter));
    if (client.isWaiting()) stop();
  }

  /** A newer request waits. */
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

    /** A new request is in flight. @param {Network} network its network, whole where it need not be run */
    start(network) {
      settled = isWhole(network);
      retried = false;
    },

    /** A second has gone by without a word. */
    miss() {
      if (!settled) port.beMissed();
    },
  };
}
