/* shifted.c: see shifted.h. In double, by the C library: for predictions alone.
 *
 * The rule is that of hermite.c: panels of 12 points of Gauss and Legendre, which grow from each place where phi may break.
 * About a mean these places do not lie in pairs, so each panel stands alone.
 */
#include "shifted.h"

#include <math.h>

#include "quadrature.h"

#define DENSITY_AT_0 0.39894228040143267794 /* of N(0, 1) */
#define Z_MOST 11.0 /* beyond, the Gaussian has no weight that counts */

/* Adds what a point gives to all means but `rest` and `power`; `squares` takes a_k. */
static void add_point(shifted_means *to, const phi *f, double u, double z, double weight) {
  double phi_u = phi_at(f, u), slope = phi_slope_at(f, u), before = 0, now = 1;
  to->phi2 += weight * phi_u * phi_u;
  to->slope += weight * slope;
  to->slope2 += weight * slope * slope;
  to->growth += weight * phi_u * slope;
  for (int k = 0; k < SHIFTED_TERMS; k++) {
    to->squares[k] += weight * phi_u * now;
    double next = (z * now - sqrt(k) * before) / sqrt(k + 1);
    before = now;
    now = next;
  }
}

static void add_panel(shifted_means *to, const phi *f, double mean, double s, double from, double to_z) {
  double middle = (from + to_z) / 2, half = (to_z - from) / 2;
  for (int i = 0; i < GAUSS_POINTS; i++)
    for (int side = -1; side < 2; side += 2) {
      double z = middle + side * half * gauss_points[i][0];
      add_point(to, f, mean + s * z, z, half * gauss_points[i][1] * DENSITY_AT_0 * exp(-z * z / 2));
    }
}

/* From one break to the next, panels grow from both ends to the middle: phi changes at |u| ~ 1, and a term of the series at
 * z ~ 1 or less. */
static void add_piece(shifted_means *to, const phi *f, double mean, double s, double from, double to_z) {
  double middle = (from + to_z) / 2;
  for (double done = 0, step = fmin(0.25, 0.5 / s); from + done < middle; done += step, step = fmin(2 * step, 1)) {
    double next = fmin(done + step, middle - from);
    add_panel(to, f, mean, s, from + done, from + next);
    add_panel(to, f, mean, s, to_z - next, to_z - done);
  }
}

void shifted_fill(shifted_means *to, const phi *f, double mean, double variance) {
  double s = sqrt(variance), from = -Z_MOST;
  const double breaks[] = {-f->row->kink, 0, f->row->kink, INFINITY};
  *to = (shifted_means){0};
  if (s == 0) {
    add_point(to, f, mean, 0, 1);
    for (int k = 1; k < SHIFTED_TERMS; k++) to->squares[k] = 0;
  }
  for (int i = 0; s > 0 && i < 4; i++) {
    double next = fmin(Z_MOST, (breaks[i] - mean) / s);
    if (next > from) {
      add_piece(to, f, mean, s, from, next);
      from = next;
    }
  }
  double sum = 0, pull = 0;
  to->phi = to->squares[0];
  for (int k = 0; k < SHIFTED_TERMS; k++) {
    to->squares[k] *= to->squares[k];
    sum += to->squares[k];
    pull += k * to->squares[k];
  }
  to->rest = fmax(0, to->phi2 - sum);
  to->power = (variance * to->slope2 - pull) / to->rest;
  if (to->rest > 1e-12 * to->phi2 && to->power > SHIFTED_TERMS - 1) return;
  to->rest = to->power = 0; /* the series has ended before, and these are rounding */
}

double shifted_product(const shifted_means *means, double correlation) {
  double sum = 0;
  for (int k = SHIFTED_TERMS - 1; k >= 0; k--) sum = sum * correlation + means->squares[k];
  return correlation > 0 ? sum + means->rest * pow(correlation, means->power) : sum;
}
