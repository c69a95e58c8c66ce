/* network.h: the types that a network is made of, and their inline helpers.
 *
 * It holds no logic: each module that works on a network has a file of its own.
 */
#ifndef NETWORK_H
#define NETWORK_H

#include "initscope.h"
#include "layout.h"
#include "limits.h"
#include "rules.h"
#include "stats.h"
#include "theory.h"

enum { PATCH_FLOATS = SOME_ROWS * BLOCK_ROWS };

/* Images of a batch are (batch, height, width, channels), and a buffer holds a row for each place of each, of stride
 * stride_of(channels). A dense layer's are images of 1 x 1. */
typedef struct {
  uint32_t height, width, channels;
} extent;

/* places (y, x) with top <= y < bottom, left <= x < right; empty if top = bottom or left = right */
typedef struct {
  uint32_t top, bottom, left, right;
} region;

/* Weights are a matrix of (kernel_height kernel_width in.channels / groups, out.channels), of which a group's columns
 * read a group's channels; a dense layer's kernel is 1 x 1, in one group. */
typedef struct {
  extent in, out;
  uint32_t kernel_height, kernel_width, stride, groups;
  uint32_t pad_top, pad_left; /* zeros around the images; what lies below and on the right follows from `out` */
  uint32_t pool; /* POOL_*: how the images below became vectors */
  uint32_t activation, convention, squared;
  rule weights, bias;
  region inside; /* places of `out` to which no zero of a border came, through all layers */
  uint32_t observed; /* the sum of 1 << TENSOR_* */
} layer;

typedef struct {
  double values[SUMMARY_COUNT];
  uint32_t counts[BINS];
} summary;

/* What a layer has drawn, before it was scaled, or of a matrix its weights: the first `rows` rows of the first `drawn`
 * panels, of which there is room for `panels` of (height, PANEL), one after the other. */
typedef struct {
  float *values; /* NULL: nothing is kept */
  size_t height, panels, rows, drawn;
} store;

struct net {
  uint32_t seed, batch, input, loss;
  uint32_t kept_bytes; /* as asked for, or 0 */
  extent inputs;
  uint32_t depth, done, passed; /* layers added, stepped, passed back through */
  uint32_t column; /* of the layer being stepped: columns of its weights done; 0 between layers */
  size_t row; /* rows done of the columns that are next, or going back of the weight gradients; 0 between layers */
  int biased; /* whether its z holds the biases */
  int resumed; /* whether layer `done` was stepped by another net, so that there is no summary of it */
  layer layers[MAX_DEPTH];
  summary summaries[TENSOR_COUNT];
  double correlation, mean_loss, mean_slope;
  theory_layer predicted[MAX_DEPTH + 1]; /* of the input and each layer, as far as `predicted_depth` */
  uint32_t predicted_depth;
  double theory[THEORY_COUNT];
  stats tally; /* of the tensor under observation */

  float *memory; /* one allocation holds what follows; NULL until net_start */
  float *a; /* a_{l-1}, then a_l; going back, phi'(z_l), then a_{l-1} */
  float *z[MAX_DEPTH]; /* one for all, or with a loss one each */
  float *first; /* with a loss: a_0 */
  float *deltas[2]; /* with a loss: dL/dz_l is deltas[passed % 2] */
  float *block; /* BLOCK_FLOATS: see internal.h */
  float *patches, *turned; /* PATCH_FLOATS each: patches, and the same columns first */
  float *tile; /* (SOME_ROWS, BLOCK_PANELS PANEL): products that are to be added to what there is */
  float *some; /* (SOME_ROWS, widest stride) */
  float *bias; /* (widest stride) */
  float *matrix; /* (weight_rows, stride) of the one layer `held` whose weights are a matrix as a whole */
  double *work; /* to make one */
  double *squares; /* (places): mean squares of z_l, or of dL/dz_l, by place */
  uint32_t held;
  uint32_t *alive; /* a word a column */

  uint32_t keeps; /* how many layers, the first */
  store kept[MAX_DEPTH]; /* an allocation each, which the way back and a net that resumes need not draw again */
};

static inline size_t stride_of(uint32_t channels) { return round_up(channels, PANEL); }
static inline size_t places_of(const extent *of) { return (size_t)of->height * of->width; }
static inline size_t values_of(const extent *of) { return places_of(of) * of->channels; }

/* rows of a buffer that mean something, and that there are */
static inline size_t rows_of(const net *n, const extent *of) { return n->batch * places_of(of); }
static inline size_t rows_held(const net *n, const extent *of) { return round_up(rows_of(n, of), PANEL); }

