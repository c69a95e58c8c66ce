/* activations.h: one row for each activation, and the functions that apply a row by its number.
 *
 * A row says all that the engine knows about its activation. No other file knows one by its name or number. The rows
 * and their formulas are in activations.c. phi.c looks rows up; moments.c and products.c integrate them.
 */
#ifndef ACTIVATIONS_H
#define ACTIVATIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *name;

  /* What networks compute, in floats: see activation_forward and activation_derivative. */
  void (*forward)(const float *z, float *a, size_t n);
  void (*derivative)(const float *z, float *slope, size_t n);

  /* What theory integrates, in double: phi(x) and phi'(x). */
  double (*phi)(double x);
  double (*slope)(double x);

  double saturation_lo, saturation_hi; /* a unit whose activation lies outside counts as saturated */
  double pytorch_gain;                 /* torch.nn.init.calculate_gain; NaN: it has none */
  int is_linear;                       /* phi(x) = x, so that gradients pass unchanged */

  /* All below is optional. */
  double kink; /* phi or phi' breaks at x = kink, at x = -kink, or at both; 0: nowhere, except perhaps at x = 0 */
  double (*even)(double x); /* (phi(x) + phi(-x)) / 2 for x >= 0, where that sum would cancel; NULL: it does not */
  double (*moment)(uint32_t moment, double q); /* closed forms of theory_moment, all of them; NULL: quadrature */
  double (*product)(double q, double correlation); /* closed form of theory_product; NULL: quadrature */
} activation_row;

/* The table, of activation_count() rows. */
extern const activation_row activation_rows[];

/* The row of an activation.
 *   activation  its number
 * Returns a pointer into the table; NULL for an unknown activation. */
const activation_row *activation_find(uint32_t activation);

/* Whether gradients pass this activation unchanged; 0 for an unknown activation. */
int activation_is_linear(uint32_t activation);

/* a = phi(z), value by value. At infinity: the limit of phi, or NaN where it has none. NaN gives NaN.
 *   activation  its number, below activation_count()
 *   z           n floats, borrowed
 *   a           n floats, overwritten; may be z
 *   n           a multiple of 4 */
void activation_forward(uint32_t activation, const float *z, float *a, size_t n);

/* slope = phi'(z), with the same parameters. At a kink it is PyTorch's: relu'(0) = 0, leaky-relu'(0) = 0.01,
 * hardtanh'(+-1) = 0. */
void activation_derivative(uint32_t activation, const float *z, float *slope, size_t n);

#endif
