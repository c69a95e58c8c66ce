/* linear.h: z_l = patches(a_{l-1}) W_l + b_l and its adjoints, for dense layers and convolutions alike.
 *
 * Which layer comes when is in net.c; what a patch is, in conv.h; where weights come from, in weights.h.
 */
#ifndef LINEAR_H
#define LINEAR_H

#include "network.h"

/* The kinds of layer that are computed here. A transposed convolution is a convolution whose patches have gaps. */
extern const layer_kind dense_kind, conv_kind;

/* Forward, in parts: linear_begin, then linear_part until n->column equals the number of columns. A part is some
 * columns and linear_part_rows rows of the weights. The weights are observed on the way. */
void linear_begin(net *n, uint32_t l);
void linear_part(net *n, uint32_t l);
size_t linear_part_rows(const net *n, const layer_shape *shape);

/* the end of the columns that go through the multiply together with column `from` */
size_t linear_block_end(const layer_shape *shape, size_t from);

/* Writes rows of dL/dW_l = patches(a_{l-1})^T dL/dz_l to n->some, from a_{l-1} in n->a; rows <= SOME_ROWS. */
void linear_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas);

#endif
