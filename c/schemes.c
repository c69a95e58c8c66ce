/* schemes.c: the table of initialization schemes, and the table of the calls by which libraries know them.
 *
 * A scheme is a rule (distribution, mode, number) in the terms of variance scaling. A new scheme is a new row here.
 * What a rule gives a layer, and how it is drawn, is in rules.c.
 */
#include <math.h>

#include "initscope.h"

typedef struct {
  const char *name;
  uint32_t distribution, mode;
  const char *number_name; /* "" where the number is the scheme's own and fixed */
  double number;           /* else its default */
  const char *paper;
} scheme;

#define FIXED ""
#define GLOROT "Glorot & Bengio 2010, eq. 12"
#define HE "He et al. 2015, eq. 10"
#define LECUN "LeCun et al. 1998, Efficient BackProp, eq. 16"

static const scheme schemes[] = {
    {"zeros", DISTRIBUTION_CONSTANT, MODE_VALUE, FIXED, 0, ""},
    {"constant", DISTRIBUTION_CONSTANT, MODE_VALUE, "value", 0.01, ""},
    {"normal", DISTRIBUTION_NORMAL, MODE_VALUE, "std", 0.01, ""},
    {"uniform", DISTRIBUTION_UNIFORM, MODE_VALUE, "bound", 0.05, ""},
    {"xavier-normal", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"xavier-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_AVG, FIXED, 1, "Glorot & Bengio 2010, eq. 16"},
    {"he-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 2, HE},
    {"he-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 2, HE},
    {"lecun-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, LECUN},
    {"lecun-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1, LECUN},
    {"pytorch-default", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1.0 / 3,
     "Glorot & Bengio 2010, eq. 1; PyTorch: kaiming_uniform_(a = sqrt 5)"},
    {"orthogonal", DISTRIBUTION_ORTHOGONAL, MODE_VALUE, FIXED, 1, "Saxe et al. 2013, sec. 3"},
    {"identity", DISTRIBUTION_IDENTITY, MODE_VALUE, FIXED, 1, "Le et al. 2015"},
    {"sparse", DISTRIBUTION_SPARSE, MODE_VALUE, "share", 0.9, "PyTorch: sparse_, after Martens 2010, sec. 5"},
    {"xavier-truncated", DISTRIBUTION_TRUNCATED, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"he-truncated", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, FIXED, 2, HE},
    {"lecun-truncated", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, FIXED, 1, LECUN},
    {"xavier-truncated-raw", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"he-truncated-raw", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_IN, FIXED, 2, HE},
    {"lecun-truncated-raw", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_IN, FIXED, 1, LECUN},
    {"truncated-raw", DISTRIBUTION_TRUNCATED_RAW, MODE_VALUE, "std", 0.05, ""},
    {"cut-normal", DISTRIBUTION_CUT, MODE_VALUE, "std", 0.02, ""},
    {"uniform-positive", DISTRIBUTION_UNIFORM_POSITIVE, MODE_VALUE, "bound", 1, ""},
    {"he-fan-out", DISTRIBUTION_NORMAL, MODE_FAN_OUT, FIXED, 2, "He et al. 2015, eq. 14"},
    {"mxnet-gaussian", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 3, "MXNet: Xavier, magnitude = 3"},
    {"msra-prelu", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 2 / (1 + 0.25 * 0.25), "He et al. 2015, eq. 15, a = 0.25"},
    {"gpt2-residual", DISTRIBUTION_NORMAL, MODE_DEPTH, "std", 0.02, "Radford et al. 2019, sec. 2.3"},
    {"mup-hidden", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, "Yang et al. 2021, table 3"},
    {"variance-scaling", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, "scale", 1, "Keras and JAX: VarianceScaling"},
};

enum { SCHEMES = sizeof schemes / sizeof *schemes };

typedef struct {
  const char *library, *call, *scheme;
  double number; /* NAN where the scheme's own stands */
  const char *bias; /* the scheme of the biases, where the call is a layer's default, or fills them itself */
} entry;

#define LEFT ""

/* MXNet's initializers are given the biases too, and set them to 0. */
static const entry entries[] = {
    {"PyTorch", "nn.Linear, nn.Conv2d default", "pytorch-default", NAN, "pytorch-default"},
    {"PyTorch", "xavier_uniform_", "xavier-uniform", NAN, LEFT},
    {"PyTorch", "xavier_normal_", "xavier-normal", NAN, LEFT},
    {"PyTorch", "kaiming_uniform_", "he-uniform", NAN, LEFT},
    {"PyTorch", "kaiming_normal_", "he-normal", NAN, LEFT},
    {"PyTorch", "kaiming_normal_(mode='fan_out')", "he-fan-out", NAN, LEFT},
    {"PyTorch", "trunc_normal_", "cut-normal", 1, LEFT},
    {"PyTorch", "orthogonal_", "orthogonal", NAN, LEFT},
    {"PyTorch", "sparse_(sparsity=0.9)", "sparse", 0.9, LEFT},
    {"PyTorch", "eye_", "identity", NAN, LEFT},
    {"PyTorch", "normal_", "normal", 1, LEFT},
    {"PyTorch", "uniform_", "uniform-positive", 1, LEFT},
    {"PyTorch", "zeros_", "zeros", NAN, LEFT},
    {"PyTorch", "ones_", "constant", 1, LEFT},
    {"Keras", "Dense, Conv2D default: GlorotUniform", "xavier-uniform", NAN, "zeros"},
    {"Keras", "GlorotUniform", "xavier-uniform", NAN, LEFT},
    {"Keras", "GlorotNormal", "xavier-truncated", NAN, LEFT},
    {"Keras", "HeNormal", "he-truncated", NAN, LEFT},
    {"Keras", "HeUniform", "he-uniform", NAN, LEFT},
    {"Keras", "LecunNormal", "lecun-truncated", NAN, LEFT},
    {"Keras", "LecunUniform", "lecun-uniform", NAN, LEFT},
    {"Keras", "VarianceScaling", "variance-scaling", 1, LEFT},
    {"Keras", "TruncatedNormal", "truncated-raw", 0.05, LEFT},
    {"Keras", "RandomNormal", "normal", 0.05, LEFT},
    {"Keras", "RandomUniform", "uniform", 0.05, LEFT},
    {"Keras", "Orthogonal", "orthogonal", NAN, LEFT},
    {"Keras", "Identity", "identity", NAN, LEFT},
    {"Keras", "Zeros", "zeros", NAN, LEFT},
    {"Keras", "Ones", "constant", 1, LEFT},
    {"JAX", "Flax Dense, Conv default: lecun_normal", "lecun-truncated", NAN, "zeros"},
    {"JAX", "Haiku Linear, Conv2D default", "lecun-truncated-raw", NAN, "zeros"},
    {"JAX", "Equinox nn.Linear, nn.Conv2d default", "pytorch-default", NAN, "pytorch-default"},
    {"JAX", "glorot_normal", "xavier-truncated", NAN, LEFT},
    {"JAX", "glorot_uniform", "xavier-uniform", NAN, LEFT},
    {"JAX", "he_normal", "he-truncated", NAN, LEFT},
    {"JAX", "he_uniform", "he-uniform", NAN, LEFT},
    {"JAX", "lecun_normal", "lecun-truncated", NAN, LEFT},
    {"JAX", "lecun_uniform", "lecun-uniform", NAN, LEFT},
    {"JAX", "variance_scaling(1, 'fan_in', 'truncated_normal')", "variance-scaling", 1, LEFT},
    {"JAX", "truncated_normal", "truncated-raw", 0.01, LEFT},
    {"JAX", "normal", "normal", 0.01, LEFT},
    {"JAX", "uniform", "uniform-positive", 0.01, LEFT},
    {"JAX", "orthogonal", "orthogonal", NAN, LEFT},
    {"JAX", "zeros", "zeros", NAN, LEFT},
    {"JAX", "ones", "constant", 1, LEFT},
    {"TensorFlow.js", "dense default: glorotNormal", "xavier-truncated-raw", NAN, "zeros"},
    {"TensorFlow.js", "glorotNormal", "xavier-truncated-raw", NAN, LEFT},
    {"TensorFlow.js", "glorotUniform", "xavier-uniform", NAN, LEFT},
    {"TensorFlow.js", "heNormal", "he-truncated-raw", NAN, LEFT},
    {"TensorFlow.js", "heUniform", "he-uniform", NAN, LEFT},
    {"TensorFlow.js", "leCunNormal", "lecun-truncated-raw", NAN, LEFT},
    {"TensorFlow.js", "leCunUniform", "lecun-uniform", NAN, LEFT},
    {"TensorFlow.js", "varianceScaling", "lecun-truncated-raw", NAN, LEFT},
    {"TensorFlow.js", "truncatedNormal", "truncated-raw", 0.05, LEFT},
    {"TensorFlow.js", "randomNormal", "normal", 0.05, LEFT},
    {"TensorFlow.js", "randomUniform", "uniform", 0.05, LEFT},
    {"TensorFlow.js", "orthogonal", "orthogonal", NAN, LEFT},
    {"TensorFlow.js", "identity", "identity", NAN, LEFT},
    {"TensorFlow.js", "zeros", "zeros", NAN, LEFT},
    {"TensorFlow.js", "ones", "constant", 1, LEFT},
    {"MXNet", "Gluon Dense, Conv2D default: Uniform", "uniform", 0.07, "zeros"},
    {"MXNet", "Normal", "normal", 0.01, "zeros"},
    {"MXNet", "Xavier", "xavier-uniform", NAN, "zeros"},
    {"MXNet", "Xavier(rnd_type='gaussian')", "mxnet-gaussian", NAN, "zeros"},
    {"MXNet", "MSRAPrelu", "msra-prelu", NAN, "zeros"},
    {"MXNet", "Orthogonal(scale=1, rand_type='normal')", "orthogonal", NAN, "zeros"},
    {"MXNet", "Zero", "zeros", NAN, "zeros"},
    {"MXNet", "One", "constant", 1, "zeros"},
    {"timm", "ViT Linear default: trunc_normal_(std=0.02)", "cut-normal", 0.02, "zeros"},
    {"timm", "trunc_normal_(std=0.02)", "cut-normal", 0.02, LEFT},
    {"timm", "trunc_normal_tf_(std=0.02)", "truncated-raw", 0.02, LEFT},
    {"timm", "variance_scaling_", "lecun-normal", NAN, LEFT},
    {"timm", "variance_scaling_(distribution='truncated_normal')", "variance-scaling", 1, LEFT},
    {"timm", "lecun_normal_", "lecun-truncated", NAN, LEFT},
    {"Transformers", "BERT, GPT-2 default (initializer_range=0.02)", "normal", 0.02, "zeros"},
    {"MLX", "nn.Linear default", "pytorch-default", NAN, "pytorch-default"},
    {"Flux.jl", "Dense default: glorot_uniform", "xavier-uniform", NAN, "zeros"},
};

enum { ENTRIES = sizeof entries / sizeof *entries };

static const scheme no_scheme = {"", 0, 0, "", 0, ""};
static const entry no_entry = {"", "", "", 0, ""};
static const scheme *find(uint32_t i) { return i < SCHEMES ? &schemes[i] : &no_scheme; }
static const entry *find_entry(uint32_t i) { return i < ENTRIES ? &entries[i] : &no_entry; }

uint32_t scheme_count(void) { return SCHEMES; }
const char *scheme_name(uint32_t i) { return find(i)->name; }
const char *scheme_paper(uint32_t i) { return find(i)->paper; }
uint32_t scheme_distribution(uint32_t i) { return find(i)->distribution; }
uint32_t scheme_mode(uint32_t i) { return find(i)->mode; }
const char *scheme_number_name(uint32_t i) { return find(i)->number_name; }
double scheme_number(uint32_t i) { return find(i)->number; }

uint32_t library_count(void) { return ENTRIES; }
const char *library_name(uint32_t i) { return find_entry(i)->library; }
const char *library_call(uint32_t i) { return find_entry(i)->call; }
const char *library_scheme(uint32_t i) { return find_entry(i)->scheme; }
double library_number(uint32_t i) { return find_entry(i)->number; }
const char *library_bias(uint32_t i) { return find_entry(i)->bias; }
