/* Workbook reader: a ZIP source in, rows of all worksheets out. */
#ifndef OKO_INTAKE_XLSX_H
#define OKO_INTAKE_XLSX_H

#include "intake/container.h"

#include <zip.h>

/* Reads every worksheet in the order of the workbook, hidden ones too. Takes `source` over, also on failure. Errors:
 * those of oko_container_read. */
oko_status oko_xlsx_read_source(zip_source_t *source, const oko_rows_sink *sink, const oko_progress *progress,
                                oko_error *err) OKO_WARN_UNUSED;

/* The same for a file; OKO_E_IO when it can't be opened. */
oko_status oko_xlsx_read_file(const char *path, const oko_rows_sink *sink, const oko_progress *progress,
                              oko_error *err) OKO_WARN_UNUSED;

#endif
