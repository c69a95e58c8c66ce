/* matrix.c: orthogonal and identity matrices: what they must be exactly, and how they must be distributed.
 *
 * Rounding Q to float moves each value by at most U = 2^-24 of itself; double loses less than 1e-12. Tolerances follow
 * from that, or are 4 standard errors, derived beside each. Seeds are fixed, so results never change. Sparse matrices
 * are in sparse.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/matrix.h"
#include "check.h"

#define U 0x1p-24

static const size_t shapes[][2] = {{1, 1},   {1, 9},   {9, 1},    {2, 2},    {5, 3},     {3, 5},
                                   {17, 17}, {64, 64}, {100, 37}, {37, 100}, {257, 130}, {130, 257}};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* all parts of a matrix */
static void make(const noise_key *key, size_t rows, size_t cols, double gain, const target *out, double *work) {
  uint32_t done = 0;
  while (matrix_parts(rows, cols, done) > 0) done = matrix_orthogonal(key, rows, cols, gain, out, work, done);
}

/* the matrix, (rows, round_up(cols, 8)), in buffers of exactly the promised size, which the sanitizer guards */
static float *orthogonal(uint32_t seed, uint32_t stream, size_t rows, size_t cols, double gain) {
  size_t stride = round_up(cols, 8);
  float *out = malloc(sizeof(float) * rows * stride);
  double *work = malloc(sizeof(double) * matrix_work(rows, cols));
  make(&(noise_key){seed, stream}, rows, cols, gain, &(target){out, stride}, work);
  free(work);
  return out;
}

/* element (i, j) of the taller of the matrix and its transpose, which has the orthonormal columns */
static double tall(const float *w, size_t rows, size_t cols, size_t i, size_t j) {
  size_t stride = round_up(cols, 8);
  return (double)(rows < cols ? w[j * stride + i] : w[i * stride + j]);
}

/* the largest |W^T W - I|, or of W W^T where wide: two rounded unit vectors give at most 2 U + U^2 */
static double defect(const float *w, size_t rows, size_t cols) {
  size_t n = smaller(rows, cols), m = rows + cols - n;
  double worst = 0;
  for (size_t j = 0; j < n; j++) {
    for (size_t k = 0; k <= j; k++) {
      double sum = -(j == k);
      for (size_t i = 0; i < m; i++) sum += tall(w, rows, cols, i, j) * tall(w, rows, cols, i, k);
      worst = worse(worst, fabs(sum));
    }
  }
  return worst;
}

static int gaps_are_zero(const float *w, size_t rows, size_t cols, size_t stride) {
  int zero = 1;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = cols; c < stride; c++) zero &= w[r * stride + c] == 0;
  }
  return zero;
}

static void orthonormal(void) {
  double worst = 0, mean_square = 0;
  int gaps = 1;
  for (size_t s = 0; s < SHAPES; s++) {
    size_t rows = shapes[s][0], cols = shapes[s][1], stride = round_up(cols, 8);
    float *w = orthogonal(3, 1, rows, cols, 1);
    worst = worse(worst, defect(w, rows, cols));
    gaps &= gaps_are_zero(w, rows, cols, stride);
    free(w);
    w = orthogonal(3, 1, rows, cols, 3);
    double squares = 0, size = (double)(rows * cols), larger = (double)(rows > cols ? rows : cols);
    for (size_t i = 0; i < rows * stride; i++) squares += (double)w[i] * (double)w[i];
    mean_square = worse(mean_square, fabs(squares / size / (9 / larger) - 1));
    free(w);
  }
  CHECK(worst < 2 * U + 1e-12, "orthogonal has orthonormal columns, or rows where wide", "largest |Q'Q - I| %.1e",
        worst);
  CHECK(mean_square < 2 * U + 1e-12, "its mean square is gain^2 / max(rows, cols), whatever the seed", "off by %.1e",
        mean_square);
  CHECK(gaps, "between cols and stride it is zero", "%d shapes", SHAPES);
}

