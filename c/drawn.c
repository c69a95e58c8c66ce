/* drawn.c: draws in number formats of 16 bits as libraries do: which values there are, and with what chances.
 *
 * A value is factor times a unit, finished. The unit is a value of the float32 generator, or one of the 128 that a library's
 * generator of 16 bits gives. Rounding is to nearest, ties to even. No libm: native code and WebAssembly give the same
 * bits. The order of operations is that of the libraries, each rounded to bfloat16: JAX 0.12.0.1 (jax.nn.initializers,
 * jax.random), PyTorch 2.15.0 on a CPU (Tensor.uniform_, Tensor.normal_) and tinygrad 0.14.0 with DEFAULT_FLOAT=BFLOAT16
 * (Tensor.uniform, Tensor.normal).
 *
 * JAX and tinygrad take as many random bits as bfloat16 has after its leading one: 7. So U(0, 1) is k / 128, and never
 * reaches 1: a uniform on (-b, b) has the mean -b / 128. JAX's normals are sqrt(2) erfinv(u) of such a uniform u, so there
 * are 128 of them too. PyTorch and tinygrad draw normals in float32.
 */
#include "drawn.h"

#include "vecmath.h"

enum { CELLS = 128 };

/* spread.unit */
enum {
  UNIT_FLOAT, /* as in float32 */
  UNIT_ROUNDED, /* that, rounded to bfloat16 */
  UNIT_CELLS, /* k / 128, k = 0 to 127 */
  UNIT_TABLE /* one of JAX's 128 values of the distribution */
};

/* spread.finish */
enum {
  FINISH_NONE,
  FINISH_HALF, /* round to float16 */
  FINISH_BFLOAT, /* round to bfloat16 */
  FINISH_WRAP, /* the same; the upper bound becomes the lower one */
  FINISH_SHIFT /* round, take the bound away, round again */
};

