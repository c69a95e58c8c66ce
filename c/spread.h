/* spread.h: how far the mean square of a layer of finite width lies from what theory gives for infinite width.
 *
 * It follows the first three cumulants of ln(mean square / theory's mean square) of one input, over networks. Nothing
 * here knows an activation or a network: theory.c says what a layer adds.
 */
#ifndef SPREAD_H
#define SPREAD_H

#include <stdint.h>

#define LN_2 0.69314718055994530942

/* Mean, variance and third central moment. All are 0 where nothing deviates, and NaN where that is not known. */
typedef struct {
  double mean, variance, third;
} spread_law;

/* The law of ln of a mean of independent terms of mean 1.
 *   terms     how many
 *   variance  of one term
 * It takes the sum for a gamma variable of the same mean and variance. That is exact for squares of normals, of variance
 * 2. */
spread_law spread_of_mean(double terms, double variance);

/* The same for the squares of normals of which each is, with probability 1/2, replaced by 0, over their mean. That is
 * what a layer of rectifiers adds. The law holds given that not all terms are 0.
 *   terms  1 to SPREAD_TERMS */
spread_law spread_of_halves(uint32_t terms);
enum { SPREAD_TERMS = 128 }; /* with more terms, spread_of_mean is as good */

/* The sum of two independent deviations; t times a deviation; and noise plus t times the distance of a deviation from
 * its mean. */
spread_law spread_sum(spread_law a, spread_law b);
spread_law spread_times(double t, spread_law a);
spread_law spread_pulled(double t, spread_law a, spread_law noise);

/* The law of f(x), from the values of f at three points of x: -1, 0 and 1, of which 0 is the mean of x. With their
 * weights these points have the mean, variance and third moment of the law, and the fourth of a gamma law. Without
 * skewness they are the points of Gauss and Hermite.
 *   slope  set to that of the line that fits best */
double spread_point(spread_law law, int which);
spread_law spread_through(spread_law law, const double values[3], double *slope);

/* ln of the two edges between which at least 95 % of networks lie: mean + std (+-z + (z^2 - 1) g / 6), g the skewness
 * (Cornish and Fisher 1937, to first order in g), with z = 2 in the second term, and a little more in the first. NaN
 * where the law is too skewed for that. */
double spread_edge(spread_law law, int upper);

#endif
