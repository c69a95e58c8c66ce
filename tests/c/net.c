/* net.c: the contract of the network's functions: order, ranges, memory, and that a net contains every smaller one. */
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

/* a started net of `depth` layers of `units` units */
static net *built(uint32_t batch, uint32_t inputs, uint32_t units, uint32_t depth, const char *of, double value) {
  net *n = net_new(1, batch, inputs, INPUT_NORMAL);
  for (uint32_t l = 0; l < depth; l++) net_add_dense(n, units, activation("tanh"), scheme(of), value, 1);
  net_start(n);
  return n;
}

static void ranges(void) {
  const uint32_t normal = scheme("normal"), constant = scheme("constant"), he = scheme("he-normal"),
                 relu = activation("relu");
  int refused = !net_new(1, 0, 8, 0) + !net_new(1, 1025, 8, 0) + !net_new(1, 8, 0, 0) +
                !net_new(1, 8, (1 << 20) + 1, 0) + !net_new(1, 8, 8, 3);
  CHECK(refused == 5, "net_new refuses what is out of range", "%d of 5", refused);

  net *n = net_new(1, 8, 8, INPUT_NORMAL);
  const struct {
    uint32_t units, activation, scheme;
    double value, gain;
  } bad[] = {
      {0, relu, he, 0, 1},
      {4097, relu, he, 0, 1},
      {8, activation_count(), he, 0, 1},
      {8, relu, scheme_count(), 0, 1},
      {8, relu, he, 0, -1},
      {8, relu, he, 0, (double)NAN},
      {8, relu, he, 0, 1e7},
      {8, relu, normal, -0.1, 1},
      {8, relu, normal, (double)INFINITY, 1},
      {8, relu, normal, (double)NAN, 1},
      {8, relu, constant, -2e6, 1},
  };
  int count = (int)(sizeof bad / sizeof *bad);
  refused = 0;
  for (int i = 0; i < count; i++) {
    refused +=
        net_add_dense(n, bad[i].units, bad[i].activation, bad[i].scheme, bad[i].value, bad[i].gain) == NET_ERROR_RANGE;
  }
  CHECK(refused == count, "net_add_dense refuses what is out of range", "%d of %d", refused, count);
  CHECK(net_start(n) == NET_ERROR_ORDER, "a refused layer is not added", "net_start %d", net_start(n));
  int added = net_add_dense(n, 8, relu, constant, -1, 1);
  for (int l = 1; l < 100; l++) added += net_add_dense(n, 8, relu, he, (double)NAN, 1); /* it takes no value */
  CHECK(added == 0 && net_add_dense(n, 8, relu, he, 0, 1) == NET_ERROR_RANGE, "100 layers are taken, 101 are not", "%d",
        added);
  net_free(n);
}

static void order(void) {
  net *n = net_new(1, 5, 3, INPUT_GIVEN);
  int early = net_step(n);
  net_add_dense(n, 4, activation("tanh"), scheme("he-normal"), 0, 1);
  CHECK(early == NET_ERROR_ORDER && net_step(n) == NET_ERROR_ORDER && !net_input(n) &&
            !net_tensor(n, TENSOR_ACTIVATIONS) && !net_weights(n, 1, 0, 1),
        "nothing runs before net_start", "net_step %d", early);
  CHECK(net_start(n) == 0 && net_start(n) == NET_ERROR_ORDER &&
            net_add_dense(n, 4, 0, scheme("zeros"), 0, 1) == NET_ERROR_ORDER,
        "a started net takes no layer and no second start", "net_start %d", net_start(n));
  CHECK(net_input(n) && !net_summary(n, TENSOR_INPUT) && !net_tensor(n, TENSOR_PREACTIVATIONS),
        "there are no figures before the first step", "net_stride %u", net_stride(n, TENSOR_INPUT));
  int first = net_step(n), second = net_step(n);
  CHECK(first == 1 && second == 0 && net_step(n) == 0, "net_step counts the layers, then says 0", "%d %d", first,
        second);
  CHECK(!net_input(n) && net_summary(n, TENSOR_INPUT) && !net_summary(n, TENSOR_COUNT) &&
            !net_counts(n, TENSOR_COUNT) && !net_weights(n, 0, 0, 1) && !net_weights(n, 2, 0, 1) &&
            !net_weights(n, 1, 3, 1) && !net_weights(n, 1, 0, 65) && isnan(net_std(n, 2)),
        "what does not exist is NULL or NaN", "net_std %g", net_std(n, 2));
  net_free(n);
  net_free(NULL);
}

