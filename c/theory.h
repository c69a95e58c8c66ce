/* theory.h: what mean-field theory predicts for one layer, from its prediction for the layer below or above.
 *
 * Two inputs of one mean square are followed. A law is that of ln(mean square / its mean for infinite width) of one
 * input, over networks and inputs: see spread.h. Nothing here knows a network: predict.c says to which layers theory
 * applies.
 */
#ifndef THEORY_H
#define THEORY_H

#include <stdint.h>

#include "activations.h"
#include "mix.h"
#include "spread.h"

/* for the input, layer 0, only the `a` fields and `unbroken` have a meaning */
typedef struct {
  double z_square; /* q, the mean square of z */
  double z_correlation;
  double a_mean, a_square;
  double a_correlation; /* E a(x) a(x') / E a(x)^2, not centred */
  double slope_square; /* E phi'(z)^2 */
  double delta_square; /* E (dL/dz)^2 */

  mix_state mix; /* inputs of different length, if any */
  double
      same; /* of the input: the chance that two are one and the same; all correlations are those of two that differ */
  int measured; /* of the input: whether theory begins with the inputs as they are, and bands are about their mean */
  int uneven; /* whether lengths differ from position to position: what depends on them is not known */
  mix_means shown; /* what a batch shows: the above, or means over the mix */
  double shown_delta; /* likewise */

  spread_law z_law; /* of q, given the layer below: the mean square over `units` units varies by the chance of z more */
  spread_law a_law, delta_law;
  double died; /* probability that a is 0 in all units, for one input */
  double unbroken; /* probability that the laws hold: no rectifiers up to this layer are all off, for one input */
  double unbroken_back; /* the same of slopes, in this layer and those above */

  int normal; /* whether z of a wide layer is normal with mean 0 */
  double back_factor; /* of a norm or of units: E (dL/da)^2 of the layer below over E (dL/dz)^2 */

  /* where weights or biases have a mean: see predict_shifted.c; else 0 */
  int shifted;
  double z_mean, mean_slope; /* E z, E phi'(z) */
  double a_shared, a_shared_alike; /* covariance of a of two units, for one input and for two */
  double a_bent, a_uneven; /* what of it comes from how phi bends; and the std of E a^2, given what units share */

  phi f; /* its activation */
  uint32_t units;
  double share; /* of q that comes from the weights; the rest comes from the biases */
  spread_law chance_law; /* what the chance of this layer alone adds to a_law */
  spread_law noise_law; /* what this layer and those above add to delta_law, apart from the pull of q */
  double z_slope, a_slope, pull; /* d z_law / d a_law of the layer below, d a_law / d z_law, d delta_law / d z_law */
} theory_layer;

/* The input. log_variance: Var(x^2) / (E x^2)^2 over the number of values, 0 for given input. */
void theory_input(theory_layer *input, double mean_square, double log_variance, double correlation);

/* Fills in what the way forward gives. sigma_w2: fan_in Var(W); sigma_b2: mean square of the biases. */
void theory_step(theory_layer *layer, const theory_layer *below, const phi *f, double sigma_w2, double sigma_b2,
                 uint32_t units);

/* The same for a layer that gives the numbers that it gets, as flatten does.
 *   linear  phi(z) = z
 *   units   of the layer below */
void theory_pass(theory_layer *layer, const theory_layer *below, const phi *linear, uint32_t units);

/* The same for a norm.
 *   centred      whether the mean of the input is taken away; else it is RMS norm
 *   gain, epsilon  of the norm
 *   units        that are normalized together
 * Returns 0, and has no meaning, where theory does not know what the activation does. */
int theory_norm(theory_layer *layer, const theory_layer *below, const phi *f, int centred, double gain, double epsilon,
                uint32_t units);

/* The same for a residual sum. The branch counts as independent of the stream, and of mean 0.
 *   stream, branch     what theory predicts for the two layers
 *   factors            of the stream and of the branch
 *   elasticity         how a deviation of the stream passes through the branch: d ln a^2 of its top over d ln a^2 of the
 *                      stream
 *   units              of each
 * Returns 0, and has no meaning, where theory does not know what the activation does. */
int theory_sum(theory_layer *layer, const theory_layer *stream, const theory_layer *branch, const phi *f,
               const double factors[2], double elasticity, uint32_t units);

/* The same for units that have a layer to themselves. The numbers that they take are independent normals.
 *   gated  1: z = x_1 phi(x_2), for two halves of these numbers; 0: z = phi(x)
 *   units  of this layer
 * Returns 0, and has no meaning, where the numbers below are not normal with mean 0, or inputs differ in length. */
int theory_unit(theory_layer *layer, const theory_layer *below, const phi *f, int gated, uint32_t units);

/* What chance adds to the law of the mean of phi(z)^2, or of (phi'(z) g)^2, over so many units, where one of these has the
 * relative variance kappa. And the probability that such laws fail: that phi is small in all units, beside what it is
 * elsewhere. */
spread_law theory_chance(const phi *f, uint32_t units, double kappa);
double theory_fails(const phi *f, uint32_t units, double kappa);

/* Does phi(-x) = -phi(x) hold? 1 or 0 */
int theory_is_odd(const phi *f);

/* Fills in the rest, for outputs whose gradients are normal with mean square 1. sigma_out2: (units above) Var(W above);
 * above: NULL for the last layer. */
void theory_step_back(theory_layer *layer, const theory_layer *above, double sigma_out2);

/* E (dL/dW)^2 where L sums over a batch of examples whose gradients are independent; and its law, for one example */
double theory_weight_gradient(const theory_layer *layer, const theory_layer *below, double batch);
spread_law theory_weight_gradient_law(const theory_layer *layer, const theory_layer *below);

/* theory_fixed_point and theory_chi of an activation that is known. */
double fixed_point_of(const phi *f, double sigma_w2, double sigma_b2);
double chi_of(const phi *f, double sigma_w2, double q);

#endif
