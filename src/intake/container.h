/* Containers: bytes of a workbook or a delimited text → rows of cells, streaming. */
#ifndef OKO_INTAKE_CONTAINER_H
#define OKO_INTAKE_CONTAINER_H

#include <oko/status.h>

#include "base/progress.h"
#include "base/text_view.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct oko_cell {
    oko_str text; /* UTF-8; numbers as written in the file; valid during the call */
    uint32_t col; /* 0-based */
    bool number;  /* the container says it is a number */
} oko_cell;

/* One row: cells in rising column order; empty cells are left out, empty rows are not told. `row` is 1-based as the
 * user sees it. `worksheet` changes when a new one begins ("" for text files). Any status but OKO_OK stops. */
typedef struct oko_rows_sink {
    oko_status (*worksheet)(void *ctx, const char *name, size_t index, oko_error *err); /* may be NULL */
    oko_status (*row)(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err);
    void *ctx;
} oko_rows_sink;

typedef enum oko_container { OKO_CONTAINER_XLSX, OKO_CONTAINER_CSV } oko_container;

/*
 * Looks at the first bytes and reads with the right reader. Errors (ids): intake.not_found, intake.directory,
 * intake.permission, intake.empty_file, intake.not_workbook (ZIP without a workbook, or binary), intake.old_xls
 * (BIFF .xls), intake.password (OLE2 with EncryptedPackage), intake.truncated, intake.zip_bomb, intake.too_many_rows,
 * intake.too_many_columns, intake.long_cell, intake.xml (where), intake.encoding.
 */
oko_status oko_container_read(const char *path, const oko_rows_sink *sink, const oko_progress *progress,
                              oko_container *ret_kind, oko_error *err) OKO_WARN_UNUSED;

/* The same from memory, for fuzzers and tests. */
oko_status oko_xlsx_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_csv_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err) OKO_WARN_UNUSED;

#endif
