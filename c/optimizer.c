/* optimizer.c: the table of what libraries mean by an optimizer, and the loops that make a step.
 *
 * A library is a row of flags. The flags become coefficients once a step, so the loops know no library. Which optimizers
 * there are is fixed here; what they are told to optimize is not known.
 */
#include "optimizer.h"

#include "vec.h"

/* where the rate of momentum stands, where Adam's epsilon stands, what decay is, and what squared error's gradient is */
enum { OUTSIDE, INSIDE };
enum { AFTER_CORRECTION, BEFORE_CORRECTION };
enum { NO_DECAY, COUPLED, DECOUPLED };
enum { TWICE_BY_OUTPUTS, DIFFERENCE };

enum { WITHOUT_LATER = 1 << OPTIMIZER_SGD | 1 << OPTIMIZER_MOMENTUM, ALL = (1 << OPTIMIZER_COUNT) - 1 };

/* Decay of optax is what its users write: add_decayed_weights before sgd, and adamw. */
static const struct {
  uint8_t optimizers; /* bit OPTIMIZER_*: the library has it */
  uint8_t rate_place, epsilon_place;
  uint8_t decay, adam_decay, decay_by_batch, decay_on_biases;
  uint8_t error;
  double rate, adam_rate, momentum, epsilon;
} dialects[DIALECT_COUNT] = {
    [DIALECT_PYTORCH] = {ALL, OUTSIDE, AFTER_CORRECTION, COUPLED, COUPLED, 0, 1, TWICE_BY_OUTPUTS, 1e-3, 1e-3, 0.9,
                         1e-8},
    [DIALECT_KERAS] = {ALL, INSIDE, BEFORE_CORRECTION, DECOUPLED, DECOUPLED, 0, 1, TWICE_BY_OUTPUTS, 1e-2, 1e-3, 0.9,
                       1e-7},
    [DIALECT_OPTAX] = {ALL, OUTSIDE, AFTER_CORRECTION, COUPLED, DECOUPLED, 0, 1, TWICE_BY_OUTPUTS, 1e-3, 1e-3, 0.9,
                       1e-8},
    [DIALECT_TENSORFLOW_JS] = {ALL, OUTSIDE, AFTER_CORRECTION, NO_DECAY, NO_DECAY, 0, 0, TWICE_BY_OUTPUTS, 1e-2, 1e-3,
                               0.9, 1e-7},
    [DIALECT_SCIKIT_LEARN] = {ALL, INSIDE, BEFORE_CORRECTION, COUPLED, COUPLED, 1, 0, DIFFERENCE, 1e-3, 1e-3, 0.9,
                              1e-8},
    [DIALECT_CONVNET_JS] = {WITHOUT_LATER, INSIDE, AFTER_CORRECTION, COUPLED, NO_DECAY, 1, 0, DIFFERENCE, 1e-2, 0, 0.9,
                            0},
};

uint32_t optimizer_states(uint32_t optimizer) {
  static const uint32_t states[OPTIMIZER_COUNT] = {
      [OPTIMIZER_MOMENTUM] = 1, [OPTIMIZER_NESTEROV] = 1, [OPTIMIZER_ADAM] = 2};
  return optimizer < OPTIMIZER_COUNT ? states[optimizer] : 0;
}

static uint32_t decay_of(uint32_t optimizer, uint32_t dialect) {
  return optimizer == OPTIMIZER_ADAM ? dialects[dialect].adam_decay : dialects[dialect].decay;
}

double optimizer_default(uint32_t optimizer, uint32_t dialect, uint32_t which) {
  double none = __builtin_nan("");
  if (optimizer >= OPTIMIZER_COUNT || dialect >= DIALECT_COUNT || which >= HYPER_COUNT) return none;
  if (!(dialects[dialect].optimizers >> optimizer & 1)) return none;
  int adam = optimizer == OPTIMIZER_ADAM;
  double defaults[HYPER_COUNT] = {
      [HYPER_RATE] = adam ? dialects[dialect].adam_rate : dialects[dialect].rate,
      [HYPER_MOMENTUM] = optimizer_states(optimizer) == 1 ? dialects[dialect].momentum : none,
      [HYPER_BETA1] = adam ? 0.9 : none,
      [HYPER_BETA2] = adam ? 0.999 : none,
      [HYPER_EPSILON] = adam ? dialects[dialect].epsilon : none,
      [HYPER_DECAY] = decay_of(optimizer, dialect) == NO_DECAY ? none : 0,
  };
  return defaults[which];
}

double optimizer_error_scale(uint32_t dialect, uint32_t outputs) {
  if (dialect >= DIALECT_COUNT) return __builtin_nan("");
  return dialects[dialect].error == DIFFERENCE ? 1 : 2.0 / outputs;
}

/* base^n, by squares */
static double power(double base, uint64_t n) {
  double result = 1;
  for (; n > 0; n >>= 1, base *= base) {
    if (n & 1) result *= base;
  }
  return result;
}

static void set_decay(update_rule *rule, const optimizer_choice *choice, uint32_t batch, int is_bias) {
  uint32_t dialect = choice->dialect, kind = decay_of(choice->optimizer, dialect);
  if (kind == NO_DECAY || (is_bias && !dialects[dialect].decay_on_biases)) return;
  double decay = choice->hyper[HYPER_DECAY] / (dialects[dialect].decay_by_batch ? batch : 1);
  if (kind == COUPLED) rule->pull = (float)decay;
  if (kind == DECOUPLED) rule->shrink = (float)(choice->hyper[HYPER_RATE] * decay);
}

