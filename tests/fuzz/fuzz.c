/* fuzz.c: what libFuzzer calls, for `./build.sh fuzz`; all that it tries is in calls.h. */
#include "calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  make_calls(data, size);
  return 0;
}
