#include "analysis/observed.h"

#include "analysis/findings.h"
#include "base/memory.h"

#include <string.h>

typedef struct walker {
    oko_store *store;
    const oko_other *other;
    const oko_register *reg;
    oko_observed_fn fn;
    void *ctx;
    oko_error *err;
    const oko_entry *first; /* of the key */
} walker;

static oko_status one_school(void *ctx, size_t place, const oko_entry *const *entries, size_t n)
{
    const walker *w = ctx;
    oko_unit school;
    size_t len = 0;
    int year = 0, grade = 0;
    char subject[16];
    const bool coded = oko_procedure_code_parse(oko_str_of(w->first->key), &year, &grade, subject, &len);
    oko_observed o = {
        .school = &school, .procedure = coded ? w->first->key : "", .year = w->first->year, .visits = (int64_t)n
    };
    for (size_t i = 0; i < n; i++) {
        o.independent = o.independent || entries[i]->facts[OKO_OBSERVATION_INDEPENDENT] > 0;
        o.video = o.video || entries[i]->facts[OKO_OBSERVATION_VIDEO] > 0;
        o.serious += oko_other_serious(w->other, entries[i]->kinds);
    }
    if (!o.independent && !o.video)
        return OKO_OK;
    oko_status status = oko_store_unit_get(w->store, w->reg->places[place].id, &school, w->err);
    return status == OKO_OK ? w->fn(w->ctx, &o) : status;
}

static oko_status one_key(void *ctx, const oko_entry *first, size_t n)
{
    walker *w = ctx;
    w->first = first;
    return oko_entries_units(w->reg, first, n, OKO_LEVEL_SCHOOL, one_school, w);
}

oko_status oko_observed_walk(oko_store *store, oko_observed_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_other *other = oko_calloc_array(1, sizeof *other);
    oko_register reg = { 0 };
    oko_entries entries = { 0 };
    int64_t revision = 0;
    if (other == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_other_load(other, err);
    if (status == OKO_OK)
        status = oko_store_revision(store, &revision, err);
    if (status == OKO_OK)
        status = oko_register_load(store, revision, &reg, err);
    if (status == OKO_OK)
        status = oko_entries_load(store, revision, &reg, other, &entries, err);
    walker w = { .store = store, .other = other, .reg = &reg, .fn = fn, .ctx = ctx, .err = err };
    if (status == OKO_OK)
        status = oko_entries_keys(&entries, OKO_FINDING_OBSERVATION, one_key, &w);
    oko_entries_clear(&entries);
    oko_register_clear(&reg);
    return status;
}
