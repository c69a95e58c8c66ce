/* resume.c: a network takes over the first layers of another one that are the same in both.
 *
 * Two networks that differ from some layer on give the same below it: the second need not compute that again. What the
 * first has drawn of the other layers is handed over by kept.c.
 */
#include <string.h>

#include "input.h"
#include "kept.h"

/* Does a rule give the same for one layer of both networks? Compared byte by byte: +0 and -0 differ. */
static int is_same_rule(const net *n, const net *other, const rule *a, const rule *b) {
  return !memcmp(a, b, sizeof *a) && (a->mode != MODE_DEPTH || count_blocks(n) == count_blocks(other));
}

/* how many first layers give the same in both networks */
static uint32_t layers_alike(const net *n, const net *other) {
  if (n->seed != other->seed || n->batch != other->batch || n->input != other->input || n->input == INPUT_GIVEN ||
      memcmp(&n->scale, &other->scale, sizeof n->scale))
    return 0;
  uint32_t l = 0;
  for (; l < n->depth && l < other->depth; l++) {
    const net_layer *a = &n->layers[l], *b = &other->layers[l];
    if (a->kind != b->kind || memcmp(&a->shape, &b->shape, sizeof a->shape) ||
        memcmp(a->numbers, b->numbers, sizeof a->numbers) || a->f.parameter != b->f.parameter ||
        a->observed != b->observed || !is_same_rule(n, other, &a->weights, &b->weights) ||
        !is_same_rule(n, other, &a->bias, &b->bias))
      break;
  }
  return l;
}

/* The last layer that is alike is not taken over but stepped, so that it has a summary. */
int net_resume(net *n, net *before) {
  if (!n->memory || n->done > 0 || !is_between_layers(n)) return NET_ERROR_ORDER;
  if (n->trainer || before->trainer) return 0;
  uint32_t alike = (uint32_t)smaller(layers_alike(n, before), before->done);
  uint32_t taken = alike < 2 || !n->loss || !before->loss ? 0 : alike - 1;
  kept_take(n, before, taken);
  if (taken == 0) return 0;
  const extent *last = &n->layers[taken - 1].shape.out;
  memcpy(&n->summaries[TENSOR_INPUT], &before->summaries[TENSOR_INPUT], sizeof *n->summaries);
  memcpy(n->predicted, before->predicted, alike * sizeof *n->predicted); /* the input and the layers taken */
  n->predicted_depth = (uint32_t)smaller(before->predicted_depth, taken);
  input_copy(n, before);
  memcpy(n->z[0], before->z[0], (size_t)(n->z[taken] - n->z[0]) * sizeof(float));
  phi_forward(&n->layers[taken - 1].f, n->z[taken - 1], n->a, tensor_floats(n, last));
  n->done = taken;
  n->resumed = 1;
  return (int)taken;
}
