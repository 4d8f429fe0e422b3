#ifndef POPSEC_GUARD_H
#define POPSEC_GUARD_H

#include <stddef.h>

// The terminal is left as it was found even where the program can't do so itself.

/// The most bytes that popsec_guard_arm takes.
enum { popsec_guard_capacity = 512 };

/// Keeps the modes that a terminal has now, as those to go back to. Returns 0, or the errno
/// where it isn't a terminal.
int popsec_guard_keep_modes(int terminal);

/// From now on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT) or exit() writes
/// these bytes to the terminal and gives it the kept modes; a crash then says so in one line
/// on stderr and ends the process by its signal. Bytes beyond the capacity are cut.
void popsec_guard_arm(int terminal, const unsigned char *bytes, size_t length);

/// The terminal is as it was found: nothing is left to do.
void popsec_guard_disarm(void);

#endif
