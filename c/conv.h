/* conv.h: patches of images, and images into vectors: the gathering and scattering that a convolution needs.
 *
 * No multiplication happens here: see linear.h.
 */
#ifndef CONV_H
#define CONV_H

#include "network.h"

/* Part of some patches. A patch is what an output of `group` reads, in the order of the weights' rows. The part has
 * numbers k to k + depth - 1 of the patches of outputs `row` to row + rows - 1. */
typedef struct {
  size_t group, row, rows, k, depth;
} patch_part;

/* Is the patch of an output one row of the images themselves? */
static inline int is_pointwise(const layer_shape *shape) {
  return shape->kernel_height * shape->kernel_width == 1 && shape->stride == 1;
}

/* Patches of `images`, (rows, depth): rows of images themselves where the layer is pointwise, else packed into
 * n->patches. */
source patches_read(const net *n, const layer_shape *shape, const float *images, const patch_part *part);

/* the adjoint: adds such rows to the places of `images` that they come from */
void patches_add(const layer_shape *shape, float *images, const patch_part *part, const source *patches);

/* Turns x, a batch of images, into the vectors that a dense layer takes, by its pool; and the adjoint. In place. */
void images_to_vectors(const net *n, const extent *images, uint32_t pool, float *x);
void vectors_to_images(const net *n, const extent *images, uint32_t pool, float *x);

#endif