#define SQRT_2 1.4142135623730951

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
static float of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static float to_bfloat(float x) {
  uint32_t bits = bits_of(x);
  return of_bits((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
}

/* Below 2^-14 the values of float16 are multiples of 2^-24: so many as float32 has from 1/2 on. From 65520 on it has
 * none. */
static float to_half(float x) {
  float size = __builtin_fabsf(x), rounded;
  if (size < 0x1p-14f)
    rounded = (size + 0.5f) - 0.5f;
  else if (size >= 65520)
    rounded = (float)__builtin_inf();
  else
    rounded = of_bits((bits_of(size) + 0xfff + (bits_of(size) >> 13 & 1)) & ~0x1fffu);
  return __builtin_copysignf(rounded, x);
}

/* the next value of bfloat16 towards 0 from a positive one */
static float below_bfloat(float x) { return of_bits(bits_of(x) - 0x10000); }

static float finished(const spread *values, float x) {
  if (values->finish == FINISH_NONE) return x;
  if (values->finish == FINISH_HALF) return to_half(x);
  float rounded = to_bfloat(x), bound = to_bfloat((float)values->bound);
  int positive = values->distribution == DISTRIBUTION_UNIFORM_POSITIVE;
  if (values->finish == FINISH_WRAP && rounded == bound) return positive ? 0 : -bound;
  return values->finish == FINISH_SHIFT ? to_bfloat(rounded - bound) : rounded;
}

/* erfinv(u) for bfloat16 u, rounded */
static float inverse_erf(float u) {
  f32x4 size = vec_set(__builtin_fabsf(u));
  return to_bfloat(u * vec_erfinv_slope(1.0f - size)[0]);
}

/* erf(x), x > 0 */
static float error_function(float x) {
  f32x4 z = vec_set((float)SQRT_2 * x);
  return 1 - (2.0f * vec_mills(z) * vec_exp_half_square(z))[0];
}

/* jax.random.uniform on (from, to), for the k-th of the 128 random numbers */
static float jax_uniform(uint32_t k, float from, float to) {
  float u = to_bfloat(to_bfloat((float)k / CELLS * to_bfloat(to - from)) + from);
  return u < from ? from : u;
}

/* jax.nn.initializers multiplies sqrt(2) by the std first. So here it is left out. */
static float jax_normal(uint32_t k) { return inverse_erf(jax_uniform(k, -below_bfloat(1), 1)); }

/* jax.random.truncated_normal: cut at -c and c, and kept inside */
static float jax_truncated(uint32_t k, float c) {
  float root = to_bfloat((float)SQRT_2), most = below_bfloat(c);
  float end = to_bfloat(error_function(to_bfloat(c / root)));
  float u = jax_uniform(k, -end, end);
  float z = __builtin_fabsf(u) < 1 ? to_bfloat(root * inverse_erf(u)) : u * most;
  return z > most ? most : z < -most ? -most : z;
}

/* The unit for the first seven bits of a random word: so that the same seed gives, as nearly as may be, the values that it
 * gives in float32. There a word is a signed number; of a truncated normal the other bits say how far out it lies. */
static float unit_of(const spread *values, uint32_t bits) {
  uint32_t k = bits ^ CELLS / 2;
  if (values->unit == UNIT_CELLS)
    return (float)(values->distribution == DISTRIBUTION_UNIFORM_POSITIVE ? bits : k) / CELLS;
  switch (values->distribution) {
    case DISTRIBUTION_UNIFORM: return jax_uniform(k, -1, 1);
    case DISTRIBUTION_NORMAL: return jax_normal(k);
    default: return jax_truncated(bits < CELLS / 2 ? CELLS - 1 - bits : bits - CELLS / 2, (float)values->cut);
  }
}

/* the same without a format */
static spread in_float(const spread *values) {
  spread plain = *values;
  plain.unit = plain.finish = 0;
  plain.format = NULL;
  return plain;
}

static int is_of_cells(const spread *values) { return values->unit == UNIT_CELLS || values->unit == UNIT_TABLE; }

/* Mean, std and bound of the 128 values. */
static void measure_cells(spread *values) {
  double sum = 0, squares = 0, most = 0;
  for (uint32_t bits = 0; bits < CELLS; bits++) {
    double x = (double)finished(values, (float)values->factor * unit_of(values, bits));
    sum += x / CELLS;
    squares += x * x / CELLS;
    most = __builtin_fmax(most, __builtin_fabs(x));
  }
  values->mean = sum;
  values->std = __builtin_sqrt(__builtin_fmax(0, squares - sum * sum));
  values->bound = most;
}

/* In PyTorch what would round to the upper bound becomes the lower one: u in the last half step, of a step that is the one
 * below the bound. */
static void measure_wrapped(spread *values) {
  double bound = (double)to_bfloat((float)values->bound), step = bound - (double)below_bfloat((float)bound);
  double range = values->bound - (values->distribution == DISTRIBUTION_UNIFORM ? -values->bound : 0);
  double low = values->distribution == DISTRIBUTION_UNIFORM ? -bound : 0;
  double chance = __builtin_fmax(0, values->bound - bound + step / 2) / range;
  values->mean -= chance * (bound - low);
}

/* The std of jax.nn.initializers.variance_scaling, or of normal and truncated_normal, for which it is given. */
static float jax_std(const spread *plain, int by_fan, int truncated) {
  if (!by_fan || plain->distribution == DISTRIBUTION_TRUNCATED_RAW || plain->distribution == DISTRIBUTION_CUT)
    return to_bfloat((float)plain->parent);
  float root = to_bfloat(__builtin_sqrtf(to_bfloat((float)(plain->std * plain->std))));
  return truncated ? to_bfloat(root / to_bfloat((float)STD_CUT_AT_2)) : root;
}

static void as_in_jax(spread *values, const spread *plain, int by_fan) {
  switch (plain->distribution) {
    case DISTRIBUTION_UNIFORM_POSITIVE:
      values->unit = UNIT_CELLS;
      values->factor = to_bfloat((float)plain->bound);
      break;
    case DISTRIBUTION_UNIFORM: {
      float bound = to_bfloat((float)plain->bound), variance = to_bfloat((float)(plain->std * plain->std));
      values->unit = by_fan ? UNIT_TABLE : UNIT_CELLS;
      values->finish = by_fan ? FINISH_BFLOAT : FINISH_SHIFT;
      values->factor = by_fan ? to_bfloat(__builtin_sqrtf(to_bfloat(3 * variance))) : 2 * bound;
      break;
    }
    case DISTRIBUTION_NORMAL:
      values->unit = UNIT_TABLE;
      values->factor = to_bfloat(to_bfloat((float)SQRT_2) * jax_std(plain, by_fan, 0));
      break;
    case DISTRIBUTION_TRUNCATED:
    case DISTRIBUTION_TRUNCATED_RAW:
    case DISTRIBUTION_CUT: {
      double cut = plain->distribution == DISTRIBUTION_CUT ? plain->bound / plain->parent : plain->cut;
      values->unit = UNIT_TABLE;
      values->cut = to_bfloat((float)(cut > 0 ? cut : USUAL_CUT));
      values->factor = jax_std(plain, by_fan, 1);
      break;
    }
    default: break;
  }
}

static void as_in_tinygrad(spread *values, const spread *plain) {
  switch (plain->distribution) {
    case DISTRIBUTION_UNIFORM_POSITIVE:
      values->unit = UNIT_CELLS;
      values->factor = to_bfloat((float)plain->bound);
      break;
    case DISTRIBUTION_UNIFORM:
      values->unit = UNIT_CELLS;
      values->finish = FINISH_SHIFT;
      values->factor = 2 * to_bfloat((float)plain->bound);
      break;
    case DISTRIBUTION_NORMAL:
      values->unit = UNIT_ROUNDED;
      values->factor = to_bfloat((float)plain->parent);
      break;
    default: break;
  }
}

static const value_format sixteen_bits;

static spread unit(const spread *values, float *factor) {
  if (is_of_cells(values)) {
    *factor = (float)values->factor;
    return (spread){.distribution = values->distribution,
                    .unit = values->unit,
                    .factor = 1,
                    .cut = values->cut,
                    .format = &sixteen_bits};
  }
  spread plain = in_float(values), one = spread_unit(&plain, factor);
  if (values->unit == UNIT_ROUNDED) {
    one.finish = FINISH_BFLOAT;
    one.format = &sixteen_bits;
    *factor = (float)values->factor;
  }
  return one;
}

static void finish(const spread *values, size_t rows, size_t cols, const target *out) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c++)
      out->values[r * out->stride + c] = finished(values, out->values[r * out->stride + c]);
  }
}

