/* reports.c: what a network answers about a layer: theory, interior, mistakes of counting, parts, images as vectors.
 *
 * Each number here can be found by hand; numbers in general are checked in tests/js.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

/* a 3 x 3 convolution on 6 x 6 images, then a dense layer with this pool, forward and back */
static net *images(uint32_t pool, uint32_t input, uint32_t loss) {
  net *n = net_new(5, 4, 6, 6, 2, input);
  net_add_conv(n, 3, 3, 8, 1, PADDING_SAME, 1, 1);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  net_add_dense(n, 3, 0, pool);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 1, 1);
  net_set_loss(n, loss);
  net_start(n);
  return n;
}

/* POOL_AVERAGE: each place of a channel gets 1 / 36 of the vector's gradient. POOL_FLATTEN: each place has its own. */
static void pools(void) {
  for (uint32_t pool = POOL_FLATTEN; pool <= POOL_AVERAGE; pool++) {
    net *n = images(pool, INPUT_NORMAL, LOSS_CROSS_ENTROPY);
    uint32_t inputs = pool == POOL_FLATTEN ? 288 : 8;
    while (net_step(n) > 0) {}
    int told = net_fan(n, 2, FAN_IN) == inputs, passed = 0;
    while (net_back(n) > 0) passed++;
    CHECK(told && passed == 2 && net_summary(n, TENSOR_DELTAS)[SUMMARY_RMS] > 0 && net_loss(n) > 0,
          "a dense layer takes images flattened or averaged, forward and back", "%u inputs, loss %.2f", inputs,
          net_loss(n));
    CHECK(!net_theory(n, 2) && net_theory(n, 1), "theory ends where padding or averaging comes in", "pool %u", pool);
    net_free(n);
  }
}

static void borders(void) {
  net *n = images(POOL_FLATTEN, INPUT_NORMAL, LOSS_RANDOM);
  uint32_t top = net_inside(n, 1, 0, INSIDE_TOP), bottom = net_inside(n, 1, 0, INSIDE_BOTTOM);
  CHECK(top == 1 && bottom == 5 && net_inside(n, 1, 0, INSIDE_LEFT) == 1 && net_inside(n, 1, 0, INSIDE_RIGHT) == 5 &&
            net_inside(n, 1, 1, INSIDE_TOP) == 1 && net_inside(n, 3, 0, 0) == 0 && net_inside(n, 1, 0, 4) == 0,
        "the interior of a 3 x 3 kernel excludes the outermost places", "%u to %u of 6", top, bottom);
  CHECK(net_extent(n, 0, EXTENT_CHANNELS) == 2 && net_extent(n, 1, EXTENT_HEIGHT) == 6 && net_extent(n, 3, 0) == 0 &&
            net_extent(n, 1, 3) == 0 && net_fan(n, 0, 0) == 0 && isnan(net_bias_std(n, 0)) && isnan(net_mean(n, 9)),
        "unknown layers and sides give 0 or NaN", "net_fan %g", net_fan(n, 0, 0));
  net_free(n);
}

/* Two 3 x 3 kernels on 8 x 8 images affect 2 places at each side. A stride of 2 above may leave no interior at all. */
static void borders_back(void) {
  net *n = net_new(5, 4, 8, 8, 2, INPUT_UNIFORM);
  for (int l = 0; l < 2; l++) {
    net_add_conv(n, 3, 3, 8, 1, PADDING_SAME, 1, 1);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  }
  net_set_loss(n, LOSS_RANDOM);
  net_start(n);
  while (net_step(n) > 0) {}
  while (net_back(n) > 0) {}
  const double *theory = net_theory(n, 1);
  uint32_t top = net_inside(n, 1, 1, INSIDE_TOP), bottom = net_inside(n, 1, 1, INSIDE_BOTTOM);
  CHECK(net_inside(n, 2, 0, INSIDE_TOP) == 2 && top == 3 && bottom == 5 && theory && theory[THEORY_DELTA_SQUARE] > 0 &&
            isnan(theory[THEORY_GRADIENT_SQUARE]) && net_summary(n, TENSOR_DELTAS) && net_squares(n)[0] > 0,
        "theory covers the interior on the way back, but not weight gradients, which sum over all places",
        "%u to %u of 8", top, bottom);
  net_free(n);
  n = net_new(5, 4, 3, 3, 2, INPUT_UNIFORM);
  for (int l = 0; l < 3; l++) net_add_conv(n, 5, 5, 8, 1, PADDING_SAME, 2, 1);
  CHECK(net_inside(n, 3, 1, INSIDE_BOTTOM) == 0 && net_inside(n, 1, 1, INSIDE_BOTTOM) == 0, "the interior may be empty",
        "%u", net_inside(n, 3, 0, INSIDE_BOTTOM));
  net_free(n);
}

