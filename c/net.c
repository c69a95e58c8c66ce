/* net.c: a stack of layers, advanced one at a time, forward and then, if a loss was asked for, back.
 *
 * Forward alone, two buffers do for any depth: a_{l-1} and z_l; a_l then takes the place of a_{l-1}. With a loss
 * every z_l is held, and each a_l is computed from it again when it is needed. What a kind of layer does with its
 * weights, and how a rule, a summary or a random number comes about, is not known here.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

static const uint32_t limits[LIMIT_COUNT] = {
    [LIMIT_DEPTH] = DEPTH, [LIMIT_UNITS] = 4096,     [LIMIT_INPUTS] = 1 << 20, [LIMIT_BATCH] = 1024,
    [LIMIT_BINS] = BINS,   [LIMIT_BYTES] = 96 << 20, [LIMIT_SCALE] = 1000000,
};

enum { LARGEST_ORTHOGONAL = 1024 };

uint32_t net_limit(uint32_t which) { return which < LIMIT_COUNT ? limits[which] : 0; }

static int within(uint32_t n, uint32_t limit) { return n >= 1 && n <= limits[limit]; }

net *net_new(uint32_t seed, uint32_t batch, uint32_t inputs, uint32_t input) {
  if (!within(batch, LIMIT_BATCH) || !within(inputs, LIMIT_INPUTS) || input > INPUT_GIVEN) return NULL;
  net *n = calloc(1, sizeof *n);
  if (!n) return NULL;
  n->seed = seed;
  n->batch = batch;
  n->inputs = inputs;
  n->input = input;
  n->mean_loss = n->correlation = (double)NAN;
  return n;
}

void net_free(net *n) {
  if (!n) return;
  free(n->memory);
  free(n);
}

int net_add_dense(net *n, uint32_t units, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  if (n->depth == DEPTH || !within(units, LIMIT_UNITS) || activation >= activation_count()) return NET_ERROR_RANGE;
  uint32_t inputs = n->depth ? n->layers[n->depth - 1].units : n->inputs;
  if ((uint64_t)inputs * units > UINT32_MAX) return NET_ERROR_RANGE; /* the counts of a histogram are 32 bits */
  n->layers[n->depth++] = (layer){.inputs = inputs, .units = units, .activation = activation};
  return 0;
}

int net_set_weights(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  layer *of = &n->layers[n->depth - 1];
  rule weights = {distribution, mode, number, gain};
  int large = of->inputs > LARGEST_ORTHOGONAL || of->units > LARGEST_ORTHOGONAL;
  if (!rule_accepts(&weights, 0) || (distribution == DISTRIBUTION_ORTHOGONAL && large)) return NET_ERROR_RANGE;
  of->weights = weights;
  return 0;
}

int net_set_bias(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  rule bias = {distribution, mode, number, gain};
  if (!rule_accepts(&bias, 1)) return NET_ERROR_RANGE;
  n->layers[n->depth - 1].bias = bias;
  return 0;
}

int net_set_loss(net *n, uint32_t loss) {
  if (n->memory) return NET_ERROR_ORDER;
  if (loss >= LOSS_COUNT) return NET_ERROR_RANGE;
  n->loss = loss;
  return 0;
}

/* floats of the buffers: those that grow with the batch, a row, and those that do not; in 64 bits, which what does not fit
 * into memory may need, and only net_max_batch says what fits */
typedef struct {
  uint64_t either, widest, traced; /* strides: of the input or a layer, of a layer, of all whose z is held */
  uint64_t matrix, work; /* floats, doubles */
} sizes;

static uint64_t larger(uint64_t a, uint64_t b) { return a > b ? a : b; }

static sizes sizes_of(const net *n) {
  sizes s = {.either = stride_of(n->inputs)};
  for (uint32_t l = 0; l < n->depth; l++) {
    const layer *of = &n->layers[l];
    uint64_t stride = stride_of(of->units);
    s.widest = larger(s.widest, stride);
    s.either = larger(s.either, stride);
    s.traced += stride;
    if (of->weights.distribution >= DISTRIBUTION_ORTHOGONAL) s.matrix = larger(s.matrix, of->inputs * stride);
    if (of->weights.distribution == DISTRIBUTION_ORTHOGONAL)
      s.work = larger(s.work, matrix_work(of->inputs, of->units));
  }
  if (!n->loss) s.traced = s.widest;
  return s;
}

