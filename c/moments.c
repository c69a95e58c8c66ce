/* moments.c: means of functions of an activation over a Gaussian preactivation.
 *
 * This is what mean-field theory integrates, in double and by the C library's functions: agreement to the last bit
 * between machines is for what is drawn and multiplied (activations.c), not for predictions. Here x = sqrt(q) z with z
 * ~ N(0, 1).
 */
#include "moments.h"

#include <math.h>
#include <stddef.h>

#include "initscope.h"

#define SQRT_HALF 0.70710678118654752440
#define DENSITY_AT_0 0.39894228040143267794 /* of N(0, 1) */

/* Klambauer et al. 2017, equation 2: scale, and scale times alpha */
#define SELU_SCALE 1.0507009873554804934
#define SELU_SLOPE 1.7580993408473768599

/* outside of these q phi is its own limit, a multiple of x on each side or a constant; the second pair is for
 * ratios, which have reached theirs much sooner */
#define Q_LEAST 1e-300
#define Q_MOST 1e300
#define RATIO_Q_LEAST 1e-60
#define RATIO_Q_MOST 1e60

static double square(double x) { return x * x; }

/* phi, phi', and the even part (phi(x) + phi(-x)) / 2 for x >= 0, which the sum would lose in rounding near 0. */

static double linear(double x) { return x; }
static double linear_slope(double x) { return x == x ? 1 : x; }

static double relu(double x) { return x > 0 ? x : 0; }
static double relu_slope(double x) { return x > 0; }

static double leaky_relu(double x) { return x > 0 ? x : 0.01 * x; }
static double leaky_relu_slope(double x) { return x > 0 ? 1 : 0.01; }

static double tanh_slope(double x) {
  double e = exp(-2 * fabs(x));
  return 4 * e / square(1 + e);
}

static double sigmoid(double x) {
  double e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}
static double sigmoid_slope(double x) {
  double e = exp(-fabs(x));
  return e / square(1 + e);
}

static double elu(double x) { return x > 0 ? x : expm1(x); }
static double elu_slope(double x) { return x > 0 ? 1 : exp(x); }
/* half of e^-x - 1 + x, by its series where that cancels */
static double elu_even(double x) {
  if (x > 0.5) return (x + expm1(-x)) / 2;
  double sum = 1;
  for (int n = 14; n > 2; n--) sum = 1 - x / n * sum;
  return x * x / 4 * sum;
}

static double selu(double x) { return x > 0 ? SELU_SCALE * x : SELU_SLOPE * expm1(x); }
static double selu_slope(double x) { return x > 0 ? SELU_SCALE : SELU_SLOPE * exp(x); }
static double selu_even(double x) { return (SELU_SCALE * x + SELU_SLOPE * expm1(-x)) / 2; }

static double gelu(double x) { return x * erfc(-x * SQRT_HALF) / 2; }
static double gelu_slope(double x) { return erfc(-x * SQRT_HALF) / 2 + x * DENSITY_AT_0 * exp(-x * x / 2); }
static double gelu_even(double x) { return x * erf(x * SQRT_HALF) / 2; }

static double silu(double x) { return x * sigmoid(x); }
static double silu_slope(double x) { return sigmoid(x) * (1 + x * sigmoid(-x)); }
static double silu_even(double x) { return x * tanh(x / 2) / 2; }

/* 1 - tanh(softplus(x)) = 2 / ((1 + e^x)^2 + 1) */
static double mish_rest(double x) {
  double e = exp(-fabs(x));
  return x > 0 ? 2 * e * e / (square(1 + e) + e * e) : 2 / (square(1 + e) + 1);
}
/* tanh(softplus(x)), likewise without cancellation */
static double mish_share(double x) {
  double e = exp(-fabs(x));
  return x > 0 ? (1 + 2 * e) / (square(1 + e) + e * e) : e * (e + 2) / (square(1 + e) + 1);
}
static double mish(double x) { return x * mish_share(x); }
static double mish_slope(double x) {
  double share = mish_share(x);
  return share + x * mish_rest(x) * (1 + share) * sigmoid(x);
}
/* tanh a - tanh b = sinh(a - b) / (cosh a cosh b), where softplus(x) - softplus(-x) = x */
static double mish_even(double x) {
  double e = exp(-x), d = square(1 + e);
  return -x * expm1(-2 * x) * d / ((d + e * e) * (d + 1));
}

static double softplus(double x) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }
static double softplus_even(double x) { return x / 2 + log1p(exp(-x)); }

static double softsign(double x) { return x / (1 + fabs(x)); }
static double softsign_slope(double x) { return 1 / square(1 + fabs(x)); }

static double hardtanh(double x) { return fmax(-1, fmin(1, x)); }
static double hardtanh_slope(double x) { return x > -1 && x <= 1; }

