#pragma once

#include <stddef.h>
#include <stdint.h>
#include <vterm.h>

// These functions are hidden in <stdlib.h>, <unistd.h> and <spawn.h> without _GNU_SOURCE.
extern int posix_openpt(int flags);
extern int grantpt(int master);
extern int unlockpt(int master);
extern int ptsname_r(int master, char *name, size_t size);
extern int pipe2(int ends[2], int flags);
enum { cvterm_spawn_setsid = 0x80 };

/// The scalars of a cell, at most 6, ended by 0; none for the right half of a wide glyph.
static inline void cvterm_scalars(
    const VTermScreen *screen, int row, int column, uint32_t scalars[VTERM_MAX_CHARS_PER_CELL]) {
  VTermScreenCell cell;
  VTermPos position = {.row = row, .col = column};
  vterm_screen_get_cell(screen, position, &cell);
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL; i++)
    scalars[i] = cell.chars[i] == (uint32_t)-1 ? 0 : cell.chars[i];
}
