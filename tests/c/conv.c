/* conv.c: nets of images: what they refuse, their extents and fans, and steps in parts.
 *
 * Whether the numbers are right is checked in tests/js/conv.test.js; here the code runs under the sanitizers.
 */
#include <math.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

enum { RELU = 1 };

static net *images(uint32_t height, uint32_t width, uint32_t channels) {
  return net_new(1, 2, height, width, channels, INPUT_NORMAL);
}

static void refusals(void) {
  int bad = !images(0, 4, 3) + !images(225, 4, 3) + !images(4, 225, 3) + !images(4, 4, 0) + !images(4, 4, 513);
  CHECK(bad == 5, "images out of range are refused", "%d of 5", bad);

  /* kernel height and width, channels, stride, padding, groups, activation */
  static const uint32_t wrong[][7] = {
      {0, 3, 8, 1, 0, 1, RELU}, {12, 3, 8, 1, 0, 1, RELU},  {3, 0, 8, 1, 0, 1, RELU}, {3, 12, 8, 1, 0, 1, RELU},
      {3, 3, 0, 1, 0, 1, RELU}, {3, 3, 513, 1, 0, 1, RELU}, {3, 3, 8, 0, 0, 1, RELU}, {3, 3, 8, 5, 0, 1, RELU},
      {3, 3, 8, 1, 5, 1, RELU}, {3, 3, 8, 1, 0, 0, RELU},   {3, 3, 8, 1, 0, 4, RELU}, {3, 3, 9, 1, 0, 2, RELU},
      {3, 3, 8, 1, 0, 1, 99},   {6, 3, 8, 1, 1, 1, RELU},   {3, 7, 8, 1, 1, 1, RELU},
  };
  enum { WRONG = sizeof wrong / sizeof *wrong };
  net *n = images(5, 6, 6);
  int refused = 0;
  for (int i = 0; i < WRONG; i++) {
    const uint32_t *w = wrong[i];
    refused += net_add_conv(n, w[0], w[1], w[2], w[3], w[4], w[5], w[6]) == NET_ERROR_RANGE;
  }
  CHECK(refused == WRONG, "a convolution out of range is refused", "%d of %d", refused, WRONG);
  CHECK(net_start(n) == NET_ERROR_ORDER, "a refused convolution adds no layer", "-");
  CHECK(net_add_dense(n, 4, RELU, POOL_AVERAGE) == NET_ERROR_RANGE, "a first layer cannot average the input's places",
        "-");
  CHECK(net_add_conv(n, 5, 6, 8, 2, PADDING_VALID, 2, RELU) == 0, "a kernel as large as the images fits", "-");
  CHECK(net_extent(n, 1, EXTENT_HEIGHT) == 1 && net_extent(n, 1, EXTENT_WIDTH) == 1, "such a kernel gives one place",
        "-");
  CHECK(net_add_dense(n, 4, RELU, POOL_NONE) == NET_ERROR_RANGE && net_add_dense(n, 4, RELU, 3) == NET_ERROR_RANGE,
        "an unknown pool is refused", "-");
  int status = net_add_dense(n, 4, RELU, POOL_FLATTEN), after = net_add_conv(n, 1, 1, 4, 1, 0, 1, RELU);
  CHECK(status == 0 && after == NET_ERROR_RANGE, "a convolution above a dense layer is refused", "%d", after);
  CHECK(net_set_counting(n, CONVENTION_COUNT, 0) == NET_ERROR_RANGE && net_set_counting(n, 0, 2) == NET_ERROR_RANGE,
        "an unknown way of counting is refused", "-");
  net_free(n);

  n = images(4, 4, 3);
  net_add_conv(n, 3, 3, 8, 1, PADDING_SAME, 1, RELU);
  net_set_loss(n, LOSS_CROSS_ENTROPY);
  CHECK(net_start(n) == NET_ERROR_RANGE, "cross-entropy of more than one place is refused", "-");
  net_set_loss(n, LOSS_NONE);
  int late = net_start(n) == 0 && net_add_conv(n, 1, 1, 1, 1, 0, 1, 0) == NET_ERROR_ORDER &&
             net_set_counting(n, 0, 0) == NET_ERROR_ORDER;
  CHECK(late, "no layer is added after the start", "-");
  net_free(n);

  n = net_new(1, 1024, 64, 64, 512, INPUT_NORMAL);
  for (int l = 0; l < 100; l++) net_add_conv(n, 11, 11, 512, 1, PADDING_SAME, 1, RELU);
  net_set_loss(n, LOSS_RANDOM);
  CHECK(net_max_batch(n) == 1 && net_start(n) == NET_ERROR_MEMORY,
        "the largest net of all is refused: its size does not overflow", "%u", net_max_batch(n));
  net_free(n);
}

static int answers_nothing(const net *n) {
  return !net_tensor(n, TENSOR_DELTAS) && !net_summary(n, TENSOR_DELTAS) && !net_squares(n) && isnan(net_mean_slope(n));
}

