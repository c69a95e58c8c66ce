/* ln.c: the logarithm of theory, against the C library's in long double. */
#include "../../c/ln.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "check.h"

#ifndef STRIDE
#define STRIDE 601
#endif

/* the error of ln x in units in the last place of the result */
static double ulps(double x) {
  long double right = logl((long double)x);
  double low = nextafter((double)right, 0), gap = fabs((double)right - low);
  return gap > 0 ? fabs((double)((long double)ln(x) - right)) / gap : ln(x) == 0 ? 0 : (double)INFINITY;
}

int main(void) {
  double far = 0, near = 0;
  for (uint64_t bits = 1; bits < 0x7ff0000000000000u; bits += (uint64_t)STRIDE << 36) {
    double x;
    memcpy(&x, &bits, sizeof x);
    far = worse(far, ulps(x));
  }
  for (int i = 0; i < 40000000; i += STRIDE) near = worse(near, worse(ulps(0.5 + i * 0.5e-7), ulps(1 + i * 1e-15)));
  CHECK(far < 1, "ln of any positive double is right to the last place", "%.2f ulp", far);
  CHECK(near < 1, "also near 1, where it is small", "%.2f ulp", near);
  int edges = ln(0) == -(double)INFINITY && ln(-0.0) == -(double)INFINITY && isnan(ln(-1)) && isnan(ln((double)NAN)) &&
              ln((double)INFINITY) == (double)INFINITY && isnan(ln(-(double)INFINITY)) && ln(1) == 0;
  CHECK(edges, "at its edges it does what log does", "ln 0 = %f", ln(0));
  return check_failures != 0;
}
