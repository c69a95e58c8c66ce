/* build.c: puts a network together: its layers and their rules, each checked, until net_start.
 *
 * Nothing is computed here. After net_start only steps change a network: see net.c.
 */
#include "build.h"

#include <math.h>
#include <stdlib.h>

#include "input.h"
#include "kept.h"
#include "linear.h"
#include "memory.h"
#include "region.h"

/* of a truncated normal, in std of its parent */
#define LEAST_CUT 0.1
#define MOST_CUT 10

enum {
  ALL_TENSORS = (1 << TENSOR_COUNT) - 1,
  ALWAYS_OBSERVED = 1 << TENSOR_INPUT | 1 << TENSOR_DELTAS,
  OF_WEIGHTS = 1 << TENSOR_WEIGHTS | 1 << TENSOR_WEIGHT_GRADIENTS
};

int within(uint32_t n, uint32_t limit) { return n >= 1 && n <= limit; }

int are_images(const extent *size) {
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
  n->finite = 1;
  n->mean_loss = n->correlation = n->mean_slope = (double)NAN;
  return n;
}

void net_free(net *n) {
  if (!n) return;
  free(n->memory);
  kept_free(n);
  free(n);
}

static const net_layer *top_layer(const net *n) { return n->depth ? &n->layers[n->depth - 1] : NULL; }

const extent *build_top(const net *n) { return n->depth ? &top_layer(n)->shape.out : &n->inputs; }

int build_gives_vectors(const net *n) { return n->depth > 0 && top_layer(n)->kind->gives_vectors; }
int build_has_images(const net *n) { return !build_gives_vectors(n) && are_images(build_top(n)); }

layer_shape build_same(const net *n, uint32_t activation) {
  return (layer_shape){.in = *build_top(n),
                       .out = *build_top(n),
                       .kernel_height = 1,
                       .kernel_width = 1,
                       .stride = 1,
                       .groups = 1,
                       .activation = activation};
}

static int may_append(const net *n) {
  int tops = n->depth && top_layer(n)->kind == &dense_kind && build_top(n)->channels > MAX_UNITS;
  return n->depth < MAX_DEPTH && !tops;
}

static region inside_of(const net *n, const layer_kind *kind, const layer_shape *shape) {
  if (kind->gives_vectors) return region_whole(&shape->out);
  region below = n->depth ? top_layer(n)->inside : region_whole(&n->inputs);
  return region_above(shape, &below);
}

/* a histogram counts in 32 bits, so a layer has fewer than 2^32 weights */
int build_append(net *n, const layer_kind *kind, const layer_shape *shape) {
  net_layer added = {.kind = kind, .shape = *shape, .observed = ALL_TENSORS};
  added.f = phi_find(shape->activation, (double)NAN);
  if (!kind->has_weights) added.observed &= ~(uint32_t)OF_WEIGHTS;
  if (!may_append(n) || weight_rows(&added) * (uint64_t)shape->out.channels > MAX_WEIGHTS) return NET_ERROR_RANGE;
  added.inside = inside_of(n, kind, shape);
  n->layers[n->depth++] = added;
  return 0;
}

int net_add_dense(net *n, uint32_t units, uint32_t activation, uint32_t pool) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!within(units, MAX_OUTPUTS) || activation >= activation_count() || pool < POOL_FLATTEN || pool > POOL_AVERAGE)
    return NET_ERROR_RANGE;
  const extent *below = build_top(n);
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
  return build_append(n, &dense_kind, &shape);
}

/* the outputs along one side of the images, and how many zeros come before the first input */
static uint32_t outputs_along(uint32_t in, uint32_t kernel, uint32_t stride, uint32_t padding, uint32_t *pad) {
  if (padding == PADDING_SAME) {
    uint32_t out = (in + stride - 1) / stride, needed = (out - 1) * stride + kernel;
    *pad = needed > in ? (needed - in) / 2 : 0;
    return out;
  }
  *pad = padding == PADDING_VALID ? 0 : padding - PADDING_ZEROS;
  uint32_t padded = in + 2 * *pad;
  return padded < kernel ? 0 : (padded - kernel) / stride + 1;
}

