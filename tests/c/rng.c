/* rng.c: the random numbers: known answers, the transform against double precision, and the distributions.
 *
 * Tolerances are derived beside each. Seeds are fixed, so results never change. What rules make of these numbers is in
 * rules.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/rng.h"
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
    worst = worse(worst, fabs(pair[i & 1] - answers[i]));
  }
  CHECK(worst < 1e-14, "the reference transform gives its known answers", "worst difference %.1e", worst);

  /* Relative to the value: ln 2 ulp, halved by the root, and the root, the angle's product, its rounding, sine 1 ulp,
   * two products: 1 + 1/2 + 1/2 + 1/2 + 1 + 1/2 + 1/2 < 5 ulp of 2^-23. */
  float *values = malloc(sizeof(float) * DRAWS);
  uint32_t key[2] = {7, 3};
  double bad = 0;
  rng_normal(&(noise_key){key[0], key[1]}, &(strip){0, ROWS, 5}, 1, &(target){values, PANEL});
  for (uint32_t row = 0; row < ROWS; row++) {
    for (uint32_t lane = 0; lane < 4; lane++) {
      uint32_t counter[2] = {row, 5 * 4 + lane}, out[2];
      rng_threefry(key, counter, out);
      box_muller(out[0], out[1], pair);
      for (uint32_t half = 0; half < 2; half++) {
        double error = fabs((double)values[row * PANEL + half * 4 + lane] - pair[half]) / fabs(pair[half]);
        bad = worse(bad, error);
      }
    }
  }
  CHECK(bad < 5 * 0x1p-23, "normals are Box-Muller in double, to 5 ulp", "worst of %d: %.2f ulp", DRAWS, bad * 0x1p23);
  free(values);
}

/* rng_truncated by `cut`, with the same arguments as the other distributions */
static float cut;
static void truncated(const noise_key *key, const strip *part, float scale, const target *out) {
  rng_truncated(key, part, scale, cut, out);
}

static double normal_cdf(double x) { return erfc(-x / sqrt(2)) / 2; }
static double uniform_cdf(double x) { return (x + 1) / 2; }
static double positive_cdf(double x) { return x; }
static double truncated_cdf(double x) {
  double outside = erfc((double)cut / sqrt(2)) / 2;
  return (normal_cdf(x) - outside) / (1 - 2 * outside);
}

/* sorts floats by their bits, eleven at a time; `other` has room for as many */
static void sort(float *values, float *other, size_t n) {
  for (int pass = 0; pass < 3; pass++) {
    size_t starts[2049] = {0};
    for (int move = 0; move < 2; move++) {
      for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, sizeof bits);
        bits ^= bits >> 31 ? 0xffffffff : 0x80000000; /* now the bits sort as the values do */
        uint32_t digit = bits >> (11 * pass) & 2047;
        if (move)
          other[starts[digit]++] = values[i];
        else
          starts[digit + 1]++;
      }
      for (int d = 0; d < 2048 && !move; d++) starts[d + 1] += starts[d];
    }
    float *sorted = other;
    other = values;
    values = sorted;
  }
}

typedef void draw(const noise_key *, const strip *, float, const target *);
#ifndef MANY_ROWS
#define MANY_ROWS 1250000
#endif
enum { MANY = MANY_ROWS * PANEL };

/* The moments of order 2, 4, 6 and 8 about the centre; odd ones are 0. */
typedef struct {
  const char *name;
  draw *fill;
  double (*cdf)(double);
  double centre, moments[4];
} law;

/* E z^k = (k - 1) E z^(k - 2) - c^(k - 1) 2 phi(c) / (2 Phi(c) - 1), by parts, of a normal cut at +-c */
static law truncated_law(const char *name, float cut_at) {
  law truth = {name, truncated, truncated_cdf, 0, {0}};
  double c = (double)cut_at, edge = 2 * exp(-c * c / 2) / sqrt(2 * M_PI) / erf(c / sqrt(2)), below = 1;
  for (int i = 0; i < 4; i++) below = truth.moments[i] = (2 * i + 1) * below - pow(c, 2 * i + 1) * edge;
  cut = cut_at;
  return truth;
}

/* the largest deviation of the first four moments, in standard errors sqrt((E x^2k - (E x^k)^2) / n) */
static double moments_score(const law *truth, const float *values) {
  double sums[4] = {0}, worst = 0;
  for (size_t i = 0; i < MANY; i++) {
    double x = (double)values[i] - truth->centre, power = x;
    for (int k = 0; k < 4; k++, power *= x) sums[k] += power;
  }
  for (int k = 0; k < 4; k++) {
    double expected = k % 2 ? truth->moments[k / 2] : 0;
    double error = sqrt((truth->moments[k] - expected * expected) / MANY);
    worst = worse(worst, fabs(sums[k] / MANY - expected) / error);
  }
  return worst;
}

