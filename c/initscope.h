/* initscope.h: the whole public surface of the engine. Every line that begins with API is exported to WebAssembly.
 *
 * A net is a stack of layers: z_l = a_{l-1} W_l + b_l and a_l = phi(z_l), where a_0 is the input. It draws its weights,
 * runs forward and, if asked, back, one layer at a time. It does not train, and it does no input or output.
 *
 * ```c
 * #include <stdio.h>
 * #include <string.h>
 * #include "initscope.h"
 *
 * int main(void) {
 *   uint32_t relu = 0;
 *   while (strcmp(activation_name(relu), "relu") != 0) relu++;
 *   net *n = net_new(1, 64, 1, 1, 500, INPUT_NORMAL); // seed 1, and a batch of 64 vectors of 500 numbers
 *   for (int i = 0; i < 20; i++) {
 *     net_add_dense(n, 500, relu, POOL_FLATTEN);
 *     net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1); // He et al. 2015: Var(W) = 2 / fan_in
 *   }
 *   net_start(n);
 *   for (int layer; (layer = net_step(n)) > 0;)
 *     printf("layer %d: rms %.3f\n", layer, net_summary(n, TENSOR_ACTIVATIONS)[SUMMARY_RMS]);
 *   net_free(n);
 * }
 * ```
 *
 * Shapes
 *   Dense layers: tensors are (batch, units), W_l is (fan_in, fan_out).
 *   Convolutions: tensors are images, (batch, height, width, channels); the units are the channels.
 *   Their W_l is (kernel height, kernel width, channels in / groups, channels out). It meets a patch of a_{l-1} at each
 *   position.
 *   Vectors are images of 1 x 1.
 *
 * Weights
 *   A weight is a function of (seed, layer, row, column), times the scale that its rule gives.
 *   So a deeper or wider net shares the noise of a smaller one of the same seed.
 *   Orthogonal, sparse and identity weights are one matrix: they depend on its shape too, and are stored.
 *
 * Memory
 *   The engine owns every buffer. A pointer that it returns is borrowed: it is good until the next call that changes
 *   that net or reads rows of it, or until net_free.
 *   Without a loss, memory does not grow with depth, apart from the cache set by net_set_kept.
 *
 * Errors
 *   A function that returns int returns 0 or more on success, and a NET_ERROR_* below 0 otherwise.
 *   After an error the net is as it was.
 *
 * Bits are the same natively and in WebAssembly, except for theory and the std of a cut normal, which use libm.
 *
 * `net` is always a handle from net_new. `layer` counts from 1 to depth; layer 0 is the input. `activation` is a number
 * of the table of activations.
 */
#ifndef INITSCOPE_H
#define INITSCOPE_H

#include <stdint.h>

#define API __attribute__((visibility("default")))

typedef struct net net;

/* RANGE: a number is out of its range. MEMORY: there is not enough. ORDER: this call does not fit what came before. */
enum { NET_ERROR_RANGE = -1, NET_ERROR_MEMORY = -2, NET_ERROR_ORDER = -3 };

/* ================================================================ Rules: how weights are drawn */

/* Distributions. The std of a rule is the std of the values drawn, unless it is called the parent's. */
enum {
  DISTRIBUTION_CONSTANT,
  DISTRIBUTION_UNIFORM,          /* on (-bound, bound) */
  DISTRIBUTION_UNIFORM_POSITIVE, /* on (0, bound): not centred */
  DISTRIBUTION_NORMAL,
  DISTRIBUTION_TRUNCATED,     /* normal, cut at 2 std of its parent; the parent is widened to make up for the cut */
  DISTRIBUTION_TRUNCATED_RAW, /* the same without widening: the rule's std is the parent's */
  DISTRIBUTION_CUT,           /* normal, cut at -2 and 2 whatever its std; the rule's std is the parent's */
  DISTRIBUTION_ORTHOGONAL,    /* orthonormal columns, or rows where there are fewer; the std scales the matrix */
  DISTRIBUTION_IDENTITY,      /* ones on the diagonal; the std scales the matrix */
  DISTRIBUTION_SPARSE,        /* in each row a share, the number, is 0; the rest is normal of std 0.01 */
  DISTRIBUTION_COUNT
};

