/* phi.c: applies an activation with its parameter, and answers what its row says.
 *
 * No activation is named here. The rows are in activations.c.
 */
#include <math.h>

#include "activations.h"
#include "initscope.h"

static double not_known(double x, double p) { return x + p + (double)NAN; }
static double no_moment(uint32_t moment, double q, double p) { return moment + q + p + (double)NAN; }
static double no_product(double q, double correlation, double p) { return q + correlation + p + (double)NAN; }

/* An activation that is not there: all that is asked of it is NaN. */
static const activation_row no_row = {.name = "",
                                      .phi = not_known,
                                      .slope = not_known,
                                      .pytorch_gain = (double)NAN,
                                      .moment = no_moment,
                                      .product = no_product};

static const activation_row *row_of(uint32_t activation) {
  return activation < activation_count() ? &activation_rows[activation] : &no_row;
}

int phi_is_known(const phi *f) { return f->row != &no_row; }

phi phi_find(uint32_t activation, double parameter) {
  const activation_row *row = row_of(activation);
  const activation_parameter_row *has = row->has;
  if (!has) return (phi){row, 0};
  double p = isnan(parameter) ? has->usual : parameter;
  return (phi){p >= has->least && p <= has->most ? row : &no_row, p + 0}; /* -0 becomes 0 */
}

const char *activation_name(uint32_t activation) { return row_of(activation)->name; }
const char *activation_parameter_name(uint32_t activation) {
  const activation_parameter_row *has = row_of(activation)->has;
  return has ? has->name : "";
}
double activation_parameter(uint32_t activation) {
  const activation_parameter_row *has = row_of(activation)->has;
  return has ? has->usual : 0;
}
double activation_parameter_least(uint32_t activation) {
  const activation_parameter_row *has = row_of(activation)->has;
  return has ? has->least : 0;
}
double activation_parameter_most(uint32_t activation) {
  const activation_parameter_row *has = row_of(activation)->has;
  return has ? has->most : 0;
}

double activation_saturation_lo(uint32_t activation) { return row_of(activation)->saturation_lo; }
double activation_saturation_hi(uint32_t activation) { return row_of(activation)->saturation_hi; }

double activation_pytorch_gain(uint32_t activation, double parameter) {
  phi f = phi_find(activation, parameter);
  return f.row->has && f.row->has->pytorch_gain ? f.row->has->pytorch_gain(f.parameter) : f.row->pytorch_gain;
}

double phi_at(const phi *f, double x) { return f->row->phi(x, f->parameter); }
double phi_slope_at(const phi *f, double x) { return f->row->slope(x, f->parameter); }

/* The limit of elu below is -alpha. Other activations with a parameter have no limits: that of leaky-relu may be NaN here,
 * and no number lies below NaN. */
double phi_saturation_lo(const phi *f) {
  double lo = f->row->saturation_lo;
  return f->row->has ? lo * f->parameter / f->row->has->usual : lo;
}

void phi_forward(const phi *f, const float *z, float *a, size_t n) { f->row->forward(z, a, n, (float)f->parameter); }
void phi_derivative(const phi *f, const float *z, float *slope, size_t n) {
  f->row->derivative(z, slope, n, (float)f->parameter);
}

/* One value takes the same path as a tensor does. */
double activation_value(uint32_t activation, double parameter, double z) {
  phi f = phi_find(activation, parameter);
  float x[4] = {(float)z};
  if (!phi_is_known(&f)) return (double)NAN;
  phi_forward(&f, x, x, 4);
  return (double)x[0];
}
double activation_slope(uint32_t activation, double parameter, double z) {
  phi f = phi_find(activation, parameter);
  float x[4] = {(float)z}, y[4];
  if (!phi_is_known(&f)) return (double)NAN;
  phi_derivative(&f, x, y, 4);
  return (double)y[0];
}
