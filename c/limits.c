/* limits.c: the table of limits, by the LIMIT_* of initscope.h.
 *
 * The numbers are in limits.h. Nothing is checked here: each function that takes a number checks it.
 */
#include "limits.h"

#include "initscope.h"
#include "layout.h"

static const uint32_t limits[LIMIT_COUNT] = {
    [LIMIT_DEPTH] = MAX_DEPTH,       [LIMIT_UNITS] = MAX_UNITS,       [LIMIT_OUTPUTS] = MAX_OUTPUTS,
    [LIMIT_INPUTS] = MAX_INPUTS,     [LIMIT_BATCH] = MAX_BATCH,       [LIMIT_BINS] = BINS,
    [LIMIT_BYTES] = MAX_BYTES,       [LIMIT_SCALE] = MAX_SCALE,       [LIMIT_SIDE] = MAX_SIDE,
    [LIMIT_KERNEL] = MAX_KERNEL,     [LIMIT_CHANNELS] = MAX_CHANNELS, [LIMIT_ORTHOGONAL] = MAX_ORTHOGONAL,
    [LIMIT_STRIDE] = MAX_STRIDE,     [LIMIT_WEIGHTS] = MAX_WEIGHTS,   [LIMIT_ROWS] = SOME_ROWS,
    [LIMIT_EXAMPLES] = MAX_EXAMPLES, [LIMIT_PANEL] = PANEL,           [LIMIT_MODULE] = MODULE_BYTES,
};

uint32_t net_limit(uint32_t which) { return which < LIMIT_COUNT ? limits[which] : 0; }
