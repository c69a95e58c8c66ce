/* initscope.h: the whole public surface of the engine; every line that begins with API is exported to WebAssembly.
 *
 * A `net` is a stack of layers: z_l = a_{l-1} W_l + b_l, a_l = phi(z_l), with a_0 the input. A dense layer's tensors
 * are (batch, units), W_l (fan_in, fan_out). A convolution's are images, (batch, height, width, channels), whose W_l of
 * (kernel height, kernel width, channels in / groups, channels out) meets a patch of a_{l-1} at each place; its units
 * are its channels. Its weights are a function of (seed, layer, row, column) times the
 * scale that a scheme gives them, so that a deeper or wider net shares the noise of the shallower or narrower one of
 * its seed. Weights that are a matrix as a whole (orthogonal, sparse, identity) depend on its shape too, and are the
 * only ones ever stored. A net advances one layer at a time, and unless it is to go back, holds one at a time: its
 * memory does not grow with its depth, but for what it is asked to keep (net_set_kept).
 *
 * Scalars in, borrowed pointers out. The engine owns every buffer; a pointer it returns stays good until the next call
 * that changes or reads rows of that net, or net_free. Functions returning int give 0 or more on success and a negative
 * NET_ERROR_* otherwise, after which the net is as it was. No globals, no input or output. The same bits natively and
 * in WebAssembly, but for theory and the std of a cut normal, which are computed in double with libm.
 */
#ifndef INITSCOPE_H
#define INITSCOPE_H

#include <stdint.h>

#define API __attribute__((visibility("default")))

enum { NET_ERROR_RANGE = -1, NET_ERROR_MEMORY = -2, NET_ERROR_ORDER = -3 };

/* Distributions. The std of a rule is that of the values drawn, except where it says parent's; by a fan that of
 * orthogonal and identity is the scale of the matrix as a whole. */
enum {
  DISTRIBUTION_CONSTANT,
  DISTRIBUTION_UNIFORM,          /* on (-bound, bound) */
  DISTRIBUTION_UNIFORM_POSITIVE, /* on (0, bound): not centred */
  DISTRIBUTION_NORMAL,
  DISTRIBUTION_TRUNCATED,     /* normal, cut at 2 std of its parent, which is widened to make up for it */
  DISTRIBUTION_TRUNCATED_RAW, /* the same without the widening: the rule's std is the parent's */
  DISTRIBUTION_CUT,           /* normal of the rule's std, the parent's, cut at +-2 itself, whatever its std */
  DISTRIBUTION_ORTHOGONAL,    /* orthonormal columns, or rows where there are fewer */
  DISTRIBUTION_IDENTITY,
  DISTRIBUTION_SPARSE, /* a share, its number, of the outputs of each input is 0, the rest normal of std 0.01 */
  DISTRIBUTION_COUNT
};

/* How a rule finds its scale: its number is the std, the bound, the share or the value itself; or Var(W) = number /
 * fan in the terms of variance scaling (fan_avg is (fan_in + fan_out) / 2, fan_geo_avg is sqrt(fan_in fan_out)); or
 * std = number / sqrt(2 depth). */
enum { MODE_VALUE, MODE_FAN_IN, MODE_FAN_OUT, MODE_FAN_AVG, MODE_FAN_GEO_AVG, MODE_DEPTH, MODE_COUNT };

/* Kinds of input, each of mean square 1; a given input is written by the caller into net_input(). */
enum { INPUT_NORMAL, INPUT_UNIFORM, INPUT_GIVEN };

/* What the backward pass starts from: the loss is sum(g a_L) with g normal of std 1, or the sum over the batch of
 * softmax cross-entropy of a_L against random labels. */
enum { LOSS_NONE, LOSS_RANDOM, LOSS_CROSS_ENTROPY, LOSS_COUNT };

/* deltas are dL/dz_l, of the shape of z_l; weight gradients dL/dW_l, of that of W_l */
enum {
  TENSOR_INPUT,
  TENSOR_WEIGHTS,
  TENSOR_PREACTIVATIONS,
  TENSOR_ACTIVATIONS,
  TENSOR_DELTAS,
  TENSOR_WEIGHT_GRADIENTS,
  TENSOR_COUNT
};

