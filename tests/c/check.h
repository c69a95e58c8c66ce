/* check.h: the whole test framework of the native tests: a claim, whether it holds, and what was seen when it does not.
 *
 * A test program is a main that makes its CHECKs and returns check_failures. Run from the top of the project, so that
 * "tests/reference/" is found. It prints a line for each claim that holds, and one for each that does not.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int check_failures;

/* the arguments after the claim, a printf format and its values, say what was seen; they are printed either way */
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
