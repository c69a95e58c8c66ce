/* input.h: the input of a network, from noise or from its caller to what the first layer takes.
 *
 * net_input, by which a caller writes it, is public: see initscope.h.
 */
#ifndef INPUT_H
#define INPUT_H

#include "network.h"

/* Draws the input into n->a, (batch, values), unless its caller gives it. */
void input_draw(net *n);

/* Observes the input. Then turns it into a_0, which is images if layer 1 takes images, and saves it if there is a
 * loss. */
void input_observe(net *n);
void input_take(net *n);

/* a_0 once more, into n->a; or the a_0 that another network has saved */
void input_restore(net *n);
void input_copy(net *n, const net *other);

#endif
