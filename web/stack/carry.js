/**
 * carry.js: while the line is typed, finds the layer that differs in B again: the common beginning and end of two lines say
 * which layers are the same.
 *
 * Pure, apart from the line that it remembers. What differs in B is not known here.
 */
import { readChange } from '../state/stacks.js';
import { writeItem } from './rows.js';

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {{ items: string[], changeB: string }} Known the items of a line, and the change in B as a state holds it */

/** @param {readonly Layer[]} layers */
const itemsOf = (layers) => layers.map(writeItem);

/**
 * Where a layer is in another line.
 * @param {readonly string[]} before an item for each layer
 * @param {readonly string[]} after
 * @param {number} place in `before`, from 0
 * @returns {{ place: number, same: boolean }} same: whether its item is the same; else what stands there now
 */
export function findPlace(before, after, place) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (place < start) return { place, same: true };
  if (place >= before.length - end) return { place: place + after.length - before.length, same: true };
  return { place: place < after.length - end ? place : -1, same: false };
}

/** @param {Known} known @param {string[]} items */
function follow({ items: before, changeB }, items) {
  const change = readChange(changeB);
  if (!change) return { changeB: '', same: false };
  const { place, same } = findPlace(before, items, change.layer - 1);
  return { changeB: place < 0 ? '' : `${place + 1}=${change.item}`, same };
}

export function createCarry() {
  /** The last line in which the changed layer was as it is. @type {Known} */
  let sure = { items: [], changeB: '' };
  return {
    /** Begins anew, with a line that was not typed. @param {Layer[]} layers @param {string} changeB */
    begin(layers, changeB) {
      sure = { items: itemsOf(layers), changeB };
    },

    /**
     * The change in B for the next line that was typed. Where the layer itself is being typed, it stays where it was.
     * @param {Layer[]} before
     * @param {string} changeB of the line before; '' where it had none, or lost it while being typed
     * @param {Layer[]} after
     */
    next(before, changeB, after) {
      const items = itemsOf(after);
      const lines = [{ items: itemsOf(before), changeB }, sure].filter((known) => known.changeB !== '');
      const found = lines.map((known) => follow(known, items));
      const best = found.find(({ same }) => same) ?? found.find((way) => way.changeB !== '');
      if (best?.same) sure = { items, changeB: best.changeB };
      return best?.changeB ?? '';
    },
  };
}
