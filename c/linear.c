/* linear.c: products with the weights of a layer, forward and back, a block at a time.
 *
 * Weights are drawn straight into the panels that the multiply reads, observed there, and forgotten. On the way back
 * they are drawn again, transposed. Activations and losses are not known here; the multiply itself is in gemm.c.
 */
#include "linear.h"

#include <string.h>

#include "conv.h"
#include "gemm.h"
#include "kept.h"
#include "layer.h"
#include "observe.h"
#include "turn.h"
#include "weights.h"

/* Columns of one group that go through the multiply together, `from` to to - 1, in the panels of `weights` from `panel`
 * on. A panel that holds columns of two groups goes alone, and its product is copied from a tile. */
typedef struct {
  size_t group, from, to, panel;
  int shared; /* do these panels hold columns of other groups? */
  weight_block weights; /* its depth and whether it is finite are up to the caller */
} columns;

static columns columns_from(const layer_shape *shape, size_t from, const float *block) {
  size_t cols = shape->out.channels / shape->groups, end = (from / cols + 1) * cols;
  int shared = shape->groups > 1 && cols % PANEL != 0;
  size_t panel = from / PANEL, to = smaller(end, (panel + (shared ? 1 : BLOCK_PANELS)) * PANEL);
  weight_block weights = {.values = block, .panels = round_up(to, PANEL) / PANEL - panel};
  return (columns){from / cols, from, to, panel, shared, weights};
}

size_t linear_block_end(const layer_shape *shape, size_t from) { return columns_from(shape, from, NULL).to; }

/* adds the columns that are meant of a product in a tile to rows of a tensor, or puts them there */
static void take_columns(const columns *these, const float *tile, size_t rows, const target *out, int add) {
  for (size_t r = 0; r < rows; r++) {
    float *row = out->values + r * out->stride;
    for (size_t c = these->from; c < these->to; c++) {
      float product = tile[r * PANEL + c - these->panel * PANEL];
      row[c] = add ? row[c] + product : product;
    }
  }
}

/* rows of `a` times the columns' weights, to or onto these columns of `out` */
static void multiply(net *n, const columns *these, const source *a, size_t rows, const target *out, int add) {
  if (!these->shared) {
    gemm_block(a, rows, &these->weights, &(target){out->values + these->panel * PANEL, out->stride}, add);
    return;
  }
  gemm_block(a, rows, &these->weights, &(target){n->tile, PANEL}, 0);
  take_columns(these, n->tile, rows, out, add);
}

/* Writes the biases to every row of z, if there are any. Returns 1 if the product must be added to z. With groups it
 * always must: where they share panels the product writes single columns, and this sets the rest of the stride to 0. */
static int begin_z(net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  spread bias = layer_bias(n, l);
  int biased = bias.mean != 0 || bias.std != 0 || n->stored[l - 1];
  if (!biased && shape->groups == 1) return 0;
  size_t stride = stride_of(shape->out.channels);
  weights_biases(n, l, n->bias);
  for (size_t r = 0; r < rows_of(n, &shape->out); r++) copy_row(n->bias, stride, n->z[l - 1] + r * stride);
  return 1;
}

void linear_begin(net *n, uint32_t l) {
  spread weights = weights_prepare(n, l);
  if (l <= n->keeps && weights.distribution != DISTRIBUTION_CONSTANT) kept_make_room(n, l);
  n->biased = begin_z(n, l);
  n->row = n->column = 0;
  observe_begin(n, n->layers[l - 1].shape.out.channels);
}

/* Draws rows k to k + depth - 1 of these columns into the block, and observes them: each weight once, so without the
 * columns of other groups. */
static void draw_block(net *n, uint32_t l, const spread *weights, const columns *these, size_t k) {
  size_t depth = these->weights.depth;
  for (size_t i = 0; i < these->weights.panels; i++) {
    float *panel = n->block + panel_offset(i);
    strip part = {k, depth, these->panel + i};
    weights_panel(n, l, weights, &part, &(target){panel, SLAB});
    weights_keep(n, l, weights, &part, &(source){panel, SLAB});
    if (!observes(n, l, TENSOR_WEIGHTS)) continue;
    size_t first = part.panel * PANEL, from = larger(these->from, first), to = smaller(these->to, first + PANEL);
    observe_tile(n, &(source){panel + from - first, SLAB}, depth, from, to - from);
  }
}

/* how many blocks of so many weights make a part, at least one; drawing a weight takes as long as DRAWN products */
static size_t blocks_of_part(const net *n, const layer_shape *shape, size_t weights) {
  enum { DRAWN = 160 };
  return larger(1, PART_PRODUCTS / weights / (rows_of(n, &shape->out) + DRAWN)); /* in this order, for 32 bits */
}

size_t linear_part_rows(const net *n, const layer_shape *shape) {
  return BLOCK_ROWS * blocks_of_part(n, shape, BLOCK_FLOATS);
}

void linear_part(net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  spread weights = layer_weights(n, l);
  columns these = columns_from(shape, n->column, n->block);
  size_t fan_in = weight_rows(&n->layers[l - 1]), rows = rows_of(n, &shape->out),
         stride = stride_of(shape->out.channels);
  size_t end = smaller(fan_in, n->row + linear_part_rows(n, shape));
  these.weights.finite = n->finite;
  for (size_t k = n->row; k < end; k += these.weights.depth) {
    these.weights.depth = smaller(end - k, BLOCK_ROWS);
    draw_block(n, l, &weights, &these, k);
    for (size_t row = 0; row < rows; row += SOME_ROWS) {
      patch_part part = {these.group, row, smaller(rows - row, SOME_ROWS), k, these.weights.depth};
      source a = patches_read(n, shape, n->a, &part);
      multiply(n, &these, &a, part.rows, &(target){n->z[l - 1] + row * stride, stride}, n->biased || k > 0);
    }
  }
  n->row = end < fan_in ? end : 0;
  if (n->row == 0) n->column = (uint32_t)these.to;
  if (n->column == shape->out.channels) kept_note_drawn(n, l);
}

