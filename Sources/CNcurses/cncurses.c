#include "cncurses.h"
// All functions are in the header, but a target needs a source file.