/* a and z; with a loss also the input, two deltas, and a transposed */
static uint64_t floats_per_row(const net *n, const sizes *s) {
  return s->either + s->traced + (n->loss ? stride_of(n->inputs) + 2 * s->widest + s->either : 0);
}

static uint64_t fixed_floats(const sizes *s) {
  return BLOCK_FLOATS + (SOME_ROWS + 1) * s->widest + s->matrix + s->either + 2 * s->work;
}

uint32_t net_max_batch(const net *n) {
  sizes s = sizes_of(n);
  uint64_t fixed = sizeof *n + sizeof(float) * fixed_floats(&s);
  if (fixed >= limits[LIMIT_BYTES]) return 0;
  uint64_t rows = (limits[LIMIT_BYTES] - fixed) / (sizeof(float) * floats_per_row(n, &s)) / PANEL * PANEL;
  return rows < limits[LIMIT_BATCH] ? (uint32_t)rows : limits[LIMIT_BATCH];
}

/* deals out the one allocation; doubles first, for their alignment */
static void place_buffers(net *n, const sizes *of) {
  size_t rows = rows_held(n), either = (size_t)of->either, widest = (size_t)of->widest;
  float *at = n->memory;
  n->work = (double *)(void *)at;
  n->a = at += 2 * (size_t)of->work;
  n->block = at += rows * either;
  n->some = at += BLOCK_FLOATS;
  n->bias = at += SOME_ROWS * widest;
  n->matrix = at += widest;
  n->alive = (uint32_t *)(void *)(at += (size_t)of->matrix);
  at += either;
  if (n->loss) {
    n->first = at;
    n->deltas[0] = at += rows * stride_of(n->inputs);
    n->deltas[1] = at += rows * widest;
    n->transposed = at += rows * widest;
    at += rows * either;
  }
  for (uint32_t l = 0; l < n->depth; l++) {
    n->z[l] = at;
    if (n->loss) at += rows * stride_of(n->layers[l].units);
  }
}

void tally_begin(net *n, uint32_t cols, double saturation_lo, double saturation_hi) {
  stats_begin(&n->tally, saturation_lo, saturation_hi);
  memset(n->alive, 0, stride_of(cols) * sizeof *n->alive);
}

void tally_end(net *n, uint32_t tensor, uint32_t cols) {
  stats_end(&n->tally, n->alive, cols, n->summaries[tensor].values, n->summaries[tensor].counts);
}

/* rows x cols values of a tensor that is held whole */
static void observe(net *n, uint32_t tensor, const float *x, uint32_t cols, double saturation_lo,
                    double saturation_hi) {
  tally_begin(n, cols, saturation_lo, saturation_hi);
  stats_add(&n->tally, x, n->batch, cols, stride_of(cols), n->alive);
  tally_end(n, tensor, cols);
}

static void observe_plain(net *n, uint32_t tensor, const float *x, uint32_t cols) {
  observe(n, tensor, x, cols, (double)-INFINITY, (double)INFINITY);
}

/* mean square 1 */
static void draw_input(net *n) {
  static const spread kinds[] = {
      [INPUT_NORMAL] = {DISTRIBUTION_NORMAL, 0, 1, 0, 1},
      [INPUT_UNIFORM] = {DISTRIBUTION_UNIFORM, 0, 1, 1.7320508075688772, 0},
  };
  size_t stride = stride_of(n->inputs);
  for (size_t block = 0; block * PANEL < n->inputs; block++) {
    spread_draw(&kinds[n->input], n->seed, STREAM_INPUT, 0, n->batch, block, n->inputs, n->a + block * PANEL, stride);
  }
}

int net_start(net *n) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (n->batch > net_max_batch(n)) return NET_ERROR_MEMORY;
  sizes s = sizes_of(n);
  n->memory = calloc((size_t)(rows_held(n) * floats_per_row(n, &s) + fixed_floats(&s)), sizeof(float));
  if (!n->memory) return NET_ERROR_MEMORY;
  place_buffers(n, &s);
  if (n->input != INPUT_GIVEN) draw_input(n);
  return 0;
}

