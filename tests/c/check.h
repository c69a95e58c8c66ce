/* check.h: the test framework of the native tests: a claim, whether it holds, and what was seen.
 *
 * A test program is a main that makes its CHECKs and returns check_failures. It prints one line a claim. It must run at
 * the top of the project, to find "tests/reference/". There is nothing else: no fixtures and no runner.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int check_failures;

/* after the claim: a printf format and its values, which say what was seen; printed whether the claim holds or not */
#define CHECK(holds, claim, ...)                                                                                       \
  do {                                                                                                                 \
    int check_holds = (holds);                                                                                         \
    check_failures += !check_holds;                                                                                    \
    printf("%s %s: ", check_holds ? "ok" : "NOT OK", claim);                                                           \
    printf(__VA_ARGS__);                                                                                               \
    printf("\n");                                                                                                      \
  } while (0)

/* the larger of two errors; NaN is the worst */
__attribute__((unused)) static double worse(double a, double b) { return b <= a ? a : b; }

#endif
