/**
 * fits.js: whether networks would run, without running them: the same checks as engine.js makes, of fields and of memory.
 *
 * It is apart from engine.js, so that the page can load it alone.
 */
import { instantiate } from './instance.js';
import { isRefusal } from './refusal.js';
import { checkSpec } from './spec.js';
import { buildNet, readTables } from './wasm.js';

/**
 * @param {Parameters<typeof instantiate>[0]} [source] of the module, as loadEngine takes it
 * @returns {Promise<(spec: import('./spec.js').Spec) => boolean>}
 */
export async function loadFits(source) {
  const wasm = await instantiate(source);
  const tables = readTables(wasm);
  return (spec) => {
    try {
      wasm.net_free(buildNet(wasm, tables, checkSpec(tables, spec)));
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  };
}
