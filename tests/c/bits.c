/* bits.c: prints one line a network: its spec, then a hash of everything that the engine reports about it.
 *
 * `bits` runs its own networks. `bits -` runs those of standard input, and prints the hashes alone: each network is a
 * list of the calls that build it, one a line, a name and its numbers, from net_new to net_start.
 * It makes no claim: tests/js/bits.test.js runs the same specs in WebAssembly and compares the hashes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"

static uint32_t hash;

/* FNV-1a over bytes */
static void add(const void *data, size_t bytes) {
  const unsigned char *values = data;
  for (size_t i = 0; i < bytes; i++) hash = (hash ^ values[i]) * 16777619u;
}

/* The sign and payload of a NaN depend on the machine: every NaN counts as the same. */
static void add_floats(const float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = isnan(x[i]) ? 0 : x[i];
    add(&v, sizeof v);
  }
}

static void add_summary(const net *n, uint32_t tensor) {
  const double *figures = net_summary(n, tensor);
  if (!figures) return; /* a layer without weights */
  for (int i = 0; i < SUMMARY_COUNT; i++) {
    double v = isnan(figures[i]) ? 0 : figures[i];
    add(&v, sizeof v);
  }
  add(net_counts(n, tensor), net_limit(LIMIT_BINS) * sizeof(uint32_t));
}

/* everything that a started net reports, forward and, if it has a loss, back */
static void hash_net(net *n, uint32_t batch) {
  hash = 2166136261u;
  uint32_t depth = 0;
  for (int layer; (layer = net_step(n)) > 0; depth = (uint32_t)layer) {
    for (uint32_t tensor = TENSOR_INPUT; tensor <= TENSOR_ACTIVATIONS; tensor++) add_summary(n, tensor);
  }
  uint32_t rows = batch * net_extent(n, depth, EXTENT_HEIGHT) * net_extent(n, depth, EXTENT_WIDTH);
  for (uint32_t r = 0; r < rows; r++) {
    size_t stride = net_stride(n, TENSOR_ACTIVATIONS);
    add_floats(net_tensor(n, TENSOR_ACTIVATIONS) + r * stride, net_extent(n, depth, EXTENT_CHANNELS));
  }
  while (net_back(n) > 0) {
    for (uint32_t tensor = TENSOR_DELTAS; tensor <= TENSOR_WEIGHT_GRADIENTS; tensor++) add_summary(n, tensor);
  }
}

/* loss 0: forward alone */
static void run(uint32_t scheme, uint32_t activation, uint32_t input, uint32_t loss, uint32_t depth, uint32_t inputs,
                uint32_t units, uint32_t batch, uint32_t seed, double gain) {
  net *n = net_new(seed, batch, 1, 1, inputs, input);
  for (uint32_t l = 0; l < depth; l++) {
    net_add_dense(n, units, activation, POOL_FLATTEN);
    net_set_weights(n, scheme_distribution(scheme), scheme_mode(scheme), scheme_number(scheme), gain);
    net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  }
  net_set_loss(n, loss);
  net_start(n);
  hash_net(n, batch);
  printf("%s %s %u %u %u %u %u %u %u %g %u\n", scheme_name(scheme), activation_name(activation), input, loss, depth,
         inputs, units, batch, seed, gain, hash);
  net_free(n);
}

/* two convolutions, the second in groups, and a dense layer on top */
static void run_images(uint32_t size, uint32_t kernel, uint32_t channels, uint32_t stride, uint32_t padding,
                       uint32_t groups, uint32_t pool, uint32_t batch, uint32_t seed) {
  net *n = net_new(seed, batch, size, size + 1, 3, INPUT_NORMAL);
  int status = net_add_conv(n, kernel, kernel + 1, channels, stride, padding, 1, 3);
  status |= net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  status |= net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  status |= net_add_conv(n, 3, 3, channels, 1, PADDING_SAME, groups, 4);
  status |= net_set_weights(n, DISTRIBUTION_UNIFORM, MODE_FAN_AVG, 1, 1);
  status |= net_add_dense(n, 5, 0, pool);
  status |= net_set_weights(n, DISTRIBUTION_TRUNCATED, MODE_FAN_IN, 1, 1) | net_set_loss(n, LOSS_RANDOM) | net_start(n);
  if (status) return;
  hash_net(n, batch);
  printf("images %u %u %u %u %u %u %u %u %u %u\n", size, kernel, channels, stride, padding, groups, pool, batch, seed,
         hash);
  net_free(n);
}

