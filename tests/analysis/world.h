/* A small store in a temporary file: one region, two municipalities, sheets written by hand. */
#ifndef OKO_TEST_ANALYSIS_WORLD_H
#define OKO_TEST_ANALYSIS_WORLD_H

#include "analysis/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct world {
    char dir[64];
    char path[96];
    oko_store *store;
    int64_t region, municipality[2], import;
} world;

static inline void ok(oko_status status, const oko_error *err)
{
    if (status != OKO_OK)
        fail_msg("status %d (%s %s)", (int)status, err->id, err->field);
}

static inline int64_t put_unit(world *w, oko_level level, const char *code, int64_t parent)
{
    oko_error err = { 0 };
    oko_unit unit = { .parent = parent, .level = level };
    snprintf(unit.code, sizeof unit.code, "%s", code);
    snprintf(unit.name, sizeof unit.name, "%s", code);
    int64_t id = 0;
    ok(oko_store_unit_put(w->store, &unit, &id, &err), &err);
    return id;
}

static inline void new_import(world *w)
{
    static int number;
    oko_error err = { 0 };
    oko_import import = { .bytes = 1 };
    snprintf(import.file, sizeof import.file, "f%d.csv", ++number);
    snprintf(import.sha256, sizeof import.sha256, "%064d", number);
    snprintf(import.layout, sizeof import.layout, "test");
    ok(oko_store_import_add(w->store, &import, &w->import, &err), &err);
}

static inline world *world_open(void)
{
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    snprintf(w->dir, sizeof w->dir, "/tmp/oko-analysis-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    snprintf(w->path, sizeof w->path, "%s/oko.db", w->dir);
    oko_error err = { 0 };
    ok(oko_store_open(w->path, &(oko_store_options)OKO_STORE_OPTIONS_INIT, &w->store, &err), &err);
    ok(oko_store_begin(w->store, &err), &err);
    w->region = put_unit(w, OKO_LEVEL_REGION, "99", 0);
    w->municipality[0] = put_unit(w, OKO_LEVEL_MUNICIPALITY, "m1", w->region);
    w->municipality[1] = put_unit(w, OKO_LEVEL_MUNICIPALITY, "m2", w->region);
    new_import(w);
    ok(oko_store_commit(w->store, &err), &err);
    return w;
}

static inline void world_close(world *w)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char path[128];
    oko_store_close(w->store);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", w->path, tails[i]);
        unlink(path);
    }
    rmdir(w->dir);
    free(w);
}

/* A procedure of n_items items of one point each (0: totals only, maximum given). */
static inline int64_t put_procedure(world *w, const char *code, oko_kind kind, int max, int n_items, int n_cutoffs,
                                    const int16_t *cutoffs)
{
    oko_error err = { 0 };
    oko_procedure *p = calloc(1, sizeof *p);
    assert_non_null(p);
    size_t length;
    snprintf(p->code, sizeof p->code, "%s", code);
    snprintf(p->title, sizeof p->title, "%s", code);
    p->kind = kind;
    assert_true(oko_procedure_code_parse(oko_str_of(code), &p->year, &p->grade, p->subject, &length));
    p->max_total = max;
    p->n_items = n_items;
    for (int i = 0; i < n_items; i++) {
        snprintf(p->items[i].label, sizeof p->items[i].label, "%d", i + 1);
        p->items[i].max = 1;
    }
    p->first_mark = 2;
    p->n_cutoffs = n_cutoffs;
    for (int i = 0; i < n_cutoffs; i++)
        p->cutoffs[i] = cutoffs[i];
    int64_t id = 0;
    oko_change change;
    ok(oko_store_procedure_put(w->store, p, &id, &change, &err), &err);
    free(p);
    return id;
}

/* A class without items. total −1: no total. journal NULL: no marks. */
static inline void put_class(world *w, int64_t procedure, int64_t school, const char *label, size_t n, const int *total,
                             const int *journal)
{
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    assert_int_equal(oko_sheet_new(n, 0, &sheet), OKO_OK);
    sheet->procedure = procedure;
    sheet->school = school;
    snprintf(sheet->class_label, sizeof sheet->class_label, "%s", label);
    for (size_t i = 0; i < n; i++) {
        sheet->code[i] = 40001 + i;
        sheet->total[i] = (int16_t)total[i];
        sheet->journal[i] = (int8_t)(journal != NULL ? journal[i] : OKO_JOURNAL_NONE);
        sheet->flags[i] = total[i] < 0 ? OKO_WORK_NO_TOTAL : 0;
    }
    oko_change change;
    ok(oko_store_sheet_put(w->store, w->import, sheet, &change, &err), &err);
    oko_sheet_free(sheet);
}

static inline void begin(world *w)
{
    oko_error err = { 0 };
    ok(oko_store_begin(w->store, &err), &err);
}

static inline void commit(world *w)
{
    oko_error err = { 0 };
    ok(oko_store_commit(w->store, &err), &err);
}

static inline oko_run analyze(world *w, const oko_analysis_options *options, bool recompute, bool *ret_new)
{
    oko_error err = { 0 };
    oko_run run = { 0 };
    ok(oko_analyze(w->store, options, recompute, &run, ret_new, &err), &err);
    return run;
}

#endif
