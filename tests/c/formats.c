/* formats.c: weights and biases drawn in other number formats than float32: each value is one of the format, as many of them as
 * promised, with the mean and std that are promised. That they are a library's own is tested in tests/js/drawn.test.js.
 *
 * Here too: layers that share one draw. Seeds are fixed, so results never change.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

enum { INPUTS = 128, UNITS = 96, N = INPUTS * UNITS };

typedef struct {
  uint32_t distribution, mode;
  double number;
} drawing;

static const drawing drawings[] = {
    {DISTRIBUTION_NORMAL, MODE_FAN_IN, 2},    {DISTRIBUTION_NORMAL, MODE_VALUE, 0.5},
    {DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1},   {DISTRIBUTION_UNIFORM, MODE_VALUE, 0.3},
    {DISTRIBUTION_TRUNCATED, MODE_FAN_IN, 2}, {DISTRIBUTION_TRUNCATED_RAW, MODE_VALUE, 0.02},
    {DISTRIBUTION_CUT, MODE_VALUE, 1},        {DISTRIBUTION_UNIFORM_POSITIVE, MODE_VALUE, 1},
    {DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1}, {DISTRIBUTION_CONSTANT, MODE_VALUE, 0.1},
    {DISTRIBUTION_UNIT_SUM, MODE_VALUE, 1},   {DISTRIBUTION_TRUNCATED_SPIKED, MODE_VALUE, 1},
    {DISTRIBUTION_NORMAL, MODE_VALUE, 20000}, /* beyond float16 */
    {DISTRIBUTION_NORMAL, MODE_VALUE, 1e-6}, /* below its normal numbers */
};
enum { DRAWINGS = sizeof drawings / sizeof *drawings };

/* a dense layer with biases, started */
static net *drawn(const drawing *how, uint32_t format, uint32_t seed) {
  net *n = net_new(seed, 1, 1, 1, INPUTS, INPUT_NORMAL);
  if (net_add_dense(n, UNITS, 0, POOL_FLATTEN) < 0 ||
      net_set_weights(n, how->distribution, how->mode, how->number, 1) < 0 ||
      net_set_bias(n, DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1.0 / 3, 1) < 0 || net_set_drawn(n, format) < 0 ||
      net_start(n) < 0) {
    printf("NOT OK a drawing was refused: distribution %u, format %u\n", how->distribution, format);
    exit(1);
  }
  return n;
}

/* Is x a number of float16, or of bfloat16? Both leave out bits of float32. */
static int is_of_format(float x, int half) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  if (isinf(x)) return half;
  if (!half) return (bits & 0xffff) == 0;
  double steps = fabs((double)x) < 0x1p-14 ? (double)x / 0x1p-24 : 0;
  return fabs((double)x) < 0x1p-14 ? steps == floor(steps) : (bits & 0x1fff) == 0 && fabs((double)x) <= 65504;
}

static int by_value(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static void every_format(void) {
  float *w = malloc(sizeof *w * N);
  int strange = 0, many = 0, infinite = 0;
  double farthest = 0;
  for (uint32_t format = DRAWN_FLOAT32 + 1; format < DRAWN_COUNT; format++) {
    for (int i = 0; i < DRAWINGS; i++) {
      net *n = drawn(&drawings[i], format, 7);
      for (uint32_t r = 0; r < INPUTS; r++) {
        const float *row = net_weights(n, 1, r, 1);
        memcpy(w + r * UNITS, row, sizeof *w * UNITS);
      }
      double sum = 0, squares = 0;
      int half = format == DRAWN_FLOAT16;
      for (int k = 0; k < N; k++) {
        strange += !is_of_format(w[k], half);
        infinite += isinf(w[k]);
        sum += (double)w[k];
        squares += (double)w[k] * (double)w[k];
      }
      qsort(w, N, sizeof *w, by_value);
      uint32_t different = 1, promised = net_drawn_values(n, 1);
      for (int k = 1; k < N; k++) different += w[k] != w[k - 1];
      many += promised && different > promised;
      double mean = sum / N, std = sqrt(squares / N - mean * mean), said = net_std(n, 1);
      /* The std of n values is off by at most std / sqrt(2 n) and the mean by std / sqrt(n), by 4 of these; what is rounded
       * to k bits moves by 2^-k of itself. */
      int measured = isfinite(std) && said > 0 && said < 1000 && said > 1e-5;
      if (measured) farthest = worse(farthest, fabs(std / said - 1) / (4 / sqrt(2.0 * N) + 0x1p-7));
      if (measured) farthest = worse(farthest, fabs(mean - net_mean(n, 1)) / (said * (4 / sqrt(N) + 0x1p-7)));
      net_free(n);
    }
  }
  CHECK(strange == 0, "each weight is a number of its format", "%d of %d formats and rules are not", strange,
        (DRAWN_COUNT - 1) * DRAWINGS);
  CHECK(many == 0, "no more values appear than a library has", "%d are too many", many);
  CHECK(infinite > 0, "what is beyond float16 becomes infinite", "%d weights", infinite);
  CHECK(farthest <= 1, "mean and std are those that are promised", "at most %.2f of what chance allows", farthest);
  free(w);
}

/* A trained copy, the next network of a series and the layer itself draw alike. */
static void same_numbers(void) {
  int same = 1;
  for (uint32_t format = 0; format < DRAWN_COUNT; format++) {
    net *a = drawn(&drawings[0], format, 5), *b = drawn(&drawings[0], format, 5);
    net_step(a);
    net_step(b);
    const float *x = net_weights(a, 1, 3, 1), *y = net_weights(b, 1, 3, 1);
    same &= memcmp(x, y, sizeof *x * UNITS) == 0;
    same &= isfinite(net_summary(a, TENSOR_ACTIVATIONS)[SUMMARY_MEAN]);
    net_free(a);
    net_free(b);
  }
  CHECK(same, "the same seed gives the same numbers in each format", "%d formats", DRAWN_COUNT);
}

static void shared_draws(void) {
  net *n = net_new(3, 2, 1, 1, 40, INPUT_NORMAL);
  float rows[3][40];
  int refused = net_set_stream(n, 1) == NET_ERROR_ORDER && net_set_drawn(n, 1) == NET_ERROR_ORDER;
  for (uint32_t l = 1; l <= 3; l++) {
    net_add_dense(n, 40, 0, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
    if (l == 2) refused &= net_set_stream(n, 1) == 0;
    refused &= net_set_stream(n, 0) == NET_ERROR_RANGE && net_set_stream(n, l + 1) == NET_ERROR_RANGE;
    if (l == 3) refused &= net_set_stream(n, 3) == 0; /* its own */
  }
  refused &= net_set_drawn(n, DRAWN_COUNT) == NET_ERROR_RANGE;
  net_start(n);
  for (uint32_t l = 1; l <= 3; l++) {
    net_step(n);
    memcpy(rows[l - 1], net_weights(n, l, 9, 1), sizeof rows[0]);
  }
  CHECK(memcmp(rows[0], rows[1], sizeof rows[0]) == 0 && memcmp(rows[0], rows[2], sizeof rows[0]) != 0,
        "a layer that shares a draw has the same weights, and another has its own", "40 of layers 1 to 3");
  CHECK(refused, "formats and draws that there are not are refused", "-");
  CHECK(net_drawn_values(n, 0) == 0 && net_drawn_values(n, 4) == 0, "an unknown layer has no values", "0");
  net_free(n);
}

int main(void) {
  every_format();
  same_numbers();
  shared_draws();
  return check_failures;
}
