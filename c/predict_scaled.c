/* predict_scaled.c: with what theory begins for inputs that are given, of any mean and std, sparse or one-hot.
 *
 * For numbers of mean m and std s, E x^2 = m^2 + s^2, and two inputs have the correlation m^2 / (m^2 + s^2). Where inputs
 * differ much in length, theory begins with those that were drawn, as if they were given.
 */
#include "predict_scaled.h"

#include <math.h>

void predict_measured(net *n) {
  theory_layer *input = &n->predicted[0];
  size_t values = values_of(&n->inputs), stride = round_up(values, PANEL);
  const double *measured = n->summaries[TENSOR_INPUT].values;
  double correlation = stats_correlation(n->a, n->batch, values, stride);
  if (isnan(correlation)) correlation = 0;
  theory_input(input, measured[SUMMARY_RMS] * measured[SUMMARY_RMS], 0, correlation);
  input->a_mean = measured[SUMMARY_MEAN];
  input->measured = 1;
  input->uneven = predict_over_images(n);
  if (!input->uneven) mix_given(&input->mix, n->a, n->batch, values, stride, correlation);
}

/* Var(x^2) of one number: E x^4 is 3 s^4 for a normal of mean 0, 9/5 s^4 for a uniform, and 3 s^4 / (1 - zeros) for a
 * normal that is 0 so often. A mean adds 4 m^2 s^2, as all three are symmetric. */
static double variance_of_square(const net *n) {
  double m2 = n->scale.mean * n->scale.mean, s2 = n->scale.std * n->scale.std;
  double fourth = n->input == INPUT_UNIFORM ? 1.8 : 3 / (1 - n->scale.zeros);
  return (fourth - 1) * s2 * s2 + 4 * m2 * s2;
}

void predict_scaled(net *n) {
  theory_layer *input = &n->predicted[0];
  double m = n->scale.mean, square = m * m + n->scale.std * n->scale.std;
  int one_hot = n->input == INPUT_ONE_HOT;
  if (one_hot && !predict_over_images(n)) {
    double chance = 1 / (double)values_of(&n->inputs);
    theory_input(input, chance, 0, 0);
    input->a_mean = input->same = chance;
    return;
  }
  double log_variance = variance_of_square(n) / (square * square) / predict_seen(n);
  if (one_hot || !(log_variance <= 2.0 / ALIKE_VALUES)) {
    predict_measured(n);
    return;
  }
  theory_input(input, square, log_variance, m * m / square);
  input->a_mean = m;
  input->normal = n->input == INPUT_NORMAL && m == 0;
}
