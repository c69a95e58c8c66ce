/**
 * memory.js: the WebAssembly instance that networks run in, with as much memory as they need.
 *
 * The memory of an instance never changes. So a network that needs more gets a fresh instance, and after some networks
 * that need much less there is a small one again. A network that was started in an instance stays in it. The memory is free
 * once nobody holds the instance. It starts no networks: wasm.js does.
 */
import { makeInstance } from './instance.js';
import { refuse } from './refusal.js';
import { LIMITS } from './tables.js';

/** An instance with so many times the memory that would do is far too large. While it is less, a reader who drags a
 * slider to and fro keeps the cache. */
const FAR_TOO_LARGE = 4;

/** After so many networks in a row for which it was far too large, an instance is replaced by a smaller one. Fewer may be
 * small runs between two large ones of a series. */
const MOST_SPARED = 3;

/** What an instance holds beside a network: static data, the stack, gaps. */
const RESERVED = LIMITS.module - LIMITS.bytes;

/**
 * @param {{ module: WebAssembly.Module, wasm: any }} opened a module, and an instance with its least memory
 */
export function createMemory({ module, wasm }) {
  const least = wasm.memory.buffer.byteLength;
  let current = wasm;
  /** Networks in a row for which the current instance was far too large. */
  let spared = 0;

  /** Makes another instance the current one, unless the host refuses its memory. @param {number} bytes */
  function replace(bytes) {
    try {
      current = makeInstance(module, bytes);
      spared = 0;
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return false;
    }
  }

  return {
    /** The instance that was used last: the exports of the module. */
    current: () => current,

    /**
     * An instance in which a network fits; the current one, if its size is right.
     * @param {number} needed bytes of the network (net_bytes)
     * @param {number} best bytes of memory with which it works best (net_module_bytes)
     * @returns {any} the exports of the module
     * @throws {import('./refusal.js').RefusalError} if the host has no memory of that size; the current instance stays
     */
    fit(needed, best) {
      const size = current.memory.buffer.byteLength;
      let right = least;
      while (right < best && right < LIMITS.module) right *= 2;
      spared = size < FAR_TOO_LARGE * right ? 0 : spared + 1;
      if (right <= size && spared <= MOST_SPARED) return current;
      if (replace(right) || needed + RESERVED <= size || replace(needed + RESERVED)) return current;
      const mebibytes = Math.ceil((needed + RESERVED) / 2 ** 20);
      return refuse('moduleMemory', null, null, { mebibytes });
    },

    /** Makes an instance of twice the memory the current one, because open networks fill this one. Returns false where it
     * is the largest, or the host refuses that memory. */
    double() {
      const size = current.memory.buffer.byteLength;
      return size < LIMITS.module && replace(2 * size);
    },
  };
}
