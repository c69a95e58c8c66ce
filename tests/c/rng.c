/* rng.c: the random numbers: known answers, the transform against double precision, and the distributions.
 *
 * Tolerances are derived beside each; seeds are fixed, so a pass is a pass for ever.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/internal.h"
#include "check.h"

enum { ROWS = 1 << 17, DRAWS = ROWS * PANEL };

static void known_answers(void) {
  FILE *file = fopen("tests/reference/known-answers.txt", "r");
  char line[256];
  int seen = 0, right = 0;
  while (file && fgets(line, sizeof line, file)) {
    uint32_t counter[2], key[2], expected[2], out[2];
    if (sscanf(line, "threefry2x32-20 %x %x %x %x %x %x", &counter[0], &counter[1], &key[0], &key[1], &expected[0],
               &expected[1]) != 6) {
      continue;
    }
    rng_threefry(key, counter, out);
    seen++;
    right += out[0] == expected[0] && out[1] == expected[1];
  }
  if (file) fclose(file);
  CHECK(seen == 3 && right == seen, "Threefry2x32-20 gives its published answers", "%d of %d", right, seen);
}

/* the formula of tests/reference/known-answers.txt, in double */
static void box_muller(uint32_t x, uint32_t y, double out[2]) {
  double r = sqrt(-2 * log(((x >> 1) | 1) / 2147483648.0));
  double angle = M_PI * (int32_t)y / 2147483648.0;
  out[0] = r * cos(angle);
  out[1] = r * sin(angle);
}

static void transform(void) {
  static const uint32_t words[4] = {0x9ceaf053, 0x77f5493b, 0x12bf50ad, 0x5742b3d7};
  static const double answers[4] = {-0.970189790442545, 0.194018956182494, -1.23562074153505, 1.92392675007241};
  double worst = 0, pair[2];
  for (int i = 0; i < 4; i++) {
    box_muller(words[i & 2], words[(i & 2) + 1], pair);
    worst = fmax(worst, fabs(pair[i & 1] - answers[i]));
  }
  CHECK(worst < 1e-14, "the reference transform gives its known answers", "worst difference %.1e", worst);

  /* Relative to the value: ln 2 ulp, halved by the root, and the root, the angle's product, its rounding, sine 1 ulp,
   * two products: 1 + 1/2 + 1/2 + 1/2 + 1 + 1/2 + 1/2 < 5 ulp of 2^-23. */
  float *values = malloc(sizeof(float) * DRAWS);
  uint32_t key[2] = {7, 3};
  double bad = 0;
  rng_normal(key[0], key[1], 0, ROWS, 5, 1, values, PANEL);
  for (uint32_t row = 0; row < ROWS; row++) {
    for (uint32_t lane = 0; lane < 4; lane++) {
      uint32_t counter[2] = {row, 5 * 4 + lane}, out[2];
      rng_threefry(key, counter, out);
      box_muller(out[0], out[1], pair);
      for (uint32_t half = 0; half < 2; half++) {
        double error = fabs((double)values[row * PANEL + half * 4 + lane] - pair[half]) / fabs(pair[half]);
        bad = fmax(bad, error);
      }
    }
  }
  CHECK(bad < 5 * 0x1p-23, "normals are Box-Muller in double, to 5 ulp", "worst of %d: %.2f ulp", DRAWS, bad * 0x1p23);
  free(values);
}

static int ascending(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static double normal_cdf(double x) { return erfc(-x / sqrt(2)) / 2; }
static double uniform_cdf(double x) { return (x + 1) / 2; }

typedef void draw(uint32_t, uint32_t, size_t, size_t, size_t, float, float *, size_t);

/* Kolmogorov-Smirnov at significance 1e-4: sqrt(n) D < 2.23. Moments within 4 standard errors. */
static void distribution(const char *name, draw *fill, double (*cdf)(double), double variance, double fourth) {
  float *values = malloc(sizeof(float) * DRAWS);
  fill(1, 2, 0, ROWS, 0, 1, values, PANEL);
  double sum = 0, squares = 0, distance = 0;
  for (size_t i = 0; i < DRAWS; i++) {
    sum += (double)values[i];
    squares += (double)values[i] * (double)values[i];
  }
  qsort(values, DRAWS, sizeof *values, ascending);
  for (size_t i = 0; i < DRAWS; i++) {
    double p = cdf((double)values[i]);
    distance = fmax(distance, fmax(p - (double)i / DRAWS, (double)(i + 1) / DRAWS - p));
  }
  double mean_score = sum / DRAWS / sqrt(variance / DRAWS);
  double square_score = (squares / DRAWS - variance) / sqrt((fourth - variance * variance) / DRAWS);
  char claim[80];
  snprintf(claim, sizeof claim, "%s follows its distribution", name);
  CHECK(sqrt(DRAWS) * distance < 2.23 && fabs(mean_score) < 4 && fabs(square_score) < 4, claim,
        "Kolmogorov-Smirnov %.2f, mean %+.1f and variance %+.1f standard errors over %d draws", sqrt(DRAWS) * distance,
        mean_score, square_score, DRAWS);
  free(values);
}

/* the same element from a tile of another place, size and stride */
static void tiles(void) {
  float whole[64 * PANEL], tile[5 * 24];
  int equal = 1;
  rng_normal(9, 4, 100, 64, 2, 0.5f, whole, PANEL);
  for (size_t row = 0; row + 5 <= 64; row++) {
    rng_normal(9, 4, 100 + row, 5, 2, 0.5f, tile, 24);
    for (size_t r = 0; r < 5; r++) equal &= !memcmp(tile + r * 24, whole + (row + r) * PANEL, PANEL * sizeof(float));
  }
  CHECK(equal, "a value depends on its place alone, not on the tile that it was drawn in", "60 tiles");
}

/* two streams share no run of values: the correlation of each pair is within 4.5 standard errors 1 / sqrt(n) of 0 (28
 * pairs), and no pair starts alike */
static void streams(void) {
  enum { COUNT = 8 };
  static const uint32_t keys[COUNT][2] = {{1, 1}, {1, 2}, {2, 1}, {1, 0}, {0, 1}, {0, 0}, {1, 100}, {0xffffffff, 1}};
  enum { N = 4096 * PANEL };
  float *values = malloc(sizeof(float) * COUNT * N);
  for (size_t i = 0; i < COUNT; i++) rng_normal(keys[i][0], keys[i][1], 0, 4096, 0, 1, values + i * N, PANEL);
  double worst = 0;
  int alike = 0;
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < i; j++) {
      double sum = 0;
      for (size_t k = 0; k < N; k++) sum += (double)values[i * N + k] * (double)values[j * N + k];
      worst = fmax(worst, fabs(sum) / sqrt(N));
      alike += !memcmp(values + i * N, values + j * N, 8 * sizeof(float));
    }
  }
  CHECK(worst < 4.5 && !alike, "streams of other seeds and layers are unrelated",
        "largest correlation %.1f standard errors", worst);
  free(values);
}

int main(void) {
  known_answers();
  transform();
  distribution("normal", rng_normal, normal_cdf, 1, 3);
  distribution("uniform", rng_uniform, uniform_cdf, 1.0 / 3, 1.0 / 5);
  tiles();
  streams();
  return check_failures != 0;
}
