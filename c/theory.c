/* theory.c: mean-field theory of a stack of layers: mean squares, their spread, correlation and gradients.
 *
 * Exact for infinite width and independent weights of mean 0. How far networks of finite width deviate is followed to
 * their third cumulant, by spread.c. It does not cover constant weights, nor matrices whose entries depend on each
 * other. The integrals are in moments.c and products.c.
 */
#include "theory.h"

#include <math.h>

#include "initscope.h"
#include "ln.h"
#include "moments.h"
#include "products.h"

void theory_input(theory_layer *input, double mean_square, double log_variance, double correlation) {
  *input = (theory_layer){.a_square = mean_square,
                          .a_correlation = correlation,
                          .a_law = spread_of_mean(1, log_variance),
                          .unbroken = 1,
                          .f = {activation_rows, 0}}; /* the first row is linear */
}

/* Is phi(x) = x above 0, and 0 or little below? */
static int is_rectifier(const phi *f) {
  return phi_at(f, 1) == 1 && phi_at(f, 1024) == 1024 && phi_at(f, -1024) == 1024 * phi_at(f, -1) &&
         phi_at(f, -1) > -0.1;
}

spread_law theory_chance(const phi *f, uint32_t units, double kappa) {
  if (is_rectifier(f) && units <= SPREAD_TERMS) return spread_of_halves(units);
  return spread_of_mean(units, kappa);
}

/* The mean of other functions over fewer units has a law that three cumulants do not describe. */
enum { LEAST_UNITS = 4 };

/* If phi is x with probability p and else 0, kappa is 3 / p - 1. For a rectifier p is 1/2, as its weights have either sign.
 * ELU and SELU turn off too: far below 0 they are a constant. */
double theory_fails(const phi *f, uint32_t units, double kappa) {
  if (is_rectifier(f)) return exp(-LN_2 * units);
  if (units < LEAST_UNITS && !f->row->is_linear) return 1;
  double far = phi_at(f, 8);
  int turns_off = fabs(phi_at(f, -8)) < far / 4 && far > 7;
  return turns_off ? exp(units * ln(fmax(0, 1 - 3 / (kappa + 1)))) : 0;
}

/* The same on the way back, where a unit is off if its slope is about 0: far below 0, or on both sides. If slopes are 1
 * with probability p and else 0, slope_kappa is 3 / p - 1. */
static double fails_back(const phi *f, uint32_t units, double slope_kappa) {
  double far = phi_slope_at(f, 8);
  int turns_off = fabs(phi_slope_at(f, -8)) < 0.01 && (far > 0.9 || far == 0);
  return turns_off ? exp(units * ln(fmax(0, 1 - 3 / (slope_kappa + 1)))) : 0;
}

/* q where ln q deviates by x */
static double q_at(const theory_layer *layer, double x) { return layer->z_square * exp(x); }

/* The law of a moment of z, where ln q deviates by z_law. */
static spread_law law_of_moment(const theory_layer *layer, uint32_t moment, double *slope) {
  double values[3], mean = moment_of(&layer->f, moment, layer->z_square);
  for (int i = 0; i < 3; i++)
    values[i] = ln(moment_of(&layer->f, moment, q_at(layer, spread_point(layer->z_law, i - 1))) / mean);
  return spread_through(layer->z_law, values, slope);
}

/* The laws of the way forward: see theory_step. */
static void spread_forward(theory_layer *layer, const theory_layer *below) {
  double values[3];
  for (int i = 0; i < 3; i++) {
    double x = spread_point(below->a_law, i - 1);
    values[i] = layer->share < 1 ? log1p(layer->share * expm1(x)) : x;
  }
  layer->z_law = spread_through(below->a_law, values, &layer->z_slope);
  double kappa = kappa_of(&layer->f, q_at(layer, layer->z_law.mean));
  layer->chance_law = theory_chance(&layer->f, layer->units, kappa);
  layer->a_law = spread_sum(law_of_moment(layer, MOMENT_PHI2, &layer->a_slope), layer->chance_law);
}

/* Where inputs differ in length from position to position, only means that lengths do not change stay known. */
static void forget_lengths(theory_layer *layer, const theory_layer *below) {
  layer->uneven = 1;
  layer->a_mean = layer->a_correlation = (double)NAN;
  if (isnan(below->a_correlation)) layer->z_correlation = (double)NAN;
  if (!(mix_scales(&layer->f) && layer->share == 1)) layer->a_square = layer->slope_square = (double)NAN;
}

