/* invariants.h: what must hold for a net after any call, as c/initscope.h promises it.
 *
 * Most is checked from outside, by computing again what the net reports. A net's own fields are read where no function
 * tells: a refused call changes nothing. Nothing here changes a net, except that it asks for rows.
 */
#ifndef INVARIANTS_H
#define INVARIANTS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/layer.h"

#define MUST(holds)                                                                                                    \
  do {                                                                                                                 \
    if (!(holds)) {                                                                                                    \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #holds);                                       \
      abort();                                                                                                         \
    }                                                                                                                  \
  } while (0)

/* The arrays of a net that have an item for each layer. Items past the layers, and one more, are not looked at: they take
 * most of a net's 180 kB. */
static const struct {
  size_t begin, item, end;
} by_layer[] = {
#define BY_LAYER(field)                                                                                                \
  {offsetof(net, field), sizeof((net *)NULL)->field[0], offsetof(net, field) + sizeof((net *)NULL)->field}
    BY_LAYER(layers), BY_LAYER(predicted), BY_LAYER(stored), BY_LAYER(z), BY_LAYER(kept),
#undef BY_LAYER
};

/* Copies a net, or compares it with a copy, where copy is NULL. Returns 1 if they are the same. */
static int look_at_net(const net *n, const net *other, net *copy) {
  enum { ARRAYS = sizeof by_layer / sizeof *by_layer };
  size_t from = 0;
  int same = 1;
  for (int i = 0; i <= ARRAYS; i++) {
    size_t to = i < ARRAYS ? by_layer[i].begin + by_layer[i].item * smaller(n->depth + 1, MAX_DEPTH) : sizeof *n;
    const char *bytes = (const char *)n + from;
    if (copy)
      memcpy((char *)copy + from, bytes, to - from);
    else
      same &= !memcmp((const char *)other + from, bytes, to - from);
    if (i < ARRAYS) from = by_layer[i].end;
  }
  return same;
}
static void copy_net(const net *n, net *copy) { look_at_net(n, NULL, copy); }
static int is_same_net(const net *n, const net *copy) { return look_at_net(n, copy, NULL); }

/* a call that may be refused and then must change nothing; `result` becomes what it returns */
#define REFUSED(n, made, result)                                                                                       \
  do {                                                                                                                 \
    static net as_it_was;                                                                                              \
    copy_net(n, &as_it_was);                                                                                           \
    result = made;                                                                                                     \
    MUST(result >= NET_ERROR_ORDER);                                                                                   \
    MUST(result >= 0 || is_same_net(n, &as_it_was));                                                                   \
  } while (0)
#define UNCHANGED_IF_REFUSED(n, made)                                                                                  \
  do {                                                                                                                 \
    int result;                                                                                                        \
    REFUSED(n, made, result);                                                                                          \
  } while (0)

static int is_between_parts(const net *n) { return n->column > 0 || n->row > 0 || n->part > 0; }

/* the figures of a tensor of `size` values agree with each other */
static void check_figures(const double *figures, const uint32_t *counts, double size) {
  double counted = 0;
  for (uint32_t b = 0; b < BINS; b++) counted += counts[b];
  double nonfinite = figures[SUMMARY_NON_FINITE], mean = figures[SUMMARY_MEAN];
  MUST(nonfinite >= 0 && nonfinite <= size && counted == size - nonfinite);
  for (int share = SUMMARY_ZEROS; share <= SUMMARY_DEAD; share++) MUST(figures[share] >= 0 && figures[share] <= 1);
  MUST(isfinite(figures[SUMMARY_LO]) && figures[SUMMARY_LO] == -figures[SUMMARY_HI]);
  for (int i = SUMMARY_MEAN; i <= SUMMARY_MAX; i++) MUST(isnan(figures[i]) == (nonfinite == size));
  if (nonfinite == size) return;
  double least = figures[SUMMARY_MIN], most = figures[SUMMARY_MAX], slack = 1e-12 * fmax(fabs(least), fabs(most));
  MUST(figures[SUMMARY_LO] <= least && least <= most && most < figures[SUMMARY_HI]);
  MUST(mean >= least - slack && mean <= most + slack && isfinite(mean));
  MUST(figures[SUMMARY_STD] >= 0 && figures[SUMMARY_STD] <= (most - least) / 2 * (1 + 1e-6) + slack);
  MUST(isfinite(figures[SUMMARY_RMS]) && figures[SUMMARY_RMS] >= fabs(mean) * (1 - 1e-12));
}

