/* blocks.c: nets with norms, residual sums, gated units and PReLU: what they refuse, what memory they take, and that they run in parts, train
 * and keep nothing of an earlier pass.
 *
 * Whether the numbers are right is checked in tests/js/blocks.test.js; here the code runs under the sanitizers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

enum { LINEAR = 0, RELU = 1, BATCH = 6, UNITS = 11 };

static void he(net *n) { net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1); }

static void refused_norms(void) {
  static const struct {
    uint32_t norm;
    double gain, epsilon;
    uint32_t activation;
  } wrong[] = {
      {NORM_COUNT, 1, 1e-5, LINEAR},        {NORM_LAYER, -1, 1e-5, LINEAR}, {NORM_LAYER, (double)NAN, 1e-5, LINEAR},
      {NORM_RMS, 2e6, 1e-5, LINEAR},        {NORM_BATCH, 1, -1e-9, LINEAR}, {NORM_BATCH, 1, 1.5, LINEAR},
      {NORM_LAYER, 1, (double)NAN, LINEAR}, {NORM_LAYER, 1, 1e-5, 99},
  };
  enum { WRONG = sizeof wrong / sizeof *wrong };
  net *n = net_new(1, BATCH, 5, 6, 4, INPUT_NORMAL);
  int refused = 0;
  for (int i = 0; i < WRONG; i++)
    refused += net_add_norm(n, wrong[i].norm, wrong[i].gain, wrong[i].epsilon, wrong[i].activation) == NET_ERROR_RANGE;
  CHECK(refused == WRONG && net_start(n) == NET_ERROR_ORDER, "a norm out of range is refused, and adds no layer",
        "%d of %d", refused, WRONG);
  int images = net_add_norm(n, NORM_LAYER, 1, 0, RELU) + net_add_conv(n, 3, 3, 8, 1, PADDING_SAME, 1, RELU) +
               net_add_norm(n, NORM_BATCH, 0, 1, LINEAR) + net_add_flatten(n) + net_add_norm(n, NORM_RMS, 1, 0, RELU);
  CHECK(images == 0 && net_extent(n, 3, EXTENT_WIDTH) == 6 && net_extent(n, 5, EXTENT_CHANNELS) == 5 * 6 * 8,
        "a norm gives what it gets", "%d", images);
  int above = net_add_global_average(n), rules = net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1);
  CHECK(above == NET_ERROR_RANGE && rules == NET_ERROR_ORDER, "above a vector it is a vector; it has no weights",
        "%d %d", above, rules);
  net_free(n);
}

static void refused_sums(void) {
  net *n = net_new(1, BATCH, 1, 1, UNITS, INPUT_NORMAL);
  CHECK(net_add_sum(n, 0, 1, 1, 0, LINEAR) == NET_ERROR_RANGE, "the first layer is no sum", "-");
  net_add_dense(n, UNITS, RELU, POOL_FLATTEN);
  net_add_dense(n, 2 * UNITS, RELU, POOL_FLATTEN);
  net_add_dense(n, UNITS, RELU, POOL_FLATTEN);
  static const struct {
    uint32_t from;
    double stream, branch;
    uint32_t trains, activation;
  } wrong[] = {
      {2, 1, 1, 0, LINEAR},
      {3, 1, 1, 0, LINEAR},
      {4, 1, 1, 0, LINEAR},
      {UINT32_MAX, 1, 1, 0, LINEAR},
      {1, (double)NAN, 1, 0, LINEAR},
      {1, 1, 2e6, 0, LINEAR},
      {1, 1, 1, 4, LINEAR},
      {1, 1, 1, 0, 99},
      {1, 1, (double)-INFINITY, 0, LINEAR},
  };
  enum { WRONG = sizeof wrong / sizeof *wrong };
  int refused = 0;
  for (int i = 0; i < WRONG; i++)
    refused += net_add_sum(n, wrong[i].from, wrong[i].stream, wrong[i].branch, wrong[i].trains, wrong[i].activation) ==
               NET_ERROR_RANGE;
  CHECK(refused == WRONG, "a sum out of range, or of two shapes, is refused", "%d of %d", refused, WRONG);
  int taken = net_add_sum(n, 0, -1, 0.5, SUM_STREAM | SUM_BRANCH, LINEAR) + net_add_sum(n, 1, 1, 1, 0, RELU);
  CHECK(taken == 0, "the input and any layer of the shape can be the stream", "%d", taken);
  net_free(n);
  n = net_new(1, 1, 4, 4, 2, INPUT_NORMAL);
  net_add_dense(n, 2, LINEAR, POOL_FLATTEN);
  net_add_transposed(n, 4, 4, 2, 1, 0, 0, 1, LINEAR);
  CHECK(net_add_sum(n, 0, 1, 1, 0, LINEAR) == NET_ERROR_RANGE, "an input that was read as a vector is no stream", "-");
  net_free(n);
}

static void refused_units(void) {
  net *n = net_new(1, BATCH, 1, 1, UNITS, INPUT_NORMAL);
  int refused = net_add_gate(n, RELU) == NET_ERROR_RANGE; /* 11 is odd */
  refused += net_add_dense(n, 2 * UNITS, LINEAR, POOL_FLATTEN) == 0 && net_add_gate(n, 99) == NET_ERROR_RANGE;
  refused += net_add_prelu(n, -0.1, 0) == NET_ERROR_RANGE && net_add_prelu(n, 1.1, 0) == NET_ERROR_RANGE;
  refused += net_add_prelu(n, (double)NAN, 0) == NET_ERROR_RANGE && net_add_prelu(n, 0.5, 2) == NET_ERROR_RANGE;
  CHECK(refused == 4, "units out of range are refused, and gated units of an odd number", "%d of 4", refused);
  int taken = net_add_gate(n, RELU) + net_add_prelu(n, 0.5, 1) + net_set_parameter(n, 0.5);
  CHECK(taken == NET_ERROR_RANGE && net_extent(n, 2, EXTENT_CHANNELS) == UNITS &&
            net_extent(n, 3, EXTENT_CHANNELS) == UNITS,
        "gated units halve the channels; the activation of units has no parameter", "%d", taken);
  net_free(n);
  n = net_new(1, BATCH, 3, 4, 6, INPUT_NORMAL);
  int parameter = net_set_parameter(n, 1), images = net_add_gate(n, RELU) + net_add_prelu(n, 0, 0);
  CHECK(parameter == NET_ERROR_ORDER && images == 0 && net_extent(n, 2, EXTENT_WIDTH) == 4,
        "above images they give images", "%d %d", parameter, images);
  net_free(n);
}

