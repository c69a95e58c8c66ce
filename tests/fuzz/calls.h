/* calls.h: a stream of bytes drives every function of the engine: any call, in any order, with any numbers.
 *
 * The first byte of a call chooses a row of the table `calls`; its numbers follow. At the end all nets are freed. A few
 * slots hold the nets, so that no handle is used after it is freed: a caller need not care for anything else. What must
 * hold after a call is in invariants.h. New rows go to the end of the table: so the corpus keeps its meaning. Nothing
 * slow is tried: a net of more than FEW terms is not started.
 */
#ifndef CALLS_H
#define CALLS_H

#include "invariants.h"

typedef struct {
  const uint8_t *next, *end;
} bytes;

enum { SLOTS = 3, FEW = 20000, MOST_CALLS = 120 };
static net *slots[SLOTS];

/* What theory integrates takes as long as hundreds of other calls, and a search for a fixed point far longer. So an input
 * makes few such calls. */
enum { MOST_INTEGRALS = 4, INTEGRALS_OF_SEARCH = 3 };
static int integrals;
static int may_integrate(int count) {
  integrals += count;
  return integrals <= MOST_INTEGRALS;
}

/* The parameter with which activations are asked about; NaN until a call chooses another one. */
static double parameter;
static int is_known(uint32_t activation) {
  phi f = phi_find(activation, parameter);
  return phi_is_known(&f);
}

static uint32_t byte_of(bytes *in) { return in->next < in->end ? *in->next++ : 0; }

static uint64_t word_of(bytes *in, int size) {
  uint64_t word = 0;
  for (int i = 0; i < size; i++) word = word << 8 | byte_of(in);
  return word;
}

/* a small number takes one byte, one near a limit also one, any other five */
static uint32_t whole_of(bytes *in) {
  static const uint32_t edges[] = {
      64,      65,       255,      256,        257, 512, 513,  1023, 1024,    1025,        4095,           4096,
      4097,    1u << 20, 1u << 31, UINT32_MAX, 100, 101, 1000, 2000, 1000000, 0x7fffffffu, (1u << 20) + 1, 0xffffu,
      0x10000u};
  uint32_t first = byte_of(in);
  if (first < 192) return first % 48;
  if (first < 240) return edges[first % (sizeof edges / sizeof *edges)];
  return (uint32_t)word_of(in, 4);
}

static double number_of(bytes *in) {
  static const double edges[] = {0,           -0.0,
                                 1,           -1,
                                 2,           0.5,
                                 1e-300,      1e300,
                                 -1e300,      1e60,
                                 1e-60,       1e6,
                                 1e-6,        1e-12,
                                 0.999,       1e308,
                                 (double)NAN, (double)INFINITY,
                                 -2,          1.01,
                                 5e-324,      1e38,
                                 3.5e38,      88.8,
                                 1e-40,       (double)-INFINITY};
  uint32_t first = byte_of(in);
  if (first < 128) return edges[first % (sizeof edges / sizeof *edges)];
  if (first < 240) return (double)(int32_t)(byte_of(in) - 128) / 32;
  uint64_t bits = word_of(in, 8);
  double any;
  memcpy(&any, &bits, sizeof any);
  return any;
}

/* mostly a valid choice, else any number */
static uint32_t choice_of(bytes *in, uint32_t count) {
  uint32_t first = byte_of(in);
  return first < 250 ? first % count : whole_of(in);
}

static net **slot_of(bytes *in) { return &slots[byte_of(in) % SLOTS]; }

/* Is a net small enough to be started? */
static int is_small(const net *n) {
  double terms = 0;
  for (uint32_t l = 0; l < n->depth; l++) {
    const net_layer *layer = &n->layers[l];
    double rows = (double)weight_rows(layer), cols = layer->shape.out.channels;
    double outputs = (double)rows_of(n, &layer->shape.out);
    terms += rows * cols * (1 + outputs * (n->loss ? 3 : 1)) + 8 * outputs * cols;
    if (layer->weights.distribution == DISTRIBUTION_ORTHOGONAL) terms += rows * cols * (rows < cols ? rows : cols);
  }
  double given = (double)n->training.examples * (double)values_of(&n->inputs);
  return given + terms + 8.0 * n->batch * (double)values_of(&n->inputs) < FEW && n->depth < 24;
}

