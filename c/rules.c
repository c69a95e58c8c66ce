/* rules.c: what a rule (distribution, mode, number, gain) gives for some fans, and how such values are drawn.
 *
 * The scale of a rule comes from its number or from a fan. The distribution turns the scale into the mean, std and
 * bound of the values, and into calls of rng.c. Matrices (orthogonal, identity, sparse) are made in matrix.c. How a
 * layer counts its fans is decided in layer.c.
 */
#include "rules.h"

#include <math.h>

#include "limits.h"
#include "matrix.h"

#define SPARSE_STD 0.01 /* PyTorch's default */
#define LAST_NORMAL 6.56 /* no normal of rng.c is larger: sqrt(2 ln 2^31) = 6.556 */

int bias_accepts(uint32_t distribution, uint32_t mode) {
  return distribution <= DISTRIBUTION_NORMAL && mode <= MODE_FAN_IN;
}

int rule_accepts(const rule *given, int bias) {
  double limit = MAX_SCALE;
  if (given->distribution >= DISTRIBUTION_COUNT || given->mode >= MODE_COUNT) return 0;
  if (bias && !bias_accepts(given->distribution, given->mode)) return 0;
  if (!(given->gain >= 0 && given->gain <= limit)) return 0;
  if (given->distribution == DISTRIBUTION_SPARSE && given->mode != MODE_VALUE) return 0;
  int signed_value = given->distribution == DISTRIBUTION_CONSTANT && given->mode == MODE_VALUE;
  double least = signed_value ? -limit : 0;
  double most = given->distribution == DISTRIBUTION_SPARSE ? 1 : limit;
  return given->number >= least && given->number <= most;
}

/* the std, or bound / sqrt(3), before the gain: by a fan, by the blocks or by the number itself */
static double scale_before_gain(const rule *given, double fan_in, double fan_out, double blocks) {
  switch (given->mode) {
    case MODE_FAN_IN: return __builtin_sqrt(given->number / fan_in);
    case MODE_FAN_OUT: return __builtin_sqrt(given->number / fan_out);
    case MODE_FAN_AVG: return __builtin_sqrt(given->number / ((fan_in + fan_out) / 2));
    case MODE_FAN_GEO_AVG: return __builtin_sqrt(given->number / __builtin_sqrt(fan_in * fan_out));
    case MODE_DEPTH: return given->number / __builtin_sqrt(2 * blocks);
    case MODE_NGUYEN_WIDROW: return given->number * peculiar_root(fan_out, fan_in);
    default: return given->number;
  }
}

static spread spread_of(uint32_t distribution, double mean, double std, double bound, double parent, double cut) {
  return (spread){.distribution = distribution, .mean = mean, .std = std, .bound = bound, .parent = parent, .cut = cut};
}

/* Where no normal is as large as the cut, nothing is cut. */
static spread truncated(const rule *given, double scale) {
  double cut = given->cut > 0 ? given->cut : USUAL_CUT, shrinks = given->cut > 0 ? std_of_cut(cut) : STD_CUT_AT_2;
  double parent = given->distribution == DISTRIBUTION_TRUNCATED ? scale / shrinks : scale;
  double std = given->distribution == DISTRIBUTION_TRUNCATED ? scale : shrinks * scale;
  if (cut >= LAST_NORMAL) return spread_of(DISTRIBUTION_NORMAL, 0, scale, (double)NAN, scale, 0);
  double bound = given->distribution == DISTRIBUTION_TRUNCATED ? cut * scale / shrinks : cut * scale;
  return spread_of(given->distribution, 0, std, bound, parent, given->cut);
}