/* Layers stepped in parts give what whole steps give; between parts a net answers nothing. */
static void parts(void) {
  double rms[2][2];
  for (int in_parts = 0; in_parts < 2; in_parts++) {
    net *n = images(6, 5, 3);
    net_add_conv(n, 3, 3, 500, 1, PADDING_SAME, 1, RELU);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
    net_add_conv(n, 5, 5, 500, 1, PADDING_SAME, 1, RELU);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
    net_set_loss(n, LOSS_RANDOM);
    net_start(n);
    if (in_parts) {
      uint32_t count = net_parts(n);
      CHECK(count == 2, "500 columns are two parts of 256 at most", "%u", count);
      int between = net_step_part(n) == 0 && net_parts(n) == 1 && !net_tensor(n, TENSOR_ACTIVATIONS) &&
                    !net_weights(n, 1, 0, 1) && net_back_part(n) == NET_ERROR_ORDER;
      CHECK(between, "between parts of a step a net answers nothing", "-");
    }
    while (net_step(n) > 0);
    rms[in_parts][0] = net_summary(n, TENSOR_ACTIVATIONS)[SUMMARY_RMS];
    if (in_parts) {
      /* 2 x 49 blocks of weights; 18 of 65,536 weights, for 60 rows and 160 of drawing, make a part. Then 64 rows of
       * gradients are 64 x 500 x 60 products, and 139 times so many are less than 2^28. */
      uint32_t left = net_parts(n);
      CHECK(left == 7, "98 blocks of weights are six parts, and 12,500 rows of gradients one more", "%u", left);
      int between =
          net_back_part(n) == 0 && net_parts(n) == 6 && answers_nothing(n) && isnan(net_loss(n)) && net_step(n) == 0;
      CHECK(between, "between parts on the way back a net answers nothing", "-");
      for (int part = 2; part < 7; part++) between &= net_back_part(n) == 0;
      CHECK(between && net_parts(n) == 1 && answers_nothing(n), "nor does it among the gradients", "%u", net_parts(n));
      int passed = net_back_part(n);
      CHECK(passed == 2 && net_parts(n) == 1, "the last part ends the layer", "%u", net_parts(n));
    }
    while (net_back(n) > 0);
    rms[in_parts][1] = net_summary(n, TENSOR_WEIGHT_GRADIENTS)[SUMMARY_RMS];
    CHECK(net_parts(n) == 0 && net_step_part(n) == 0 && net_back_part(n) == 0, "at the end no part is left", "-");
    net_free(n);
  }
  CHECK(rms[0][0] == rms[1][0] && rms[0][1] == rms[1][1], "parts give the bits of whole steps", "%g %g", rms[1][0],
        rms[1][1]);
}

/* Images straight into a dense layer, forward and back, for a batch of one: its vector takes more rows than its
 * image. */
static void vectors(void) {
  net *n = net_new(1, 1, 64, 64, 8, INPUT_NORMAL);
  net_add_dense(n, 1, RELU, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  net_set_loss(n, LOSS_RANDOM);
  net_start(n);
  int stepped = net_step(n), passed = net_back(n);
  CHECK(stepped == 1 && passed == 1, "images go into a dense layer as vectors", "%d %d", stepped, passed);
  net_free(n);
  n = net_new(1, 1, 4, 4, 2, INPUT_NORMAL);
  net_add_conv(n, 3, 3, 2, 1, PADDING_SAME, 1, RELU);
  CHECK(net_set_weights(n, DISTRIBUTION_IDENTITY, MODE_VALUE, 1, 1) == NET_ERROR_RANGE,
        "an identity for a kernel larger than 1 x 1 is refused", "-");
  net_free(n);
}

static void extents(void) {
  net *n = images(7, 8, 3);
  net_add_conv(n, 3, 3, 6, 2, PADDING_SAME, 3, RELU);
  net_add_conv(n, 1, 1, 4, 1, PADDING_SAME, 2, RELU);
  net_add_dense(n, 5, RELU, POOL_AVERAGE);
  uint32_t got[] = {net_extent(n, 1, EXTENT_HEIGHT),
                    net_extent(n, 1, EXTENT_WIDTH),
                    net_extent(n, 2, EXTENT_CHANNELS),
                    net_extent(n, 3, EXTENT_HEIGHT),
                    net_extent(n, 0, EXTENT_WIDTH),
                    net_extent(n, 4, 0),
                    net_extent(n, 1, 9)};
  static const uint32_t expected[] = {4, 4, 4, 1, 8, 0, 0};
  CHECK(!memcmp(got, expected, sizeof got), "extents are those of Keras", "%u x %u", got[0], got[1]);
  CHECK(net_fan(n, 1, FAN_IN) == 9 && net_fan(n, 1, FAN_OUT) == 18 && net_fan(n, 3, FAN_IN) == 4 &&
            net_fan(n, 9, 0) == 0,
        "fans count the channels of one group", "-");
  CHECK(!net_squares(n), "there are no squares before a step", "-");
  uint32_t sides[4];
  for (uint32_t side = 0; side < 4; side++) sides[side] = net_inside(n, 1, 0, side);
  static const uint32_t even[] = {1, 3, 0, 3}; /* one zero above and below 7 rows, one on the right of 8 columns */
  CHECK(!memcmp(sides, even, sizeof sides), "of an odd number of zeros the larger part comes after", "%u..%u, %u..%u",
        sides[0], sides[1], sides[2], sides[3]);
  CHECK(net_inside(n, 9, 0, 0) == 0 && net_inside(n, 1, 0, 4) == 0, "an unknown layer or side has no interior", "-");
  net_free(n);
}

int main(void) {
  refusals();
  parts();
  vectors();
  extents();
  return check_failures != 0;
}
