/* optimizer.c: steps of every optimizer of every library, against what the libraries gave, and against plain loops.
 *
 * Nothing is trained here. How the bounds of errors are derived stands in plain.h.
 */
#include "../../c/optimizer.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "plain.h"
#include "tsv.h"

static uint32_t find(const char *const *names, uint32_t count, const char *wanted) {
  uint32_t i = 0;
  while (i < count && strcmp(names[i], wanted) != 0) i++;
  return i;
}

static optimizer_choice defaults(uint32_t optimizer, uint32_t dialect) {
  optimizer_choice choice = {optimizer, dialect, {0}};
  for (uint32_t h = 0; h < HYPER_COUNT; h++) choice.hyper[h] = optimizer_default(optimizer, dialect, h);
  return choice;
}
static int exists(uint32_t optimizer, uint32_t dialect) {
  return !isnan(optimizer_default(optimizer, dialect, HYPER_RATE));
}

/* ---------------------------------------------------------------- what the libraries gave */

static const float gradients[5][4] = {{0.1f, -0.2f, 0, 1e-4f},
                                      {0.3f, 0.1f, -0.5f, 1e-6f},
                                      {-0.2f, 0.4f, 0.25f, -1e-5f},
                                      {0.05f, -0.3f, 1, 1e-7f},
                                      {0.6f, 0.2f, -0.1f, 3e-6f}};

/* The gradients were doubles there: each adds an error of EPS / 2 to its step. Nine digits are printed, which is EPS / 30
 * of the value. TensorFlow.js computes in floats itself, and its c2 = 1 - 0.999^t loses the digits that cancel: t 2^-25
 * of 0.001 t, half of that after the root. */
static double beyond(const plain *x, double moved, uint32_t dialect) {
  double all = allowed(x) + EPS * moved + EPS / 30 * fabs(x->p);
  return dialect == DIALECT_TENSORFLOW_JS ? 2 * all + 0x1p-26 / 0.001 * moved : all;
}

static double against(const char *cell, const float *p, const plain *x, const double *moved, uint32_t dialect) {
  char *rest;
  double worst = 0;
  for (int i = 0; i < 4; i++, cell = rest) {
    double expected = strtod(cell, &rest);
    worst = worse(worst, fabs((double)p[i] - expected) / beyond(&x[i], moved[i], dialect));
  }
  return worst;
}

static void table(void) {
  double worst[2] = {0};
  int rows = 0, seen[OPTIMIZER_COUNT][DIALECT_COUNT] = {{0}}, missing = 0;
  tsv t = tsv_open("tests/reference/optimizers.tsv");
  for (; tsv_next(&t); rows++) {
    uint32_t dialect = find(libraries, DIALECT_COUNT, t.cells[0]),
             optimizer = find(optimizers, OPTIMIZER_COUNT, t.cells[3]);
    optimizer_choice choice = defaults(optimizer, dialect);
    if (*t.cells[4]) choice.hyper[HYPER_RATE] = tsv_number(&t, 4);
    if (*t.cells[6]) choice.hyper[HYPER_DECAY] = tsv_number(&t, 6);
    float p[4] = {1, -2, 0.5f, 3}, s1[4] = {0}, s2[4] = {0}, g[4];
    double moved[4] = {0}, ratio[2] = {0};
    plain x[4] = {{.p = 1}, {.p = -2}, {.p = 0.5}, {.p = 3}};
    for (int s = 0; s < 5; s++) {
      if (s == 2 && *t.cells[5]) choice.hyper[HYPER_RATE] = tsv_number(&t, 5);
      update_rule rule = optimizer_rule(&choice, (uint32_t)s, 1, 0);
      for (int i = 0; i < 4; i++) {
        double old = x[i].p;
        plain_step(&choice, &x[i], (double)p[i], (double)gradients[s][i], s + 1, 1, 0);
        moved[i] += fabs(x[i].p - old);
      }
      memcpy(g, gradients[s], sizeof g);
      optimizer_step(&rule, p, g, s1, s2, 4);
      if (s == 0) ratio[0] = against(t.cells[7], p, x, moved, dialect);
    }
    ratio[1] = against(t.cells[8], p, x, moved, dialect);
    for (int i = 0; i < 2; i++) worst[i] = worse(worst[i], ratio[i]);
    if (!(worse(ratio[0], ratio[1]) <= 1)) printf("  %s, %s: %g %g\n", t.cells[0], t.cells[2], ratio[0], ratio[1]);
    seen[optimizer][dialect] = 1;
  }
  for (uint32_t o = 0; o < OPTIMIZER_COUNT; o++) {
    for (uint32_t d = 0; d < DIALECT_COUNT; d++) missing += exists(o, d) != seen[o][d];
  }
  CHECK(worst[0] <= 1, "one step of each optimizer is the library's", "%d rows, error %.2f of the bound", rows,
        worst[0]);
  CHECK(worst[1] <= 1, "so are five, with a change of rate at the third", "%d rows, error %.2f of the bound", rows,
        worst[1]);
  CHECK(rows > 30 && missing == 0, "every library's every optimizer has a row", "%d are missing", missing);
}

