/* defaults.h: what each library draws by default for a kind of layer: a row for each tensor of weights, with its biases.
 *
 * The table is apart from the engine's: no network needs it. `./build.sh` makes web/engine/library-tables.js of it, together
 * with what was measured. tests/js/defaults.test.js holds each row to tests/reference/libraries.tsv, which the libraries
 * themselves have drawn (findings/libraries/).
 *
 * Strings are ASCII and end with NUL. An index past the last row gives "" or NaN.
 */
#ifndef DEFAULTS_H
#define DEFAULTS_H

#include "initscope.h"

/* Kinds of layers, of the sizes that were measured. */
enum {
  LAYER_DENSE, /* 300 inputs, 100 units */
  LAYER_CONV, /* 5 x 5, 3 channels to 8 */
  LAYER_DEPTHWISE, /* 3 x 3, 32 channels, as many groups */
  LAYER_TRANSPOSED_CONV, /* 4 x 4, 16 channels to 8 */
  LAYER_EMBEDDING, /* 1,000 words, 64 numbers each */
  LAYER_LSTM, /* 32 inputs, 64 units */
  LAYER_ATTENTION, /* 64 wide, 4 heads */
  LAYER_COUNT
};

API uint32_t default_count(void);
API const char *default_library(uint32_t row);
API uint32_t default_layer(uint32_t row); /* LAYER_*; LAYER_COUNT past the last row */

/* as tests/reference/libraries.tsv has them */
API const char *default_call(uint32_t row);
API const char *default_tensor(uint32_t row);

/* The rule of the weights: a name in the table of schemes; "": no scheme draws these. NaN: the scheme's own number. */
API const char *default_scheme(uint32_t row);
API double default_number(uint32_t row);
API double default_gain(uint32_t row);

/* FAN_IN or FAN_OUT as the library counts it at these sizes; 0 where the scheme does not ask for it */
API double default_fan(uint32_t row, uint32_t which);
/* CONVENTION_* that counts fans so for layers of any size; CONVENTION_COUNT: none does */
API uint32_t default_convention(uint32_t row);

/* The biases that go with the weights: their name; "": there are none. The rest is as for weights. */
API const char *default_bias_tensor(uint32_t row);
API const char *default_bias(uint32_t row);
API double default_bias_number(uint32_t row);
API double default_bias_fan(uint32_t row); /* FAN_IN */

#endif
