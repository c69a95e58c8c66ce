/* matrix.c: weights that are made as one matrix: orthogonal, identity and sparse. The others are in odd.c.
 *
 * Orthogonal is Householder QR in double. Of R only the signs of its diagonal are kept. A reflection is a vector v of
 * squared length 2: H = I - v v^T. Reflections go through memory in groups: the later ones of a group see the earlier
 * ones through the products of their vectors. A batch of columns is done before the next: so the work has parts, and
 * nothing but `work` lives from one to the next. This is no general QR. It does not allocate, uses no libm and sums in a
 * fixed order: the same bits natively and in WebAssembly.
 */
#include "matrix.h"

#include <string.h>

#include "vec.h"

enum {
  GROUP = 4, /* reflections applied in one pass */
  BATCH = 16, /* columns reflected in one pass: with a group of reflections, what a second-level cache holds */
  PART = 1 << 27, /* products of two doubles in a part; they take about twice as long as those of floats */
  DRAWN = 8, /* drawing a number takes as long as so many products */
  ZEROS = 0x7a65726f /* "zero": the places of the zeros come from stream ^ ZEROS, the values from the stream itself */
};

/* The taller of W and its transpose is (m, n); its element (i, j) is out[i * row_step + j * column_step]. In v and q a
 * column is contiguous, and 0 from m to height. The columns of v from n on are 0: they reflect nothing. */
typedef struct {
  size_t m, n, height, columns; /* height and columns are m and n rounded up to whole groups */
  size_t row_step, column_step;
  double *v; /* (columns, height): reflections, from the first row of their group on, 0 above their diagonal */
  double *gram; /* (columns / GROUP, GROUP, GROUP): dot products of a group's reflections */
  double *signs; /* (columns): signs of the diagonal of R */
  double *q; /* (BATCH, height): columns of Q */
} factor;

static factor factor_of(size_t rows, size_t cols, size_t stride) {
  int wide = cols > rows;
  size_t m = wide ? cols : rows, n = wide ? rows : cols;
  return (factor){.m = m,
                  .n = n,
                  .height = round_up(m, GROUP),
                  .columns = round_up(n, GROUP),
                  .row_step = wide ? 1 : stride,
                  .column_step = wide ? stride : 1};
}

size_t matrix_work(size_t rows, size_t cols) {
  factor f = factor_of(rows, cols, 0);
  return (f.columns + BATCH) * f.height + f.columns * (GROUP + 1);
}

VEC_INLINE f64x2 load(const double *p) {
  f64x2 v;
  memcpy(&v, p, sizeof v);
  return v;
}
VEC_INLINE void store(double *p, f64x2 v) { memcpy(p, &v, sizeof v); }

static double dot(const double *a, const double *b, size_t n) {
  f64x2 sum = {0, 0};
  for (size_t i = 0; i < n; i += 2) sum += load(a + i) * load(b + i);
  return sum[0] + sum[1];
}

static void subtract(double *c, const double *v, double times, size_t n) {
  for (size_t i = 0; i < n; i += 2) store(c + i, load(c + i) - load(v + i) * times);
}

/* products[k][j] = v_k . c_j for GROUP columns v and two columns c, of n rows each, `height` apart */
static void project(const double *v, const double *c, size_t height, size_t n, double products[GROUP][2]) {
  f64x2 sums[GROUP][2] = {{{0, 0}}};
  for (size_t i = 0; i < n; i += 2) {
    f64x2 first = load(c + i), second = load(c + height + i);
    for (size_t k = 0; k < GROUP; k++) {
      f64x2 reflection = load(v + k * height + i);
      sums[k][0] += reflection * first;
      sums[k][1] += reflection * second;
    }
  }
  for (size_t k = 0; k < GROUP; k++) {
    for (size_t pair = 0; pair < 2; pair++) products[k][pair] = sums[k][pair][0] + sums[k][pair][1];
  }
}

/* c_j -= the sum over k of v_k times[k][j] */
static void subtract_group(double *c, const double *v, size_t height, size_t n, double times[GROUP][2]) {
  for (size_t i = 0; i < n; i += 2) {
    f64x2 first = load(c + i), second = load(c + height + i);
    for (size_t k = 0; k < GROUP; k++) {
      f64x2 reflection = load(v + k * height + i);
      first -= reflection * times[k][0];
      second -= reflection * times[k][1];
    }
    store(c + i, first);
    store(c + height + i, second);
  }
}

