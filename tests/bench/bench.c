/* bench.c: the engine's inner loops by themselves. build/bench.wasm holds them beside the whole engine.
 *
 * Nothing here takes times: the caller does. All work is on static buffers, so that no measurement includes an
 * allocation. Each function leaves its results where the compiler must assume that somebody reads them. Only the
 * blocking of the product is copied, from linear.c, where it is interleaved with drawing the weights.
 */
#include <malloc.h>

#include "gemm.h"
#include "network.h"
#include "vec.h"

enum { MOST_WIDTH = 2048, MOST_BATCH = 256, VALUES = MOST_BATCH * MOST_WIDTH, STATS_COLS = 512, CEILING_ROWS = 3 };

static float a[VALUES], z[VALUES], panels[MOST_WIDTH * MOST_WIDTH];
static float drawn[BLOCK_ROWS * BLOCK_PANELS * PANEL];
static uint32_t alive[STATS_COLS];
static stats tally;

float *bench_a(void) { return a; }
float *bench_z(void) { return z; }
float *bench_panels(void) { return panels; }
float *bench_drawn(void) { return drawn; }

static void fill(float *to, size_t values) {
  for (size_t i = 0; i < values; i += BLOCK_ROWS * PANEL) {
    strip part = {0, BLOCK_ROWS, i / (BLOCK_ROWS * PANEL)};
    rng_normal(&(noise_key){1, 1}, &part, 1, &(target){to + i, PANEL});
  }
}

/* fills `a` and the panels with normals; call it first */
void bench_begin(void) {
  fill(a, VALUES);
  fill(panels, MOST_WIDTH * MOST_WIDTH);
}

/* z = a W, `times` times, in the blocks of linear_part. W is already packed, block after block.
 *   batch  at most MOST_BATCH
 *   depth  at most MOST_WIDTH, a multiple of BLOCK_ROWS
 *   cols   at most MOST_WIDTH, a multiple of BLOCK_PANELS * PANEL */
void bench_multiply(uint32_t batch, uint32_t depth, uint32_t cols, uint32_t times) {
  size_t wide = BLOCK_PANELS * PANEL;
  for (uint32_t t = 0; t < times; t++) {
    const float *block = panels;
    for (size_t c = 0; c < cols; c += wide) {
      for (size_t k = 0, some; k < depth; k += some, block += some * wide) {
        some = smaller(depth - k, BLOCK_ROWS);
        for (size_t row = 0; row < batch; row += SOME_ROWS) {
          weight_block weights = {block, some, BLOCK_PANELS, 1};
          source rows = {a + row * depth + k, depth};
          gemm_block(&rows, smaller(batch - row, SOME_ROWS), &weights, &(target){z + row * cols + c, cols}, k > 0);
        }
      }
    }
  }
}

/* draws a block of BLOCK_ROWS by BLOCK_PANELS panels as linear.c does, `times` times, each time other numbers */
#define DRAW(name, draw)                                                                                               \
  void name(uint32_t seed, uint32_t times) {                                                                           \
    for (uint32_t t = 0; t < times; t++) {                                                                             \
      for (size_t p = 0; p < BLOCK_PANELS; p++) {                                                                      \
        draw(&(noise_key){seed, t}, &(strip){0, BLOCK_ROWS, p}, 1, &(target){drawn + p * BLOCK_ROWS * PANEL, PANEL});  \
      }                                                                                                                \
    }                                                                                                                  \
  }
DRAW(bench_normal, rng_normal)
DRAW(bench_uniform, rng_uniform)
#undef DRAW
uint32_t bench_draw_values(void) { return BLOCK_ROWS * BLOCK_PANELS * PANEL; }

/* moments and histogram of MOST_BATCH x STATS_COLS normals, `times` times, in tiles of rows x cols */
void bench_stats(uint32_t rows, uint32_t cols, uint32_t times) {
  for (uint32_t t = 0; t < times; t++) {
    stats_begin(&tally, -1, 1);
    for (size_t c = 0; c < STATS_COLS; c += cols) {
      for (size_t r = 0; r < MOST_BATCH; r += rows) {
        stats_add(&tally, a + r * STATS_COLS + c * rows, rows, cols, cols, alive + c);
      }
    }
  }
}
uint32_t bench_stats_values(void) { return MOST_BATCH * STATS_COLS; }

/* how many values the last bench_stats() counted */
uint32_t bench_stats_counted(void) {
  uint32_t counted = 0;
  for (int lane = 0; lane < 4; lane++) {
    for (int bin = 0; bin < BINS; bin++) counted += tally.counts[lane][bin];
  }
  return counted;
}

/* Multiplies and adds a tile without touching memory: the machine's ceiling. Of the shapes that we tried this one is
 * the fastest; it needs fewer registers than there are. The two weights swap places each time, so that the compiler
 * cannot move the products out of the loop. Returns the sum of all sums. They stay small: each step takes off what the
 * one before added. */
float bench_ceiling(float factor, uint32_t times) {
  f32x4 x[CEILING_ROWS], sum[CEILING_ROWS][2], low = vec_set(factor), high = vec_set(-factor);
  for (int r = 0; r < CEILING_ROWS; r++) {
    x[r] = vec_set((float)r);
    sum[r][0] = sum[r][1] = vec_set(0);
  }
  for (uint32_t t = 0; t < times; t++) {
    for (int r = 0; r < CEILING_ROWS; r++) {
      sum[r][0] += x[r] * low;
      sum[r][1] += x[r] * high;
    }
    f32x4 other = low;
    low = high;
    high = other;
  }
  f32x4 all = vec_set(0);
  for (int r = 0; r < CEILING_ROWS; r++) all += sum[r][0] + sum[r][1];
  return all[0] + all[1] + all[2] + all[3];
}
uint32_t bench_ceiling_flops(void) { return CEILING_ROWS * 2 * 4 * 2; }

/* the bytes that a started network holds */
uint32_t bench_net_bytes(const net *n) { return (uint32_t)(sizeof *n + malloc_usable_size(n->memory)); }

/* the size of the largest block that can still be allocated, to within 1 KiB; it shrinks over many runs if they leak */
uint32_t bench_largest_free(void) {
  size_t fits = 0, beyond = (size_t)1 << 30;
  while (beyond - fits > 1024) {
    size_t middle = fits + (beyond - fits) / 2;
    void *volatile block = malloc(middle);
    *(block ? &fits : &beyond) = middle;
    free(block);
  }
  return (uint32_t)fits;
}
