/* build.c: puts a network together: its layers and their rules, each checked, until net_start.
 *
 * Nothing is computed here. After net_start only steps change a network: see net.c.
 */
#include <math.h>
#include <stdlib.h>

#include "input.h"
#include "kept.h"
#include "memory.h"
#include "region.h"

enum { ALL_TENSORS = (1 << TENSOR_COUNT) - 1, ALWAYS_OBSERVED = 1 << TENSOR_INPUT | 1 << TENSOR_DELTAS };

static int within(uint32_t n, uint32_t limit) { return n >= 1 && n <= limit; }

static int are_images(const extent *size) {
  return within(size->height, MAX_SIDE) && within(size->width, MAX_SIDE) && within(size->channels, MAX_CHANNELS);
}

net *net_new(uint32_t seed, uint32_t batch, uint32_t height, uint32_t width, uint32_t channels, uint32_t input) {
  extent inputs = {height, width, channels};
  int are_vectors = height == 1 && width == 1 && within(channels, MAX_INPUTS);
  if (!within(batch, MAX_BATCH) || !(are_vectors || are_images(&inputs)) || input > INPUT_GIVEN) return NULL;
  net *n = calloc(1, sizeof *n);
  if (!n) return NULL;
  n->seed = seed;
  n->batch = batch;
  n->inputs = inputs;
  n->input = input;
  n->mean_loss = n->correlation = n->mean_slope = (double)NAN;
  return n;
}

void net_free(net *n) {
  if (!n) return;
  free(n->memory);
  kept_free(n);
  free(n);
}

static int may_append(const net *n) { return n->depth < MAX_DEPTH; }

/* what the layer added last gives, or the input */
static const extent *top(const net *n) { return n->depth ? &n->layers[n->depth - 1].shape.out : &n->inputs; }

/* a histogram counts in 32 bits, so a layer has fewer than 2^32 weights */
static int append(net *n, const layer_shape *shape, region inside) {
  net_layer added = {.shape = *shape, .inside = inside, .observed = ALL_TENSORS};
  if (weight_rows(&added) * (uint64_t)shape->out.channels > MAX_WEIGHTS) return NET_ERROR_RANGE;
  n->layers[n->depth++] = added;
  return 0;
}

int net_add_dense(net *n, uint32_t units, uint32_t activation, uint32_t pool) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!may_append(n) || !within(units, MAX_UNITS) || activation >= activation_count() || pool < POOL_FLATTEN ||
      pool > POOL_AVERAGE)
    return NET_ERROR_RANGE;
  const extent *below = top(n);
  if (pool == POOL_AVERAGE && !n->depth && places_of(below) > 1) return NET_ERROR_RANGE;
  layer_shape shape = {
      .in = {1, 1, pool == POOL_AVERAGE ? below->channels : (uint32_t)values_of(below)},
      .out = {1, 1, units},
      .kernel_height = 1,
      .kernel_width = 1,
      .stride = 1,
      .groups = 1,
      .pool = pool,
      .activation = activation,
  };
  return append(n, &shape, region_whole(&shape.out));
}

/* the outputs along one side of the images, and how many zeros come before the first input */
static uint32_t outputs_along(uint32_t in, uint32_t kernel, uint32_t stride, uint32_t padding, uint32_t *pad) {
  *pad = 0;
  if (padding == PADDING_VALID) return in < kernel ? 0 : (in - kernel) / stride + 1;
  uint32_t out = (in + stride - 1) / stride, needed = (out - 1) * stride + kernel;
  if (needed > in) *pad = (needed - in) / 2;
  return out;
}

int net_add_conv(net *n, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                 uint32_t padding, uint32_t groups, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  const extent *below = top(n);
  int after_dense = n->depth && n->layers[n->depth - 1].shape.pool != POOL_NONE;
  if (!may_append(n) || after_dense || !are_images(below)) return NET_ERROR_RANGE;
  if (!within(kernel_height, MAX_KERNEL) || !within(kernel_width, MAX_KERNEL) || !within(channels, MAX_CHANNELS) ||
      stride < 1 || stride > MAX_STRIDE || padding > PADDING_VALID || activation >= activation_count())
    return NET_ERROR_RANGE;
  if (groups < 1 || below->channels % groups || channels % groups) return NET_ERROR_RANGE;
  layer_shape shape = {
      .in = *below,
      .out.channels = channels,
      .kernel_height = kernel_height,
      .kernel_width = kernel_width,
      .stride = stride,
      .groups = groups,
      .activation = activation,
  };
  shape.out.height = outputs_along(below->height, kernel_height, stride, padding, &shape.pad_top);
  shape.out.width = outputs_along(below->width, kernel_width, stride, padding, &shape.pad_left);
  if (!shape.out.height || !shape.out.width) return NET_ERROR_RANGE;
  region inside = n->depth ? n->layers[n->depth - 1].inside : region_whole(&n->inputs);
  return append(n, &shape, region_above(&shape, &inside));
}

/* the layer added last, while it may be changed; NULL if there is none or the network was started */
static net_layer *last_layer(net *n) { return n->memory || n->depth == 0 ? NULL : &n->layers[n->depth - 1]; }

int net_set_weights(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  const layer_shape *shape = &layer->shape;
  rule weights = {distribution, mode, number, gain};
  int large = weight_rows(layer) > MAX_ORTHOGONAL || shape->out.channels > MAX_ORTHOGONAL;
  int has_window = shape->kernel_height * shape->kernel_width > 1;
  if (!rule_accepts(&weights, 0) || (distribution == DISTRIBUTION_ORTHOGONAL && large) ||
      (distribution == DISTRIBUTION_IDENTITY && has_window))
    return NET_ERROR_RANGE;
  layer->weights = weights;
  return 0;
}

int net_set_bias(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  rule bias = {distribution, mode, number, gain};
  if (!rule_accepts(&bias, 1)) return NET_ERROR_RANGE;
  layer->bias = bias;
  return 0;
}

int net_set_counting(net *n, uint32_t convention, uint32_t squared) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  if (convention >= CONVENTION_COUNT || squared > 1) return NET_ERROR_RANGE;
  layer->shape.convention = convention;
  layer->shape.squared = squared;
  return 0;
}

int net_set_observed(net *n, uint32_t tensors) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  if (tensors > ALL_TENSORS) return NET_ERROR_RANGE;
  layer->observed = tensors | ALWAYS_OBSERVED;
  return 0;
}

int net_set_loss(net *n, uint32_t loss) {
  if (n->memory) return NET_ERROR_ORDER;
  if (loss >= LOSS_COUNT) return NET_ERROR_RANGE;
  n->loss = loss;
  return 0;
}

int net_set_kept(net *n, uint32_t bytes) {
  if (n->memory) return NET_ERROR_ORDER;
  if (bytes > MAX_BYTES) return NET_ERROR_RANGE;
  n->kept_bytes = bytes;
  return 0;
}

int net_start(net *n) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (n->loss == LOSS_CROSS_ENTROPY && places_of(top(n)) > 1) return NET_ERROR_RANGE;
  if (n->batch > net_max_batch(n)) return NET_ERROR_MEMORY;
  n->memory = calloc(1, (size_t)(memory_bytes(n, n->batch) - sizeof *n));
  if (!n->memory) return NET_ERROR_MEMORY;
  memory_place(n);
  kept_plan(n);
  input_draw(n);
  return 0;
}
