/* conv.c: where the numbers of a convolution come from and go to: patches, their borders, and images as vectors.
 *
 * Patches are packed a few rows at a time, for the multiply to read: no matrix of all patches is ever made. linear.c
 * multiplies them; for it a dense layer is a convolution of 1 x 1 images. Nothing is drawn or observed here.
 */
#include "conv.h"

#include <string.h>

/* Where the patch of an output begins: the first row of its example, and its top left corner, maybe outside the image.
 * Of a transposed convolution: where it ends, among inputs that lie `stride` apart. */
typedef struct {
  size_t example;
  int32_t y, x;
  uint32_t transposed;
} corner;

static corner corner_of(const layer_shape *shape, size_t row) {
  size_t places = places_of(&shape->out), place = row % places, example = row / places * places_of(&shape->in);
  size_t y = place / shape->out.width, x = place % shape->out.width;
  if (shape->transposed) return (corner){example, (int32_t)(y + shape->pad_top), (int32_t)(x + shape->pad_left), 1};
  return (corner){example, (int32_t)(y * shape->stride) - (int32_t)shape->pad_top,
                  (int32_t)(x * shape->stride) - (int32_t)shape->pad_left, 0};
}

/* Input y of a transposed convolution adds its product with tap k to output y stride - pad + k. So output o reads it by
 * tap k where o + pad - k = y stride. */
__attribute__((noinline)) static ptrdiff_t row_between(const layer_shape *shape, int32_t y, int32_t x) {
  int32_t stride = (int32_t)shape->stride;
  if (y < 0 || x < 0 || y % stride || x % stride) return -1;
  y /= stride, x /= stride;
  if (y >= (int32_t)shape->in.height || x >= (int32_t)shape->in.width) return -1;
  return (ptrdiff_t)((size_t)y * shape->in.width + (size_t)x);
}

/* the row of the images under a tap of the kernel; -1 outside */
static ptrdiff_t row_under(const layer_shape *shape, const corner *start, uint32_t tap_y, uint32_t tap_x) {
  ptrdiff_t row = -1;
  if (start->transposed) {
    row = row_between(shape, start->y - (int32_t)tap_y, start->x - (int32_t)tap_x);
  } else {
    uint32_t y = (uint32_t)start->y + tap_y, x = (uint32_t)start->x + tap_x; /* outside they are too large */
    if (y < shape->in.height && x < shape->in.width) row = (ptrdiff_t)((size_t)y * shape->in.width + x);
  }
  return row < 0 ? -1 : (ptrdiff_t)start->example + row;
}

/* Walks through the numbers of a patch in runs, each from one piece of the images or from outside them. */
typedef struct {
  const layer_shape *shape;
  corner start;
  size_t channels; /* of a group */
  int joined; /* do the places of an image follow each other without a gap? */
  uint32_t tap_y, tap_x;
  size_t channel; /* the next number's */
  ptrdiff_t row; /* of the images, where the run begins; -1 outside */
} walk;

static walk walk_from(const layer_shape *shape, size_t k) {
  size_t channels = shape->in.channels / shape->groups, tap = k / channels;
  int joined = !shape->transposed && channels == stride_of(shape->in.channels);
  return (walk){
      shape,        {0}, channels, joined, (uint32_t)tap / shape->kernel_width, (uint32_t)tap % shape->kernel_width,
      k % channels, -1};
}

/* Goes over the next run, of at most `most` numbers, and returns its length. */
static size_t walk_on(walk *w, size_t most) {
  const layer_shape *shape = w->shape;
  uint32_t taps = 1;
  w->row = row_under(shape, &w->start, w->tap_y, w->tap_x);
  if (w->joined && w->row >= 0) {
    uint32_t inside = shape->in.width - ((uint32_t)w->start.x + w->tap_x), left = shape->kernel_width - w->tap_x;
    taps = inside < left ? inside : left;
  }
  size_t length = smaller(taps * w->channels - w->channel, most);
  w->channel = 0;
  w->tap_x += taps;
  if (w->tap_x == shape->kernel_width) {
    w->tap_x = 0;
    w->tap_y++;
  }
  return length;
}

/* for a few floats a call of memcpy takes longer than a loop */
static void copy_floats(float *to, const float *from, size_t n) {
  if (n >= PANEL)
    memcpy(to, from, n * sizeof *to);
  else
    for (size_t i = 0; i < n; i++) to[i] = from[i];
}

source patches_read(const net *n, const layer_shape *shape, const float *images, const patch_part *part) {
  size_t image_stride = stride_of(shape->in.channels);
  const float *channel = images + part->group * (shape->in.channels / shape->groups);
  if (is_pointwise(shape)) return (source){channel + part->row * image_stride + part->k, image_stride};
  walk first = walk_from(shape, part->k);
  for (size_t r = 0; r < part->rows; r++) {
    float *out = n->patches + r * part->depth;
    walk w = first;
    w.start = corner_of(shape, part->row + r);
    for (size_t i = 0, run; i < part->depth; i += run) {
      size_t from = w.channel;
      run = walk_on(&w, part->depth - i);
      if (w.row >= 0)
        copy_floats(out + i, channel + (size_t)w.row * image_stride + from, run);
      else
        memset(out + i, 0, run * sizeof *out);
    }
  }
  return (source){n->patches, part->depth};
}

void patches_add(const layer_shape *shape, float *images, const patch_part *part, const source *patches) {
  size_t image_stride = stride_of(shape->in.channels);
  float *channel = images + part->group * (shape->in.channels / shape->groups);
  walk first = walk_from(shape, part->k);
  for (size_t r = 0; r < part->rows; r++) {
    const float *numbers = patches->values + r * patches->stride;
    walk w = first;
    w.start = corner_of(shape, part->row + r);
    for (size_t i = 0, run; i < part->depth; i += run) {
      size_t from = w.channel;
      run = walk_on(&w, part->depth - i);
      if (w.row < 0) continue;
      float *sum = channel + (size_t)w.row * image_stride + from;
      for (size_t c = 0; c < run; c++) sum[c] += numbers[i + c];
    }
  }
}

/* floats of the vector that images become */
static size_t vector_stride(const extent *images, uint32_t pool) {
  return pool == POOL_AVERAGE ? stride_of(images->channels) : round_up(values_of(images), PANEL);
}

/* In place: a vector never lies behind the image that it comes from. So going forward here, and backward in the
 * adjoint, no value is overwritten before it is read. */
void images_to_vectors(const net *n, const extent *images, uint32_t pool, float *x) {
  size_t places = places_of(images), channels = images->channels, stride = stride_of(images->channels);
  if (places == 1) return; /* the vector is its image */
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
  if (places == 1) return; /* the vector is its image */
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
