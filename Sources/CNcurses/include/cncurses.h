#ifndef POPSEC_CNCURSES_H
#define POPSEC_CNCURSES_H

// Every importer needs wide characters.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1

#include <ncurses.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <term.h>

// <term.h> defines macros whose names are words of Swift and C.
#undef lines
#undef columns
#undef tab
#undef bell

// The macros and variables of <ncurses.h>, which Swift can't import.

/// Opens a screen on stdin and a descriptor; NULL where terminfo doesn't know the terminal, or there is no such descriptor.
static inline SCREEN *popsec_newterm(const char *type, int output) {
  FILE *file = fdopen(output, "w");
  SCREEN *screen = file == NULL ? NULL : newterm(type, file, stdin);
  if (file != NULL && screen == NULL) fclose(file);
  return screen;
}

static inline WINDOW *popsec_stdscr(void) { return stdscr; }
/// The screen as ncurses believes the terminal shows it.
static inline WINDOW *popsec_curscr(void) { return curscr; }
static inline int popsec_rows(void) { return LINES; }
static inline int popsec_columns(void) { return COLS; }
static inline int popsec_colors(void) { return COLORS; }

static inline attr_t popsec_attr_bold(void) { return WA_BOLD; }
static inline attr_t popsec_attr_dim(void) { return WA_DIM; }
static inline attr_t popsec_attr_reverse(void) { return WA_REVERSE; }
static inline attr_t popsec_attr_underline(void) { return WA_UNDERLINE; }

/// Fills a cell with a base character, up to three marks (0 for none), attributes and a colour pair.
static inline void popsec_fill_cell(cchar_t *cell, uint32_t base, uint32_t mark1, uint32_t mark2,
                                    uint32_t mark3, attr_t attributes, int pair) {
  const wchar_t text[5] = {(wchar_t)base, (wchar_t)mark1, (wchar_t)mark2, (wchar_t)mark3, 0};
  setcchar(cell, text, attributes, (short)pair, NULL);
}

/// Writes cells from a place, without continuing on the next line.
static inline void popsec_put_cells(int row, int column, const cchar_t *cells, int count) {
  mvwadd_wchnstr(stdscr, row, column, cells, count);
}

/// Whether terminfo knows a terminal: 1 for yes, 0 for no (or only a generic one), -1 for no terminfo at all.
/// Unlike initscr, this function never ends the process.
static inline int popsec_terminfo(const char *type) {
  int error = 1;
  if (setupterm(type, 1, &error) == OK) return 1;
  return error == 1 ? 0 : error;
}

/// A string capability of the terminal; NULL where it has none.
static inline const char *popsec_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

#endif
