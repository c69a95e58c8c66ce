/* products.h: means over two correlated preactivations, for theory.c. The public part is in initscope.h. */
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "activations.h"

/* E phi(u) phi(v) / E phi(x)^2, which stays in range where q does not.
 *   q            mean square of u and of v, 0 to infinity
 *   correlation  of u and v, -1 to 1
 * NaN for numbers out of range. */
double correlation_of(const phi *f, double q, double correlation);

/* E phi(u) phi(v) by numerical integration, whether or not the row has a closed form.
 *   f            of a row of the table, or of the caller's own; borrowed
 *   q            from 1e-60 to 1e18
 *   correlation  -1 to 1
 * Returns the product, to 1e-9 of E phi(x)^2. */
double product_by_quadrature(const phi *f, double q, double correlation);

#endif
