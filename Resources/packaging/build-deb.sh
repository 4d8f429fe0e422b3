#!/usr/bin/env bash
# Makes popsec_VERSION_amd64.deb of the program that build-program.sh built, with Debian's own tools and without network,
# and beside it the SBOM and SHA256SUMS.
#
#   Resources/packaging/build-deb.sh [--program FILE] [--output FOLDER]
#
# Tools: binutils, dpkg-dev, python3, mandoc; lintian, which is left out with a word where it is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

program=.build/release/popsec
output=.build/package
while [ $# -gt 0 ]; do
  case "$1" in
  --program) program=$2; shift 2 ;;
  --output) output=$2; shift 2 ;;
  *) echo "build-deb.sh: unknown argument $1" >&2; exit 64 ;;
  esac
done

fail() {
  echo "build-deb.sh: $1" >&2
  echo "hint: $2" >&2
  exit 69
}
for tool in strip readelf dpkg-deb dpkg-shlibdeps python3 mandoc git; do
  command -v "$tool" > /dev/null || fail "there is no $tool" "apt-get install binutils dpkg-dev python3 mandoc git"
done
[ -x "$program" ] || fail "there is no program at $program" "run Resources/packaging/build-program.sh"

stated() { "$program" --version | awk -v key="$1" '$1 == key { print $2 }'; }
version=$(stated popsec)
maintainer=$(git log -1 --format='%an <%ae>')
# Everything in the package has the day of its commit, so that the same sources make the same package.
created=$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
umask 022

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/popsec
mkdir -p "$output" "$root/DEBIAN" "$work/debian" "$work/man" "$doc/examples/proxies" "$doc/examples/notify" \
  "$doc/notices" "$root/usr/share/man/man1" "$root/usr/share/man/man5" "$root/usr/share/man/man7"
put() { install -D -m "$1" "$2" "$3"; }

# The program. Its libraries are taken from the sections that strip keeps.
put 0755 "$program" "$root/usr/bin/popsec"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/popsec"

# The manual.
mkdir "$work/man/topics"
for topic in exit-codes environment files names; do
  "$program" help "$topic" > "$work/man/topics/$topic"
done
"$program" --experimental-dump-help | python3 "$here/manual.py" "$work/man" "${created%%T*}"
rm -r "$work/man/topics"
cp "$here"/man/* "$work/man/"
for page in "$work"/man/*; do
  section=${page##*.}
  gzip -9n < "$page" > "$root/usr/share/man/man$section/$(basename "$page").gz"
done
(cd "$work/man" && mandoc -T lint -W error -- *.[157]) || fail "the manual has errors" "see above, and manual.py"

# Completions.
completion() {
  mkdir -p "$(dirname "$root/usr/share/$2")"
  # bash reads the script and doesn't run it, so that the line that names bash has no meaning.
  "$program" completions "$1" | sed '1{/^#!/d}' > "$root/usr/share/$2"
  chmod 0644 "$root/usr/share/$2"
}
completion bash bash-completion/completions/popsec
completion zsh zsh/vendor-completions/_popsec
completion fish fish/vendor_completions.d/popsec.fish

# Accounts, folders and units. The units of this folder name the place to which people install by hand.
put 0644 "$here/popsec.sysusers" "$root/usr/lib/sysusers.d/popsec.conf"
put 0644 "$here/popsec.tmpfiles" "$root/usr/lib/tmpfiles.d/popsec.conf"
for unit in Resources/systemd/*; do
  put 0644 "$unit" "$root/lib/systemd/system/$(basename "$unit")"
  sed -i 's,/usr/local/bin/popsec,/usr/bin/popsec,' "$root/lib/systemd/system/$(basename "$unit")"
done

# Documents and examples.
put 0644 "$here/debian/copyright" "$doc/copyright"
python3 "$here/changelog.py" Resources/docs/CHANGELOG.md "$version" "$maintainer" | gzip -9n > "$doc/changelog.gz"
cp Resources/proxies/* "$doc/examples/proxies/"
put 0644 Resources/openapi/gate.yaml "$doc/gate-openapi.yaml"
install -m 0755 Resources/notify/* "$doc/examples/notify/"
put 0644 "$here/gate-keys.conf" "$doc/examples/gate-keys.conf"
put 0644 Resources/demo/demo.yaml "$doc/examples/demo.yaml"
put 0644 Resources/cluster/roles.sql "$doc/examples/roles.sql"
put 0755 Resources/cluster/before-promotion.sh "$doc/examples/before-promotion.sh"
put 0644 Resources/cluster/patroni.yml "$doc/examples/patroni.yml"
# What popsec ssh setup prints. It ends with 1 where the accounts are not there, as on a machine that builds.
"$program" ssh setup --store /var/lib/popsec 2> "$work/missing" > "$work/sshd.conf" || [ $? = 1 ]
sed 's,AuthorizedKeysCommand [^ ]* ssh,AuthorizedKeysCommand /usr/bin/popsec ssh,' "$work/sshd.conf" > "$doc/examples/sshd.conf"
grep -q 'AuthorizedKeysCommand /usr/bin/popsec ssh authorized-keys' "$doc/examples/sshd.conf" \
  || fail "popsec ssh setup printed no configuration" "$(cat "$work/missing")"
for notice in .build/checkouts/*/NOTICE.txt; do
  put 0644 "$notice" "$doc/notices/$(basename "$(dirname "$notice")").txt"
done
for library in .build/checkouts/*/; do
  grep -q "$library" "$here/debian/copyright" || fail "debian/copyright doesn't name $library" "add its licence"
done
find "$doc/examples" -type f ! -name '*.sh' -exec chmod 0644 {} +

# The bill of materials, in the package and beside it.
python3 "$here/sbom.py" Package.resolved "$root/usr/bin/popsec" "$version" "$created" > "$work/sbom"
put 0644 "$work/sbom" "$doc/popsec.spdx.json"
put 0644 "$here/debian/lintian-overrides" "$root/usr/share/lintian/overrides/popsec"

# What dpkg is told. The libraries' packages and their versions are found by dpkg-shlibdeps alone.
printf 'Source: popsec\n\nPackage: popsec\nArchitecture: any\n' > "$work/debian/control"
shlibs=$(cd "$work" && dpkg-shlibdeps -O -e"$root/usr/bin/popsec" | sed -n 's/^shlibs:Depends=//p')
size=$(du -k --apparent-size --summarize "$root" | cut -f1)
architecture=$(dpkg --print-architecture)
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@MAINTAINER@|$maintainer|" \
  -e "s|@SIZE@|$size|" -e "s|@SHLIBS@|$shlibs|" "$here/debian/control.in" > "$root/DEBIAN/control"
for script in preinst postinst prerm postrm; do
  sed "s|@VERSION@|$version|g" "$here/debian/$script.in" > "$root/DEBIAN/$script"
  chmod 0755 "$root/DEBIAN/$script"
done
put 0644 "$here/debian/templates" "$root/DEBIAN/templates"
put 0755 "$here/debian/config" "$root/DEBIAN/config"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

package=$output/popsec_${version}_$architecture.deb
rm -f "$output"/popsec_*
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" > /dev/null
cp "$work/sbom" "$output/popsec_$version.spdx.json"
(cd "$output" && sha256sum popsec_* > SHA256SUMS)

if command -v lintian > /dev/null; then
  lintian --allow-root --fail-on error --tag-display-limit 0 "$package" >&2
else
  echo "build-deb.sh: there is no lintian, so that nothing looked for faults in the package" >&2
fi
echo "$package"
