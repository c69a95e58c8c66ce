/* activations.c: the activations, one row each, and the formulas of each side by side.
 *
 * For an activation f, vec_f and vec_f_slope compute phi and phi' of four floats, for networks; f and f_slope are the
 * same in double, for theory. Formulas of an activation that has a parameter take it as their last argument, p. LOOPS(f)
 * makes the loops over a vector, LOOPS_OF(f) those with p. Closed
 * moments and products follow where they are known; without them theory integrates numerically. To add an activation,
 * write these formulas, and a row in the table at the end of this file. Where phi or phi' breaks elsewhere than at 0, the
 * row must say where (.kink). How rows are read is in phi.c, moments.c and products.c.
 *
 * Floats must have the same bits everywhere, so they use vec.h and vecmath.h alone; doubles may use libm. Formulas use
 * e^-|z| in place of e^z: it cannot overflow, and keeps its relative accuracy in the tail. z is cut off where phi has
 * long reached its limit, so that no infinity meets a 0.
 */
#include "activations.h"

#include <math.h>

#include "initscope.h"
#include "ln.h"
#include "quadrature.h"
#include "vecmath.h"

#define PI 3.14159265358979323846
#define SQRT_HALF 0.70710678118654752440
#define DENSITY_AT_0 0.39894228040143267794 /* of N(0, 1) */

/* `...` is p or nothing */
#define LOOPS_WITH(f, ...)                                                                                             \
  static void f##_forward(const float *z, float *a, size_t n, float p) {                                               \
    (void)p;                                                                                                           \
    for (size_t i = 0; i < n; i += 4) vec_store(a + i, vec_##f(vec_load(z + i) __VA_ARGS__));                          \
  }                                                                                                                    \
  static void f##_derivative(const float *z, float *slope, size_t n, float p) {                                        \
    (void)p;                                                                                                           \
    for (size_t i = 0; i < n; i += 4) vec_store(slope + i, vec_##f##_slope(vec_load(z + i) __VA_ARGS__));              \
  }
#define LOOPS(f) LOOPS_WITH(f, )
#define LOOPS_OF(f) LOOPS_WITH(f, , p)

/* the last argument of the formulas of an activation without a parameter */
#define NO_PARAMETER __attribute__((unused)) double p

VEC_INLINE f32x4 one(void) { return vec_set(1); }
VEC_INLINE f32x4 zero(void) { return vec_set(0); }

/* NaN where z is NaN, else v: for slopes that are constants */
VEC_INLINE f32x4 unless_nan(f32x4 z, f32x4 v) { return vec_select(z == z, v, z); }

/* z within +-128, where e^-|z| is 0 */
VEC_INLINE f32x4 cut(f32x4 z) { return vec_max(vec_set(-128), vec_min(vec_set(128), z)); }

VEC_INLINE f32x4 exp_minus_abs(f32x4 z) { return vec_exp(zero() - vec_abs(z)); }

static double square(double x) { return x * x; }

/* even parts that are constants */
static double half(double x, NO_PARAMETER) { return x == x ? 0.5 : x; }
static double nothing(double x, NO_PARAMETER) { return x == x ? 0 : x; }

/* Moments and product of an activation that is x for x > 0, and `below` times x for x < 0. */
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
/* It is (1 - below) relu + below x; relu has the arc-cosine kernel of degree 1 (Cho and Saul 2009, equation 6). */
static double piecewise_product(double below, double q, double correlation) {
  double angle = acos(correlation);
  double kernel = (sin(angle) + acos(-correlation) * correlation) / (2 * PI);
  return q * (square(1 - below) * kernel + below * correlation);
}

/* linear */

VEC_INLINE f32x4 vec_linear(f32x4 z) { return z; }
VEC_INLINE f32x4 vec_linear_slope(f32x4 z) { return unless_nan(z, one()); }
LOOPS(linear)
static double linear(double x, NO_PARAMETER) { return x; }
static double linear_slope(double x, NO_PARAMETER) { return x == x ? 1 : x; }
static double linear_moment(uint32_t moment, double q, NO_PARAMETER) { return piecewise_moment(1, moment, q); }
static double linear_product(double q, double correlation, NO_PARAMETER) { return q * correlation; }

/* relu */

