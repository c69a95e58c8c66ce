/* moments.c: means of functions of an activation over a Gaussian preactivation, by closed form or by quadrature.
 *
 * These are the integrals of mean-field theory, in double and by libm. Predictions need not agree to the last bit
 * between machines; what is drawn and multiplied must, and is in activations.c. x = sqrt(q) z, with z ~ N(0, 1).
 */
#include "moments.h"

#include <math.h>

#include "initscope.h"
#include "ln.h"
#include "quadrature.h"

#define DENSITY_AT_0 0.39894228040143267794 /* of N(0, 1) */
#define Z_MOST 12.0                         /* beyond, the Gaussian has no weight that a double could show */

/* Outside these q phi is its own limit: a multiple of x on each side, or a constant. The second pair is for ratios,
 * which reach their limits much sooner. */
#define Q_LEAST 1e-300
#define Q_MOST 1e300
#define RATIO_Q_LEAST 1e-60
#define RATIO_Q_MOST 1e60

static double square(double x) { return x * x; }

/* The integrand at x = s z and at -x together, z > 0. */
static double folded(const phi *f, uint32_t moment, double s, double z) {
  double x = s * z;
  switch (moment) {
    case MOMENT_PHI: return f->row->even ? 2 * f->row->even(x, f->parameter) : phi_at(f, x) + phi_at(f, -x);
    case MOMENT_PHI2: return square(phi_at(f, x)) + square(phi_at(f, -x));
    case MOMENT_PHI4: return square(square(phi_at(f, x))) + square(square(phi_at(f, -x)));
    case MOMENT_SLOPE2: return square(phi_slope_at(f, x)) + square(phi_slope_at(f, -x));
    case MOMENT_SLOPE4: return square(square(phi_slope_at(f, x))) + square(square(phi_slope_at(f, -x)));
    case MOMENT_CROSS: return square(phi_at(f, x) * phi_slope_at(f, x)) + square(phi_at(f, -x) * phi_slope_at(f, -x));
    case MOMENT_SLOPE_GROWTH: return square(z) * (square(phi_slope_at(f, x)) + square(phi_slope_at(f, -x)));
    default: return x * (phi_at(f, x) * phi_slope_at(f, x) - phi_at(f, -x) * phi_slope_at(f, -x));
  }
}

/* The trapezoidal rule in u, for a phi that breaks nowhere but at 0, which is the end of the range. phi changes at
 * |x| ~ 1, and the Gaussian at z ~ 1. On a logarithmic scale both are features of width about 1, wherever they lie, and
 * analytic in a strip of half-width pi / 4 or more about the real axis. So the error falls like
 * exp(-2 pi (pi / 4) / step) for every activation and q alike. */
static double smooth_mean(const phi *f, uint32_t moment, double s) {
  static const double step = 0.1, first = -3.7;
  double least = fmin(1, 1 / s), sum = 0;
  for (int i = 0;; i++) {
    half_line point = half_line_at(first + i * step, least);
    if (!(point.z < Z_MOST)) break;
    sum += point.weight * exp(-point.z * point.z / 2) * folded(f, moment, s, point.z);
  }
  return sum * step;
}

/* The same for z from `from` to `to`, between which phi does not break. */
static double piece_mean(const phi *f, uint32_t moment, double s, double from, double to) {
  double length = to - from, reach = ln(fmax(1, length * fmax(1, s))), sum = 0;
  for (int i = 0;; i++) {
    interval_point p = interval_at(i, 0.1, reach);
    if (p.weight < 1e-17 * exp(-reach)) break;
    double low = from + length * p.rest, high = from + length * p.at;
    sum += p.weight * exp(-low * low / 2) * folded(f, moment, s, low);
    sum += p.weight * exp(-high * high / 2) * folded(f, moment, s, high);
  }
  return sum * length;
}

double moment_by_quadrature(const phi *f, uint32_t moment, double q) {
  double s = sqrt(q), kink = f->row->kink;
  if (kink == 0) return smooth_mean(f, moment, s) * DENSITY_AT_0;
  double z = fmin(Z_MOST, kink / s);
  return (piece_mean(f, moment, s, 0, z) + piece_mean(f, moment, s, z, Z_MOST)) * DENSITY_AT_0;
}

static int is_of_slopes(uint32_t moment) {
  return moment == MOMENT_SLOPE2 || moment == MOMENT_SLOPE4 || moment == MOMENT_SLOPE_GROWTH;
}

/* Whether phi has a limit at both ends, rather than growing like x at either. */
static int is_bounded(const phi *f) { return fmax(fabs(phi_at(f, Q_MOST)), fabs(phi_at(f, -Q_MOST))) < 1e100; }

double moment_of(const phi *f, uint32_t moment, double q) {
  if (!(q >= 0)) return NAN;
  double inside = fabs(fmin(q, Q_MOST)), beyond = q / inside; /* -0 is 0: its root would be below all points */
  if (is_of_slopes(moment)) inside = fmax(inside, Q_LEAST); /* the slopes on either side of 0, not that at 0 */
  double mean = f->row->moment ? f->row->moment(moment, inside, f->parameter) : moment_by_quadrature(f, moment, inside);
  if (q <= Q_MOST || mean == 0 || is_bounded(f)) return mean;
  const double growth[MOMENT_COUNT] = {sqrt(beyond), beyond, beyond * beyond, 1, beyond, 1, beyond, 1};
  return mean * growth[moment];
}

double slope_square_of(const phi *f, double q) {
  return q == 0 ? square(phi_slope_at(f, 0)) : moment_of(f, MOMENT_SLOPE2, q);
}

static double ratio_q(double q) { return q >= 0 ? fmax(RATIO_Q_LEAST, fmin(RATIO_Q_MOST, q)) : NAN; }

double elasticity_of(const phi *f, double q) {
  double inside = ratio_q(q);
  return moment_of(f, MOMENT_GROWTH, inside) / moment_of(f, MOMENT_PHI2, inside);
}
double kappa_of(const phi *f, double q) {
  double inside = ratio_q(q);
  return moment_of(f, MOMENT_PHI4, inside) / square(moment_of(f, MOMENT_PHI2, inside)) - 1;
}
double slope_elasticity_of(const phi *f, double q) {
  double inside = ratio_q(q);
  double ratio = moment_of(f, MOMENT_SLOPE_GROWTH, inside) / moment_of(f, MOMENT_SLOPE2, inside);
  return (ratio - 1) / 2;
}
double slope_kappa_of(const phi *f, double q) {
  double inside = ratio_q(q);
  return 3 * moment_of(f, MOMENT_SLOPE4, inside) / square(moment_of(f, MOMENT_SLOPE2, inside)) - 1;
}
double cross_kappa_of(const phi *f, double q) {
  double inside = ratio_q(q);
  double apart = moment_of(f, MOMENT_PHI2, inside) * moment_of(f, MOMENT_SLOPE2, inside);
  return moment_of(f, MOMENT_CROSS, inside) / apart - 1;
}

double theory_moment(uint32_t activation, double parameter, uint32_t moment, double q) {
  phi f = phi_find(activation, parameter);
  return moment < MOMENT_COUNT ? moment_of(&f, moment, q) : NAN;
}
double theory_elasticity(uint32_t activation, double parameter, double q) {
  phi f = phi_find(activation, parameter);
  return elasticity_of(&f, q);
}
double theory_kappa(uint32_t activation, double parameter, double q) {
  phi f = phi_find(activation, parameter);
  return kappa_of(&f, q);
}
