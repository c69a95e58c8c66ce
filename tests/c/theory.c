/* theory.c: mean-field recursions, compared with tables, with figures from papers, and with plain iterations.
 *
 * Whether networks follow the theory is checked in tests/js/meanfield.test.js.
 */
#include <math.h>

#include "../../c/initscope.h"
#include "../../c/theory.h"
#include "check.h"
#include "tsv.h"

enum { WIDTH = 512, NARROWER = 20, DEPTH = 60, BEYOND = 35 };

static double off(double got, double expected) { return got == expected ? 0 : fabs(got - expected) / fabs(expected); }

/* a uniform net on N(0, 1) input, forward and back: layers[0] is the input, layers[1] to layers[depth] */
static theory_layer layers[DEPTH + 1];
static void run(const char *activation, double sigma_w2, double sigma_b2, uint32_t units, int depth,
                double correlation) {
  phi f = phi_find(tsv_activation(activation), NAN);
  theory_input(&layers[0], 1, 2.0 / units, correlation);
  for (int l = 1; l <= depth; l++) theory_step(&layers[l], &layers[l - 1], &f, sigma_w2, sigma_b2, units);
  for (int l = depth; l > 0; l--) theory_step_back(&layers[l], l < depth ? &layers[l + 1] : NULL, sigma_w2);
}
static double a_std(int l) { return sqrt(layers[l].a_square - layers[l].a_mean * layers[l].a_mean); }

/* 12 printed digits are right to 5e-12, and fifty layers add some rounding. sdlnq is of first order in 1 / width, and the
 * law of ln q is not: so its variance is taken at a width where the other orders are below 1e-6. Its slopes are secants
 * over 1e-3, which are good to about 1e-6. */
static void meanfield(void) {
  static const char *const names[] = {"q", "mean", "std", "square", "chi", "log10_grad", "c", "kappa"};
  double worst[8] = {0}, first = 0;
  int rows = 0;
  tsv t = tsv_open("tests/reference/meanfield.tsv");
  while (tsv_next(&t)) {
    uint32_t a = tsv_activation(t.cells[0]);
    double sigma_w2 = tsv_number(&t, 2), log10_grad = 0;
    int l = atoi(t.cells[3]);
    run(t.cells[0], sigma_w2, 0, WIDTH << NARROWER, l, 0);
    double variance = layers[l].z_law.variance + 2.0 / (WIDTH << NARROWER);
    first = worse(first, off(sqrt(ldexp(variance, NARROWER)), tsv_number(&t, 12)));
    run(t.cells[0], sigma_w2, 0, WIDTH, l, 0);
    const theory_layer *layer = &layers[l];
    for (int k = 1; k < l; k++) log10_grad += log10(theory_chi(a, NAN, sigma_w2, layers[k].z_square));
    const double got[] = {layer->z_square,
                          layer->a_mean,
                          a_std(l),
                          layer->a_square,
                          theory_chi(a, NAN, sigma_w2, layer->z_square),
                          log10_grad,
                          theory_elasticity(a, NAN, layer->z_square),
                          theory_kappa(a, NAN, layer->z_square)};
    for (int i = 0; i < 8; i++) {
      double expected = tsv_number(&t, 4 + i), error = fabs(got[i] - expected);
      int absolute = i == 1 || i >= 5; /* means may cancel, logarithms and ratios may be 0 */
      worst[i] = worse(worst[i], absolute ? error / fmax(1, fabs(expected)) : off(got[i], expected));
    }
    rows++;
  }
  CHECK(rows == 200, "meanfield.tsv is read", "%d rows", rows);
  CHECK(first < 1e-5, "at a large width the law of ln q has the variance of meanfield.tsv", "%.1e", first);
  for (int i = 0; i < 8; i++)
    CHECK(worst[i] < 1e-11, "theory_step gives meanfield.tsv", "%s: %.1e", names[i], worst[i]);
}

