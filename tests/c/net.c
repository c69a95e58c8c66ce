/* net.c: the contract of the network's functions: order of calls, ranges, memory, and how nets of two sizes relate.
 *
 * Whether the numbers are right is checked in tests/js.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

static uint32_t index_of(const char *name, uint32_t count, const char *(*name_of)(uint32_t)) {
  for (uint32_t i = 0; i < count; i++) {
    if (!strcmp(name, name_of(i))) return i;
  }
  return UINT32_MAX;
}
static uint32_t scheme(const char *name) { return index_of(name, scheme_count(), scheme_name); }
static uint32_t activation(const char *name) { return index_of(name, activation_count(), activation_name); }

/* adds a layer by the names of an activation and a scheme */
static int add(net *n, uint32_t units, const char *activation_of, const char *scheme_of) {
  uint32_t s = scheme(scheme_of);
  int status = net_add_dense(n, units, activation(activation_of), POOL_FLATTEN);
  return status ? status : net_set_weights(n, scheme_distribution(s), scheme_mode(s), scheme_number(s), 1);
}

/* a started net of `depth` layers of `units` units, whose std of weights does not depend on the number of units */
static net *built(uint32_t batch, uint32_t inputs, uint32_t units, uint32_t depth) {
  net *n = net_new(1, batch, 1, 1, inputs, INPUT_NORMAL);
  for (uint32_t l = 0; l < depth; l++) {
    add(n, units, "tanh", "zeros");
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.3, 1);
  }
  net_start(n);
  return n;
}

static void ranges(void) {
  int refused = !net_new(1, 0, 1, 1, 8, 0) + !net_new(1, 1025, 1, 1, 8, 0) + !net_new(1, 8, 1, 1, 0, 0) +
                !net_new(1, 8, 1, 1, (1 << 20) + 1, 0) + !net_new(1, 8, 1, 1, 8, 3);
  CHECK(refused == 5, "net_new refuses what is out of range", "%d of 5", refused);

  net *n = net_new(1, 8, 1, 1, 8, INPUT_NORMAL);
  int early = net_set_weights(n, 0, 0, 0, 1) + net_set_bias(n, 0, 0, 0, 1) + net_start(n);
  refused = (net_add_dense(n, 0, 0, POOL_FLATTEN) == NET_ERROR_RANGE) +
            (net_add_dense(n, 65537, 0, POOL_FLATTEN) == NET_ERROR_RANGE) +
            (net_add_dense(n, 8, activation_count(), POOL_FLATTEN) == NET_ERROR_RANGE) +
            (net_set_loss(n, LOSS_COUNT) == NET_ERROR_RANGE);
  CHECK(refused == 4 && net_start(n) == NET_ERROR_ORDER, "a refused layer is not added", "%d of 4", refused);
  CHECK(early == 3 * NET_ERROR_ORDER, "without a layer there is no rule to set", "%d", early);

  int added = 0;
  for (int l = 0; l < 256; l++) added += add(n, 8, "relu", "he-normal");
  CHECK(added == 0 && net_add_dense(n, 8, 0, POOL_FLATTEN) == NET_ERROR_RANGE, "256 layers are taken, 257 are not",
        "%d", added);
  net_free(n);
}

