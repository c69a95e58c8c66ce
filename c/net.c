/* net.c: a stack of layers, advanced one at a time, forward and then, if a loss was asked for, back.
 *
 * Forward alone, two buffers do for any depth: a_{l-1} and z_l; a_l then takes the place of a_{l-1}. With a loss
 * every z_l is held, and each a_l is computed from it again when it is needed. What a layer does with its weights, and
 * how a rule, a summary or a random number comes about, is not known here; how a net is put together is in build.c.
 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "activations.h"
#include "loss.h"
#include "network.h"

void tally_begin(net *n, uint32_t cols, double saturation_lo, double saturation_hi) {
  stats_begin(&n->tally, saturation_lo, saturation_hi);
  memset(n->alive, 0, stride_of(cols) * sizeof *n->alive);
}

void tally_end(net *n, uint32_t tensor, uint32_t cols) {
  stats_end(&n->tally, n->alive, cols, n->summaries[tensor].values, n->summaries[tensor].counts);
}

/* a tensor that is held whole */
static void observe(net *n, uint32_t tensor, const float *x, const extent *of, double saturation_lo,
                    double saturation_hi) {
  tally_begin(n, of->channels, saturation_lo, saturation_hi);
  stats_add(&n->tally, x, rows_of(n, of), of->channels, stride_of(of->channels), n->alive);
  tally_end(n, tensor, of->channels);
}

static void observe_plain(net *n, uint32_t tensor, const float *x, const extent *of) {
  observe(n, tensor, x, of, (double)-INFINITY, (double)INFINITY);
}

/* mean squares by place, over the batch and the channels, of a tensor that was just observed */
static void observe_places(net *n, uint32_t tensor, const float *x, const extent *of) {
  size_t places = places_of(of), stride = stride_of(of->channels);
  if (places == 1) {
    double rms = n->summaries[tensor].values[SUMMARY_RMS];
    n->squares[0] = rms * rms;
    return;
  }
  for (size_t p = 0; p < places; p++) {
    double sum = 0;
    size_t finite = 0;
    for (size_t b = 0; b < n->batch; b++) {
      const float *values = x + (b * places + p) * stride;
      for (size_t c = 0; c < of->channels; c++) {
        if (!__builtin_isfinite(values[c])) continue;
        sum += (double)values[c] * (double)values[c];
        finite++;
      }
    }
    n->squares[p] = finite > 0 ? sum / (double)finite : (double)NAN;
  }
}

static double mean_of(const net *n, const float *x, const extent *of) {
  size_t rows = rows_of(n, of), stride = stride_of(of->channels);
  double sum = 0;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < of->channels; c++) sum += (double)x[r * stride + c];
  }
  return sum / ((double)rows * of->channels);
}

/* mean square 1; an example's values in one row, as the noise of a batch counts them */
void draw_input(net *n) {
  static const spread kinds[] = {
      [INPUT_NORMAL] = {DISTRIBUTION_NORMAL, 0, 1, 0, 1},
      [INPUT_UNIFORM] = {DISTRIBUTION_UNIFORM, 0, 1, 1.7320508075688772, 0},
  };
  if (n->input == INPUT_GIVEN) return;
  size_t values = values_of(&n->inputs), stride = round_up(values, PANEL);
  for (size_t block = 0; block * PANEL < values; block++) {
    noise_key key = {n->seed, STREAM_INPUT};
    spread_draw(&kinds[n->input], key, (strip){0, n->batch, block}, values, (target){n->a + block * PANEL, stride});
  }
}

float *net_input(net *n) {
  int given = n->memory && n->input == INPUT_GIVEN && n->done == 0 && n->column == 0 && n->row == 0;
  return given ? n->a : NULL;
}

/* of layer l's input: turns it from what the layer below gave into what layer l takes */
static void adapt(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  if (l > 1 && of->pool != POOL_NONE) images_to_vectors(n, &n->layers[l - 2].out, of->pool, n->a);
}

static size_t bytes_of_first(const net *n) {
  const extent *of = &n->layers[0].in;
  return rows_held(n, of) * stride_of(of->channels) * sizeof(float);
}

static void begin_first(net *n) {
  extent vectors = {1, 1, (uint32_t)values_of(&n->inputs)};
  observe_plain(n, TENSOR_INPUT, n->a, &vectors);
  predict_input(n);
  if (n->layers[0].pool == POOL_NONE) vectors_to_images(n, &n->inputs, POOL_FLATTEN, n->a);
  if (n->loss) memcpy(n->first, n->a, bytes_of_first(n));
}

/* of two inputs, in all places together */
static double correlation_of(const net *n, const float *z, const extent *of) {
  size_t example = places_of(of) * stride_of(of->channels);
  return stats_correlation(z, n->batch, places_of(of) > 1 ? example : of->channels, example);
}

