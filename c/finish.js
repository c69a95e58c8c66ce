/**
 * finish.js: finishes a linked WebAssembly module, for build.sh: its memory may grow up to a limit, and it has no
 * imports.
 *
 * The linker fixes the memory. Its option to let it grow would add an import, and code that grows it at any time. Here
 * only the host can grow it: web/engine/instance.js does so before the module starts, and nobody does later.
 *
 *   node c/finish.js MODULE BYTES
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';

const PAGE = 1 << 16;
const MEMORY_SECTION = 5;
const HEADER = 8;

/** A number in LEB128, 7 bits to a byte. @param {number} number @returns {number[]} */
const leb = (number) => (number < 128 ? [number] : [(number % 128) + 128, ...leb(Math.floor(number / 128))]);

/** @param {Uint8Array} bytes @param {number} start @returns {{ value: number, end: number }} */
function readLeb(bytes, start) {
  let [value, end] = [0, start];
  for (let shift = 1; ; shift *= 128) {
    value += (bytes[end] % 128) * shift;
    if (bytes[end++] < 128) return { value, end };
  }
}

/**
 * The module with another limit of its memory.
 * @param {Uint8Array} bytes
 * @param {number} most bytes of memory
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function withMostMemory(bytes, most) {
  for (let start = HEADER; start < bytes.length; ) {
    const { value: size, end: body } = readLeb(bytes, start + 1);
    if (bytes[start] === MEMORY_SECTION) {
      const { value: least } = readLeb(bytes, body + 2); // after the count of memories, and the flags of the first
      const limits = [1, 1, ...leb(least), ...leb(most / PAGE)];
      return Uint8Array.from([
        ...bytes.subarray(0, start),
        MEMORY_SECTION,
        ...leb(limits.length),
        ...limits,
        ...bytes.subarray(body + size),
      ]);
    }
    start = body + size;
  }
  throw new Error('the module has no memory');
}

const [, program, path, most] = argv;
if (program.endsWith('finish.js')) {
  const finished = withMostMemory(readFileSync(path), Number(most));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(finished));
  if (imports.length > 0) throw new Error(`the module must have no imports, but has ${JSON.stringify(imports)}`);
  writeFileSync(path, finished);
}
