/* gemm.h: the product of some rows with one block of weights.
 *
 * Blocking is left to the caller: see linear.c.
 */
#ifndef GEMM_H
#define GEMM_H

#include "layout.h"

/* A block of weights, in panels as layout.h arranges them. */
typedef struct {
  const float *values; /* (BLOCK_ROWS, SLAB) for each slab */
  size_t depth, panels; /* how many rows and panels of the block are used */
  int finite; /* whether no value is NaN or infinite, so that products with 0 can be skipped */
} weight_block;

/* Computes z[r, c] = sum over k of a[r, k] weights[k, c]. If `accumulate`, adds that sum to z[r, c] instead.
 *   rows  at most SOME_ROWS. `a` and `z` must have room for `rows` rounded up to a multiple of TILE: the extra rows may
 * be read and written, and their contents mean nothing afterwards. */
void gemm_block(const source *a, size_t rows, const weight_block *weights, const target *z, int accumulate);

#endif
