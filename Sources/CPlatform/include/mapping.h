#ifndef POPSEC_MAPPING_H
#define POPSEC_MAPPING_H

#include <sys/types.h>

/// Calls mmap(2), after the file system reserved space for what is mapped for writing. Touching a page for
/// which there is no space would end the process with SIGBUS; here the lack of space is an error (ENOSPC,
/// EDQUOT).
void *popsec_map_with_room(void *address, size_t length, int protection, int flags, int file, off_t offset);

/// Has memory of 128 KiB and more go back to the system as soon as it is freed (mallopt(3)). Otherwise glibc keeps memory of
/// the size of whatever was freed before, up to 32 MiB.
void popsec_return_large_memory(void);

/// Has all threads take memory from one heap (mallopt(3), M_ARENA_MAX), where each would otherwise keep free memory of its own.
/// It must be called before the second thread begins. This suits a program whose threads seldom work at
/// the same time.
void popsec_share_heap(void);

/// Gives the free memory of all threads back to the system (malloc_trim(3)).
void popsec_return_free_memory(void);

/// Takes the pages of the program's file, and of the libraries', out of this process (madvise(2), MADV_DONTNEED). They stay in
/// the system's page cache, from which each page comes back when it is used again. What only the start needed does not.
/// Pages that can be written are left as they are.
void popsec_return_program_pages(void);

#endif
