/* objective.h: the losses that a network trains by, against labels or targets.
 *
 * a: (rows, stride) activations of the last layer, of which the first `cols` columns count; gradient: the same shape.
 * Each writes dL/da, where L is the mean over the batch as in PyTorch, and returns L. The losses of a network that does not
 * train are in loss.h: they are sums over the batch.
 */
#ifndef OBJECTIVE_H
#define OBJECTIVE_H

#include <stddef.h>
#include <stdint.h>

/* The batch: which of the examples its rows are. */
typedef struct {
  const uint32_t *examples;
  size_t rows, cols, stride; /* `stride` also from target to target */
} batch_rows;

/* Softmax cross-entropy: the mean over the rows of -ln softmax(a)[label]. Its gradient is (softmax(a) - onehot) / rows.
 *   labels  of all examples, each less than `cols`; another makes the loss and its gradient NaN
 *   right   set to the number of rows in which the label has the largest activation; of equal ones the first counts */
double objective_cross_entropy(const batch_rows *batch, const uint32_t *labels, const float *a, float *gradient,
                               uint32_t *right);

/* Squared error: the mean over rows and columns of (a - target)^2. Its gradient is `scale` (a - target) / rows: the scale
 * is 2 / cols, but some libraries take another (optimizer.h).
 *   targets  of all examples, (examples, stride) */
double objective_squared_error(const batch_rows *batch, const float *targets, double scale, const float *a,
                               float *gradient);

#endif