static void draw_cells(const spread *values, const noise_key *key, const strip *part, const target *out) {
  float table[CELLS];
  for (uint32_t bits = 0; bits < CELLS; bits++)
    table[bits] = finished(values, (float)values->factor * unit_of(values, bits));
  rng_cells(key, part, out);
  for (size_t r = 0; r < part->rows; r++) {
    float *row = out->values + r * out->stride;
    for (size_t c = 0; c < PANEL; c++) row[c] = table[(int32_t)row[c]];
  }
}

static void draw(const spread *values, const noise_key *key, const strip *part, const target *out) {
  if (is_of_cells(values)) {
    draw_cells(values, key, part, out);
    return;
  }
  if (values->unit == UNIT_ROUNDED) {
    float factor;
    spread rounded = unit(values, &factor);
    spread_draw(&rounded, key, part, (part->panel + 1) * PANEL, out);
    for (size_t r = 0; r < part->rows; r++) {
      for (size_t c = 0; c < PANEL; c++) out->values[r * out->stride + c] *= factor;
    }
  } else {
    spread plain = in_float(values);
    spread_draw(&plain, key, part, (part->panel + 1) * PANEL, out);
  }
  finish(values, part->rows, PANEL, out);
}

static const value_format sixteen_bits = {unit, draw, finish};

static int is_uniform(const spread *values) {
  return values->distribution == DISTRIBUTION_UNIFORM || values->distribution == DISTRIBUTION_UNIFORM_POSITIVE;
}

static int is_by_fan(uint32_t mode) {
  return mode == MODE_FAN_IN || mode == MODE_FAN_OUT || mode == MODE_FAN_AVG || mode == MODE_FAN_GEO_AVG;
}

spread drawn_spread(const spread *plain, uint32_t mode, uint32_t format) {
  spread values = *plain;
  values.format = &sixteen_bits;
  values.finish = format == DRAWN_FLOAT16 ? FINISH_HALF : FINISH_BFLOAT;
  if (plain->distribution == DISTRIBUTION_CONSTANT) values.mean = (double)finished(&values, (float)plain->mean);
  if (!(plain->std > 0)) return values;
  if (format == DRAWN_JAX_BFLOAT16) as_in_jax(&values, plain, is_by_fan(mode));
  if (format == DRAWN_TINYGRAD_BFLOAT16) as_in_tinygrad(&values, plain);
  if (format == DRAWN_PYTORCH_BFLOAT16 && is_uniform(plain)) {
    values.finish = FINISH_WRAP;
    measure_wrapped(&values);
  }
  if (is_of_cells(&values)) measure_cells(&values);
  return values;
}

uint32_t drawn_count(const spread *values) {
  float drawn[CELLS];
  uint32_t count = 0;
  for (uint32_t bits = 0; is_of_cells(values) && bits < CELLS; bits++) {
    float x = finished(values, (float)values->factor * unit_of(values, bits));
    uint32_t i = 0;
    while (i < count && drawn[i] != x) i++;
    if (i == count) drawn[count++] = x;
  }
  return count;
}
