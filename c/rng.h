/* rng.h: random numbers; each value is a function of (seed, stream, row, column) and of nothing else.
 *
 * There is no state: the same arguments give the same value, in whatever parts a matrix is drawn. What a layer does
 * with the numbers is in rules.h.
 */
#ifndef RNG_H
#define RNG_H

#include "layout.h"

typedef struct {
  uint32_t seed, stream;
} noise_key;

/* The weights of layer l have stream l, from 1 on; the rest of a network has these. matrix_sparse places the zeros of
 * layer l by a stream of its own. */
enum {
  STREAM_INPUT = 0,
  STREAM_BIAS = 0x10000 /* plus l */,
  STREAM_GRADIENT = 0x20000,
  STREAM_LABELS = 0x20001,
  STREAM_ORDER = 0x20002,
  STREAM_ZEROS = 0x20003,
  STREAM_CLASS = 0x20004
};

/* Each writes scale times the noise of the strip to `out`.
 *   rng_normal            N(0, 1)
 *   rng_uniform           U(-1, 1)
 *   rng_uniform_positive  U(0, 1)
 *   rng_cells             the first seven bits of a random word, as a whole number; it takes no scale
 *   rng_truncated         N(0, 1), given that it lies within +-cut, 0 < cut < 6.56 */
void rng_normal(const noise_key *key, const strip *part, float scale, const target *out);
void rng_uniform(const noise_key *key, const strip *part, float scale, const target *out);
void rng_uniform_positive(const noise_key *key, const strip *part, float scale, const target *out);
void rng_cells(const noise_key *key, const strip *part, const target *out);
void rng_truncated(const noise_key *key, const strip *part, float scale, float cut, const target *out);

/* The generator itself, for whole numbers and for its known answers: two random words for a key and a counter. */
void rng_threefry(const uint32_t key[2], const uint32_t counter[2], uint32_t out[2]);

#endif
