/* phase.c: the phase map, compared with figures from papers, with a table, and with plain means over two normals.
 *
 * The plain means know nothing of series or tables: they are sums over a square grid. What the page makes of the map is
 * tested in tests/js and tests/page.
 */
#include <math.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"
#include "tsv.h"

static double off(double got, double expected) { return got == expected ? 0 : fabs(got - expected) / fabs(expected); }

static const double *point_of(const char *activation, double sigma_w2, double sigma_b2) {
  static phase_map *map;
  phase_free(map);
  map = phase_new(tsv_activation(activation), NAN);
  return phase_point(map, sigma_w2, sigma_b2);
}

/* Schoenholz et al. 2017, section 3: for tanh with sigma_b^2 = 0.05 the critical point is at sigma_w^2 = 1.76. */
static void papers(void) {
  double low = 1, high = 3;
  for (int i = 0; i < 40; i++) {
    double middle = (low + high) / 2;
    *(point_of("tanh", middle, 0.05)[POINT_CHI] < 1 ? &low : &high) = middle;
  }
  CHECK(fabs(low - 1.76095) < 5e-6, "tanh is critical at sigma_w2 = 1.76095 where sigma_b2 is 0.05", "%.6f", low);
  double ordered = 6 * point_of("tanh", 1, 0.05)[POINT_DEPTH], chaotic = 6 * point_of("tanh", 3, 0.05)[POINT_DEPTH];
  CHECK(fabs(ordered - 21.8) < 0.05 && fabs(chaotic - 54) < 0.5, "6 xi_c of tanh is 21.8 at sigma_w2 = 1, and 54 at 3",
        "%.2f, %.2f", ordered, chaotic);
  const double *selu = point_of("selu", 1, 0);
  CHECK(fabs(selu[POINT_Q] - 1) < 1e-9 && selu[POINT_PHASE] == PHASE_CHAOTIC,
        "selu has the fixed point 1 at sigma_w2 = 1 (Klambauer et al. 2017), which is a little chaotic",
        "q %.12f, chi %.4f", selu[POINT_Q], selu[POINT_CHI]);
}

/* critical.tsv has 12 digits, so chi_1 is 1 there to about 1e-11 */
static void critical(void) {
  int rows = 0, right = 0;
  tsv t = tsv_open("tests/reference/critical.tsv");
  while (tsv_next(&t)) {
    double q = tsv_number(&t, 1), sigma_b2 = tsv_number(&t, 3), along = tsv_number(&t, 4);
    if (tsv_activation(t.cells[0]) == activation_count() || along > 0.999 || sigma_b2 < 0) continue;
    const double *point = point_of(t.cells[0], tsv_number(&t, 2), sigma_b2);
    rows++;
    right += point[POINT_PHASE] == PHASE_CRITICAL && point[POINT_DEPTH] == INFINITY && off(point[POINT_Q], q) < 1e-6;
  }
  CHECK(rows > 25 && right == rows, "the points of critical.tsv are critical", "%d of %d", right, rows);
}

/* The mean of f(u) f(v) over a square grid of two normals: the trapezoidal rule, which is exact to rounding for what is
 * smooth. */
static double mean(uint32_t a, double (*f)(uint32_t, float), double q, double c) {
  static const double step = 0.125;
  double sum = 0, s = sqrt(q);
  for (int i = -64; i <= 64; i++)
    for (int k = -64; k <= 64; k++) {
      double x = step * i, y = step * k;
      sum += exp(-(x * x + y * y) / 2) * f(a, (float)(s * x)) * f(a, (float)(s * (c * x + sqrt(1 - c * c) * y)));
    }
  return sum * step * step / (2 * 3.14159265358979323846);
}
static double value(uint32_t a, float z) { return (double)activation_value(a, NAN, z); }
static double slope(uint32_t a, float z) { return (double)activation_slope(a, NAN, z); }

/* Iterates length and correlation, as a stack of layers does. Floats leave errors of some 1e-7. */
static void iterations(void) {
  static const struct {
    const char *activation;
    double sigma_w2, sigma_b2;
  } rows[] = {{"tanh", 3, 0.05},  {"tanh", 2.5, 0.1}, {"tanh", 4, 0.01},
              {"tanh", 1.2, 0.1}, {"sin", 2, 0.1},    {"sigmoid", 30, 0.2}};
  double worst[3] = {0};
  for (int i = 0; i < 6; i++) {
    double w = rows[i].sigma_w2, b = rows[i].sigma_b2, q = 1, c = 0.6;
    uint32_t a = tsv_activation(rows[i].activation);
    for (int layer = 0; layer < 60; layer++) q = w * mean(a, value, q, 1) + b;
    for (int layer = 0; layer < 400; layer++) {
      double next = fmin(1, (w * mean(a, value, q, c) + b) / q), moved = fabs(next - c);
      c = next;
      if (moved < 1e-8) break;
    }
    const double *point = point_of(rows[i].activation, w, b);
    worst[0] = worse(worst[0], off(point[POINT_Q], q));
    worst[1] = worse(worst[1], fabs(point[POINT_CORRELATION] - c));
    worst[2] = worse(worst[2], fabs(point[POINT_SLOPE] - w * mean(a, slope, q, point[POINT_CORRELATION])));
  }
  CHECK(worst[0] < 1e-6 && worst[1] < 2e-6 && worst[2] < 1e-6, "plain iterations come to q*, c* and slope",
        "%.1e, %.1e, %.1e", worst[0], worst[1], worst[2]);
}

