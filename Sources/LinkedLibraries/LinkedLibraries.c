#include "LinkedLibraries.h"
