/* layer.c: from the shape and the rules of a layer to its fans and to the spread of its weights and biases.
 *
 * fans.c counts and rules.c computes: here a layer's numbers are put into them. Nothing is drawn or checked.
 */
#include "layer.h"

#include "drawn.h"

double layer_fan(const net_layer *layer, uint32_t which) {
  const layer_shape *shape = &layer->shape;
  double size = (double)shape->kernel_height * shape->kernel_width;
  return fans_of(shape->convention, which, shape->transposed, size, shape->in.channels, shape->out.channels,
                 shape->groups);
}

static spread spread_by(const net *n, const net_layer *layer, const rule *given) {
  weight_shape shape = {
      .fan_in = layer_fan(layer, FAN_IN),
      .fan_out = layer_fan(layer, FAN_OUT),
      .rows = (uint32_t)weight_rows(layer),
      .cols = layer->shape.out.channels,
      .blocks = count_blocks(n),
  };
  return rule_spread(given, &shape);
}

/* `squared` is a common mistake: the variance s^2 is passed where a library takes the std s. For some distributions the
 * library's std is the parent's. The gain multiplies the result: gain s^2 = (gain s) s, so gain s becomes the gain. */
static spread weights_in_float(const net *n, const net_layer *layer) {
  spread right = spread_by(n, layer, &layer->weights);
  if (!layer->shape.squared || right.std == 0) return right;
  rule wrong = layer->weights;
  wrong.gain = is_by_parent(wrong.distribution) ? right.parent : right.std;
  return spread_by(n, layer, &wrong);
}

static spread in_format(const net_layer *layer, const rule *given, spread plain) {
  return layer->shape.drawn == DRAWN_FLOAT32 ? plain : drawn_spread(&plain, given->mode, layer->shape.drawn);
}

spread layer_weights(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  return in_format(layer, &layer->weights, weights_in_float(n, layer));
}

spread layer_bias(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  return in_format(layer, &layer->bias, spread_by(n, layer, &layer->bias));
}

spread layer_right(const net *n, uint32_t l) {
  net_layer right = n->layers[l - 1];
  right.shape.convention = CONVENTION_TRUE;
  return in_format(&right, &right.weights, spread_by(n, &right, &right.weights));
}
