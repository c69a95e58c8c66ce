/* absent.c: what the small module has in place of the files that it leaves out (c/modules.sh): convolutions, images,
 * weights that are one whole matrix or drawn in another format than float32, and inputs that are given or not standard.
 *
 * The small module runs dense layers whose weights are drawn. A dense layer's images are 1 x 1, so nothing is gathered,
 * and all places are interior. Nobody may give it another network: needsFull in web/engine/full.js says which those are,
 * before one is built. It traps on what only such a network would call.
 */
#include "../conv.h"
#include "../drawn.h"
#include "../matrix.h"
#include "../predict_scaled.h"
#include "../predict_shifted.h"
#include "../region.h"

source patches_read(const net *n, const layer_shape *shape, const float *images, const patch_part *part) {
  (void)n;
  size_t stride = stride_of(shape->in.channels);
  return (source){images + part->row * stride + part->k, stride};
}

void patches_add(const layer_shape *shape, float *images, const patch_part *part, const source *patches) {
  (void)shape, (void)images, (void)part, (void)patches;
  __builtin_trap();
}

void images_to_vectors(const net *n, const extent *images, uint32_t pool, float *x) {
  (void)n, (void)images, (void)pool, (void)x;
}

void vectors_to_images(const net *n, const extent *images, uint32_t pool, float *x) {
  (void)n, (void)images, (void)pool, (void)x;
}

region region_above(const layer_shape *shape, const region *below) {
  (void)shape, (void)below;
  __builtin_trap();
}

region region_back(const net *n, uint32_t l) { return n->layers[l - 1].inside; }

double region_readers(const layer_shape *shape, const region *below) {
  (void)shape, (void)below;
  __builtin_trap();
}

size_t matrix_work(size_t rows, size_t cols) {
  (void)rows, (void)cols;
  __builtin_trap();
}

uint32_t matrix_parts(size_t rows, size_t cols, uint32_t done) {
  (void)rows, (void)cols, (void)done;
  __builtin_trap();
}

uint32_t matrix_orthogonal(const noise_key *key, size_t rows, size_t cols, double gain, const target *out, double *work,
                           uint32_t done) {
  (void)key, (void)rows, (void)cols, (void)gain, (void)out, (void)work, (void)done;
  __builtin_trap();
}

spread peculiar_spread(uint32_t distribution, double scale, double rows) {
  (void)distribution, (void)scale, (void)rows;
  __builtin_trap();
}

double peculiar_root(double x, double n) {
  (void)x, (void)n;
  __builtin_trap();
}

void matrix_unit_sum(const noise_key *key, size_t rows, size_t cols, double scale, const target *out) {
  (void)key, (void)rows, (void)cols, (void)scale, (void)out;
  __builtin_trap();
}

void matrix_spiked(const noise_key *key, size_t rows, size_t cols, double std, double cut, double share, float value,
                   const target *out) {
  (void)key, (void)rows, (void)cols, (void)std, (void)cut, (void)share, (void)value, (void)out;
  __builtin_trap();
}

void matrix_identity(size_t rows, size_t cols, double scale, const target *out) {
  (void)rows, (void)cols, (void)scale, (void)out;
  __builtin_trap();
}

void matrix_sparse(const noise_key *key, size_t rows, size_t cols, double sparsity, double std, const target *out) {
  (void)key, (void)rows, (void)cols, (void)sparsity, (void)std, (void)out;
  __builtin_trap();
}

spread drawn_spread(const spread *plain, uint32_t mode, uint32_t format) {
  (void)plain, (void)mode, (void)format;
  __builtin_trap();
}

int predict_shifted(net *n, uint32_t l) {
  (void)n, (void)l;
  return 0;
}

void predict_back_shifted(net *n, double gradient_square) {
  (void)n, (void)gradient_square;
  __builtin_trap();
}

void predict_measured(net *n) {
  (void)n;
  __builtin_trap();
}
