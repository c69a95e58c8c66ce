/* activations.c: phi and phi' of every activation, and the functions under them, against libm in double.
 *
 * What is checked is agreement with the real functions, over a sweep of all floats. That native code and
 * WebAssembly give the same bits is checked elsewhere, from outside.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "../../c/activations.h"
#include "../../c/initscope.h"
#include "../../c/vecmath.h"
#include "check.h"

/* Floats from 2^-12 to 2^8, where the functions bend, are visited each STRIDE-th, others each COARSE * STRIDE-th.
 * Odd, so that the last bits vary. */
#ifndef STRIDE
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_UNDEFINED__)
#define STRIDE 601
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(undefined_behavior_sanitizer)
#define STRIDE 601
#endif
#endif
#endif
#ifndef STRIDE
#define STRIDE 201
#endif
enum { COARSE = 32, BLOCK = 1024 };

/* The engine's promise: 4 ulp of fp32, enough that no picture shows it, or 2e-7, two roundings of a result of
 * order 1, which is what a difference that crosses 0 (the slopes of gelu, silu, mish) can keep. */
#define TOLERANCE_ULP 4.0
#define TOLERANCE_ABSOLUTE 2e-7

/* a claim about many values holds if none is missed */
static int misses;

#define EXPECT(holds, ...)                                                                                             \
  do {                                                                                                                 \
    if (!(holds)) {                                                                                                    \
      misses++;                                                                                                        \
      printf("  missed: ");                                                                                            \
      printf(__VA_ARGS__);                                                                                             \
      printf("\n");                                                                                                    \
    }                                                                                                                  \
  } while (0)

static void conclude(const char *claim) {
  CHECK(misses == 0, claim, "%d missed", misses);
  misses = 0;
}

/* the references */
static const double selu_scale = 1.0507009873554804934193349852946, selu_alpha = 1.6732632423543772848170429916717;

static double logistic(double z) { return 1 / (1 + exp(-z)); }
static double normal_cdf(double z) { return erfc(-z * M_SQRT1_2) / 2; }
static double linear(double z) { return z; }
static double linear_slope(double z) { return z == z; }
static double relu(double z) { return z > 0 ? z : 0; }
static double relu_slope(double z) { return z > 0; }
static double leaky(double z) { return z > 0 ? z : 0.01 * z; }
static double leaky_slope(double z) { return z > 0 ? 1 : 0.01; }
static double tanh_slope(double z) { return 1 / (cosh(z) * cosh(z)); }
static double logistic_slope(double z) { return logistic(z) * logistic(-z); }
static double elu(double z) { return z > 0 ? z : expm1(z); }
static double elu_slope(double z) { return z > 0 ? 1 : exp(z); }
static double selu(double z) { return selu_scale * (z > 0 ? z : selu_alpha * expm1(z)); }
static double selu_slope(double z) { return selu_scale * (z > 0 ? 1 : selu_alpha * exp(z)); }
static double gelu(double z) { return z * normal_cdf(z); }
static double gelu_slope(double z) { return normal_cdf(z) + z * exp(-z * z / 2) * (M_2_SQRTPI * M_SQRT1_2 / 2); }
static double silu(double z) { return z * logistic(z); }
static double silu_slope(double z) { return logistic(z) + z * logistic_slope(z); }
static double softplus(double z) { return fmax(z, 0) + log1p(exp(-fabs(z))); }
static double mish(double z) { return z * tanh(softplus(z)); }
static double mish_slope(double z) { return tanh(softplus(z)) + z * tanh_slope(softplus(z)) * logistic(z); }
static double softsign(double z) { return z / (1 + fabs(z)); }
static double softsign_slope(double z) { return 1 / ((1 + fabs(z)) * (1 + fabs(z))); }
static double hardtanh(double z) { return fmax(-1, fmin(1, z)); }
static double hardtanh_slope(double z) { return z > -1 && z < 1; }

