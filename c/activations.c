/* activations.c: the table of activations: name, phi, phi', and what counts as saturated.
 *
 * Each phi and phi' is written once, four floats at a time, and the table makes from it the loop over a vector, so that
 * nothing is called per value. Where a formula has e^z, it is written with e^-|z|, which cannot overflow and keeps its
 * relative accuracy in the tail; z is cut off where phi has long reached its limit, so that no infinity meets a 0.
 */
#include "activations.h"

#include "initscope.h"
#include "vecmath.h"

/* Klambauer et al. 2017, "Self-normalizing neural networks", equation 2 and section 2 */
#define SELU_SCALE 1.0507009873554805f
#define SELU_SLOPE 1.7580993408473766f /* scale times alpha */
#define INFINITE __builtin_inf()
#define NONE __builtin_nan("")

VEC_INLINE f32x4 one(void) { return vec_set(1); }
VEC_INLINE f32x4 zero(void) { return vec_set(0); }

/* NaN where z is NaN, else v: for slopes that are constants */
VEC_INLINE f32x4 unless_nan(f32x4 z, f32x4 v) { return vec_select(z == z, v, z); }

/* z within +-128, where e^-|z| is 0 */
VEC_INLINE f32x4 cut(f32x4 z) { return vec_max(vec_set(-128), vec_min(vec_set(128), z)); }

VEC_INLINE f32x4 exp_minus_abs(f32x4 z) { return vec_exp(zero() - vec_abs(z)); }

VEC_INLINE f32x4 linear(f32x4 z) { return z; }
VEC_INLINE f32x4 linear_slope(f32x4 z) { return unless_nan(z, one()); }

VEC_INLINE f32x4 relu(f32x4 z) { return vec_max(zero(), z); }
VEC_INLINE f32x4 relu_slope(f32x4 z) { return unless_nan(z, vec_select(z > zero(), one(), zero())); }

VEC_INLINE f32x4 leaky_relu(f32x4 z) { return vec_select(z > zero(), z, vec_set(0.01f) * z); }
VEC_INLINE f32x4 leaky_relu_slope(f32x4 z) { return unless_nan(z, vec_select(z > zero(), one(), vec_set(0.01f))); }

/* 1 / cosh^2 rather than 1 - tanh^2, which loses the tail */
VEC_INLINE f32x4 tanh_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z + z);
  f32x4 d = one() + e;
  return vec_set(4) * e / (d * d);
}

VEC_INLINE f32x4 sigmoid(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  return vec_select(z < zero(), e, one()) / (one() + e);
}
VEC_INLINE f32x4 sigmoid_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 d = one() + e;
  return e / (d * d);
}

VEC_INLINE f32x4 elu(f32x4 z) { return vec_select(z > zero(), z, vec_expm1(vec_min(zero(), z))); }
VEC_INLINE f32x4 elu_slope(f32x4 z) { return vec_exp(vec_min(zero(), z)); }

VEC_INLINE f32x4 selu(f32x4 z) {
  return vec_select(z > zero(), vec_set(SELU_SCALE) * z, vec_set(SELU_SLOPE) * vec_expm1(vec_min(zero(), z)));
}
VEC_INLINE f32x4 selu_slope(f32x4 z) {
  return vec_select(z > zero(), vec_set(SELU_SCALE), vec_set(SELU_SLOPE) * vec_exp(vec_min(zero(), z)));
}

/* z Phi(z) = max(z, 0) - |z| Phi(-|z|) (Hendrycks and Gimpel 2016, the exact form) */
VEC_INLINE f32x4 gelu(f32x4 z) {
  f32x4 t = vec_min(vec_set(15), vec_abs(z));
  return vec_max(zero(), z) - t * vec_mills(t) * vec_exp_half_square(t);
}
/* Phi(z) + z Phi'(z) */
VEC_INLINE f32x4 gelu_slope(f32x4 z) {
  f32x4 t = vec_min(vec_set(15), vec_abs(z));
  f32x4 below = vec_exp_half_square(t) * (vec_mills(t) - vec_set(0.398942280f) * t);
  return vec_select(z > zero(), one() - below, below);
}

VEC_INLINE f32x4 silu(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  return vec_select(z > zero(), z, vec_max(vec_set(-128), z) * e) / (one() + e);
}
/* s + z s (1 - s), s the sigmoid */
VEC_INLINE f32x4 silu_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 d = one() + e;
  return (vec_select(z > zero(), one(), e) * d + cut(z) * e) / (d * d);
}

/* tanh(softplus(z)) = n / d: with w = e^z, n = w^2 + 2w and d = n + 2, both divided by w^2 where z > 0. Returns
 * the part of d that is not n, halved (Misra 2019). */
