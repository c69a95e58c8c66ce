/*
 * A training gives the same bits in every engine as in Node: all that is seen at steps that are sought, one after the other. It
 * runs the page's own worker in the page, and the same file in Node. What is right about the numbers is tested in tests/js/.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeData } from '../../web/data/data.js';
import { serveTraining } from '../../web/run/training-worker.js';
import { ADDRESS, testInAll } from './page.js';

/**
 * The network, the data, and the way to a step: further steps come first, then a way back by checkpoints. `budget` holds
 * four checkpoints of it.
 * @typedef {{ spec: any, options: any, data: string, rates: [number, number][], seeks: number[] }} Experiment
 */

/** @type {Record<string, Experiment>} */
const EXPERIMENTS = {
  'dense layers with momentum': {
    spec: { layers: [64, 48, 40, 10], activation: 'relu', scheme: 'he-normal', batch: 32, seed: 3 },
    options: { optimizer: 'momentum', rate: 0.01 },
    data: 'digits',
    rates: [
      [0, 0.01],
      [50, 0.002],
    ],
    seeks: [150, 61],
  },
  'smooth layers with Adam': {
    spec: { layers: [2, 24, 24, 2], activation: 'tanh', scheme: 'xavier-uniform', batch: 16, seed: 4 },
    options: { optimizer: 'adam', as: 'keras', rate: 0.01 },
    data: 'spirals',
    rates: [[0, 0.01]],
    seeks: [120, 0, 99],
  },
};

/**
 * Lets a worker's function go through an experiment, and hashes all that it tells. It runs in the page too; there, the
 * parts of the page give it what it needs.
 * @param {Experiment} experiment
 * @param {{ makeData: any, train: any, module?: WebAssembly.Module, packed?: any }} [parts]
 * @returns {Promise<string>}
 */
async function hashTraining(experiment, parts) {
  const { data, full } = /** @type {any} */ (globalThis).initscope ?? {};
  const { makeData: make, train, module, packed } = parts ?? { ...data, ...full };
  const unpack = () => new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const compiled = module ?? (await WebAssembly.compile(await new Response(unpack()).arrayBuffer()));
  const { spec, options, rates, seeks } = experiment;
  const { inputs, labels, heldOut } = make(experiment.data, { seed: 1 });
  const layers = spec.layers.slice(1).map((/** @type {number} */ units, /** @type {number} */ i) => ({
    ...{ kind: 'dense', inputs: spec.layers[i], units },
    ...(i === spec.layers.length - 2 && { activation: 'linear' }),
  }));
  const begun = { spec: { ...spec, layers }, options: { ...options, data: { inputs, labels }, heldOut } };
  const left = [...seeks];
  let hash = 0x811c9dc5;
  /** @param {any} value numbers of any depth */
  const add = (value) => {
    if (ArrayBuffer.isView(value)) {
      for (const byte of new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) {
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
    } else if (typeof value === 'number') add(Float64Array.of(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  return new Promise((resolve, reject) => {
    /** @type {any} */
    const port = {
      onmessage: null,
      postMessage(/** @type {any} */ message) {
        if (message.type === 'dead' || message.type === 'refused') reject(new Error(JSON.stringify(message)));
        if (message.type === 'ready') send({ type: 'begin', id: 1, tunes: false, rates, budget: 0, ...begun });
        if (message.type === 'begun') send({ type: 'seek', id: 1, step: left.shift() });
        if (message.type !== 'seen') return;
        add(message.layers);
        if (left.length > 0) send({ type: 'seek', id: 1, step: left.shift() });
        else resolve(`${hash >>> 0} at step ${message.step}, of ${message.layers.length} layers`);
      },
    };
    const send = (/** @type {any} */ message) => port.onmessage({ data: message });
    train(port);
    send({ type: 'module', module: compiled });
  });
}

/** Loads a part. It runs in the page. @param {string} part */
async function loadPart(part) {
  const script = Object.assign(document.createElement('script'), { src: `${part}.js` });
  const loaded = new Promise((resolve) => script.addEventListener('load', () => resolve(true)));
  document.head.append(script);
  return loaded;
}

const module = new WebAssembly.Module(readFileSync('dist/initscope.wasm'));

for (const [name, experiment] of Object.entries(EXPERIMENTS)) {
  testInAll(`training ${name} has the same bits as in Node`, async (page) => {
    await page.open(`${ADDRESS}#depth=2&width=8`);
    for (const part of ['full', 'data']) await page.evaluate(loadPart, part);
    const found = await page.evaluate(hashTraining, experiment);
    assert.match(found, new RegExp(`at step ${experiment.seeks.at(-1)}, of 3 layers$`));
    assert.equal(found, await hashTraining(experiment, { makeData, train: serveTraining, module }));
  });
}
