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
  static const double parameters[] = {NAN, 0.25, 0.75};
  for (uint32_t a = 0; a < activation_count(); a++) {
    for (int i = 0; i < 3; i++) {
      phi f = phi_find(a, parameters[i]);
      for (double x = -30; x <= 30; x += 0.046875) {
        double size = fmax(1, fabs(x));
        worst_value = worse(worst_value, fabs(phi_at(&f, x) - activation_value(a, parameters[i], x)) / size);
        worst_slope = worse(worst_slope, fabs(phi_slope_at(&f, x) - activation_slope(a, parameters[i], x)) / size);
      }
    }
  }
  phi none = phi_find(activation_count(), NAN), last = phi_find(activation_count() - 1, NAN);
  CHECK(isnan(phi_at(&none, 1)) && isfinite(phi_at(&last, 1)), "theory knows as many activations as the engine", "%u",
        activation_count());
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
      double expected = tsv_number(&t, columns[i].cell), got = theory_moment(a, NAN, columns[i].moment, 1);
      worst = worse(worst, fabs(got - expected) / (expected == 0 ? 1 : fabs(expected)));
    }
    worst = worse(worst, off(1 / sqrt(theory_moment(a, NAN, MOMENT_PHI2, 1)), tsv_number(&t, 5)));
    worst = worse(worst, off(1 / sqrt(theory_moment(a, NAN, MOMENT_SLOPE2, 1)), tsv_number(&t, 6)));
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
    double error = off(theory_moment(tsv_activation(rows[i].name), NAN, rows[i].moment, rows[i].q), rows[i].expected);
    if (!(error <= worst)) worst = error, at = rows[i].name;
  }
  CHECK(worst < 2e-14, "moments have their limits at q of 0, 1e-60, 1e60 and infinity", "worst %.1e, %s", worst, at);
  CHECK(isnan(theory_moment(0, NAN, MOMENT_COUNT, 1)) && isnan(theory_moment(99, NAN, 0, 1)) &&
            isnan(theory_moment(3, NAN, 0, -1)) && isnan(theory_moment(3, NAN, 0, NAN)) &&
            isnan(theory_product(3, NAN, 1, 1.5)) && isnan(theory_product(99, NAN, 1, 0)),
        "what is not there is NaN", "moment, activation, q, correlation");
}

/* Nodes and weights for z ~ N(0, 1): Gauss-Legendre rules of 8 points on panels, one of which begins where phi(sqrt(q) z)
 * has its kink. */
enum { NODES = 8192, HERMITE = 90 };
static double node[NODES], weight[NODES];
static int nodes;

