/* vec.h: four floats at a time, by the compiler's vector extensions; the only file with intrinsics.
 *
 * Every operation is exact or correctly rounded in each lane: native code and WebAssembly give the same bits (build
 * with -ffp-contract=off). Functions such as log and tanh are not here: see vecmath.h.
 */
#ifndef VEC_H
#define VEC_H

#include <stdint.h>
#include <string.h>
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

typedef float f32x4 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef uint32_t u32x4 __attribute__((vector_size(16)));
typedef double f64x2 __attribute__((vector_size(16)));
typedef uint64_t u64x2 __attribute__((vector_size(16)));

#define VEC_INLINE static inline __attribute__((always_inline))

/* VEC_TOGETHER(v, n): up to here n vectors are computed side by side, in the written order. Without it a compiler for
 * WebAssembly, and a browser after it, would finish one vector before the next begins. */
#ifdef __wasm__
#define VEC_TOGETHER(v, n)                                                                                             \
  for (int vec_i = 0; vec_i < (n); vec_i++) __asm__ volatile("" : "+r"((v)[vec_i]))
#else
#define VEC_TOGETHER(v, n)
#endif

VEC_INLINE f32x4 vec_load(const float *p) {
  f32x4 v;
  memcpy(&v, p, sizeof v);
  return v;
}
VEC_INLINE void vec_store(float *p, f32x4 v) { memcpy(p, &v, sizeof v); }
VEC_INLINE f32x4 vec_set(float x) { return (f32x4){x, x, x, x}; }
VEC_INLINE i32x4 vec_seti(int32_t x) { return (i32x4){x, x, x, x}; }
VEC_INLINE u32x4 vec_setu(uint32_t x) { return (u32x4){x, x, x, x}; }

/* the same bits, read as another type */
VEC_INLINE i32x4 vec_bits(f32x4 v) { return (i32x4)v; }
VEC_INLINE f32x4 vec_from_bits(i32x4 v) { return (f32x4)v; }

/* the nearest float of an integer, ties to even */
VEC_INLINE f32x4 vec_to_float(i32x4 v) { return __builtin_convertvector(v, f32x4); }

/* a where the mask is all ones, b where it is 0; a comparison of vectors gives a mask */
VEC_INLINE f32x4 vec_select(i32x4 mask, f32x4 a, f32x4 b) {
#ifdef __wasm_simd128__
  return (f32x4)wasm_v128_bitselect((v128_t)a, (v128_t)b, (v128_t)mask);
#else
  return (f32x4)((mask & (i32x4)a) | (~mask & (i32x4)b));
#endif
}

VEC_INLINE f32x4 vec_abs(f32x4 v) { return (f32x4)((i32x4)v & 0x7fffffff); }

/* minimum and maximum, by one rule everywhere: b where either is NaN */
VEC_INLINE f32x4 vec_min(f32x4 a, f32x4 b) {
#ifdef __wasm_simd128__
  return (f32x4)wasm_f32x4_pmin((v128_t)b, (v128_t)a);
#else
  return vec_select(a < b, a, b);
#endif
}
VEC_INLINE f32x4 vec_max(f32x4 a, f32x4 b) {
#ifdef __wasm_simd128__
  return (f32x4)wasm_f32x4_pmax((v128_t)b, (v128_t)a);
#else
  return vec_select(a > b, a, b);
#endif
}

VEC_INLINE f32x4 vec_sqrt(f32x4 v) {
#ifdef __wasm_simd128__
  return (f32x4)wasm_f32x4_sqrt((v128_t)v);
#else
  for (int i = 0; i < 4; i++) v[i] = __builtin_sqrtf(v[i]);
  return v;
#endif
}

