/* layers.c: nets with pooling, flatten and transposed convolutions: what they refuse, their extents, and what they answer
 * of layers without weights.
 *
 * Whether the numbers are right is checked in tests/js/layers.test.js; here the code runs under the sanitizers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

enum { LINEAR = 0, RELU = 1 };

static net *images(uint32_t height, uint32_t width, uint32_t channels) {
  return net_new(1, 3, height, width, channels, INPUT_NORMAL);
}

static void he(net *n) { net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1); }

static void refused_pools(void) {
  /* kind, height, width, stride, padding */
  static const uint32_t wrong[][5] = {
      {WINDOW_COUNT, 2, 2, 2, PADDING_VALID},        {WINDOW_MAX, 0, 2, 2, PADDING_VALID},
      {WINDOW_MAX, 2, 12, 2, PADDING_SAME},          {WINDOW_MAX, 2, 2, 0, PADDING_VALID},
      {WINDOW_MAX, 2, 2, 12, PADDING_VALID},         {WINDOW_MAX, 6, 2, 2, PADDING_VALID},
      {WINDOW_MAX, 2, 7, 2, PADDING_VALID},          {WINDOW_AVERAGE, 3, 3, 1, PADDING_ZEROS + 2},
      {WINDOW_AVERAGE, 4, 3, 1, PADDING_ZEROS + 2},  {WINDOW_AVERAGE, 1, 1, 1, PADDING_ZEROS + 1},
      {WINDOW_AVERAGE, 2, 2, 1, PADDING_ZEROS + 11}, {WINDOW_AVERAGE, 2, 2, 1, UINT32_MAX},
      {WINDOW_MAX, 9, 3, 1, PADDING_ZEROS + 1},
  };
  enum { WRONG = sizeof wrong / sizeof *wrong };
  net *n = images(5, 6, 4);
  int refused = 0;
  for (int i = 0; i < WRONG; i++) {
    const uint32_t *w = wrong[i];
    refused += net_add_pool(n, w[0], w[1], w[2], w[3], w[4]) == NET_ERROR_RANGE;
  }
  CHECK(refused == WRONG && net_start(n) == NET_ERROR_ORDER, "a pool out of range is refused, and adds no layer",
        "%d of %d", refused, WRONG);
  int taken = net_add_pool(n, WINDOW_MAX, 5, 6, 4, PADDING_VALID), flat = net_add_flatten(n);
  CHECK(taken == 0 && flat == 0 && net_extent(n, 1, EXTENT_HEIGHT) == 1 && net_extent(n, 2, EXTENT_CHANNELS) == 4,
        "a window as large as the images fits", "%d %d", taken, flat);
  int after = net_add_pool(n, WINDOW_MAX, 1, 1, 1, PADDING_VALID) + net_add_global_average(n) +
              net_add_conv(n, 1, 1, 4, 1, PADDING_SAME, 1, RELU);
  CHECK(after == 3 * NET_ERROR_RANGE && net_add_flatten(n) == 0 && net_add_dense(n, 4, RELU, POOL_AVERAGE) == 0,
        "no window goes over what flatten gives, but flatten and dense layers do", "%d", after);
  after = net_add_global_average(n);
  CHECK(after == NET_ERROR_RANGE, "nor over a dense layer", "%d", after);
  net_free(n);
  n = net_new(1, 1, 1, 1, 513, INPUT_NORMAL);
  after = net_add_pool(n, WINDOW_MAX, 1, 1, 1, PADDING_VALID) + net_add_global_average(n);
  CHECK(after == 2 * NET_ERROR_RANGE && net_add_flatten(n) == 0, "nor over a vector of more numbers than channels",
        "%d", after);
  net_free(n);
}

