/* format.c: how a layer draws, beside its rules: in which number format, and whose random numbers. Tells how many values its
 * weights can take.
 *
 * What the formats are is in drawn.c.
 */
#include "build.h"
#include "drawn.h"
#include "layer.h"

int net_set_drawn(net *n, uint32_t format) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  if (format >= DRAWN_COUNT) return NET_ERROR_RANGE;
  layer->shape.drawn = format;
  return 0;
}

int net_set_stream(net *n, uint32_t stream) {
  net_layer *layer = build_weights(n);
  if (!layer) return NET_ERROR_ORDER;
  if (stream < 1 || stream > n->depth) return NET_ERROR_RANGE;
  layer->shape.stream = stream == n->depth ? 0 : stream;
  return 0;
}

uint32_t net_drawn_values(const net *n, uint32_t l) {
  if (l < 1 || l > n->depth || !n->layers[l - 1].kind->has_weights) return 0;
  spread weights = layer_weights(n, l);
  return drawn_count(&weights);
}