VEC_INLINE f32x4 mish_fraction(f32x4 z, f32x4 e, f32x4 *n, f32x4 *d) {
  f32x4 root = vec_select(e > vec_set(0x1p-60f), e, zero()); /* beside 2e and 1 its square counts for nothing */
  f32x4 square = root * root;
  f32x4 rest = vec_select(z > zero(), square, one());
  *n = vec_select(z > zero(), one(), square) + (e + e);
  *d = *n + (rest + rest);
  return rest;
}
VEC_INLINE f32x4 mish(f32x4 z) {
  f32x4 n, d;
  mish_fraction(z, exp_minus_abs(z), &n, &d);
  return vec_max(vec_set(-128), z) * n / d;
}
/* t + z (1 - t^2) s, t = n / d, s the sigmoid; (1 - t^2) s = 4 w (1 + w) / d^2 where z <= 0 */
VEC_INLINE f32x4 mish_slope(f32x4 z) {
  f32x4 e = exp_minus_abs(z);
  f32x4 n, d;
  f32x4 rest = mish_fraction(z, e, &n, &d);
  f32x4 w = vec_select(z > zero(), rest, e);
  return (n * d + cut(z) * (vec_set(4) * w * (one() + e))) / (d * d);
}

VEC_INLINE f32x4 softplus(f32x4 z) { return vec_max(zero(), z) + vec_log1p(exp_minus_abs(z)); }

VEC_INLINE f32x4 softsign(f32x4 z) {
  f32x4 bound = vec_set(0x1.fffffep127f);
  f32x4 finite = vec_max(zero() - bound, vec_min(bound, z));
  return finite / (one() + vec_abs(finite));
}
VEC_INLINE f32x4 softsign_slope(f32x4 z) {
  f32x4 r = one() / (one() + vec_abs(z));
  return r * r;
}

VEC_INLINE f32x4 hardtanh(f32x4 z) { return vec_max(vec_set(-1), vec_min(one(), z)); }
VEC_INLINE f32x4 hardtanh_slope(f32x4 z) { return unless_nan(z, vec_select(vec_abs(z) < one(), one(), zero())); }

/* name, phi, phi', the range outside of which a unit counts as saturated, and PyTorch's calculate_gain */
#define ACTIVATIONS(ROW)                                                                                               \
  ROW("linear", linear, linear_slope, -INFINITE, INFINITE, 1)                                                          \
  ROW("relu", relu, relu_slope, -INFINITE, INFINITE, 1.4142135623730951)                                               \
  ROW("leaky-relu", leaky_relu, leaky_relu_slope, -INFINITE, INFINITE, 1.4141428569978354)                             \
  ROW("tanh", vec_tanh, tanh_slope, -0.97, 0.97, 5.0 / 3)                                                              \
  ROW("sigmoid", sigmoid, sigmoid_slope, 0.01, 0.99, 1)                                                                \
  ROW("elu", elu, elu_slope, -0.97, INFINITE, NONE)                                                                    \
  ROW("selu", selu, selu_slope, -0.97 * 1.7580993, INFINITE, 0.75)                                                     \
  ROW("gelu", gelu, gelu_slope, -INFINITE, INFINITE, NONE)                                                             \
  ROW("silu", silu, silu_slope, -INFINITE, INFINITE, NONE)                                                             \
  ROW("mish", mish, mish_slope, -INFINITE, INFINITE, NONE)                                                             \
  ROW("softplus", softplus, sigmoid, -INFINITE, INFINITE, NONE)                                                        \
  ROW("softsign", softsign, softsign_slope, -0.97, 0.97, NONE)                                                         \
  ROW("hardtanh", hardtanh, hardtanh_slope, -0.97, 0.97, NONE)                                                         \
  ROW("sin", vec_sin, vec_cos, -INFINITE, INFINITE, NONE)

typedef void loop(const float *z, float *out, size_t n);

#define LOOP(name, f)                                                                                                  \
  static void name(const float *z, float *out, size_t n) {                                                             \
    for (size_t i = 0; i < n; i += 4) vec_store(out + i, f(vec_load(z + i)));                                          \
  }
#define LOOPS(name, value, slope, lo, hi, gain) LOOP(value##_forward, value) LOOP(slope##_of_##value, slope)
ACTIVATIONS(LOOPS)

static const struct {
  const char *name;
  loop *forward, *derivative;
  double lo, hi, gain;
} activations[] = {
#define ENTRY(name, value, slope, lo, hi, gain) {name, value##_forward, slope##_of_##value, lo, hi, gain},
    ACTIVATIONS(ENTRY)};

uint32_t activation_count(void) { return sizeof activations / sizeof *activations; }

const char *activation_name(uint32_t activation) {
  return activation < activation_count() ? activations[activation].name : "";
}
double activation_saturation_lo(uint32_t activation) {
  return activation < activation_count() ? activations[activation].lo : 0;
}
double activation_saturation_hi(uint32_t activation) {
  return activation < activation_count() ? activations[activation].hi : 0;
}

double activation_pytorch_gain(uint32_t activation) {
  return activation < activation_count() ? activations[activation].gain : NONE;
}

void activation_forward(uint32_t activation, const float *z, float *a, size_t n) {
  activations[activation].forward(z, a, n);
}
void activation_derivative(uint32_t activation, const float *z, float *slope, size_t n) {
  activations[activation].derivative(z, slope, n);
}

/* z is rounded to float and takes the same path as the tensors do */
static double at(loop *f, double z) {
  float x[4] = {(float)z}, y[4];
  f(x, y, 4);
  return y[0];
}
double activation_value(uint32_t activation, double z) {
  return activation < activation_count() ? at(activations[activation].forward, z) : NONE;
}
double activation_slope(uint32_t activation, double z) {
  return activation < activation_count() ? at(activations[activation].derivative, z) : NONE;
}
