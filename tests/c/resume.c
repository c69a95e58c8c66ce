/* resume.c: a net that takes over layers of another net, or the numbers it has drawn, gives the same bits as a fresh
 * net.
 *
 * Also: a tensor that is not observed has no summary, and changes nothing else. How fast any of this is, is not
 * checked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/kept.h"
#include "check.h"

/* how a net differs from `plain`, which every case resumes from */
typedef struct {
  const char *what;
  uint32_t seed, batch, input, loss, observed;
  int depth, stepped, passed; /* layers; how far the net before went forward (-1: all the way) and back */
  int other; /* the layer with another activation, from 1; 0: none */
  int number; /* the layer with other weights */
  int kept; /* has the net before kept its weights? */
  int deepest; /* does one layer's rule depend on the depth of its net? */
  int taken; /* what net_resume should return */
  int unobserved; /* the layer that is observed as little as possible */
} variant;

enum { ALL = (1 << TENSOR_COUNT) - 1, DEPTH_OF_CASES = 6 };

static const variant plain = {"", 7, 6, INPUT_UNIFORM, LOSS_RANDOM, ALL, DEPTH_OF_CASES, -1, 0, 0, 0, 1, 0, 0, 0};

/* two convolutions, then dense layers of a block and a bit; one of these is sparse and one orthogonal */
static net *built(const variant *wanted) {
  net *n = net_new(wanted->seed, wanted->batch, 5, 5, 2, wanted->input);
  for (int l = 1; l <= wanted->depth; l++) {
    uint32_t activation = l == wanted->other ? 3 : 1;
    if (l <= 2)
      net_add_conv(n, 3, 3, 12, 1, PADDING_SAME, (uint32_t)l, activation);
    else
      net_add_dense(n, 40, activation, POOL_FLATTEN);
    if (l == 4)
      net_set_weights(n, DISTRIBUTION_SPARSE, MODE_VALUE, 0.5, 1);
    else if (l == 5)
      net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1.5, 1);
    else if (l == 2 && wanted->deepest)
      net_set_weights(n, DISTRIBUTION_NORMAL, MODE_DEPTH, 1, 1);
    else
      net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, l == wanted->number ? 3 : 2, 1);
    net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
    net_set_observed(n, l == wanted->unobserved ? 0 : wanted->observed);
  }
  net_set_loss(n, wanted->loss);
  net_start(n);
  return n;
}

static uint64_t mixed(uint64_t hash, const void *data, size_t size) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

/* a hash of everything that a net reports where it stands, except the tensors in `but` */
static uint64_t told(net *n, uint32_t but) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (uint32_t tensor = 0; tensor < TENSOR_COUNT; tensor++) {
    const double *figures = net_summary(n, tensor);
    if (!figures || but >> tensor & 1) continue;
    hash = mixed(hash, figures, SUMMARY_COUNT * sizeof *figures);
    hash = mixed(hash, net_counts(n, tensor), BINS * sizeof(uint32_t));
  }
  const double *theory = net_theory(n, n->passed ? n->depth - n->passed + 1 : n->done);
  if (theory) hash = mixed(hash, theory, THEORY_COUNT * sizeof *theory);
  double others[] = {net_loss(n), net_mean_slope(n), but ? 0 : net_correlation(n)};
  return mixed(hash, others, sizeof others);
}

/* How many reports of two nets differ, forward and back, from where the resumed one stands. Weight gradients are also
 * compared row by row. */
static int differing(net *n, net *fresh, uint32_t but) {
  int differ = 0;
  while (fresh->done < n->done) net_step(fresh);
  if (n->done > 0) differ += net_step(n) != net_step(fresh); /* a layer that was taken over has no summary */
  for (int stepped = 1, passed = 0; stepped > 0 || passed > 0;) {
    differ += told(n, but) != told(fresh, but);
    stepped = net_step(n);
    differ += net_step(fresh) != stepped;
    if (stepped > 0) continue;
    passed = n->loss ? net_back(n) : 0;
    if (passed > 0) differ += net_back(fresh) != passed;
    const float *a = net_weight_gradients(n, 0, 5), *b = net_weight_gradients(fresh, 0, 5);
    if (a && b) differ += memcmp(a, b, 5 * net_stride(n, TENSOR_DELTAS) * sizeof *a) != 0;
  }
  return differ;
}

