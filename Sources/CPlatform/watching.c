#include "cplatform.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif
// Not in every version of <linux/magic.h>.
#define POPSEC_ZFS_MAGIC 0x2fc12fc1

int popsec_is_local(const char *path) {
  struct statfs found;
  if (statfs(path, &found) != 0) return 0;
  switch ((unsigned long)found.f_type & 0xffffffffUL) {
  case EXT4_SUPER_MAGIC:
  case XFS_SUPER_MAGIC:
  case BTRFS_SUPER_MAGIC:
  case F2FS_SUPER_MAGIC:
  case TMPFS_MAGIC:
  case OVERLAYFS_SUPER_MAGIC:
  case POPSEC_ZFS_MAGIC:
    return 1;
  default:
    return 0;
  }
}
