/* layout.h: how numbers lie in memory: panels, tiles and blocks, and rows with a stride.
 *
 * Sizes are size_t. The random generator counts in uint32_t. A stride is a multiple of 8, in floats; what lies between
 * the last column and the stride is allocated but has no meaning. This file knows no network: see network.h.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  PANEL = 8, /* columns that are drawn and multiplied together */
  TILE = 4, /* rows that are multiplied together */
  SOME_ROWS = 64, /* rows that are packed together; the most rows of weights or gradients that a caller gets at once */
  /* A block of weights is drawn together: slabs of (BLOCK_ROWS, SLAB), 128 KiB, which a second-level cache holds. */
  SLAB_PANELS = 4,
  SLAB = SLAB_PANELS * PANEL,
  BLOCK_ROWS = 256,
  BLOCK_PANELS = 32,
  BLOCK_FLOATS = BLOCK_ROWS * BLOCK_PANELS * PANEL
};

/* rows of floats to read, or to write: row r begins at values + r * stride */
typedef struct {
  const float *values;
  size_t stride;
} source;

typedef struct {
  float *values;
  size_t stride;
} target;

/* the part of a matrix that is drawn at once: rows `row` to row + rows - 1 of columns 8 panel to 8 panel + 7 */
typedef struct {
  size_t row, rows, panel;
} strip;

static inline size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }
static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* where panel p of a block begins; its rows are SLAB floats apart */
static inline size_t panel_offset(size_t p) { return p / SLAB_PANELS * BLOCK_ROWS * SLAB + p % SLAB_PANELS * PANEL; }

/* copies `rows` rows of PANEL floats */
static inline void copy_panel(const float *from, size_t from_stride, size_t rows, float *to, size_t to_stride) {
  for (size_t r = 0; r < rows; r++) memcpy(to + r * to_stride, from + r * from_stride, PANEL * sizeof *to);
}

/* clears the gap of each row, from the last column to the stride */
static inline void clear_gaps(float *x, size_t rows, size_t cols, size_t stride) {
  for (size_t r = 0; r < rows && cols < stride; r++) memset(x + r * stride + cols, 0, (stride - cols) * sizeof *x);
}

/* copies a row of so many floats, a multiple of PANEL; for most rows a call of memcpy takes longer */
static inline void copy_row(const float *from, size_t stride, float *to) {
  copy_panel(from, PANEL, stride / PANEL, to, PANEL);
}

#endif
