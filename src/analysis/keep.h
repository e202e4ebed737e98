/* How a run is kept: never twice over the same inputs, whole or not at all. */
#ifndef OKO_ANALYSIS_KEEP_H
#define OKO_ANALYSIS_KEEP_H

#include "analysis/spool.h"
#include "store/store.h"

/* A run in work. `run` has method, snapshot, seed and params when oko_keep_run is called. */
typedef struct oko_keep {
    oko_store *store;
    oko_run run;
    oko_spool results;
    int threads;
    oko_error *err;
} oko_keep;

/* Puts all results into keep->results. */
typedef oko_status (*oko_keep_fn)(void *ctx);

/*
 * Gives the run of the same inputs, or computes and saves one (*ret_new); recompute: computes and compares the digits
 * with the old one (OKO_E_INTERNAL "analysis.digits_differ"). On success keep->run may have moved to *ret_run. A status
 * of compute, of the spool or the store's; OKO_E_CANCELLED.
 */
oko_status oko_keep_run(oko_keep *keep, bool recompute, oko_keep_fn compute, void *ctx, oko_run *ret_run,
                        bool *ret_new) OKO_WARN_UNUSED;
/* Fills the error with what is known when no callee said more; returns the status. */
oko_status oko_keep_say(oko_keep *keep, oko_status status);
void oko_keep_clear(oko_keep *keep);

#endif
