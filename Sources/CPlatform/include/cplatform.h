#ifndef POPSEC_CPLATFORM_H
#define POPSEC_CPLATFORM_H

// What Swift can't call by itself: variadic functions, and functions that the C
// headers hide behind feature macros.

/// wcwidth(3) in UTF-8, whatever the process' locale is: the terminal cells that a scalar
/// takes, -1 where it can't be printed. Any thread may call it.
int popsec_cell_width(unsigned int scalar);

/// Forbids core dumps and attaching debuggers to this process: setrlimit(RLIMIT_CORE, 0)
/// and prctl(PR_SET_DUMPABLE, 0). Returns 0, or the errno of what failed.
int popsec_forbid_dumps(void);

/// Gives the signals of a crash (those of popsec_guard_arm) their default action: whatever handler
/// a runtime installed would print registers and memory, and with them secrets.
void popsec_crash_silently(void);

#include "guard.h"
#include "signals.h"

#endif
