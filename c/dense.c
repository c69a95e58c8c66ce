/* dense.c: the fully connected layer, forward and backward.
 *
 * Its weights are drawn a block at a time, straight into the panels that the multiply reads, observed there, and
 * forgotten; going back they are drawn again, transposed. Only weights that are a matrix as a whole (orthogonal,
 * identity, sparse) are held, one layer at a time. Which layer comes when, and what becomes of z, is for net.c.
 */
#include <math.h>
#include <string.h>

#include "net.h"

/* makes the matrix of layer l, if its weights are one and another layer's is held */
static void hold_matrix(net *n, uint32_t l, const spread *of) {
  if (of->distribution < DISTRIBUTION_ORTHOGONAL || n->held == l) return;
  const layer *at = &n->layers[l - 1];
  size_t stride = stride_of(at->units);
  switch (of->distribution) {
    case DISTRIBUTION_ORTHOGONAL:
      matrix_orthogonal(n->seed, l, at->inputs, at->units, of->parent, n->matrix, stride, n->work);
      break;
    case DISTRIBUTION_SPARSE:
      matrix_sparse(n->seed, l, at->inputs, at->units, at->weights.number, of->parent, n->matrix, stride);
      break;
    default: matrix_identity(at->inputs, at->units, of->parent, n->matrix, stride);
  }
  n->held = l;
}

/* rows x 8 weights from (row, first column of panel `panel`) on */
static void draw_panel(const net *n, uint32_t l, const spread *of, size_t row, size_t rows, size_t panel, float *out,
                       size_t stride) {
  size_t units = n->layers[l - 1].units;
  if (n->held != l) {
    spread_draw(of, n->seed, l, row, rows, panel, units, out, stride);
    return;
  }
  const float *from = n->matrix + row * stride_of((uint32_t)units) + panel * PANEL;
  for (size_t r = 0; r < rows; r++) {
    memcpy(out + r * stride, from + r * stride_of((uint32_t)units), PANEL * sizeof *out);
  }
}

/* every row of z_l becomes the biases; returns whether there are any */
static int fill_bias(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  spread bias = rule_spread(&of->bias, of->inputs, of->units, n->depth);
  if (bias.mean == 0 && bias.std == 0) return 0;
  size_t stride = stride_of(of->units);
  for (size_t p = 0; p < stride / PANEL; p++) {
    spread_draw(&bias, n->seed, STREAM_BIAS + l, 0, 1, p, of->units, n->bias + p * PANEL, PANEL);
  }
  for (size_t r = 0; r < rows_multiplied(n); r++) memcpy(n->z[l - 1] + r * stride, n->bias, stride * sizeof(float));
  return 1;
}

void dense_forward(net *n, uint32_t l) {
  const layer *at = &n->layers[l - 1];
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  int biased = fill_bias(n, l);
  size_t stride = stride_of(at->units), panels = stride / PANEL;
  tally_begin(n, at->units, (double)-INFINITY, (double)INFINITY);
  for (size_t p = 0; p < panels; p += BLOCK_PANELS) {
    size_t count = smaller(panels - p, BLOCK_PANELS);
    for (size_t k = 0; k < at->inputs; k += BLOCK_ROWS) {
      size_t depth = smaller(at->inputs - k, BLOCK_ROWS);
      for (size_t i = 0; i < count; i++) {
        float *panel = n->block + i * BLOCK_ROWS * PANEL;
        size_t column = (p + i) * PANEL, left = at->units - column;
        draw_panel(n, l, &of, k, depth, p + i, panel, PANEL);
        stats_add(&n->tally, panel, depth, smaller(left, PANEL), PANEL, n->alive + column);
      }
      gemm_panels(n->a + k, stride_of(at->inputs), rows_multiplied(n), depth, n->block, BLOCK_ROWS * PANEL, count,
                  n->z[l - 1] + p * PANEL, stride, biased || k > 0);
    }
  }
  tally_end(n, TENSOR_WEIGHTS, at->units);
}

/* a panel of W^T: columns 8 group .. 8 group + 7 of it are rows of W; its rows are `depth` columns of W from `column`
 * on, a multiple of 8 */
static void draw_transposed(const net *n, uint32_t l, const spread *of, size_t group, size_t column, size_t depth,
                            float *out) {
  size_t inputs = n->layers[l - 1].inputs, rows = inputs - group * PANEL;
  float square[PANEL * PANEL] = {0};
  for (size_t c = 0; c < depth; c += PANEL) {
    draw_panel(n, l, of, group * PANEL, smaller(rows, PANEL), (column + c) / PANEL, square, PANEL);
    for (size_t i = 0; i < PANEL; i++) {
      for (size_t j = 0; j < PANEL; j++) out[(c + i) * PANEL + j] = square[j * PANEL + i];
    }
  }
}

void dense_backward(net *n, uint32_t l, const float *deltas, float *to) {
  const layer *at = &n->layers[l - 1];
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  size_t stride = stride_of(at->units), groups = stride_of(at->inputs) / PANEL;
  for (size_t g = 0; g < groups; g += BLOCK_PANELS) {
    size_t count = smaller(groups - g, BLOCK_PANELS);
    for (size_t c = 0; c < at->units; c += BLOCK_ROWS) {
      size_t depth = smaller(at->units - c, BLOCK_ROWS);
      for (size_t i = 0; i < count; i++) draw_transposed(n, l, &of, g + i, c, depth, n->block + i * BLOCK_ROWS * PANEL);
      gemm_panels(deltas + c, stride, rows_multiplied(n), depth, n->block, BLOCK_ROWS * PANEL, count, to + g * PANEL,
                  stride_of(at->inputs), c > 0);
    }
  }
}

void dense_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas) {
  size_t stride = stride_of(n->layers[l - 1].units), panels = stride / PANEL;
  for (size_t p = 0; p < panels; p += BLOCK_PANELS) {
    size_t count = smaller(panels - p, BLOCK_PANELS);
    for (size_t b = 0; b < n->batch; b += BLOCK_ROWS) {
      size_t depth = smaller(n->batch - b, BLOCK_ROWS);
      for (size_t i = 0; i < count; i++) {
        float *panel = n->block + i * BLOCK_ROWS * PANEL;
        for (size_t r = 0; r < depth; r++) {
          memcpy(panel + r * PANEL, deltas + (b + r) * stride + (p + i) * PANEL, PANEL * sizeof *panel);
        }
      }
      gemm_panels(n->transposed + row * rows_held(n) + b, rows_held(n), round_up(rows, TILE), depth, n->block,
                  BLOCK_ROWS * PANEL, count, n->some + p * PANEL, stride, b > 0);
    }
  }
}

void dense_weight_rows(net *n, uint32_t l, size_t row, size_t rows) {
  spread of = weights_of(n, l);
  hold_matrix(n, l, &of);
  size_t stride = stride_of(n->layers[l - 1].units);
  for (size_t p = 0; p < stride / PANEL; p++) draw_panel(n, l, &of, row, rows, p, n->some + p * PANEL, stride);
}
