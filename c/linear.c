/* linear.c: z = patches(a) W + b and its adjoints: what dense layers and convolutions have in common.
 *
 * Weights are drawn a block at a time, straight into the panels that the multiply reads, observed there, and forgotten;
 * going back they are drawn again, transposed. Where there is room for it, what was drawn is kept, before it was scaled,
 * for the way back and for a net that resumes: a larger one has but the rest to draw. Weights that are a matrix as a
 * whole (orthogonal, identity, sparse) are held, one layer at a time. What a patch is, is for conv.c; which layer comes
 * when, and what becomes of z, for net.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gemm.h"
#include "matrix.h"
#include "network.h"
#include "vec.h"

/* Whether all weights of layer l have been drawn, and were kept: those of a matrix are of no use before. */
static int has_kept(const net *n, uint32_t l) { return n->done >= l && n->kept[l - 1].values; }

/* makes the matrix of layer l, if its weights are one and another layer's is held */
static void hold_matrix(net *n, uint32_t l, const spread *of) {
  if (!is_matrix(of->distribution) || n->held == l || has_kept(n, l)) return;
  const layer *at = &n->layers[l - 1];
  size_t rows = weight_rows(at), cols = at->out.channels;
  noise_key key = {n->seed, l};
  target out = {n->matrix, stride_of(at->out.channels)};
  switch (of->distribution) {
    case DISTRIBUTION_ORTHOGONAL: matrix_orthogonal(key, rows, cols, of->parent, out, n->work); break;
    case DISTRIBUTION_SPARSE: matrix_sparse(key, rows, cols, at->weights.number, of->parent, out); break;
    default: matrix_identity(rows, cols, of->parent, out);
  }
  n->held = l;
}

/* rows x 8 numbers */
static void copy_panel(const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows) {
  for (size_t r = 0; r < rows; r++) memcpy(to + r * to_stride, from + r * from_stride, PANEL * sizeof *to);
}

/* rows x 8 numbers as they are scaled when they are drawn, to the last bit */
static void scale_panel(const float *from, float scale, float *to, size_t stride, size_t rows) {
  for (size_t r = 0; r < rows; r++, from += PANEL, to += stride) {
    vec_store(to, vec_load(from) * scale);
    vec_store(to + 4, vec_load(from + 4) * scale);
  }
}

/* The same as spread_draw, of weights whose numbers are kept: those that there are not yet are drawn there first. */
static void draw_kept(const net *n, uint32_t l, const spread *of, size_t row, size_t rows, size_t panel, float *out,
                      size_t stride) {
  const store *kept = &n->kept[l - 1];
  float scale, *from = store_at(kept, row, panel);
  spread unit = spread_unit(of, &scale);
  size_t known = panel < kept->drawn && row < kept->rows ? smaller(rows, kept->rows - row) : 0;
  strip unknown = {row + known, rows - known, panel};
  spread_draw(&unit, (noise_key){n->seed, l}, unknown, (panel + 1) * PANEL, (target){from + known * PANEL, PANEL});
  scale_panel(from, scale, out, stride, rows);
  clear_columns((target){out, stride}, rows, n->layers[l - 1].out.channels - panel * PANEL);
}

/* rows x 8 weights from (row, first column of panel `panel`) on */
static void draw_panel(const net *n, uint32_t l, const spread *of, size_t row, size_t rows, size_t panel, float *out,
                       size_t stride) {
  uint32_t cols = n->layers[l - 1].out.channels;
  const store *kept = &n->kept[l - 1]; /* which may be a smaller layer's */
  if (n->held == l) {
    copy_panel(n->matrix + row * stride_of(cols) + panel * PANEL, stride_of(cols), out, stride, rows);
  } else if (is_matrix(of->distribution)) {
    copy_panel(store_at(kept, row, panel), PANEL, out, stride, rows);
  } else if (kept->values && row + rows <= kept->height && panel < kept->panels) {
    draw_kept(n, l, of, row, rows, panel, out, stride);
  } else {
    spread_draw(of, (noise_key){n->seed, l}, (strip){row, rows, panel}, cols, (target){out, stride});
  }
}

