/* heap.c: claims all memory of a WebAssembly module as it starts; natively, nothing.
 *
 * Emscripten's allocator does not join a block that was freed with memory that it claims later. A net that needs most of
 * the module would find no room after one a little smaller, in which others had been.
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
