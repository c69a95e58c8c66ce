/* loss.c: a loss of the last activations, and its gradient by them.
 *
 * Both losses are sums over the batch: the gradient of one input does not depend on the size of the batch. Labels and
 * directions are drawn from the seed: there is no data set here.
 */
#include "loss.h"

#include "rules.h"
#include "vecmath.h"

double loss_random(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient) {
  static const spread standard = {.distribution = DISTRIBUTION_NORMAL, .std = 1, .parent = 1};
  noise_key key = {seed, STREAM_GRADIENT};
  for (size_t panel = 0; panel * PANEL < cols; panel++) {
    spread_draw(&standard, &key, &(strip){0, batch, panel}, cols, &(target){gradient + panel * PANEL, stride});
  }
  double sum = 0;
  for (size_t r = 0; r < batch; r++) {
    for (size_t c = 0; c < cols; c++) sum += (double)gradient[r * stride + c] * (double)a[r * stride + c];
  }
  return sum / (double)batch;
}

/* a label, uniform on 0 .. classes - 1 */
static size_t draw_label(uint32_t seed, uint32_t row, size_t classes) {
  uint32_t key[2] = {seed, STREAM_LABELS}, counter[2] = {row, 0}, words[2];
  rng_threefry(key, counter, words);
  return (size_t)(((uint64_t)words[0] * classes) >> 32);
}

/* Writes softmax(a) to p, and returns ln of the sum of exp(a). */
static double softmax(const float *a, size_t cols, float *p) {
  float max = a[0];
  int valid = 1;
  for (size_t c = 0; c < cols; c++) {
    max = a[c] > max ? a[c] : max;
    valid &= a[c] == a[c] && a[c] < __builtin_inff();
  }
  double sum = 0;
  for (size_t c = 0; c < cols; c += 4) {
    f32x4 exponent = vec_max(vec_load(a + c) - max, vec_set(-104)); /* e^-104 is 0 in float */
    vec_store(p + c, vec_exp(exponent));
    for (size_t i = c; i < cols && i < c + 4; i++) sum += (double)p[i];
  }
  if (!valid) sum = __builtin_nan("");
  for (size_t c = 0; c < cols; c++) p[c] = (float)((double)p[c] / sum);
  return valid ? (double)max + (double)vec_log(vec_set((float)sum))[0] : sum;
}

double loss_of_row(const float *a, size_t cols, size_t label, float *p) {
  double loss = softmax(a, cols, p) - (double)a[label];
  p[label] -= 1;
  return loss;
}

double loss_cross_entropy(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient) {
  double sum = 0;
  for (size_t r = 0; r < batch; r++) {
    sum += loss_of_row(a + r * stride, cols, draw_label(seed, (uint32_t)r, cols), gradient + r * stride);
  }
  return sum / (double)batch;
}