#define NEVER -INFINITY, INFINITY
typedef struct {
  const char *name;
  double (*value)(double), (*slope)(double);
  double saturation_lo, saturation_hi;
  double value_at[2], slope_at[2]; /* -inf, +inf */
} expectation;
static const expectation promised[] = {
    {"linear", linear, linear_slope, NEVER, {-INFINITY, INFINITY}, {1, 1}},
    {"relu", relu, relu_slope, NEVER, {0, INFINITY}, {0, 1}},
    {"leaky-relu", leaky, leaky_slope, NEVER, {-INFINITY, INFINITY}, {0.01f, 1}},
    {"tanh", tanh, tanh_slope, -0.97, 0.97, {-1, 1}, {0, 0}},
    {"sigmoid", logistic, logistic_slope, 0.01, 0.99, {0, 1}, {0, 0}},
    {"elu", elu, elu_slope, -0.97, INFINITY, {-1, INFINITY}, {0, 1}},
    {"selu", selu, selu_slope, -0.97 * 1.7580993, INFINITY, {-1.7580993f, INFINITY}, {0, 1.050701f}},
    {"gelu", gelu, gelu_slope, NEVER, {0, INFINITY}, {0, 1}},
    {"silu", silu, silu_slope, NEVER, {0, INFINITY}, {0, 1}},
    {"mish", mish, mish_slope, NEVER, {0, INFINITY}, {0, 1}},
    {"softplus", softplus, logistic, NEVER, {0, INFINITY}, {0, 1}},
    {"softsign", softsign, softsign_slope, -0.97, 0.97, {-1, 1}, {0, 0}},
    {"hardtanh", hardtanh, hardtanh_slope, -0.97, 0.97, {-1, 1}, {0, 0}},
    {"sin", sin, cos, NEVER, {NAN, NAN}, {NAN, NAN}},
};
enum { PROMISED = sizeof promised / sizeof *promised, MOST = 64 };

/* What is expected of each row of the engine's table: what is promised above, or for a row that is not there what the
 * row itself says in double. */
static expectation expected[MOST];
static uint32_t count;

static const expectation *find_promised(const char *name) {
  for (size_t i = 0; i < PROMISED; i++) {
    if (!strcmp(promised[i].name, name)) return &promised[i];
  }
  return NULL;
}

static void expect_rows(void) {
  for (count = 0; count < activation_count() && count < MOST; count++) {
    const activation_row *row = &activation_rows[count];
    const expectation *known = find_promised(row->name);
    expected[count] = known ? *known : (expectation){row->name,          NULL,       NULL,      row->saturation_lo,
                                                     row->saturation_hi, {NAN, NAN}, {NAN, NAN}};
  }
}

/* the functions of vecmath.h: name, reference, domain, and the accuracy that it claims there, in ulp */
#define FUNCTIONS(ROW)                                                                                                 \
  ROW(log, log, 0x1p-149, FLT_MAX, 2)                                                                                  \
  ROW(exp, exp, -87.25, 88, 2)                                                                                         \
  ROW(expm1, expm1, -FLT_MAX, 64, 3)                                                                                   \
  ROW(log1p, log1p, 0, 1, 3)                                                                                           \
  ROW(tanh, tanh, -FLT_MAX, FLT_MAX, 4)                                                                                \
  ROW(sin, sin, -FLT_MAX, FLT_MAX, 3)                                                                                  \
  ROW(cos, cos, -FLT_MAX, FLT_MAX, 3)                                                                                  \
  ROW(sin_pi4, sin, -M_PI_4, M_PI_4, 1)                                                                                \
  ROW(cos_pi4, cos, -M_PI_4, M_PI_4, 1)                                                                                \
  ROW(exp_half_square, exp_half_square, 0, 13.2, 2)                                                                    \
  ROW(mills, mills, 0, 15, 5)

static double exp_half_square(double t) { return exp(-t * t / 2); }
static double mills(double t) { return exp(t * t / 2) * normal_cdf(-t); }

VEC_INLINE f32x4 vec_sin_pi4(f32x4 x) {
  f32x4 s, c;
  vec_sincos_pi4(&x, 1, &s, &c);
  return s;
}
VEC_INLINE f32x4 vec_cos_pi4(f32x4 x) {
  f32x4 s, c;
  vec_sincos_pi4(&x, 1, &s, &c);
  return c;
}

typedef void transform(uint32_t which, const float *x, float *y, size_t n);

#define LOOP(name, reference, lo, hi, ulp)                                                                             \
  static void name##_loop(uint32_t unused, const float *x, float *y, size_t n) {                                       \
    (void)unused;                                                                                                      \
    for (size_t i = 0; i < n; i += 4) vec_store(y + i, vec_##name(vec_load(x + i)));                                   \
  }
FUNCTIONS(LOOP)

static const struct {
  const char *name;
  transform *loop;
  double (*reference)(double);
  double lo, hi, ulp;
} functions[] = {
#define ENTRY(name, reference, lo, hi, ulp) {#name, name##_loop, reference, lo, hi, ulp},
    FUNCTIONS(ENTRY)};

/* ulp: the worst error in units in the last place, of results over 1e-35 (the engine may give 0 for what has a
 * subnormal factor); share: in parts of the tolerance, for each value the looser of its two */
typedef struct {
  double ulp, share;
  float ulp_at, share_at;
} worst;

