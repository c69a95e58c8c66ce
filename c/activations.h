/* activations.h: one row for each activation, and the functions that apply a row by its number.
 *
 * A row says all that the engine knows about its activation. No other file knows one by its name or number. The rows
 * and their formulas are in activations.c. phi.c looks rows up; moments.c and products.c integrate them.
 */
#ifndef ACTIVATIONS_H
#define ACTIVATIONS_H

#include <stddef.h>
#include <stdint.h>

/* The parameter of an activation. In all functions p is the parameter; those of an activation without one ignore it. */
typedef struct {
  const char *name;
  double usual, least, most; /* its default and its range */
  double (*pytorch_gain)(double p); /* torch.nn.init.calculate_gain; NULL: the row's own */
  /* a_k^2 of hermite.h, k < terms, in closed form; NULL: quadrature */
  void (*series)(double *squares, int terms, double q, double p);
} activation_parameter_row;

typedef struct {
  const char *name;

  /* What networks compute, in floats: see activation_forward and activation_derivative. */
  void (*forward)(const float *z, float *a, size_t n, float p);
  void (*derivative)(const float *z, float *slope, size_t n, float p);

  /* What theory integrates, in double: phi(x) and phi'(x). */
  double (*phi)(double x, double p);
  double (*slope)(double x, double p);

  double saturation_lo, saturation_hi; /* a unit whose activation lies outside counts as saturated; at the default */
  double pytorch_gain; /* torch.nn.init.calculate_gain; NaN: it has none */
  int is_linear; /* phi(x) = x, so that gradients pass unchanged */

  /* All below is optional. */
  const activation_parameter_row *has; /* its parameter; NULL: it has none */
  double kink; /* phi or phi' breaks at x = kink, at x = -kink, or at both; 0: nowhere, except perhaps at x = 0 */
  double (*even)(double x,
                 double p); /* (phi(x) + phi(-x)) / 2, x >= 0, where that sum would cancel; NULL: it does not */
  double (*moment)(uint32_t moment, double q, double p); /* closed forms of moments, all of them; NULL: quadrature */
  double (*product)(double q, double correlation, double p); /* closed form of E phi(u) phi(v); NULL: quadrature */
} activation_row;

/* phi: an activation with its parameter, which is 0 where it has none. Small enough to be copied.
 *   row  in the table, or where phi_find knows none a row of NaN */
typedef struct {
  const activation_row *row;
  double parameter;
} phi;

/* phi of an activation.
 *   activation  its number
 *   parameter   NaN: the default; ignored where the activation has none
 * Returns it; for an unknown activation, and for a parameter out of range, one whose values are all NaN. */
phi phi_find(uint32_t activation, double parameter);
int phi_is_known(const phi *f);

/* x above 0, and slope x below. slope: 0 to 1 */
phi phi_rectifier(double slope);

double phi_at(const phi *f, double x); /* phi(x) and phi'(x), in double */
double phi_slope_at(const phi *f, double x);

/* The table, of activation_count() rows. */
extern const activation_row activation_rows[];

/* Where the activation counts as saturated, for this parameter. */
double phi_saturation_lo(const phi *f);

/* a = phi(z), value by value. At infinity: the limit of phi, or NaN where it has none. NaN gives NaN.
 *   z  n floats, borrowed
 *   a  n floats, overwritten; may be z
 *   n  a multiple of 4 */
void phi_forward(const phi *f, const float *z, float *a, size_t n);

/* slope = phi'(z), with the same parameters. At a kink it is PyTorch's: relu'(0) = 0, that of leaky-relu is its slope,
 * that of elu alpha, and hardtanh'(+-1) = 0. */
void phi_derivative(const phi *f, const float *z, float *slope, size_t n);

#endif
