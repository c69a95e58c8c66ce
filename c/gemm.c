/* gemm.c: the hot loop: a few rows of activations times panels of weights that were just drawn.
 *
 * A tile of 4 rows by 8 columns is held in registers (eight sums, two weights, one activation: eleven of the sixteen
 * that a browser has). It knows nothing of how the panels came about, nor of blocking: the caller keeps them small
 * enough for cache.
 */
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
  for (const float *end = panel + depth * PANEL; panel < end; panel += PANEL) {
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

static void tile(const float *a, size_t a_stride, size_t depth, const float *panel, float *z, size_t z_stride,
                 int accumulate) {
  for (size_t k = 0; k < depth; k += CHAIN) {
    chain(a + k, a_stride, smaller(depth - k, CHAIN), panel + k * PANEL, z, z_stride, accumulate || k > 0);
  }
}

void gemm_panels(const float *a, size_t a_stride, size_t rows, size_t depth, const float *panels, size_t panel_stride,
                 size_t panel_count, float *z, size_t z_stride, int accumulate) {
  for (size_t r = 0; r < rows; r += TILE) {
    for (size_t p = 0; p < panel_count; p++) {
      tile(a + r * a_stride, a_stride, depth, panels + p * panel_stride, z + r * z_stride + p * PANEL, z_stride,
           accumulate);
    }
  }
}
