#define _GNU_SOURCE
#include "mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

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

void popsec_share_heap(void) { mallopt(M_ARENA_MAX, 1); }

void popsec_return_free_memory(void) { malloc_trim(0); }

static int return_pages(struct dl_phdr_info *part, size_t size, void *nothing) {
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int index = 0; index < part->dlpi_phnum; index++) {
    const ElfW(Phdr) *segment = &part->dlpi_phdr[index];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) continue;
    const uintptr_t start = part->dlpi_addr + segment->p_vaddr;
    const uintptr_t first = start & ~(page - 1);
    madvise((void *)first, start + segment->p_memsz - first, MADV_DONTNEED);
  }
  return 0;
}

void popsec_return_program_pages(void) { dl_iterate_phdr(return_pages, NULL); }
