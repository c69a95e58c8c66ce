/* initscope.h: the whole public surface of the engine. Every line that begins with API is exported to WebAssembly.
 *
 * A network is a stack of layers: z_l = a_{l-1} W_l + b_l and a_l = phi(z_l), where a_0 is the input. Layers that pool
 * or flatten have no weights: their z_l = a_l is a function of a_{l-1} alone. The network draws its weights,
 * runs forward and, if asked, back, one layer at a time. It can train on examples that its caller gives. It reads and
 * writes no files.
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
 *   Dense layers: tensors are (batch, units); W_l is (fan_in, fan_out).
 *   Convolutions: tensors are images, (batch, height, width, channels); the units are the channels.
 *   Their W_l is (kernel height, kernel width, channels in / groups, channels out). It is applied to a patch of a_{l-1}
 *   at each position.
 *   Vectors are images of 1 x 1.
 *
 * Weights
 *   A weight is a function of (seed, layer, row, column), times the scale that its rule gives.
 *   So a deeper or wider network shares the noise of a smaller one of the same seed.
 *   Orthogonal, sparse and identity weights are made as one whole matrix. They also depend on the shape of that matrix,
 *   and they are stored.
 *
 * Memory
 *   The engine owns every buffer. A pointer that it returns is borrowed. It is valid until the next call that changes
 *   the network, the next net_weights or net_weight_gradients, or net_free.
 *   Without a loss, memory does not grow with depth, apart from the cache set by net_set_kept.
 *   The memory of a WebAssembly module has the size that its host gave it before _initialize(); it never grows after
 *   that, so views of it stay valid. A larger network needs another instance: see net_bytes.
 *
 * Errors
 *   A function that returns int returns 0 or more on success, and a NET_ERROR_* below 0 otherwise.
 *   After an error the network is as it was.
 *
 * Native code and WebAssembly give the same bits. Only theory and the std of a cut normal may differ: they use libm.
 *
 * `net` is always a handle from net_new. `layer` counts from 1 to depth; layer 0 is the input. `activation` is an index
 * into the table of activations. `parameter` is the parameter of that activation; NaN stands for its default, and an
 * activation without one ignores it.
 */
#ifndef INITSCOPE_H
#define INITSCOPE_H

#include <stdint.h>

#define API __attribute__((visibility("default")))

typedef struct net net;

/* RANGE: a number is out of its range. MEMORY: there is not enough. ORDER: this call does not fit what came before. */
enum { NET_ERROR_RANGE = -1, NET_ERROR_MEMORY = -2, NET_ERROR_ORDER = -3 };

/* ================================================================ Rules: how weights are drawn */

/* Distributions. The std of a rule is the std of the values drawn, except where a comment says that it is the parent's.
 * The parent is the normal distribution before it is cut. */
enum {
  DISTRIBUTION_CONSTANT,
  DISTRIBUTION_UNIFORM, /* on (-bound, bound) */
  DISTRIBUTION_UNIFORM_POSITIVE, /* on (0, bound): not centred */
  DISTRIBUTION_NORMAL,
  DISTRIBUTION_TRUNCATED, /* normal, cut at 2 std of its parent, or where net_set_cut says; the parent is widened to make
                             up for the cut */
  DISTRIBUTION_TRUNCATED_RAW, /* the same without widening: the rule's std is the parent's */
  DISTRIBUTION_CUT, /* normal, cut at -2 and 2 whatever its std; the rule's std is the parent's */
  DISTRIBUTION_ORTHOGONAL, /* orthonormal columns, or rows if there are fewer rows than columns; the std scales the
                              matrix */
  DISTRIBUTION_IDENTITY, /* ones on the diagonal; the std scales the matrix */
  DISTRIBUTION_SPARSE, /* the rule's number is the share of each row that is 0; the rest is normal with std 0.01 */
  DISTRIBUTION_UNIT_SUM, /* uniform, then scaled so that the absolute weights of each unit sum to 1; the std scales them */
  DISTRIBUTION_CUT_SPIKED, /* as DISTRIBUTION_CUT, but one value in 2^24 is exactly -2 */
  DISTRIBUTION_TRUNCATED_SPIKED, /* as DISTRIBUTION_TRUNCATED_RAW, but half of what is cut off is exactly 0 */
  DISTRIBUTION_COUNT
};

/* Modes: how a rule turns its number into a scale. */
enum {
  MODE_VALUE, /* the number is the std, the bound, the share or the value itself */
  MODE_FAN_IN, /* Var(W) = number / fan_in */
  MODE_FAN_OUT, /* Var(W) = number / fan_out */
  MODE_FAN_AVG, /* Var(W) = number / ((fan_in + fan_out) / 2) */
  MODE_FAN_GEO_AVG, /* Var(W) = number / sqrt(fan_in fan_out) */
  MODE_DEPTH, /* std = number / sqrt(2 blocks): residual sums, or layers where there is no sum (Radford et al. 2019) */
  MODE_NGUYEN_WIDROW, /* bound = number fan_out^(1 / fan_in) (Nguyen & Widrow 1990) */
  MODE_COUNT
};

/* Whether biases can be drawn from a distribution in a mode. Returns 1 or 0; also 0 if either is unknown. */
API int bias_accepts(uint32_t distribution, uint32_t mode);

/* ================================================================ Tables: schemes, libraries, activations
 *
 * Strings are ASCII and end with NUL. An index past the last row gives "" or 0, or NaN where a number may be NaN. */

/* Schemes: named rules (distribution, mode, number). */
API uint32_t scheme_count(void);
API const char *scheme_name(uint32_t scheme);
API const char *scheme_group(uint32_t scheme); /* the heading that it goes under in a menu, such as "Xavier" */
API const char *scheme_paper(uint32_t scheme); /* where it comes from; "": nowhere in particular */
API uint32_t scheme_distribution(uint32_t scheme); /* DISTRIBUTION_* */
API uint32_t scheme_mode(uint32_t scheme); /* MODE_* */
API const char *scheme_number_name(uint32_t scheme); /* "std", "bound", ... if users may choose the number; "": fixed */
API double scheme_number(uint32_t scheme); /* the number, or its default where users may choose it */

