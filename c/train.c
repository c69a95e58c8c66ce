/* train.c: a network that trains: its stored weights, its examples, and what each step does beside the passes.
 *
 * net.c runs the passes, and calls the functions of `step_trainer` on the way. The arithmetic of a step is in optimizer.c,
 * and the losses are in objective.c. Nothing here knows a data set, or decides how long to train.
 *
 * Everything that training stores is in n->trained: the parameters of each layer (weights, then biases), the optimizer's
 * states, the examples, their labels or targets, and the order of the epoch.
 */
#include <math.h>
#include <string.h>

#include "build.h"
#include "input.h"
#include "objective.h"
#include "rng.h"
#include "vec.h"
#include "weights.h"

/* floats of one example, and of one target */
static size_t input_stride(const net *n) { return round_up(values_of(&n->inputs), PANEL); }
static size_t target_stride(const net *n) { return stride_of(build_top(n)->channels); }

static uint64_t layer_floats(const net_layer *layer) {
  size_t rows = layer->kind->has_weights ? weight_rows(layer) + 1 : parameter_rows(layer);
  return rows * (uint64_t)stride_of(layer->shape.out.channels);
}

static uint64_t parameter_floats(const net *n) {
  uint64_t sum = 0;
  for (uint32_t l = 0; l < n->depth; l++) sum += layer_floats(&n->layers[l]);
  return sum;
}

static int has_labels(const net *n) { return n->training.objective == OBJECTIVE_CROSS_ENTROPY; }

static uint64_t state_floats(const net *n) {
  return parameter_floats(n) * (1 + optimizer_states(n->training.choice.optimizer));
}

/* The parts of n->trained, in this order: state, inputs, targets, labels, order, rows. Words are as wide as floats. */
static uint64_t trained_floats(const net *n, uint32_t batch) {
  uint64_t examples = n->training.examples;
  uint64_t answers = has_labels(n) ? examples : examples * target_stride(n);
  return state_floats(n) + examples * input_stride(n) + answers + examples + batch;
}

static void draw_layer(net *n, uint32_t l, float *out) {
  const net_layer *layer = &n->layers[l - 1];
  if (!layer->kind->has_weights) {
    layer->kind->draw(layer, out);
    return;
  }
  size_t all = weight_rows(layer), stride = stride_of(layer->shape.out.channels);
  for (size_t row = 0, rows; row < all; row += rows) {
    rows = smaller(all - row, SOME_ROWS);
    weights_rows(n, l, row, rows);
    memcpy(out + row * stride, n->some, rows * stride * sizeof *out);
  }
  weights_biases(n, l, out + all * stride);
}

static void start(net *n) {
  training *t = &n->training;
  size_t examples = t->examples;
  t->parameters = (size_t)parameter_floats(n);
  t->state = n->trained;
  t->inputs = t->state + state_floats(n);
  float *answers = t->inputs + examples * input_stride(n);
  t->targets = has_labels(n) ? NULL : answers;
  t->labels = has_labels(n) ? (uint32_t *)(void *)answers : NULL;
  t->order = (uint32_t *)(void *)(answers + (has_labels(n) ? examples : examples * target_stride(n)));
  t->rows = t->order + examples;
  t->epoch = UINT64_MAX;
  float *next = t->state;
  for (uint32_t l = 1; l <= n->depth; l++) {
    if (layer_floats(&n->layers[l - 1]) == 0) continue;
    draw_layer(n, l, next);
    n->stored[l - 1] = next;
    next += layer_floats(&n->layers[l - 1]);
  }
}

static double begin_back(net *n, float *gradient) {
  training *t = &n->training;
  batch_rows batch = {t->rows, n->batch, build_top(n)->channels, target_stride(n)};
  if (has_labels(n)) return objective_cross_entropy(&batch, t->labels, n->a, gradient, &t->right);
  double scale = optimizer_error_scale(t->choice.dialect, (uint32_t)batch.cols);
  return objective_squared_error(&batch, t->targets, scale, n->a, gradient);
}

