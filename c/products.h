/* products.h: means over two correlated preactivations, for theory.c. The public part is in initscope.h. */
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "activations.h"

/* E phi(u) phi(v) / E phi(x)^2, which stays in range where q does not.
 *   q            mean square of u and of v, 0 to infinity
 *   correlation  of u and v, -1 to 1
 * NaN for an unknown activation, or numbers out of range. */
double theory_correlation(uint32_t activation, double q, double correlation);

/* E phi(u) phi(v) by numerical integration, whether or not the row has a closed form.
 *   a            a row, of the table or the caller's own; borrowed
 *   q            from 1e-60 to 1e18
 *   correlation  -1 to 1
 * Returns the product, to 1e-9 of E phi(x)^2. */
double product_by_quadrature(const activation_row *a, double q, double correlation);

#endif