VEC_INLINE f32x4 vec_relu(f32x4 z) { return vec_max(zero(), z); }
VEC_INLINE f32x4 vec_relu_slope(f32x4 z) { return unless_nan(z, vec_select(z > zero(), one(), zero())); }
LOOPS(relu)
static double relu(double x, NO_PARAMETER) { return x > 0 ? x : 0; }
static double relu_slope(double x, NO_PARAMETER) { return x > 0; }
static double relu_moment(uint32_t moment, double q, NO_PARAMETER) { return piecewise_moment(0, moment, q); }
static double relu_product(double q, double correlation, NO_PARAMETER) { return piecewise_product(0, q, correlation); }

/* leaky relu, of slope p below 0 */

VEC_INLINE f32x4 vec_leaky_relu(f32x4 z, float p) { return vec_select(z > zero(), z, vec_set(p) * z); }
VEC_INLINE f32x4 vec_leaky_relu_slope(f32x4 z, float p) {
  return unless_nan(z, vec_select(z > zero(), one(), vec_set(p)));
}
LOOPS_OF(leaky_relu)
static double leaky_relu(double x, double p) { return x > 0 ? x : p * x; }
static double leaky_relu_slope(double x, double p) { return x > 0 ? 1 : p; }
static double leaky_relu_moment(uint32_t moment, double q, double p) { return piecewise_moment(p, moment, q); }
static double leaky_relu_product(double q, double correlation, double p) {
  return piecewise_product(p, q, correlation);
}
/* PyTorch 2.15, torch.nn.init.calculate_gain: what keeps E z^2 */
static double leaky_relu_gain(double p) { return sqrt(2 / (1 + square(p))); }

/* tanh, of vecmath.h and libm; its slope is 1 / cosh^2 rather than 1 - tanh^2, which loses the tail */

VEC_INLINE f32x4 vec_tanh_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z + z);
  f32x4 d = one() + e;
  return vec_set(4) * e / (d * d);
}
LOOPS(tanh)
static double tanh_value(double x, NO_PARAMETER) { return tanh(x); }
static double tanh_slope(double x, NO_PARAMETER) {
  double e = exp(-2 * fabs(x));
  return 4 * e / square(1 + e);
}

/* sigmoid */

VEC_INLINE f32x4 vec_sigmoid(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  return vec_select(z < zero(), e, one()) / (one() + e);
}
VEC_INLINE f32x4 vec_sigmoid_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 d = one() + e;
  return e / (d * d);
}
LOOPS(sigmoid)
static double sigmoid(double x, NO_PARAMETER) {
  double e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}
static double sigmoid_slope(double x, NO_PARAMETER) {
  double e = exp(-fabs(x));
  return e / square(1 + e);
}

/* elu, of alpha p (Clevert et al. 2015, equation 2) */

VEC_INLINE f32x4 vec_elu(f32x4 z, float p) {
  return vec_select(z > zero(), z, vec_set(p) * vec_expm1(vec_min(zero(), z)));
}
VEC_INLINE f32x4 vec_elu_slope(f32x4 z, float p) {
  return vec_select(z > zero(), one(), vec_set(p) * vec_exp(vec_min(zero(), z)));
}
LOOPS_OF(elu)
static double elu(double x, double p) { return x > 0 ? x : p * expm1(x); }
static double elu_slope(double x, double p) { return x > 0 ? 1 : p * exp(x); }
/* half of p (e^-x - 1 + x) + (1 - p) x, the first by its series where that cancels */
static double elu_even(double x, double p) {
  double rest = (1 - p) * x / 2;
  if (x > 0.5) return p * (x + expm1(-x)) / 2 + rest;
  double sum = 1;
  for (int n = 14; n > 2; n--) sum = 1 - x / n * sum;
  return p * x * x / 4 * sum + rest;
}

/* selu (Klambauer et al. 2017, "Self-normalizing neural networks", equation 2 and section 2) */

#define SELU_SCALE 1.0507009873554804934
#define SELU_SLOPE 1.7580993408473768599 /* scale times alpha */
VEC_INLINE f32x4 vec_selu(f32x4 z) {
  f32x4 below = vec_set((float)SELU_SLOPE) * vec_expm1(vec_min(zero(), z));
  return vec_select(z > zero(), vec_set((float)SELU_SCALE) * z, below);
}
VEC_INLINE f32x4 vec_selu_slope(f32x4 z) {
  f32x4 below = vec_set((float)SELU_SLOPE) * vec_exp(vec_min(zero(), z));
  return vec_select(z > zero(), vec_set((float)SELU_SCALE), below);
}
LOOPS(selu)
static double selu(double x, NO_PARAMETER) { return x > 0 ? SELU_SCALE * x : SELU_SLOPE * expm1(x); }
static double selu_slope(double x, NO_PARAMETER) { return x > 0 ? SELU_SCALE : SELU_SLOPE * exp(x); }
static double selu_even(double x, NO_PARAMETER) { return (SELU_SCALE * x + SELU_SLOPE * expm1(-x)) / 2; }

