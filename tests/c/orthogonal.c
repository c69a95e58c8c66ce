/* orthogonal.c: an orthogonal matrix that takes several parts: forward, back, and where a pass is left in the middle.
 *
 * In parts a network must give the bits that it gives when each layer is passed whole. What the matrix is, is in
 * matrix.c; the largest one is made in tests/js/orthogonal.test.js, since sanitizers are slow.
 */
#include <string.h>

#include "../../c/kept.h"
#include "../../c/matrix.h"
#include "check.h"

enum { TALL = 2048, NARROW = 208, DEPTH = 4, MATRIX = 3 }; /* layer MATRIX is (TALL, NARROW), and takes two parts */

/* 8 inputs, 16 units, TALL, NARROW, and a small orthogonal layer that takes the place of the matrix */
static net *built(uint32_t kept) {
  static const uint32_t units[DEPTH] = {16, TALL, NARROW, 8};
  net *n = net_new(5, 2, 1, 1, 8, INPUT_NORMAL);
  for (int l = 0; l < DEPTH; l++) {
    net_add_dense(n, units[l], 3, POOL_FLATTEN);
    net_set_weights(n, l < 2 ? DISTRIBUTION_NORMAL : DISTRIBUTION_ORTHOGONAL, MODE_VALUE, l < 2 ? 0.1 : 1, 1);
  }
  net_set_loss(n, LOSS_RANDOM);
  if (kept) net_set_kept(n, kept);
  net_start(n);
  return n;
}

/* Passes one layer in parts. Returns its number, or -1 if a count is wrong or a tensor is there between two parts. */
static int pass_in_parts(net *n, int (*part)(net *), uint32_t expected) {
  uint32_t left = net_parts(n);
  int passed, right = left == expected;
  while ((passed = part(n)) == 0 && left > 0) {
    right &= net_parts(n) == --left && !net_weights(n, 1, 0, 1) && !net_tensor(n, TENSOR_ACTIVATIONS) &&
             !net_tensor(n, TENSOR_DELTAS) && !net_squares(n);
  }
  return right && left == 1 ? passed : -1;
}

/* Do both stand at the same place, and with the same bits? */
static int same(const net *a, const net *b) {
  uint32_t tensor = a->passed ? TENSOR_DELTAS : TENSOR_PREACTIVATIONS;
  const float *mine = net_tensor(a, tensor), *theirs = net_tensor(b, tensor);
  size_t floats = 2 * (size_t)net_stride(b, tensor);
  return a->done == b->done && a->passed == b->passed && mine && theirs &&
         memcmp(mine, theirs, floats * sizeof *mine) == 0;
}

/* The reference has made its matrix at once, for net_weights, and keeps it. So it has no part for it. `n` keeps none: it makes the matrix twice. */
static void in_parts(void) {
  net *n = built(4), *whole = built(0);
  int alike = 0, stepped = 0, back = 0;
  for (int l = 1; l < MATRIX; l++) net_step(n), net_step(whole);
  net_weights(whole, MATRIX, 0, 1);
  stepped = pass_in_parts(n, net_step_part, net_parts(whole) + 1);
  net_step(whole);
  alike += same(n, whole) && n->held == MATRIX;
  net_step(n), net_step(whole);
  alike += same(n, whole) && n->held == DEPTH;
  net_back(n), net_back(whole);
  alike += same(n, whole);
  back = pass_in_parts(n, net_back_part, net_parts(whole) + 1);
  net_back(whole);
  alike += same(n, whole) && whole->held == DEPTH;
  CHECK(stepped == MATRIX && back == MATRIX && alike == 4, "a matrix is made in parts on both ways, with the same bits",
        "layers %d and %d, %d of 4 tensors", stepped, back, alike);
  net_free(n);
  net_free(whole);
}

/* One network is left in the middle of its matrix. Another takes over its first layer, and both go on. The first loses
 * its kept matrix to the second, and makes it again on its way back. */
static void left_in_the_middle(void) {
  net *before = built(0), *next = built(0);
  for (int l = 1; l < MATRIX; l++) net_step(before);
  int half = net_step_part(before) == 0 && before->making == MATRIX && before->held == 0;
  int early = net_resume(before, next), taken = net_resume(next, before);
  while (net_step(before) > 0) {}
  while (next->done < MATRIX - 1) net_step(next);
  half += net_step_part(next) == 0 && next->making == MATRIX;
  net_free(next);
  next = built(0);
  int all = net_resume(next, before), moved = !before->kept[MATRIX - 1].values && next->kept[MATRIX - 1].values;
  while (net_step(next) > 0) {}
  int alike = same(before, next);
  net_back(before), net_back(next);
  int back = pass_in_parts(before, net_back_part, net_parts(next) + 1);
  net_back(next);
  alike += same(before, next);
  CHECK(half == 2 && early == NET_ERROR_ORDER && taken == 1 && all == DEPTH - 1 && moved && back == MATRIX &&
            alike == 2,
        "a network left in the middle of a matrix can be freed, resumed from, and goes on", "%d %d %d %d %d %d %d",
        half, early, taken, all, moved, back, alike);
  net_free(before);
  net_free(next);
}

/* Householder's QR of an n x n takes 4/3 n^3 additions and multiplications, 2/3 n^3 of each, and forming Q as many. A
 * part has at most 2^27 products, as the largest batch has 2^26. */
static void counts(void) {
  double n = net_limit(LIMIT_ORTHOGONAL), least = 4 / 3. * n * n * n / (1 << 27);
  uint32_t parts = matrix_parts((size_t)n, (size_t)n, 0), one = matrix_parts(300, 300, 0);
  CHECK(parts >= least && parts < 2 * least && one == 1,
        "the largest matrix takes many short parts, a small one a single", "%u and %u parts, at least %.0f and 1",
        parts, one, least);
  net *matrix = net_new(1, 1, 1, 1, TALL, INPUT_NORMAL), *normal = net_new(1, 1, 1, 1, TALL, INPUT_NORMAL);
  net_add_dense(matrix, TALL, 0, POOL_FLATTEN);
  net_add_dense(normal, TALL, 0, POOL_FLATTEN);
  net_set_weights(matrix, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  double more = net_bytes(matrix) - net_bytes(normal), square = (double)TALL * TALL;
  CHECK(more >= square * 12 && more < square * 12.2, "the bytes of a network count a matrix and the work on it",
        "%.3f bytes a number, for a float and a double", more / square);
  net_free(matrix);
  net_free(normal);
}

int main(void) {
  in_parts();
  left_in_the_middle();
  counts();
  return check_failures != 0;
}