/* of a float near x */
static double ulp_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int exponent = (int)(bits >> 52 & 2047) - 1023;
  bits = (uint64_t)((exponent < -126 ? -126 : exponent) - 23 + 1023) << 52;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static void measure(worst *w, float x, float got, double want) {
  /* what exceeds the largest float may round to infinity, which then stands for 2^128 */
  double error = fabs(fmax(-0x1p128, fmin(0x1p128, got)) - fmax(-0x1p128, fmin(0x1p128, want)));
  if (isnan(got) || isnan(want)) error = INFINITY;
  double ulp = error / ulp_of(want), share = fmin(ulp / TOLERANCE_ULP, error / TOLERANCE_ABSOLUTE);
  if (ulp > w->ulp && fabs(want) > 1e-35) w->ulp = ulp, w->ulp_at = x;
  if (share > w->share) w->share = share, w->share_at = x;
}

/* 0xf9be45p72 is the float closest to a multiple of pi/2 (Muller, "Elementary functions", chapter on range
 * reduction) */
static const float specials[] = {0,  0x1p-149f, FLT_MIN, 0.5f,  1,     15,           400,
                                 88, 104,       128,     1e19f, 3e38f, 0xf9be45p72f, FLT_MAX};
enum { SPECIALS = sizeof specials / sizeof *specials, POINTS_MAX = 560000000 / STRIDE + 2 * SPECIALS + 200000 };
static float points[POINTS_MAX];
static size_t point_count;

static float from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static void make_points(void) {
  for (int sign = -1; sign <= 1; sign += 2) {
    for (size_t i = 0; i < SPECIALS; i++) points[point_count++] = (float)sign * specials[i];
    for (uint32_t bits = 1; bits < 0x7f800000;) {
      float x = from_bits(bits);
      points[point_count++] = (float)sign * x;
      bits += x >= 0x1p-12f && x < 0x1p8f ? STRIDE : STRIDE * COARSE;
    }
  }
  /* each float beside 1, where the logarithm crosses 0 */
  for (uint32_t bits = 0x3f800000 - 60000; bits < 0x3f800000 + 60000; bits++) points[point_count++] = from_bits(bits);
}

/* Compares f(which, x) with the reference at all points in [lo, hi], in place. */
static worst sweep(transform *f, uint32_t which, double (*reference)(double), double lo, double hi) {
  worst w = {0};
  for (size_t i = 0; i < point_count;) {
    float x[BLOCK], y[BLOCK];
    size_t n = 0;
    for (; n < BLOCK && i < point_count; i++) {
      if (points[i] >= lo && points[i] <= hi) x[n++] = points[i];
    }
    size_t used = n;
    while (n % 4) x[n++] = 1;
    memcpy(y, x, sizeof *x * n);
    f(which, y, y, n);
    for (size_t j = 0; j < used; j++) measure(&w, x[j], y[j], reference(x[j]));
  }
  return w;
}

static void check_functions(void) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    worst w = sweep(functions[i].loop, 0, functions[i].reference, functions[i].lo, functions[i].hi);
    printf("   %-16s %.2f ulp at %a\n", functions[i].name, w.ulp, (double)w.ulp_at);
    EXPECT(w.ulp <= functions[i].ulp, "%s claims %g ulp", functions[i].name, functions[i].ulp);
  }
  conclude("the functions of vecmath.h are as accurate as they claim");
}

static void forward(uint32_t activation, const float *z, float *a, size_t n) {
  phi f = phi_find(activation, NAN);
  phi_forward(&f, z, a, n);
}
static void derivative(uint32_t activation, const float *z, float *slope, size_t n) {
  phi f = phi_find(activation, NAN);
  phi_derivative(&f, z, slope, n);
}

static void check_accuracy(void) {
  for (uint32_t i = 0; i < count; i++) {
    worst value = sweep(forward, i, expected[i].value, -FLT_MAX, FLT_MAX);
    worst slope = sweep(derivative, i, expected[i].slope, -FLT_MAX, FLT_MAX);
    printf("   %-10s value %.2f ulp at %g, %.2f of tolerance at %g; slope %.2f ulp at %g, %.2f of tolerance at %g\n",
           expected[i].name, value.ulp, (double)value.ulp_at, value.share, (double)value.share_at, slope.ulp,
           (double)slope.ulp_at, slope.share, (double)slope.share_at);
    EXPECT(value.share <= 1, "value of %s at %a", expected[i].name, (double)value.share_at);
    EXPECT(slope.share <= 1, "slope of %s at %a", expected[i].name, (double)slope.share_at);
  }
  printf("   at %zu points each\n", point_count);
  conclude("each activation and its slope agree with libm to 4 ulp or 2e-7 over all floats");
}

