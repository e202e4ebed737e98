#include "analysis/findings.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_entries_clear(oko_entries *entries)
{
    for (size_t i = 0; i < entries->n; i++)
        free(entries->at[i].rows);
    for (size_t i = 0; i < entries->n_procedures; i++) {
        free(entries->procedures[i].procedure);
        free(entries->procedures[i].places);
    }
    free(entries->at);
    free(entries->procedures);
    *entries = (oko_entries){ 0 };
}

/* ---- reading ---- */

typedef struct reader {
    const oko_register *reg;
    const oko_other *other;
    oko_entries *entries;
} reader;

static uint64_t hash_of(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return h;
}

static uint32_t kinds_of(const oko_other *other, const char *note)
{
    uint32_t kinds = 0;
    while (*note != '\0') {
        const size_t len = strcspn(note, "\n");
        kinds |= (uint32_t)1 << oko_other_kind_of(other, (oko_str){ note, len });
        note += len + (note[len] == '\n');
    }
    return kinds;
}

static oko_status take(void *ctx, const oko_finding *f)
{
    const reader *r = ctx;
    oko_entries *all = r->entries;
    const oko_place *place = oko_register_find(r->reg, f->unit);
    if (place == NULL || f->kind > OKO_FINDING_MEDALS) /* what makes the reference stratum is no result */
        return OKO_OK;
    oko_status status = oko_grow(&all->at, &all->cap, all->n + 1, sizeof *all->at, OKO_FINDINGS_MAX);
    if (status != OKO_OK)
        return status;
    oko_entry e = { .kind = f->kind,
                    .place = (size_t)(place - r->reg->places),
                    .year = f->year,
                    .n_rows = f->n_rows,
                    .population = f->facts[OKO_RECHECK_WORKS],
                    .order = hash_of(f->part) };
    memcpy(e.facts, f->facts, sizeof e.facts);
    if (f->procedure[0] != '\0')
        memcpy(e.key, f->procedure, sizeof e.key);
    else
        snprintf(e.key, sizeof e.key, "%d", f->year);
    if (f->kind == OKO_FINDING_OBSERVATION)
        e.kinds = kinds_of(r->other, f->note);
    if (f->n_rows > 0) {
        e.rows = oko_alloc_array(f->n_rows * OKO_FINDING_COLUMNS, sizeof *e.rows);
        if (e.rows == NULL)
            return OKO_E_MEMORY;
        memcpy(e.rows, f->rows, f->n_rows * OKO_FINDING_COLUMNS * sizeof *e.rows);
    }
    all->at[all->n++] = e;
    return OKO_OK;
}

/* ---- who wrote the procedures ---- */

typedef struct writers {
    const oko_register *reg;
    oko_entry_procedure *of;
    size_t cap;
    oko_entry *first; /* entries of this procedure … */
    size_t n;
} writers;

static oko_status take_school(void *ctx, int64_t school, const oko_counts *counts)
{
    writers *w = ctx;
    const oko_place *place = oko_register_find(w->reg, school);
    if (place == NULL || counts->participants == 0)
        return OKO_OK;
    oko_status status = oko_grow(&w->of->places, &w->cap, w->of->n + 1, sizeof *w->of->places, OKO_REGISTER_MAX_UNITS);
    if (status != OKO_OK)
        return status;
    const size_t at = (size_t)(place - w->reg->places);
    w->of->places[w->of->n++] = at;
    for (size_t i = 0; i < w->n; i++)
        if (w->first[i].place == at && w->first[i].kind == OKO_FINDING_RECHECK && w->first[i].population < 0)
            w->first[i].population = counts->participants;
    return OKO_OK;
}

static oko_status learn(oko_store *store, int64_t revision, const oko_register *reg, oko_entries *all, oko_entry *first,
                        size_t n, oko_error *err)
{
    oko_status status = oko_grow(&all->procedures, &all->cap_procedures, all->n_procedures + 1, sizeof *all->procedures,
                                 OKO_FINDINGS_MAX_PROCEDURES);
    OKO_CLEANUP(oko_freep) oko_procedure *p = oko_alloc_array(1, sizeof *p);
    if (status != OKO_OK || p == NULL)
        return status != OKO_OK ? status : OKO_E_MEMORY;
    status = oko_store_procedure_get(store, first->key, revision, p, err);
    if (status == OKO_E_NOT_FOUND || status == OKO_E_UNDECIDED) {
        oko_error_clear(err);
        return OKO_OK;
    }
    if (status != OKO_OK)
        return status;
    oko_entry_procedure *of = &all->procedures[all->n_procedures++];
    *of = (oko_entry_procedure){ .procedure = p };
    const int64_t id = p->id;
    p = NULL;
    writers w = { .reg = reg, .of = of, .first = first, .n = n };
    return oko_store_counts_walk(store, id, revision, take_school, &w, err);
}

/* ---- order ---- */

static int by_key(const void *a, const void *b)
{
    const oko_entry *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->key, y->key);
}

