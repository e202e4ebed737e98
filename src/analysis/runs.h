/* Runs by their method: several methods save runs side by side, and "the newest" means the newest of one of them. */
#ifndef OKO_ANALYSIS_RUNS_H
#define OKO_ANALYSIS_RUNS_H

#include "store/store.h"

#define OKO_METHODS_MAIN "oko-methods"      /* signs of schools: what reports are made from */
#define OKO_METHODS_EVIDENCE "oko-evidence" /* families of evidence */

/* Is the run of this method, whatever its version ("oko-methods" for "oko-methods 1")? */
bool oko_run_is(const oko_run *run, const char *method);
/* The run numbered id, or with id 0 the newest run of a method. OKO_E_NOT_FOUND ("store.run.unknown"), or the store's
 * status. Clear with oko_run_clear. */
oko_status oko_run_find(oko_store *store, int64_t id, const char *method, oko_run *ret_run,
                        oko_error *err) OKO_WARN_UNUSED;
/* Number of the newest run of the same snapshot, method, seed and parameters; 0 when there is none. */
oko_status oko_run_same(oko_store *store, const oko_run *wanted, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* Number of the newest run of a method (of this version, e.g. "oko-methods 1") over this snapshot; 0: none. */
oko_status oko_run_over(oko_store *store, const char *version, const char *snapshot, int64_t *ret_id,
                        oko_error *err) OKO_WARN_UNUSED;
/* Number of the newest run of a method (whatever its version) over this snapshot; 0: none. */
oko_status oko_run_beside(oko_store *store, const char *method, const char *snapshot, int64_t *ret_id,
                          oko_error *err) OKO_WARN_UNUSED;

#endif
