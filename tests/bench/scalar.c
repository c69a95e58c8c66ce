/* scalar.c: the generator of c/rng.c as one would first write it: plain C, a pair of values at a time, with the C
 * library's log, sqrt, sin and cos. It is built by itself, without SIMD, into build/bench/scalar.wasm.
 *
 * It draws the same numbers up to rounding; loops.js checks that. It is not part of the product.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum { PANEL = 8, ROWS = 256, PANELS = 8 };

static float drawn[ROWS * PANELS * PANEL];

float *scalar_drawn(void) { return drawn; }

static uint32_t rotate_left(uint32_t v, int bits) { return (v << bits) | (v >> (32 - bits)); }

/* Threefry2x32-20 */
static void threefry(const uint32_t key[2], uint32_t *x, uint32_t *y) {
  static const int rotations[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  uint32_t keys[3] = {key[0], key[1], 0x1bd11bdau ^ key[0] ^ key[1]};
  *x += keys[0];
  *y += keys[1];
  for (uint32_t round = 0; round < 20; round++) {
    *x += *y;
    *y = rotate_left(*y, rotations[round % 8]) ^ *x;
    if (round % 4 == 3) {
      uint32_t group = round / 4 + 1;
      *x += keys[group % 3];
      *y += keys[(group + 1) % 3] + group;
    }
  }
}

static void normal_pair(uint32_t x, uint32_t y, float *first, float *second) {
  float r = sqrtf(-2.0f * logf((float)((x >> 1) | 1) * 0x1p-31f));
  float angle = (float)(int32_t)y * 1.4629180792671596e-9f; /* pi / 2^31 */
  *first = r * cosf(angle);
  *second = r * sinf(angle);
}

static void uniform_pair(uint32_t x, uint32_t y, float *first, float *second) {
  *first = ((float)((int32_t)x >> 8) + 0.5f) * 0x1p-23f;
  *second = ((float)((int32_t)y >> 8) + 0.5f) * 0x1p-23f;
}

#define DRAW(name, pair)                                                                                               \
  void name(uint32_t seed, uint32_t times) {                                                                           \
    for (uint32_t t = 0; t < times; t++) {                                                                             \
      const uint32_t key[2] = {seed, t};                                                                               \
      float *out = drawn;                                                                                              \
      for (uint32_t p = 0; p < PANELS; p++) {                                                                          \
        for (uint32_t r = 0; r < ROWS; r++, out += PANEL) {                                                            \
          for (uint32_t lane = 0; lane < 4; lane++) {                                                                  \
            uint32_t x = r, y = 4 * p + lane;                                                                          \
            threefry(key, &x, &y);                                                                                     \
            pair(x, y, out + lane, out + lane + 4);                                                                    \
          }                                                                                                            \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
  }
DRAW(scalar_normal, normal_pair)
DRAW(scalar_uniform, uniform_pair)