static int are_finite(const float *x, size_t count) {
  f32x4 nothing = vec_set(0);
  for (size_t i = 0; i < count; i += 4) nothing += vec_load(x + i) * vec_set(0);
  return !vec_any(nothing != nothing);
}

/* Moves `count` parameters from `first` on by their gradients. Leaves in the place of the gradients how far each moved. */
static void move(net *n, const update_rule *by, float *first, float *gradients, size_t count) {
  training *t = &n->training;
  uint32_t states = optimizer_states(t->choice.optimizer);
  float *one = states > 0 ? first + t->parameters : NULL, *two = states > 1 ? first + 2 * t->parameters : NULL;
  n->finite &= optimizer_step(by, first, gradients, one, two, count);
}

/* Adds to the sums of net_update_ratio. A weight before its update is the weight minus the update. */
static void add_sums(training *t, const float *weights, const float *updates, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double update = (double)updates[i], before = (double)weights[i] - update;
    t->sums[0] += update;
    t->sums[1] += update * update;
    t->sums[2] += before;
    t->sums[3] += before * before;
  }
}

/* What the step in progress does to a layer whose rate has a factor. */
static update_rule rule_of(const net *n, double factor, int is_bias) {
  optimizer_choice choice = n->training.current;
  choice.hyper[HYPER_RATE] *= factor;
  return optimizer_rule(&choice, n->training.steps, n->batch, is_bias);
}

static void update(net *n, uint32_t l, size_t row, size_t rows) {
  training *t = &n->training;
  size_t cols = n->layers[l - 1].shape.out.channels, stride = stride_of((uint32_t)cols);
  float *weights = n->stored[l - 1] + row * stride;
  if (row == 0) {
    memset(t->sums, 0, sizeof t->sums);
    t->weights = rule_of(n, t->factors[l - 1], 0);
  }
  clear_gaps(n->some, rows, cols, stride); /* in weights they must stay 0 */
  move(n, &t->weights, weights, n->some, rows * stride);
  if (!n->quiet) add_sums(t, weights, n->some, rows * stride);
}

/* dL/db: the sum of dL/dz over the rows, in double */
static void sum_columns(const float *deltas, size_t rows, size_t stride, float *out) {
  for (size_t c = 0; c < stride; c += 4) {
    f64x2 low = {0}, high = {0};
    for (size_t r = 0; r < rows; r++) {
      f32x4 four = vec_load(deltas + r * stride + c);
      low += vec_double_low(four);
      high += vec_double_high(four);
    }
    for (size_t i = 0; i < 2; i++) {
      out[c + i] = (float)low[i];
      out[c + 2 + i] = (float)high[i];
    }
  }
}

/* std of the updates over std of the weights; the gaps in between add nothing to the sums */
static double ratio_of(const double sums[4], double count) {
  double updates = sums[1] / count - sums[0] / count * (sums[0] / count);
  double weights = sums[3] / count - sums[2] / count * (sums[2] / count);
  return __builtin_sqrt(updates > 0 ? updates : updates * 0) / __builtin_sqrt(weights > 0 ? weights : weights * 0);
}

static void end_back(net *n, uint32_t l, const float *deltas) {
  training *t = &n->training;
  const net_layer *layer = &n->layers[l - 1];
  size_t cols = layer->shape.out.channels, stride = stride_of((uint32_t)cols), all = weight_rows(layer);
  update_rule biases = rule_of(n, t->bias_factors[l - 1], 1);
  t->ratio = (double)NAN;
  if (parameter_rows(layer) > 0) {
    size_t count = parameter_rows(layer) * stride;
    layer->kind->gradients(n, l, deltas, n->some);
    move(n, &biases, n->stored[l - 1], n->some, count);
  }
  if (all > 0) {
    if (!n->quiet) t->ratio = ratio_of(t->sums, (double)all * (double)cols);
    sum_columns(deltas, rows_of(n, &layer->shape.out), stride, n->bias);
    clear_gaps(n->bias, 1, cols, stride);
    move(n, &biases, n->stored[l - 1] + all * stride, n->bias, stride);
  }
  if (l > 1) return;
  t->steps++;
  t->updates = 0;
}

