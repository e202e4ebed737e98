/* Files of reference/ compiled into the program: one binary is all there is to install. */
#ifndef OKO_REFERENCE_EMBEDDED_H
#define OKO_REFERENCE_EMBEDDED_H

#include "base/text_view.h"

#include <stdbool.h>

typedef struct oko_embedded {
    const char *path; /* below reference/: "text/ru/intake.json" */
    oko_str bytes;
} oko_embedded;

bool oko_embedded_find(const char *path, oko_str *ret_bytes);
/* More files of one program, ended by a path of NULL: the web interface in oko-bin, whose file names are only known
 * when it was built. Absent from programs built without. */
extern const oko_embedded oko_embedded_more[] __attribute__((weak));
/* i-th file of reference/ in path order, or NULL past the end. */
const oko_embedded *oko_embedded_at(size_t i);

#endif
