/* ln.h: the natural logarithm of a double, with the same bits everywhere, and without tables. */
#ifndef LN_H
#define LN_H

/* ln x, with an error below 1 ulp. -INFINITY for 0; NaN below 0 and for NaN. */
double ln(double x);

#endif
