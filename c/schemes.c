/* schemes.c: the table of initialization schemes, and the table of what libraries call them.
 *
 * A scheme is a rule (distribution, mode, number), in the terms of variance scaling; a new scheme is a new row, and
 * its name stands nowhere else. What a rule gives a layer, and how it is drawn, is in rules.c.
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
#define GLOROT "Glorot & Bengio 2010, eq. 16"
#define HE "He et al. 2015, eq. 10"
#define LECUN "LeCun et al. 1998, Efficient BackProp, eq. 16"

static const scheme schemes[] = {
    {"zeros", DISTRIBUTION_CONSTANT, MODE_VALUE, FIXED, 0, ""},
    {"constant", DISTRIBUTION_CONSTANT, MODE_VALUE, "value", 0.01, ""},
    {"normal", DISTRIBUTION_NORMAL, MODE_VALUE, "std", 0.01, ""},
    {"uniform", DISTRIBUTION_UNIFORM, MODE_VALUE, "bound", 0.05, ""},
    {"xavier-normal", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"xavier-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"he-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 2, HE},
    {"he-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 2, HE},
    {"lecun-normal", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, LECUN},
    {"lecun-uniform", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1, LECUN},
    {"pytorch-default", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1.0 / 3, "PyTorch: kaiming_uniform_(a = sqrt 5)"},
    {"orthogonal", DISTRIBUTION_ORTHOGONAL, MODE_VALUE, FIXED, 1, "Saxe et al. 2013, sec. 3"},
    {"identity", DISTRIBUTION_IDENTITY, MODE_VALUE, FIXED, 1, "Le et al. 2015, sec. 3"},
    {"sparse", DISTRIBUTION_SPARSE, MODE_VALUE, "share", 0.9, "Martens 2010, sec. 5"},
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
    {"mxnet-gaussian", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 3, GLOROT},
    {"msra-prelu", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 2 / (1 + 0.25 * 0.25), "He et al. 2015, eq. 15, a = 0.25"},
    {"gpt2-residual", DISTRIBUTION_NORMAL, MODE_DEPTH, "std", 0.02, "Radford et al. 2019, sec. 2.3"},
    {"mup-hidden", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, "Yang et al. 2021, table 3"},
    {"variance-scaling", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, "scale", 1, "Keras and JAX: VarianceScaling"},
};

enum { SCHEMES = sizeof schemes / sizeof *schemes };

typedef struct {
  const char *library, *call, *scheme;
  double number; /* NAN where the scheme's own stands */
} entry;

static const entry entries[] = {
    {"PyTorch", "nn.Linear, nn.Conv2d default", "pytorch-default", NAN},
    {"PyTorch", "xavier_uniform_", "xavier-uniform", NAN},
    {"PyTorch", "xavier_normal_", "xavier-normal", NAN},
    {"PyTorch", "kaiming_uniform_", "he-uniform", NAN},
    {"PyTorch", "kaiming_normal_", "he-normal", NAN},
    {"PyTorch", "kaiming_normal_(mode='fan_out')", "he-fan-out", NAN},
    {"PyTorch", "trunc_normal_", "cut-normal", 1},
    {"PyTorch", "orthogonal_", "orthogonal", NAN},
    {"PyTorch", "sparse_(sparsity=0.9)", "sparse", 0.9},
    {"PyTorch", "eye_", "identity", NAN},
    {"PyTorch", "normal_", "normal", 1},
    {"PyTorch", "uniform_", "uniform-positive", 1},
    {"Keras", "Dense, Conv2D default: GlorotUniform", "xavier-uniform", NAN},
    {"Keras", "GlorotNormal", "xavier-truncated", NAN},
    {"Keras", "HeNormal", "he-truncated", NAN},
    {"Keras", "HeUniform", "he-uniform", NAN},
    {"Keras", "LecunNormal", "lecun-truncated", NAN},
    {"Keras", "LecunUniform", "lecun-uniform", NAN},
    {"Keras", "VarianceScaling", "variance-scaling", 1},
    {"Keras", "TruncatedNormal", "truncated-raw", 0.05},
    {"Keras", "RandomNormal", "normal", 0.05},
    {"Keras", "RandomUniform", "uniform", 0.05},
    {"Keras", "Orthogonal", "orthogonal", NAN},
    {"Keras", "Identity", "identity", NAN},
    {"JAX", "Flax Dense, Conv default: lecun_normal", "lecun-truncated", NAN},
    {"JAX", "glorot_normal", "xavier-truncated", NAN},
    {"JAX", "glorot_uniform", "xavier-uniform", NAN},
    {"JAX", "he_normal", "he-truncated", NAN},
    {"JAX", "he_uniform", "he-uniform", NAN},
    {"JAX", "normal", "normal", 0.01},
    {"JAX", "uniform", "uniform-positive", 0.01},
    {"JAX", "orthogonal", "orthogonal", NAN},
    {"TensorFlow.js", "dense default: glorotNormal", "xavier-truncated-raw", NAN},
    {"TensorFlow.js", "glorotUniform", "xavier-uniform", NAN},
    {"TensorFlow.js", "heNormal", "he-truncated-raw", NAN},
    {"TensorFlow.js", "heUniform", "he-uniform", NAN},
    {"TensorFlow.js", "leCunNormal", "lecun-truncated-raw", NAN},
    {"TensorFlow.js", "truncatedNormal", "truncated-raw", 0.05},
    {"MXNet", "Xavier", "xavier-uniform", NAN},
    {"MXNet", "Xavier(rnd_type='gaussian')", "mxnet-gaussian", NAN},
    {"MXNet", "MSRAPrelu", "msra-prelu", NAN},
    {"timm", "trunc_normal_(std=0.02)", "cut-normal", 0.02},
    {"timm", "trunc_normal_tf_(std=0.02)", "truncated-raw", 0.02},
    {"timm", "lecun_normal_", "lecun-truncated", NAN},
};

enum { ENTRIES = sizeof entries / sizeof *entries };

static const scheme no_scheme = {"", 0, 0, "", 0, ""};
static const entry no_entry = {"", "", "", 0};
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
