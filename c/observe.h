/* observe.h: summaries of a network's tensors: begun, fed with tiles, ended.
 *
 * A network observes one tensor at a time. The arithmetic is in stats.h.
 */
#ifndef OBSERVE_H
#define OBSERVE_H

#include "network.h"

/* For a tensor that comes in tiles: begin it, of `cols` columns; add rows of columns `first` to first + cols - 1; write
 * its summary. */
void observe_begin(net *n, uint32_t cols);
static inline void observe_tile(net *n, const source *tile, size_t rows, size_t first, size_t cols) {
  stats_add(&n->tally, tile->values, rows, cols, tile->stride, n->alive + first);
}
void observe_end(net *n, uint32_t tensor, uint32_t cols);

/* For a tensor x that is held as a whole: all three at once. For activations saturated values are counted too. */
void observe_tensor(net *n, uint32_t tensor, const float *x, const extent *images);
void observe_activations(net *n, const float *x, const extent *images, const phi *f);

/* Writes n->squares: mean squares by place, over the batch and the channels, of a tensor that was just observed. */
void observe_places(net *n, uint32_t tensor, const float *x, const extent *images);

/* the mean of a tensor; and the correlation of two inputs, over all places together */
double observe_mean(const net *n, const float *x, const extent *images);
double observe_correlation(const net *n, const float *z, const extent *images);

#endif
