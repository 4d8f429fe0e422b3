#ifndef CMALLOCCOUNT_H
#define CMALLOCCOUNT_H
#include <stdint.h>

/// The number of calls of malloc, calloc, realloc and posix_memalign by this thread so far.
uint64_t popsec_allocation_count(void);

#endif
