/* rng.c: counter-based random numbers, and how two random words become two values of a distribution.
 *
 * Threefry2x32-20 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): the key is (seed, stream), the
 * counter is (row, 4 panel + lane). The two words of lane j of a panel give its columns j and j + 4. Of the
 * counter-based generators with published answers this was the fastest in WebAssembly: it needs no wide multiply.
 * There is no state here: nothing to seed, to skip or to share.
 */
#include "rng.h"

#include "vecmath.h"

enum {
  CHAINS = 6, /* rows drawn side by side, which hides the latency of the rounds */
  PAIR = 2 /* rows made normal together; with more, the intermediates overflow a browser's sixteen registers */
};

/* four rounds, then the key for the next four */
VEC_INLINE void threefry_group(u32x4 x[CHAINS], u32x4 y[CHAINS], const int rotations[4], uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < CHAINS; i++) {
      x[i] += y[i];
      y[i] = vec_rotate_left(y[i], rotations[round]) ^ x[i];
    }
    VEC_TOGETHER(x, CHAINS);
    VEC_TOGETHER(y, CHAINS);
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

/* the same, not inlined: for the rarer distributions a small page matters more than speed */
static __attribute__((noinline)) void threefry_called(u32x4 x[CHAINS], u32x4 y[CHAINS], uint32_t key0, uint32_t key1) {
  u32x4 a[CHAINS], b[CHAINS];
  memcpy(a, x, sizeof a);
  memcpy(b, y, sizeof b);
  threefry(a, b, key0, key1);
  memcpy(x, a, sizeof a);
  memcpy(y, b, sizeof b);
}

void rng_threefry(const uint32_t key[2], const uint32_t counter[2], uint32_t out[2]) {
  u32x4 x[CHAINS], y[CHAINS];
  for (int i = 0; i < CHAINS; i++) {
    x[i] = vec_setu(counter[0]);
    y[i] = vec_setu(counter[1]);
  }
  threefry_called(x, y, key[0], key[1]);
  out[0] = x[CHAINS - 1][3];
  out[1] = y[CHAINS - 1][3];
}

/* how far a truncated normal goes, and the probability beyond, both sides together */
typedef struct {
  f32x4 cut, outside;
} tails;

/* turns the two words of each lane into its two values, for all chains */
typedef void transform(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second);
typedef void generator(u32x4 *x, u32x4 *y, uint32_t key0, uint32_t key1);

/* Box & Muller 1958: (r cos t, r sin t), r = sqrt(-2 ln u), u = ((x >> 1) | 1) / 2^31, t = pi (int32) y / 2^31.
 * All 31 bits of u count: rounding u to 24 bits drops some, and they are added to the logarithm, where they matter near
 * u = 1. The angle is reduced to [-pi/4, pi/4] in integers: sine and cosine keep their relative precision at every
 * zero. */
VEC_INLINE void box_muller(u32x4 x[PAIR], u32x4 y[PAIR], f32x4 first[PAIR], f32x4 second[PAIR]) {
  f32x4 r[PAIR], dropped[PAIR], angle[PAIR], sine[PAIR], cosine[PAIR];
  for (int i = 0; i < PAIR; i++) {
    i32x4 u = (i32x4)((x[i] >> 1) | 1);
    r[i] = vec_to_float(u);
    dropped[i] = (vec_to_float(u & 127) - (r[i] - vec_to_float(u & ~127))) * 0x1p-31f;
  }
  VEC_TOGETHER(r, PAIR);
  VEC_TOGETHER(dropped, PAIR);
  vec_logs(r, PAIR, vec_seti(31));
  for (int i = 0; i < PAIR; i++) r[i] = vec_sqrt((r[i] + dropped[i]) * -2.0f);
  VEC_TOGETHER(r, PAIR);
  /* after an eighth of a turn the first two bits are the quadrant; where the second is set, sine and cosine swap */
  for (int i = 0; i < PAIR; i++) {
    y[i] += 0x20000000;
    angle[i] = vec_to_float((i32x4)(y[i] & 0x3fffffff) - 0x20000000) * 1.4629180792671596e-9f; /* pi / 2^31 */
  }
  VEC_TOGETHER(y, PAIR);
  VEC_TOGETHER(angle, PAIR);
  vec_sincos_pi4(angle, PAIR, sine, cosine);
  for (int i = 0; i < PAIR; i++) {
    u32x4 second_bit = y[i] << 1;
    u32x4 changed = ((u32x4)sine[i] ^ (u32x4)cosine[i]) & (u32x4)((i32x4)second_bit >> 31);
    first[i] = r[i] * (f32x4)((u32x4)cosine[i] ^ changed ^ ((y[i] ^ second_bit) & 0x80000000));
    second[i] = r[i] * (f32x4)((u32x4)sine[i] ^ changed ^ (y[i] & 0x80000000));
  }
}
VEC_INLINE void normal_pairs(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second) {
  (void)ends;
  for (int i = 0; i < CHAINS; i += PAIR) box_muller(x + i, y + i, first + i, second + i);
}

