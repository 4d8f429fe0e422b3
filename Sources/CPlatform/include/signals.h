#ifndef POPSEC_SIGNALS_H
#define POPSEC_SIGNALS_H

// Signals as something to wait for: handlers write to a pipe that poll(2) sees.
// One set for the process, since signals are the process'.

/// Takes SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP and SIGCONT. Returns the
/// descriptor that is readable once one has come or popsec_wake was called, or -1 with errno.
/// The pipe stays open until the process ends. Who is asked to end by one of them, and does not call
/// popsec_signals_close for seconds, because the guarded terminal takes no output, or for most of a minute else, is
/// ended by it with the terminal put back (popsec_guard_leave).
int popsec_signals_open(void);

/// What has come since the last call: bit n for signal n, bit 0 for popsec_wake.
unsigned int popsec_signals_take(void);

/// A signal that may have come is of no interest any more.
void popsec_signals_forget(int signal);

/// Gives the signals back to whoever had them, but for SIGHUP, which is ignored from then on.
void popsec_signals_close(void);

/// Makes the pipe readable; any thread may call it, also before it's open and after.
void popsec_wake(void);

/// Stops the process group as the terminal's Ctrl-Z does, and returns once continued.
/// Does nothing where no shell could continue it (an orphaned process group).
void popsec_stop(void);

#endif
