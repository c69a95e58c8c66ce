/* norm.c: layers that normalize their input: layer norm and RMS norm, along the channels of each row; batch norm, along the
 * rows of each channel.
 *
 * Each kind has its two directions, the gradients of its own parameters, and a function that adds it. Nothing else names
 * it, so a module can leave out this file. Statistics are in double. Batch norm takes those of the batch, always: nothing
 * is averaged over steps.
 *
 * x^ = (x - mean) / sqrt(variance + epsilon), and z = gain x^ + shift (Ba et al. 2016, equation 4; Ioffe & Szegedy 2015,
 * algorithm 1). RMS norm: x^ = x / sqrt(mean square + epsilon), and no shift (Zhang & Sennrich 2019, equation 4).
 */
#include <string.h>

#include "build.h"
#include "predict_blocks.h"
#include "vec.h"

/* parameters of a layer, one row each: its gains, then its shifts */
enum { GAINS, SHIFTS };

static int is_centred(const net_layer *layer) { return layer->shape.norm != NORM_RMS; }
static uint32_t rows_of_parameters(const net_layer *layer) { return is_centred(layer) ? 2 : 1; }

static void draw_parameters(const net_layer *layer, float *out) {
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  memset(out, 0, rows_of_parameters(layer) * stride * sizeof *out);
  for (size_t c = 0; c < cols; c++) out[c] = (float)layer->numbers[NUMBER_GAIN];
}

/* What a layer multiplies by and adds, column by column. A network that does not train has one gain for all. */
typedef struct {
  const float *gains, *shifts; /* NULL: `gain`, and no shift */
  float gain;
} scaling;

static scaling scaling_of(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  const float *stored = n->stored[l - 1];
  const float *shifts = stored && is_centred(layer) ? stored + stride_of(layer->shape.out.channels) : NULL;
  return (scaling){stored, shifts, (float)layer->numbers[NUMBER_GAIN]};
}

static float gain_at(const scaling *by, size_t c) { return by->gains ? by->gains[c] : by->gain; }
static float shift_at(const scaling *by, size_t c) { return by->shifts ? by->shifts[c] : 0; }

/* The rows of one part. A number takes as long as SLOWER products. */
static size_t part_rows(const layer_shape *shape) {
  enum { SLOWER = 16 };
  return larger(1, PART_PRODUCTS / SLOWER / stride_of(shape->out.channels));
}

static uint32_t row_parts(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  return count_parts(rows_of(n, &shape->out), part_rows(shape));
}

static piece rows_of_part(const net *n, const layer_shape *shape, uint32_t part) {
  return piece_of(rows_of(n, &shape->out), part_rows(shape), part);
}

/* ---------------------------------------------------------------- along the channels of a row */

typedef struct {
  double mean, inverse; /* 1 / sqrt(variance + epsilon) */
} moments;

static double sum_pairs(f64x2 low, f64x2 high) { return low[0] + low[1] + (high[0] + high[1]); }

static moments moments_of(const net_layer *layer, const float *x) {
  size_t cols = layer->shape.out.channels, whole = cols / 4 * 4;
  double count = (double)cols, mean = 0, squares;
  if (is_centred(layer)) {
    f64x2 low = {0}, high = {0};
    for (size_t c = 0; c < whole; c += 4) {
      low += vec_double_low(vec_load(x + c));
      high += vec_double_high(vec_load(x + c));
    }
    mean = sum_pairs(low, high);
    for (size_t c = whole; c < cols; c++) mean += (double)x[c];
    mean /= count;
  }
  f64x2 low = {0}, high = {0}, centre = {mean, mean};
  for (size_t c = 0; c < whole; c += 4) {
    f64x2 a = vec_double_low(vec_load(x + c)) - centre, b = vec_double_high(vec_load(x + c)) - centre;
    low += a * a;
    high += b * b;
  }
  squares = sum_pairs(low, high);
  for (size_t c = whole; c < cols; c++) squares += ((double)x[c] - mean) * ((double)x[c] - mean);
  return (moments){mean, 1 / __builtin_sqrt(squares / count + layer->numbers[NUMBER_EPSILON])};
}

static void rows_forward(net *n, uint32_t l, uint32_t part) {
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  scaling by = scaling_of(n, l);
  piece these = rows_of_part(n, &layer->shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride;
    float *z = n->z[l - 1] + r * stride;
    moments m = moments_of(layer, x);
    for (size_t c = 0; c < cols; c++)
      z[c] = (float)(((double)x[c] - m.mean) * m.inverse) * gain_at(&by, c) + shift_at(&by, c);
    clear_gaps(z, 1, cols, stride);
  }
}

