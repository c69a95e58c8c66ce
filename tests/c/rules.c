/* rules.c: what a rule (distribution, mode, number, gain) gives a layer, and which rules are refused.
 *
 * Compared with the columns of fans.tsv, and with the moments of each distribution by numerical integration. How the
 * values are drawn is tested in rng.c and matrix.c.
 */
#include <math.h>

#include "../../c/initscope.h"
#include "check.h"
#include "tsv.h"

/* a net of one layer with this rule; a refusal ends the program */
static net *layer_of(uint32_t fan_in, uint32_t fan_out, uint32_t distribution, uint32_t mode, double number,
                     double gain) {
  net *n = net_new(1, 1, 1, 1, fan_in, INPUT_NORMAL);
  if (!n || net_add_dense(n, fan_out, tsv_activation("relu"), POOL_FLATTEN) < 0 ||
      net_set_weights(n, distribution, mode, number, gain) < 0) {
    printf("NOT OK a rule was refused: distribution %u, mode %u, number %g, gain %g\n", distribution, mode, number,
           gain);
    exit(1);
  }
  return n;
}

static double off(double got, double expected) { return got == expected ? 0 : fabs(got / expected - 1); }

/* ten printed digits are right to half of the last: 5e-10 */
static void fans(void) {
  static const struct {
    const char *name;
    double (*figure)(const net *, uint32_t);
    uint32_t distribution, mode;
    double number;
  } columns[] = {
      {"glorot_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_AVG, 1},
      {"glorot_bound", net_bound, DISTRIBUTION_UNIFORM, MODE_FAN_AVG, 1},
      {"he_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2},
      {"he_bound", net_bound, DISTRIBUTION_UNIFORM, MODE_FAN_IN, 2},
      {"lecun_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_IN, 1},
      {"lecun_bound", net_bound, DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1},
      {"he_fanout_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_OUT, 2},
      {"he_fanout_bound", net_bound, DISTRIBUTION_UNIFORM, MODE_FAN_OUT, 2},
      {"torch_default_bound", net_bound, DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1.0 / 3},
      {"glorot_trunc_sigma", net_parent, DISTRIBUTION_TRUNCATED, MODE_FAN_AVG, 1},
      {"he_trunc_sigma", net_parent, DISTRIBUTION_TRUNCATED, MODE_FAN_IN, 2},
      {"lecun_trunc_sigma", net_parent, DISTRIBUTION_TRUNCATED, MODE_FAN_IN, 1},
      {"mxnet_msra_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_AVG, 2 / 1.0625},
      {"mxnet_xavier_gauss_std", net_std, DISTRIBUTION_NORMAL, MODE_FAN_AVG, 3},
  };
  enum { COLUMNS = sizeof columns / sizeof *columns };
  double worst[COLUMNS] = {0};
  int rows = 0;
  tsv t = tsv_open("tests/reference/fans.tsv");
  for (; tsv_next(&t); rows++) {
    uint32_t fan_in = (uint32_t)tsv_number(&t, 2), fan_out = (uint32_t)tsv_number(&t, 3);
    char *next = t.cells[4]; /* read on from here: there are more columns than cells */
    for (int i = 0; i < COLUMNS; i++) {
      net *n = layer_of(fan_in, fan_out, columns[i].distribution, columns[i].mode, columns[i].number, 1);
      worst[i] = worse(worst[i], off(columns[i].figure(n, 1), strtod(next, &next)));
      next++;
      net_free(n);
    }
  }
  CHECK(rows == 17, "fans.tsv is read", "%d rows", rows);
  for (int i = 0; i < COLUMNS; i++) {
    CHECK(worst[i] < 5e-10, "a rule gives the scale of fans.tsv to ten digits", "%s: %.1e", columns[i].name, worst[i]);
  }
}

/* std of N(0, parent^2) cut at +-bound, by Simpson's rule on z in [-c, c] */
static double cut_std(double parent, double bound) {
  enum { STEPS = 2000 };
  double c = fmin(bound / parent, 12), mass = 0, squares = 0;
  for (int i = 0; i <= STEPS; i++) {
    double z = c * (2.0 * i / STEPS - 1), weight = (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) * exp(-z * z / 2);
    mass += weight;
    squares += weight * z * z;
  }
  return parent * sqrt(squares / mass);
}

/* The mean, std, bound and parent that a layer of fan_in 24 and fan_out 54 should have. scale: the std by a fan, else
 * the rule's number. The bound is NaN where nothing is cut. */
typedef struct {
  uint32_t distribution;
  double mean, std, bound, parent;
} expectation;
enum { WIDE_IN = 24, WIDE_OUT = 54 };

static expectation expect(uint32_t distribution, double scale, int by_fan) {
  double bound = by_fan ? sqrt(3) * scale : scale, parent = scale, none = (double)NAN;
  switch (distribution) {
    case DISTRIBUTION_CONSTANT: return (expectation){distribution, scale, 0, none, 0};
    case DISTRIBUTION_UNIFORM: return (expectation){distribution, 0, bound / sqrt(3), bound, 0};
    case DISTRIBUTION_UNIFORM_POSITIVE: return (expectation){distribution, bound / 2, bound / sqrt(12), bound, 0};
    case DISTRIBUTION_NORMAL: return (expectation){distribution, 0, scale, none, scale};
    case DISTRIBUTION_TRUNCATED:
      parent = scale * scale / cut_std(scale, 2 * scale);
      return (expectation){distribution, 0, scale, 2 * parent, parent};
    case DISTRIBUTION_TRUNCATED_RAW: return (expectation){distribution, 0, cut_std(scale, 2 * scale), 2 * scale, scale};
    case DISTRIBUTION_CUT: /* no value is drawn beyond 6.56 stds, so nothing is cut there */
      return (expectation){distribution, 0, cut_std(scale, 2), scale * 6.56 > 2 ? 2 : none, scale};
    case DISTRIBUTION_ORTHOGONAL: return (expectation){distribution, 0, scale / sqrt(WIDE_OUT), none, scale};
    case DISTRIBUTION_IDENTITY: /* 24 values in 24 * 54 are the scale */
      return (expectation){distribution, scale / WIDE_OUT, scale * sqrt((WIDE_OUT - 1.0) / WIDE_OUT / WIDE_OUT), none,
                           scale};
    default: return (expectation){0, none, none, none, none};
  }
}

static double compare(double got, double expected) { return isnan(expected) && isnan(got) ? 0 : off(got, expected); }

/* To 1e-8: where a cut leaves only the middle of a wide normal, its std is a difference that loses that many digits. */
static void every_distribution_by_every_mode(void) {
  static const double numbers[] = {0.3, 1, 7, 1000}, gains[] = {1, 2.5};
  for (uint32_t d = 0; d < DISTRIBUTION_SPARSE; d++) {
    double worst = 0;
    for (uint32_t mode = 0; mode < MODE_COUNT; mode++) {
      for (int i = 0; i < 8; i++) {
        double number = numbers[i % 4], gain = gains[i / 4];
        const double stds[] = {number,
                               sqrt(number / WIDE_IN),
                               sqrt(number / WIDE_OUT),
                               sqrt(number / 39),
                               sqrt(number / 36),
                               number / sqrt(2),
                               number * pow(WIDE_OUT, 1.0 / WIDE_IN)};
        double scale = gain * stds[mode];
        expectation e = expect(d, scale, mode != MODE_VALUE && mode != MODE_NGUYEN_WIDROW);
        net *n = layer_of(WIDE_IN, WIDE_OUT, d, mode, number, gain);
        worst = worse(worst, compare(net_mean(n, 1), e.mean));
        worst = worse(worst, compare(net_std(n, 1), e.std));
        worst = worse(worst, compare(net_bound(n, 1), e.bound));
        worst = worse(worst, compare(net_parent(n, 1), e.parent));
        net_free(n);
      }
    }
    CHECK(worst < 1e-8, "a distribution has its mean, std, bound and parent by every mode", "distribution %u: %.1e", d,
          worst);
  }
}

/* ceil(share fan_out) of every fan_out values are 0; the others have std 0.01 times the gain */
static void sparse(void) {
  double worst = 0;
  for (int percent = 0; percent <= 100; percent += 5) {
    net *n = layer_of(24, 60, DISTRIBUTION_SPARSE, MODE_VALUE, percent / 100.0, 3);
    worst = worse(worst, fabs(net_std(n, 1) - 0.03 * sqrt(1 - (percent * 60 + 99) / 100 / 60.0)));
    worst = worse(worst, fabs(net_mean(n, 1)));
    worst = worse(worst, fabs(net_parent(n, 1) - 0.03));
    net_free(n);
  }
  CHECK(worst < 1e-15, "sparse rules count their zeros", "off by %.1e", worst);
}

static void depth(void) {
  net *n = net_new(1, 1, 1, 1, 5, INPUT_NORMAL);
  for (int l = 1; l <= 8; l++) {
    net_add_dense(n, 5, 0, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_DEPTH, 0.02, 1);
  }
  CHECK(off(net_std(n, 1), 0.005) < 1e-15 && off(net_std(n, 8), 0.005) < 1e-15,
        "by depth, all layers have one scale, by the final number of layers", "%g, %g", net_std(n, 1), net_std(n, 8));
  CHECK(isnan(net_std(n, 0)) && isnan(net_std(n, 9)) && isnan(net_mean(n, 9)) && isnan(net_bound(n, 9)) &&
            isnan(net_parent(n, 9)) && isnan(net_bias_std(n, 9)),
        "an unknown layer has no scale", "NaN");
  net_free(n);
}

/* Every accepted rule has a finite mean and std, and draws no value beyond its bound. */
static void accepted_rules_are_finite(void) {
  static const double numbers[] = {-1e6, -1, 0, 1e-6, 0.5, 1, 2, 1000, 1e6}, gains[] = {0, 1, 1000, 1e6};
  int accepted = 0, bad = 0;
  for (int i = 0; i < 9 * 4; i++) {
    for (uint32_t d = 0; d < DISTRIBUTION_COUNT; d++) {
      for (uint32_t mode = 0; mode < MODE_COUNT; mode++) {
        net *n = net_new(1, 1, 1, 1, 24, INPUT_NORMAL);
        net_add_dense(n, 54, 0, POOL_FLATTEN);
        if (net_set_weights(n, d, mode, numbers[i % 9], gains[i / 9]) == 0) {
          double mean = net_mean(n, 1), std = net_std(n, 1), bound = net_bound(n, 1);
          net_start(n);
          net_step(n);
          const double *w = net_summary(n, TENSOR_WEIGHTS);
          int good = isfinite(mean) && isfinite(std) && isfinite(net_parent(n, 1)) && std >= 0 &&
                     w[SUMMARY_NON_FINITE] == 0 && !(std > bound) &&
                     !(fmax(w[SUMMARY_MAX], -w[SUMMARY_MIN]) > (double)(float)bound);
          accepted++;
          bad += !good;
          if (!good) {
            printf("distribution %u, mode %u, number %g, gain %g: mean %g, std %g, bound %g, values in [%.9g, %.9g]\n",
                   d, mode, numbers[i % 9], gains[i / 9], mean, std, bound, w[SUMMARY_MIN], w[SUMMARY_MAX]);
          }
        }
        net_free(n);
      }
    }
  }
  CHECK(accepted > 1000 && bad == 0, "every accepted rule is finite and within its bound", "%d of %d are not", bad,
        accepted);
}

static void refusals(void) {
  static const double limit = 1e6;
  static const struct {
    uint32_t distribution, mode;
    double number, gain;
    int weights, bias;
  } rules[] = {
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1, 0, 0},
      {DISTRIBUTION_NORMAL, MODE_VALUE, limit, limit, 0, 0},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 0, 0, 0, 0},
      {DISTRIBUTION_CONSTANT, MODE_VALUE, -limit, 1, 0, 0},
      {DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1, 1, 0, 0},
      {DISTRIBUTION_UNIFORM_POSITIVE, MODE_FAN_IN, 1, 1, 0, 0},
      {DISTRIBUTION_COUNT, MODE_VALUE, 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {UINT32_MAX, MODE_VALUE, 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_COUNT, 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, UINT32_MAX, 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, -1e-9, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, limit + 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_CONSTANT, MODE_VALUE, -limit - 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_CONSTANT, MODE_VALUE, limit + 1, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, (double)NAN, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, (double)INFINITY, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, -1e-9, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, limit + 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_VALUE, 1, (double)NAN, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_SPARSE, MODE_VALUE, 1.01, 1, NET_ERROR_RANGE, NET_ERROR_RANGE},
      {DISTRIBUTION_SPARSE, MODE_VALUE, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_TRUNCATED, MODE_VALUE, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_CUT, MODE_VALUE, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_IDENTITY, MODE_VALUE, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_FAN_OUT, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_FAN_AVG, 1, 1, 0, NET_ERROR_RANGE},
      {DISTRIBUTION_NORMAL, MODE_DEPTH, 1, 1, 0, NET_ERROR_RANGE},
  };
  enum { RULES = sizeof rules / sizeof *rules };
  int wrong = 0, changed = 0, early = 0, late = 0;
  for (int i = 0; i < RULES; i++) {
#define RULE rules[i].distribution, rules[i].mode, rules[i].number, rules[i].gain
    net *n = net_new(1, 1, 1, 1, 5, INPUT_NORMAL);
    early += net_set_weights(n, RULE) == NET_ERROR_ORDER && net_set_bias(n, RULE) == NET_ERROR_ORDER;
    net_add_dense(n, 7, 0, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.25, 1);
    net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.125, 1);
    int weights = net_set_weights(n, RULE), bias = net_set_bias(n, RULE);
    wrong += weights != rules[i].weights || bias != rules[i].bias;
    changed += (weights < 0 && net_std(n, 1) != 0.25) || (bias < 0 && net_bias_std(n, 1) != 0.125);
    net_start(n);
    late += net_set_weights(n, RULE) == NET_ERROR_ORDER && net_set_bias(n, RULE) == NET_ERROR_ORDER;
    net_free(n);
  }
  CHECK(wrong == 0 && changed == 0, "a refused rule changes nothing", "%d wrong, %d changed, of %d", wrong, changed,
        RULES);
  CHECK(early == RULES && late == RULES, "a rule before the first layer or after the start is refused",
        "%d and %d of %d", early, late, RULES);
}

static void orders_and_sizes(void) {
  static const uint32_t sizes[][3] = {{2048, 2048, 0}, {2049, 8, 1}, {8, 2049, 1},
                                      {1, 1, 0},       {1, 2048, 0}, {4096, 4096, 1}};
  int wrong = 0;
  for (int i = 0; i < 6; i++) {
    net *n = net_new(1, 1, 1, 1, sizes[i][0], INPUT_NORMAL);
    net_add_dense(n, sizes[i][1], 0, POOL_FLATTEN);
    wrong += net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1) != (sizes[i][2] ? NET_ERROR_RANGE : 0);
    wrong += net_set_weights(n, DISTRIBUTION_IDENTITY, MODE_VALUE, 1, 1) != 0;
    net_free(n);
  }
  CHECK(wrong == 0, "orthogonal matrices go up to 2048 rows and columns", "%d wrong", wrong);
  net *n = net_new(1, 3, 1, 1, 5, INPUT_NORMAL);
  int none = net_start(n), loss = net_set_loss(n, LOSS_COUNT);
  net_add_dense(n, 4, 0, POOL_FLATTEN);
  int before = net_back(n), step = net_step(n);
  net_set_loss(n, LOSS_CROSS_ENTROPY);
  int started = net_start(n), again = net_start(n), late = net_set_loss(n, LOSS_NONE),
      layer = net_add_dense(n, 4, 0, POOL_FLATTEN);
  int early = net_back(n);
  int unknown = isnan(net_loss(n)) && !net_summary(n, TENSOR_DELTAS) && !net_tensor(n, TENSOR_DELTAS) &&
                !net_weight_gradients(n, 0, 1);
  int forward[] = {net_step(n), net_step(n)}, back[] = {net_back(n), net_back(n), net_back(n)};
  CHECK(none == NET_ERROR_ORDER && loss == NET_ERROR_RANGE && before == NET_ERROR_ORDER && step == NET_ERROR_ORDER &&
            started == 0 && again == NET_ERROR_ORDER && late == NET_ERROR_ORDER && layer == NET_ERROR_ORDER,
        "calls out of order are refused", "%d %d %d %d, %d %d %d %d", none, loss, before, step, started, again, late,
        layer);
  CHECK(early == NET_ERROR_ORDER && unknown, "nothing comes back before the last layer is passed", "%d", early);
  CHECK(forward[0] == 1 && forward[1] == 0 && back[0] == 1 && back[1] == 0 && back[2] == 0,
        "a net runs to its end and back, once", "%d %d, %d %d %d", forward[0], forward[1], back[0], back[1], back[2]);
  net_free(n);
}

/* Each cut, of the widened normal and of the raw one, by Simpson's rule; and what is drawn. The std of so many weights has an
 * error of at most std / sqrt(2 N). */
static void cuts(void) {
  static const double all[] = {0.1, 0.37, 1, 1.5, 2, 2.5, 3, 5, 6.5, 6.6, 10};
  enum { SIDE = 300 };
  double worst = 0, farthest = 0;
  int inside = 0, count = (int)(sizeof all / sizeof *all);
  for (int i = 0; i < 2 * count; i++) {
    int raw = i % 2;
    double cut = all[i / 2], std = 0.02, shrinks = cut_std(1, cut), none = (double)NAN;
    net *n = net_new((uint32_t)i, 1, 1, 1, SIDE, INPUT_NORMAL);
    net_add_dense(n, SIDE, 0, POOL_FLATTEN);
    net_set_weights(n, raw ? DISTRIBUTION_TRUNCATED_RAW : DISTRIBUTION_TRUNCATED, MODE_VALUE, std, 1);
    int status = net_set_cut(n, cut);
    double parent = raw || cut > 6.56 ? std : std / shrinks, right = raw && cut < 6.56 ? std * shrinks : std;
    worst = worse(worst, compare(net_std(n, 1), right));
    worst = worse(worst, compare(net_parent(n, 1), parent));
    worst = worse(worst, compare(net_bound(n, 1), cut > 6.56 ? none : cut * parent));
    net_start(n);
    net_step(n);
    const double *drawn = net_summary(n, TENSOR_WEIGHTS);
    farthest = worse(farthest, fabs(drawn[SUMMARY_STD] / right - 1) * sqrt(2) * SIDE);
    double bound = cut > 6.56 ? 6.56 * parent : cut * parent * (1 + 1e-6);
    inside += status == 0 && drawn[SUMMARY_MAX] <= bound && drawn[SUMMARY_MIN] >= -bound &&
              drawn[SUMMARY_MAX] > 0.9 * fmin(bound, 3.5 * parent);
    net_free(n);
  }
  CHECK(worst < 1e-9, "a normal cut anywhere has its std, bound and parent", "%.1e", worst);
  CHECK(inside == 2 * count && farthest < 5, "its values have that std, and reach the cut", "%d of %d, %.1f errors",
        inside, 2 * count, farthest);
}

static void refused_cuts(void) {
  static const double bad[] = {0, 0.0999, 10.001, -2, (double)NAN, (double)INFINITY};
  net *n = layer_of(4, 4, DISTRIBUTION_TRUNCATED, MODE_VALUE, 1, 1);
  int refused = 0, other = net_set_cut(n, 3);
  for (int i = 0; i < 6; i++) refused += net_set_cut(n, bad[i]) == NET_ERROR_RANGE;
  CHECK(refused == 6 && other == 0 && fabs(net_bound(n, 1) / net_parent(n, 1) - 3) < 1e-12,
        "a refused cut leaves the one before it", "%d of 6", refused);
  net_set_weights(n, DISTRIBUTION_TRUNCATED, MODE_VALUE, 1, 1);
  CHECK(net_bound(n, 1) / net_parent(n, 1) == 2, "a new rule is cut at 2 std", "%g", net_bound(n, 1));
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1);
  CHECK(net_set_cut(n, 2) == NET_ERROR_ORDER, "what is not truncated takes no cut", "-");
  net_free(n);
}

int main(void) {
  cuts();
  refused_cuts();
  fans();
  every_distribution_by_every_mode();
  sparse();
  depth();
  accepted_rules_are_finite();
  refusals();
  orders_and_sizes();
  return check_failures != 0;
}