/* Var(W) = 2 / fan_in with the channels alone is 9 times too much; a variance passed as std gives std^2 */
static void mistakes(void) {
  static const uint32_t kinds[] = {DISTRIBUTION_NORMAL, DISTRIBUTION_TRUNCATED_RAW, DISTRIBUTION_CUT};
  net *n = net_new(1, 2, 6, 6, 2, INPUT_NORMAL);
  net_add_conv(n, 3, 3, 8, 1, PADDING_VALID, 1, 1);
  int refused = net_set_counting(n, CONVENTION_COUNT, 0) + net_set_counting(n, 0, 2);
  for (int i = 0; i < 3; i++) {
    net_set_weights(n, kinds[i], MODE_FAN_IN, 2, 1);
    net_set_counting(n, CONVENTION_TRUE, 0);
    double right = net_parent(n, 1);
    net_set_counting(n, CONVENTION_CHANNELS, 0);
    double counted = net_parent(n, 1);
    net_set_counting(n, CONVENTION_TRUE, 1);
    double squared = net_parent(n, 1), told = net_right_std(n, 1);
    net_set_counting(n, CONVENTION_CHANNELS, 1);
    int knows = told == net_right_std(n, 1);
    net_set_counting(n, CONVENTION_TRUE, 0);
    CHECK(knows && told == net_std(n, 1) && isnan(net_right_std(n, 2)),
          "the std without mistakes is told whatever mistakes are made", "%g", told);
    CHECK(fabs(counted / right - 3) < 1e-12 && fabs(squared / (right * right) - 1) < 1e-12,
          "both mistakes of counting change the std exactly as they do in a library", "%g, %g and %g", right, counted,
          squared);
  }
  for (int i = 0; i < 2; i++) { /* one is so wide that it is drawn as uniform, the other nearly */
    double parent = i ? 0.667 : 0.66;
    net_set_weights(n, DISTRIBUTION_CUT, MODE_VALUE, 1e-3, parent * 1e6);
    net_set_counting(n, CONVENTION_TRUE, 1);
    CHECK(fabs(net_parent(n, 1) / parent - 1) < 1e-12,
          "for a cut normal the mistake is about the std of its parent, however wide", "%g", net_parent(n, 1));
  }
  net_set_weights(n, DISTRIBUTION_CONSTANT, MODE_VALUE, 0, 1);
  CHECK(refused == 2 * NET_ERROR_RANGE && net_std(n, 1) == 0, "a std of 0 stays 0 under the mistake", "%g",
        net_std(n, 1));
  net_start(n);
  int late = net_set_counting(n, 0, 0) + net_add_conv(n, 1, 1, 1, 1, 0, 1, 0);
  CHECK(late == 2 * NET_ERROR_ORDER, "the way of counting cannot change after the start", "%d", late);
  net_free(n);
}

/* a layer of `units` by this scheme, and biases by that one; the rules of a value have it as number */
static int copies(uint32_t units, uint32_t weights, double number, uint32_t bias) {
  net *n = net_new(3, 4, 1, 1, 150, INPUT_NORMAL);
  net_add_dense(n, units, 1, POOL_FLATTEN);
  net_set_weights(n, weights, MODE_VALUE, number, 1);
  net_set_bias(n, bias, MODE_VALUE, 0.5, 1);
  int before = net_copies(n, 1);
  net_start(n);
  int found = net_copies(n, 1), unknown = net_copies(n, 0) + net_copies(n, 2);
  net_free(n);
  return before || unknown ? -1 : found;
}

