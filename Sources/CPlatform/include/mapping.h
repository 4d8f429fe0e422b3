#ifndef POPSEC_MAPPING_H
#define POPSEC_MAPPING_H

#include <sys/types.h>

/// Calls mmap(2), after the file system reserved space for what is mapped for writing. Touching a page for
/// which there is no space would end the process with SIGBUS; here the lack of space is an error (ENOSPC,
/// EDQUOT).
void *popsec_map_with_room(void *address, size_t length, int protection, int flags, int file, off_t offset);

#endif