static void finish_step(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  const float *z = n->z[l - 1];
  if (observes(of, TENSOR_WEIGHTS)) tally_end(n, TENSOR_WEIGHTS, of->out.channels);
  n->correlation = (double)NAN;
  if (observes(of, TENSOR_PREACTIVATIONS)) {
    observe_plain(n, TENSOR_PREACTIVATIONS, z, &of->out);
    observe_places(n, TENSOR_PREACTIVATIONS, z, &of->out);
    n->correlation = correlation_of(n, z, &of->out);
  }
  activation_forward(of->activation, z, n->a, rows_of(n, &of->out) * stride_of(of->out.channels));
  if (observes(of, TENSOR_ACTIVATIONS))
    observe(n, TENSOR_ACTIVATIONS, n->a, &of->out, activation_saturation_lo(of->activation),
            activation_saturation_hi(of->activation));
  predict_layer(n, l);
  n->done = l;
  n->resumed = 0;
  n->column = 0;
}

/* rows of weight gradients that are one part */
enum { PART_ROWS = 64 * SOME_ROWS };

/* of layer l's weight gradients, those that are to be observed */
static size_t gradient_rows(const net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  return observes(of, TENSOR_WEIGHT_GRADIENTS) ? weight_rows(of) : 0;
}

uint32_t net_parts(const net *n) {
  if (!n->memory) return 0;
  if (n->done == n->depth) {
    if (!n->loss || n->passed == n->depth) return 0;
    size_t rows = gradient_rows(n, n->depth - n->passed);
    return rows ? (uint32_t)((rows - n->row + PART_ROWS - 1) / PART_ROWS) : 1;
  }
  const layer *of = &n->layers[n->done];
  size_t fan_in = weight_rows(of), some = linear_part_rows(n, of), blocks = 0;
  for (size_t column = n->column; column < of->out.channels; blocks++) column = linear_block_end(of, column);
  return (uint32_t)(blocks * ((fan_in + some - 1) / some) - n->row / some);
}

int net_step_part(net *n) {
  if (!n->memory) return NET_ERROR_ORDER;
  if (n->done == n->depth) return 0;
  uint32_t l = n->done + 1;
  if (n->column == 0 && n->row == 0) {
    if (l == 1) begin_first(n);
    adapt(n, l);
    linear_begin(n, l);
  }
  linear_part(n, l);
  if (n->column < n->layers[l - 1].out.channels) return 0;
  finish_step(n, l);
  return (int)l;
}

int net_step(net *n) {
  int stepped = net_step_part(n);
  while (stepped == 0 && n->done < n->depth) stepped = net_step_part(n);
  return stepped;
}

/* whether a rule gives the same of the same layer in both nets, to the sign of a 0 */
static int is_same_rule(const net *n, const net *other, const rule *a, const rule *b) {
  return !memcmp(a, b, sizeof *a) && (a->mode != MODE_DEPTH || n->depth == other->depth);
}

/* how many first layers give the same in both nets */
static uint32_t layers_alike(const net *n, const net *other) {
  if (n->seed != other->seed || n->batch != other->batch || n->input != other->input || n->input == INPUT_GIVEN)
    return 0;
  uint32_t l = 0;
  for (; l < n->depth && l < other->depth; l++) {
    const layer *a = &n->layers[l], *b = &other->layers[l];
    if (memcmp(a, b, offsetof(layer, weights)) || a->observed != b->observed ||
        !is_same_rule(n, other, &a->weights, &b->weights) || !is_same_rule(n, other, &a->bias, &b->bias))
      break;
  }
  return l;
}

/* whether layer l draws the same numbers in both nets, as far as both have them */
static int draws_same(const net *n, const net *other, uint32_t l) {
  spread mine = weights_of(n, l), theirs = weights_of(other, l);
  return n->seed == other->seed && !is_matrix(mine.distribution) && is_same_unit(&mine, &theirs);
}

/* Moves what `before` has kept to where it is of use, of a matrix only if its layer is taken over, and fits beside what
 * the other layers need. */
static void take_kept(net *n, net *before, uint32_t taken) {
  uint64_t left = kept_floats(n);
  for (uint32_t l = 1; l <= n->keeps && n != before; l++) {
    store mine = store_of(n, &n->layers[l - 1]), theirs = l <= before->depth ? before->kept[l - 1] : (store){0};
    uint64_t needed = store_floats(&mine), held = store_floats(&theirs);
    if (held <= left && theirs.values && (l <= taken || draws_same(n, before, l))) {
      free(n->kept[l - 1].values);
      n->kept[l - 1] = theirs;
      before->kept[l - 1] = (store){0};
      if (held > needed) needed = held;
    }
    if (needed > left) n->keeps = l - 1;
    left -= smaller((size_t)left, (size_t)needed);
  }
}

