/* theory.c: mean-field theory of a stack of layers: mean squares, their spread, correlation and gradients.
 *
 * Exact for infinite width and independent weights of mean 0. A finite width adds a first correction, of order 1 /
 * width. It does not cover constant weights, nor matrices whose entries depend on each other. The integrals are in
 * moments.c and products.c.
 */
#include "theory.h"

#include <math.h>

#include "initscope.h"
#include "moments.h"
#include "products.h"

void theory_input(theory_layer *input, double mean_square, double log_variance, double correlation) {
  *input = (theory_layer){.a_square = mean_square, .a_log_variance = log_variance, .a_correlation = correlation};
}

/* Poole et al. 2016, equations 3 and 5. Given the layer below, the units of z are independent N(0, k), where
 * k = sigma_w2 (mean square of a below) + sigma_b2. ln k has a variance, v. Then
 *   ln of the mean of z^2 over n units varies by v + 2 / n,
 *   ln of the mean of phi(z)^2 by c^2 v + kappa / n, c = d ln E phi^2 / d ln k, kappa = Var(phi^2) / (E phi^2)^2,
 *   ln k of the next layer by that times the square of the share of k that the weights give.
 * n is the number of units of the layer whose mean is taken. */
void theory_step(theory_layer *layer, const theory_layer *below, uint32_t activation, double sigma_w2, double sigma_b2,
                 uint32_t units) {
  double from_weights = sigma_w2 * below->a_square, q = from_weights + sigma_b2;
  double share =
      sigma_b2 > 0 ? 1 / (1 + sigma_b2 / from_weights) : 1; /* in this form also right where q is 0 or infinite */
  double correlation = fmax(-1, fmin(1, share * below->a_correlation + (1 - share)));
  double variance = share * share * below->a_log_variance, elasticity = theory_elasticity(activation, q);
  *layer = (theory_layer){
      .z_square = q,
      .z_log_variance = variance,
      .z_correlation = correlation,
      .a_mean = theory_moment(activation, MOMENT_PHI, q),
      .a_square = theory_moment(activation, MOMENT_PHI2, q),
      .a_log_variance = elasticity * elasticity * variance + theory_kappa(activation, q) / units,
      .a_correlation = theory_correlation(activation, q, correlation),
      .slope_square = theory_moment(activation, MOMENT_SLOPE2, q),
      .activation = activation,
      .units = units,
      .share = share,
  };
}

/* Schoenholz et al. 2017, equation 13: the weights of the backward pass count as independent of the forward pass.
 *
 * Given the layer above, delta is phi'(z) times a normal. So ln of its mean square over n units deviates in two ways:
 * by ln E phi'^2 at the q of this network, and by a chance b of variance slope_kappa / n. That q deviates by the sum of
 * the chances f, each of variance kappa / n, of the layers below. f and b of one layer are correlated, as both come
 * from the same z. To first order in all chances, ln of the mean square of delta_l deviates by
 *   pull_l (ln q_l - its mean) + the sum over k >= l of (b_k + share_{k+1} pull_{k+1} f_k),
 *   pull_l = d ln E phi'^2 / d ln q + c share_{l+1} pull_{l+1}, c = d ln E phi^2 / d ln q. */
void theory_step_back(theory_layer *layer, const theory_layer *above, double sigma_out2) {
  double q = layer->z_square, n = layer->units, pull_above = above ? above->share * above->pull : 0;
  uint32_t a = layer->activation;
  double forward = theory_kappa(a, q) / n, both = theory_cross_kappa(a, q) / n, back = theory_slope_kappa(a, q) / n;
  layer->delta_square = layer->slope_square * (above ? sigma_out2 * above->delta_square : 1);
  layer->pull = theory_slope_elasticity(a, q) + theory_elasticity(a, q) * pull_above;
  layer->noise = back + 2 * pull_above * both + pull_above * pull_above * forward + (above ? above->noise : 0);
  layer->delta_log_variance = layer->pull * layer->pull * layer->z_log_variance + layer->noise;
}