/* Q^T A is R: zero below the diagonal, where rounding leaves at most U |a_j|, and positive on it */
static void decomposition(void) {
  double below = 0, diagonal = INFINITY;
  for (size_t s = 0; s < SHAPES; s++) {
    size_t rows = shapes[s][0], cols = shapes[s][1], stride = round_up(cols, 8);
    size_t n = smaller(rows, cols), m = rows + cols - n;
    float *w = orthogonal(11, 2, rows, cols, 1), *noise = malloc(sizeof(float) * rows * stride);
    for (size_t panel = 0; panel < stride / 8; panel++) {
      rng_normal(&(noise_key){11, 2}, &(strip){0, rows, panel}, 1, &(target){noise + 8 * panel, stride});
    }
    for (size_t j = 0; j < n; j++) {
      double length = 0;
      for (size_t i = 0; i < m; i++) length += pow(tall(noise, rows, cols, i, j), 2);
      for (size_t k = j; k < n; k++) {
        double r = 0;
        for (size_t i = 0; i < m; i++) r += tall(w, rows, cols, i, k) * tall(noise, rows, cols, i, j);
        r /= sqrt(length);
        if (k == j)
          diagonal = -worse(-diagonal, -r);
        else
          below = worse(below, fabs(r));
      }
    }
    free(w);
    free(noise);
  }
  CHECK(below < U + 1e-12 && diagonal > 0, "it is the Q of the generator's normals, with R's diagonal positive",
        "below the diagonal %.1e, smallest on it %.1e, of the column's length", below, diagonal);
}

/* entry variance 1 / max = 1 / 5 for each place over seeds. Of a coordinate x of a random unit vector in m dimensions
 * E x^2 = 1 / m, E x^4 = 3 / (m (m + 2)); the largest of 60 scores stays below 4 with probability .996. */
static void entries(void) {
  enum { SEEDS = 4000 };
  double worst_mean = 0, worst_square = 0, m = 5;
  for (int wide = 0; wide < 2; wide++) {
    size_t rows = wide ? 3 : 5, cols = wide ? 5 : 3;
    double sums[15] = {0}, squares[15] = {0};
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
      float *w = orthogonal(seed, 1, rows, cols, 1);
      for (size_t i = 0; i < 15; i++) {
        double x = tall(w, rows, cols, i % 5, i / 5);
        sums[i] += x;
        squares[i] += x * x;
      }
      free(w);
    }
    for (int i = 0; i < 15; i++) {
      double square_error = sqrt((3 / (m * (m + 2)) - 1 / (m * m)) / SEEDS);
      worst_mean = worse(worst_mean, fabs(sums[i] / SEEDS) / sqrt(1 / m / SEEDS));
      worst_square = worse(worst_square, fabs(squares[i] / SEEDS - 1 / m) / square_error);
    }
  }
  CHECK(worst_mean < 4 && worst_square < 4, "each entry has mean 0 and variance gain^2 / max(rows, cols)",
        "largest of 30 places: mean %.1f, variance %.1f standard errors", worst_mean, worst_square);
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* sqrt(n) D of Kolmogorov and Smirnov for values that should be uniform on [lo, hi]; sorts them */
static double distance_from_uniform(double *values, size_t n, double lo, double hi) {
  double distance = 0;
  qsort(values, n, sizeof *values, ascending);
  for (size_t i = 0; i < n; i++) {
    double p = (values[i] - lo) / (hi - lo);
    distance = worse(distance, fmax(p - (double)i / (double)n, (double)(i + 1) / (double)n - p));
  }
  return sqrt((double)n) * distance;
}

/* Haar, by what it implies: a column of a 2 x 2 has a uniform angle, every entry of a 3 x 3 is uniform on [-1, 1]
 * (Archimedes), and rotations are as frequent as reflections. sqrt(n) D < 2.23 has significance 1e-4. */
static void haar(void) {
  enum { SEEDS = 10000 };
  double *angles = malloc(sizeof(double) * 2 * SEEDS), *places = malloc(sizeof(double) * 9 * SEEDS);
  double determinants = 0, worst = 0;
  for (uint32_t seed = 0; seed < SEEDS; seed++) {
    float *two = orthogonal(seed, 5, 2, 2, 1), *three = orthogonal(seed, 6, 3, 3, 1);
    for (size_t c = 0; c < 2; c++) angles[c * SEEDS + seed] = atan2((double)two[8 + c], (double)two[c]);
    for (size_t i = 0; i < 9; i++) places[i * SEEDS + seed] = (double)three[i / 3 * 8 + i % 3];
    determinants += round((double)two[0] * (double)two[9] - (double)two[1] * (double)two[8]);
    free(two);
    free(three);
  }
  for (size_t c = 0; c < 2; c++) worst = worse(worst, distance_from_uniform(angles + c * SEEDS, SEEDS, -M_PI, M_PI));
  CHECK(worst < 2.23, "a 2 x 2 turns by a uniform angle", "Kolmogorov-Smirnov %.2f over %d seeds", worst, SEEDS);
  worst = 0;
  for (size_t i = 0; i < 9; i++) worst = worse(worst, distance_from_uniform(places + i * SEEDS, SEEDS, -1, 1));
  CHECK(worst < 2.23, "each of the nine entries of a 3 x 3 is uniform", "largest Kolmogorov-Smirnov %.2f", worst);
  CHECK(fabs(determinants) < 4 * sqrt(SEEDS), "determinants +1 and -1 are equally frequent", "%+.1f standard errors",
        determinants / sqrt(SEEDS));
  free(angles);
  free(places);
}

