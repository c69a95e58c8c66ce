/* moments.c: Gaussian means of activations against tables, limits, and another quadrature. */
#include <math.h>

#include "../../c/initscope.h"
#include "../../c/moments.h"
#include "../../c/products.h"
#include "check.h"
#include "tsv.h"

static double off(double got, double expected) { return got == expected ? 0 : fabs(got - expected) / fabs(expected); }

static void phi_is_that_of_the_engine(void) {
  double worst_value = 0, worst_slope = 0;
  for (uint32_t a = 0; a < activation_count(); a++) {
    for (double x = -30; x <= 30; x += 0.046875) {
      double size = fmax(1, fabs(x));
      worst_value = worse(worst_value, fabs(theory_phi(a, x) - activation_value(a, x)) / size);
      worst_slope = worse(worst_slope, fabs(theory_slope(a, x) - activation_slope(a, x)) / size);
    }
  }
  CHECK(isnan(theory_phi(activation_count(), 1)) && isfinite(theory_phi(activation_count() - 1, 1)),
        "theory knows as many activations as the engine", "%u", activation_count());
  CHECK(worst_value < 3e-7 && worst_slope < 3e-7, "phi and phi' of theory are those of the engine", "off by %.1e, %.1e",
        worst_value, worst_slope);
}

static void gains(void) {
  tsv t = tsv_open("tests/reference/gains.tsv");
  double worst = 0;
  int rows = 0;
  while (tsv_next(&t)) {
    uint32_t a = tsv_activation(t.cells[0]);
    if (a == activation_count()) continue;
    static const struct {
      int cell;
      uint32_t moment;
    } columns[] = {{1, MOMENT_PHI}, {2, MOMENT_PHI2}, {4, MOMENT_SLOPE2}, {9, MOMENT_PHI4}};
    for (size_t i = 0; i < 4; i++) {
      double expected = tsv_number(&t, columns[i].cell), got = theory_moment(a, columns[i].moment, 1);
      worst = worse(worst, fabs(got - expected) / (expected == 0 ? 1 : fabs(expected)));
    }
    worst = worse(worst, off(1 / sqrt(theory_moment(a, MOMENT_PHI2, 1)), tsv_number(&t, 5)));
    worst = worse(worst, off(1 / sqrt(theory_moment(a, MOMENT_SLOPE2, 1)), tsv_number(&t, 6)));
    rows++;
  }
  CHECK(rows >= 14 && worst < 5e-12, "moments and exact gains are those of gains.tsv, to its digits",
        "%d activations, worst %.1e", rows, worst);
}