static inline size_t weight_rows(const layer *of) {
  return (size_t)of->kernel_height * of->kernel_width * (of->in.channels / of->groups);
}

static inline int observes(const layer *of, uint32_t tensor) { return of->observed >> tensor & 1; }

/* The room, without values, in which what a layer draws is kept: where it was asked for it is for layers that grow, and
 * much, lest they should often need more. */
static inline store store_of(const net *n, const layer *of) {
  size_t step = n->kept_bytes ? 512 : PANEL;
  return (store){.height = round_up(weight_rows(of), step), .panels = round_up(of->out.channels, step) / PANEL};
}
static inline uint64_t store_floats(const store *of) { return of->height * (uint64_t)of->panels * PANEL; }
static inline float *store_at(const store *of, size_t row, size_t panel) {
  return of->values + (panel * of->height + row) * PANEL;
}

/* the row of a patch is a row of the images below themselves */
static inline int is_pointwise(const layer *of) { return of->kernel_height * of->kernel_width == 1 && of->stride == 1; }

/* report.c: fan_in (FAN_IN) or fan_out of a layer, as it is or by its convention; what its rules give */
double fan_of(const layer *of, uint32_t which);
spread weights_of(const net *n, uint32_t l);
spread bias_of(const net *n, uint32_t l);

/* build.c: most floats that are kept, of all layers together */
uint64_t kept_floats(const net *n);

/* net.c: the input, unless it is given */
void draw_input(net *n);

/* net.c: an observation of a tensor of `cols` columns, of which stats_add of n->tally then takes the tiles */
void tally_begin(net *n, uint32_t cols, double saturation_lo, double saturation_hi);
void tally_end(net *n, uint32_t tensor, uint32_t cols);

/* predict.c: theory alongside the measurement: of the input, of each layer stepped, and of all deltas at once, for
 * gradients by the outputs of this mean square */
void predict_input(net *n);
void predict_layer(net *n, uint32_t l);
void predict_back(net *n, double gradient_square);

/* places of layer l from which nothing came from or went to a border, on the way forward and on the way back */
region region_back(const net *n, uint32_t l);

/* linear.c: z_l = patches(a_{l-1}) W_l + b_l, some of W_l after the others: linear_begin, then linear_part, with
 * linear_part_rows rows of some columns each, until n->column is all of them. W_l is observed on the way. */
size_t linear_part_rows(const net *n, const layer *of);
void linear_begin(net *n, uint32_t l);
void linear_part(net *n, uint32_t l);

/* the columns that go together with column `from`, up to the one returned */
size_t linear_block_end(const layer *of, size_t from);

/* dL/da_{l-1}, from dL/dz_l */
void linear_backward(net *n, uint32_t l, const float *deltas, float *to);

/* rows row .. row + rows - 1 of dL/dW_l = patches(a_{l-1})^T dL/dz_l into n->some, from n->a; or of W_l itself */
void linear_gradient_rows(net *n, uint32_t l, size_t row, size_t rows, const float *deltas);
void linear_weight_rows(net *n, uint32_t l, size_t row, size_t rows);

/* conv.c: rows row .. row + rows - 1 of patches, numbers k .. k + depth - 1 of each: what of `a` goes into an output of
 * `group`, in the order of the weights' rows. Either rows of `a` themselves, or packed into n->patches; *stride apart.
 * patches_add is the adjoint: adds such rows to where they came from, in `to`. */
const float *patches_read(const net *n, const layer *of, const float *a, uint32_t group, size_t row, size_t rows,
                          size_t k, size_t depth, size_t *stride);
void patches_add(const layer *of, float *to, uint32_t group, size_t row, size_t rows, size_t k, size_t depth,
                 const float *from, size_t stride);

/* images into the vectors that a dense layer takes, by its pool, and the adjoint; in place */
void images_to_vectors(const net *n, const extent *images, uint32_t pool, float *x);
void vectors_to_images(const net *n, const extent *images, uint32_t pool, float *x);

/* the region of a layer whose patches lie within `below`; the region below from which all outputs that a value
 * goes into lie in `above`, and none is missing for a border */
region region_above(const layer *of, const region *below);
region region_below(const layer *of, const region *above);
region region_overlap(const region *a, const region *b);

/* outputs of the layer, of one channel, that a place of the region below goes into, on average: strides skip some */
double outputs_of(const layer *of, const region *below);

static inline int is_whole(const region *of, const extent *images) {
  return of->top == 0 && of->left == 0 && of->bottom == images->height && of->right == images->width;
}
static inline int is_empty(const region *of) { return of->top >= of->bottom || of->left >= of->right; }

#endif
