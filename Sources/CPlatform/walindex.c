#include "walindex.h"

#include <stddef.h>

// The format of the header (WALINDEX_MAX_VERSION in SQLite's wal.c). It is the first of the header's 32-bit numbers.
static const uint32_t known_format = 3007000;

bool popsec_read_wal_header(const void *index, struct popsec_wal_header *header) {
  const volatile uint64_t *first = index;
  const volatile uint64_t *second = first + 6;
  for (size_t i = 0; i < 6; i++) header->words[i] = first[i];
  // A writer writes the second copy before the first one, so the first one is read before the second.
  __atomic_thread_fence(__ATOMIC_ACQUIRE);
  bool is_same = true;
  for (size_t i = 0; i < 6; i++) is_same &= header->words[i] == second[i];
  return is_same && (uint32_t)header->words[0] == known_format;
}
