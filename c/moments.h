/* moments.h: Gaussian means of one activation, for theory.c and products.c. The public part is in initscope.h.
 *
 * x = sqrt(q) z with z ~ N(0, 1) is a preactivation.
 */
#ifndef MOMENTS_H
#define MOMENTS_H

#include "activations.h"

/* phi(x) and phi'(x) in double precision; NaN for an unknown activation. */
double theory_phi(uint32_t activation, double x);
double theory_slope(uint32_t activation, double x);

/* A moment by numerical integration, whether or not the row has a closed form.
 *   a       a row, of the table or the caller's own; borrowed
 *   moment  MOMENT_*
 *   q       mean square of x, from 1e-300 to 1e300
 * Returns the moment, to about 1e-13 of its terms. */
double moment_by_quadrature(const activation_row *a, uint32_t moment, double q);

/* How delta = phi'(x) g, with g normal, varies. All three are differences that cancel where slopes vanish, so they are
 * good to 1e-12 of the larger term. NaN for an unknown activation, or q < 0.
 *   theory_slope_elasticity  d ln E phi'(x)^2 / d ln q: how a relative deviation of q passes into E phi'(x)^2
 *   theory_slope_kappa       3 E phi'^4 / (E phi'^2)^2 - 1: relative variance of one (phi'(x) g)^2
 *   theory_cross_kappa       relative covariance of that with phi(x)^2 */
double theory_slope_elasticity(uint32_t activation, double q);
double theory_slope_kappa(uint32_t activation, double q);
double theory_cross_kappa(uint32_t activation, double q);

#endif
