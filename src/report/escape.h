/* Text into HTML, SVG and other XML. */
#ifndef OKO_REPORT_ESCAPE_H
#define OKO_REPORT_ESCAPE_H

#include "base/memory.h"

/* & < > " ' are escaped, tabs and line breaks stay, other control characters become U+FFFD: they are no XML. */
void oko_escape(oko_buffer *out, oko_str text);

#endif
