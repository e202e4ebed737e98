/* A made-up region for the tests of reports: three municipalities, a school with a lifted class, a tiny one, and names
 * that are markup or formulas. */
#ifndef OKO_TEST_REPORT_REGION_H
#define OKO_TEST_REPORT_REGION_H

#include "analysis/world.h"

#include "base/random.h"
#include "report/report.h"

#include <dirent.h>
#include <sys/stat.h>

enum {
    REGION_SCHOOLS = 18,
    REGION_TINY = 3,
    REGION_LIFTED = 4,
    REGION_MARKUP = 5,
    REGION_FORMULA = 6,
    REGION_GROWN = 8
};

typedef struct region {
    world *w;
    char out[96]; /* folder for reports */
    int64_t school[REGION_SCHOOLS];
    oko_run run;
} region;

static inline int64_t put_named(world *w, oko_level level, const char *code, const char *name, int64_t parent)
{
    oko_error err = { 0 };
    oko_unit unit = { .parent = parent, .level = level, .confirmed = true };
    snprintf(unit.code, sizeof unit.code, "%s", code);
    snprintf(unit.name, sizeof unit.name, "%s", name);
    int64_t id = 0;
    ok(oko_store_unit_put(w->store, &unit, &id, &err), &err);
    return id;
}

static inline void region_schools(region *r)
{
    for (int i = 0; i < REGION_SCHOOLS; i++) {
        char code[32], name[160];
        snprintf(code, sizeof code, "sch99%04d", 100 + i);
        snprintf(name, sizeof name, "Школа имени №%d", 100 + i);
        if (i == REGION_MARKUP)
            snprintf(name, sizeof name, "<script>alert(1)</script> & \"Лицей\"");
        if (i == REGION_FORMULA)
            snprintf(name, sizeof name, "=HYPERLINK(\"x\")");
        r->school[i] = put_named(r->w, OKO_LEVEL_SCHOOL, code, name, r->w->municipality[i % 2]);
    }
}

static inline double region_level(int i, bool earlier)
{
    return i == 7 ? .65 : i == REGION_TINY ? .9 : i == REGION_GROWN && earlier ? .1 : .5;
}

/* One class: ten items of two points, the level by school; the lifted school moves works from just below a cut-off, the
 * tiny one is strong, and the grown one had six weak pupils the year before. */
static inline void region_class(region *r, int64_t procedure, int i, uint64_t seed, bool earlier)
{
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    size_t n = i == REGION_TINY || (i == REGION_GROWN && earlier) ? 6 : 40 + 15 * (size_t)(i % 4);
    assert_int_equal(oko_sheet_new(n, 10, &sheet), OKO_OK);
    oko_rng rng = oko_rng_make(seed, (uint64_t)i);
    sheet->procedure = procedure;
    sheet->school = r->school[i];
    snprintf(sheet->class_label, sizeof sheet->class_label, "А");
    for (size_t k = 0; k < n; k++) {
        int total = 0;
        double ability = region_level(i, earlier) + .14 * oko_rng_normal(&rng);
        for (int q = 0; q < 10; q++) {
            int score = (oko_rng_uniform(&rng) < ability) + (oko_rng_uniform(&rng) < ability);
            sheet->items[k * 10 + (size_t)q] = (int8_t)score;
            total += score;
        }
        if (i == REGION_LIFTED && (total == 5 || total == 9 || total == 13))
            total++;
        sheet->code[k] = 40001 + k;
        sheet->total[k] = (int16_t)total;
        sheet->journal[k] = (int8_t)(k % 29 == 0  ? 0
                                     : total < 5  ? 3
                                     : total < 11 ? 3 + (k % 3 == 0)
                                                  : 4 + (k % 2 == 0));
        sheet->flags[k] = i == REGION_LIFTED ? OKO_WORK_SUM_MISMATCH : 0;
    }
    oko_change change;
    ok(oko_store_sheet_put(r->w->store, r->w->import, sheet, &change, &err), &err);
    oko_sheet_free(sheet);
}

