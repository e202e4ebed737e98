#include "analysis/strata.h"

#include "base/memory.h"

#include <stdlib.h>

typedef struct reader {
    const oko_register *reg;
    oko_strata *strata;
} reader;

static oko_status take(void *ctx, const oko_finding *f)
{
    reader *r = ctx;
    const oko_place *place = f->kind == OKO_FINDING_REFERENCE ? oko_register_find(r->reg, f->unit) : NULL;
    if (place == NULL)
        return OKO_OK;
    oko_strata *s = r->strata;
    oko_status status = oko_grow(&s->at, &s->cap, s->n + 1, sizeof *s->at, OKO_STRATA_MAX);
    if (status != OKO_OK)
        return status;
    oko_stratum_entry *entry = &s->at[s->n++];
    entry->place = (size_t)(place - r->reg->places);
    oko_reference_read(f, &entry->reference);
    return OKO_OK;
}

static int by_place(const void *a, const void *b)
{
    const oko_stratum_entry *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

oko_status oko_strata_load(oko_store *store, int64_t revision, const oko_register *reg, oko_strata *ret_strata,
                           oko_error *err)
{
    oko_strata strata = { 0 };
    reader r = { .reg = reg, .strata = &strata };
    oko_status status = oko_store_finding_walk(store, 0, revision, take, &r, err);
    if (status != OKO_OK) {
        oko_strata_clear(&strata);
        return err != NULL && err->code == status ? status : oko_error_set(err, status, "", "");
    }
    if (strata.n > 1)
        qsort(strata.at, strata.n, sizeof *strata.at, by_place);
    *ret_strata = strata;
    return OKO_OK;
}

void oko_strata_clear(oko_strata *strata)
{
    free(strata->at);
    *strata = (oko_strata){ 0 };
}

bool oko_strata_has(const oko_strata *strata, size_t place, const oko_procedure *p, const char *class_label)
{
    size_t low = 0, high = strata != NULL ? strata->n : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strata->at[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    int best = -1;
    bool has = false;
    for (size_t i = low; strata != NULL && i < strata->n && strata->at[i].place == place; i++) {
        const oko_reference *r = &strata->at[i].reference;
        int rank = oko_reference_speaks(r, p, class_label) ? oko_reference_rank(r) : -1;
        if (rank > best) {
            best = rank;
            has = r->basis != OKO_BASIS_NONE;
        }
    }
    return has;
}