/* they agree with the values, of which `cols` of each row count */
static void check_values(const double *figures, const float *x, size_t rows, size_t cols, size_t stride) {
  size_t nonfinite = 0, zeros = 0;
  float least = INFINITY, most = -INFINITY;
  for (size_t i = 0; i < rows * cols; i++) {
    float v = x[i / cols * stride + i % cols];
    nonfinite += isfinite(v) ? 0 : 1;
    zeros += v == 0;
    if (isfinite(v) && v < least) least = v;
    if (isfinite(v) && v > most) most = v;
  }
  MUST((double)nonfinite == figures[SUMMARY_NON_FINITE]);
  MUST(fabs((double)zeros - figures[SUMMARY_ZEROS] * (double)(rows * cols)) < 0.5);
  if (nonfinite < rows * cols) MUST((double)least == figures[SUMMARY_MIN] && (double)most == figures[SUMMARY_MAX]);
}

static double size_of_tensor(const net *n, uint32_t tensor) {
  if (tensor == TENSOR_INPUT) return (double)n->batch * (double)values_of(&n->inputs);
  int back = tensor >= TENSOR_DELTAS;
  const net_layer *layer = &n->layers[(back ? n->depth - n->passed + 1 : n->done) - 1];
  if (tensor == TENSOR_WEIGHTS || tensor == TENSOR_WEIGHT_GRADIENTS)
    return (double)weight_rows(layer) * layer->shape.out.channels;
  return (double)rows_of(n, &layer->shape.out) * layer->shape.out.channels;
}

static void check_tensors(const net *n) {
  for (uint32_t tensor = 0; tensor <= TENSOR_COUNT; tensor++) {
    const double *figures = net_summary(n, tensor);
    const uint32_t *counts = net_counts(n, tensor);
    const float *x = net_tensor(n, tensor);
    MUST(!figures == !counts);
    MUST(!figures || (n->memory && tensor < TENSOR_COUNT));
    MUST(!x || (n->memory && !is_between_parts(n)));
    if (!figures) continue;
    uint32_t l = tensor >= TENSOR_DELTAS ? n->depth - n->passed + 1 : n->done;
    MUST(n->layers[l - 1].observed >> tensor & 1);
    double size = size_of_tensor(n, tensor);
    check_figures(figures, counts, size);
    if (!x) continue;
    size_t cols = net_extent(n, n->passed ? n->depth - n->passed + 1 : n->done, EXTENT_CHANNELS);
    check_values(figures, x, (size_t)size / cols, cols, net_stride(n, tensor));
  }
}

static void check_theory(net *n, uint32_t l) {
  const double *theory = net_theory(n, l);
  MUST(!theory || (l >= 1 && l <= n->done));
  if (!theory) return;
  MUST(!n->layers[l - 1].shape.transposed);
  MUST(theory[THEORY_Z_SQUARE] >= 0 && !(fabs(theory[THEORY_Z_CORRELATION]) > 1));
  MUST(theory[THEORY_Z_NORMAL] == 0 || theory[THEORY_Z_NORMAL] == 1);
  int images = n->predicted[0].measured && places_of(&n->inputs) > 1; /* they may differ in brightness */
  for (uint32_t i = THEORY_A_MEAN; i <= THEORY_SLOPE_SQUARE; i++) {
    if (i == THEORY_A_MEAN || i == THEORY_A_SQUARE || i == THEORY_SLOPE_SQUARE) MUST(images || !isnan(theory[i]));
  }
  MUST(!(theory[THEORY_A_SQUARE] < 0) && !(theory[THEORY_SLOPE_SQUARE] < 0));
  MUST(!(theory[THEORY_Z_LOG_STD] < 0) && !(theory[THEORY_A_LOG_STD] < 0) && !(theory[THEORY_DELTA_LOG_STD] < 0));
  if (n->passed == 0) MUST(isnan(theory[THEORY_DELTA_SQUARE]) && isnan(theory[THEORY_GRADIENT_SQUARE]));
  MUST(!(theory[THEORY_DELTA_SQUARE] < 0) && !(theory[THEORY_GRADIENT_SQUARE] < 0));
}

static void check_net(net *n) {
  int between = is_between_parts(n), back_between = n->done == n->depth && between;
  check_tensors(n);
  const double *squares = net_squares(n);
  int observed = n->done > 0 && !n->quiet && n->layers[n->done - 1].observed >> TENSOR_PREACTIVATIONS & 1;
  int squared = n->passed > 0 ? !n->quiet : observed && !n->resumed;
  MUST(!squares == (!squared || between));
  uint32_t told = n->passed > 0 ? n->depth - n->passed + 1 : n->done; /* the layer that is reported */
  for (size_t p = 0; squares && p < places_of(&n->layers[told - 1].shape.out); p++) MUST(!(squares[p] < 0));
  double correlation = net_correlation(n);
  MUST(isnan(correlation) || (n->batch > 1 && correlation <= 1 + 1e-9 && correlation >= -1.0 / (n->batch - 1) - 1e-9));
  MUST(n->passed > 0 || isnan(net_loss(n)));
  MUST((n->passed > 0 && !back_between) || isnan(net_mean_slope(n)));
  MUST(n->passed > 0 || isnan(net_update_ratio(n)));
  MUST(n->trainer || (net_steps(n) == 0 && net_right(n) == 0 && net_state_floats(n) == 0));
  if (n->loss == LOSS_CROSS_ENTROPY) MUST(!(net_loss(n) < -1e-5));
  check_theory(n, n->done);
  MUST(!n->memory || (net_parts(n) > 0) == (n->done < n->depth || (n->loss && n->passed < n->depth)));
}

