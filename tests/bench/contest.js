/**
 * contest.js: the script of the benchmark's page. It runs the experiment of experiment.js in Initscope and in TensorFlow.js
 * in turn. It also compares the time of two workers at once with the time of one.
 *
 * The page shows nothing. page.js calls its functions and reports the results. This file is bundled together with TensorFlow.js.
 */

import * as backend from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadEngine } from '../../web/engine/engine.js';
import { agree, ours, oursAll, peers, startPeer } from './experiment.js';
import { alternate, median } from './timing.js';

/** The jobs of worker.js. */
const JOBS = ['experiment', 'loop'];

/** Times the experiment, in milliseconds. @param {number} rounds */
async function experiment(rounds) {
  const engine = await loadEngine(await fetch('/initscope.wasm'));
  await startPeer(tf, backend, '/peer/');
  agree(engine, tf);
  return alternate(
    {
      ours: (times) => repeat(times, () => ours(engine)),
      oursAll: (times) => repeat(times, () => oursAll(engine)),
      peer: (times) => repeat(times, () => peers(tf)),
      peerWithout: (times) => repeat(times, () => peers(tf, false)),
    },
    { rounds, most: 1 },
  );
}

/** @param {number} times @param {() => unknown} work */
function repeat(times, work) {
  for (let i = 0; i < times; i++) work();
}

/**
 * Times each job on one worker, and on two workers at once. One job is the experiment in Initscope, with Xavier
 * weights on one worker and He weights on the other. The second job is a loop that touches no memory: it shows what two
 * threads cost on this machine.
 * @param {number} rounds
 * @returns {Promise<Record<string, { median: number, least: number }>>} milliseconds; the keys are `<job> one`
 *   and `<job> both`
 */
async function pair(rounds) {
  const module = await WebAssembly.compileStreaming(fetch('/initscope.wasm'));
  const workers = await Promise.all(
    ['xavier-normal', 'he-normal'].map(async (scheme) => {
      const worker = new Worker('/bench/worker.js');
      await ask(worker, { module, scheme });
      return worker;
    }),
  );
  const samples = /** @type {Record<string, number[]>} */ ({});
  for (const job of JOBS) for (const who of ['one', 'both']) samples[`${job} ${who}`] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const job of JOBS) {
      for (const [name, asked] of Object.entries({ one: [workers[round % 2]], both: workers })) {
        const begun = performance.now();
        await Promise.all(asked.map((worker) => ask(worker, { job })));
        if (round > 0) samples[`${job} ${name}`].push(performance.now() - begun); // the first round warms up
      }
    }
  }
  for (const worker of workers) worker.terminate();
  return Object.fromEntries(
    Object.entries(samples).map(([name, times]) => [name, { median: median(times), least: Math.min(...times) }]),
  );
}

/** Sends a message, and waits for the answer. @param {Worker} worker @param {any} message */
function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message);
  });
}

Object.assign(globalThis, { contest: { experiment, pair } });