static void table_of_schemes(bytes *in) {
  uint32_t i = choice_of(in, scheme_count());
  MUST(scheme_name(i) && scheme_group(i) && scheme_paper(i) && scheme_number_name(i));
  MUST((i < scheme_count()) == (scheme_name(i)[0] != 0));
  MUST(scheme_distribution(i) < DISTRIBUTION_COUNT && scheme_mode(i) < MODE_COUNT && isfinite(scheme_number(i)));
}

static void table_of_libraries(bytes *in) {
  uint32_t i = choice_of(in, library_count());
  MUST(library_name(i) && library_call(i) && library_scheme(i) && library_bias(i));
  MUST((i < library_count()) == (library_name(i)[0] != 0) && !isinf(library_number(i)));
  MUST(library_convention(i) < CONVENTION_COUNT && library_argument(i) && !isinf(library_base(i)) &&
       library_power(i) <= 2);
  MUST(library_takes(i, choice_of(in, SHAPE_COUNT)) <= (i < library_count()));
}

static void table_of_activations(bytes *in) {
  uint32_t i = choice_of(in, activation_count());
  MUST((i < activation_count()) == (activation_name(i)[0] != 0));
  MUST(activation_saturation_lo(i) <= activation_saturation_hi(i));
  MUST(!(activation_pytorch_gain(i, parameter) <= 0));
  double usual = activation_parameter(i);
  MUST(activation_parameter_least(i) <= usual && usual <= activation_parameter_most(i));
  if (!activation_parameter_name(i)[0]) MUST(activation_parameter_most(i) == 0);
}

static void one_activation(bytes *in) {
  uint32_t i = choice_of(in, activation_count());
  double z = number_of(in), value = activation_value(i, parameter, z), slope = activation_slope(i, parameter, z);
  if (!is_known(i) || isnan(z)) {
    MUST(isnan(value) && isnan(slope));
  } else if (!isinf((float)(z * fmax(1, parameter)))) { /* sin multiplies first */
    MUST(!isnan(value) && isfinite(slope) && fabs(slope) < 2 + fmax(0, parameter));
  }
}

static void fans(bytes *in) {
  uint32_t convention = choice_of(in, CONVENTION_COUNT), which = choice_of(in, 2), transposed = choice_of(in, 2);
  double size = number_of(in);
  uint32_t channels_in = whole_of(in), channels_out = whole_of(in), groups = whole_of(in);
  double fan = fans_of(convention, which, transposed, size, channels_in, channels_out, groups);
  if (convention >= CONVENTION_COUNT || which > FAN_OUT || groups == 0) MUST(fan == 0);
  if (size >= 0 && size < 1e6) MUST(fan >= 0 && isfinite(fan));
}

static void limit(bytes *in) {
  uint32_t which = choice_of(in, LIMIT_COUNT);
  MUST((net_limit(which) > 0) == (which < LIMIT_COUNT));
}

static void new_net(bytes *in) {
  net **slot = slot_of(in);
  uint32_t seed = whole_of(in), batch = whole_of(in), height = 1, width = 1;
  if (byte_of(in) % 2) height = whole_of(in), width = whole_of(in);
  uint32_t channels = whole_of(in), input = choice_of(in, INPUT_GIVEN + 1);
  net_free(*slot);
  *slot = net_new(seed, batch, height, width, channels, input);
  if (*slot) {
    MUST(batch >= 1 && batch <= net_limit(LIMIT_BATCH) && input <= INPUT_GIVEN);
    MUST(net_extent(*slot, 0, EXTENT_HEIGHT) == height && net_extent(*slot, 0, EXTENT_WIDTH) == width &&
         net_extent(*slot, 0, EXTENT_CHANNELS) == channels);
  }
}

static void set_cut(bytes *in, net *n) {
  double cut = byte_of(in) % 2 ? number_of(in) : byte_of(in) / 16.0;
  UNCHANGED_IF_REFUSED(n, net_set_cut(n, cut));
}

