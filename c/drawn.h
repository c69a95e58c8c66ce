/* drawn.h: number formats in which weights and biases are drawn: see DRAWN_* in initscope.h.
 *
 * A value is finished(factor times a unit). The unit is a value of the float32 generator, or one of 128 that a library's
 * 16-bit generator gives. What a layer's rule asks for is in rules.h. Training goes on in float32: nothing here rounds a
 * weight that has moved.
 */
#ifndef DRAWN_H
#define DRAWN_H

#include "rules.h"

/* spread.unit */
enum {
  UNIT_FLOAT, /* as in float32 */
  UNIT_ROUNDED, /* that, rounded to bfloat16 */
  UNIT_CELLS, /* k / 128, k = 0 to 127 */
  UNIT_TABLE /* one of JAX's 128 values of the distribution */
};

/* spread.finish */
enum {
  FINISH_NONE,
  FINISH_HALF, /* round to float16 */
  FINISH_BFLOAT, /* round to bfloat16 */
  FINISH_WRAP, /* the same; the upper bound becomes the lower one */
  FINISH_SHIFT /* round, take the bound away, round again */
};

/* What a rule gives in a format.
 *   plain   in float32
 *   mode    MODE_* of the rule
 *   format  DRAWN_*, not float32 */
spread drawn_spread(const spread *plain, uint32_t mode, uint32_t format);

/* How many values such weights can take; 0: all of the format. */
uint32_t drawn_count(const spread *values);

/* What spread_unit and spread_draw do where unit or finish is not 0. Columns past the last are not cleared. */
spread drawn_unit(const spread *values, float *factor);
void drawn_draw(const spread *values, const noise_key *key, const strip *part, const target *out);

/* The last step, for rows of a panel that hold factor times units, or for a matrix that was made in float32. */
void drawn_finish(const spread *values, size_t rows, size_t cols, const target *out);

#endif