/* 12 printed digits are right to 5e-12. Where q* attracts, it is the fixed point too, to what its slope allows. */
static void critical(void) {
  double worst[4] = {0};
  int rows = 0, points = 0;
  tsv t = tsv_open("tests/reference/critical.tsv");
  while (tsv_next(&t)) {
    uint32_t a = tsv_activation(t.cells[0]);
    if (a == activation_count()) continue;
    double q = tsv_number(&t, 1), sigma_w2 = tsv_number(&t, 2), sigma_b2 = tsv_number(&t, 3), along = tsv_number(&t, 4);
    double exact_w2 = 1 / theory_moment(a, NAN, MOMENT_SLOPE2, q),
           kept = exact_w2 * theory_moment(a, NAN, MOMENT_PHI2, q);
    worst[0] = worse(worst[0], off(exact_w2, sigma_w2));
    worst[1] = worse(worst[1], fabs(q - kept - sigma_b2) / q);
    worst[2] = worse(worst[2], fabs(theory_elasticity(a, NAN, q) * kept / q - along));
    rows++;
    if (along > 0.999) continue; /* here every q is fixed, or nearly */
    worst[3] = worse(worst[3], off(theory_fixed_point(a, NAN, sigma_w2, sigma_b2), q) * (1 - along));
    points++;
  }
  CHECK(rows == 66 && points > 40, "critical.tsv is read", "%d rows, %d of them attract", rows, points);
  CHECK(worst[0] < 6e-12 && worst[1] < 6e-12, "chi_1 is 1 at the critical sigma_w2 and sigma_b2", "%.1e, %.1e",
        worst[0], worst[1]);
  CHECK(worst[2] < 6e-12, "chi along q is that of critical.tsv", "%.1e", worst[2]);
  CHECK(worst[3] < 6e-12, "the fixed point is the q* of critical.tsv", "%.1e (1 - chi)", worst[3]);
}

/* the rows of papers.tsv that hold for infinite width: value, and tolerance in its digits */
static void papers(void) {
  struct {
    const char *what;
    double got, expected, tolerance;
  } rows[32];
  int n = 0;
#define ROW(...) rows[n++] = (__typeof__(*rows)){__VA_ARGS__}
  run("tanh", 1.0 / 3, 0, 1000, 5, 0);
  ROW("glorot-fig6-standard 1", a_std(1), 0.460, 5e-4);
  ROW("glorot-fig6-standard 2", a_std(2), 0.250, 5e-4);
  ROW("glorot-fig6-standard 3", a_std(3), 0.141, 5e-4);
  ROW("glorot-fig6-standard 5", a_std(5), 0.047, 5e-4);
  ROW("glorot-fig7-standard", sqrt(layers[1].delta_square / layers[5].delta_square), 0.083, 5e-4);
  run("tanh", 1, 0, 1000, 10, 0);
  ROW("glorot-fig6-normalized 1", a_std(1), 0.628, 5e-4);
  ROW("glorot-fig6-normalized 2", a_std(2), 0.486, 5e-4);
  ROW("glorot-fig6-normalized 3", a_std(3), 0.408, 5e-4);
  ROW("glorot-fig6-normalized 5", a_std(5), 0.322, 5e-4);
  ROW("cs231n-tanh-xavier 10", a_std(10), 0.228, 5e-4);
  run("tanh", 1, 0, 1000, 5, 0);
  ROW("glorot-fig7-normalized", sqrt(layers[1].delta_square / layers[5].delta_square), 0.410, 5e-4);
  run("tanh", 0.05, 0, 500, 4, 0);
  ROW("cs231n-tanh-small 1", a_std(1), 0.2135, 0.03 * 0.2135);
  ROW("cs231n-tanh-small 2", a_std(2), 0.0476, 0.04 * 0.0476);
  ROW("cs231n-tanh-small 4", a_std(4), 0.0024, 0.08 * 0.0024);
  run("tanh", 500, 0, 500, 10, 0);
  ROW("cs231n-tanh-big 10", a_std(10), 0.98, 0.02 * 0.98);
  run("relu", 1, 0, 500, 30, 0);
  ROW("cs231n-relu-xavier 1", a_std(1), 0.5838, 5e-5);
  ROW("cs231n-relu-xavier 10", a_std(10), 0.0258, 5e-5);
  ROW("he-30-layers-xavier", sqrt(layers[30].z_square / layers[1].z_square), 4.3e-5, 5e-7);
  run("relu", 2, 0, 500, 30, 0);
  ROW("cs231n-relu-he 10 std", a_std(10), 0.8256, 5e-5);
  ROW("cs231n-relu-he 10 mean", layers[10].a_mean, 0.5642, 5e-5);
  ROW("He correlation 1", layers[1].a_correlation, 0.318, 5e-4);
  ROW("He correlation 2", layers[2].a_correlation, 0.494, 5e-4);
  ROW("He correlation 3", layers[3].a_correlation, 0.605, 5e-4);
  ROW("He correlation 5", layers[5].a_correlation, 0.736, 5e-4);
  ROW("He correlation 10", layers[10].a_correlation, 0.872, 5e-4);
  ROW("He correlation 20", layers[20].a_correlation, 0.948, 5e-4);
  ROW("He correlation 30", layers[30].a_correlation, 0.972, 5e-4);
  run("tanh", 25.0 / 9, 0, 500, 60, 0);
  ROW("makemore-tanh-5/3", a_std(60), 0.6513, 5e-5);
  run("selu", 1, 0, 500, 32, 0);
  ROW("selu-fixed-point mean", layers[32].a_mean, 0, 1e-14);
  ROW("selu-fixed-point std", a_std(32), 1, 1e-14);
  for (int i = 0; i < n; i++) {
    CHECK(fabs(rows[i].got - rows[i].expected) <= rows[i].tolerance, rows[i].what, "%.6g, printed %g", rows[i].got,
          rows[i].expected);
  }
}