static void set_input(bytes *in, net *n) {
  uint32_t input = choice_of(in, INPUT_COUNT);
  double mean = number_of(in), std = number_of(in), zeros = byte_of(in) % 2 ? number_of(in) : byte_of(in) / 255.0;
  UNCHANGED_IF_REFUSED(n, net_set_input(n, input, mean, std, zeros));
}

static void free_net(bytes *in) {
  net **slot = slot_of(in);
  net_free(*slot);
  *slot = NULL;
}

static void add_dense(bytes *in, net *n) {
  uint32_t units = whole_of(in), activation = choice_of(in, activation_count()), pool = choice_of(in, POOL_AVERAGE + 1);
  UNCHANGED_IF_REFUSED(n, net_add_dense(n, units, activation, pool));
}

static void add_conv(bytes *in, net *n) {
  uint32_t kernel_height = whole_of(in), kernel_width = whole_of(in), channels = whole_of(in);
  uint32_t stride = choice_of(in, 3), padding = choice_of(in, 2), groups = 1, activation;
  uint32_t kind = byte_of(in) % 4;
  if (kind == 1) groups = net_extent(n, n->depth, EXTENT_CHANNELS);
  if (kind == 2) groups = whole_of(in);
  if (kind == 3) channels = net_extent(n, n->depth, EXTENT_CHANNELS), groups = channels;
  activation = choice_of(in, activation_count());
  UNCHANGED_IF_REFUSED(n, net_add_conv(n, kernel_height, kernel_width, channels, stride, padding, groups, activation));
}

/* mostly PADDING_*, else a number of zeros */
static uint32_t padding_of(bytes *in) {
  uint32_t first = byte_of(in);
  return first < 240 ? first % 6 : whole_of(in);
}

/* a convolution of any stride and padding, and in any groups; or transposed */
static void add_kernel(bytes *in, net *n) {
  uint32_t transposed = byte_of(in) % 2, height = whole_of(in) % 13, width = whole_of(in) % 13, channels = whole_of(in);
  uint32_t stride = choice_of(in, 5), padding = padding_of(in), groups = 1 + byte_of(in) % 3, output_padding = 0;
  uint32_t activation = choice_of(in, activation_count());
  if (!transposed) {
    UNCHANGED_IF_REFUSED(n, net_add_conv(n, height, width, channels, stride, padding, groups, activation));
    return;
  }
  output_padding = choice_of(in, 4);
  UNCHANGED_IF_REFUSED(
      n, net_add_transposed(n, height, width, channels, stride, padding, output_padding, groups, activation));
}

static void add_pool(bytes *in, net *n) {
  uint32_t kind = choice_of(in, WINDOW_COUNT), height = whole_of(in), width = byte_of(in) % 4 ? height : whole_of(in);
  uint32_t stride = choice_of(in, 12), padding = padding_of(in);
  UNCHANGED_IF_REFUSED(n, net_add_pool(n, kind, height, width, stride, padding));
}

static void add_norm(bytes *in, net *n) {
  uint32_t norm = choice_of(in, NORM_COUNT), activation = choice_of(in, activation_count());
  double gain = number_of(in), epsilon = byte_of(in) % 4 ? 1e-5 : number_of(in);
  UNCHANGED_IF_REFUSED(n, net_add_norm(n, norm, gain, epsilon, activation));
}

/* a sum with any layer before, among them those of another shape */
static void add_sum(bytes *in, net *n) {
  uint32_t from = byte_of(in) % 8 ? choice_of(in, n->depth + 1) : whole_of(in), trains = choice_of(in, 4);
  uint32_t activation = choice_of(in, activation_count());
  double stream = number_of(in), branch = number_of(in);
  UNCHANGED_IF_REFUSED(n, net_add_sum(n, from, stream, branch, trains, activation));
}

static void add_gate(bytes *in, net *n) {
  uint32_t gate = choice_of(in, activation_count());
  UNCHANGED_IF_REFUSED(n, net_add_gate(n, gate));
}

static void add_prelu(bytes *in, net *n) {
  double slope = number_of(in);
  uint32_t shared = choice_of(in, 2);
  UNCHANGED_IF_REFUSED(n, net_add_prelu(n, slope, shared));
}

