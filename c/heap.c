/* heap.c: how much memory there is, all of which a WebAssembly module claims when it starts.
 *
 * The host may give a module more memory before it starts it (instance.js), but not later: the memory of a module that
 * has started never changes. Natively the size is that of the largest module, and nothing is claimed. When Emscripten's allocator needs memory from the module it asks for the whole size, even if its last block is partly
 * free: a network that fills most of the module would find no room after a slightly smaller one. This is no allocator.
 */
#include "heap.h"

#include "limits.h"

#ifdef __wasm__
#include <stdlib.h>

enum { PAGE = 1 << 16 };

size_t heap_bytes(void) { return __builtin_wasm_memory_size(0) * PAGE; }

__attribute__((constructor)) static void claim(void) {
  for (size_t pages = __builtin_wasm_memory_size(0) - 1; pages > 0; pages--) {
    void *volatile all = malloc(pages * PAGE);
    free(all);
    if (all) return;
  }
}
#else
size_t heap_bytes(void) { return MODULE_BYTES; }
#endif
