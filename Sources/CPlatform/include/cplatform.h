#ifndef POPSEC_CPLATFORM_H
#define POPSEC_CPLATFORM_H

// Functions that Swift can't call by itself: variadic functions, and functions that the C headers hide
// behind feature macros.

/// The number of terminal cells that a scalar takes, as wcwidth(3) tells in UTF-8, whatever the locale of the
/// process; -1 where the scalar can't be printed. Any thread may call this function.
int popsec_cell_width(unsigned int scalar);

/// Forbids core dumps and attaching debuggers to this process: setrlimit(RLIMIT_CORE, 0) and
/// prctl(PR_SET_DUMPABLE, 0). Returns 0, or the errno of the call that failed.
int popsec_forbid_dumps(void);

/// Has every descriptor from `first` on close with exec, those too that whoever started this process left open. Returns
/// 0, or the errno of what failed (close_range(2)).
int popsec_close_with_exec(unsigned int first);

/// Makes a file in memory, which closes with exec (memfd_create(2)). Returns its descriptor, or -1.
int popsec_memory_file(const char *name);

/// Makes `descriptor` another descriptor of what `source` is open on; it closes with exec (dup3(2)). Returns whether that was
/// done.
_Bool popsec_replace(int descriptor, int source);

/// Gives the signals of a crash (those of popsec_guard_arm) their default action. A handler that a runtime
/// installed would print registers and memory, and with them secrets.
void popsec_crash_silently(void);

/// Gives a file or a folder to an owner and a group, with the mode for its kind. The owner stays where
/// `owner` is (uid_t)-1. Symbolic links, files with several names, and anything else than a file or folder
/// are refused (ELOOP, EMLINK, EINVAL), because they could lead to the file of another account. The
/// descriptor is opened with O_PATH, because closing any other descriptor of a database drops the locks that
/// SQLite holds. Returns 0, or the errno of the call that failed.
int popsec_give(const char *path, unsigned int owner, unsigned int group, unsigned int file_mode,
                unsigned int folder_mode);

/// Whether the file system of a path is on this machine, so that inotify(7) tells of every change. Network file systems
/// don't tell what other machines write, and of unknown ones nobody can say.
int popsec_is_local(const char *path);

#include "guard.h"
#include "mapping.h"
#include "signals.h"
#include "walindex.h"

#endif
