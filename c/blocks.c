/* blocks.c: mean-field theory of norms, residual sums, gated units and PReLU: what they do to mean squares, correlations
 * and their spread.
 *
 * Exact for infinite width, as theory.c. It knows no network: predict_blocks.c says where it applies. Nothing is predicted
 * of batch norm.
 */
#include <math.h>
#include <stddef.h>

#include "initscope.h"
#include "moments.h"
#include "products.h"
#include "theory.h"

int theory_is_odd(const phi *f) { return phi_at(f, -1) == -phi_at(f, 1) && phi_at(f, -3) == -phi_at(f, 3); }

/* Is a of this layer normal with mean 0? */
static int gives_normal(const theory_layer *layer) { return layer->normal && layer->f.row->is_linear; }

/* Fills in a from z, where phi is linear, or z is normal and all inputs are of one length. Returns 0 elsewhere. */
static int activate(theory_layer *layer, const phi *f, double a_mean) {
  double q = layer->z_square;
  layer->f = *f;
  if (f->row->is_linear) {
    layer->a_mean = a_mean;
    layer->a_square = q;
    layer->a_correlation = layer->z_correlation;
    layer->slope_square = 1;
  } else {
    if (!layer->normal || layer->mix.count > 0) return 0;
    layer->a_mean = moment_of(f, MOMENT_PHI, q);
    layer->a_square = moment_of(f, MOMENT_PHI2, q);
    layer->a_correlation = correlation_of(f, q, fmax(-1, fmin(1, layer->z_correlation)));
    layer->slope_square = slope_square_of(f, q);
  }
  return 1;
}

/* The law of a: what is left of that of z, and the chance of units whose z_i^2 have a mean that is known to `share`: of a
 * norm wholly (0), of other layers not at all (1). With c = d ln E phi^2 / d ln q, a mean of z^2 that is held fast takes
 * 2 c^2 / n of the variance kappa / n. */
static void spread_activation(theory_layer *layer, double share) {
  double c = elasticity_of(&layer->f, layer->z_square), kappa = kappa_of(&layer->f, layer->z_square);
  if (layer->f.row->is_linear) {
    layer->a_law = layer->z_law;
    layer->a_slope = 1;
    return;
  }
  layer->chance_law = spread_of_mean(layer->units, fmax(0, kappa - (1 - share) * 2 * c * c));
  layer->a_law = spread_sum(spread_times(c, layer->z_law), layer->chance_law);
  layer->a_slope = c;
}

/* Smaller deviations are lost beside the rounding of floats. */
#define LEAST_LEFT 1e-3

/* One input after the other is brought to one length: that of x^ is g^2 v / (v + epsilon), with v its variance, or its mean
 * square for RMS norm. So deviations of v are gone, up to epsilon / (v + epsilon). */
int theory_norm(theory_layer *layer, const theory_layer *below, const phi *f, int centred, double gain, double epsilon,
                uint32_t units) {
  double mean = centred ? below->a_mean : 0, v = below->a_square - mean * mean, left = epsilon / (v + epsilon);
  if (below->uneven || !(v > 0) || (centred && units == 1)) return 0; /* a number alone is its own mean */
  *layer = (theory_layer){
      .z_square = gain * gain * v / (v + epsilon),
      .z_correlation = below->mix.count > 0 ? (double)NAN : (below->a_correlation * below->a_square - mean * mean) / v,
      .died = below->died,
      .unbroken = below->unbroken,
      .units = units,
      .share = 1,
      .normal = gives_normal(below),
      .back_factor = gain * gain / (v + epsilon),
      .z_law = spread_times(left < LEAST_LEFT ? 0 : left, below->a_law),
      .z_slope = left,
  };
  /* where lengths differ, epsilon counts as nothing beside them */
  double a_mean = (below->a_mean - mean) * gain / sqrt(v + epsilon);
  if (!activate(layer, f, a_mean)) return 0;
  spread_activation(layer, left);
  layer->shown =
      (mix_means){layer->z_square, layer->z_correlation, layer->a_mean, layer->a_square, layer->slope_square};
  return 1;
}

/* ln(w_x e^x + w_f e^f) where x and f deviate, f by `elasticity` x and by chance of its own; to second order in both. The
 * products of stream and branch have mean 0, and their sum over n units a variance of 4 w_x w_f / n. */
static spread_law law_of_sum(const theory_layer *stream, const theory_layer *branch, double w_branch, double elasticity,
                             uint32_t units) {
  spread_law x = stream->a_law, f = branch->a_law;
  double w_stream = 1 - w_branch, t = w_stream + w_branch * elasticity, cross = 4 * w_stream * w_branch / units;
  double own = fmax(0, f.variance - elasticity * elasticity * x.variance);
  double third = f.third - elasticity * elasticity * elasticity * x.third;
  double apart = (1 - elasticity) * (1 - elasticity) * x.variance + own;
  return (spread_law){
      .mean = w_stream * x.mean + w_branch * f.mean + w_stream * w_branch * apart / 2 - cross / 2,
      .variance = t * t * x.variance + w_branch * w_branch * own + cross,
      .third = t * t * t * x.third + w_branch * w_branch * w_branch * third,
  };
}

