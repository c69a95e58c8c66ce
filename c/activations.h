/* activations.h: an activation and its derivative over a vector.
 *
 * The table of activations, with their names, is public: see initscope.h.
 */
#ifndef ACTIVATIONS_H
#define ACTIVATIONS_H

#include <stddef.h>
#include <stdint.h>

/* the first row of the table; theory has an exact answer for it */
enum { ACTIVATION_LINEAR = 0 };

/* a = phi(z) and slope = phi'(z) of n values, n a multiple of 4; in place is allowed. At a kink phi' is PyTorch's:
 * relu'(0) = 0, leaky-relu'(0) = 0.01, hardtanh'(+-1) = 0. An infinity gives the limit of the real function, or NaN. */
void activation_forward(uint32_t activation, const float *z, float *a, size_t n);
void activation_derivative(uint32_t activation, const float *z, float *slope, size_t n);

#endif
