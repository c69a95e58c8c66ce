/* weights.c: where a layer's weights come from: drawn when they are read, kept from an earlier reading, or one matrix.
 *
 * Weights are a function of the seed, so a network stores none of them unless it has to. Matrices (orthogonal,
 * identity, sparse and others) are held, one layer at a time; an orthogonal one is made in parts. A network that trains stores all
 * of its weights. What weights are multiplied with is in linear.c.
 */
#include "weights.h"

#include "kept.h"
#include "layer.h"
#include "matrix.h"
#include "turn.h"

/* Does layer l read a matrix that is not there yet? */
static int lacks_matrix(const net *n, uint32_t l) {
  int is_here = n->stored[l - 1] || n->held == l || kept_is_filled(n, l);
  return !is_here && is_matrix(layer_weights(n, l).distribution);
}

uint32_t weights_parts(const net *n, uint32_t l) {
  if (!lacks_matrix(n, l)) return 0;
  const net_layer *layer = &n->layers[l - 1];
  if (layer_weights(n, l).distribution != DISTRIBUTION_ORTHOGONAL) return 1;
  return matrix_parts(weight_rows(layer), layer->shape.out.channels, n->making == l ? n->made : 0);
}

uint32_t weights_make(net *n, uint32_t l) {
  if (!lacks_matrix(n, l)) return 0;
  const net_layer *layer = &n->layers[l - 1];
  spread weights = layer_weights(n, l);
  size_t rows = weight_rows(layer), cols = layer->shape.out.channels;
  noise_key key = layer_noise(n, l);
  target out = {n->matrix, stride_of(layer->shape.out.channels)};
  uint32_t done = n->making == l ? n->made : 0, left = weights_parts(n, l) - 1;
  switch (weights.distribution) {
    case DISTRIBUTION_ORTHOGONAL:
      n->made = matrix_orthogonal(&key, rows, cols, weights.parent, &out, n->work, done);
      break;
    case DISTRIBUTION_SPARSE: matrix_sparse(&key, rows, cols, layer->weights.number, weights.parent, &out); break;
    case DISTRIBUTION_UNIT_SUM: matrix_unit_sum(&key, rows, cols, weights.parent, &out); break;
    case DISTRIBUTION_CUT_SPIKED:
      matrix_spiked(&key, rows, cols, weights.parent, weights.cut, SPIKE_AT_CUT, (float)-CUT, &out);
      break;
    case DISTRIBUTION_TRUNCATED_SPIKED:
      matrix_spiked(&key, rows, cols, weights.parent, weights.cut, SPIKE_AT_0, 0, &out);
      break;
    default: matrix_identity(rows, cols, weights.parent, &out);
  }
  if (left == 0 && weights.format) weights.format->finish(&weights, rows, cols, &out);
  n->making = left > 0 ? l : 0;
  n->held = left > 0 ? 0 : l;
  return left;
}

spread weights_prepare(net *n, uint32_t l) {
  while (weights_make(n, l) > 0) {}
  return layer_weights(n, l);
}

void weights_panel(const net *n, uint32_t l, const spread *weights, const strip *part, const target *out) {
  uint32_t cols = n->layers[l - 1].shape.out.channels;
  size_t stride = stride_of(cols);
  const float *whole = n->stored[l - 1] ? n->stored[l - 1] : n->held == l ? n->matrix : NULL;
  if (whole) {
    copy_panel(whole + part->row * stride + part->panel * PANEL, stride, part->rows, out->values, out->stride);
  } else if (is_matrix(weights->distribution)) {
    copy_panel(store_at(&n->kept[l - 1], part->row, part->panel), PANEL, part->rows, out->values, out->stride);
  } else if (kept_has_place(n, l, part)) {
    kept_draw(n, l, weights, part, out);
  } else {
    noise_key key = layer_noise(n, l);
    spread_draw(weights, &key, part, cols, out);
  }
}

void weights_keep(const net *n, uint32_t l, const spread *weights, const strip *part, const source *panel) {
  const store *kept = &n->kept[l - 1];
  if (!is_matrix(weights->distribution) || !kept->values) return;
  copy_panel(panel->values, panel->stride, part->rows, store_at(kept, part->row, part->panel), PANEL);
}

/* After the last row `turn` may read three rows more: the biases, and what follows the weights in n->memory. */
static void transpose_stored(const net *n, uint32_t l, const weight_part *part, float *block) {
  size_t stride = stride_of(n->layers[l - 1].shape.out.channels), cols = part->to - part->from;
  const float *from = n->stored[l - 1] + part->row * stride + part->from;
  for (size_t r = 0; r < part->rows; r += PANEL) {
    turn(&(source){from + r * stride, stride}, smaller(part->rows - r, PANEL), cols,
         &(target){block + panel_offset(r / PANEL), SLAB});
  }
  for (size_t r = part->rows; r % PANEL != 0; r++) {
    for (size_t c = 0; c < cols; c++) block[panel_offset(r / PANEL) + c * SLAB + r % PANEL] = 0;
  }
}

void weights_transposed(const net *n, uint32_t l, const spread *weights, const weight_part *part, float *block) {
  if (n->stored[l - 1]) {
    transpose_stored(n, l, part, block);
    return;
  }
  float drawn[BLOCK_PANELS * PANEL][PANEL] = {{0}};
  for (size_t panel = part->from / PANEL; panel * PANEL < part->to; panel++) {
    size_t first = panel * PANEL, end = smaller(part->to, first + PANEL);
    weights_panel(n, l, weights, &(strip){part->row, part->rows, panel}, &(target){drawn[0], PANEL});
    for (size_t r = 0; r < part->rows; r += PANEL) {
      float *out = block + panel_offset(r / PANEL);
      for (size_t c = larger(part->from, first); c < end; c++) {
        for (size_t i = 0; i < PANEL; i++) out[(c - part->from) * SLAB + i] = drawn[r + i][c - first];
      }
    }
  }
}

void weights_rows(net *n, uint32_t l, size_t row, size_t rows) {
  spread weights = weights_prepare(n, l);
  size_t stride = stride_of(n->layers[l - 1].shape.out.channels);
  for (size_t p = 0; p < stride / PANEL; p++) {
    weights_panel(n, l, &weights, &(strip){row, rows, p}, &(target){n->some + p * PANEL, stride});
  }
}

void weights_biases(const net *n, uint32_t l, float *out) {
  spread bias = layer_bias(n, l);
  uint32_t cols = n->layers[l - 1].shape.out.channels;
  if (n->stored[l - 1]) {
    memcpy(out, n->stored[l - 1] + weight_rows(&n->layers[l - 1]) * stride_of(cols), stride_of(cols) * sizeof *out);
    return;
  }
  noise_key key = {n->seed, STREAM_BIAS + l};
  for (size_t p = 0; p < stride_of(cols) / PANEL; p++) {
    spread_draw(&bias, &key, &(strip){0, 1, p}, cols, &(target){out + p * PANEL, PANEL});
  }
}
