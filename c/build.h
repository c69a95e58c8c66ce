/* build.h: what files that add a kind of layer share: the images below, the window over them, and the new layer.
 *
 * build.c itself adds dense layers and convolutions. A kind that a module leaves out is a file that adds itself by these
 * functions: nothing else names it.
 */
#ifndef BUILD_H
#define BUILD_H

#include "network.h"

int within(uint32_t n, uint32_t limit); /* 1 <= n <= limit? */
int are_images(const extent *size);     /* within the limits of images? */

/* what the layer added last gives, or the input; and whether a window can go over it */
const extent *build_top(const net *n);
int build_has_images(const net *n);

/* Fills in the sides of shape->out and the padding, from the window, the stride and the sides of shape->in.
 *   padding  PADDING_*, or PADDING_ZEROS + a number
 * The stride may be as long as the largest window: a convolution also has a limit of its own.
 * Returns 0 if a number is out of range, if the window is larger than the padded images, or if shape->out are no
 * images. */
int build_window(layer_shape *shape, uint32_t padding);

/* Do the groups divide both numbers of channels? */
int build_groups(const layer_shape *shape);

/* For layers that give what they get, images or a vector: their shape, and whether it is a vector. */
layer_shape build_same(const net *n, uint32_t activation);
int build_gives_vectors(const net *n);

/* the layer added last, while it may be changed; NULL if it has no weights, if there is none, or after net_start */
net_layer *build_weights(net *n);

/* Adds a layer. Returns 0, or NET_ERROR_RANGE where it would have too many weights, or nothing may follow. */
int build_append(net *n, const layer_kind *kind, const layer_shape *shape);

#endif
