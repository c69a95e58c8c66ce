/* plain.h: the steps of optimizers in double precision, from the formulas in c/optimizer.h, for the native tests.
 *
 * One parameter at a time, by branches on names of libraries: none of it is the engine's way. Beside each value stands a
 * bound of what floats may add to the error (running error analysis; Higham 2002, "Accuracy and Stability of Numerical
 * Algorithms", section 3.3).
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <math.h>
#include <string.h>

#include "../../c/optimizer.h"

enum { PLAIN_STEPS = 200 }; /* the most that the bounds are for */

#define EPS 0x1p-24 /* the relative error of one rounding to float */

static const char *const libraries[] = {"pytorch", "keras", "optax", "tensorflow-js", "scikit-learn", "convnet-js"};
static const char *const optimizers[] = {"sgd", "momentum", "nesterov", "adam"};

/* is the library one of these? */
static int among(uint32_t dialect, const char *these) { return strstr(these, libraries[dialect]) != NULL; }
static int is(uint32_t optimizer, const char *wanted) { return !strcmp(optimizers[optimizer], wanted); }

/* a parameter, its states, and how far floats may be from each; size: as s1, but of |g|; the ages are sums as size and s2,
 * each term times how many steps ago it was */
typedef struct {
  double p, s1, s2, p_off, s1_off, s2_off, size, size_age, s2_age;
} plain;

/* An average of terms of age i, from `sum` and `age`, as a share of sum: how far it may be from that of a float's beta.
 * Weights change by i d / beta beside each other, and their mean age is at most t - 1 and beta / (1 - beta). */
static double reweighted(double beta, double sum, double age, int t) {
  double change = fabs(beta - (double)(float)beta) / beta;
  return sum > 0 ? change * (age / sum + fmin(t - 1, beta / (1 - beta))) : 0;
}

/* u = (s1 / c1) / (sqrt(s2 / c2) + epsilon) times the rate, and how far floats may be from it */
static double plain_adam(const optimizer_choice *choice, plain *x, double g, double g_off, int t, double *off) {
  double b1 = choice->hyper[HYPER_BETA1], b2 = choice->hyper[HYPER_BETA2], epsilon = choice->hyper[HYPER_EPSILON];
  double s1 = b1 * x->s1 + (1 - b1) * g, s2 = b2 * x->s2 + (1 - b2) * g * g;
  x->s1_off = b1 * x->s1_off + (1 - b1) * g_off + EPS * (fabs(b1 * x->s1) + fabs((1 - b1) * g) + fabs(s1));
  x->s2_off = b2 * x->s2_off + (1 - b2) * 2 * fabs(g) * g_off + EPS * (b2 * x->s2 + 2 * (1 - b2) * g * g + s2);
  x->size_age = b1 * (x->size_age + x->size);
  x->s2_age = b2 * (x->s2_age + x->s2);
  x->size = b1 * x->size + (1 - b1) * fabs(g);
  x->s1 = s1;
  x->s2 = s2;
  double c1 = 1 - pow(b1, t), c2 = 1 - pow(b2, t), rate = choice->hyper[HYPER_RATE] / c1 * sqrt(c2);
  double u = choice->hyper[HYPER_RATE] * (s1 / c1) / (sqrt(s2 / c2) + epsilon), added = epsilon * sqrt(c2);
  if (among(choice->dialect, "keras scikit-learn")) {
    u = choice->hyper[HYPER_RATE] * sqrt(c2) / c1 * s1 / (sqrt(s2) + epsilon);
    added = epsilon;
  }
  double sum = sqrt(s2) + added;
  double sum_off = (s2 > 0 ? x->s2_off / (2 * sqrt(s2)) : 0) + EPS * (sqrt(s2) + added + sum) + 0x1p-27 * added;
  double weights =
      x->size * rate / sum * reweighted(b1, x->size, x->size_age, t) + fabs(u) / 2 * reweighted(b2, s2, x->s2_age, t);
  *off = rate * x->s1_off / sum + fabs(u) * (sum_off / sum + 3 * EPS) + weights;
  return -u;
}

/* the update by a velocity */
static double plain_velocity(const optimizer_choice *choice, plain *x, double g, double g_off, double *off) {
  int rate_inside = among(choice->dialect, "keras scikit-learn convnet-js"),
      nesterov = is(choice->optimizer, "nesterov");
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

/* Step t = 1, 2, ... with the gradient g at the parameter p. Both are those of floats, also in coupled decay, so that an
 * error does not feed itself. */
static void plain_step(const optimizer_choice *choice, plain *x, double p, double g, int t, uint32_t batch,
                       int is_bias) {
  int adam = is(choice->optimizer, "adam"), divided = among(choice->dialect, "scikit-learn convnet-js");
  double decay = choice->hyper[HYPER_DECAY], rate = choice->hyper[HYPER_RATE], g_off = 0, off;
  if (isnan(decay) || (divided && is_bias)) decay = 0;
  if (divided) decay /= batch;
  int decoupled = among(choice->dialect, adam ? "keras optax" : "keras");
  if (!decoupled && decay > 0) {
    g += decay * p;
    g_off = EPS * (2 * fabs(decay * p) + fabs(g));
  }
  double u = -rate * g;
  off = rate * g_off + 2 * EPS * fabs(u);
  if (adam) u = plain_adam(choice, x, g, g_off, t, &off);
  if (!adam && !is(choice->optimizer, "sgd")) u = plain_velocity(choice, x, g, g_off, &off);
  double shrink = decoupled && decay > 0 ? rate * decay * x->p : 0;
  if (shrink != 0) off += EPS * (2 * fabs(shrink) + fabs(u - shrink));
  x->p += u - shrink;
  x->p_off += off + EPS * fabs(x->p);
}

/* How far a float may be, with terms of second order. A velocity that becomes 0 below 2^-120 moved a parameter by less
 * than that in all, as rate / (1 - momentum) is at most 1 here. */
static double allowed(const plain *x) { return 1.01 * x->p_off + PLAIN_STEPS * 0x1p-120; }

#endif
