/* rules.c: what a rule (distribution, mode, number) gives a layer of some fans, and the drawing of values that follow
 * it.
 *
 * A rule's scale comes from its number or from a fan; its distribution turns that into the values' mean, std and
 * bound, and into calls of rng.c. Orthogonal, identity and sparse are matrices as a whole: they are made by matrix.c
 * and held by linear.c. How a layer counts its fans is decided elsewhere.
 */
#include <math.h>

#include "initscope.h"
#include "internal.h"

/* std of a standard normal cut at +-2: sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1)), c = 2 */
#define STD_CUT_AT_2 0.87962566103423978
#define SPARSE_STD 0.01 /* PyTorch's default */
#define CUT 2.0 /* of DISTRIBUTION_CUT */
#define FLAT 0.003 /* a cut this near, in std of the parent, leaves a uniform: the density falls by 5e-6 towards it */
#define LAST_NORMAL 6.56 /* no normal of rng.c is larger: sqrt(2 ln 2^31) = 6.556 */

int bias_accepts(uint32_t distribution, uint32_t mode) {
  return distribution <= DISTRIBUTION_NORMAL && mode <= MODE_FAN_IN;
}

int rule_accepts(const rule *of, int bias) {
  double limit = net_limit(LIMIT_SCALE);
  if (of->distribution >= DISTRIBUTION_COUNT || of->mode >= MODE_COUNT) return 0;
  if (bias && !bias_accepts(of->distribution, of->mode)) return 0;
  if (!(of->gain >= 0 && of->gain <= limit)) return 0;
  if (of->distribution == DISTRIBUTION_SPARSE && of->mode != MODE_VALUE) return 0;
  int signed_value = of->distribution == DISTRIBUTION_CONSTANT && of->mode == MODE_VALUE;
  double least = signed_value ? -limit : 0;
  double most = of->distribution == DISTRIBUTION_SPARSE ? 1 : limit;
  return of->number >= least && of->number <= most;
}

/* the std or bound / sqrt(3) before the gain, by its fan or by its own number */
static double scale_of(const rule *of, double fan_in, double fan_out, double depth) {
  switch (of->mode) {
    case MODE_FAN_IN: return __builtin_sqrt(of->number / fan_in);
    case MODE_FAN_OUT: return __builtin_sqrt(of->number / fan_out);
    case MODE_FAN_AVG: return __builtin_sqrt(of->number / ((fan_in + fan_out) / 2));
    case MODE_FAN_GEO_AVG: return __builtin_sqrt(of->number / __builtin_sqrt(fan_in * fan_out));
    case MODE_DEPTH: return of->number / __builtin_sqrt(2 * depth);
    default: return of->number;
  }
}

/* std of a standard normal cut at +-c: sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1)), or its series where that cancels */
static double std_of_cut(double c) {
  if (c <= FLAT) return c / __builtin_sqrt(3.0) * (1 - c * c / 15);
  double density = exp(-c * c / 2) * 0.3989422804014327;
  return __builtin_sqrt(1 - 2 * c * density / erf(c * 0.7071067811865476));
}

spread rule_spread(const rule *of, double fan_in, double fan_out, uint32_t rows, uint32_t cols, uint32_t depth) {
  double scale = of->gain * scale_of(of, fan_in, fan_out, depth);
  /* a uniform rule's own number is its bound; one by a fan speaks of its std */
  double bound = of->mode == MODE_VALUE ? scale : scale * __builtin_sqrt(3.0);
  double larger = rows > cols ? rows : cols;
  switch (of->distribution) {
    case DISTRIBUTION_CONSTANT: return (spread){of->distribution, scale, 0, (double)NAN, 0};
    case DISTRIBUTION_UNIFORM: return (spread){of->distribution, 0, bound / __builtin_sqrt(3.0), bound, 0};
    case DISTRIBUTION_UNIFORM_POSITIVE:
      return (spread){of->distribution, bound / 2, bound / __builtin_sqrt(12.0), bound, 0};
    case DISTRIBUTION_TRUNCATED:
      return (spread){of->distribution, 0, scale, 2 * scale / STD_CUT_AT_2, scale / STD_CUT_AT_2};
    case DISTRIBUTION_TRUNCATED_RAW: return (spread){of->distribution, 0, STD_CUT_AT_2 * scale, 2 * scale, scale};
    case DISTRIBUTION_CUT:
      if (scale * LAST_NORMAL <= CUT) return (spread){DISTRIBUTION_NORMAL, 0, scale, (double)NAN, scale};
      if (scale * FLAT >= CUT) return (spread){DISTRIBUTION_UNIFORM, 0, scale * std_of_cut(CUT / scale), CUT, scale};
      return (spread){of->distribution, 0, scale * std_of_cut(CUT / scale), CUT, scale};
    case DISTRIBUTION_ORTHOGONAL:
      return (spread){of->distribution, 0, scale / __builtin_sqrt(larger), (double)NAN, scale};
    case DISTRIBUTION_IDENTITY:
      return (spread){of->distribution, scale / larger, scale * __builtin_sqrt((larger - 1)) / larger, (double)NAN,
                      scale};
    case DISTRIBUTION_SPARSE: {
      double zeros = __builtin_ceil(of->number * cols) / cols;
      double std = of->gain * SPARSE_STD;
      return (spread){of->distribution, 0, std * __builtin_sqrt(1 - zeros), (double)NAN, std};
    }
    default: return (spread){DISTRIBUTION_NORMAL, 0, scale, (double)NAN, scale};
  }
}

static void fill(float value, size_t rows, float *out, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < PANEL; c++) out[r * stride + c] = value;
  }
}

void spread_draw(const spread *of, uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, size_t cols,
                 float *out, size_t stride) {
  float parent = (float)of->parent, bound = (float)of->bound;
  switch (of->distribution) {
    case DISTRIBUTION_NORMAL: rng_normal(seed, stream, row, rows, block, parent, out, stride); break;
    case DISTRIBUTION_UNIFORM: rng_uniform(seed, stream, row, rows, block, bound, out, stride); break;
    case DISTRIBUTION_UNIFORM_POSITIVE: rng_uniform_positive(seed, stream, row, rows, block, bound, out, stride); break;
    case DISTRIBUTION_TRUNCATED:
    case DISTRIBUTION_TRUNCATED_RAW: rng_truncated(seed, stream, row, rows, block, parent, 2, out, stride); break;
    case DISTRIBUTION_CUT: rng_truncated(seed, stream, row, rows, block, parent, bound / parent, out, stride); break;
    default: fill((float)of->mean, rows, out, stride);
  }
  clear_columns(out, stride, rows, cols - block * PANEL);
}

void clear_columns(float *panel, size_t stride, size_t rows, size_t used) {
  for (size_t r = 0; used < PANEL && r < rows; r++) {
    for (size_t c = used; c < PANEL; c++) panel[r * stride + c] = 0;
  }
}

spread spread_unit(const spread *of, float *scale) {
  float parent = (float)of->parent, bound = (float)of->bound;
  switch (of->distribution) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_UNIFORM_POSITIVE: *scale = bound; return (spread){.distribution = of->distribution, .bound = 1};
    case DISTRIBUTION_CUT:
      *scale = parent;
      return (spread){.distribution = of->distribution, .parent = 1, .bound = (double)(bound / parent)};
    default: *scale = parent; return (spread){.distribution = of->distribution, .parent = 1};
  }
}

int is_same_unit(const spread *a, const spread *b) {
  float scale;
  return a->distribution == b->distribution && spread_unit(a, &scale).bound == spread_unit(b, &scale).bound;
}