/* A place's rank by code, so that the order does not depend on ids; set before sorting. */
typedef struct ranked {
    uint32_t rank;
    oko_entry entry;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    const int order = by_key(&x->entry, &y->entry);
    if (order != 0)
        return order;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->entry.order > y->entry.order) - (x->entry.order < y->entry.order);
}

static int by_place(const void *a, const void *b)
{
    return oko_place_compare(*(const oko_place *const *)a, *(const oko_place *const *)b);
}

static oko_status sort_entries(oko_entries *all, const oko_register *reg)
{
    OKO_CLEANUP(oko_freep) const oko_place **list = oko_alloc_array(reg->n + 1, sizeof *list);
    OKO_CLEANUP(oko_freep) uint32_t *rank = oko_alloc_array(reg->n + 1, sizeof *rank);
    OKO_CLEANUP(oko_freep) ranked *order = oko_alloc_array(all->n + 1, sizeof *order);
    if (list == NULL || rank == NULL || order == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < reg->n; i++)
        list[i] = &reg->places[i];
    qsort(list, reg->n, sizeof *list, by_place);
    for (size_t i = 0; i < reg->n; i++)
        rank[list[i] - reg->places] = (uint32_t)i;
    for (size_t i = 0; i < all->n; i++)
        order[i] = (ranked){ rank[all->at[i].place], all->at[i] };
    qsort(order, all->n, sizeof *order, by_rank);
    for (size_t i = 0; i < all->n; i++)
        all->at[i] = order[i].entry;
    return OKO_OK;
}

static size_t same_key(const oko_entries *all, size_t from)
{
    size_t to = from + 1;
    while (to < all->n && by_key(&all->at[from], &all->at[to]) == 0)
        to++;
    return to;
}

oko_status oko_entries_load(oko_store *store, int64_t revision, const oko_register *reg, const oko_other *other,
                            oko_entries *ret, oko_error *err)
{
    reader r = { .reg = reg, .other = other, .entries = ret };
    oko_status status = oko_store_finding_walk(store, 0, revision, take, &r, err);
    if (status == OKO_OK && ret->n > 0)
        status = sort_entries(ret, reg);
    for (size_t from = 0, to; status == OKO_OK && from < ret->n; from = to) {
        to = same_key(ret, from);
        if (oko_entries_procedure(ret, ret->at[from].key) == NULL) /* re-checks come first: they ask for the works */
            status = learn(store, revision, reg, ret, &ret->at[from], to - from, err);
    }
    return status;
}

const oko_entry_procedure *oko_entries_procedure(const oko_entries *entries, const char *code)
{
    for (size_t i = 0; i < entries->n_procedures; i++)
        if (strcmp(entries->procedures[i].procedure->code, code) == 0)
            return &entries->procedures[i];
    return NULL;
}

oko_status oko_entries_keys(const oko_entries *entries, oko_finding_kind kind, oko_key_fn fn, void *ctx)
{
    oko_status status = OKO_OK;
    for (size_t from = 0, to; status == OKO_OK && from < entries->n; from = to) {
        to = same_key(entries, from);
        if (entries->at[from].kind == kind)
            status = fn(ctx, &entries->at[from], to - from);
    }
    return status;
}

/* ---- by unit ---- */

size_t oko_entries_above(const oko_register *reg, size_t place, oko_level level)
{
    const int64_t id = reg->places[place].id;
    const oko_place *above = level == OKO_LEVEL_REGION ? oko_register_top(reg, id) : oko_register_above(reg, id, level);
    return above != NULL ? (size_t)(above - reg->places) : SIZE_MAX;
}

typedef struct belonging {
    const oko_place *unit;
    const oko_entry *entry;
} belonging;

static int by_unit(const void *a, const void *b)
{
    const belonging *x = a, *y = b;
    const int order = oko_place_compare(x->unit, y->unit);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

oko_status oko_entries_units(const oko_register *reg, const oko_entry *first, size_t n, oko_level level,
                             oko_unit_entries_fn fn, void *ctx)
{
    OKO_CLEANUP(oko_freep) belonging *list = oko_alloc_array(n, sizeof *list);
    OKO_CLEANUP(oko_freep) const oko_entry **group = oko_alloc_array(n, sizeof *group);
    if (list == NULL || group == NULL)
        return OKO_E_MEMORY;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t unit = oko_entries_above(reg, first[i].place, level);
        if (unit != SIZE_MAX)
            list[kept++] = (belonging){ &reg->places[unit], &first[i] };
    }
    qsort(list, kept, sizeof *list, by_unit);
    oko_status status = OKO_OK;
    for (size_t from = 0, to; status == OKO_OK && from < kept; from = to) {
        for (to = from; to < kept && list[to].unit == list[from].unit; to++)
            group[to - from] = list[to].entry;
        status = fn(ctx, (size_t)(list[from].unit - reg->places), group, to - from);
    }
    return status;
}
