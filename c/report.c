/* report.c: what a network answers when asked: the scale of a layer's weights, summaries, tensors. It changes nothing
 * but the buffer of rows that it hands out. */
#include <math.h>

#include "net.h"

static const layer *find(const net *n, uint32_t l) { return l >= 1 && l <= n->depth ? &n->layers[l - 1] : NULL; }

static spread find_spread(const net *n, uint32_t l) {
  static const spread none = {0, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
  return find(n, l) ? weights_of(n, l) : none;
}

double net_mean(const net *n, uint32_t l) { return find_spread(n, l).mean; }
double net_std(const net *n, uint32_t l) { return find_spread(n, l).std; }
double net_bound(const net *n, uint32_t l) { return find_spread(n, l).bound; }
double net_parent(const net *n, uint32_t l) { return find_spread(n, l).parent; }

double net_bias_std(const net *n, uint32_t l) {
  const layer *of = find(n, l);
  if (!of) return (double)NAN;
  spread bias = rule_spread(&of->bias, of->inputs, of->units, n->depth);
  return __builtin_sqrt(bias.mean * bias.mean + bias.std * bias.std);
}

double net_correlation(const net *n) { return n->correlation; }
double net_loss(const net *n) { return n->mean_loss; }

/* what there is by now */
static int exists(const net *n, uint32_t tensor) {
  if (tensor >= TENSOR_COUNT) return 0;
  return tensor >= TENSOR_DELTAS ? n->passed > 0 : n->done > 0;
}

const double *net_summary(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].values : NULL;
}
const uint32_t *net_counts(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].counts : NULL;
}

/* the layer last passed back through */
static uint32_t passed_layer(const net *n) { return n->depth - n->passed + 1; }

const float *net_tensor(const net *n, uint32_t tensor) {
  if (!n->memory) return NULL;
  if (tensor == TENSOR_DELTAS) return n->passed > 0 ? n->deltas[(n->passed - 1) % 2] : NULL;
  if (n->passed > 0) return NULL;
  if (tensor == TENSOR_ACTIVATIONS) return n->a;
  return tensor == TENSOR_PREACTIVATIONS && n->done > 0 ? n->z[n->done - 1] : NULL;
}

uint32_t net_stride(const net *n, uint32_t tensor) {
  if (tensor == TENSOR_INPUT || n->done == 0) return (uint32_t)stride_of(n->inputs);
  uint32_t l = n->passed > 0 ? passed_layer(n) : n->done;
  return (uint32_t)stride_of(n->layers[l - 1].units);
}

static int has_rows(const net *n, uint32_t l, uint32_t row, uint32_t rows) {
  const layer *of = find(n, l);
  return of && n->memory && rows <= SOME_ROWS && row <= of->inputs && rows <= of->inputs - row;
}

const float *net_weights(net *n, uint32_t l, uint32_t row, uint32_t rows) {
  if (!has_rows(n, l, row, rows)) return NULL;
  dense_weight_rows(n, l, row, rows);
  return n->some;
}

const float *net_weight_gradients(net *n, uint32_t row, uint32_t rows) {
  if (n->passed == 0 || !has_rows(n, passed_layer(n), row, rows)) return NULL;
  dense_gradient_rows(n, passed_layer(n), row, rows, n->deltas[(n->passed - 1) % 2]);
  return n->some;
}