static void resumes(void) {
  variant cases[20];
  int count = 0;
#define CASE(...) cases[count++] = (variant){__VA_ARGS__, 0}
#define LIKE 7, 6, INPUT_UNIFORM, LOSS_RANDOM, ALL
  CASE("the same", LIKE, 6, -1, 0, 0, 0, 1, 0, 5);
  CASE("a layer more", LIKE, 7, -1, 0, 0, 0, 1, 0, 5);
  CASE("fewer layers", LIKE, 3, -1, 0, 0, 0, 1, 0, 2);
  CASE("one layer", LIKE, 1, -1, 0, 0, 0, 1, 0, 0);
  CASE("a net that was stopped", LIKE, 6, 4, 0, 0, 0, 1, 0, 3);
  CASE("a net that has gone back", LIKE, 7, -1, 3, 0, 0, 1, 0, 5);
  CASE("no weights kept", LIKE, 7, -1, 0, 0, 0, 0, 0, 5);
  CASE("another activation", LIKE, 6, -1, 0, 4, 0, 1, 0, 2);
  CASE("other weights", LIKE, 6, -1, 0, 0, 3, 1, 0, 1);
  CASE("a rule by the depth of the net", LIKE, 7, -1, 0, 0, 0, 1, 1, 0);
  CASE("another seed", 8, 6, INPUT_UNIFORM, LOSS_RANDOM, ALL, 6, -1, 0, 0, 0, 1, 0, 0);
  CASE("another batch", 7, 5, INPUT_UNIFORM, LOSS_RANDOM, ALL, 6, -1, 0, 0, 0, 1, 0, 0);
  CASE("another input", 7, 6, INPUT_NORMAL, LOSS_RANDOM, ALL, 6, -1, 0, 0, 0, 1, 0, 0);
  CASE("another loss", 7, 6, INPUT_UNIFORM, LOSS_CROSS_ENTROPY, ALL, 6, -1, 0, 0, 0, 1, 0, 5);
  CASE("no loss", 7, 6, INPUT_UNIFORM, LOSS_NONE, ALL, 6, -1, 0, 0, 0, 1, 0, 0);
  CASE("other tensors", 7, 6, INPUT_UNIFORM, LOSS_RANDOM, 0, 6, -1, 0, 0, 0, 1, 0, 0);
  CASE("a layer that is not observed", LIKE, 6, -1, 0, 0, 0, 1, 0, 3);
  cases[count - 1].unobserved = 5;
#undef LIKE
#undef CASE
  for (int i = 0; i < count; i++) {
    const variant *wanted = &cases[i];
    variant first = plain;
    first.deepest = wanted->deepest;
    net *before = built(&first), *n = built(wanted), *fresh = built(wanted);
    while (before->done < (uint32_t)(wanted->stepped < 0 ? first.depth : wanted->stepped)) net_step(before);
    for (int l = 0; l < wanted->passed; l++) net_back(before);
    for (uint32_t l = 0; l < before->depth && !wanted->kept; l++) {
      free(before->kept[l].values);
      before->kept[l] = (store){0};
    }
    int taken = net_resume(n, before), unknown = taken > 0 && (net_summary(n, TENSOR_WEIGHTS) || net_squares(n));
    int differ = differing(n, fresh, 0);
    CHECK(taken == wanted->taken && differ == 0 && !unknown, "layers of another net are taken over, bit for bit",
          "%s: %d of %d layers, %d differ", wanted->what, taken, wanted->depth, differ);
    net_free(before);
    net_free(n);
    net_free(fresh);
  }
}

static void refused(void) {
  net *before = built(&plain), *n = net_new(7, 6, 5, 5, 2, INPUT_UNIFORM);
  int early = net_resume(n, before);
  net_add_dense(n, 4, 0, POOL_FLATTEN);
  net_start(n);
  net_step(n);
  int late = net_resume(n, before), itself = net_resume(before, before);
  CHECK(early == NET_ERROR_ORDER && late == NET_ERROR_ORDER && itself == 0,
        "a net resumes only after its start and before its first step", "%d, %d and %d", early, late, itself);
  net_free(n);
  variant given = plain;
  given.input = INPUT_GIVEN;
  net *a = built(&given), *b = built(&given);
  while (net_step(a) > 0) {}
  CHECK(net_resume(b, a) == 0, "given inputs may differ, so nothing is taken over", "%u layers", b->done);
  net_free(a);
  net_free(b);
  net_free(before);
}

