/* A plain table as a workbook: one sheet, a frozen head with a filter. */
#ifndef OKO_REPORT_TABLE_XLSX_H
#define OKO_REPORT_TABLE_XLSX_H

#include "reference/text.h"

#include <jansson.h>

typedef struct oko_table_column {
    const char *member; /* of the rows */
    const char *head;   /* as people read it */
    double width;
} oko_table_column;

/*
 * rows: array of objects; a text is always a text, whatever it begins with, a number keeps all its digits, null and a
 * member that is not there leave the cell empty. Written beside `path` first. OKO_E_LIMIT "report.xlsx.rows",
 * OKO_E_MEMORY, and those of output.h.
 */
oko_status oko_report_table_xlsx(const char *path, const char *sheet, const oko_table_column *columns, size_t n_columns,
                                 const json_t *rows, oko_error *err) OKO_WARN_UNUSED;

#endif
