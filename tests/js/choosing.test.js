/*
 * What a choice in the menu of schemes sets. A library's default brings its biases and its way of counting fans, so that
 * the network is what the library would make; the next scheme takes them back, unless the reader has changed them since.
 * How the menu shows this is in tests/page/libraries.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadEngine } from '../../web/engine/engine.js';
import { createChanges } from '../../web/page/control-changes.js';
import { callWords } from '../../web/reading/calls.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, format, parse } from '../../web/state/state.js';

const engine = await loadEngine();

/** A page on which controls can be changed. @param {Record<string, any>} [changes] of the default state */
function openPage(changes = {}) {
  const changesOf = createChanges();
  const page = {
    /** @type {Record<string, any>} */
    state: { ...defaults(), ...changes },
    /** @param {string} name @param {string | number | null} value */
    set(name, value) {
      page.state = { ...page.state, ...changesOf(name, value, page.state, engine) };
    },
  };
  return page;
}

/** The option of a call. @param {string} library @param {string} call */
const optionOf = (library, call) =>
  `call ${engine.libraries.findIndex((row) => row.library === library && row.call === call)}`;

/** The biases and the count of fans of A. @param {{ state: any }} page */
const brought = ({ state: { biasA, fansA } }) => ({ biasA, fansA });

test('PyTorch’s default brings its biases and its count of fans, by its call and by its scheme, into the address', () => {
  for (const value of [optionOf('PyTorch', 'nn.Linear, nn.Conv2d default'), 'pytorch-default']) {
    const page = openPage({ gainA: 2, tuneA: 'lsuv' });
    page.set('a', value);
    assert.equal(format(page.state), 'a=pytorch-default&biasA=pytorch-default&fansA=pytorch');
    assert.deepEqual(parse(format(page.state)).state, page.state);
  }
});

test('an address with the scheme alone keeps its meaning: no biases', () => {
  const { state } = parse('a=pytorch-default');
  assert.deepEqual(brought({ state }), { biasA: 'sigma', fansA: 'true' });
});

test('the default of Keras brings zeros, and the next scheme takes everything back', () => {
  const page = openPage({ bias: 0.5 });
  page.set('a', optionOf('Keras', 'Dense, Conv2D default: GlorotUniform'));
  assert.deepEqual(brought(page), { biasA: 'zeros', fansA: 'keras' });
  page.set('a', 'pytorch-default');
  assert.deepEqual(brought(page), { biasA: 'pytorch-default', fansA: 'pytorch' });
  page.set('a', 'he-normal');
  assert.deepEqual(brought(page), { biasA: 'sigma', fansA: 'true' });
});

test('what the reader has changed since, or set before, is not taken back', () => {
  const page = openPage({ biasA: 'zeros', fansA: 'channels' });
  page.set('a', 'pytorch-default');
  page.set('a', 'he-normal');
  assert.deepEqual(brought(page), { biasA: 'zeros', fansA: 'channels' });
  page.set('a', 'pytorch-default');
  page.set('biasA', 'sigma');
  page.set('a', 'he-normal');
  assert.deepEqual(brought(page), { biasA: 'sigma', fansA: 'channels' });
});

test('the networks A and B do not take back each other’s', () => {
  const page = openPage();
  page.set('a', 'pytorch-default');
  page.set('b', 'xavier-normal');
  assert.deepEqual(brought(page), { biasA: 'pytorch-default', fansA: 'pytorch' });
  assert.equal(page.state.biasB, 'sigma');
});

test('every call, once chosen, is named beside the layers that it fits, with its biases', () => {
  const states = [
    { depth: 2, width: 12, batch: 1 },
    { kind: 'conv', depth: 2, channels: 8, size: 4, batch: 1 },
    { kind: 'conv', depth: 2, channels: 8, size: 4, batch: 1, groups: 'depthwise' },
    { kind: 'conv', depth: 2, channels: 8, size: 4, batch: 1, groups: '4' },
  ];
  const fitting = /** @type {const} */ (['square', 'conv', 'depthwise', 'grouped']);
  engine.libraries.forEach((row, i) => {
    states.forEach((changes, place) => {
      if (!row.shapes.includes(fitting[place])) return;
      const page = openPage({ ...changes, gainA: 3, biasA: 'zeros', fansA: 'channels' });
      page.set('a', `call ${i}`);
      const named = callWords(/** @type {any} */ (engine.run(specOf(page.state, 'A')).layers[1]), engine.libraries);
      assert.ok(named.split('; ').includes(`${row.library} ${row.call}`), `${row.library} ${row.call} in ${named}`);
    });
  });
});

test('after any choices in the menu, a plain scheme has the biases and the count of fans that the reader set', () => {
  const options = [...engine.libraries.map((_, i) => `call ${i}`), 'pytorch-default', 'he-normal', 'zeros', 'uniform'];
  const step = fc.oneof(
    fc.tuple(fc.constant('a'), fc.constantFrom(...options)),
    fc.tuple(fc.constant('gainA'), fc.constantFrom(1, 2)),
    fc.tuple(fc.constant('biasA'), fc.constantFrom('sigma', 'zeros')),
    fc.tuple(fc.constant('fansA'), fc.constantFrom('true', 'channels')),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const page = openPage();
      const own = brought(page);
      for (const [name, value] of steps) {
        if (page.state[name] === value) continue; // a control that stays as it is reports nothing
        page.set(name, value);
        if (name in own) Object.assign(own, { [name]: value });
      }
      page.set('a', 'he-normal');
      assert.deepEqual(brought(page), own);
    }),
    { seed: 19, numRuns: 2000 },
  );
});
