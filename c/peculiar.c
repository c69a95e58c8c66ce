/* peculiar.c: weights as single libraries draw them: units whose absolute weights sum to 1, and normals with a spike.
 *
 * They are made as one matrix, because a sum needs its whole column, and because no other layer has to pay for them. The
 * matrices that papers write of are in matrix.c. Values use no libm and sums have a fixed order: the same bits
 * natively and in WebAssembly.
 */
#include <math.h>

#include "ln.h"
#include "matrix.h"

#define LAST_CUT 6.5 /* of rng_truncated */

enum { SPIKES = 0x7370696b /* "spik": the places of the spikes come from stream ^ SPIKES */ };

/* n uniform values over the sum of their absolute values: Var = 4 / (3 n^2) for large n, and 1 for n = 1. The second term
 * makes the std exact there, and good to 1 % for two values, 0.1 % for four or more. */
static spread unit_sum(double scale, double n) {
  double std = scale / n * __builtin_sqrt(4.0 / 3 * (1 - 0.25 / (n * n)));
  return (spread){.distribution = DISTRIBUTION_UNIT_SUM, .std = std, .bound = (double)NAN, .parent = scale};
}

/* Where no normal is as large as the cut, it is cut at the largest that rng_truncated can draw. Where it is cut so near
 * that it is uniform, a spike at its end is nothing. */
static spread cut_spiked(double scale) {
  double share = SPIKE_AT_CUT, cut = scale * LAST_CUT > CUT ? CUT / scale : LAST_CUT;
  if (cut <= FLAT) return (spread){.distribution = DISTRIBUTION_UNIFORM, .std = scale * std_of_cut(cut), .bound = CUT};
  double inside = scale * std_of_cut(cut), mean = -CUT * share;
  double std = __builtin_sqrt((1 - share) * inside * inside + share * CUT * CUT - mean * mean);
  return (spread){.distribution = DISTRIBUTION_CUT_SPIKED,
                  .mean = mean,
                  .std = std,
                  .bound = cut < LAST_CUT ? CUT : (double)NAN,
                  .parent = scale,
                  .cut = cut};
}

spread peculiar_spread(uint32_t distribution, double scale, double rows) {
  if (distribution == DISTRIBUTION_UNIT_SUM) return unit_sum(scale, rows);
  if (distribution == DISTRIBUTION_CUT_SPIKED) return cut_spiked(scale);
  double std = scale * STD_CUT_AT_2 * __builtin_sqrt(1 - SPIKE_AT_0);
  return (spread){
      .distribution = distribution, .std = std, .bound = USUAL_CUT * scale, .parent = scale, .cut = USUAL_CUT};
}

double peculiar_root(double x, double n) { return exp(ln(x) / n); }

void matrix_unit_sum(const noise_key *key, size_t rows, size_t cols, double scale, const target *out) {
  for (size_t panel = 0; panel * PANEL < cols; panel++) {
    target part = {out->values + panel * PANEL, out->stride};
    double sums[PANEL] = {0};
    rng_uniform(key, &(strip){0, rows, panel}, 1, &part);
    for (size_t r = 0; r < rows; r++) {
      for (size_t c = 0; c < PANEL; c++) sums[c] += __builtin_fabs((double)part.values[r * part.stride + c]);
    }
    for (size_t r = 0; r < rows; r++) {
      for (size_t c = 0; c < PANEL; c++) {
        float *value = &part.values[r * part.stride + c];
        *value = panel * PANEL + c < cols ? (float)(scale * (double)*value / sums[c]) : 0;
      }
    }
  }
}

void matrix_spiked(const noise_key *key, size_t rows, size_t cols, double std, double cut, double share, float value,
                   const target *out) {
  noise_key places = {key->seed, key->stream ^ SPIKES};
  float below = (float)(2 * share - 1); /* so many of the 2^24 cells of rng_uniform lie below */
  for (size_t row = 0; row < rows; row += TILE) {
    size_t count = smaller(TILE, rows - row);
    for (size_t panel = 0; panel * PANEL < cols; panel++) {
      float uniforms[TILE * PANEL];
      target part = {out->values + row * out->stride + panel * PANEL, out->stride};
      strip drawn = {row, count, panel};
      rng_truncated(key, &drawn, (float)std, (float)cut, &part);
      rng_uniform(&places, &drawn, 1, &(target){uniforms, PANEL});
      for (size_t r = 0; r < count; r++) {
        for (size_t c = 0; c < PANEL; c++) {
          if (uniforms[r * PANEL + c] < below) part.values[r * part.stride + c] = value;
        }
      }
    }
  }
  clear_gaps(out->values, rows, cols, out->stride);
}
