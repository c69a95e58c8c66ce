/* optimizer.h: what one step of an optimizer does to parameters, as each of six libraries defines it.
 *
 * The same name is another step elsewhere: the table in optimizer.c says how, a row of flags for each library. It knows
 * nothing of networks, losses or examples; whoever calls it owns parameters, gradients and states.
 *
 * g is the gradient of the mean loss over the batch. t counts steps from 1, s1 and s2 begin at 0.
 *   SGD        p -= rate g
 *   momentum   Polyak 1964, rate outside the velocity:  s1 = mu s1 + g,       p -= rate s1
 *                           rate inside the velocity:   s1 = mu s1 - rate g,  p += s1
 *   Nesterov   Sutskever et al. 2013: as momentum, then p -= rate (g + mu s1), or p += mu s1 - rate g
 *   Adam       Kingma & Ba 2015, algorithm 1: s1 = b1 s1 + (1 - b1) g, s2 = b2 s2 + (1 - b2) g^2, c1 = 1 - b1^t,
 *              c2 = 1 - b2^t; epsilon after the correction, p -= rate (s1 / c1) / (sqrt(s2 / c2) + epsilon),
 *              or before it, p -= rate sqrt(c2) / c1 s1 / (sqrt(s2) + epsilon), the paper's last remark of section 2
 *   decay      coupled, g += decay p first; or decoupled, p -= rate decay p beside the step (Loshchilov & Hutter 2019)
 * At a constant rate both kinds of momentum are the same; after a change of rate they are not.
 *
 * PyTorch's dampening is not offered.
 *
 * Defaults are the libraries' own, with these exceptions. Decay is 0, also for scikit-learn, whose alpha is 1e-4. The
 * momentum of a library whose default is none is 0.9. optax has no default rate, and gets PyTorch's; TensorFlow.js has
 * one only for the names "sgd" and "adam", and momentum gets that of "sgd".
 *
 * Native code and WebAssembly give the same bits. There is no libm: powers are products.
 */
#ifndef OPTIMIZER_H
#define OPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#include "initscope.h"

typedef struct {
  uint32_t optimizer, dialect; /* OPTIMIZER_*, DIALECT_* */
  double hyper[HYPER_COUNT]; /* those that the optimizer does not take are not read */
} optimizer_choice;

/* One step, ready for the loop over parameters: what is the same for all of them, rounded to float once. */
typedef struct {
  uint32_t optimizer;
  float pull, shrink; /* of decay: g += pull p; p -= shrink p */
  float keep, take; /* s1 = keep s1 + take g */
  float along, ahead; /* the update: along s1 + ahead g; of Adam: along s1 / (sqrt(s2) + epsilon) */
  float keep_square, take_square; /* s2 = keep_square s2 + take_square max(|g|, least)^2 */
  float least, epsilon;
} update_rule;

/* How many floats of state each parameter has: 0 for SGD, 1 for momentum and Nesterov, 2 for Adam. */
uint32_t optimizer_states(uint32_t optimizer);

/* The gradient of squared error with respect to one output of one example is this times (output - target), before the
 * mean over the batch: 2 / outputs, or 1 in scikit-learn and ConvNetJS.
 *   outputs  1 or more
 * Returns NaN for an unknown library. */
double optimizer_error_scale(uint32_t dialect, uint32_t outputs);

/* What a step does.
 *   choice   one that the library has; epsilon from 0, beta1 and beta2 from 0 to below 1, also as floats
 *   step     from 0
 *   batch    examples in the batch; scikit-learn and ConvNetJS divide decay by it
 *   is_bias  1 for biases, which scikit-learn and ConvNetJS do not decay */
update_rule optimizer_rule(const optimizer_choice *choice, uint32_t step, uint32_t batch, int is_bias);

/* Makes the step.
 *   p       parameters, updated
 *   g       gradients; replaced by the update as applied: the new p minus the old one
 *   s1, s2  states, updated; NULL where the optimizer has none
 *   n       of each, a multiple of 4
 * Returns 1 if all parameters are finite, else 0.
 * Subnormal numbers can make a step several times as slow, where units are dead or gradients vanish. Two rules keep them
 * away. An s1 below 2^-120 becomes 0: otherwise it would stay subnormal for ever, as 0.9 times the smallest few floats
 * rounds to the same number again. s2 averages the square of 2^-28 epsilon where a gradient is less: that adds less than
 * a tenth of the last bit to epsilon. It averages that of 2^-55 if epsilon is still less: so an epsilon of 0 divides
 * nothing by 0. */
int optimizer_step(const update_rule *rule, float *p, float *g, float *s1, float *s2, size_t n);

#endif
