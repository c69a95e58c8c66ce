/* tables.c: the tables of schemes, libraries and activations, and the fans of each convention: every row, and beyond.
 *
 * Whether the numbers are the libraries' own is checked in tests/js/libraries.test.js and fans.test.js.
 */
#include <math.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

static int is_scheme(const char *name) {
  uint32_t s = 0;
  while (s < scheme_count() && strcmp(name, scheme_name(s)) != 0) s++;
  return s < scheme_count();
}

static void rows(void) {
  int bad = 0;
  for (uint32_t s = 0; s < scheme_count(); s++) {
    bad += !is_scheme(scheme_name(s)) || scheme_distribution(s) >= DISTRIBUTION_COUNT || scheme_mode(s) >= MODE_COUNT ||
           !(fabs(scheme_number(s)) < 1e6) || !*scheme_group(s) || !scheme_paper(s) || !scheme_number_name(s);
  }
  CHECK(bad == 0, "every scheme has a name, a distribution, a mode and a number", "%u schemes", scheme_count());
  bad = 0;
  for (uint32_t e = 0; e < library_count(); e++) {
    bad += !*library_name(e) || !*library_call(e) || !is_scheme(library_scheme(e)) || isinf(library_number(e)) ||
           (*library_bias(e) && !is_scheme(library_bias(e)));
  }
  CHECK(bad == 0, "every call of a library names a scheme of the table", "%u calls", library_count());
  bad = 0;
  for (uint32_t e = 0; e < library_count(); e++) {
    int shapes = 0, places = 0;
    for (uint32_t shape = 0; shape < SHAPE_COUNT; shape++) shapes += library_takes(e, shape);
    for (const char *c = library_argument(e); *c; c++) places += *c == '%';
    for (const char *c = library_call(e); *c; c++) places += *c == '%';
    bad += shapes == 0 || library_convention(e) >= CONVENTION_CHANNELS || (places > 0) != (library_power(e) > 0);
  }
  CHECK(bad == 0, "every call fits some layer, and where it takes an argument the argument has a place", "%d", bad);
}

static void past_the_last(void) {
  uint32_t s = scheme_count(), e = library_count(), a = activation_count();
  int texts = *scheme_name(s) + *scheme_group(s) + *scheme_paper(s) + *scheme_number_name(s) + *library_name(e) +
              *library_call(e) + *library_scheme(e) + *library_bias(e) + *library_argument(e) + *activation_name(a);
  double numbers = scheme_number(s) + library_number(e) + library_base(e) + library_power(e) + library_convention(e) +
                   library_takes(e, SHAPE_DENSE) + scheme_distribution(s) + scheme_mode(s) +
                   activation_saturation_lo(a) + activation_saturation_hi(a);
  int unknown = isnan(activation_value(a, NAN, 1)) && isnan(activation_slope(a, NAN, 1)) &&
                isnan(activation_pytorch_gain(a, NAN)) && isnan(theory_moment(a, NAN, 0, 1)) &&
                isnan(theory_product(a, NAN, 1, 0)) && isnan(theory_chi(a, NAN, 1, 1));
  CHECK(texts == 0 && numbers == 0 && unknown && net_limit(LIMIT_COUNT) == 0,
        "beyond its last row a table gives nothing", "%g", numbers);
}