/* sqrt(n) times the largest distance between the law and the draws, which it sorts */
static double kolmogorov_smirnov(const law *truth, float *values, float *other) {
  double distance = 0;
  sort(values, other, MANY);
  for (size_t i = 0; i < MANY; i++) {
    double p = truth->cdf((double)other[i]);
    distance = worse(distance, fmax(p - (double)i / MANY, (double)(i + 1) / MANY - p));
  }
  return sqrt(MANY) * distance;
}

/* Counts beyond 4 and 5 sigma, both sides together, are Poisson: within 4 sqrt(expected). A law without a tail expects
 * none. */
static double tails_score(const law *truth, const float *sorted) {
  double worst = 0;
  for (double limit = 4; limit < 6; limit++) {
    size_t below = 0, above = 0;
    while (below < MANY && (double)sorted[below] < -limit) below++;
    while (above < MANY && (double)sorted[MANY - 1 - above] > limit) above++;
    double expected = MANY * (fmax(0, truth->cdf(-limit)) + fmax(0, 1 - truth->cdf(limit)));
    double off = fabs((double)(below + above) - expected);
    worst = worse(worst, off > 0 ? off / sqrt(expected) : 0);
  }
  return worst;
}

/* Kolmogorov-Smirnov at significance 1e-4: sqrt(n) D < 2.23. */
static void distribution(law truth) {
  float *values = malloc(sizeof(float) * MANY), *other = malloc(sizeof(float) * MANY);
  truth.fill(&(noise_key){1, 2}, &(strip){0, MANY_ROWS, 0}, 1, &(target){values, PANEL});
  double moments = moments_score(&truth, values);
  double distance = kolmogorov_smirnov(&truth, values, other); /* other is sorted now */
  double tails = truth.centre == 0 ? tails_score(&truth, other) : 0;
  char claim[80];
  snprintf(claim, sizeof claim, "%s follows its distribution", truth.name);
  CHECK(distance < 2.23 && moments < 4 && tails < 4, claim,
        "Kolmogorov-Smirnov %.2f, moments %.1f and tails %.1f standard errors, in [%.9g, %.9g], over %d draws",
        distance, moments, tails, (double)other[0], (double)other[MANY - 1], MANY);
  if (truth.fill == truncated) {
    /* the largest of n draws leaves more than 9.3 / n of the law above it with probability e^-9.3 = 1e-4 */
    double above = MANY * (1 - truth.cdf((double)other[MANY - 1]));
    CHECK(other[0] >= -cut && other[MANY - 1] <= cut && above < 9.3, "draws reach the cut, and none lies beyond it",
          "%.9g at most, of %g", (double)other[MANY - 1], (double)cut);
  }
  free(values);
  free(other);
}

static void distributions(void) {
  distribution((law){"normal", rng_normal, normal_cdf, 0, {1, 3, 15, 105}});
  distribution((law){"uniform", rng_uniform, uniform_cdf, 0, {1 / 3.0, 1 / 5.0, 1 / 7.0, 1 / 9.0}});
  distribution(
      (law){"uniform on (0, 1)", rng_uniform_positive, positive_cdf, 0.5, {1 / 12.0, 1 / 80.0, 1 / 448.0, 1 / 2304.0}});
  distribution(truncated_law("normal cut at 1", 1));
  distribution(truncated_law("normal cut at 2", 2));
  distribution(truncated_law("normal cut at 5", 5));
}

/* How far a drawn value lies from the value of its word, z: a share (k + 1/2) / 2^31 of the inside lies farther out
 * than |z|, k the word's last 31 bits, so t = erfc(|z| / sqrt 2) = outside + (1 - outside) share. To first order the
 * distance is the difference of the two t over the density 2 phi. */
static double truncated_error(uint32_t word, double drawn) {
  double outside = erfc((double)cut / sqrt(2)), share = ((word & 0x7fffffff) + 0.5) / 2147483648.0;
  double t = outside + (1 - outside) * share, z = fabs(drawn);
  if ((int)(word >> 31) != !!signbit(drawn)) return INFINITY;
  return fabs(erfc(z / sqrt(2)) - t) / (2 * exp(-z * z / 2) / sqrt(2 * M_PI));
}

/* t has five roundings of 2^-24 of itself, and t over the density is at most sqrt(pi / 2), at 0: 3.8e-7. The logarithm,
 * the polynomial, its own error and the product are allowed four ulp of z. */
