/* products.h: the correlation of an activation over two correlated Gaussian preactivations.
 *
 * The mean product itself is public: see theory_product in initscope.h.
 */
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include <stdint.h>

/* E phi(u) phi(v) / E phi^2, which stays in range where q does not */
double theory_correlation(uint32_t activation, double q, double correlation);

#endif
