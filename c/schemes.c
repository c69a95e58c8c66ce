/* schemes.c: the table of initialization schemes, and the drawing of a tensor that follows one.
 *
 * A scheme is a distribution and a rule for its variance, in the terms of variance scaling: Var(W) = scale / fan, fan
 * being fan_in or fan_avg = (fan_in + fan_out) / 2; or it takes its own number. A new scheme is a new row here; names
 * are not repeated anywhere else. How a layer counts its fans is not decided here.
 */
#include <math.h>

#include "initscope.h"
#include "internal.h"

typedef struct {
  const char *name;
  uint32_t distribution, mode;
  double scale;           /* of MODE_FAN_*: Var(W) = scale / fan */
  const char *value_name; /* of MODE_VALUE, "" where there is nothing to choose */
  double value_default;
  const char *paper;
} scheme;

static const char glorot[] = "Glorot & Bengio 2010, eq. 16";
static const char he[] = "He et al. 2015, eq. 10";
static const char lecun[] = "LeCun et al. 1998, Efficient BackProp, eq. 16";
static const char none[] = "";

static const scheme schemes[] = {
    {"zeros", DISTRIBUTION_CONSTANT, MODE_VALUE, 0, none, 0, none},
    {"constant", DISTRIBUTION_CONSTANT, MODE_VALUE, 0, "value", 0.01, none},
    {"normal", DISTRIBUTION_NORMAL, MODE_VALUE, 0, "std", 0.01, none},
    {"uniform", DISTRIBUTION_UNIFORM, MODE_VALUE, 0, "bound", 0.05, none},
    {"xavier-normal", DISTRIBUTION_NORMAL, MODE_FAN_AVG, 1, none, 0, glorot},
    {"xavier-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_AVG, 1, none, 0, glorot},
    {"he-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, none, 0, he},
    {"he-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, 2, none, 0, he},
    {"lecun-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, 1, none, 0, lecun},
    {"lecun-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1, none, 0, lecun},
    {"pytorch-default", DISTRIBUTION_UNIFORM, MODE_FAN_IN, 1.0 / 3, none, 0,
     "PyTorch nn.Linear: kaiming_uniform_(a = sqrt 5)"},
};

enum { SCHEMES = sizeof schemes / sizeof *schemes };

static const scheme absent = {none, 0, 0, 0, none, 0, none};
static const scheme *find(uint32_t i) { return i < SCHEMES ? &schemes[i] : &absent; }

uint32_t scheme_count(void) { return SCHEMES; }
const char *scheme_name(uint32_t i) { return find(i)->name; }
const char *scheme_paper(uint32_t i) { return find(i)->paper; }
const char *scheme_value_name(uint32_t i) { return find(i)->value_name; }
double scheme_value_default(uint32_t i) { return find(i)->value_default; }
uint32_t scheme_distribution(uint32_t i) { return find(i)->distribution; }
uint32_t scheme_mode(uint32_t i) { return find(i)->mode; }
double scheme_scale(uint32_t i) { return find(i)->scale; }

int scheme_accepts(uint32_t i, double value, double gain) {
  double limit = net_limit(LIMIT_SCALE);
  if (i >= SCHEMES || !(gain >= 0 && gain <= limit)) return 0;
  if (!*schemes[i].value_name) return 1;
  double least = schemes[i].distribution == DISTRIBUTION_CONSTANT ? -limit : 0;
  return value >= least && value <= limit;
}

spread scheme_spread(uint32_t i, double value, double gain, uint32_t fan_in, uint32_t fan_out) {
  const scheme *s = &schemes[i];
  spread of = {s->distribution, 0, 0, (double)NAN};
  double fan = s->mode == MODE_FAN_IN ? fan_in : ((double)fan_in + fan_out) / 2;
  double own = gain * (*s->value_name ? value : 0);
  switch (s->distribution) {
    case DISTRIBUTION_CONSTANT: of.mean = own; break;
    case DISTRIBUTION_NORMAL: of.std = s->mode == MODE_VALUE ? own : gain * __builtin_sqrt(s->scale / fan); break;
    case DISTRIBUTION_UNIFORM:
      of.bound = s->mode == MODE_VALUE ? own : gain * __builtin_sqrt(3 * s->scale / fan);
      of.std = of.bound / __builtin_sqrt(3.0); /* Var U(-b, b) = b^2 / 3 */
      break;
  }
  return of;
}

static void fill(float value, size_t rows, float *out, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < PANEL; c++) out[r * stride + c] = value;
  }
}

void spread_draw(const spread *of, uint32_t seed, uint32_t stream, size_t row, size_t rows, size_t block, size_t cols,
                 float *out, size_t stride) {
  switch (of->distribution) {
    case DISTRIBUTION_NORMAL: rng_normal(seed, stream, row, rows, block, (float)of->std, out, stride); break;
    case DISTRIBUTION_UNIFORM: rng_uniform(seed, stream, row, rows, block, (float)of->bound, out, stride); break;
    default: fill((float)of->mean, rows, out, stride);
  }
  size_t used = cols - block * PANEL;
  for (size_t r = 0; used < PANEL && r < rows; r++) {
    for (size_t c = used; c < PANEL; c++) out[r * stride + c] = 0;
  }
}
