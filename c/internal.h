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

#include "activations.h"
#include "moments.h"
#include "products.h"

enum {
  PANEL = 8, /* columns that are drawn and multiplied together */
  TILE = 4,  /* rows that are multiplied together */
  SOME_ROWS = 64, /* rows that are packed together; most rows of weights or gradients that are handed out at once */
  /* a block of weights, drawn together: slabs of (BLOCK_ROWS, SLAB), 128 KiB, which a second-level cache holds */
  SLAB_PANELS = 4,
  SLAB = SLAB_PANELS * PANEL,
  BLOCK_ROWS = 256,
  BLOCK_PANELS = 32,
  BINS = 256 /* bins of a histogram */
};

static inline size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }
static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* where panel p of a block begins, whose rows are SLAB floats apart */
static inline size_t panel_at(size_t p) { return p / SLAB_PANELS * BLOCK_ROWS * SLAB + p % SLAB_PANELS * PANEL; }

/* rng.c: rows x 8 values of noise, for rows row .. row + rows - 1 and columns 8 block .. 8 block + 7, times scale, to
 * out[r * stride + c]. A function of its arguments: the same (seed, stream, row, column) gives the same value wherever
 * asked. N(0, 1); U(-1, 1); U(0, 1); N(0, 1) given that it lies within +-cut, 0 < cut < 6.56. */
void rng_normal(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                size_t stride);
void rng_uniform(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float *out,
                 size_t stride);
void rng_uniform_positive(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale,
                          float *out, size_t stride);
void rng_truncated(uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, float scale, float cut,
                   float *out, size_t stride);

/* the generator itself, for its known answers and for whole numbers */
void rng_threefry(const uint32_t key[2], const uint32_t counter[2], uint32_t out[2]);

/* rules.c: a rule is how a layer's weights or biases are to be drawn; a spread is what that comes to for its fans. */
typedef struct {
  uint32_t distribution, mode;
  double number, gain;
} rule;

/* mean and std of the values; the bound that they lie within, else NaN; the std of the parent before any cut (for a
 * matrix: its scale) */
typedef struct {
  uint32_t distribution;
  double mean, std, bound, parent;
} spread;

int rule_accepts(const rule *of, int bias);
/* of a layer of these fans, whose weights are a matrix of (rows, cols), in a net of `depth` layers */
spread rule_spread(const rule *of, double fan_in, double fan_out, uint32_t rows, uint32_t cols, uint32_t depth);

/* rows x 8 values of columns 8 block .. 8 block + 7 of a tensor of `cols` columns, those past the last set to 0; not
 * for the distributions that are matrices */
void spread_draw(const spread *of, uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, size_t cols,
                 float *out, size_t stride);

/* the spread before it is scaled by *scale: what two layers draw is the same numbers where their units are */
spread spread_unit(const spread *of, float *scale);
int is_same_unit(const spread *a, const spread *b);

/* sets columns `used` to 7 of a panel to 0 */
void clear_columns(float *panel, size_t stride, size_t rows, size_t used);

/* matrix.c: the schemes whose weights are one matrix and cannot be drawn a tile at a time: (rows, cols) = (fan_in,
 * fan_out) values to out, what lies between cols and stride set to 0, a function of (seed, stream, rows, cols).
 *
 * matrix_orthogonal: gain times a Haar-distributed matrix of orthonormal columns, or rows where it is wide: the Q, with
 * R's diagonal positive, of the normals that rng_normal(seed, stream) gives (Saxe et al. 2013; Mezzadri 2007, eq. 5.3).
 * Each value has variance gain^2 / max(rows, cols). work: matrix_work(rows, cols) doubles, nothing in or out.
 * matrix_identity: scale on the main diagonal, 0 elsewhere.
 * matrix_sparse: in each row, which is one input's weights, ceil(sparsity cols) zeros at random places, and elsewhere
 * the normals of rng_normal(seed, stream) times std (Martens 2010). 0 <= sparsity <= 1. */
size_t matrix_work(size_t rows, size_t cols);
void matrix_orthogonal(uint32_t seed, uint32_t stream, size_t rows, size_t cols, double gain, float *out, size_t stride,
                       double *work);
void matrix_identity(size_t rows, size_t cols, double scale, float *out, size_t stride);
void matrix_sparse(uint32_t seed, uint32_t stream, size_t rows, size_t cols, double sparsity, double std, float *out,
                   size_t stride);

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

/* mean over pairs of rows of their dot product, over the mean of a row's with itself; NaN where that has no value */
double stats_correlation(const float *x, size_t rows, size_t cols, size_t stride);

/* loss.c: the gradient of a loss by its inputs a, both (batch, cols); returns the mean of the loss over the batch */
double loss_random(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient);
double loss_cross_entropy(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient);

/* streams of the generator: the weights of layer l have stream l, from 1 on; these are the others, but for where
 * matrix_sparse has its zeros, which is beside each layer's */
enum { STREAM_INPUT = 0, STREAM_BIAS = 0x10000 /* plus l */, STREAM_GRADIENT = 0x20000, STREAM_LABELS = 0x20001 };

/* theory.c: what mean-field theory predicts for one layer, or for the input as layer 0 (of which only `a` means
 * something). Two inputs of one mean square are followed; log variances are those, over networks and inputs, of ln
 * of a mean square for one input. The measured ln of the mean square of z over `units` units varies by
 * z_log_variance + 2 / units. */
typedef struct {
  double z_square, z_log_variance, z_correlation; /* z_square is q; the log variance is of q given the layer below */
  double a_mean, a_square, a_log_variance;
  double a_correlation; /* E a(x) a(x') / E a(x)^2, not centred */
  double slope_square; /* E phi'(z)^2 */
  double delta_square; /* E (dL/dz)^2 */
  double delta_log_variance;

  uint32_t activation, units;
  double share; /* of q that comes from the weights, the rest being the biases */
  double pull, noise; /* d ln (mean delta^2) / d ln q; what the layers from here on add to the variance of the former */
} theory_layer;

/* log_variance: that of the mean square of one input, 2 / inputs for N(0, 1), 0.8 / inputs for uniform, 0 if it is
 * given */
void theory_input(theory_layer *input, double mean_square, double log_variance, double correlation);

/* fills in all but what the way back does; sigma_w2 = fan_in Var(W) */
void theory_step(theory_layer *layer, const theory_layer *below, uint32_t activation, double sigma_w2, double sigma_b2,
                 uint32_t units);

/* fills in the rest, for outputs with normal gradients of mean square 1; sigma_out2 = (units above) Var(W above).
 * `above` is NULL for the last layer. */
void theory_step_back(theory_layer *layer, const theory_layer *above, double sigma_out2);

/* E (dL/dW)^2 where L sums over a batch of examples whose gradients are independent */
double theory_weight_gradient(const theory_layer *layer, const theory_layer *below, double batch);
double theory_weight_gradient_log_variance(const theory_layer *layer, const theory_layer *below);

/* gemm.c: z[r, c] (+)= sum over k of a[r, k] block[k, c], for at most SOME_ROWS rows, the first `depth` rows of a block
 * and its first `panels` panels. Adds to z if accumulate, else overwrites it. finite: that the block holds no NaN and
 * no infinity, so that 0 times any of it is 0 and need not be computed. Rows up to a multiple of TILE must be there, in
 * a and in z: it may read and write them, and what they then hold means nothing. */
void gemm_block(const float *a, size_t a_stride, size_t rows, size_t depth, const float *block, size_t panels,
                int finite, float *z, size_t z_stride, int accumulate);

#endif