/* What net_limit() answers: the largest depth, units of a dense layer, width of a vector as input, and batch; the
 * number of bins of a histogram; the bytes that one net may hold besides what it keeps; the largest gain and the
 * largest size of a scheme's own number; the largest side and channels of images, and side of a kernel. */
enum {
  LIMIT_DEPTH,
  LIMIT_UNITS,
  LIMIT_INPUTS,
  LIMIT_BATCH,
  LIMIT_BINS,
  LIMIT_BYTES,
  LIMIT_SCALE,
  LIMIT_SIDE,
  LIMIT_CHANNELS,
  LIMIT_KERNEL,
  LIMIT_COUNT
};

/* Places of net_summary(). Shares are of the tensor's size, except dead, which is of its columns. */
enum {
  SUMMARY_MEAN,
  SUMMARY_STD, /* population: divided by the number of finite values */
  SUMMARY_RMS, /* sqrt of the second moment about 0 */
  SUMMARY_MIN, /* these five are over finite values, NaN where there are none */
  SUMMARY_MAX,
  SUMMARY_ZEROS, /* share that is exactly 0 */
  SUMMARY_SATURATED, /* share outside the activation's range of response; of activations only, else 0 */
  SUMMARY_DEAD, /* share of columns (units) that are 0 in every row (for every input of the batch) */
  SUMMARY_NONFINITE, /* count of NaN and infinities */
  SUMMARY_LO, /* the histogram covers [lo, hi) = [-2^k, 2^k), k the least from -100 on that holds every finite value, */
  SUMMARY_HI, /*   in LIMIT_BINS equal bins closed on their left; the counts sum to size - nonfinite */
  SUMMARY_COUNT
};

typedef struct net net;

/* The table of schemes, each a rule (distribution, mode, number). Strings are NUL-terminated ASCII; an index out of
 * range gives "" or 0. */
API uint32_t scheme_count(void);
API const char *scheme_name(uint32_t scheme);
API const char *scheme_paper(uint32_t scheme);
API uint32_t scheme_distribution(uint32_t scheme);
API uint32_t scheme_mode(uint32_t scheme);
API const char *scheme_number_name(uint32_t scheme); /* "std", "bound", ...: it may be chosen; "": it is fixed */
API double scheme_number(uint32_t scheme); /* the number, or its default where it may be chosen */

/* What libraries call them: the call that a reader knows, and the scheme and number that it stands for. */
API uint32_t library_count(void);
API const char *library_name(uint32_t entry);
API const char *library_call(uint32_t entry);
API const char *library_scheme(uint32_t entry);
API double library_number(uint32_t entry); /* NaN where the scheme's own number stands */
API const char *library_bias(uint32_t entry); /* the scheme of the biases; "": the call leaves them as they are */

/* The table of activations; outside [lo, hi] a unit counts as saturated (infinite where it never saturates). */
API uint32_t activation_count(void);
API const char *activation_name(uint32_t activation);
API double activation_saturation_lo(uint32_t activation);
API double activation_saturation_hi(uint32_t activation);
API double activation_pytorch_gain(uint32_t activation); /* torch.nn.init.calculate_gain; NaN where it has none */

/* phi(z) and phi'(z) of one value, for checks and drawings; NaN for an unknown activation. */
API double activation_value(uint32_t activation, double z);
API double activation_slope(uint32_t activation, double z);

/* fan_in or fan_out of a convolution kernel of `size` places (the product of its sides) as a library counts it, or as
 * it is: how many numbers go into one output, and how many outputs one number goes into (stride 1, away from
 * borders). A dense layer has size 1 and one group. Keras and TensorFlow count a kernel of as many groups as inputs
 * by their depthwise layer. 0 for an unknown convention or fan, and for no groups. */
enum {
  CONVENTION_TRUE,
  CONVENTION_PYTORCH,
  CONVENTION_KERAS,
  CONVENTION_JAX,
  CONVENTION_CHANNELS, /* a common mistake: the channels alone, as if the kernel had no size */
  CONVENTION_COUNT
};
enum { FAN_IN, FAN_OUT };
API double fans_of(uint32_t convention, uint32_t which, uint32_t transposed, double size, uint32_t channels_in,
                   uint32_t channels_out, uint32_t groups);

API uint32_t net_limit(uint32_t which);

/* A net without layers, of batch images, or of vectors, which are images of 1 x 1; NULL if a number is out of range or
 * memory is short. */
