/* heap.c: claims all memory of a WebAssembly module as it starts; natively, nothing.
 *
 * Emscripten's allocator claims all that it is asked for anew, however much of its last block is free: a net that needs
 * most of the module would find no room after one a little smaller.
 */
#ifdef __wasm__
#include <stdlib.h>

enum { PAGE = 1 << 16 };

__attribute__((constructor)) static void claim(void) {
  for (size_t pages = __builtin_wasm_memory_size(0) - 1; pages > 0; pages--) {
    void *volatile all = malloc(pages * PAGE);
    free(all);
    if (all) return;
  }
}
#else
typedef int nothing;
#endif
