/* net.c: a stack of layers, advanced one at a time.
 *
 * Two buffers do for any depth: a_{l-1} and z_l; a_l then takes the place of a_{l-1}. The weights of a layer are
 * drawn a block at a time, straight into the panels that the multiply reads, observed there, and forgotten. What a
 * kind of layer does with its block, and how a scheme, a summary or a random number comes about, is not known here.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "initscope.h"
#include "internal.h"

enum {
  DEPTH = 100,
  BLOCK_ROWS = 256, /* of weights, drawn together: with 64 columns 64 KiB, which a second-level cache holds */
  BLOCK_PANELS = 8,
  BLOCK_FLOATS = BLOCK_ROWS * BLOCK_PANELS * PANEL,
  WEIGHT_ROWS = 64 /* most rows that net_weights gives at once */
};

/* streams of the generator: one a layer for its weights, from 1 on, and one for the input */
enum { STREAM_INPUT = 0 };

static const uint32_t limits[LIMIT_COUNT] = {
    [LIMIT_DEPTH] = DEPTH, [LIMIT_UNITS] = 4096,     [LIMIT_INPUTS] = 1 << 20, [LIMIT_BATCH] = 1024,
    [LIMIT_BINS] = BINS,   [LIMIT_BYTES] = 96 << 20, [LIMIT_SCALE] = 1000000,
};

typedef struct {
  uint32_t inputs, units, activation;
  spread weights;
} layer;

typedef struct {
  double values[SUMMARY_COUNT];
  uint32_t counts[BINS];
} summary;

struct net {
  uint32_t seed, batch, inputs, input;
  uint32_t depth, done; /* layers added, layers stepped */
  layer layers[DEPTH];
  summary summaries[TENSOR_COUNT];
  stats tally;       /* of the tensor under observation */
  stats block_tally; /* of the weights, observed while a layer is multiplied */

  float *memory;    /* one allocation holds what follows; NULL until net_start */
  float *a;         /* (rows, stride of the input or of a layer): a_{l-1}, then a_l */
  float *z;         /* (rows, stride of a layer) */
  float *block;     /* BLOCK_PANELS panels of (BLOCK_ROWS, PANEL) */
  float *weights;   /* (WEIGHT_ROWS, widest stride) */
  uint32_t *alive;  /* a word a column */
};

uint32_t net_limit(uint32_t which) { return which < LIMIT_COUNT ? limits[which] : 0; }

static size_t stride_of(uint32_t units) { return round_up(units, PANEL); }
static int within(uint32_t n, uint32_t limit) { return n >= 1 && n <= limits[limit]; }

net *net_new(uint32_t seed, uint32_t batch, uint32_t inputs, uint32_t input) {
  if (!within(batch, LIMIT_BATCH) || !within(inputs, LIMIT_INPUTS) || input > INPUT_GIVEN) return NULL;
  net *n = calloc(1, sizeof *n);
  if (!n) return NULL;
  n->seed = seed;
  n->batch = batch;
  n->inputs = inputs;
  n->input = input;
  return n;
}

void net_free(net *n) {
  if (!n) return;
  free(n->memory);
  free(n);
}

int net_add_dense(net *n, uint32_t units, uint32_t activation, uint32_t scheme, double value, double gain) {
  if (n->memory) return NET_ERROR_ORDER;
  if (n->depth == DEPTH || !within(units, LIMIT_UNITS) || activation >= activation_count() ||
      !scheme_accepts(scheme, value, gain)) {
    return NET_ERROR_RANGE;
  }
  uint32_t inputs = n->depth ? n->layers[n->depth - 1].units : n->inputs;
  n->layers[n->depth++] = (layer){inputs, units, activation, scheme_spread(scheme, value, gain, inputs, units)};
  return 0;
}

/* floats of each buffer; those of a and z are for one row */
typedef struct {
  size_t a, z, weights, alive;
} sizes;

