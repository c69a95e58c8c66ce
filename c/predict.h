/* predict.h: what mean-field theory predicts for a network, found as the network runs.
 *
 * The predictions are read by net_theory, which is public: see initscope.h. Nothing here is compared with a
 * measurement.
 */
#ifndef PREDICT_H
#define PREDICT_H

#include "network.h"

/* To be called when the input has been observed; when layer l has been stepped; and when the gradient of the loss
 * by the outputs is known, with its mean square. The last one predicts the gradients of all layers. */
void predict_input(net *n);
void predict_layer(net *n, uint32_t l);
void predict_back(net *n, double gradient_square);

/* E (dL/da)^2 below a layer with weights over E (dL/dz)^2 of that layer, away from borders */
double predict_sigma_out2(const net *n, uint32_t above);

#endif
