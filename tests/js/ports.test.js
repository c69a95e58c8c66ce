/*
 * If a worker cannot start, the page runs the networks itself. It does so at once if the worker reports an error, even
 * while the module is still being compiled. A full engine that arrives broken leaves the small one in place. Workers that
 * die later are in watchdog.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { openEngine, openPort } from '../../web/run/ports.js';
import { serve } from '../../web/run/worker.js';

const later = () => new Promise((resolve) => setImmediate(resolve));

test('a worker that fails before the module is compiled is given up at once', async (t) => {
  const { setTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { setTimeout }));
  Object.assign(globalThis, { setTimeout: () => 0 }); // the patience with a worker never ends
  let ended = false;
  const stub = class {
    /** @type {((event: any) => void) | null} */
    onerror = null;
    constructor() {
      setImmediate(() => this.onerror?.(new Error('blocked by a policy')));
    }
    postMessage() {}
    terminate() {
      ended = true;
    }
  };
  Object.assign(globalThis, { Worker: stub });
  const compile = async () => {
    for (let i = 0; i < 10; i++) await later();
    const bytes = await readFile(new URL('../../dist/initscope.wasm', import.meta.url));
    return WebAssembly.compile(new Uint8Array(bytes));
  };
  const { port, tables, where } = await openPort(serve, compile());
  assert.deepEqual([where, ended], ['page', true]);
  assert.ok(tables.schemes.length > 5);
  /** @type {any} */ (port).close();
});

test('a full engine that is broken leaves the small one in place, and another try may bring a whole one', async () => {
  const built = async (/** @type {string} */ name) =>
    gzipSync(await readFile(new URL(`../../${name}`, import.meta.url)));
  const [small, full] = /** @type {any[]} */ (
    await Promise.all(['build/small.wasm', 'dist/initscope.wasm'].map(built))
  );
  const arrivals = [full.subarray(0, full.length / 2), gzipSync('no module'), full];
  const engine = openEngine(small, serve, async () => ({ packed: arrivals.shift(), serve }));
  const edition = engine.edition();
  const job = /** @type {any} */ ({ spec: { layers: [{ kind: 'conv' }] } });
  for (let tries = 0; tries < 2; tries++) {
    await assert.rejects(engine.load());
    assert.deepEqual([engine.lacks(job), engine.edition() === edition], [true, true]);
  }
  await engine.load();
  assert.deepEqual([engine.lacks(job), engine.edition() === edition], [false, false]);
});