static void rules(void) {
  const struct {
    uint32_t distribution, mode;
    double number, gain;
  } bad[] = {
      {DISTRIBUTION_COUNT, MODE_VALUE, 1, 1},
      {DISTRIBUTION_NORMAL, MODE_COUNT, 1, 1},
      {DISTRIBUTION_NORMAL, MODE_VALUE, -0.1, 1},
      {DISTRIBUTION_NORMAL, MODE_VALUE, (double)INFINITY, 1},
      {DISTRIBUTION_NORMAL, MODE_VALUE, (double)NAN, 1},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, -1},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, (double)NAN},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1e7},
      {DISTRIBUTION_CONSTANT, MODE_VALUE, -2e6, 1},
      {DISTRIBUTION_SPARSE, MODE_VALUE, 1.01, 1},
  };
  net *n = net_new(1, 8, 1, 1, 8, INPUT_NORMAL);
  net_add_dense(n, 4, activation("linear"), POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.5, 2);
  int refused = 0, count = (int)(sizeof bad / sizeof *bad);
  for (int i = 0; i < count; i++) {
    refused += net_set_weights(n, bad[i].distribution, bad[i].mode, bad[i].number, bad[i].gain) == NET_ERROR_RANGE;
    refused += net_set_bias(n, bad[i].distribution, bad[i].mode, bad[i].number, bad[i].gain) == NET_ERROR_RANGE;
  }
  CHECK(refused == 2 * count && net_std(n, 1) == 1, "a refused rule leaves the one before it in force", "%d of %d",
        refused, 2 * count);
  int biases = net_set_bias(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1) +
               net_set_bias(n, DISTRIBUTION_NORMAL, MODE_FAN_AVG, 1, 1);
  CHECK(biases == 2 * NET_ERROR_RANGE && net_bias_std(n, 1) == 0, "biases take no matrix and no fan_out", "%d", biases);
  net_free(n);
  n = net_new(1, 8, 1, 1, 2049, INPUT_NORMAL);
  net_add_dense(n, 4, activation("linear"), POOL_FLATTEN);
  int large = net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  CHECK(large == NET_ERROR_RANGE, "an orthogonal matrix of 2049 rows is refused", "%d", large);
  net_free(n);
}

static void order(void) {
  net *n = net_new(1, 5, 1, 1, 3, INPUT_GIVEN);
  int early = net_step(n);
  add(n, 4, "tanh", "he-normal");
  CHECK(early == NET_ERROR_ORDER && net_step(n) == NET_ERROR_ORDER && net_back(n) == NET_ERROR_ORDER && !net_input(n) &&
            !net_tensor(n, TENSOR_ACTIVATIONS) && !net_weights(n, 1, 0, 1),
        "nothing runs before net_start", "net_step %d", early);
  CHECK(net_start(n) == 0 && net_start(n) == NET_ERROR_ORDER &&
            net_add_dense(n, 4, 0, POOL_FLATTEN) == NET_ERROR_ORDER &&
            net_set_weights(n, 0, 0, 0, 1) == NET_ERROR_ORDER && net_set_bias(n, 0, 0, 0, 1) == NET_ERROR_ORDER &&
            net_set_loss(n, LOSS_RANDOM) == NET_ERROR_ORDER,
        "after net_start no layer, rule, loss or second start is accepted", "net_start %d", net_start(n));
  CHECK(net_input(n) && !net_summary(n, TENSOR_INPUT) && !net_tensor(n, TENSOR_PREACTIVATIONS) && !net_theory(n, 1),
        "there are no figures before the first step", "net_stride %u", net_stride(n, TENSOR_INPUT));
  int first = net_step(n), second = net_step(n);
  CHECK(first == 1 && second == 0 && net_step(n) == 0 && net_back(n) == NET_ERROR_ORDER,
        "net_step returns each layer's number, then 0; without a loss there is no way back", "%d %d", first, second);
  CHECK(!net_input(n) && net_summary(n, TENSOR_INPUT) && !net_summary(n, TENSOR_COUNT) &&
            !net_counts(n, TENSOR_COUNT) && !net_summary(n, TENSOR_DELTAS) && !net_tensor(n, TENSOR_DELTAS) &&
            !net_weight_gradients(n, 0, 1) && !net_weights(n, 0, 0, 1) && !net_weights(n, 2, 0, 1) &&
            !net_weights(n, 1, 3, 1) && !net_weights(n, 1, 0, 65) && isnan(net_std(n, 2)) && isnan(net_loss(n)) &&
            !net_theory(n, 2),
        "what does not exist is NULL or NaN", "net_std %g", net_std(n, 2));
  net_free(n);
  net_free(NULL);
}

