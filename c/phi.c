/* phi.c: applies an activation by its number, and answers what its row says.
 *
 * No activation is named here. The rows are in activations.c.
 */
#include <math.h>

#include "activations.h"
#include "initscope.h"

static const activation_row no_row = {.name = "", .pytorch_gain = (double)NAN};

static const activation_row *row_of(uint32_t activation) {
  return activation < activation_count() ? &activation_rows[activation] : &no_row;
}

const activation_row *activation_find(uint32_t activation) {
  return activation < activation_count() ? &activation_rows[activation] : NULL;
}

const char *activation_name(uint32_t activation) { return row_of(activation)->name; }
double activation_saturation_lo(uint32_t activation) { return row_of(activation)->saturation_lo; }
double activation_saturation_hi(uint32_t activation) { return row_of(activation)->saturation_hi; }
double activation_pytorch_gain(uint32_t activation) { return row_of(activation)->pytorch_gain; }
int activation_is_linear(uint32_t activation) { return row_of(activation)->is_linear; }

void activation_forward(uint32_t activation, const float *z, float *a, size_t n) {
  activation_rows[activation].forward(z, a, n);
}
void activation_derivative(uint32_t activation, const float *z, float *slope, size_t n) {
  activation_rows[activation].derivative(z, slope, n);
}

/* One value takes the same path as a tensor does. */
static double apply(void (*loop)(const float *, float *, size_t), double z) {
  float x[4] = {(float)z}, y[4];
  if (!loop) return (double)NAN;
  loop(x, y, 4);
  return (double)y[0];
}
double activation_value(uint32_t activation, double z) { return apply(row_of(activation)->forward, z); }
double activation_slope(uint32_t activation, double z) { return apply(row_of(activation)->derivative, z); }
