/* net.h: what a network holds, for the files that together are the network: net.c, and one file for each kind of
 * layer. */
#ifndef NET_H
#define NET_H

#include "initscope.h"
#include "internal.h"

enum {
  DEPTH = 100,
  BLOCK_ROWS = 256, /* of weights, drawn together: with 64 columns 64 KiB, which a second-level cache holds */
  BLOCK_PANELS = 8,
  BLOCK_FLOATS = BLOCK_ROWS * BLOCK_PANELS * PANEL,
  SOME_ROWS = 64 /* most rows of weights or their gradients that are handed out at once */
};

typedef struct {
  uint32_t inputs, units, activation;
  rule weights, bias;
} layer;

typedef struct {
  double values[SUMMARY_COUNT];
  uint32_t counts[BINS];
} summary;

struct net {
  uint32_t seed, batch, inputs, input, loss;
  uint32_t depth, done, passed; /* layers added, stepped, passed back through */
  layer layers[DEPTH];
  summary summaries[TENSOR_COUNT];
  double correlation, mean_loss;
  theory_layer predicted[DEPTH + 1]; /* of the input and each layer, as far as `predicted_depth` */
  uint32_t predicted_depth;
  double theory[THEORY_COUNT];
  stats tally; /* of the tensor under observation */

  float *memory; /* one allocation holds what follows; NULL until net_start */
  float *a; /* (rows, either stride): a_{l-1}, then a_l; going back, phi'(z_l), then a_{l-1} */
  float *z[DEPTH]; /* (rows, stride of the layer): one for all, or with a loss one each */
  float *first; /* with a loss: a_0 */
  float *deltas[2]; /* with a loss: (rows, widest stride): dL/dz_l is deltas[passed % 2] */
  float *transposed; /* with a loss: (either stride, rows): a_{l-1}, columns first */
  float *block; /* BLOCK_PANELS panels of (BLOCK_ROWS, PANEL) */
  float *some; /* (SOME_ROWS, widest stride) */
  float *bias; /* (widest stride) */
  float *matrix; /* (fan_in, stride) of the one layer `held` whose weights are a matrix as a whole */
  double *work; /* to make one */
  uint32_t held;
  uint32_t *alive; /* a word a column */
};

static inline size_t stride_of(uint32_t units) { return round_up(units, PANEL); }

/* rows of a buffer for the batch, and how many of them are multiplied */
static inline size_t rows_held(const net *n) { return round_up(n->batch, PANEL); }
static inline size_t rows_multiplied(const net *n) { return round_up(n->batch, TILE); }

static inline spread weights_of(const net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  return rule_spread(&of->weights, of->inputs, of->units, n->depth);
}

/* net.c: an observation of a tensor of `cols` columns, of which stats_add of n->tally then takes the tiles */
void tally_begin(net *n, uint32_t cols, double saturation_lo, double saturation_hi);
void tally_end(net *n, uint32_t tensor, uint32_t cols);

/* predict.c: theory alongside the measurement: of the input, of each layer stepped, and of all deltas at once, for
 * gradients by the outputs of this mean square */
void predict_input(net *n);
void predict_layer(net *n, uint32_t l);
void predict_back(net *n, double gradient_square);

/* dense.c: z_l = a_{l-1} W_l + b_l, with W_l observed on the way */
void dense_forward(net *n, uint32_t l);

/* dL/da_{l-1} = dL/dz_l W_l^T, from `deltas` (rows, stride of layer l) to `to` (rows, stride of its inputs) */
void dense_backward(net *n, uint32_t l, const float *deltas, float *to);

/* rows row .. row + rows - 1 of dL/dW_l = a_{l-1}^T dL/dz_l into n->some, from n->transposed; or of W_l itself */
void dense_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas);
void dense_weight_rows(net *n, uint32_t l, size_t row, size_t rows);

#endif
