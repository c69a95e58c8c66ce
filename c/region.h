/* region.h: which places of images padding has affected, forward and back.
 *
 * The zeros around an image make the values near its border smaller. Theory holds in the interior: the places that
 * padding has not affected.
 */
#ifndef REGION_H
#define REGION_H

#include "network.h"

static inline int region_is_empty(const region *places) {
  return places->rows.from >= places->rows.to || places->columns.from >= places->columns.to;
}
static inline region region_whole(const extent *images) { return (region){{0, images->height}, {0, images->width}}; }
static inline int region_is_whole(const region *places, const extent *images) {
  return places->rows.from == 0 && places->rows.to == images->height && places->columns.from == 0 &&
         places->columns.to == images->width;
}

/* the places that are in both */
region region_overlap(region a, const region *b);

/* the outputs of a layer whose patches lie within `below` */
region region_above(const layer_shape *shape, const region *below);

/* the interior of layer l on the way back: places that padding has not affected forward, and whose gradient lacks no
 * output for a border */
region region_back(const net *n, uint32_t l);

/* how many outputs of one channel read a place of `below`, on average: a stride skips some places */
double region_readers(const layer_shape *shape, const region *below);

#endif
