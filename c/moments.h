/* moments.h: an activation in double precision, and ratios of its Gaussian moments, for mean-field theory.
 *
 * The moments themselves are public: see theory_moment in initscope.h.
 */
#ifndef MOMENTS_H
#define MOMENTS_H

#include <stdint.h>

/* phi(x) and phi'(x); NaN for an unknown activation */
double theory_phi(uint32_t activation, double x);
double theory_slope(uint32_t activation, double x);

/* For delta = phi'(x) g with g normal, x of mean square q:
 *   elasticity   d ln E phi'(x)^2 / d ln q: how a relative deviation of q passes into E phi'(x)^2
 *   slope_kappa  the relative variance of one (phi'(x) g)^2, 3 E phi'^4 / (E phi'^2)^2 - 1
 *   cross_kappa  its covariance with phi(x)^2
 * Where slopes vanish these are differences of nearly equal numbers: they are right to 1e-12 of the larger one. */
double theory_slope_elasticity(uint32_t activation, double q);
double theory_slope_kappa(uint32_t activation, double q);
double theory_cross_kappa(uint32_t activation, double q);

#endif
