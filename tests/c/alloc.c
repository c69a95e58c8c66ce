/* alloc.c: each allocation fails once: the engine returns an error, the net stays as it was, and nothing leaks.
 *
 * The linker sends the engine's allocations to the functions below (tests/native.sh: --wrap), which fail in turn. The
 * engine never calls realloc: that is the last claim. The engine itself has no hook for tests.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/network.h"
#include "check.h"

enum { NEVER = -1 };
static int until_failure = NEVER, allocations, held, others;
static size_t zeroed; /* bytes that calloc was asked for */

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *old, size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

static int fails(void) {
  allocations++;
  int now = until_failure != NEVER && until_failure-- == 0;
  if (now) until_failure = NEVER;
  held += !now;
  return now;
}

void *__wrap_calloc(size_t count, size_t size) {
  zeroed += count * size;
  return fails() ? NULL : __real_calloc(count, size);
}
void __wrap_free(void *memory) {
  held -= memory != NULL;
  __real_free(memory);
}
void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_realloc(void *old, size_t size) {
  (void)old, (void)size;
  others++;
  return NULL;
}

static int refusals, right, runs, matrices;

/* asks again after a failure: the second time there is memory */
static net *new_again(uint32_t batch, uint32_t side, uint32_t channels) {
  net *n = net_new(3, batch, side, side, channels, INPUT_NORMAL);
  if (n) return n;
  refusals++;
  right++;
  return net_new(3, batch, side, side, channels, INPUT_NORMAL);
}

static void start_again(net *n) {
  static net before;
  memcpy(&before, n, sizeof before);
  int status = net_start(n);
  if (status == 0) return;
  refusals++;
  right += status == NET_ERROR_MEMORY && !memcmp(&before, n, sizeof before) && net_step(n) == NET_ERROR_ORDER &&
           net_max_batch(n) > 0 && net_set_loss(n, n->loss) == 0 && net_start(n) == 0;
}

/* FNV-1a over the counts of a net at its end */
static uint32_t hash_of(net *n, uint32_t hash) {
  while (net_step(n) > 0) {}
  while (n->loss && net_back(n) > 0) {}
  for (uint32_t tensor = 0; tensor < TENSOR_COUNT; tensor++) {
    const uint32_t *counts = net_counts(n, tensor);
    for (int b = 0; counts && b < BINS; b++) hash = (hash ^ counts[b]) * 16777619u;
  }
  return hash;
}

/* Layers of all other kinds, where one after the other may be the last. */
static uint32_t run_kinds(uint32_t hash) {
  for (uint32_t depth = 1; depth <= 8; depth++) {
    net *n = new_again(2, 5, 2);
    int status = net_add_transposed(n, 3, 3, 6, 2, 1, 1, 2, 1);
    matrices += net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1) == 0;
    if (depth > 1) status |= net_add_pool(n, WINDOW_MAX, 2, 2, 2, PADDING_SAME);
    if (depth > 2) status |= net_add_pool(n, WINDOW_AVERAGE, 3, 3, 1, PADDING_ZEROS + 1);
    if (depth > 3) status |= net_add_conv(n, 3, 3, 4, 3, PADDING_ZEROS + 2, 1, 3);
    if (depth > 6) status |= net_add_gate(n, 4);
    if (depth > 7) status |= net_add_prelu(n, 0.25, 0);
    if (depth > 4) status |= depth == 5 ? net_add_global_average(n) : net_add_flatten(n);
    if (depth > 5) status |= net_add_dense(n, 5, 0, POOL_FLATTEN);
    status |= net_set_loss(n, LOSS_RANDOM);
    refusals += status != 0;
    start_again(n);
    hash = hash_of(n, hash);
    net_free(n);
  }
  return hash;
}

/* Two nets at once, one of vectors and one of images. Both have a matrix and a backward pass; the second has groups
 * that share panels. */
static uint32_t run(void) {
  net *a = new_again(5, 1, 20);
  net_add_dense(a, 30, 1, POOL_FLATTEN);
  matrices += net_set_weights(a, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1) == 0;
  net_set_loss(a, LOSS_RANDOM);
  start_again(a);
  net *b = new_again(3, 6, 2);
  net_add_conv(b, 3, 3, 4, 1, PADDING_SAME, 1, 3);
  net_set_weights(b, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  net_add_conv(b, 2, 2, 12, 1, PADDING_VALID, 4, 1);
  matrices += net_set_weights(b, DISTRIBUTION_SPARSE, MODE_VALUE, 0.3, 1) == 0;
  net_set_loss(b, LOSS_RANDOM);
  start_again(b);
  uint32_t hash = hash_of(b, hash_of(a, 2166136261u));
  net_free(a);
  net_free(b);
  runs++;
  return run_kinds(hash);
}

/* The map itself, and then what a cell in chaos needs: its rate is not known, and is the next time. */
static void phase_maps(void) {
  uint32_t tanh_number = 3;
  until_failure = 0;
  int none = phase_new(tanh_number, NAN) == NULL;
  phase_map *map = phase_new(tanh_number, NAN);
  until_failure = 0;
  double unknown = phase_column(map, 3, 0.05, 0, 1)[CELL_RATE];
  double known = phase_column(map, 3, 0.05, 0, 1)[CELL_RATE];
  phase_free(map);
  CHECK(none && unknown != unknown && known > 0.1 && known < 0.12 && held == 0,
        "a phase map without memory is none, a rate is NaN, and nothing leaks", "%g, %g", unknown, known);
}

int main(void) {
  allocations = held = others = 0; /* the measurement of coverage allocates before main */
  uint32_t expected = run();
  int count = allocations, same = 0, kept = held;
  for (int i = 0; i < count; i++) {
    until_failure = i;
    same += run() == expected;
    kept += held;
  }
  CHECK(count >= 16 && refusals >= 16 && right == refusals,
        "a failed allocation is an error that leaves the net as it was, or only costs time",
        "%d errors, %d right, of %d allocations", refusals, right, count);
  CHECK(same == count && matrices == 10 * runs, "afterwards the net gives the same bits", "%d of %d", same, count);
  CHECK(kept == 0, "nothing leaks", "%d blocks", kept);
  for (int parts = 0; parts < 4; parts++) {
    net *n = new_again(5, 1, 20);
    for (int l = 0; l < 2; l++) net_add_dense(n, 30, 1, POOL_FLATTEN);
    net_set_loss(n, LOSS_RANDOM);
    start_again(n);
    for (int i = 0; i < parts; i++) net_step(n), net_back(n);
    net_free(n);
  }
  CHECK(held == 0, "nor from a net that is freed half way", "%d blocks", held);
  phase_maps();
  zeroed = 0;
  net *n = new_again(5, 6, 2);
  net_add_conv(n, 3, 3, 4, 1, PADDING_SAME, 1, 3);
  net_add_dense(n, 30, 1, POOL_FLATTEN);
  net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1, 1);
  net_set_loss(n, LOSS_RANDOM);
  double bytes = net_bytes(n);
  start_again(n);
  CHECK(bytes == (double)zeroed, "a network says before its start how many bytes it takes", "%.0f", bytes);
  net_free(n);
  CHECK(others == 0, "the engine never calls realloc", "%d calls", others);
  return check_failures != 0;
}
