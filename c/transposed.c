/* transposed.c: adds transposed convolutions.
 *
 * They are computed as convolutions whose patches have gaps: see row_between in conv.c. So a module can leave out this
 * file alone.
 */
#include "build.h"
#include "linear.h"

/* The outputs along one side, before any check; 0 if the padding cuts off all of them. */
static uint32_t outputs_along(uint32_t in, uint32_t kernel, uint32_t stride, uint32_t padding,
                              uint32_t output_padding) {
  uint32_t all = (in - 1) * stride + kernel + output_padding;
  return all > 2 * padding ? all - 2 * padding : 0;
}

int net_add_transposed(net *n, uint32_t kernel_height, uint32_t kernel_width, uint32_t channels, uint32_t stride,
                       uint32_t padding, uint32_t output_padding, uint32_t groups, uint32_t activation) {
  if (n->memory) return NET_ERROR_ORDER;
  const extent *below = build_top(n);
  int are_vectors = places_of(below) == 1;
  if (!(are_vectors || build_has_images(n)) || activation >= activation_count()) return NET_ERROR_RANGE;
  if (!within(kernel_height, MAX_KERNEL) || !within(kernel_width, MAX_KERNEL) || !within(stride, MAX_STRIDE) ||
      padding >= kernel_height || padding >= kernel_width || output_padding >= stride)
    return NET_ERROR_RANGE;
  layer_shape shape = {
      .in = *below,
      .out = {outputs_along(below->height, kernel_height, stride, padding, output_padding),
              outputs_along(below->width, kernel_width, stride, padding, output_padding), channels},
      .kernel_height = kernel_height,
      .kernel_width = kernel_width,
      .stride = stride,
      .groups = groups,
      .pad_top = padding,
      .pad_left = padding,
      .transposed = 1,
      .activation = activation,
  };
  if (!are_images(&shape.out) || !build_groups(&shape)) return NET_ERROR_RANGE;
  return build_append(n, &conv_kind, &shape);
}
