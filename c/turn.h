/* turn.h: the transpose of some rows of floats. It does not know what they are. */
#ifndef TURN_H
#define TURN_H

#include "layout.h"

/* Writes the transpose of `from`, (rows, cols), to `to`, (cols, rows). Both sizes are rounded up to a multiple of 4: there
 * must be room to read and to write so much. */
void turn(const source *from, size_t rows, size_t cols, const target *to);

#endif
