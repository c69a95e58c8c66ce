/* predict_blocks.h: to which norms and residual sums of a network mean-field theory applies.
 *
 * norm.c and sum.c hand these functions to the network; predict.c calls them.
 */
#ifndef PREDICT_BLOCKS_H
#define PREDICT_BLOCKS_H

#include "network.h"

/* Fill in n->predicted[l]. Return 0 where theory does not apply. */
int predict_norm(net *n, uint32_t l);
int predict_sum(net *n, uint32_t l);

/* What predict_back does in a network that has norms or sums. */
void predict_back_blocks(net *n, double gradient_square);

#endif
