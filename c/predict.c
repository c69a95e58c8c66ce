/* predict.c: mean-field theory held beside a network as it runs: which layers it applies to, and with what numbers.
 *
 * The integrals and the recursion are in theory.c, which knows no network. Of what was measured only what theory begins
 * with is asked for: an input that was given, and the mean square of the gradient of a loss.
 */
#include <math.h>

#include "net.h"

enum { LEAST_ORTHOGONAL = 64 }; /* below, orthogonal weights are too dependent to be taken for independent ones */

void predict_input(net *n) {
  /* variance of ln of the mean square of one input: (E x^4 / (E x^2)^2 - 1) / inputs, 2 for a normal, 4/5 for a
   * uniform */
  double inputs = n->inputs, square = 1, correlation = 0, log_variance = (n->input == INPUT_NORMAL ? 2 : 0.8) / inputs;
  if (n->input == INPUT_GIVEN) {
    double rms = n->summaries[TENSOR_INPUT].values[SUMMARY_RMS];
    square = rms * rms;
    log_variance = 0;
    correlation = stats_correlation(n->a, n->batch, n->inputs, stride_of(n->inputs));
    if (isnan(correlation)) correlation = 0;
  }
  theory_input(&n->predicted[0], square, log_variance, correlation);
}

static int applies(const layer *of, const spread *weights, const spread *bias) {
  if (weights->mean != 0 || !(weights->std > 0) || bias->mean != 0) return 0;
  uint32_t least = of->inputs < of->units ? of->inputs : of->units;
  return weights->distribution != DISTRIBUTION_ORTHOGONAL || least >= LEAST_ORTHOGONAL;
}

void predict_layer(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  spread weights = weights_of(n, l), bias = rule_spread(&of->bias, of->inputs, of->units, n->depth);
  if (n->predicted_depth != l - 1 || !applies(of, &weights, &bias)) return;
  double sigma_w2 = of->inputs * weights.std * weights.std;
  theory_step(&n->predicted[l], &n->predicted[l - 1], of->activation, sigma_w2, bias.std * bias.std, of->units);
  /* their spread is not that of independent normal weights, and stays unknown in the layers above */
  if (of->weights.distribution == DISTRIBUTION_ORTHOGONAL || of->weights.distribution == DISTRIBUTION_SPARSE) {
    n->predicted[l].z_log_variance = n->predicted[l].a_log_variance = (double)NAN;
  }
  n->predicted_depth = l;
}

void predict_back(net *n, double gradient_square) {
  if (n->predicted_depth < n->depth) return;
  for (uint32_t l = n->depth; l >= 1; l--) {
    double sigma_out2 = 0;
    if (l < n->depth) {
      spread above = weights_of(n, l + 1);
      sigma_out2 = n->layers[l].units * above.std * above.std;
    }
    theory_step_back(&n->predicted[l], l < n->depth ? &n->predicted[l + 1] : NULL, sigma_out2);
    if (l == n->depth) n->predicted[l].delta_square *= gradient_square;
    if (l == n->depth && n->loss != LOSS_RANDOM) {
      n->predicted[l].noise = n->predicted[l].delta_log_variance = 0; /* it was measured */
    }
  }
}

const double *net_theory(net *n, uint32_t l) {
  if (l < 1 || l > n->predicted_depth) return NULL;
  const theory_layer *of = &n->predicted[l];
  int back = n->passed > 0 && n->predicted_depth == n->depth;
  n->theory[THEORY_Z_SQUARE] = of->z_square;
  n->theory[THEORY_Z_LOG_STD] = __builtin_sqrt(of->z_log_variance + 2.0 / n->layers[l - 1].units);
  n->theory[THEORY_Z_CORRELATION] = of->z_correlation;
  n->theory[THEORY_A_MEAN] = of->a_mean;
  n->theory[THEORY_A_SQUARE] = of->a_square;
  n->theory[THEORY_A_LOG_STD] = __builtin_sqrt(of->a_log_variance);
  n->theory[THEORY_SLOPE_SQUARE] = of->slope_square;
  n->theory[THEORY_DELTA_SQUARE] = back ? of->delta_square : (double)NAN;
  n->theory[THEORY_DELTA_LOG_STD] = back ? __builtin_sqrt(of->delta_log_variance) : (double)NAN;
  int apart = back && n->loss == LOSS_RANDOM;
  const theory_layer *below = &n->predicted[l - 1];
  n->theory[THEORY_GRADIENT_SQUARE] = apart ? theory_weight_gradient(of, below, n->batch) : (double)NAN;
  n->theory[THEORY_GRADIENT_LOG_STD] =
      apart ? __builtin_sqrt(theory_weight_gradient_log_variance(of, below)) : (double)NAN;
  return n->theory;
}