/* Library calls: what a user of a library writes, and the scheme that it stands for. */
API uint32_t library_count(void);
API const char *library_name(uint32_t entry);
API const char *library_call(uint32_t entry);
API const char *library_scheme(uint32_t entry); /* a name in the table of schemes */
API double library_number(uint32_t entry); /* NaN: the scheme's own number */
API const char *library_bias(uint32_t entry); /* the scheme of the biases; "": the call leaves them as they are */
API uint32_t library_convention(uint32_t entry); /* CONVENTION_*: how the library counts fans; 0 past the last row */

/* Shapes of layers, as far as libraries tell them apart. A square layer has as many units as inputs. */
enum { SHAPE_DENSE, SHAPE_SQUARE, SHAPE_CONV, SHAPE_GROUPED, SHAPE_DEPTHWISE, SHAPE_COUNT };

API int library_takes(uint32_t entry, uint32_t shape); /* whether the call can be used for such a layer: 1 or 0 */

/* The argument that sets the scale of the call, such as "gain=%". Its value stands as %: for a gain g it is base g^power.
 * A call that always shows its value has the % in library_call(). A power of 0: the call has no such argument. */
API const char *library_argument(uint32_t entry);
API double library_base(uint32_t entry); /* NaN: the scheme's number, which users choose */
API uint32_t library_power(uint32_t entry);

/* Activations. A unit whose activation lies outside [lo, hi] counts as saturated. */
API uint32_t activation_count(void);
API const char *activation_name(uint32_t activation);
API double activation_saturation_lo(uint32_t activation); /* -INFINITY: none. For elu times alpha */
API double activation_saturation_hi(uint32_t activation); /* INFINITY: none */

/* Some activations have a parameter: the slope of leaky-relu below 0, the alpha of elu, and the omega of sin(omega z). Its
 * default and its range; 0 where there is none. */
API const char *activation_parameter_name(uint32_t activation); /* "": it has none */
API double activation_parameter(uint32_t activation);
API double activation_parameter_least(uint32_t activation);
API double activation_parameter_most(uint32_t activation);

/* All three are NaN for an unknown activation, and for a parameter out of range.
 *   activation_pytorch_gain  torch.nn.init.calculate_gain; also NaN where that has none
 *   activation_value         phi(z), in single precision, as networks compute it
 *   activation_slope         phi'(z), likewise */
API double activation_pytorch_gain(uint32_t activation, double parameter);
API double activation_value(uint32_t activation, double parameter, double z);
API double activation_slope(uint32_t activation, double parameter, double z);

