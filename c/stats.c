/* stats.c: moments and histogram of a tensor, exact where they can be, in one pass over its tiles.
 *
 * Sums are in double, so the square of any float fits. They are sums of differences from the first finite value, so a
 * constant tensor has a std of exactly 0. The range of the histogram is a power of two, so the bin of a value is found
 * without rounding. The range grows as values arrive, by merging bins in pairs, which is exact too. So no second pass
 * and no guessing of the range is needed. Values that are not finite are counted separately.
 */
#include "stats.h"

#include <math.h>

#include "initscope.h"
#include "layout.h"
#include "vec.h"

enum {
  HALF = BINS / 2,
  HALF_BITS = 7,
  LEAST_EXPONENT = -100 /* of the range: below it, the number of bins per unit would overflow a float */
};

/* all ones in the lanes whose value is neither infinite nor NaN */
VEC_INLINE i32x4 finite_mask(f32x4 v) { return (vec_bits(v) & 0x7f800000) != 0x7f800000; }

/* all ones in the first `lanes` lanes */
VEC_INLINE i32x4 tail_mask(size_t lanes) { return (i32x4){0, 1, 2, 3} < vec_seti(lanes < 4 ? (int32_t)lanes : 4); }

VEC_INLINE size_t sum_lanes(i32x4 v) { return (size_t)(v[0] + v[1] + v[2] + v[3]); }

void stats_begin(stats *s, double saturation_lo, double saturation_hi) {
  memset(s, 0, sizeof *s);
  s->exponent = LEAST_EXPONENT;
  s->saturation_lo = (float)saturation_lo;
  s->saturation_hi = (float)saturation_hi;
}

/* The first finite value becomes the shift; returns 0 if there is none. */
static int find_shift(stats *s, const float *x, size_t rows, size_t cols, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c++) {
      float v = x[r * stride + c];
      if (!isfinite(v)) continue;
      s->shift = (double)v;
      s->min = s->max = v;
      return 1;
    }
  }
  return 0;
}

typedef struct {
  f64x2 sum[2], squares[2];
  f32x4 min, max;
  i32x4 finite, zeros, saturated; /* negative counts, because a true lane of a mask is -1 */
} lanes;

/* four values; those outside the mask do not count */
VEC_INLINE void add_lanes(lanes *acc, f32x4 v, i32x4 mask, f32x4 shift, f32x4 lo, f32x4 hi) {
  i32x4 finite = finite_mask(v) & mask;
  acc->finite += finite;
  acc->zeros += (v == 0.0f) & finite;
  acc->saturated += ((v < lo) | (v > hi)) & finite;
  /* lanes outside the mask get the shift: it adds 0 to the sums and changes neither minimum nor maximum */
  f32x4 held = vec_select(finite, v, shift);
  acc->min = vec_min(held, acc->min);
  acc->max = vec_max(held, acc->max);
  f64x2 low = vec_double_low(held) - vec_double_low(shift), high = vec_double_high(held) - vec_double_low(shift);
  acc->sum[0] += low;
  acc->sum[1] += high;
  acc->squares[0] += low * low;
  acc->squares[1] += high * high;
}

/* adds what the lanes hold to the sums over all tiles */
static void take_lanes(stats *s, const lanes *acc) {
  s->finite += sum_lanes(-acc->finite);
  s->zeros += sum_lanes(-acc->zeros);
  s->saturated += sum_lanes(-acc->saturated);
  s->sum += (acc->sum[0][0] + acc->sum[0][1]) + (acc->sum[1][0] + acc->sum[1][1]);
  s->squares += (acc->squares[0][0] + acc->squares[0][1]) + (acc->squares[1][0] + acc->squares[1][1]);
  for (int i = 0; i < 4; i++) {
    if (acc->min[i] < s->min) s->min = acc->min[i];
    if (acc->max[i] > s->max) s->max = acc->max[i];
  }
}

/* Adds the first `cols` of four columns, whose values need not be finite. */
static void add_masked(stats *s, const float *x, size_t rows, size_t cols, size_t stride, uint32_t *alive) {
  f32x4 shift = vec_set((float)s->shift), lo = vec_set(s->saturation_lo), hi = vec_set(s->saturation_hi);
  lanes acc = {.min = vec_set(s->min), .max = vec_set(s->max)};
  i32x4 mask = tail_mask(cols), seen = {0};
  for (size_t r = 0; r < rows; r++) {
    f32x4 v = vec_load(x + r * stride);
    add_lanes(&acc, v, mask, shift, lo, hi);
    seen |= (v != 0.0f) & mask;
  }
  for (size_t c = 0; c < smaller(cols, 4); c++) alive[c] |= (uint32_t)seen[c];
  take_lanes(s, &acc);
}

