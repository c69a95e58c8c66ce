/* stats.c: summaries of a tensor, compared with a plain version in long double, for odd shapes and ugly values.
 *
 * Which tensors a network observes is checked in resume.c and reports.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "../../c/stats.h"
#include "check.h"

enum { MOST = 4096 };

static float x[MOST];
static double got[SUMMARY_COUNT];
static uint32_t counts[BINS], alive[MOST];

static void summarize(size_t rows, size_t cols, size_t stride, double lo, double hi) {
  static stats s;
  memset(alive, 0, sizeof alive);
  stats_begin(&s, lo, hi);
  size_t first = rows / 3; /* in two tiles: the second may widen the range of the first */
  stats_add(&s, x, first, cols, stride, alive);
  stats_add(&s, x + first * stride, rows - first, cols, stride, alive);
  stats_end(&s, alive, cols, got, counts);
}

/* values between the columns and the stride must not count */
static void fill(size_t rows, size_t cols, size_t stride, float (*value)(size_t)) {
  for (size_t i = 0; i < rows * stride; i++) x[i] = i % stride < cols ? value(i) : 1e30f;
}

static int close(double a, double b) { return a == b || fabs(a - b) <= 1e-13 * fabs(b); }

/* Does every figure and every count equal the plain one? */
static int agrees(size_t rows, size_t cols, size_t stride, double lo, double hi) {
  long double sum = 0, squares = 0, centred = 0;
  size_t finite = 0, zeros = 0, saturated = 0, dead = 0;
  double min = INFINITY, max = -INFINITY;
  uint32_t expected[BINS] = {0};
  for (size_t c = 0; c < cols; c++) {
    int lives = 0;
    for (size_t r = 0; r < rows; r++) {
      double v = (double)x[r * stride + c];
      lives |= v != 0;
      if (!isfinite(v)) continue;
      finite++;
      zeros += v == 0;
      saturated += v < lo || v > hi;
      min = fmin(min, v);
      max = fmax(max, v);
      sum += v;
      squares += (long double)v * v;
    }
    dead += !lives;
  }
  long double mean = sum / finite;
  double hi_bin = got[SUMMARY_HI], width = hi_bin * 2 / BINS;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c++) {
      double v = (double)x[r * stride + c];
      if (!isfinite(v)) continue;
      centred += (v - mean) * (v - mean);
      double bin = floor((v + hi_bin) / width);
      if (v < 0 && v > -width) bin = BINS / 2 - 1; /* v + hi may round up to the edge */
      expected[(size_t)bin]++;
    }
  }
  double range = got[SUMMARY_HI], half = range / 2, size = (double)(rows * cols);
  int holds = min >= -range && max < range, tight = min < -half || max >= half || range == 0x1p-100;
  /* the mean may cancel: to 1e-13 of the rms */
  return fabs(got[SUMMARY_MEAN] - (double)mean) <= 1e-13 * sqrt((double)(squares / finite)) &&
         close(got[SUMMARY_STD], sqrt((double)(centred / finite))) &&
         close(got[SUMMARY_RMS], sqrt((double)(squares / finite))) && got[SUMMARY_MIN] == min &&
         got[SUMMARY_MAX] == max && close(got[SUMMARY_ZEROS], (double)zeros / size) &&
         close(got[SUMMARY_SATURATED], (double)saturated / size) &&
         close(got[SUMMARY_DEAD], (double)dead / (double)cols) && got[SUMMARY_NON_FINITE] == size - (double)finite &&
         holds && tight && got[SUMMARY_LO] == -got[SUMMARY_HI] && !memcmp(counts, expected, sizeof counts);
}

static uint32_t state = 1;
static float noise(size_t i) {
  (void)i;
  state = state * 1664525 + 1013904223;
  return (float)((double)(int32_t)state * 0x1p-31);
}
static float relu(size_t i) { return fmaxf(noise(i), 0); }
static float offset(size_t i) { return 3 + noise(i) * 1e-3f; }
static float huge(size_t i) { return noise(i) * 3.4e38f; }
static float growing(size_t i) { return noise(i) * (float)exp2((double)(i / 16 % 40)); }
static float tiny(size_t i) { return noise(i) * 1e-39f; }
static float ugly(size_t i) {
  static const float specials[] = {INFINITY, -INFINITY, NAN, 0, -0.0f, 1e-45f, 3.4e38f, -1, 64, -64};
  return i % 3 == 1 ? specials[i / 3 % (sizeof specials / sizeof *specials)] : noise(i);
}