spread rule_spread(const rule *given, const weight_shape *shape) {
  double scale = given->gain * scale_before_gain(given, shape->fan_in, shape->fan_out, shape->blocks);
  /* a uniform rule's own number is a bound; by a fan it gives a std, apart from Nguyen & Widrow's */
  int is_bound = given->mode == MODE_VALUE || given->mode == MODE_NGUYEN_WIDROW;
  double bound = is_bound ? scale : scale * __builtin_sqrt(3.0);
  double side = shape->rows > shape->cols ? shape->rows : shape->cols;
  switch (given->distribution) {
    case DISTRIBUTION_CONSTANT: return spread_of(given->distribution, scale, 0, (double)NAN, 0, 0);
    case DISTRIBUTION_UNIFORM: return spread_of(given->distribution, 0, bound / __builtin_sqrt(3.0), bound, 0, 0);
    case DISTRIBUTION_UNIFORM_POSITIVE:
      return spread_of(given->distribution, bound / 2, bound / __builtin_sqrt(12.0), bound, 0, 0);
    case DISTRIBUTION_TRUNCATED:
    case DISTRIBUTION_TRUNCATED_RAW: return truncated(given, scale);
    case DISTRIBUTION_CUT:
      if (scale * LAST_NORMAL <= CUT) return spread_of(DISTRIBUTION_NORMAL, 0, scale, (double)NAN, scale, 0);
      if (scale * FLAT >= CUT)
        return spread_of(DISTRIBUTION_UNIFORM, 0, scale * std_of_cut(CUT / scale), CUT, scale, 0);
      return spread_of(given->distribution, 0, scale * std_of_cut(CUT / scale), CUT, scale, 0);
    case DISTRIBUTION_ORTHOGONAL:
      return spread_of(given->distribution, 0, scale / __builtin_sqrt(side), (double)NAN, scale, 0);
    case DISTRIBUTION_IDENTITY:
      return spread_of(given->distribution, scale / side, scale * __builtin_sqrt((side - 1)) / side, (double)NAN, scale,
                       0);
    case DISTRIBUTION_SPARSE: {
      double zeros = __builtin_ceil(given->number * shape->cols) / shape->cols;
      double std = given->gain * SPARSE_STD;
      return spread_of(given->distribution, 0, std * __builtin_sqrt(1 - zeros), (double)NAN, std, 0);
    }
    case DISTRIBUTION_UNIT_SUM:
    case DISTRIBUTION_CUT_SPIKED:
    case DISTRIBUTION_TRUNCATED_SPIKED: return peculiar_spread(given->distribution, scale, shape->rows);
    default: return spread_of(DISTRIBUTION_NORMAL, 0, scale, (double)NAN, scale, 0);
  }
}

static void fill(float value, size_t rows, const target *out) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < PANEL; c++) out->values[r * out->stride + c] = value;
  }
}

static void draw_floats(const spread *values, const noise_key *key, const strip *part, const target *out) {
  float parent = (float)values->parent, bound = (float)values->bound;
  switch (values->distribution) {
    case DISTRIBUTION_NORMAL: rng_normal(key, part, parent, out); break;
    case DISTRIBUTION_UNIFORM: rng_uniform(key, part, bound, out); break;
    case DISTRIBUTION_UNIFORM_POSITIVE: rng_uniform_positive(key, part, bound, out); break;
    case DISTRIBUTION_TRUNCATED:
    case DISTRIBUTION_TRUNCATED_RAW:
      rng_truncated(key, part, parent, values->cut > 0 ? (float)values->cut : USUAL_CUT, out);
      break;
    case DISTRIBUTION_CUT: rng_truncated(key, part, parent, bound / parent, out); break;
    default: fill((float)values->mean, part->rows, out);
  }
}

void spread_draw(const spread *values, const noise_key *key, const strip *part, size_t cols, const target *out) {
  (values->format ? values->format->draw : draw_floats)(values, key, part, out);
  clear_columns(out, part->rows, cols - part->panel * PANEL);
}

void clear_columns(const target *panel, size_t rows, size_t used) {
  for (size_t r = 0; used < PANEL && r < rows; r++) {
    for (size_t c = used; c < PANEL; c++) panel->values[r * panel->stride + c] = 0;
  }
}

spread spread_unit(const spread *values, float *scale) {
  float parent = (float)values->parent, bound = (float)values->bound;
  if (values->format) return values->format->unit(values, scale);
  switch (values->distribution) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_UNIFORM_POSITIVE:
      *scale = bound;
      return (spread){.distribution = values->distribution, .bound = 1};
    case DISTRIBUTION_CUT:
      *scale = parent;
      return (spread){.distribution = values->distribution, .parent = 1, .bound = (double)(bound / parent)};
    default: *scale = parent; return (spread){.distribution = values->distribution, .parent = 1, .cut = values->cut};
  }
}

int is_same_unit(const spread *a, const spread *b) {
  float scale;
  spread one = spread_unit(a, &scale), other = spread_unit(b, &scale);
  return one.distribution == other.distribution && one.cut == other.cut && one.bound == other.bound &&
         one.unit == other.unit && one.finish == other.finish;
}