static void set_velocity(update_rule *rule, const optimizer_choice *choice) {
  int inside = dialects[choice->dialect].rate_place == INSIDE, nesterov = choice->optimizer == OPTIMIZER_NESTEROV;
  double rate = choice->hyper[HYPER_RATE], momentum = choice->hyper[HYPER_MOMENTUM];
  rule->keep = (float)momentum;
  rule->take = (float)(inside ? -rate : 1);
  rule->along = (float)((inside ? 1 : -rate) * (nesterov ? momentum : 1));
  rule->ahead = (float)-rate;
}

/* Both forms of the step are along s1 / (sqrt(s2) + epsilon). beta1 and beta2 are rounded to floats, also for the
 * correction. From 1/2 on their distance from 1 is a float too, so the weights of an average add up to 1 - beta^t. An
 * epsilon before the correction is one of epsilon / sqrt(1 - beta2^t) after it, and that beta2 is not rounded. */
static void set_averages(update_rule *rule, const optimizer_choice *choice, uint32_t step) {
  const double *hyper = choice->hyper;
  rule->keep = (float)hyper[HYPER_BETA1];
  rule->take = 1 - rule->keep;
  rule->keep_square = (float)hyper[HYPER_BETA2];
  rule->take_square = 1 - rule->keep_square;
  uint64_t t = (uint64_t)step + 1;
  double c1 = 1 - power((double)rule->keep, t), c2 = 1 - power((double)rule->keep_square, t);
  double root = __builtin_sqrt(c2), epsilon = hyper[HYPER_EPSILON] * root;
  if (dialects[choice->dialect].epsilon_place == BEFORE_CORRECTION) {
    epsilon /= __builtin_sqrt(1 - power(hyper[HYPER_BETA2], t));
  }
  rule->along = (float)(-hyper[HYPER_RATE] * root / c1);
  rule->epsilon = (float)epsilon;
  double least = hyper[HYPER_EPSILON] * 0x1p-28;
  rule->least = (float)(least < 0x1p-55 ? 0x1p-55 : least);
}

update_rule optimizer_rule(const optimizer_choice *choice, uint32_t step, uint32_t batch, int is_bias) {
  update_rule rule = {.optimizer = choice->optimizer};
  if (choice->optimizer == OPTIMIZER_SGD) rule.ahead = (float)-choice->hyper[HYPER_RATE];
  if (optimizer_states(choice->optimizer) == 1) set_velocity(&rule, choice);
  if (choice->optimizer == OPTIMIZER_ADAM) set_averages(&rule, choice, step);
  set_decay(&rule, choice, batch, is_bias);
  return rule;
}

/* The loop for all optimizers; which one is a constant where it is called. */
VEC_INLINE int step_by(uint32_t optimizer, const update_rule *from, float *p, float *g, float *s1, float *s2,
                       size_t n) {
  const update_rule rule = *from;
  f32x4 nothing = vec_set(0);
  for (size_t i = 0; i < n; i += 4) {
    f32x4 old = vec_load(p + i), gradient = vec_load(g + i) + vec_set(rule.pull) * old, update;
    if (optimizer == OPTIMIZER_SGD) {
      update = vec_set(rule.ahead) * gradient;
    } else {
      f32x4 first = vec_set(rule.keep) * vec_load(s1 + i) + vec_set(rule.take) * gradient;
      first = vec_select(vec_abs(first) < vec_set(0x1p-120f), vec_set(0), first);
      vec_store(s1 + i, first);
      if (optimizer == OPTIMIZER_ADAM) {
        f32x4 size = vec_max(vec_set(rule.least), vec_abs(gradient)); /* NaN where the gradient is */
        f32x4 second = vec_set(rule.keep_square) * vec_load(s2 + i) + vec_set(rule.take_square) * (size * size);
        vec_store(s2 + i, second);
        first /= vec_sqrt(second) + vec_set(rule.epsilon);
      }
      update = vec_set(rule.along) * first;
      if (optimizer == OPTIMIZER_NESTEROV) update += vec_set(rule.ahead) * gradient;
    }
    f32x4 new = old + (update - vec_set(rule.shrink) * old); /* p is rounded once */
    vec_store(p + i, new);
    vec_store(g + i, new - old);
    nothing += new * vec_set(0); /* NaN after a NaN or an infinity */
  }
  return !vec_any(nothing != nothing);
}

int optimizer_step(const update_rule *rule, float *p, float *g, float *s1, float *s2, size_t n) {
  switch (rule->optimizer) {
    case OPTIMIZER_SGD: return step_by(OPTIMIZER_SGD, rule, p, g, s1, s2, n);
    case OPTIMIZER_MOMENTUM: return step_by(OPTIMIZER_MOMENTUM, rule, p, g, s1, s2, n);
    case OPTIMIZER_NESTEROV: return step_by(OPTIMIZER_NESTEROV, rule, p, g, s1, s2, n);
    default: return step_by(OPTIMIZER_ADAM, rule, p, g, s1, s2, n);
  }
}