/* blocks of two layers, each with its norm, and one more sum that spans all */
static net *residual(uint32_t blocks, uint32_t loss, uint32_t trains) {
  net *n = net_new(3, BATCH, 1, 1, UNITS, INPUT_NORMAL);
  for (uint32_t b = 0; b < blocks; b++) {
    net_add_norm(n, b % NORM_COUNT, 1, 1e-5, LINEAR);
    net_add_dense(n, 3 * UNITS, RELU, POOL_FLATTEN);
    he(n);
    net_add_dense(n, UNITS, LINEAR, POOL_FLATTEN);
    he(n);
    net_add_sum(n, 4 * b, 1, 0.5, trains, LINEAR);
  }
  net_add_sum(n, 0, 0.5, 1, 0, LINEAR);
  net_set_loss(n, loss);
  return n;
}

static double bytes_of(uint32_t blocks, uint32_t loss) {
  net *n = residual(blocks, loss, 0);
  double bytes = net_bytes(n);
  net_free(n);
  return bytes;
}

static void memory(void) {
  double step = bytes_of(3, LOSS_RANDOM) - bytes_of(2, LOSS_RANDOM),
         next = bytes_of(9, LOSS_RANDOM) - bytes_of(8, LOSS_RANDOM);
  CHECK(step == next, "each block takes the same memory: blocks in a row share the buffer for their streams", "%g %g",
        step, next);
  CHECK(bytes_of(9, LOSS_NONE) > bytes_of(8, LOSS_NONE), "with sums every z is kept, even without a loss", "-");
}

enum { BLOCKS = 3, DEPTH = 4 * BLOCKS + 1 };

/* Runs a network of BLOCKS forward and back by these two functions, whole layers or parts. Writes the rms of the
 * activations and of the deltas of each layer. */
static void trace(net *n, int (*step)(net *), int (*back)(net *), double activations[DEPTH], double deltas[DEPTH]) {
  net_start(n);
  for (int l = 0; l < DEPTH;) {
    int stepped = step(n);
    if (stepped > 0) activations[(l = stepped) - 1] = net_summary(n, TENSOR_ACTIVATIONS)[SUMMARY_RMS];
  }
  for (int l = DEPTH + 1; l > 1;) {
    int passed = back(n);
    if (passed > 0) deltas[(l = passed) - 1] = net_summary(n, TENSOR_DELTAS)[SUMMARY_RMS];
  }
  net_free(n);
}