/* a window may step as far as the largest window, also where it leaves gaps */
static void long_strides(void) {
  /* height, width, stride, padding; height and width of the output of images of 23 x 12 */
  static const uint32_t pools[][6] = {
      {11, 11, 11, PADDING_VALID, 2, 1}, {11, 11, 11, PADDING_SAME, 3, 2},      {5, 5, 5, PADDING_VALID, 4, 2},
      {2, 1, 11, PADDING_SAME, 3, 2},    {11, 11, 11, PADDING_ZEROS + 5, 3, 2}, {1, 1, 11, PADDING_VALID, 3, 2},
  };
  enum { POOLS = sizeof pools / sizeof *pools };
  int right = 0;
  for (uint32_t i = 0; i < 2 * POOLS; i++) {
    const uint32_t *p = pools[i / 2];
    net *n = images(23, 12, 9);
    int status = net_add_pool(n, i % 2, p[0], p[1], p[2], p[3]);
    int sides = net_extent(n, 1, EXTENT_HEIGHT) == p[4] && net_extent(n, 1, EXTENT_WIDTH) == p[5];
    net_set_loss(n, LOSS_RANDOM);
    right += status == 0 && sides && net_start(n) == 0 && net_step(n) == 1 && net_back(n) == 1 &&
             isfinite(net_summary(n, TENSOR_DELTAS)[SUMMARY_RMS]);
    net_free(n);
  }
  CHECK(right == 2 * POOLS, "pooling takes strides to 11, forward and back", "%d", right);
  net *n = images(23, 12, 9);
  int refused = net_add_conv(n, 11, 11, 4, 5, PADDING_SAME, 1, RELU) + net_add_transposed(n, 5, 5, 4, 5, 0, 0, 1, RELU);
  CHECK(refused == 2 * NET_ERROR_RANGE, "convolutions do not", "%d", refused);
  net_free(n);
}

static void refused_transposed(void) {
  /* kernel height and width, channels, stride, padding, output padding, groups, activation */
  static const uint32_t wrong[][8] = {
      {0, 3, 8, 1, 0, 0, 1, RELU},   {12, 3, 8, 1, 0, 0, 1, RELU},         {3, 12, 8, 1, 0, 0, 1, RELU},
      {3, 3, 0, 1, 0, 0, 1, RELU},   {3, 3, 513, 1, 0, 0, 1, RELU},        {3, 3, 8, 0, 0, 0, 1, RELU},
      {3, 3, 8, 5, 0, 0, 1, RELU},   {3, 3, 8, 2, 3, 0, 1, RELU},          {3, 2, 8, 2, 2, 0, 1, RELU},
      {3, 3, 8, 2, 0, 2, 1, RELU},   {3, 3, 8, 1, 0, 1, 1, RELU},          {3, 3, 8, 1, 0, 0, 0, RELU},
      {3, 3, 8, 1, 0, 0, 3, RELU},   {3, 3, 7, 1, 0, 0, 2, RELU},          {3, 3, 8, 1, 0, 0, 1, 99},
      {11, 11, 8, 4, 0, 0, 1, RELU}, {3, 3, 8, UINT32_MAX, 0, 0, 1, RELU}, {3, 3, 8, 1, UINT32_MAX, 0, 1, RELU},
  };
  enum { WRONG = sizeof wrong / sizeof *wrong };
  net *n = images(5, 55, 4);
  int refused = 0;
  for (int i = 0; i < WRONG; i++) {
    const uint32_t *w = wrong[i];
    refused += net_add_transposed(n, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]) == NET_ERROR_RANGE;
  }
  CHECK(refused == WRONG && net_start(n) == NET_ERROR_ORDER, "a transposed convolution out of range is refused",
        "%d of %d", refused, WRONG);
  int taken = net_add_transposed(n, 8, 8, 8, 4, 0, 0, 1, RELU); /* (55 - 1) 4 + 8 = 224 */
  CHECK(taken == 0 && net_extent(n, 1, EXTENT_HEIGHT) == 24 && net_extent(n, 1, EXTENT_WIDTH) == 224,
        "images of the largest side are given", "%u", net_extent(n, 1, EXTENT_WIDTH));
  CHECK(net_add_transposed(n, 1, 2, 8, 1, 0, 0, 1, RELU) == NET_ERROR_RANGE, "larger ones are refused", "-");
  net_free(n);
  n = images(1, 1, 2);
  CHECK(net_add_transposed(n, 3, 3, 4, 1, 2, 0, 1, RELU) == NET_ERROR_RANGE, "padding leaves at least one output", "-");
  net_add_dense(n, 4096, RELU, POOL_FLATTEN);
  int above = net_add_transposed(n, 4, 4, 6, 1, 0, 0, 1, RELU);
  CHECK(above == 0 && net_extent(n, 2, EXTENT_HEIGHT) == 4, "a vector is an image of one place", "%d", above);
  net_free(n);
  n = net_new(1, 1, 1, 1, 1 << 20, INPUT_NORMAL);
  CHECK(net_add_transposed(n, 11, 11, 34, 1, 0, 0, 1, RELU) == NET_ERROR_RANGE, "2^32 weights are refused", "-");
  net_free(n);
}

