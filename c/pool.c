/* pool.c: layers without weights: max pooling, average pooling, global average pooling, and flatten.
 *
 * Each kind is a constant with its two directions, and a function that adds it; nothing else names it, so a module can
 * leave out this file. Which input lies under which place of a window is in conv.c. The activation is linear.
 */
#include <string.h>

#include "build.h"
#include "conv.h"

/* Every function below works on PANEL channels at a time: strides have room for them. */

typedef struct {
  const layer_shape *shape;
  size_t taps, in_stride, out_stride;
} window;

static window window_of(const layer_shape *shape) {
  return (window){shape, (size_t)shape->kernel_height * shape->kernel_width, stride_of(shape->in.channels),
                  stride_of(shape->out.channels)};
}

static void clear_gradient(const net *n, const layer_shape *shape, float *gradient) {
  memset(gradient, 0, rows_held(n, &shape->in) * stride_of(shape->in.channels) * sizeof *gradient);
}

/* The largest value of each channel under a window, and the row of the images that it lies in: the first such row. NaN
 * counts as the largest, as in PyTorch. */
static void find_largest(const window *w, const float *channels, size_t row, float largest[PANEL],
                         ptrdiff_t where[PANEL]) {
  for (int i = 0; i < PANEL; i++) where[i] = -1;
  for (size_t tap = 0; tap < w->taps; tap++) {
    ptrdiff_t under = window_row(w->shape, row, tap);
    if (under < 0) continue;
    const float *x = channels + (size_t)under * w->in_stride;
    for (int i = 0; i < PANEL; i++) {
      if (where[i] >= 0 && !(x[i] > largest[i]) && x[i] == x[i]) continue;
      largest[i] = x[i];
      where[i] = under;
    }
  }
}

static void max_forward(net *n, uint32_t l) {
  window w = window_of(&n->layers[l - 1].shape);
  ptrdiff_t where[PANEL];
  for (size_t row = 0; row < rows_of(n, &w.shape->out); row++) {
    for (size_t c = 0; c < w.out_stride; c += PANEL)
      find_largest(&w, n->a + c, row, n->z[l - 1] + row * w.out_stride + c, where);
  }
}

static void max_backward(net *n, uint32_t l, const float *deltas, float *gradient) {
  window w = window_of(&n->layers[l - 1].shape);
  float largest[PANEL];
  ptrdiff_t where[PANEL];
  clear_gradient(n, w.shape, gradient);
  for (size_t row = 0; row < rows_of(n, &w.shape->out); row++) {
    for (size_t c = 0; c < w.out_stride; c += PANEL) {
      find_largest(&w, n->a + c, row, largest, where);
      for (size_t i = 0; i < PANEL; i++)
        gradient[(size_t)where[i] * w.in_stride + c + i] += deltas[row * w.out_stride + c + i];
    }
  }
}

/* how many numbers a mean is over: those of the images, or with the padding all of the window */
static size_t count_of(const window *w, size_t row) {
  if (w->shape->padding_counts) return w->taps;
  size_t count = 0;
  for (size_t tap = 0; tap < w->taps; tap++) count += window_row(w->shape, row, tap) >= 0;
  return count;
}

static void average_forward(net *n, uint32_t l) {
  window w = window_of(&n->layers[l - 1].shape);
  for (size_t row = 0; row < rows_of(n, &w.shape->out); row++) {
    double count = (double)count_of(&w, row);
    for (size_t c = 0; c < w.out_stride; c += PANEL) {
      double sum[PANEL] = {0};
      for (size_t tap = 0; tap < w.taps; tap++) {
        ptrdiff_t under = window_row(w.shape, row, tap);
        if (under < 0) continue;
        for (size_t i = 0; i < PANEL; i++) sum[i] += (double)n->a[(size_t)under * w.in_stride + c + i];
      }
      for (size_t i = 0; i < PANEL; i++) n->z[l - 1][row * w.out_stride + c + i] = (float)(sum[i] / count);
    }
  }
}

static void average_backward(net *n, uint32_t l, const float *deltas, float *gradient) {
  window w = window_of(&n->layers[l - 1].shape);
  clear_gradient(n, w.shape, gradient);
  for (size_t row = 0; row < rows_of(n, &w.shape->out); row++) {
    float count = (float)count_of(&w, row);
    for (size_t tap = 0; tap < w.taps; tap++) {
      ptrdiff_t under = window_row(w.shape, row, tap);
      if (under < 0) continue;
      float *to = gradient + (size_t)under * w.in_stride;
      for (size_t c = 0; c < w.out_stride; c++) to[c] += deltas[row * w.out_stride + c] / count;
    }
  }
}

static void flatten_forward(net *n, uint32_t l) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t places = places_of(&shape->in), channels = shape->in.channels, vector = stride_of(shape->out.channels);
  for (size_t row = 0; row < rows_of(n, &shape->in); row++)
    memcpy(n->z[l - 1] + row / places * vector + row % places * channels, n->a + row * stride_of(shape->in.channels),
           channels * sizeof(float));
}

static void flatten_backward(net *n, uint32_t l, const float *deltas, float *gradient) {
  const layer_shape *shape = &n->layers[l - 1].shape;
  size_t places = places_of(&shape->in), channels = shape->in.channels, vector = stride_of(shape->out.channels);
  clear_gradient(n, shape, gradient);
  for (size_t row = 0; row < rows_of(n, &shape->in); row++)
    memcpy(gradient + row * stride_of(shape->in.channels), deltas + row / places * vector + row % places * channels,
           channels * sizeof(float));
}

static const layer_kind max_kind = {.forward = max_forward, .backward = max_backward};
static const layer_kind average_kind = {.forward = average_forward, .backward = average_backward};
static const layer_kind flatten_kind = {
    .gives_vectors = 1, .passes_on = 1, .forward = flatten_forward, .backward = flatten_backward};

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