/* Modes: how a rule turns its number into a scale. */
enum {
  MODE_VALUE,       /* the number is the std, the bound, the share or the value itself */
  MODE_FAN_IN,      /* Var(W) = number / fan_in */
  MODE_FAN_OUT,     /* Var(W) = number / fan_out */
  MODE_FAN_AVG,     /* Var(W) = number / ((fan_in + fan_out) / 2) */
  MODE_FAN_GEO_AVG, /* Var(W) = number / sqrt(fan_in fan_out) */
  MODE_DEPTH,       /* std = number / sqrt(2 depth) */
  MODE_COUNT
};

/* Whether biases can be drawn from a distribution in a mode. Returns 1 or 0; 0 too for an unknown one. */
API int bias_accepts(uint32_t distribution, uint32_t mode);

/* ================================================================ Tables: schemes, libraries, activations
 *
 * Strings are ASCII and end with NUL. An index past the last row gives "" or 0, or NaN where a number may be NaN. */

/* Schemes: named rules (distribution, mode, number). */
API uint32_t scheme_count(void);
API const char *scheme_name(uint32_t scheme);
API const char *scheme_group(uint32_t scheme); /* of a menu, such as "Xavier" */
API const char *scheme_paper(uint32_t scheme);       /* where it comes from; "": nowhere in particular */
API uint32_t scheme_distribution(uint32_t scheme);   /* DISTRIBUTION_* */
API uint32_t scheme_mode(uint32_t scheme);           /* MODE_* */
API const char *scheme_number_name(uint32_t scheme); /* "std", "bound", ...: users may choose it; "": it is fixed */
API double scheme_number(uint32_t scheme);           /* the number, or its default where users may choose it */

/* Library calls: what a user of a library writes, and the scheme that it stands for. */
API uint32_t library_count(void);
API const char *library_name(uint32_t entry);
API const char *library_call(uint32_t entry);
API const char *library_scheme(uint32_t entry); /* a name in the table of schemes */
API double library_number(uint32_t entry);      /* NaN: the scheme's own number */
API const char *library_bias(uint32_t entry);   /* the scheme of the biases; "": the call leaves them as they are */

/* Activations. A unit whose activation lies outside [lo, hi] counts as saturated. */
API uint32_t activation_count(void);
API const char *activation_name(uint32_t activation);
API double activation_saturation_lo(uint32_t activation);     /* -INFINITY: none */
API double activation_saturation_hi(uint32_t activation);     /* INFINITY: none */
API double activation_pytorch_gain(uint32_t activation);      /* torch.nn.init.calculate_gain; NaN: it has none */
API double activation_value(uint32_t activation, double z); /* phi(z), in single precision, as networks compute it */
API double activation_slope(uint32_t activation, double z); /* phi'(z), likewise */

/* Conventions: how fans are counted. */
enum {
  CONVENTION_TRUE, /* as it is: numbers that go into one output, and outputs that one number goes into */
  CONVENTION_PYTORCH,
  CONVENTION_KERAS, /* and TensorFlow, which count a kernel of as many groups as inputs by their depthwise layer */
  CONVENTION_JAX,
  CONVENTION_CHANNELS, /* a common mistake: the channels alone, as if the kernel had no size */
  CONVENTION_COUNT
};
enum { FAN_IN, FAN_OUT };

/* fan_in or fan_out of a kernel, at stride 1 and away from borders. A dense layer has size 1 and one group.
 *   convention                 CONVENTION_*
 *   which                      FAN_IN or FAN_OUT
 *   transposed                 1 for a transposed convolution, else 0
 *   size                       positions in the kernel: the product of its sides
 *   channels_in, channels_out  of all groups together
 *   groups                     1 or more
 * Returns the fan; 0 for an unknown convention or fan, and for no groups. */