/* sigma_w2 at which chi_1 is 1 at the fixed point, by bisection */
static void poole_critical(void) {
  uint32_t tanh_ = tsv_activation("tanh");
  double low = 1, high = 3, q = 0;
  for (int i = 0; i < 50; i++) {
    double middle = (low + high) / 2;
    q = theory_fixed_point(tanh_, NAN, middle, 0.05);
    *(theory_chi(tanh_, NAN, middle, q) < 1 ? &low : &high) = middle;
  }
  CHECK(off(low, 1.76095464) < 5e-9 && off(q, 0.5700478816) < 1e-10, "poole-tanh-critical", "sigma_w2 %.9f at q* %.11f",
        low, q);
  double depth = theory_depth_c(tanh_, NAN, 1.3, theory_fixed_point(tanh_, NAN, 1.3, 0.05));
  CHECK(isinf(theory_depth_c(tsv_activation("relu"), NAN, 2, 1)) && fabs(theory_depth_c(tanh_, NAN, low, q)) > 1e8 &&
            depth > 0 && theory_depth_q(tanh_, NAN, low, q) > 0 &&
            theory_depth_c(tanh_, NAN, 3, theory_fixed_point(tanh_, NAN, 3, 0.05)) < 0,
        "the depth scale of correlation diverges there, and that of length does not", "%.3f in order, %.3f", depth,
        theory_depth_q(tanh_, NAN, low, q));
}

