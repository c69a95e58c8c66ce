/* memory.h: the one allocation of a network: how many bytes it takes, and which buffer lies where.
 *
 * Weights that a network keeps are allocated apart: see kept.h. Nothing is allocated here: net_start does that.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "network.h"

/* bytes that a network with these layers takes at some batch, itself included, apart from the weights that it keeps */
uint64_t memory_bytes(const net *n, uint32_t batch);

/* Points the buffers of n into n->memory, of memory_bytes(n, n->batch) - sizeof *n bytes. */
void memory_place(net *n);

#endif
