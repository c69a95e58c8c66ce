/* fans.c: fan_in and fan_out of a kernel, as they are and as each library counts them.
 *
 * A library reads the fans off the shape of the weights, and shapes differ. For groups, depthwise kernels and
 * transposed convolutions the result is not the number of inputs to one output. A dense layer is a convolution of
 * size 1 in one group. Nothing here knows a network: see layer.h.
 */
#include "initscope.h"

/* A fan is the size of the kernel times one of these numbers of channels; for the last two, the channels alone. */
enum { IN, OUT, IN_A_GROUP, OUT_A_GROUP, OUT_AN_INPUT, CHANNELS_IN, CHANNELS_OUT };

enum { PLAIN, DEPTHWISE, TRANSPOSED, KINDS };

/* fan_in and fan_out, by convention and kind of kernel */
static const unsigned char factors[CONVENTION_COUNT][KINDS][2] = {
    [CONVENTION_TRUE] = {{IN_A_GROUP, OUT_A_GROUP}, {IN_A_GROUP, OUT_A_GROUP}, {IN_A_GROUP, OUT_A_GROUP}},
    /* weights of shape (out, in / groups, size), transposed (in, out / groups, size) */
    [CONVENTION_PYTORCH] = {{IN_A_GROUP, OUT}, {IN_A_GROUP, OUT}, {OUT_A_GROUP, IN}},
    /* kernels of shape (size, in / groups, out), depthwise (size, in, out / in), transposed (size, out, in) */
    [CONVENTION_KERAS] = {{IN_A_GROUP, OUT}, {IN, OUT_AN_INPUT}, {OUT, IN}},
    /* all kernels of shape (size, in / groups, out) */
    [CONVENTION_JAX] = {{IN_A_GROUP, OUT}, {IN_A_GROUP, OUT}, {IN_A_GROUP, OUT}},
    /* groups are ignored, as if each output read all channels */
    [CONVENTION_WHOLE] = {{IN, OUT}, {IN, OUT}, {IN, OUT}},
    /* a learner's mistake: as if the kernel had no size */
    [CONVENTION_CHANNELS] = {{CHANNELS_IN, CHANNELS_OUT}, {CHANNELS_IN, CHANNELS_OUT}, {CHANNELS_IN, CHANNELS_OUT}},
};

double fans_of(uint32_t convention, uint32_t which, uint32_t transposed, double size, uint32_t channels_in,
               uint32_t channels_out, uint32_t groups) {
  if (convention >= CONVENTION_COUNT || which > FAN_OUT || groups == 0) return 0;
  int depthwise = groups > 1 && groups == channels_in;
  int kind = transposed ? TRANSPOSED : depthwise ? DEPTHWISE : PLAIN;
  switch (factors[convention][kind][which]) {
    case IN: return size * channels_in;
    case OUT: return size * channels_out;
    case IN_A_GROUP: return size * channels_in / groups;
    case OUT_A_GROUP: return size * channels_out / groups;
    case CHANNELS_IN: return channels_in;
    case CHANNELS_OUT: return channels_out;
    default: return size * channels_out / channels_in;
  }
}
