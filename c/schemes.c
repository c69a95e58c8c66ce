/* schemes.c: the table of initialization schemes, and the table of the library calls that stand for them.
 *
 * A scheme is a name for a rule (distribution, mode, number). A new scheme or library call is a new row here; no other
 * C file knows a scheme by its name or number. What a rule gives a layer, and how it is drawn, is in rules.c.
 */
#include <math.h>

#include "initscope.h"

typedef struct {
  const char *name;
  const char *group; /* in a menu; schemes of a group stand together */
  uint32_t distribution, mode;
  const char *number_name; /* FIXED, or what users choose: "std", "bound", "value", "share", "scale" */
  double number;           /* the fixed number, or its default */
  const char *paper;       /* author, year and equation; "": none */
} scheme;

#define FIXED ""
#define CUT_VARIANCE 0.77374130 /* of a standard normal cut at 2 */
#define GLOROT "Glorot & Bengio 2010, eq. 12"
#define HE "He et al. 2015, eq. 10"
#define LECUN "LeCun et al. 1998, Efficient BackProp, eq. 16"

static const scheme schemes[] = {
    {"xavier-normal", "Xavier", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"xavier-uniform", "Xavier", DISTRIBUTION_UNIFORM, MODE_FAN_AVG, FIXED, 1, "Glorot & Bengio 2010, eq. 16"},
    {"xavier-truncated", "Xavier", DISTRIBUTION_TRUNCATED, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"xavier-truncated-raw", "Xavier", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_AVG, FIXED, 1, GLOROT},
    {"mxnet-gaussian", "Xavier", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 3, "MXNet: Xavier, magnitude = 3"},
    {"he-normal", "He", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 2, HE},
    {"he-uniform", "He", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 2, HE},
    {"he-truncated", "He", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, FIXED, 2, HE},
    {"he-truncated-raw", "He", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_IN, FIXED, 2, HE},
    {"he-fan-out", "He", DISTRIBUTION_NORMAL, MODE_FAN_OUT, FIXED, 2, "He et al. 2015, eq. 14"},
    {"msra-prelu", "He", DISTRIBUTION_NORMAL, MODE_FAN_AVG, FIXED, 2 / (1 + 0.25 * 0.25),
     "He et al. 2015, eq. 15, a = 0.25"},
    {"lecun-normal", "LeCun", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, LECUN},
    {"lecun-uniform", "LeCun", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1, LECUN},
    {"lecun-truncated", "LeCun", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, FIXED, 1, LECUN},
    {"lecun-truncated-raw", "LeCun", DISTRIBUTION_TRUNCATED_RAW, MODE_FAN_IN, FIXED, 1, LECUN},
    {"pytorch-default", "LeCun", DISTRIBUTION_UNIFORM, MODE_FAN_IN, FIXED, 1.0 / 3,
     "Glorot & Bengio 2010, eq. 1; PyTorch: kaiming_uniform_(a = sqrt 5)"},
    {"zeros", "of a given size", DISTRIBUTION_CONSTANT, MODE_VALUE, FIXED, 0, ""},
    {"constant", "of a given size", DISTRIBUTION_CONSTANT, MODE_VALUE, "value", 0.01, ""},
    {"normal", "of a given size", DISTRIBUTION_NORMAL, MODE_VALUE, "std", 0.01, ""},
    {"uniform", "of a given size", DISTRIBUTION_UNIFORM, MODE_VALUE, "bound", 0.05, ""},
    {"uniform-positive", "of a given size", DISTRIBUTION_UNIFORM_POSITIVE, MODE_VALUE, "bound", 1, ""},
    {"truncated-raw", "of a given size", DISTRIBUTION_TRUNCATED_RAW, MODE_VALUE, "std", 0.05, ""},
    {"cut-normal", "of a given size", DISTRIBUTION_CUT, MODE_VALUE, "std", 0.02, ""},
    {"orthogonal", "matrices", DISTRIBUTION_ORTHOGONAL, MODE_VALUE, FIXED, 1, "Saxe et al. 2013, sec. 3"},
    {"identity", "matrices", DISTRIBUTION_IDENTITY, MODE_VALUE, FIXED, 1, "Le et al. 2015"},
    {"sparse", "matrices", DISTRIBUTION_SPARSE, MODE_VALUE, "share", 0.9,
     "PyTorch: sparse_, after Martens 2010, sec. 5"},
    {"unit-sum", "single libraries", DISTRIBUTION_UNIT_SUM, MODE_VALUE, FIXED, 1, "OpenCV: ANN_MLP"},
    {"nguyen-widrow-positive", "single libraries", DISTRIBUTION_UNIFORM_POSITIVE, MODE_NGUYEN_WIDROW, FIXED, 0.7,
     "Encog and FANN, after Nguyen & Widrow 1990, eq. 6"},
    {"cut-spiked", "single libraries", DISTRIBUTION_CUT_SPIKED, MODE_VALUE, "std", 0.02, "timm: trunc_normal_"},
    {"truncated-spiked", "single libraries", DISTRIBUTION_TRUNCATED_SPIKED, MODE_VALUE, "std", 0.02,
     "DL4J: TruncatedNormalDistribution"},
    {"djl-xavier", "single libraries", DISTRIBUTION_UNIFORM, MODE_FAN_AVG, FIXED, 2, "DJL: XavierInitializer()"},
    {"transformers-lecun", "single libraries", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1 / CUT_VARIANCE,
     "Transformers: lecun_normal_"},
    {"gpt2-residual", "others", DISTRIBUTION_NORMAL, MODE_DEPTH, "std", 0.02, "Radford et al. 2019, sec. 2.3"},
    {"mup-hidden", "others", DISTRIBUTION_NORMAL, MODE_FAN_IN, FIXED, 1, "Yang et al. 2021, table 3"},
    {"variance-scaling", "others", DISTRIBUTION_TRUNCATED, MODE_FAN_IN, "scale", 1, "Keras and JAX: VarianceScaling"},
};

