/*
 * A network that is refused for its size: the page offers one number with which it fits. It is the largest that fits, the
 * engine starts the networks with it, and it is the batch where a smaller batch is enough. The sentences on refusals are in
 * codes.test.js, the button in tests/page/remedies.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadEngine } from '../../web/engine/engine.js';
import { loadFits } from '../../web/engine/fits.js';
import { isRefusal } from '../../web/engine/refusal.js';
import { specOf } from '../../web/state/networks.js';
import { findRemedy } from '../../web/state/remedies.js';
import { defaults, LETTERS, rowOf } from '../../web/state/state.js';

const engine = await loadEngine();
const accepts = await loadFits();

/** Whether the engine itself starts both networks. @param {Record<string, any>} state */
function starts(state) {
  return LETTERS.every((letter) => {
    const steps = engine.steps(specOf(state, letter), true);
    try {
      steps.next();
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    } finally {
      steps.return();
    }
  });
}

/** @param {Record<string, any>} changes */
const remedyOf = (changes) => findRemedy({ ...defaults(), ...changes }, accepts, specOf);

/** Cases of every refusal that a number can cure, and the control that cures it.
 * @type {[changes: Record<string, any>, key: string, value?: number][]} */
const CASES = [
  [{ inputs: 2 ** 20, batch: 512, depth: 2 }, 'batch'],
  [{ width: 4096, depth: 100, batch: 1024 }, 'batch'],
  [{ a: 'orthogonal', width: 4096 }, 'width', 2048],
  [{ a: 'orthogonal', width: 64, inputs: 5000 }, 'inputs', 2048],
  [{ b: 'orthogonal', width: 64, input: 'leaves', size: 32 }, 'size', 26],
  [{ a: 'orthogonal', kind: 'conv', channels: 256, batch: 8, depth: 2 }, 'depth', 1],
  [{ a: 'orthogonal', kind: 'conv', channels: 96, batch: 8, depth: 7 }, 'channels', 81],
  [{ a: 'identity', kind: 'conv', batch: 8, depth: 7 }, 'kernel', 1],
  [{ kind: 'conv', padding: 'valid', size: 32, depth: 8, batch: 8 }, 'depth', 7],
  [{ kind: 'conv', padding: 'valid', size: 32, depth: 9, batch: 8 }, 'kernel', 4],
  [{ width: 4096, inputs: 2 ** 20, batch: 1 }, 'inputs', 2 ** 20 - 1],
  [{ a: 'sparse', width: 4000, inputs: 2 ** 20, batch: 1 }, 'inputs', 65487],
  [
    { kind: 'conv', depth: 100, channels: 512, size: 64, batch: 1, a: 'sparse', head: 'linear', pool: 'flatten' },
    'size',
    60,
  ],
];

for (const [changes, key, value] of CASES) {
  test(`${JSON.stringify(changes)}: another ${key} fits, and it is the largest`, (t) => {
    const state = { ...defaults(), ...changes };
    const remedy = findRemedy(state, accepts, specOf);
    assert.equal(starts(state), false);
    assert.equal(remedy?.key, key, JSON.stringify(remedy));
    if (value) assert.equal(remedy?.value, value);
    t.diagnostic(`${key} ${remedy?.value}`);
    const least = Number(remedy?.value);
    assert.equal(starts({ ...state, [key]: least }), true);
    assert.equal(starts({ ...state, [key]: least + 1 }), false);
  });
}

test('nothing is offered where the networks fit, or where no single number would do', () => {
  assert.equal(remedyOf({}), null);
  assert.equal(remedyOf({ a: 'orthogonal', width: 4096, inputs: 4096 }), null);
});

test('over random large states, an offer fits, one more does not, and without an offer no single number fits', (t) => {
  const large = fc.record({
    kind: fc.constantFrom('dense', 'conv'),
    depth: fc.constantFrom(1, 2, 7, 20, 100),
    width: fc.constantFrom(64, 512, 2049, 4096),
    inputs: fc.constantFrom(null, 10, 2049, 480000, 2 ** 20),
    channels: fc.constantFrom(1, 8, 64, 512),
    kernel: fc.constantFrom(1, 5, 11),
    size: fc.constantFrom(4, 32, 64),
    padding: fc.constantFrom('same', 'valid'),
    head: fc.constantFrom('none', 'linear'),
    pool: fc.constantFrom('average', 'flatten'),
    batch: fc.constantFrom(1, 8, 64, 1024),
    a: fc.constantFrom('he-normal', 'orthogonal', 'sparse', 'identity'),
  });
  let [offers, none] = [0, 0];
  fc.assert(
    fc.property(large, (changes) => {
      /** @type {Record<string, any>} */
      const state = { ...defaults(), ...changes };
      const fits = (/** @type {any} */ one) => LETTERS.every((letter) => accepts(specOf(one, letter)));
      const remedy = findRemedy(state, accepts, specOf);
      if (remedy) {
        offers++;
        const { key, value } = remedy;
        assert.ok(value < state[key] && fits({ ...state, [key]: value }) && !fits({ ...state, [key]: value + 1 }));
        return;
      }
      if (fits(state)) return;
      none++;
      for (const key of ['batch', 'depth', 'width', 'channels', 'kernel', 'size', 'inputs']) {
        if (key === 'inputs' && state.inputs === null) continue;
        const { min } = /** @type {any} */ (rowOf(key));
        if (state[key] > min) assert.ok(!fits({ ...state, [key]: min }), key);
      }
    }),
    { seed: 19, numRuns: 400 },
  );
  t.diagnostic(`${offers} offers; ${none} states that no single number makes fit`);
  assert.ok(offers > 100);
});
