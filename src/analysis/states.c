/* Sheets → one mergeable state per school. Memory grows with schools: a sheet is dropped when its works are counted. */
#include "analysis/states.h"

#include "base/memory.h"
#include "base/threads.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 64 };

/* One reader: a handle on the store and the schools of its share, ascending. */
typedef struct reader {
    const oko_procedure *procedure;
    const oko_shape *shape;
    int64_t revision;
    int shard, n_shards;
    oko_store *store;
    oko_store *own; /* closed at the end; NULL for the caller's handle */
    oko_school_state *schools;
    size_t n, cap;
    uint8_t *include; /* which works of the sheet take part */
    size_t include_cap;
    oko_error err;
} reader;

static void free_schools(oko_school_state *schools, size_t n)
{
    for (size_t i = 0; i < n; i++)
        oko_state_free(schools[i].state);
    free(schools);
}

static void free_readers(reader *readers, int n)
{
    for (int i = 0; i < n; i++) {
        free_schools(readers[i].schools, readers[i].n);
        free(readers[i].include);
        oko_store_close(readers[i].own);
    }
    free(readers);
}

/* The entry of a school, new when its first sheet comes (sheets come school by school). OKO_E_MEMORY, OKO_E_LIMIT. */
static oko_status school_entry(reader *r, int64_t school, oko_school_state **ret_entry)
{
    if (r->n == 0 || r->schools[r->n - 1].school != school) {
        oko_status status = oko_grow(&r->schools, &r->cap, r->n + 1, sizeof *r->schools, OKO_STATES_MAX_SCHOOLS);
        if (status != OKO_OK)
            return status;
        oko_state *state = NULL;
        status = oko_state_new(r->shape, &state);
        if (status != OKO_OK)
            return status;
        r->schools[r->n++] = (oko_school_state){ .school = school, .state = state };
    }
    *ret_entry = &r->schools[r->n - 1];
    return OKO_OK;
}

/* Marks the participants. A total above a maximum that was lowered after the import moves from `participants` to
 * `above_max`: the procedure's present description decides. */
static void mark_participants(reader *r, const oko_sheet *sheet, oko_counts *counts)
{
    for (size_t i = 0; i < sheet->n; i++) {
        bool takes_part = oko_work_takes_part(sheet->flags[i]);
        int64_t total = sheet->total[i];
        if (takes_part && (total < 0 || total > r->shape->max_total)) {
            takes_part = false;
            counts->participants--;
            counts->above_max++;
            counts->sum -= total;
            counts->sum_sq -= total * total;
        }
        r->include[i] = takes_part;
    }
}

/* Counts one sheet. */
static oko_status take_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *sheet_counts)
{
    reader *r = ctx;
    oko_school_state *entry = NULL;
    oko_status status = school_entry(r, sheet->school, &entry);
    if (status != OKO_OK)
        return status;
    status = oko_grow(&r->include, &r->include_cap, sheet->n + 1, 1, OKO_SHEET_MAX_WORKS + 1);
    if (status != OKO_OK)
        return status;
    oko_counts counts = *sheet_counts;
    mark_participants(r, sheet, &counts);
    oko_counts_add(&entry->counts, &counts);
    const int8_t *items = sheet->n_items == r->shape->n_items && sheet->n_items > 0 ? sheet->items : NULL;
    return oko_state_add_many(entry->state, sheet->n, sheet->total, sheet->journal, items, r->include);
}

static oko_status read_shard(void *ctx, size_t i, int worker)
{
    (void)worker;
    reader *r = &((reader *)ctx)[i];
    oko_sheet_query query = {
        .procedure = r->procedure->id, .revision = r->revision, .shard = r->shard, .n_shards = r->n_shards
    };
    return oko_store_sheet_walk(r->store, &query, take_sheet, r, &r->err);
}

/* Opens the readers: the first on the caller's handle, the others on clones. */
static oko_status open_readers(oko_store *store, const reader *pattern, int n, reader *readers, oko_error *err)
{
    for (int i = 0; i < n; i++) {
        readers[i] = *pattern;
        readers[i].shard = i;
        readers[i].n_shards = n;
        readers[i].store = store;
        if (i == 0)
            continue;
        oko_status status = oko_store_clone(store, &readers[i].own, err);
        if (status != OKO_OK)
            return status;
        readers[i].store = readers[i].own;
    }
    return OKO_OK;
}

static int by_school(const void *a, const void *b)
{
    const oko_school_state *x = a, *y = b;
    return (x->school > y->school) - (x->school < y->school);
}

