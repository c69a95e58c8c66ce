/* predict_scaled.h: with what theory begins for inputs that are given, of any mean and std, sparse or one-hot.
 *
 * predict.c calls the first function itself, and the second as n->scale.predict, which scaled.c has set.
 */
#ifndef PREDICT_SCALED_H
#define PREDICT_SCALED_H

#include "network.h"

/* Does the first layer go over images? And how many values of an input does one of its units see: all, or a patch? */
static inline int predict_over_images(const net *n) {
  return !n->layers[0].kind->gives_vectors && places_of(&n->inputs) > 1;
}
static inline double predict_seen(const net *n) {
  const net_layer *first = &n->layers[0];
  return (double)(first->kind->gives_vectors ? values_of(&n->inputs) : window_values(&first->shape));
}

/* Fill in n->predicted[0]. The first begins with the inputs as they are. */
void predict_measured(net *n);
void predict_scaled(net *n);

#endif