/* gelu, the exact form: z Phi(z) = max(z, 0) - |z| Phi(-|z|), of slope Phi(z) + z Phi'(z) (Hendrycks and Gimpel 2016)
 */

VEC_INLINE f32x4 vec_gelu(f32x4 z) {
  f32x4 t = vec_min(vec_set(15), vec_abs(z));
  return vec_max(zero(), z) - t * vec_mills(t) * vec_exp_half_square(t);
}
VEC_INLINE f32x4 vec_gelu_slope(f32x4 z) {
  f32x4 t = vec_min(vec_set(15), vec_abs(z));
  f32x4 below = vec_exp_half_square(t) * (vec_mills(t) - vec_set((float)DENSITY_AT_0) * t);
  return vec_select(z > zero(), one() - below, below);
}
LOOPS(gelu)
static double gelu(double x, NO_PARAMETER) { return x * erfc(-x * SQRT_HALF) / 2; }
static double gelu_slope(double x, NO_PARAMETER) {
  return erfc(-x * SQRT_HALF) / 2 + x * DENSITY_AT_0 * exp(-x * x / 2);
}
static double gelu_even(double x, NO_PARAMETER) { return x * erf(x * SQRT_HALF) / 2; }

/* silu: z s, of slope s + z s (1 - s), s the sigmoid */

VEC_INLINE f32x4 vec_silu(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  return vec_select(z > zero(), z, vec_max(vec_set(-128), z) * e) / (one() + e);
}
VEC_INLINE f32x4 vec_silu_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 d = one() + e;
  return (vec_select(z > zero(), one(), e) * d + cut(z) * e) / (d * d);
}
LOOPS(silu)
static double silu(double x, NO_PARAMETER) { return x * sigmoid(x, p); }
static double silu_slope(double x, NO_PARAMETER) { return sigmoid(x, p) * (1 + x * sigmoid(-x, p)); }
static double silu_even(double x, NO_PARAMETER) { return x * tanh(x / 2) / 2; }

/* mish: z t, t = tanh(softplus(z)), of slope t + z (1 - t^2) s, s the sigmoid (Misra 2019) */

/* t = n / d: with w = e^z, n = w^2 + 2w and d = n + 2, both divided by w^2 where z > 0. Returns the part of d that is
 * not n, halved. */
VEC_INLINE f32x4 vec_mish_fraction(f32x4 z, f32x4 e, f32x4 *n, f32x4 *d) {
  f32x4 root = vec_select(e > vec_set(0x1p-60f), e, zero()); /* below, its square is lost beside 2e and 1 */
  f32x4 squared = root * root;
  f32x4 rest = vec_select(z > zero(), squared, one());
  *n = vec_select(z > zero(), one(), squared) + (e + e);
  *d = *n + (rest + rest);
  return rest;
}
VEC_INLINE f32x4 vec_mish(f32x4 z) {
  f32x4 n, d;
  vec_mish_fraction(z, exp_minus_abs(z), &n, &d);
  return vec_max(vec_set(-128), z) * n / d;
}
/* (1 - t^2) s = 4 w (1 + w) / d^2 where z <= 0 */
VEC_INLINE f32x4 vec_mish_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 n, d;
  f32x4 rest = vec_mish_fraction(z, e, &n, &d);
  f32x4 w = vec_select(z > zero(), rest, e);
  return (n * d + cut(z) * (vec_set(4) * w * (one() + e))) / (d * d);
}
LOOPS(mish)
/* 1 - t = 2 / ((1 + e^x)^2 + 1) */
static double mish_rest(double x) {
  double e = exp(-fabs(x));
  return x > 0 ? 2 * e * e / (square(1 + e) + e * e) : 2 / (square(1 + e) + 1);
}
/* t, likewise without cancellation */
static double mish_share(double x) {
  double e = exp(-fabs(x));
  return x > 0 ? (1 + 2 * e) / (square(1 + e) + e * e) : e * (e + 2) / (square(1 + e) + 1);
}
static double mish(double x, NO_PARAMETER) { return x * mish_share(x); }
static double mish_slope(double x, NO_PARAMETER) {
  double share = mish_share(x);
  return share + x * mish_rest(x) * (1 + share) * sigmoid(x, p);
}
/* tanh a - tanh b = sinh(a - b) / (cosh a cosh b), where softplus(x) - softplus(-x) = x */
static double mish_even(double x, NO_PARAMETER) {
  double e = exp(-x), d = square(1 + e);
  return -x * expm1(-2 * x) * d / ((d + e * e) * (d + 1));
}