/* (3, 3) kernels of 6 to 12 channels */
static void fans(void) {
  static const struct {
    uint32_t convention, transposed, groups;
    double in, out;
  } cases[] = {
      {CONVENTION_TRUE, 0, 1, 54, 108},   {CONVENTION_TRUE, 0, 3, 18, 36},    {CONVENTION_PYTORCH, 0, 3, 18, 108},
      {CONVENTION_PYTORCH, 1, 3, 36, 54}, {CONVENTION_KERAS, 0, 6, 54, 18},   {CONVENTION_KERAS, 1, 1, 108, 54},
      {CONVENTION_JAX, 0, 2, 27, 108},    {CONVENTION_CHANNELS, 0, 1, 6, 12}, {CONVENTION_WHOLE, 0, 6, 54, 108},
      {CONVENTION_WHOLE, 1, 3, 54, 108},
  };
  int right = 0, count = (int)(sizeof cases / sizeof *cases);
  for (int i = 0; i < count; i++) {
    double in = fans_of(cases[i].convention, FAN_IN, cases[i].transposed, 9, 6, 12, cases[i].groups);
    double out = fans_of(cases[i].convention, FAN_OUT, cases[i].transposed, 9, 6, 12, cases[i].groups);
    right += in == cases[i].in && out == cases[i].out;
  }
  CHECK(right == count, "fans are counted by each convention", "%d of %d", right, count);
  double unknown =
      fans_of(CONVENTION_COUNT, 0, 0, 9, 6, 12, 1) + fans_of(0, 2, 0, 9, 6, 12, 1) + fans_of(0, 0, 0, 9, 6, 12, 0);
  CHECK(unknown == 0, "no convention, no fan and no groups give 0", "%g", unknown);
}

/* each limit is the last value that is taken, and none is missing */
static void limits(void) {
  int known = 0, count = LIMIT_COUNT;
  for (uint32_t which = 0; which < LIMIT_COUNT; which++) known += net_limit(which) > 0;
  CHECK(known == count, "every limit is known", "%d of %d", known, count);
  uint32_t stride = net_limit(LIMIT_STRIDE), largest = net_limit(LIMIT_ORTHOGONAL), rows = net_limit(LIMIT_ROWS);
  net *images = net_new(1, 1, 8, 8, 1, INPUT_NORMAL);
  int strides = net_add_conv(images, 3, 3, 1, stride, PADDING_SAME, 1, 0) == 0 &&
                net_add_conv(images, 3, 3, 1, stride + 1, PADDING_SAME, 1, 0) == NET_ERROR_RANGE;
  net_free(images);
  net *n = net_new(1, 1, 1, 1, largest, INPUT_NORMAL);
  int added = net_add_dense(n, largest, 0, POOL_FLATTEN);
  int fits = net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  added += net_add_dense(n, largest + 1, 0, POOL_FLATTEN);
  int large = net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  added += net_start(n);
  int handed = net_weights(n, 2, 0, rows) && !net_weights(n, 2, 0, rows + 1);
  net_free(n);
  net *wide = net_new(1, 1, 1, 1, net_limit(LIMIT_INPUTS), INPUT_NORMAL); /* 2^20 by 2^12 is one weight too many */
  int weights = net_add_dense(wide, net_limit(LIMIT_UNITS), 0, POOL_FLATTEN) == NET_ERROR_RANGE &&
                net_add_dense(wide, net_limit(LIMIT_UNITS) - 1, 0, POOL_FLATTEN) == 0 &&
                net_limit(LIMIT_WEIGHTS) == (uint64_t)net_limit(LIMIT_INPUTS) * net_limit(LIMIT_UNITS) - 1;
  net_free(wide);
  CHECK(strides && added == 0 && fits == 0 && large == NET_ERROR_RANGE && handed && weights,
        "strides, orthogonal matrices, weights and rows end at their limits", "%d %d %d %d %d %d", strides, added, fits,
        large, handed, weights);
}

static void biases(void) {
  int accepted = 0, same = 0, cases = 0;
  net *n = net_new(1, 1, 1, 1, 4, INPUT_NORMAL);
  net_add_dense(n, 4, 0, POOL_FLATTEN);
  for (uint32_t distribution = 0; distribution <= DISTRIBUTION_COUNT; distribution++) {
    for (uint32_t mode = 0; mode <= MODE_COUNT; mode++, cases++) {
      int accepts = bias_accepts(distribution, mode);
      accepted += accepts;
      same += accepts == (net_set_bias(n, distribution, mode, 0.5, 1) == 0);
    }
  }
  net_free(n);
  CHECK(accepted == 8 && same == cases, "a bias takes the rules that bias_accepts names, and no others",
        "%d accepted, %d of %d", accepted, same, cases);
}

int main(void) {
  rows();
  limits();
  biases();
  past_the_last();
  fans();
  return check_failures != 0;
}
