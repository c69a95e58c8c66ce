/* input.c: a network's input: drawn or given, observed, and arranged as layer 1 takes it.
 *
 * When the input is drawn or given, one row holds all values of an example: vectors and images get the same noise. What
 * numbers a caller gives is not checked here.
 */
#include "input.h"

#include <string.h>

#include "conv.h"
#include "observe.h"

/* each of mean square 1 */
void input_draw(net *n) {
  static const spread kinds[] = {
      [INPUT_NORMAL] = {.distribution = DISTRIBUTION_NORMAL, .std = 1, .parent = 1},
      [INPUT_UNIFORM] = {.distribution = DISTRIBUTION_UNIFORM, .std = 1, .bound = 1.7320508075688772},
  };
  if (n->input == INPUT_GIVEN) return;
  if (n->scale.draw) {
    n->scale.draw(n);
    return;
  }
  size_t values = values_of(&n->inputs), stride = round_up(values, PANEL);
  noise_key key = {n->seed, STREAM_INPUT};
  for (size_t panel = 0; panel * PANEL < values; panel++) {
    spread_draw(&kinds[n->input], &key, &(strip){0, n->batch, panel}, values, &(target){n->a + panel * PANEL, stride});
  }
}

float *net_input(net *n) {
  int given = n->memory && n->input == INPUT_GIVEN && n->done == 0 && is_between_layers(n);
  return given ? n->a : NULL;
}

void input_observe(net *n) {
  extent vectors = {1, 1, (uint32_t)values_of(&n->inputs)};
  observe_tensor(n, TENSOR_INPUT, n->a, &vectors);
}

static size_t saved_bytes(const net *n) {
  const extent *images = &n->layers[0].shape.in;
  return rows_held(n, images) * stride_of(images->channels) * sizeof(float);
}

void input_take(net *n) {
  if (n->layers[0].shape.pool == POOL_NONE) vectors_to_images(n, &n->inputs, POOL_FLATTEN, n->a);
  if (keeps_all(n)) memcpy(n->first, n->a, saved_bytes(n));
}

void input_restore(net *n) { memcpy(n->a, n->first, saved_bytes(n)); }
void input_copy(net *n, const net *other) { memcpy(n->first, other->first, saved_bytes(n)); }
