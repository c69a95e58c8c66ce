/* ln.c: the natural logarithm of a double, for theory.
 *
 * The C library's has 4 kB of tables, a tenth of the module that the page opens with. This one is slower, which theory
 * does not notice. The logarithm of four floats, which networks use, is in vecmath.h.
 */
#include "ln.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MANTISSA_BITS = 52, EXPONENT_BIAS = 1023, TERMS = 11 };
static const double LN2_HIGH = 0x1.62e42feep-1; /* its product with an exponent is exact */
static const double LN2_LOW = 0x1.a39ef35793c76p-33; /* ln 2 = LN2_HIGH + LN2_LOW */

/* x = 2^e m with m in [sqrt 1/2, sqrt 2), f = m - 1, s = f / (2 + f):
 * ln m = 2 artanh s = f - f^2 / 2 + s (f^2 / 2 + r), r = 2/3 s^2 + 2/5 s^4 + ... (Tang 1990; |s| < 0.172) */
double ln(double x) {
  if (!(x > 0) || x == (double)INFINITY) return x == 0 ? -(double)INFINITY : x > 0 ? x : (double)NAN;
  int subnormal = x < 0x1p-1022;
  uint64_t bits;
  x *= subnormal ? 0x1p54 : 1;
  memcpy(&bits, &x, sizeof bits);
  double e = (double)(bits >> MANTISSA_BITS) - EXPONENT_BIAS - (subnormal ? 54 : 0);
  bits = (bits & ((1ull << MANTISSA_BITS) - 1)) | (uint64_t)EXPONENT_BIAS << MANTISSA_BITS;
  memcpy(&x, &bits, sizeof x);
  if (x > 1.41421356237309504880) {
    x /= 2;
    e += 1;
  }
  double f = x - 1, s = f / (2 + f), z = s * s, half = f * f / 2, r = 0;
  for (int i = TERMS; i > 0; i--) r = z * (2.0 / (2 * i + 1) + r);
  return e * LN2_HIGH - (half - (s * (half + r) + e * LN2_LOW) - f);
}
