/* rng.c: counter-based random numbers; a value is a function of (seed, stream, row, column) and of nothing else.
 *
 * Threefry2x32-20 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): the key is (seed, stream), the
 * counter (row, 4 block + lane). The two words of counter lane j of a block give its columns j and j + 4. Of the
 * counter-based generators with published answers this was the fastest in WebAssembly: it needs no wide multiply.
 * There is no state, so there is nothing to seed, skip or share.
 */
#include "internal.h"
#include "vecmath.h"

enum { CHAINS = 4 }; /* rows drawn side by side, to hide the latency of the rounds */

VEC_INLINE u32x4 rotate_left(u32x4 v, int bits) { return (v << bits) | (v >> (32 - bits)); }

/* four rounds, then the key of the group that follows */
VEC_INLINE void threefry_group(u32x4 x[CHAINS], u32x4 y[CHAINS], const int rotations[4], uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < CHAINS; i++) {
      x[i] += y[i];
      y[i] = rotate_left(y[i], rotations[round]) ^ x[i];
    }
  }
  for (int i = 0; i < CHAINS; i++) {
    x[i] += key0;
    y[i] += key1;
  }
}

VEC_INLINE void threefry(u32x4 x[CHAINS], u32x4 y[CHAINS], uint32_t key0, uint32_t key1) {
  static const int even[4] = {13, 15, 26, 6}, odd[4] = {17, 29, 16, 24};
  uint32_t key2 = 0x1bd11bdau ^ key0 ^ key1;
  for (int i = 0; i < CHAINS; i++) {
    x[i] += key0;
    y[i] += key1;
  }
  threefry_group(x, y, even, key1, key2 + 1);
  threefry_group(x, y, odd, key2, key0 + 2);
  threefry_group(x, y, even, key0, key1 + 3);
  threefry_group(x, y, odd, key1, key2 + 4);
  threefry_group(x, y, even, key2, key0 + 5);
}

void rng_threefry(const uint32_t key[2], const uint32_t counter[2], uint32_t out[2]) {
  u32x4 x[CHAINS], y[CHAINS];
  for (int i = 0; i < CHAINS; i++) {
    x[i] = vec_setu(counter[0]);
    y[i] = vec_setu(counter[1]);
  }
  threefry(x, y, key[0], key[1]);
  out[0] = x[CHAINS - 1][3];
  out[1] = y[CHAINS - 1][3];
}

/* Box & Muller 1958: (r cos t, r sin t), r = sqrt(-2 ln u), u = ((x >> 1) | 1) / 2^31, t = pi (int32) y / 2^31.
 * All 31 bits of u count: what its rounding to 24 bits drops is added to the logarithm, where it matters, near u = 1.
 * The angle is reduced to [-pi/4, pi/4] in integers, so that sine and cosine keep their relative precision at every
 * zero. */
VEC_INLINE void box_muller(u32x4 x, u32x4 y, f32x4 *first, f32x4 *second) {
  i32x4 u = (i32x4)((x >> 1) | 1);
  f32x4 rounded = vec_to_float(u);
  f32x4 dropped = vec_to_float(u & 127) - (rounded - vec_to_float(u & ~127));
  f32x4 log_u = vec_log(rounded * 0x1p-31f) + dropped * 0x1p-31f;
  f32x4 r = vec_sqrt(log_u * -2.0f);

  u32x4 quadrant = (y + 0x20000000u) >> 30;
  f32x4 sine, cosine;
  vec_sincos_pi4(vec_to_float((i32x4)(y - (quadrant << 30))) * 1.4629180792671596e-9f, &sine, &cosine); /* pi / 2^31 */
  i32x4 swap = -(i32x4)(quadrant & 1);
  f32x4 c = vec_select(swap, sine, cosine), s = vec_select(swap, cosine, sine);
  *first = r * (f32x4)((u32x4)c ^ ((quadrant + 1) & 2) << 30);
  *second = r * (f32x4)((u32x4)s ^ (quadrant & 2) << 30);
}

/* the middle of one of 2^24 equal cells of (-1, 1): symmetric, never 0, never the ends */
VEC_INLINE f32x4 symmetric_uniform(u32x4 x) { return (vec_to_float((i32x4)x >> 8) + 0.5f) * 0x1p-23f; }

VEC_INLINE void uniform_pair(u32x4 x, u32x4 y, f32x4 *first, f32x4 *second) {
  *first = symmetric_uniform(x);
  *second = symmetric_uniform(y);
}

typedef void transform(u32x4 x, u32x4 y, f32x4 *first, f32x4 *second);

VEC_INLINE void draw(transform *pair, uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block,
                     float scale, float *out, size_t stride) {
  u32x4 columns = vec_setu((uint32_t)block * 4) + (u32x4){0, 1, 2, 3};
  for (size_t r = 0; r < rows; r += CHAINS) {
    u32x4 x[CHAINS], y[CHAINS];
    for (int i = 0; i < CHAINS; i++) {
      x[i] = vec_setu((uint32_t)(row + r) + (uint32_t)i);
      y[i] = columns;
    }
    threefry(x, y, seed, stream);
    for (size_t i = 0; i < CHAINS; i++) {
      f32x4 first, second;
      pair(x[i], y[i], &first, &second);
      if (r + i >= rows) break;
      vec_store(out + (r + i) * stride, first * scale);
      vec_store(out + (r + i) * stride + 4, second * scale);
    }
  }
}

void rng_normal(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                size_t stride) {
  draw(box_muller, seed, stream, row, rows, block, scale, out, stride);
}

void rng_uniform(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                 size_t stride) {
  draw(uniform_pair, seed, stream, row, rows, block, scale, out, stride);
}
