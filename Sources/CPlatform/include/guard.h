#ifndef POPSEC_GUARD_H
#define POPSEC_GUARD_H

#include <stddef.h>
#include <termios.h>

// The terminal is left as it was found even where the program can't do so itself.

/// The most bytes that popsec_guard_arm takes.
enum { popsec_guard_capacity = 512 };

/// From now on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT) or exit() writes
/// these bytes to the terminal and gives it these modes; a crash then says so in one line on
/// stderr and ends the process by its signal. Bytes beyond the capacity are cut.
void popsec_guard_arm(int terminal, const unsigned char *bytes, size_t length,
                      const struct termios *modes);

/// The terminal is as it was found: nothing is left to do.
void popsec_guard_disarm(void);

#endif
