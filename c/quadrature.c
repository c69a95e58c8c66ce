/* quadrature.c: see quadrature.h. In double, by the C library: for predictions alone. */
#include "quadrature.h"

#include <math.h>

const double gauss_points[GAUSS_POINTS][2] = {
    {0.12523340851146891547, 0.24914704581340278500}, {0.36783149899818019375, 0.23349253653835480876},
    {0.58731795428661744730, 0.20316742672306592175}, {0.76990267419430468704, 0.16007832854334622633},
    {0.90411725637047485668, 0.10693932599531843096}, {0.98156063424671925069, 0.04717533638651182719},
};

half_line half_line_at(double u, double least) {
  double e = exp(-u), z = least * exp(u - e);
  return (half_line){z, z * (1 + e)};
}

interval_point interval_at(int i, double step, double reach) {
  double u = (i + 0.5) * step, slack = exp(-reach);
  double e = exp(-u - 2 * slack * sinh(u)), rest = e / (1 + e);
  return (interval_point){1 / (1 + e), rest, step * rest / (1 + e) * (1 + 2 * slack * cosh(u))};
}
