/* internal.h: what the modules of the engine promise each other; nothing here crosses to JavaScript.
 *
 * A buffer of values has a stride: rows of `cols` floats that begin `stride` floats apart, stride a multiple of 8;
 * what lies between cols and stride is allocated and means nothing. Sizes are size_t; what the generator counts is
 * uint32_t.
 */
#ifndef INTERNAL_H
#define INTERNAL_H

#include <stddef.h>
#include <stdint.h>

enum {
  PANEL = 8, /* columns that are drawn and multiplied together */
  TILE = 4,  /* rows that are multiplied together */
  BINS = 256 /* bins of a histogram */
};

static inline size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

/* rng.c: rows x 8 values of noise, for rows row .. row + rows - 1 and columns 8 block .. 8 block + 7, times scale, to
 * out[r * stride + c]. A function of its arguments: the same (seed, stream, row, column) gives the same value
 * wherever asked. rng_normal is N(0, 1), rng_uniform is U(-1, 1). rng_threefry is the generator itself, for its known
 * answers. */
void rng_normal(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                size_t stride);
void rng_uniform(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                 size_t stride);
void rng_threefry(const uint32_t key[2], const uint32_t counter[2], uint32_t out[2]);

/* schemes.c: what a scheme makes of a layer's fans. Values are normal with (mean, std), or uniform on [-bound,
 * bound], or all equal to mean; std is the standard deviation of each, bound is NaN where it does not apply. */
typedef struct {
  uint32_t distribution;
  double mean, std, bound;
} spread;

/* 1 if the scheme exists and takes this value and gain */
int scheme_accepts(uint32_t scheme, double value, double gain);
spread scheme_spread(uint32_t scheme, double value, double gain, uint32_t fan_in, uint32_t fan_out);

/* rows x 8 values of columns 8 block .. 8 block + 7 of such a tensor, those from column `cols` of it on set to 0 */
void spread_draw(const spread *of, uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, size_t cols,
                 float *out, size_t stride);

/* activations.c: a = phi(z) and slope = phi'(z), n values, n a multiple of 4, in place allowed. At a kink phi' is as in
 * PyTorch: relu'(0) = 0, leaky-relu'(0) = 0.01, hardtanh'(+-1) = 0. Infinities and NaN give what the real function
 * tends to, or NaN. */
void activation_forward(uint32_t activation, const float *z, float *a, size_t n);
void activation_derivative(uint32_t activation, const float *z, float *slope, size_t n);

/* stats.c: moments about the first finite value, in double, so that neither an exploding tensor nor a nearly constant
 * one loses digits, and a histogram whose range grows with the values. A tensor may come in tiles, in any order. */
typedef struct {
  size_t size, finite, zeros, saturated;
  double shift, sum, squares; /* of value - shift */
  float min, max;
  float saturation_lo, saturation_hi;
  int exponent; /* the histogram covers [-2^exponent, 2^exponent) */
  uint32_t counts[4][BINS + 1]; /* a histogram a lane, to be added up; the last bin takes what is not finite */
} stats;

void stats_begin(stats *s, double saturation_lo, double saturation_hi);

/* ors into alive[c] (round_up(cols, 4) words) whether column c has a value other than 0; the caller clears alive */
void stats_add(stats *s, const float *x, size_t rows, size_t cols, size_t stride, uint32_t *alive);

/* writes SUMMARY_COUNT doubles and BINS counts; alive has cols words */
void stats_end(const stats *s, const uint32_t *alive, size_t cols, double *summary, uint32_t *counts);

/* gemm.c: z[r, 8 p + c] (+)= sum over k of a[r, k] panels[p][k, c], for rows a multiple of TILE and `panels` panels of
 * (depth, 8), each panel_stride floats after the one before. Adds to z if accumulate, else overwrites it. */
void gemm_panels(const float *a, size_t a_stride, size_t rows, size_t depth, const float *panels, size_t panel_stride,
                 size_t panel_count, float *z, size_t z_stride, int accumulate);

#endif
