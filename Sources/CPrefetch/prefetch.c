// All is in the header. Compiled, so that the package manager sees when it changes.
#include "prefetch.h"
