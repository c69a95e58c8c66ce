/*
 * The numbers that the page exports for an address, computed in Node: the page's own client and workers on ports of Node,
 * without a document. What they compute is checked in tests/js/.
 */
import { readFile } from 'node:fs/promises';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { createClient } from '../../web/run/client.js';
import { serve } from '../../web/run/full-worker.js';
import { statistics, toJson } from '../../web/share/statistics.js';
import { useReader } from '../../web/state/stacks.js';
import { format, parse } from '../../web/state/state.js';

useReader({ parseStack, replaceLayer });

const ROOT = new URL('../../', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'));
const module = await WebAssembly.compile(new Uint8Array(await readFile(new URL('dist/initscope.wasm', ROOT))));

/** Opens a port to an engine. */
function openPort() {
  const { port1, port2 } = new MessageChannel();
  serve(/** @type {any} */ (port2));
  return new Promise((resolve) => {
    port1.onmessage = () => resolve({ port: /** @type {any} */ (port1), close: () => port1.close() });
    port1.postMessage({ type: 'module', module });
  });
}

/** Starts what computes numbers, until it is closed. */
export async function startNumbers() {
  const [a, b] = await Promise.all([openPort(), openPort()]);
  /** @type {import('../../web/run/reply.js').Reply | null} */
  let reply = null;
  let heard = () => {};
  const client = createClient(
    { A: a.port, B: b.port },
    (next) => {
      reply = next;
      heard();
    },
    () => Promise.reject(new Error('a worker died')),
  );
  return {
    /** The JSON that the page saves. @param {string} address from its hash on */
    async jsonOf(address) {
      const { state } = parse(address);
      const done = new Promise((resolve) => {
        heard = () => {
          if (client.isAtRest()) resolve(null);
        };
      });
      client.request(state);
      await done;
      return toJson(statistics(/** @type {any} */ (reply), format(state), version));
    },
    close() {
      a.close();
      b.close();
    },
  };
}
