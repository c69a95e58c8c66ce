/* net.c: the stepping: one layer after the other, forward and then, if a loss was asked for, back.
 *
 * Forward alone two buffers serve any depth: a_{l-1} and z_l; then a_l takes the place of a_{l-1}. With a loss every
 * z_l is held, and each a_l is computed again from it when it is needed. How a network is put together is in build.c;
 * what a layer does with its weights, in linear.c.
 */
#include <math.h>

#include "activations.h"
#include "conv.h"
#include "input.h"
#include "linear.h"
#include "loss.h"
#include "observe.h"
#include "predict.h"

/* floats of a tensor of the whole batch, gaps included */
static size_t tensor_floats(const net *n, const extent *images) {
  return rows_of(n, images) * stride_of(images->channels);
}

/* Turns a_{l-1}, as the layer below gave it, into what layer l takes. */
static void adapt(net *n, uint32_t l) {
  uint32_t pool = n->layers[l - 1].shape.pool;
  if (l > 1 && pool != POOL_NONE) images_to_vectors(n, &n->layers[l - 2].shape.out, pool, n->a);
}

static void begin_step(net *n, uint32_t l) {
  if (l == 1) {
    input_observe(n);
    predict_input(n);
    input_take(n);
  }
  adapt(n, l);
}

static void finish_step(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  const extent *images = &layer->shape.out;
  const float *z = n->z[l - 1];
  if (observes(layer, TENSOR_WEIGHTS)) observe_end(n, TENSOR_WEIGHTS, images->channels);
  n->correlation = (double)NAN;
  if (observes(layer, TENSOR_PREACTIVATIONS)) {
    observe_tensor(n, TENSOR_PREACTIVATIONS, z, images);
    observe_places(n, TENSOR_PREACTIVATIONS, z, images);
    n->correlation = observe_correlation(n, z, images);
  }
  activation_forward(layer->shape.activation, z, n->a, tensor_floats(n, images));
  if (observes(layer, TENSOR_ACTIVATIONS)) observe_activations(n, n->a, images, layer->shape.activation);
  predict_layer(n, l);
  n->done = l;
  n->resumed = 0;
  n->column = 0;
}

int net_step_part(net *n) {
  if (!n->memory) return NET_ERROR_ORDER;
  if (n->done == n->depth) return 0;
  uint32_t l = n->done + 1;
  const net_layer *layer = &n->layers[l - 1];
  int begins = is_between_layers(n);
  if (begins) begin_step(n, l);
  if (layer->kind->has_weights) {
    if (begins) linear_begin(n, l);
    linear_part(n, l);
    if (n->column < layer->shape.out.channels) return 0;
  } else {
    layer->kind->forward(n, l, n->part);
    if (++n->part < layer->kind->parts(n, l)) return 0;
    n->part = 0;
  }
  finish_step(n, l);
  return (int)l;
}

int net_step(net *n) {
  int stepped = net_step_part(n);
  while (stepped == 0 && n->done < n->depth) stepped = net_step_part(n);
  return stepped;
}

/* Writes dL/da_L, the first of the gradients, to `gradient`. */
static void begin_backward(net *n, float *gradient) {
  const extent *images = &n->layers[n->depth - 1].shape.out;
  size_t stride = stride_of(images->channels), rows = rows_of(n, images);
  if (n->loss == LOSS_RANDOM) {
    double mean = loss_random(n->seed, n->a, rows, images->channels, stride, gradient);
    n->mean_loss = mean * (double)places_of(images);
    predict_back(n, 1);
    return;
  }
  n->mean_loss = loss_cross_entropy(n->seed, n->a, rows, images->channels, stride, gradient);
  observe_tensor(n, TENSOR_DELTAS, gradient, images); /* for its mean square alone: dL/dz_L will take its place */
  double rms = n->summaries[TENSOR_DELTAS].values[SUMMARY_RMS];
  predict_back(n, rms * rms);
}

/* a_{l-1} once more, as layer l takes it */
static void restore_activations(net *n, uint32_t l) {
  if (l == 1) {
    input_restore(n);
    return;
  }
  const layer_shape *below = &n->layers[l - 2].shape;
  activation_forward(below->activation, n->z[l - 2], n->a, tensor_floats(n, &below->out));
  adapt(n, l);
}