API double fans_of(uint32_t convention, uint32_t which, uint32_t transposed, double size, uint32_t channels_in,
                   uint32_t channels_out, uint32_t groups);

/* ================================================================ Limits */

/* Each is the largest value allowed, unless it says otherwise. */
enum {
  LIMIT_DEPTH,
  LIMIT_UNITS, /* of a dense layer */
  LIMIT_INPUTS, /* numbers of a vector as input */
  LIMIT_BATCH,
  LIMIT_BINS, /* of a histogram: always as many */
  LIMIT_BYTES, /* that one net may hold, without its cache */
  LIMIT_SCALE, /* of a gain, and of the size of a rule's number */
  LIMIT_SIDE, /* of images */
  LIMIT_CHANNELS,
  LIMIT_KERNEL, /* side of a kernel */
  LIMIT_ORTHOGONAL, /* rows or columns of an orthogonal matrix */
  LIMIT_STRIDE,
  LIMIT_WEIGHTS, /* of one layer */
  LIMIT_ROWS, /* handed out at once by net_weights and net_weight_gradients */
  LIMIT_COUNT
};

/* Returns the limit LIMIT_*; 0 for an unknown one. */
API uint32_t net_limit(uint32_t which);

/* ================================================================ Building a net
 *
 * net_new, then net_add_* for each layer, from the first. net_set_weights, net_set_bias, net_set_counting and
 * net_set_observed change the layer that was added last. Each of these returns 0, or NET_ERROR_ORDER once net_start was
 * called or, for a setting of a layer, before there is one. */

/* Inputs of mean square 1. A given input is written by the caller into net_input(), at any scale. */
enum { INPUT_NORMAL, INPUT_UNIFORM, INPUT_GIVEN };

/* Makes a net without layers. The caller frees it with net_free.
 *   seed      of all that it draws
 *   batch     inputs, 1 to LIMIT_BATCH
 *   height, width, channels  of one input: 1 to LIMIT_SIDE, LIMIT_SIDE, LIMIT_CHANNELS; for vectors 1, 1, 1 to
 *             LIMIT_INPUTS
 *   input     INPUT_*
 * Returns the net; NULL where a number is out of range, or memory is short. */
API net *net_new(uint32_t seed, uint32_t batch, uint32_t height, uint32_t width, uint32_t channels, uint32_t input);

/* Frees a net and all its buffers; NULL is allowed. */
API void net_free(net *net);

/* How a dense layer reads the layer below it. POOL_NONE is for convolutions, which need none. */
enum { POOL_NONE, POOL_FLATTEN, POOL_AVERAGE };

/* Adds a dense layer, with weights and biases of 0.
 *   units  1 to LIMIT_UNITS
 *   pool   POOL_FLATTEN: all numbers below, of images in the order (height, width, channels);
 *          POOL_AVERAGE: the mean of each channel below, but not of images that are the input
 * Errors: RANGE for units, activation or pool, for more than LIMIT_DEPTH layers or LIMIT_WEIGHTS weights. */
API int net_add_dense(net *net, uint32_t units, uint32_t activation, uint32_t pool);

/* SAME: ceil(size / stride) outputs a side, with as many zeros around as that takes, an odd one below and on the right,
 * as in Keras. VALID: no zeros. */
enum { PADDING_SAME, PADDING_VALID };

/* Adds a two-dimensional convolution, with weights and biases of 0.
 *   kernel_height, kernel_width  1 to LIMIT_KERNEL; under PADDING_VALID no larger than the images below
 *   channels  of the output, 1 to LIMIT_CHANNELS
 *   stride    1 to LIMIT_STRIDE
 *   padding   PADDING_*
 *   groups    divides the channels below and `channels`; each group of outputs reads its own group of inputs
 * Errors: RANGE for any of these, for an activation, for images below larger than LIMIT_SIDE, for a dense layer below,
 * for more than LIMIT_DEPTH layers or LIMIT_WEIGHTS weights. */