/* With g = gain dL/dz: dL/dx = (g - mean(g) - x^ mean(g x^)) / sqrt(variance + epsilon). RMS norm has no mean(g). */
static void rows_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  scaling by = scaling_of(n, l);
  piece these = rows_of_part(n, &layer->shape, part);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride, *delta = deltas + r * stride;
    float *out = gradient + r * stride;
    moments m = moments_of(layer, x);
    double sum = 0, product = 0;
    for (size_t c = 0; c < cols; c++) {
      double g = (double)gain_at(&by, c) * (double)delta[c];
      sum += g;
      product += g * ((double)x[c] - m.mean) * m.inverse;
    }
    sum = is_centred(layer) ? sum / (double)cols : 0;
    product /= (double)cols;
    for (size_t c = 0; c < cols; c++) {
      double g = (double)gain_at(&by, c) * (double)delta[c], normal = ((double)x[c] - m.mean) * m.inverse;
      out[c] = (float)((g - sum - normal * product) * m.inverse);
    }
    clear_gaps(out, 1, cols, stride);
  }
}

/* dL/dgain = sum(dL/dz x^) and dL/dshift = sum(dL/dz), over the rows */
static void rows_gradients(net *n, uint32_t l, const float *deltas, float *out) {
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  double *gains = n->sums, *shifts = n->sums + stride;
  memset(n->sums, 0, 2 * stride * sizeof *n->sums);
  for (size_t r = 0; r < rows_of(n, &layer->shape.out); r++) {
    const float *x = n->a + r * stride, *delta = deltas + r * stride;
    moments m = moments_of(layer, x);
    for (size_t c = 0; c < cols; c++) {
      gains[c] += (double)delta[c] * ((double)x[c] - m.mean) * m.inverse;
      shifts[c] += (double)delta[c];
    }
  }
  for (size_t i = 0; i < rows_of_parameters(layer) * stride; i++) out[i] = (float)n->sums[i];
}

/* ---------------------------------------------------------------- along the rows of a channel */

/* A direction goes over the rows in phases, each in as many parts as row_parts says. Each phase needs the one before. */
enum { MEANS, VARIANCES, PRODUCTS, WRITES, PHASES };

static uint32_t batch_parts(const net *n, uint32_t l) { return PHASES * row_parts(n, l); }

/* n->sums, a row for each: the mean and 1 / sqrt(variance + epsilon) of each channel; the sums of dL/dz and of dL/dz x^ */
typedef struct {
  double *means, *inverses, *deltas, *products;
} channel_sums;

static channel_sums sums_of(const net *n, size_t stride) {
  return (channel_sums){n->sums, n->sums + stride, n->sums + 2 * stride, n->sums + 3 * stride};
}

/* one part of the statistics of x in n->a */
static void take_statistics(net *n, const net_layer *layer, uint32_t phase, piece these) {
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols), all = rows_of(n, &layer->shape.out);
  channel_sums sums = sums_of(n, stride);
  double *sum = phase == MEANS ? sums.means : sums.inverses;
  if (these.from == 0) memset(sum, 0, stride * sizeof *sum);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride;
    for (size_t c = 0; c < cols; c++) {
      double from_mean = (double)x[c] - sums.means[c];
      sum[c] += phase == MEANS ? (double)x[c] : from_mean * from_mean;
    }
  }
  if (these.to < all) return;
  for (size_t c = 0; c < cols; c++) {
    sum[c] /= (double)all;
    if (phase == VARIANCES) sum[c] = 1 / __builtin_sqrt(sum[c] + layer->numbers[NUMBER_EPSILON]);
  }
}

/* one part of the sums over dL/dz */
static void take_products(net *n, const net_layer *layer, const float *deltas, piece these) {
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  channel_sums sums = sums_of(n, stride);
  if (these.from == 0) memset(sums.deltas, 0, 2 * stride * sizeof *sums.deltas);
  for (size_t r = these.from; r < these.to; r++) {
    const float *x = n->a + r * stride, *delta = deltas + r * stride;
    for (size_t c = 0; c < cols; c++) {
      sums.deltas[c] += (double)delta[c];
      sums.products[c] += (double)delta[c] * ((double)x[c] - sums.means[c]) * sums.inverses[c];
    }
  }
}