API net *net_new(uint32_t seed, uint32_t batch, uint32_t height, uint32_t width, uint32_t channels, uint32_t input);
API void net_free(net *net);

/* Adds a layer of `units` units, with weights and biases of 0. It takes all the numbers below it, of images in the
 * order (height, width, channels), or of each channel the mean (not of the input's). RANGE: units, activation, pool,
 * more than LIMIT_DEPTH layers, 2^32 weights or more. ORDER: net_start was called. */
enum { POOL_NONE, POOL_FLATTEN, POOL_AVERAGE };
API int net_add_dense(net *net, uint32_t units, uint32_t activation, uint32_t pool);

/* Adds a two-dimensional convolution, with weights and biases of 0. PADDING_SAME: ceil(size / stride) outputs a side,
 * with as many zeros around as that takes, the odd one below and on the right (Keras's); PADDING_VALID: none. Output
 * channels of group g, g channels / groups and on, read input channels of group g. RANGE: a kernel's side, over
 * LIMIT_KERNEL or under PADDING_VALID larger than the images; channels; stride, 1 or 2; padding; groups that do not
 * divide both channels; activation; images larger than LIMIT_SIDE; a dense layer below; more than LIMIT_DEPTH layers.
 * ORDER: net_start was called. */
enum { PADDING_SAME, PADDING_VALID };
API int net_add_conv(net *net, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                     uint32_t padding, uint32_t groups, uint32_t activation);

/* The rule of the weights, or of the biases, of the layer added last: gain times what (distribution, mode, number)
 * gives, of a normal before it is cut. Biases take the first four distributions and MODE_VALUE or MODE_FAN_IN. RANGE:
 * an unknown distribution or mode, or one that biases do not take; gain outside [0, LIMIT_SCALE]; |number| over
 * LIMIT_SCALE, or negative for anything but a constant of MODE_VALUE; a share over 1, or not by MODE_VALUE; an
 * orthogonal matrix of over 1024 rows or columns; an identity for a kernel larger than 1 x 1. ORDER: no layer, or
 * started. */
API int net_set_weights(net *net, uint32_t distribution, uint32_t mode, double number, double gain);
API int net_set_bias(net *net, uint32_t distribution, uint32_t mode, double number, double gain);

/* How the scale of the layer added last is found from its shape, by two common mistakes: which CONVENTION_* counts its
 * fans (else CONVENTION_TRUE), and whether the variance that its rule gives is taken for the std, or for the parent's
 * std by the distributions that speak of it; the gain then multiplies that. Fans are those of biases too, the variance
 * is not. RANGE: either. ORDER: no layer, or started. */
API int net_set_counting(net *net, uint32_t convention, uint32_t squared);

/* Which tensors of the layer added last are observed, so that there is a summary: the sum of 1 << TENSOR_* of those.
 * The input and deltas always are, and all others if this is not called. What is not observed costs no time; of
 * preactivations, nor are there squares and a correlation then. RANGE: no such tensor. ORDER: no layer, or started. */
API int net_set_observed(net *net, uint32_t tensors);

/* Asks for a backward pass. All z_l are then held until the end. RANGE: loss. ORDER: started. */
API int net_set_loss(net *net, uint32_t loss);

/* How many bytes of what weights are drawn from may be kept, of the first layers, for the way back and for a net that
 * resumes; less where a module's memory has no room for them beside two such nets. 0, and if this is never called: with
 * a loss 24 MiB, room or no, else none. RANGE: over LIMIT_BYTES. ORDER: started. */
API int net_set_kept(net *net, uint32_t bytes);

/* The largest batch with which the layers added so far fit into LIMIT_BYTES; 0 if not even one does. */
API uint32_t net_max_batch(const net *net);

/* Allocates the buffers and draws the input. MEMORY: batch exceeds net_max_batch(), or the allocation failed. RANGE:
 * cross-entropy of images larger than 1 x 1. ORDER: already started, or no layer. */
API int net_start(net *net);

/* The input's buffer, (batch, net_stride(TENSOR_INPUT)) floats of which the first height x width x channels of each row
 * count, for the caller of INPUT_GIVEN to fill between net_start and the first net_step; NULL otherwise. */
API float *net_input(net *net);

/* Draws and passes the next layer, and returns its number, 1 to depth; 0 when there is none left. ORDER: not
 * started. */
