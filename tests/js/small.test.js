/*
 * The two modules of the engine. Where the small one can run a network, it gives the same bits as the full one; no other
 * network may reach it. What the page opens with stays within its size. How the page loads the full one is in
 * full.test.js and tests/page/full.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { needsFullModule } from '../../web/engine/full.js';
import { isRefusal } from '../../web/engine/refusal.js';
import { ACTIVATIONS, FULL_SCHEMES, SCHEMES } from '../../web/engine/tables.js';
import { spec as anySpec, SEED } from './arbitrary.js';
import { thrownBy } from './refused.js';

const read = (/** @type {string} */ path) => readFile(new URL(`../../${path}`, import.meta.url));
const [full, small] = await Promise.all(
  ['dist/initscope.wasm', 'build/small.wasm'].map(async (path) => loadEngine(await read(path))),
);

/** All that an engine gives for a spec, or its refusal. @param {typeof full} engine @param {any} spec */
function outcome(engine, spec) {
  try {
    const run = engine.run(spec);
    const depth = spec.layers.length;
    const tensors = [['weights', 1], ['activations', depth], ['deltas', 1], ['weightGradients', 1]].map(
      ([name, layer]) => engine.tensor(spec, /** @type {any} */ (name), Number(layer)),
    ); // biome-ignore format: one list
    return { run, tensors, memory: engine.memory(spec) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.message;
  }
}

test('the tables of both modules are the same', () => {
  const { schemes, libraries, activations, limits } = full;
  assert.deepEqual([small.schemes, small.libraries], [schemes, libraries]);
  assert.deepEqual([small.activations, small.limits], [activations, limits]);
});

test('every scheme, activation and loss gives the same bits in both, to the last tensor', () => {
  let ran = 0;
  for (const { name } of SCHEMES) {
    for (const activation of ACTIVATIONS) {
      const loss = ran % 2 ? 'random' : 'cross-entropy';
      const layers = [...stack({ depth: 3, width: 70, inputs: 9 }), { kind: 'dense', units: 10, pool: 'average' }];
      const spec = { layers, scheme: name, activation, loss, backward: true, bias: 'pytorch-default', batch: 5 };
      if (needsFullModule(/** @type {any} */ (spec))) continue;
      assert.deepEqual(outcome(small, spec), outcome(full, spec));
      ran++;
    }
  }
  assert.equal(ran, (SCHEMES.length - FULL_SCHEMES.length) * ACTIVATIONS.length);
});

test('any network that does not need the full module gives the same in both', (t) => {
  let [same, other] = [0, 0];
  fc.assert(
    fc.property(anySpec, (spec) => {
      if (needsFullModule(spec)) {
        other++;
        return;
      }
      same++;
      assert.deepEqual(outcome(small, spec), outcome(full, spec));
    }),
    { seed: SEED, numRuns: 1200 },
  );
  t.diagnostic(`${same} networks in both; ${other} only in the full one`);
  assert.ok(same > 150 && other > 150);
});

test('a series, other sizes of memory, and what needs no network are the same in both', () => {
  const runs = [full, small].map((engine) => {
    const series = engine.series();
    const steps = [200, 210, 64].map((width) => [
      ...series.steps({ layers: stack({ depth: 4, width }), backward: true, batch: 16, seed: 3 }),
    ]);
    series.end();
    const large = { layers: stack({ depth: 3, width: 2048, inputs: 1 }), batch: 1024, observe: [] };
    const { phi, slope, fixedPoint, fans } = engine;
    const asked = ACTIVATIONS.map((name) => [phi(name, 0.3), slope(name, -2), fixedPoint(name, 1.7, 0.1)]);
    return [steps, engine.tensor(large, 'activations', 1), asked, fans({ kind: 'dense', inputs: 3, units: 4 })];
  });
  assert.deepEqual(runs[1], runs[0]);
});

test('a network that needs the full module is one that the small one cannot run', () => {
  const conv = stack({ kind: 'conv', depth: 1, width: 2, size: [4, 4] });
  for (const spec of [
    { layers: stack({ depth: 2, width: 8 }), scheme: 'orthogonal' },
    { layers: stack({ depth: 2, width: 8 }), scheme: { name: 'sparse', share: 0.5 } },
    { layers: [...stack({ depth: 1, width: 8 }), { kind: 'dense', units: 8, scheme: 'identity' }] },
    { layers: conv },
    { layers: [...conv, { kind: 'dense', units: 2 }] },
  ]) {
    assert.equal(needsFullModule(/** @type {any} */ (spec)), true);
    assert.ok(thrownBy(() => small.run(/** @type {any} */ (spec))) instanceof WebAssembly.RuntimeError);
  }
  const own = { kind: 'dense', inputs: 8, units: 8, scheme: 'he-normal' };
  assert.equal(needsFullModule({ layers: [/** @type {any} */ (own)], scheme: 'orthogonal' }), false);
});

test('the small module has at most 46,000 bytes gzipped, and all that the page opens with 160,000', async (t) => {
  const size = (/** @type {Uint8Array} */ bytes) => gzipSync(bytes, { level: 9 }).length;
  const module = (await read('build/small.gz')).length; // as it is in the page
  const page = Buffer.concat(
    await Promise.all(['index.html', 'initscope.css', 'initscope.js'].map((name) => read(`dist/${name}`))),
  );
  t.diagnostic(`${module} and ${size(page)} bytes`);
  assert.ok(module <= 46000 && size(page) <= 160000);
});
