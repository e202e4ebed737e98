/* Files of the web interface, embedded as web/… when the build has it; else a page that says what runs here. */
#ifndef OKO_HTTP_WEB_H
#define OKO_HTTP_WEB_H

#include "base/text_view.h"

#include <stdbool.h>

typedef struct oko_web_file {
    oko_str bytes;
    const char *type;
    bool forever; /* its name holds a hash: may be kept for a year */
    bool twins;   /* there is a compressed form too: the answer depends on Accept-Encoding */
    bool gzip;    /* these bytes are the compressed form */
    int status;
} oko_web_file;

/* path: raw path of a GET outside of the API, without query; accept: its Accept-Encoding or NULL. Unknown paths without
 * an extension are the interface's own (they get index.html); unknown files are 404. */
oko_web_file oko_web_find(oko_str path, const char *accept);

#define OKO_WEB_POLICY                                                                                                 \
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "            \
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "                  \
    "frame-ancestors 'none'"

#endif