/* Reflects two columns by the group's vectors, in order or backwards. After H_0 .. H_k-1 the product with v_k is v_k .
 * c minus (v_k . v_l) times[l], for every l before k. */
static void reflect(const factor *f, size_t group, int backwards, double *columns) {
  size_t from = group * GROUP, n = f->height - from;
  const double *v = f->v + from * f->height + from, *gram = f->gram + from * GROUP;
  double times[GROUP][2];
  project(v, columns + from, f->height, n, times);
  for (size_t i = 1; i < GROUP; i++) {
    size_t k = backwards ? GROUP - 1 - i : i;
    for (size_t j = 0; j < i; j++) {
      size_t before = backwards ? GROUP - 1 - j : j;
      for (size_t pair = 0; pair < 2; pair++) times[k][pair] -= gram[k * GROUP + before] * times[before][pair];
    }
  }
  subtract_group(columns + from, v, f->height, n, times);
}

/* Turns a column into the reflection that sends its part from `diagonal` on to (R, 0, ..., 0), |R| the part's length.
 * Returns the sign of R: the one that does not cancel the first element of v. */
static double make_reflection(double *column, size_t from, size_t diagonal, size_t height) {
  for (size_t i = from; i < diagonal; i++) column[i] = 0;
  double length = __builtin_sqrt(dot(column + from, column + from, height - from));
  double first = column[diagonal], sign = first > 0 ? -1 : 1;
  if (length > 0) {
    double scale = 1 / __builtin_sqrt(length * (length - sign * first));
    column[diagonal] = first - sign * length;
    for (size_t i = diagonal; i < height; i++) column[i] *= scale;
  }
  return sign;
}

/* makes the reflections of a group, from columns that all groups before it have reflected */
static void make_group(const factor *f, size_t group) {
  size_t from = group * GROUP, n = f->height - from;
  double *v = f->v + from * f->height, *gram = f->gram + from * GROUP;
  for (size_t k = 0; k < GROUP; k++) {
    double *column = v + k * f->height;
    for (size_t l = 0; l < k; l++) {
      const double *before = v + l * f->height + from;
      subtract(column + from, before, dot(before, column + from, n), n);
    }
    f->signs[from + k] = make_reflection(column, from, from + k, f->height);
    for (size_t l = 0; l < k; l++) {
      gram[k * GROUP + l] = gram[l * GROUP + k] = dot(v + l * f->height + from, column + from, n);
    }
  }
}

/* Reads the columns from `start` on, and decomposes them. They look back at all reflections before them: these are read
 * once a batch, and only the batch is written. */
static void decompose(const factor *f, size_t start, const float *normals) {
  size_t end = smaller(start + BATCH, f->columns), filled = smaller(end, f->n);
  memset(f->v + start * f->height, 0, sizeof(double) * (end - start) * f->height);
  for (size_t i = 0; i < f->m; i++) {
    for (size_t j = start; j < filled; j++) {
      f->v[j * f->height + i] = (double)normals[i * f->row_step + j * f->column_step];
    }
  }
  for (size_t group = 0; group * GROUP < end; group++) {
    if (group * GROUP >= start) make_group(f, group);
    size_t next = larger(start, (group + 1) * GROUP);
    for (size_t j = next; j < end; j += 2) reflect(f, group, 0, f->v + j * f->height);
  }
}

/* Column j of gain Q D, D the signs, is H_0 H_1 .. H_j applied to gain D e_j: later reflections do not change it. */
static void form_columns(const factor *f, size_t start, double gain, float *out) {
  size_t end = smaller(start + BATCH, f->columns), filled = smaller(end, f->n);
  memset(f->q, 0, sizeof(double) * BATCH * f->height);
  for (size_t j = start; j < end; j++) f->q[(j - start) * f->height + j] = f->signs[j] * gain;
  for (size_t group = end / GROUP; group-- > 0;) {
    size_t first = larger(start, group * GROUP);
    for (size_t j = first; j < end; j += 2) reflect(f, group, 1, f->q + (j - start) * f->height);
  }
  for (size_t i = 0; i < f->m; i++) {
    for (size_t j = start; j < filled; j++) {
      out[i * f->row_step + j * f->column_step] = (float)f->q[(j - start) * f->height + i];
    }
  }
}