/* softplus */

VEC_INLINE f32x4 vec_softplus(f32x4 z) { return vec_max(zero(), z) + vec_log1p(exp_minus_abs(z)); }
VEC_INLINE f32x4 vec_softplus_slope(f32x4 z) { return vec_sigmoid(z); }
LOOPS(softplus)
static double softplus(double x, NO_PARAMETER) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }
static double softplus_slope(double x, NO_PARAMETER) { return sigmoid(x, p); }
static double softplus_even(double x, NO_PARAMETER) { return x / 2 + log1p(exp(-x)); }

/* softsign */

VEC_INLINE f32x4 vec_softsign(f32x4 z) {
  f32x4 bound = vec_set(0x1.fffffep127f);
  f32x4 finite = vec_max(zero() - bound, vec_min(bound, z));
  return finite / (one() + vec_abs(finite));
}
VEC_INLINE f32x4 vec_softsign_slope(f32x4 z) {
  f32x4 r = one() / (one() + vec_abs(z));
  return r * r;
}
LOOPS(softsign)
static double softsign(double x, NO_PARAMETER) { return x / (1 + fabs(x)); }
static double softsign_slope(double x, NO_PARAMETER) { return 1 / square(1 + fabs(x)); }

/* hardtanh */

VEC_INLINE f32x4 vec_hardtanh(f32x4 z) { return vec_max(vec_set(-1), vec_min(one(), z)); }
VEC_INLINE f32x4 vec_hardtanh_slope(f32x4 z) { return unless_nan(z, vec_select(vec_abs(z) < one(), one(), zero())); }
LOOPS(hardtanh)
static double hardtanh(double x, NO_PARAMETER) { return fmax(-1, fmin(1, x)); }
static double hardtanh_slope(double x, NO_PARAMETER) { return x > -1 && x <= 1; }
/* The share of E z^2 (rank 1) or of E z^4 (rank 2) that comes from |z| < t: the incomplete gamma function P(rank + 1/2,
 * y) by its series, which begins with y^(rank + 1/2) e^-y / Gamma(rank + 3/2). */
