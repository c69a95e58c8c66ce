/* rules.h: a rule is how a layer's weights or biases are to be drawn; a spread is what it comes to for given fans.
 *
 * The type of a spread is in distribution.h. How a layer counts its fans is in layer.h; distributions that are a matrix as a
 * whole are in matrix.h.
 */
#ifndef RULES_H
#define RULES_H

#include "distribution.h"

typedef struct {
  uint32_t distribution, mode;
  double number, gain;
  double cut; /* of a truncated normal, in std of its parent; 0: USUAL_CUT */
} rule;

/* a layer, as far as its rule asks for it: the weights are a matrix of (rows, cols), the network has so many blocks */
typedef struct {
  double fan_in, fan_out;
  uint32_t rows, cols, blocks;
} weight_shape;

/* Are values of a distribution made as a whole matrix, not a strip at a time? */
static inline int is_matrix(uint32_t distribution) { return distribution >= DISTRIBUTION_ORTHOGONAL; }

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