/* The slopes that the sweep trusts are the derivatives of the values that it trusts. With h = 2^-16 the difference
 * is off by h^2 / 6 times the third derivative, below 1e-10, and by the rounding of f, |z| 2^-53 / h, below 2e-10. */
static void check_references(void) {
  const double h = 0x1p-16;
  for (uint32_t i = 0; i < count; i++) {
    double error = 0;
    for (int k = -2000; k < 2000; k++) {
      double z = 0.01 * k - 0.003; /* kinks at 0 and at multiples of 0.01 are 0.003 away or more */
      double difference = (expected[i].value(z + h) - expected[i].value(z - h)) / (2 * h);
      error = fmax(error, fabs(difference - expected[i].slope(z)));
    }
    EXPECT(error < 1e-9, "%s differs by %g", expected[i].name, error);
  }
  conclude("the reference slopes are central differences of the reference values");
}

static int same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static void check_limits(void) {
  for (uint32_t i = 0; i < count; i++) {
    for (int side = 0; find_promised(expected[i].name) && side < 2; side++) {
      double z = side ? INFINITY : -INFINITY;
      double value = activation_value(i, NAN, z), slope = activation_slope(i, NAN, z);
      EXPECT(same(value, expected[i].value_at[side]), "%s(%g) = %g", expected[i].name, z, value);
      EXPECT(same(slope, expected[i].slope_at[side]), "%s'(%g) = %g", expected[i].name, z, slope);
    }
    EXPECT(isnan(activation_value(i, NAN, NAN)), "%s(NaN)", expected[i].name);
    EXPECT(isnan(activation_slope(i, NAN, NAN)), "%s'(NaN)", expected[i].name);
  }
  conclude("infinities give the limits and NaN gives NaN");
}

static void check_kinks(void) {
  static const struct {
    const char *name;
    double z;
    float slope;
  } kinks[] = {
      {"relu", 0, 0},
      {"relu", -0.0, 0},
      {"relu", 0x1p-149, 1},
      {"leaky-relu", 0, 0.01f},
      {"elu", 0, 1},
      {"selu", 0, 1.7580993f},
      {"selu", 0x1p-149, 1.050701f},
      {"hardtanh", 1, 0},
      {"hardtanh", -1, 0},
      {"hardtanh", 0x1.000002p0, 0},
      {"hardtanh", -0x1.fffffep-1, 1},
  };
  for (size_t k = 0; k < sizeof kinks / sizeof *kinks; k++) {
    for (uint32_t i = 0; i < count; i++) {
      if (strcmp(expected[i].name, kinks[k].name)) continue;
      double slope = activation_slope(i, NAN, kinks[k].z);
      EXPECT(slope == (double)kinks[k].slope, "%s'(%a) = %g", kinks[k].name, kinks[k].z, slope);
    }
  }
  conclude("at a kink the slope is that of PyTorch");
}

/* Every activation that has a parameter, with others than its default. */
static double fifth(double z) { return z > 0 ? z : 0.2 * z; }
static double fifth_slope(double z) { return z > 0 ? 1 : 0.2; }
static double elu_3(double z) { return z > 0 ? z : 3 * expm1(z); }
static double elu_3_slope(double z) { return z > 0 ? 1 : 3 * exp(z); }
static double sin_30(double z) { return sin((double)(float)(30 * z)); }
static double sin_30_slope(double z) { return 30 * cos((double)(float)(30 * z)); }

