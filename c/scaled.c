/* scaled.c: inputs of any mean and std, sparse ones and one-hot ones: their settings, and how they are drawn.
 *
 * input.c draws the standard inputs, which the small module has too. What theory says is in predict_scaled.c.
 */
#include <math.h>

#include "predict_scaled.h"

#define MOST_ZEROS 0.999

/* The most that a kind takes. */
static const struct {
  double mean, std, zeros;
} most[INPUT_COUNT] = {
    [INPUT_NORMAL] = {MAX_SCALE, MAX_SCALE, 0},
    [INPUT_UNIFORM] = {MAX_SCALE, MAX_SCALE, 0},
    [INPUT_SPARSE] = {0, MAX_SCALE, MOST_ZEROS},
};

/* one number of each row is 1, and each is as likely */
static void draw_one_hot(net *n, size_t values, size_t stride) {
  for (uint32_t row = 0; row < n->batch; row++) {
    uint32_t key[2] = {n->seed, STREAM_CLASS}, counter[2] = {row, 0}, words[2];
    rng_threefry(key, counter, words);
    n->a[row * stride + (size_t)(((uint64_t)words[0] * values) >> 32)] = 1;
  }
}

/* Sets each number to 0 with the probability `zeros`. */
static void place_zeros(const net *n, const strip *part, const target *out) {
  float uniforms[SOME_ROWS * PANEL];
  noise_key places = {n->seed, STREAM_ZEROS};
  rng_uniform(&places, part, 1, &(target){uniforms, PANEL});
  for (size_t i = 0; i < part->rows * PANEL; i++) {
    if (((double)uniforms[i] + 1) / 2 < n->scale.zeros) out->values[i / PANEL * out->stride + i % PANEL] = 0;
  }
}

static void add_mean(const strip *part, float mean, size_t used, const target *out) {
  for (size_t r = 0; r < part->rows; r++) {
    for (size_t c = 0; c < used; c++) out->values[r * out->stride + c] += mean;
  }
}

static void draw(net *n) {
  size_t values = values_of(&n->inputs), stride = round_up(values, PANEL);
  if (n->input == INPUT_ONE_HOT) {
    draw_one_hot(n, values, stride);
    return;
  }
  double std = n->scale.std / __builtin_sqrt(1 - n->scale.zeros);
  uint32_t distribution = n->input == INPUT_UNIFORM ? DISTRIBUTION_UNIFORM : DISTRIBUTION_NORMAL;
  spread noise = {.distribution = distribution, .std = std, .bound = std * __builtin_sqrt(3.0), .parent = std};
  noise_key key = {n->seed, STREAM_INPUT};
  for (size_t panel = 0; panel * PANEL < values; panel++) {
    for (size_t row = 0; row < n->batch; row += SOME_ROWS) {
      strip part = {row, smaller(SOME_ROWS, n->batch - row), panel};
      target out = {n->a + row * stride + panel * PANEL, stride};
      spread_draw(&noise, &key, &part, values, &out);
      if (n->scale.zeros > 0) place_zeros(n, &part, &out);
      if (n->scale.mean != 0) add_mean(&part, (float)n->scale.mean, smaller(PANEL, values - panel * PANEL), &out);
    }
  }
}

int net_set_input(net *n, uint32_t input, double mean, double std, double zeros) {
  if (n->memory || n->input == INPUT_GIVEN) return NET_ERROR_ORDER;
  if (input >= INPUT_COUNT || input == INPUT_GIVEN || !(fabs(mean) <= most[input].mean) ||
      !(std >= 0 && std <= most[input].std) || !(zeros >= 0 && zeros <= most[input].zeros))
    return NET_ERROR_RANGE;
  n->input = input;
  n->scale = (input_scale){mean, std, zeros, draw, predict_scaled};
  return 0;
}
