/* sparse.c: sparse matrices: exact counts of zeros, their places, and the other values.
 *
 * Tolerances are 4 standard errors, derived beside each. Seeds are fixed, so results never change. Orthogonal and
 * identity matrices are in matrix.c.
 */
#include <math.h>
#include <stdlib.h>

#include "../../c/matrix.h"
#include "check.h"

static int gaps_are_zero(const float *w, size_t rows, size_t cols, size_t stride) {
  int zero = 1;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = cols; c < stride; c++) zero &= w[r * stride + c] == 0;
  }
  return zero;
}

/* PyTorch counts ceil(sparsity cols) in double, where 0.07 * 100 is just above 7 and gives 8 */
static void values_and_counts(void) {
  static const struct {
    double sparsity;
    size_t cols, zeros;
  } cases[] = {{0, 257, 0}, {.1, 257, 26}, {.5, 257, 129},  {1, 257, 257}, {.1, 10, 1},
               {.5, 1, 1},  {.07, 100, 8}, {.3, 1024, 308}, {.9, 33, 30},  {.1, 3, 1}};
  enum { ROWS = 301, WIDEST = 1024 };
  float *w = malloc(sizeof(float) * ROWS * WIDEST), *noise = malloc(sizeof(float) * ROWS * WIDEST);
  int counts = 1, values = 1;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t cols = cases[i].cols, stride = round_up(cols, 8);
    noise_key key = {8, 3};
    matrix_sparse(&key, ROWS, cols, cases[i].sparsity, 0.25, &(target){w, stride});
    for (size_t panel = 0; panel < stride / 8; panel++) {
      rng_normal(&key, &(strip){0, ROWS, panel}, 0.25f, &(target){noise + 8 * panel, stride});
    }
    for (size_t r = 0; r < ROWS; r++) {
      size_t zeros = 0;
      for (size_t c = 0; c < cols; c++) {
        zeros += w[r * stride + c] == 0;
        values &= w[r * stride + c] == 0 || w[r * stride + c] == noise[r * stride + c];
      }
      counts &= zeros == cases[i].zeros;
    }
    values &= gaps_are_zero(w, ROWS, cols, stride);
  }
  CHECK(counts, "sparse has exactly ceil(sparsity cols) zeros in each row", "%d rows of ten kinds", ROWS);
  CHECK(values, "the other values are the stream's own normals, between cols and stride it is zero", "the same rows");
  free(w);
  free(noise);
}

/* chi^2 of counts that should be equal, in standard deviations from its mean; `degrees` of freedom */
static double chi_score(const double *counts, size_t n, double variance, double expected, double degrees) {
  double chi = 0;
  for (size_t i = 0; i < n; i++) chi += (counts[i] - expected) * (counts[i] - expected) / variance;
  return (chi - degrees) / sqrt(2 * degrees);
}

/* Mean within 4 / sqrt(n), mean square within 4 sqrt(2 / n) of those of N(0, 1): whether a value becomes 0 does not
 * depend on its size. */
static void moments(void) {
  enum { ROWS = 1000, COLS = 64, KEPT = ROWS * COLS / 2 };
  float *w = malloc(sizeof(float) * ROWS * COLS);
  double sum = 0, squares = 0;
  matrix_sparse(&(noise_key){4, 1}, ROWS, COLS, 0.5, 1, &(target){w, COLS});
  for (size_t i = 0; i < ROWS * COLS; i++) {
    sum += (double)w[i];
    squares += (double)w[i] * (double)w[i];
  }
  double mean_score = sum / sqrt(KEPT), square_score = (squares / KEPT - 1) * sqrt(KEPT / 2.0);
  CHECK(fabs(mean_score) < 4 && fabs(square_score) < 4, "the other values are N(0, std^2)",
        "mean %+.1f, mean square %+.1f standard errors", mean_score, square_score);
  free(w);
}

/* All 10 pairs of 5 places are equally frequent, and all 64 columns are equally often 0. With k of n zeros in each of R
 * rows, a column's count has variance R p (1 - p), p = k / n, and sum of squares over R p (1 - p) n / (n - 1) is chi^2
 * of n - 1 degrees. */
static void places(void) {
  enum { ROWS = 20000, N = 64 };
  float *w = malloc(sizeof(float) * ROWS * N);
  double pairs[25] = {0}, seen[10], columns[N] = {0};
  matrix_sparse(&(noise_key){1, 1}, ROWS, 5, 0.4, 1, &(target){w, 8});
  for (size_t r = 0; r < ROWS; r++) {
    size_t key = 0;
    for (size_t c = 0; c < 5; c++) key = w[r * 8 + c] == 0 ? key * 5 + c : key;
    pairs[key]++;
  }
  size_t subsets = 0;
  for (size_t first = 0; first < 5; first++) {
    for (size_t second = first + 1; second < 5; second++) seen[subsets++] = pairs[first * 5 + second];
  }
  double subset_score = chi_score(seen, 10, ROWS / 10.0, ROWS / 10.0, 9);
  matrix_sparse(&(noise_key){1, 1}, ROWS, N, 0.25, 1, &(target){w, N});
  int repeated = 0;
  for (size_t r = 0; r < ROWS; r++) {
    size_t same = 0;
    for (size_t c = 0; c < N; c++) {
      columns[c] += w[r * N + c] == 0;
      same += (w[r * N + c] == 0) == (w[(r + 1) % ROWS * N + c] == 0);
    }
    repeated += same == N;
  }
  double column_score = chi_score(columns, N, ROWS * .25 * .75 * N / (N - 1), ROWS * .25, N - 1);
  CHECK(fabs(subset_score) < 4 && fabs(column_score) < 4, "every set of places of its zeros is equally likely",
        "chi^2 of subsets %+.1f, of columns %+.1f standard deviations", subset_score, column_score);
  CHECK(!repeated, "neighbouring rows have their zeros in other places", "%d repeated", repeated);
  free(w);
}

int main(void) {
  values_and_counts();
  moments();
  places();
  return check_failures != 0;
}