API int net_step(net *net);

/* Passes the loss back through the next layer, and returns its number, depth to 1; 0 when there is none left. Weights
 * that were not kept are drawn again. ORDER: no loss was asked for, or net_step has not yet said 0. */
API int net_back(net *net);

/* The same in parts, some of the weights after the others, so that a caller of a large layer can look up in between:
 * each returns the layer's number when it has passed the last of its net_parts() parts, which are those that are still
 * left, else 0. Between parts a net gives no tensors, rows and squares, and nothing of the way back but its loss. */
API uint32_t net_parts(const net *net);
API int net_step_part(net *net);
API int net_back_part(net *net);

/* Takes over the first layers of another net, as far as `before` has stepped them and they are alike in both, and
 * observed alike, but for the last of these, and returns how many: the next step is of the layer after. Until then no
 * layer has a summary, and there are no squares and no correlation. 0, and no layer is taken over: there are none;
 * seed, batch or input differ; the input is given; or not both hold all z_l, for a loss. Either way what `before` has
 * kept of layers of the same seed and distribution, at any scale and of any size, goes to `next`, as far as that may
 * keep it; of a matrix only with its layer. `before` tells the same as ever. ORDER: not started, or begun to step. */
API int net_resume(net *next, net *before);

/* Mean over the batch of the loss; NaN before the first net_back, and for LOSS_NONE. */
API double net_loss(const net *net);

/* Mean of phi'(z) over the layer last passed back through; NaN before the first net_back. */
API double net_mean_slope(const net *net);

/* Of layer `layer`, 1 to depth, whether or not it has been stepped: what its rule gives. The weights have this mean and
 * std; where they are cut, they lie within +-bound (or (0, bound)), else it is NaN; parent is the std before the
 * cut. */
API double net_mean(const net *net, uint32_t layer);
API double net_std(const net *net, uint32_t layer);
API double net_bound(const net *net, uint32_t layer);
API double net_parent(const net *net, uint32_t layer);
API double net_bias_std(const net *net, uint32_t layer); /* sigma_b: root mean square of the biases */
API double net_fan(const net *net, uint32_t layer, uint32_t which); /* FAN_IN or FAN_OUT, by its convention */

/* What a layer gives; of layer 0, the input. */
enum { EXTENT_HEIGHT, EXTENT_WIDTH, EXTENT_CHANNELS };
API uint32_t net_extent(const net *net, uint32_t layer, uint32_t side);

/* Borders: zeros around the images make what is near them smaller. Places y with top <= y < bottom and x with left <= x
 * < right are those to which nothing came from a border, through all layers; or, back, to which moreover no delta lacks
 * a border's. Theory is of these. All 0 if there are none; of a dense layer its one place, whatever it took. */
enum { INSIDE_TOP, INSIDE_BOTTOM, INSIDE_LEFT, INSIDE_RIGHT };
API uint32_t net_inside(const net *net, uint32_t layer, uint32_t back, uint32_t side);

/* Mean squares, over batch and channels, of the preactivations of the layer last stepped, or once net_back was called
 * of the deltas of the layer last passed back through: (height, width) doubles, of finite values, NaN where there are
 * none. NULL before there is one, and of what is not observed. */
API const double *net_squares(const net *net);

/* Correlation of the preactivations of two inputs, of the layer last stepped: the mean of z_i . z_j over all pairs of
 * the batch, over the mean of z_i . z_i. NaN for a batch of 1, where z is not finite or all 0,
 * and where it is not observed. */
API double net_correlation(const net *net);

/* Of the layer last stepped, or for deltas and weight gradients last passed back through (TENSOR_INPUT: of the whole
 * run): SUMMARY_COUNT doubles, LIMIT_BINS counts. NULL for an unknown tensor, for one that
 * is not observed, and before there is one. */
API const double *net_summary(const net *net, uint32_t tensor);
API const uint32_t *net_counts(const net *net, uint32_t tensor);

/* Of the layer last stepped (passed back through, for deltas): (batch height width, net_stride(tensor)) floats, of
 * which the first `units` of each row count; of the input (batch, net_stride(tensor)). For preactivations, activations
 * (the input, between net_start and the first step) and deltas; NULL for the rest, and for all but deltas once net_back
 * was called. */