enum { SCHEMES = sizeof schemes / sizeof *schemes };

enum { PYTORCH, KERAS, JAX, TFJS, MXNET, TIMM, TRANSFORMERS, MLX, FLUX };

/* how each library counts fans; where it has calls for dense layers only, the count is the true one */
static const struct {
  const char *name;
  uint32_t convention;
} libraries[] = {
    [PYTORCH] = {"PyTorch", CONVENTION_PYTORCH},
    [KERAS] = {"Keras", CONVENTION_KERAS},
    [JAX] = {"JAX", CONVENTION_JAX},
    [TFJS] = {"TensorFlow.js", CONVENTION_KERAS},
    [MXNET] = {"MXNet", CONVENTION_PYTORCH},
    [TIMM] = {"timm", CONVENTION_PYTORCH},
    [TRANSFORMERS] = {"Transformers", CONVENTION_TRUE},
    [MLX] = {"MLX", CONVENTION_TRUE},
    [FLUX] = {"Flux.jl", CONVENTION_TRUE},
};

typedef struct {
  uint32_t library;
  const char *call, *scheme;
  double number;    /* NAN: the scheme's own */
  const char *bias; /* the scheme of the biases, where the call is a layer's default or fills them itself; else LEFT */
  uint32_t shapes; /* the layers that the call can be used for */
  const char *argument; /* what sets the scale, as a caller writes it; SHOWN: the call has it as it stands */
  double base; /* its value, %, for a gain of 1; NAN: the scheme's number, which users choose */
  uint32_t power; /* for a gain g the value is base g^power; 0: no argument sets the scale */
} entry;

#define LEFT ""
#define NO_SCALE "", 0, 0
#define SHOWN ""
#define BIT(shape) (1u << (shape))
#define ALL (BIT(SHAPE_COUNT) - 1)
#define DENSE (BIT(SHAPE_DENSE) | BIT(SHAPE_SQUARE))
#define NO_GROUPS (ALL & ~BIT(SHAPE_GROUPED))
#define NO_DEPTHWISE (ALL & ~BIT(SHAPE_DEPTHWISE))

/* MXNet gives its initializers the biases too, and they set them to 0. TensorFlow.js has depthwise layers, but no other
 * groups. Keras makes a depthwise kernel orthogonal as one long column, which has another std. */
