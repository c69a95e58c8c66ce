/* memory.c: how large each buffer of a network is, and where it lies in the one allocation.
 *
 * Sizes are counted in 64 bits: a network that does not fit may need more than a size_t of 32 bits holds. Nothing is
 * allocated here.
 */
#include "memory.h"

#include "matrix.h"

/* Floats, or doubles for `places` and `work`, of each buffer. The input arrives as vectors before it becomes images,
 * and images become vectors before a dense layer. */
typedef struct {
  uint64_t a, z, widest_z, first, deltas, columns, places, alive, matrix, work;
} sizes;

static uint64_t most(uint64_t a, uint64_t b) { return a > b ? a : b; }

/* floats of a tensor of a batch */
static uint64_t tensor_floats(const extent *images, uint32_t batch) {
  return round_up(places_of(images) * batch, PANEL) * (uint64_t)stride_of(images->channels);
}

static sizes sizes_at(const net *n, uint32_t batch) {
  uint64_t vector = round_up(values_of(&n->inputs), PANEL);
  sizes s = {.a = vector * batch, .alive = vector, .places = 1};
  for (uint32_t l = 0; l < n->depth; l++) {
    const net_layer *layer = &n->layers[l];
    const extent *outputs = &layer->shape.out;
    uint64_t in = tensor_floats(&layer->shape.in, batch), out = tensor_floats(outputs, batch);
    uint64_t stride = stride_of(outputs->channels);
    s.a = most(s.a, most(in, out));
    s.deltas = most(s.deltas, l > 0 ? most(in, out) : out);
    s.z += out;
    s.widest_z = most(s.widest_z, out);
    if (layer->kind->has_weights) s.columns = most(s.columns, stride);
    s.alive = most(s.alive, stride);
    s.places = most(s.places, places_of(outputs));
    if (is_matrix(layer->weights.distribution)) s.matrix = most(s.matrix, weight_rows(layer) * stride);
    if (layer->weights.distribution == DISTRIBUTION_ORTHOGONAL)
      s.work = most(s.work, matrix_work(weight_rows(layer), outputs->channels));
  }
  if (n->loss && n->depth) s.first = tensor_floats(&n->layers[0].shape.in, batch);
  if (!n->loss) {
    s.z = s.widest_z;
    s.deltas = 0;
  }
  return s;
}

/* Deals out n->memory or, where that is NULL, only counts its floats. Doubles go first, for their alignment. */
static uint64_t place(net *n, const sizes *needed) {
  uint64_t used = 0;
  float *memory = n->memory;
#define TAKE(floats) (used += (floats), memory ? memory + (used - (floats)) : NULL)
  n->work = (double *)(void *)TAKE(2 * needed->work);
  n->squares = (double *)(void *)TAKE(2 * needed->places);
  n->a = TAKE(needed->a);
  n->block = TAKE(BLOCK_FLOATS);
  n->patches = TAKE(PATCH_FLOATS);
  n->turned = TAKE(PATCH_FLOATS);
  n->tile = TAKE(SOME_ROWS * BLOCK_PANELS * PANEL);
  n->some = TAKE(SOME_ROWS * needed->columns);
  n->bias = TAKE(needed->columns);
  n->matrix = TAKE(needed->matrix);
  n->alive = (uint32_t *)(void *)TAKE(needed->alive + PANEL); /* a tile may begin at any column of a panel */
  n->first = TAKE(needed->first);
  n->deltas[0] = TAKE(needed->deltas);
  n->deltas[1] = TAKE(needed->deltas);
  float *z = TAKE(needed->z);
#undef TAKE
  for (uint32_t l = 0; l < n->depth; l++) {
    n->z[l] = z;
    if (n->loss && z) z += tensor_floats(&n->layers[l].shape.out, n->batch);
  }
  return used;
}

uint64_t memory_bytes(const net *n, uint32_t batch) {
  net counted = *n;
  counted.memory = NULL;
  sizes needed = sizes_at(n, batch);
  return sizeof *n + sizeof(float) * place(&counted, &needed);
}

void memory_place(net *n) {
  sizes needed = sizes_at(n, n->batch);
  place(n, &needed);
}

double net_bytes(const net *n) { return (double)memory_bytes(n, n->batch); }

uint32_t net_max_batch(const net *n) {
  uint32_t fits = 0, beyond = MAX_BATCH + 1;
  while (beyond - fits > 1) {
    uint32_t middle = (fits + beyond) / 2;
    *(memory_bytes(n, middle) <= MAX_BYTES ? &fits : &beyond) = middle;
  }
  return fits;
}
