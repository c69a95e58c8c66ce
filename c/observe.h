/* observe.h: summaries of a network's tensors: begun, fed with tiles, ended.
 *
 * A network observes one tensor at a time. The arithmetic is in stats.h.
 */
#ifndef OBSERVE_H
#define OBSERVE_H

#include "network.h"

/* A tensor of `cols` columns that comes in tiles; rows of it, columns `first` to first + cols - 1; its summary. */
void observe_begin(net *n, uint32_t cols);
static inline void observe_tile(net *n, const source *tile, size_t rows, size_t first, size_t cols) {
  stats_add(&n->tally, tile->values, rows, cols, tile->stride, n->alive + first);
}
void observe_end(net *n, uint32_t tensor, uint32_t cols);

/* A tensor x that is held as a whole; of activations also which are saturated. */
void observe_tensor(net *n, uint32_t tensor, const float *x, const extent *images);
void observe_activations(net *n, const float *x, const extent *images, uint32_t activation);

/* Writes n->squares: mean squares by place, over the batch and the channels, of a tensor that was just observed. */
void observe_places(net *n, uint32_t tensor, const float *x, const extent *images);

/* the mean of a tensor, and the correlation of two inputs in all places together */
double observe_mean(const net *n, const float *x, const extent *images);
double observe_correlation(const net *n, const float *z, const extent *images);

#endif
