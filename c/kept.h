/* kept.h: numbers that the first layers have drawn, kept for the way back and for the next network.
 *
 * Drawing a number again takes longer than reading it. What is kept is not yet scaled: a layer of another scale or size
 * can use it too. Of a matrix (orthogonal, identity, sparse) the weights themselves are kept. Keeping only
 * saves time: without room, or without memory, a layer keeps nothing and draws again, with the same result.
 */
#ifndef KEPT_H
#define KEPT_H

#include "network.h"

static inline uint64_t store_floats(const store *kept) { return kept->height * (uint64_t)kept->panels * PANEL; }
static inline float *store_at(const store *kept, size_t row, size_t panel) {
  return kept->values + (panel * kept->height + row) * PANEL;
}

/* Decides how many first layers may keep what they draw; at net_start. */
void kept_plan(net *n);

/* Makes room for what layer l draws, next to what is kept of it already. */
void kept_make_room(net *n, uint32_t l);

/* Has layer l drawn all its weights, and were they kept? */
int kept_is_filled(const net *n, uint32_t l);

/* Is there a place for these rows of a panel? */
int kept_has_place(const net *n, uint32_t l, const strip *part);

/* The same as spread_draw for a strip that has a place: numbers that are not there yet are drawn into it first. */
void kept_draw(const net *n, uint32_t l, const spread *weights, const strip *part, const target *out);

/* Notes that layer l has drawn all its weights. */
void kept_note_drawn(net *n, uint32_t l);

/* Moves what `before` has kept to `next`, which takes over its first `taken` layers. A matrix moves only with its
 * layer. Other numbers move wherever `next` would draw the same ones. All moves stop where `next` has no room left. */
void kept_take(net *next, net *before, uint32_t taken);

void kept_free(net *n);

#endif
