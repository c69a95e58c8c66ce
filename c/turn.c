/* turn.c: the transpose, 4 x 4 floats at a time, which takes eight instructions instead of sixteen moves.
 *
 * Blocking for caches is left to the callers. */
#include "turn.h"

#include "vec.h"

VEC_INLINE void turn_tile(const float *from, size_t from_stride, float *to, size_t to_stride) {
  i32x4 row[4], even[2], odd[2];
  for (size_t r = 0; r < 4; r++) row[r] = vec_bits(vec_load(from + r * from_stride));
  for (size_t r = 0; r < 2; r++) { /* rows 0 and 2, then 1 and 3 */
    even[r] = vec_interleave_low(row[r], row[r + 2]);
    odd[r] = vec_interleave_high(row[r], row[r + 2]);
  }
  i32x4 turned[4] = {vec_interleave_low(even[0], even[1]), vec_interleave_high(even[0], even[1]),
                     vec_interleave_low(odd[0], odd[1]), vec_interleave_high(odd[0], odd[1])};
  for (size_t r = 0; r < 4; r++) vec_store(to + r * to_stride, vec_from_bits(turned[r]));
}

void turn(const source *from, size_t rows, size_t cols, const target *to) {
  for (size_t c = 0; c < cols; c += 4) {
    for (size_t r = 0; r < rows; r += 4) {
      turn_tile(from->values + r * from->stride + c, from->stride, to->values + c * to->stride + r, to->stride);
    }
  }
}