static void memory(void) {
  net *n = net_new(1, 1024, 1 << 20, INPUT_NORMAL);
  net_add_dense(n, 4096, activation("relu"), scheme("he-normal"), 0, 1);
  uint32_t most = net_max_batch(n);
  CHECK(net_start(n) == NET_ERROR_MEMORY && most > 0 && most < 1024,
        "a batch too large for memory is refused, with what fits", "at most %u", most);
  net_free(n);
  n = net_new(1, most, 1 << 20, INPUT_NORMAL);
  net_add_dense(n, 4096, activation("relu"), scheme("he-normal"), 0, 1);
  CHECK(net_start(n) == 0, "and what fits does start", "batch %u", most);
  net_free(n);
  n = net_new(1, 1024, 4096, INPUT_NORMAL);
  for (int l = 0; l < 100; l++) net_add_dense(n, 4096, 0, scheme("zeros"), 0, 1);
  CHECK(net_max_batch(n) == 1024, "the widest and deepest stack fits with the largest batch", "at most %u",
        net_max_batch(n));
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
  net *small = built(7, 33, 19, 2, "normal", 0.3), *deep = built(7, 33, 19, 5, "normal", 0.3);
  net *tall = built(31, 33, 19, 2, "normal", 0.3), *wide = built(7, 33, 45, 2, "normal", 0.3);
  CHECK(same_corner(small, tall, TENSOR_ACTIVATIONS, 7, 33), "a smaller batch is the first rows of a larger",
        "the input");
  const float *narrow_weights = net_weights(small, 1, 0, 33);
  const float *wide_weights = net_weights(wide, 1, 0, 33);
  int same = 1;
  for (size_t r = 0; r < 33; r++) same &= !memcmp(narrow_weights + r * 24, wide_weights + r * 48, 19 * sizeof(float));
  CHECK(same, "a narrower layer's weights are a corner of a wider one's", "33 x 19 of 33 x 45");
  for (int l = 0; l < 2; l++) net_step(small), net_step(deep), net_step(tall), net_step(wide);
  CHECK(same_corner(small, deep, TENSOR_ACTIVATIONS, 7, 19), "a shallower net is the first layers of a deeper",
        "layer 2 of 2 and 5");
  CHECK(same_corner(small, tall, TENSOR_ACTIVATIONS, 7, 19), "its activations do not depend on the batch",
        "7 of 31 rows");
  net_free(small), net_free(deep), net_free(tall), net_free(wide);
}

/* Var(W) by the formulas of the papers, for fans 75 and 200: tests/reference/fans.tsv's first row, to its ten digits */
static void spreads(void) {
  const struct {
    const char *name;
    double std, bound;
  } expected[] = {
      {"xavier-normal", 0.08528028654, NAN},
      {"xavier-uniform", 0.08528028654, 0.1477097892},
      {"he-normal", 0.1632993162, NAN},
      {"he-uniform", 0.1632993162, 0.2828427125},
      {"lecun-normal", 0.1154700538, NAN},
      {"lecun-uniform", 0.1154700538, 0.2},
      {"pytorch-default", 0.06666666667, 0.1154700538},
      {"normal", 0.3, NAN},
      {"uniform", 0.1732050808, 0.3},
      {"zeros", 0, NAN},
  };
  int right = 0, count = (int)(sizeof expected / sizeof *expected);
  for (int i = 0; i < count; i++) {
    net *n = net_new(1, 1, 75, INPUT_NORMAL);
    net_add_dense(n, 200, 0, scheme(expected[i].name), 0.15, 2);
    double std = net_std(n, 1) / (strcmp(expected[i].name, "normal") && strcmp(expected[i].name, "uniform") ? 2 : 1);
    double bound = net_bound(n, 1) / (strcmp(expected[i].name, "uniform") ? 2 : 1);
    right += fabs(std - expected[i].std) <= 5e-11 &&
             (isnan(expected[i].bound) ? isnan(bound) : fabs(bound - expected[i].bound) <= 5e-11);
    net_free(n);
  }
  CHECK(right == count, "each scheme has its paper's std and bound, times the gain", "%d of %d", right, count);
}

int main(void) {
  ranges();
  order();
  memory();
  containment();
  spreads();
  return check_failures != 0;
}