static double half(double x) { return x == x ? 0.5 : x; }
static double nothing(double x) { return x == x ? 0 : x; }

/* Closed forms, where they exist and keep their digits. */

/* x above 0 and `below` times x under it */
static double piecewise_moment(double below, uint32_t moment, double q) {
  double second = (1 + square(below)) / 2, fourth = (1 + square(square(below))) / 2;
  switch (moment) {
    case MOMENT_PHI: return (1 - below) * DENSITY_AT_0 * sqrt(q);
    case MOMENT_PHI4: return 3 * fourth * q * q;
    case MOMENT_SLOPE2:
    case MOMENT_SLOPE_GROWTH: return second;
    case MOMENT_SLOPE4: return fourth;
    case MOMENT_CROSS: return fourth * q;
    default: return second * q;
  }
}
static double linear_moment(uint32_t moment, double q) { return piecewise_moment(1, moment, q); }
static double relu_moment(uint32_t moment, double q) { return piecewise_moment(0, moment, q); }
static double leaky_relu_moment(uint32_t moment, double q) { return piecewise_moment(0.01, moment, q); }

static double sin_moment(uint32_t moment, double q) {
  double e = exp(-2 * q), rest = -expm1(-2 * q);
  switch (moment) {
    case MOMENT_PHI: return 0;
    case MOMENT_PHI2: return rest / 2;
    case MOMENT_PHI4: return square(rest) * (square(e + 1) + 2) / 8; /* (3 - 4 e + e^4) / 8 */
    case MOMENT_SLOPE2: return (1 + e) / 2;
    case MOMENT_SLOPE4: return (3 + 4 * e + exp(-8 * q)) / 8;
    case MOMENT_CROSS: return -expm1(-8 * q) / 8;
    case MOMENT_SLOPE_GROWTH: return (1 + (1 - 4 * q) * e) / 2;
    default: return q * e;
  }
}
/* the share of E z^2 (rank 1) or of E z^4 (rank 2) that comes from |z| < t: the incomplete gamma function P(rank +
 * 1/2, y) by its series, which begins with y^(rank + 1/2) e^-y / Gamma(rank + 3/2) */
static double inner_share(int rank, double t) {
  double y = t * t / 2;
  if (y > 40) return 1;
  double term = exp(-y) * t * t * t * DENSITY_AT_0 * 2 / 3;
  if (rank == 2) term *= y / 2.5;
  double sum = term;
  for (double n = rank + 1.5; term > 1e-17 * sum; n++) sum += term *= y / n;
  return sum;
}
static double hardtanh_moment(uint32_t moment, double q) {
  double t = 1 / sqrt(q), outside = erfc(t * SQRT_HALF);
  switch (moment) {
    case MOMENT_PHI: return 0;
    case MOMENT_PHI2: return q * inner_share(1, t) + outside;
    case MOMENT_PHI4: return 3 * q * (q * inner_share(2, t)) + outside; /* q^2 alone may be infinite */
    case MOMENT_SLOPE2:
    case MOMENT_SLOPE4: return erf(t * SQRT_HALF);
    case MOMENT_SLOPE_GROWTH: return inner_share(1, t);
    default: return q * inner_share(1, t);
  }
}

typedef struct {
  double (*phi)(double), (*slope)(double), (*even)(double);
  double (*moment)(uint32_t moment, double q); /* NULL: by quadrature */
} activation_row;

/* in the order of activations.c */
static const activation_row rows[] = {
    {linear, linear_slope, NULL, linear_moment},
    {relu, relu_slope, NULL, relu_moment},
    {leaky_relu, leaky_relu_slope, NULL, leaky_relu_moment},
    {tanh, tanh_slope, nothing, NULL},
    {sigmoid, sigmoid_slope, half, NULL},
    {elu, elu_slope, elu_even, NULL},
    {selu, selu_slope, selu_even, NULL},
    {gelu, gelu_slope, gelu_even, NULL},
    {silu, silu_slope, silu_even, NULL},
    {mish, mish_slope, mish_even, NULL},
    {softplus, sigmoid, softplus_even, NULL},
    {softsign, softsign_slope, nothing, NULL},
    {hardtanh, hardtanh_slope, NULL, hardtanh_moment},
    {sin, cos, NULL, sin_moment},
};
enum { ROWS = sizeof rows / sizeof *rows };

double theory_phi(uint32_t activation, double x) { return activation < ROWS ? rows[activation].phi(x) : NAN; }
double theory_slope(uint32_t activation, double x) { return activation < ROWS ? rows[activation].slope(x) : NAN; }