/* Columns of one group that go through the multiply together: `count` panels from `panel` on, of which columns `from`
 * to `to` are meant. A panel that holds columns of two groups goes alone, and its product is copied from a tile. */
typedef struct {
  size_t group, from, to, panel, count;
  int shared; /* whether its panels hold columns of other groups */
} columns;

static columns columns_at(const layer *of, size_t from) {
  size_t cols = of->out.channels / of->groups, end = (from / cols + 1) * cols;
  int shared = of->groups > 1 && cols % PANEL != 0;
  size_t panel = from / PANEL;
  size_t to = smaller(end, (panel + (shared ? 1 : BLOCK_PANELS)) * PANEL);
  return (columns){from / cols, from, to, panel, round_up(to, PANEL) / PANEL - panel, shared};
}

size_t linear_block_end(const layer *of, size_t from) { return columns_at(of, from).to; }

/* adds a product's columns that are meant to rows `row` and on of a tensor, or puts them there */
static void take_columns(const columns *of, const float *tile, size_t rows, float *to, size_t stride, int add) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = of->from; c < of->to; c++) {
      float product = tile[r * PANEL + c - of->panel * PANEL];
      to[r * stride + c] = add ? to[r * stride + c] + product : product;
    }
  }
}

/* rows x depth of `a` times n->block, which may hold no infinity if `finite`, to or onto the block's columns of `to` */
static void multiply(net *n, const columns *of, const float *a, size_t a_stride, size_t rows, size_t depth, int finite,
                     float *to, size_t stride, int add) {
  if (!of->shared) {
    weight_block weights = {n->block, depth, of->count, finite};
    gemm_block((source){a, a_stride}, rows, &weights, (target){to + of->panel * PANEL, stride}, add);
    return;
  }
  weight_block weights = {n->block, depth, 1, finite};
  gemm_block((source){a, a_stride}, rows, &weights, (target){n->tile, PANEL}, 0);
  take_columns(of, n->tile, rows, to, stride, add);
}

/* Whether z holds what the product is added to: every row of it becomes the biases, if there are any. Nothing else ever
 * writes what lies between the columns of shared panels and the stride, so that begins at 0. */
static int begin_z(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  spread bias = bias_of(n, l);
  int biased = bias.mean != 0 || bias.std != 0;
  if (!biased && of->groups == 1) return 0;
  size_t stride = stride_of(of->out.channels);
  for (size_t p = 0; p < stride / PANEL; p++) {
    noise_key key = {n->seed, STREAM_BIAS + l};
    spread_draw(&bias, key, (strip){0, 1, p}, of->out.channels, (target){n->bias + p * PANEL, PANEL});
  }
  for (size_t r = 0; r < rows_of(n, &of->out); r++) memcpy(n->z[l - 1] + r * stride, n->bias, stride * sizeof(float));
  return 1;
}

/* Makes room for what layer l draws, beside what was kept of it; there is none if there is no memory. */
static void make_room(net *n, uint32_t l) {
  store *kept = &n->kept[l - 1], grown = store_of(n, &n->layers[l - 1]);
  if (kept->values && kept->height >= grown.height && kept->panels >= grown.panels) return;
  grown.values = malloc((size_t)store_floats(&grown) * sizeof *grown.values);
  if (grown.values && kept->values) {
    grown.rows = smaller(kept->rows, grown.height);
    grown.drawn = smaller(kept->drawn, grown.panels);
    for (size_t p = 0; p < grown.drawn; p++)
      memcpy(store_at(&grown, 0, p), store_at(kept, 0, p), grown.rows * PANEL * sizeof *grown.values);
  }
  free(kept->values);
  *kept = grown.values ? grown : (store){0};
}

/* All that layer l draws has been drawn, and all of it is kept unless the store is a smaller layer's, which had no room
 * to grow; more may have been drawn, for a larger layer. */
