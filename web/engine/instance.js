/**
 * instance.js: makes an instance of the engine's WebAssembly module, and reads strings from its memory.
 *
 * It imports nothing, so that generate.js can make tables.js, which the rest of the engine needs.
 */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] in Node it may be left out: dist/initscope.wasm
 * @returns {Promise<any>} the exports of an initialized instance
 */
export async function instantiate(source) {
  let code = source;
  if (code === undefined) {
    const { readFile } = await import('node:fs/promises');
    code = await readFile(new URL('../../dist/initscope.wasm', import.meta.url));
  }
  if (typeof Response !== 'undefined' && code instanceof Response) code = await code.arrayBuffer();
  const module =
    code instanceof WebAssembly.Module ? code : await WebAssembly.compile(/** @type {BufferSource} */ (code));
  const wasm = /** @type {any} */ ((await WebAssembly.instantiate(module, {})).exports);
  wasm._initialize();
  return wasm;
}

const decoder = /* @__PURE__ */ new TextDecoder();

/** The string of C at an address. @param {any} wasm @param {number} address */
export function readText(wasm, address) {
  const bytes = new Uint8Array(wasm.memory.buffer);
  return decoder.decode(bytes.slice(address, bytes.indexOf(0, address)));
}