/* what a moment is at the ends of the range: its leading term, the next one lying far below rounding */
static void limits(void) {
  const double least = 1e-60, most = 1e60, at_0 = 1 / sqrt(2 * acos(-1));
  const struct {
    const char *name;
    uint32_t moment;
    double q, expected;
  } rows[] = {
      {"tanh", MOMENT_PHI2, least, least},
      {"tanh", MOMENT_PHI4, least, 3 * least * least},
      {"tanh", MOMENT_PHI2, most, 1},
      {"tanh", MOMENT_SLOPE2, most, at_0 * 1e-30 * 4 / 3},
      {"tanh", MOMENT_GROWTH, most, at_0 * 1e-30},
      {"sigmoid", MOMENT_PHI2, least, 0.25},
      {"sigmoid", MOMENT_PHI, most, 0.5},
      {"sigmoid", MOMENT_PHI2, most, 0.5},
      {"sigmoid", MOMENT_SLOPE2, most, at_0 * 1e-30 / 6},
      {"softsign", MOMENT_PHI2, least, least},
      {"softsign", MOMENT_SLOPE2, most, at_0 * 1e-30 * 2 / 3},
      {"hardtanh", MOMENT_PHI4, least, 3 * least * least},
      {"hardtanh", MOMENT_SLOPE2, most, at_0 * 1e-30 * 2},
      {"hardtanh", MOMENT_GROWTH, most, at_0 * 1e-30 * 2 / 3},
      {"sin", MOMENT_PHI4, least, 3 * least * least},
      {"sin", MOMENT_PHI4, most, 0.375},
      {"elu", MOMENT_PHI, least, least / 4},
      {"elu", MOMENT_PHI2, least, least},
      {"elu", MOMENT_SLOPE2, most, 0.5},
      {"selu", MOMENT_PHI, least, at_0 * 1e-30 * (1.0507009873554804934 - 1.7580993408473768599)},
      {"gelu", MOMENT_PHI, least, at_0 * least},
      {"gelu", MOMENT_PHI2, least, least / 4},
      {"gelu", MOMENT_PHI4, most, 1.5 * most * most},
      {"silu", MOMENT_PHI, least, least / 4},
      {"silu", MOMENT_PHI, most, at_0 * 1e30},
      {"mish", MOMENT_PHI, least, 0.32 * least},
      {"mish", MOMENT_PHI2, most, most / 2},
      {"mish", MOMENT_GROWTH, least, 0.36 * least},
      {"softplus", MOMENT_PHI, least, log(2)},
      {"softplus", MOMENT_PHI2, most, most / 2},
      {"relu", MOMENT_PHI2, INFINITY, INFINITY},
      {"gelu", MOMENT_PHI4, INFINITY, INFINITY},
      {"tanh", MOMENT_PHI2, INFINITY, 1},
      {"sin", MOMENT_PHI2, INFINITY, 0.5},
      {"softplus", MOMENT_PHI2, 0, log(2) * log(2)},
      {"selu", MOMENT_PHI2, 0, 0},
      {"elu", MOMENT_SLOPE2, 0, 1},
      {"relu", MOMENT_SLOPE2, 0, 0.5},
  };
  double worst = 0;
  const char *at = "";
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double error = off(theory_moment(tsv_activation(rows[i].name), rows[i].moment, rows[i].q), rows[i].expected);
    if (!(error <= worst)) worst = error, at = rows[i].name;
  }
  CHECK(worst < 2e-14, "moments have their limits at q of 0, 1e-60, 1e60 and infinity", "worst %.1e, %s", worst, at);
  CHECK(isnan(theory_moment(0, MOMENT_COUNT, 1)) && isnan(theory_moment(99, 0, 1)) && isnan(theory_moment(3, 0, -1)) &&
            isnan(theory_moment(3, 0, NAN)) && isnan(theory_product(3, 1, 1.5)) && isnan(theory_product(99, 1, 0)),
        "what is not there is NaN", "moment, activation, q, correlation");
}

/* Nodes and weights for z ~ N(0, 1): Gauss-Legendre rules of 8 points on panels, one of which begins where phi(sqrt(q) z)
 * has its kink. */
enum { NODES = 8192, HERMITE = 90 };
static double node[NODES], weight[NODES];
static int nodes;

static void nodes_fill(double q, const activation_row *a) {
  static const double at[] = {0.18343464249564980494, 0.52553240991632898582, 0.79666647741362673959,
                              0.96028985649753623168},
                      share[] = {0.36268378337836198297, 0.31370664587788728734, 0.22238103445337447054,
                                 0.10122853629037625915};
  double kink = (a->kink > 0 ? a->kink : 1) / sqrt(q);
  nodes = 0;
  for (double from = 0x1p-60 * fmin(1, kink), to; from < 13; from = to) {
    to = fmin(from * 1.3, from + 0.25);
    if (from < kink && to > kink) to = kink;
    double centre = (from + to) / 2, half = (to - from) / 2;
    for (int i = 0; i < 16; i++) {
      double z = centre + (i % 8 < 4 ? half : -half) * at[i % 4];
      node[nodes] = i < 8 ? z : -z;
      weight[nodes++] = share[i % 4] * half * exp(-z * z / 2) / sqrt(2 * acos(-1));
    }
  }
}

/* Rows that are not in the table: they have kinks, and no closed forms. */
static double relu6(double x) { return fmax(0, fmin(6, x)); }
static double relu6_slope(double x) { return x > 0 && x < 6; }
static double hardswish(double x) { return x * fmax(0, fmin(6, x + 3)) / 6; }
static double hardswish_slope(double x) { return x <= -3 ? 0 : x < 3 ? (2 * x + 3) / 6 : 1; }
/* softsign, cut off at 2.5: smooth on either side of its kink, and algebraic in between */
static double cut_softsign(double x) { return x / (1 + fmin(fabs(x), 2.5)); }
static double cut_softsign_slope(double x) { return fabs(x) < 2.5 ? 1 / pow(1 + fabs(x), 2) : 1 / 3.5; }