/* theory_product is right to 1e-9, and knows no series. Its difference quotient is the slope. */
static void products(void) {
  double worst[2] = {0};
  int chaotic = 0;
  for (uint32_t a = 0; a < activation_count(); a++) {
    phase_map *map = phase_new(a, NAN);
    for (int i = 0; i < 12; i++) {
      double w = 0.7 * pow(1.55, i), b = i % 3 * 0.1, h = 1e-3;
      const double *point = phase_point(map, w, b);
      double q = point[POINT_Q], c = point[POINT_CORRELATION];
      if (point[POINT_PHASE] != PHASE_CHAOTIC || q > 20) continue;
      double step = (theory_product(a, NAN, q, c + h / 2) - theory_product(a, NAN, q, c - h / 2)) / h;
      double wide = (theory_product(a, NAN, q, c + h) - theory_product(a, NAN, q, c - h)) / (2 * h);
      double derivative = (4 * step - wide) / 3;
      worst[0] = worse(worst[0], fabs((w * theory_product(a, NAN, q, c) + b) / q - c));
      worst[1] = worse(worst[1], fabs(w / q * derivative - point[POINT_SLOPE]));
      chaotic++;
    }
    phase_free(map);
  }
  CHECK(chaotic > 25 && worst[0] < 1e-6 && worst[1] < 1e-5,
        "c* is fixed, and the slope there is that of theory_product", "%d points, %.1e, %.1e", chaotic, worst[0],
        worst[1]);
}

/* What columns give, at 8 x 7 points of the map of each activation. */
static void columns(void) {
  double worst[2] = {0};
  int others = 0, cells = 0;
  for (uint32_t a = 0; a < activation_count(); a++) {
    phase_map *map = phase_new(a, NAN);
    double most = strcmp(activation_name(a), "sigmoid") == 0 ? 64 : 4;
    for (int x = 0; x < 8; x++) {
      double w = most * (x + 0.45) / 8, column[7][CELL_COUNT];
      memcpy(column, phase_column(map, w, 0, 0.15, 7), sizeof column);
      for (int y = 0; y < 7; y++, cells++) {
        const double *point = phase_point(map, w, 0.15 * y), rate = 1 / point[POINT_DEPTH];
        others += column[y][CELL_PHASE] != point[POINT_PHASE];
        worst[0] = worse(worst[0], fabs(column[y][CELL_RATE] - rate) / fmax(rate, 0.02));
        worst[1] = worse(worst[1], off(column[y][CELL_CHI], point[POINT_CHI]));
      }
    }
    phase_free(map);
  }
  CHECK(others == 0 && worst[0] < 0.01 && worst[1] < 2e-3, "columns give what points give", "%d cells, %.1e, %.1e",
        cells, worst[0], worst[1]);
}

/* relu maps q to sigma_w2 q / 2 + sigma_b2, and its chi_1 is sigma_w2 / 2 for every q */
static void relu(void) {
  phase_map *map = phase_new(tsv_activation("relu"), NAN);
  const double *point = phase_point(map, 1.5, 0.1);
  CHECK(point[POINT_PHASE] == PHASE_ORDERED && off(point[POINT_Q], 0.4) < 1e-12 &&
            off(point[POINT_DEPTH], -1 / log(0.75)) < 1e-12,
        "relu below sigma_w2 = 2 is ordered", "q %g", point[POINT_Q]);
  point = phase_point(map, 1.5, 0);
  CHECK(point[POINT_PHASE] == PHASE_DECAYS && point[POINT_Q] == 0, "without biases it decays", "q %g", point[POINT_Q]);
  point = phase_point(map, 2, 0);
  CHECK(point[POINT_PHASE] == PHASE_CRITICAL && point[POINT_Q] == 1 && point[POINT_DEPTH] == INFINITY,
        "at (2, 0) it keeps q, and is critical", "q %g", point[POINT_Q]);
  point = phase_point(map, 2, 0.1);
  CHECK(point[POINT_PHASE] == PHASE_EXPLODES && point[POINT_Q] == INFINITY && point[POINT_CHI] == 1 &&
            point[POINT_DEPTH] == INFINITY && isnan(point[POINT_CORRELATION]),
        "on the line above that, the slope is 1 and q grows without bound", "chi %g", point[POINT_CHI]);
  point = phase_point(map, 3, 0.1);
  CHECK(point[POINT_PHASE] == PHASE_EXPLODES && off(point[POINT_SLOPE], 1.5) < 1e-12 &&
            off(point[POINT_DEPTH], 1 / log(1.5)) < 1e-12,
        "beyond, it explodes by sigma_w2 / 2 a layer", "slope %g", point[POINT_SLOPE]);
  static const uint32_t expected[] = {PHASE_CRITICAL, PHASE_EXPLODES};
  const double *cells = phase_column(map, 2, 0, 0.5, 2);
  CHECK(cells[CELL_PHASE] == expected[0] && cells[CELL_COUNT + CELL_PHASE] == expected[1] && cells[CELL_RATE] == 0,
        "a column at 2 says the same", "%g, %g", cells[CELL_PHASE], cells[CELL_COUNT + CELL_PHASE]);
  phase_free(map);
}

