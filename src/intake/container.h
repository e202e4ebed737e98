/* Containers: bytes of a workbook or a delimited text → rows of cells, streaming. */
#ifndef OKO_INTAKE_CONTAINER_H
#define OKO_INTAKE_CONTAINER_H

#include <oko/status.h>

#include "base/progress.h"
#include "base/text_view.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct oko_cell {
    oko_str text; /* UTF-8, at least one byte; numbers as written in the file; valid during the call */
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
 * Looks at the first bytes and reads with the right reader. path: a regular file. sink->row is called from the calling
 * thread; progress (NULL allowed) gets the stage "import.read" and bytes of the file. ret_kind may be NULL. Reentrant:
 * files may be read on several threads at once, each with a sink of its own.
 *
 * Errors: OKO_E_NOT_FOUND intake.not_found; OKO_E_PERMISSION intake.permission; OKO_E_IO intake.read; OKO_E_MEMORY;
 * OKO_E_CANCELLED; OKO_E_UNSUPPORTED intake.encoding_unknown (iconv without Russian tables); the sink's own status.
 * OKO_E_FORMAT: intake.directory, .not_regular, .empty_file, .old_xls (BIFF), .password, .truncated, .damaged
 * (checksum), .not_workbook and its kinds .not_workbook.{docx,ods,xlsb,html,pdf,zip,archive,…} that say what the file
 * is, .no_worksheets, .missing_part, .xml and its kinds .xml.{order,row,cell,string,root,doctype,workbook}, .encoding,
 * .nul_byte, .csv_unclosed, .csv_quote.
 * OKO_E_LIMIT: intake.zip_bomb, .too_many_rows, .too_many_columns, .too_many_worksheets, .too_many_parts,
 * .too_many_strings, .long_cell, .long_row, .xml.depth, .xml.memory.
 * err->field: the place («Лист1!C7», «C7»), a part of the package, or the file's name without folders.
 */
oko_status oko_container_read(const char *path, const oko_rows_sink *sink, const oko_progress *progress,
                              oko_container *ret_kind, oko_error *err) OKO_WARN_UNUSED;

/* The same from memory, for fuzzers and tests. */
oko_status oko_xlsx_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_csv_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err) OKO_WARN_UNUSED;

#endif