static sizes sizes_of(const net *n) {
  size_t widest = 0;
  for (uint32_t l = 0; l < n->depth; l++) {
    size_t stride = stride_of(n->layers[l].units);
    if (stride > widest) widest = stride;
  }
  size_t input = stride_of(n->inputs), either = input > widest ? input : widest;
  return (sizes){either, widest, WEIGHT_ROWS * widest, either};
}

uint32_t net_max_batch(const net *n) {
  sizes s = sizes_of(n);
  size_t fixed = sizeof *n + sizeof(float) * (BLOCK_FLOATS + s.weights + s.alive);
  if (fixed >= limits[LIMIT_BYTES]) return 0;
  size_t rows = (limits[LIMIT_BYTES] - fixed) / (sizeof(float) * (s.a + s.z)) / TILE * TILE;
  return rows < limits[LIMIT_BATCH] ? (uint32_t)rows : limits[LIMIT_BATCH];
}

/* rows x cols values of a tensor that is held whole: its moments, then its histogram over its own range */
static void observe(net *n, uint32_t tensor, const float *x, uint32_t cols, double saturation_lo,
                    double saturation_hi) {
  size_t stride = stride_of(cols);
  stats_begin(&n->tally, saturation_lo, saturation_hi);
  memset(n->alive, 0, stride * sizeof *n->alive);
  stats_add(&n->tally, x, n->batch, cols, stride, n->alive);
  stats_end(&n->tally, n->alive, cols, n->summaries[tensor].values, n->summaries[tensor].counts);
}

/* mean square 1 */
static void draw_input(net *n) {
  static const spread kinds[] = {
      [INPUT_NORMAL] = {DISTRIBUTION_NORMAL, 0, 1, 0},
      [INPUT_UNIFORM] = {DISTRIBUTION_UNIFORM, 0, 1, 1.7320508075688772},
  };
  size_t stride = stride_of(n->inputs);
  for (size_t block = 0; block * PANEL < n->inputs; block++) {
    spread_draw(&kinds[n->input], n->seed, STREAM_INPUT, 0, n->batch, block, n->inputs, n->a + block * PANEL, stride);
  }
}

int net_start(net *n) {
  if (n->memory || n->depth == 0) return NET_ERROR_ORDER;
  if (n->batch > net_max_batch(n)) return NET_ERROR_MEMORY;
  sizes s = sizes_of(n);
  size_t rows = round_up(n->batch, TILE);
  float *memory = calloc(rows * (s.a + s.z) + BLOCK_FLOATS + s.weights + s.alive, sizeof(float));
  if (!memory) return NET_ERROR_MEMORY;
  n->memory = memory;
  n->a = memory;
  n->z = n->a + rows * s.a;
  n->block = n->z + rows * s.z;
  n->weights = n->block + BLOCK_FLOATS;
  n->alive = (uint32_t *)(void *)(n->weights + s.weights);
  if (n->input != INPUT_GIVEN) draw_input(n);
  return 0;
}

float *net_input(net *n) { return n->memory && n->input == INPUT_GIVEN && n->done == 0 ? n->a : NULL; }

/* rows x columns of W from (row, first column of panel `panel`) on: drawn into the block, and observed */
static void draw_block(net *n, uint32_t l, size_t row, size_t rows, size_t panel, size_t panels) {
  const layer *of = &n->layers[l - 1];
  for (size_t p = 0; p < panels; p++) {
    float *out = n->block + p * BLOCK_ROWS * PANEL;
    size_t column = (panel + p) * PANEL, left = of->units - column, cols = left < PANEL ? left : PANEL;
    spread_draw(&of->weights, n->seed, l, row, rows, panel + p, of->units, out, PANEL);
    stats_add(&n->block_tally, out, rows, cols, PANEL, n->alive + column);
  }
}

