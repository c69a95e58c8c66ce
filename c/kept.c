/* kept.c: the stores of a network: how much may be kept, what is kept, and how it moves to the next network.
 *
 * Each layer's store is an allocation of its own, since it changes hands. Which weights a layer has is not decided
 * here: see weights.c.
 */
#include "kept.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "layer.h"
#include "memory.h"
#include "vec.h"

enum {
  KEPT_WITH_LOSS = 24 << 20, /* bytes that are kept for the way back unless net_set_kept said otherwise */
  GROWTH = 512 /* rows and columns to which the room of a layer is rounded up, so that it seldom needs more */
};

/* most floats that all layers together keep where memory is ample; a network that trains stores its weights */
static uint64_t floats_asked(const net *n) {
  if (n->trainer) return 0;
  return (n->kept_bytes ? n->kept_bytes : n->loss ? KEPT_WITH_LOSS : 0) / sizeof(float);
}

/* the same in this module: two networks of this size, and what one keeps, must fit into it */
static uint64_t floats_allowed(const net *n) {
  if (!n->kept_bytes || n->trainer) return floats_asked(n);
  uint64_t two = 2 * memory_bytes(n, n->batch), usable = heap_bytes() - RESERVED_BYTES;
  return smaller(n->kept_bytes, (size_t)(two < usable ? usable - two : 0)) / sizeof(float);
}

/* the room that a layer asks for, without values; where net_set_kept was called layers are expected to grow */
static store room_for(const net *n, const net_layer *layer) {
  size_t step = n->kept_bytes ? GROWTH : PANEL;
  return (store){.height = round_up(weight_rows(layer), step),
                 .panels = round_up(layer->shape.out.channels, step) / PANEL};
}

/* how many first layers have room among so many floats, of which the others are left */
static uint32_t layers_within(const net *n, uint64_t *floats) {
  for (uint32_t l = 0; l < n->depth; l++) {
    store room = room_for(n, &n->layers[l]);
    if (store_floats(&room) > *floats) return l;
    *floats -= store_floats(&room);
  }
  return n->depth;
}

void kept_plan(net *n) {
  uint64_t floats = floats_allowed(n);
  n->keeps = layers_within(n, &floats);
}

double net_module_bytes(const net *n) {
  uint64_t asked = floats_asked(n), left = asked;
  layers_within(n, &left);
  return (double)(RESERVED_BYTES + 2 * memory_bytes(n, n->batch) + (asked - left) * sizeof(float));
}

void kept_make_room(net *n, uint32_t l) {
  store *kept = &n->kept[l - 1], grown = room_for(n, &n->layers[l - 1]);
  if (kept->values && kept->height >= grown.height && kept->panels >= grown.panels) return;
  grown.values = malloc((size_t)store_floats(&grown) * sizeof *grown.values);
  if (grown.values && kept->values) {
    grown.rows = smaller(kept->rows, grown.height);
    grown.drawn = smaller(kept->drawn, grown.panels);
    for (size_t p = 0; p < grown.drawn; p++)
      memcpy(store_at(&grown, 0, p), store_at(kept, 0, p), grown.rows * PANEL * sizeof *grown.values);
  }
  free(kept->values);
  *kept = grown.values ? grown : (store){0};
}

int kept_is_filled(const net *n, uint32_t l) { return n->done >= l && n->kept[l - 1].values; }

int kept_has_place(const net *n, uint32_t l, const strip *part) {
  const store *kept = &n->kept[l - 1]; /* it may be a smaller layer's */
  return kept->values && part->row + part->rows <= kept->height && part->panel < kept->panels;
}

/* scales rows of a panel as spread_draw would, to the last bit */
static void scale_panel(const float *from, float scale, size_t rows, float *to, size_t stride) {
  for (size_t r = 0; r < rows; r++, from += PANEL, to += stride) {
    vec_store(to, vec_load(from) * scale);
    vec_store(to + 4, vec_load(from + 4) * scale);
  }
}

void kept_draw(const net *n, uint32_t l, const spread *weights, const strip *part, const target *out) {
  const store *kept = &n->kept[l - 1];
  float scale, *numbers = store_at(kept, part->row, part->panel);
  spread unit = spread_unit(weights, &scale);
  size_t filled = part->panel < kept->drawn && part->row < kept->rows ? smaller(part->rows, kept->rows - part->row) : 0;
  strip rest = {part->row + filled, part->rows - filled, part->panel};
  target place = {numbers + filled * PANEL, PANEL};
  noise_key key = layer_noise(n, l);
  spread_draw(&unit, &key, &rest, (part->panel + 1) * PANEL, &place);
  scale_panel(numbers, scale, part->rows, out->values, out->stride);
  if (weights->format) weights->format->finish(weights, part->rows, PANEL, out);
  clear_columns(out, part->rows, n->layers[l - 1].shape.out.channels - part->panel * PANEL);
}

/* A store that is a smaller layer's, and had no memory to grow, does not hold all. One that a larger layer has filled
 * holds more. */
void kept_note_drawn(net *n, uint32_t l) {
  store *kept = &n->kept[l - 1];
  size_t rows = weight_rows(&n->layers[l - 1]), panels = stride_of(n->layers[l - 1].shape.out.channels) / PANEL;
  if (kept->height < rows || kept->panels < panels || (kept->rows >= rows && kept->drawn >= panels)) return;
  kept->rows = rows;
  kept->drawn = panels;
}

/* Does layer l draw the same numbers in both networks, where both have them? */
static int draws_same(const net *n, const net *other, uint32_t l) {
  spread mine = layer_weights(n, l), theirs = layer_weights(other, l);
  noise_key ours = layer_noise(n, l), others = layer_noise(other, l);
  int same_noise = ours.seed == others.seed && ours.stream == others.stream;
  return same_noise && !is_matrix(mine.distribution) && is_same_unit(&mine, &theirs);
}

void kept_take(net *next, net *before, uint32_t taken) {
  uint64_t left = floats_allowed(next);
  for (uint32_t l = 1; l <= next->keeps && next != before; l++) {
    store mine = room_for(next, &next->layers[l - 1]), theirs = l <= before->depth ? before->kept[l - 1] : (store){0};
    uint64_t needed = store_floats(&mine), held = store_floats(&theirs);
    if (held <= left && theirs.values && (l <= taken || draws_same(next, before, l))) {
      free(next->kept[l - 1].values);
      next->kept[l - 1] = theirs;
      before->kept[l - 1] = (store){0};
      if (held > needed) needed = held;
    }
    if (needed > left) next->keeps = l - 1;
    left -= smaller((size_t)left, (size_t)needed);
  }
}

void kept_free(net *n) {
  for (uint32_t l = 0; l < n->depth; l++) free(n->kept[l].values);
}