/* p = p w, (n, n); `row` is scratch */
static void multiply(double *p, const float *w, size_t n, double *row) {
  for (size_t i = 0; i < n; i++) {
    memcpy(row, p + i * n, sizeof(double) * n);
    memset(p + i * n, 0, sizeof(double) * n);
    for (size_t k = 0; k < n; k++) {
      for (size_t j = 0; j < n; j++) p[i * n + j] += row[k] * (double)w[k * n + j];
    }
  }
}

/* Sizes are small because sanitizers are slow. A layer adds at most 2 U |Q|_F = 2 U sqrt(n) to |P'P - I|: fifty layers
 * of 512 stay below 1.4e-4 too. The largest |singular value^2 - 1| is at most the Frobenius norm of P'P - I. */
static void deep_product(void) {
  enum { LAYERS = 50 };
  double worst = 0;
  for (size_t n = 64; n <= 128; n *= 2) {
    double *p = calloc(n * n + n, sizeof(double)), norm = 0;
    for (size_t i = 0; i < n; i++) p[i * n + i] = 1;
    for (uint32_t layer = 1; layer <= LAYERS; layer++) {
      float *w = orthogonal(1, layer, n, n, 1);
      multiply(p, w, n, p + n * n);
      free(w);
    }
    for (size_t j = 0; j < n; j++) {
      for (size_t k = 0; k < n; k++) {
        double sum = -(j == k);
        for (size_t i = 0; i < n; i++) sum += p[i * n + j] * p[i * n + k];
        norm += sum * sum;
      }
    }
    worst = worse(worst, sqrt(norm));
    free(p);
  }
  CHECK(worst < 1e-4, "fifty layers keep every singular value 1 to 5e-5", "Frobenius norm of P'P - I %.1e", worst);
}

static void determined(void) {
  float wider[17 * 32];
  double *work = malloc(sizeof(double) * matrix_work(17, 17));
  float *w = orthogonal(1, 1, 17, 17, 1), *seed = orthogonal(2, 1, 17, 17, 1), *stream = orthogonal(1, 2, 17, 17, 1);
  make(&(noise_key){1, 1}, 17, 17, 1, &(target){wider, 32}, work);
  int equal = gaps_are_zero(wider, 17, 17, 32), alike = 0;
  for (size_t r = 0; r < 17; r++) equal &= !memcmp(w + r * 24, wider + r * 32, sizeof(float) * 17);
  for (size_t i = 0; i < 17 * 24; i++) alike += w[i] != 0 && (w[i] == seed[i] || w[i] == stream[i]);
  CHECK(equal && !alike, "seed and stream determine a matrix, whatever the stride", "%d values alike", alike);
  free(work);
  free(w);
  free(seed);
  free(stream);
}

static void identity(void) {
  int right = 1;
  for (size_t s = 0; s < SHAPES; s++) {
    size_t rows = shapes[s][0], cols = shapes[s][1], stride = round_up(cols, 8);
    float *w = malloc(sizeof(float) * rows * stride);
    matrix_identity(rows, cols, 1.5, &(target){w, stride});
    for (size_t i = 0; i < rows * stride; i++)
      right &= w[i] == (i / stride == i % stride && i % stride < cols ? 1.5f : 0);
    free(w);
  }
  CHECK(right, "identity has scale on its main diagonal and 0 elsewhere", "%d shapes", SHAPES);
}

int main(void) {
  orthonormal();
  decomposition();
  entries();
  haar();
  deep_product();
  determined();
  identity();
  return check_failures != 0;
}