/* the last layer may be wide; nothing follows it */
static void outputs(void) {
  net *n = images(1, 1, 2);
  CHECK(net_add_dense(n, 65537, RELU, POOL_FLATTEN) == NET_ERROR_RANGE && net_limit(LIMIT_OUTPUTS) == 65536,
        "65,537 outputs are refused", "limit %u", net_limit(LIMIT_OUTPUTS));
  net_add_dense(n, 4096, RELU, POOL_FLATTEN);
  int added = net_add_dense(n, 65536, LINEAR, POOL_FLATTEN);
  CHECK(added == 0, "65,536 are taken after 4096", "%d", added);
  int refused =
      net_add_dense(n, 2, RELU, POOL_FLATTEN) + net_add_flatten(n) + net_add_transposed(n, 1, 1, 2, 1, 0, 0, 1, RELU);
  CHECK(refused == 3 * NET_ERROR_RANGE, "and nothing after 65,536", "%d", refused);
  net_free(n);
  n = images(1, 1, 16);
  net_add_dense(n, 16, RELU, POOL_FLATTEN);
  net_add_dense(n, 65536, LINEAR, POOL_FLATTEN);
  he(n);
  net_set_loss(n, LOSS_CROSS_ENTROPY);
  CHECK(net_start(n) == 0 && net_step(n) == 1 && net_step(n) == 2 && net_back(n) == 2 && net_back(n) == 1,
        "they run forward and back", "loss %g", net_loss(n));
  net_free(n);
}

/* conv, max pool, transposed convolution, average pool, flatten, dense; or global average instead of the last two */
static net *mixed(uint32_t seed, int global) {
  net *n = net_new(seed, 3, 7, 9, 3, INPUT_NORMAL);
  int status = net_add_conv(n, 3, 3, 12, 2, PADDING_ZEROS + 1, 3, RELU);
  he(n);
  status |= net_add_pool(n, WINDOW_MAX, 2, 3, 1, PADDING_ZEROS + 1);
  status |= net_add_transposed(n, 3, 4, 10, 2, 1, 1, 2, RELU);
  he(n);
  status |= net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  status |= net_add_pool(n, WINDOW_AVERAGE, 3, 3, 3, PADDING_SAME);
  status |= global ? net_add_global_average(n) : net_add_flatten(n);
  if (!global) {
    status |= net_add_dense(n, 6, LINEAR, POOL_FLATTEN);
    he(n);
  }
  status |= net_set_loss(n, LOSS_CROSS_ENTROPY);
  CHECK(status == 0, "layers of every kind go on top of each other", "%d", status);
  return n;
}