static void batch_forward(net *n, uint32_t l, uint32_t part) {
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols);
  uint32_t phase = part / row_parts(n, l);
  piece these = rows_of_part(n, &layer->shape, part % row_parts(n, l));
  channel_sums sums = sums_of(n, stride);
  scaling by = scaling_of(n, l);
  if (phase < PRODUCTS) take_statistics(n, layer, phase, these);
  for (size_t r = these.from; phase == WRITES && r < these.to; r++) {
    const float *x = n->a + r * stride;
    float *z = n->z[l - 1] + r * stride;
    for (size_t c = 0; c < cols; c++)
      z[c] = (float)(((double)x[c] - sums.means[c]) * sums.inverses[c]) * gain_at(&by, c) + shift_at(&by, c);
    clear_gaps(z, 1, cols, stride);
  }
}

/* As for a row, with means over the batch: dL/dx = gain (dL/dz - mean(dL/dz) - x^ mean(dL/dz x^)) / sqrt(variance +
 * epsilon). */
static void batch_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols), all = rows_of(n, &layer->shape.out);
  uint32_t phase = part / row_parts(n, l);
  piece these = rows_of_part(n, &layer->shape, part % row_parts(n, l));
  channel_sums sums = sums_of(n, stride);
  scaling by = scaling_of(n, l);
  if (phase < PRODUCTS) take_statistics(n, layer, phase, these);
  if (phase == PRODUCTS) take_products(n, layer, deltas, these);
  for (size_t r = these.from; phase == WRITES && r < these.to; r++) {
    const float *x = n->a + r * stride, *delta = deltas + r * stride;
    float *out = gradient + r * stride;
    for (size_t c = 0; c < cols; c++) {
      double normal = ((double)x[c] - sums.means[c]) * sums.inverses[c];
      double rest = (double)delta[c] - sums.deltas[c] / (double)all - normal * (sums.products[c] / (double)all);
      out[c] = (float)((double)gain_at(&by, c) * rest * sums.inverses[c]);
    }
    clear_gaps(out, 1, cols, stride);
  }
}

static void batch_gradients(net *n, uint32_t l, const float *deltas, float *out) {
  const net_layer *layer = &n->layers[l - 1];
  size_t stride = stride_of(layer->shape.out.channels);
  piece all = {0, rows_of(n, &layer->shape.out)};
  channel_sums sums = sums_of(n, stride);
  take_statistics(n, layer, MEANS, all);
  take_statistics(n, layer, VARIANCES, all);
  take_products(n, layer, deltas, all);
  for (size_t c = 0; c < stride; c++) {
    out[c] = (float)sums.products[c];
    out[stride + c] = (float)sums.deltas[c];
  }
}

/* A norm gives what it gets: images above images, and a vector above a vector. */
#define ALONG(direction, partition, vectors)                                                                           \
  {.gives_vectors = (vectors),                                                                                         \
   .parameters = rows_of_parameters,                                                                                   \
   .draw = draw_parameters,                                                                                            \
   .parts = (partition),                                                                                               \
   .forward = direction##_forward,                                                                                     \
   .backward = direction##_backward,                                                                                   \
   .gradients = direction##_gradients,                                                                                 \
   .predict = predict_norm}
static const layer_kind row_kinds[] = {ALONG(rows, row_parts, 0), ALONG(rows, row_parts, 1)};
static const layer_kind batch_kinds[] = {ALONG(batch, batch_parts, 0), ALONG(batch, batch_parts, 1)};

int net_add_norm(net *n, uint32_t norm, double gain, double epsilon, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  if (norm >= NORM_COUNT || activation >= activation_count() || !(gain >= 0 && gain <= MAX_SCALE) ||
      !(epsilon >= 0 && epsilon <= 1))
    return NET_ERROR_RANGE;
  layer_shape shape = build_same(n, activation);
  shape.norm = norm;
  const layer_kind *kinds = norm == NORM_BATCH ? batch_kinds : row_kinds;
  int added = build_append(n, &kinds[build_gives_vectors(n)], &shape);
  if (added < 0) return added;
  net_layer *layer = &n->layers[n->depth - 1];
  n->predict_back = predict_back_blocks;
  layer->numbers[NUMBER_GAIN] = gain;
  layer->numbers[NUMBER_EPSILON] = epsilon;
  return 0;
}