/* Adds eight columns without a mask, if all values are finite, which is the common case. Returns 0, and adds
 * nothing, if some value is not finite. */
VEC_INLINE int add_finite(stats *s, const float *x, size_t rows, size_t stride) {
  f64x2 shift = vec_double_low(vec_set((float)s->shift));
  lanes acc = {.min = vec_set(s->min), .max = vec_set(s->max)};
  for (size_t r = 0; r < rows; r++, x += stride) {
    for (size_t h = 0; h < 2; h++) {
      f32x4 v = vec_load(x + 4 * h);
      acc.min = vec_min(v, acc.min);
      acc.max = vec_max(v, acc.max);
      f64x2 low = vec_double_low(v) - shift, high = vec_double_high(v) - shift;
      acc.sum[h] += low + high;
      acc.squares[h] += low * low + high * high;
    }
  }
  f64x2 all =
      acc.squares[0] + acc.squares[1]; /* finite exactly if all values are: in double no square of a float overflows */
  if (!(all[0] + all[1] < (double)INFINITY)) return 0;
  take_lanes(s, &acc);
  s->finite += 8 * rows;
  return 1;
}

/* 2^exponent, made from its bits */
static float power_of_two(int exponent) { return vec_from_bits(vec_seti((exponent + 127) << 23))[0]; }

/* Doubles the range until [-2^k, 2^k) holds all values so far. Each old bin then lies within one new bin. */
static void grow_range(stats *s) {
  int exponent = s->exponent;
  double range = HALF / (double)power_of_two(HALF_BITS - exponent);
  for (; (double)s->min < -range || (double)s->max >= range; range *= 2) exponent++;
  if (exponent == s->exponent) return;
  int shift = exponent - s->exponent < 31 ? exponent - s->exponent : 31;
  s->exponent = exponent;
  for (int lane = 0; lane < 4; lane++) {
    uint32_t merged[BINS] = {0};
    for (int bin = 0; bin < BINS; bin++) merged[((bin - HALF) >> shift) + HALF] += s->counts[lane][bin];
    memcpy(s->counts[lane], merged, sizeof merged);
  }
}

/* Returns the bin of each value, floor(value * scale) + HALF. Adding 2^23 rounds to a whole number, because the last
 * bit of such a float stands for 1. */
VEC_INLINE i32x4 bin_of(f32x4 v, f32x4 scale) {
  const f32x4 whole = vec_set(0x1p23f + HALF);
  f32x4 x = v * scale, shifted = x + whole;
  return (vec_bits(shifted) - vec_bits(vec_set(0x1p23f))) + (shifted - whole > x);
}

/* Reads two lanes at a time, which halves the cost of reading them. */
VEC_INLINE void count_lanes(stats *s, i32x4 bins) {
  for (int i = 0; i < 2; i++) {
    uint64_t pair = ((u64x2)bins)[i];
    ++s->counts[2 * i][(uint32_t)pair];
    ++s->counts[2 * i + 1][pair >> 32];
  }
}

/* bins per unit */
static f32x4 scale_of(const stats *s) { return vec_set(power_of_two(HALF_BITS - s->exponent)); }

/* Adds eight columns of finite values to the histogram. Zeros and saturated values, which need no range, are counted
 * here too: that uses parts of the processor that the histogram leaves idle. */
VEC_INLINE void count_finite(stats *s, const float *x, size_t rows, size_t stride, uint32_t *alive, int saturates) {
  f32x4 scale = scale_of(s);
  f32x4 lo = vec_set(s->saturation_lo), hi = vec_set(s->saturation_hi);
  i32x4 seen[2] = {{0}, {0}}, zeros = {0}, saturated = {0};
  for (size_t r = 0; r < rows; r++, x += stride) {
    for (size_t h = 0; h < 2; h++) {
      f32x4 v = vec_load(x + 4 * h);
      count_lanes(s, bin_of(v, scale));
      seen[h] |= vec_bits(v);
      zeros += v == 0.0f;
      if (saturates) saturated += (v < lo) | (v > hi);
    }
  }
  s->zeros += sum_lanes(-zeros);
  s->saturated += sum_lanes(-saturated);
  for (size_t c = 0; c < 8; c++)
    alive[c] |= (uint32_t)seen[c / 4][c % 4] << 1; /* << 1 drops the sign bit, so that -0 counts as 0 */
}