API int net_add_conv(net *net, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                     uint32_t padding, uint32_t groups, uint32_t activation);

/* Sets the rule of the weights.
 *   distribution  DISTRIBUTION_*
 *   mode          MODE_*; a sparse rule takes MODE_VALUE alone
 *   number        0 to LIMIT_SCALE; a share is at most 1; a constant of MODE_VALUE may be negative
 *   gain          multiplies what the rule gives, and of a normal its std before it is cut; 0 to LIMIT_SCALE
 * Errors: RANGE for any of these, for an orthogonal matrix of more than LIMIT_ORTHOGONAL rows or columns, for an
 * identity as a kernel larger than 1 x 1. */
API int net_set_weights(net *net, uint32_t distribution, uint32_t mode, double number, double gain);

/* Sets the rule of the biases, with the same parameters. Errors: RANGE for any, and where bias_accepts says 0. */
API int net_set_bias(net *net, uint32_t distribution, uint32_t mode, double number, double gain);

/* Sets how a layer's shape becomes its scale, by two common mistakes.
 *   convention  CONVENTION_*, which counts the fans of weights and biases; CONVENTION_TRUE unless set
 *   squared     1: the variance of the weights is taken for their std, or for the parent's std where the distribution
 *               speaks of that; the gain then multiplies it. 0: it is not
 * Errors: RANGE for either. */
API int net_set_counting(net *net, uint32_t convention, uint32_t squared);

/* Tensors of a layer. */
enum {
  TENSOR_INPUT,
  TENSOR_WEIGHTS,
  TENSOR_PREACTIVATIONS,
  TENSOR_ACTIVATIONS,
  TENSOR_DELTAS, /* gradient at each layer: dL/dz_l, of the shape of z_l */
  TENSOR_WEIGHT_GRADIENTS, /* dL/dW_l, of the shape of W_l */
  TENSOR_COUNT
};

/* Sets which tensors of a layer are observed, so that they have a summary. All are, unless this is called. What is not
 * observed costs no time. Without preactivations there are no squares and no correlation.
 *   tensors  the sum of 1 << TENSOR_*; TENSOR_INPUT and TENSOR_DELTAS always are observed
 * Errors: RANGE for an unknown tensor. */
API int net_set_observed(net *net, uint32_t tensors);

/* The loss L that the backward pass starts from, a sum over the batch. */
enum {
  LOSS_NONE,
  LOSS_RANDOM, /* sum(g a_L), with g ~ N(0, 1) */
  LOSS_CROSS_ENTROPY, /* softmax cross-entropy of a_L against random labels */
  LOSS_COUNT
};

/* Asks for a backward pass. All z_l are then held until the end. Errors: RANGE for an unknown loss. */
API int net_set_loss(net *net, uint32_t loss);

/* Sets the size of the cache. It keeps the noise that the weights of the first layers are made of, for net_back and
 * net_resume. It is smaller where a module's memory has no room for it beside two such nets.
 *   bytes  0 to LIMIT_BYTES. 0, or never calling this: 24 MiB with a loss, whatever the room; nothing without a loss
 * Errors: RANGE for bytes. */
API int net_set_kept(net *net, uint32_t bytes);

/* Returns the largest batch with which the layers added so far fit into LIMIT_BYTES; 0 if not even one input does. */
API uint32_t net_max_batch(const net *net);

/* ================================================================ Running a net */

/* Allocates the buffers and draws the input. Returns 0.
 * Errors: MEMORY where the batch exceeds net_max_batch() or allocation fails; RANGE for cross-entropy of images larger
 * than 1 x 1; ORDER where there is no layer, or the net was started before. */
API int net_start(net *net);