int build_window(layer_shape *shape, uint32_t padding) {
  if (!within(shape->kernel_height, MAX_KERNEL) || !within(shape->kernel_width, MAX_KERNEL) ||
      !within(shape->stride, MAX_KERNEL) || padding >= PADDING_ZEROS + MAX_KERNEL)
    return 0;
  shape->out.height = outputs_along(shape->in.height, shape->kernel_height, shape->stride, padding, &shape->pad_top);
  shape->out.width = outputs_along(shape->in.width, shape->kernel_width, shape->stride, padding, &shape->pad_left);
  return are_images(&shape->out) && shape->pad_top < shape->kernel_height && shape->pad_left < shape->kernel_width;
}

int build_groups(const layer_shape *shape) {
  return shape->groups >= 1 && shape->in.channels % shape->groups == 0 && shape->out.channels % shape->groups == 0;
}

int net_add_conv(net *n, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                 uint32_t padding, uint32_t groups, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  layer_shape shape = {
      .in = *build_top(n),
      .out.channels = channels,
      .kernel_height = kernel_height,
      .kernel_width = kernel_width,
      .stride = stride,
      .groups = groups,
      .activation = activation,
  };
  if (!build_has_images(n) || activation >= activation_count() || stride > MAX_STRIDE ||
      !build_window(&shape, padding) || !build_groups(&shape))
    return NET_ERROR_RANGE;
  return build_append(n, &conv_kind, &shape);
}

/* the layer added last, while it may be changed; NULL if there is none or the network was started */
static net_layer *last_layer(net *n) { return n->memory || n->depth == 0 ? NULL : &n->layers[n->depth - 1]; }

net_layer *build_weights(net *n) {
  net_layer *layer = last_layer(n);
  return layer && layer->kind->has_weights ? layer : NULL;
}

int net_set_weights(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  const layer_shape *shape = &layer->shape;
  rule weights = {distribution, mode, number, gain, 0};
  int large = weight_rows(layer) > MAX_ORTHOGONAL || shape->out.channels > MAX_ORTHOGONAL;
  int has_window = shape->kernel_height * shape->kernel_width > 1;
  if (!rule_accepts(&weights, 0) || (distribution == DISTRIBUTION_ORTHOGONAL && large) ||
      (distribution == DISTRIBUTION_IDENTITY && has_window))
    return NET_ERROR_RANGE;
  layer->weights = weights;
  return 0;
}

int net_set_cut(net *n, double cut) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  uint32_t distribution = layer->weights.distribution;
  int is_truncated = distribution == DISTRIBUTION_TRUNCATED || distribution == DISTRIBUTION_TRUNCATED_RAW;
  if (!is_truncated) return NET_ERROR_ORDER;
  if (!(cut >= LEAST_CUT && cut <= MOST_CUT)) return NET_ERROR_RANGE;
  layer->weights.cut = cut == USUAL_CUT ? 0 : cut; /* at the usual cut the std is a constant */
  return 0;
}

int net_set_bias(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  rule bias = {distribution, mode, number, gain, 0};
  if (!rule_accepts(&bias, 1)) return NET_ERROR_RANGE;
  layer->bias = bias;
  return 0;
}

int net_set_counting(net *n, uint32_t convention, uint32_t squared) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  if (convention >= CONVENTION_COUNT || squared > 1) return NET_ERROR_RANGE;
  layer->shape.convention = convention;
  layer->shape.squared = squared;
  return 0;
}

int net_set_parameter(net *n, double parameter) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  phi f = phi_find(layer->shape.activation, parameter);
  if (!f.row->has) return NET_ERROR_RANGE;
  layer->f = f;
  return 0;
}

int net_set_observed(net *n, uint32_t tensors) {
  net_layer *layer = last_layer(n);
  if (!layer) return NET_ERROR_ORDER;
  if (tensors > ALL_TENSORS) return NET_ERROR_RANGE;
  if (!layer->kind->has_weights) tensors &= ~(uint32_t)OF_WEIGHTS;
  layer->observed = tensors | ALWAYS_OBSERVED;
  return 0;
}

int net_set_loss(net *n, uint32_t loss) {
  if (n->memory || n->trainer) return NET_ERROR_ORDER;
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
  if (n->loss == LOSS_CROSS_ENTROPY && places_of(build_top(n)) > 1) return NET_ERROR_RANGE;
  uint64_t bytes = memory_bytes(n, n->batch);
  if (bytes > MAX_BYTES) return NET_ERROR_MEMORY;
  n->memory = calloc(1, (size_t)(bytes - sizeof *n));
  if (!n->memory) return NET_ERROR_MEMORY;
  memory_place(n);
  kept_plan(n);
  input_draw(n);
  if (n->trainer) n->trainer->start(n);
  return 0;
}
