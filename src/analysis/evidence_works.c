/* Packs the sheets of a region: counted first, so that every array is allocated once. */
#include "analysis/evidence_works.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void oko_works_clear(oko_works *works)
{
    free(works->tests);
    free(works->classes);
    free(works->total);
    free(works->journal);
    free(works->code);
    free(works->items);
    free(works->variant);
    free(works->part);
    *works = (oko_works){ 0 };
}

/* One test's walk. */
typedef struct reading {
    oko_works *works;
    oko_works_test *test;
    const oko_register *reg;
    const oko_place *top;
    const oko_strata *strata;
    size_t rows; /* counted beforehand */
    const oko_works_progress *progress;
} reading;

enum { ASKED = 512 }; /* classes between two questions whether to go on */

static bool ours(const reading *r, int64_t school)
{
    return oko_register_find(r->reg, school) != NULL && oko_register_top(r->reg, school) == r->top;
}

static oko_status count_school(void *ctx, int64_t school, const oko_counts *counts)
{
    reading *r = ctx;
    r->rows += ours(r, school) ? (size_t)counts->rows : 0;
    return OKO_OK;
}

static void describe_test(oko_works_test *test, const oko_procedure *p)
{
    test->procedure = p;
    for (int i = 0; i < p->n_items; i++) {
        if (p->items[i].max > OKO_SIGNS_MAX_ITEM_SCORE)
            continue;
        test->item[test->n_items] = (int16_t)i;
        test->item_max[test->n_items++] = p->items[i].max;
    }
}

/* Room for all rows and cells of all tests. */
static oko_status allocate(oko_works *works, size_t rows, size_t cells)
{
    if (rows > OKO_WORKS_MAX)
        return OKO_E_LIMIT;
    works->total = oko_alloc_array(rows + 1, sizeof *works->total);
    works->journal = oko_alloc_array(rows + 1, sizeof *works->journal);
    works->code = oko_alloc_array(rows + 1, sizeof *works->code);
    works->items = oko_alloc_array(cells + 1, sizeof *works->items);
    works->variant = oko_alloc_array(rows + 1, sizeof *works->variant);
    works->part = oko_alloc_array(rows + 1, sizeof *works->part);
    bool all = works->variant != NULL && works->part != NULL && works->total != NULL && works->journal != NULL &&
               works->code != NULL && works->items != NULL;
    return all ? OKO_OK : OKO_E_MEMORY;
}

static void take_row(reading *r, const oko_sheet *sheet, size_t i, bool present)
{
    oko_works *w = r->works;
    w->total[w->n_rows] = present ? sheet->total[i] : -1;
    w->journal[w->n_rows] = sheet->journal[i];
    w->variant[w->n_rows] = sheet->variant[i];
    w->part[w->n_rows] = (uint32_t)w->n;
    w->code[w->n_rows++] = sheet->code[i] <= UINT32_MAX ? (uint32_t)sheet->code[i] : 0;
    const int8_t *from = sheet->items + i * (size_t)sheet->n_items;
    for (int k = 0; k < r->test->n_items; k++) {
        int at = r->test->item[k];
        w->items[w->n_cells++] = present && at < sheet->n_items ? from[at] : -1;
    }
}

static oko_status take_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    reading *r = ctx;
    oko_works *w = r->works;
    (void)counts;
    if (!ours(r, sheet->school))
        return OKO_OK;
    if (w->n % ASKED == 0 && r->progress != NULL && !r->progress->go_on(r->progress->ctx, w->n_rows, w->all))
        return OKO_E_CANCELLED;
    if (sheet->n > r->rows)
        return OKO_E_INTERNAL; /* more rows than were counted */
    oko_status status = oko_grow(&w->classes, &w->cap, w->n + 1, sizeof *w->classes, OKO_WORKS_MAX);
    if (status != OKO_OK)
        return status;
    const oko_place *place = oko_register_find(r->reg, sheet->school);
    oko_works_class *c = &w->classes[w->n++];
    *c = (oko_works_class){ .place = (uint32_t)(place - r->reg->places), .row = w->n_rows, .item = w->n_cells };
    memcpy(c->label, sheet->class_label, sizeof c->label);
    c->reference = oko_strata_has(r->strata, c->place, r->test->procedure, c->label);
    memcpy(c->written, sheet->class_written, sizeof c->written);
    for (size_t i = 0; i < sheet->n; i++) {
        bool present = oko_work_takes_part(sheet->flags[i]) != 0;
        if (present || (sheet->flags[i] & (OKO_WORK_BAD_TOTAL | OKO_WORK_ABOVE_MAX)) == 0)
            take_row(r, sheet, i, present);
    }
    r->rows -= sheet->n;
    c->n = (uint32_t)(w->n_rows - c->row);
    r->test->n++;
    return OKO_OK;
}

static oko_status count_all(oko_store *store, int64_t revision, oko_works *works, reading *readings, oko_error *err)
{
    size_t rows = 0, cells = 0;
    for (int t = 0; t < works->n_tests; t++) {
        oko_status status =
            oko_store_counts_walk(store, readings[t].test->procedure->id, revision, count_school, &readings[t], err);
        if (status != OKO_OK)
            return status;
        rows += readings[t].rows;
        cells += readings[t].rows * (size_t)readings[t].test->n_items;
    }
    works->all = rows;
    oko_status status = allocate(works, rows, cells);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

static oko_status read_all(oko_store *store, int64_t revision, oko_works *works, reading *readings, oko_error *err)
{
    oko_status status = count_all(store, revision, works, readings, err);
    for (int t = 0; status == OKO_OK && t < works->n_tests; t++) {
        oko_works_test *test = readings[t].test;
        const oko_sheet_query query = { .procedure = test->procedure->id, .revision = revision, .n_shards = 1 };
        test->first = works->n;
        status = oko_store_sheet_walk(store, &query, take_sheet, &readings[t], err);
    }
    if (status != OKO_OK && err != NULL && err->code != status)
        oko_error_set(err, status, "", "");
    return status;
}

oko_status oko_works_load(oko_store *store, int64_t revision, const oko_register *reg, const oko_place *top,
                          const oko_strata *strata, const oko_procedure *const *procedures, int n,
                          const oko_works_progress *progress, oko_works *ret_works, oko_error *err)
{
    oko_works works = { .n_tests = n, .tests = oko_calloc_array((size_t)n, sizeof *works.tests) };
    OKO_CLEANUP(oko_freep) reading *readings = oko_calloc_array((size_t)n, sizeof *readings);
    if (works.tests == NULL || readings == NULL) {
        oko_works_clear(&works);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    for (int t = 0; t < n; t++) {
        describe_test(&works.tests[t], procedures[t]);
        readings[t] = (reading){
            .works = &works, .test = &works.tests[t], .reg = reg, .top = top, .strata = strata, .progress = progress
        };
    }
    oko_status status = read_all(store, revision, &works, readings, err);
    if (status != OKO_OK) {
        oko_works_clear(&works);
        return status;
    }
    *ret_works = works;
    return OKO_OK;
}
