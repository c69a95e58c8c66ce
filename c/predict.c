/* predict.c: mean-field theory held beside a network as it runs: which layers it applies to, and with what numbers.
 *
 * The integrals and the recursion are in theory.c, which knows no network. Of what was measured only what theory begins
 * with is asked for: an input that was given, and the mean square of the gradient of a loss.
 */
#include <math.h>

#include "activations.h"
#include "network.h"

enum { LEAST_ORTHOGONAL = 64 }; /* below, orthogonal weights are too dependent to be taken for independent ones */

void predict_input(net *n) {
  /* variance of ln of the mean square of one input: (E x^4 / (E x^2)^2 - 1) / values, 2 for a normal, 4/5 for a
   * uniform */
  double seen = (double)weight_rows(&n->layers[0]); /* by one unit: all of an input, or a patch of it */
  double square = 1, correlation = 0, log_variance = (n->input == INPUT_NORMAL ? 2 : 0.8) / seen;
  if (n->input == INPUT_GIVEN) {
    double rms = n->summaries[TENSOR_INPUT].values[SUMMARY_RMS];
    square = rms * rms;
    log_variance = 0;
    size_t values = values_of(&n->inputs);
    correlation = stats_correlation(n->a, n->batch, values, round_up(values, PANEL));
    if (isnan(correlation)) correlation = 0;
  }
  theory_input(&n->predicted[0], square, log_variance, correlation);
}

/* Theory is of what no border has touched. What a dense layer takes of images is all of them, and of their means it
 * says nothing. */
static int reaches(const net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  if (of->pool == POOL_NONE || l == 1) return !is_empty(&of->inside);
  const layer *below = &n->layers[l - 2];
  return is_whole(&below->inside, &below->out) && (of->pool == POOL_FLATTEN || places_of(&below->out) == 1);
}

static int applies(const layer *of, const spread *weights, const spread *bias) {
  if (weights->mean != 0 || !(weights->std > 0) || bias->mean != 0) return 0;
  size_t least = smaller(weight_rows(of), of->out.channels);
  return weights->distribution != DISTRIBUTION_ORTHOGONAL || least >= LEAST_ORTHOGONAL;
}

void predict_layer(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  spread weights = weights_of(n, l), bias = bias_of(n, l);
  if (n->predicted_depth != l - 1 || !reaches(n, l) || !applies(of, &weights, &bias)) return;
  double sigma_w2 = (double)weight_rows(of) * weights.std * weights.std;
  theory_step(&n->predicted[l], &n->predicted[l - 1], of->activation, sigma_w2, bias.std * bias.std, of->out.channels);
  /* their spread is not that of independent normal weights, and stays unknown in the layers above */
  if (of->weights.distribution == DISTRIBUTION_ORTHOGONAL || of->weights.distribution == DISTRIBUTION_SPARSE) {
    n->predicted[l].z_log_variance = n->predicted[l].a_log_variance = (double)NAN;
  }
  n->predicted_depth = l;
}

region region_back(const net *n, uint32_t l) {
  region back = n->layers[n->depth - 1].inside;
  for (uint32_t k = n->depth; k > l; k--) {
    const layer *of = &n->layers[k - 1], *below = &n->layers[k - 2];
    region inside = below->inside, reached = of->pool == POOL_NONE ? region_below(of, &back) : inside;
    back = is_empty(&back) ? back : region_overlap(&inside, &reached);
  }
  return back;
}

/* E (dL/da)^2 over E (dL/dz)^2 of the layer above, away from borders: how many outputs a number goes into, times
 * Var(W) */
static double sigma_out2(const net *n, uint32_t above) {
  const layer *of = &n->layers[above - 1];
  spread weights = weights_of(n, above);
  region below = region_back(n, above - 1);
  double outputs = of->pool == POOL_NONE ? outputs_of(of, &below) : 1;
  return outputs * (of->out.channels / of->groups) * weights.std * weights.std;
}

void predict_back(net *n, double gradient_square) {
  if (n->predicted_depth < n->depth) return;
  for (uint32_t l = n->depth; l >= 1; l--) {
    theory_step_back(&n->predicted[l], l < n->depth ? &n->predicted[l + 1] : NULL,
                     l < n->depth ? sigma_out2(n, l + 1) : 0);
    if (l == n->depth) n->predicted[l].delta_square *= gradient_square;
    if (l == n->depth && n->loss != LOSS_RANDOM) { /* dL/da was measured, but the chance of phi' is not known with it */
      double chance = n->layers[l - 1].activation == ACTIVATION_LINEAR ? 0 : (double)NAN;
      n->predicted[l].noise = n->predicted[l].delta_log_variance = chance;
    }
  }
}

const double *net_theory(net *n, uint32_t l) {
  if (l < 1 || l > n->predicted_depth) return NULL;
  const theory_layer *of = &n->predicted[l], *below = &n->predicted[l - 1];
  const layer *at = &n->layers[l - 1];
  region back_inside = region_back(n, l);
  int back = n->passed > 0 && n->predicted_depth == n->depth && !is_empty(&back_inside);
  /* gradients add up over examples and places as far as all of these are alike and independent */
  int apart = back && n->loss == LOSS_RANDOM && is_whole(&at->inside, &at->out) && is_whole(&back_inside, &at->out);
  n->theory[THEORY_Z_SQUARE] = of->z_square;
  n->theory[THEORY_Z_LOG_STD] = __builtin_sqrt(of->z_log_variance + 2.0 / at->out.channels);
  n->theory[THEORY_Z_CORRELATION] = of->z_correlation;
  n->theory[THEORY_A_MEAN] = of->a_mean;
  n->theory[THEORY_A_SQUARE] = of->a_square;
  n->theory[THEORY_A_LOG_STD] = __builtin_sqrt(of->a_log_variance);
  n->theory[THEORY_SLOPE_SQUARE] = of->slope_square;
  n->theory[THEORY_DELTA_SQUARE] = back ? of->delta_square : (double)NAN;
  n->theory[THEORY_DELTA_LOG_STD] = back ? __builtin_sqrt(of->delta_log_variance) : (double)NAN;
  n->theory[THEORY_GRADIENT_SQUARE] =
      apart ? theory_weight_gradient(of, below, (double)rows_of(n, &at->out)) : (double)NAN;
  n->theory[THEORY_GRADIENT_LOG_STD] =
      apart ? __builtin_sqrt(theory_weight_gradient_log_variance(of, below)) : (double)NAN;
  return n->theory;
}