static double inner_share(int rank, double t) {
  double y = t * t / 2;
  if (y > 40) return 1;
  double term = exp(-y) * t * t * t * DENSITY_AT_0 * 2 / 3;
  if (rank == 2) term *= y / 2.5;
  double sum = term;
  for (double n = rank + 1.5; term > 1e-17 * sum; n++) sum += term *= y / n;
  return sum;
}
static double hardtanh_moment(uint32_t moment, double q, NO_PARAMETER) {
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
/* By Price's theorem the second derivative by the correlation x is q^2 E phi''(u) phi''(v), and phi'' is a pair of
 * deltas at -1 and 1, which makes it q / (pi sqrt(1 - x^2)) (e^(-1 / (q (1 + x))) - e^(-1 / (q (1 - x)))). Integrated
 * twice from x = 0, where the product is 0 and its slope is q (E phi')^2; w is asin(x). */
static double hardtanh_product(double q, double correlation, NO_PARAMETER) {
  double size = fabs(correlation), end = asin(size), sum = 0;
  double reach = ln(fmax(1, sqrt(q)));
  for (int i = 0; size > 0; i++) {
    interval_point point = interval_at(i, 0.1, reach);
    if (point.weight < 1e-13) break;
    for (int mirrored = 0; mirrored < 2; mirrored++) {
      double w = end * (mirrored ? point.rest : point.at), x = sin(w), up = -1 / (q * (1 + x));
      sum += point.weight * (size - x) * exp(up) * -expm1(-2 * x / (q * square(cos(w))));
    }
  }
  double slope = q * square(erf(1 / sqrt(2 * q)));
  return copysign(slope * size + q / PI * end * sum, correlation);
}

/* sin(p x), p the omega of SIREN (Sitzmann et al. 2020, section 3.2). Its moments are those of sin at p^2 q; each slope
 * brings a factor p. */

VEC_INLINE f32x4 vec_sine(f32x4 z, float p) { return vec_sin(vec_set(p) * z); }
VEC_INLINE f32x4 vec_sine_slope(f32x4 z, float p) { return vec_set(p) * vec_cos(vec_set(p) * z); }
LOOPS_OF(sine)
static double sine(double x, double p) { return sin(p * x); }
static double sine_slope(double x, double p) { return p * cos(p * x); }
static double sine_moment(uint32_t moment, double q_of_x, double p) {
  double p2 = square(p), q = p2 * q_of_x, e = exp(-2 * q), rest = -expm1(-2 * q);
  switch (moment) {
    case MOMENT_PHI: return 0;
    case MOMENT_PHI2: return rest / 2;
    case MOMENT_PHI4: return square(rest) * (square(e + 1) + 2) / 8; /* (3 - 4 e + e^4) / 8 */
    case MOMENT_SLOPE2: return p2 * (1 + e) / 2;
    case MOMENT_SLOPE4: return square(p2) * (3 + 4 * e + exp(-8 * q)) / 8;
    case MOMENT_CROSS: return p2 * -expm1(-8 * q) / 8;
    case MOMENT_SLOPE_GROWTH: return p2 * (1 + (1 - 4 * q) * e) / 2;
    default: return q * e;
  }
}
static double sine_product(double q, double correlation, double p) {
  double size = fabs(correlation), scaled = square(p) * q;
  return copysign(exp(-scaled * (1 - size)) * -expm1(-2 * scaled * size) / 2, correlation);
}
/* E sin(u) sin(v) = e^-q sinh(q c) */
static void sine_series(double *squares, int terms, double q, double p) {
  double scaled = square(p) * q, term = exp(-scaled);
  for (int k = 0; k < terms; k++) {
    squares[k] = k % 2 ? term : 0;
    term *= scaled / (k + 1);
  }
}

/* The rows: see activations.h for the fields. */

#define FLOATS(f) .forward = f##_forward, .derivative = f##_derivative
#define FORMS_BY(f, value) FLOATS(f), .phi = value, .slope = f##_slope
#define FORMS(f) FORMS_BY(f, f)
#define SATURATED(lo, hi) .saturation_lo = lo, .saturation_hi = hi
#define NEVER_SATURATED SATURATED((double)-INFINITY, (double)INFINITY)
#define GAIN(number) .pytorch_gain = number
#define NO_GAIN GAIN((double)NAN)
#define CLOSED(f) .moment = f##_moment, .product = f##_product

static const activation_parameter_row slope_below = {
    .name = "slope", .usual = 0.01, .most = 1, .pytorch_gain = leaky_relu_gain};
static const activation_parameter_row alpha = {.name = "alpha", .usual = 1, .most = 10};
static const activation_parameter_row omega = {
    .name = "omega", .usual = 1, .least = 0.01, .most = 1000, .series = sine_series};

const activation_row activation_rows[] = {
    {"linear", FORMS(linear), NEVER_SATURATED, GAIN(1), CLOSED(linear), .is_linear = 1},
    {"relu", FORMS(relu), NEVER_SATURATED, GAIN(1.4142135623730951), CLOSED(relu)},
    {"leaky-relu", FORMS(leaky_relu), NEVER_SATURATED, NO_GAIN, CLOSED(leaky_relu), .has = &slope_below},
    {"tanh", FORMS_BY(tanh, tanh_value), SATURATED(-0.97, 0.97), GAIN(5.0 / 3), .even = nothing},
    {"sigmoid", FORMS(sigmoid), SATURATED(0.01, 0.99), GAIN(1), .even = half},
    {"elu", FORMS(elu), SATURATED(-0.97, (double)INFINITY), NO_GAIN, .even = elu_even, .has = &alpha},
    {"selu", FORMS(selu), SATURATED(-0.97 * 1.7580993, (double)INFINITY), GAIN(0.75), .even = selu_even},
    {"gelu", FORMS(gelu), NEVER_SATURATED, NO_GAIN, .even = gelu_even},
    {"silu", FORMS(silu), NEVER_SATURATED, NO_GAIN, .even = silu_even},
    {"mish", FORMS(mish), NEVER_SATURATED, NO_GAIN, .even = mish_even},
    {"softplus", FORMS(softplus), NEVER_SATURATED, NO_GAIN, .even = softplus_even},
    {"softsign", FORMS(softsign), SATURATED(-0.97, 0.97), NO_GAIN, .even = nothing},
    {"hardtanh", FORMS(hardtanh), SATURATED(-0.97, 0.97), NO_GAIN, CLOSED(hardtanh), .kink = 1},
    {"sin", FORMS(sine), NEVER_SATURATED, NO_GAIN, CLOSED(sine), .has = &omega},
};

uint32_t activation_count(void) { return sizeof activation_rows / sizeof *activation_rows; }

phi phi_rectifier(double slope) {
  const activation_row *row = activation_rows;
  while (row->has != &slope_below) row++;
  return (phi){row, slope};
}