static void observed(void) {
  for (uint32_t tensors = 0; tensors <= ALL; tensors++) {
    variant some = plain;
    some.observed = tensors;
    net *n = built(&some), *fresh = built(&plain);
    uint32_t always = 1 << TENSOR_INPUT | 1 << TENSOR_DELTAS, but = ALL & ~(tensors | always);
    int differ = differing(n, fresh, but), wrong = 0;
    for (uint32_t tensor = 0; tensor < TENSOR_COUNT; tensor++) {
      int expected = !(but >> tensor & 1);
      wrong += (net_summary(n, tensor) != NULL) != expected || (net_counts(n, tensor) != NULL) != expected;
    }
    int known = isnan(net_correlation(n)) == !(tensors >> TENSOR_PREACTIVATIONS & 1);
    if (tensors % 8 == 2 || differ || wrong || !known)
      CHECK(differ == 0 && wrong == 0 && known,
            "a tensor that is not observed has no summary, and all else is unchanged", "tensors %#x: %d differ",
            tensors, differ);
    net_free(n);
    net_free(fresh);
  }
  net *n = net_new(1, 2, 1, 1, 8, INPUT_NORMAL);
  int early = net_set_observed(n, ALL);
  for (int l = 1; l <= 2; l++) {
    net_add_dense(n, 4, 0, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, 2, 1);
  }
  int range = net_set_observed(n, ALL + 1);
  net_set_observed(n, 0);
  net_start(n);
  net_step(n);
  int first = net_squares(n) && net_summary(n, TENSOR_WEIGHTS) && !isnan(net_correlation(n));
  net_step(n);
  int second = net_squares(n) || net_summary(n, TENSOR_WEIGHTS) || !isnan(net_correlation(n));
  CHECK(early == NET_ERROR_ORDER && range == NET_ERROR_RANGE && net_set_observed(n, ALL) == NET_ERROR_ORDER && first &&
            !second && net_tensor(n, TENSOR_PREACTIVATIONS),
        "each layer is observed as asked, and its tensors exist either way", "%d and %d", early, range);
  net_free(n);
}

/* a started net of one dense layer, which may keep 8 MiB */
static net *dense(uint32_t seed, uint32_t inputs, uint32_t units, uint32_t distribution, double number) {
  net *n = net_new(seed, 3, 1, 1, inputs, INPUT_UNIFORM);
  net_add_dense(n, units, 0, POOL_FLATTEN);
  net_set_weights(n, distribution, MODE_VALUE, number, 1);
  net_set_kept(n, 8 << 20);
  net_start(n);
  return n;
}

/* Kept numbers serve a layer of the same seed and distribution, of any shape and scale, and no other. A number that is
 * spoilt in the store appears in the weights: it was read, not drawn. */
static void kept(void) {
  const struct {
    const char *what;
    uint32_t seed, inputs, units, distribution;
    double number;
    int taken;
  } cases[] = {
      {"the same", 7, 300, 40, DISTRIBUTION_NORMAL, 0.5, 1},
      {"wider", 7, 300, 90, DISTRIBUTION_NORMAL, 0.5, 1},
      {"wider than there is room", 7, 300, 700, DISTRIBUTION_NORMAL, 0.5, 1},
      {"of more inputs", 7, 500, 40, DISTRIBUTION_NORMAL, 0.5, 1},
      {"of more than there is room for", 7, 900, 43, DISTRIBUTION_NORMAL, 0.5, 1},
      {"narrower, within a panel", 7, 300, 13, DISTRIBUTION_NORMAL, 0.5, 1},
      {"of fewer inputs", 7, 5, 40, DISTRIBUTION_NORMAL, 0.5, 1},
      {"of fewer inputs, and wider", 7, 5, 90, DISTRIBUTION_NORMAL, 0.5, 1},
      {"of another scale", 7, 300, 40, DISTRIBUTION_NORMAL, 3, 1},
      {"of scale 0", 7, 300, 40, DISTRIBUTION_NORMAL, 0, 1},
      {"another seed", 8, 300, 40, DISTRIBUTION_NORMAL, 0.5, 0},
      {"uniform", 7, 300, 40, DISTRIBUTION_UNIFORM, 0.5, 0},
      {"truncated", 7, 300, 40, DISTRIBUTION_TRUNCATED, 0.5, 0},
      {"cut", 7, 300, 40, DISTRIBUTION_CUT, 0.5, 0},
      {"constant", 7, 300, 40, DISTRIBUTION_CONSTANT, 0.5, 0},
      {"orthogonal", 7, 300, 40, DISTRIBUTION_ORTHOGONAL, 0.5, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int differ = 0;
    for (int spoilt = 0; spoilt < 2; spoilt++) {
      net *fresh = dense(cases[i].seed, cases[i].inputs, cases[i].units, cases[i].distribution, cases[i].number);
      net *before = dense(7, 300, 40, DISTRIBUTION_NORMAL, 0.5);
      net *n = dense(cases[i].seed, cases[i].inputs, cases[i].units, cases[i].distribution, cases[i].number);
      while (net_step(before) > 0) {}
      if (spoilt) before->kept[0].values[0] += 1;
      differ += net_resume(n, before) != 0;
      int seen = differing(n, fresh, 0) != 0;
      differ += seen != (spoilt && cases[i].taken && cases[i].number != 0);
      net_free(before);
      net_free(n);
      net_free(fresh);
    }
    CHECK(differ == 0, "kept numbers serve any size and scale, bit for bit", "%s: %d differ", cases[i].what, differ);
  }
  net *n = net_new(1, 2, 1, 1, 8, INPUT_NORMAL), *some = net_new(1, 2, 1, 1, 8, INPUT_NORMAL);
  int range = net_set_kept(n, net_limit(LIMIT_BYTES) + 1);
  for (int l = 0; l < 5; l++) {
    net_add_dense(some, 8, 0, POOL_FLATTEN);
    net_set_weights(some, DISTRIBUTION_NORMAL, MODE_VALUE, 1, 1);
  }
  net_set_kept(some, 3 << 20);
  net_start(some);
  while (net_step(some) > 0) {}
  int layers = 0;
  for (int l = 0; l < 5; l++) layers += some->kept[l].values != NULL;
  CHECK(range == NET_ERROR_RANGE && net_set_kept(some, 0) == NET_ERROR_ORDER && layers == 3,
        "the first layers are kept, as far as there is room", "%d of 5", layers);
  net_free(n);
  net_free(some);
}

/* Before its first step a larger layer does not use or overrun the store of a smaller one. A net may resume twice. */
static void kept_too_small(void) {
  const uint32_t sizes[][2] = {{300, 700}, {900, 40}, {900, 700}};
  int differ = 0;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    net *before = dense(7, 300, 40, DISTRIBUTION_NORMAL, 0.5), *again = dense(7, 300, 30, DISTRIBUTION_NORMAL, 0.5);
    net *n = dense(7, sizes[i][0], sizes[i][1], DISTRIBUTION_NORMAL, 0.5);
    net *fresh = dense(7, sizes[i][0], sizes[i][1], DISTRIBUTION_NORMAL, 0.5);
    while (net_step(before) > 0 || net_step(again) > 0) {}
    differ += net_resume(n, before) != 0 || net_resume(n, again) != 0;
    for (uint32_t row = 0; row < sizes[i][0]; row += 50) {
      size_t floats = 50 * round_up(sizes[i][1], PANEL);
      differ += memcmp(net_weights(n, 1, row, 50), net_weights(fresh, 1, row, 50), floats * sizeof(float)) != 0;
    }
    differ += differing(n, fresh, 0);
    net_free(before);
    net_free(again);
    net_free(n);
    net_free(fresh);
  }
  CHECK(differ == 0, "the store of a smaller layer is not overrun", "%d differ", differ);
}