/* sin(omega x) at sigma_w2 and sigma_b2 is sin(x) at omega^2 times them, and its q is as many times smaller. Leaky relu is
 * critical where sigma_w2 (1 + slope^2) = 2. */
static void parameters(void) {
  phase_map *usual = phase_new(tsv_activation("sin"), NAN), *fast = phase_new(tsv_activation("sin"), 30);
  double worst = 0, scale = 900;
  for (double w = 0.01; w < 6; w *= 2.3) {
    for (double b = 0; b < 0.5; b += 0.21) {
      const double *slow = phase_point(usual, scale * w, scale * b), *point = phase_point(fast, w, b);
      worst = worse(worst, off(scale * point[POINT_Q], slow[POINT_Q]));
      for (int i = POINT_CHI; i < POINT_COUNT; i++)
        worst = worse(worst, point[i] == slow[i] ? 0 : fabs(point[i] - slow[i]) / fmax(1e-6, fabs(slow[i])));
    }
  }
  CHECK(worst < 1e-7, "omega only scales the map of sin", "worst %.1e", worst);
  phase_free(usual);
  phase_free(fast);
  phase_map *map = phase_new(tsv_activation("leaky-relu"), 0.5);
  const double *point = phase_point(map, 1.6, 0);
  CHECK(point[POINT_PHASE] == PHASE_CRITICAL && point[POINT_Q] == 1, "leaky relu of slope 0.5 is critical at 1.6",
        "chi %g", point[POINT_CHI]);
  phase_free(map);
}

static void refusals(void) {
  phase_map *map = phase_new(0, NAN);
  int refused = !phase_new(activation_count(), NAN) && !phase_new(tsv_activation("elu"), -1) &&
                !phase_point(map, -1, 0) && !phase_point(map, 1, -1) && !phase_point(map, INFINITY, 0) &&
                !phase_point(map, 1, INFINITY) && !phase_point(map, NAN, 0) && !phase_column(map, -1, 0, 1, 1) &&
                !phase_column(map, 1, -1, 1, 1) && !phase_column(map, 1, 1, -1, 3) && !phase_column(map, 1, 0, 1, 0) &&
                !phase_column(map, 1, 0, 1, MOST_CELLS + 1) && !phase_column(map, NAN, 0, 1, 1) &&
                phase_column(map, 1, 0, 0, MOST_CELLS);
  phase_free(map);
  phase_free(NULL);
  CHECK(refused, "numbers out of range are refused", "-");
  map = phase_new(tsv_activation("tanh"), NAN);
  const double *still = phase_point(map, 0, 0), *far;
  CHECK(still[POINT_PHASE] == PHASE_DECAYS && still[POINT_DEPTH] == 0, "no weights and no biases: nothing is left",
        "depth %g", still[POINT_DEPTH]);
  far = phase_point(map, 1e12, 1);
  CHECK(far[POINT_PHASE] == PHASE_CHAOTIC && far[POINT_DEPTH] > 0 && far[POINT_CORRELATION] < 1,
        "tanh is chaotic far out", "depth %g", far[POINT_DEPTH]);
  const double *low = phase_column(map, 0.5, 1e-9, 0, 1);
  CHECK(low[CELL_PHASE] == PHASE_ORDERED && off(low[CELL_CHI], 0.5) < 1e-5, "a q below the table counts as 0", "chi %g",
        low[CELL_CHI]);
  phase_free(map);
}

int main(void) {
  papers();
  critical();
  iterations();
  products();
  columns();
  relu();
  parameters();
  refusals();
  return check_failures;
}
