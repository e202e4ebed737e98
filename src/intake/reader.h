/* Reader: rows of a container → layouts → batch. Fed directly with rows by tests. */
#ifndef OKO_INTAKE_READER_H
#define OKO_INTAKE_READER_H

#include "intake/layout.h"

/* All arguments must outlive the reader; the batch is filled. */
void reader_init(intake_reader *r, const char *file, const oko_import_options *options, const intake_catalog *catalog,
                 intake_batch *batch);
void reader_clear(intake_reader *r);
/* Sink whose ctx is the reader. */
oko_rows_sink reader_sink(intake_reader *r);
/* After the last row: OKO_E_FORMAT (intake.unknown_layout, intake.no_rows, intake.empty_form), OKO_E_UNDECIDED
 * (r->hint), or what the layout says. */
oko_status reader_finish(intake_reader *r, oko_error *err) OKO_WARN_UNUSED;

/* Where rows come from: a file on the disk, rows that were kept. */
typedef struct reader_source {
    oko_status (*read)(void *ctx, const oko_rows_sink *sink, oko_error *err);
    void *ctx;
} reader_source;
/* Reads rows into a new batch; `file` is what the file is called. *ret_hint (malloc or NULL) may be set on
 * OKO_E_UNDECIDED. */
oko_status reader_read(const char *file, const reader_source *source, const oko_import_options *options,
                       const intake_catalog *catalog, intake_batch **ret_batch, char **ret_hint,
                       oko_error *err) OKO_WARN_UNUSED;
/* Reads a file into a new batch. *ret_hint (malloc or NULL) may be set on OKO_E_UNDECIDED. */
oko_status reader_read_file(const char *path, const oko_import_options *options, const intake_catalog *catalog,
                            const oko_progress *progress, intake_batch **ret_batch, char **ret_hint,
                            oko_error *err) OKO_WARN_UNUSED;

#endif
