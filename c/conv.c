/* conv.c: where a convolution's numbers come from and go to: patches of images, borders, images into vectors.
 *
 * Patches are packed a few rows at a time, for the multiply to read, and no matrix of all of them is ever made. What is
 * done with them is in linear.c, for which a dense layer is a convolution of 1 x 1 images. Nothing is drawn or observed
 * here.
 */
#include <string.h>

#include "network.h"

/* Where an output's patch begins in the images: its example's first row, and the top left corner, which may be
 * outside. */
typedef struct {
  size_t example;
  int32_t y, x;
} corner;

static corner corner_of(const layer *of, size_t row) {
  size_t places = places_of(&of->out), place = row % places;
  return (corner){.example = row / places * places_of(&of->in),
                  .y = (int32_t)(place / of->out.width * of->stride) - (int32_t)of->pad_top,
                  .x = (int32_t)(place % of->out.width * of->stride) - (int32_t)of->pad_left};
}

/* the row of the images that tap `tap` of the kernel falls on; -1 outside */
static ptrdiff_t row_under(const layer *of, const corner *at, size_t tap) {
  int32_t y = at->y + (int32_t)(tap / of->kernel_width), x = at->x + (int32_t)(tap % of->kernel_width);
  if (y < 0 || x < 0 || y >= (int32_t)of->in.height || x >= (int32_t)of->in.width) return -1;
  return (ptrdiff_t)(at->example + (size_t)y * of->in.width + (size_t)x);
}

/* a few floats at a time, for which memcpy would take longer than they do */
static void copy_floats(float *to, const float *from, size_t n) {
  if (n >= PANEL)
    memcpy(to, from, n * sizeof *to);
  else
    for (size_t i = 0; i < n; i++) to[i] = from[i];
}

const float *patches_read(const net *n, const layer *of, const float *a, uint32_t group, size_t row, size_t rows,
                          size_t k, size_t depth, size_t *stride) {
  size_t channels = of->in.channels / of->groups, image_stride = stride_of(of->in.channels);
  const float *channel = a + group * channels;
  if (is_pointwise(of)) {
    *stride = image_stride;
    return channel + row * image_stride + k;
  }
  *stride = depth;
  for (size_t r = 0; r < rows; r++) {
    float *out = n->patches + r * depth;
    corner at = corner_of(of, row + r);
    for (size_t i = 0, run; i < depth; i += run) {
      size_t tap = (k + i) / channels, first = (k + i) % channels;
      run = smaller(channels - first, depth - i);
      ptrdiff_t from = row_under(of, &at, tap);
      if (from >= 0)
        copy_floats(out + i, channel + (size_t)from * image_stride + first, run);
      else
        memset(out + i, 0, run * sizeof *out);
    }
  }
  return n->patches;
}

void patches_add(const layer *of, float *to, uint32_t group, size_t row, size_t rows, size_t k, size_t depth,
                 const float *from, size_t stride) {
  size_t channels = of->in.channels / of->groups, image_stride = stride_of(of->in.channels);
  for (size_t r = 0; r < rows; r++) {
    corner at = corner_of(of, row + r);
    for (size_t i = 0, run; i < depth; i += run) {
      size_t tap = (k + i) / channels, first = (k + i) % channels;
      run = smaller(channels - first, depth - i);
      ptrdiff_t under = row_under(of, &at, tap);
      if (under < 0) continue;
      float *sum = to + (size_t)under * image_stride + group * channels + first;
      for (size_t c = 0; c < run; c++) sum[c] += from[r * stride + i + c];
    }
  }
}

/* floats of the vector that images become */
static size_t vector_stride(const extent *images, uint32_t pool) {
  return pool == POOL_AVERAGE ? stride_of(images->channels) : round_up(values_of(images), PANEL);
}

/* Both pass over the rows in the order in which no value is written over before it was read: a vector never lies behind
 * the image that it comes from. */
void images_to_vectors(const net *n, const extent *images, uint32_t pool, float *x) {
  size_t places = places_of(images), channels = images->channels, stride = stride_of(images->channels);
  size_t width = vector_stride(images, pool);
  for (size_t b = 0; b < n->batch; b++) {
    const float *image = x + b * places * stride;
    float *vector = x + b * width;
    if (pool == POOL_AVERAGE) {
      for (size_t c = 0; c < channels; c++) {
        double sum = 0;
        for (size_t p = 0; p < places; p++) sum += (double)image[p * stride + c];
        vector[c] = (float)(sum / (double)places);
      }
    } else {
      for (size_t p = 0; p < places; p++) memmove(vector + p * channels, image + p * stride, channels * sizeof *x);
    }
  }
}

