/* limits.h: the largest of everything, each limit once.
 *
 * net_limit() of initscope.h reports them. Nothing is checked here: each function that takes a number does that.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdint.h>

enum {
  LEAST_MODULE_BYTES = 67108864, /* 64 MiB: the memory with which a module starts; build.sh reads this line */
  MODULE_BYTES = 1073741824, /* 1 GiB: the most memory that a module may get before it runs; build.sh reads this too */
  RESERVED_BYTES = 16 << 20, /* of a module: static data, the stack, and gaps between blocks of the allocator */
  MAX_BYTES = MODULE_BYTES - RESERVED_BYTES, /* one network, apart from the weights that it keeps */

  MAX_DEPTH = 256, /* layers */
  MAX_UNITS = 4096, /* of a dense layer */
  MAX_OUTPUTS = 65536, /* of a dense layer that is the last one */
  MAX_INPUTS = 1 << 20, /* numbers in a vector as input */
  MAX_BATCH = 1024,
  MAX_EXAMPLES = 1 << 20, /* of a data set */
  BINS = 256, /* of each histogram */
  MAX_SCALE = 1000000, /* of a gain, and of a rule's number */
  MAX_SIDE = 224, /* of images, in places */
  MAX_CHANNELS = 512, /* of images */
  MAX_KERNEL = 11, /* a kernel's side; a window's side and stride, for pooling */
  MAX_STRIDE = 4, /* of convolutions */
  MAX_ORTHOGONAL = 2048 /* rows or columns of an orthogonal matrix: QR takes time that grows with their cube */
};

#define MAX_WEIGHTS UINT32_MAX /* of a layer: histograms count in 32 bits */

#endif
