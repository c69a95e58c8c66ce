/* vecmath.h: log, exp, sin, tanh and the like, four floats at a time, built on vec.h alone.
 *
 * Operations are exact or correctly rounded, in a fixed order: native code and WebAssembly give the same bits (build
 * with -ffp-contract=off). A float becomes an integer by adding 0x1.8p23, never by a conversion, which is undefined
 * out of range. Subnormal intermediates are avoided: in vanishing networks they are common, and each costs a hundred
 * cycles. Polynomials are minimax in relative error (Remez), rounded to float; beside each stand its interval and its
 * largest error after rounding. This is no libm: each function states its domain, and there are no errno, flags or
 * rounding modes.
 */
#ifndef VECMATH_H
#define VECMATH_H

#include "vec.h"

/* A function of n vectors, n at most VEC_MOST, does each step for all of them before the next step. */
enum { VEC_MOST = 2 };

/* p = p x + c: one step of Horner's scheme */
VEC_INLINE void vec_horner(f32x4 *p, const f32x4 *x, int n, float c) {
  for (int i = 0; i < n; i++) p[i] = p[i] * x[i] + vec_set(c);
  VEC_TOGETHER(p, n);
}

/* log of x 2^-less for n positive, finite x that are not subnormal, to 2 ulp, also beside 1 */
VEC_INLINE void vec_logs(f32x4 *x, int n, i32x4 less) {
  f32x4 e[VEC_MOST], f[VEC_MOST], p[VEC_MOST];
  /* x 2^-less = m 2^e, m in [sqrt(1/2), sqrt(2)): the bits are counted from those of sqrt(1/2) */
  i32x4 root = vec_seti(0x3f3504f3), from = root + (less << 23);
  for (int i = 0; i < n; i++) {
    i32x4 bits = vec_bits(x[i]) - from;
    e[i] = vec_to_float(bits >> 23);
    f[i] = vec_from_bits((bits & vec_seti(0x007fffff)) + root) - vec_set(1);
    p[i] = vec_set(-0.0763461366f);
  }
  VEC_TOGETHER(e, n);
  VEC_TOGETHER(f, n);
  /* log(1 + f) = f - f^2 / 2 + f^3 p(f), f in [-0.293, 0.415]: 6.5e-9 */
  vec_horner(p, f, n, 0.12761642f);
  vec_horner(p, f, n, -0.131601647f);
  vec_horner(p, f, n, 0.142017469f);
  vec_horner(p, f, n, -0.166233584f);
  vec_horner(p, f, n, 0.200012267f);
  vec_horner(p, f, n, -0.250008196f);
  vec_horner(p, f, n, 0.333333313f);
  /* e log(2) in two parts, the first of 10 bits, so that its product with e is exact */
  for (int i = 0; i < n; i++) {
    f32x4 square = f[i] * f[i];
    f32x4 low = f[i] * square * p[i] + e[i] * vec_set(-2.12194440e-4f) - vec_set(0.5f) * square;
    x[i] = (f[i] + low) + e[i] * vec_set(0.693359375f);
  }
  VEC_TOGETHER(x, n);
}

/* log of a positive, finite x, subnormals included, to 2 ulp, also beside 1 */
VEC_INLINE f32x4 vec_log(f32x4 x) {
  i32x4 subnormal = x < vec_set(0x1p-126f);
  x = vec_select(subnormal, x * vec_set(0x1p23f), x);
  vec_logs(&x, 1, subnormal & 23);
  return x;
}

/* sin and cos of n x in [-pi/4, pi/4], to 1 ulp */
VEC_INLINE void vec_sincos_pi4(const f32x4 *x, int n, f32x4 *s, f32x4 *c) {
  f32x4 z[VEC_MOST];
  for (int i = 0; i < n; i++) {
    z[i] = x[i] * x[i];
    s[i] = vec_set(-0.000195152505f);
    c[i] = vec_set(2.44331204e-05f);
  }
  VEC_TOGETHER(z, n);
  /* sin x = x + x^3 p(x^2): 8.3e-9 */
  vec_horner(s, z, n, 0.0083321603f);
  vec_horner(s, z, n, -0.166666552f);
  /* cos x = 1 - x^2 / 2 + x^4 p(x^2): 1.8e-10 */
  vec_horner(c, z, n, -0.00138873165f);
  vec_horner(c, z, n, 0.0416666456f);
  for (int i = 0; i < n; i++) {
    s[i] = x[i] + x[i] * z[i] * s[i];
    c[i] = vec_set(1) - (vec_set(0.5f) * z[i] - z[i] * z[i] * c[i]);
  }
  VEC_TOGETHER(s, n);
  VEC_TOGETHER(c, n);
}

/* Writes x as quadrant pi/2 + r, the quadrant modulo 4 and r in [-pi/4, pi/4], for finite |x| >= 400 (Payne and
 * Hanek 1983, "Radian reduction for trigonometric functions"). Only 96 bits of 2/pi are multiplied: earlier bits
 * add whole turns, later ones fall below the 62 bits that are kept of the fraction. A word of zeros and the first
 * 224 bits of 2/pi serve every float. */