/* ---------------------------------------------------------------- 200 steps */

enum { STEPS = PLAIN_STEPS, SIZE = 64 };

/* The gradient of scale log cosh(p - centre), or of scale (p - centre)^2 / 2: near scale far from the centre, and small
 * beside it. Every seventh parameter gets none in every other step. */
static float slope(int i, float p, int t) {
  static const double scales[8] = {1, 0.1, 1e-2, 1e-3, 1e-4, 5e-14, 1e-18, 1e-30};
  double distance = (double)p - (i % 5 - 2.3);
  if (i % 7 == 0 && t % 2 == 0) return 0;
  return (float)(scales[i / 2 % 8] * (i % 2 ? distance : tanh(distance)));
}

/* the worst error of a run: in all, in its bound, and after 1, 10, 100 and 200 steps */
typedef struct {
  double ratio, after[4], bound;
  int wrong_updates;
} result;

static void run(optimizer_choice choice, int is_bias, result *all) {
  static const int marks[4] = {1, 10, 100, STEPS};
  enum { BATCH = 4 };
  float p[SIZE], g[SIZE], s1[SIZE] = {0}, s2[SIZE] = {0}, old[SIZE];
  plain x[SIZE] = {{0}};
  for (int i = 0; i < SIZE; i++) x[i].p = (double)(p[i] = i / 2 % 8 > 4 ? 0 : (float)(i - SIZE / 2) / 16);
  choice.hyper[HYPER_RATE] = is(choice.optimizer, "adam") ? 0.01 : 0.1;
  for (int t = 1, mark = 0; t <= STEPS; t++) {
    if (t == 3) choice.hyper[HYPER_RATE] *= 0.3;
    for (int i = 0; i < SIZE; i++) {
      g[i] = slope(i, p[i], t);
      plain_step(&choice, &x[i], (double)p[i], (double)g[i], t, BATCH, is_bias);
    }
    memcpy(old, p, sizeof p);
    update_rule rule = optimizer_rule(&choice, (uint32_t)t - 1, BATCH, is_bias);
    optimizer_step(&rule, p, g, s1, s2, SIZE);
    for (int i = 0; i < SIZE; i++) {
      double off = fabs((double)p[i] - x[i].p);
      all->ratio = worse(all->ratio, off / allowed(&x[i]));
      all->wrong_updates += g[i] != p[i] - old[i];
      if (t == marks[mark]) all->after[mark] = worse(all->after[mark], off);
      if (t == STEPS) all->bound = worse(all->bound, allowed(&x[i]));
    }
    mark += t == marks[mark];
  }
}

