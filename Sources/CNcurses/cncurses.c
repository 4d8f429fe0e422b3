#include "cncurses.h"
// The functions are all in the header; a target needs a source.