/* the integrand at x = s z and at -x together, z > 0 */
static double folded(const activation_row *a, uint32_t moment, double s, double z) {
  double x = s * z;
  switch (moment) {
    case MOMENT_PHI: return 2 * a->even(x);
    case MOMENT_PHI2: return square(a->phi(x)) + square(a->phi(-x));
    case MOMENT_PHI4: return square(square(a->phi(x))) + square(square(a->phi(-x)));
    case MOMENT_SLOPE2: return square(a->slope(x)) + square(a->slope(-x));
    case MOMENT_SLOPE4: return square(square(a->slope(x))) + square(square(a->slope(-x)));
    case MOMENT_CROSS: return square(a->phi(x) * a->slope(x)) + square(a->phi(-x) * a->slope(-x));
    case MOMENT_SLOPE_GROWTH: return square(z) * (square(a->slope(x)) + square(a->slope(-x)));
    default: return x * (a->phi(x) * a->slope(x) - a->phi(-x) * a->slope(-x));
  }
}

/* A point of a half line and its weight: z = least * exp(u - e^-u), which is logarithmic above `least` and runs out
 * doubly exponentially below it. */
typedef struct {
  double z, weight;
} half_line;

static half_line half_line_at(double u, double least) {
  double e = exp(-u), z = least * exp(u - e);
  return (half_line){z, z * (1 + e)};
}

/* The trapezoidal rule in u. phi has its kinks at 0, the end of the range, and changes at |x| ~ 1, the Gaussian at z
 * ~ 1: on a logarithmic scale both are features of width about 1 wherever they lie, analytic in a strip of
 * half-width pi / 4 or more about the real axis, so that the error falls like exp(-2 pi (pi / 4) / step) for every
 * activation and q alike. */
static double gaussian_mean(const activation_row *a, uint32_t moment, double q) {
  static const double step = 0.1, first = -3.7, z_most = 12;
  double s = sqrt(q), least = fmin(1, 1 / s), sum = 0;
  for (int i = 0;; i++) {
    half_line at = half_line_at(first + i * step, least);
    if (!(at.z < z_most)) break;
    sum += at.weight * exp(-at.z * at.z / 2) * folded(a, moment, s, at.z);
  }
  return sum * step * DENSITY_AT_0;
}

static int is_of_slopes(uint32_t moment) {
  return moment == MOMENT_SLOPE2 || moment == MOMENT_SLOPE4 || moment == MOMENT_SLOPE_GROWTH;
}

double theory_moment(uint32_t activation, uint32_t moment, double q) {
  if (activation >= ROWS || moment >= MOMENT_COUNT || !(q >= 0)) return NAN;
  const activation_row *a = &rows[activation];
  double inside = fabs(fmin(q, Q_MOST)), beyond = q / inside; /* -0 is 0: its root would be below all points */
  if (is_of_slopes(moment)) inside = fmax(inside, Q_LEAST); /* the slopes on either side of 0, not that at 0 */
  double mean = a->moment ? a->moment(moment, inside) : gaussian_mean(a, moment, inside);
  if (q <= Q_MOST || mean == 0 || a->phi(Q_MOST) <= 1) return mean;
  const double growth[MOMENT_COUNT] = {sqrt(beyond), beyond, beyond * beyond, 1, beyond, 1, beyond, 1};
  return mean * growth[moment];
}

static double ratio_q(double q) { return q >= 0 ? fmax(RATIO_Q_LEAST, fmin(RATIO_Q_MOST, q)) : NAN; }

double theory_elasticity(uint32_t activation, double q) {
  double inside = ratio_q(q);
  return theory_moment(activation, MOMENT_GROWTH, inside) / theory_moment(activation, MOMENT_PHI2, inside);
}
double theory_kappa(uint32_t activation, double q) {
  double inside = ratio_q(q);
  return theory_moment(activation, MOMENT_PHI4, inside) / square(theory_moment(activation, MOMENT_PHI2, inside)) - 1;
}
double theory_slope_elasticity(uint32_t activation, double q) {
  double inside = ratio_q(q);
  double ratio =
      theory_moment(activation, MOMENT_SLOPE_GROWTH, inside) / theory_moment(activation, MOMENT_SLOPE2, inside);
  return (ratio - 1) / 2;
}
double theory_slope_kappa(uint32_t activation, double q) {
  double inside = ratio_q(q);
  return 3 * theory_moment(activation, MOMENT_SLOPE4, inside) /
             square(theory_moment(activation, MOMENT_SLOPE2, inside)) -
         1;
}
double theory_cross_kappa(uint32_t activation, double q) {
  double inside = ratio_q(q);
  double apart = theory_moment(activation, MOMENT_PHI2, inside) * theory_moment(activation, MOMENT_SLOPE2, inside);
  return theory_moment(activation, MOMENT_CROSS, inside) / apart - 1;
}
