#ifndef POPSEC_SIGNALS_H
#define POPSEC_SIGNALS_H

// Signals that a loop can wait for: handlers write to a pipe that poll(2) sees. There is one set for the
// process, because signals belong to the process.

/// Handles SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP and SIGCONT. Returns a descriptor that is
/// readable once a signal has come or popsec_wake was called, or -1 with errno. The pipe stays open until the
/// process ends. Where a signal asks the program to end, the program must call popsec_signals_close soon:
/// within seconds where the guarded terminal takes no output, otherwise within most of a minute. Otherwise
/// the process is ended with the terminal restored (popsec_guard_leave).
int popsec_signals_open(void);

/// The signals that came since the last call: bit n for signal n, bit 0 for popsec_wake.
unsigned int popsec_signals_take(void);

/// Forgets a signal that may have come, because it is no longer of interest.
void popsec_signals_forget(int signal);

/// Restores the former handlers of the signals, except for SIGHUP, which is ignored from now on.
void popsec_signals_close(void);

/// Makes the pipe readable. Any thread may call this function, even before the pipe is opened and after it is
/// closed.
void popsec_wake(void);

/// Stops the process group as Ctrl-Z on the terminal does, and returns after it was continued. Does nothing
/// where no shell could continue the process group (an orphaned process group).
void popsec_stop(void);

#endif
