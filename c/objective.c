/* objective.c: softmax cross-entropy and squared error against given labels and targets, with their gradients.
 *
 * Sums are in double, in the order of rows and columns. What examples a batch has is decided in train.c.
 */
#include "objective.h"

#include "loss.h"

static size_t find_largest(const float *a, size_t cols) {
  size_t best = 0;
  for (size_t c = 1; c < cols; c++) {
    if (a[c] > a[best]) best = c;
  }
  return best;
}

double objective_cross_entropy(const batch_rows *batch, const uint32_t *labels, const float *a, float *gradient,
                               uint32_t *right) {
  double sum = 0, rows = (double)batch->rows;
  *right = 0;
  for (size_t r = 0; r < batch->rows; r++) {
    const float *logits = a + r * batch->stride;
    float *p = gradient + r * batch->stride;
    size_t label = labels[batch->examples[r]];
    int exists = label < batch->cols;
    double none = __builtin_nan(""), loss = exists ? loss_of_row(logits, batch->cols, label, p) : none;
    sum += loss;
    *right += loss == loss && find_largest(logits, batch->cols) == label;
    for (size_t c = 0; c < batch->cols; c++) p[c] = (float)((double)p[c] / (exists ? rows : none));
  }
  return sum / rows;
}

double objective_squared_error(const batch_rows *batch, const float *targets, double scale, const float *a,
                               float *gradient) {
  double sum = 0, rows = (double)batch->rows;
  for (size_t r = 0; r < batch->rows; r++) {
    const float *target = targets + batch->examples[r] * batch->stride;
    for (size_t c = 0; c < batch->cols; c++) {
      double error = (double)a[r * batch->stride + c] - (double)target[c];
      sum += error * error;
      gradient[r * batch->stride + c] = (float)(error * scale / rows);
    }
  }
  return sum / (rows * (double)batch->cols);
}
