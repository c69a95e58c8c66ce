/* products.c: the mean of phi(u) phi(v) over two correlated Gaussian preactivations, by closed form or by quadrature.
 *
 * Like moments.c, double precision by the C library, for predictions alone.
 */
#include "products.h"

#include <math.h>
#include <stddef.h>

#include "initscope.h"
#include "moments.h"

#define PI 3.14159265358979323846

/* beyond these the correlation of phi(u) and phi(v) is within 1e-9 of its limit */
#define Q_LEAST 1e-60
#define Q_MOST 1e18

static double square(double x) { return x * x; }

/* A point of an interval as shares of it, at + rest = 1, both to full relative accuracy, and its weight: the
 * logistic function of u + 2 e^-reach sinh(u), which is logarithmic towards both ends as far as e^-reach and then
 * runs out doubly exponentially. u is from 0 up, and its mirror image has at and rest exchanged. */
typedef struct {
  double at, rest, weight;
} inner_point;

static inner_point interval_point(int i, double step, double reach) {
  double u = (i + 0.5) * step, slack = exp(-reach);
  double e = exp(-u - 2 * slack * sinh(u)), rest = e / (1 + e);
  return (inner_point){1 / (1 + e), rest, step * rest / (1 + e) * (1 + 2 * slack * cosh(u))};
}
static const double weight_least = 1e-13;

/* the points of a radius and their weights for the density r e^(-r^2 / 2) */
typedef struct {
  int count;
  double r[96], weight[96];
} radial_rule;

static void radii_fill(radial_rule *to, double s) {
  static const double step = 0.15, first = -2.4, r_most = 8;
  double least = fmax(1e-4, fmin(1, 1 / s));
  for (to->count = 0;; to->count++) {
    double u = first + to->count * step, e = exp(-u), r = least * exp(u - e);
    if (!(r < r_most)) return;
    to->r[to->count] = r;
    to->weight[to->count] = step * r * r * (1 + e) * exp(-r * r / 2);
  }
}

/* E phi(u) phi(v) over the two opposite sectors of angle `width`, between the lines u = 0 and v = 0, where u and v have
 * the same sign, or where they have opposite ones; at the angle b from one line and width - b from the other they are
 * s r sin(b) and s r sin(width - b) in size */
static double sector(uint32_t activation, const radial_rule *radii, double s, double width, int opposite) {
  double reach = log(fmax(1, fmax(s * width, width / (PI - width)))), sum = 0;
  if (width <= 0) return 0;
  for (int i = 0;; i++) {
    inner_point p = interval_point(i, 0.2, reach);
    if (p.weight < weight_least) break;
    double u = s * sin(width * p.at), v = s * sin(width * p.rest), along = 0;
    for (int k = 0; k < radii->count; k++) {
      double r = radii->r[k];
      double u_above = theory_phi(activation, u * r), u_below = theory_phi(activation, -u * r);
      double v_above = theory_phi(activation, v * r), v_below = theory_phi(activation, -v * r);
      along +=
          radii->weight[k] * (opposite ? u_above * v_below + u_below * v_above : u_above * v_above + u_below * v_below);
    }
    sum += p.weight * along;
  }
  return sum * 2 * width / (2 * PI);
}

/* In polar coordinates the density does not depend on the correlation, which only turns the line v = 0 where phi(v)
 * may have its kink; so nothing is narrow at correlations near 1. Between the lines, angle and radius are features
 * of a logarithmic scale as in moments.c, and the trapezoidal rule serves. */
static double polar_product(uint32_t activation, double q, double correlation) {
  radial_rule radii;
  double s = sqrt(q);
  radii_fill(&radii, s);
  return sector(activation, &radii, s, acos(-correlation), 0) + sector(activation, &radii, s, acos(correlation), 1);
}

/* x above 0 and `below` times x under it: (1 - below) relu + below x, where the arc-cosine kernel of degree 1 (Cho
 * and Saul 2009, equation 6) is that of relu */
static double piecewise_product(double below, double q, double correlation) {
  double angle = acos(correlation);
  double kernel = (sin(angle) + acos(-correlation) * correlation) / (2 * PI);
  return q * (square(1 - below) * kernel + below * correlation);
}
static double linear_product(double q, double correlation) { return q * correlation; }
static double relu_product(double q, double correlation) { return piecewise_product(0, q, correlation); }
static double leaky_relu_product(double q, double correlation) { return piecewise_product(0.01, q, correlation); }

static double sin_product(double q, double correlation) {
  double size = fabs(correlation);
  return copysign(exp(-q * (1 - size)) * -expm1(-2 * q * size) / 2, correlation);
}

/* By Price's theorem the second derivative by the correlation x is q^2 E phi''(u) phi''(v), and phi'' is a pair of
 * deltas at -1 and 1, which makes it q / (pi sqrt(1 - x^2)) (e^(-1 / (q (1 + x))) - e^(-1 / (q (1 - x)))). Integrated
 * twice from x = 0, where the product is 0 and its slope is q (E phi')^2; w is asin(x). */
static double hardtanh_product(double q, double correlation) {
  double size = fabs(correlation), end = asin(size), sum = 0;
  double reach = log(fmax(1, sqrt(q)));
  for (int i = 0; size > 0; i++) {
    inner_point p = interval_point(i, 0.1, reach);
    if (p.weight < weight_least) break;
    for (int mirrored = 0; mirrored < 2; mirrored++) {
      double w = end * (mirrored ? p.rest : p.at), x = sin(w), up = -1 / (q * (1 + x));
      sum += p.weight * (size - x) * exp(up) * -expm1(-2 * x / (q * square(cos(w))));
    }
  }
  double slope = q * square(erf(1 / sqrt(2 * q)));
  return copysign(slope * size + q / PI * end * sum, correlation);
}

typedef double product(double q, double correlation);

/* in the order of activations.c; NULL: by quadrature */
static product *const closed[] = {
    linear_product, relu_product, leaky_relu_product, NULL,       NULL, NULL, NULL, NULL, NULL, NULL,
    NULL,           NULL,         hardtanh_product,   sin_product};

double theory_correlation(uint32_t activation, double q, double correlation) {
  if (!(q >= 0) || !(fabs(correlation) <= 1)) return NAN;
  if (correlation == 1) return 1;
  double inside = fmax(Q_LEAST, fmin(Q_MOST, q)), square_mean = theory_moment(activation, MOMENT_PHI2, inside);
  if (!(square_mean == square_mean)) return NAN; /* an unknown activation */
  product *f = closed[activation];
  return (f ? f(inside, correlation) : polar_product(activation, inside, correlation)) / square_mean;
}
double theory_product(uint32_t activation, double q, double correlation) {
  return theory_correlation(activation, q, correlation) * theory_moment(activation, MOMENT_PHI2, q);
}
