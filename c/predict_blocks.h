/* predict_blocks.h: to which norms, residual sums and units of a network mean-field theory applies.
 *
 * norm.c, sum.c and unit.c hand these functions to the network; predict.c calls them.
 */
#ifndef PREDICT_BLOCKS_H
#define PREDICT_BLOCKS_H

#include "network.h"

/* Fill in n->predicted[l]. Return 0 where theory does not apply. */
int predict_norm(net *n, uint32_t l);
int predict_sum(net *n, uint32_t l);
int predict_unit(net *n, uint32_t l); /* gated units and PReLU */

/* What predict_back does in a network that has any of these. */
void predict_back_blocks(net *n, double gradient_square);

#endif
