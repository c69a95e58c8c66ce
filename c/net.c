/* net.c: the stepping: one layer after the other, forward and then, if a loss was asked for, back.
 *
 * Forward alone two buffers serve any depth: a_{l-1} and z_l; then a_l takes the place of a_{l-1}. With a loss every
 * z_l is held, and each a_l is computed again from it when it is needed. How a network is put together is in build.c;
 * what a layer does with its weights, in linear.c.
 */
#include <math.h>

#include "conv.h"
#include "input.h"
#include "linear.h"
#include "loss.h"
#include "observe.h"
#include "predict.h"
#include "vec.h"
#include "weights.h"

/* Turns a_{l-1}, as the layer below gave it, into what layer l takes. */
static void adapt(net *n, uint32_t l) {
  uint32_t pool = n->layers[l - 1].shape.pool;
  if (l > 1 && pool != POOL_NONE) images_to_vectors(n, &n->layers[l - 2].shape.out, pool, n->a);
}

static void begin_step(net *n, uint32_t l) {
  if (l == 1) {
    if (observes(n, l, TENSOR_INPUT)) input_observe(n);
    predict_input(n);
    input_take(n);
  }
  adapt(n, l);
}

static void finish_step(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  const extent *images = &layer->shape.out;
  const float *z = n->z[l - 1];
  if (observes(n, l, TENSOR_WEIGHTS)) observe_end(n, TENSOR_WEIGHTS, images->channels);
  n->correlation = (double)NAN;
  if (observes(n, l, TENSOR_PREACTIVATIONS)) {
    observe_tensor(n, TENSOR_PREACTIVATIONS, z, images);
    observe_places(n, TENSOR_PREACTIVATIONS, z, images);
    n->correlation = observe_correlation(n, z, images);
  }
  phi_forward(&layer->f, z, n->a, tensor_floats(n, images));
  if (observes(n, l, TENSOR_ACTIVATIONS)) observe_activations(n, n->a, images, &layer->f);
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
  if (is_between_layers(n)) begin_step(n, l);
  if (layer->kind->has_weights) {
    if (n->column == 0 && n->row == 0) {
      if (weights_make(n, l) > 0) return 0;
      linear_begin(n, l);
    }
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

/* x = x y, of `count` numbers, a multiple of 4. Returns whether all results are finite. */
static int multiply_by(float *x, const float *y, size_t count) {
  f32x4 nothing = vec_set(0);
  for (size_t i = 0; i < count; i += 4) {
    f32x4 product = vec_load(x + i) * vec_load(y + i);
    nothing += product * vec_set(0); /* NaN after a NaN or an infinity */
    vec_store(x + i, product);
  }
  return !vec_any(nothing != nothing);
}

/* Writes dL/da_L, the first of the gradients, to `gradient`. */
static void begin_backward(net *n, float *gradient) {
  const extent *images = &n->layers[n->depth - 1].shape.out;
  size_t stride = stride_of(images->channels), rows = rows_of(n, images);
  if (n->trainer) {
    n->mean_loss = n->trainer->begin_back(n, gradient);
    return;
  }
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
  const net_layer *below = &n->layers[l - 2];
  phi_forward(&below->f, n->z[l - 2], n->a, tensor_floats(n, &below->shape.out));
  adapt(n, l);
}

/* adds to dL/da_l what sums above have passed back to layer l as their stream */
static void add_stream(const net *n, uint32_t l, float *gradient) {
  const float *waiting = n->layers[l - 1].slot ? stream_back(n, l) : NULL;
  size_t count = waiting ? tensor_floats(n, &n->layers[l - 1].shape.out) : 0;
  for (size_t i = 0; i < count; i++) gradient[i] += waiting[i];
}

/* Turns dL/da_l into dL/dz_l and observes it. Then restores a_{l-1}, which the weight gradients need. */
static void begin_back(net *n, uint32_t l, float *deltas) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  if (n->passed == 0) begin_backward(n, deltas);
  add_stream(n, l, deltas);
  phi_derivative(&n->layers[l - 1].f, n->z[l - 1], n->a, tensor_floats(n, &shape->out));
  if (observes(n, l, TENSOR_DELTAS)) n->mean_slope = observe_mean(n, n->a, &shape->out);
  n->finite_deltas = multiply_by(deltas, n->a, tensor_floats(n, &shape->out));
  if (observes(n, l, TENSOR_DELTAS)) {
    observe_tensor(n, TENSOR_DELTAS, deltas, &shape->out);
    observe_places(n, TENSOR_DELTAS, deltas, &shape->out);
  }
  restore_activations(n, l);
  observe_begin(n, shape->out.channels);
}

/* how many parts it takes to pass the gradient from layer l to the layer below */
static uint32_t down_parts(const net *n, uint32_t l) { return l > 1 ? n->layers[l - 1].kind->parts(n, l) : 0; }

/* Writes dL/da_{l-1} from dL/dz_l, a part at a time. Returns 1 after the last. */
static int pass_down(net *n, uint32_t l, const float *deltas, float *below) {
  if (n->part == down_parts(n, l)) return 1;
  const layer_kind *kind = n->layers[l - 1].kind;
  if (kind->has_weights && weights_make(n, l) > 0) return 0;
  uint32_t pool = n->layers[l - 1].shape.pool;
  kind->backward(n, l, deltas, below, n->part);
  if (++n->part < down_parts(n, l)) return 0;
  if (pool != POOL_NONE) vectors_to_images(n, &n->layers[l - 2].shape.out, pool, below);
  return 1;
}

/* how many rows of layer l's weight gradients make a part, SOME_ROWS at least */
static size_t part_rows(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t some = PART_PRODUCTS / (SOME_ROWS * (shape->out.channels / shape->groups)) / rows_of(n, &shape->out);
  return SOME_ROWS * larger(1, some);
}

/* rows of layer l's weight gradients that are needed: all or none */
static size_t gradient_rows(const net *n, uint32_t l) {
  return n->training.updates || observes(n, l, TENSOR_WEIGHT_GRADIENTS) ? weight_rows(&n->layers[l - 1]) : 0;
}

/* the next part of the weight gradients, which layer l's update takes if the network trains */
static void pass_weights(net *n, uint32_t l, const float *deltas) {
  uint32_t cols = n->layers[l - 1].shape.out.channels;
  size_t end = smaller(gradient_rows(n, l), n->row + part_rows(n, l));
  while (n->row < end) {
    size_t rows = smaller(end - n->row, SOME_ROWS);
    linear_gradient_rows(n, l, n->row, rows, deltas);
    if (observes(n, l, TENSOR_WEIGHT_GRADIENTS)) observe_tile(n, &(source){n->some, stride_of(cols)}, rows, 0, cols);
    if (n->training.updates) n->trainer->update(n, l, n->row, rows);
    n->row += rows;
  }
}

/* The gradient goes on to the layer below before this layer's weights move. */
int net_back_part(net *n) {
  if (!n->memory || !n->loss || n->done < n->depth) return NET_ERROR_ORDER;
  if (n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed;
  float *deltas = n->deltas[n->passed % 2], *below = n->deltas[1 - n->passed % 2];
  if (is_between_layers(n)) begin_back(n, l, deltas);
  if (!pass_down(n, l, deltas, below)) return 0;
  pass_weights(n, l, deltas);
  if (n->row < gradient_rows(n, l)) return 0;
  if (observes(n, l, TENSOR_WEIGHT_GRADIENTS))
    observe_end(n, TENSOR_WEIGHT_GRADIENTS, n->layers[l - 1].shape.out.channels);
  if (n->training.updates) n->trainer->end_back(n, l, deltas);
  n->row = n->part = 0;
  n->passed++;
  return (int)l;
}

int net_back(net *n) {
  int passed = net_back_part(n);
  while (passed == 0 && n->passed < n->depth) passed = net_back_part(n);
  return passed;
}

/* Parts of layer l's matrix that are left, apart from the last: that one goes with the first of the products. */
static uint32_t matrix_parts_before(const net *n, uint32_t l) {
  uint32_t parts = n->layers[l - 1].kind->has_weights ? weights_parts(n, l) : 0;
  return parts > 0 ? parts - 1 : 0;
}

/* parts that are left of the layer to step next, or to pass back through next */
static uint32_t step_parts(const net *n) {
  const net_layer *layer = &n->layers[n->done];
  if (!layer->kind->has_weights) return layer->kind->parts(n, n->done + 1) - n->part;
  size_t fan_in = weight_rows(layer), some = linear_part_rows(n, &layer->shape), blocks = 0;
  for (size_t column = n->column; column < layer->shape.out.channels; blocks++)
    column = linear_block_end(&layer->shape, column);
  uint32_t before = n->column == 0 && n->row == 0 ? matrix_parts_before(n, n->done + 1) : 0;
  return before + (uint32_t)(blocks * ((fan_in + some - 1) / some) - n->row / some);
}

static uint32_t back_parts(const net *n) {
  if (!n->loss || n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed, down = down_parts(n, l) - n->part;
  size_t some = part_rows(n, l), left = (gradient_rows(n, l) - n->row + some - 1) / some;
  /* the last part on the way down is also the first of the gradients */
  uint32_t before = down > 0 ? matrix_parts_before(n, l) : 0;
  return before + (down > 0 ? down - 1 : 0) + (uint32_t)larger(1, left);
}

uint32_t net_parts(const net *n) {
  if (!n->memory) return 0;
  return n->done < n->depth ? step_parts(n) : back_parts(n);
}
