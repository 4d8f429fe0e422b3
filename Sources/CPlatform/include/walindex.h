#ifndef POPSEC_WALINDEX_H
#define POPSEC_WALINDEX_H

#include <stdbool.h>
#include <stdint.h>

/// The header of the index of SQLite's log, which every commit and every new log changes
/// (sqlite.org/walformat.html, 2.3.1).
struct popsec_wal_header {
  uint64_t words[6];
};

/// Copies the header, which stands twice at the beginning of the index. Returns false where both are not the same,
/// because a commit is writing them, and where this is no header of the known format. The index is memory that other
/// processes write at any time; it must have 96 bytes.
bool popsec_read_wal_header(const void *index, struct popsec_wal_header *header);

#endif
