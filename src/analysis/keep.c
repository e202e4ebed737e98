/* Looks for a run of the same inputs, computes, seals, saves or compares. */
#include "analysis/keep.h"

#include "analysis/runs.h"

#include <string.h>

/* Saves a new run, or compares the digits with the old one. */
static oko_status conclude(oko_keep *k, const oko_run *old, int64_t *ret_id)
{
    oko_status status = oko_spool_seal(&k->results, k->threads, k->run.result_hash);
    if (status != OKO_OK)
        return status;
    const oko_result_source source = oko_spool_asking(&k->results);
    if (old == NULL)
        return oko_store_run_save_from(k->store, &k->run, &source, ret_id, k->err);
    if (strcmp(old->result_hash, k->run.result_hash) == 0)
        return OKO_OK;
    oko_error_set(k->err, OKO_E_INTERNAL, "analysis.digits_differ", "");
    oko_error_arg(k->err, "%lld", (long long)old->id);
    return OKO_E_INTERNAL;
}

oko_status oko_keep_run(oko_keep *k, bool recompute, oko_keep_fn compute, void *ctx, oko_run *ret_run, bool *ret_new)
{
    OKO_CLEANUP(oko_run_clear) oko_run found = { 0 };
    int64_t old = 0, id = 0;
    oko_status status = oko_run_same(k->store, &k->run, &old, k->err);
    if (status == OKO_OK && old != 0)
        status = oko_store_run_get(k->store, old, &found, k->err);
    if (status == OKO_OK && (old == 0 || recompute)) {
        status = compute(ctx);
        if (status == OKO_OK)
            status = conclude(k, old != 0 ? &found : NULL, &id);
    }
    if (status != OKO_OK)
        return status;
    if (old == 0) { /* saved: nothing may fail from here on */
        found = k->run;
        found.id = id;
        k->run = (oko_run){ 0 };
    }
    *ret_run = found;
    *ret_new = old == 0;
    found = (oko_run){ 0 };
    return OKO_OK;
}

oko_status oko_keep_say(oko_keep *k, oko_status status)
{
    if (status != OKO_OK && k->results.failed)
        oko_error_set(k->err, status, "analysis.temporary", "");
    else if (status != OKO_OK && (k->err == NULL || k->err->code != status))
        oko_error_set(k->err, status, "", "");
    return status;
}

void oko_keep_clear(oko_keep *k)
{
    oko_spool_clear(&k->results);
    oko_run_clear(&k->run);
}
