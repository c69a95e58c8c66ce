/* unit.c: units of a layer of their own: gated units, as GLU and SwiGLU, and PReLU.
 *
 * Neither has a matrix of weights. Nothing else names them, so a module can leave out this file. Their activation is
 * linear: z_l = a_l.
 *
 * Gated units halve the channels: z = x_1 phi(x_2), with x_1 the first half of the channels, as PyTorch's nn.GLU (Dauphin
 * et al. 2016, equation 1; Shazeer 2020, equation 5). PReLU is z = x above 0 and slope x below; its slopes train (He et
 * al. 2015, "Delving deep into rectifiers", equation 1).
 */
#include <math.h>
#include <string.h>

#include "build.h"
#include "predict_blocks.h"

/* The rows of one part. A number takes as long as SLOWER products. */
static size_t part_rows(const layer_shape *shape) {
  enum { SLOWER = 32 };
  return larger(1, PART_PRODUCTS / SLOWER / stride_of(shape->in.channels));
}

static uint32_t unit_parts(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  return count_parts(rows_of(n, &shape->out), part_rows(shape));
}

static piece rows_of_part(const net *n, const layer_shape *shape, uint32_t part) {
  return piece_of(rows_of(n, &shape->out), part_rows(shape), part);
}

static int add_unit(net *n, const layer_kind *kind, const layer_shape *shape) {
  int added = build_append(n, kind, shape);
  if (added == 0) n->predict_back = predict_back_blocks;
  return added;
}

/* ---------------------------------------------------------------- gated units */

/* so many numbers of the second half at a time: a row of it may begin anywhere in a panel */
enum { SOME = 64 };

static size_t take_some(const float *x, size_t count, float *out) {
  size_t some = smaller(count, SOME);
  memset(out, 0, SOME * sizeof *out);
  memcpy(out, x, some * sizeof *out);
  return some;
}

static void gate_forward(net *n, uint32_t l, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, in = stride_of(shape->in.channels), stride = stride_of((uint32_t)cols);
  phi f = phi_find(shape->gate, (double)NAN);
  piece these = rows_of_part(n, shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * in;
    float *z = n->z[l - 1] + r * stride, gates[SOME];
    for (size_t c = 0, some; c < cols; c += some) {
      some = take_some(x + cols + c, cols - c, gates);
      phi_forward(&f, gates, gates, SOME);
      for (size_t i = 0; i < some; i++) z[c + i] = x[c + i] * gates[i];
    }
    clear_gaps(z, 1, cols, stride);
  }
}

/* dL/dx_1 = dL/dz phi(x_2) and dL/dx_2 = dL/dz x_1 phi'(x_2) */
static void gate_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, in = stride_of(shape->in.channels), stride = stride_of((uint32_t)cols);
  phi f = phi_find(shape->gate, (double)NAN);
  piece these = rows_of_part(n, shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * in, *delta = deltas + r * stride;
    float *out = gradient + r * in, gates[SOME], slopes[SOME];
    for (size_t c = 0, some; c < cols; c += some) {
      some = take_some(x + cols + c, cols - c, gates);
      phi_derivative(&f, gates, slopes, SOME);
      phi_forward(&f, gates, gates, SOME);
      for (size_t i = 0; i < some; i++) {
        out[c + i] = delta[c + i] * gates[i];
        out[cols + c + i] = delta[c + i] * x[c + i] * slopes[i];
      }
    }
    clear_gaps(out, 1, 2 * cols, in);
  }
}

#define GATE_KIND(vectors)                                                                                             \
  {.gives_vectors = (vectors),                                                                                         \
   .parts = unit_parts,                                                                                                \
   .forward = gate_forward,                                                                                            \
   .backward = gate_backward,                                                                                          \
   .predict = predict_unit}
static const layer_kind gates[] = {GATE_KIND(0), GATE_KIND(1)};

int net_add_gate(net *n, uint32_t gate) {
  if (n->memory) return NET_ERROR_ORDER;
  layer_shape shape = build_same(n, 0);
  if (gate >= activation_count() || shape.in.channels % 2 > 0) return NET_ERROR_RANGE;
  shape.out.channels /= 2;
  shape.gate = gate;
  return add_unit(n, &gates[build_gives_vectors(n)], &shape);
}

/* ---------------------------------------------------------------- PReLU */

/* one row: a slope for each channel, or the one that they share */
static uint32_t rows_of_slopes(const net_layer *layer) {
  (void)layer;
  return 1;
}

static void draw_slopes(const net_layer *layer, float *out) {
  size_t cols = layer->shape.out.channels, count = layer->shape.shared ? 1 : cols;
  memset(out, 0, stride_of((uint32_t)cols) * sizeof *out);
  for (size_t c = 0; c < count; c++) out[c] = (float)layer->numbers[NUMBER_SLOPE];
}

/* the slope of a channel, which may have been trained */
static float slope_at(const net *n, uint32_t l, size_t c) {
  const net_layer *layer = &n->layers[l - 1];
  const float *stored = n->stored[l - 1];
  return stored ? stored[layer->shape.shared ? 0 : c] : (float)layer->numbers[NUMBER_SLOPE];
}

static void prelu_forward(net *n, uint32_t l, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, stride = stride_of((uint32_t)cols);
  piece these = rows_of_part(n, shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride;
    float *z = n->z[l - 1] + r * stride;
    for (size_t c = 0; c < cols; c++) z[c] = x[c] > 0 ? x[c] : slope_at(n, l, c) * x[c];
    clear_gaps(z, 1, cols, stride);
  }
}

static void prelu_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, stride = stride_of((uint32_t)cols);
  piece these = rows_of_part(n, shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride, *delta = deltas + r * stride;
    float *out = gradient + r * stride;
    for (size_t c = 0; c < cols; c++) out[c] = x[c] > 0 ? delta[c] : slope_at(n, l, c) * delta[c];
    clear_gaps(out, 1, cols, stride);
  }
}

/* dL/dslope = sum(dL/dz x) over the x that are not above 0 */
static void slope_gradients(net *n, uint32_t l, const float *deltas, float *out) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, stride = stride_of((uint32_t)cols);
  memset(n->sums, 0, stride * sizeof *n->sums);
  for (size_t r = 0; r < rows_of(n, &shape->out); r++) {
    for (size_t c = 0; c < cols; c++) {
      double x = (double)n->a[r * stride + c];
      if (!(x > 0)) n->sums[shape->shared ? 0 : c] += (double)deltas[r * stride + c] * x;
    }
  }
  for (size_t c = 0; c < stride; c++) out[c] = (float)n->sums[c];
}

#define PRELU_KIND(vectors)                                                                                            \
  {.gives_vectors = (vectors),                                                                                         \
   .parameters = rows_of_slopes,                                                                                       \
   .draw = draw_slopes,                                                                                                \
   .parts = unit_parts,                                                                                                \
   .forward = prelu_forward,                                                                                           \
   .backward = prelu_backward,                                                                                         \
   .gradients = slope_gradients,                                                                                       \
   .predict = predict_unit}
static const layer_kind prelus[] = {PRELU_KIND(0), PRELU_KIND(1)};

int net_add_prelu(net *n, double slope, uint32_t shared) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!(slope >= 0 && slope <= 1) || shared > 1) return NET_ERROR_RANGE;
  layer_shape shape = build_same(n, 0);
  shape.shared = shared;
  int added = add_unit(n, &prelus[build_gives_vectors(n)], &shape);
  if (added == 0) n->layers[n->depth - 1].numbers[NUMBER_SLOPE] = slope + 0; /* -0 becomes 0 */
  return added;
}