static void long_runs(void) {
  int wrong = 0;
  for (uint32_t o = 0; o < OPTIMIZER_COUNT; o++) {
    result all = {0};
    int runs = 0;
    for (uint32_t d = 0; d < DIALECT_COUNT; d++) {
      for (int i = 0; exists(o, d) && i < 3; i++, runs++) {
        optimizer_choice choice = defaults(o, d);
        if (i > 0) choice.hyper[HYPER_DECAY] *= isnan(choice.hyper[HYPER_DECAY]) ? 1 : 0;
        if (i > 0 && !isnan(choice.hyper[HYPER_DECAY])) choice.hyper[HYPER_DECAY] = 0.1;
        run(choice, i == 2, &all);
      }
    }
    printf("  %s: off by %.1e, %.1e, %.1e, %.1e after 1, 10, 100 and 200 steps, %.1e allowed\n", optimizers[o],
           all.after[0], all.after[1], all.after[2], all.after[3], all.bound);
    CHECK(all.ratio <= 1, "200 steps are those of a plain loop in double precision",
          "%s, %d runs, error %.2f of the bound", optimizers[o], runs, all.ratio);
    wrong += all.wrong_updates;
  }
  CHECK(wrong == 0, "the update is the new parameter minus the old one", "%d are not", wrong);
}

/* ---------------------------------------------------------------- the rest */

/* A unit gets one gradient, then none: it comes to rest, and its states are never subnormal. */
static void dead_units(void) {
  static const float first[4] = {1, -1, 1e-10f, 1e-24f};
  for (uint32_t o = OPTIMIZER_MOMENTUM; o < OPTIMIZER_COUNT; o++) {
    float p[4] = {0}, s1[4] = {0}, s2[4] = {0}, g[4] = {0}, left = 0;
    int subnormal = 0;
    optimizer_choice choice = defaults(o, DIALECT_PYTORCH);
    for (uint32_t t = 0; t < 80000; t++) {
      for (int i = 0; i < 4; i++) g[i] = t == 0 ? first[i] : 0;
      update_rule rule = optimizer_rule(&choice, t, 1, 0);
      optimizer_step(&rule, p, g, s1, s2, 4);
      for (int i = 0; i < 4; i++) {
        subnormal += fpclassify(s1[i]) == FP_SUBNORMAL || fpclassify(s2[i]) == FP_SUBNORMAL;
      }
    }
    for (int i = 0; i < 4; i++) left += fabsf(s1[i]) + fabsf(g[i]);
    CHECK(subnormal == 0 && left == 0, "a unit that dies comes to rest", "%s, %d subnormal, %g left", optimizers[o],
          subnormal, (double)left);
  }
}

/* what diverges shows it */
static void not_finite(void) {
  int hidden = 0, untold = 0;
  for (uint32_t o = 0; o < OPTIMIZER_COUNT; o++) {
    float p[4] = {1, 1, 1, 1}, g[4] = {NAN, INFINITY, -INFINITY, 1}, s1[4] = {0}, s2[4] = {0};
    optimizer_choice choice = defaults(o, DIALECT_PYTORCH);
    update_rule rule = optimizer_rule(&choice, 0, 1, 0);
    optimizer_step(&rule, p, g, s1, s2, 4);
    hidden += !isnan(p[0]) + isfinite(p[1]) + isfinite(p[2]) + !isfinite(p[3]);
    for (int i = 0; i < 9; i++) { /* the last time all are finite */
      float eight[8] = {0}, steps[8] = {0}, first[8] = {0}, second[8] = {0};
      if (i < 8) eight[i] = i % 2 ? INFINITY : NAN;
      untold += optimizer_step(&rule, eight, steps, first, second, 8) != (i == 8);
    }
  }
  CHECK(hidden == 0, "gradients that are not finite make parameters that are not", "%d", hidden);
  CHECK(untold == 0, "a step tells whether all parameters are finite", "wrongly %d times", untold);
}

