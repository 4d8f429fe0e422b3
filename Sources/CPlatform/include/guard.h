#ifndef POPSEC_GUARD_H
#define POPSEC_GUARD_H

#include <stddef.h>

// The terminal is left as it was found even where the program can't do so itself.

/// The most bytes that popsec_guard_arm takes.
enum { popsec_guard_capacity = 512 };

/// Keeps the modes that a terminal has now, as those to go back to. Returns 0, or the errno
/// where it isn't a terminal.
int popsec_guard_keep_modes(int terminal);

/// From now on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS), a signal that ends whoever does
/// not await it (SIGUSR1, SIGUSR2, SIGPOLL, those of real time, …) or exit() writes these bytes to the terminal and
/// gives it the kept modes. A crash then says so in one line on stderr; either ends the process by its signal. A
/// terminal that takes nothing loses what waits to be shown there. Bytes beyond the capacity are cut.
void popsec_guard_arm(int terminal, const unsigned char *bytes, size_t length);

/// Whether the guarded terminal takes no output now, as where nobody reads it. Async-signal-safe.
int popsec_guard_is_blocked(void);

/// Gives the terminal back where it is guarded, and ends the process by a signal. Async-signal-safe.
void popsec_guard_leave(int signal);

/// The terminal is as it was found: nothing is left to do.
void popsec_guard_disarm(void);

#endif
