/* gemm.c: skipping activations that are 0 changes no bit of a product.
 *
 * Both ways of multiplying are compared with plain sums in the same order. Whether such sums are accurate enough is
 * checked for whole networks, against double precision, in tests/js.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/gemm.h"
#include "../../c/rng.h"
#include "check.h"

enum { CHAIN = 64, COLS = BLOCK_PANELS * PANEL };

static float a[SOME_ROWS * BLOCK_ROWS], block[BLOCK_ROWS * COLS], z[SOME_ROWS * COLS], begun[SOME_ROWS * COLS];

/* normals; a share of them becomes 0, and every other of those -0 */
static void fill(uint32_t seed, double share) {
  for (size_t p = 0; p < BLOCK_ROWS / PANEL; p++) {
    rng_normal(&(noise_key){seed, 1}, &(strip){0, SOME_ROWS, p}, 1, &(target){a + p * PANEL, BLOCK_ROWS});
  }
  for (size_t p = 0; p < BLOCK_PANELS; p++) {
    rng_normal(&(noise_key){seed, 2}, &(strip){0, BLOCK_ROWS, p}, 1, &(target){block + panel_offset(p), SLAB});
    rng_normal(&(noise_key){seed, 3}, &(strip){0, SOME_ROWS, p}, 1, &(target){begun + p * PANEL, COLS});
  }
  srand(seed);
  for (size_t i = 0; i < sizeof a / sizeof *a; i++) {
    if (rand() < share * RAND_MAX) a[i] = i % 2 ? -0.0f : 0.0f;
  }
}

/* one number of the product, term by term */
static float plainly(size_t r, size_t c, size_t depth, int accumulate) {
  float all = begun[r * COLS + c];
  for (size_t k = 0; k < depth; k += CHAIN) {
    float sum = 0;
    for (size_t i = k; i < smaller(depth, k + CHAIN); i++) {
      float product = a[r * BLOCK_ROWS + i] * block[panel_offset(c / PANEL) + i * SLAB + c % PANEL];
      sum += product;
    }
    all = accumulate || k > 0 ? all + sum : sum;
  }
  return all;
}

static void multiply(size_t rows, size_t depth, size_t panels, int finite, int accumulate) {
  weight_block weights = {block, depth, panels, finite};
  gemm_block(&(source){a, BLOCK_ROWS}, rows, &weights, &(target){z, COLS}, accumulate);
}

static size_t differing(size_t rows, size_t depth, size_t panels, int finite, int accumulate) {
  memcpy(z, begun, sizeof z);
  multiply(rows, depth, panels, finite, accumulate);
  size_t differ = 0;
  for (size_t r = 0; r < SOME_ROWS; r++) {
    if (r >= rows && r < round_up(rows, TILE)) continue; /* these rows have no meaning */
    for (size_t c = 0; c < COLS; c++) {
      int meant = r < rows && c < panels * PANEL;
      float expected = meant ? plainly(r, c, depth, accumulate) : begun[r * COLS + c];
      differ += memcmp(&expected, &z[r * COLS + c], sizeof expected) != 0;
    }
  }
  return differ;
}

int main(void) {
  static const size_t sizes[][3] = {{64, 256, 32}, {64, 256, 7}, {4, 1, 4},  {12, 65, 5}, {60, 64, 31},
                                    {8, 63, 3},    {1, 256, 32}, {1, 65, 7}, {2, 64, 4},  {61, 63, 5}};
  static const double shares[] = {0, 0.2, 0.5, 0.97, 1};
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
    size_t differ = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      for (int how = 0; how < 4; how++) {
        fill((uint32_t)(100 * i + s), shares[i]);
        differ += differing(sizes[s][0], sizes[s][1], sizes[s][2], how & 1, how >> 1);
      }
    }
    CHECK(differ == 0, "each number is the same sum, whether zeros are skipped or not", "%g zeros, %zu differ",
          shares[i], differ);
  }
  fill(9, 0.5);
  a[3] = NAN;
  a[BLOCK_ROWS + 5] = INFINITY;
  multiply(4, 256, 4, 1, 0);
  CHECK(isnan(z[0]) && !isfinite(z[COLS]) && isfinite(z[2 * COLS]), "activations that are not finite are not skipped",
        "%g, %g, %g", (double)z[0], (double)z[COLS], (double)z[2 * COLS]);
  fill(9, 0.5);
  a[7] = 0;
  block[7 * SLAB] = INFINITY;
  multiply(4, 256, 4, 0, 0);
  CHECK(isnan(z[0]) && isfinite(z[1]), "0 times infinity is NaN where the block may not be finite", "%g, %g",
        (double)z[0], (double)z[1]);
  return check_failures != 0;
}