/* With an epsilon of 0 the first step has the length of the rate, whatever the gradient; without a gradient there is none. */
static void no_epsilon(void) {
  float p[4] = {0}, g[4] = {1e-12f, -1, 0, 1e10f}, s1[4] = {0}, s2[4] = {0};
  optimizer_choice choice = defaults(OPTIMIZER_ADAM, DIALECT_PYTORCH);
  choice.hyper[HYPER_EPSILON] = 0;
  update_rule rule = optimizer_rule(&choice, 0, 1, 0);
  optimizer_step(&rule, p, g, s1, s2, 4);
  double off = fabs((double)p[0] + 1e-3) + fabs((double)p[1] - 1e-3) + fabs((double)p[3] + 1e-3);
  CHECK(off < 30 * EPS * 1e-3 && p[2] == 0, "an epsilon of 0 divides nothing by 0", "off by %.1e, %g", off,
        (double)p[2]); /* 10 roundings in each */
}

/* scikit-learn 1.9.1, measured: alpha 1, weights of 0.5, 4 rows: a gradient of 0.125, and 0 for biases */
static void decay(void) {
  optimizer_choice choice = defaults(OPTIMIZER_SGD, DIALECT_SCIKIT_LEARN);
  choice.hyper[HYPER_RATE] = 1;
  choice.hyper[HYPER_DECAY] = 1;
  float p[2][4] = {{0.5f}, {0.5f}}, g[4] = {0};
  for (int is_bias = 0; is_bias < 2; is_bias++) {
    update_rule rule = optimizer_rule(&choice, 0, 4, is_bias);
    memset(g, 0, sizeof g);
    optimizer_step(&rule, p[is_bias], g, NULL, NULL, 4);
  }
  CHECK(p[0][0] == 0.375f && p[1][0] == 0.5f, "scikit-learn divides decay by the batch, and spares biases", "%g, %g",
        (double)p[0][0], (double)p[1][0]);
}

static void choices(void) {
  static const double rates[DIALECT_COUNT] = {1e-3, 1e-2, 1e-3, 1e-2, 1e-3, 1e-2}; /* of SGD */
  int wrong = 0;
  for (uint32_t o = 0; o < OPTIMIZER_COUNT; o++) {
    for (uint32_t d = 0; d < DIALECT_COUNT; d++) {
      int has = !is(o, "adam") && !is(o, "nesterov") ? 1 : !among(d, "convnet-js"), adam = has && is(o, "adam");
      const double *hyper = defaults(o, d).hyper;
      if (has) wrong += hyper[HYPER_RATE] != (adam ? 1e-3 : rates[d]);
      wrong += exists(o, d) != has || isnan(hyper[HYPER_MOMENTUM]) == (has && !adam && !is(o, "sgd"));
      for (uint32_t h = HYPER_BETA1; h <= HYPER_EPSILON; h++) wrong += isnan(hyper[h]) == adam;
      wrong += isnan(hyper[HYPER_DECAY]) ? has && !among(d, "tensorflow-js") : hyper[HYPER_DECAY] != 0;
    }
    wrong += optimizer_states(o) != (is(o, "sgd") ? 0u : is(o, "adam") ? 2u : 1u);
  }
  wrong += !isnan(optimizer_default(OPTIMIZER_COUNT, 0, 0)) + !isnan(optimizer_default(0, DIALECT_COUNT, 0)) +
           !isnan(optimizer_default(0, 0, HYPER_COUNT)) + (optimizer_states(OPTIMIZER_COUNT) != 0);
  CHECK(wrong == 0, "an optimizer takes its hyperparameters, and one that a library lacks takes none", "%d are wrong",
        wrong);
  wrong = !isnan(optimizer_error_scale(DIALECT_COUNT, 1));
  for (uint32_t d = 0; d < DIALECT_COUNT; d++) {
    wrong += optimizer_error_scale(d, 8) != (among(d, "scikit-learn convnet-js") ? 1 : 0.25);
  }
  CHECK(wrong == 0, "the gradient of squared error is 2 d / outputs or d", "%d are wrong", wrong);
}

int main(void) {
  table();
  long_runs();
  dead_units();
  not_finite();
  no_epsilon();
  decay();
  choices();
  return check_failures != 0;
}