/* Layers that read images as a whole never refuse images. */
static void add_whole(bytes *in, net *n) {
  int fits = n->depth < net_limit(LIMIT_DEPTH) && !n->memory, flat = byte_of(in) % 2;
  uint64_t values = (uint64_t)net_extent(n, n->depth, EXTENT_HEIGHT) * net_extent(n, n->depth, EXTENT_WIDTH) *
                    net_extent(n, n->depth, EXTENT_CHANNELS);
  int tops = n->depth && net_fan(n, n->depth, FAN_IN) > 0 && values > net_limit(LIMIT_UNITS);
  int added;
  REFUSED(n, flat ? net_add_flatten(n) : net_add_global_average(n), added);
  if (flat && fits && !tops) MUST(added == 0);
  if (added == 0) MUST(net_extent(n, n->depth, EXTENT_HEIGHT) == 1 && net_extent(n, n->depth, EXTENT_WIDTH) == 1);
  if (added == 0 && flat) MUST(net_extent(n, n->depth, EXTENT_CHANNELS) == values);
}

static void set_parameter(bytes *in, net *n) {
  double value = number_of(in);
  UNCHANGED_IF_REFUSED(n, net_set_parameter(n, value));
}

static void choose_parameter(bytes *in) { parameter = number_of(in); }

static void set_weights(bytes *in, net *n) {
  uint32_t distribution = choice_of(in, DISTRIBUTION_COUNT), mode = choice_of(in, MODE_COUNT);
  double number = number_of(in), gain = number_of(in);
  UNCHANGED_IF_REFUSED(n, net_set_weights(n, distribution, mode, number, gain));
}

static void set_bias(bytes *in, net *n) {
  uint32_t distribution = choice_of(in, DISTRIBUTION_COUNT), mode = choice_of(in, MODE_COUNT);
  double number = number_of(in), gain = number_of(in);
  if (!bias_accepts(distribution, mode)) MUST(net_set_bias(n, distribution, mode, number, gain) < 0);
  UNCHANGED_IF_REFUSED(n, net_set_bias(n, distribution, mode, number, gain));
}

static void set_counting(bytes *in, net *n) {
  uint32_t convention = choice_of(in, CONVENTION_COUNT), squared = choice_of(in, 2);
  UNCHANGED_IF_REFUSED(n, net_set_counting(n, convention, squared));
}

static void set_drawn(bytes *in, net *n) {
  uint32_t format = choice_of(in, DRAWN_COUNT);
  UNCHANGED_IF_REFUSED(n, net_set_drawn(n, format));
}

static void set_stream(bytes *in, net *n) {
  uint32_t stream = byte_of(in) % 2 ? whole_of(in) : byte_of(in);
  UNCHANGED_IF_REFUSED(n, net_set_stream(n, stream));
}

static void set_loss(bytes *in, net *n) {
  uint32_t loss = choice_of(in, LOSS_COUNT);
  UNCHANGED_IF_REFUSED(n, net_set_loss(n, loss));
}

static void set_kept(bytes *in, net *n) {
  uint32_t most = (uint32_t)byte_of(in) << 20;
  UNCHANGED_IF_REFUSED(n, net_set_kept(n, most));
}

static void set_observed(bytes *in, net *n) {
  uint32_t tensors = byte_of(in);
  UNCHANGED_IF_REFUSED(n, net_set_observed(n, tensors));
}

static void max_batch(bytes *in, net *n) {
  (void)in;
  MUST(net_max_batch(n) <= net_limit(LIMIT_BATCH));
  MUST(net_bytes(n) > 0 && net_module_bytes(n) > 2 * net_bytes(n));
  MUST((n->batch <= net_max_batch(n)) == (net_bytes(n) <= net_limit(LIMIT_BYTES)));
}

static void start(bytes *in, net *n) {
  (void)in;
  int fits = n->batch <= net_max_batch(n);
  if (fits && !is_small(n)) return;
  UNCHANGED_IF_REFUSED(n, net_start(n));
  if (!fits) MUST(net_start(n) < 0);
}

/* repeats a few values in the columns of each row that count */
static void input(bytes *in, net *n) {
  float *x = net_input(n), values[3];
  for (int i = 0; i < 3; i++) values[i] = (float)number_of(in);
  MUST(!x || (n->input == INPUT_GIVEN && n->done == 0));
  if (!x) return;
  size_t cols = values_of(&n->inputs), stride = net_stride(n, TENSOR_INPUT);
  for (size_t i = 0; i < n->batch * cols; i++) x[i / cols * stride + i % cols] = values[i % 7 % 3];
}

