/* resume: that a net which takes over the layers of another tells what it would have told by itself, to the last bit;
 * and that what is not observed is not told and changes nothing else.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/net.h"
#include "check.h"

/* what may differ from the net that every case begins with */
typedef struct {
  const char *what;
  uint32_t seed, batch, input, loss, observed;
  int depth, stepped, passed; /* layers; how far the net before went, or -1: all the way */
  int other; /* a layer of another activation, from 1; 0: none */
  int number; /* a layer of other weights */
  int kept; /* whether the net before has kept its weights */
  int deepest; /* whether one layer's rule goes by the depth of its net */
  int taken; /* what is expected of net_resume */
} variant;

enum { ALL = (1 << TENSOR_COUNT) - 1, DEPTH_OF_CASES = 6 };

static const variant plain = {"", 7, 6, INPUT_UNIFORM, LOSS_RANDOM, ALL, DEPTH_OF_CASES, -1, 0, 0, 0, 1, 0, 0};

/* two convolutions, and dense layers of a block and a bit, one of them sparse and one orthogonal */
static net *built(const variant *of) {
  net *n = net_new(of->seed, of->batch, 5, 5, 2, of->input);
  for (int l = 1; l <= of->depth; l++) {
    uint32_t activation = l == of->other ? 3 : 1;
    if (l <= 2)
      net_add_conv(n, 3, 3, 12, 1, PADDING_SAME, (uint32_t)l, activation);
    else
      net_add_dense(n, 40, activation, POOL_FLATTEN);
    if (l == 4)
      net_set_weights(n, DISTRIBUTION_SPARSE, MODE_VALUE, 0.5, 1);
    else if (l == 5)
      net_set_weights(n, DISTRIBUTION_ORTHOGONAL, MODE_VALUE, 1.5, 1);
    else if (l == 2 && of->deepest)
      net_set_weights(n, DISTRIBUTION_NORMAL, MODE_DEPTH, 1, 1);
    else
      net_set_weights(n, DISTRIBUTION_NORMAL, MODE_FAN_IN, l == of->number ? 3 : 2, 1);
    net_set_bias(n, DISTRIBUTION_NORMAL, MODE_VALUE, 0.1, 1);
  }
  net_set_loss(n, of->loss);
  net_set_observed(n, of->observed);
  net_start(n);
  return n;
}

static uint64_t mixed(uint64_t hash, const void *data, size_t size) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

/* all that a net tells of where it is, but of the tensors that are in `but` */
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

/* The layers, forward and back, of which two nets tell different things, from where the one that resumed is. `weights`
 * and their gradients are compared by their rows too. */
static int differing(net *n, net *fresh, uint32_t but) {
  int differ = 0;
  while (fresh->done < n->done) net_step(fresh);
  if (n->done > 0) differ += net_step(n) != net_step(fresh); /* of a layer that was taken over there is no summary */
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
#define CASE(...) cases[count++] = (variant){__VA_ARGS__}
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
#undef LIKE
#undef CASE
  for (int i = 0; i < count; i++) {
    const variant *of = &cases[i];
    variant first = plain;
    first.deepest = of->deepest;
    net *before = built(&first), *n = built(of), *fresh = built(of);
    while (before->done < (uint32_t)(of->stepped < 0 ? first.depth : of->stepped)) net_step(before);
    for (int l = 0; l < of->passed; l++) net_back(before);
    for (uint32_t l = 0; l < before->depth && !of->kept; l++) {
      free(before->kept_of[l]);
      before->kept_of[l] = NULL;
    }
    int taken = net_resume(n, before), unknown = taken > 0 && (net_summary(n, TENSOR_WEIGHTS) || net_squares(n));
    int differ = differing(n, fresh, 0);
    CHECK(taken == of->taken && differ == 0 && !unknown, "what another net has passed is taken over, bit for bit",
          "%s: %d of %d layers, %d differ", of->what, taken, of->depth, differ);
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
        "a net resumes once it is started and before it steps", "%d, %d and %d", early, late, itself);
  net_free(n);
  variant given = plain;
  given.input = INPUT_GIVEN;
  net *a = built(&given), *b = built(&given);
  while (net_step(a) > 0) {}
  CHECK(net_resume(b, a) == 0, "an input that is given may be another", "%u layers", b->done);
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
      CHECK(differ == 0 && wrong == 0 && known, "what is not observed has no summary, and all else stays",
            "tensors %#x: %d differ", tensors, differ);
    net_free(n);
    net_free(fresh);
  }
  net *n = net_new(1, 2, 1, 1, 8, INPUT_NORMAL);
  int range = net_set_observed(n, ALL + 1);
  net_add_dense(n, 4, 0, POOL_FLATTEN);
  net_set_observed(n, 0);
  net_start(n);
  net_step(n);
  CHECK(range == NET_ERROR_RANGE && net_set_observed(n, ALL) == NET_ERROR_ORDER && !net_squares(n) &&
            net_tensor(n, TENSOR_PREACTIVATIONS),
        "squares are of preactivations that are observed, tensors are there all the same", "%d", range);
  net_free(n);
}

int main(void) {
  resumes();
  refused();
  observed();
  return check_failures != 0;
}