float *net_input(net *n) { return n->memory && n->input == INPUT_GIVEN && n->done == 0 ? n->a : NULL; }

int net_step(net *n) {
  if (!n->memory) return NET_ERROR_ORDER;
  if (n->done == n->depth) return 0;
  if (n->done == 0) {
    observe_plain(n, TENSOR_INPUT, n->a, n->inputs);
    predict_input(n);
    if (n->loss) memcpy(n->first, n->a, rows_held(n) * stride_of(n->inputs) * sizeof(float));
  }
  uint32_t l = n->done + 1;
  const layer *of = &n->layers[l - 1];
  const float *z = n->z[l - 1];
  dense_forward(n, l);
  observe_plain(n, TENSOR_PREACTIVATIONS, z, of->units);
  n->correlation = stats_correlation(z, n->batch, of->units, stride_of(of->units));
  activation_forward(of->activation, z, n->a, rows_multiplied(n) * stride_of(of->units));
  observe(n, TENSOR_ACTIVATIONS, n->a, of->units, activation_saturation_lo(of->activation),
          activation_saturation_hi(of->activation));
  predict_layer(n, l);
  n->done = l;
  return (int)l;
}

/* dL/da_L, the first of the deltas */
static void begin_backward(net *n) {
  uint32_t units = n->layers[n->depth - 1].units;
  size_t stride = stride_of(units);
  float *to = n->deltas[0];
  if (n->loss == LOSS_RANDOM) {
    n->mean_loss = loss_random(n->seed, n->a, n->batch, units, stride, to);
    predict_back(n, 1);
    return;
  }
  n->mean_loss = loss_cross_entropy(n->seed, n->a, n->batch, units, stride, to);
  observe_plain(n, TENSOR_DELTAS, to, units); /* for its mean square alone: dL/dz_L takes its place */
  double rms = n->summaries[TENSOR_DELTAS].values[SUMMARY_RMS];
  predict_back(n, rms * rms);
}

/* a_{l-1} once more, into n->a and, columns first, into n->transposed */
static void restore_activations(net *n, uint32_t l) {
  size_t inputs = n->layers[l - 1].inputs, stride = stride_of((uint32_t)inputs), rows = rows_held(n);
  if (l == 1) {
    memcpy(n->a, n->first, rows * stride * sizeof(float));
  } else {
    activation_forward(n->layers[l - 2].activation, n->z[l - 2], n->a, rows_multiplied(n) * stride);
  }
  for (size_t b = 0; b < n->batch; b++) {
    for (size_t i = 0; i < inputs; i++) n->transposed[i * rows + b] = n->a[b * stride + i];
  }
}

static void observe_gradients(net *n, uint32_t l, const float *deltas) {
  const layer *of = &n->layers[l - 1];
  tally_begin(n, of->units, (double)-INFINITY, (double)INFINITY);
  for (size_t row = 0; row < of->inputs; row += SOME_ROWS) {
    size_t rows = smaller(of->inputs - row, SOME_ROWS);
    dense_gradient_rows(n, l, row, rows, deltas);
    stats_add(&n->tally, n->some, rows, of->units, stride_of(of->units), n->alive);
  }
  tally_end(n, TENSOR_WEIGHT_GRADIENTS, of->units);
}

int net_back(net *n) {
  if (!n->memory || !n->loss || n->done < n->depth) return NET_ERROR_ORDER;
  if (n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed;
  const layer *of = &n->layers[l - 1];
  float *deltas = n->deltas[n->passed % 2];
  if (n->passed == 0) {
    begin_backward(n);
  } else {
    dense_backward(n, l + 1, n->deltas[1 - n->passed % 2], deltas);
  }
  size_t count = rows_multiplied(n) * stride_of(of->units);
  activation_derivative(of->activation, n->z[l - 1], n->a, count);
  for (size_t i = 0; i < count; i++) deltas[i] *= n->a[i];
  observe_plain(n, TENSOR_DELTAS, deltas, of->units);
  restore_activations(n, l);
  observe_gradients(n, l, deltas);
  n->passed++;
  return (int)l;
}
