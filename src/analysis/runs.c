/* Walks the runs, newest first, for the first one that fits. */
#include "analysis/runs.h"

#include <string.h>

bool oko_run_is(const oko_run *run, const char *method)
{
    size_t n = strlen(method);
    return strncmp(run->method, method, n) == 0 && (run->method[n] == ' ' || run->method[n] == '\0');
}

typedef struct finder {
    bool (*fits)(const struct finder *f, const oko_run *run);
    const char *method, *snapshot;
    const oko_run *wanted;
    int64_t found; /* 0: none yet */
} finder;

static oko_status look(void *ctx, const oko_run *run)
{
    finder *f = ctx;
    if (f->found == 0 && f->fits(f, run))
        f->found = run->id;
    return OKO_OK;
}

static bool of_method(const finder *f, const oko_run *run)
{
    return oko_run_is(run, f->method);
}

static bool over_snapshot(const finder *f, const oko_run *run)
{
    return strcmp(run->method, f->method) == 0 && strcmp(run->snapshot, f->snapshot) == 0;
}

static bool beside(const finder *f, const oko_run *run)
{
    return oko_run_is(run, f->method) && strcmp(run->snapshot, f->snapshot) == 0;
}

static bool same_inputs(const finder *f, const oko_run *run)
{
    const oko_run *w = f->wanted;
    return strcmp(run->snapshot, w->snapshot) == 0 && strcmp(run->method, w->method) == 0 && run->seed == w->seed &&
           run->params != NULL && strcmp(run->params, w->params) == 0;
}

static oko_status find(oko_store *store, finder *f, int64_t *ret_id, oko_error *err)
{
    oko_status status = oko_store_run_walk(store, look, f, err);
    if (status == OKO_OK)
        *ret_id = f->found;
    return status;
}

oko_status oko_run_find(oko_store *store, int64_t id, const char *method, oko_run *ret_run, oko_error *err)
{
    finder f = { .fits = of_method, .method = method };
    oko_status status = id == 0 ? find(store, &f, &id, err) : OKO_OK;
    if (status == OKO_OK && id == 0) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.run.unknown", "");
        oko_error_arg(err, "0");
    }
    return status == OKO_OK ? oko_store_run_get(store, id, ret_run, err) : status;
}

oko_status oko_run_same(oko_store *store, const oko_run *wanted, int64_t *ret_id, oko_error *err)
{
    finder f = { .fits = same_inputs, .wanted = wanted };
    return find(store, &f, ret_id, err);
}

oko_status oko_run_over(oko_store *store, const char *version, const char *snapshot, int64_t *ret_id, oko_error *err)
{
    finder f = { .fits = over_snapshot, .method = version, .snapshot = snapshot };
    return find(store, &f, ret_id, err);
}

oko_status oko_run_beside(oko_store *store, const char *method, const char *snapshot, int64_t *ret_id, oko_error *err)
{
    finder f = { .fits = beside, .method = method, .snapshot = snapshot };
    return find(store, &f, ret_id, err);
}
