/* build.c: puts a net together: its layers and their rules, checked, and the one allocation that holds all it needs.
 *
 * Nothing is drawn or computed before net_start, and nothing changes after it but by net.c.
 */
#include <math.h>
#include <stdlib.h>

#include "matrix.h"
#include "network.h"

enum { ALL_TENSORS = (1 << TENSOR_COUNT) - 1, ALWAYS_OBSERVED = 1 << TENSOR_INPUT | 1 << TENSOR_DELTAS };

static int within(uint32_t n, uint32_t limit) { return n >= 1 && n <= limit; }

static int are_images(uint32_t height, uint32_t width, uint32_t channels) {
  return within(height, MAX_SIDE) && within(width, MAX_SIDE) && within(channels, MAX_CHANNELS);
}

net *net_new(uint32_t seed, uint32_t batch, uint32_t height, uint32_t width, uint32_t channels, uint32_t input) {
  int vectors = height == 1 && width == 1 && within(channels, MAX_INPUTS);
  if (!within(batch, MAX_BATCH) || !(vectors || are_images(height, width, channels)) || input > INPUT_GIVEN)
    return NULL;
  net *n = calloc(1, sizeof *n);
  if (!n) return NULL;
  n->seed = seed;
  n->batch = batch;
  n->inputs = (extent){height, width, channels};
  n->input = input;
  n->mean_loss = n->correlation = n->mean_slope = (double)NAN;
  return n;
}

void net_free(net *n) {
  if (!n) return;
  free(n->memory);
  for (uint32_t l = 0; l < n->depth; l++) free(n->kept[l].values);
  free(n);
}

static region whole(const extent *of) { return (region){0, of->height, 0, of->width}; }

/* appends a layer, whose `in` is set; what its weights would be must be countable in 32 bits, as a histogram counts */
static int append(net *n, const layer *added) {
  if (weight_rows(added) * (uint64_t)added->out.channels > UINT32_MAX) return NET_ERROR_RANGE;
  n->layers[n->depth] = *added;
  n->layers[n->depth++].observed = ALL_TENSORS;
  return 0;
}

static int may_append(const net *n) { return n->depth < MAX_DEPTH; }

static const extent *top(const net *n) { return n->depth ? &n->layers[n->depth - 1].out : &n->inputs; }

int net_add_dense(net *n, uint32_t units, uint32_t activation, uint32_t pool) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!may_append(n) || !within(units, MAX_UNITS) || activation >= activation_count() || pool < POOL_FLATTEN ||
      pool > POOL_AVERAGE)
    return NET_ERROR_RANGE;
  const extent *below = top(n);
  if (pool == POOL_AVERAGE && !n->depth && places_of(below) > 1) return NET_ERROR_RANGE;
  uint32_t inputs = pool == POOL_AVERAGE ? below->channels : (uint32_t)values_of(below);
  layer added = {.in = {1, 1, inputs}, .out = {1, 1, units}, .kernel_height = 1, .kernel_width = 1, .stride = 1};
  added.groups = 1;
  added.pool = pool;
  added.activation = activation;
  added.inside = whole(&added.out);
  return append(n, &added);
}

/* the outputs along a side of `in`, and how many zeros come before it */
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
  int after_dense = n->depth && n->layers[n->depth - 1].pool != POOL_NONE;
  if (!may_append(n) || after_dense || !are_images(below->height, below->width, below->channels))
    return NET_ERROR_RANGE;
  if (!within(kernel_height, MAX_KERNEL) || !within(kernel_width, MAX_KERNEL) || !within(channels, MAX_CHANNELS) ||
      stride < 1 || stride > 2 || padding > PADDING_VALID || activation >= activation_count())
    return NET_ERROR_RANGE;
  if (groups < 1 || below->channels % groups || channels % groups) return NET_ERROR_RANGE;
  layer added = {.in = *below, .kernel_height = kernel_height, .kernel_width = kernel_width, .stride = stride};
  added.groups = groups;
  added.activation = activation;
  added.out.height = outputs_along(below->height, kernel_height, stride, padding, &added.pad_top);
  added.out.width = outputs_along(below->width, kernel_width, stride, padding, &added.pad_left);
  added.out.channels = channels;
  if (!added.out.height || !added.out.width) return NET_ERROR_RANGE;
  region inside = n->depth ? n->layers[n->depth - 1].inside : whole(&n->inputs);
  added.inside = region_above(&added, &inside);
  return append(n, &added);
}

int net_set_weights(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  layer *of = &n->layers[n->depth - 1];
  rule weights = {distribution, mode, number, gain};
  int large = weight_rows(of) > MAX_ORTHOGONAL || of->out.channels > MAX_ORTHOGONAL;
  int window = of->kernel_height * of->kernel_width > 1;
  if (!rule_accepts(&weights, 0) || (distribution == DISTRIBUTION_ORTHOGONAL && large) ||
      (distribution == DISTRIBUTION_IDENTITY && window))
    return NET_ERROR_RANGE;
  of->weights = weights;
  return 0;
}

int net_set_bias(net *n, uint32_t distribution, uint32_t mode, double number, double gain) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  rule bias = {distribution, mode, number, gain};
  if (!rule_accepts(&bias, 1)) return NET_ERROR_RANGE;
  n->layers[n->depth - 1].bias = bias;
  return 0;
}

int net_set_counting(net *n, uint32_t convention, uint32_t squared) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (convention >= CONVENTION_COUNT || squared > 1) return NET_ERROR_RANGE;
  n->layers[n->depth - 1].convention = convention;
  n->layers[n->depth - 1].squared = squared;
  return 0;
}