/* Conventions: how fans are counted. */
enum {
  CONVENTION_TRUE, /* the true fans: how many inputs feed one output, and how many outputs one input feeds */
  CONVENTION_PYTORCH,
  CONVENTION_KERAS, /* and TensorFlow; both count a kernel with one group for each channel as their depthwise layer does
                     */
  CONVENTION_JAX,
  CONVENTION_WHOLE, /* groups are ignored: MegEngine, NNabla, Paddle and tinygrad */
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
 * Returns the fan; 0 for an unknown convention or fan, and where groups is 0. */
API double fans_of(uint32_t convention, uint32_t which, uint32_t transposed, double size, uint32_t channels_in,
                   uint32_t channels_out, uint32_t groups);

/* ================================================================ Limits */

/* Each is the largest value allowed, unless its comment says otherwise. */
enum {
  LIMIT_DEPTH,
  LIMIT_UNITS, /* of a dense layer */
  LIMIT_OUTPUTS, /* of a dense layer that is the last layer */
  LIMIT_INPUTS, /* numbers of a vector as input */
  LIMIT_BATCH,
  LIMIT_BINS, /* bins of a histogram: always exactly this many */
  LIMIT_BYTES, /* that one network may hold, without its cache */
  LIMIT_SCALE, /* of a gain, and of the absolute value of a rule's number */
  LIMIT_SIDE, /* of images */
  LIMIT_CHANNELS,
  LIMIT_KERNEL, /* side of a kernel; side and stride of a window of pooling */
  LIMIT_ORTHOGONAL, /* rows or columns of an orthogonal matrix */
  LIMIT_STRIDE, /* of convolutions */
  LIMIT_WEIGHTS, /* of one layer */
  LIMIT_ROWS, /* that net_weights and net_weight_gradients return at once */
  LIMIT_PANEL, /* columns of a panel: rows of tensors are padded to a multiple of this */
  LIMIT_EXAMPLES, /* of a network that trains */
  LIMIT_MODULE, /* bytes of memory of a WebAssembly module */
  LIMIT_COUNT
};

/* Returns the limit LIMIT_*; 0 for an unknown one. */
API uint32_t net_limit(uint32_t which);

/* ================================================================ Building a network
 *
 * Call net_new, then net_add_* for each layer, from the first. net_set_parameter, net_set_weights, net_set_bias,
 * net_set_counting, net_set_drawn, net_set_stream and net_set_observed change the layer that was added last. Each net_add_* and net_set_* returns 0 on
 * success. It returns NET_ERROR_ORDER after net_start. A setting of a layer also returns that while there is no layer.
 * Settings of weights and biases also return it for a layer without weights. */

/* What the numbers of an input are. A drawn number is a function of (seed, example, place), times a scale. */
enum {
  INPUT_NORMAL, /* mean 0 and std 1, unless net_set_input says otherwise */
  INPUT_UNIFORM, /* likewise */
  INPUT_GIVEN, /* of any scale: the caller writes them into net_input() */
  INPUT_SPARSE, /* many are 0, and the others normal; by net_set_input alone, as the next */
  INPUT_ONE_HOT, /* one of each example is 1, and the others are 0 */
  INPUT_COUNT
};

/* Makes a network without layers. The caller frees it with net_free.
 *   seed      for everything that it draws
 *   batch     inputs, 1 to LIMIT_BATCH
 *   height, width, channels  of one input. Images: sides of 1 to LIMIT_SIDE, and 1 to LIMIT_CHANNELS channels.
 *             Vectors: sides of 1, and 1 to LIMIT_INPUTS channels
 *   input     INPUT_NORMAL, INPUT_UNIFORM or INPUT_GIVEN
 * Returns the network; NULL where a number is out of range, or memory is short. */
API net *net_new(uint32_t seed, uint32_t batch, uint32_t height, uint32_t width, uint32_t channels, uint32_t input);

/* Sets what is drawn as the input, at any time before net_start.
 *   input  INPUT_*, apart from INPUT_GIVEN
 *   mean   of normal and uniform numbers, -LIMIT_SCALE to LIMIT_SCALE; for other kinds 0
 *   std    of all numbers, 0 to LIMIT_SCALE; for one-hot inputs 0, as it has no meaning
 *   zeros  of a sparse input: with what probability a number is 0, at most 0.999; for other kinds 0
 * Errors: RANGE if any of these is out of range; ORDER if the network is for INPUT_GIVEN, and after net_start. */
API int net_set_input(net *net, uint32_t input, double mean, double std, double zeros);

/* Frees a network and all its buffers; NULL is allowed. */
API void net_free(net *net);

/* How a dense layer reads the layer before it. POOL_NONE is for other kinds of layer. */
enum { POOL_NONE, POOL_FLATTEN, POOL_AVERAGE };

/* Adds a dense layer, with weights and biases of 0.
 *   units  1 to LIMIT_UNITS; up to LIMIT_OUTPUTS in the last layer: after more than LIMIT_UNITS no layer can be added
 *   pool   POOL_FLATTEN: all numbers of the layer before; those of an image in the order (height, width, channels).
 *          POOL_AVERAGE: the mean of each channel of the layer before; not allowed where that is an input of images
 * Errors: RANGE if units, activation or pool is out of range, or if there would be more than LIMIT_DEPTH layers or
 * LIMIT_WEIGHTS weights. */
API int net_add_dense(net *net, uint32_t units, uint32_t activation, uint32_t pool);

/* SAME: ceil(size / stride) outputs along each side, with as many zeros around the image as that takes. If their number
 * is odd, the extra zero goes at the bottom or on the right, as in Keras. VALID: no zeros. PADDING_ZEROS + p: p zeros on
 * each side, as PyTorch's padding=p. At stride 2 that is not SAME, even where both give images of one size. */
enum { PADDING_SAME, PADDING_VALID };
enum { PADDING_ZEROS = 2 };

/* Adds a two-dimensional convolution, with weights and biases of 0.
 *   kernel_height, kernel_width  1 to LIMIT_KERNEL; unless padding is SAME, no larger than the padded images
 *   channels  of the output, 1 to LIMIT_CHANNELS
 *   stride    1 to LIMIT_STRIDE
 *   padding   PADDING_SAME, PADDING_VALID, or PADDING_ZEROS + p, where p is less than both sides of the kernel
 *   groups    must divide both the channels of the layer before and `channels`; each group of outputs reads its own
 *             group of inputs
 * Errors: RANGE if any of these or the activation is out of range, if the images before or after the layer are larger
 * than LIMIT_SIDE, if the layer before is dense or flattens, or if there would be more than LIMIT_DEPTH layers or
 * LIMIT_WEIGHTS weights. */
API int net_add_conv(net *net, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                     uint32_t padding, uint32_t groups, uint32_t activation);

/* Adds a transposed convolution as PyTorch defines it: each side of its output is
 * (in - 1) stride - 2 padding + kernel + output_padding. W_l is as for a convolution; it takes the value at input (y, x)
 * times W_l[i, j] to output (y stride - padding + i, x stride - padding + j). A vector before it is an image of 1 x 1.
 *   kernel_height, kernel_width, channels, stride, groups, activation  as for net_add_conv
 *   padding         rows and columns that are cut off on each side; less than both sides of the kernel
 *   output_padding  rows below and columns on the right that are added; less than the stride
 * Errors: RANGE as for net_add_conv, and if nothing would be left of the output. */
API int net_add_transposed(net *net, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                           uint32_t padding, uint32_t output_padding, uint32_t groups, uint32_t activation);

/* What pooling takes of the values under its window: the largest, or their mean. */
enum { WINDOW_MAX, WINDOW_AVERAGE, WINDOW_COUNT };

/* Pooling and flatten. They have no rule, no fans and no tensors of weights, and their activation is linear: z_l, a_l
 * and the layer's output are the same, and their deltas are dL/da_l. net_set_observed is the only setting that they
 * take; the others return NET_ERROR_ORDER.
 *
 * net_add_pool: a window over the images of each channel.
 *   kind           WINDOW_*
 *   height, width  of the window, 1 to LIMIT_KERNEL
 *   stride         1 to LIMIT_KERNEL
 *   padding        PADDING_SAME, PADDING_VALID, or PADDING_ZEROS + p, where p is at most half of both sides. A maximum
 *                  never takes padding. A mean counts the p zeros, as PyTorch does; it does not count those of SAME, as
 *                  in TensorFlow.
 * net_add_global_average: the mean of each channel, as an image of 1 x 1.
 * net_add_flatten: all numbers of an image as a vector, in the order (height, width, channels).
 * Errors: RANGE if a number is out of range, if there would be more than LIMIT_DEPTH layers; unless it flattens, if the
 * layer before is dense or flattens, or if its images are smaller than the window or larger than LIMIT_SIDE. */
API int net_add_pool(net *net, uint32_t kind, uint32_t height, uint32_t width, uint32_t stride, uint32_t padding);
API int net_add_global_average(net *net);
API int net_add_flatten(net *net);

/* What a norm takes its statistics of. LAYER and RMS: the channels, at each position of each input. BATCH: all positions of
 * all inputs of the batch, for each channel; so a network has no running averages. */
enum { NORM_LAYER, NORM_RMS, NORM_BATCH, NORM_COUNT };

/* Adds a layer that normalizes: z_l = gain (a_{l-1} - mean) / sqrt(variance + epsilon) + shift. RMS divides by sqrt(mean
 * square + epsilon), and has neither mean nor shift. It gives images above images, and a vector above a vector. In a
 * network that trains each channel has a gain and a shift, which train as biases do; the shifts start at 0.
 *   norm     NORM_*
 *   gain     of all channels, at the start; 0 to LIMIT_SCALE
 *   epsilon  0 to 1
 * Errors: RANGE if any of these or the activation is out of range, or if there would be more than LIMIT_DEPTH layers. */
API int net_add_norm(net *net, uint32_t norm, double gain, double epsilon, uint32_t activation);

/* The factors of a sum that train, as bits. */
enum { SUM_STREAM = 1, SUM_BRANCH = 2 };

/* Adds a residual sum: z_l = stream a_from + branch a_{l-1}. Until net_free the network then keeps every z_l, even without
 * a loss.
 *   from            the layer whose output is the stream; 0: the input. Its output must have the shape of the layer
 *                   before; the input only if it is one vector, or the first layer goes over images
 *   stream, branch  -LIMIT_SCALE to LIMIT_SCALE
 *   trains          the sum of SUM_*: factors that train, as biases do
 * Errors: RANGE if any of these or the activation is out of range, if the shapes differ, or if there would be more than
 * LIMIT_DEPTH layers. */
API int net_add_sum(net *net, uint32_t from, double stream, double branch, uint32_t trains, uint32_t activation);

/* Adds gated units: z_l = x_1 phi(x_2), where x_1 are the first half of the channels of a_{l-1}, and x_2 the second, as
 * PyTorch's nn.GLU. They have no weights, give images above images, and a vector above a vector.
 *   gate  the activation phi, with its default parameter: sigmoid for GLU, silu for SwiGLU, gelu for GEGLU
 * Errors: RANGE if there is no such activation, if the number of channels is odd, or if there would be more than
 * LIMIT_DEPTH layers. */
API int net_add_gate(net *net, uint32_t gate);

/* Adds PReLU: z_l is a_{l-1} above 0, and slope times that below. In a network that trains the slopes train as biases do.
 *   slope   at the start, 0 to 1
 *   shared  1: all channels share one slope, as in PyTorch's nn.PReLU(); 0: each has its own
 * Errors: RANGE if either is out of range, or if there would be more than LIMIT_DEPTH layers. */
API int net_add_prelu(net *net, double slope, uint32_t shared);

/* Sets the parameter of the layer's activation. Errors: RANGE if it is out of range, or the activation has none. */
API int net_set_parameter(net *net, double parameter);

/* Sets the rule of the weights.
 *   distribution  DISTRIBUTION_*
 *   mode          MODE_*; a sparse rule takes MODE_VALUE alone
 *   number        0 to LIMIT_SCALE; a share is at most 1; a constant of MODE_VALUE may be negative
 *   gain          multiplies what the rule gives; for a normal that is cut, the std before the cut; 0 to LIMIT_SCALE
 * Errors: RANGE if any of these is out of range, if an orthogonal matrix would have more than LIMIT_ORTHOGONAL rows or
 * columns, or if identity weights would have a kernel larger than 1 x 1. */
API int net_set_weights(net *net, uint32_t distribution, uint32_t mode, double number, double gain);

/* Sets where a truncated normal is cut, TRUNCATED or TRUNCATED_RAW; net_set_weights sets it to 2. As no normal is larger
 * than 6.56, beyond that nothing is cut.
 *   cut  in std of the parent, 0.1 to 10
 * Errors: RANGE if it is out of range, ORDER if the rule of the weights is another one. */
API int net_set_cut(net *net, double cut);

/* Sets the rule of the biases, with the same parameters. Errors: RANGE if any of them is out of range, or if
 * bias_accepts returns 0. */
API int net_set_bias(net *net, uint32_t distribution, uint32_t mode, double number, double gain);

/* Sets how the scale of a layer's weights follows from its shape. Two common mistakes can be made on purpose.
 *   convention  CONVENTION_*, which counts the fans of weights and biases; CONVENTION_TRUE unless set
 *   squared     1: the variance of the weights is used as their std (as the parent's std where the rule's std is the
 *               parent's), and then multiplied by the gain. 0: no such mistake
 * Errors: RANGE if either is out of range. */
API int net_set_counting(net *net, uint32_t convention, uint32_t squared);

/* Number formats in which weights and biases are drawn. The network computes and trains in float32 all the same. FLOAT16 and
 * BFLOAT16: drawn in float32, then rounded to nearest, ties to even. The others draw as a library does for tensors of
 * bfloat16; what it has no generator for is rounded as BFLOAT16 is. That goes for constants and matrices, and for
 *   JAX       nothing else: uniform, normal and truncated numbers are one of 128 values each
 *   PYTORCH   all but uniform numbers, of which the upper bound becomes the lower one
 *   TINYGRAD  truncated numbers; uniform ones are one of 128 values, normal ones are rounded before and after they are
 *             scaled */
enum {
  DRAWN_FLOAT32,
  DRAWN_FLOAT16,
  DRAWN_BFLOAT16,
  DRAWN_JAX_BFLOAT16, /* JAX 0.12.0.1 */
  DRAWN_PYTORCH_BFLOAT16, /* PyTorch 2.15.0, on a CPU */
  DRAWN_TINYGRAD_BFLOAT16, /* tinygrad 0.14.0 */
  DRAWN_COUNT
};

/* Sets the format in which the weights and biases of a layer are drawn; DRAWN_FLOAT32 unless set.
 *   format  DRAWN_*
 * Errors: RANGE for an unknown format. */
API int net_set_drawn(net *net, uint32_t format);

/* Draws the weights of a layer with the random numbers of another one. Where both have one shape and one rule, their weights
 * are the same: a common mistake, and what a recurrent network does on purpose. Theory takes all layers for independent.
 *   stream  that layer, 1 to the depth; a layer has its own unless set
 * Errors: RANGE if there is no such layer. */
API int net_set_stream(net *net, uint32_t stream);

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

/* Chooses the tensors of a layer to observe. Only an observed tensor has a summary; the others cost no time. By default
 * all are observed. net_squares and net_correlation of the forward pass need TENSOR_PREACTIVATIONS.
 *   tensors  the sum of 1 << TENSOR_*; TENSOR_INPUT and TENSOR_DELTAS are always observed
 * Errors: RANGE for an unknown tensor. */
API int net_set_observed(net *net, uint32_t tensors);

/* The loss L that the backward pass starts from, a sum over the batch. */
enum {
  LOSS_NONE,
  LOSS_RANDOM, /* sum(g a_L), with g ~ N(0, 1) */
  LOSS_CROSS_ENTROPY, /* softmax cross-entropy of a_L against random labels */
  LOSS_COUNT
};

/* Asks for a backward pass. The network then keeps every z_l until net_free. Errors: RANGE for an unknown loss; ORDER for a
 * network that trains, whose loss net_set_training has set. */
API int net_set_loss(net *net, uint32_t loss);

/* Sets the size of the cache: it keeps the noise of the first layers' weights, as many as fit, for net_back and
 * net_resume. The cache is smaller than this if the memory of the WebAssembly module cannot hold it together with two
 * networks of this size.
 *   bytes  0 to LIMIT_BYTES. 0 is the default: 24 MiB for a network with a loss, even if memory is short; no cache
 *          without a loss
 * Errors: RANGE if bytes is out of range. */
API int net_set_kept(net *net, uint32_t bytes);

/* Returns the bytes that a network needs with the layers added so far, itself included, apart from its cache. Nothing is
 * allocated: net_start refuses more than LIMIT_BYTES. */
API double net_bytes(const net *net);

/* Returns the bytes of memory with which a module works best: two of these networks fit, as net_resume needs, and the
 * cache of one. It may exceed LIMIT_MODULE. A module of LIMIT_MODULE - LIMIT_BYTES + net_bytes() can hold the network. */
API double net_module_bytes(const net *net);

/* Returns the largest batch with which the layers added so far fit into LIMIT_BYTES; 0 if not even one input does. */
API uint32_t net_max_batch(const net *net);

/* ================================================================ Running a net */

/* Allocates the buffers and draws the input. Returns 0.
 * Errors: MEMORY where the batch exceeds net_max_batch() or allocation fails; RANGE for cross-entropy if the last
 * layer gives images larger than 1 x 1; ORDER if there is no layer, or the network has already been started. */
API int net_start(net *net);

/* For INPUT_GIVEN: returns the buffer of the input, (batch, net_stride(net, TENSOR_INPUT)) floats. Fill it between
 * net_start and the first net_step. Only the first height x width x channels floats of each row are used. Returns NULL
 * at any other time. */
API float *net_input(net *net);

/* Draws the next layer's weights and passes the signal through it.
 * Returns the layer's number, 1 to depth; 0 when no layer is left. Errors: ORDER before net_start. */
API int net_step(net *net);

/* Passes the gradient back through one more layer, from the last to the first. Weights that are not in the cache are
 * drawn again.
 * Returns the layer's number, depth to 1; 0 when no layer is left. Errors: ORDER if there is no loss, or if the forward
 * pass is not finished: net_step has not returned 0 yet. */
API int net_back(net *net);

/* net_step and net_back in parts, so that with a large layer the caller can do other work in between. An orthogonal matrix
 * is made in parts too, wherever it is not kept; net_weights makes it at once. Between parts,
 * functions that return tensors, rows or squares return NULL. Between parts of the backward pass, only net_loss has a
 * value.
 * Return the layer's number after its last part. They return 0 before that, and when no layer is left.
 * Errors: those of net_step and net_back. */
API int net_step_part(net *net);
API int net_back_part(net *net);

/* Returns how many parts of the layer in progress are left. */
API uint32_t net_parts(const net *net);

/* Takes over the first layers of another network, with their results, so that they need not be stepped again. These are
 * the first layers that are the same, and observed alike, in both networks and that `before` has stepped, except the
 * last of them. net_step then goes on with the layer after them. Until it has done so, no layer has a summary, and
 * there are no squares and no correlation. `next` also takes over cached noise, layer by layer, as much as its cache
 * may hold. Seed and distribution must be the same; scale and size may differ. A stored matrix is taken over only with
 * its layer. next    started, and not yet stepped before  another network; results already in it stay readable Returns
 * how many layers were taken over. This is 0 if seed, batch or input differ, if the input is given, or if either
 * network has no loss. Errors: ORDER if `next` has not been started, or has begun to step. */
API int net_resume(net *next, net *before);

/* ================================================================ Training
 *
 * A network that trains stores its weights and biases, and moves them step by step. It starts from the weights that it
 * would draw if it did not train. Call net_set_training after the last layer, then net_start, and write the examples. A
 * step is net_begin_batch, then net_step until it returns 0, then net_back until it returns 0. Each net_back moves its
 * layer. net_train does whole steps and observes nothing. For a network that does not train, these functions return
 * NET_ERROR_ORDER, NULL, NaN or 0.
 *
 * Here L is the mean over the batch, as in PyTorch; dL/dz and dL/dW are its gradients. net_theory returns NULL. */

enum {
  OBJECTIVE_CROSS_ENTROPY, /* softmax cross-entropy against labels; the last layer's activations are the logits */
  OBJECTIVE_SQUARED_ERROR, /* mean over rows and outputs of (a_L - target)^2 */
  OBJECTIVE_COUNT
};

/* What a step does to the weights. MOMENTUM and NESTEROV are SGD with a velocity. */
enum { OPTIMIZER_SGD, OPTIMIZER_MOMENTUM, OPTIMIZER_NESTEROV, OPTIMIZER_ADAM, OPTIMIZER_COUNT };

/* Whose definition of the optimizer: PyTorch 2.15, Keras 3.15.1, optax 0.2.8, TensorFlow.js 4.22, scikit-learn 1.9.1 and
 * ConvNetJS 0.3.0, which has neither NESTEROV nor ADAM. */
enum {
  DIALECT_PYTORCH,
  DIALECT_KERAS,
  DIALECT_OPTAX,
  DIALECT_TENSORFLOW_JS,
  DIALECT_SCIKIT_LEARN,
  DIALECT_CONVNET_JS,
  DIALECT_COUNT
};

/* Hyperparameters: the learning rate, the momentum, of Adam the two rates of decay of its averages and epsilon, and the
 * decay of weights. */
enum { HYPER_RATE, HYPER_MOMENTUM, HYPER_BETA1, HYPER_BETA2, HYPER_EPSILON, HYPER_DECAY, HYPER_COUNT };

/* The default of a hyperparameter.
 *   which  HYPER_*
 * Returns NaN for a hyperparameter that the library's optimizer does not take, as momentum of SGD, or any decay of
 * TensorFlow.js. Returns NaN for all of them, the rate too, where the library has no such optimizer, and for unknown
 * numbers. ConvNetJS 0.3.0 has neither Nesterov nor Adam: it takes both names, and runs momentum. */
API double optimizer_default(uint32_t optimizer, uint32_t dialect, uint32_t which);

/* Makes a network train.
 *   objective  OBJECTIVE_*
 *   optimizer  OPTIMIZER_*
 *   dialect    DIALECT_*: the library whose definition is used, of the optimizer and of the gradient of squared error
 *   examples   how many the caller will give, 1 to LIMIT_EXAMPLES
 * Errors: RANGE if a number is out of range, or the library has no such optimizer; ORDER after net_start. net_start then
 * returns RANGE if the last layer gives images larger than 1 x 1. */
API int net_set_training(net *net, uint32_t objective, uint32_t optimizer, uint32_t dialect, uint32_t examples);

/* Sets a hyperparameter. It may be called at any time, and the next step uses the value. net_set_training sets the default of
 * the dialect.
 *   which  HYPER_*
 *   value  0 to net_hyper_limit(which)
 * Errors: RANGE if either is out of range, or the optimizer takes no such number: then net_hyper returns NaN. */
API int net_set_hyper(net *net, uint32_t which, double value);
API double net_hyper(const net *net, uint32_t which);
API double net_hyper_limit(uint32_t which); /* NaN for an unknown one */

/* Sets what the learning rate of one layer is multiplied by, for its weights and for its biases; both are 1 at first. Gains,
 * shifts and the factors of sums count as biases. Decoupled decay is multiplied too, and coupled decay follows the rate, as
 * with PyTorch's groups of parameters. A factor of 0 freezes what it is of. It may be called after net_set_training, at any
 * time but in the middle of a step; every later update uses the factors.
 *   layer            1 to depth
 *   weights, biases  0 to 1e6
 * Errors: RANGE if a number is out of range; ORDER before net_set_training, and in the middle of a step. */
API int net_set_factors(net *net, uint32_t layer, double weights, double biases);

/* The first `count` examples train, and the others are held out. By default all train. Errors: RANGE unless count is 1 to
 * the number of examples. */
API int net_set_split(net *net, uint32_t count);

/* After net_start: buffers for the caller to fill. NULL before, and where there are none.
 *   net_examples  the inputs: (examples, net_stride(net, TENSOR_INPUT)) floats
 *   net_labels    for cross-entropy: (examples), each less than the number of outputs; any other makes the loss NaN
 *   net_targets   for squared error: (examples, outputs rounded up to a multiple of 8) floats */
API float *net_examples(net *net);
API uint32_t *net_labels(net *net);
API float *net_targets(net *net);

/* Begin a pass; what is left of the last one is forgotten. Errors: ORDER where a step has moved some layers and not yet
 * all of them; RANGE if there is no example `first`.
 *   net_begin_batch  the examples of the next step. Epochs follow one another: each is a permutation of the examples that
 *                    train, drawn from the seed. Step s (from 0) takes examples s x batch to (s + 1) x batch - 1 of that
 *                    sequence.
 *     updates        1: net_back moves the weights, and the step counts. 0: nothing moves
 *     observe        1: observe what net_set_observed chose. 0: observe nothing, which is faster
 *   net_begin_test   the examples from `first` on; after the last comes the first. Nothing is observed or moved
 *   net_begin_given  whatever the caller writes into net_input(). net_back and net_score have no meaning for it */
API int net_begin_batch(net *net, uint32_t updates, uint32_t observe);
API int net_begin_test(net *net, uint32_t first);
API int net_begin_given(net *net);

/* Does `steps` whole steps, and observes nothing. Returns 0. Errors: those of net_begin_batch. */
API int net_train(net *net, uint32_t steps);

/* net_score: the mean loss over the first `rows` of the batch, once it has been passed forward; NaN before that, and after
 * net_back. The loss of a step is net_loss().
 * net_right: how many rows have their largest activation at the label, of those that net_score or the first net_back of a
 * pass counted last. Of equal activations the first is taken. 0 for squared error. */
API double net_score(net *net, uint32_t rows);
API uint32_t net_right(const net *net);

/* std(update) / std(weights before it) of the layer that net_back returned last. NaN for a pass that is not observed or moves
 * nothing, and for a layer without weights. Infinite or NaN if all weights were equal. */
API double net_update_ratio(const net *net);

/* All that a step changes: the weights and biases of each layer, then what the optimizer keeps. A caller may save it together
 * with net_steps(). To restore it, the caller writes it back and calls net_set_steps(); training then gives the same bits.
 * net_state returns NULL before net_start and in the middle of a step.
 * Call net_set_steps whenever you have written the state. Errors: ORDER in the middle of a step.
 * net_steps counts modulo 2^32. */
API float *net_state(net *net);
API double net_state_floats(const net *net);
API uint32_t net_steps(const net *net);
API int net_set_steps(net *net, uint32_t steps);

/* ================================================================ What the layers are */

/* What the rule of a layer's weights gives, whether or not the layer has been stepped. NaN for an unknown layer, and for
 * one without weights. */
API double net_mean(const net *net, uint32_t layer);
API double net_std(const net *net, uint32_t layer);
API double net_bound(const net *net,
                     uint32_t layer); /* weights lie in (-bound, bound) or (0, bound), before they are rounded to
                                                               their format; NaN: no bound */
API double net_parent(const net *net, uint32_t layer); /* std before the cut */
API double net_right_std(const net *net, uint32_t layer); /* std without the mistakes of net_set_counting: with the true
                                                             fans, and no variance used as a std */

/* Root mean square of a layer's biases, sigma_b. NaN for an unknown layer, and for one without weights. */
API double net_bias_std(const net *net, uint32_t layer);

/* How many values the weights of a layer can take. 0: all of their format; also for an unknown layer, and for one without
 * weights. */
API uint32_t net_drawn_values(const net *net, uint32_t layer);

/* A fan of a layer, counted by that layer's convention. 0 for an unknown layer or fan, and for a layer without weights.
 *   which  FAN_IN or FAN_OUT */
API double net_fan(const net *net, uint32_t layer, uint32_t which);

enum { EXTENT_HEIGHT, EXTENT_WIDTH, EXTENT_CHANNELS };

/* The height, width or channels of a layer's output; for layer 0, of the input. 0 for an unknown layer or side.
 *   side  EXTENT_* */
API uint32_t net_extent(const net *net, uint32_t layer, uint32_t side);

enum { INSIDE_TOP, INSIDE_BOTTOM, INSIDE_LEFT, INSIDE_RIGHT };

/* The interior: positions (y, x) that padding has not affected, in this layer or any before. top <= y < bottom, and
 * left <= x < right. Theory holds only for these. A vector has one position, which is always interior.
 *   back  0: of the forward pass; 1: without the positions where padding has affected the gradient
 *   side  INSIDE_*
 * Returns a bound; 0 for all four where there is no interior, and for an unknown layer or side. */
API uint32_t net_inside(const net *net, uint32_t layer, uint32_t back, uint32_t side);

/* ================================================================ What was measured
 *
 * Results belong to the layer that net_step returned last; those of dL/dz and dL/dW, to the layer that net_back
 * returned last. */

/* Indices into the result of net_summary(). The first five are taken over finite values only. They are NaN if there is
 * no finite value. The histogram covers [lo, hi) = [-2^k, 2^k), where k >= -100 is the smallest for which that range
 * holds all finite values. Its LIMIT_BINS bins are equally wide and closed on the left. Its counts add up to the number
 * of finite values. */
enum {
  SUMMARY_MEAN,
  SUMMARY_STD, /* of the population: divided by the number of finite values */
  SUMMARY_RMS, /* sqrt of the mean square */
  SUMMARY_MIN,
  SUMMARY_MAX,
  SUMMARY_ZEROS, /* share of values that are exactly 0 */
  SUMMARY_SATURATED, /* share of activations that are saturated; 0 for other tensors */
  SUMMARY_DEAD, /* share of units that are 0 for every input of the batch, at every position */
  SUMMARY_NON_FINITE, /* number of NaN and infinities */
  SUMMARY_LO,
  SUMMARY_HI,
  SUMMARY_COUNT
};

/* The summary of a tensor, SUMMARY_COUNT doubles, and its histogram, LIMIT_BINS counts.
 *   tensor  TENSOR_*
 * Return a borrowed pointer; NULL if the tensor is unknown or not observed, or if it has not been computed yet. */
API const double *net_summary(const net *net, uint32_t tensor);
API const uint32_t *net_counts(const net *net, uint32_t tensor);

/* The mean square at each position, over batch and channels. It is of the preactivations; after the first net_back, of
 * dL/dz. Returns (height, width) doubles, borrowed. Each is taken over finite values, and is NaN if there is none.
 * Returns NULL before the first step, and if preactivations are not observed. */
API const double *net_squares(const net *net);

/* Correlation of the preactivations of two inputs: the mean of z_i . z_j over all pairs in the batch, divided by
 * the mean of z_i . z_i. NaN if the batch is 1, if z is not finite, if z is all 0, or if z is not observed. */
API double net_correlation(const net *net);

/* The loss L divided by the batch. NaN before the first net_back, and for LOSS_NONE. */
API double net_loss(const net *net);

/* Mean of phi'(z) over the layer that net_back returned last. NaN before the first net_back. */
API double net_mean_slope(const net *net);

/* The values of a tensor: (batch x height x width, net_stride(net, tensor)) floats, borrowed. Only the first `units`
 * floats of each row are used. The input is (batch, net_stride(net, tensor)). tensor  TENSOR_PREACTIVATIONS;
 * TENSOR_ACTIVATIONS, which is the input between net_start and the first step; or TENSOR_DELTAS Returns NULL for other
 * tensors, and for tensors not computed yet. After the first net_back only TENSOR_DELTAS is left. */
API const float *net_tensor(const net *net, uint32_t tensor);

/* Returns the stride of a tensor's rows, in floats. */
API uint32_t net_stride(const net *net, uint32_t tensor);

/* Return `rows` rows, from `row` on, drawn or computed afresh. net_weights: of the weights of any layer, after
 * net_start. net_weight_gradients: of dL/dW of the layer that net_back returned last.
 *   row   from 0
 *   rows  at most LIMIT_ROWS
 * Return (rows, units rounded up to a multiple of 8) floats, borrowed; NULL where rows are out of range, and for a layer
 * without weights. */
API const float *net_weights(net *net, uint32_t layer, uint32_t row, uint32_t rows);
API const float *net_weight_gradients(net *net, uint32_t row, uint32_t rows);

/* Returns 1 if all units of a layer are copies of one another: all columns of its weights are equal, and so are all its
 * biases. Such units also get equal gradients. Returns 0 for a single unit, an unknown layer, and where net_weights
 * returns NULL. */
API int net_copies(net *net, uint32_t layer);

/* ================================================================ Mean-field theory: what a wide layer should show
 *
 * x = sqrt(q) z, with z ~ N(0, 1), is a preactivation of mean square q. All functions of this section return NaN for
 * an unknown activation, for a parameter out of range, and for a negative q or variance. */

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

/* A moment, with a relative error of about 1e-13 for q in [1e-60, 1e60]; outside that range, its limit. Where terms of
 * opposite sign cancel, the error is 1e-13 of the terms: MOMENT_PHI of elu and selu, MOMENT_GROWTH of sigmoid and
 * softplus.
 *   moment  MOMENT_*
 *   q       0 to infinity; at 0, moments of the slope use the slopes on both sides of 0
 * Also returns NaN for an unknown moment. */
API double theory_moment(uint32_t activation, double parameter, uint32_t moment, double q);

/* E phi(u) phi(v), with an error of 1e-9 of E phi(x)^2.
 *   q            mean square of u and of v
 *   correlation  of u and v, -1 to 1; outside that range the result is NaN */
API double theory_product(uint32_t activation, double parameter, double q, double correlation);

/* How a relative deviation of q passes into the next layer: c = d ln E phi(x)^2 / d ln q. Relative
 * error: 1e-13. */
API double theory_elasticity(uint32_t activation, double parameter, double q);

/* What the randomness of a layer of finite width adds to that deviation: kappa = E phi(x)^4 / (E phi(x)^2)^2 - 1.
 * Relative error: 1e-13. */
API double theory_kappa(uint32_t activation, double parameter, double q);

/* The fixed point q* of q_{l+1} = sigma_w2 E phi(sqrt(q_l) z)^2 + sigma_b2 that q = 1 leads to (Poole et al. 2016,
 * equation 3).
 *   sigma_w2  fan_in Var(W)
 *   sigma_b2  Var(b)
 * Returns 0 if q decays to 0 (without biases, falling below 1e-14 counts as 0), and INFINITY if q grows without bound,
 * however slowly. Returns 1 if the first step changes q by less than 1e-14. The search covers 1e-100 to 1e100. */
API double theory_fixed_point(uint32_t activation, double parameter, double sigma_w2, double sigma_b2);

/* chi_1 = sigma_w2 E phi'(x)^2 (Schoenholz et al. 2017, equation 9). */
API double theory_chi(uint32_t activation, double parameter, double sigma_w2, double q);

/* In how many layers a perturbation falls by a factor of e (the same paper: xi_q and, for c* = 1, xi_c).
 *   theory_depth_q  a perturbation of q: -1 / ln(d q_{l+1} / d q_l)
 *   theory_depth_c  the distance between two nearly equal inputs: -1 / ln chi_1
 *
 * INFINITY where it neither falls nor grows; negative where it grows. */
API double theory_depth_q(uint32_t activation, double parameter, double sigma_w2, double q);
API double theory_depth_c(uint32_t activation, double parameter, double sigma_w2, double q);

/* Indices into the result of net_theory().
 *
 * A log std is the std, from network to network, of the logarithm of a mean square, for one input at one position, given
 * that no layer is dead. Means over a batch or over positions vary less. NaN stands for what is not known: log stds of the
 * first layer with orthogonal or sparse weights, of all layers after it, and of gradients before it, log stds of dL/dz
 * under cross-entropy, where the last layer is not linear, DELTA and GRADIENT before the first net_back, GRADIENT under
 * cross-entropy, because the gradients of all inputs are similar and add up, GRADIENT where not all positions are
 * interior.
 *
 * LOW and HIGH are the edges of a band. In one layer, and for one input, at least 95 % of networks have their mean
 * square between them. For a given input the band is that of the mean over the batch. The edges are NaN where the log std is, where it is 0, and where no such band is known: where
 * units are so few that more than one network in a hundred has a layer with all of them off, where a layer that is not
 * linear has fewer than 4 units, and where the law is too skewed. Given images differ in brightness from position to
 * position. For convolutions of these, what depends on that is NaN: A_MEAN in all layers, Z_CORRELATION after the first,
 * and A_SQUARE and SLOPE_SQUARE where phi(s x) = s phi(x) does not hold, or there are biases. LOW is 0, and HIGH infinite, where floats end. */
enum {
  THEORY_Z_SQUARE,
  THEORY_Z_LOG_STD, /* each log std is followed by its band */
  THEORY_Z_LOW,
  THEORY_Z_HIGH,
  THEORY_Z_CORRELATION, /* of two inputs */
  THEORY_Z_NORMAL, /* 1: all z of a layer are N(0, Z_SQUARE); 0: inputs of different length have different variances, or the
                      layer flattens */
  THEORY_A_MEAN,
  THEORY_A_SQUARE,
  THEORY_A_LOG_STD,
  THEORY_A_LOW,
  THEORY_A_HIGH,
  THEORY_SLOPE_SQUARE,
  THEORY_DIED, /* probability, for one input, that all activations are 0 */
  THEORY_DELTA_SQUARE, /* of dL/dz */
  THEORY_DELTA_LOG_STD,
  THEORY_DELTA_LOW,
  THEORY_DELTA_HIGH,
  THEORY_GRADIENT_SQUARE, /* of dL/dW */
  THEORY_GRADIENT_LOG_STD,
  THEORY_GRADIENT_LOW,
  THEORY_GRADIENT_HIGH,
  THEORY_COUNT
};

/* What theory predicts for a layer, given its width.
 * Returns THEORY_COUNT doubles, borrowed until the next call. Returns NULL before the layer has been stepped. Also
 * returns NULL for the first layer that meets one of these conditions, and for all layers after it: its weights have a
 * mean other than 0, are all equal, are an identity, or are orthogonal and less than 64 wide; its biases have a mean
 * other than 0; it has no interior; the mean square of its input is not known; it is dense or flattens, and takes the means
 * of images, or images that are not interior throughout; it pools, is a transposed convolution or a batch norm, or the
 * layer norm of a single channel, which is 0; it is a residual sum whose branch is not independent of its stream (its last
 * weights are followed by an activation that is not odd, or by another sum); it is a norm or a sum with an activation,
 * above preactivations that are not normal; or it is gated units or PReLU, and the layer below is not a linear one with
 * weights, or inputs differ much in length. With norms, sums or such units no band is known on the way back. */
API const double *net_theory(net *net, uint32_t layer);

/* ================================================================ Phase map: order and chaos
 *
 * What a deep stack of equal layers does, by its two variances: sigma_w2 = fan_in Var(W) and sigma_b2 = Var(b) (Poole et
 * al. 2016; Schoenholz et al. 2017). Two inputs of length q* and correlation c have the correlation
 *   (sigma_w2 E phi(u) phi(v) + sigma_b2) / q*
 * after one layer. Correlations above 0 come to rest at its attracting fixed point, c*. */

typedef struct phase_map phase_map;

enum {
  PHASE_ORDERED, /* chi_1 < 1, c* = 1: inputs become alike, and gradients vanish */
  PHASE_CRITICAL, /* chi_1 is within 1e-6 of 1 */
  PHASE_CHAOTIC, /* chi_1 > 1, c* < 1: nearly equal inputs part, and gradients explode */
  PHASE_EXPLODES, /* q grows without bound: there is no q* */
  PHASE_DECAYS, /* q falls to 0, as without biases */
  PHASE_COUNT
};

/* Indices into the result of phase_point(). */
enum {
  POINT_Q, /* q*, as of theory_fixed_point */
  POINT_CHI, /* chi_1 at q* */
  POINT_CORRELATION, /* c*; 1 where q decays, and NaN where it explodes */
  POINT_SLOPE, /* of the map of correlations at c*. Where q explodes: what each layer multiplies q by, in the end */
  POINT_DEPTH, /* the layers for a factor of e: 1 / |ln slope|. So it is xi_c, or tells how fast q explodes */
  POINT_PHASE, /* PHASE_* */
  POINT_COUNT
};

/* Indices into each cell of phase_column(). */
enum {
  CELL_PHASE, /* PHASE_* */
  CELL_RATE, /* 1 / the depth: 0 where it is infinite */
  CELL_CHI,
  CELL_COUNT
};

/* The most cells of a column. */
enum { MOST_CELLS = 1024 };

/* Prepares the map of an activation. The caller frees it with phase_free.
 * Returns the map; NULL for an unknown activation, for a parameter out of range, or where memory is short. */
API phase_map *phase_new(uint32_t activation, double parameter);

/* What happens at a point. The slope has an error of about 1e-7 where q* < 100.
 *   sigma_w2, sigma_b2  0 or more, and finite
 * Returns POINT_COUNT doubles, borrowed until the next call; NULL where a variance is out of range. */
API const double *phase_point(phase_map *map, double sigma_w2, double sigma_b2);

/* The same for a column of cells, soon enough for a map that is dragged: chi_1 with a relative error of 1e-6, and rates
 * within 1 % of 0.02 or of their value, whichever is more. A q* below 1e-6 counts as 0, and above 1e6 as endless.
 *   sigma_w2     of all cells
 *   first, step  sigma_b2 of cell i is first + i step; none is below 0
 *   count        1 to MOST_CELLS
 * Returns (count, CELL_COUNT) doubles, borrowed until the next call; NULL where a number is out of range. */
API const double *phase_column(phase_map *map, double sigma_w2, double first, double step, uint32_t count);

/* Frees the map. NULL is allowed. */
API void phase_free(phase_map *map);

#endif
