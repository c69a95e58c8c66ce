/* predict.c: to which layers of a network mean-field theory applies, and with what numbers.
 *
 * The integrals and the recursion are in theory.c, which knows no network. Only two measurements are used, where theory
 * has nothing to begin with: those of a given input, and the mean square of the gradient of cross-entropy.
 */
#include "predict.h"

#include <math.h>

#include "layer.h"
#include "predict_scaled.h"
#include "predict_shifted.h"
#include "region.h"

enum { LEAST_ORTHOGONAL = 64 }; /* narrower orthogonal weights are too dependent to count as independent */

/* of std: a mean adds up as the width n does, and n times this is small for all widths; a spike at -2 gives less */
#define SMALL_MEAN 1e-5

/* Uniform numbers: of fewer the mean square has a law that is too skewed for spread_of_mean. */
enum { LEAST_UNIFORM = 16 };

/* Of numbers of mean square 1. Patches of drawn images count as alike; each layer mixes them. */
static void predict_standard(net *n) {
  theory_layer *input = &n->predicted[0];
  double seen = predict_seen(n);
  int uniform = n->input == INPUT_UNIFORM;
  theory_input(input, 1, (uniform ? 0.8 : 2) / seen, 0);
  input->normal = !uniform;
  if (uniform && seen < LEAST_UNIFORM) input->a_law.variance = (double)NAN;
  if (seen < ALIKE_VALUES && !predict_over_images(n)) mix_input(&input->mix, (uint32_t)seen, uniform);
}

void predict_input(net *n) {
  if (n->trainer) /* weights that have moved follow no rule */
    n->predicted[0].a_square = (double)NAN;
  else if (n->scale.predict)
    n->scale.predict(n);
  else if (n->input == INPUT_GIVEN)
    predict_measured(n);
  else
    predict_standard(n);
}

/* Does theory reach the input of layer l? It holds where padding has had no effect. A dense layer on images takes all
 * places, so all must be inside, and so does flatten. Of means and maxima over places theory says nothing, and neither
 * of transposed convolutions, whose outputs differ in how many inputs they read. */
static int reaches(const net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  if (n->predicted_depth != l - 1 || layer->shape.transposed) return 0;
  if (!layer->kind->has_weights && !layer->kind->passes_on) return 0;
  if (!layer->kind->gives_vectors || l == 1) return !region_is_empty(&layer->inside);
  const net_layer *below = &n->layers[l - 2];
  const extent *images = &below->shape.out;
  return region_is_whole(&below->inside, images) && (layer->shape.pool != POOL_AVERAGE || places_of(images) == 1);
}

static int applies(const net_layer *layer, const spread *weights) {
  if (!(weights->std > 0)) return 0;
  size_t least = smaller(weight_rows(layer), layer->shape.out.channels);
  return weights->distribution != DISTRIBUTION_ORTHOGONAL || least >= LEAST_ORTHOGONAL;
}

void predict_layer(net *n, uint32_t l) {
  const net_layer *layer = &n->layers[l - 1];
  theory_layer *predicted = &n->predicted[l];
  if (n->predicted_depth == l - 1 && layer->kind->predict) {
    int known = !isnan(predicted[-1].a_square) && !region_is_empty(&layer->inside) && layer->kind->predict(n, l);
    n->predicted_depth += (uint32_t)known;
    return;
  }
  if (!reaches(n, l) || isnan(predicted[-1].a_square)) return;
  if (layer->kind->passes_on) {
    theory_pass(predicted, predicted - 1, &layer->f, layer->shape.in.channels);
    n->predicted_depth = l;
    return;
  }
  spread weights = layer_weights(n, l), bias = layer_bias(n, l);
  if (fabs(weights.mean) > SMALL_MEAN * weights.std || bias.mean != 0) {
    n->predicted_depth += (uint32_t)predict_shifted(n, l);
    return;
  }
  if (!applies(layer, &weights)) return;
  double sigma_w2 = (double)weight_rows(layer) * weights.std * weights.std;
  theory_step(predicted, predicted - 1, &layer->f, sigma_w2, bias.std * bias.std, layer->shape.out.channels);
  /* these spread less or more than independent normal weights do; how much is unknown, in all layers above too */
  uint32_t distribution = layer->weights.distribution;
  if (distribution == DISTRIBUTION_ORTHOGONAL || distribution == DISTRIBUTION_SPARSE ||
      distribution == DISTRIBUTION_UNIT_SUM)
    predicted->z_law.variance = predicted->a_law.variance = (double)NAN;
  n->predicted_depth = l;
}

/* E (dL/da)^2 over E (dL/dz)^2 of the layer above, away from borders: the number of outputs that read a value, times
 * Var(W) */
double predict_sigma_out2(const net *n, uint32_t above) {
  const layer_shape *shape = &n->layers[above - 1].shape;
  spread weights = layer_weights(n, above);
  region below = region_back(n, above - 1);
  double readers = n->layers[above - 1].kind->gives_vectors ? 1 : region_readers(shape, &below);
  return readers * (shape->out.channels / shape->groups) * weights.std * weights.std;
}

/* Layers that pass numbers on are skipped: the gradient by their input is that by their output. `above` is the next
 * layer with weights; 0: there is none. */