static void answers(void) {
  net *n = mixed(1, 0);
  static const uint32_t sides[][3] = {{7, 9, 3},  {4, 5, 12},  {5, 5, 12}, {10, 11, 10},
                                      {4, 4, 10}, {1, 1, 160}, {1, 1, 6}};
  int right = 0;
  for (uint32_t l = 0; l <= 6; l++)
    for (uint32_t side = 0; side < 3; side++) right += net_extent(n, l, side) == sides[l][side];
  CHECK(right == 21, "extents are those of PyTorch and, with same padding, TensorFlow", "%d of 21", right);
  net_free(n);

  n = images(4, 4, 2);
  net_add_pool(n, WINDOW_MAX, 2, 2, 2, PADDING_VALID);
  int order = net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1) +
              net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1) + net_set_counting(n, CONVENTION_TRUE, 0);
  CHECK(order == 3 * NET_ERROR_ORDER && net_set_observed(n, 64) == NET_ERROR_RANGE && net_set_observed(n, 63) == 0,
        "a layer without weights takes no rules", "%d", order);
  net_set_loss(n, LOSS_RANDOM);
  net_start(n);
  int late = net_add_pool(n, WINDOW_MAX, 1, 1, 1, PADDING_VALID) + net_add_global_average(n) + net_add_flatten(n) +
             net_add_transposed(n, 1, 1, 1, 1, 0, 0, 1, RELU);
  CHECK(late == 4 * NET_ERROR_ORDER, "after the start no layer is added", "%d", late);
  uint32_t parts = net_parts(n);
  int stepped = net_step_part(n);
  CHECK(parts == 1 && stepped == 1, "such a layer is one part", "%u", parts);
  int none = isnan(net_mean(n, 1)) && isnan(net_std(n, 1)) && isnan(net_bound(n, 1)) && isnan(net_parent(n, 1)) &&
             isnan(net_right_std(n, 1)) && isnan(net_bias_std(n, 1)) && net_fan(n, 1, FAN_IN) == 0 &&
             net_copies(n, 1) == 0 && !net_weights(n, 1, 0, 0) && !net_summary(n, TENSOR_WEIGHTS) &&
             !net_counts(n, TENSOR_WEIGHTS) && !net_theory(n, 1);
  CHECK(none, "it has no rule, no fan, no weights and no theory", "-");
  const double *z = net_summary(n, TENSOR_PREACTIVATIONS), *a = net_summary(n, TENSOR_ACTIVATIONS);
  CHECK(z && a && z[SUMMARY_RMS] == a[SUMMARY_RMS] && net_squares(n), "its output counts as z and as a", "-");
  parts = net_parts(n);
  int passed = net_back_part(n);
  CHECK(parts == 1 && passed == 1 && !net_weight_gradients(n, 0, 0) && !net_summary(n, TENSOR_WEIGHT_GRADIENTS) &&
            net_summary(n, TENSOR_DELTAS) && net_mean_slope(n) == 1,
        "back too, without gradients of weights", "%u", parts);
  net_free(n);
}

/* the sum of dL/dz of the layer that was passed last */
static double sum_of_deltas(net *n, uint32_t l) {
  double values = (double)net_extent(n, l, EXTENT_HEIGHT) * net_extent(n, l, EXTENT_WIDTH);
  return net_summary(n, TENSOR_DELTAS)[SUMMARY_MEAN] * values * net_extent(n, l, EXTENT_CHANNELS);
}

/* A pool that is computed in parts, over a layer that passes on what it gets. Each number of its gradient goes to the
 * numbers under its window, so the sum stays. */