static void shapes(const char *claim, float (*value)(size_t)) {
  static const size_t sizes[][3] = {{1, 1, 8}, {3, 3, 8},    {64, 17, 24}, {5, 257, 264},
                                    {4, 8, 8}, {100, 7, 16}, {1, 13, 16}};
  size_t count = sizeof sizes / sizeof *sizes, right = 0;
  for (size_t i = 0; i < count; i++) {
    fill(sizes[i][0], sizes[i][1], sizes[i][2], value);
    summarize(sizes[i][0], sizes[i][1], sizes[i][2], -0.5, 0.9);
    right += (size_t)agrees(sizes[i][0], sizes[i][1], sizes[i][2], -0.5, 0.9);
    summarize(sizes[i][0], sizes[i][1], sizes[i][2], (double)-INFINITY, (double)INFINITY);
    right += (size_t)agrees(sizes[i][0], sizes[i][1], sizes[i][2], (double)-INFINITY, (double)INFINITY);
  }
  CHECK(right == 2 * count, claim, "%zu of %zu shapes, with and without limits", right, 2 * count);
}

/* Eight columns are added together: without a finite value, with one that is not finite, all finite, or all 0. */
static void some_columns(void) {
  enum { ROWS = 9, COLS = 45, APART = 48 };
  size_t right = 0, count = COLS;
  for (size_t begin = 0; begin < count; begin++) {
    fill(ROWS, COLS, APART, noise);
    for (size_t r = 0; r < ROWS; r++) {
      for (size_t c = 0; c < begin; c++) x[r * APART + c] = c % 2 ? NAN : -INFINITY;
      x[r * APART + COLS - 1 - begin / 2] = r % 2 ? -0.0f : 0;
    }
    x[5 * APART + (begin + 11) % COLS] = INFINITY;
    summarize(ROWS, COLS, APART, -0.5, 0.9);
    right += (size_t)agrees(ROWS, COLS, APART, -0.5, 0.9);
  }
  CHECK(right == count, "columns that are not finite do not change the others", "%zu of %zu", right, count);
}

static float tenth(size_t i) {
  (void)i;
  return 0.1f;
}
static float nothing(size_t i) {
  (void)i;
  return 0;
}
static float not_a_number(size_t i) { return i % 2 ? NAN : INFINITY; }

static void edges(void) {
  fill(64, 20, 24, tenth);
  summarize(64, 20, 24, -1, 1);
  CHECK(got[SUMMARY_STD] == 0 && got[SUMMARY_MEAN] == (double)0.1f, "a constant tensor has std 0, exactly", "std %g",
        got[SUMMARY_STD]);
  fill(4, 20, 24, nothing);
  summarize(4, 20, 24, -1, 1);
  CHECK(got[SUMMARY_DEAD] == 1 && got[SUMMARY_ZEROS] == 1 && counts[BINS / 2] == 80,
        "in a tensor of zeros every unit is dead", "dead %g, zeros %g", got[SUMMARY_DEAD], got[SUMMARY_ZEROS]);
  fill(4, 20, 24, not_a_number);
  summarize(4, 20, 24, -1, 1);
  uint32_t sum = 0;
  for (int b = 0; b < BINS; b++) sum += counts[b];
  CHECK(isnan(got[SUMMARY_MEAN]) && isnan(got[SUMMARY_STD]) && isnan(got[SUMMARY_MAX]) &&
            got[SUMMARY_NON_FINITE] == 80 && sum == 0 && got[SUMMARY_DEAD] == 0,
        "a tensor without a finite value has no moments, but a count", "nonfinite %g, mean %g", got[SUMMARY_NON_FINITE],
        got[SUMMARY_MEAN]);
}

int main(void) {
  shapes("plain noise is summarized as in long double", noise);
  shapes("so is noise with zeros", relu);
  shapes("so is small noise about a large mean", offset);
  shapes("so are values whose squares overflow", huge);
  shapes("so are values that grow as they come", growing);
  shapes("so are subnormal values", tiny);
  shapes("infinities and NaN are counted apart", ugly);
  some_columns();
  edges();
  return check_failures != 0;
}