/* Returns the buffer of an INPUT_GIVEN, (batch, net_stride(TENSOR_INPUT)) floats, for the caller to fill between
 * net_start and the first net_step. Of each row the first height x width x channels count. NULL at any other time. */
API float *net_input(net *net);

/* Draws the next layer's weights and passes the signal through it.
 * Returns the layer's number, 1 to depth; 0 when no layer is left. Errors: ORDER before net_start. */
API int net_step(net *net);

/* Passes the gradient back through the next layer. Weights that were not kept are drawn again.
 * Returns the layer's number, depth to 1; 0 when no layer is left. Errors: ORDER without a loss, and before net_step
 * has returned 0. */
API int net_back(net *net);

/* net_step and net_back in parts, so that the caller of a large layer can do other work in between. Between parts a net
 * hands out no tensors, rows or squares. On the way back it hands out nothing but its loss.
 * Return the layer's number after its last part, else 0. Errors: those of net_step and net_back. */
API int net_step_part(net *net);
API int net_back_part(net *net);

/* Returns how many parts are left of the layer at hand. */
API uint32_t net_parts(const net *net);

/* Takes over the first layers of another net, with their results, so that they need not be stepped again. These are
 * layers that `before` has stepped, that are alike in both nets and observed alike, without the last of them.
 * The next step is of the layer after. Until then no layer has a summary, and there are no squares and no correlation.
 * The cache of `before` moves to `next` for layers of the same seed and distribution, at any scale and size, as far as
 * `next` may keep it. A matrix moves only with its layer.
 *   next    started, and not yet stepped
 *   before  another net; results already in it stay readable
 * Returns how many layers were taken over. 0 where seed, batch or input differ, where the input is given, and unless
 * both nets have a loss. Errors: ORDER where `next` was not started, or has begun to step. */
API int net_resume(net *next, net *before);

/* ================================================================ What the layers are */

/* What the rule of a layer's weights gives, whether or not the layer has been stepped. NaN for an unknown layer. */
API double net_mean(const net *net, uint32_t layer);
API double net_std(const net *net, uint32_t layer);
API double net_bound(const net *net, uint32_t layer); /* they lie in (-bound, bound) or (0, bound); NaN: unbounded */
API double net_parent(const net *net, uint32_t layer); /* std before the cut */

/* Root mean square of a layer's biases, sigma_b. NaN for an unknown layer. */
API double net_bias_std(const net *net, uint32_t layer);

/* A fan of a layer, by its convention. 0 for an unknown layer or fan.
 *   which  FAN_IN or FAN_OUT */
API double net_fan(const net *net, uint32_t layer, uint32_t which);

enum { EXTENT_HEIGHT, EXTENT_WIDTH, EXTENT_CHANNELS };

/* A side of a layer's output; of layer 0, of the input. 0 for an unknown layer or side.
 *   side  EXTENT_* */
API uint32_t net_extent(const net *net, uint32_t layer, uint32_t side);

enum { INSIDE_TOP, INSIDE_BOTTOM, INSIDE_LEFT, INSIDE_RIGHT };

/* The interior: positions (y, x) that padding has not affected, in this layer or below. top <= y < bottom, and left <=
 * x < right. Theory is about these. A dense layer has one position, which is interior whatever lies below.
 *   back  0: on the way forward; 1: those whose gradient padding has not affected either
 *   side  INSIDE_*
 * Returns a bound; 0 for all four where there is no interior, and for an unknown layer or side. */
API uint32_t net_inside(const net *net, uint32_t layer, uint32_t back, uint32_t side);

/* ================================================================ What was measured
 *
 * Results are of the layer last stepped. dL/dz and dL/dW are of the layer last passed back through. */

/* Places of net_summary(). The first five are over finite values, and NaN where there are none.
 * The histogram covers [lo, hi) = [-2^k, 2^k), with the least k >= -100 that holds all finite values. Its LIMIT_BINS
 * bins are equal and closed on their left. Its counts add up to size - nonfinite. */