/* Adds up to eight columns, whose values need not be finite, to the histogram. */
static void count_masked(stats *s, const float *x, size_t rows, size_t cols, size_t stride) {
  f32x4 scale = scale_of(s);
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c += 4) {
      f32x4 v = vec_load(x + r * stride + c);
      i32x4 counted = finite_mask(v) & tail_mask(cols - c);
      i32x4 bins = bin_of(vec_select(counted, v, vec_set(0)), scale);
      count_lanes(s, (bins & counted) | (~counted & BINS)); /* the rest goes one past the last bin */
    }
  }
}

void stats_add(stats *s, const float *x, size_t rows, size_t cols, size_t stride, uint32_t *alive) {
  s->size += rows * cols;
  int saturates = s->saturation_lo > -INFINITY || s->saturation_hi < INFINITY;
  for (size_t c = 0; c < cols; c += 8, x += 8, alive += 8) {
    size_t some = smaller(cols - c, 8);
    int any = s->finite > 0 || find_shift(s, x, rows, some, stride);
    int finite = any && some == 8 && add_finite(s, x, rows, stride);
    for (size_t d = 0; !finite && d < some; d += 4) add_masked(s, x + d, rows, some - d, stride, alive + d);
    grow_range(s);
    if (!finite)
      count_masked(s, x, rows, some, stride);
    else if (saturates)
      count_finite(s, x, rows, stride, alive, 1);
    else
      count_finite(s, x, rows, stride, alive, 0);
  }
}

void stats_end(const stats *s, const uint32_t *alive, size_t cols, double *summary, uint32_t *counts) {
  size_t dead = 0;
  for (size_t c = 0; c < cols; c++) dead += alive[c] == 0;
  int any = s->finite > 0;
  double n = (double)s->finite, size = (double)s->size;
  double offset = any ? s->sum / n : (double)NAN;
  double mean = s->shift + offset;
  double variance = any ? s->squares / n - offset * offset : (double)NAN;
  if (variance < 0) variance = 0;
  double range = HALF / (double)power_of_two(HALF_BITS - s->exponent);
  summary[SUMMARY_MEAN] = mean;
  summary[SUMMARY_STD] = __builtin_sqrt(variance);
  summary[SUMMARY_RMS] = __builtin_sqrt(variance + mean * mean);
  summary[SUMMARY_MIN] = any ? (double)s->min : (double)NAN;
  summary[SUMMARY_MAX] = any ? (double)s->max : (double)NAN;
  summary[SUMMARY_ZEROS] = (double)s->zeros / size;
  summary[SUMMARY_SATURATED] = (double)s->saturated / size;
  summary[SUMMARY_DEAD] = (double)dead / (double)cols;
  summary[SUMMARY_NON_FINITE] = (double)(s->size - s->finite);
  summary[SUMMARY_LO] = -range;
  summary[SUMMARY_HI] = range;
  for (size_t b = 0; b < BINS; b++) {
    counts[b] = s->counts[0][b] + s->counts[1][b] + s->counts[2][b] + s->counts[3][b];
  }
}

/* For each of four columns: adds the square of its sum to `squared_sums`, and the sum of its squares to `squares`. */
static void add_columns(const float *x, size_t rows, size_t stride, i32x4 mask, double *squared_sums, double *squares) {
  f64x2 sum[2] = {{0}, {0}}, square[2] = {{0}, {0}};
  for (size_t r = 0; r < rows; r++) {
    f32x4 v = vec_select(mask, vec_load(x + r * stride), vec_set(0));
    f64x2 low = vec_double_low(v), high = vec_double_high(v);
    sum[0] += low;
    sum[1] += high;
    square[0] += low * low;
    square[1] += high * high;
  }
  for (int h = 0; h < 2; h++) {
    *squared_sums += sum[h][0] * sum[h][0] + sum[h][1] * sum[h][1];
    *squares += square[h][0] + square[h][1];
  }
}

/* Uses column sums only: the sum of z_i . z_j over all i != j equals |sum of z_i|^2 - sum of |z_i|^2. */
double stats_correlation(const float *x, size_t rows, size_t cols, size_t stride) {
  double squared_sums = 0, squares = 0;
  for (size_t c = 0; c < cols; c += 4) add_columns(x + c, rows, stride, tail_mask(cols - c), &squared_sums, &squares);
  return rows > 1 && squares > 0 ? (squared_sums - squares) / ((double)(rows - 1) * squares) : (double)NAN;
}