static void parts(void) {
  double whole[2][DEPTH] = {{0}}, split[2][DEPTH] = {{0}};
  trace(residual(BLOCKS, LOSS_RANDOM, 0), net_step, net_back, whole[0], whole[1]);
  trace(residual(BLOCKS, LOSS_RANDOM, 0), net_step_part, net_back_part, split[0], split[1]);
  CHECK(!memcmp(whole, split, sizeof whole) && whole[1][0] > 0, "parts give what whole layers give", "%g %g",
        whole[1][0], split[1][0]);
}

static void training(void) {
  net *n = residual(3, LOSS_NONE, SUM_BRANCH);
  enum { EXAMPLES = 20 };
  net_set_training(n, OBJECTIVE_CROSS_ENTROPY, OPTIMIZER_MOMENTUM, DIALECT_PYTORCH, EXAMPLES);
  net_set_hyper(n, HYPER_RATE, 0.01);
  CHECK(net_start(n) == 0, "a residual network trains", "-");
  uint32_t stride = net_stride(n, TENSOR_INPUT);
  for (uint32_t i = 0; i < EXAMPLES * UNITS; i++) net_examples(n)[i / UNITS * stride + i % UNITS] = (float)sin(7.0 * i);
  for (uint32_t i = 0; i < EXAMPLES; i++) net_labels(n)[i] = i % UNITS;
  net_train(n, 1);
  double first = net_loss(n);
  net_train(n, 199);
  CHECK(net_loss(n) < first / 2, "its loss falls", "%g to %g", first, net_loss(n));
  net_free(n);
}

/* Steps a network to its end, and back if it has a loss. Returns what theory says of its last layer, or NULL. */
static const double *predict(net *n, uint32_t depth) {
  net_start(n);
  for (uint32_t i = 0; net_input(n) && i < BATCH * net_stride(n, TENSOR_INPUT); i++)
    net_input(n)[i] = (float)sin(7.0 * i) * (float)(1 + i / net_stride(n, TENSOR_INPUT));
  while (net_step(n) > 0) continue;
  while (net_back(n) > 0) continue;
  return net_theory(n, depth);
}

enum { WIDE = 128 };

static void linear(net *n) {
  net_add_dense(n, WIDE, LINEAR, POOL_FLATTEN);
  he(n);
}

static uint32_t find_activation(const char *name) {
  uint32_t found = 0;
  while (strcmp(activation_name(found), name) != 0) found++;
  return found;
}

static net *wide(uint32_t inputs, uint32_t input, uint32_t loss) {
  net *n = net_new(5, BATCH, 1, 1, inputs, input);
  net_set_loss(n, loss);
  return n;
}

