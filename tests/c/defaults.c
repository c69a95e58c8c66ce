/* defaults.c: the table of what libraries draw by default: every row, and beyond. That the rows are right is tested in
 * tests/js/defaults.test.js.
 */
#include "../../c/defaults.h"

#include <math.h>
#include <string.h>

#include "check.h"

static int is_scheme(const char *name) {
  uint32_t s = 0;
  while (s < scheme_count() && strcmp(name, scheme_name(s)) != 0) s++;
  return s < scheme_count();
}

int main(void) {
  int bad = 0, rows = (int)default_count();
  for (uint32_t r = 0; r < default_count(); r++) {
    bad += !*default_library(r) || default_layer(r) >= LAYER_COUNT || !*default_call(r) || !*default_tensor(r);
    bad += *default_scheme(r) && !is_scheme(default_scheme(r));
    bad += *default_bias(r) && (!is_scheme(default_bias(r)) || !*default_bias_tensor(r));
    bad += !(default_gain(r) > 0) || !(default_fan(r, FAN_IN) >= 0) || !(default_fan(r, FAN_OUT) >= 0) ||
           default_convention(r) > CONVENTION_COUNT || isinf(default_number(r)) || isinf(default_bias_number(r)) ||
           !(default_bias_fan(r) >= 0);
  }
  CHECK(rows > 100 && bad == 0, "every row names a library, a layer, a call and a scheme", "%d rows", rows);
  uint32_t end = default_count();
  int texts = *default_library(end) + *default_call(end) + *default_tensor(end) + *default_scheme(end) +
              *default_bias_tensor(end) + *default_bias(end);
  double numbers = default_number(end) + default_gain(end) + default_fan(end, FAN_IN) + default_fan(0, 2) +
                   default_bias_number(end) + default_bias_fan(end);
  CHECK(texts == 0 && isnan(numbers) && default_layer(end) == LAYER_COUNT &&
            default_convention(end) == CONVENTION_COUNT,
        "past the last row there is nothing", "row %u", end);
  return check_failures;
}
