#!/usr/bin/env bash
# Builds the program for release, and tells the compiler which commit the sources are. What Git can't tell is left
# unsaid: popsec --version then says "unknown". Takes the arguments of swift build, such as --ignore-lock.
set -euo pipefail
cd "$(dirname "$0")/../.."
unset POPSEC_COMMIT POPSEC_COMMIT_DATE

if commit=$(git rev-parse --verify --quiet HEAD 2> /dev/null) && changes=$(git status --porcelain); then
  POPSEC_COMMIT_DATE=$(TZ=UTC git show -s --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ HEAD)
  POPSEC_COMMIT=$commit${changes:+-modified}
  export POPSEC_COMMIT POPSEC_COMMIT_DATE
fi
# The program must not look for libraries in its own folder, where somebody else may have put one.
exec swift build -c release --static-swift-stdlib --disable-local-rpath --product popsec "$@"