static void step(bytes *in, net *n) {
  (void)in;
  uint32_t before = n->done;
  UNCHANGED_IF_REFUSED(n, net_step(n));
  MUST(!n->memory || before == n->depth || n->done == before + 1);
}

static void resume(bytes *in, net *n) {
  static net at_first;
  net *before = *slot_of(in);
  int resumed;
  if (!before) return;
  copy_net(n, &at_first);
  REFUSED(n, net_resume(n, before), resumed);
  memcpy(at_first.kept, n->kept, sizeof at_first.kept);
  at_first.keeps = n->keeps;
  if (resumed == 0) MUST(is_same_net(n, &at_first));
  if (resumed > 0) MUST(at_first.done == 0 && (uint32_t)resumed == n->done && n->done < before->done);
}

static void back(bytes *in, net *n) {
  (void)in;
  UNCHANGED_IF_REFUSED(n, net_back(n));
}

static void step_part(bytes *in, net *n) {
  (void)in;
  uint32_t parts = net_parts(n), done = n->done, left = n->depth - done;
  int stepped;
  REFUSED(n, net_step_part(n), stepped);
  if (stepped >= 0 && left) MUST(stepped ? parts == 1 && (uint32_t)stepped == done + 1 : net_parts(n) == parts - 1);
}

static void back_part(bytes *in, net *n) {
  (void)in;
  uint32_t parts = net_parts(n), left = n->depth - n->passed;
  int passed;
  REFUSED(n, net_back_part(n), passed);
  if (passed >= 0 && left) MUST(passed ? parts == 1 && (uint32_t)passed == left : net_parts(n) == parts - 1);
}

static void set_training(bytes *in, net *n) {
  uint32_t objective = choice_of(in, OBJECTIVE_COUNT), optimizer = choice_of(in, OPTIMIZER_COUNT);
  uint32_t dialect = choice_of(in, DIALECT_COUNT), examples = whole_of(in);
  UNCHANGED_IF_REFUSED(n, net_set_training(n, objective, optimizer, dialect, examples));
}

static void set_hyper(bytes *in, net *n) {
  uint32_t which = choice_of(in, HYPER_COUNT), optimizer = choice_of(in, OPTIMIZER_COUNT);
  double value = number_of(in);
  int set;
  REFUSED(n, net_set_hyper(n, which, value), set);
  MUST(set < 0 || (net_hyper(n, which) == value && value <= net_hyper_limit(which)));
  MUST(!(optimizer_default(optimizer, choice_of(in, DIALECT_COUNT), which) < 0));
  UNCHANGED_IF_REFUSED(n, net_set_factors(n, optimizer + which, value, 1));
}

/* repeats a few values in the examples, and takes any labels */
static void examples(bytes *in, net *n) {
  uint32_t split = whole_of(in), count = n->training.examples;
  UNCHANGED_IF_REFUSED(n, net_set_split(n, split));
  float *x = net_examples(n), *targets = net_targets(n), values[3];
  uint32_t *labels = net_labels(n), label = whole_of(in);
  for (int i = 0; i < 3; i++) values[i] = (float)number_of(in);
  MUST(!x == !(n->trainer && n->memory) && (!x || !labels == !!targets));
  if (!x) return;
  size_t stride = net_stride(n, TENSOR_INPUT), outputs = net_extent(n, n->depth, EXTENT_CHANNELS);
  if (n->done == 0) {
    for (size_t i = 0; i < count * stride; i++) x[i] = values[i % 7 % 3];
  }
  for (size_t i = 0; labels && i < count; i++) labels[i] = i % 5 == 4 ? label : (uint32_t)(i % outputs);
  for (size_t i = 0; targets && i < count * stride_of((uint32_t)outputs); i++) targets[i] = values[i % 5 % 3];
}