static void pool_in_parts(uint32_t kind) {
  enum { SIDE = 32, WINDOW = 11, OUT = SIDE - WINDOW + 1, CHANNELS = 144 };
  net *n = net_new(1, 1, SIDE, SIDE, CHANNELS, INPUT_NORMAL);
  net_add_pool(n, WINDOW_AVERAGE, 1, 1, 1, PADDING_VALID);
  net_add_pool(n, kind, WINDOW, WINDOW, 1, PADDING_VALID);
  net_set_loss(n, LOSS_RANDOM);
  net_start(n);
  net_step(n);
  float *below = malloc(sizeof *below * SIDE * SIDE * CHANNELS);
  memcpy(below, net_tensor(n, TENSOR_ACTIVATIONS), sizeof *below * SIDE * SIDE * CHANNELS);
  /* 121 numbers under 484 windows of 144 channels are 1.005 x 2^23 */
  uint32_t parts = net_parts(n);
  int between = net_step_part(n) == 0 && net_parts(n) == 1 && !net_tensor(n, TENSOR_ACTIVATIONS);
  CHECK(parts == 2 && between && net_step_part(n) == 2, "a large pool is two parts, and answers nothing between them",
        "%u", parts);
  int equal = 0;
  for (size_t y = 0; y < OUT; y++) {
    for (size_t x = 0; x < OUT; x++) {
      double largest = -INFINITY, sum = 0;
      for (size_t i = 0; i < WINDOW * WINDOW; i++) {
        float value = below[((y + i / WINDOW) * SIDE + x + i % WINDOW) * CHANNELS];
        largest = fmax(largest, value);
        sum += value;
      }
      float expected = (float)(kind == WINDOW_MAX ? largest : sum / (WINDOW * WINDOW));
      equal += net_tensor(n, TENSOR_ACTIVATIONS)[(y * OUT + x) * CHANNELS] == expected;
    }
  }
  CHECK(equal == OUT * OUT, "each output of it is that of a plain loop", "%d of %d", equal, OUT * OUT);
  parts = net_parts(n);
  between = net_back_part(n) == 0 && net_parts(n) == 1 && !net_summary(n, TENSOR_DELTAS);
  CHECK(parts == 2 && between && net_back_part(n) == 2, "so it is on the way back", "%u", parts);
  double above = sum_of_deltas(n, 2), rms = net_summary(n, TENSOR_DELTAS)[SUMMARY_RMS];
  net_back(n);
  /* A sum of 121 floats that were divided once is off by at most 122 x 2^-24 of the sum of their magnitudes. */
  double most = 122 * 0x1p-24 * rms * OUT * OUT * CHANNELS;
  CHECK(fabs(sum_of_deltas(n, 1) - above) <= most, "its gradient loses nothing", "%g of %g",
        sum_of_deltas(n, 1) - above, most);
  free(below);
  net_free(n);
}

/* Theory needs the mean square of a given input. The fuzzer found that flatten passed on one that was NaN. */
static void without_theory(void) {
  int none = 0;
  for (int flat = 0; flat < 2; flat++) {
    net *n = net_new(1, 2, 2, 2, 1, INPUT_GIVEN);
    if (flat) net_add_flatten(n);
    net_add_dense(n, 3, RELU, POOL_FLATTEN);
    he(n);
    net_start(n);
    for (int i = 0; i < 16; i++) net_input(n)[i] = NAN;
    while (net_step(n) > 0) {}
    none += !net_theory(n, 1) && !net_theory(n, 2);
    net_free(n);
  }
  CHECK(none == 2, "theory says nothing of an input without a finite value, through flatten or not", "%d of 2", none);
}

static double run(net *n) {
  while (net_step(n) > 0) {}
  while (net_back(n) > 0) {}
  return net_summary(n, TENSOR_WEIGHT_GRADIENTS)[SUMMARY_RMS];
}

/* a layer of another kind, but of the same shape, is not taken over */
static void resuming(void) {
  for (int global = 0; global < 2; global++) {
    net *before = mixed(1, global), *alone = mixed(1, global), *next = mixed(1, global);
    net_start(before), net_start(alone), net_start(next);
    double expected = run(alone);
    while (net_step(before) > 0) {}
    int taken = net_resume(next, before);
    double got = run(next);
    CHECK(taken == 5 - global && got == expected, "layers of every kind are taken over, with the same bits", "%d, %g",
          taken, got);
    net_free(before), net_free(alone), net_free(next);
  }
  net *nets[2];
  for (uint32_t kind = 0; kind < 2; kind++) {
    net *n = nets[kind] = images(4, 4, 2);
    net_add_conv(n, 3, 3, 4, 1, PADDING_SAME, 1, RELU);
    he(n);
    net_add_pool(n, kind, 2, 2, 2, PADDING_VALID);
    net_add_conv(n, 3, 3, 4, 1, PADDING_SAME, 1, RELU);
    he(n);
    net_set_loss(n, LOSS_RANDOM);
    net_start(n);
  }
  while (net_step(nets[0]) > 0) {}
  int taken = net_resume(nets[1], nets[0]);
  CHECK(taken == 0, "the maximum and the mean of one window are two layers", "%d", taken);
  net_free(nets[0]), net_free(nets[1]);
}

int main(void) {
  refused_pools();
  long_strides();
  refused_transposed();
  outputs();
  answers();
  without_theory();
  resuming();
  pool_in_parts(WINDOW_MAX);
  pool_in_parts(WINDOW_AVERAGE);
  return check_failures != 0;
}