enum {
  SUMMARY_MEAN,
  SUMMARY_STD, /* of the population: divided by the number of finite values */
  SUMMARY_RMS, /* sqrt of the mean square */
  SUMMARY_MIN,
  SUMMARY_MAX,
  SUMMARY_ZEROS, /* share of values that are exactly 0 */
  SUMMARY_SATURATED, /* share of activations that are saturated; 0 for other tensors */
  SUMMARY_DEAD, /* share of columns (units) that are 0 in every row (for every input of the batch) */
  SUMMARY_NON_FINITE, /* number of NaN and infinities */
  SUMMARY_LO,
  SUMMARY_HI,
  SUMMARY_COUNT
};

/* The summary of a tensor, SUMMARY_COUNT doubles, and its histogram, LIMIT_BINS counts.
 *   tensor  TENSOR_*
 * Return a borrowed pointer; NULL for an unknown tensor, for one that is not observed, and before there is one. */
API const double *net_summary(const net *net, uint32_t tensor);
API const uint32_t *net_counts(const net *net, uint32_t tensor);

/* Mean squares by position, over batch and channels: of preactivations, or once net_back was called of dL/dz.
 * Returns (height, width) doubles, borrowed, each over finite values and NaN where there are none; NULL before there
 * are any, and for preactivations that are not observed. */
API const double *net_squares(const net *net);

/* Correlation of the preactivations of two inputs: the mean of z_i . z_j over all pairs of the batch, over the mean of
 * z_i . z_i. NaN for a batch of 1, where z is not finite or all 0, and where it is not observed. */
API double net_correlation(const net *net);

/* Mean of the loss over the batch. NaN before the first net_back, and for LOSS_NONE. */
API double net_loss(const net *net);

/* Mean of phi'(z) over the layer last passed back through. NaN before the first net_back. */
API double net_mean_slope(const net *net);

/* The values of a tensor: (batch height width, net_stride(tensor)) floats, borrowed. Of each row the first `units`
 * count. The input is (batch, net_stride(tensor)).
 *   tensor  TENSOR_PREACTIVATIONS; TENSOR_ACTIVATIONS, which is the input between net_start and the first step; or
 *           TENSOR_DELTAS
 * Returns NULL for other tensors, before there is one, and once net_back was called for all but TENSOR_DELTAS. */
API const float *net_tensor(const net *net, uint32_t tensor);

/* Returns the stride of a tensor's rows, in floats. */
API uint32_t net_stride(const net *net, uint32_t tensor);

/* Rows row to row + rows - 1 of the weights of a layer after net_start, or of dL/dW of the layer last passed back
 * through. They are drawn or computed afresh.
 *   row   from 0
 *   rows  at most LIMIT_ROWS
 * Return (rows, units rounded up to 8) floats, borrowed; NULL where rows are out of range. */
API const float *net_weights(net *net, uint32_t layer, uint32_t row, uint32_t rows);
API const float *net_weight_gradients(net *net, uint32_t row, uint32_t rows);

/* ================================================================ Mean-field theory: what a wide layer should show
 *
 * x = sqrt(q) z, with z ~ N(0, 1), is a preactivation of mean square q. All return NaN for an unknown activation, and
 * for a negative q or variance. */

enum {
  MOMENT_PHI, /* E phi(x) */
  MOMENT_PHI2, /* E phi(x)^2 */
  MOMENT_PHI4, /* E phi(x)^4 */
  MOMENT_SLOPE2, /* E phi'(x)^2 */
  MOMENT_GROWTH, /* E x phi(x) phi'(x) = q d/dq E phi(x)^2 */
  MOMENT_SLOPE4, /* E phi'(x)^4 */
  MOMENT_CROSS, /* E phi(x)^2 phi'(x)^2 */
  MOMENT_SLOPE_GROWTH, /* E z^2 phi'(x)^2 = E phi'(x)^2 + 2 q d/dq E phi'(x)^2 */
  MOMENT_COUNT
};

