/*
 * judged.js: runs what an address opens, as the page would, and judges it. It holds no verdicts.
 */
import { loadEngine } from '../../web/engine/engine.js';
import { paintImages } from '../../web/engine/images.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { verdict } from '../../web/reading/verdict.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { parse } from '../../web/state/state.js';

const engine = await loadEngine();

/**
 * Judges a network of a state.
 * @param {import('../../web/state/state.js').State} state
 * @param {'A' | 'B'} letter
 */
export function judgeState(state, letter) {
  const asked = specOf(state, letter);
  const images = imagesOf(state);
  const painted = images ? { ...asked, input: paintImages(images) } : asked;
  const spec = state[`tune${letter}`] === 'lsuv' ? lsuv(engine, painted).spec : painted;
  const { layers, input, loss } = engine.run(spec);
  return { spec, layers, input, loss, found: verdict(layers, input, { spec }) };
}

/**
 * Judges a network of an address.
 * @param {string} address the hash, without #
 * @param {any} letter A or B
 */
export const judgeAddress = (address, letter) => judgeState(parse(address).state, letter);
