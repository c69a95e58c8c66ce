/* peculiar.c: weights by the rules of single libraries: sums of units, and spikes at their places and in their number.
 *
 * Seeds are fixed, so results never change. What networks make of such weights is tested in tests/js/peculiar.test.js.
 */
#include <math.h>
#include <stdlib.h>

#include "../../c/matrix.h"
#include "check.h"

enum { ROWS = 301, COLS = 133, STRIDE_133 = 136 };

/* are the columns past the last all 0? */
static int gaps_are_zero(const float *w) {
  int zero = 1;
  for (size_t r = 0; r < ROWS; r++) {
    for (size_t c = COLS; c < STRIDE_133; c++) zero &= w[r * STRIDE_133 + c] == 0;
  }
  return zero;
}

static void unit_sums(const noise_key *key, float *w) {
  double farthest = 0;
  matrix_unit_sum(key, ROWS, COLS, 2.5, &(target){w, STRIDE_133});
  for (size_t c = 0; c < COLS; c++) {
    double sum = 0;
    for (size_t r = 0; r < ROWS; r++) sum += fabs((double)w[r * STRIDE_133 + c]);
    farthest = worse(farthest, fabs(sum / 2.5 - 1));
  }
  /* each weight is rounded to a float: off by at most 2^-24 of itself, and so is the sum */
  CHECK(farthest < 0x1p-24 && gaps_are_zero(w), "absolute weights of a unit sum to the scale", "to %.1e", farthest);
}

static void spikes(const noise_key *key, float *w) {
  enum { N = ROWS * COLS };
  float *plain = malloc(sizeof(float) * ROWS * STRIDE_133);
  for (size_t panel = 0; panel < STRIDE_133 / PANEL; panel++) {
    rng_truncated(key, &(strip){0, ROWS, panel}, 0.5f, 2, &(target){plain + PANEL * panel, STRIDE_133});
  }
  static const double shares[] = {0, 0.0227, 0.5, 1};
  int others = 1, counts = 1;
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
    int found = 0;
    matrix_spiked(key, ROWS, COLS, 0.5, 2, shares[i], 3, &(target){w, STRIDE_133});
    for (size_t r = 0; r < ROWS; r++) {
      for (size_t c = 0; c < COLS; c++) {
        float value = w[r * STRIDE_133 + c];
        found += value == 3;
        others &= value == 3 || value == plain[r * STRIDE_133 + c];
      }
    }
    others &= gaps_are_zero(w);
    /* 4 standard errors of a binomial count */
    counts &= fabs(found - N * shares[i]) <= 4 * sqrt(N * shares[i] * (1 - shares[i]));
  }
  CHECK(counts, "spikes have their share", "%d weights, four shares", N);
  CHECK(others, "all other values are the truncated normals of the stream", "the same weights");
  free(plain);
}

int main(void) {
  noise_key key = {8, 3};
  float *w = malloc(sizeof(float) * ROWS * STRIDE_133);
  unit_sums(&key, w);
  spikes(&key, w);
  spread one = peculiar_spread(DISTRIBUTION_UNIT_SUM, 1, 1), uncut = peculiar_spread(DISTRIBUTION_CUT_SPIKED, 0, 9);
  CHECK(one.std == 1, "the only weight of a unit is 1 or -1", "std %g", one.std);
  CHECK(fabs(uncut.std - 2 * 0x1p-12) < 1e-9, "of std 0 only the spikes are left", "std %g", uncut.std);
  CHECK(peculiar_spread(DISTRIBUTION_CUT_SPIKED, 1e6, 9).distribution == DISTRIBUTION_UNIFORM,
        "a normal cut far inside its std is uniform", "std 1e6, cut at 2");
  CHECK(fabs(peculiar_root(1024, 10) - 2) < 1e-15, "the tenth root of 1024", "%.17g", peculiar_root(1024, 10));
  free(w);
  return check_failures;
}
