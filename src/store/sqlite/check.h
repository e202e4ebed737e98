/* The check, shared between its files: faults are told, the caller is asked whether to go on. */
#ifndef OKO_STORE_SQLITE_CHECK_H
#define OKO_STORE_SQLITE_CHECK_H

#include "store/sqlite/sqlite_store.h"

typedef struct oko_checker {
    oko_sqlite *s;
    oko_problem_fn fn; /* may be NULL */
    void *ctx;
    const oko_progress *progress;
    int64_t faults;
    int64_t done, total; /* sheets */
} oko_checker;

/* Tells one fault; the callback may stop the check. */
oko_status oko_check_tell(oko_checker *c, const char *reason, const char *detail) OKO_WARN_UNUSED;
/* Asks between two steps whether to go on. */
oko_status oko_check_ask(const oko_checker *c, oko_error *err) OKO_WARN_UNUSED;
/* Every row of the query is a fault; column 0 says where. */
oko_status oko_check_rows(oko_checker *c, const char *sql, const char *reason, oko_error *err) OKO_WARN_UNUSED;

/* ---- steps of the cycle: check_cycle.c ---- */
oko_status oko_check_records(oko_checker *c, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_check_files(oko_checker *c, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_check_audit(oko_checker *c, oko_error *err) OKO_WARN_UNUSED;

#endif
