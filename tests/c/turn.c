/* turn.c: a matrix of any size is transposed. What lies beyond its sizes is not looked at. */
#include "../../c/turn.h"
#include "check.h"

enum { MOST = 12, FLOATS = 16 };

static size_t misplaced(size_t rows, size_t cols) {
  float from[MOST * FLOATS], to[MOST * FLOATS] = {0};
  for (size_t i = 0; i < MOST * FLOATS; i++) from[i] = (float)(i + 1);
  turn(&(source){from, FLOATS}, rows, cols, &(target){to, FLOATS});
  size_t wrong = 0;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c++) wrong += to[c * FLOATS + r] != from[r * FLOATS + c];
  }
  return wrong;
}

int main(void) {
  size_t wrong = 0;
  for (size_t rows = 0; rows <= MOST; rows++) {
    for (size_t cols = 0; cols <= MOST; cols++) wrong += misplaced(rows, cols);
  }
  CHECK(wrong == 0, "every number of a matrix has its place in the transpose", "%zu have not", wrong);
  return check_failures != 0;
}
