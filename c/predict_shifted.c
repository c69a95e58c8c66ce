/* predict_shifted.c: mean-field theory where weights have a mean m beside their std s, and biases a mean b and a std t.
 *
 * Units of a layer are z_j = m S + s sum_i g_ij a_i + b + t h_j, with S = sum_i a_i over n inputs, and g, h of mean 0 and std
 * 1. The first term is the same for all units of a layer. What is positive on average adds up in it: m S grows like n, and
 * the second term like sqrt(n). With A = E a, and over networks and inputs,
 *
 *   E z = n m A + b
 *   Var z = n s^2 E a^2 + t^2 + m^2 Var S
 *   Var S = n (E a^2 - A^2) + n (n - 1) Cov(a_i, a_j)
 *
 * Given S and the length of a, units are independent normals. So two units of a layer are normals of this mean and variance, with
 * the correlation r = m^2 Var S / Var z, and Cov(phi(z_i), phi(z_j)) = sum_{k >= 1} a_k^2 r^k, a_k the coefficients of
 * hermite.h about E z. The next layer takes E a = E phi(z), E a^2 = E phi(z)^2 and this covariance. Two inputs x and x' are
 * followed alike:
 *
 *   Cov(z, z') = n s^2 E a a' + t^2 + m^2 Cov(S, S')
 *   Cov(S, S') = n (E a a' - A^2) + n (n - 1) Cov(a_i, a_j')
 *
 * For wide layers that is exact as long as m S is nearly normal and the length of a nearly fixed. Both end where phi bends within
 * what units share, so theory ends there too: see is_straight.
 *
 * Back, dL/da_i = sum_j W_ij d_j with d_j = phi'(z_j) dL/da_j has again a part m sum_j d_j that all units share. With G for
 * E (dL/da)^2 and H for E (dL/da_i) (dL/da_j), and d^2 = E phi'^2 G,
 *
 *   E (sum_j d_j)^2 = n d^2 + n (n - 1) (E phi')^2 H,
 *
 * of which the layer below gets H = m^2 times that and G = H + n s^2 d^2. As in theory.c, the weights of the way back count as
 * independent of the way forward.
 */
#include "predict_shifted.h"

#include <math.h>

#include "layer.h"
#include "linear.h"
#include "shifted.h"

#define STRAIGHT 0.01 /* of Var z may come from how phi bends; then r^2 terms are a tenth of r terms or less */
#define EVEN 0.1 /* of E z^2 may the length of a move by, in std */

/* Is the layer one of a chain of dense layers whose input is drawn, of one length? */
static int is_plain(const net *n, uint32_t l) {
  const theory_layer *input = &n->predicted[0];
  return n->layers[l - 1].kind == &dense_kind && !n->predict_back && !input->measured && !input->uneven &&
         input->mix.count == 0 && input->same == 0;
}

/* Var of the sum of n numbers, each of variance v, and any two of covariance c */
static double variance_of_sum(double n, double v, double c) { return n * v + n * (n - 1) * c; }

/* Does the theory above reach the layer above `below`? Of its shared part m S, n^2 m^2 `bent` comes from how phi bends. The
 * rest of its z has the variance n s^2 E a^2, which moves with the length of a. */
static int is_straight(const theory_layer *layer, const theory_layer *below, double n, const spread *weights) {
  double bent = n * weights->mean * n * weights->mean * below->a_bent;
  double moves = n * weights->std * weights->std * below->a_uneven;
  return bent <= STRAIGHT * (layer->z_square - layer->z_mean * layer->z_mean) && moves <= EVEN * layer->z_square;
}

/* All units of a rectifier are off with probability (1 - p)^units, each being on with p = E phi'^2. */
static double dies(const phi *f, double on, uint32_t units) {
  return phi_at(f, -1) == 0 && phi_at(f, 1) == 1 ? exp(units * log1p(-fmin(1, on))) : 0;
}