void vectors_to_images(const net *n, const extent *images, uint32_t pool, float *x) {
  size_t places = places_of(images), channels = images->channels, stride = stride_of(images->channels);
  size_t width = vector_stride(images, pool);
  for (size_t b = n->batch; b-- > 0;) {
    float *vector = x + b * width;
    if (pool == POOL_AVERAGE) {
      for (size_t c = 0; c < channels; c++) vector[c] /= (float)places;
    }
    for (size_t p = places; p-- > 0;) {
      float *to = x + (b * places + p) * stride;
      memmove(to, pool == POOL_AVERAGE ? vector : vector + p * channels, channels * sizeof *x);
    }
  }
}

/* every empty region is the same one */
static region or_none(region of) { return is_empty(&of) ? (region){0, 0, 0, 0} : of; }

/* Along one side: outputs whose `kernel` taps, from output * stride - pad on, all lie in [lo, hi). */
static void side_above(uint32_t lo, uint32_t hi, uint32_t kernel, uint32_t stride, uint32_t pad, uint32_t *from,
                       uint32_t *to) {
  *from = (lo + pad + stride - 1) / stride;
  *to = hi + pad >= kernel ? (hi + pad - kernel) / stride + 1 : 0;
}

region region_above(const layer *of, const region *below) {
  region above;
  side_above(below->top, below->bottom, of->kernel_height, of->stride, of->pad_top, &above.top, &above.bottom);
  side_above(below->left, below->right, of->kernel_width, of->stride, of->pad_left, &above.left, &above.right);
  return is_empty(below) ? *below : or_none(above);
}

/* Along one side: inputs i all of whose readers lie in [lo, hi). Were there no borders, those would be the outputs from
 * ceil((i + pad - kernel + 1) / stride) to floor((i + pad) / stride). */
static void side_below(uint32_t lo, uint32_t hi, uint32_t kernel, uint32_t stride, uint32_t pad, uint32_t size,
                       uint32_t *from, uint32_t *to) {
  int32_t first = ((int32_t)lo - 1) * (int32_t)stride + (int32_t)kernel - (int32_t)pad;
  int32_t end = (int32_t)(hi * stride) - (int32_t)pad;
  *from = first > 0 ? (uint32_t)first : 0;
  *to = end < 0 ? 0 : end < (int32_t)size ? (uint32_t)end : size;
}

region region_below(const layer *of, const region *above) {
  region below;
  side_below(above->top, above->bottom, of->kernel_height, of->stride, of->pad_top, of->in.height, &below.top,
             &below.bottom);
  side_below(above->left, above->right, of->kernel_width, of->stride, of->pad_left, of->in.width, &below.left,
             &below.right);
  return is_empty(above) ? *above : or_none(below);
}

/* Along one side: outputs that read an input of [lo, hi), on average. */
static double outputs_read(uint32_t lo, uint32_t hi, uint32_t kernel, uint32_t stride, uint32_t pad, uint32_t outputs) {
  uint32_t read = 0;
  for (uint32_t output = 0; output < outputs; output++) {
    for (uint32_t tap = 0; tap < kernel; tap++) {
      uint32_t padded = output * stride + tap;
      read += padded >= lo + pad && padded < hi + pad;
    }
  }
  return (double)read / (hi - lo);
}

double outputs_of(const layer *of, const region *below) {
  if (is_empty(below)) return 0;
  return outputs_read(below->top, below->bottom, of->kernel_height, of->stride, of->pad_top, of->out.height) *
         outputs_read(below->left, below->right, of->kernel_width, of->stride, of->pad_left, of->out.width);
}

region region_overlap(const region *a, const region *b) {
  region both = {
      .top = a->top > b->top ? a->top : b->top,
      .bottom = a->bottom < b->bottom ? a->bottom : b->bottom,
      .left = a->left > b->left ? a->left : b->left,
      .right = a->right < b->right ? a->right : b->right,
  };
  return or_none(both);
}
