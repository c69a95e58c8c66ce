/* memory.c: how large each buffer of a network is, and where it lies in the one allocation.
 *
 * Sizes are counted in 64 bits: a network that does not fit may need more than a size_t of 32 bits holds. Nothing is
 * allocated here.
 */
#include "memory.h"

#include <string.h>

#include "matrix.h"

/* Floats, or doubles for `places`, `sums` and `work`, of each buffer. The input arrives as vectors before it becomes images,
 * and images become vectors before a dense layer. */
typedef struct {
  uint64_t a, z, widest_z, first, deltas, streams, columns, places, sums, alive, matrix, work, trained;
} sizes;

static uint64_t most(uint64_t a, uint64_t b) { return a > b ? a : b; }

/* floats of a buffer for a tensor of `batch` examples; its rows fill panels */
static uint64_t buffer_floats(const extent *images, uint32_t batch) {
  return round_up(places_of(images) * batch, PANEL) * (uint64_t)stride_of(images->channels);
}

/* Deals out the buffers in which gradients wait for the streams of sums, and says how many it takes. On the way back a
 * layer's buffer is taken by the first sum that it is the stream of, and free again once that layer is reached. */
static uint32_t deal_slots(const net *n, uint32_t *slots) {
  uint32_t own[MAX_DEPTH + 1] = {0}, taken[MAX_DEPTH] = {0}, count = 0;
  for (uint32_t l = n->branches > 0 && n->loss ? n->depth : 0; l >= 1; l--) {
    uint32_t from = n->layers[l - 1].shape.from, free = 0;
    if (own[l] > 0) taken[own[l] - 1] = 0;
    if (from == 0 || own[from] > 0) continue;
    while (taken[free]) free++;
    taken[free] = 1;
    own[from] = free + 1;
    count = free + 1 > count ? free + 1 : count;
  }
  if (slots) memcpy(slots, own, sizeof own);
  return count;
}

static sizes sizes_at(const net *n, uint32_t batch) {
  uint64_t vector = round_up(values_of(&n->inputs), PANEL);
  sizes s = {.a = vector * batch, .alive = vector, .places = 1};
  for (uint32_t l = 0; l < n->depth; l++) {
    const net_layer *layer = &n->layers[l];
    const extent *outputs = &layer->shape.out;
    uint64_t in = buffer_floats(&layer->shape.in, batch), out = buffer_floats(outputs, batch);
    uint64_t stride = stride_of(outputs->channels);
    s.a = most(s.a, most(in, out));
    s.deltas = most(s.deltas, l > 0 ? most(in, out) : out);
    s.z += out;
    s.widest_z = most(s.widest_z, out);
    if (layer->kind->has_weights || parameter_rows(layer) > 0) s.columns = most(s.columns, stride);
    if (layer->kind->parameters) s.sums = most(s.sums, 4 * stride);
    s.alive = most(s.alive, stride);
    s.places = most(s.places, places_of(outputs));
    if (is_matrix(layer->weights.distribution)) s.matrix = most(s.matrix, weight_rows(layer) * stride);
    if (layer->weights.distribution == DISTRIBUTION_ORTHOGONAL)
      s.work = most(s.work, matrix_work(weight_rows(layer), outputs->channels));
  }
  if (n->trainer) s.trained = n->trainer->floats(n, batch);
  if (keeps_all(n) && n->depth)
    s.first = buffer_floats(&n->layers[0].shape.in, batch);
  else
    s.z = s.widest_z;
  if (!n->loss) s.deltas = 0;
  s.streams = deal_slots(n, NULL) * s.deltas;
  return s;
}

/* Counts the floats of all buffers and, where there is a network, deals out its memory to them. Doubles go first, for
 * their alignment. */
static uint64_t place(net *n, const sizes *needed) {
  uint64_t used = 0;
#define TAKE(buffer, floats) (n ? (void)(n->buffer = (void *)(n->memory + used)) : (void)0, used += (floats))
  TAKE(work, 2 * needed->work);
  TAKE(squares, 2 * needed->places);
  TAKE(sums, 2 * needed->sums);
  TAKE(a, needed->a);
  TAKE(block, BLOCK_FLOATS);
  TAKE(patches, PATCH_FLOATS);
  TAKE(turned, PATCH_FLOATS);
  TAKE(tile, SOME_ROWS * BLOCK_PANELS * PANEL);
  TAKE(some, SOME_ROWS * needed->columns);
  TAKE(bias, needed->columns);
  TAKE(matrix, needed->matrix);
  TAKE(alive, needed->alive + PANEL); /* a tile may begin at any column of a panel */
  TAKE(trained, needed->trained);
  TAKE(first, needed->first);
  TAKE(deltas[0], needed->deltas);
  TAKE(deltas[1], needed->deltas);
  TAKE(streams, needed->streams);
  TAKE(z[0], needed->z);
#undef TAKE
  return used;
}

uint64_t memory_bytes(const net *n, uint32_t batch) {
  sizes needed = sizes_at(n, batch);
  return sizeof *n + sizeof(float) * place(NULL, &needed);
}

void memory_place(net *n) {
  sizes needed = sizes_at(n, n->batch);
  uint32_t slots[MAX_DEPTH + 1];
  place(n, &needed);
  n->stream_floats = (size_t)needed.deltas;
  deal_slots(n, slots);
  for (uint32_t l = 1; l <= n->depth; l++) n->layers[l - 1].slot = slots[l];
  for (uint32_t l = 1; l < n->depth; l++) {
    n->z[l] = n->z[l - 1] + (keeps_all(n) ? buffer_floats(&n->layers[l - 1].shape.out, n->batch) : 0);
  }
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
