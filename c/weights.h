/* weights.h: the weights of a layer, a panel at a time, wherever they come from.
 *
 * A panel is drawn, scaled from what was kept, or copied from a matrix. Its reader never knows which.
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include "network.h"

/* rows `row` to row + rows - 1, columns `from` to to - 1 of a layer's weights */
typedef struct {
  size_t row, rows, from, to;
} weight_part;

/* If the weights of layer l are one matrix that is not there yet, makes the next part of it, to hold it in place of
 * another layer's. Returns how many parts are left. */
uint32_t weights_make(net *n, uint32_t l);

/* how many parts of its matrix weights_make has to make for layer l */
uint32_t weights_parts(const net *n, uint32_t l);

/* Returns the spread of layer l's weights, and makes all parts of their matrix that are left. Must be called before the functions below read the layer. */
spread weights_prepare(net *n, uint32_t l);

/* A strip of layer l's weights; columns past the last are 0. */
void weights_panel(const net *n, uint32_t l, const spread *weights, const strip *part, const target *out);

/* Keeps a strip of a matrix that weights_panel gave, if layer l keeps its weights. */
void weights_keep(const net *n, uint32_t l, const spread *weights, const strip *part, const source *panel);

/* W^T as a block of BLOCK_ROWS by at most BLOCK_PANELS panels: its columns are the part's rows, then zeros to the end
 * of a panel; its rows are the part's columns. */
void weights_transposed(const net *n, uint32_t l, const spread *weights, const weight_part *part, float *block);

/* Writes rows of layer l's weights to n->some, rows <= SOME_ROWS. */
void weights_rows(net *n, uint32_t l, size_t row, size_t rows);

/* Draws layer l's biases into `out`: one number for each column, then zeros to the end of the stride. */
void weights_biases(const net *n, uint32_t l, float *out);

#endif
