/* report.c: what a network answers when asked: the fans of a layer and the scale of its weights, summaries, tensors. It
 * changes nothing but the buffer of rows that it hands out. */
#include <math.h>

#include "network.h"

static const layer *find(const net *n, uint32_t l) { return l >= 1 && l <= n->depth ? &n->layers[l - 1] : NULL; }

double fan_of(const layer *of, uint32_t which) {
  double size = (double)of->kernel_height * of->kernel_width;
  return fans_of(of->convention, which, 0, size, of->in.channels, of->out.channels, of->groups);
}

static spread spread_of(const net *n, const layer *of, const rule *given) {
  weight_shape shape = {fan_of(of, FAN_IN), fan_of(of, FAN_OUT), (uint32_t)weight_rows(of), of->out.channels, n->depth};
  return rule_spread(given, &shape);
}

spread weights_of(const net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  spread right = spread_of(n, of, &of->weights);
  if (!of->squared || right.std == 0) return right;
  /* what a library takes for the std: of the values, or where it says so of the parent; less the gain, which comes
   * after */
  uint32_t said = of->weights.distribution;
  int of_parent = said == DISTRIBUTION_TRUNCATED_RAW || said == DISTRIBUTION_CUT;
  rule wrong = of->weights;
  wrong.gain = of_parent ? right.parent : right.std;
  return spread_of(n, of, &wrong);
}

spread bias_of(const net *n, uint32_t l) { return spread_of(n, &n->layers[l - 1], &n->layers[l - 1].bias); }

static spread find_spread(const net *n, uint32_t l) {
  static const spread none = {0, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
  return find(n, l) ? weights_of(n, l) : none;
}

double net_mean(const net *n, uint32_t l) { return find_spread(n, l).mean; }
double net_std(const net *n, uint32_t l) { return find_spread(n, l).std; }
double net_bound(const net *n, uint32_t l) { return find_spread(n, l).bound; }
double net_parent(const net *n, uint32_t l) { return find_spread(n, l).parent; }

double net_bias_std(const net *n, uint32_t l) {
  if (!find(n, l)) return (double)NAN;
  spread bias = bias_of(n, l);
  return __builtin_sqrt(bias.mean * bias.mean + bias.std * bias.std);
}

double net_fan(const net *n, uint32_t l, uint32_t which) { return find(n, l) ? fan_of(find(n, l), which) : 0; }

uint32_t net_extent(const net *n, uint32_t l, uint32_t side) {
  const extent *of = l == 0 ? &n->inputs : find(n, l) ? &find(n, l)->out : NULL;
  if (!of || side > EXTENT_CHANNELS) return 0;
  const uint32_t sides[] = {of->height, of->width, of->channels};
  return sides[side];
}

uint32_t net_inside(const net *n, uint32_t l, uint32_t back, uint32_t side) {
  if (!find(n, l) || side > INSIDE_RIGHT) return 0;
  region of = back ? region_back(n, l) : find(n, l)->inside;
  const uint32_t sides[] = {of.top, of.bottom, of.left, of.right};
  return sides[side];
}

const double *net_squares(const net *n) {
  int there = n->passed > 0 || (n->done > 0 && !n->resumed && observes(&n->layers[n->done - 1], TENSOR_PREACTIVATIONS));
  return there && n->column == 0 && n->row == 0 ? n->squares : NULL;
}

double net_correlation(const net *n) { return n->correlation; }
double net_loss(const net *n) { return n->passed > 0 ? n->mean_loss : (double)NAN; }
double net_mean_slope(const net *n) { return n->passed > 0 && n->row == 0 ? n->mean_slope : (double)NAN; }

/* the layer last passed back through */
static uint32_t passed_layer(const net *n) { return n->depth - n->passed + 1; }

/* what there is by now */
static int exists(const net *n, uint32_t tensor) {
  if (tensor >= TENSOR_COUNT) return 0;
  int back = tensor >= TENSOR_DELTAS;
  int there = back ? n->passed > 0 && n->row == 0 : n->done > 0 && (tensor == TENSOR_INPUT || !n->resumed);
  return there && observes(&n->layers[(back ? passed_layer(n) : n->done) - 1], tensor);
}

const double *net_summary(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].values : NULL;
}
const uint32_t *net_counts(const net *n, uint32_t tensor) {
  return exists(n, tensor) ? n->summaries[tensor].counts : NULL;
}

const float *net_tensor(const net *n, uint32_t tensor) {
  if (!n->memory) return NULL;
  if (tensor == TENSOR_DELTAS) return n->passed > 0 && n->row == 0 ? n->deltas[(n->passed - 1) % 2] : NULL;
  if (n->passed > 0 || n->column > 0 || n->row > 0) return NULL;
  if (tensor == TENSOR_ACTIVATIONS) return n->a;
  return tensor == TENSOR_PREACTIVATIONS && n->done > 0 ? n->z[n->done - 1] : NULL;
}

uint32_t net_stride(const net *n, uint32_t tensor) {
  if (tensor == TENSOR_INPUT || n->done == 0) return (uint32_t)round_up(values_of(&n->inputs), PANEL);
  uint32_t l = n->passed > 0 ? passed_layer(n) : n->done;
  return (uint32_t)stride_of(n->layers[l - 1].out.channels);
}

static int has_rows(const net *n, uint32_t l, uint32_t row, uint32_t rows) {
  const layer *of = find(n, l);
  return of && n->memory && n->column == 0 && n->row == 0 && rows <= SOME_ROWS && row <= weight_rows(of) &&
         rows <= weight_rows(of) - row;
}

const float *net_weights(net *n, uint32_t l, uint32_t row, uint32_t rows) {
  if (!has_rows(n, l, row, rows)) return NULL;
  linear_weight_rows(n, l, row, rows);
  return n->some;
}

const float *net_weight_gradients(net *n, uint32_t row, uint32_t rows) {
  if (n->passed == 0 || !has_rows(n, passed_layer(n), row, rows)) return NULL;
  linear_gradient_rows(n, passed_layer(n), row, rows, n->deltas[(n->passed - 1) % 2]);
  return n->some;
}
