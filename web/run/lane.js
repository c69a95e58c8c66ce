/**
 * lane.js: follows one of the client's two networks: its port, the news of its job, and whether its part of the request
 * in flight is settled. If the worker dies, it runs the job once more, then gives it up.
 *
 * It does not decide what to ask for, or when: client.js does. ports.js replaces a port that has died.
 */
import { ENGINE_UNFETCHED, engineStopped } from '../engine/refusal.js';
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
 * @property {(letter: 'A' | 'B') => Extract<ToWorker, { type: 'run' }>} job message that runs a network of the request in flight
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
 * @param {import('./ports.js').Edition} engine
 */
export function createLane(letter, opened, reopen, client, engine) {
  /** The layers that the worker has reported for its last job, and for the job before. */
  let told = NOTHING;
  /** Whether this network needs no more work for the request in flight. */
  let settled = true;
  /** Whether the network is being tried again. */
  let retried = false;
  /** Whether a job waits for the full engine. */
  let loading = false;
  /** What the port was opened with. */
  let edition = engine.edition();
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
    if (!reply || settled || loading) return; // a job that waits for the full engine gets a new worker anyway
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

  /** Whether the job of the request in flight has what it needs, which is loaded first if it has not. */
  async function hasLoaded() {
    const asked = client.current();
    loading = true;
    const failed = await engine.load().then(
      () => false,
      () => true,
    );
    if (client.current() !== asked || settled) return false; // a newer request did not wait
    loading = false;
    if (!failed || !asked) return true;
    asked.networks[letter] = refused(asked.networks[letter], ENGINE_UNFETCHED);
    settled = true;
    client.tell();
    return false;
  }

  /** Sends the job of the request in flight. */
  async function send() {
    if (engine.lacks(client.job(letter)) && !(await hasLoaded())) return;
    if (edition !== engine.edition()) {
      edition = engine.edition();
      told = NOTHING;
      port.close();
    }
    await port.work(() => client.job(letter));
    if (client.isWaiting()) stop();
  }

  /** Tells the worker that a newer request waits. */
  function stop() {
    if (loading) {
      loading = false;
      settled = true;
      queueMicrotask(client.tell); // once the client has told all lanes
      return;
    }
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
      if (!settled && !loading) port.beMissed();
    },
  };
}