static void theory(void) {
  net *n = wide(WIDE, INPUT_NORMAL, LOSS_RANDOM);
  linear(n);
  net_add_norm(n, NORM_LAYER, 2, 1, RELU);
  linear(n);
  net_add_norm(n, NORM_RMS, 1, 0, find_activation("tanh"));
  linear(n);
  net_add_sum(n, 1, 0.5, 2, 0, RELU);
  const double *last = predict(n, 6);
  CHECK(last && last[THEORY_DELTA_SQUARE] > 0 && last[THEORY_Z_LOW] < last[THEORY_Z_HIGH],
        "theory follows norms and sums with activations, above normal preactivations", "%g", last ? last[0] : NAN);
  double norm = net_theory(n, 2)[THEORY_Z_SQUARE];
  CHECK(fabs(norm - 4 * 2 / 3.0) < 1e-9, "a norm gives gain^2 v / (v + epsilon), with v = 2", "%g", norm);
  net_free(n);

  n = wide(WIDE, INPUT_NORMAL, LOSS_RANDOM);
  net_add_dense(n, WIDE, RELU, POOL_FLATTEN);
  he(n);
  net_add_norm(n, NORM_LAYER, 1, 0, LINEAR);
  net_add_dense(n, WIDE, RELU, POOL_FLATTEN);
  he(n);
  net_add_sum(n, 2, 1, 0, 0, LINEAR);
  last = predict(n, 4);
  CHECK(last && fabs(last[THEORY_Z_SQUARE] - 1) < 1e-9, "a branch of factor 0 may have any activation", "%g",
        last ? last[0] : NAN);
  net_free(n);

  /* few inputs: they differ in length */
  n = wide(3, INPUT_NORMAL, LOSS_RANDOM);
  linear(n);
  linear(n);
  net_add_sum(n, 1, 1, 1, 0, LINEAR);
  net_add_norm(n, NORM_RMS, 1, 1e-5, LINEAR);
  linear(n);
  net_add_sum(n, 3, 1, 1, 0, LINEAR);
  last = predict(n, 6);
  CHECK(last && last[THEORY_Z_SQUARE] > 0 && isnan(last[THEORY_Z_CORRELATION]) && isnan(last[THEORY_DELTA_SQUARE]),
        "where inputs differ in length, mean squares are known, and correlations and gradients are not", "%g",
        last ? last[0] : NAN);
  net_free(n);

  n = wide(WIDE, INPUT_NORMAL, LOSS_RANDOM);
  linear(n);
  net_add_prelu(n, 0.5, 1);
  linear(n);
  net_add_gate(n, RELU);
  last = predict(n, 4);
  double gated = last ? last[THEORY_Z_SQUARE] : NAN;
  int no_band = last && isnan(last[THEORY_DELTA_LOW]);
  double rectified = net_theory(n, 2)[THEORY_Z_SQUARE], third = net_theory(n, 3)[THEORY_Z_SQUARE];
  CHECK(no_band && fabs(rectified - 1.25) < 1e-9 && fabs(gated - third * third / 2) < 1e-9 &&
            net_theory(n, 1)[THEORY_DELTA_SQUARE] > 0,
        "PReLU gives (1 + slope^2) / 2 of q, and gated units of relu q^2 / 2", "%g %g", rectified, gated);
  net_free(n);

  n = wide(WIDE, INPUT_NORMAL, LOSS_RANDOM);
  linear(n);
  net_add_dense(n, 2 * WIDE, LINEAR, POOL_FLATTEN);
  he(n);
  net_add_gate(n, RELU);
  net_add_sum(n, 1, 1, 1, 0, LINEAR);
  last = predict(n, 4);
  CHECK(last && last[THEORY_DELTA_SQUARE] > 0, "gated units are independent of what their weights read", "%g",
        last ? last[0] : NAN);
  net_free(n);

  int ends = 0;
  for (int kind = 0; kind < 8; kind++) {
    n = kind < 4 || kind > 5 ? wide(kind == 3 ? 3 : WIDE, INPUT_NORMAL, LOSS_NONE)
                             : net_new(5, BATCH, 6, 6, 8, INPUT_GIVEN);
    if (kind < 4 || kind > 5)
      linear(n);
    else
      net_add_conv(n, 1, 1, 8, 1, PADDING_SAME, 1, LINEAR), he(n);
    if (kind == 0) net_add_norm(n, NORM_BATCH, 1, 1e-5, LINEAR);
    if (kind == 1) net_add_dense(n, WIDE, RELU, POOL_FLATTEN), he(n), net_add_sum(n, 1, 1, 1, 0, LINEAR);
    if (kind == 2) linear(n), net_add_sum(n, 1, 1, 1, 0, LINEAR), net_add_sum(n, 1, 1, 1, 0, LINEAR);
    if (kind == 3) net_add_norm(n, NORM_RMS, 1, 0, LINEAR), linear(n), net_add_sum(n, 1, 1, 1, 0, RELU);
    if (kind == 4) net_add_norm(n, NORM_LAYER, 1, 0, LINEAR);
    if (kind == 5) net_add_conv(n, 1, 1, 8, 1, PADDING_SAME, 1, LINEAR), he(n), net_add_sum(n, 1, 1, 1, 0, LINEAR);
    if (kind == 6) net_add_prelu(n, 0, 1), net_add_gate(n, RELU);
    if (kind == 7) linear(n), net_add_prelu(n, 0.5, 0), net_add_sum(n, 1, 1, 1, 0, LINEAR);
    static const uint32_t depths[] = {2, 3, 4, 4, 2, 3, 3, 4};
    ends += predict(n, depths[kind]) == NULL;
    net_free(n);
  }
  CHECK(ends == 8, "elsewhere theory ends: at batch norm, at branches that are not independent, at uneven images",
        "%d of 8", ends);
}

int main(void) {
  refused_norms();
  refused_sums();
  refused_units();
  memory();
  parts();
  training();
  theory();
  return check_failures > 0;
}
