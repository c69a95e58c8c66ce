/**
 * instance.js: makes instances of the engine's WebAssembly module, and reads strings from their memory.
 *
 * The memory of an instance gets its size before the instance starts, and keeps it: views of it stay valid. It imports
 * nothing, so that generate.js can make tables.js, which the rest of the engine needs. memory.js chooses the size.
 */

const PAGE = 2 ** 16;

/** What the module may come from; in Node it may be left out: dist/initscope.wasm.
 * @typedef {WebAssembly.Module | BufferSource | Response} Source */

/** @param {Source} [source] @returns {Promise<WebAssembly.Module>} */
async function compile(source) {
  let code = source;
  if (code === undefined) {
    const { readFile } = await import('node:fs/promises');
    code = await readFile(new URL('../../dist/initscope.wasm', import.meta.url));
  }
  if (typeof Response !== 'undefined' && code instanceof Response) code = await code.arrayBuffer();
  return code instanceof WebAssembly.Module ? code : WebAssembly.compile(/** @type {BufferSource} */ (code));
}

/** Starts an instance. @param {WebAssembly.Instance} instance @param {number} [bytes] of memory; default: its least
 * @returns {any} its exports @throws {RangeError} if the host has no such memory */
function start({ exports }, bytes = 0) {
  const wasm = /** @type {any} */ (exports);
  const more = bytes - wasm.memory.buffer.byteLength;
  if (more > 0) wasm.memory.grow(Math.ceil(more / PAGE)); // no view exists yet
  wasm._initialize(); // claims all of the memory
  return wasm;
}

/** An instance with so many bytes of memory, rounded up to pages. @type {(module: WebAssembly.Module, bytes: number) =>
 * any} returns its exports; throws a RangeError if the host has no such memory */
export const makeInstance = (module, bytes) => start(new WebAssembly.Instance(module, {}), bytes);

/**
 * The module, and a first instance with the least memory.
 * @param {Source} [source]
 * @returns {Promise<{ module: WebAssembly.Module, wasm: any }>} wasm: the exports of the instance
 */
export async function open(source) {
  const module = await compile(source);
  return { module, wasm: start(await WebAssembly.instantiate(module, {})) };
}

/** Only the first instance: its exports. @param {Source} [source] @returns {Promise<any>} */
export const instantiate = async (source) => (await open(source)).wasm;

const decoder = /* @__PURE__ */ new TextDecoder();

/** The string of C at an address. @param {any} wasm @param {number} address */
export function readText(wasm, address) {
  const bytes = new Uint8Array(wasm.memory.buffer);
  return decoder.decode(bytes.slice(address, bytes.indexOf(0, address)));
}
