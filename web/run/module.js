/**
 * module.js: unpacks and compiles the engine's WebAssembly module. It starts no instance: engine/wasm.js does.
 */

/**
 * Compiles the module while it is unpacked.
 * @param {Uint8Array<ArrayBuffer>} packed the module, compressed by gzip
 * @returns {Promise<WebAssembly.Module>}
 */
export function compileModule(packed) {
  const unpacking = new DecompressionStream('gzip');
  const writer = unpacking.writable.getWriter();
  const told = () => {}; // whoever reads hears of a broken module
  writer.write(packed).catch(told);
  writer.close().catch(told);
  const headers = { 'Content-Type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(unpacking.readable, { headers }));
}

/**
 * Whether the browser is too old for the engine.
 * @param {unknown} error from compileModule
 */
export const isTooOld = (error) =>
  [typeof WebAssembly, typeof DecompressionStream].includes('undefined') || error instanceof WebAssembly.CompileError;
