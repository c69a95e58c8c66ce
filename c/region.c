/* region.c: the interior of images, from layer to layer, forward and back.
 *
 * The two sides of an image are independent: each function works along one side and is called for both. No value of a
 * network is read here, only its geometry.
 */
#include "region.h"

/* a layer along one side of its images, which has `in` inputs and `out` outputs */
typedef struct {
  uint32_t in, out, kernel, stride, pad;
} side;

typedef struct {
  side vertical, horizontal;
} sides;

/* For a transposed convolution these are the sides of the convolution whose adjoint it is: `in` is its output. */
static sides sides_of(const layer_shape *shape) {
  const extent *in = shape->transposed ? &shape->out : &shape->in, *out = shape->transposed ? &shape->in : &shape->out;
  return (sides){{in->height, out->height, shape->kernel_height, shape->stride, shape->pad_top},
                 {in->width, out->width, shape->kernel_width, shape->stride, shape->pad_left}};
}

/* every empty region is the same one */
static region or_none(region places) { return region_is_empty(&places) ? (region){{0, 0}, {0, 0}} : places; }

/* outputs whose `kernel` taps, from output * stride - pad on, all lie in `below` */
static void span_above(const side *s, const span *below, span *above) {
  above->from = (below->from + s->pad + s->stride - 1) / s->stride;
  above->to = below->to + s->pad >= s->kernel ? (below->to + s->pad - s->kernel) / s->stride + 1 : 0;
}

/* Inputs i whose readers all lie in `above`. Without borders the readers would be the outputs from
 * ceil((i + pad - kernel + 1) / stride) to floor((i + pad) / stride). */
static void span_below(const side *s, const span *above, span *below) {
  int32_t first = ((int32_t)above->from - 1) * (int32_t)s->stride + (int32_t)s->kernel - (int32_t)s->pad;
  int32_t end = (int32_t)(above->to * s->stride) - (int32_t)s->pad;
  below->from = first > 0 ? (uint32_t)first : 0;
  below->to = end < 0 ? 0 : end < (int32_t)s->in ? (uint32_t)end : s->in;
}

typedef void span_map(const side *s, const span *from, span *to);

static region map_region(const layer_shape *shape, span_map *map, const region *from) {
  sides both = sides_of(shape);
  region to;
  if (region_is_empty(from)) return *from;
  map(&both.vertical, &from->rows, &to.rows);
  map(&both.horizontal, &from->columns, &to.columns);
  return or_none(to);
}

/* An output of a transposed convolution reads the inputs that, in its adjoint, read that place. */
region region_above(const layer_shape *shape, const region *below) {
  return map_region(shape, shape->transposed ? span_below : span_above, below);
}

/* the inputs of a layer all of whose readers lie in `above`, none of them missing for a border */
static region region_below(const layer_shape *shape, const region *above) {
  return map_region(shape, shape->transposed ? span_above : span_below, above);
}

static void keep_overlap(span *kept, const span *other) {
  if (other->from > kept->from) kept->from = other->from;
  if (other->to < kept->to) kept->to = other->to;
}

region region_overlap(region a, const region *b) {
  keep_overlap(&a.rows, &b->rows);
  keep_overlap(&a.columns, &b->columns);
  return or_none(a);
}

region region_back(const net *n, uint32_t l) {
  region back = n->layers[n->depth - 1].inside;
  for (uint32_t k = n->depth; k > l && !region_is_empty(&back); k--) {
    const net_layer *layer = &n->layers[k - 1];
    const region *inside = &n->layers[k - 2].inside;
    back = layer->kind->gives_vectors ? *inside : region_below(&layer->shape, &back);
    back = region_overlap(back, inside);
  }
  return back;
}

/* how many outputs read an input of `below`, on average */
static double span_readers(const side *s, const span *below) {
  uint32_t read = 0;
  for (uint32_t output = 0; output < s->out; output++) {
    for (uint32_t tap = 0; tap < s->kernel; tap++) {
      uint32_t padded = output * s->stride + tap;
      read += padded >= below->from + s->pad && padded < below->to + s->pad;
    }
  }
  return (double)read / (below->to - below->from);
}

double region_readers(const layer_shape *shape, const region *below) {
  sides both = sides_of(shape);
  if (region_is_empty(below)) return 0;
  return span_readers(&both.vertical, &below->rows) * span_readers(&both.horizontal, &below->columns);
}