/* a convolution, a pool, a transposed convolution in groups, another pool, and flatten and a dense layer, or a mean */
static void run_kinds(uint32_t size, uint32_t kernel, uint32_t stride, uint32_t padding, uint32_t window,
                      uint32_t groups, uint32_t global, uint32_t batch, uint32_t seed) {
  net *n = net_new(seed, batch, size, size + 2, 4, INPUT_UNIFORM);
  int status = net_add_conv(n, kernel, kernel, 12, stride, PADDING_ZEROS + padding, 2, 3);
  status |= net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  status |= net_add_pool(n, WINDOW_MAX, window, window, 1, PADDING_ZEROS + window / 2);
  status |= net_add_transposed(n, kernel, kernel + 1, 30, stride, padding, stride - 1, groups, 4);
  status |= net_set_weights(n, DISTRIBUTION_UNIFORM, MODE_FAN_AVG, 1, 1);
  status |= net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  status |= net_add_pool(n, WINDOW_AVERAGE, window, window, window, PADDING_SAME);
  if (global) {
    status |= net_add_global_average(n);
  } else {
    status |= net_add_flatten(n) | net_add_dense(n, 7, 0, POOL_FLATTEN);
    status |= net_set_weights(n, DISTRIBUTION_TRUNCATED, MODE_FAN_IN, 1, 1);
  }
  status |= net_set_loss(n, LOSS_CROSS_ENTROPY) | net_start(n);
  if (status) return;
  hash_net(n, batch);
  printf("kinds %u %u %u %u %u %u %u %u %u %u\n", size, kernel, stride, padding, window, groups, global, batch, seed,
         hash);
  net_free(n);
}

/* A convolution, a pool and a dense layer, or three dense layers, that train; the numbers of the examples are exact. The
 * hash is of the losses and of the state. */