static const entry entries[] = {
    {PYTORCH, "nn.Linear, nn.Conv2d default", "pytorch-default", NAN, "pytorch-default", ALL, NO_SCALE},
    {PYTORCH, "xavier_uniform_", "xavier-uniform", NAN, LEFT, ALL, "gain=%", 1, 1},
    {PYTORCH, "xavier_normal_", "xavier-normal", NAN, LEFT, ALL, "gain=%", 1, 1},
    {PYTORCH, "kaiming_uniform_", "he-uniform", NAN, LEFT, ALL, NO_SCALE},
    {PYTORCH, "kaiming_normal_", "he-normal", NAN, LEFT, ALL, NO_SCALE},
    {PYTORCH, "kaiming_normal_(mode='fan_out')", "he-fan-out", NAN, LEFT, ALL, NO_SCALE},
    {PYTORCH, "trunc_normal_", "cut-normal", 1, LEFT, ALL, "std=%", NAN, 1},
    {PYTORCH, "orthogonal_", "orthogonal", NAN, LEFT, ALL, "gain=%", 1, 1},
    {PYTORCH, "sparse_(sparsity=0.9)", "sparse", 0.9, LEFT, DENSE, "std=%", 0.01, 1},
    {PYTORCH, "eye_", "identity", NAN, LEFT, DENSE, NO_SCALE},
    {PYTORCH, "normal_", "normal", 1, LEFT, ALL, "std=%", NAN, 1},
    {PYTORCH, "uniform_", "uniform-positive", 1, LEFT, ALL, "b=%", NAN, 1},
    {PYTORCH, "zeros_", "zeros", NAN, LEFT, ALL, NO_SCALE},
    {PYTORCH, "ones_", "constant", 1, LEFT, ALL, NO_SCALE},
    {KERAS, "Dense, Conv2D default: GlorotUniform", "xavier-uniform", NAN, "zeros", ALL, NO_SCALE},
    {KERAS, "GlorotUniform", "xavier-uniform", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "GlorotNormal", "xavier-truncated", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "HeNormal", "he-truncated", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "HeUniform", "he-uniform", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "LecunNormal", "lecun-truncated", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "LecunUniform", "lecun-uniform", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "VarianceScaling", "variance-scaling", 1, LEFT, ALL, "scale=%", NAN, 2},
    {KERAS, "TruncatedNormal", "truncated-raw", 0.05, LEFT, ALL, "stddev=%", NAN, 1},
    {KERAS, "RandomNormal", "normal", 0.05, LEFT, ALL, "stddev=%", NAN, 1},
    {KERAS, "RandomUniform", "uniform", 0.05, LEFT, ALL, "minval=-%, maxval=%", NAN, 1},
    {KERAS, "Orthogonal", "orthogonal", NAN, LEFT, NO_DEPTHWISE, "gain=%", 1, 1},
    {KERAS, "Identity", "identity", NAN, LEFT, DENSE, "gain=%", 1, 1},
    {KERAS, "Zeros", "zeros", NAN, LEFT, ALL, NO_SCALE},
    {KERAS, "Ones", "constant", 1, LEFT, ALL, NO_SCALE},
    {JAX, "Flax Dense, Conv default: lecun_normal", "lecun-truncated", NAN, "zeros", ALL, NO_SCALE},
    {JAX, "Haiku Linear, Conv2D default", "lecun-truncated-raw", NAN, "zeros", ALL, NO_SCALE},
    {JAX, "Equinox nn.Linear, nn.Conv2d default", "pytorch-default", NAN, "pytorch-default", ALL, NO_SCALE},
    {JAX, "glorot_normal", "xavier-truncated", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "glorot_uniform", "xavier-uniform", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "he_normal", "he-truncated", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "he_uniform", "he-uniform", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "lecun_normal", "lecun-truncated", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "lecun_uniform", "lecun-uniform", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "variance_scaling(%, 'fan_in', 'truncated_normal')", "variance-scaling", 1, LEFT, ALL, SHOWN, NAN, 2},
    {JAX, "truncated_normal", "truncated-raw", 0.01, LEFT, ALL, "stddev=%", NAN, 1},
    {JAX, "normal", "normal", 0.01, LEFT, ALL, "stddev=%", NAN, 1},
    {JAX, "uniform", "uniform-positive", 0.01, LEFT, ALL, "scale=%", NAN, 1},
    {JAX, "orthogonal", "orthogonal", NAN, LEFT, ALL, "scale=%", 1, 1},
    {JAX, "zeros", "zeros", NAN, LEFT, ALL, NO_SCALE},
    {JAX, "ones", "constant", 1, LEFT, ALL, NO_SCALE},
    {TFJS, "dense default: glorotNormal", "xavier-truncated-raw", NAN, "zeros", DENSE, NO_SCALE},
    {TFJS, "glorotNormal", "xavier-truncated-raw", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "glorotUniform", "xavier-uniform", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "heNormal", "he-truncated-raw", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "heUniform", "he-uniform", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "leCunNormal", "lecun-truncated-raw", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "leCunUniform", "lecun-uniform", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "varianceScaling", "lecun-truncated-raw", NAN, LEFT, NO_GROUPS, "{scale: %}", 1, 2},
    {TFJS, "truncatedNormal", "truncated-raw", 0.05, LEFT, NO_GROUPS, "{stddev: %}", NAN, 1},
    {TFJS, "randomNormal", "normal", 0.05, LEFT, NO_GROUPS, "{stddev: %}", NAN, 1},
    {TFJS, "randomUniform", "uniform", 0.05, LEFT, NO_GROUPS, "{minval: -%, maxval: %}", NAN, 1},
    {TFJS, "orthogonal", "orthogonal", NAN, LEFT, DENSE, "{gain: %}", 1, 1},
    {TFJS, "identity", "identity", NAN, LEFT, BIT(SHAPE_SQUARE), "{gain: %}", 1, 1},
    {TFJS, "zeros", "zeros", NAN, LEFT, NO_GROUPS, NO_SCALE},
    {TFJS, "ones", "constant", 1, LEFT, NO_GROUPS, NO_SCALE},
    {MXNET, "Gluon Dense, Conv2D default: Uniform", "uniform", 0.07, "zeros", ALL, NO_SCALE},
    {MXNET, "Normal", "normal", 0.01, "zeros", ALL, "sigma=%", NAN, 1},
    {MXNET, "Xavier", "xavier-uniform", NAN, "zeros", ALL, "magnitude=%", 3, 2},
    {MXNET, "Xavier(rnd_type='gaussian')", "mxnet-gaussian", NAN, "zeros", ALL, "magnitude=%", 3, 2},
    {MXNET, "MSRAPrelu", "msra-prelu", NAN, "zeros", ALL, NO_SCALE},
    {MXNET, "Orthogonal(scale=%, rand_type='normal')", "orthogonal", NAN, "zeros", ALL, SHOWN, 1, 1},
    {MXNET, "Zero", "zeros", NAN, "zeros", ALL, NO_SCALE},
    {MXNET, "One", "constant", 1, "zeros", ALL, NO_SCALE},
    {TIMM, "ViT Linear default: trunc_normal_(std=0.02)", "cut-normal", 0.02, "zeros", DENSE, NO_SCALE},
    {TIMM, "trunc_normal_(std=%)", "cut-normal", 0.02, LEFT, ALL, SHOWN, NAN, 1},
    {TIMM, "trunc_normal_tf_(std=%)", "truncated-raw", 0.02, LEFT, ALL, SHOWN, NAN, 1},
    {TIMM, "variance_scaling_", "lecun-normal", NAN, LEFT, ALL, "scale=%", 1, 2},
    {TIMM, "variance_scaling_(distribution='truncated_normal')", "variance-scaling", 1, LEFT, ALL, "scale=%", NAN, 2},
    {TIMM, "lecun_normal_", "lecun-truncated", NAN, LEFT, ALL, NO_SCALE},
    {TRANSFORMERS, "BERT, GPT-2 default (initializer_range=0.02)", "normal", 0.02, "zeros", DENSE, NO_SCALE},
    {MLX, "nn.Linear default", "pytorch-default", NAN, "pytorch-default", DENSE, NO_SCALE},
    {FLUX, "Dense default: glorot_uniform", "xavier-uniform", NAN, "zeros", DENSE, NO_SCALE},
};

