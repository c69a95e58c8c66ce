/* predict.h: theory held beside a network as it runs; net_theory, which tells it, is public.
 */
#ifndef PREDICT_H
#define PREDICT_H

#include "network.h"

/* The input, when it was observed; layer l, when it was stepped; all gradients at once, when the loss's gradient by the
 * outputs is known to have this mean square. */
void predict_input(net *n);
void predict_layer(net *n, uint32_t l);
void predict_back(net *n, double gradient_square);

#endif
