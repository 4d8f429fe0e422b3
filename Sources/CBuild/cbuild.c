#include "cbuild.h"

#ifndef POPSEC_COMMIT
#define POPSEC_COMMIT ""
#endif
#ifndef POPSEC_COMMIT_DATE
#define POPSEC_COMMIT_DATE ""
#endif

const char *popsec_build_commit(void) { return POPSEC_COMMIT; }

const char *popsec_build_date(void) { return POPSEC_COMMIT_DATE; }
