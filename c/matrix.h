/* matrix.h: weights that are made as one matrix, not a strip at a time: orthogonal, identity and sparse ones, those whose
 * units are scaled, and those with spikes.
 *
 * Each writes (rows, cols) = (fan_in, fan_out) values to `out`, and 0 between cols and the stride. The result is a
 * function of (seed, stream, rows, cols). No function allocates.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "distribution.h"

/* how many doubles of work matrix_orthogonal needs */
size_t matrix_work(size_t rows, size_t cols);

/* How many parts of matrix_orthogonal are left once it has returned `done`; 0: the matrix is made. A part takes some
 * hundredths of a second. */
uint32_t matrix_parts(size_t rows, size_t cols, uint32_t done);

/* gain times a Haar-distributed matrix of orthonormal columns, or rows where it is wide: the Q, with R's diagonal
 * positive, of the normals that rng_normal gives (Saxe et al. 2013; Mezzadri 2007, eq. 5.3). Each value has variance
 * gain^2 / max(rows, cols).
 *   work  matrix_work(rows, cols) doubles, of any content before the first part and after the last
 *   done  0, then what the part before returned, until matrix_parts is 0
 * Until then neither `out` nor `work` may be changed, and all other arguments must be the same in each part. */
uint32_t matrix_orthogonal(const noise_key *key, size_t rows, size_t cols, double gain, const target *out, double *work,
                           uint32_t done);

/* scale on the main diagonal, 0 elsewhere */
void matrix_identity(size_t rows, size_t cols, double scale, const target *out);

/* In each row, which holds one input's weights: ceil(sparsity cols) zeros at random places, elsewhere std times the
 * normals that rng_normal gives (Martens 2010). 0 <= sparsity <= 1. */
void matrix_sparse(const noise_key *key, size_t rows, size_t cols, double sparsity, double std, const target *out);

/* What rule_spread gives for DISTRIBUTION_UNIT_SUM and for those with a spike; scale: their std, or that of the parent. */
spread peculiar_spread(uint32_t distribution, double scale, double rows);

/* x^(1 / n), x > 0 */
double peculiar_root(double x, double n);

/* Uniform on (-1, 1), then divided by the sum of the absolute values of its column, and times scale. */
void matrix_unit_sum(const noise_key *key, size_t rows, size_t cols, double scale, const target *out);

/* std times a standard normal that is cut at +-cut, 0 < cut < 6.56. With the probability `share` an element is `value`
 * instead. 0 <= share <= 1. */
void matrix_spiked(const noise_key *key, size_t rows, size_t cols, double std, double cut, double share, float value,
                   const target *out);

#endif
