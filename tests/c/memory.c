/* memory.c: what a network says that it needs: as much as its tensors, far past 2^32 bytes, and past that little more.
 *
 * The tensors are counted again here, in doubles. That net_start asks for just so much is in alloc.c. On 32 bits this
 * finds products that overflow.
 */
#include <stdlib.h>

#include "../../c/network.h"
#include "check.h"

enum { SLACK = 4 << 20 }; /* bytes: the network itself, blocks of weights, rows of the widest layer */

static double most(double a, double b) { return a > b ? a : b; }

static double padded(double n) { return 8 * (double)(uint64_t)((n + 7) / 8); }

typedef struct {
  uint32_t batch, side, channels; /* of the input */
  uint32_t depth, kernel, units; /* of equal layers; a kernel of 0: dense */
  uint32_t loss, distribution;
} plan;

static net *planned(const plan *p) {
  net *n = net_new(1, p->batch, p->side, p->side, p->channels, INPUT_NORMAL);
  for (uint32_t l = 0; l < p->depth; l++) {
    if (p->kernel)
      net_add_conv(n, p->kernel, p->kernel, p->units, 1, PADDING_SAME, 1, 0);
    else
      net_add_dense(n, p->units, 0, POOL_FLATTEN);
    net_set_weights(n, p->distribution, MODE_VALUE, 0.5, 1);
  }
  net_set_loss(n, p->loss);
  return n;
}

/* bytes of the tensors of a plan, and of its largest matrix */
static double tensors(const plan *p) {
  double batch = p->batch, places = p->kernel ? (double)p->side * p->side : 1;
  double inputs = (double)p->side * p->side * p->channels, rows = p->kernel ? p->kernel * p->kernel : 1;
  double first = most(padded(inputs), places * padded(p->kernel ? p->channels : inputs)), z = places * padded(p->units);
  double before = p->depth > 1 ? most(p->kernel ? p->channels : inputs, p->units) : p->kernel ? p->channels : inputs;
  double matrix = p->distribution == DISTRIBUTION_NORMAL ? 0 : rows * before * padded(p->units);
  double forward = batch * (most(first, z) + (p->loss ? p->depth : 1) * z);
  return 4 * (forward + (p->loss ? batch * (first + 2 * z) : 0) + matrix);
}

int main(void) {
  const plan plans[] = {
      {64, 1, 256, 20, 0, 256, LOSS_RANDOM, DISTRIBUTION_NORMAL},
      {1024, 1, 4096, 100, 0, 4096, LOSS_RANDOM, DISTRIBUTION_NORMAL},
      {1024, 1, 1 << 20, 1, 0, 8, LOSS_NONE, DISTRIBUTION_NORMAL},
      {1024, 1, 1 << 20, 1, 0, 8, LOSS_RANDOM, DISTRIBUTION_NORMAL},
      {1, 1, 1 << 20, 1, 0, 4088, LOSS_NONE, DISTRIBUTION_SPARSE},
      {1024, 64, 512, 100, 11, 512, LOSS_RANDOM, DISTRIBUTION_SPARSE},
      {1024, 64, 3, 100, 3, 512, LOSS_NONE, DISTRIBUTION_NORMAL},
      {7, 33, 5, 3, 3, 9, LOSS_CROSS_ENTROPY, DISTRIBUTION_NORMAL},
  };
  for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
    net *n = planned(&plans[i]);
    double bytes = net_bytes(n), needed = tensors(&plans[i]), beside = bytes - needed;
    CHECK(n->depth == plans[i].depth && beside > 0 && beside < SLACK + 0.02 * needed,
          "a network needs its tensors, and little more", "%.1f MiB, and %.1f", needed / (1 << 20), beside / (1 << 20));
    uint32_t fits = net_max_batch(n);
    n->batch = fits ? fits : 1;
    double most_bytes = net_bytes(n);
    n->batch = fits + 1;
    double limit = net_limit(LIMIT_BYTES), more = net_bytes(n);
    CHECK(fits ? most_bytes <= limit && (more > limit || fits == 1024) : more > limit,
          "the largest batch that fits needs no more than the limit, and one more does", "%u", fits);
    net_free(n);
  }
  plan wide = {64, 1, 512, 20, 0, 512, LOSS_RANDOM, DISTRIBUTION_NORMAL};
  net *n = planned(&wide);
  double reserved = (double)net_limit(LIMIT_MODULE) - net_limit(LIMIT_BYTES);
  double two = reserved + 2 * net_bytes(n), layer = 512 * 512 * sizeof(float);
  int same = net_module_bytes(n) == two + 20 * layer; /* 20 MiB of the 24 that a loss may keep */
  net_set_kept(n, 10 << 20);
  same += net_module_bytes(n) == two + 10 * layer;
  net_set_kept(n, 0);
  net_set_loss(n, LOSS_NONE);
  same += net_module_bytes(n) == reserved + 2 * net_bytes(n);
  CHECK(same == 3, "a module works best with two networks and the cache that they may have", "%d of 3", same);
  net_free(n);
  return check_failures != 0;
}