static inline int64_t region_procedure(region *r, const char *code, const char *title)
{
    static const int16_t cutoffs[] = { 6, 10, 14 };
    oko_error err = { 0 };
    oko_procedure *p = calloc(1, sizeof *p);
    assert_non_null(p);
    size_t length;
    snprintf(p->code, sizeof p->code, "%s", code);
    snprintf(p->title, sizeof p->title, "%s", title);
    assert_true(oko_procedure_code_parse(oko_str_of(code), &p->year, &p->grade, p->subject, &length));
    p->max_total = 20;
    p->n_items = 10;
    for (int i = 0; i < 10; i++) {
        snprintf(p->items[i].label, sizeof p->items[i].label, "%d", i + 1);
        p->items[i].max = 2;
    }
    p->first_mark = 2;
    p->n_cutoffs = 3;
    memcpy(p->cutoffs, cutoffs, sizeof cutoffs);
    int64_t id = 0;
    oko_change change;
    ok(oko_store_procedure_put(r->w->store, p, &id, &change, &err), &err);
    free(p);
    return id;
}

static inline void region_extras(region *r, int64_t procedure)
{
    oko_error err = { 0 };
    oko_change change;
    oko_external *e = calloc(1, sizeof *e);
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(e);
    assert_non_null(a);
    *e = (oko_external){ .list = "Список <2021>", .year = 2021, .unit = r->school[REGION_LIFTED] };
    snprintf(e->source, sizeof e->source, "Письмо & приложение");
    snprintf(e->reason, sizeof e->reason, "=1+1");
    ok(oko_store_external_put(r->w->store, r->w->import, e, &change, &err), &err);
    *a = (oko_aggregate){ .kind = OKO_AGGREGATE_JOURNAL,
                          .procedure = procedure,
                          .unit = r->w->region,
                          .n_units = -1,
                          .n = 500,
                          .n_values = 6,
                          .values = { 100, 300, 7, 24.6, 73.7, 1.7 } };
    ok(oko_store_aggregate_put(r->w->store, r->w->import, a, &change, &err), &err);
    *a = (oko_aggregate){ .kind = OKO_AGGREGATE_MARKS,
                          .procedure = procedure,
                          .unit = r->w->region,
                          .n_units = 18,
                          .n = 500,
                          .percent = true,
                          .n_values = 4,
                          .values = { 10, 30, 40, 20 } };
    ok(oko_store_aggregate_put(r->w->store, r->w->import, a, &change, &err), &err);
    free(e);
    free(a);
}

static inline int region_make(void **state)
{
    region *r = calloc(1, sizeof *r);
    assert_non_null(r);
    r->w = world_open();
    begin(r->w);
    region_schools(r);
    int64_t before = region_procedure(r, "2020-04-MA", "ВПР. Математика. 4 класс. 2020");
    int64_t after = region_procedure(r, "2021-05-MA", "ВПР. Математика. 5 класс. 2021");
    for (int i = 0; i < REGION_SCHOOLS - 1; i++) { /* the last school has no data */
        region_class(r, before, i, 11, true);
        region_class(r, after, i, 12, false);
    }
    region_extras(r, after);
    commit(r->w);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 40;
    bool fresh;
    r->run = analyze(r->w, &options, false, &fresh);
    snprintf(r->out, sizeof r->out, "%s/out", r->w->dir);
    assert_int_equal(mkdir(r->out, 0777), 0);
    *state = r;
    return 0;
}

/* Files in the folder; removes them when asked to. */
static inline int region_files(const region *r, bool remove_them)
{
    DIR *dir = opendir(r->out);
    assert_non_null(dir);
    int n = 0;
    for (struct dirent *d; (d = readdir(dir)) != NULL;) {
        if (d->d_name[0] == '.')
            continue;
        n++;
        char path[512];
        snprintf(path, sizeof path, "%s/%s", r->out, d->d_name);
        if (remove_them)
            unlink(path);
    }
    closedir(dir);
    return n;
}

static inline int region_drop(void **state)
{
    region *r = *state;
    region_files(r, true);
    rmdir(r->out);
    oko_run_clear(&r->run);
    world_close(r->w);
    free(r);
    return 0;
}

/* Whole file as a string (malloc). */
static inline char *read_all(const char *path, size_t *ret_n)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    assert_true(n > 0);
    rewind(f);
    char *text = malloc((size_t)n + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    text[n] = '\0';
    fclose(f);
    if (ret_n != NULL)
        *ret_n = (size_t)n;
    return text;
}

#endif
