/* hermite.h: how one layer changes the correlation of two inputs of equal length, as a power series. For phase.c.
 *
 * For u and v of mean square q and correlation c, E phi(u) phi(v) = sum_k a_k^2 c^k, where
 * a_k = E phi(sqrt(q) z) h_k(z), z ~ N(0, 1), and h_k are the Hermite polynomials with E h_k^2 = 1 (Mehler's formula). A
 * layer at its fixed point q maps c to 1 - (1 - c) R(c) sigma_w2 / q, with
 *   R(c) = (E phi^2 - sum_k a_k^2 c^k) / (1 - c) = sum_j c^j T_{j+1}, T_j = sum_{k >= j} a_k^2.
 * R grows with c, since all T_j are 0 or more.
 */
#ifndef HERMITE_H
#define HERMITE_H

#include "activations.h"

enum { HERMITE_TERMS = 128 };

/* Terms beyond the last share one power. Its size and power are such that the sum at c = 1, and its slope there, are the
 * exact E phi^2 and q E phi'^2. So whether equal inputs attract does not depend on where the series ends. */
typedef struct {
  double tails[HERMITE_TERMS]; /* T_j of the terms up to the last */
  double rest, power;
} hermite_series;

/* Fills in the series. For a phi without kinks it is right to about 1e-9 of E phi^2 if q < 10.
 *   q  from 1e-8 to 1e8 */
void hermite_fill(hermite_series *to, const phi *f, double q);

/* R(0), the variance of phi: correlations from 0 up have a fixed point if the ratio is R(0) or more. */
double hermite_least(const hermite_series *series);

/* The fixed point of the correlation map below 1.
 *   ratio        q / sigma_w2: c is fixed where R(c) is the ratio; from R(0) to R(1) = q E phi'^2
 *   correlation  set to the fixed point, 0 to 1
 * Returns the rate -ln(slope of the map there). */
double hermite_rate(const hermite_series *series, double ratio, double *correlation);

#endif
