/* input.c: inputs of any mean and std, sparse ones and one-hot ones, against plain loops and by their moments.
 *
 * Moments are held to five standard errors, with fixed seeds. What theory says of such inputs, network by network, is in
 * tests/js/inputs.test.js. No training and no images beyond the order of their numbers.
 */
#include <math.h>
#include <string.h>

#include "../../c/initscope.h"
#include "check.h"

enum { ROWS = 200, VALUES = 301 };

/* A network of one small layer that was started; its input is set if std is 0 or more. */
static net *with_input(uint32_t seed, uint32_t batch, uint32_t values, uint32_t input, const double numbers[3]) {
  net *n = net_new(seed, batch, 1, 1, values, input <= INPUT_UNIFORM ? input : INPUT_NORMAL);
  if (numbers && net_set_input(n, input, numbers[0], numbers[1], numbers[2]) < 0) return net_free(n), NULL;
  net_add_dense(n, 4, 0, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 1, 1);
  net_start(n);
  return n;
}

static float number_at(const net *n, uint32_t row, uint32_t column) {
  return net_tensor(n, TENSOR_ACTIVATIONS)[row * net_stride(n, TENSOR_ACTIVATIONS) + column];
}

/* the mean of x^power over a whole input, less `about` */
static double moment(const net *n, double about, int power) {
  double sum = 0;
  for (uint32_t r = 0; r < ROWS; r++) {
    for (uint32_t c = 0; c < VALUES; c++) sum += pow(number_at(n, r, c) - about, power);
  }
  return sum / ROWS / VALUES;
}

static void shifted_normals(void) {
  const double numbers[3] = {-3.25, 0.7, 0};
  net *plain = with_input(9, ROWS, VALUES, INPUT_NORMAL, NULL), *n = with_input(9, ROWS, VALUES, INPUT_NORMAL, numbers);
  int same = 0;
  for (uint32_t r = 0; r < ROWS; r++) {
    for (uint32_t c = 0; c < VALUES; c++) {
      volatile float scaled = number_at(plain, r, c) * 0.7f; /* no fused multiply-add */
      same += number_at(n, r, c) == scaled + -3.25f;
    }
  }
  CHECK(same == ROWS * VALUES, "a normal input is mean + std times the noise of the standard one", "%d of %d", same,
        ROWS * VALUES);
  net_free(plain);
  net_free(n);
}

/* the std of x is known to s / sqrt(2 N) for normals and s sqrt(0.2 / N) for uniforms, as E x^4 is 3 s^4 and 1.8 s^4 */
static void moments(void) {
  const struct {
    uint32_t input;
    double numbers[3], lo, hi;
  } kinds[] = {
      {INPUT_UNIFORM, {0.5, 0.28867513459481287, 0}, 0, 1},
      {INPUT_UNIFORM, {127.5, 73.612159321677279, 0}, 0, 255},
      {INPUT_NORMAL, {1000, 3, 0}, 979, 1021},
      {INPUT_UNIFORM, {2, 0, 0}, 2, 2},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    net *n = with_input(3, ROWS, VALUES, kinds[i].input, kinds[i].numbers);
    double mean = kinds[i].numbers[0], std = kinds[i].numbers[1], count = (double)ROWS * VALUES;
    double found = moment(n, 0, 1), spread = sqrt(moment(n, mean, 2));
    int inside = 1;
    for (uint32_t r = 0; r < ROWS; r++) {
      for (uint32_t c = 0; c < VALUES; c++)
        inside &= (double)number_at(n, r, c) >= kinds[i].lo && (double)number_at(n, r, c) <= kinds[i].hi;
    }
    CHECK(fabs(found - mean) <= 5 * std / sqrt(count) && fabs(spread - std) <= 5 * std / sqrt(2 * count) && inside,
          "an input has the mean, the std and the range that were asked for", "%.6g and %.6g", found, spread);
    net_free(n);
  }
}