/* Moves the schools of all readers into states, ascending. OKO_E_MEMORY leaves them with the readers. */
static oko_status gather(reader *readers, int n, oko_states *states)
{
    size_t total = 0;
    for (int i = 0; i < n; i++)
        total += readers[i].n;
    if (total == 0)
        return OKO_OK;
    states->schools = oko_alloc_array(total, sizeof *states->schools);
    if (states->schools == NULL)
        return OKO_E_MEMORY;
    for (int i = 0; i < n; i++) {
        if (readers[i].n == 0)
            continue;
        memcpy(states->schools + states->n, readers[i].schools, readers[i].n * sizeof *states->schools);
        states->n += readers[i].n;
        readers[i].n = 0;
    }
    qsort(states->schools, states->n, sizeof *states->schools, by_school);
    return OKO_OK;
}

/* Says which municipality and region each school belongs to, and merges all schools. */
static oko_status complete(const oko_register *reg, const oko_shape *shape, oko_states *states)
{
    oko_status status = oko_state_new(shape, &states->all);
    for (size_t i = 0; status == OKO_OK && i < states->n; i++) {
        oko_school_state *s = &states->schools[i];
        const oko_place *municipality = oko_register_above(reg, s->school, OKO_LEVEL_MUNICIPALITY);
        const oko_place *top = oko_register_top(reg, s->school);
        s->municipality = municipality != NULL ? municipality->id : 0;
        s->region = top != NULL ? top->id : 0;
        oko_counts_add(&states->counts, &s->counts);
        status = oko_state_merge(states->all, s->state);
    }
    return status;
}

/* Walks the sheets with n readers into states. states->n stays 0 when there are none. */
static oko_status read_sheets(oko_store *store, const reader *pattern, int n, oko_states *states, oko_error *err)
{
    reader *readers = oko_calloc_array((size_t)n, sizeof *readers);
    if (readers == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = open_readers(store, pattern, n, readers, err);
    if (status == OKO_OK) {
        status = oko_parallel_for((size_t)n, n, read_shard, readers);
        for (int i = n - 1; status != OKO_OK && err != NULL && i >= 0; i--)
            if (readers[i].err.code != OKO_OK)
                *err = readers[i].err;
    }
    if (status == OKO_OK)
        status = gather(readers, n, states);
    free_readers(readers, n);
    return status;
}

oko_status oko_states_read(oko_store *store, const oko_procedure *procedure, int64_t revision, int threads,
                           const oko_register *reg, oko_states *ret_states, oko_error *err)
{
    int16_t item_max[OKO_MAX_ITEMS];
    const oko_shape shape = oko_procedure_shape(procedure, item_max);
    const reader pattern = { .procedure = procedure, .shape = &shape, .revision = revision };
    int n = threads > 0 ? threads : oko_cores();
    oko_states states = { .procedure = *procedure };
    oko_status status = read_sheets(store, &pattern, n < MAX_THREADS ? n : MAX_THREADS, &states, err);
    if (status == OKO_OK && states.n > 0)
        status = complete(reg, &shape, &states);
    else if (status == OKO_OK)
        status = oko_states_from_aggregates(store, revision, reg, &states, err);
    if (status != OKO_OK) {
        oko_states_clear(&states);
        if (err != NULL && err->code != status)
            oko_error_set(err, status, "", procedure->code);
        return status;
    }
    *ret_states = states;
    return OKO_OK;
}

oko_status oko_states_load(oko_store *store, const char *procedure, int64_t revision, int threads,
                           oko_states *ret_states, oko_error *err)
{
    oko_error_clear(err);
    if (revision == 0) {
        oko_status status = oko_store_revision(store, &revision, err);
        if (status != OKO_OK)
            return status;
    }
    OKO_CLEANUP(oko_freep) oko_procedure *p = oko_calloc_array(1, sizeof *p);
    if (p == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_store_procedure_get(store, procedure, revision, p, err);
    if (status != OKO_OK)
        return status;
    OKO_CLEANUP(oko_register_clear) oko_register reg = { 0 };
    status = oko_register_load(store, revision, &reg, err);
    if (status != OKO_OK)
        return status;
    return oko_states_read(store, p, revision, threads, &reg, ret_states, err);
}

void oko_states_clear(oko_states *states)
{
    free_schools(states->schools, states->n);
    for (size_t i = 0; i < states->n_parts; i++)
        oko_state_free(states->parts[i].state);
    free(states->parts);
    oko_state_free(states->all);
    *states = (oko_states){ 0 };
}