static const trainer step_trainer = {trained_floats, start, begin_back, update, end_back};

int net_set_training(net *n, uint32_t objective, uint32_t optimizer, uint32_t dialect, uint32_t examples) {
  if (n->memory) return NET_ERROR_ORDER;
  if (objective >= OBJECTIVE_COUNT || optimizer >= OPTIMIZER_COUNT || dialect >= DIALECT_COUNT ||
      !within(examples, MAX_EXAMPLES) || isnan(optimizer_default(optimizer, dialect, HYPER_RATE)))
    return NET_ERROR_RANGE;
  training *t = &n->training;
  t->objective = objective;
  t->examples = t->split = examples;
  t->choice.optimizer = optimizer;
  t->choice.dialect = dialect;
  for (uint32_t i = 0; i < HYPER_COUNT; i++) t->choice.hyper[i] = optimizer_default(optimizer, dialect, i);
  for (uint32_t l = 0; l < MAX_DEPTH; l++) t->factors[l] = t->bias_factors[l] = 1;
  n->trainer = &step_trainer;
  n->loss = LOSS_CROSS_ENTROPY; /* so every z is kept, and the last layer must give vectors */
  n->input = INPUT_GIVEN;
  return 0;
}

int net_set_split(net *n, uint32_t count) {
  if (!n->trainer) return NET_ERROR_ORDER;
  if (!within(count, n->training.examples)) return NET_ERROR_RANGE;
  n->training.split = count;
  n->training.epoch = UINT64_MAX;
  return 0;
}

double net_hyper(const net *n, uint32_t which) {
  return n->trainer && which < HYPER_COUNT ? n->training.choice.hyper[which] : (double)NAN;
}

int net_set_hyper(net *n, uint32_t which, double value) {
  if (!n->trainer) return NET_ERROR_ORDER;
  if (isnan(net_hyper(n, which)) || !(value >= 0 && value <= net_hyper_limit(which))) return NET_ERROR_RANGE;
  n->training.choice.hyper[which] = value;
  return 0;
}

/* A beta of 1 would make the correction of Adam divide by 0. */
double net_hyper_limit(uint32_t which) {
  static const double limits[HYPER_COUNT] = {
      [HYPER_RATE] = MAX_SCALE, [HYPER_MOMENTUM] = 1, [HYPER_BETA1] = 0.999999,
      [HYPER_BETA2] = 0.999999, [HYPER_EPSILON] = 1,  [HYPER_DECAY] = MAX_SCALE,
  };
  return which < HYPER_COUNT ? limits[which] : (double)NAN;
}

/* a network that trains and was started */
static int is_ready(const net *n) { return n->trainer && n->memory; }

float *net_examples(net *n) { return is_ready(n) ? n->training.inputs : NULL; }
uint32_t *net_labels(net *n) { return is_ready(n) ? n->training.labels : NULL; }
float *net_targets(net *n) { return is_ready(n) ? n->training.targets : NULL; }

/* Is a step under way that may have moved some layers and not yet all? */
static int is_moving(const net *n) {
  return n->training.updates && n->done == n->depth && (n->passed > 0 || !is_between_layers(n));
}

/* Begins a pass: forgets what is left of the last one. */
static void begin(net *n, int updates, int quiet) {
  n->done = n->passed = n->column = n->part = 0;
  n->row = 0;
  n->quiet = quiet;
  n->training.updates = updates;
  n->correlation = n->mean_slope = n->training.ratio = (double)NAN;
}

