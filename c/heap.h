/* heap.h: how much memory the allocator has, at most. It is no allocator. */
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

/* bytes of memory of this WebAssembly module; natively of the largest module, so that the same weights are kept */
size_t heap_bytes(void);

#endif
