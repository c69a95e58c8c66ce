/**
 * module.js: the engine's WebAssembly module from its packed bytes. Instances of it are started in engine/wasm.js.
 */

/**
 * Compiles the module while it is unpacked.
 * @param {Uint8Array<ArrayBuffer>} packed by gzip
 * @returns {Promise<WebAssembly.Module>}
 */
export function compileModule(packed) {
  const unpacking = new DecompressionStream('gzip');
  const writer = unpacking.writable.getWriter();
  writer.write(packed);
  writer.close();
  const headers = { 'Content-Type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(unpacking.readable, { headers }));
}

/**
 * Whether a browser is too old for the engine, as far as an error tells. @param {unknown} error
 */
export const isTooOld = (error) =>
  [typeof WebAssembly, typeof DecompressionStream].includes('undefined') || error instanceof WebAssembly.CompileError;