int net_set_observed(net *n, uint32_t tensors) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (tensors > ALL_TENSORS) return NET_ERROR_RANGE;
  n->layers[n->depth - 1].observed = tensors | ALWAYS_OBSERVED;
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

static uint64_t most(uint64_t a, uint64_t b) { return a > b ? a : b; }

/* floats that a tensor of a batch takes, in 64 bits, which what does not fit into memory may need */
static uint64_t floats_of(const extent *of, uint32_t batch) {
  return round_up(places_of(of) * batch, PANEL) * (uint64_t)stride_of(of->channels);
}

/* Floats, or doubles, of each buffer. The input comes as vectors before it becomes images, and images become vectors
 * before a dense layer. */
typedef struct {
  uint64_t a, z, widest_z, first, deltas, columns, places, alive, matrix, work;
} sizes;

static sizes sizes_of(const net *n, uint32_t batch) {
  uint64_t vector = round_up(values_of(&n->inputs), PANEL);
  sizes s = {.a = vector * batch, .alive = vector, .places = 1};
  for (uint32_t l = 0; l < n->depth; l++) {
    const layer *of = &n->layers[l];
    uint64_t in = floats_of(&of->in, batch), out = floats_of(&of->out, batch), stride = stride_of(of->out.channels);
    s.a = most(s.a, most(in, out));
    s.deltas = most(s.deltas, l > 0 ? most(in, out) : out);
    s.z += out;
    s.widest_z = most(s.widest_z, out);
    s.columns = most(s.columns, stride);
    s.alive = most(s.alive, stride);
    s.places = most(s.places, places_of(&of->out));
    if (is_matrix(of->weights.distribution)) s.matrix = most(s.matrix, weight_rows(of) * stride);
    if (of->weights.distribution == DISTRIBUTION_ORTHOGONAL)
      s.work = most(s.work, matrix_work(weight_rows(of), of->out.channels));
  }
  if (n->loss && n->depth) s.first = floats_of(&n->layers[0].in, batch);
  if (!n->loss) {
    s.z = s.widest_z;
    s.deltas = 0;
  }
  return s;
}

/* deals out the one allocation, or, without one, counts its floats; doubles first, for their alignment */
static uint64_t place_buffers(net *n, const sizes *of) {
  uint64_t used = 0;
  float *memory = n->memory;
#define TAKE(floats) (used += (floats), memory ? memory + (used - (floats)) : NULL)
  n->work = (double *)(void *)TAKE(2 * of->work);
  n->squares = (double *)(void *)TAKE(2 * of->places);
  n->a = TAKE(of->a);
  n->block = TAKE(BLOCK_FLOATS);
  n->patches = TAKE(PATCH_FLOATS);
  n->turned = TAKE(PATCH_FLOATS);
  n->tile = TAKE(SOME_ROWS * BLOCK_PANELS * PANEL);
  n->some = TAKE(SOME_ROWS * of->columns);
  n->bias = TAKE(of->columns);
  n->matrix = TAKE(of->matrix);
  n->alive = (uint32_t *)(void *)TAKE(of->alive + PANEL); /* a panel's columns may begin anywhere in it */
  n->first = TAKE(of->first);
  n->deltas[0] = TAKE(of->deltas);
  n->deltas[1] = TAKE(of->deltas);
  float *z = TAKE(of->z);
#undef TAKE
  for (uint32_t l = 0; l < n->depth; l++) {
    n->z[l] = z;
    if (n->loss && z) z += floats_of(&n->layers[l].out, n->batch);
  }
  return used;
}

static uint64_t bytes_needed(const net *n, uint32_t batch) {
  net counted = *n;
  counted.memory = NULL;
  sizes s = sizes_of(n, batch);
  return sizeof *n + sizeof(float) * place_buffers(&counted, &s);
}

uint32_t net_max_batch(const net *n) {
  uint32_t fits = 0, beyond = MAX_BATCH + 1;
  while (beyond - fits > 1) {
    uint32_t middle = (fits + beyond) / 2;
    *(bytes_needed(n, middle) <= MAX_BYTES ? &fits : &beyond) = middle;
  }
  return fits;
}

uint64_t kept_floats(const net *n) {
  enum { WITH_LOSS = 24 << 20, MEMORY = MODULE_BYTES - RESERVED_BYTES }; /* of a module, in one piece or another */
  uint64_t two = 2 * bytes_needed(n, n->batch), left = two < MEMORY ? MEMORY - two : 0;
  if (!n->kept_bytes) return (n->loss ? WITH_LOSS : 0) / sizeof(float);
  return smaller(n->kept_bytes, (size_t)left) / sizeof(float);
}

/* how many first layers draw so little that it may be kept */
static uint32_t layers_kept(const net *n) {
  uint64_t left = kept_floats(n);
  for (uint32_t l = 0; l < n->depth; l++) {
    store needed = store_of(n, &n->layers[l]);
    if (store_floats(&needed) > left) return l;
    left -= store_floats(&needed);
  }
  return n->depth;
}

int net_start(net *n) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (n->loss == LOSS_CROSS_ENTROPY && places_of(top(n)) > 1) return NET_ERROR_RANGE;
  if (n->batch > net_max_batch(n)) return NET_ERROR_MEMORY;
  n->memory = calloc(1, (size_t)(bytes_needed(n, n->batch) - sizeof *n));
  if (!n->memory) return NET_ERROR_MEMORY;
  sizes s = sizes_of(n, n->batch);
  place_buffers(n, &s);
  n->keeps = layers_kept(n);
  draw_input(n);
  return 0;
}