/* inputs of different length: each length is followed for itself */
static void mix_sum(mix_state *mix, const theory_layer *stream, const theory_layer *branch, double s2, double b2) {
  const mix_state *x = &stream->mix, *f = &branch->mix;
  *mix = x->count > 0 ? *x : *f;
  for (uint32_t i = 0; i < mix->count; i++) {
    mix->q[i] = s2 * (x->count > 0 ? x->a_square[i] : stream->a_square) +
                b2 * (f->count > 0 ? f->a_square[i] : branch->a_square);
    mix->a_square[i] = mix->q[i];
  }
  mix->lengths = 0; /* correlations are not known */
}

int theory_sum(theory_layer *layer, const theory_layer *stream, const theory_layer *branch, const phi *f,
               const double factors[2], double elasticity, uint32_t units) {
  double s2 = factors[0] * factors[0], b2 = factors[1] * factors[1];
  double x = s2 * stream->a_square, y = b2 * branch->a_square, q = x + y;
  int mixed = stream->mix.count > 0 || branch->mix.count > 0;
  if (stream->uneven || branch->uneven) return 0;
  *layer = (theory_layer){
      .z_square = q,
      .z_correlation = mixed || q == 0 ? (double)NAN : (x * stream->a_correlation + y * branch->a_correlation) / q,
      .died = stream->died * (y == 0 ? 1 : branch->died),
      .unbroken = fmin(stream->unbroken, branch->unbroken),
      .units = units,
      .share = 1,
      .normal = (gives_normal(stream) || x == 0) && (gives_normal(branch) || y == 0),
      .z_law = law_of_sum(stream, branch, q > 0 ? y / q : 0, elasticity, units),
      .z_slope = q > 0 ? (x + y * elasticity) / q : 1,
  };
  if (mixed) mix_sum(&layer->mix, stream, branch, s2, b2);
  if (!activate(layer, f, factors[0] * stream->a_mean + factors[1] * branch->a_mean)) return 0;
  spread_activation(layer, 1);
  double shown = mixed ? s2 * stream->shown.a_square + b2 * branch->shown.a_square : q;
  layer->shown =
      (mix_means){shown, layer->z_correlation, layer->a_mean, mixed ? shown : layer->a_square, layer->slope_square};
  return 1;
}

/* Given q, the numbers x_1 and x_2 are independent, so the moments of a product are products of moments:
 *   E z^2 = q E phi(x_2)^2, and E z z' over two inputs of correlation c is q c E phi(x_2) phi(x_2').
 * Its z^2 has the relative variance 3 (kappa + 1) - 1, and ln E z^2 grows with ln q by 1 + d ln E phi^2 / d ln q. Half of
 * the gradients below have the mean square E phi^2 (dL/dz)^2, the others q E phi'^2 (dL/dz)^2. */
int theory_unit(theory_layer *layer, const theory_layer *below, const phi *f, int gated, uint32_t units) {
  double q = below->a_square, c = below->a_correlation;
  if (!gives_normal(below) || below->uneven || below->mix.count > 0) return 0;
  double square = moment_of(f, MOMENT_PHI2, q), slope = slope_square_of(f, q);
  double grows = elasticity_of(f, q) + gated, kappa = kappa_of(f, q);
  if (gated) kappa = 3 * (kappa + 1) - 1;
  double off = gated ? 0 : theory_fails(f, units, kappa), dies = phi_at(f, -1) == 0 ? off : 0;
  spread_law chance = gated ? spread_of_mean(units, kappa) : theory_chance(f, units, kappa);
  *layer = (theory_layer){
      .z_square = gated ? q * square : square,
      .z_correlation = correlation_of(f, q, fmax(-1, fmin(1, c))) * (gated ? c : 1),
      .a_mean = gated ? 0 : moment_of(f, MOMENT_PHI, q),
      .died = dies + (1 - dies) * below->died,
      .unbroken = (1 - off) * below->unbroken,
      .units = units,
      .share = 1,
      .back_factor = gated ? (square + q * slope) / 2 : slope,
      .z_law = spread_sum(spread_times(grows, below->z_law), chance),
      .z_slope = grows,
      .f = below->f,
  };
  layer->a_square = layer->z_square;
  layer->a_correlation = layer->z_correlation;
  layer->slope_square = layer->a_slope = 1;
  layer->a_law = layer->z_law;
  layer->shown =
      (mix_means){layer->z_square, layer->z_correlation, layer->a_mean, layer->a_square, layer->slope_square};
  return 1;
}