/* z_l = a_{l-1} W_l */
static void multiply(net *n, uint32_t l) {
  const layer *of = &n->layers[l - 1];
  size_t rows = round_up(n->batch, TILE), panels = stride_of(of->units) / PANEL;
  stats_begin(&n->block_tally, (double)-INFINITY, (double)INFINITY);
  memset(n->alive, 0, stride_of(of->units) * sizeof *n->alive);
  for (size_t p = 0; p < panels; p += BLOCK_PANELS) {
    size_t count = panels - p < BLOCK_PANELS ? panels - p : BLOCK_PANELS;
    for (size_t k = 0; k < of->inputs; k += BLOCK_ROWS) {
      size_t depth = of->inputs - k < BLOCK_ROWS ? of->inputs - k : BLOCK_ROWS;
      draw_block(n, l, k, depth, p, count);
      gemm_panels(n->a + k, stride_of(of->inputs), rows, depth, n->block, BLOCK_ROWS * PANEL, count, n->z + p * PANEL,
                  stride_of(of->units), k > 0);
    }
  }
  summary *s = &n->summaries[TENSOR_WEIGHTS];
  stats_end(&n->block_tally, n->alive, of->units, s->values, s->counts);
}

int net_step(net *n) {
  if (!n->memory) return NET_ERROR_ORDER;
  if (n->done == n->depth) return 0;
  if (n->done == 0) observe(n, TENSOR_INPUT, n->a, n->inputs, (double)-INFINITY, (double)INFINITY);
  uint32_t l = n->done + 1;
  const layer *of = &n->layers[l - 1];
  multiply(n, l);
  observe(n, TENSOR_PREACTIVATIONS, n->z, of->units, (double)-INFINITY, (double)INFINITY);
  activation_forward(of->activation, n->z, n->a, round_up(n->batch, TILE) * stride_of(of->units));
  observe(n, TENSOR_ACTIVATIONS, n->a, of->units, activation_saturation_lo(of->activation),
          activation_saturation_hi(of->activation));
  n->done = l;
  return (int)l;
}

static const layer *find(const net *n, uint32_t l) { return l >= 1 && l <= n->depth ? &n->layers[l - 1] : NULL; }

double net_mean(const net *n, uint32_t l) {
  const layer *of = find(n, l);
  return of ? of->weights.mean : (double)NAN;
}
double net_std(const net *n, uint32_t l) {
  const layer *of = find(n, l);
  return of ? of->weights.std : (double)NAN;
}
double net_bound(const net *n, uint32_t l) {
  const layer *of = find(n, l);
  return of ? of->weights.bound : (double)NAN;
}

const double *net_summary(const net *n, uint32_t tensor) {
  return n->done > 0 && tensor < TENSOR_COUNT ? n->summaries[tensor].values : NULL;
}
const uint32_t *net_counts(const net *n, uint32_t tensor) {
  return n->done > 0 && tensor < TENSOR_COUNT ? n->summaries[tensor].counts : NULL;
}

const float *net_tensor(const net *n, uint32_t tensor) {
  if (!n->memory) return NULL;
  if (tensor == TENSOR_ACTIVATIONS) return n->a;
  return tensor == TENSOR_PREACTIVATIONS && n->done > 0 ? n->z : NULL;
}

uint32_t net_stride(const net *n, uint32_t tensor) {
  int is_input = tensor == TENSOR_INPUT || n->done == 0;
  return (uint32_t)stride_of(is_input ? n->inputs : n->layers[n->done - 1].units);
}

const float *net_weights(net *n, uint32_t l, uint32_t row, uint32_t rows) {
  const layer *of = find(n, l);
  if (!of || !n->memory || rows > WEIGHT_ROWS || row > of->inputs || rows > of->inputs - row) return NULL;
  size_t stride = stride_of(of->units);
  for (size_t p = 0; p < stride / PANEL; p++) {
    spread_draw(&of->weights, n->seed, l, row, rows, p, of->units, n->weights + p * PANEL, stride);
  }
  return n->weights;
}
