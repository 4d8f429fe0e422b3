#define _GNU_SOURCE
#include "cplatform.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

static locale_t unicode;
static pthread_once_t unicode_once = PTHREAD_ONCE_INIT;

static void open_unicode(void) { unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int popsec_cell_width(unsigned int scalar) {
  pthread_once(&unicode_once, open_unicode);
  if (unicode == (locale_t)0) return wcwidth((wchar_t)scalar);
  locale_t before = uselocale(unicode);
  int width = wcwidth((wchar_t)scalar);
  uselocale(before);
  return width;
}

int popsec_forbid_dumps(void) {
  const struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return errno;
  return 0;
}

int popsec_close_with_exec(unsigned int first) {
  return close_range(first, ~0U, CLOSE_RANGE_CLOEXEC) == 0 ? 0 : errno;
}

int popsec_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

_Bool popsec_replace(int descriptor, int source) {
  int result;
  do result = dup3(source, descriptor, O_CLOEXEC);
  while (result < 0 && errno == EINTR);
  return result >= 0;
}

int popsec_give(const char *path, unsigned int owner, unsigned int group, unsigned int file_mode,
                unsigned int folder_mode) {
  int descriptor = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return errno;
  struct stat status;
  char own_path[32];
  snprintf(own_path, sizeof own_path, "/proc/self/fd/%d", descriptor);
  int problem = 0;
  if (fstat(descriptor, &status) != 0) {
    problem = errno;
  } else if (S_ISLNK(status.st_mode)) {
    problem = ELOOP;
  } else if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
    problem = EINVAL;
  } else if (S_ISREG(status.st_mode) && status.st_nlink != 1) {
    problem = EMLINK;
    // The owner is set before the mode, because changing the owner may clear the set-group-ID bit
    // (chown(2)).
  } else if (fchownat(descriptor, "", owner, group, AT_EMPTY_PATH) != 0 ||
             chmod(own_path, S_ISDIR(status.st_mode) ? folder_mode : file_mode) != 0) {
    problem = errno;
  }
  close(descriptor);
  return problem;
}