API const float *net_tensor(const net *net, uint32_t tensor);
API uint32_t net_stride(const net *net, uint32_t tensor);

/* Rows row .. row + rows - 1, drawn or computed afresh, of W_layer after net_start, or of dL/dW of the layer last
 * passed back through: (rows, units rounded up to 8) floats. NULL if out of range; rows at most 64. */
API const float *net_weights(net *net, uint32_t layer, uint32_t row, uint32_t rows);
API const float *net_weight_gradients(net *net, uint32_t row, uint32_t rows);

/* Mean-field theory: what a wide layer should show. x = sqrt(q) z with z ~ N(0, 1) is a preactivation. */
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

/* A moment, to about 1e-13 of itself for q in [1e-60, 1e60] (where positive and negative terms cancel, of those:
 * MOMENT_PHI of elu and selu, MOMENT_GROWTH of sigmoid and softplus), and to its limit from there to q = 0 and to
 * infinity; at q = 0 those of slopes are of the slopes on either side. NaN for an unknown activation or moment, or
 * q < 0. */
API double theory_moment(uint32_t activation, uint32_t moment, double q);

/* E phi(u) phi(v) for u and v of mean square q and the given correlation, to 1e-9 of E phi(x)^2; NaN for a
 * correlation outside of [-1, 1]. */
API double theory_product(uint32_t activation, double q, double correlation);

/* c = d ln E phi(x)^2 / d ln q, and kappa = E phi(x)^4 / (E phi(x)^2)^2 - 1: how a relative deviation of q, and the
 * chance of a finite width, pass into the next layer. Both to 1e-13 absolute. */
API double theory_elasticity(uint32_t activation, double q);
API double theory_kappa(uint32_t activation, double q);

/* q*: where q_{l+1} = sigma_w2 E phi(sqrt(q_l) z)^2 + sigma_b2 (Poole et al. 2016, equation 3) leads from q = 1. 0 if q
 * decays to 0 (without biases: below 1e-14), INFINITY if it grows without bound, however slowly, and 1 where it changes
 * by less than 1e-14 of itself. Looked for between 1e-100 and 1e100. */
API double theory_fixed_point(uint32_t activation, double sigma_w2, double sigma_b2);

/* chi_1 = sigma_w2 E phi'(x)^2 (Schoenholz et al. 2017, equation 9), and the depth scales -1 / ln d q_{l+1} / d q_l and
 * -1 / ln chi_1 over which perturbations of q and of the distance of two like inputs fall by a factor of e (the same
 * paper, its xi_q and, for c* = 1, xi_c); INFINITY where marginal, negative where they grow. */
API double theory_chi(uint32_t activation, double sigma_w2, double q);
API double theory_depth_q(uint32_t activation, double sigma_w2, double q);
API double theory_depth_c(uint32_t activation, double sigma_w2, double q);

/* Places of net_theory(): what theory predicts of a layer as wide as this one. The log stds are those, over networks,
 * of ln of a mean square for one input at one place, and means over a batch or over places stray less; z_log_std
 * includes that a layer has only so many units. What is not known is NaN: the log stds from the first layer on whose
 * weights are orthogonal or sparse; those of deltas under cross-entropy where the last layer is not linear. */
enum {
  THEORY_Z_SQUARE,
  THEORY_Z_LOG_STD,
  THEORY_Z_CORRELATION, /* of two inputs */
  THEORY_A_MEAN,
  THEORY_A_SQUARE,
  THEORY_A_LOG_STD,
  THEORY_SLOPE_SQUARE,
  THEORY_DELTA_SQUARE, /* these four: once net_back was called; of gradients, only */
  THEORY_GRADIENT_SQUARE, /*   for the random loss: those of cross-entropy are alike in all examples, and add up */
  THEORY_DELTA_LOG_STD,
  THEORY_GRADIENT_LOG_STD,
  THEORY_COUNT
};

/* THEORY_COUNT doubles, borrowed until the next call. NULL where theory does not apply: before the layer was stepped,
 * and from the first layer on whose weights have a mean, are all alike or an identity, are orthogonal and less than
 * 64 wide, whose biases have a mean, where no place is inside, or that takes the means of images or a border with
 * them. Weight gradients: NaN where not all places are inside. */
API const double *net_theory(net *net, uint32_t layer);

#endif