static void copied_units(void) {
  int equal = copies(9, DISTRIBUTION_CONSTANT, 0.1, DISTRIBUTION_CONSTANT);
  int none = copies(9, DISTRIBUTION_SPARSE, 1, DISTRIBUTION_CONSTANT); /* all weights are 0, and the noise is not */
  CHECK(equal == 1 && none == 1, "units of equal weights and equal biases are copies", "%d and %d", equal, none);
  int biased = copies(9, DISTRIBUTION_CONSTANT, 0.1, DISTRIBUTION_NORMAL), one = copies(1, 0, 0.1, 0);
  int drawn = copies(9, DISTRIBUTION_NORMAL, 0.1, DISTRIBUTION_CONSTANT);
  int late = copies(2, DISTRIBUTION_SPARSE, 0.5, DISTRIBUTION_CONSTANT); /* the first row may be all 0 */
  int matrix = copies(9, DISTRIBUTION_IDENTITY, 1, DISTRIBUTION_CONSTANT);
  CHECK(biased == 0 && one == 0 && drawn == 0 && late == 0 && matrix == 0,
        "units are no copies where weights or biases differ, nor is a single one", "%d%d%d%d%d", biased, one, drawn,
        late, matrix);
}

/* at each place; an image of one place is no exception */
static void squares(void) {
  for (uint32_t side = 1; side < 3; side++) {
    net *n = net_new(1, 64, side, side, 8, INPUT_NORMAL);
    for (int l = 0; l < 5; l++) {
      net_add_conv(n, 1, 1, 16, 1, PADDING_SAME, 1, 0);
      net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, l < 4 ? 1e6 : 3e3, l < 4 ? 100 : 1);
    }
    net_start(n);
    while (net_step(n) > 0) {}
    const double *figures = net_summary(n, TENSOR_PREACTIVATIONS), *places = net_squares(n);
    double largest = 0;
    for (size_t p = 0; p < side * side; p++) largest = worse(largest, places[p]);
    double square = figures[SUMMARY_RMS] * figures[SUMMARY_RMS];
    CHECK(figures[SUMMARY_NON_FINITE] > 0 && largest >= square && largest < 2 * square,
          "mean squares by place count finite values only", "%g, of all places %g", largest, square);
    net_free(n);
  }
}

static void refused_shapes(void) {
  net *n = net_new(1, 2, 6, 6, 4, INPUT_NORMAL);
  int refused = 0;
  refused += net_add_conv(n, 0, 3, 8, 1, 0, 1, 0) + net_add_conv(n, 3, 12, 8, 1, 0, 1, 0);
  refused += net_add_conv(n, 3, 3, 513, 1, 0, 1, 0) + net_add_conv(n, 3, 3, 8, 0, 0, 1, 0);
  refused += net_add_conv(n, 3, 3, 8, 5, 0, 1, 0) + net_add_conv(n, 3, 3, 8, 1, 5, 1, 0);
  refused += net_add_conv(n, 3, 3, 8, 1, 0, 1, activation_count()) + net_add_conv(n, 3, 3, 8, 1, 0, 0, 0);
  refused += net_add_conv(n, 3, 3, 8, 1, 0, 3, 0) + net_add_conv(n, 3, 3, 6, 1, 0, 4, 0);
  refused += net_add_conv(n, 7, 3, 8, 1, PADDING_VALID, 1, 0) + net_add_conv(n, 3, 7, 8, 1, PADDING_VALID, 1, 0);
  refused += net_add_dense(n, 8, 0, POOL_NONE) + net_add_dense(n, 8, 0, 3) + net_add_dense(n, 8, 0, POOL_AVERAGE);
  int early = net_set_counting(n, 0, 0);
  net_add_conv(n, 2, 2, 4, 2, PADDING_SAME, 4, 0);
  refused += net_set_weights(n, DISTRIBUTION_IDENTITY, MODE_VALUE, 1, 1);
  net_add_dense(n, 3, 0, POOL_FLATTEN);
  refused += net_add_conv(n, 1, 1, 3, 1, 0, 1, 0);
  CHECK(refused == 17 * NET_ERROR_RANGE && early == NET_ERROR_ORDER, "an impossible shape is refused", "%d of 17",
        -refused);
  net_free(n);
  n = net_new(1, 2, 6, 6, 4, INPUT_NORMAL);
  net_add_conv(n, 3, 3, 8, 1, 0, 1, 0);
  int status = net_set_loss(n, LOSS_CROSS_ENTROPY) | net_start(n);
  CHECK(status == NET_ERROR_RANGE, "cross-entropy of images is refused", "%d", status);
  net_free(n);
}

