/* hermite.c: see hermite.h. In double, by the C library: for predictions alone. */
#include "hermite.h"

#include <math.h>

#include "initscope.h"
#include "moments.h"
#include "quadrature.h"

#define DENSITY_AT_0 0.39894228040143267794 /* of N(0, 1) */
#define Z_MOST 11.0                         /* beyond, e^(-z^2 / 4) shows no term of the series */

/* Adds to each a_k what a point z > 0 and its mirror image give. */
static void add_point(double *a, const phi *f, double s, double z, double weight) {
  double up = phi_at(f, s * z), down = phi_at(f, -s * z);
  double parts[2] = {weight * (up + down), weight * (up - down)}, before = 0, now = 1;
  for (int k = 0; k < HERMITE_TERMS; k++) {
    a[k] += parts[k % 2] * now;
    double next = (z * now - sqrt(k) * before) / sqrt(k + 1);
    before = now;
    now = next;
  }
}

static void add_panel(double *a, const phi *f, double s, double from, double to) {
  double middle = (from + to) / 2, half = (to - from) / 2;
  for (int i = 0; i < GAUSS_POINTS; i++)
    for (int side = -1; side < 2; side += 2) {
      double z = middle + side * half * gauss_points[i][0];
      add_point(a, f, s, z, half * gauss_points[i][1] * DENSITY_AT_0 * exp(-z * z / 2));
    }
}

/* phi changes at |x| ~ 1, and a term of the series at z ~ 1 or less: panels grow from the smaller of both. A kink ends a
 * panel. */
static void coefficients(double *a, const phi *f, double q) {
  double s = sqrt(q), kink = f->row->kink / s, from = 0;
  for (double to = fmin(0.25, 0.5 / s); from < Z_MOST; to = fmin(2 * to, to + 1)) {
    int splits = from < kink && kink < to;
    add_panel(a, f, s, from, splits ? kink : to);
    if (splits) add_panel(a, f, s, kink, to);
    from = to;
  }
}

void hermite_fill(hermite_series *to, const phi *f, double q) {
  double a[HERMITE_TERMS] = {0}, sum = 0, pull = 0; /* a_k, then its square */
  if (f->row->has && f->row->has->series) {
    f->row->has->series(a, HERMITE_TERMS, q, f->parameter);
  } else {
    coefficients(a, f, q);
    for (int k = 0; k < HERMITE_TERMS; k++) a[k] *= a[k];
  }
  for (int k = HERMITE_TERMS - 1; k >= 0; k--) {
    sum += a[k];
    to->tails[k] = sum;
    if (k > 0) pull += sum; /* sum_k k a_k^2 = sum_j T_j */
  }
  double all = moment_of(f, MOMENT_PHI2, q);
  to->rest = fmax(0, all - sum);
  to->power = (q * moment_of(f, MOMENT_SLOPE2, q) - pull) / to->rest;
  if (to->rest > 1e-13 * all && to->power > HERMITE_TERMS - 1) return;
  to->rest = to->power = 0; /* the series has ended before, and these are rounding */
}

/* R(c), and its derivative, at c = 1 - d */
static double ratio_at(const hermite_series *series, double d, double *slope) {
  double c = 1 - d, sum = 0, m = series->rest, n = series->power;
  *slope = 0;
  for (int j = HERMITE_TERMS - 1; j > 0; j--) {
    *slope = *slope * c + sum;
    sum = sum * c + series->tails[j];
  }
  if (m == 0) return sum;
  if (d == 0) { /* (1 - c^n) / (1 - c) at its end */
    *slope += m * n * (n - 1) / 2;
    return sum + m * n;
  }
  double last = exp((n - 1) * log1p(-d)), rest = (1 - c * last) / d; /* c^(n - 1) */
  *slope += m * (rest - n * last) / d;
  return sum + m * rest;
}

double hermite_least(const hermite_series *series) { return series->tails[1] + series->rest; }

/* Newton's method on a convex function that grows comes from the right without overshooting. */
double hermite_rate(const hermite_series *series, double ratio, double *correlation) {
  double d = 0, slope, value = ratio_at(series, 0, &slope);
  for (int i = 0; i < 80 && d < 1; i++) {
    double change = (value - ratio) / slope;
    if (!(fabs(change) > 1e-14 * fmax(d, 1e-3))) break;
    d = fmin(1, fmax(0, d + change));
    value = ratio_at(series, d, &slope);
  }
  *correlation = 1 - d;
  /* the slope of the map is (R - (1 - c) R') / ratio, and R is the ratio here; less than `least` is rounding */
  static const double least = 1e-12;
  return -log1p(-fmin(1 - least, d * slope / ratio));
}
