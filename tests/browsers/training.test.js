/*
 * A step of a training has the same numbers in every engine as in a fresh run in Node, to the last bit: reached by an address
 * that replays it, and by scrubbing back to it. So has the coordinate check. That a replay has the bits of
 * a fresh run is tested in tests/js/replay.test.js.
 */
import assert from 'node:assert/strict';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { statistics, toJson } from '../../web/share/statistics.js';
import { specOf } from '../../web/state/networks.js';
import { LETTERS, parse } from '../../web/state/state.js';
import { optionsOf, SPEC } from '../../web/training/coordinates/coordinates-plan.js';
import { replyOf } from '../../web/training/observed.js';
import { parseSettings } from '../../web/training/settings.js';
import { trainedSpec } from '../../web/training/trained-spec.js';
import { exportNumbers, networksIn } from './export-numbers.js';
import { ADDRESS, testInAll } from './page.js';

const STEP = 37;
const HASH = `#depth=6&width=32&batch=16&activation=tanh&train=digits-adam-rate=0.01-step=${STEP}-rates=20=0.002`;

/** The networks of the export at a step, from a run in Node that stops there. */
async function numbersInNode() {
  const engine = await loadEngine();
  const { state } = parse(HASH);
  const { settings } = parseSettings(state.train);
  const { heldOut, inputs, labels } = makeData('digits', { seed: state.seed });
  const specs = /** @type {any} */ (
    Object.fromEntries(LETTERS.map((letter) => [letter, trainedSpec(specOf, state, letter, settings.data)]))
  );
  /** @param {'A' | 'B'} letter */
  const lane = (letter) => {
    const options = { data: { inputs, labels }, heldOut, optimizer: /** @type {const} */ ('adam'), rate: 0.01 };
    const training = engine.training(specs[letter], options);
    for (let step = 0; step < STEP - 1; step++) {
      if (step === 20) training.setRate(0.002);
      training.step();
    }
    const { layers } = training.step(true);
    training.end();
    return { spec: specs[letter], error: null, seen: { step: STEP, layers } };
  };
  const reply = replyOf(/** @type {any} */ ({ A: lane('A'), B: lane('B') }), specs, state, 1);
  return networksIn(toJson(statistics(/** @type {any} */ (reply), '', '')));
}

/** Whether the page's charts show a step, at rest. It runs in the page. @param {number} step */
const rests = (step) => document.querySelector(`#training[data-rest="${step}"][data-drawn="${step}"]`) !== null;

/** Types a step. It runs in the page. @param {number} step */
function typeStep(step) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById('training-step'));
  field.value = String(step);
  field.dispatchEvent(new Event('change'));
}

/**
 * What the worker of the page answers about coordinates, without a worker of its own. It runs in the page.
 * @param {{ spec: any, options: any }} asked the inputs are an array
 */
async function checkCoordinates({ spec, options }) {
  const script = Object.assign(document.createElement('script'), { src: 'full.js' });
  const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
  document.head.append(script);
  await loaded;
  const { packed, train } = /** @type {any} */ (globalThis).initscope.full;
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const module = await WebAssembly.compile(await new Response(unpacked).arrayBuffer());
  const data = { ...options.data, inputs: Float32Array.from(options.data.inputs) };
  return new Promise((resolve) => {
    /** @type {any} */
    const port = {
      postMessage: (/** @type {any} */ answer) => {
        if (!['ready', 'alive'].includes(answer.type)) resolve(answer.steps ?? answer);
      },
    };
    train(port);
    port.onmessage({ data: { type: 'module', module } });
    port.onmessage({ data: { type: 'coordinates', id: 1, spec, options: { ...options, data } } });
  });
}

testInAll('a coordinate check has the numbers of Node, to the last bit', async (page) => {
  const engine = /** @type {any} */ (await loadEngine());
  await page.open(`${ADDRESS}#depth=2&width=8`);
  const options = optionsOf({ width: 192, parametrization: 'mup' }, /** @type {any} */ (makeData('digits', {})));
  const { inputs, labels } = options.data;
  const given = { ...options, data: { inputs: [...inputs], labels: [...labels] } };
  assert.deepEqual(await page.evaluate(checkCoordinates, { spec: SPEC, options: given }), [
    ...engine.coordinates(SPEC, options),
  ]);
});

testInAll(
  'a step that an address opens, and one that is sought, have the numbers of a fresh run in Node',
  async (page) => {
    const wanted = await numbersInNode();
    await page.open(`${ADDRESS}${HASH}`);
    await page.waitFor(rests, STEP);
    assert.equal(networksIn(await page.evaluate(exportNumbers)), wanted);
    for (const step of [120, STEP]) {
      await page.evaluate(typeStep, step);
      await page.waitFor(rests, step);
    }
    assert.equal(networksIn(await page.evaluate(exportNumbers)), wanted);
  },
);