/* dense tanh layers of each distribution: theory exists for some, its spread for fewer */
static void theory(void) {
  static const uint32_t distributions[] = {DISTRIBUTION_NORMAL, DISTRIBUTION_SPARSE, DISTRIBUTION_ORTHOGONAL,
                                           DISTRIBUTION_UNIFORM_POSITIVE};
  for (int i = 0; i < 4; i++) {
    net *n = net_new(2, 6, 1, 1, 64, INPUT_GIVEN);
    for (int l = 0; l < 3; l++) {
      net_add_dense(n, 64, 3, POOL_FLATTEN);
      net_set_weights(n, distributions[i], MODE_VALUE, 0.1, 1);
      net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
    }
    net_set_loss(n, LOSS_RANDOM);
    net_start(n);
    float *x = net_input(n);
    for (int c = 0; c < 6 * 64; c++) x[c] = (float)(c % 7) - 3;
    while (net_step(n) > 0) {}
    const double *before = net_theory(n, 2);
    int early = before && isnan(before[THEORY_DELTA_SQUARE]) && before[THEORY_Z_SQUARE] > 0;
    while (net_back(n) > 0) {}
    const double *predicted = net_theory(n, 2);
    int known = predicted && predicted[THEORY_DELTA_SQUARE] > 0 && predicted[THEORY_GRADIENT_SQUARE] > 0;
    int spread = predicted && !isnan(predicted[THEORY_Z_LOG_STD]);
    int right = i == 3 ? !predicted : early && known && spread == (distributions[i] == DISTRIBUTION_NORMAL);
    CHECK(right, "theory exists for centred weights, its spread for independent ones", "distribution %u",
          distributions[i]);
    net_free(n);
  }
}

/* 300 columns are two blocks; between them a net answers nothing */
static void parts(void) {
  net *n = net_new(1, 3, 1, 1, 5, INPUT_NORMAL);
  int none = net_parts(n) == 0 && net_step_part(n) == NET_ERROR_ORDER && net_back_part(n) == NET_ERROR_ORDER;
  net_add_dense(n, 300, 1, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  net_add_dense(n, 300, 1, POOL_FLATTEN);
  net_set_loss(n, LOSS_RANDOM);
  net_start(n);
  uint32_t left = net_parts(n);
  net_step(n);
  int part = net_step_part(n);
  CHECK(none && left == 2 && part == 0 && net_parts(n) == 1 && !net_squares(n) && !net_tensor(n, TENSOR_ACTIVATIONS) &&
            !net_weights(n, 1, 0, 1),
        "between the parts of a layer there are no tensors, rows or squares", "%u parts", left);
  CHECK(net_step_part(n) == 2 && net_squares(n) && net_step_part(n) == 0 && net_parts(n) == 1 && net_back(n) == 2 &&
            net_weight_gradients(n, 0, 64) && net_back_part(n) == 1 && net_back_part(n) == 0 && net_parts(n) == 0,
        "after the last part of a layer there are all of them", "%d", part);
  net_free(n);
}

int main(void) {
  pools();
  borders();
  borders_back();
  squares();
  mistakes();
  copied_units();
  refused_shapes();
  theory();
  parts();
  return check_failures != 0;
}