static void note_drawn(net *n, uint32_t l) {
  store *kept = &n->kept[l - 1];
  size_t rows = weight_rows(&n->layers[l - 1]), panels = stride_of(n->layers[l - 1].out.channels) / PANEL;
  if (kept->height < rows || kept->panels < panels || (kept->rows >= rows && kept->drawn >= panels)) return;
  kept->rows = rows;
  kept->drawn = panels;
}

void linear_begin(net *n, uint32_t l) {
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  if (l <= n->keeps && of.distribution != DISTRIBUTION_CONSTANT) make_room(n, l);
  n->biased = begin_z(n, l);
  n->row = n->column = 0;
  tally_begin(n, n->layers[l - 1].out.channels, (double)-INFINITY, (double)INFINITY);
}

/* rows k .. k + depth - 1 of the block's panels, kept where there is a place, and observed but for the columns of other
 * groups */
static void draw_block(net *n, uint32_t l, const spread *of, const columns *at, size_t k, size_t depth) {
  for (size_t i = 0; i < at->count; i++) {
    float *panel = n->block + panel_offset(i);
    size_t first = (at->panel + i) * PANEL, from = at->from > first ? at->from : first;
    draw_panel(n, l, of, k, depth, at->panel + i, panel, SLAB);
    if (is_matrix(of->distribution) && n->kept[l - 1].values)
      copy_panel(panel, SLAB, store_at(&n->kept[l - 1], k, at->panel + i), PANEL, depth);
    if (!observes(&n->layers[l - 1], TENSOR_WEIGHTS)) continue;
    stats_add(&n->tally, panel + from - first, depth, smaller(at->to, first + PANEL) - from, SLAB, n->alive + from);
  }
}

/* So many, in whole blocks and at least one, that a part takes some hundredths of a second: 2^28 products, of which a
 * weight that is drawn and observed takes as long as DRAWN. */
size_t linear_part_rows(const net *n, const layer *of) {
  enum { PRODUCTS = 1 << 28, DRAWN = 160 };
  size_t blocks = PRODUCTS / BLOCK_FLOATS / (rows_of(n, &of->out) + DRAWN); /* size_t may have 32 bits */
  return BLOCK_ROWS * (blocks > 0 ? blocks : 1);
}

void linear_part(net *n, uint32_t l) {
  const layer *at = &n->layers[l - 1];
  spread of = weights_of(n, l);
  columns these = columns_at(at, n->column);
  size_t fan_in = weight_rows(at), rows = rows_of(n, &at->out), stride = stride_of(at->out.channels);
  size_t end = smaller(fan_in, n->row + linear_part_rows(n, at));
  for (size_t k = n->row, depth; k < end; k += depth) {
    depth = smaller(end - k, BLOCK_ROWS);
    draw_block(n, l, &of, &these, k, depth);
    for (size_t row = 0; row < rows; row += SOME_ROWS) {
      size_t some = smaller(rows - row, SOME_ROWS), a_stride;
      const float *a = patches_read(n, at, n->a, (uint32_t)these.group, row, some, k, depth, &a_stride);
      multiply(n, &these, a, a_stride, some, depth, 1, n->z[l - 1] + row * stride, stride, n->biased || k > 0);
    }
  }
  n->row = end < fan_in ? end : 0;
  if (n->row == 0) n->column = (uint32_t)these.to;
  if (n->column == at->out.channels) note_drawn(n, l);
}

/* W^T, into a block: its columns are `rows` rows of W from `row` on, then zeros to the end of a panel, and its rows are
 * columns `from` to `to` - 1 */
static void draw_transposed(const net *n, uint32_t l, const spread *of, size_t row, size_t rows, size_t from, size_t to,
                            float *block) {
  float drawn[BLOCK_PANELS * PANEL][PANEL] = {{0}};
  for (size_t panel = from / PANEL; panel * PANEL < to; panel++) {
    size_t first = panel * PANEL, end = smaller(to, first + PANEL);
    draw_panel(n, l, of, row, rows, panel, drawn[0], PANEL);
    for (size_t r = 0; r < rows; r += PANEL) {
      float *out = block + panel_offset(r / PANEL);
      for (size_t c = from > first ? from : first; c < end; c++) {
        for (size_t i = 0; i < PANEL; i++) out[(c - from) * SLAB + i] = drawn[r + i][c - first];
      }
    }
  }
}