/* so many layers of `units` units, the last of `last`; 12 MiB may be kept */
static net *stacked(int layers, uint32_t units, uint32_t last) {
  net *n = net_new(7, 3, 1, 1, units, INPUT_UNIFORM);
  for (int l = 1; l <= layers; l++) {
    net_add_dense(n, l < layers ? units : last, 0, POOL_FLATTEN);
    net_set_weights(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  }
  net_set_kept(n, 12 << 20);
  net_start(n);
  return n;
}

static void kept_too_large(void) {
  net *wide = stacked(3, 600, 600), *narrow = stacked(8, 20, 20), *fresh = stacked(8, 20, 20);
  while (net_step(wide) > 0) {}
  net_resume(narrow, wide);
  int differ = differing(narrow, fresh, 0);
  uint64_t bytes = 0;
  for (int l = 0; l < 8; l++) {
    if (narrow->kept[l].values) bytes += store_floats(&narrow->kept[l]) * sizeof(float);
  }
  CHECK(differ == 0 && bytes == 12 << 20, "stores of larger layers are taken only as far as there is room",
        "%.0f MiB, %d differ", (double)bytes / (1 << 20), differ);
  net_free(wide);
  net_free(narrow);
  net_free(fresh);
}

/* A layer without room of its own may hold the store of a smaller layer, and leaves it as it is. */
static void kept_without_room(void) {
  net *small = stacked(3, 1000, 10), *wide = stacked(3, 500, 2500), *n = stacked(3, 1000, 600);
  net *fresh = stacked(3, 1000, 600);
  while (net_step(small) > 0) {}
  net_resume(wide, small);
  size_t panels = wide->kept[2].panels;
  while (net_step(wide) > 0) {}
  size_t drawn = wide->kept[2].drawn;
  net_resume(n, wide);
  int differ = differing(n, fresh, 0);
  CHECK(differ == 0 && panels == 64 && drawn == 2, "numbers without room do not count as kept",
        "%zu of %zu panels, %d differ", drawn, panels, differ);
  net_free(small);
  net_free(wide);
  net_free(n);
  net_free(fresh);
}

int main(void) {
  resumes();
  refused();
  kept();
  kept_too_small();
  kept_too_large();
  kept_without_room();
  observed();
  return check_failures != 0;
}
