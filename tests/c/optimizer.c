/* optimizer.c: steps of every optimizer of every library, against what the libraries gave, and against plain loops.
 *
 * A plain loop makes the steps in double precision, from the formulas in c/optimizer.h, one parameter at a time. It also
 * carries a bound of what floats may add to the error (running error analysis; Higham 2002, "Accuracy and Stability of
 * Numerical Algorithms", section 3.3). Nothing is trained here.
 */
#include "../../c/optimizer.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "tsv.h"

enum { STEPS = 200, SIZE = 64 };

#define EPS 0x1p-24 /* the relative error of one rounding to float */

static const char *const library[] = {"pytorch", "keras", "optax", "tensorflow-js", "scikit-learn", "convnet-js"};
static const char *const name[] = {"sgd", "momentum", "nesterov", "adam"};

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
static int among(const char *dialect, const char *const *names) { return find(names, 3, dialect) < 3; }

/* ---------------------------------------------------------------- the plain loop */

/* a parameter, its states, and how far floats may be from each; average: that of |g|, with the weights of s1 */
typedef struct {
  double p, s1, s2, p_off, s1_off, s2_off, average;
} plain;

/* u = (s1 / c1) / (sqrt(s2 / c2) + epsilon) times the rate, and how far floats may be from it */
static double plain_adam(const optimizer_choice *choice, plain *x, double g, double g_off, int t, double *off) {
  static const char *const before[3] = {"keras", "scikit-learn", "scikit-learn"};
  double b1 = choice->hyper[HYPER_BETA1], b2 = choice->hyper[HYPER_BETA2], epsilon = choice->hyper[HYPER_EPSILON];
  double s1 = b1 * x->s1 + (1 - b1) * g, s2 = b2 * x->s2 + (1 - b2) * g * g;
  x->s1_off = b1 * x->s1_off + (1 - b1) * g_off + EPS * (fabs(b1 * x->s1) + fabs((1 - b1) * g) + fabs(s1));
  x->s2_off = b2 * x->s2_off + (1 - b2) * 2 * fabs(g) * g_off + EPS * (b2 * x->s2 + 2 * (1 - b2) * g * g + s2);
  x->average = b1 * x->average + (1 - b1) * fabs(g);
  x->s1 = s1;
  x->s2 = s2;
  double c1 = 1 - pow(b1, t), c2 = 1 - pow(b2, t), rate = choice->hyper[HYPER_RATE] / c1 * sqrt(c2);
  double u = choice->hyper[HYPER_RATE] * (s1 / c1) / (sqrt(s2 / c2) + epsilon), added = epsilon * sqrt(c2);
  if (among(library[choice->dialect], before)) {
    u = choice->hyper[HYPER_RATE] * sqrt(c2) / c1 * s1 / (sqrt(s2) + epsilon);
    added = epsilon;
  }
  double sum = sqrt(s2) + added;
  double sum_off = (s2 > 0 ? x->s2_off / (2 * sqrt(s2)) : 0) + EPS * (sqrt(s2) + added + sum) + 0x1p-27 * added;
  /* As floats, beta1 and beta2 change the weights of gradients i steps apart by i EPS / 2 beside each other. Gradients
   * that are more than 2 / (1 - beta) steps back have no weight. */
  double weights = EPS * fmin(t, 2 / (1 - b1)) * x->average * rate / sum + EPS * fmin(t, 2 / (1 - b2)) / 2 * fabs(u);
  *off = rate * x->s1_off / sum + fabs(u) * (sum_off / sum + 3 * EPS) + weights;
  return -u;
}