/* the first and the last two lanes in double */
VEC_INLINE f64x2 vec_double_low(f32x4 v) {
#ifdef __wasm_simd128__
  return (f64x2)wasm_f64x2_promote_low_f32x4((v128_t)v);
#else
  return (f64x2){(double)v[0], (double)v[1]};
#endif
}
VEC_INLINE f64x2 vec_double_high(f32x4 v) {
#ifdef __wasm_simd128__
  return vec_double_low(
      (f32x4)wasm_i32x4_shuffle((v128_t)v, (v128_t)v, 2, 3, 2, 3)); /* a browser has one instruction for it */
#else
  return (f64x2){(double)v[2], (double)v[3]};
#endif
}

/* rotates each lane's bits to the left; whole bytes take one instruction instead of three */
VEC_INLINE u32x4 vec_rotate_left(u32x4 v, int bits) {
#ifdef __wasm_simd128__
  static const uint8_t by[2][16] = {{2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13},
                                    {1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12}};
  const void *p = by[bits == 24];
  __asm__("" : "+r"(p));
  if (bits == 16 || bits == 24) return (u32x4)wasm_i8x16_swizzle((v128_t)v, wasm_v128_load(p));
#endif
  return (v << bits) | (v >> (32 - bits));
}

/* true if any lane of a mask is set */
VEC_INLINE int vec_any(i32x4 mask) {
#ifdef __wasm_simd128__
  return wasm_v128_any_true((v128_t)mask);
#else
  return (mask[0] | mask[1] | mask[2] | mask[3]) != 0;
#endif
}

/* bit i: whether lane i of a mask is set */
VEC_INLINE uint32_t vec_mask_bits(i32x4 mask) {
#ifdef __wasm_simd128__
  return wasm_i32x4_bitmask((v128_t)mask);
#else
  return (uint32_t)((mask[0] & 1) | (mask[1] & 2) | (mask[2] & 4) | (mask[3] & 8));
#endif
}

/* the lanes whose bit is set, in order, come first; the others become anything */
VEC_INLINE i32x4 vec_compress(i32x4 v, uint32_t bits) {
#ifdef __wasm_simd128__
#define BYTES(lane) (0x03020100 + 0x04040404 * (lane))
#define LANES(a, b, c, d)                                                                                              \
  { BYTES(a), BYTES(b), BYTES(c), BYTES(d) }
  static const i32x4 orders[16] = {LANES(0, 0, 0, 0), LANES(0, 0, 0, 0), LANES(1, 0, 0, 0), LANES(0, 1, 0, 0),
                                   LANES(2, 0, 0, 0), LANES(0, 2, 0, 0), LANES(1, 2, 0, 0), LANES(0, 1, 2, 0),
                                   LANES(3, 0, 0, 0), LANES(0, 3, 0, 0), LANES(1, 3, 0, 0), LANES(0, 1, 3, 0),
                                   LANES(2, 3, 0, 0), LANES(0, 2, 3, 0), LANES(1, 2, 3, 0), LANES(0, 1, 2, 3)};
#undef LANES
#undef BYTES
  return (i32x4)wasm_i8x16_swizzle((v128_t)v, (v128_t)orders[bits]);
#else
  for (int i = 0, front = 0; i < 4; i++) {
    if (bits >> i & 1) v[front++] = v[i];
  }
  return v;
#endif
}

/* the first two lanes of a and b, or the last two, alternately */
VEC_INLINE i32x4 vec_interleave_low(i32x4 a, i32x4 b) {
#ifdef __wasm_simd128__
  return (i32x4)wasm_i32x4_shuffle((v128_t)a, (v128_t)b, 0, 4, 1, 5);
#else
  return (i32x4){a[0], b[0], a[1], b[1]};
#endif
}
VEC_INLINE i32x4 vec_interleave_high(i32x4 a, i32x4 b) {
#ifdef __wasm_simd128__
  return (i32x4)wasm_i32x4_shuffle((v128_t)a, (v128_t)b, 2, 6, 3, 7);
#else
  return (i32x4){a[2], b[2], a[3], b[3]};
#endif
}

#endif
