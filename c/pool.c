/* pool.c: layers without weights: max pooling, average pooling, global average pooling, and flatten.
 *
 * Each kind is a constant with its two directions, and a function that adds it. Nothing else names it, so a module can
 * leave out this file. The activation is linear.
 */
#include <string.h>

#include "build.h"

/* The rows of the images that lie under the window of one output: the places from top to bottom - 1 and from left to
 * right - 1 of one example, whose first row is `example`. None of them is padding. */
typedef struct {
  size_t example, width, top, bottom, left, right;
} window;

static window window_of(const layer_shape *shape, size_t row) {
  size_t places = places_of(&shape->out), place = row % places;
  size_t y = place / shape->out.width * shape->stride, x = place % shape->out.width * shape->stride;
  size_t bottom = y + shape->kernel_height, right = x + shape->kernel_width;
  return (window){
      .example = row / places * places_of(&shape->in),
      .width = shape->in.width,
      .top = larger(y, shape->pad_top) - shape->pad_top,
      .bottom = smaller(bottom, shape->in.height + shape->pad_top) - shape->pad_top,
      .left = larger(x, shape->pad_left) - shape->pad_left,
      .right = smaller(right, shape->in.width + shape->pad_left) - shape->pad_left,
  };
}

static size_t row_at(const window *w, size_t y, size_t x) { return w->example + y * w->width + x; }

static size_t taps_of(const layer_shape *shape) { return (size_t)shape->kernel_height * shape->kernel_width; }

/* The outputs of one part. A number under a window takes as long as SLOWER products. */
static size_t part_rows(const layer_shape *shape) {
  enum { SLOWER = 32 };
  return larger(1, PART_PRODUCTS / SLOWER / taps_of(shape) / stride_of(shape->out.channels));
}

static uint32_t pool_parts(const net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  return count_parts(rows_of(n, &shape->out), part_rows(shape));
}

static piece outputs_of(const net *n, const layer_shape *shape, uint32_t part) {
  return piece_of(rows_of(n, &shape->out), part_rows(shape), part);
}

static void clear_gradient(const net *n, const layer_shape *shape, float *gradient) {
  memset(gradient, 0, rows_held(n, &shape->in) * stride_of(shape->in.channels) * sizeof *gradient);
}

/* The largest value of each of PANEL channels under a window, and the row of the images that it lies in: of equal values
 * the first, of several NaN the last. NaN counts as the largest, as in PyTorch. */
static void find_largest(const window *w, const float *channels, size_t stride, float largest[PANEL],
                         size_t where[PANEL]) {
  size_t first = row_at(w, w->top, w->left);
  memcpy(largest, channels + first * stride, PANEL * sizeof *largest);
  for (size_t i = 0; i < PANEL; i++) where[i] = first;
  for (size_t y = w->top; y < w->bottom; y++) {
    for (size_t x = w->left; x < w->right; x++) {
      const float *values = channels + row_at(w, y, x) * stride;
      for (size_t i = 0; i < PANEL; i++) {
        if (!(values[i] > largest[i]) && values[i] == values[i]) continue;
        largest[i] = values[i];
        where[i] = row_at(w, y, x);
      }
    }
  }
}

static void max_forward(net *n, uint32_t l, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t stride = stride_of(shape->in.channels), where[PANEL];
  piece these = outputs_of(n, shape, part);
  for (size_t row = these.from; row < these.to; row++) {
    window w = window_of(shape, row);
    for (size_t c = 0; c < stride; c += PANEL)
      find_largest(&w, n->a + c, stride, n->z[l - 1] + row * stride + c, where);
  }
}

static void max_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t stride = stride_of(shape->in.channels), where[PANEL];
  float largest[PANEL];
  piece these = outputs_of(n, shape, part);
  if (part == 0) clear_gradient(n, shape, gradient);
  for (size_t row = these.from; row < these.to; row++) {
    window w = window_of(shape, row);
    for (size_t c = 0; c < stride; c += PANEL) {
      find_largest(&w, n->a + c, stride, largest, where);
      for (size_t i = 0; i < PANEL; i++) gradient[where[i] * stride + c + i] += deltas[row * stride + c + i];
    }
  }
}

/* how many numbers a mean is over: those of the images, or with the padding all of the window */
static size_t count_of(const layer_shape *shape, const window *w) {
  return shape->padding_counts ? taps_of(shape) : (w->bottom - w->top) * (w->right - w->left);
}

