/* mix.h: means over inputs of different length, where inputs have so few values that their lengths differ.
 *
 * Theory follows one mean square. Here a few of them, with weights, pass through the same layers, and their means are
 * what a batch shows. Pairs of inputs are followed too, for activations that keep their shape at every scale.
 */
#ifndef MIX_H
#define MIX_H

#include <stddef.h>
#include <stdint.h>

#include "activations.h"

enum { ALIKE_VALUES = 64 }; /* drawn inputs of so many values count as of one length */
enum { MIX_POINTS = 24, MIX_ANGLES = 3 };

/* One layer, or the input. count 0: inputs are all of one length, and nothing else has a meaning. */
typedef struct {
  uint32_t count;
  double weight[MIX_POINTS]; /* of inputs of one length */
  double q[MIX_POINTS], a_square[MIX_POINTS], delta_square[MIX_POINTS]; /* mean squares of z, a and dL/dz for these */
  double lengths; /* (E |x|)^2 / E |x|^2; 0: correlations are not known */
  double angle_weight[MIX_ANGLES], correlation[MIX_ANGLES]; /* of a, for pairs of inputs */
} mix_state;

/* What a batch shows: means over the mix. */
typedef struct {
  double z_square, z_correlation, a_mean, a_square, slope_square;
} mix_means;

/* Inputs of independent numbers of mean square 1.
 *   values   1 or more
 *   uniform  0: they are normal */
void mix_input(mix_state *mix, uint32_t values, int uniform);

/* Inputs that are given: the lengths of all of them, in groups, and the angles between some of them. There is no mix, and
 * count is 0, where lengths differ as little as those of many drawn values, where there is only one input, and where one
 * is not finite.
 *   x            (rows, stride)
 *   rows, cols   inputs, and values of each
 *   correlation  the mean of x . x' over pairs of rows, over the mean of x . x; see stats_correlation */
void mix_given(mix_state *mix, const float *x, size_t rows, size_t cols, size_t stride, double correlation);

/* Does phi keep its shape at every scale: phi(s x) = s phi(x) for s > 0? 1 or 0 */
int mix_scales(const phi *f);

/* From the layer below to this one.
 *   share  of q that comes from the weights
 * Returns the means; a correlation of NaN where it is not known. */
mix_means mix_step(mix_state *mix, const phi *f, double sigma_w2, double sigma_b2, double share);

/* For a layer that gives the numbers that it gets. Returns the means, without a correlation.
 *   a_mean  of the layer below */
mix_means mix_pass(mix_state *mix, double a_mean);

/* Fills in delta_square.
 *   above   the layer above; NULL for the last one
 *   factor  what multiplies the mean square of dL/dz on its way to dL/da of this layer
 * Returns its mean. */
double mix_back(mix_state *mix, const mix_state *above, const phi *f, double factor);

/* The mean of a^2 below times (dL/dz)^2. */
double mix_gradient(const mix_state *mix, const mix_state *below);

#endif
