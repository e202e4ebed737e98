/* One worksheet: rows and cells of <sheetData>, told to the sink while the part is inflated. */
#ifndef OKO_INTAKE_XLSX_SHEET_H
#define OKO_INTAKE_XLSX_SHEET_H

#include "intake/container.h"
#include "intake/xlsx_package.h"
#include "intake/xlsx_strings.h"

/* Namespaces of spreadsheet parts, transitional and strict; NULL-terminated. */
extern const char *const oko_xlsx_namespaces[];

/* What worksheets of one file share. */
typedef struct oko_xlsx_rows {
    oko_xlsx_package *package;
    const oko_xlsx_strings *strings;
    const oko_rows_sink *sink;
    uint64_t rows;   /* of all worksheets so far, limit OKO_IMPORT_MAX_ROWS */
    oko_cell *cells; /* [OKO_IMPORT_MAX_COLUMNS], owned */
    char *text;      /* texts of one row, owned */
    size_t cap_text;
} oko_xlsx_rows;
oko_status oko_xlsx_rows_open(oko_xlsx_rows *r, oko_error *err) OKO_WARN_UNUSED;
void oko_xlsx_rows_close(oko_xlsx_rows *r); /* for OKO_CLEANUP */

/* Reads the worksheet `path`, called `name` by the user. Errors: of oko_xlsx_stream and the sink, intake.xml.row,
 * .cell, .order, .string, intake.too_many_rows, intake.too_many_columns, intake.long_cell. */
oko_status oko_xlsx_read_sheet(oko_xlsx_rows *r, const char *path, const char *name, oko_error *err) OKO_WARN_UNUSED;

#endif
