#ifndef CMALLOCCOUNT_H
#define CMALLOCCOUNT_H
#include <stdint.h>

/// How often this thread has called malloc, calloc, realloc and posix_memalign so far.
uint64_t popsec_allocation_count(void);

#endif