static void run_training(uint32_t images, uint32_t optimizer, uint32_t dialect, uint32_t squared, uint32_t batch,
                         uint32_t steps, uint32_t seed) {
  enum { EXAMPLES = 90, SIDE = 6, OUTPUTS = 5, VALUES = SIDE * SIDE };
  net *n = net_new(seed, batch, images ? SIDE : 1, images ? SIDE : 1, images ? 1 : VALUES, INPUT_NORMAL);
  if (images) {
    net_add_conv(n, 3, 3, 12, 1, PADDING_SAME, 1, 1);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
    net_add_pool(n, WINDOW_MAX, 2, 2, 2, PADDING_VALID);
  } else {
    net_add_dense(n, 40, 1, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
    net_add_dense(n, 33, 3, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  }
  net_add_dense(n, OUTPUTS, 0, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  int status =
      net_set_training(n, squared ? OBJECTIVE_SQUARED_ERROR : OBJECTIVE_CROSS_ENTROPY, optimizer, dialect, EXAMPLES);
  status |= net_set_hyper(n, HYPER_RATE, 0.125);
  if (status || net_start(n) < 0) return;
  size_t stride = net_stride(n, TENSOR_INPUT), wide = 8; /* of a target: OUTPUTS, rounded up */
  for (size_t i = 0; i < EXAMPLES * VALUES; i++)
    net_examples(n)[i / VALUES * stride + i % VALUES] = (float)((int)(i * 37 % 101) - 50) / 32;
  for (uint32_t i = 0; i < EXAMPLES && !squared; i++) net_labels(n)[i] = i * 7 % OUTPUTS;
  for (size_t i = 0; i < EXAMPLES * OUTPUTS && squared; i++)
    net_targets(n)[i / OUTPUTS * wide + i % OUTPUTS] = (float)((int)(i * 11 % 17) - 8) / 8;
  hash = 2166136261u;
  for (uint32_t step = 0; step < steps; step++) {
    net_train(n, 1);
    double loss = net_loss(n);
    add(&loss, sizeof loss);
  }
  add_floats(net_state(n), (size_t)net_state_floats(n));
  printf("training %u %u %u %u %u %u %u %u\n", images, optimizer, dialect, squared, batch, steps, seed, hash);
  net_free(n);
}

/* Makes one call of a list of calls; v holds its numbers. Returns what the call returns. */
static int replay(net *n, const char *name, const double *v) {
#define U(i) ((uint32_t)v[i])
#define CALL(function, ...)                                                                                            \
  if (!strcmp(name, #function)) return function(n, ##__VA_ARGS__)
  CALL(net_set_input, U(0), v[1], v[2], v[3]);
  CALL(net_add_dense, U(0), U(1), U(2));
  CALL(net_add_conv, U(0), U(1), U(2), U(3), U(4), U(5), U(6));
  CALL(net_add_transposed, U(0), U(1), U(2), U(3), U(4), U(5), U(6), U(7));
  CALL(net_add_pool, U(0), U(1), U(2), U(3), U(4));
  CALL(net_add_global_average);
  CALL(net_add_flatten);
  CALL(net_add_norm, U(0), v[1], v[2], U(3));
  CALL(net_add_sum, U(0), v[1], v[2], U(3), U(4));
  CALL(net_add_gate, U(0));
  CALL(net_add_prelu, v[0], U(1));
  CALL(net_set_parameter, v[0]);
  CALL(net_set_weights, U(0), U(1), v[2], v[3]);
  CALL(net_set_cut, v[0]);
  CALL(net_set_bias, U(0), U(1), v[2], v[3]);
  CALL(net_set_counting, U(0), U(1));
  CALL(net_set_drawn, U(0));
  CALL(net_set_stream, U(0));
  CALL(net_set_observed, U(0));
  CALL(net_set_loss, U(0));
  CALL(net_set_kept, U(0));
  CALL(net_start);
  return NET_ERROR_RANGE; /* no such call */
}

/* Runs the networks of standard input. Returns 0, or 1 at a call that fails. */
static int run_calls(void) {
  char line[256];
  uint32_t batch = 0;
  for (net *n = NULL; fgets(line, sizeof line, stdin);) {
    double v[8] = {0};
    char *name = strtok(line, " \n"), *number;
    for (int i = 0; i < 8 && (number = strtok(NULL, " \n")); i++) v[i] = strtod(number, NULL);
    if (!strcmp(name, "net_new")) {
      batch = U(1);
      n = net_new(U(0), batch, U(2), U(3), U(4), U(5));
    } else if (replay(n, name, v) != 0) {
      fprintf(stderr, "%s failed\n", name);
      return 1;
    }
    if (strcmp(name, "net_start") != 0) continue;
    hash_net(n, batch);
    printf("%u\n", hash);
    net_free(n);
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count > 1 && !strcmp(arguments[1], "-")) return run_calls();
  for (uint32_t s = 0; s < scheme_count(); s++) run(s, 1, s % 2, s % LOSS_COUNT, 4, 33, 70, 9, s, 1);
  for (uint32_t a = 0; a < activation_count(); a++) {
    run(6, a, 0, LOSS_RANDOM, 6, 257, 129, 17, 4000000000u + a, 1);
    run(9, a, 1, LOSS_CROSS_ENTROPY, 12, 5, 40, 6, a, 300); /* explodes: infinities, NaN and extreme arguments */
  }
  run(6, 1, 0, LOSS_RANDOM, 3, 600, 300, 270, 1, 1); /* more than one block each way */
  run_images(9, 3, 12, 1, PADDING_SAME, 1, POOL_FLATTEN, 3, 1);
  run_images(16, 4, 70, 2, PADDING_SAME, 7, POOL_AVERAGE, 2, 2);
  run_images(13, 5, 24, 2, PADDING_VALID, 24, POOL_FLATTEN, 5, 3); /* depthwise */
  run_images(3, 3, 8, 1, PADDING_SAME, 2, POOL_AVERAGE, 40, 4);
  run_kinds(9, 3, 2, 1, 2, 1, 0, 3, 1);
  run_kinds(8, 4, 1, 2, 3, 6, 1, 5, 2);
  run_kinds(16, 5, 3, 2, 4, 2, 0, 2, 3);
  run_kinds(12, 2, 4, 0, 2, 3, 1, 17, 4);
  for (uint32_t optimizer = 0; optimizer < OPTIMIZER_COUNT; optimizer++) {
    run_training(0, optimizer, DIALECT_PYTORCH, 0, 16, 40, 1);
    run_training(1, optimizer, DIALECT_KERAS, 1, 7, 20, 2);
  }
  return 0;
}