enum { ENTRIES = sizeof entries / sizeof *entries };

static const scheme no_scheme = {"", "", 0, 0, "", 0, ""};
static const entry no_entry = {0, "", "", 0, "", 0, "", 0, 0};
static const scheme *find(uint32_t i) { return i < SCHEMES ? &schemes[i] : &no_scheme; }
static const entry *find_entry(uint32_t i) { return i < ENTRIES ? &entries[i] : &no_entry; }

uint32_t scheme_count(void) { return SCHEMES; }
const char *scheme_name(uint32_t i) { return find(i)->name; }
const char *scheme_group(uint32_t i) { return find(i)->group; }
const char *scheme_paper(uint32_t i) { return find(i)->paper; }
uint32_t scheme_distribution(uint32_t i) { return find(i)->distribution; }
uint32_t scheme_mode(uint32_t i) { return find(i)->mode; }
const char *scheme_number_name(uint32_t i) { return find(i)->number_name; }
double scheme_number(uint32_t i) { return find(i)->number; }

uint32_t library_count(void) { return ENTRIES; }
const char *library_name(uint32_t i) { return i < ENTRIES ? libraries[entries[i].library].name : ""; }
const char *library_call(uint32_t i) { return find_entry(i)->call; }
const char *library_scheme(uint32_t i) { return find_entry(i)->scheme; }
double library_number(uint32_t i) { return find_entry(i)->number; }
const char *library_bias(uint32_t i) { return find_entry(i)->bias; }
uint32_t library_convention(uint32_t i) { return i < ENTRIES ? libraries[entries[i].library].convention : 0; }
int library_takes(uint32_t i, uint32_t shape) {
  return shape < SHAPE_COUNT && (find_entry(i)->shapes & BIT(shape)) != 0;
}
const char *library_argument(uint32_t i) { return find_entry(i)->argument; }
double library_base(uint32_t i) { return find_entry(i)->base; }
uint32_t library_power(uint32_t i) { return find_entry(i)->power; }