static void nodes_fill(double q, const phi *f) {
  static const double at[] = {0.18343464249564980494, 0.52553240991632898582, 0.79666647741362673959,
                              0.96028985649753623168},
                      share[] = {0.36268378337836198297, 0.31370664587788728734, 0.22238103445337447054,
                                 0.10122853629037625915};
  double kink = (f->row->kink > 0 ? f->row->kink : 1) / sqrt(q);
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
#define NO_PARAMETER __attribute__((unused)) double p
static double relu6(double x, NO_PARAMETER) { return fmax(0, fmin(6, x)); }
static double relu6_slope(double x, NO_PARAMETER) { return x > 0 && x < 6; }
static double hardswish(double x, NO_PARAMETER) { return x * fmax(0, fmin(6, x + 3)) / 6; }
static double hardswish_slope(double x, NO_PARAMETER) { return x <= -3 ? 0 : x < 3 ? (2 * x + 3) / 6 : 1; }
/* softsign, cut off at 2.5: smooth on either side of its kink, and algebraic in between */
static double cut_softsign(double x, NO_PARAMETER) { return x / (1 + fmin(fabs(x), 2.5)); }
static double cut_softsign_slope(double x, NO_PARAMETER) { return fabs(x) < 2.5 ? 1 / pow(1 + fabs(x), 2) : 1 / 3.5; }

static const activation_row own[] = {
    {"relu6", .phi = relu6, .slope = relu6_slope, .kink = 6},
    {"hardswish", .phi = hardswish, .slope = hardswish_slope, .kink = 3},
    {"cut softsign", .phi = cut_softsign, .slope = cut_softsign_slope, .kink = 2.5},
};
enum { OWN = sizeof own / sizeof *own };

/* Parameters other than the defaults. */
static const struct {
  const char *name;
  double parameter;
} others[] = {{"leaky-relu", 0}, {"leaky-relu", 0.2}, {"leaky-relu", 1}, {"elu", 0},
              {"elu", 0.5},      {"elu", 3},          {"sin", 0.5},      {"sin", 30}};
enum { OTHERS = sizeof others / sizeof *others };

/* each activation of the table, then with other parameters, then each of our own; 0 after the last */
static int find(uint32_t i, phi *f) {
  uint32_t count = activation_count();
  if (i >= count + OTHERS + OWN) return 0;
  if (i < count)
    *f = phi_find(i, NAN);
  else if (i < count + OTHERS)
    *f = phi_find(tsv_activation(others[i - count].name), others[i - count].parameter);
  else
    *f = (phi){&own[i - count - OTHERS], 0};
  return 1;
}

/* sin at these q is too fast for the panels */
static int is_too_fast(const phi *f, double q) {
  return !strcmp(f->row->name, "sin") && q * f->parameter * f->parameter > 11;
}

static double product_of(const phi *f, double q, double correlation) {
  return correlation_of(f, q, correlation) * moment_of(f, MOMENT_PHI2, q);
}

static double integrand(const phi *f, uint32_t moment, double s, double z) {
  double x = s * z;
  double y = phi_at(f, x), slope = phi_slope_at(f, x);
  const double slope2 = slope * slope;
  const double values[MOMENT_COUNT] = {
      y, y * y, y * y * y * y, slope2, x * y * slope, slope2 * slope2, y * y * slope2, z * z * slope2};
  return values[moment];
}

static void moments_equal_another_quadrature(void) {
  double worst = 0;
  const char *at = "";
  for (double q = 1e-6; q < 1e9; q *= 31.7) {
    phi f;
    for (uint32_t i = 0; find(i, &f); i++) {
      if (is_too_fast(&f, q)) continue;
      nodes_fill(q, &f);
      for (uint32_t moment = 0; moment < MOMENT_COUNT; moment++) {
        double expected = 0, size = 0; /* of the terms, which may cancel */
        for (int k = 0; k < nodes; k++) {
          double term = weight[k] * integrand(&f, moment, sqrt(q), node[k]);
          expected += term;
          size += fabs(term);
        }
        double error = fabs(moment_of(&f, moment, q) - expected) / size;
        if (!(error <= worst)) worst = error, at = f.row->name;
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
  phi f;
  for (uint32_t i = 0; find(i, &f); i++) {
    const activation_row *a = f.row;
    rows += a->moment && a->product;
    for (double q = 1e-60; q < 1e60; q *= 1e3) {
      if (is_too_fast(&f, q)) continue;
      for (uint32_t moment = 0; a->moment && moment < MOMENT_COUNT; moment++) {
        double closed = a->moment(moment, q, f.parameter), size = fabs(closed) > 0 ? fabs(closed) : 1;
        moments = worse(moments, fabs(moment_by_quadrature(&f, moment, q) - closed) / size);
      }
      for (double correlation = -1; a->product && q < 1e18 && correlation < 1; correlation += 0.124) {
        double error = product_by_quadrature(&f, q, correlation) - a->product(q, correlation, f.parameter);
        products = worse(products, fabs(error) / moment_by_quadrature(&f, MOMENT_PHI2, q));
      }
    }
  }
  CHECK(rows >= 5 && moments < 1e-11, "closed moments equal the quadrature", "%d activations, worst %.1e", rows,
        moments);
  CHECK(products < 1e-9, "closed products equal the quadrature", "worst %.1e of E phi^2", products);
}

/* Mehler's expansion: E phi(u) phi(v) is the sum of a_n^2 correlation^n, a_n = E phi(sqrt(q) z) h_n(z), h_n the
 * orthonormal Hermite polynomials; the sum of a_n^2 is E phi^2, so the tail is below 0.75^90 of it */
static void hermite_coefficients(const phi *f, double q, double *a) {
  for (int n = 0; n < HERMITE; n++) a[n] = 0;
  for (int i = 0; i < nodes; i++) {
    double term = weight[i] * phi_at(f, sqrt(q) * node[i]), before = 0;
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
    phi f;
    for (uint32_t i = 0; find(i, &f); i++) {
      if (is_too_fast(&f, q)) continue;
      nodes_fill(q, &f);
      hermite_coefficients(&f, q, a);
      for (double correlation = -0.75; correlation <= 0.75; correlation += 0.25) {
        double sum = 0;
        for (int n = HERMITE - 1; n >= 0; n--) sum = sum * correlation + a[n] * a[n];
        double error = fabs(product_of(&f, q, correlation) - sum);
        worst = worse(worst, error / moment_of(&f, MOMENT_PHI2, q));
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
    phi f;
    for (uint32_t i = 0; find(i, &f); i++) {
      if (is_too_fast(&f, q)) continue;
      nodes_fill(q, &f);
      double square = moment_of(&f, MOMENT_PHI2, q), opposite = 0, before = -square;
      for (int k = 0; k < nodes; k++) {
        double x = sqrt(q) * node[k];
        opposite += weight[k] * phi_at(&f, x) * phi_at(&f, -x);
      }
      bottom = worse(bottom, fabs(product_of(&f, q, -1) - opposite) / square);
      double drop = q * near * moment_of(&f, MOMENT_SLOPE2, q);
      top = worse(top, fabs(product_of(&f, q, 1 - 1e-15) - square) / square);
      if (q <= 1) fall = worse(fall, fabs(square - product_of(&f, q, 1 - near) - drop) / square);
      for (double correlation = 0; correlation <= 1; correlation += 0.125) {
        double now = product_of(&f, q, correlation);
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
  phi gelu = phi_find(tsv_activation("gelu"), NAN), relu = phi_find(tsv_activation("relu"), NAN);
  double low = correlation_of(&gelu, 0, 0.3), high = correlation_of(&gelu, INFINITY, 0.3);
  CHECK(fabs(low - 0.3) < 1e-9 && fabs(high - correlation_of(&relu, 1, 0.3)) < 1e-8,
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