/* What the layer passes on, from its z_square, z_mean and f; and the variances that its z shares. */
static void fill_activations(theory_layer *layer, double variance, double covariance, double shared, double alike) {
  shifted_means means;
  double unit = variance > 0 ? variance : 1; /* without variance no term depends on a correlation */
  shifted_fill(&means, &layer->f, layer->z_mean, variance);
  double square = means.phi * means.phi, r = shared / unit;
  layer->a_mean = means.phi;
  layer->a_square = means.phi2;
  layer->a_correlation = shifted_product(&means, covariance / unit) / means.phi2;
  layer->a_shared = shifted_product(&means, r) - square;
  layer->a_shared_alike = shifted_product(&means, alike / unit) - square;
  layer->a_bent = layer->a_shared - means.squares[1] * r;
  layer->a_uneven = 2 * fabs(means.growth) * sqrt(shared);
  layer->slope_square = means.slope2;
  layer->mean_slope = means.slope;
}

int predict_shifted(net *n, uint32_t l) {
  const net_layer *of = &n->layers[l - 1];
  spread weights = layer_weights(n, l), bias = layer_bias(n, l);
  if (!is_plain(n, l) || is_matrix(weights.distribution)) return 0;
  static const spread_law unknown = {(double)NAN, (double)NAN, (double)NAN};
  theory_layer *layer = &n->predicted[l];
  const theory_layer *below = layer - 1;
  double rows = (double)weight_rows(of), m2 = weights.mean * weights.mean, s2 = weights.std * weights.std;
  double a2 = below->a_square, mean_square = below->a_mean * below->a_mean, both = below->a_correlation * a2;
  double shared = m2 * fmax(0, variance_of_sum(rows, a2 - mean_square, below->a_shared));
  double alike = m2 * variance_of_sum(rows, both - mean_square, below->a_shared_alike);
  double variance = rows * s2 * a2 + bias.std * bias.std + shared;
  double covariance = fmax(-variance, fmin(variance, rows * s2 * both + bias.std * bias.std + alike));
  *layer = (theory_layer){.f = of->f, .units = of->shape.out.channels, .share = 1, .unbroken = 1, .shifted = 1};
  layer->z_mean = rows * weights.mean * below->a_mean + bias.mean;
  layer->z_square = layer->z_mean * layer->z_mean + variance;
  layer->z_correlation = (layer->z_mean * layer->z_mean + covariance) / layer->z_square;
  if (!(layer->z_square > 0) || !(layer->z_square < 1e200) || !is_straight(layer, below, rows, &weights)) return 0;
  fill_activations(layer, variance, covariance, fmin(shared, variance), fmax(-variance, fmin(variance, alike)));
  double died = dies(&layer->f, layer->slope_square, layer->units);
  layer->died = bias.std > 0 || bias.mean > 0 ? died : died + (1 - died) * below->died;
  layer->z_law = layer->a_law = layer->chance_law = unknown;
  layer->z_slope = layer->a_slope = (double)NAN;
  layer->shown =
      (mix_means){layer->z_square, layer->z_correlation, layer->a_mean, layer->a_square, layer->slope_square};
  return 1;
}

/* E phi'(z) of a layer of either theory */
static double mean_slope_of(const theory_layer *layer) {
  shifted_means means;
  if (layer->shifted) return layer->mean_slope;
  shifted_fill(&means, &layer->f, 0, layer->z_square);
  return means.slope;
}

/* Of convolutions it is not known how much of a gradient neighbouring positions share. */
void predict_back_shifted(net *n, double gradient_square) {
  static const spread_law unknown = {(double)NAN, (double)NAN, (double)NAN};
  double square = gradient_square, shared = 0;
  for (uint32_t l = n->depth; l >= 1; l--) {
    theory_layer *layer = &n->predicted[l];
    const net_layer *of = &n->layers[l - 1];
    double units = of->shape.out.channels, delta = layer->slope_square * square;
    layer->delta_square = layer->shown_delta = delta;
    layer->delta_law = layer->noise_law = unknown;
    layer->unbroken_back = 1;
    if (of->kind->passes_on) continue;
    spread weights = layer_weights(n, l);
    double slope = mean_slope_of(layer), pairs = slope * slope * shared;
    shared = weights.mean * weights.mean * (units * delta + units * (units - 1) * pairs);
    square = of->kind == &dense_kind ? shared + units * weights.std * weights.std * delta : (double)NAN;
  }
}