double theory_weight_gradient(const theory_layer *layer, const theory_layer *below, double batch) {
  return batch * below->a_square * layer->delta_square;
}

/* for one example: the mean square of dL/dW is the mean of a^2 below times that of delta^2 */
double theory_weight_gradient_log_variance(const theory_layer *layer, const theory_layer *below) {
  double both = 1 + layer->share * layer->pull;
  return both * both * below->a_log_variance + layer->noise;
}

double theory_chi(uint32_t activation, double sigma_w2, double q) {
  return sigma_w2 * theory_moment(activation, MOMENT_SLOPE2, q);
}

/* the number of layers in which a perturbation falls by e, if each layer multiplies it by `factor` */
static double depth_scale(double factor) { return factor == 1 ? INFINITY : -1 / log(factor); }

double theory_depth_c(uint32_t activation, double sigma_w2, double q) {
  return depth_scale(theory_chi(activation, sigma_w2, q));
}
double theory_depth_q(uint32_t activation, double sigma_w2, double q) {
  /* where phi(0) is not 0, the growth of E phi^2 vanishes with q, and rounding takes it */
  double inside = q >= 0 ? fmin(fmax(q, theory_phi(activation, 0) != 0 ? 1e-12 : 1e-60), 1e300) : NAN;
  return depth_scale(sigma_w2 * theory_moment(activation, MOMENT_GROWTH, inside) / inside);
}

typedef struct {
  uint32_t activation;
  double sigma_w2, sigma_b2;
} length_map;

/* ln q_{l+1} / q_l at q_l = e^t */
static double change(const length_map *map, double t) {
  double q = exp(t);
  return log((map->sigma_w2 * theory_moment(map->activation, MOMENT_PHI2, q) + map->sigma_b2) / q);
}
/* its derivative */
static double change_slope(const length_map *map, double t) {
  double q = exp(t), from_weights = map->sigma_w2 * theory_moment(map->activation, MOMENT_PHI2, q);
  return theory_elasticity(map->activation, q) * from_weights / (from_weights + map->sigma_b2) - 1;
}

/* where f changes sign between a and b */
static double bisect(double (*f)(const length_map *, double), const length_map *map, double a, double b) {
  int sign = f(map, a) > 0;
  for (int i = 0; i < 60; i++) {
    double middle = (a + b) / 2;
    *((f(map, middle) > 0) == sign ? &a : &b) = middle;
  }
  return a;
}

/* For every activation the length map grows with q. So its iteration from 1 runs straight to the first fixed point on
 * the side where it starts. The search looks for a change of sign there, since a critical iteration never arrives. A
 * step in which the change stops shrinking may have jumped over two fixed points at once, or have barely missed them:
 * then the least change within the step decides. */
double theory_fixed_point(uint32_t activation, double sigma_w2, double sigma_b2) {
  static const double rounding = 1e-14, unbounded = 230;
  const length_map map = {activation, sigma_w2, sigma_b2};
  double start = change(&map, 0), direction = start > 0 ? 1 : -1;
  int vanishing = !(sigma_b2 > 0) && theory_phi(activation, 0) == 0; /* is 0 a fixed point? */
  if (!(start == start) || sigma_w2 < 0 || sigma_b2 < 0) return NAN;
  if (fabs(start) < rounding) return 1;
  for (double t = 0, next; fabs(t) < unbounded && !(vanishing && t < log(1e-14)); t = next) {
    next = t + direction * (0.25 + fabs(t) / 8);
    double least =
        change_slope(&map, t) < 0 && change_slope(&map, next) > 0 ? bisect(change_slope, &map, t, next) : next;
    if (direction * change(&map, least) < -rounding) return exp(bisect(change, &map, t, least));
  }
  return direction > 0 ? INFINITY : 0;
}
