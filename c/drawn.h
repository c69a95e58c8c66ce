/* drawn.h: number formats in which weights and biases are drawn: see DRAWN_* in initscope.h.
 *
 * What a layer's rule asks for is in rules.h. Training goes on in float32: nothing here rounds a
 * weight that has moved.
 */
#ifndef DRAWN_H
#define DRAWN_H

#include "rules.h"

/* What a rule gives in a format.
 *   plain   in float32
 *   mode    MODE_* of the rule
 *   format  DRAWN_*, not float32 */
spread drawn_spread(const spread *plain, uint32_t mode, uint32_t format);

/* How many values such weights can take; 0: all of the format. */
uint32_t drawn_count(const spread *values);

#endif
