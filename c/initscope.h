/* initscope.h: the whole public surface of the engine; every line that begins with API is exported to WebAssembly.
 *
 * A `net` is a stack of layers: z_l = a_{l-1} W_l, a_l = phi(z_l), with a_0 the input, (batch, units) throughout and
 * W_l of shape (fan_in, fan_out). Its weights are a function of (seed, layer, row, column), never stored, so a deeper
 * or wider net with the same seed contains the shallower or narrower one, and a scheme only scales or reshapes the
 * same noise. A net advances one layer at a time and holds one layer at a time: its memory does not grow with its
 * depth.
 *
 * Scalars in, borrowed pointers out. The engine owns every buffer; a pointer it returns stays good until the next
 * net_step or net_weights on that net, or net_free. Functions returning int give 0 or more on success and a negative
 * NET_ERROR_* otherwise, after which the net is as it was. No globals, no input or output, no libm.
 */
#ifndef INITSCOPE_H
#define INITSCOPE_H

#include <stdint.h>

#define API __attribute__((visibility("default")))

enum { NET_ERROR_RANGE = -1, NET_ERROR_MEMORY = -2, NET_ERROR_ORDER = -3 };

/* Distributions of a scheme. */
enum { DISTRIBUTION_CONSTANT, DISTRIBUTION_UNIFORM, DISTRIBUTION_NORMAL };

/* How a scheme finds its scale: from its own number, or as Var(W) = scale / fan in the terms of variance scaling
 * (fan_avg is (fan_in + fan_out) / 2). */
enum { MODE_VALUE, MODE_FAN_IN, MODE_FAN_AVG };

/* Kinds of input, each of mean square 1; a given input is written by the caller into net_input(). */
enum { INPUT_NORMAL, INPUT_UNIFORM, INPUT_GIVEN };

enum { TENSOR_INPUT, TENSOR_WEIGHTS, TENSOR_PREACTIVATIONS, TENSOR_ACTIVATIONS, TENSOR_COUNT };

/* What net_limit() answers: the largest depth, units of a layer, width of the input and batch; the number of bins of a
 * histogram; the bytes that one net may hold; the largest gain and the largest size of a scheme's own number. */
enum { LIMIT_DEPTH, LIMIT_UNITS, LIMIT_INPUTS, LIMIT_BATCH, LIMIT_BINS, LIMIT_BYTES, LIMIT_SCALE, LIMIT_COUNT };

/* Places of net_summary(). Shares are of the tensor's size, except dead, which is of its columns. */
enum {
  SUMMARY_MEAN,
  SUMMARY_STD,        /* population: divided by the number of finite values */
  SUMMARY_RMS,        /* sqrt of the second moment about 0 */
  SUMMARY_MIN,        /* these five are over finite values, NaN where there are none */
  SUMMARY_MAX,
  SUMMARY_ZEROS,      /* share that is exactly 0 */
  SUMMARY_SATURATED,  /* share outside the activation's range of response; of activations only, else 0 */
  SUMMARY_DEAD,       /* share of columns (units) that are 0 in every row (for every input of the batch) */
  SUMMARY_NONFINITE,  /* count of NaN and infinities */
  SUMMARY_LO,        /* the histogram covers [lo, hi) = [-2^k, 2^k), the least that holds every finite value, in */
  SUMMARY_HI,        /*   LIMIT_BINS equal bins closed on their left; the counts sum to size - nonfinite */
  SUMMARY_COUNT
};

typedef struct net net;

/* The table of schemes. Strings are NUL-terminated ASCII; an index out of range gives "" or 0. */
API uint32_t scheme_count(void);
API const char *scheme_name(uint32_t scheme);
API const char *scheme_paper(uint32_t scheme);
API const char *scheme_value_name(
    uint32_t scheme); /* "std", "bound", "value": the number it takes; "" if it takes none */
API double scheme_value_default(uint32_t scheme);
API uint32_t scheme_distribution(uint32_t scheme);
API uint32_t scheme_mode(uint32_t scheme);
API double scheme_scale(uint32_t scheme);

/* The table of activations; outside [lo, hi] a unit counts as saturated (infinite where it never saturates). */
API uint32_t activation_count(void);
API const char *activation_name(uint32_t activation);
API double activation_saturation_lo(uint32_t activation);
API double activation_saturation_hi(uint32_t activation);

/* phi(z) and phi'(z) of one value, for checks and drawings; NaN for an unknown activation. */
API double activation_value(uint32_t activation, double z);
API double activation_slope(uint32_t activation, double z);

API uint32_t net_limit(uint32_t which);

/* A net without layers, of batch inputs of the given width; NULL if a number is out of range or memory is short. */
API net *net_new(uint32_t seed, uint32_t batch, uint32_t inputs, uint32_t input);
API void net_free(net *net);

/* Adds a layer of `units` units. `value` is the scheme's own number (ignored where it takes none); the gain
 * multiplies the scale of the weights. RANGE: units, activation, scheme, gain outside [0, LIMIT_SCALE], |value| over
 * LIMIT_SCALE, a negative std or bound, more than LIMIT_DEPTH layers. ORDER: net_start was called. */
API int net_add_dense(net *net, uint32_t units, uint32_t activation, uint32_t scheme, double value, double gain);

/* The largest batch with which the layers added so far fit into LIMIT_BYTES; 0 if not even one does. */
API uint32_t net_max_batch(const net *net);

/* Allocates the buffers and draws the input. MEMORY: batch exceeds net_max_batch(), or the allocation failed. ORDER:
 * already started, or no layer. */
API int net_start(net *net);

/* The input's buffer, (batch, net_stride(TENSOR_INPUT)) floats of which the first `inputs` of each row count, for the
 * caller of INPUT_GIVEN to fill between net_start and the first net_step; NULL otherwise. */
API float *net_input(net *net);

/* Draws and passes the next layer, and returns its number, 1 to depth; 0 when there is none left. ORDER: not
 * started. */
API int net_step(net *net);

/* Of layer `layer`, 1 to depth, whether or not it has been stepped: the scale that its scheme gives it. The weights are
 * normal with (mean, std), or uniform on [-bound, bound], or all equal to mean; NaN where that number does not
 * apply. */
API double net_mean(const net *net, uint32_t layer);
API double net_std(const net *net, uint32_t layer);
API double net_bound(const net *net, uint32_t layer);

/* Of the layer last stepped (TENSOR_INPUT: of the whole run, from the first step on): SUMMARY_COUNT doubles, LIMIT_BINS
 * counts. NULL for an unknown tensor or before the first step. */
API const double *net_summary(const net *net, uint32_t tensor);
API const uint32_t *net_counts(const net *net, uint32_t tensor);

/* Of the layer last stepped, (batch, net_stride(tensor)) floats, of which the first `units` of each row count. For
 * TENSOR_PREACTIVATIONS and TENSOR_ACTIVATIONS (the latter: the input, between net_start and the first step); else
 * NULL. */
API const float *net_tensor(const net *net, uint32_t tensor);
API uint32_t net_stride(const net *net, uint32_t tensor);

/* Rows row .. row + rows - 1 of W_layer, drawn afresh: (rows, fan_out rounded up to 8) floats, borrowed. Needs
 * net_start. NULL if out of range; rows at most 64. */
API const float *net_weights(net *net, uint32_t layer, uint32_t row, uint32_t rows);

#endif
