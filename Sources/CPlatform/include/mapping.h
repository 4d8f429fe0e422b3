#ifndef POPSEC_MAPPING_H
#define POPSEC_MAPPING_H

#include <sys/types.h>

/// mmap(2), which has the file system reserve what is mapped to be written first: to touch a page for which there is
/// no room ends the process with SIGBUS, and here it is an error (ENOSPC, EDQUOT) instead.
void *popsec_map_with_room(void *address, size_t length, int protection, int flags, int file, off_t offset);

#endif
