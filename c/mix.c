/* mix.c: see mix.h. In double and by libm: for predictions alone. */
#include "mix.h"

#include <math.h>

#include "initscope.h"
#include "moments.h"
#include "products.h"
#include "spread.h"

#define QUARTER_PI 0.78539816339744830962

/* A point of the mean square of one or two uniform numbers, and its weight. With u and v from 0 to 1, x^2 of one is 3 u^2,
 * where u is share^2. That of two is 3 s / 2 with s = u^2 + v^2, whose density is pi / 4 for s < 1 and
 * asin(1 / sqrt(s)) - pi / 4 above. */
static double few_uniform(uint32_t values, double share, double *weight) {
  double s = 2 * share;
  *weight = values == 1 ? share : s < 1 ? QUARTER_PI : asin(1 / sqrt(s)) - QUARTER_PI;
  return values == 1 ? 3 * share * share * share * share : 1.5 * s;
}

/* The mean square of `values` normals is a gamma variable of shape values / 2; that of uniforms, apart from one and two, is
 * taken for the one of the same variance. ln of a gamma variable has the density e^(shape (t - e^t)), up to a factor,
 * and the trapezoidal rule over t is exact to 1e-4 for what varies as slowly. Points lie from -6 to 2.74 std. */
void mix_input(mix_state *mix, uint32_t values, int uniform) {
  double shape = values / (uniform ? 0.8 : 2), sum = 0, mean = 0, root = 0;
  spread_law law = spread_of_mean(1, 1 / shape);
  mix->count = MIX_POINTS;
  for (int i = 0; i < MIX_POINTS; i++) {
    double t = law.mean + sqrt(law.variance) * (0.38 * i - 6);
    mix->a_square[i] = exp(t);
    mix->weight[i] = exp(shape * (t - exp(t)));
    if (uniform && values < 3) mix->a_square[i] = few_uniform(values, (i + 0.5) / MIX_POINTS, &mix->weight[i]);
    sum += mix->weight[i];
    mean += mix->weight[i] * mix->a_square[i];
  }
  for (int i = 0; i < MIX_POINTS; i++) {
    mix->weight[i] /= sum;
    mix->a_square[i] *= sum / mean;
    root += mix->weight[i] * sqrt(mix->a_square[i]);
  }
  mix->lengths = uniform && values > 1 ? 0 : root * root;
  /* The cosine c of two directions has the density (1 - c^2)^((values - 3) / 2): the points of Gauss for it. */
  double d = values, side = (d + 2) / (6 * d), far = sqrt(3 / (d + 2));
  for (int i = 0; i < MIX_ANGLES; i++) {
    mix->angle_weight[i] = i == 1 ? 1 - 2 * side : side;
    mix->correlation[i] = (i - 1) * far;
  }
}

int mix_scales(const phi *f) {
  return phi_at(f, 1024) == 1024 * phi_at(f, 1) && phi_at(f, -1024) == 1024 * phi_at(f, -1);
}

/* E z.z' / E z.z over pairs. Where phi(s x) = s phi(x) and there are no biases, lengths only multiply. */
static double mean_correlation(mix_state *mix, const phi *f, int biased) {
  double sum = 0;
  for (int i = 0; i < MIX_ANGLES; i++) sum += mix->angle_weight[i] * mix->correlation[i];
  if (biased) mix->lengths = 0;
  double found = mix->lengths > 0 ? mix->lengths * sum : (double)NAN;
  int scales = mix_scales(f);
  if (!scales) mix->lengths = 0;
  for (int i = 0; i < MIX_ANGLES && scales; i++)
    mix->correlation[i] = correlation_of(f, 1, fmax(-1, fmin(1, mix->correlation[i])));
  return found;
}

mix_means mix_step(mix_state *mix, const phi *f, double sigma_w2, double sigma_b2, double share) {
  mix_means means = {.z_correlation = mean_correlation(mix, f, share < 1)};
  for (int i = 0; i < MIX_POINTS; i++) {
    double weight = mix->weight[i], q = sigma_w2 * mix->a_square[i] + sigma_b2;
    mix->q[i] = q;
    mix->a_square[i] = moment_of(f, MOMENT_PHI2, q);
    means.z_square += weight * q;
    means.a_square += weight * mix->a_square[i];
    means.a_mean += weight * moment_of(f, MOMENT_PHI, q);
    means.slope_square += weight * slope_square_of(f, q);
  }
  return means;
}

mix_means mix_pass(mix_state *mix, double a_mean) {
  mix_means means = {.z_correlation = (double)NAN, .a_mean = a_mean, .slope_square = 1};
  for (int i = 0; i < MIX_POINTS; i++) {
    mix->q[i] = mix->a_square[i];
    means.a_square += mix->weight[i] * mix->a_square[i];
  }
  means.z_square = means.a_square;
  return means;
}

double mix_back(mix_state *mix, const mix_state *above, const phi *f, double factor) {
  double sum = 0;
  for (int i = 0; i < MIX_POINTS; i++) {
    double delta = factor * (above ? above->delta_square[i] : 1);
    mix->delta_square[i] = delta * slope_square_of(f, mix->q[i]);
    sum += mix->weight[i] * mix->delta_square[i];
  }
  return sum;
}

double mix_gradient(const mix_state *mix, const mix_state *below) {
  double sum = 0;
  for (int i = 0; i < MIX_POINTS; i++) sum += mix->weight[i] * mix->delta_square[i] * below->a_square[i];
  return sum;
}
