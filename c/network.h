/* network.h: the types that a network is made of, and their inline helpers.
 *
 * It holds no logic: each task has a file of its own (layer, region, observe, kept, weights, conv, linear, net and
 * more). These types never cross to JavaScript: see initscope.h.
 */
#ifndef NETWORK_H
#define NETWORK_H

#include "activations.h"
#include "initscope.h"
#include "layout.h"
#include "limits.h"
#include "optimizer.h"
#include "rules.h"
#include "stats.h"
#include "theory.h"

/* Images of a batch are (batch, height, width, channels). A buffer has one row for each position of each image; the
 * stride of its rows is stride_of(channels). A dense layer's images are 1 x 1. */
typedef struct {
  uint32_t height, width, channels;
} extent;

/* from <= i < to */
typedef struct {
  uint32_t from, to;
} span;

/* a rectangle of positions; it is empty if one of its spans is */
typedef struct {
  span rows, columns;
} region;

/* What a layer is, apart from its rules. The weights are a matrix of (kernel_height x kernel_width x in.channels /
 * groups, out.channels). The columns of a group read only the channels of that group. A dense layer has a 1 x 1 kernel
 * and one group. For pooling the kernel is the window. All fields are uint32_t, so the struct has no gaps, and two
 * shapes are equal if their bytes are equal. */
typedef struct {
  extent in, out;
  uint32_t kernel_height, kernel_width, stride, groups;
  uint32_t pad_top, pad_left; /* zeros around the images; `out` says how many are below and on the right */
  uint32_t transposed; /* 1: the stride is between inputs, and the padding is cut off the outputs */
  uint32_t padding_counts; /* 1: zeros around the images count in the means of average pooling */
  uint32_t pool; /* POOL_*: how a dense layer turned the images below into vectors; POOL_NONE for other kinds */
  uint32_t norm; /* NORM_*, of a layer that normalizes */
  uint32_t from, trains; /* of a sum: the layer that is its stream, and which factors train (the sum of SUM_*) */
  uint32_t gate; /* of gated units: the activation of the second half */
  uint32_t shared; /* of PReLU: 1: one slope for all channels */
  uint32_t activation, convention, squared;
  uint32_t stream; /* the layer whose random numbers its weights have; 0: its own */
  uint32_t drawn; /* DRAWN_*, of weights and biases */
} layer_shape;

_Static_assert(sizeof(layer_shape) == 25 * sizeof(uint32_t), "layers are compared byte by byte");

/* What a kind of layer can do. A kind is one constant of this type, in the file that computes it. It works in parts of
 * some hundredths of a second, 0 to parts - 1 in this order, so that no pass keeps its caller waiting. A layer with
 * weights has other parts on its way forward: see linear.h. A matrix has parts of its own before those: see weights.h. */
typedef struct net_layer net_layer;
typedef struct {
  int has_weights;
  int gives_vectors; /* it reads all places of the images below, and has no images for a window above */
  int passes_on; /* it gives the numbers that it gets, unchanged */
  uint32_t (*parts)(const net *n, uint32_t l); /* of `forward`, and of `backward` */
  void (*forward)(net *n, uint32_t l, uint32_t part); /* writes z_l from a_{l-1} in n->a; for layers without weights */
  /* writes dL/da_{l-1} to `gradient`, from dL/dz_l */
  void (*backward)(net *n, uint32_t l, const float *deltas, float *gradient, uint32_t part);
  /* Parameters of a layer without weights, in rows as long as those of z_l; NULL: it has none. */
  uint32_t (*parameters)(const net_layer *layer); /* how many rows, at most SOME_ROWS */
  void (*draw)(const net_layer *layer, float *out); /* writes their first values */
  void (*gradients)(net *n, uint32_t l, const float *deltas, float *out); /* writes theirs, from a_{l-1} in n->a */
  /* Theory of a layer without weights: fills in n->predicted[l], and returns 0 where it does not apply; NULL: never. */
  int (*predict)(net *n, uint32_t l);
} layer_kind;

/* A part is about so many products of two floats. One block of weights may need more. */
enum { PART_PRODUCTS = 1 << 28 };

/* what one part works on: from <= i < to, of rows or of floats */
typedef struct {
  size_t from, to;
} piece;