/* the update by a velocity */
static double plain_velocity(const optimizer_choice *choice, plain *x, double g, double g_off, double *off) {
  static const char *const inside[3] = {"keras", "scikit-learn", "convnet-js"};
  int rate_inside = among(library[choice->dialect], inside), nesterov = !strcmp(name[choice->optimizer], "nesterov");
  double rate = choice->hyper[HYPER_RATE], mu = choice->hyper[HYPER_MOMENTUM], u;
  double s1 = rate_inside ? mu * x->s1 - rate * g : mu * x->s1 + g, taken = rate_inside ? rate : 1;
  x->s1_off = mu * x->s1_off + taken * g_off + EPS * (2 * fabs(mu * x->s1) + 2 * fabs(taken * g) + fabs(s1));
  x->s1 = s1;
  if (rate_inside) u = nesterov ? mu * s1 - rate * g : s1;
  if (!rate_inside) u = nesterov ? -rate * (g + mu * s1) : -rate * s1;
  double along = (rate_inside ? 1 : rate) * (nesterov ? mu : 1), ahead = nesterov ? rate : 0;
  *off = along * x->s1_off + ahead * g_off + EPS * (2 * fabs(along * s1) + 2 * fabs(ahead * g) + fabs(u));
  return u;
}

/* Step t = 1, 2, ... with the gradient g. */
static void plain_step(const optimizer_choice *choice, plain *x, double g, int t, uint32_t batch, int is_bias) {
  static const char *const divides[3] = {"scikit-learn", "convnet-js", "convnet-js"};
  const char *from = library[choice->dialect];
  int adam = !strcmp(name[choice->optimizer], "adam"), divided = among(from, divides);
  double decay = choice->hyper[HYPER_DECAY], rate = choice->hyper[HYPER_RATE], g_off = 0, off;
  if (isnan(decay) || (divided && is_bias)) decay = 0;
  if (divided) decay /= batch;
  int decoupled = !strcmp(from, "keras") || (!strcmp(from, "optax") && adam);
  if (!decoupled && decay > 0) {
    g += decay * x->p;
    g_off = decay * x->p_off + EPS * (2 * fabs(decay * x->p) + fabs(g));
  }
  double u = -rate * g;
  off = rate * g_off + 2 * EPS * fabs(u);
  if (adam) u = plain_adam(choice, x, g, g_off, t, &off);
  if (!adam && strcmp(name[choice->optimizer], "sgd") != 0) u = plain_velocity(choice, x, g, g_off, &off);
  double kept = x->p;
  if (decoupled && decay > 0) {
    kept -= rate * decay * x->p;
    x->p_off += EPS * (2 * fabs(rate * decay * x->p) + fabs(kept));
  }
  x->p = kept + u;
  x->p_off += off + EPS * fabs(x->p);
}

/* how far a float may be, with terms of second order */
static double allowed(const plain *x) { return 1.01 * x->p_off + 1e-30; }

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
    uint32_t dialect = find(library, DIALECT_COUNT, t.cells[0]), optimizer = find(name, OPTIMIZER_COUNT, t.cells[3]);
    optimizer_choice choice = defaults(optimizer, dialect);
    if (*t.cells[4]) choice.hyper[HYPER_RATE] = tsv_number(&t, 4);
    if (*t.cells[6]) choice.hyper[HYPER_DECAY] = tsv_number(&t, 6);
    float p[4] = {1, -2, 0.5f, 3}, s1[4] = {0}, s2[4] = {0}, g[4];
    double moved[4] = {0}, ratio[2] = {0};
    plain x[4] = {{.p = 1}, {.p = -2}, {.p = 0.5}, {.p = 3}};
    for (int s = 0; s < 5; s++) {
      if (s == 2 && *t.cells[5]) choice.hyper[HYPER_RATE] = tsv_number(&t, 5);
      update_rule rule = optimizer_rule(&choice, (uint32_t)s, 1, 0);
      memcpy(g, gradients[s], sizeof g);
      optimizer_step(&rule, p, g, s1, s2, 4);
      for (int i = 0; i < 4; i++) {
        double old = x[i].p;
        plain_step(&choice, &x[i], (double)gradients[s][i], s + 1, 1, 0);
        moved[i] += fabs(x[i].p - old);
      }
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

int main(void) {
  table();
  return check_failures != 0;
}