int net_resume(net *n, net *before) {
  if (!n->memory || n->done > 0 || n->column > 0 || n->row > 0) return NET_ERROR_ORDER;
  uint32_t alike = (uint32_t)smaller(layers_alike(n, before), before->done);
  uint32_t taken = alike < 2 || !n->loss || !before->loss ? 0 : alike - 1;
  take_kept(n, before, taken);
  if (taken == 0) return 0;
  const layer *last = &n->layers[taken - 1];
  memcpy(&n->summaries[TENSOR_INPUT], &before->summaries[TENSOR_INPUT], sizeof *n->summaries);
  memcpy(n->predicted, before->predicted, alike * sizeof *n->predicted); /* the input's and those of the layers taken */
  n->predicted_depth = (uint32_t)smaller(before->predicted_depth, taken);
  memcpy(n->first, before->first, bytes_of_first(n));
  memcpy(n->z[0], before->z[0], (size_t)(n->z[taken] - n->z[0]) * sizeof(float));
  activation_forward(last->activation, n->z[taken - 1], n->a, rows_of(n, &last->out) * stride_of(last->out.channels));
  n->done = taken;
  n->resumed = 1;
  return (int)taken;
}

/* dL/da_L, the first of the deltas */
static void begin_backward(net *n) {
  const extent *of = &n->layers[n->depth - 1].out;
  size_t stride = stride_of(of->channels), rows = rows_of(n, of);
  float *to = n->deltas[0];
  if (n->loss == LOSS_RANDOM) {
    n->mean_loss = loss_random(n->seed, n->a, rows, of->channels, stride, to) * (double)places_of(of);
    predict_back(n, 1);
    return;
  }
  n->mean_loss = loss_cross_entropy(n->seed, n->a, rows, of->channels, stride, to);
  observe_plain(n, TENSOR_DELTAS, to, of); /* for its mean square alone: dL/dz_L takes its place */
  double rms = n->summaries[TENSOR_DELTAS].values[SUMMARY_RMS];
  predict_back(n, rms * rms);
}

/* a_{l-1} once more, as layer l takes it */
static void restore_activations(net *n, uint32_t l) {
  if (l == 1) {
    memcpy(n->a, n->first, bytes_of_first(n));
    return;
  }
  const layer *below = &n->layers[l - 2];
  activation_forward(below->activation, n->z[l - 2], n->a, rows_of(n, &below->out) * stride_of(below->out.channels));
  adapt(n, l);
}

/* dL/dz_l, observed, and a_{l-1}, which the weight gradients then need */
static void begin_back(net *n, uint32_t l, float *deltas) {
  const layer *of = &n->layers[l - 1];
  if (n->passed == 0) {
    begin_backward(n);
  } else {
    linear_backward(n, l + 1, n->deltas[1 - n->passed % 2], deltas);
    if (n->layers[l].pool != POOL_NONE) vectors_to_images(n, &of->out, n->layers[l].pool, deltas);
  }
  size_t count = rows_of(n, &of->out) * stride_of(of->out.channels);
  activation_derivative(of->activation, n->z[l - 1], n->a, count);
  n->mean_slope = mean_of(n, n->a, &of->out);
  for (size_t i = 0; i < count; i++) deltas[i] *= n->a[i];
  observe_plain(n, TENSOR_DELTAS, deltas, &of->out);
  observe_places(n, TENSOR_DELTAS, deltas, &of->out);
  restore_activations(n, l);
  tally_begin(n, of->out.channels, (double)-INFINITY, (double)INFINITY);
}

int net_back_part(net *n) {
  if (!n->memory || !n->loss || n->done < n->depth) return NET_ERROR_ORDER;
  if (n->passed == n->depth) return 0;
  uint32_t l = n->depth - n->passed, cols = n->layers[l - 1].out.channels;
  float *deltas = n->deltas[n->passed % 2];
  size_t all = gradient_rows(n, l);
  if (n->row == 0) begin_back(n, l, deltas);
  for (size_t end = smaller(all, n->row + PART_ROWS); n->row < end;) {
    size_t rows = smaller(end - n->row, SOME_ROWS);
    linear_gradient_rows(n, l, n->row, rows, deltas);
    stats_add(&n->tally, n->some, rows, cols, stride_of(cols), n->alive);
    n->row += rows;
  }
  if (n->row < all) return 0;
  if (all) tally_end(n, TENSOR_WEIGHT_GRADIENTS, cols);
  n->row = 0;
  n->passed++;
  return (int)l;
}

int net_back(net *n) {
  int passed = net_back_part(n);
  while (passed == 0 && n->passed < n->depth) passed = net_back_part(n);
  return passed;
}
