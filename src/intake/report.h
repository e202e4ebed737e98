/* Report of an import as JSON: what `oko import --json` prints and what the store keeps as the summary. */
#ifndef OKO_INTAKE_REPORT_H
#define OKO_INTAKE_REPORT_H

#include "intake/import.h"

#include <jansson.h>

/* New reference; `problems` adds the list of all problems. NULL when memory is out. */
json_t *oko_import_report_json(const oko_import_report *report, bool problems);
/* The same without the list as text (malloc). OKO_E_MEMORY. */
oko_status oko_import_report_summary(const oko_import_report *report, char **ret_summary) OKO_WARN_UNUSED;

#endif
