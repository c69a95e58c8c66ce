/* report.c: what a network answers when asked: fans and spreads, summaries, tensors, rows.
 *
 * It changes nothing but the buffer of rows that it lends. What theory answers is in predict.c.
 */
#include <math.h>

#include "layer.h"
#include "linear.h"
#include "region.h"
#include "weights.h"

static const net_layer *find(const net *n, uint32_t l) { return l >= 1 && l <= n->depth ? &n->layers[l - 1] : NULL; }

/* a layer that has weights; NULL for others */
static const net_layer *find_weights(const net *n, uint32_t l) {
  const net_layer *layer = find(n, l);
  return layer && layer->kind->has_weights ? layer : NULL;
}

static spread find_spread(const net *n, uint32_t l) {
  static const spread none = {.mean = (double)NAN, .std = (double)NAN, .bound = (double)NAN, .parent = (double)NAN};
  return find_weights(n, l) ? layer_weights(n, l) : none;
}

double net_mean(const net *n, uint32_t l) { return find_spread(n, l).mean; }
double net_std(const net *n, uint32_t l) { return find_spread(n, l).std; }
double net_bound(const net *n, uint32_t l) { return find_spread(n, l).bound; }
double net_parent(const net *n, uint32_t l) { return find_spread(n, l).parent; }
double net_right_std(const net *n, uint32_t l) { return find_weights(n, l) ? layer_right(n, l).std : (double)NAN; }

double net_bias_std(const net *n, uint32_t l) {
  if (!find_weights(n, l)) return (double)NAN;
  spread bias = layer_bias(n, l);
  return __builtin_sqrt(bias.mean * bias.mean + bias.std * bias.std);
}

double net_fan(const net *n, uint32_t l, uint32_t which) {
  return find_weights(n, l) ? layer_fan(find_weights(n, l), which) : 0;
}

uint32_t net_extent(const net *n, uint32_t l, uint32_t side) {
  const extent *images = l == 0 ? &n->inputs : find(n, l) ? &find(n, l)->shape.out : NULL;
  if (!images || side > EXTENT_CHANNELS) return 0;
  const uint32_t sides[] = {images->height, images->width, images->channels};
  return sides[side];
}

uint32_t net_inside(const net *n, uint32_t l, uint32_t back, uint32_t side) {
  if (!find(n, l) || side > INSIDE_RIGHT) return 0;
  region places = back ? region_back(n, l) : find(n, l)->inside;
  const uint32_t sides[] = {places.rows.from, places.rows.to, places.columns.from, places.columns.to};
  return sides[side];
}

const double *net_squares(const net *n) {
  int forward = n->done > 0 && !n->resumed && observes(n, n->done, TENSOR_PREACTIVATIONS);
  int back = n->passed > 0 && !n->quiet;
  return (back || forward) && is_between_layers(n) ? n->squares : NULL;
}

double net_correlation(const net *n) { return n->correlation; }
double net_loss(const net *n) { return n->passed > 0 ? n->mean_loss : (double)NAN; }
double net_mean_slope(const net *n) { return n->passed > 0 && is_between_layers(n) ? n->mean_slope : (double)NAN; }

/* the layer last passed back through */
static uint32_t passed_layer(const net *n) { return n->depth - n->passed + 1; }

/* Is there a summary of this tensor by now? */
static int exists(const net *n, uint32_t tensor) {
  if (tensor >= TENSOR_COUNT) return 0;
  int back = tensor >= TENSOR_DELTAS;
  int there = back ? n->passed > 0 && is_between_layers(n) : n->done > 0 && (tensor == TENSOR_INPUT || !n->resumed);
  return there && observes(n, back ? passed_layer(n) : n->done, tensor);
}

const double *net_summary(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].values : NULL;
}
const uint32_t *net_counts(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].counts : NULL;
}

const float *net_tensor(const net *n, uint32_t tensor) {
  if (!n->memory) return NULL;
  if (tensor == TENSOR_DELTAS) return n->passed > 0 && is_between_layers(n) ? n->deltas[(n->passed - 1) % 2] : NULL;
  if (n->passed > 0 || !is_between_layers(n)) return NULL;
  if (tensor == TENSOR_ACTIVATIONS) return n->a;
  return tensor == TENSOR_PREACTIVATIONS && n->done > 0 ? n->z[n->done - 1] : NULL;
}

uint32_t net_stride(const net *n, uint32_t tensor) {
  if (tensor == TENSOR_INPUT || n->done == 0) return (uint32_t)round_up(values_of(&n->inputs), PANEL);
  uint32_t l = n->passed > 0 ? passed_layer(n) : n->done;
  return (uint32_t)stride_of(n->layers[l - 1].shape.out.channels);
}

static int has_rows(const net *n, uint32_t l, uint32_t row, uint32_t rows) {
  const net_layer *layer = find_weights(n, l);
  return layer && n->memory && is_between_layers(n) && rows <= SOME_ROWS && row <= weight_rows(layer) &&
         rows <= weight_rows(layer) - row;
}

const float *net_weights(net *n, uint32_t l, uint32_t row, uint32_t rows) {
  if (!has_rows(n, l, row, rows)) return NULL;
  weights_rows(n, l, row, rows);
  return n->some;
}

const float *net_weight_gradients(net *n, uint32_t row, uint32_t rows) {
  if (n->passed == 0 || !has_rows(n, passed_layer(n), row, rows)) return NULL;
  linear_gradient_rows(n, passed_layer(n), row, rows, n->deltas[(n->passed - 1) % 2]);
  return n->some;
}

/* Are all numbers of each of these rows equal? `stride` numbers from row to row. */
static int are_equal(const float *row, size_t rows, size_t cols, size_t stride) {
  for (; rows > 0; rows--, row += stride) {
    for (size_t c = 1; c < cols; c++) {
      if (row[c] != row[0]) return 0;
    }
  }
  return 1;
}

/* Columns differ in the first row already, unless all of them are equal or many weights are 0. So that row goes alone. */
int net_copies(net *n, uint32_t l) {
  if (!has_rows(n, l, 0, 0)) return 0;
  size_t all = weight_rows(find(n, l)), cols = find(n, l)->shape.out.channels, stride = stride_of((uint32_t)cols);
  weights_biases(n, l, n->some);
  int equal = cols > 1 && are_equal(n->some, 1, cols, stride);
  for (size_t row = 0, rows = 1; equal && row < all; row += rows, rows = smaller(all - row, SOME_ROWS)) {
    weights_rows(n, l, row, rows);
    equal = are_equal(n->some, rows, cols, stride);
  }
  return equal;
}
