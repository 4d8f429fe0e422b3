#ifndef POPSEC_CBUILD_H
#define POPSEC_CBUILD_H

// What whoever built the program told the compiler. A header that never changes keeps a new commit from compiling
// anything but this target's one file.

/// The commit of the sources, as Resources/packaging/build-program.sh told it; empty where nobody told one.
const char *popsec_build_commit(void);

/// The date of that commit; empty where nobody told one.
const char *popsec_build_date(void);

#endif
