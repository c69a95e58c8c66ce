/* train.c: tests of a network that trains: where it starts, what a step moves, and what it refuses.
 *
 * Optimizers have tests of their own (optimizer.c). Gradients and whole runs are held to double precision in
 * tests/js/training.test.js.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/network.h"
#include "../../c/objective.h"
#include "check.h"

enum { LINEAR, RELU, LEAKY, TANH };
enum { BATCH = 8, EXAMPLES = 20, INPUTS = 12, OUTPUTS = 3 };

/* three layers, the middle one orthogonal; a network that does not train where `examples` is 0 */
static net *build(uint32_t optimizer, uint32_t examples) {
  net *n = net_new(7, BATCH, 1, 1, INPUTS, INPUT_NORMAL);
  net_add_dense(n, 20, RELU, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  net_add_dense(n, 20, TANH, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  net_add_dense(n, OUTPUTS, LINEAR, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1, 1);
  if (examples > 0) net_set_training(n, OBJECTIVE_CROSS_ENTROPY, optimizer, DIALECT_PYTORCH, examples);
  net_start(n);
  return n;
}

/* the same with examples that say which one they are: the first input is their number */
static net *training_net(uint32_t optimizer) {
  net *n = build(optimizer, EXAMPLES);
  size_t stride = net_stride(n, TENSOR_INPUT);
  for (size_t i = 0; i < EXAMPLES * INPUTS; i++)
    net_examples(n)[i / INPUTS * stride + i % INPUTS] =
        i % INPUTS ? (float)((int)(i * 29 % 31) - 15) / 16 : (float)(i / INPUTS) / 8;
  for (uint32_t i = 0; i < EXAMPLES; i++) net_labels(n)[i] = i % OUTPUTS;
  net_set_hyper(n, HYPER_RATE, 0.05);
  return n;
}

static void starting(void) {
  net *plain = build(0, 0), *trained = build(OPTIMIZER_SGD, EXAMPLES);
  int same = 0;
  for (uint32_t l = 1; l <= 3; l++) {
    size_t rows = l == 1 ? INPUTS : 20, stride = l == 3 ? 8 : 24;
    float *drawn = malloc(rows * stride * sizeof *drawn);
    memcpy(drawn, net_weights(plain, l, 0, (uint32_t)rows), rows * stride * sizeof *drawn);
    same += !memcmp(drawn, net_weights(trained, l, 0, (uint32_t)rows), rows * stride * sizeof *drawn);
    free(drawn);
  }
  CHECK(same == 3, "training starts from the weights that the same network draws", "%d of 3 layers", same);
  net_free(plain);
  net_free(trained);
}

/* An epoch takes each example once, and the next one in another order. */
static void epochs(void) {
  enum { EPOCHS = 8 };
  net *n = training_net(OPTIMIZER_SGD);
  int seen[EXAMPLES] = {0}, uneven = 0, moved = 0, last[EXAMPLES], place = 0;
  net_set_hyper(n, HYPER_RATE, 0);
  for (int step = 0; step < EPOCHS * EXAMPLES / BATCH; step++) {
    net_begin_batch(n, 1, 0);
    for (int row = 0; row < BATCH; row++, place++) {
      int example = (int)(net_tensor(n, TENSOR_ACTIVATIONS)[(size_t)row * net_stride(n, TENSOR_INPUT)] * 8);
      if (place >= EXAMPLES) moved += last[place % EXAMPLES] != example;
      last[place % EXAMPLES] = example;
      seen[example]++;
      if (place % EXAMPLES == EXAMPLES - 1) {
        for (int i = 0; i < EXAMPLES; i++) uneven += seen[i] != place / EXAMPLES + 1;
      }
    }
    while (net_step(n) > 0) {}
    while (net_back(n) > 0) {}
  }
  CHECK(uneven == 0 && place == EPOCHS * EXAMPLES, "an epoch takes each example once", "%d are wrong", uneven);
  CHECK(moved > EXAMPLES, "in another order than the epoch before", "%d of %d", moved, (EPOCHS - 1) * EXAMPLES);
  CHECK(net_steps(n) == EPOCHS * EXAMPLES / BATCH, "net_steps counts", "%u", net_steps(n));
  net_free(n);
}

static float *copy_state(net *n) {
  size_t bytes = (size_t)net_state_floats(n) * sizeof(float);
  float *copy = malloc(bytes);
  memcpy(copy, net_state(n), bytes);
  return copy;
}

static int has_state(net *n, const float *state) {
  return !memcmp(net_state(n), state, (size_t)net_state_floats(n) * sizeof *state);
}

/* Plain SGD moves each weight by -rate times its gradient; whether it is observed changes nothing. */
static void moving(void) {
  net *n = training_net(OPTIMIZER_SGD), *quiet = training_net(OPTIMIZER_SGD);
  float *before = copy_state(n);
  int wrong = 0, seen = 0, ratios = 0;
  net_begin_batch(n, 1, 1);
  while (net_step(n) > 0) seen += net_summary(n, TENSOR_WEIGHTS) && !net_theory(n, 1);
  for (int l; (l = net_back(n)) > 0;) {
    size_t rows = l == 1 ? INPUTS : 20, stride = l == 3 ? 8 : 24, cols = l == 3 ? OUTPUTS : 20;
    float *gradient = malloc(rows * stride * sizeof *gradient);
    memcpy(gradient, net_weight_gradients(n, 0, (uint32_t)rows), rows * stride * sizeof *gradient);
    const float *old = before + (l == 1   ? 0
                                 : l == 2 ? 13 * 24
                                          : 34 * 24),
                *now = net_weights(n, (uint32_t)l, 0, (uint32_t)rows);
    for (size_t i = 0; i < rows * stride; i++)
      wrong += i % stride < cols ? now[i] != old[i] + -0.05f * gradient[i] : now[i] != 0;
    ratios += net_update_ratio(n) > 0 && net_summary(n, TENSOR_WEIGHT_GRADIENTS) && net_squares(n);
    free(gradient);
  }
  CHECK(wrong == 0, "plain SGD moves a weight by -rate times its gradient", "%d weights are wrong", wrong);
  CHECK(seen == 3 && ratios == 3, "an observed step has summaries and ratios, and no theory", "%d, %d", seen, ratios);
  net_train(quiet, 1);
  float *state = copy_state(n);
  CHECK(has_state(quiet, state) && net_loss(quiet) == net_loss(n) && net_right(quiet) == net_right(n),
        "a step that is not observed gives the same bits", "-");
  CHECK(!net_summary(quiet, TENSOR_DELTAS) && !net_squares(quiet) && isnan(net_update_ratio(quiet)) &&
            isnan(net_mean_slope(quiet)),
        "and has no summary", "-");
  net_begin_batch(n, 0, 1);
  while (net_step(n) > 0) {}
  while (net_back(n) > 0) {}
  CHECK(has_state(n, state) && net_steps(n) == 1 && net_summary(n, TENSOR_DELTAS), "looking at a batch moves nothing",
        "-");
  CHECK(isnan(net_update_ratio(n)) && !isnan(net_mean_slope(n)), "and has no ratio", "-");
  net_train(n, 1);
  CHECK(isnan(net_mean_slope(n)) && isnan(net_correlation(n)) && isnan(net_update_ratio(n)),
        "a step that is not observed forgets what was", "-");
  free(before);
  free(state);
  net_free(n);
  net_free(quiet);
}

/* A layer without weights has no ratio, also after one that has. */
static void pooling(void) {
  net *n = net_new(1, 2, 4, 4, 1, INPUT_NORMAL);
  net_add_pool(n, WINDOW_MAX, 2, 2, 2, PADDING_VALID);
  net_add_dense(n, 3, LINEAR, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 1, 1);
  net_set_training(n, OBJECTIVE_CROSS_ENTROPY, OPTIMIZER_SGD, DIALECT_PYTORCH, 2);
  net_start(n);
  for (int i = 0; i < 32; i++) net_examples(n)[i] = (float)(i % 5);
  net_begin_batch(n, 1, 1);
  while (net_step(n) > 0) {}
  double ratio = net_back(n) == 2 ? net_update_ratio(n) : 0;
  CHECK(ratio > 0 && net_back(n) == 1 && isnan(net_update_ratio(n)), "a layer without weights has no ratio", "%g",
        ratio);
  net_free(n);
}

/* Another share of the examples has another order at once. */
static void splitting(void) {
  net *n = training_net(OPTIMIZER_SGD);
  int least = EXAMPLES, most = 0;
  net_begin_batch(n, 0, 0);
  net_set_split(n, 2);
  net_begin_batch(n, 0, 0);
  for (int row = 0; row < BATCH; row++) {
    int example = (int)(net_tensor(n, TENSOR_ACTIVATIONS)[(size_t)row * net_stride(n, TENSOR_INPUT)] * 8);
    least = example < least ? example : least;
    most = example > most ? example : most;
  }
  CHECK(least == 0 && most == 1, "only the first examples train", "%d to %d", least, most);
  net_free(n);
}

/* A state that was saved leads to the same bits again, for every optimizer. */
static void replaying(void) {
  int right = 0;
  for (uint32_t optimizer = 0; optimizer < OPTIMIZER_COUNT; optimizer++) {
    net *n = training_net(optimizer);
    net_train(n, 5);
    float *saved = copy_state(n);
    net_train(n, 6);
    float *end = copy_state(n);
    double loss = net_loss(n);
    memcpy(net_state(n), saved, (size_t)net_state_floats(n) * sizeof *saved);
    right += net_set_steps(n, 5) == 0 && !has_state(n, end) && net_train(n, 6) == 0 && has_state(n, end) &&
             net_loss(n) == loss && net_steps(n) == 11;
    free(saved);
    free(end);
    net_free(n);
  }
  CHECK(right == OPTIMIZER_COUNT, "a saved state leads to the same bits", "%d of %d optimizers", right,
        OPTIMIZER_COUNT);
}

/* The last step that net_set_steps takes is like all others, and the next one is step 0 again. */
static void counting(void) {
  int right = 0;
  for (uint32_t optimizer = 0; optimizer < OPTIMIZER_COUNT; optimizer++) {
    net *n = training_net(optimizer), *other = training_net(optimizer);
    for (int k = 0; k < 2; k++) {
      net_set_split(k ? other : n, BATCH); /* so that a step is an epoch */
      net_set_steps(k ? other : n, UINT32_MAX - (k ? 1 : 0));
    }
    net_begin_batch(other, 0, 0); /* the epoch before is drawn, and nothing moves */
    net_set_steps(other, UINT32_MAX);
    net_train(n, 1);
    net_train(other, 1);
    float *state = copy_state(other);
    right += has_state(n, state) && isfinite(net_loss(n)) && net_steps(n) == 0;
    net_train(n, 1);
    right += isfinite(net_loss(n)) && net_steps(n) == 1;
    free(state);
    net_free(n);
    net_free(other);
  }
  CHECK(right == 2 * OPTIMIZER_COUNT, "step 2^32 - 1 is a step like others, and is followed by step 0", "%d of %d",
        right, 2 * OPTIMIZER_COUNT);
}

/* The loss and the accuracy of any examples, whatever the size of the batch. */
static void scoring(void) {
  net *n = training_net(OPTIMIZER_ADAM);
  net_train(n, 100);
  double sum = 0;
  uint32_t right = 0;
  for (uint32_t first = 0; first < EXAMPLES; first += BATCH) {
    uint32_t rows = EXAMPLES - first < BATCH ? EXAMPLES - first : BATCH;
    net_begin_test(n, first);
    CHECK(isnan(net_score(n, rows)), "there is no score before the pass", "-");
    while (net_step(n) > 0) {}
    sum += net_score(n, rows) * rows;
    right += net_right(n);
  }
  CHECK(sum / EXAMPLES < 0.5 && right >= 18, "a small network learns twenty labels", "loss %g, %u right",
        sum / EXAMPLES, right);
  net_begin_test(n, EXAMPLES - 2);
  const float *rows = net_tensor(n, TENSOR_ACTIVATIONS);
  size_t stride = net_stride(n, TENSOR_INPUT);
  CHECK(rows[stride] * 8 == EXAMPLES - 1 && rows[2 * stride] == 0 && rows[3 * stride] * 8 == 1,
        "after the last example comes the first", "%g", (double)rows[2 * stride] * 8);
  while (net_step(n) > 0) {}
  int bad = isnan(net_score(n, 0)) && isnan(net_score(n, BATCH + 1));
  CHECK(bad && net_begin_test(n, EXAMPLES) == NET_ERROR_RANGE, "rows and examples are held to their range", "-");
  net_begin_given(n);
  memset(net_input(n), 0, BATCH * net_stride(n, TENSOR_INPUT) * sizeof(float));
  while (net_step(n) > 0) {}
  const float *a = net_tensor(n, TENSOR_ACTIVATIONS);
  CHECK(a && a[0] == a[8] && a[0] != 0, "inputs of the caller pass too", "%g", a ? (double)a[0] : 0);
  net_free(n);
}

/* Of equal activations the first counts, and a row with a NaN is never right. */
static void classifying(void) {
  enum { ROWS = 5, COLS = 3, FLOATS = 8 };
  float nan = (float)NAN, gradient[ROWS * FLOATS];
  float a[ROWS * FLOATS] = {
      1, 1, 0, [FLOATS] = 1, 1, 0, [2 * FLOATS] = nan, 0, 0, [3 * FLOATS] = 0, nan, 0, [4 * FLOATS] = 0, 0, 1};
  uint32_t labels[ROWS] = {0, 2, 0, 0, 2}, examples[ROWS] = {0, 1, 2, 3, 4}, right;
  batch_rows batch = {examples, 2, COLS, FLOATS};
  double loss = objective_cross_entropy(&batch, labels, a, gradient, &right), expected = log(2 + exp(-1)) + 0.5;
  CHECK(right == 1 && fabs(loss - expected) < 1e-6, "of equal activations the first counts", "%u, %g", right, loss);
  batch.rows = ROWS;
  loss = objective_cross_entropy(&batch, labels, a, gradient, &right);
  CHECK(right == 2 && isnan(loss), "a row with a NaN is never right", "%u, %g", right, loss);
}

/* a network of one layer, whose squared error has a gradient that is known */
static void squared_error(void) {
  double moved[2];
  for (uint32_t k = 0; k < 2; k++) {
    net *n = net_new(1, 1, 1, 1, 1, INPUT_NORMAL);
    net_add_dense(n, 4, LINEAR, POOL_FLATTEN);
    net_set_training(n, OBJECTIVE_SQUARED_ERROR, OPTIMIZER_SGD, k ? DIALECT_SCIKIT_LEARN : DIALECT_PYTORCH, 1);
    net_set_hyper(n, HYPER_RATE, 0.5);
    net_start(n);
    net_examples(n)[0] = 2;
    net_targets(n)[0] = 3, net_targets(n)[1] = -1;
    net_train(n, 1);
    CHECK(net_loss(n) == (9.0 + 1.0) / 4 && !net_labels(n), "squared error is the mean over the outputs", "%g",
          net_loss(n));
    moved[k] = (double)net_weights(n, 1, 0, 1)[0];
    net_free(n);
  }
  /* the error is -3, and the input 2: the gradient is 2 / 4 x -3 x 2 in PyTorch, and -3 x 2 in scikit-learn */
  CHECK(moved[0] == 1.5 && moved[1] == 3, "its gradient is that of the library", "%g %g", moved[0], moved[1]);
}

/* Numbers without end go where they must: a product with 0 must not hide them. */
static void diverging(void) {
  net *n = training_net(OPTIMIZER_SGD);
  net_labels(n)[3] = OUTPUTS;
  int first = 0;
  do { /* an epoch has 2.5 batches */
    net_train(n, 1);
  } while (++first < 5 && !isnan(net_loss(n)));
  CHECK(first >= 1 && first <= 3 && isnan(net_weights(n, 1, 0, 1)[0]),
        "a label that is no output makes the loss NaN, and the weights that move by it", "step %d", first);
  net_free(n);
  n = training_net(OPTIMIZER_SGD);
  net_set_hyper(n, HYPER_RATE, 1e6);
  net_train(n, 40);
  CHECK(!isfinite(net_loss(n)) || net_loss(n) > 1e3, "a rate of 1e6 makes the loss diverge", "%g", net_loss(n));
  net_state(n)[0] = (float)NAN;
  net_set_steps(n, 0);
  memset(net_examples(n), 0, EXAMPLES * net_stride(n, TENSOR_INPUT) * sizeof(float));
  net_train(n, 1);
  CHECK(isnan(net_loss(n)), "a weight that is NaN is not skipped with an input of 0", "%g", net_loss(n));
  net_free(n);

  n = net_new(1, 1, 1, 1, 1, INPUT_NORMAL); /* and from here on so wide that the product skips zeros */
  net_add_dense(n, SLAB, LINEAR, POOL_FLATTEN);
  net_set_training(n, OBJECTIVE_SQUARED_ERROR, OPTIMIZER_SGD, DIALECT_PYTORCH, 1);
  net_start(n);
  net_examples(n)[0] = net_targets(n)[0] = 1e30f; /* their product is infinite, and moves the weight so far */
  net_train(n, 1);
  net_examples(n)[0] = 0;
  net_train(n, 1);
  CHECK(isnan(net_loss(n)), "nor is one that a step made infinite", "%g", net_loss(n));
  net_free(n);

  n = net_new(1, 1, 1, 1, 1, INPUT_NORMAL);
  net_add_dense(n, SLAB, LINEAR, POOL_FLATTEN);
  net_set_training(n, OBJECTIVE_SQUARED_ERROR, OPTIMIZER_SGD, DIALECT_PYTORCH, 1);
  net_start(n);
  net_targets(n)[0] = (float)INFINITY;
  net_train(n, 1);
  CHECK(isnan(net_weights(n, 1, 0, 1)[0]), "nor is an infinite dL/dz", "%g", (double)net_weights(n, 1, 0, 1)[0]);
  net_free(n);
}

/* the state after three steps, at a rate and factors of the rate of all layers; the caller frees it */
static float *state_after(uint32_t optimizer, uint32_t dialect, double rate, double factor) {
  net *n = training_net(optimizer);
  n->training.choice.dialect = dialect;
  net_set_hyper(n, HYPER_RATE, rate);
  net_set_hyper(n, HYPER_DECAY, 0.125);
  for (uint32_t l = 1; l <= n->depth && factor != 1; l++) net_set_factors(n, l, factor, factor);
  net_train(n, 3);
  size_t bytes = (size_t)net_state_floats(n) * sizeof(float);
  float *copy = malloc(bytes);
  memcpy(copy, net_state(n), bytes);
  net_free(n);
  return copy;
}

/* Weights and biases of layer 2 at a factor of 0 or 1 each. */
static void freezing(void) {
  net *n = training_net(OPTIMIZER_ADAM);
  enum { ROW_FLOATS = 24, ROWS = 20 };
  float before[ROW_FLOATS * (ROWS + 1)];
  int held[4] = {0};
  for (int i = 0; i < 4; i++) {
    const float *layer = n->stored[1];
    memcpy(before, layer, sizeof before);
    net_set_factors(n, 2, i & 1, i >> 1);
    net_train(n, 1);
    held[i] = !memcmp(before, layer, ROW_FLOATS * ROWS * sizeof *before) +
              2 * !memcmp(before + ROW_FLOATS * ROWS, layer + ROW_FLOATS * ROWS, ROW_FLOATS * sizeof *before);
  }
  CHECK(held[0] == 3 && held[1] == 2 && held[2] == 1 && held[3] == 0,
        "a factor of 0 freezes the weights of a layer, or its biases", "%d %d %d %d", held[0], held[1], held[2],
        held[3]);
  net_free(n);
}

/* A quarter of the rate is exact, as a number and as a factor. */
static void factoring(void) {
  int same = 0, moved = 0, all = 0;
  for (uint32_t optimizer = 0; optimizer < OPTIMIZER_COUNT; optimizer++) {
    for (uint32_t dialect = 0; dialect < DIALECT_COUNT; dialect++) {
      if (isnan(optimizer_default(optimizer, dialect, HYPER_RATE))) continue;
      net *n = build(optimizer, EXAMPLES);
      size_t bytes = (size_t)net_state_floats(n) * sizeof(float);
      net_free(n);
      float *by_rate = state_after(optimizer, dialect, 0.0125, 1),
            *by_factor = state_after(optimizer, dialect, 0.05, 0.25);
      float *neither = state_after(optimizer, dialect, 0.05, 1);
      same += !memcmp(by_rate, by_factor, bytes);
      moved += memcmp(neither, by_factor, bytes) != 0;
      all++;
      free(by_rate);
      free(by_factor);
      free(neither);
    }
  }
  CHECK(all == 22 && same == all && moved == all,
        "a factor on all layers is that factor on the rate, to the bit, for every optimizer", "%d of %d, %d moved",
        same, all, moved);
}

static void refusing(void) {
  net *n = build(0, 0);
  int none = !net_examples(n) && !net_labels(n) && !net_targets(n) && !net_state(n) && net_state_floats(n) == 0 &&
             isnan(net_hyper(n, HYPER_RATE)) && isnan(net_update_ratio(n)) && isnan(net_score(n, 1));
  int order = net_set_training(n, 0, 0, 0, 1) + net_set_hyper(n, HYPER_RATE, 1) + net_set_split(n, 1) +
              net_begin_batch(n, 1, 0) + net_begin_test(n, 0) + net_begin_given(n) + net_train(n, 1) +
              net_set_steps(n, 0) + net_set_factors(n, 1, 1, 1);
  CHECK(none && order == 9 * NET_ERROR_ORDER, "a network that does not train answers nothing of training", "%d", order);
  net_free(n);

  n = net_new(1, 4, 1, 1, 3, INPUT_NORMAL);
  net_add_dense(n, 2, LINEAR, POOL_FLATTEN);
  int range = net_set_training(n, OBJECTIVE_COUNT, 0, 0, 1) + net_set_training(n, 0, OPTIMIZER_COUNT, 0, 1) +
              net_set_training(n, 0, 0, DIALECT_COUNT, 1) + net_set_training(n, 0, 0, 0, 0) +
              net_set_training(n, 0, OPTIMIZER_ADAM, DIALECT_CONVNET_JS, 1);
  CHECK(range == 5 * NET_ERROR_RANGE && !n->trainer, "what does not exist is refused", "%d", range);
  net_set_training(n, 0, OPTIMIZER_MOMENTUM, DIALECT_PYTORCH, 9);
  range = net_set_hyper(n, HYPER_COUNT, 0) + net_set_hyper(n, HYPER_RATE, -1) +
          net_set_hyper(n, HYPER_RATE, (double)NAN) + net_set_hyper(n, HYPER_RATE, 1e9) +
          net_set_hyper(n, HYPER_EPSILON, 0.1) + net_set_split(n, 0) + net_set_split(n, 10) +
          net_set_factors(n, 0, 1, 1) + net_set_factors(n, 2, 1, 1) + net_set_factors(n, 1, -1, 1) +
          net_set_factors(n, 1, 1, (double)NAN) + net_set_factors(n, 1, 1e7, 1);
  CHECK(range == 12 * NET_ERROR_RANGE && isnan(net_hyper_limit(HYPER_COUNT)), "hyperparameters are held to their range",
        "%d", range);
  CHECK(net_train(n, 1) == NET_ERROR_ORDER, "nothing trains before net_start", "-");
  double bytes = net_bytes(n);
  net_set_training(n, 0, OPTIMIZER_ADAM, DIALECT_PYTORCH, 9);
  CHECK(net_bytes(n) - bytes == 4 * 4 * 8, "Adam keeps a number more than momentum for each weight and bias", "%g",
        net_bytes(n) - bytes);
  net_free(n);

  n = training_net(OPTIMIZER_SGD);
  net_begin_batch(n, 1, 0);
  while (net_step(n) > 0) {}
  net_back(n);
  int half = net_begin_batch(n, 1, 0) + net_begin_test(n, 0) + net_begin_given(n) + net_train(n, 0) +
             net_set_steps(n, 0) + net_set_factors(n, 1, 1, 1);
  CHECK(half == 6 * NET_ERROR_ORDER && !net_state(n), "half a step is not left", "%d", half);
  while (net_back(n) > 0) {}
  CHECK(net_begin_batch(n, 1, 0) == 0 && net_step(n) == 1 && net_begin_batch(n, 1, 0) == 0 && net_state(n),
        "a step that has moved nothing may be left", "-");
  net *next = training_net(OPTIMIZER_SGD);
  CHECK(net_resume(next, n) == 0, "a network that trains takes over nothing", "-");
  net_free(next);
  next = build(0, 0);
  while (net_step(n) > 0) {}
  CHECK(net_resume(next, n) == 0, "and gives nothing to one that does not", "-");
  net_free(next);
  net_free(n);

  n = net_new(1, 2, 8, 8, 1, INPUT_NORMAL);
  net_add_conv(n, 3, 3, 2, 1, PADDING_SAME, 1, RELU);
  net_set_training(n, 0, 0, 0, 5);
  CHECK(net_set_loss(n, LOSS_NONE) == NET_ERROR_ORDER && net_set_loss(n, LOSS_RANDOM) == NET_ERROR_ORDER,
        "the loss of a network that trains stays what it is", "-");
  CHECK(net_start(n) == NET_ERROR_RANGE, "the last layer must give vectors", "-");
  net_free(n);
}

/* a network with so many examples that little memory is left for the batch */
static net *build_full(uint32_t batch, uint32_t examples) {
  net *n = net_new(1, batch, 1, 1, 256, INPUT_NORMAL);
  net_add_dense(n, 8, LINEAR, POOL_FLATTEN);
  net_set_training(n, OBJECTIVE_CROSS_ENTROPY, OPTIMIZER_SGD, DIALECT_PYTORCH, examples);
  return n;
}

static void fitting(void) {
  net *small = build_full(504, 1);
  double left = net_limit(LIMIT_BYTES) - net_bytes(small);
  net_free(small);
  uint32_t examples = (uint32_t)(left / (4 * (256 + 2))), most[2]; /* each has a label, and a place in the order */
  for (int k = 0; k < 2; k++) {
    net *n = build_full(k ? 1024 : 1, examples);
    most[k] = net_max_batch(n);
    net_free(n);
  }
  CHECK(most[0] == most[1] && most[0] >= 504 && most[0] < 512, "net_max_batch is the same whatever the batch is",
        "%u %u", most[0], most[1]);
}

int main(void) {
  starting();
  epochs();
  moving();
  pooling();
  splitting();
  replaying();
  counting();
  scoring();
  classifying();
  squared_error();
  diverging();
  freezing();
  factoring();
  refusing();
  fitting();
  return check_failures;
}
