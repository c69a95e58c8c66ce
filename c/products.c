/* products.c: the mean of phi(u) phi(v) over two correlated Gaussian preactivations, by closed form or by quadrature.
 *
 * Like moments.c in double and by libm, for predictions alone.
 */
#include "products.h"

#include <math.h>

#include "initscope.h"
#include "ln.h"
#include "moments.h"
#include "quadrature.h"

#define PI 3.14159265358979323846

#define R_MOST 8.0 /* beyond, the density has no weight that counts */

/* Beyond these the correlation of phi(u) and phi(v) is within 1e-9 of its limit. */
#define Q_LEAST 1e-60
#define Q_MOST 1e18

static const double weight_least = 1e-13;

/* The points of a radius, and their weights for the density r e^(-r^2 / 2). */
typedef struct {
  int count;
  double r[96], weight[96];
} radial_rule;

static void radii_fill(radial_rule *to, double s) {
  static const double step = 0.15, first = -2.4;
  double least = fmax(1e-4, fmin(1, 1 / s));
  for (to->count = 0;; to->count++) {
    double u = first + to->count * step, e = exp(-u), r = least * exp(u - e);
    if (!(r < R_MOST)) return;
    to->r[to->count] = r;
    to->weight[to->count] = step * r * r * (1 + e) * exp(-r * r / 2);
  }
}

/* phi(u) phi(v) at a point and at the opposite one together. u and v are sizes; they have the same sign, or not. */
static double pair(const phi *f, double u, double v, int opposite) {
  double u_above = phi_at(f, u), u_below = phi_at(f, -u);
  double v_above = phi_at(f, v), v_below = phi_at(f, -v);
  return opposite ? u_above * v_below + u_below * v_above : u_above * v_above + u_below * v_below;
}

/* One sector of angle `width` between the lines u = 0 and v = 0, and the one opposite. At the angle b from one line,
 * and width - b from the other, u and v are s r sin(b) and s r sin(width - b) in size. */
typedef struct {
  const phi *f;
  double s, width;
  int opposite; /* whether u and v have opposite signs there */
} sector;

/* The scale of the smallest feature along the angle, as ln of a share. */
static double reach_of(const sector *wedge) {
  return ln(fmax(1, fmax(wedge->s * wedge->width, wedge->width / (PI - wedge->width))));
}

/* E phi(u) phi(v) over a sector, for a phi that breaks nowhere but at 0. Points of the angle and their mirror images
 * give the same, so half of them will do. */
static double smooth_sector(const sector *wedge, const radial_rule *radii) {
  double reach = reach_of(wedge), sum = 0;
  for (int i = 0;; i++) {
    interval_point p = interval_at(i, 0.2, reach);
    if (p.weight < weight_least) break;
    double u = wedge->s * sin(wedge->width * p.at), v = wedge->s * sin(wedge->width * p.rest), along = 0;
    for (int k = 0; k < radii->count; k++) {
      double r = radii->r[k];
      along += radii->weight[k] * pair(wedge->f, u * r, v * r, wedge->opposite);
    }
    sum += p.weight * along;
  }
  return sum * 2 * wedge->width / (2 * PI);
}

/* The integral along r from `from` to `to`, between which neither phi(u r) nor phi(v r) breaks. */
static double radial_piece(const sector *wedge, double u, double v, double from, double to) {
  double length = to - from, reach = ln(fmax(1, length * fmax(1, fmax(u, v)))), sum = 0;
  for (int i = 0; length > 0; i++) {
    interval_point p = interval_at(i, 0.2, reach);
    if (p.weight < weight_least) break;
    double low = from + length * p.rest, high = from + length * p.at;
    sum += p.weight * low * exp(-low * low / 2) * pair(wedge->f, u * low, v * low, wedge->opposite);
    sum += p.weight * high * exp(-high * high / 2) * pair(wedge->f, u * high, v * high, wedge->opposite);
  }
  return sum * length;
}

/* The same over a sector where phi breaks at `kink`: a radius breaks where u or v does, and the angle where both do at
 * once, in the middle. So half of the sector is integrated, and counted twice. */
static double kinked_sector(const sector *wedge) {
  double reach = reach_of(wedge), sum = 0, kink = wedge->f->row->kink;
  for (int i = 0;; i++) {
    interval_point p = interval_at(i, 0.1, reach);
    if (p.weight < weight_least) break;
    for (int mirrored = 0; mirrored < 2; mirrored++) {
      double angle = wedge->width / 2 * (mirrored ? p.rest : p.at);
      double u = wedge->s * sin(angle), v = wedge->s * sin(wedge->width - angle); /* u <= v */
      double near = fmin(R_MOST, kink / v), far = fmin(R_MOST, kink / u);
      sum += p.weight * (radial_piece(wedge, u, v, 0, near) + radial_piece(wedge, u, v, near, far) +
                         radial_piece(wedge, u, v, far, R_MOST));
    }
  }
  return sum * wedge->width / (2 * PI);
}

/* In polar coordinates the density does not depend on the correlation, which only turns the line v = 0 where phi(v) may
 * break. So nothing is narrow at correlations near 1. Between the lines, angle and radius have features on a
 * logarithmic scale as in moments.c, and the trapezoidal rule serves. */
double product_by_quadrature(const phi *f, double q, double correlation) {
  radial_rule radii;
  double s = sqrt(q), sum = 0;
  radii_fill(&radii, s);
  const sector sectors[] = {{f, s, acos(-correlation), 0}, {f, s, acos(correlation), 1}};
  for (int i = 0; i < 2; i++) {
    if (sectors[i].width <= 0) continue;
    sum += f->row->kink == 0 ? smooth_sector(&sectors[i], &radii) : kinked_sector(&sectors[i]);
  }
  return sum;
}

double correlation_of(const phi *f, double q, double correlation) {
  if (!(q >= 0) || !(fabs(correlation) <= 1)) return NAN;
  if (correlation == 1) return 1;
  double inside = fmax(Q_LEAST, fmin(Q_MOST, q)), square_mean = moment_of(f, MOMENT_PHI2, inside);
  double product = f->row->product ? f->row->product(inside, correlation, f->parameter)
                                   : product_by_quadrature(f, inside, correlation);
  return product / square_mean;
}

double theory_product(uint32_t activation, double parameter, double q, double correlation) {
  phi f = phi_find(activation, parameter);
  return correlation_of(&f, q, correlation) * moment_of(&f, MOMENT_PHI2, q);
}
