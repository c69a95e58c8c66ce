/* corpus.c: replays the inputs that the fuzzer found interesting, and checks that the fuzzer calls every function.
 *
 * The first broken invariant ends the program (see tests/fuzz/). It finds no new inputs, so it needs no clang.
 */
#include <ctype.h>
#include <dirent.h>

#include "../fuzz/calls.h"
#include "check.h"

/* the text of the fuzzer's calls and invariants */
static const char *code(void) {
  static char text[1 << 17];
  if (text[0]) return text;
  static const char *const files[] = {"tests/fuzz/calls.h", "tests/fuzz/invariants.h"};
  size_t used = 0;
  for (int i = 0; i < 2; i++) {
    FILE *file = fopen(files[i], "r");
    if (!file) continue;
    used += fread(text + used, 1, sizeof text - 1 - used, file);
    fclose(file);
  }
  return text;
}

/* Does a name, with the parenthesis after it, occur there? */
static int is_called(const char *name) {
  for (const char *found = code(); (found = strstr(found, name)); found++) {
    if (!isalnum((unsigned char)found[-1]) && found[-1] != '_') return 1;
  }
  printf("tests/fuzz does not call %s)\n", name);
  return 0;
}

static void surface(void) {
  FILE *header = fopen("c/initscope.h", "r");
  char line[1024];
  int functions = 0, called = 0;
  while (header && fgets(line, sizeof line, header)) {
    char *end = strncmp(line, "API ", 4) ? NULL : strchr(line, '('), *name = end;
    if (!end) continue;
    while (name[-1] != ' ' && name[-1] != '*') name--;
    end[1] = '\0';
    functions++;
    called += is_called(name);
  }
  if (header) fclose(header);
  CHECK(functions > 60 && called == functions, "the fuzzer calls every function of the header", "%d of %d", called,
        functions);
}

static void replay(void) {
  static uint8_t data[1 << 16];
  char path[512];
  int inputs = 0;
  size_t total = 0;
  DIR *corpus = opendir("tests/fuzz/corpus");
  for (struct dirent *entry; corpus && (entry = readdir(corpus));) {
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "tests/fuzz/corpus/%s", entry->d_name);
    FILE *file = fopen(path, "rb");
    if (!file) continue;
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    make_calls(data, size);
    inputs++;
    total += size;
  }
  if (corpus) closedir(corpus);
  CHECK(inputs >= 50, "the invariants hold for all inputs of the corpus", "%d inputs, %zu bytes", inputs, total);
}

int main(void) {
  surface();
  replay();
  return check_failures != 0;
}
