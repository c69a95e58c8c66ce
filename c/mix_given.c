/* mix_given.c: means over inputs that are given, or drawn so that their lengths differ much: see mix.h.
 *
 * In double and by libm: for predictions alone. The small module has no such inputs.
 */
#include <math.h>

#include "limits.h"
#include "mix.h"

enum { SOME_INPUTS = 32 }; /* whose angles are measured: 496 pairs */
#define LEAST_STD 1e-6 /* of their cosines, so that equal ones have a skewness too */

static void sort(double *values, size_t count) {
  for (size_t i = 1; i < count; i++) {
    double value = values[i];
    size_t place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

static double dot(const float *x, const float *y, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)x[i] * (double)y[i];
  return sum;
}

/* Points and weights for the cosines of pairs of inputs, each pair counted by the product of its lengths. One point is the
 * mean, which is known from more pairs than are taken here. The others are where x / std is a root of
 * x^2 - g x - k + g^2, with the skewness g and the kurtosis k: with their weights all points have these four moments. */
static void angles_of(mix_state *mix, const float *x, size_t rows, size_t cols, size_t stride, double mean) {
  double lengths[SOME_INPUTS], sums[5] = {0};
  for (size_t r = 0; r < rows; r++) {
    lengths[r] = sqrt(dot(x + r * stride, x + r * stride, cols));
    for (size_t other = 0; other < r; other++) {
      double weight = lengths[r] * lengths[other];
      double off = weight > 0 ? dot(x + r * stride, x + other * stride, cols) / weight - mean : 0;
      for (int power = 0; power <= 4; power++, weight *= off) sums[power] += weight;
    }
  }
  double std = sqrt(fmax(sums[2] / sums[0], LEAST_STD * LEAST_STD)), g = sums[3] / sums[0] / (std * std * std),
         k = fmax(sums[4] / sums[0] / (std * std * std * std), g * g + 1), root = sqrt(4 * k - 3 * g * g);
  for (int i = 0; i < MIX_ANGLES; i++) {
    double at = i == 1 ? 0 : (g + (i - 1) * root) / 2, opposite = g - at;
    mix->correlation[i] = mean + at * std;
    mix->angle_weight[i] = i == 1 ? 1 - 1 / (k - g * g) : 1 / (at * (at - opposite));
  }
}

void mix_given(mix_state *mix, const float *x, size_t rows, size_t cols, size_t stride, double correlation) {
  double squares[MAX_BATCH], mean = 0, variance = 0, root = 0, pairs = (double)rows * (double)(rows - 1);
  mix->count = 0;
  for (size_t r = 0; r < rows; r++) {
    squares[r] = dot(x + r * stride, x + r * stride, cols) / (double)cols;
    mean += squares[r] / (double)rows;
    root += sqrt(squares[r]);
  }
  for (size_t r = 0; r < rows; r++) variance += (squares[r] / mean - 1) * (squares[r] / mean - 1) / (double)rows;
  if (rows < 2 || !(variance > 2.0 / ALIKE_VALUES) || variance > (double)rows) return;
  mix->count = MIX_POINTS;
  sort(squares, rows);
  for (size_t i = 0; i < MIX_POINTS; i++) {
    size_t from = i * rows / MIX_POINTS, to = (i + 1) * rows / MIX_POINTS;
    mix->weight[i] = (double)(to - from) / (double)rows;
    mix->a_square[i] = 0;
    for (size_t r = from; r < to; r++) mix->a_square[i] += squares[r] / (double)(to - from);
  }
  mix->lengths = (root * root - mean * (double)rows) / pairs / mean; /* over pairs of different inputs */
  angles_of(mix, x, rows < SOME_INPUTS ? rows : SOME_INPUTS, cols, stride, correlation / mix->lengths);
}
