/* gemm.h: the product of some rows with one block of weights.
 *
 * Blocking is left to the caller: see linear.c.
 */
#ifndef GEMM_H
#define GEMM_H

#include "layout.h"

/* panels of a block, as layout.h arranges them */
typedef struct {
  const float *values; /* (BLOCK_ROWS, SLAB) for each slab */
  size_t depth, panels; /* the rows and the panels that are used */
  int finite; /* no NaN and no infinity: 0 times any of it is 0 and need not be computed */
} weight_block;

/* z[r, c] = sum over k of a[r, k] weights[k, c], added to z if `accumulate`. rows: at most SOME_ROWS. In a and in z
 * rows up to a multiple of TILE must exist: they may be read and written, and have no meaning afterwards. */
void gemm_block(const source *a, size_t rows, const weight_block *weights, const target *z, int accumulate);

#endif
