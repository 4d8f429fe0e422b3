#!/usr/bin/env bash
# Tries the package as an administrator would, in a Debian of its own: install, set up, upgrade over the version before
# with a store and a running gate, refuse a downgrade, remove, purge.
#
#   Resources/packaging/smoke-test.sh [PACKAGE]
#
# As root. The Debian comes from debootstrap, else it is an overlay of this machine, which forgets what is done in it.
# POPSEC_SMOKE_ROOT names a folder with a Debian that is there already; it is used below an overlay, too.
# systemd doesn't run in it: smoke-test-systemd.sh tries that.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(readlink -f "${1:-$(ls -t "$here"/../../.build/package/popsec_*_*.deb 2> /dev/null | head -n 1)}" || true)
[ -f "$package" ] || { echo "smoke-test.sh: there is no package" >&2; exit 66; }
[ "$(id -u)" = 0 ] || { echo "smoke-test.sh: only root can make the Debian that is tried" >&2; exit 77; }

if [ "${POPSEC_SMOKE:-}" = "" ]; then
  # Mounts and processes of its own: all vanish with the last process in it. What is removed here is an empty folder:
  # nothing may ever be removed through a mount.
  place=$(mktemp -d)
  status=0
  POPSEC_SMOKE=$place unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" "$package" || status=$?
  rmdir "$place"
  exit $status
fi

kept=$POPSEC_SMOKE
base=${POPSEC_SMOKE_ROOT:-}
mount -t tmpfs none "$kept"
mkdir "$kept/upper" "$kept/work" "$kept/root"
if [ -z "$base" ] && command -v debootstrap > /dev/null; then
  base=/var/cache/popsec-smoke/$(date +%Y-%m-%d)
  if [ ! -e "$base/.whole" ]; then
    rm -rf --one-file-system /var/cache/popsec-smoke
    mkdir -p "$base"
    # Where apt gets packages, debootstrap does, too. A machine may lack one of the files.
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null \
      | sed -n 's/^URIs: *\(http[^ ]*\/debian\)\/*$/\1/p; s/^deb \(http[^ ]*\/debian\)\/* .*/\1/p' | head -n 1 || true)
    if debootstrap --variant=minbase bookworm "$base" ${mirror:+"$mirror"} > "$kept/debootstrap" 2>&1; then
      touch "$base/.whole"
    else
      tail -n 3 "$kept/debootstrap" >&2
      base=
    fi
  fi
fi
base=${base:-/}
if [ "$base" = / ]; then
  echo "the Debian is an overlay of this machine: that the package needs nothing else is not tried"
else
  echo "the Debian is that of $base, in which only what debootstrap makes is installed"
fi
root=$kept/root
mount -t overlay overlay -o "lowerdir=$base,upperdir=$kept/upper,workdir=$kept/work" "$root"
mount -t proc proc "$root/proc"
# Devices of its own, so that nothing that is done here reaches those of the machine.
mount -t tmpfs none "$root/dev"
mknod -m 0666 "$root/dev/null" c 1 3
mknod -m 0666 "$root/dev/zero" c 1 5
mknod -m 0666 "$root/dev/full" c 1 7
mknod -m 0666 "$root/dev/random" c 1 8
mknod -m 0666 "$root/dev/urandom" c 1 9
mknod -m 0666 "$root/dev/tty" c 5 0
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 none "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%:*}" "$root/dev/${stream#*:}"; done
mount -t tmpfs none "$root/run"
mkdir -p "$root/run/sshd"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2> /dev/null || true
cp -r /etc/apt/apt.conf.d "$root/etc/apt/" 2> /dev/null || true
mkdir "$root/packages"
cp "$package" "$root/packages/present.deb"

# The same program as another version: what an upgrade and a downgrade do is a matter of the scripts.
again() {
  local version=$1 folder=$kept/again
  rm -rf --one-file-system "$folder"
  dpkg-deb --raw-extract "$package" "$folder"
  sed -i "s/^Version: .*/Version: $version/" "$folder/DEBIAN/control"
  sed -i "s/\"$present\"/\"$version\"/g" "$folder"/DEBIAN/preinst "$folder"/DEBIAN/prerm
  dpkg-deb --root-owner-group -Znone --build "$folder" "$root/packages/$2.deb" > /dev/null
}
present=$(dpkg-deb --field "$package" Version)
again "$present~before" before
again "$present+after" after

cp "$here/smoke-test-inside.sh" "$root/packages/inside.sh"
env --ignore-environment PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
  TERM=xterm PRESENT="$present" ISOLATED="$([ "$base" = / ] && echo no || echo yes)" \
  chroot "$root" /bin/bash /packages/inside.sh