/* A moment, to about 1e-13 of itself for q in [1e-60, 1e60], and its limit outside. Where terms of both signs cancel it
 * is to 1e-13 of these: MOMENT_PHI of elu and selu, MOMENT_GROWTH of sigmoid and softplus.
 *   moment  MOMENT_*
 *   q       0 to infinity; at 0, moments of slopes are of the slopes on either side
 * Returns NaN too for an unknown moment. */
API double theory_moment(uint32_t activation, uint32_t moment, double q);

/* E phi(u) phi(v), to 1e-9 of E phi(x)^2.
 *   q            mean square of u and of v
 *   correlation  of u and v, -1 to 1, else NaN */
API double theory_product(uint32_t activation, double q, double correlation);

/* How a relative deviation of q passes into the next layer: c = d ln E phi(x)^2 / d ln q, to 1e-13. */
API double theory_elasticity(uint32_t activation, double q);

/* What the chance of a finite width adds to it: kappa = E phi(x)^4 / (E phi(x)^2)^2 - 1, to 1e-13. */
API double theory_kappa(uint32_t activation, double q);

/* q*, to which q_{l+1} = sigma_w2 E phi(sqrt(q_l) z)^2 + sigma_b2 leads from q = 1 (Poole et al. 2016, equation 3).
 *   sigma_w2  fan_in Var(W)
 *   sigma_b2  Var(b)
 * Returns 0 if q decays to 0 (without biases: below 1e-14), INFINITY if it grows without bound, however slowly, and 1
 * if it changes by less than 1e-14 of itself. Searches from 1e-100 to 1e100. */
API double theory_fixed_point(uint32_t activation, double sigma_w2, double sigma_b2);

/* chi_1 = sigma_w2 E phi'(x)^2 (Schoenholz et al. 2017, equation 9). */
API double theory_chi(uint32_t activation, double sigma_w2, double q);

/* The numbers of layers in which a perturbation falls by a factor of e: of q, -1 / ln(d q_{l+1} / d q_l); of the
 * distance of two like inputs, -1 / ln chi_1 (the same paper, xi_q and, for c* = 1, xi_c).
 * INFINITY where it neither falls nor grows; negative where it grows. */
API double theory_depth_q(uint32_t activation, double sigma_w2, double q);
API double theory_depth_c(uint32_t activation, double sigma_w2, double q);

/* Places of net_theory(). A log std is the std, over networks, of ln of a mean square for one input at one position.
 * Means over a batch or over positions vary less. NaN stands for what is not known:
 *   log stds from the first layer on whose weights are orthogonal or sparse,
 *   log stds of dL/dz under cross-entropy, where the last layer is not linear,
 *   DELTA and GRADIENT before net_back was called,
 *   GRADIENT under cross-entropy, where all examples have like gradients, which add up,
 *   GRADIENT where not all positions are interior. */
enum {
  THEORY_Z_SQUARE,
  THEORY_Z_LOG_STD, /* includes that a layer has only so many units */
  THEORY_Z_CORRELATION, /* of two inputs */
  THEORY_A_MEAN,
  THEORY_A_SQUARE,
  THEORY_A_LOG_STD,
  THEORY_SLOPE_SQUARE,
  THEORY_DELTA_SQUARE, /* of dL/dz */
  THEORY_GRADIENT_SQUARE, /* of dL/dW */
  THEORY_DELTA_LOG_STD,
  THEORY_GRADIENT_LOG_STD,
  THEORY_COUNT
};

/* What theory predicts for a layer of this width.
 * Returns THEORY_COUNT doubles, borrowed until the next call. NULL before the layer was stepped, and from the first
 * layer on
 *   whose weights have a mean, are all alike, are an identity, or are orthogonal and less than 64 wide,
 *   whose biases have a mean,
 *   that has no interior,
 *   or that takes the means of images, or images with a border. */
API const double *net_theory(net *net, uint32_t layer);

#endif