/* Are products with W^T the gradients themselves? Elsewhere they are added to all places that a patch comes from. */
static int goes_back_whole(const layer_shape *shape) { return is_pointwise(shape) && shape->groups == 1; }

/* what the columns of a part of the weights pass back to the numbers of patches that its rows multiply */
static void pass_back(net *n, uint32_t l, const spread *weights, const weight_part *part, const float *deltas,
                      float *gradient) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t rows = rows_of(n, &shape->out), stride = stride_of(shape->out.channels), below = stride_of(shape->in.channels);
  size_t group = part->from / (shape->out.channels / shape->groups);
  weight_block block = {n->block, part->to - part->from, round_up(part->rows, PANEL) / PANEL, n->finite};
  target tile = {n->tile, block.panels * PANEL};
  weights_transposed(n, l, weights, part, n->block);
  for (size_t row = 0; row < rows; row += SOME_ROWS) {
    size_t some = smaller(rows - row, SOME_ROWS);
    source delta = {deltas + row * stride + part->from, stride};
    if (goes_back_whole(shape)) {
      gemm_block(&delta, some, &block, &(target){gradient + row * below + part->row, below}, part->from > 0);
      continue;
    }
    gemm_block(&delta, some, &block, &tile, 0);
    patch_part patches = {group, row, some, part->row, part->rows};
    patches_add(shape, gradient, &patches, &(source){tile.values, tile.stride});
  }
}

/* The weights that go back, as blocks: for each group, `down` blocks of rows, and in each row of blocks `across`. */
typedef struct {
  size_t cols, fan_in, across, down, count, part; /* columns of a group; blocks in all, and in a part */
} blocks_back;

enum { BACK_ROWS = BLOCK_PANELS * PANEL };

static blocks_back blocks_of(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels / shape->groups, fan_in = weight_rows(&n->layers[l - 1]);
  size_t across = (cols + BLOCK_ROWS - 1) / BLOCK_ROWS, down = (fan_in + BACK_ROWS - 1) / BACK_ROWS;
  size_t part = blocks_of_part(n, shape, smaller(cols, BLOCK_ROWS) * smaller(fan_in, BACK_ROWS));
  return (blocks_back){cols, fan_in, across, down, shape->groups * down * across, part};
}

static uint32_t linear_back_parts(const net *n, uint32_t l) {
  blocks_back blocks = blocks_of(n, l);
  return (uint32_t)((blocks.count + blocks.part - 1) / blocks.part);
}

static void linear_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  spread weights = weights_prepare(n, l);
  blocks_back blocks = blocks_of(n, l);
  if (part == 0 && !goes_back_whole(shape)) {
    memset(gradient, 0, rows_held(n, &shape->in) * stride_of(shape->in.channels) * sizeof *gradient);
  }
  size_t first = part * blocks.part, end = smaller(blocks.count, first + blocks.part);
  for (size_t i = first; i < end; i++) {
    size_t c = i % blocks.across * BLOCK_ROWS, k = i / blocks.across % blocks.down * BACK_ROWS;
    size_t from = i / blocks.across / blocks.down * blocks.cols + c;
    weight_part these = {k, smaller(blocks.fan_in - k, BACK_ROWS), from, from + smaller(blocks.cols - c, BLOCK_ROWS)};
    pass_back(n, l, &weights, &these, deltas, gradient);
  }
}

const layer_kind dense_kind = {
    .has_weights = 1, .gives_vectors = 1, .parts = linear_back_parts, .backward = linear_backward};
const layer_kind conv_kind = {.has_weights = 1, .parts = linear_back_parts, .backward = linear_backward};

/* What some rows of deltas add to the gradients of a group: `part` is the patches below them, whose numbers are the
 * rows of the gradients. Here the deltas take the place of the weights. */
static void add_gradients(net *n, const layer_shape *shape, const patch_part *part, const float *deltas) {
  size_t stride = stride_of(shape->out.channels), cols = shape->out.channels / shape->groups;
  source patches = patches_read(n, shape, n->a, part);
  turn(&patches, part->rows, part->depth, &(target){n->turned, BLOCK_ROWS});
  for (size_t c = part->group * cols; c < (part->group + 1) * cols;) {
    columns these = columns_from(shape, c, n->block);
    these.weights.depth = part->rows;
    these.weights.finite = n->finite_deltas;
    for (size_t i = 0; i < these.weights.panels; i++) {
      const float *delta = deltas + part->row * stride + (these.panel + i) * PANEL;
      copy_panel(delta, stride, part->rows, n->block + panel_offset(i), SLAB);
    }
    multiply(n, &these, &(source){n->turned, BLOCK_ROWS}, part->depth, &(target){n->some, stride}, part->row > 0);
    c = these.to;
  }
}

void linear_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t all = rows_of(n, &shape->out);
  for (size_t group = 0; group < shape->groups; group++) {
    for (size_t b = 0; b < all; b += BLOCK_ROWS) {
      patch_part part = {group, b, smaller(all - b, BLOCK_ROWS), row, rows};
      add_gradients(n, shape, &part, deltas);
    }
  }
}
