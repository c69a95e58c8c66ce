/* moments.h: Gaussian means of one activation, for theory.c and products.c. The public part is in initscope.h.
 *
 * x = sqrt(q) z with z ~ N(0, 1) is a preactivation.
 */
#ifndef MOMENTS_H
#define MOMENTS_H

#include "activations.h"

/* A moment by numerical integration, whether or not the row has a closed form.
 *   f       of a row of the table, or of the caller's own; borrowed
 *   moment  MOMENT_*
 *   q       mean square of x, from 1e-300 to 1e300
 * Returns the moment, to about 1e-13 of its terms. */
double moment_by_quadrature(const phi *f, uint32_t moment, double q);

/* theory_moment, theory_elasticity and theory_kappa of an activation that is known. NaN for q < 0. */
double moment_of(const phi *f, uint32_t moment, double q);
double elasticity_of(const phi *f, double q);
double kappa_of(const phi *f, double q);

/* E phi'(x)^2 as networks have it: at q = 0 all x are 0, where relu's slope is 0. There theory_moment takes the slopes on
 * both sides. */
double slope_square_of(const phi *f, double q);

/* How delta = phi'(x) g, with g normal, varies. All three are differences that cancel where slopes vanish, so they are
 * good to 1e-12 of the larger term. NaN for q < 0.
 *   slope_elasticity_of  d ln E phi'(x)^2 / d ln q: how a relative deviation of q passes into E phi'(x)^2
 *   slope_kappa_of       3 E phi'^4 / (E phi'^2)^2 - 1: relative variance of one (phi'(x) g)^2
 *   cross_kappa_of       relative covariance of that with phi(x)^2 */
double slope_elasticity_of(const phi *f, double q);
double slope_kappa_of(const phi *f, double q);
double cross_kappa_of(const phi *f, double q);

#endif