static void fixed_points(void) {
  const struct {
    const char *name;
    double sigma_w2, sigma_b2, expected, tolerance;
  } rows[] = {
      {"linear", 1, 0, 1, 0},
      {"linear", 0.5, 1, 2, 1e-13},
      {"linear", 1, 0.1, INFINITY, 0},
      {"relu", 2, 0, 1, 0},
      {"relu", 2.001, 0, INFINITY, 0},
      {"relu", 1.999, 0, 0, 0},
      {"relu", 2, 0.1, INFINITY, 0},
      {"relu", 1.9999, 0.1, 2000, 1e-9},
      {"relu", 1, 1e-40, 2e-40, 1e-13},
      {"leaky-relu", 2 / 1.0001, 0, 1, 0},
      {"tanh", 1, 0, 0, 0}, /* like 1 / layers */
      {"tanh", 0.99, 0, 0, 0},
      {"sin", 1, 0, 0, 0},
      {"softsign", 1, 0, 0, 0},
      {"hardtanh", 1, 0, 0, 0}, /* the iteration is exponentially slow */
      {"sin", 1 + 1e-6, 0, 1e-6, 1e-6}, /* 1 - q to leading order is 1 / sigma_w2 */
      {"selu", 1, 0, 1, 0},
      {"gelu", 2.2, 0, 0, 0}, /* 0 and infinity attract; a fixed point between them does not */
      {"gelu", 2.5, 0, INFINITY, 0},
      {"silu", 2, 0, 0, 0},
      {"softplus", 2, 0, INFINITY, 0},
      {"elu", 2, 0, INFINITY, 0},
      {"tanh", 0, 0, 0, 0},
      {"tanh", 0, 0.3, 0.3, 1e-13},
      {"sigmoid", 1e-40, 0, 0.25e-40, 1e-13},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double q = theory_fixed_point(tsv_activation(rows[i].name), NAN, rows[i].sigma_w2, rows[i].sigma_b2);
    CHECK(q == rows[i].expected || off(q, rows[i].expected) <= rows[i].tolerance, "the fixed point from q = 1",
          "%s, %g, %g: %.12g", rows[i].name, rows[i].sigma_w2, rows[i].sigma_b2, q);
  }
  CHECK(isnan(theory_fixed_point(99, NAN, 1, 0)) && isnan(theory_fixed_point(3, NAN, -1, 0)) &&
            isnan(theory_fixed_point(3, NAN, 1, NAN)),
        "an unknown activation or a negative variance has no fixed point", "NaN");
}

/* The plain iteration, wherever it settles; and what the search assumes: the length map grows with q. */
static void fixed_points_are_where_iterations_end(void) {
  double worst = 0, least = 1;
  int settled = 0;
  for (uint32_t a = 0; a < activation_count(); a++) {
    for (double q = 1e-9; q < 1e9; q *= 3) least = fmin(least, theory_elasticity(a, NAN, q));
    for (int k = 0; k < 12; k++) {
      double sigma_w2 = 0.4 * (k / 3 + 1), sigma_b2 = (double[]){0.02, 0.3, 2}[k % 3], q = 1, before = 0;
      for (int l = 0; l < 300 && fabs(q - before) > 1e-14 * q; l++) {
        before = q;
        q = sigma_w2 * theory_moment(a, NAN, MOMENT_PHI2, q) + sigma_b2;
      }
      if (fabs(q - before) > 1e-14 * q) continue;
      worst = worse(worst, off(theory_fixed_point(a, NAN, sigma_w2, sigma_b2), q));
      settled++;
    }
  }
  CHECK(settled > 100 && worst < 1e-12, "fixed points are where iterations end", "%d of them, worst %.1e", settled,
        worst);
  CHECK(least > -1e-12, "the length map never falls", "least slope %.1e", least);
}

