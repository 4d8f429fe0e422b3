#define _GNU_SOURCE
#include "mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>

void *popsec_map_with_room(void *address, size_t length, int protection, int flags, int file, off_t offset) {
  if (file >= 0 && (protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0) {
    int result;
    do result = fallocate(file, 0, offset, (off_t)length);
    while (result != 0 && errno == EINTR);
    // A file system that can't reserve space is mapped without it.
    if (result != 0 && (errno == ENOSPC || errno == EDQUOT)) return MAP_FAILED;
  }
  return mmap(address, length, protection, flags, file, offset);
}

void popsec_return_large_memory(void) { mallopt(M_MMAP_THRESHOLD, 128 * 1024); }