/* All batches are decomposed, and then all are formed: so they are counted twice. */
static size_t count_batches(const factor *f) { return (f->n + BATCH - 1) / BATCH; }

/* about how many products a batch takes: each reflection goes over its columns twice, from its own row on */
static size_t batch_products(const factor *f, size_t batch) {
  size_t end = smaller((batch % count_batches(f) + 1) * BATCH, f->columns), drawn = batch == 0 ? f->m * f->n : 0;
  return DRAWN * drawn + 2 * BATCH * end * (f->height - end / 2);
}

/* the end of the part that begins with this batch: one batch at least */
static size_t part_end(const factor *f, size_t batch) {
  size_t products = batch_products(f, batch++);
  while (batch < 2 * count_batches(f) && (products += batch_products(f, batch)) <= PART) batch++;
  return batch;
}

uint32_t matrix_parts(size_t rows, size_t cols, uint32_t done) {
  factor f = factor_of(rows, cols, 0);
  uint32_t parts = 0;
  for (size_t batch = done; batch < 2 * count_batches(&f); batch = part_end(&f, batch)) parts++;
  return parts;
}

uint32_t matrix_orthogonal(const noise_key *key, size_t rows, size_t cols, double gain, const target *out, double *work,
                           uint32_t done) {
  float *w = out->values;
  factor f = factor_of(rows, cols, out->stride);
  f.v = work;
  f.gram = f.v + f.columns * f.height;
  f.signs = f.gram + f.columns * GROUP;
  f.q = f.signs + f.columns;
  for (size_t panel = 0; done == 0 && panel * PANEL < cols; panel++) {
    rng_normal(key, &(strip){0, rows, panel}, 1, &(target){w + panel * PANEL, out->stride});
  }
  size_t batches = count_batches(&f), end = part_end(&f, done);
  for (size_t batch = done; batch < end; batch++) {
    if (batch < batches) {
      decompose(&f, batch * BATCH, w);
      continue;
    }
    if (batch == batches) memset(w, 0, sizeof(float) * rows * out->stride);
    form_columns(&f, (batch - batches) * BATCH, gain, w);
  }
  return (uint32_t)end;
}

void matrix_identity(size_t rows, size_t cols, double scale, const target *out) {
  memset(out->values, 0, sizeof(float) * rows * out->stride);
  for (size_t i = 0; i < smaller(rows, cols); i++) out->values[i * out->stride + i] = (float)scale;
}

/* Selection sampling (Fan, Muller & Rezucha 1962; Knuth 3.4.2, Algorithm S): a column becomes 0 with probability (zeros
 * left to place) / (columns left). That places exactly the right number, and every set of places is as likely. */
static void place_zeros(const float *uniform, size_t column, size_t cols, size_t *left, float *out) {
  for (size_t c = 0; c < PANEL; c++) {
    size_t columns_left = column + c < cols ? cols - column - c : 0;
    int chosen = ((double)uniform[c] + 1) / 2 * (double)columns_left < (double)*left;
    *left -= (size_t)chosen;
    if (chosen || columns_left == 0) out[c] = 0;
  }
}

void matrix_sparse(const noise_key *key, size_t rows, size_t cols, double sparsity, double std, const target *out) {
  size_t stride = out->stride;
  noise_key places = {key->seed, key->stream ^ ZEROS};
  size_t zeros = (size_t)(sparsity * (double)cols);
  zeros += (double)zeros < sparsity * (double)cols;
  for (size_t row = 0; row < rows; row += TILE) {
    size_t count = smaller(TILE, rows - row), left[TILE] = {zeros, zeros, zeros, zeros};
    for (size_t column = 0; column < stride; column += PANEL) {
      float uniforms[TILE * PANEL], *values = out->values + row * stride + column;
      strip part = {row, count, column / PANEL};
      rng_normal(key, &part, (float)std, &(target){values, stride});
      rng_uniform(&places, &part, 1, &(target){uniforms, PANEL});
      for (size_t r = 0; r < count; r++) place_zeros(uniforms + r * PANEL, column, cols, &left[r], values + r * stride);
    }
  }
}
