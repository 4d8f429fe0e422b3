#ifndef POPSEC_GUARD_H
#define POPSEC_GUARD_H

#include <stddef.h>

// The guard restores the terminal even where the program itself can't.

/// The greatest number of bytes that popsec_guard_arm takes.
enum { popsec_guard_capacity = 512 };

/// Keeps the present modes of a terminal, to restore them later. Returns 0, or the errno where the descriptor
/// is not a terminal.
int popsec_guard_keep_modes(int terminal);

/// Arms the guard. From now on the guard writes these bytes to the terminal and restores the kept modes
/// before the process ends. This happens on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
/// SIGSYS), on a signal that ends a process without a handler (SIGUSR1, SIGUSR2, SIGPOLL, the real-time
/// signals, …) and on exit(). After a crash one line on stderr says so. Crashes and signals end the process
/// by their signal. Where the terminal takes no output, the output that waits is dropped. Bytes beyond the
/// capacity are cut off.
void popsec_guard_arm(int terminal, const unsigned char *bytes, size_t length);

/// Whether the guarded terminal takes no output now, for example because nobody reads it. Async-signal-safe.
int popsec_guard_is_blocked(void);

/// Restores the terminal where it is guarded, and ends the process by a signal. Async-signal-safe.
void popsec_guard_leave(int signal);

/// Disarms the guard, because the terminal has been restored.
void popsec_guard_disarm(void);

#endif