void predict_back(net *n, double gradient_square) {
  if (n->predicted_depth < n->depth) return;
  if (n->predict_back) {
    n->predict_back(n, gradient_square);
    return;
  }
  for (uint32_t l = 1; l <= n->depth; l++) {
    if (!n->predicted[l].shifted) continue;
    predict_back_shifted(n, gradient_square);
    return;
  }
  for (uint32_t l = n->depth, above = 0; l >= 1; l--) {
    theory_layer *predicted = &n->predicted[l];
    int last = above == 0;
    theory_step_back(predicted, last ? NULL : &n->predicted[above], last ? 0 : predict_sigma_out2(n, above));
    if (n->layers[l - 1].kind->has_weights) above = l;
    if (last) {
      predicted->delta_square *= gradient_square;
      predicted->shown_delta *= gradient_square;
      for (int i = 0; i < MIX_POINTS; i++) predicted->mix.delta_square[i] *= gradient_square;
    }
    /* dL/da was measured; how phi' deviates together with it is not known */
    if (last && n->loss != LOSS_RANDOM) {
      double chance = predicted->f.row->is_linear ? 0 : (double)NAN;
      predicted->noise_law = predicted->delta_law = (spread_law){chance, chance, chance};
    }
  }
}

/* The mean square that a band is about: of one drawn input, or of all inputs of a given batch. */
static double centre(const net *n, double one, double batch) { return n->predicted[0].measured ? batch : one; }

/* Writes a log std and, after it, the edges of the band about a mean square, with 0 and infinity
 * where floats end. NaN where theory knows none: also where it would hold only for networks without a dead layer, and
 * more than one in a hundred has one. */
static void put_band(double *out, double square, uint32_t log_std, spread_law law, double unbroken) {
  double lo = square * exp(spread_edge(law, 0)), hi = square * exp(spread_edge(law, 1));
  int known = unbroken >= 0.99 && lo < hi;
  out[log_std] = square == square ? __builtin_sqrt(law.variance) : (double)NAN;
  out[log_std + 1] = !known ? (double)NAN : lo < 0x1p-252 ? 0 : lo;
  out[log_std + 2] = !known ? (double)NAN : hi > 0x1p254 ? (double)INFINITY : hi;
}

const double *net_theory(net *n, uint32_t l) {
  if (l < 1 || l > n->predicted_depth) return NULL;
  const theory_layer *predicted = &n->predicted[l], *below = &n->predicted[l - 1];
  const net_layer *layer = &n->layers[l - 1];
  const extent *images = &layer->shape.out;
  region inside = region_back(n, l);
  int back = n->passed > 0 && n->predicted_depth == n->depth && !region_is_empty(&inside);
  /* gradients add up over examples and places if all of these are alike and independent */
  int independent =
      n->loss == LOSS_RANDOM && region_is_whole(&layer->inside, images) && region_is_whole(&inside, images);
  int gradients = back && independent && layer->kind->has_weights;
  double *out = n->theory;
  out[THEORY_Z_SQUARE] = predicted->shown.z_square;
  double same = n->predicted[0].same;
  out[THEORY_Z_CORRELATION] = same + (1 - same) * predicted->shown.z_correlation;
  out[THEORY_Z_NORMAL] = predicted->normal && predicted->mix.count == 0 && !predicted->uneven;
  out[THEORY_A_MEAN] = predicted->shown.a_mean;
  out[THEORY_A_SQUARE] = predicted->shown.a_square;
  out[THEORY_SLOPE_SQUARE] = predicted->shown.slope_square;
  out[THEORY_DELTA_SQUARE] = back ? predicted->shown_delta : (double)NAN;
  double rows = (double)rows_of(n, images);
  out[THEORY_GRADIENT_SQUARE] = gradients ? theory_weight_gradient(predicted, below, rows) : (double)NAN;
  out[THEORY_DIED] = predicted->died;
  /* a dead layer passes nothing back to any */
  double whole = fmin(n->predicted[n->predicted_depth].unbroken, predicted->unbroken_back);
  spread_law z = predicted->z_law;
  if (layer->kind->has_weights) z = spread_sum(z, spread_of_mean(images->channels, 2)); /* z is normal */
  double delta = centre(n, predicted->delta_square, predicted->shown_delta);
  double gradient =
      rows * centre(n, below->a_square * predicted->delta_square, theory_weight_gradient(predicted, below, 1));
  double unbroken = layer->kind->has_weights ? below->unbroken : predicted->unbroken; /* of z, here the output */
  put_band(out, centre(n, predicted->z_square, predicted->shown.z_square), THEORY_Z_LOG_STD, z, unbroken);
  put_band(out, centre(n, predicted->a_square, predicted->shown.a_square), THEORY_A_LOG_STD, predicted->a_law,
           predicted->unbroken);
  put_band(out, back ? delta : (double)NAN, THEORY_DELTA_LOG_STD, predicted->delta_law, whole);
  put_band(out, gradients ? gradient : (double)NAN, THEORY_GRADIENT_LOG_STD,
           theory_weight_gradient_law(predicted, below), whole);
  return out;
}
