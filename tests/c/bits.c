/* bits.c: a line for each of some networks: its spec, then a hash of all that the engine says of it.
 *
 * It claims nothing alone: tests/js/bits.test.js runs the same specs in WebAssembly and compares the hashes.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../c/initscope.h"

static uint32_t hash;

/* FNV-1a over bytes */
static void add(const void *data, size_t bytes) {
  const unsigned char *at = data;
  for (size_t i = 0; i < bytes; i++) hash = (hash ^ at[i]) * 16777619u;
}

/* a NaN's sign and payload are the machine's own; every NaN counts as one and the same */
static void add_floats(const float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = isnan(x[i]) ? 0 : x[i];
    add(&v, sizeof v);
  }
}

static void add_summary(const net *n, uint32_t tensor) {
  const double *figures = net_summary(n, tensor);
  for (int i = 0; i < SUMMARY_COUNT; i++) {
    double v = isnan(figures[i]) ? 0 : figures[i];
    add(&v, sizeof v);
  }
  add(net_counts(n, tensor), net_limit(LIMIT_BINS) * sizeof(uint32_t));
}

static void run(uint32_t scheme, uint32_t activation, uint32_t input, uint32_t depth, uint32_t inputs, uint32_t units,
                uint32_t batch, uint32_t seed, double gain) {
  net *n = net_new(seed, batch, inputs, input);
  for (uint32_t l = 0; l < depth; l++) net_add_dense(n, units, activation, scheme, scheme_value_default(scheme), gain);
  net_start(n);
  hash = 2166136261u;
  for (int layer = net_step(n); layer > 0; layer = net_step(n)) {
    for (uint32_t tensor = 0; tensor < TENSOR_COUNT; tensor++) add_summary(n, tensor);
  }
  for (uint32_t tensor = TENSOR_PREACTIVATIONS; tensor <= TENSOR_ACTIVATIONS; tensor++) {
    for (uint32_t r = 0; r < batch; r++) add_floats(net_tensor(n, tensor) + (size_t)r * net_stride(n, tensor), units);
  }
  printf("%s %s %u %u %u %u %u %u %g %u\n", scheme_name(scheme), activation_name(activation), input, depth, inputs,
         units, batch, seed, gain, hash);
  net_free(n);
}

int main(void) {
  for (uint32_t s = 0; s < scheme_count(); s++) run(s, 1, s % 2, 4, 33, 70, 9, s, 1);
  for (uint32_t a = 0; a < activation_count(); a++) {
    run(6, a, 0, 6, 257, 129, 17, 4000000000u + a, 1);
    run(9, a, 1, 12, 5, 40, 6, a, 300); /* explodes: infinities, NaN and the far ends of every function */
  }
  run(6, 1, 0, 3, 600, 300, 5, 1, 1); /* more than one block each way */
  return 0;
}
