/* layer.h: what one layer's rules come to: its fans, and the spread of its weights and biases.
 *
 * Nothing is drawn here: see weights.h.
 */
#ifndef LAYER_H
#define LAYER_H

#include "network.h"

/* FAN_IN or FAN_OUT, counted by the layer's convention */
double layer_fan(const net_layer *layer, uint32_t which);

/* what the weights of layer l are drawn from */
static inline noise_key layer_noise(const net *n, uint32_t l) {
  uint32_t stream = n->layers[l - 1].shape.stream;
  return (noise_key){n->seed, stream ? stream : l};
}

/* of layer l, 1 to depth */
spread layer_weights(const net *n, uint32_t l);
spread layer_bias(const net *n, uint32_t l);

/* layer_weights without the mistakes that net_set_counting makes on purpose */
spread layer_right(const net *n, uint32_t l);

#endif