static void truncated_values(float cut_at) {
  float *values = malloc(sizeof(float) * DRAWS);
  double worst = 0, allowed = 0;
  cut = cut_at;
  rng_truncated(&(noise_key){7, 3}, &(strip){0, ROWS, 5}, 1, cut, &(target){values, PANEL});
  for (uint32_t i = 0; i < DRAWS; i++) {
    uint32_t column = i % PANEL, key[2] = {7, 3}, counter[2] = {i / PANEL, 5 * 4 + column % 4}, out[2];
    rng_threefry(key, counter, out);
    double error = truncated_error(out[column / 4], (double)values[i]);
    worst = worse(worst, error);
    allowed = worse(allowed, error / (3.8e-7 + 4 * 0x1p-23 * fabs((double)values[i])));
  }
  CHECK(allowed < 1, "truncated normals are the inverse of the distribution in double", "cut at %g: to %.1e",
        (double)cut_at, worst);
  free(values);
}

/* 64 rows of four pairs of every stream that nets use, for some seeds. By chance two of n pairs of 48 bits are equal
 * with probability n^2 / 2^49 = 5e-4. A stream that lies anywhere within another would repeat all its pairs. */
static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}
static void no_stream_repeats(void) {
  static const uint32_t seeds[] = {0, 1, 2, 3, 100, 12345, 0x80000000, 0xffffffff};
  enum { SEEDS = 8, LAYERS = 100, STREAMS = 2 * LAYERS + 3, SOME = 64 };
  uint64_t *pairs = malloc(sizeof *pairs * SEEDS * STREAMS * SOME * 4);
  size_t n = 0, repeated = 0;
  for (size_t s = 0; s < SEEDS; s++) {
    for (uint32_t i = 0; i < STREAMS; i++) {
      uint32_t others[] = {STREAM_INPUT, STREAM_GRADIENT, STREAM_LABELS};
      uint32_t stream = i < 3 ? others[i] : i < 3 + LAYERS ? i - 2 : STREAM_BIAS + i - 2 - LAYERS;
      float rows[SOME * PANEL];
      /* odd numbers */
      rng_uniform(&(noise_key){seeds[s], stream}, &(strip){0, SOME, 0}, 0x1p24f, &(target){rows, PANEL});
      for (size_t k = 0; k < SOME * PANEL; k += k % PANEL == 3 ? 5 : 1) {
        pairs[n++] = (uint64_t)(uint32_t)(int32_t)rows[k] << 32 | (uint32_t)(int32_t)rows[k + 4];
      }
    }
  }
  qsort(pairs, n, sizeof *pairs, by_value);
  for (size_t i = 1; i < n; i++) repeated += pairs[i] == pairs[i - 1];
  CHECK(n == SEEDS * STREAMS * SOME * 4 && repeated == 0, "no stream repeats another's values, or its own",
        "%zu of %zu pairs", repeated, n);
  free(pairs);
}

/* the same element, drawn in tiles of other places, sizes and strides */
static void tiles(void) {
  float whole[64 * PANEL], tile[5 * 24];
  int equal = 1;
  noise_key key = {9, 4};
  rng_normal(&key, &(strip){100, 64, 2}, 0.5f, &(target){whole, PANEL});
  for (size_t row = 0; row + 5 <= 64; row++) {
    rng_normal(&key, &(strip){100 + row, 5, 2}, 0.5f, &(target){tile, 24});
    for (size_t r = 0; r < 5; r++) equal &= !memcmp(tile + r * 24, whole + (row + r) * PANEL, PANEL * sizeof(float));
  }
  CHECK(equal, "a value depends on its place alone, not on the tile that it is drawn in", "60 tiles");
}

/* two streams share no run of values: the correlation of each pair is within 4.5 standard errors 1 / sqrt(n) of 0 (28
 * pairs), and no pair starts alike */
static void streams(void) {
  enum { COUNT = 8 };
  static const uint32_t keys[COUNT][2] = {{1, 1}, {1, 2}, {2, 1}, {1, 0}, {0, 1}, {0, 0}, {1, 100}, {0xffffffff, 1}};
  enum { N = 4096 * PANEL };
  float *values = malloc(sizeof(float) * COUNT * N);
  for (size_t i = 0; i < COUNT; i++) {
    rng_normal(&(noise_key){keys[i][0], keys[i][1]}, &(strip){0, 4096, 0}, 1, &(target){values + i * N, PANEL});
  }
  double worst = 0;
  int alike = 0;
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < i; j++) {
      double sum = 0;
      for (size_t k = 0; k < N; k++) sum += (double)values[i * N + k] * (double)values[j * N + k];
      worst = worse(worst, fabs(sum) / sqrt(N));
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
  distributions();
  for (int i = 0; i < 5; i++) truncated_values((float[]){0.5f, 1, 2, 3.5f, 6.5f}[i]);
  tiles();
  streams();
  no_stream_repeats();
  return check_failures != 0;
}
