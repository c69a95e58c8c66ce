/**
 * phase-maps.js: the engine's phase maps on the page: an instance of the full module that runs no network, beside the
 * workers'.
 */
import { open } from '../engine/instance.js';
import { createPhase } from '../engine/phase.js';
import { compileModule } from '../run/module.js';

/**
 * @param {(name: string) => Promise<any>} loadPart see page/parts.js
 * @returns {Promise<ReturnType<typeof createPhase>>} rejects where the engine cannot be loaded
 */
export async function openMaps(loadPart) {
  const { packed } = await loadPart('full');
  return createPhase(await open(await compileModule(packed)));
}