/* the middle of one of 2^24 equal cells of (-1, 1): symmetric, never 0, never an end */
VEC_INLINE f32x4 symmetric_uniform(u32x4 x) { return (vec_to_float((i32x4)x >> 8) + 0.5f) * 0x1p-23f; }

/* the middle of one of 2^23 equal cells of (0, 1) */
VEC_INLINE f32x4 positive_uniform(u32x4 x) { return (vec_to_float((i32x4)(x >> 9)) + 0.5f) * 0x1p-23f; }

/* The quantile of a normal that lies within (-cut, cut): sqrt(2) erfinv(1 - t). The first bit of x is the sign. The other 31 say how much of
 * the probability inside lies farther out than the value: so the tail keeps its digits. */
VEC_INLINE f32x4 truncated_normal(u32x4 x, f32x4 cut, f32x4 outside) {
  f32x4 farther = (vec_to_float((i32x4)(x & 0x7fffffff)) + 0.5f) * 0x1p-31f;
  f32x4 t = outside + (1.0f - outside) * farther;
  f32x4 z = vec_min(cut, 1.41421356f * (1.0f - t) * vec_erfinv_slope(t));
  return (f32x4)((u32x4)z | (x & 0x80000000));
}

VEC_INLINE void uniform_pairs(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second) {
  (void)ends;
  for (int i = 0; i < CHAINS; i++) {
    first[i] = symmetric_uniform(x[i]);
    second[i] = symmetric_uniform(y[i]);
  }
}
VEC_INLINE void positive_pairs(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second) {
  (void)ends;
  for (int i = 0; i < CHAINS; i++) {
    first[i] = positive_uniform(x[i]);
    second[i] = positive_uniform(y[i]);
  }
}
VEC_INLINE void truncated_pairs(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second) {
  for (int i = 0; i < CHAINS; i++) {
    first[i] = truncated_normal(x[i], ends->cut, ends->outside);
    second[i] = truncated_normal(y[i], ends->cut, ends->outside);
  }
}

VEC_INLINE void cell_pairs(u32x4 *x, u32x4 *y, const tails *ends, f32x4 *first, f32x4 *second) {
  (void)ends;
  for (int i = 0; i < CHAINS; i++) {
    first[i] = vec_to_float((i32x4)(x[i] >> 25));
    second[i] = vec_to_float((i32x4)(y[i] >> 25));
  }
}

VEC_INLINE void draw(generator *words, transform *pairs, const tails *ends, const noise_key *key, const strip *part,
                     float scale, const target *to) {
  u32x4 columns = vec_setu((uint32_t)part->panel * 4) + (u32x4){0, 1, 2, 3}, first_row = vec_setu((uint32_t)part->row);
  uint32_t key0 = key->seed, key1 = key->stream;
  size_t rows = part->rows, stride = to->stride;
  float *out = to->values;
  float spare[CHAINS * PANEL]; /* takes the last chains, of which only some rows are wanted: no branch for each row */
  for (size_t r = 0; r < rows; r += CHAINS, first_row += CHAINS) {
    u32x4 x[CHAINS], y[CHAINS];
    for (uint32_t i = 0; i < CHAINS; i++) {
      x[i] = first_row + i;
      y[i] = columns;
    }
    words(x, y, key0, key1);
    size_t left = rows - r;
    float *chains = left < CHAINS ? spare : out + r * stride;
    size_t apart = left < CHAINS ? PANEL : stride;
    f32x4 first[CHAINS], second[CHAINS];
    pairs(x, y, ends, first, second);
    for (size_t i = 0; i < CHAINS; i++) {
      vec_store(chains + i * apart, first[i] * scale);
      vec_store(chains + i * apart + 4, second[i] * scale);
    }
    for (size_t i = 0; left < CHAINS && i < left; i++) {
      memcpy(out + (r + i) * stride, spare + i * PANEL, PANEL * sizeof *out);
    }
  }
}

void rng_normal(const noise_key *key, const strip *part, float scale, const target *out) {
  draw(threefry, normal_pairs, NULL, key, part, scale, out);
}

void rng_uniform(const noise_key *key, const strip *part, float scale, const target *out) {
  draw(threefry, uniform_pairs, NULL, key, part, scale, out);
}

void rng_uniform_positive(const noise_key *key, const strip *part, float scale, const target *out) {
  draw(threefry_called, positive_pairs, NULL, key, part, scale, out);
}

void rng_cells(const noise_key *key, const strip *part, const target *out) {
  draw(threefry_called, cell_pairs, NULL, key, part, 1, out);
}

void rng_truncated(const noise_key *key, const strip *part, float scale, float cut, const target *out) {
  f32x4 c = vec_set(cut);
  tails ends = {c, 2.0f * vec_mills(c) * vec_exp_half_square(c)}; /* 2 Phi(-cut) */
  draw(threefry_called, truncated_pairs, &ends, key, part, scale, out);
}