/* Poole et al. 2016, equations 3 and 5. Given the layer below, the units of z are independent N(0, k), where
 * k = sigma_w2 (mean square of a below) + sigma_b2. So ln of the mean of phi(z)^2 deviates by that of E phi^2 at this k,
 * a function of ln k, and by the chance of n independent units. With v = Var ln k, to first order in 1 / n,
 *   ln of the mean of z^2 over n units varies by v + 2 / n,
 *   ln of the mean of phi(z)^2 by c^2 v + kappa / n, c = d ln E phi^2 / d ln k, kappa = Var(phi^2) / (E phi^2)^2.
 * The laws go beyond: to second order in the deviation of ln k, about its mean. */
void theory_step(theory_layer *layer, const theory_layer *below, const phi *f, double sigma_w2, double sigma_b2,
                 uint32_t units) {
  double from_weights = sigma_w2 * below->a_square, q = from_weights + sigma_b2;
  double off = theory_fails(f, units, kappa_of(f, q));
  double dies = phi_at(f, -1) == 0 ? off : 0; /* off, rather than nearly so */
  double share =
      sigma_b2 > 0 ? 1 / (1 + sigma_b2 / from_weights) : 1; /* in this form also right where q is 0 or infinite */
  double correlation = fmax(-1, fmin(1, share * below->a_correlation + (1 - share)));
  *layer = (theory_layer){
      .z_square = q,
      .z_correlation = correlation,
      .a_mean = moment_of(f, MOMENT_PHI, q),
      .a_square = moment_of(f, MOMENT_PHI2, q),
      .a_correlation = correlation_of(f, q, correlation),
      .slope_square = slope_square_of(f, q),
      .died = sigma_b2 > 0 ? dies : dies + (1 - dies) * below->died, /* biases bring a signal back */
      .unbroken = (1 - off) * below->unbroken,
      .normal = 1,
      .f = *f,
      .units = units,
      .share = share,
  };
  if (below->uneven) forget_lengths(layer, below);
  spread_forward(layer, below);
  layer->mix = below->mix;
  layer->shown = layer->mix.count > 0
                     ? mix_step(&layer->mix, f, sigma_w2, sigma_b2, share)
                     : (mix_means){q, layer->z_correlation, layer->a_mean, layer->a_square, layer->slope_square};
}

void theory_pass(theory_layer *layer, const theory_layer *below, const phi *linear, uint32_t units) {
  *layer = *below;
  layer->normal = 0;
  layer->z_square = below->a_square;
  layer->z_correlation = below->a_correlation;
  layer->slope_square = 1;
  layer->z_law = below->a_law;
  layer->chance_law = (spread_law){0, 0, 0};
  layer->a_slope = layer->z_slope = 1;
  layer->f = *linear;
  layer->units = units;
  layer->shown = below->mix.count > 0
                     ? mix_pass(&layer->mix, below->shown.a_mean)
                     : (mix_means){below->a_square, below->a_correlation, below->a_mean, below->a_square, 1};
}

/* Where W a + b = z is given, W^T delta has a part along a, of relative size share / n, and (z . delta)^2 is not
 * |z|^2 |delta|^2 / n but 1 + 2 e times that, e = d ln E phi'^2 / d ln q: what this adds to the mean. */
static double forward_trace(const theory_layer *layer, const theory_layer *above, double cross) {
  double e = slope_elasticity_of(&above->f, q_at(above, above->z_law.mean));
  return 2 * e * above->share * (1 + cross) / layer->units;
}

/* Schoenholz et al. 2017, equation 13: the weights of the backward pass count as independent of the forward pass.
 *
 * Given the layer above, delta is phi'(z) times a normal. So ln of its mean square over n units deviates in two ways:
 * by ln E phi'^2 at the q of this network, and by a chance b, of n terms of variance slope_kappa. That q deviates by the
 * sum of the chances f of the layers below. f and b of one layer are correlated, as both come from the same z. To first
 * order in all chances, ln of the mean square of delta_l deviates by
 *   pull_l (ln q_l - its mean) + the sum over k >= l of (b_k + z_slope_{k+1} pull_{k+1} f_k),
 *   pull_l = d ln E phi'^2 / d ln q + a_slope_l z_slope_{l+1} pull_{l+1}. */
