/* loss.h: the losses that a backward pass starts from.
 *
 * a: (batch, stride) activations of the last layer, of which the first `cols` columns count; gradient: the same shape.
 * Each writes dL/da, where L is the sum over the batch, and returns the mean loss over the batch.
 */
#ifndef LOSS_H
#define LOSS_H

#include <stddef.h>
#include <stdint.h>

/* L = sum(g a), g ~ N(0, 1): as in Glorot & Bengio 2010, figures 7 and 8, but without a task */
double loss_random(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient);

/* Softmax cross-entropy of one row: returns -ln softmax(a)[label], and writes its gradient, softmax(a) - onehot(label), to p.
 * A NaN or a positive infinity among the logits makes the result and all of p NaN.
 *   a, p   `cols` floats, with room up to a multiple of 4
 *   label  less than `cols` */
double loss_of_row(const float *a, size_t cols, size_t label, float *p);

/* softmax cross-entropy against labels drawn from the seed */
double loss_cross_entropy(uint32_t seed, const float *a, size_t batch, size_t cols, size_t stride, float *gradient);

#endif