static void back(void) {
  net *n = net_new(1, 5, 1, 1, 3, INPUT_NORMAL);
  for (int l = 0; l < 3; l++) add(n, 4, "tanh", "he-normal");
  net_set_loss(n, LOSS_CROSS_ENTROPY);
  net_start(n);
  int early = net_back(n);
  while (net_step(n) > 0) {}
  int seen[4] = {net_back(n), net_back(n), net_back(n), net_back(n)};
  CHECK(early == NET_ERROR_ORDER && seen[0] == 3 && seen[1] == 2 && seen[2] == 1 && seen[3] == 0,
        "net_back waits for the last layer, then counts down to 0", "%d %d %d %d", seen[0], seen[1], seen[2], seen[3]);
  CHECK(net_tensor(n, TENSOR_DELTAS) && !net_tensor(n, TENSOR_ACTIVATIONS) && net_weight_gradients(n, 0, 3) &&
            !net_weight_gradients(n, 0, 4) && net_loss(n) > 0,
        "at the end there are gradients of the first layer, and a loss", "loss %g", net_loss(n));
  net_free(n);
}

static void memory(void) {
  net *n = net_new(1, 1024, 1, 1, 1 << 20, INPUT_NORMAL);
  CHECK(add(n, 4096, "relu", "zeros") == NET_ERROR_RANGE, "2^32 weights are more than can be counted", "%d", 4096);
  add(n, 4095, "relu", "he-normal");
  uint32_t most = net_max_batch(n);
  CHECK(net_start(n) == NET_ERROR_MEMORY && most > 0 && most < 1024,
        "a batch too large for memory is refused, and net_max_batch says what fits", "at most %u", most);
  net_free(n);
  n = net_new(1, most, 1, 1, 1 << 20, INPUT_NORMAL);
  add(n, 4095, "relu", "he-normal");
  CHECK(net_start(n) == 0, "the largest batch that fits does start", "batch %u", most);
  net_free(n);
  n = net_new(1, 1024, 1, 1, 4096, INPUT_NORMAL);
  for (int l = 0; l < 256; l++) add(n, 4096, "relu", "zeros");
  CHECK(net_max_batch(n) == 1024, "the widest and deepest stack fits with the largest batch", "at most %u",
        net_max_batch(n));
  net_set_loss(n, LOSS_RANDOM);
  most = net_max_batch(n);
  CHECK(most > 0 && most < 1024 && net_start(n) == NET_ERROR_MEMORY,
        "but not together with the buffers of a backward pass", "at most %u", most);
  net_free(n);
}

/* the first rows and columns of the last layer stepped */
static int same_corner(const net *a, const net *b, uint32_t tensor, uint32_t rows, uint32_t cols) {
  for (uint32_t r = 0; r < rows; r++) {
    const float *x = net_tensor(a, tensor) + (size_t)r * net_stride(a, tensor);
    const float *y = net_tensor(b, tensor) + (size_t)r * net_stride(b, tensor);
    if (memcmp(x, y, cols * sizeof(float))) return 0;
  }
  return 1;
}

static void containment(void) {
  net *small = built(7, 33, 19, 2), *deep = built(7, 33, 19, 5);
  net *tall = built(31, 33, 19, 2), *wide = built(7, 33, 45, 2);
  CHECK(same_corner(small, tall, TENSOR_ACTIVATIONS, 7, 33), "a smaller batch is the first rows of a larger one",
        "the input");
  const float *narrow_weights = net_weights(small, 1, 0, 33);
  const float *wide_weights = net_weights(wide, 1, 0, 33);
  int same = 1;
  for (size_t r = 0; r < 33; r++) same &= !memcmp(narrow_weights + r * 24, wide_weights + r * 48, 19 * sizeof(float));
  CHECK(same, "a narrower layer's weights are a corner of a wider one's", "33 x 19 of 33 x 45");
  for (int l = 0; l < 2; l++) net_step(small), net_step(deep), net_step(tall), net_step(wide);
  CHECK(same_corner(small, deep, TENSOR_ACTIVATIONS, 7, 19), "a shallower net is the first layers of a deeper one",
        "layer 2 of 2 and 5");
  CHECK(same_corner(small, tall, TENSOR_ACTIVATIONS, 7, 19), "its activations do not depend on the batch",
        "7 of 31 rows");
  net_free(small), net_free(deep), net_free(tall), net_free(wide);
}

int main(void) {
  ranges();
  rules();
  order();
  back();
  memory();
  containment();
  return check_failures != 0;
}
