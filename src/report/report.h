/*
 * Reports for a region, a municipality or a school: a self-contained HTML page and an XLSX workbook, from one run.
 * Neutral words only; groups under the published minimum are suppressed; every sign explains itself.
 */
#ifndef OKO_REPORT_REPORT_H
#define OKO_REPORT_REPORT_H

#include "analysis/analysis.h"
#include "reference/text.h"

typedef struct oko_report_options {
    const char *lang;  /* "ru" (NULL) or "en" */
    int64_t run;       /* 0 = newest */
    int published_min; /* 0 = 10 */
    bool internal;     /* for the region's own desk: small groups are shown; the page says so on top */
    oko_progress progress;
} oko_report_options;
#define OKO_REPORT_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        .lang = NULL                                                                                                   \
    }

/* Writes the page / workbook for a unit to `path` (beside it first, then renamed). OKO_E_NOT_FOUND (unit, run),
 * OKO_E_NO_DATA (nothing loaded for the unit), OKO_E_PERMISSION, OKO_E_FULL, OKO_E_IO, OKO_E_LIMIT (a path too long, a
 * worksheet too small), OKO_E_ARGUMENT (language), OKO_E_CANCELLED, OKO_E_MEMORY. On failure the file that stood at
 * `path` stays as it was and nothing is left beside it. */
oko_status oko_report_html(oko_store *store, int64_t unit, const oko_report_options *options, const char *path,
                           oko_error *err) OKO_WARN_UNUSED;
oko_status oko_report_xlsx(oko_store *store, int64_t unit, const oko_report_options *options, const char *path,
                           oko_error *err) OKO_WARN_UNUSED;

/*
 * Many reports of one run: the run, the register and the states of all procedures are read once. options and store must
 * outlive the session; one thread at a time. The two calls above open a session for a single unit.
 */
typedef struct oko_report_session oko_report_session;
/* OKO_E_NOT_FOUND (no such run), OKO_E_ARGUMENT (language), OKO_E_MEMORY, or the store's status. */
oko_status oko_report_session_open(oko_store *store, const oko_report_options *options,
                                   oko_report_session **ret_session, oko_error *err) OKO_WARN_UNUSED;
void oko_report_session_free(oko_report_session *session);
void oko_report_session_freep(oko_report_session **session);
oko_status oko_report_session_html(oko_report_session *session, int64_t unit, const char *path,
                                   oko_error *err) OKO_WARN_UNUSED;
oko_status oko_report_session_xlsx(oko_report_session *session, int64_t unit, const char *path,
                                   oko_error *err) OKO_WARN_UNUSED;

#endif
