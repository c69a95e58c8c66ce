/* predict.c: to which layers of a network mean-field theory applies, and with what numbers.
 *
 * The integrals and the recursion are in theory.c, which knows no network. Only two measurements are used, where theory
 * has nothing to begin with: those of a given input, and the mean square of the gradient of cross-entropy.
 */
#include "predict.h"

#include <math.h>

#include "activations.h"
#include "layer.h"
#include "region.h"

enum { LEAST_ORTHOGONAL = 64 }; /* narrower orthogonal weights are too dependent to count as independent */

void predict_input(net *n) {
  /* variance of ln of the mean square of one input: (E x^4 / (E x^2)^2 - 1) / values, 2 for normal, 4/5 for uniform */
  double seen = (double)weight_rows(&n->layers[0]); /* values that one unit sees: a whole input, or a patch of it */
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

/* Does theory reach the input of layer l? It holds where padding has had no effect. A dense layer on images takes all
 * places, so all must be inside; of means over places theory says nothing. */
static int reaches(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  if (layer->shape.pool == POOL_NONE || l == 1) return !region_is_empty(&layer->inside);
  const net_layer *below = &n->layers[l - 2];
  const extent *images = &below->shape.out;
  return region_is_whole(&below->inside, images) && (layer->shape.pool == POOL_FLATTEN || places_of(images) == 1);
}

static int applies(const net_layer *layer, const spread *weights, const spread *bias) {
  if (weights->mean != 0 || !(weights->std > 0) || bias->mean != 0) return 0;
  size_t least = smaller(weight_rows(layer), layer->shape.out.channels);
  return weights->distribution != DISTRIBUTION_ORTHOGONAL || least >= LEAST_ORTHOGONAL;
}

void predict_layer(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  spread weights = layer_weights(n, l), bias = layer_bias(n, l);
  if (n->predicted_depth != l - 1 || !reaches(n, l) || !applies(layer, &weights, &bias)) return;
  theory_layer *predicted = &n->predicted[l];
  double sigma_w2 = (double)weight_rows(layer) * weights.std * weights.std;
  theory_step(predicted, predicted - 1, layer->shape.activation, sigma_w2, bias.std * bias.std,
              layer->shape.out.channels);
  /* these spread less or more than independent normal weights do; how much is unknown, in all layers above too */
  uint32_t distribution = layer->weights.distribution;
  if (distribution == DISTRIBUTION_ORTHOGONAL || distribution == DISTRIBUTION_SPARSE)
    predicted->z_log_variance = predicted->a_log_variance = (double)NAN;
  n->predicted_depth = l;
}

/* E (dL/da)^2 over E (dL/dz)^2 of the layer above, away from borders: the number of outputs that read a value, times
 * Var(W) */
static double sigma_out2(const net *n, uint32_t above) {
  const layer_shape *shape = &n->layers[above - 1].shape;
  spread weights = layer_weights(n, above);
  region below = region_back(n, above - 1);
  double readers = shape->pool == POOL_NONE ? region_readers(shape, &below) : 1;
  return readers * (shape->out.channels / shape->groups) * weights.std * weights.std;
}

void predict_back(net *n, double gradient_square) {
  if (n->predicted_depth < n->depth) return;
  for (uint32_t l = n->depth; l >= 1; l--) {
    theory_layer *predicted = &n->predicted[l];
    int last = l == n->depth;
    theory_step_back(predicted, last ? NULL : predicted + 1, last ? 0 : sigma_out2(n, l + 1));
    if (last) predicted->delta_square *= gradient_square;
    /* dL/da was measured; how phi' deviates together with it is not known */
    if (last && n->loss != LOSS_RANDOM) {
      double chance = activation_is_linear(n->layers[l - 1].shape.activation) ? 0 : (double)NAN;
      predicted->noise = predicted->delta_log_variance = chance;
    }
  }
}

const double *net_theory(net *n, uint32_t l) {
  if (l < 1 || l > n->predicted_depth) return NULL;
  const theory_layer *predicted = &n->predicted[l], *below = &n->predicted[l - 1];
  const net_layer *layer = &n->layers[l - 1];
  const extent *images = &layer->shape.out;
  region inside = region_back(n, l);
  int back = n->passed > 0 && n->predicted_depth == n->depth && !region_is_empty(&inside);
  /* gradients add up over examples and places if all of these are alike and independent */
  int independent =
      n->loss == LOSS_RANDOM && region_is_whole(&layer->inside, images) && region_is_whole(&inside, images);
  int gradients = back && independent;
  double *out = n->theory;
  out[THEORY_Z_SQUARE] = predicted->z_square;
  out[THEORY_Z_LOG_STD] = __builtin_sqrt(predicted->z_log_variance + 2.0 / images->channels);
  out[THEORY_Z_CORRELATION] = predicted->z_correlation;
  out[THEORY_A_MEAN] = predicted->a_mean;
  out[THEORY_A_SQUARE] = predicted->a_square;
  out[THEORY_A_LOG_STD] = __builtin_sqrt(predicted->a_log_variance);
  out[THEORY_SLOPE_SQUARE] = predicted->slope_square;
  out[THEORY_DELTA_SQUARE] = back ? predicted->delta_square : (double)NAN;
  out[THEORY_DELTA_LOG_STD] = back ? __builtin_sqrt(predicted->delta_log_variance) : (double)NAN;
  out[THEORY_GRADIENT_SQUARE] =
      gradients ? theory_weight_gradient(predicted, below, (double)rows_of(n, images)) : (double)NAN;
  out[THEORY_GRADIENT_LOG_STD] =
      gradients ? __builtin_sqrt(theory_weight_gradient_log_variance(predicted, below)) : (double)NAN;
  return out;
}