/* weights are within the bound of their rule, but for rounding, and 0 between the columns and the stride */
static void check_weights(net *n, uint32_t l, uint32_t row, uint32_t rows) {
  const float *w = net_weights(n, l, row, rows);
  if (!n->memory || is_between_parts(n) || l < 1 || l > n->depth || rows > SOME_ROWS) MUST(!w);
  if (!w) return;
  size_t cols = net_extent(n, l, EXTENT_CHANNELS), stride = stride_of((uint32_t)cols);
  double bound = net_bound(n, l),
         least = layer_weights(n, l).distribution == DISTRIBUTION_UNIFORM_POSITIVE ? 0 : -bound;
  uint32_t format = n->layers[l - 1].shape.drawn;
  /* rounding to bfloat16 moves a value by 2^-9 of it at most, and to float16 by 2^-25 if that is more */
  double off = format == DRAWN_FLOAT32 ? 1e-6 : 0x1p-8, least_off = format == DRAWN_FLOAT16 ? 0x1p-25 : 1e-37;
  for (size_t i = 0; i < rows * stride; i++) {
    double v = (double)w[i];
    MUST(i % stride < cols || v == 0);
    if (net_steps(n) > 0) continue; /* trained weights may go anywhere */
    MUST(isfinite(v) || (format == DRAWN_FLOAT16 && isinf(v)));
    MUST(isnan(bound) || isinf(v) || (v >= least * (1 + off) - least_off && v <= bound * (1 + off) + least_off));
  }
}

/* units of a layer can be copies only where all its weights are readable */
static void check_copies(net *n, uint32_t l) {
  int copies = net_copies(n, l);
  MUST(copies == 0 || copies == 1);
  if (copies) MUST(net_weights(n, l, 0, 1) && net_extent(n, l, EXTENT_CHANNELS) > 1);
}

static void check_gradients(net *n, uint32_t row, uint32_t rows) {
  const float *g = net_weight_gradients(n, row, rows);
  if (n->passed == 0 || is_between_parts(n) || rows > SOME_ROWS) MUST(!g);
  const double *figures = net_summary(n, TENSOR_WEIGHT_GRADIENTS);
  if (!g || rows == 0 || !figures) return;
  size_t cols = net_extent(n, n->depth - n->passed + 1, EXTENT_CHANNELS), stride = stride_of((uint32_t)cols);
  for (size_t i = 0; i < rows * cols; i++) {
    double v = (double)g[i / cols * stride + i % cols];
    MUST(!isfinite(v) || (v >= figures[SUMMARY_MIN] && v <= figures[SUMMARY_MAX]));
  }
}

static void check_layer(net *n, uint32_t l, uint32_t which) {
  int known = l >= 1 && l <= n->depth;
  double mean = net_mean(n, l), std = net_std(n, l), bound = net_bound(n, l), parent = net_parent(n, l);
  int drawn = known && n->layers[l - 1].kind->has_weights;
  MUST(drawn ? isfinite(mean) && std >= 0 && isfinite(std) && !(bound < 0) && parent >= 0 : isnan(mean) && isnan(std));
  MUST(drawn ? net_bias_std(n, l) >= 0 && net_right_std(n, l) >= 0 : isnan(net_bias_std(n, l) + net_right_std(n, l)));
  MUST(net_drawn_values(n, l) <= (drawn ? 128 : 0));
  MUST((net_fan(n, l, which) > 0) == (drawn && which <= FAN_OUT));
  MUST((net_extent(n, l, which) > 0) == (l <= n->depth && which <= EXTENT_CHANNELS));
  for (uint32_t back = 0; back < 2; back++) {
    uint32_t top = net_inside(n, l, back, INSIDE_TOP), bottom = net_inside(n, l, back, INSIDE_BOTTOM);
    uint32_t left = net_inside(n, l, back, INSIDE_LEFT), right = net_inside(n, l, back, INSIDE_RIGHT);
    MUST(top <= bottom && left <= right && (top == bottom) == (left == right));
    if (known) MUST(bottom <= net_extent(n, l, EXTENT_HEIGHT) && right <= net_extent(n, l, EXTENT_WIDTH));
    if (top == bottom) MUST(top == 0 && left == 0);
  }
  MUST(net_inside(n, l, 0, 4) == 0);
  check_copies(n, l);
  check_theory(n, l);
}

#endif
