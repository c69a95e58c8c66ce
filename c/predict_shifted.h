/* predict_shifted.h: mean-field theory of layers whose weights or biases have a mean that is not 0.
 *
 * predict.c calls these where the theory of mean 0 does not apply.
 */
#ifndef PREDICT_SHIFTED_H
#define PREDICT_SHIFTED_H

#include "network.h"

/* Fills in n->predicted[l]. Returns 0 where this theory does not apply either. */
int predict_shifted(net *n, uint32_t l);

/* What predict_back does in a network with such a layer. */
void predict_back_shifted(net *n, double gradient_square);

#endif