static const activation_row own[] = {
    {"relu6", .phi = relu6, .slope = relu6_slope, .kink = 6},
    {"hardswish", .phi = hardswish, .slope = hardswish_slope, .kink = 3},
    {"cut softsign", .phi = cut_softsign, .slope = cut_softsign_slope, .kink = 2.5},
};
enum { OWN = sizeof own / sizeof *own };

/* each row of the table, then each of our own; NULL after the last */
static const activation_row *row_at(uint32_t i) {
  if (i < activation_count()) return activation_find(i);
  return i - activation_count() < OWN ? &own[i - activation_count()] : NULL;
}
static double moment_of(uint32_t i, uint32_t moment, double q) {
  return i < activation_count() ? theory_moment(i, moment, q) : moment_by_quadrature(row_at(i), moment, q);
}
static double product_of(uint32_t i, double q, double correlation) {
  return i < activation_count() ? theory_product(i, q, correlation) : product_by_quadrature(row_at(i), q, correlation);
}

/* sin at these q is too fast for the panels */
static int is_too_fast(const activation_row *a, double q) { return !strcmp(a->name, "sin") && q > 30; }

static double integrand(const activation_row *a, uint32_t moment, double s, double z) {
  double x = s * z;
  double y = a->phi(x), slope = a->slope(x);
  const double slope2 = slope * slope;
  const double values[MOMENT_COUNT] = {
      y, y * y, y * y * y * y, slope2, x * y * slope, slope2 * slope2, y * y * slope2, z * z * slope2};
  return values[moment];
}

static void moments_equal_another_quadrature(void) {
  double worst = 0;
  const char *at = "";
  for (double q = 1e-6; q < 1e9; q *= 31.7) {
    const activation_row *a;
    for (uint32_t i = 0; (a = row_at(i)); i++) {
      if (is_too_fast(a, q)) continue;
      nodes_fill(q, a);
      for (uint32_t moment = 0; moment < MOMENT_COUNT; moment++) {
        double expected = 0, size = 0; /* of the terms, which may cancel */
        for (int k = 0; k < nodes; k++) {
          double term = weight[k] * integrand(a, moment, sqrt(q), node[k]);
          expected += term;
          size += fabs(term);
        }
        double error = fabs(moment_of(i, moment, q) - expected) / size;
        if (!(error <= worst)) worst = error, at = a->name;
      }
    }
  }
  CHECK(worst < 1e-13, "moments equal those of another quadrature",
        "worst %.1e, %s; a new row may lack .kink or .even: see activations.h", worst, at);
}

/* What has a closed form need not be integrated, but can be. */
static void closed_forms_equal_the_quadrature(void) {
  double moments = 0, products = 0;
  int rows = 0;
  for (uint32_t i = 0; i < activation_count(); i++) {
    const activation_row *a = activation_find(i);
    rows += a->moment && a->product;
    for (double q = 1e-60; q < 1e60; q *= 1e3) {
      if (is_too_fast(a, q)) continue;
      for (uint32_t moment = 0; a->moment && moment < MOMENT_COUNT; moment++) {
        double closed = a->moment(moment, q), size = fabs(closed) > 0 ? fabs(closed) : 1;
        moments = worse(moments, fabs(moment_by_quadrature(a, moment, q) - closed) / size);
      }
      for (double correlation = -1; a->product && q < 1e18 && correlation < 1; correlation += 0.124) {
        double error = product_by_quadrature(a, q, correlation) - a->product(q, correlation);
        products = worse(products, fabs(error) / moment_by_quadrature(a, MOMENT_PHI2, q));
      }
    }
  }
  CHECK(rows >= 5 && moments < 1e-11, "closed moments equal the quadrature", "%d activations, worst %.1e", rows,
        moments);
  CHECK(products < 1e-9, "closed products equal the quadrature", "worst %.1e of E phi^2", products);
}

