/* The problem report of an import as a workbook: one row per repaired or rejected cell or row. */
#ifndef OKO_REPORT_PROBLEMS_H
#define OKO_REPORT_PROBLEMS_H

#include "base/memory.h"
#include "reference/text.h"
#include "store/store.h"

/*
 * Writes the problems of import `import` to the workbook `path` (beside it first, then renamed): sheet, row, column,
 * its head, severity, value class, reason in the language of `text`; a second sheet counts them by kind. No cell value
 * of the source is repeated. OKO_E_NOT_FOUND (no such import), OKO_E_PERMISSION, OKO_E_FULL, OKO_E_IO, OKO_E_LIMIT
 * (more than 1 048 575 problems), OKO_E_MEMORY. Nothing is left behind on error.
 */
oko_status oko_report_problems_xlsx(oko_store *store, int64_t import, const oko_text *text, const char *path,
                                    oko_error *err) OKO_WARN_UNUSED;
/* The same rows as CSV (UTF-8 with its mark, «;»), appended to `out`. OKO_E_NOT_FOUND, OKO_E_LIMIT, OKO_E_MEMORY. */
oko_status oko_report_problems_csv(oko_store *store, int64_t import, const oko_text *text, oko_buffer *out,
                                   oko_error *err) OKO_WARN_UNUSED;

#endif
