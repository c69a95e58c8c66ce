/* sum.c: residual sums: a layer adds the output of a layer further down, the stream, to the output of the layer below it,
 * the branch.
 *
 * z_l = stream a_from + branch a_{l-1}. Nothing else names this kind, so a module can leave out this file. What goes back
 * to the stream is kept in a buffer of its own until the backward pass comes to that layer: see net.c.
 */
#include <math.h>
#include <string.h>

#include "build.h"
#include "predict_blocks.h"
#include "region.h"

static uint32_t rows_of_parameters(const net_layer *layer) { return layer->shape.trains ? 1 : 0; }

static void draw_factors(const net_layer *layer, float *out) {
  memset(out, 0, stride_of(layer->shape.out.channels) * sizeof *out);
  for (uint32_t which = 0; which < 2; which++) {
    if (layer->shape.trains >> which & 1) out[which] = (float)layer->numbers[which];
  }
}

/* the factor NUMBER_STREAM or NUMBER_BRANCH, which may train */
static float factor_of(const net *n, uint32_t l, uint32_t which) {
  const net_layer *layer = &n->layers[l - 1];
  int trains = layer->shape.trains >> which & 1;
  return n->stored[l - 1] && trains ? n->stored[l - 1][which] : (float)layer->numbers[which];
}

/* The floats of one part. A float takes as long as SLOWER products. */
enum { SLOWER = 16, SOME_FLOATS = PART_PRODUCTS / SLOWER };

static uint32_t sum_parts(const net *n, uint32_t l) {
  return count_parts(tensor_floats(n, &n->layers[l - 1].shape.out), SOME_FLOATS);
}

static piece floats_of(const net *n, const layer_shape *shape, uint32_t part) {
  return piece_of(tensor_floats(n, &shape->out), SOME_FLOATS, part);
}

/* writes a part of the stream: the input, or the activations of a layer once more */
static void take_stream(const net *n, uint32_t from, piece these, float *out) {
  if (from == 0)
    memcpy(out, n->first + these.from, (these.to - these.from) * sizeof *out);
  else
    phi_forward(&n->layers[from - 1].f, n->z[from - 1] + these.from, out, these.to - these.from);
}

static void sum_forward(net *n, uint32_t l, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  piece these = floats_of(n, shape, part);
  float stream = factor_of(n, l, NUMBER_STREAM), branch = factor_of(n, l, NUMBER_BRANCH), *z = n->z[l - 1];
  take_stream(n, shape->from, these, z + these.from);
  for (size_t i = these.from; i < these.to; i++) z[i] = stream * z[i] + branch * n->a[i];
}

/* Is there a sum of the same stream above layer l? */
static int is_shared(const net *n, uint32_t l) {
  for (uint32_t above = l; above < n->depth; above++) {
    if (n->layers[above].shape.from == n->layers[l - 1].shape.from) return 1;
  }
  return 0;
}

/* Of several sums with one stream, the first on the way back writes what waits for it, and the others add to that. */
static void sum_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  piece these = floats_of(n, shape, part);
  float stream = factor_of(n, l, NUMBER_STREAM), branch = factor_of(n, l, NUMBER_BRANCH);
  for (size_t i = these.from; i < these.to; i++) gradient[i] = branch * deltas[i];
  if (shape->from == 0) return;
  float *waiting = stream_back(n, shape->from);
  int shared = is_shared(n, l);
  for (size_t i = these.from; i < these.to; i++) waiting[i] = (shared ? waiting[i] : 0) + stream * deltas[i];
}

/* dL/dstream = sum(dL/dz a_from) and dL/dbranch = sum(dL/dz a_{l-1}), of the factors that train; 0 for the other */
static void sum_gradients(net *n, uint32_t l, const float *deltas, float *out) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t cols = shape->out.channels, stride = stride_of((uint32_t)cols);
  double sums[2] = {0};
  memset(out, 0, stride * sizeof *out);
  for (size_t r = 0; r < rows_of(n, &shape->out); r++) {
    size_t row = r * stride;
    take_stream(n, shape->from, (piece){row, row + stride}, out);
    for (size_t c = 0; c < cols; c++) {
      sums[NUMBER_STREAM] += (double)deltas[row + c] * (double)out[c];
      sums[NUMBER_BRANCH] += (double)deltas[row + c] * (double)n->a[row + c];
    }
  }
  memset(out, 0, stride * sizeof *out);
  for (uint32_t which = 0; which < 2; which++) {
    if (shape->trains >> which & 1) out[which] = (float)sums[which];
  }
}

/* a sum gives what it gets: images above images, and a vector above a vector */
#define SUM_KIND(vectors)                                                                                              \
  {.gives_vectors = (vectors),                                                                                         \
   .parameters = rows_of_parameters,                                                                                   \
   .draw = draw_factors,                                                                                               \
   .parts = sum_parts,                                                                                                 \
   .forward = sum_forward,                                                                                             \
   .backward = sum_backward,                                                                                           \
   .gradients = sum_gradients,                                                                                         \
   .predict = predict_sum}
static const layer_kind kinds[] = {SUM_KIND(0), SUM_KIND(1)};

static int is_factor(double factor) { return fabs(factor) <= MAX_SCALE; }
static int is_same_extent(const extent *a, const extent *b) { return !memcmp(a, b, sizeof *a); }

/* The input may be the stream unless the first layer reads it in another order. */
static int may_be_stream(const net *n, uint32_t from) {
  if (from >= n->depth) return 0;
  const extent *stream = from > 0 ? &n->layers[from - 1].shape.out : &n->inputs;
  return is_same_extent(stream, build_top(n)) && (from > 0 || is_same_extent(stream, &n->layers[0].shape.in));
}

int net_add_sum(net *n, uint32_t from, double stream, double branch, uint32_t trains, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!may_be_stream(n, from) || activation >= activation_count() || trains > (SUM_STREAM | SUM_BRANCH) ||
      !is_factor(stream) || !is_factor(branch))
    return NET_ERROR_RANGE;
  layer_shape shape = build_same(n, activation);
  shape.from = from;
  shape.trains = trains;
  int added = build_append(n, &kinds[build_gives_vectors(n)], &shape);
  if (added < 0) return added;
  net_layer *layer = &n->layers[n->depth - 1];
  if (from > 0) layer->inside = region_overlap(layer->inside, &n->layers[from - 1].inside);
  layer->numbers[NUMBER_STREAM] = stream;
  layer->numbers[NUMBER_BRANCH] = branch;
  n->branches++;
  n->predict_back = predict_back_blocks;
  return 0;
}