/* Mehler's expansion: E phi(u) phi(v) is the sum of a_n^2 correlation^n, a_n = E phi(sqrt(q) z) h_n(z), h_n the
 * orthonormal Hermite polynomials; the sum of a_n^2 is E phi^2, so the tail is below 0.75^90 of it */
static void hermite_coefficients(const activation_row *row, double q, double *a) {
  for (int n = 0; n < HERMITE; n++) a[n] = 0;
  for (int i = 0; i < nodes; i++) {
    double term = weight[i] * row->phi(sqrt(q) * node[i]), before = 0;
    for (int n = 0; n < HERMITE; n++) {
      a[n] += term;
      double next = (node[i] * term - sqrt(n) * before) / sqrt(n + 1);
      before = term;
      term = next;
    }
  }
}
static void products_equal_expansions(void) {
  double worst = 0, a[HERMITE];
  for (double q = 1e-6; q < 1e7; q *= 100) {
    const activation_row *row;
    for (uint32_t i = 0; (row = row_at(i)); i++) {
      if (is_too_fast(row, q)) continue;
      nodes_fill(q, row);
      hermite_coefficients(row, q, a);
      for (double correlation = -0.75; correlation <= 0.75; correlation += 0.25) {
        double sum = 0;
        for (int n = HERMITE - 1; n >= 0; n--) sum = sum * correlation + a[n] * a[n];
        double error = fabs(product_of(i, q, correlation) - sum);
        worst = worse(worst, error / moment_of(i, MOMENT_PHI2, q));
      }
    }
  }
  CHECK(worst < 1e-9, "products equal Mehler's expansion", "worst %.1e of E phi^2", worst);
}

/* at 1 the product is E phi^2, and falls by q E phi'^2 from there; at -1 it is E phi(x) phi(-x) */
static void products_at_the_ends(void) {
  const double near = 1e-6;
  double top = 0, bottom = 0, fall = 0, dips = 0;
  for (double q = 1e-6; q < 1e7; q *= 10) {
    const activation_row *a;
    for (uint32_t i = 0; (a = row_at(i)); i++) {
      if (is_too_fast(a, q)) continue;
      nodes_fill(q, a);
      double square = moment_of(i, MOMENT_PHI2, q), opposite = 0, before = -square;
      for (int k = 0; k < nodes; k++) {
        double x = sqrt(q) * node[k];
        opposite += weight[k] * a->phi(x) * a->phi(-x);
      }
      bottom = worse(bottom, fabs(product_of(i, q, -1) - opposite) / square);
      double drop = q * near * moment_of(i, MOMENT_SLOPE2, q);
      top = worse(top, fabs(product_of(i, q, 1 - 1e-15) - square) / square);
      if (q <= 1) fall = worse(fall, fabs(square - product_of(i, q, 1 - near) - drop) / square);
      for (double correlation = 0; correlation <= 1; correlation += 0.125) {
        double now = product_of(i, q, correlation);
        dips = worse(dips, (before - now) / square);
        before = now;
      }
    }
  }
  CHECK(top < 1e-9 && bottom < 1e-9, "products end at E phi(x)^2 and E phi(x) phi(-x)", "worst %.1e, %.1e", top,
        bottom);
  CHECK(fall < 3e-9, "products of like inputs fall by q E phi'^2", "worst %.1e at 1 - 1e-6", fall);
  CHECK(dips <= 1e-12, "products grow with a positive correlation", "%.1e", dips);
}

static void correlations_outside_the_range(void) {
  uint32_t gelu = tsv_activation("gelu"), relu = tsv_activation("relu");
  double low = theory_correlation(gelu, 0, 0.3), high = theory_correlation(gelu, INFINITY, 0.3);
  CHECK(fabs(low - 0.3) < 1e-9 && fabs(high - theory_correlation(relu, 1, 0.3)) < 1e-8,
        "gelu is linear where q is 0 and relu where it is infinite", "%.10f %.10f", low, high);
}

int main(void) {
  phi_is_that_of_the_engine();
  gains();
  limits();
  moments_equal_another_quadrature();
  closed_forms_equal_the_quadrature();
  products_equal_expansions();
  products_at_the_ends();
  correlations_outside_the_range();
  return check_failures != 0;
}
