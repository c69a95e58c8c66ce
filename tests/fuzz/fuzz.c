/* fuzz.c: the entry point of libFuzzer, for `./build.sh fuzz`; the calls themselves are in calls.h. */
#include "calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  make_calls(data, size);
  return 0;
}
