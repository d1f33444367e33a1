// Where libxml2 is built with ICU, its headers include ICU's, which clash with the ICU inside Foundation. Nothing here uses it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