/* what columns from .. to - 1 of group `group` pass back to patches' numbers k .. k + numbers - 1 */
static void pass_back(net *n, uint32_t l, const spread *of, size_t group, size_t from, size_t to, size_t k,
                      size_t numbers, const float *deltas, float *images, int add) {
  const layer *at = &n->layers[l - 1];
  size_t rows = rows_of(n, &at->out), stride = stride_of(at->out.channels), below = stride_of(at->in.channels);
  size_t panels = round_up(numbers, PANEL) / PANEL, tile_stride = panels * PANEL;
  draw_transposed(n, l, of, k, numbers, from, to, n->block);
  for (size_t row = 0; row < rows; row += SOME_ROWS) {
    size_t some = smaller(rows - row, SOME_ROWS);
    source delta = {deltas + row * stride + from, stride};
    weight_block weights = {n->block, to - from, panels, 1};
    if (is_pointwise(at) && at->groups == 1) {
      gemm_block(delta, some, &weights, (target){images + row * below + k, below}, add);
      continue;
    }
    gemm_block(delta, some, &weights, (target){n->tile, tile_stride}, 0);
    patches_add(at, images, (uint32_t)group, row, some, k, numbers, n->tile, tile_stride);
  }
}

void linear_backward(net *n, uint32_t l, const float *deltas, float *to) {
  const layer *at = &n->layers[l - 1];
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  size_t cols = at->out.channels / at->groups, fan_in = weight_rows(at), most = BLOCK_PANELS * PANEL;
  memset(to, 0, rows_held(n, &at->in) * stride_of(at->in.channels) * sizeof *to);
  for (size_t group = 0; group < at->groups; group++) {
    for (size_t k = 0; k < fan_in; k += most) {
      for (size_t c = 0; c < cols; c += BLOCK_ROWS) {
        size_t from = group * cols + c, end = from + smaller(cols - c, BLOCK_ROWS);
        pass_back(n, l, &of, group, from, end, k, smaller(fan_in - k, most), deltas, to, c > 0);
      }
    }
  }
}

/* (depth, rows) patches, turned into (rows, BLOCK_ROWS) */
static void turn(const float *patches, size_t stride, size_t depth, size_t rows, float *out) {
  for (size_t i = 0; i < depth; i++) {
    for (size_t r = 0; r < rows; r++) out[r * BLOCK_ROWS + i] = patches[i * stride + r];
  }
}

void linear_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas) {
  const layer *at = &n->layers[l - 1];
  size_t stride = stride_of(at->out.channels), all = rows_of(n, &at->out), cols = at->out.channels / at->groups;
  int finite = n->summaries[TENSOR_DELTAS].values[SUMMARY_NONFINITE] == 0;
  for (size_t group = 0; group < at->groups; group++) {
    for (size_t b = 0, some; b < all; b += some) {
      some = smaller(all - b, BLOCK_ROWS);
      size_t a_stride;
      const float *a = patches_read(n, at, n->a, (uint32_t)group, b, some, row, rows, &a_stride);
      turn(a, a_stride, some, rows, n->turned);
      for (size_t c = group * cols; c < (group + 1) * cols;) {
        columns these = columns_at(at, c);
        for (size_t i = 0; i < these.count; i++) {
          copy_panel(deltas + b * stride + (these.panel + i) * PANEL, stride, n->block + panel_offset(i), SLAB, some);
        }
        multiply(n, &these, n->turned, BLOCK_ROWS, rows, some, finite, n->some, stride, b > 0);
        c = these.to;
      }
    }
  }
}

void linear_weight_rows(net *n, uint32_t l, size_t row, size_t rows) {
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  size_t stride = stride_of(n->layers[l - 1].out.channels);
  for (size_t p = 0; p < stride / PANEL; p++) draw_panel(n, l, &of, row, rows, p, n->some + p * PANEL, stride);
}
