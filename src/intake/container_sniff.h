/* What a file is, by its first bytes. */
#ifndef OKO_INTAKE_CONTAINER_SNIFF_H
#define OKO_INTAKE_CONTAINER_SNIFF_H

#include "intake/container_source.h"

enum { OKO_SNIFF_BYTES = 4096 };

typedef enum oko_sniffed { OKO_SNIFFED_ZIP, OKO_SNIFFED_TEXT, OKO_SNIFFED_OTHER } oko_sniffed;

/* Looks at head[n] and, for an OLE2 file, at its directory in `source`. For OKO_SNIFFED_OTHER *ret_id is the message
 * that says what it is: intake.old_xls, intake.password, intake.not_workbook or one of its kind. */
oko_sniffed oko_sniff(oko_source *source, const unsigned char *head, size_t n, const char **ret_id);

/* The same for the directory of an OLE2 file alone. */
const char *oko_sniff_ole2(oko_source *source);

#endif
