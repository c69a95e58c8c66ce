/* heap.c: claims all memory of a WebAssembly module when it starts; natively it does nothing.
 *
 * When Emscripten's allocator needs memory from the module it asks for the whole size, even if its last block is partly
 * free: a network that fills most of the module would find no room after a slightly smaller one. This is no allocator.
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
