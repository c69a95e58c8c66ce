/* quadrature.c: see quadrature.h. In double, by the C library: for predictions alone. */
#include "quadrature.h"

#include <math.h>

half_line half_line_at(double u, double least) {
  double e = exp(-u), z = least * exp(u - e);
  return (half_line){z, z * (1 + e)};
}

interval_point interval_at(int i, double step, double reach) {
  double u = (i + 0.5) * step, slack = exp(-reach);
  double e = exp(-u - 2 * slack * sinh(u)), rest = e / (1 + e);
  return (interval_point){1 / (1 + e), rest, step * rest / (1 + e) * (1 + 2 * slack * cosh(u))};
}