/* by hand: two layers of 10 and 40 units, relu then linear, with a bias on the second */
static void unequal_widths(void) {
  theory_layer input, first, second;
  theory_input(&input, 3, 2.0 / 7, 0.5);
  phi relu = phi_find(tsv_activation("relu"), NAN), linear = phi_find(tsv_activation("linear"), NAN);
  theory_step(&first, &input, &relu, 2, 0, 10);
  theory_step(&second, &first, &linear, 0.5, 1, 40);
  double kernel = (sqrt(0.75) + acos(-0.5) * 0.5) / acos(-1); /* the correlation of relu at 0.5 */
  CHECK(off(first.z_square, 6) < 1e-15 && off(second.z_square, 2.5) < 1e-15, "q passes unequal layers", "%g, %g",
        first.z_square, second.z_square);
  spread_law seven = spread_of_mean(7, 2), ten = spread_of_halves(10), forty = spread_of_mean(40, 2);
  CHECK(off(first.a_law.variance, seven.variance + ten.variance) < 1e-12, "relu adds the chance of its halves", "%g",
        first.a_law.variance);
  double share = second.z_law.variance / first.a_law.variance;
  CHECK(fabs(share - 0.187) < 0.02, "a bias dilutes variance, to 10 % of 60,000 draws", "%g", share);
  CHECK(off(second.a_law.variance, second.z_law.variance + forty.variance) < 1e-12, "linear adds that of 40 squares",
        "%g", second.a_law.variance);
  CHECK(off(second.z_correlation, 0.6 * kernel + 0.4) < 1e-14, "a bias correlates", "%g", second.z_correlation);
  theory_step_back(&second, NULL, 0);
  theory_step_back(&first, &second, 2);
  CHECK(off(second.delta_square, 1) < 1e-15 && off(first.delta_square, 1) < 1e-15, "deltas pass back", "%g, %g",
        second.delta_square, first.delta_square);
  CHECK(off(theory_weight_gradient(&second, &first, 64), 64 * 3) < 1e-15, "weight gradients are a times delta", "%g",
        theory_weight_gradient(&second, &first, 64));
}

/* nets that vanish below the range of a double, or explode above it */
static void extremes(void) {
  static const double sigmas[] = {1e-10, 1e14};
  int bad = 0, zeros = 0, infinities = 0;
  for (uint32_t a = 0; a < activation_count(); a++) {
    for (int i = 0; i < 2; i++) {
      run(activation_name(a), sigmas[i], 0, 1, BEYOND, 0.5);
      for (int l = 1; l <= BEYOND; l++) {
        const theory_layer *layer = &layers[l];
        bad +=
            !(layer->z_square >= 0 && layer->a_square >= 0 && layer->slope_square >= 0 && layer->delta_square >= 0) ||
            !(fabs(layer->z_correlation) <= 1) || isnan(layer->a_mean);
      }
      zeros += layers[BEYOND].z_square == 0;
      infinities += isinf(layers[BEYOND].z_square);
    }
  }
  CHECK(bad == 0 && zeros > 10 && infinities > 5, "nets that vanish or explode beyond double stay defined",
        "%d ill-defined layers, %d nets at 0, %d at infinity", bad, zeros, infinities);
}

/* q just beside 0 on either side, and q without end */
static void edges(void) {
  int same = 0, ends = 0, count = (int)(activation_count() * MOMENT_COUNT), activations = (int)activation_count();
  for (uint32_t a = 0; a < activation_count(); a++) {
    for (uint32_t m = 0; m < MOMENT_COUNT; m++) same += theory_moment(a, NAN, m, -0.0) == theory_moment(a, NAN, m, 0);
    ends += !isnan(theory_depth_q(a, NAN, 1.5, (double)INFINITY)) && isnan(theory_depth_q(a, NAN, 1.5, (double)NAN));
  }
  static const double wide[] = {0, 5e-324, 1e-300, 1e-60, 1, 1e60, 1e299, 1e300, 1e301, 1e308, (double)INFINITY};
  int missing = 0, wides = (int)(sizeof wide / sizeof *wide);
  for (int i = 0; i < wides * count; i++) {
    missing += isnan(theory_moment((uint32_t)(i / wides) / MOMENT_COUNT, NAN, (uint32_t)(i / wides) % MOMENT_COUNT,
                                   wide[i % wides]));
  }
  CHECK(missing == 0, "every q from 0 to infinity has its moments", "%d of %d", missing, wides * count);
  CHECK(same == count, "q = -0 is q = 0", "%d of %d moments", same, count);
  CHECK(ends == activations, "the depth scale of q has a limit at infinity, and is NaN at NaN", "%d of %d", ends,
        activations);
}

int main(void) {
  edges();
  meanfield();
  critical();
  papers();
  poole_critical();
  fixed_points();
  fixed_points_are_where_iterations_end();
  unequal_widths();
  extremes();
  return check_failures != 0;
}
