/* Delimited text reader: RFC 4180 and what Russian exports make of it. */
#ifndef OKO_INTAKE_CSV_H
#define OKO_INTAKE_CSV_H

#include "intake/container.h"
#include "intake/container_source.h"

/* Reads the source from its beginning. Errors: of oko_encoding_detect and the sink, intake.csv_unclosed and
 * intake.csv_quote ({0} cell, {1} line), intake.too_many_rows, intake.too_many_columns,
 * intake.long_cell, intake.empty_file (no row at all), OKO_E_CANCELLED. */
oko_status oko_csv_read_source(oko_source *source, const oko_rows_sink *sink, const oko_progress *progress,
                               oko_error *err) OKO_WARN_UNUSED;

/*
 * The delimiter of a text, found in its first 100 records: «;», tab, «,» or «|». A delimiter fits when most records
 * that hold it have the same number of fields; commas count against semicolons only when they make at least twice as
 * many fields, since decimal commas add at most one field per column. `whole`: the text ends here, its last record is
 * not cut. A first line "sep=X" decides at once.
 */
char oko_csv_delimiter(const char *text, size_t n, bool whole);

/* Bytes of a first line "sep=X" with its line end, 0 when there is none. */
size_t oko_csv_hint(const char *text, size_t n);

#endif