static void average_forward(net *n, uint32_t l, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t stride = stride_of(shape->in.channels);
  piece these = outputs_of(n, shape, part);
  for (size_t row = these.from; row < these.to; row++) {
    window w = window_of(shape, row);
    double count = (double)count_of(shape, &w);
    for (size_t c = 0; c < stride; c += PANEL) {
      double sum[PANEL] = {0};
      for (size_t y = w.top; y < w.bottom; y++) {
        for (size_t x = w.left; x < w.right; x++) {
          const float *values = n->a + row_at(&w, y, x) * stride + c;
          for (size_t i = 0; i < PANEL; i++) sum[i] += (double)values[i];
        }
      }
      for (size_t i = 0; i < PANEL; i++) n->z[l - 1][row * stride + c + i] = (float)(sum[i] / count);
    }
  }
}

static void average_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t stride = stride_of(shape->in.channels);
  piece these = outputs_of(n, shape, part);
  if (part == 0) clear_gradient(n, shape, gradient);
  for (size_t row = these.from; row < these.to; row++) {
    window w = window_of(shape, row);
    float count = (float)count_of(shape, &w);
    for (size_t y = w.top; y < w.bottom; y++) {
      for (size_t x = w.left; x < w.right; x++) {
        float *to = gradient + row_at(&w, y, x) * stride;
        for (size_t c = 0; c < stride; c++) to[c] += deltas[row * stride + c] / count;
      }
    }
  }
}

/* copies numbers alone, so it is one part */
static uint32_t flatten_parts(const net *n, uint32_t l) {
  (void)n, (void)l;
  return 1;
}

static void flatten_forward(net *n, uint32_t l, uint32_t part) {
  (void)part;
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t places = places_of(&shape->in), channels = shape->in.channels, vector = stride_of(shape->out.channels);
  for (size_t row = 0; row < rows_of(n, &shape->in); row++)
    memcpy(n->z[l - 1] + row / places * vector + row % places * channels, n->a + row * stride_of(shape->in.channels),
           channels * sizeof(float));
}

static void flatten_backward(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part) {
  (void)part;
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t places = places_of(&shape->in), channels = shape->in.channels, vector = stride_of(shape->out.channels);
  clear_gradient(n, shape, gradient);
  for (size_t row = 0; row < rows_of(n, &shape->in); row++)
    memcpy(gradient + row * stride_of(shape->in.channels), deltas + row / places * vector + row % places * channels,
           channels * sizeof(float));
}

static const layer_kind max_kind = {.parts = pool_parts, .forward = max_forward, .backward = max_backward};
static const layer_kind average_kind = {.parts = pool_parts, .forward = average_forward, .backward = average_backward};
static const layer_kind flatten_kind = {.gives_vectors = 1,
                                        .passes_on = 1,
                                        .parts = flatten_parts,
                                        .forward = flatten_forward,
                                        .backward = flatten_backward};

static const layer_kind *const kinds[WINDOW_COUNT] = {[WINDOW_MAX] = &max_kind, [WINDOW_AVERAGE] = &average_kind};

/* a shape without weights and with nothing to pad */
static layer_shape shape_over(const extent *below, uint32_t height, uint32_t width, uint32_t stride) {
  return (layer_shape){
      .in = *below,
      .out = {1, 1, below->channels},
      .kernel_height = height,
      .kernel_width = width,
      .stride = stride,
      .groups = 1,
  };
}

int net_add_pool(net *n, uint32_t kind, uint32_t height, uint32_t width, uint32_t stride, uint32_t padding) {
  if (n->memory) return NET_ERROR_ORDER;
  if (kind >= WINDOW_COUNT || !build_has_images(n)) return NET_ERROR_RANGE;
  layer_shape shape = shape_over(build_top(n), height, width, stride);
  if (!build_window(&shape, padding)) return NET_ERROR_RANGE;
  if (padding > PADDING_ZEROS && 2 * (padding - PADDING_ZEROS) > smaller(height, width)) return NET_ERROR_RANGE;
  shape.padding_counts = padding >= PADDING_ZEROS;
  return build_append(n, kinds[kind], &shape);
}

int net_add_global_average(net *n) {
  if (n->memory) return NET_ERROR_ORDER;
  if (!build_has_images(n)) return NET_ERROR_RANGE;
  const extent *below = build_top(n);
  layer_shape shape = shape_over(below, below->height, below->width, 1);
  return build_append(n, &average_kind, &shape);
}

int net_add_flatten(net *n) {
  if (n->memory) return NET_ERROR_ORDER;
  const extent *below = build_top(n);
  layer_shape shape = shape_over(below, 1, 1, 1);
  shape.out.channels = (uint32_t)values_of(below);
  return build_append(n, &flatten_kind, &shape);
}