/* copies an example to row `row` of the batch */
static void take_example(net *n, size_t row, uint32_t example) {
  size_t stride = input_stride(n);
  n->training.rows[row] = example;
  copy_row(n->training.inputs + example * stride, stride, n->a + row * stride);
}

/* a permutation of the examples that train (Fisher and Yates); the same every 2^32 epochs */
static void draw_order(net *n, uint64_t epoch) {
  training *t = &n->training;
  uint32_t key[2] = {n->seed, STREAM_ORDER};
  for (uint32_t i = 0; i < t->split; i++) {
    uint32_t counter[2] = {i, (uint32_t)epoch}, words[2];
    rng_threefry(key, counter, words);
    uint32_t other = (uint32_t)(((uint64_t)words[0] * (i + 1)) >> 32);
    t->order[i] = t->order[other];
    t->order[other] = i;
  }
  t->epoch = epoch;
}

int net_begin_batch(net *n, uint32_t updates, uint32_t observe) {
  if (!is_ready(n) || is_moving(n)) return NET_ERROR_ORDER;
  training *t = &n->training;
  begin(n, updates != 0, observe == 0);
  t->current = t->choice;
  for (size_t row = 0; row < n->batch; row++) {
    uint64_t place = (uint64_t)t->steps * n->batch + row;
    if (place / t->split != t->epoch) draw_order(n, place / t->split);
    take_example(n, row, t->order[place % t->split]);
  }
  return 0;
}

int net_set_factors(net *n, uint32_t layer, double weights, double biases) {
  if (!n->trainer || is_moving(n)) return NET_ERROR_ORDER;
  if (!within(layer, n->depth) || !(weights >= 0 && weights <= MAX_SCALE) || !(biases >= 0 && biases <= MAX_SCALE))
    return NET_ERROR_RANGE;
  n->training.factors[layer - 1] = weights;
  n->training.bias_factors[layer - 1] = biases;
  return 0;
}

int net_begin_test(net *n, uint32_t first) {
  if (!is_ready(n) || is_moving(n)) return NET_ERROR_ORDER;
  if (first >= n->training.examples) return NET_ERROR_RANGE;
  begin(n, 0, 1);
  for (size_t row = 0; row < n->batch; row++) take_example(n, row, (uint32_t)((first + row) % n->training.examples));
  return 0;
}

int net_begin_given(net *n) {
  if (!is_ready(n) || is_moving(n)) return NET_ERROR_ORDER;
  begin(n, 0, 1);
  return 0;
}

int net_train(net *n, uint32_t steps) {
  if (!is_ready(n) || is_moving(n)) return NET_ERROR_ORDER;
  for (uint32_t step = 0; step < steps; step++) {
    net_begin_batch(n, 1, 0);
    while (net_step(n) > 0) continue;
    while (net_back(n) > 0) continue;
  }
  return 0;
}

double net_score(net *n, uint32_t rows) {
  if (!is_ready(n) || n->done < n->depth || n->passed > 0 || !is_between_layers(n) || !within(rows, n->batch))
    return (double)NAN;
  uint32_t batch = n->batch;
  n->batch = rows;
  double loss = begin_back(n, n->deltas[0]);
  n->batch = batch;
  return loss;
}

uint32_t net_right(const net *n) { return n->training.right; }
double net_update_ratio(const net *n) { return n->trainer && n->passed > 0 ? n->training.ratio : (double)NAN; }

float *net_state(net *n) { return is_ready(n) && !is_moving(n) ? n->training.state : NULL; }
double net_state_floats(const net *n) { return n->trainer ? (double)state_floats(n) : 0; }
uint32_t net_steps(const net *n) { return n->training.steps; }

int net_set_steps(net *n, uint32_t steps) {
  if (!is_ready(n) || is_moving(n)) return NET_ERROR_ORDER;
  begin(n, 0, 1);
  n->training.steps = steps;
  n->finite = are_finite(n->training.state, n->training.parameters);
  return 0;
}