static void sparse(void) {
  const double numbers[3] = {0, 2, 0.85};
  net *plain = with_input(5, ROWS, VALUES, INPUT_NORMAL, NULL), *n = with_input(5, ROWS, VALUES, INPUT_SPARSE, numbers);
  int zeros = 0, other = 0, count = ROWS * VALUES;
  float scale = (float)(2 / sqrt(1 - 0.85));
  for (uint32_t r = 0; r < ROWS; r++) {
    for (uint32_t c = 0; c < VALUES; c++) {
      float x = number_at(n, r, c);
      zeros += x == 0;
      other += x != 0 && x != number_at(plain, r, c) * scale;
    }
  }
  /* of the mean square, 4: (3 / (1 - zeros) - 1) 4^2 / N is its variance */
  double square = moment(n, 0, 2), error = 4 * sqrt((3 / 0.15 - 1) / count);
  CHECK(fabs(zeros - 0.85 * count) < 5 * sqrt(0.85 * 0.15 * count) && other == 0,
        "a number of a sparse input is 0 with the probability that was asked for, or else normal", "%d of %d", zeros,
        count);
  CHECK(fabs(square - 4) < 5 * error, "the std of a sparse input is that of all its numbers", "%.4f", square);
  net_free(plain);
  net_free(n);
}

static void one_hot(void) {
  enum { CLASSES = 10, MANY = 1000 };
  const double none[3] = {0, 0, 0};
  net *n = with_input(6, MANY, CLASSES, INPUT_ONE_HOT, none);
  int counts[CLASSES] = {0}, right = 0;
  for (uint32_t r = 0; r < MANY; r++) {
    double sum = 0;
    for (uint32_t c = 0; c < CLASSES; c++) {
      sum += fabs(number_at(n, r, c));
      counts[c] += number_at(n, r, c) == 1;
    }
    right += sum == 1;
  }
  double worst = 0; /* each is binomial with the std sqrt(1000 x 0.1 x 0.9) = 9.49 */
  for (int c = 0; c < CLASSES; c++) worst = worse(worst, fabs(counts[c] - 100.0) / 9.49);
  CHECK(right == MANY && worst < 4, "one number of a one-hot input is 1, and each is as likely", "%.2f std", worst);
  net_free(n);
}

/* rows that both networks have are the same, and images have the numbers of vectors */
static void by_place(void) {
  const struct {
    uint32_t input;
    double numbers[3];
  } kinds[] = {
      {INPUT_NORMAL, {1, 2, 0}}, {INPUT_UNIFORM, {1, 2, 0}}, {INPUT_SPARSE, {0, 1, 0.5}}, {INPUT_ONE_HOT, {0}}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    net *few = with_input(8, 3, 75, kinds[i].input, kinds[i].numbers);
    net *many = with_input(8, 130, 75, kinds[i].input, kinds[i].numbers);
    net *images = net_new(8, 3, 5, 5, 3, INPUT_NORMAL);
    net_set_input(images, kinds[i].input, kinds[i].numbers[0], kinds[i].numbers[1], kinds[i].numbers[2]);
    net_add_conv(images, 1, 1, 2, 1, PADDING_VALID, 1, 0);
    net_start(images);
    const float *drawn = net_tensor(images, TENSOR_ACTIVATIONS);
    int differ = 0;
    for (uint32_t r = 0; r < 3; r++) {
      for (uint32_t c = 0; c < 75; c++) {
        differ += number_at(few, r, c) != number_at(many, r, c);
        differ += number_at(few, r, c) != drawn[r * net_stride(images, TENSOR_INPUT) + c];
      }
    }
    CHECK(differ == 0, "an input is a function of seed, example and place", "%s", differ ? "it differs" : "the same");
    net_free(few);
    net_free(many);
    net_free(images);
  }
}

