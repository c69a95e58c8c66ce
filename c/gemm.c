/* gemm.c: the hot loop: some rows of activations times a block of weights.
 *
 * Two ways give the same bits. A tile of 4 rows by 8 columns stays in registers: eight sums, two weights and one
 * activation, eleven of a browser's sixteen. Where many activations are exactly 0, as half of them are after a ReLU,
 * one row at a time skips the zeros, a slab wide: a sum begins at 0 and is never -0, so adding 0 or -0 changes no bit.
 * A single row also goes that way, as it would fill only a quarter of a tile. How weights are made is not known here,
 * and neither is blocking.
 */
#include "gemm.h"

#include <string.h>

#include "vec.h"

/* So many terms are summed one after the other, then added to the sum so far: the error of n terms grows like
 * sqrt(CHAIN) + sqrt(n / CHAIN), not like sqrt(n). */
enum { CHAIN = 64, HALF_SLAB = SLAB / 2 };

VEC_INLINE void chain(const float *a, size_t a_stride, size_t depth, const float *panel, float *z, size_t z_stride,
                      int accumulate) {
  f32x4 sum[TILE][2];
  for (int r = 0; r < TILE; r++) sum[r][0] = sum[r][1] = vec_set(0);
  const float *row[TILE]; /* stepped, not indexed: WebAssembly cannot add two registers in an address */
  for (int r = 0; r < TILE; r++) row[r] = a + (size_t)r * a_stride;
  for (const float *end = panel + depth * SLAB; panel < end; panel += SLAB) {
    f32x4 low = vec_load(panel), high = vec_load(panel + 4);
    for (int r = 0; r < TILE; r++) {
      f32x4 activation = vec_set(*row[r]++);
      sum[r][0] += activation * low;
      sum[r][1] += activation * high;
    }
  }
  for (int r = 0; r < TILE; r++) {
    for (int h = 0; h < 2; h++) {
      float *out = z + (size_t)r * z_stride + 4 * (size_t)h;
      vec_store(out, accumulate ? vec_load(out) + sum[r][h] : sum[r][h]);
    }
  }
}

/* The first `panels` panels of one slab, a chain of terms at a time: that much stays in the first-level cache for all
 * rows. */
static void dense(const source *activations, size_t rows, size_t depth, const float *slab, size_t panels,
                  const target *out, int accumulate) {
  const float *a = activations->values;
  float *z = out->values;
  size_t a_stride = activations->stride, z_stride = out->stride;
  for (size_t k = 0; k < depth; k += CHAIN) {
    size_t some = smaller(depth - k, CHAIN);
    for (size_t r = 0; r < rows; r += TILE) {
      for (size_t p = 0; p < panels; p++) {
        chain(a + r * a_stride + k, a_stride, some, slab + k * SLAB + p * PANEL, z + r * z_stride + p * PANEL, z_stride,
              accumulate || k > 0);
      }
    }
  }
}

/* an activation that is neither 0 nor -0, and where its weights begin in a slab */
typedef struct {
  float activation;
  uint32_t offset;
} term;

/* Lists the terms of a row's chain, four at a time: all four are written, and the next ones overwrite the zeros. */
static size_t list(const float *a, size_t depth, term *out) {
  const term *first = out;
  i32x4 offset = (i32x4){0, 1, 2, 3} * SLAB;
  size_t k = 0;
  for (; k + 4 <= depth; k += 4, offset += 4 * SLAB) {
    f32x4 v = vec_load(a + k);
    uint32_t bits = vec_mask_bits(v != vec_set(0));
    i32x4 activations = vec_compress(vec_bits(v), bits), offsets = vec_compress(offset, bits);
    i32x4 pairs[2] = {vec_interleave_low(activations, offsets), vec_interleave_high(activations, offsets)};
    memcpy(out, pairs, sizeof pairs);
    out += __builtin_popcount(bits);
  }
  for (; k < depth; k++) {
    *out = (term){a[k], (uint32_t)k * SLAB};
    out += a[k] != 0;
  }
  return (size_t)(out - first);
}

/* Half a slab: V8 up to 12.4 loads the weights of all sums before it multiplies, so eight sums would not stay in
 * registers. */
VEC_INLINE void sum_list(const term *from, size_t count, const float *slab, float *z, int accumulate) {
  enum { SUMS = HALF_SLAB / 4 };
  f32x4 sum[SUMS];
  for (int i = 0; i < SUMS; i++) sum[i] = vec_set(0);
  for (const term *end = from + count; from < end; from++) {
    f32x4 activation = vec_set(from->activation);
    const float *weights = slab + from->offset;
    for (int i = 0; i < SUMS; i++) sum[i] += activation * vec_load(weights + 4 * i);
  }
  for (int i = 0; i < SUMS; i++) vec_store(z + 4 * i, accumulate ? vec_load(z + 4 * i) + sum[i] : sum[i]);
}

static void sparse(const source *activations, size_t rows, size_t depth, const float *block, size_t slabs,
                   const target *out, int accumulate) {
  const float *a = activations->values;
  float *z = out->values;
  size_t a_stride = activations->stride, z_stride = out->stride;
  term terms[SOME_ROWS][CHAIN];
  size_t count[SOME_ROWS];
  for (size_t k = 0; k < depth; k += CHAIN) {
    for (size_t r = 0; r < rows; r++) count[r] = list(a + r * a_stride + k, smaller(depth - k, CHAIN), terms[r]);
    for (size_t s = 0; s < slabs; s++) {
      const float *slab = block + (s * BLOCK_ROWS + k) * SLAB;
      for (size_t r = 0; r < rows; r++) {
        float *sums = z + r * z_stride + s * SLAB;
        sum_list(terms[r], count[r], slab, sums, accumulate || k > 0);
        sum_list(terms[r], count[r], slab + HALF_SLAB, sums + HALF_SLAB, accumulate || k > 0);
      }
    }
  }
}

/* Do so many activations equal 0, three in ten, that skipping them pays? The first chain of every ninth row is counted; a
 * single row counts as all zeros. All in one sum: a branch for the single row makes the compiler clone the loops, and
 * V8 11 then takes an eighth longer. */
static int many_zeros(const float *a, size_t a_stride, size_t rows, size_t depth) {
  size_t zeros = 0, seen = 0;
  for (size_t r = 0; r < rows; r += 9) {
    for (size_t k = 0; k < smaller(depth, CHAIN); k++, seen++) zeros += a[r * a_stride + k] == 0;
  }
  return (zeros + (rows == 1) * seen) * 10 > seen * 3;
}

void gemm_block(const source *a, size_t rows, const weight_block *weights, const target *z, int accumulate) {
  const float *block = weights->values;
  size_t depth = weights->depth, panels = weights->panels, done = 0, slabs = panels / SLAB_PANELS;
  if (weights->finite && slabs > 0 && many_zeros(a->values, a->stride, rows, depth)) {
    sparse(a, rows, depth, block, slabs, z, accumulate);
    done = slabs * SLAB_PANELS;
  }
  for (size_t p = done; p < panels; p += SLAB_PANELS) {
    target out = {z->values + p * PANEL, z->stride};
    dense(a, rows, depth, block + panel_offset(p), smaller(panels - p, SLAB_PANELS), &out, accumulate);
  }
}
