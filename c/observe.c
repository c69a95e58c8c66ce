/* observe.c: from a network's tensors to the summaries that it answers with.
 *
 * It decides what a tensor's rows and columns are. How moments and histograms come about is in stats.c; which tensors
 * are observed, and when, is in net.c and linear.c.
 */
#include "observe.h"

#include <math.h>
#include <string.h>

static void begin(net *n, uint32_t cols, double saturation_lo, double saturation_hi) {
  stats_begin(&n->tally, saturation_lo, saturation_hi);
  memset(n->alive, 0, stride_of(cols) * sizeof *n->alive);
}

void observe_begin(net *n, uint32_t cols) { begin(n, cols, (double)-INFINITY, (double)INFINITY); }

void observe_end(net *n, uint32_t tensor, uint32_t cols) {
  stats_end(&n->tally, n->alive, cols, n->summaries[tensor].values, n->summaries[tensor].counts);
}

static void take(net *n, uint32_t tensor, const float *x, const extent *images) {
  observe_tile(n, &(source){x, stride_of(images->channels)}, rows_of(n, images), 0, images->channels);
  observe_end(n, tensor, images->channels);
}

void observe_tensor(net *n, uint32_t tensor, const float *x, const extent *images) {
  observe_begin(n, images->channels);
  take(n, tensor, x, images);
}

void observe_activations(net *n, const float *x, const extent *images, const phi *f) {
  begin(n, images->channels, phi_saturation_lo(f), f->row->saturation_hi);
  take(n, TENSOR_ACTIVATIONS, x, images);
}

/* the mean square of the finite values of one place, over the batch and the channels */
static double place_square(const net *n, const float *x, const extent *images, size_t place) {
  size_t places = places_of(images), stride = stride_of(images->channels), finite = 0;
  double sum = 0;
  for (size_t b = 0; b < n->batch; b++) {
    const float *values = x + (b * places + place) * stride;
    for (size_t c = 0; c < images->channels; c++) {
      if (!__builtin_isfinite(values[c])) continue;
      sum += (double)values[c] * (double)values[c];
      finite++;
    }
  }
  return finite > 0 ? sum / (double)finite : (double)NAN;
}

void observe_places(net *n, uint32_t tensor, const float *x, const extent *images) {
  size_t places = places_of(images);
  double rms = n->summaries[tensor].values[SUMMARY_RMS];
  for (size_t p = 0; p < places; p++) n->squares[p] = places == 1 ? rms * rms : place_square(n, x, images, p);
}

double observe_mean(const net *n, const float *x, const extent *images) {
  size_t rows = rows_of(n, images), stride = stride_of(images->channels);
  double sum = 0;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < images->channels; c++) sum += (double)x[r * stride + c];
  }
  return sum / ((double)rows * images->channels);
}

double observe_correlation(const net *n, const float *z, const extent *images) {
  size_t example = places_of(images) * stride_of(images->channels);
  return stats_correlation(z, n->batch, places_of(images) > 1 ? example : images->channels, example);
}
