/* distribution.h: what values are drawn from: their distribution and its numbers.
 *
 * How a layer's rule comes to it is in rules.h. Nothing is drawn here.
 */
#ifndef DISTRIBUTION_H
#define DISTRIBUTION_H

#include <math.h>

#include "initscope.h"
#include "rng.h"

#define USUAL_CUT 2

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

/* in std of the parent: a normal cut this near is uniform, its density falls by 5e-6 to the cut */
#define FLAT 0.003

/* std of a standard normal cut at +-2: sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1)), c = 2 */
#define STD_CUT_AT_2 0.87962566103423978

/* A spike: this share of the values is exactly this value. */
#define SPIKE_AT_CUT 0x1p-24 /* -2 in DISTRIBUTION_CUT_SPIKED */
#define SPIKE_AT_0 0.022750131948179207 /* 0 in DISTRIBUTION_TRUNCATED_SPIKED: 1 - Phi(2) */
#define CUT 2.0 /* of DISTRIBUTION_CUT and DISTRIBUTION_CUT_SPIKED */

/* std of a standard normal cut at +-c: sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1)), or its series where that cancels */
static inline double std_of_cut(double c) {
  if (c <= FLAT) return c / __builtin_sqrt(3.0) * (1 - c * c / 15);
  double density = exp(-c * c / 2) * 0.3989422804014327;
  return __builtin_sqrt(1 - 2 * c * density / erf(c * 0.7071067811865476));
}

#endif
