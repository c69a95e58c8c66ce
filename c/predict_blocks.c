/* predict_blocks.c: to which norms, residual sums and units of a network mean-field theory applies, forward
 * and back.
 *
 * The formulas are in blocks.c. Theory ends at a batch norm, and at a sum whose branch is not independent of its stream.
 */
#include "predict_blocks.h"

#include <math.h>
#include <string.h>

#include "predict.h"

static int is_gated(const net_layer *layer) { return layer->kind->predict == predict_unit && !layer->kind->parameters; }
/* PReLU is not odd, and its activation is linear. */
static int is_odd(const net_layer *layer) {
  return theory_is_odd(&layer->f) && (layer->kind->predict != predict_unit || is_gated(layer));
}

int predict_norm(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  if (layer->shape.norm == NORM_BATCH) return 0;
  return theory_norm(&n->predicted[l], &n->predicted[l - 1], &layer->f, layer->shape.norm == NORM_LAYER,
                     layer->numbers[NUMBER_GAIN], layer->numbers[NUMBER_EPSILON], layer->shape.out.channels);
}

/* The layer below has weights, so that the numbers that the units take are independent normals. */
int predict_unit(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  if (l == 1 || !n->layers[l - 2].kind->has_weights) return 0;
  int gated = is_gated(layer);
  phi f = gated ? phi_find(layer->shape.gate, (double)NAN) : phi_rectifier(layer->numbers[NUMBER_SLOPE]);
  return theory_unit(&n->predicted[l], &n->predicted[l - 1], &f, gated, layer->shape.out.channels);
}

/* Does the branch of a sum change its sign where the last weights in it do? Theory applies to them, so their mean is 0. All
 * activations above them must be odd, and no sum may bring in what lies below. Gated units change it with the weights of
 * their first half. */
static int is_independent(const net *n, uint32_t from, uint32_t l) {
  for (uint32_t k = l - 1; k > from; k--) {
    const net_layer *layer = &n->layers[k - 1];
    if (!is_odd(layer)) return 0;
    if (layer->kind->has_weights || is_gated(layer)) return 1;
    if (layer->kind->predict == predict_sum) return 0;
  }
  return 0;
}

int predict_sum(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  uint32_t from = layer->shape.from;
  if (!is_independent(n, from, l) && layer->numbers[NUMBER_BRANCH] != 0) return 0;
  double elasticity = 1;
  for (uint32_t k = from + 1; k < l; k++) elasticity *= n->predicted[k].z_slope * n->predicted[k].a_slope;
  return theory_sum(&n->predicted[l], &n->predicted[from], &n->predicted[l - 1], &layer->f, layer->numbers, elasticity,
                    layer->shape.out.channels);
}

/* E (dL/da)^2 of each layer, from the last down. What comes to a layer from its branch and from its sum is independent, so
 * mean squares add up. How far networks deviate from it is not known. Where inputs differ in length, a norm passes
 * gradients on in inverse proportion: then nothing is said. */
void predict_back_blocks(net *n, double gradient_square) {
  static const spread_law unknown = {(double)NAN, (double)NAN, (double)NAN};
  double passed[MAX_DEPTH + 1] = {0};
  passed[n->depth] = gradient_square;
  for (uint32_t l = n->depth; l >= 1; l--) {
    const net_layer *layer = &n->layers[l - 1];
    theory_layer *predicted = &n->predicted[l];
    double delta = predicted->slope_square * passed[l], mixed = n->predicted[0].mix.count > 0 ? (double)NAN : 0;
    predicted->delta_square = predicted->shown_delta = delta + mixed;
    predicted->delta_law = predicted->noise_law = unknown;
    predicted->unbroken_back = 1;
    if (layer->kind->has_weights)
      passed[l - 1] += l > 1 ? predict_sigma_out2(n, l) * delta : 0;
    else if (layer->kind->predict == predict_norm || layer->kind->predict == predict_unit)
      passed[l - 1] += predicted->back_factor * delta;
    else if (layer->kind->predict == predict_sum) {
      double s = layer->numbers[NUMBER_STREAM], b = layer->numbers[NUMBER_BRANCH];
      passed[l - 1] += b * b * delta;
      passed[layer->shape.from] += s * s * delta;
    } else
      passed[l - 1] += delta;
  }
}