static void begin_pass(bytes *in, net *n) {
  uint32_t kind = byte_of(in) % 4, first = whole_of(in);
  if (kind == 0) UNCHANGED_IF_REFUSED(n, net_begin_test(n, first));
  if (kind == 1) UNCHANGED_IF_REFUSED(n, net_begin_given(n));
  if (kind > 1) UNCHANGED_IF_REFUSED(n, net_begin_batch(n, kind - 2, first % 2));
}

static void train(bytes *in, net *n) {
  uint32_t steps = byte_of(in) % 3, before = net_steps(n);
  int trained;
  REFUSED(n, net_train(n, steps), trained);
  if (trained == 0) MUST(net_steps(n) == before + steps && !net_state(n) == !n->memory);
}

static void score(bytes *in, net *n) {
  uint32_t count = whole_of(in);
  double loss = net_score(n, count);
  MUST(!(loss < -1e-5) && (isnan(loss) || net_right(n) <= count));
}

/* saves the state, lets a step pass, and brings the state back: the step gives the same again */
static void replay_step(bytes *in, net *n) {
  (void)in;
  size_t size = (size_t)net_state_floats(n) * sizeof(float);
  uint32_t steps = net_steps(n);
  if (!net_state(n)) return;
  char *before = malloc(size + 1), *after = malloc(size + 1);
  memcpy(before, net_state(n), size);
  MUST(net_train(n, 1) == 0);
  memcpy(after, net_state(n), size);
  memcpy(net_state(n), before, size);
  MUST(net_set_steps(n, steps) == 0 && net_train(n, 1) == 0 && !memcmp(after, net_state(n), size));
  free(before);
  free(after);
}

static void rows(bytes *in, net *n) {
  uint32_t l = byte_of(in) % 8 ? 1 + byte_of(in) % (n->depth + 1) : whole_of(in), row = whole_of(in),
           count = whole_of(in);
  check_weights(n, l, row, count);
  check_gradients(n, row, count);
}

static void ask(bytes *in, net *n) {
  uint32_t l = byte_of(in) % 8 ? byte_of(in) % (n->depth + 1) : whole_of(in), which = choice_of(in, 8);
  check_layer(n, l, which);
}

static void moment(bytes *in) {
  uint32_t activation = choice_of(in, activation_count()), which = choice_of(in, MOMENT_COUNT);
  double q = number_of(in);
  if (!may_integrate(1)) return;
  double mean = theory_moment(activation, parameter, which, q);
  MUST(isnan(mean) == (!is_known(activation) || which >= MOMENT_COUNT || !(q >= 0)));
}

static void product(bytes *in) {
  uint32_t activation = choice_of(in, activation_count());
  double q = number_of(in), correlation = number_of(in);
  if (!may_integrate(1)) return;
  double mean = theory_product(activation, parameter, q, correlation);
  if (!is_known(activation) || !(fabs(correlation) <= 1) || !(q >= 0))
    MUST(isnan(mean));
  else if (q <= 1e60)
    MUST(!isnan(mean) && fabs(mean) <= (1 + 1e-9) * theory_moment(activation, parameter, MOMENT_PHI2, q));
}

static void ratios(bytes *in) {
  uint32_t activation = choice_of(in, activation_count());
  double q = number_of(in);
  if (!may_integrate(1)) return;
  double elasticity = theory_elasticity(activation, parameter, q), kappa = theory_kappa(activation, parameter, q);
  MUST(isnan(elasticity) == (!is_known(activation) || !(q >= 0)));
  MUST(isnan(kappa) == isnan(elasticity) && !(kappa < -1e-12) && !isinf(kappa) && !isinf(elasticity));
}

static void fixed_point(bytes *in) {
  uint32_t activation = choice_of(in, activation_count());
  double sigma_w2 = number_of(in), sigma_b2 = number_of(in);
  if (!may_integrate(INTEGRALS_OF_SEARCH)) return;
  double q = theory_fixed_point(activation, parameter, sigma_w2, sigma_b2);
  int right = is_known(activation) && sigma_w2 >= 0 && sigma_b2 >= 0;
  MUST(right ? q >= 0 || isinf(sigma_w2) || isinf(sigma_b2) : isnan(q));
}

