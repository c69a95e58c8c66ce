/* shifted.h: Gaussian means of one activation about a mean that is not 0, for predict_shifted.c.
 *
 * u = mean + sqrt(variance) z, with z ~ N(0, 1). Those about 0 are in moments.h. Nothing here knows a layer.
 */
#ifndef SHIFTED_H
#define SHIFTED_H

#include "activations.h"

enum { SHIFTED_TERMS = 64 };

typedef struct {
  double phi, phi2; /* E phi(u), E phi(u)^2 */
  double slope, slope2; /* E phi'(u), E phi'(u)^2 */
  double growth; /* E phi(u) phi'(u) */
  double squares[SHIFTED_TERMS]; /* a_k^2 of the series that hermite.h explains */
  double rest, power; /* the terms beyond: one power with their sum, and with the slope at a correlation of 1 */
} shifted_means;

/* Fills in the means, to about 1e-10 of their terms. variance: 0 or more */
void shifted_fill(shifted_means *to, const phi *f, double mean, double variance);

/* E phi(u) phi(v), for u and v of this mean, this variance and a correlation from -1 to 1. */
double shifted_product(const shifted_means *means, double correlation);

#endif