/* What a network that trains does beside its passes. The only such constant is in train.c, which a module can leave out. */
typedef struct {
  uint64_t (*floats)(const net *n, uint32_t batch); /* of n->trained */
  void (*start)(net *n); /* draws the weights into n->stored */
  double (*begin_back)(net *n, float *gradient); /* writes dL/da_L; returns the loss */
  void (*update)(net *n, uint32_t l, size_t row, size_t rows); /* moves weights by the rows of dL/dW_l in n->some */
  void (*end_back)(net *n, uint32_t l, const float *deltas); /* moves biases: layer l is done */
} trainer;

/* what net_layer.numbers holds, for a norm, for a sum and for PReLU */
enum { NUMBER_GAIN, NUMBER_EPSILON };
enum { NUMBER_STREAM, NUMBER_BRANCH };
enum { NUMBER_SLOPE };

struct net_layer {
  const layer_kind *kind;
  layer_shape shape;
  rule weights, bias;
  phi f; /* the activation of `shape`, with its parameter */
  double numbers[2];
  region inside; /* positions of `out` that padding has not affected, in this layer or any before */
  uint32_t observed; /* the sum of 1 << TENSOR_* */
  uint32_t slot; /* from 1: the buffer for what sums above pass back to this layer; 0: none */
};

/* What net_set_input has set. The only such constant of functions is in scaled.c, which a module can leave out. */
typedef struct {
  double mean, std, zeros;
  void (*draw)(net *n); /* into n->a, (batch, values), which is 0 */
  void (*predict)(net *n); /* fills in n->predicted[0], once the input has been observed */
} input_scale;

typedef struct {
  double values[SUMMARY_COUNT];
  uint32_t counts[BINS];
} summary;

/* The cache of one layer: the noise that it has drawn, before scaling. An orthogonal, sparse or identity layer keeps
 * its weights instead. The panels lie one after the other, each (height, PANEL). There is room for `panels` panels. The
 * first `drawn` panels are filled, each up to row `rows`. */
typedef struct {
  float *values; /* an allocation of its own; NULL: nothing is kept */
  size_t height, panels, rows, drawn;
} store;

/* The settings and the progress of a network that trains: see train.c. */
typedef struct {
  uint32_t objective, examples, split; /* OBJECTIVE_*; how many examples there are; how many of them train */
  optimizer_choice choice, current; /* as set, and as the step in progress takes it */
  double factors[MAX_DEPTH], bias_factors[MAX_DEPTH]; /* of the rate, for each layer */
  update_rule weights; /* of the layer in progress */
  uint32_t steps; /* done */
  int updates; /* whether the pass in progress moves weights */
  size_t parameters; /* weights and biases, gaps included */
  float *state; /* the parameters, then what the optimizer keeps for each */
  float *inputs, *targets; /* of the examples */
  uint32_t *labels;
  uint32_t *order; /* the permutation of the examples in epoch `epoch`; UINT64_MAX: of none yet */
  uint64_t epoch;
  uint32_t *rows; /* which examples are in the batch */
  uint32_t right; /* rows that were classified right */
  double sums[4]; /* of updates, their squares, weights and their squares, of the layer in progress */
  double ratio; /* what net_update_ratio returns */
} training;

struct net {
  uint32_t seed, batch, input, loss;
  uint32_t kept_bytes; /* the size that net_set_kept set, or 0 */
  extent inputs;
  input_scale scale; /* all 0: the input is a standard one, or given */
  uint32_t branches; /* residual sums among the layers */
  uint32_t depth, done, passed; /* layers added, passed forward, passed back */
  uint32_t column; /* how many columns of the weights in progress are done; 0 between layers */
  size_t row; /* rows done: of the columns in progress, or backward of the weight gradients; 0 between layers */
  uint32_t part; /* parts done of a layer without weights, or on the way back of any; 0 between layers */
  int biased; /* whether the biases are already in z of the layer in progress */
  int resumed; /* whether layer `done` was taken over from another network, so that it has no summary */
  net_layer layers[MAX_DEPTH];
  summary summaries[TENSOR_COUNT];
  double correlation, mean_loss, mean_slope;
  theory_layer predicted[MAX_DEPTH + 1]; /* of the input and each layer, up to `predicted_depth` */
  void (*predict_back)(net *n,
                       double gradient_square); /* theory of the way back through blocks; NULL: there are none */
  uint32_t predicted_depth;
  double theory[THEORY_COUNT]; /* what net_theory returns */
  stats tally; /* of the tensor being observed */

  const trainer *trainer; /* NULL: the network does not train */
  training training; /* see train.c */
  int quiet; /* whether nothing is observed in this pass */
  int finite, finite_deltas; /* whether no weight, and no dL/dz of the layer last passed back, is NaN or infinite */
  float *stored[MAX_DEPTH]; /* in a network that trains: each layer's weights, (weight rows, stride), and its biases */

