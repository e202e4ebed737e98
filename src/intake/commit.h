/* Batch → store: one transaction, all or nothing. */
#ifndef OKO_INTAKE_COMMIT_H
#define OKO_INTAKE_COMMIT_H

#include "intake/batch.h"

typedef struct commit_source {
    const char *file; /* base name */
    char sha256[OKO_HASH_HEX];
    int64_t bytes;
    int64_t corrects;        /* the import whose rows these are, put right; 0: a file */
    const char *corrections; /* JSON of the fixes, or NULL */
} commit_source;

/* Fills *ret_report (clear with oko_import_report_clear). */
oko_status commit_batch(oko_store *store, intake_batch *batch, const commit_source *source,
                        const oko_import_options *options, oko_import_report *ret_report,
                        oko_error *err) OKO_WARN_UNUSED;

/* ---- commit_sheets.c, commit_findings.c ---- */
typedef struct commit_state {
    oko_store *store;
    intake_batch *batch;
    const oko_import_options *options;
    struct unit_finder *finder;
    int64_t import;
    oko_import_report *report;
    int64_t changes;
} commit_state;
/* Writes the sheets of one test. */
oko_status commit_test(commit_state *c, size_t test, int64_t procedure, oko_error *err) OKO_WARN_UNUSED;
/* Writes the records. */
oko_status commit_findings(commit_state *c, oko_error *err) OKO_WARN_UNUSED;

#endif