static void depths(bytes *in) {
  uint32_t activation = choice_of(in, activation_count());
  double sigma_w2 = number_of(in), q = number_of(in);
  if (!may_integrate(1)) return;
  double chi = theory_chi(activation, parameter, sigma_w2, q);
  double by_q = theory_depth_q(activation, parameter, sigma_w2, q),
         by_c = theory_depth_c(activation, parameter, sigma_w2, q);
  if (!is_known(activation))
    MUST(isnan(chi) && isnan(by_q) && isnan(by_c));
  else if (q >= 0 && sigma_w2 >= 0 && sigma_w2 < 1e300)
    MUST(chi >= 0 && !isnan(by_c) && !isnan(by_q));
}

/* the table of a map takes some hundred integrals of one kind, so that an input makes only one */
static void map_of_phases(bytes *in) {
  uint32_t activation = choice_of(in, activation_count()), count = whole_of(in);
  double sigma_w2 = number_of(in), sigma_b2 = number_of(in), step = number_of(in);
  if (!may_integrate(MOST_INTEGRALS)) return;
  phase_map *map = phase_new(activation, parameter);
  MUST(!map == !is_known(activation));
  if (!map) return;
  int right = sigma_w2 >= 0 && sigma_w2 < INFINITY && sigma_b2 >= 0 && sigma_b2 < INFINITY;
  const double *point = phase_point(map, sigma_w2, sigma_b2);
  MUST(right || !point);
  if (point) MUST(point[POINT_Q] >= 0 && point[POINT_DEPTH] >= 0 && point[POINT_PHASE] < PHASE_COUNT);
  const double *cells = phase_column(map, sigma_w2, sigma_b2, step, count);
  MUST(right || !cells);
  for (uint32_t i = 0; cells && i < count; i++)
    MUST(cells[i * CELL_COUNT + CELL_RATE] >= 0 && cells[i * CELL_COUNT + CELL_PHASE] < PHASE_COUNT);
  phase_free(map);
}

typedef struct {
  void (*plain)(bytes *in);
  void (*on_net)(bytes *in, net *n);
} call;

static const call calls[] = {
    {new_net, NULL},
    {NULL, add_dense},
    {NULL, set_weights},
    {NULL, set_loss},
    {NULL, start},
    {NULL, step},
    {NULL, back},
    {NULL, add_conv},
    {NULL, set_bias},
    {NULL, set_counting},
    {NULL, max_batch},
    {NULL, input},
    {NULL, step_part},
    {NULL, back_part},
    {NULL, rows},
    {NULL, ask},
    {free_net, NULL},
    {table_of_schemes, NULL},
    {table_of_libraries, NULL},
    {table_of_activations, NULL},
    {one_activation, NULL},
    {fans, NULL},
    {limit, NULL},
    {moment, NULL},
    {product, NULL},
    {ratios, NULL},
    {fixed_point, NULL},
    {depths, NULL},
    {NULL, set_observed},
    {NULL, resume},
    {NULL, set_kept},
    {NULL, add_kernel},
    {NULL, add_pool},
    {NULL, add_whole},
    {NULL, add_norm},
    {NULL, add_sum},
    {NULL, set_training},
    {NULL, set_hyper},
    {NULL, examples},
    {NULL, begin_pass},
    {NULL, train},
    {NULL, score},
    {NULL, replay_step},
    {map_of_phases, NULL},
    {NULL, set_parameter},
    {choose_parameter, NULL},
    {NULL, add_gate},
    {NULL, add_prelu},
    {NULL, set_input},
    {NULL, set_cut},
    {NULL, set_drawn},
    {NULL, set_stream},
};
enum { CALLS = sizeof calls / sizeof *calls };

/* makes the calls that the bytes encode; the first broken invariant ends the program */
static void make_calls(const uint8_t *data, size_t size) {
  bytes in = {data, data + size};
  integrals = 0;
  parameter = (double)NAN;
  for (int i = 0; i < MOST_CALLS && in.next < in.end; i++) {
    const call *chosen = &calls[byte_of(&in) % CALLS];
    if (chosen->plain) {
      chosen->plain(&in);
      continue;
    }
    net *n = *slot_of(&in);
    if (!n) continue;
    chosen->on_net(&in, n);
    check_net(n);
  }
  for (int i = 0; i < SLOTS; i++) {
    net_free(slots[i]);
    slots[i] = NULL;
  }
}

#endif
