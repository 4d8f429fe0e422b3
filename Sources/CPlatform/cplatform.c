#define _GNU_SOURCE
#include "cplatform.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <wchar.h>

int popsec_cell_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

int popsec_forbid_dumps(void) {
  const struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return errno;
  return 0;
}
