/* tsv.h: reads the tab-separated tables of tests/reference/, line by line, for the native tests.
 *
 * One table at a time, cells as text or as numbers. It checks nothing but that the file exists.
 */
#ifndef TSV_H
#define TSV_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/initscope.h"

enum { TSV_CELLS = 16 };

typedef struct {
  FILE *file;
  char line[1024];
  char *cells[TSV_CELLS];
} tsv;

/* skips the comments and the row of names; ends the program if there is no such table */
static tsv tsv_open(const char *path) {
  tsv t = {.file = fopen(path, "r")};
  if (!t.file) {
    perror(path);
    exit(1);
  }
  do {
    if (!fgets(t.line, sizeof t.line, t.file)) exit(1);
  } while (t.line[0] == '#');
  return t;
}

/* Returns 0 at the end, and closes the table. Cells that a row lacks are "". */
static int tsv_next(tsv *t) {
  if (!fgets(t->line, sizeof t->line, t->file)) return fclose(t->file) * 0;
  char *rest = t->line;
  t->line[strcspn(t->line, "\n")] = 0;
  for (int i = 0; i < TSV_CELLS; i++) {
    t->cells[i] = rest;
    rest += strcspn(rest, "\t");
    if (*rest) *rest++ = 0;
  }
  return 1;
}
static double tsv_number(const tsv *t, int cell) { return strtod(t->cells[cell], NULL); }

/* the activation of this name, or activation_count() if the engine has none */
__attribute__((unused)) static uint32_t tsv_activation(const char *name) {
  static const char *const ours[][2] = {{"lrelu0.01", "leaky-relu"}, {"elu1", "elu"}};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
    if (!strcmp(name, ours[i][0])) name = ours[i][1];
  }
  uint32_t a = 0;
  while (a < activation_count() && strcmp(name, activation_name(a)) != 0) a++;
  return a;
}

#endif