void theory_step_back(theory_layer *layer, const theory_layer *above, double sigma_out2) {
  layer->delta_square = layer->slope_square * (above ? sigma_out2 * above->delta_square : 1);
  const phi *f = &layer->f;
  uint32_t n = layer->units;
  layer->shown_delta = layer->mix.count > 0
                           ? mix_back(&layer->mix, above ? &above->mix : NULL, f, above ? sigma_out2 : 1)
                           : layer->delta_square;
  double q = q_at(layer, layer->z_law.mean), pull = above ? above->z_slope * above->pull : 0, slope;
  double cross = cross_kappa_of(f, q), kappa = slope_kappa_of(f, q);
  spread_law own = law_of_moment(layer, MOMENT_SLOPE2, &slope), back = theory_chance(f, n, kappa);
  spread_law noise = spread_sum(back, spread_times(pull, layer->chance_law));
  noise.mean = back.mean + own.mean + (above ? forward_trace(layer, above, cross) : 0);
  noise.variance += 2 * pull * cross / n;
  layer->noise_law = above ? spread_sum(noise, above->noise_law) : noise;
  layer->unbroken_back = (1 - fails_back(f, n, kappa)) * (above ? above->unbroken_back : 1);
  layer->pull = slope + layer->a_slope * pull;
  layer->delta_law = spread_pulled(layer->pull, layer->z_law, layer->noise_law);
}

double theory_weight_gradient(const theory_layer *layer, const theory_layer *below, double batch) {
  return batch *
         (layer->mix.count > 0 ? mix_gradient(&layer->mix, &below->mix) : below->a_square * layer->delta_square);
}

/* the mean square of dL/dW is the mean of a^2 below times that of delta^2 */
spread_law theory_weight_gradient_law(const theory_layer *layer, const theory_layer *below) {
  spread_law law = spread_pulled(1 + layer->z_slope * layer->pull, below->a_law, layer->noise_law);
  law.mean += below->a_law.mean;
  return law;
}

double chi_of(const phi *f, double sigma_w2, double q) { return sigma_w2 * moment_of(f, MOMENT_SLOPE2, q); }

double theory_chi(uint32_t activation, double parameter, double sigma_w2, double q) {
  phi f = phi_find(activation, parameter);
  return chi_of(&f, sigma_w2, q);
}

/* the number of layers in which a perturbation falls by e, if each layer multiplies it by `factor` */
static double depth_scale(double factor) { return factor == 1 ? INFINITY : -1 / ln(factor); }

double theory_depth_c(uint32_t activation, double parameter, double sigma_w2, double q) {
  return depth_scale(theory_chi(activation, parameter, sigma_w2, q));
}
double theory_depth_q(uint32_t activation, double parameter, double sigma_w2, double q) {
  phi f = phi_find(activation, parameter);
  /* where phi(0) is not 0, the growth of E phi^2 vanishes with q, and rounding takes it */
  double inside = q >= 0 ? fmin(fmax(q, phi_at(&f, 0) != 0 ? 1e-12 : 1e-60), 1e300) : NAN;
  return depth_scale(sigma_w2 * moment_of(&f, MOMENT_GROWTH, inside) / inside);
}

typedef struct {
  const phi *f;
  double sigma_w2, sigma_b2;
} length_map;

/* ln q_{l+1} / q_l at q_l = e^t */
static double change(const length_map *map, double t) {
  double q = exp(t);
  return ln((map->sigma_w2 * moment_of(map->f, MOMENT_PHI2, q) + map->sigma_b2) / q);
}
/* its derivative */
static double change_slope(const length_map *map, double t) {
  double q = exp(t), from_weights = map->sigma_w2 * moment_of(map->f, MOMENT_PHI2, q);
  return elasticity_of(map->f, q) * from_weights / (from_weights + map->sigma_b2) - 1;
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
double fixed_point_of(const phi *f, double sigma_w2, double sigma_b2) {
  static const double rounding = 1e-14, unbounded = 230;
  const length_map map = {f, sigma_w2, sigma_b2};
  double start = change(&map, 0), direction = start > 0 ? 1 : -1;
  int vanishing = !(sigma_b2 > 0) && phi_at(f, 0) == 0; /* is 0 a fixed point? */
  if (!(start == start) || sigma_w2 < 0 || sigma_b2 < 0) return NAN;
  if (fabs(start) < rounding) return 1;
  for (double t = 0, next; fabs(t) < unbounded && !(vanishing && t < ln(1e-14)); t = next) {
    next = t + direction * (0.25 + fabs(t) / 8);
    double least =
        change_slope(&map, t) < 0 && change_slope(&map, next) > 0 ? bisect(change_slope, &map, t, next) : next;
    if (direction * change(&map, least) < -rounding) return exp(bisect(change, &map, t, least));
  }
  return direction > 0 ? INFINITY : 0;
}

double theory_fixed_point(uint32_t activation, double parameter, double sigma_w2, double sigma_b2) {
  phi f = phi_find(activation, parameter);
  return fixed_point_of(&f, sigma_w2, sigma_b2);
}