static void check_parameters(void) {
  static const struct {
    const char *name, *parameter;
    double usual, value;
    double (*phi)(double), (*slope)(double);
    double gain;
  } rows[] = {{"leaky-relu", "slope", 0.01, 0.2, fifth, fifth_slope, 1.3867504905630728},
              {"elu", "alpha", 1, 3, elu_3, elu_3_slope, NAN},
              {"sin", "omega", 1, 30, sin_30, sin_30_slope, NAN}};
  int found = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (!*activation_parameter_name(i)) {
      EXPECT(same(activation_value(i, 0.3, 1), activation_value(i, NAN, 1)), "%s has no parameter", expected[i].name);
      EXPECT(activation_parameter_least(i) == 0 && activation_parameter_most(i) == 0, "%s", expected[i].name);
      continue;
    }
    size_t k = 0;
    while (k < sizeof rows / sizeof *rows && strcmp(rows[k].name, expected[i].name) != 0) k++;
    EXPECT(k < sizeof rows / sizeof *rows, "%s has a parameter that is not tested", expected[i].name);
    if (k == sizeof rows / sizeof *rows) continue;
    found++;
    EXPECT(!strcmp(activation_parameter_name(i), rows[k].parameter), "%s", rows[k].name);
    EXPECT(activation_parameter(i) == rows[k].usual, "%s", rows[k].name);
    EXPECT(same(activation_value(i, rows[k].usual, -0.7), activation_value(i, NAN, -0.7)), "%s", rows[k].name);
    EXPECT(same(activation_pytorch_gain(i, rows[k].value), rows[k].gain), "%s", rows[k].name);
    double least = activation_parameter_least(i), most = activation_parameter_most(i);
    EXPECT(!isnan(activation_slope(i, least, 1)) && !isnan(activation_slope(i, most, 1)), "%s", rows[k].name);
    EXPECT(isnan(activation_value(i, least - 1e-9, 1)) && isnan(activation_value(i, most + 1e-9, 1)), "%s",
           rows[k].name);
    for (int step = -4000; step <= 4000; step++) {
      double z = (double)(float)(0.005 * step), value = rows[k].phi(z), slope = rows[k].slope(z);
      double size = fmax(1, fabs(slope)) * 1e-6;
      EXPECT(fabs(activation_value(i, rows[k].value, z) - value) < 1e-6 * fmax(1, fabs(value)), "%s(%g)", rows[k].name,
             z);
      EXPECT(fabs(activation_slope(i, rows[k].value, z) - slope) < size, "%s'(%g)", rows[k].name, z);
    }
  }
  EXPECT(found == 3, "%d", found);
  conclude("activations take another parameter than their default, within its range");
}

static void check_table(void) {
  const uint32_t beyond[] = {count, count + 1, 0x80000000, UINT32_MAX};
  EXPECT(activation_count() == count && count >= PROMISED, "%u", activation_count());
  for (size_t k = 0; k < PROMISED; k++) {
    uint32_t i = 0;
    while (i < count && strcmp(activation_name(i), promised[k].name) != 0) i++;
    EXPECT(i < count, "%s is missing", promised[k].name);
  }
  for (uint32_t i = 0; i < count; i++) {
    EXPECT(find_promised(activation_name(i)), "%s: give it a row in `promised` of tests/c/activations.c",
           activation_name(i));
    double lo = activation_saturation_lo(i), hi = activation_saturation_hi(i), gain = activation_pytorch_gain(i, NAN);
    EXPECT(lo == expected[i].saturation_lo && hi == expected[i].saturation_hi && lo < hi, "%s", expected[i].name);
    EXPECT(isnan(gain) || gain > 0, "%s", expected[i].name);
    EXPECT(activation_rows[i].is_linear == !strcmp(activation_name(i), "linear"), "%s", expected[i].name);
    for (uint32_t j = 0; j < i; j++) EXPECT(strcmp(activation_name(i), activation_name(j)), "%s", expected[i].name);
  }
  for (size_t k = 0; k < sizeof beyond / sizeof *beyond; k++) {
    uint32_t i = beyond[k];
    EXPECT(!*activation_name(i) && activation_saturation_lo(i) == 0 && activation_saturation_hi(i) == 0, "%u", i);
    EXPECT(isnan(activation_value(i, NAN, 1)) && isnan(activation_slope(i, NAN, 1)), "%u", i);
    phi f = phi_find(i, NAN);
    EXPECT(!phi_is_known(&f) && !f.row->is_linear && isnan(activation_pytorch_gain(i, NAN)), "%u", i);
    EXPECT(!*activation_parameter_name(i) && activation_parameter(i) == 0, "%u", i);
  }
  conclude("the table has the names and thresholds that are promised, and nothing beyond");
}

/* what is done for large arguments must not disturb the lanes beside them */
static void check_lanes(void) {
  static const float mixed[8] = {1, 1e30f, NAN, 500, -3e38f, -2, INFINITY, -400};
  for (uint32_t i = 0; i < count; i++) {
    float value[8], slope[8];
    forward(i, mixed, value, 8);
    derivative(i, mixed, slope, 8);
    for (int j = 0; j < 8; j++) {
      double z = (double)mixed[j];
      EXPECT(same((double)value[j], activation_value(i, NAN, z)), "%s(%g)", expected[i].name, z);
      EXPECT(same((double)slope[j], activation_slope(i, NAN, z)), "%s'(%g)", expected[i].name, z);
    }
  }
  conclude("a value does not depend on its neighbours");
}

int main(void) {
  make_points();
  expect_rows();
  check_table();
  check_limits();
  check_kinks();
  check_parameters();
  check_lanes();
  check_references();
  check_functions();
  check_accuracy();
  return check_failures != 0;
}