/* Writes dL/da_l to `deltas`, a part at a time. Returns 1 after the last. */
static int pass_down(net *n, uint32_t l, float *deltas) {
  if (n->passed == 0) {
    begin_backward(n, deltas);
    return 1;
  }
  const net_layer *above = &n->layers[l];
  uint32_t pool = above->shape.pool;
  above->kind->backward(n, l + 1, n->deltas[1 - n->passed % 2], deltas, n->part);
  if (++n->part < above->kind->parts(n, l + 1)) return 0;
  n->part = 0;
  if (pool != POOL_NONE) vectors_to_images(n, &n->layers[l - 1].shape.out, pool, deltas);
  return 1;
}

/* Turns dL/da_l into dL/dz_l and observes it, then restores a_{l-1}, which the weight gradients need. */
static void begin_back(net *n, uint32_t l, float *deltas) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t count = tensor_floats(n, &shape->out);
  activation_derivative(shape->activation, n->z[l - 1], n->a, count);
  n->mean_slope = observe_mean(n, n->a, &shape->out);
  for (size_t i = 0; i < count; i++) deltas[i] *= n->a[i];
  observe_tensor(n, TENSOR_DELTAS, deltas, &shape->out);
  observe_places(n, TENSOR_DELTAS, deltas, &shape->out);
  restore_activations(n, l);
  observe_begin(n, shape->out.channels);
}

/* how many rows of layer l's weight gradients make a part, SOME_ROWS at least */
static size_t part_rows(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t some = PART_PRODUCTS / (SOME_ROWS * (shape->out.channels / shape->groups)) / rows_of(n, &shape->out);
  return SOME_ROWS * larger(1, some);
}

/* rows of layer l's weight gradients that are to be observed: all or none */
static size_t gradient_rows(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  return observes(layer, TENSOR_WEIGHT_GRADIENTS) ? weight_rows(layer) : 0;
}

int net_back_part(net *n) {
  if (!n->memory || !n->loss || n->done < n->depth) return NET_ERROR_ORDER;
  if (n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed, cols = n->layers[l - 1].shape.out.channels;
  float *deltas = n->deltas[n->passed % 2];
  size_t all = gradient_rows(n, l);
  if (n->row == 0) {
    if (!pass_down(n, l, deltas)) return 0;
    begin_back(n, l, deltas);
  }
  for (size_t end = smaller(all, n->row + part_rows(n, l)); n->row < end;) {
    size_t rows = smaller(end - n->row, SOME_ROWS);
    linear_gradient_rows(n, l, n->row, rows, deltas);
    observe_tile(n, &(source){n->some, stride_of(cols)}, rows, 0, cols);
    n->row += rows;
  }
  if (n->row < all) return 0;
  if (all) observe_end(n, TENSOR_WEIGHT_GRADIENTS, cols);
  n->row = 0;
  n->passed++;
  return (int)l;
}

int net_back(net *n) {
  int passed = net_back_part(n);
  while (passed == 0 && n->passed < n->depth) passed = net_back_part(n);
  return passed;
}

/* parts that are left of the layer to step next, or to pass back through next */
static uint32_t step_parts(const net *n) {
  const net_layer *layer = &n->layers[n->done];
  if (!layer->kind->has_weights) return layer->kind->parts(n, n->done + 1) - n->part;
  size_t fan_in = weight_rows(layer), some = linear_part_rows(n, &layer->shape), blocks = 0;
  for (size_t column = n->column; column < layer->shape.out.channels; blocks++)
    column = linear_block_end(&layer->shape, column);
  return (uint32_t)(blocks * ((fan_in + some - 1) / some) - n->row / some);
}

static uint32_t back_parts(const net *n) {
  if (!n->loss || n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed;
  size_t some = part_rows(n, l), left = (gradient_rows(n, l) - n->row + some - 1) / some;
  if (n->row > 0) return (uint32_t)left;
  uint32_t above = n->passed ? n->layers[l].kind->parts(n, l + 1) - n->part : 1;
  return above - 1 + (uint32_t)larger(1, left); /* the last of these begins with the gradients */
}

uint32_t net_parts(const net *n) {
  if (!n->memory) return 0;
  return n->done < n->depth ? step_parts(n) : back_parts(n);
}
