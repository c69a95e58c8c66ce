/*
 * Where a worker cannot start, the page serves itself: at once where the worker says so, also while the module is still
 * being compiled.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { openPort } from '../../web/run/ports.js';
import { serve } from '../../web/run/worker.js';

const later = () => new Promise((resolve) => setImmediate(resolve));

test('a worker that errs before there is a module is given up without patience', async (t) => {
  const { setTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { setTimeout }));
  Object.assign(globalThis, { setTimeout: () => 0 }); // which never comes to its end
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
