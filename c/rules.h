/* rules.h: a rule is how a layer's weights or biases are to be drawn; a spread is what it comes to for given fans.
 *
 * How a layer counts its fans is in layer.h; distributions that are a matrix as a whole are in matrix.h.
 */
#ifndef RULES_H
#define RULES_H

#include "initscope.h"
#include "rng.h"

#define USUAL_CUT 2

typedef struct {
  uint32_t distribution, mode;
  double number, gain;
  double cut; /* of a truncated normal, in std of its parent; 0: USUAL_CUT */
} rule;

typedef struct spread spread;

/* How values are drawn in another number format than float32. The only such constant is in drawn.c, which a module can leave
 * out. */
typedef struct {
  spread (*unit)(const spread *values, float *factor); /* what spread_unit does, and spread_draw */
  void (*draw)(const spread *values, const noise_key *key, const strip *part, const target *out);
  void (*finish)(const spread *values, size_t rows, size_t cols, const target *out); /* the last step, after scaling */
} value_format;

struct spread {
  uint32_t distribution;
  uint16_t unit, finish; /* of the format: see drawn.c */
  double mean, std; /* of the values */
  double bound; /* the values lie within +-bound; NaN where there is no bound */
  double parent; /* std before any cut; the scale of a matrix */
  double cut; /* of a truncated normal: bound / parent; 0: USUAL_CUT */
  double factor; /* of the format: what units are multiplied by */
  const value_format *format; /* NULL: float32 */
};

/* a layer, as far as its rule asks for it: the weights are a matrix of (rows, cols), the network has so many blocks */
typedef struct {
  double fan_in, fan_out;
  uint32_t rows, cols, blocks;
} weight_shape;

/* Are values of a distribution made as a whole matrix, not a strip at a time? */
static inline int is_matrix(uint32_t distribution) { return distribution >= DISTRIBUTION_ORTHOGONAL; }

/* in std of the parent: a normal cut this near is uniform, its density falls by 5e-6 to the cut */
#define FLAT 0.003

/* std of a standard normal cut at +-2: sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1)), c = 2 */
#define STD_CUT_AT_2 0.87962566103423978

/* std of a standard normal cut at +-c */
double std_of_cut(double c);

/* A spike: this share of the values is exactly this value. */
#define SPIKE_AT_CUT 0x1p-24 /* -2 in DISTRIBUTION_CUT_SPIKED */
#define SPIKE_AT_0 0.022750131948179207 /* 0 in DISTRIBUTION_TRUNCATED_SPIKED: 1 - Phi(2) */
#define CUT 2.0 /* of DISTRIBUTION_CUT and DISTRIBUTION_CUT_SPIKED */

/* Is the std of a rule that of the normal before it is cut? */
static inline int is_by_parent(uint32_t distribution) {
  return distribution == DISTRIBUTION_TRUNCATED_RAW || distribution == DISTRIBUTION_CUT ||
         distribution == DISTRIBUTION_CUT_SPIKED || distribution == DISTRIBUTION_TRUNCATED_SPIKED;
}

/* Are the numbers of a rule within the bounds that net_set_weights, or net_set_bias, states? */
int rule_accepts(const rule *given, int bias);

spread rule_spread(const rule *given, const weight_shape *shape);

/* Draws a strip of a tensor of `cols` columns; columns past the last become 0. Not for matrices. */
void spread_draw(const spread *values, const noise_key *key, const strip *part, size_t cols, const target *out);

/* The spread before it is scaled by *scale. Two layers of one unit spread draw the same numbers. */
spread spread_unit(const spread *values, float *scale);
int is_same_unit(const spread *a, const spread *b);

/* Sets columns `used` to 7 of a panel to 0. */
void clear_columns(const target *panel, size_t rows, size_t used);

#endif