  float *memory; /* one allocation for all buffers below; NULL until net_start */
  float *a; /* a_{l-1}, then a_l; in the backward pass phi'(z_l), then a_{l-1} */
  float *z[MAX_DEPTH]; /* where keeps_all, one for each layer; elsewhere one for all */
  float *first; /* with all z: a_0 */
  float *deltas[2]; /* with a loss: dL/dz_l is deltas[passed % 2] */
  float *streams; /* with a loss and sums: what waits for the layers that are streams, stream_floats for each slot */
  size_t stream_floats;
  double *sums; /* (4, widest stride) of a norm: see norm.c */
  float *block; /* BLOCK_FLOATS: see layout.h */
  float *patches, *turned; /* PATCH_FLOATS each: patches, and patches transposed */
  float *tile; /* (SOME_ROWS, BLOCK_PANELS PANEL): a product that will be added to other numbers */
  float *some; /* (SOME_ROWS, widest stride): the rows that net_weights and net_weight_gradients return */
  float *bias; /* (widest stride) */
  float *matrix; /* (weight rows, stride): the weights of layer `held`, if they are one matrix */
  double *work; /* of matrix_orthogonal, from its first part to its last */
  double *squares; /* (positions): mean squares of z_l, or of dL/dz_l, at each position */
  uint32_t held; /* the layer whose matrix is held; 0: none */
  uint32_t making, made; /* the layer whose matrix is half made, and what matrix_orthogonal has done of it; 0: none */
  uint32_t *alive; /* a word for each column: see stats_add */
  float *trained; /* in a network that trains: all that train.c keeps */

  uint32_t keeps; /* how many layers, from the first, may use the cache */
  store kept[MAX_DEPTH];
};

enum { PATCH_FLOATS = SOME_ROWS * BLOCK_ROWS };

static inline size_t stride_of(uint32_t channels) { return round_up(channels, PANEL); }
static inline size_t places_of(const extent *images) { return (size_t)images->height * images->width; }
static inline size_t values_of(const extent *images) { return places_of(images) * images->channels; }

/* rows_of: rows with data. rows_held: rows allocated. */
static inline size_t rows_of(const net *n, const extent *images) { return n->batch * places_of(images); }
static inline size_t rows_held(const net *n, const extent *images) { return round_up(rows_of(n, images), PANEL); }

/* floats of a tensor of the whole batch, gaps included */
static inline size_t tensor_floats(const net *n, const extent *images) {
  return rows_of(n, images) * stride_of(images->channels);
}

/* `all` things in parts of `some`: how many parts, and what one of them works on */
static inline uint32_t count_parts(size_t all, size_t some) { return (uint32_t)((all + some - 1) / some); }
static inline piece piece_of(size_t all, size_t some, uint32_t part) {
  return (piece){part * some, smaller(all, (part + 1) * some)};
}

/* numbers under a kernel, or under the window of one group */
static inline size_t window_values(const layer_shape *shape) {
  return (size_t)shape->kernel_height * shape->kernel_width * (shape->in.channels / shape->groups);
}

/* 0 for a layer without weights */
static inline size_t weight_rows(const net_layer *layer) {
  return layer->kind->has_weights ? window_values(&layer->shape) : 0;
}

/* rows of parameters of a layer without weights */
static inline uint32_t parameter_rows(const net_layer *layer) {
  return layer->kind->parameters ? layer->kind->parameters(layer) : 0;
}

/* what MODE_DEPTH counts: residual blocks, or layers where there are none */
static inline uint32_t count_blocks(const net *n) { return n->branches > 0 ? n->branches : n->depth; }

/* Is every z_l kept, until net_free? The way back needs them, and so do sums. */
static inline int keeps_all(const net *n) { return n->loss != LOSS_NONE || n->branches > 0; }

/* what waits for layer l, of the shape of z_l; for a layer with a slot */
static inline float *stream_back(const net *n, uint32_t l) {
  return n->streams + (n->layers[l - 1].slot - 1) * n->stream_floats;
}

/* Is no layer half done? */
static inline int is_between_layers(const net *n) {
  return n->column == 0 && n->row == 0 && n->part == 0 && n->making == 0;
}

static inline int observes(const net *n, uint32_t l, uint32_t tensor) {
  return !n->quiet && n->layers[l - 1].observed >> tensor & 1;
}

#endif
