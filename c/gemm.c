/* gemm.c: the hot loop: some rows of activations times a block of weights that was just drawn.
 *
 * Where all are to be multiplied, a tile of 4 rows by 8 columns is held in registers (eight sums, two weights, one
 * activation: eleven of the sixteen that a browser has). Where many activations are exactly 0, as half of them are
 * after a ReLU, a row goes by itself, a slab wide, past all that are 0: a sum begins at 0 and never is -0, so that to add
 * 0 or -0 changes no bit of it. So does a single row, of which a tile would have but a quarter to do.
 * It knows nothing of how the weights came about, nor of blocking: the caller keeps blocks small enough for cache.
 */
#include <string.h>

#include "internal.h"
#include "vec.h"

/* Terms that are summed one after the other, before their sum goes to those before: the error of a sum of n terms then
 * grows like sqrt(CHAIN) + sqrt(n / CHAIN), and not like sqrt(n). */
enum { CHAIN = 64 };

VEC_INLINE void chain(const float *a, size_t a_stride, size_t depth, const float *panel, float *z, size_t z_stride,
                      int accumulate) {
  f32x4 sum[TILE][2];
  for (int r = 0; r < TILE; r++) sum[r][0] = sum[r][1] = vec_set(0);
  const float *row[TILE]; /* stepped, and not indexed: WebAssembly has no address of two registers */
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
      float *at = z + (size_t)r * z_stride + 4 * (size_t)h;
      vec_store(at, accumulate ? vec_load(at) + sum[r][h] : sum[r][h]);
    }
  }
}

/* Panels of one slab from `first` on, a chain at a time, which stays in the first-level cache for all rows. */
static void dense(const float *a, size_t a_stride, size_t rows, size_t depth, const float *slab, size_t panels,
                  float *z, size_t z_stride, int accumulate) {
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

/* an activation that is not 0 (nor -0), and where its weights begin in a slab */
typedef struct {
  float activation;
  uint32_t at;
} term;

/* The terms of a row's chain, four at a time: all are written, and those of zeros are written over by the next. */
static size_t list(const float *a, size_t depth, term *out) {
  const term *first = out;
  i32x4 at = (i32x4){0, 1, 2, 3} * SLAB;
  size_t k = 0;
  for (; k + 4 <= depth; k += 4, at += 4 * SLAB) {
    f32x4 v = vec_load(a + k);
    uint32_t bits = vec_mask_bits(v != vec_set(0));
    i32x4 activations = vec_compress(vec_bits(v), bits), places = vec_compress(at, bits);
    i32x4 pairs[2] = {vec_interleave_low(activations, places), vec_interleave_high(activations, places)};
    memcpy(out, pairs, sizeof pairs);
    out += __builtin_popcount(bits);
  }
  for (; k < depth; k++) {
    *out = (term){a[k], (uint32_t)k * SLAB};
    out += a[k] != 0;
  }
  return (size_t)(out - first);
}

VEC_INLINE void sum_list(const term *from, size_t count, const float *slab, float *z, int accumulate) {
  enum { SUMS = SLAB / 4 };
  f32x4 sum[SUMS];
  for (int i = 0; i < SUMS; i++) sum[i] = vec_set(0);
  for (const term *end = from + count; from < end; from++) {
    f32x4 activation = vec_set(from->activation);
    const float *weights = slab + from->at;
    for (int i = 0; i < SUMS; i++) sum[i] += activation * vec_load(weights + 4 * i);
  }
  for (int i = 0; i < SUMS; i++) vec_store(z + 4 * i, accumulate ? vec_load(z + 4 * i) + sum[i] : sum[i]);
}

static void sparse(const float *a, size_t a_stride, size_t rows, size_t depth, const float *block, size_t slabs,
                   float *z, size_t z_stride, int accumulate) {
  term terms[SOME_ROWS][CHAIN];
  size_t count[SOME_ROWS];
  for (size_t k = 0; k < depth; k += CHAIN) {
    for (size_t r = 0; r < rows; r++) count[r] = list(a + r * a_stride + k, smaller(depth - k, CHAIN), terms[r]);
    for (size_t s = 0; s < slabs; s++) {
      const float *slab = block + (s * BLOCK_ROWS + k) * SLAB;
      for (size_t r = 0; r < rows; r++)
        sum_list(terms[r], count[r], slab, z + r * z_stride + s * SLAB, accumulate || k > 0);
    }
  }
}

/* Whether so many are 0, a fifth, that it pays to pass them by, of every ninth row's first chain; of a single row all are
 * taken for such. In one sum: a branch for it has the compiler clone the loops, and V8 11 then took an eighth longer. */
static int many_zeros(const float *a, size_t a_stride, size_t rows, size_t depth) {
  size_t zeros = 0, seen = 0;
  for (size_t r = 0; r < rows; r += 9) {
    for (size_t k = 0; k < smaller(depth, CHAIN); k++, seen++) zeros += a[r * a_stride + k] == 0;
  }
  return (zeros + (rows == 1) * seen) * 5 > seen;
}

void gemm_block(const float *a, size_t a_stride, size_t rows, size_t depth, const float *block, size_t panels,
                int finite, float *z, size_t z_stride, int accumulate) {
  size_t passed = 0, slabs = panels / SLAB_PANELS;
  if (finite && slabs > 0 && many_zeros(a, a_stride, rows, depth)) {
    sparse(a, a_stride, rows, depth, block, slabs, z, z_stride, accumulate);
    passed = slabs * SLAB_PANELS;
  }
  for (size_t p = passed; p < panels; p += SLAB_PANELS) {
    dense(a, a_stride, rows, depth, block + panel_at(p), smaller(panels - p, SLAB_PANELS), z + p * PANEL, z_stride,
          accumulate);
  }
}