static inline float reduce_large(float x, uint32_t *quadrant) {
  static const uint32_t two_over_pi[8] = {0,          0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                          0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint64_t significand = (bits & 0x007fffff) | 0x00800000;
  uint32_t offset = (bits >> 23 & 255) - 120; /* |x| = significand 2^(offset - 30); the bit at offset weighs 2 */
  const uint32_t *word = two_over_pi + offset / 32;
  uint32_t shift = offset % 32;
  uint64_t high = ((uint64_t)word[0] << 32 | word[1]) << shift | ((uint64_t)word[2] << shift >> 32);
  uint64_t low = ((uint64_t)word[2] << 32 | word[3]) << shift >> 32;
  uint64_t turns = significand * high + (significand * low >> 32); /* |x| 2/pi modulo 4, in units of 2^-62 */
  uint32_t nearest = (uint32_t)((turns + (1ull << 61)) >> 62);
  double r = (double)(int64_t)(turns << 2) * (1.5707963267948966 * 0x1p-64);
  *quadrant = bits >> 31 ? 0 - nearest : nearest;
  return (float)(bits >> 31 ? -r : r);
}

/* the same for any x, four at a time; the quadrant is the lowest two bits; r is NaN where x is not finite */
VEC_INLINE f32x4 vec_reduce(f32x4 x, u32x4 *quadrant) {
  /* pi/2 in three parts: n < 2^9 times the first two, of 15 bits, is exact */
  f32x4 shifted = x * vec_set(0.636619772f) + vec_set(0x1.8p23f);
  f32x4 n = shifted - vec_set(0x1.8p23f);
  f32x4 r = x - n * vec_set(0x1.921cp0f) - n * vec_set(0x1.daap-15f) - n * vec_set(0x1.10b462p-30f);
  *quadrant = (u32x4)vec_bits(shifted);
  i32x4 large = (vec_abs(x) >= vec_set(400)) & (vec_abs(x) < vec_set(__builtin_inff()));
  if (vec_any(large)) {
    for (int i = 0; i < 4; i++) {
      if (!large[i]) continue;
      uint32_t lane;
      r[i] = reduce_large(x[i], &lane);
      (*quadrant)[i] = lane;
    }
  }
  return r;
}

/* sin of r + quadrant pi/2 */
VEC_INLINE f32x4 vec_sin_reduced(f32x4 r, u32x4 quadrant) {
  f32x4 s, c;
  i32x4 tiny = vec_abs(r) < vec_set(0x1p-40f); /* sin r is r, and the square of r must not be subnormal */
  f32x4 reduced = vec_select(tiny, vec_set(0), r);
  vec_sincos_pi4(&reduced, 1, &s, &c);
  f32x4 v = vec_select((quadrant & vec_setu(1)) != vec_setu(0), c, vec_select(tiny, r, s));
  return vec_from_bits(vec_bits(v) ^ (i32x4)((quadrant & vec_setu(2)) << 30));
}

/* sin and cos of every x, to 3 ulp; NaN where x is not finite */
VEC_INLINE f32x4 vec_sin(f32x4 x) {
  u32x4 quadrant;
  f32x4 r = vec_reduce(x, &quadrant);
  return vec_sin_reduced(r, quadrant);
}
VEC_INLINE f32x4 vec_cos(f32x4 x) {
  u32x4 quadrant;
  f32x4 r = vec_reduce(x, &quadrant);
  return vec_sin_reduced(r, quadrant + vec_setu(1));
}

/* high - low = n log(2) + r, |r| <= 0.347: returns e^r - 1, and n, a whole number; low is a small correction to high */
VEC_INLINE f32x4 vec_expm1_reduced(f32x4 high, f32x4 low, u32x4 *n) {
  f32x4 shifted = (high - low) * vec_set(1.44269504f) + vec_set(0x1.8p23f);
  f32x4 whole = shifted - vec_set(0x1.8p23f);
  *n = (u32x4)vec_bits(shifted) - vec_setu(0x4b400000);
  f32x4 r = high - whole * vec_set(0.693359375f) - low - whole * vec_set(-2.12194440e-4f);
  /* e^r - 1 = r p(r): 1.8e-8 */
  f32x4 p = vec_set(0.00138825073f);
  p = p * r + vec_set(0.00836659595f);
  p = p * r + vec_set(0.0416672006f);
  p = p * r + vec_set(0.166665435f);
  p = p * r + vec_set(0.49999997f);
  p = p * r + vec_set(1);
  return r * p;
}

/* 2^n, n from -126 to 127 */
VEC_INLINE f32x4 vec_power2(u32x4 n) { return vec_from_bits((i32x4)((n + vec_setu(127)) << 23)); }

/* e^(high - low) for high <= 88, to 2 ulp; 0 where high < -87.25, before it is subnormal. low is a correction,
 * within 0.08 */
VEC_INLINE f32x4 vec_exp_difference(f32x4 high, f32x4 low) {
  f32x4 bottom = vec_set(-87.25f);
  u32x4 n;
  f32x4 y = vec_set(1) + vec_expm1_reduced(vec_max(bottom, high), low, &n);
  return vec_select(high < bottom, vec_set(0), y * vec_power2(n));
}

/* e^x for x <= 88, as above */
VEC_INLINE f32x4 vec_exp(f32x4 x) { return vec_exp_difference(x, vec_set(0)); }

/* e^x - 1 for x <= 64, to 3 ulp, also beside 0 */
VEC_INLINE f32x4 vec_expm1(f32x4 x) {
  u32x4 n;
  f32x4 y = vec_expm1_reduced(vec_max(vec_set(-32), x), vec_set(0), &n);
  f32x4 scale = vec_power2(n);
  return scale * y + (scale - vec_set(1));
}

/* log(1 + x) for x in [0, 1], to 3 ulp */
VEC_INLINE f32x4 vec_log1p(f32x4 x) {
  /* log(1 + x) = 2 artanh(y / 2), y = 2x / (2 + x) in [0, 2/3], = y (1 + y^2 p(y^2)): 5.5e-9 */
  f32x4 y = (x + x) / (vec_set(2) + x);
  f32x4 floored = vec_max(vec_set(0x1p-40f), y);
  f32x4 z = floored * floored;
  f32x4 p = vec_set(0.000547109114f);
  p = p * z + vec_set(0.0021876411f);
  p = p * z + vec_set(0.0125067271f);
  p = p * z + vec_set(0.0833330229f);
  return y * (vec_set(1) + z * p);
}

/* tanh of every x, to 4 ulp */
VEC_INLINE f32x4 vec_tanh(f32x4 x) {
  f32x4 e = vec_expm1(vec_set(2) * vec_min(vec_set(10), vec_abs(x)));
  return vec_from_bits(vec_bits(e / (e + vec_set(2))) | (vec_bits(x) & vec_bits(vec_set(-0.0f))));
}

/* e^(-t^2/2) for t in [0, 15]: t^2 is split, else its rounding would cost up to 100 ulp */
VEC_INLINE f32x4 vec_exp_half_square(f32x4 t) {
  t = vec_max(vec_set(0x1p-20f), t);
  f32x4 head = vec_from_bits(vec_bits(t) & vec_seti(-4096)); /* 12 bits, whose square is exact */
  return vec_exp_difference(vec_set(-0.5f) * head * head, vec_set(0.5f) * (t - head) * (t + head));
}

/* Mills' ratio over sqrt(2 pi), e^(t^2/2) Phi(-t), for t in [0, 15], to 5 ulp */
VEC_INLINE f32x4 vec_mills(f32x4 t) {
  /* p(u) / (t + 7/2), u = (t - 2) / (t + 7/2): 5.7e-8; the 2 keeps the terms of p from cancelling beside t = 0 */
  f32x4 w = vec_set(1) / (t + vec_set(3.5f));
  f32x4 u = (t - vec_set(2)) * w;
  f32x4 p = vec_set(0.000952403934f);
  p = p * u + vec_set(0.00104323216f);
  p = p * u + vec_set(-0.00604063878f);
  p = p * u + vec_set(-0.00655277027f);
  p = p * u + vec_set(0.0351075903f);
  p = p * u + vec_set(0.0144407535f);
  p = p * u + vec_set(-0.266053587f);
  p = p * u + vec_set(0.674798906f);
  p = p * u + vec_set(-0.973272026f);
  p = p * u + vec_set(0.924561024f);
  return p * w;
}

/* erfinv(1 - t) / (1 - t) for t in (0, 1], by the polynomials of Giles 2010, "Approximating the erfinv function", table 5
 * (single) */
VEC_INLINE f32x4 vec_erfinv_slope(f32x4 t) {
  f32x4 w = -vec_log(t * (2.0f - t));
  i32x4 central = w < 5.0f;
  f32x4 near = w - 2.5f, far = vec_sqrt(w) - 3.0f;
  static const float near_terms[9] = {2.81022636e-08f,  3.43273939e-07f, -3.5233877e-06f,
                                      -4.39150654e-06f, 0.00021858087f,  -0.00125372503f,
                                      -0.00417768164f,  0.246640727f,    1.50140941f};
  static const float far_terms[9] = {-0.000200214257f, 0.000100950558f, 0.00134934322f, -0.00367342844f, 0.00573950773f,
                                     -0.0076224613f,   0.00943887047f,  1.00167406f,    2.83297682f};
  f32x4 p = vec_set(near_terms[0]), q = vec_set(far_terms[0]);
  for (int i = 1; i < 9; i++) {
    p = p * near + near_terms[i];
    q = q * far + far_terms[i];
  }
  return vec_select(central, p, q);
}

#endif