static void refusals(void) {
  const double nan = (double)NAN;
  const struct {
    uint32_t input;
    double numbers[3];
  } bad[] = {
      {INPUT_GIVEN, {0, 1, 0}},       {INPUT_COUNT, {0, 1, 0}},     {INPUT_NORMAL, {1000001, 1, 0}},
      {INPUT_NORMAL, {nan, 1, 0}},    {INPUT_NORMAL, {0, -1, 0}},   {INPUT_UNIFORM, {0, 1000001, 0}},
      {INPUT_UNIFORM, {0, nan, 0}},   {INPUT_NORMAL, {0, 1, 0.5}},  {INPUT_SPARSE, {1, 1, 0.5}},
      {INPUT_SPARSE, {0, 1, 0.9991}}, {INPUT_SPARSE, {0, 1, -0.1}}, {INPUT_SPARSE, {0, 1, nan}},
      {INPUT_ONE_HOT, {0, 1, 0}},     {INPUT_ONE_HOT, {1, 0, 0}},
  };
  net *n = net_new(1, 2, 1, 1, 3, INPUT_UNIFORM), *given = net_new(1, 2, 1, 1, 3, INPUT_GIVEN);
  int refused = 0, count = (int)(sizeof bad / sizeof *bad);
  for (int i = 0; i < count; i++)
    refused +=
        net_set_input(n, bad[i].input, bad[i].numbers[0], bad[i].numbers[1], bad[i].numbers[2]) == NET_ERROR_RANGE;
  net_add_dense(n, 1, 0, POOL_FLATTEN);
  net_start(n);
  int standard = fabsf(number_at(n, 0, 0)) < 1.7321f && !net_new(1, 2, 1, 1, 3, INPUT_SPARSE);
  CHECK(refused == count && standard, "a refused input leaves the one before it", "%d of %d", refused, count);
  int late = net_set_input(n, INPUT_NORMAL, 0, 1, 0), other = net_set_input(given, INPUT_NORMAL, 0, 1, 0);
  CHECK(late == NET_ERROR_ORDER && other == NET_ERROR_ORDER, "a given input, or one that was drawn, cannot be set",
        "%d and %d", late, other);
  net_free(n);
  net_free(given);
}

static void begins_theory(void) {
  const double unit[3] = {0.5, 0.28867513459481287, 0}, none[3] = {0, 0, 0};
  net *n = with_input(1, 64, 300, INPUT_UNIFORM, unit);
  net_step(n);
  const double *theory = net_theory(n, 1);
  CHECK(fabs(theory[THEORY_Z_SQUARE] - 1 / 3.0) < 1e-12 && fabs(theory[THEORY_Z_CORRELATION] - 0.75) < 1e-12,
        "of numbers from 0 to 1 the mean square is 1/3, and two inputs have the correlation 3/4", "%.4f and %.4f",
        theory[THEORY_Z_SQUARE], theory[THEORY_Z_CORRELATION]);
  net_free(n);
  n = with_input(1, 64, 8, INPUT_ONE_HOT, none);
  net_step(n);
  theory = net_theory(n, 1);
  CHECK(fabs(theory[THEORY_Z_SQUARE] - 0.125) < 1e-12 && theory[THEORY_Z_CORRELATION] == 0.125 &&
            theory[THEORY_Z_NORMAL] == 1,
        "two one-hot inputs are equal with the chance 1 / classes, and orthogonal otherwise", "%g",
        theory[THEORY_Z_CORRELATION]);
  net_free(n);
}

/* layers are taken over only where the inputs are the same */
static void resumes(void) {
  const double numbers[3] = {1, 2, 0}, others[3] = {1, 2.5, 0};
  int taken[2];
  for (int i = 0; i < 2; i++) {
    net *nets[2];
    for (int k = 0; k < 2; k++) {
      const double *own = i && k ? others : numbers;
      nets[k] = net_new(1, 4, 1, 1, 9, INPUT_NORMAL);
      net_set_input(nets[k], INPUT_NORMAL, own[0], own[1], own[2]);
      for (int l = 0; l < 3; l++) net_add_dense(nets[k], 9, 1, POOL_FLATTEN);
      net_set_loss(nets[k], LOSS_RANDOM);
      net_start(nets[k]);
    }
    while (net_step(nets[0]) > 0) {}
    taken[i] = net_resume(nets[1], nets[0]);
    net_free(nets[0]);
    net_free(nets[1]);
  }
  CHECK(taken[0] == 2 && taken[1] == 0, "layers of another net are taken over only if its input is the same",
        "%d and %d layers", taken[0], taken[1]);
}

int main(void) {
  shifted_normals();
  moments();
  sparse();
  one_hot();
  by_place();
  refusals();
  begins_theory();
  resumes();
  return check_failures != 0;
}
