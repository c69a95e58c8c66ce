/* stats.h: mean, std, extremes and histogram of a tensor that comes in tiles, in any order.
 *
 * Moments are taken about the first finite value, in double: neither an exploding tensor nor a nearly constant one
 * loses digits. The range of the histogram grows with the values. A tensor is never stored here.
 */
#ifndef STATS_H
#define STATS_H

#include <stddef.h>
#include <stdint.h>

#include "limits.h"

typedef struct {
  size_t size, finite, zeros, saturated; /* counts of values */
  double shift, sum, squares; /* sums of value - shift, and of its square */
  float min, max;
  float saturation_lo, saturation_hi;
  int exponent; /* the histogram covers [-2^exponent, 2^exponent) */
  uint32_t counts[4]
                 [BINS + 1]; /* a histogram for each lane, added up at the end; the last bin takes what is not finite */
} stats;

/* Begins a tensor; values outside [saturation_lo, saturation_hi] count as saturated. */
void stats_begin(stats *s, double saturation_lo, double saturation_hi);

/* Adds a tile, x of (rows, stride), of which the first `cols` columns count. For each column c with a value other than
 * 0, alive[c] becomes nonzero: alive has round_up(cols, 4) words, which the caller has cleared. */
void stats_add(stats *s, const float *x, size_t rows, size_t cols, size_t stride, uint32_t *alive);

/* Writes the SUMMARY_COUNT doubles of initscope.h and BINS counts; alive has `cols` words. */
void stats_end(const stats *s, const uint32_t *alive, size_t cols, double *summary, uint32_t *counts);

/* The mean dot product of two different rows, over that of a row with itself; NaN where that has no value. */
double stats_correlation(const float *x, size_t rows, size_t cols, size_t stride);

#endif
