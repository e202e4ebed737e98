/*
 * Common ground of the store's tests: engines under test, a fresh store, samples. An engine is plugged in by a row of
 * `engines`; everything else speaks store.h only.
 */
#ifndef OKO_TEST_STORE_FIXTURE_H
#define OKO_TEST_STORE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

enum { PLACE_BYTES = 256 };

/* ---- engines ---- */

typedef struct engine_under_test {
    const char *name;
    void (*fresh)(char place[PLACE_BYTES]); /* names a place where nothing is yet */
    void (*drop)(const char *place);        /* removes what was made there */
} engine_under_test;

static void sqlite_fresh(char place[PLACE_BYTES])
{
    char folder[] = "/tmp/oko-store-XXXXXX";
    assert_non_null(mkdtemp(folder));
    (void)snprintf(place, PLACE_BYTES, "%s/oko.db", folder);
}

static void sqlite_drop(const char *place)
{
    char command[PLACE_BYTES + 32];
    const char *slash = strrchr(place, '/');
    (void)snprintf(command, sizeof command, "rm -rf '%.*s'", (int)(slash - place), place);
    assert_int_equal(system(command), 0);
}

static const engine_under_test engines[] = { { "sqlite", sqlite_fresh, sqlite_drop } };
static const engine_under_test *engine = &engines[0];

/* ---- a store per test ---- */

typedef struct bench {
    char place[PLACE_BYTES];
    oko_store *store;
    oko_error err;
} bench;

static inline void must_at(oko_status status, const oko_error *err, int line)
{
    if (status != OKO_OK) {
        fail_msg("line %d: status %d, %s [%s]", line, (int)status, err->id, err->field);
    }
}
#define must(b, call) must_at((call), &(b)->err, __LINE__)

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return -1;
    }
    engine->fresh(b->place);
    must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    oko_store_close(b->store);
    engine->drop(b->place);
    free(b);
    return 0;
}

static inline int64_t revision_of(bench *b)
{
    int64_t revision = -1;
    must(b, oko_store_revision(b->store, &revision, &b->err));
    return revision;
}

/* ---- samples ---- */

static inline oko_procedure sample_procedure(int year, int grade, const char *subject)
{
    oko_procedure p = { .kind = OKO_KIND_VPR,
                        .year = year,
                        .grade = grade,
                        .max_total = 7,
                        .n_items = 4,
                        .items = { { "1", 1, 'B' }, { "2.1", 2, 'P' }, { "2.2", 3, 0 }, { "13К1", 1, 'V' } },
                        .n_cutoffs = 3,
                        .cutoffs = { 3, 5, 6 },
                        .first_mark = 2 };
    (void)snprintf(p.code, sizeof p.code, "%d-%02d-%s", year, grade, subject);
    (void)snprintf(p.subject, sizeof p.subject, "%s", subject);
    (void)snprintf(p.title, sizeof p.title, "Проверочная работа, %d класс", grade);
    return p;
}

static inline int64_t put_procedure(bench *b, int year, int grade, const char *subject)
{
    int64_t id = 0;
    oko_change change;
    const oko_procedure p = sample_procedure(year, grade, subject);
    must(b, oko_store_procedure_put(b->store, &p, &id, &change, &b->err));
    return id;
}

static inline oko_unit sample_unit(oko_level level, const char *code, int64_t parent)
{
    oko_unit u = { .level = level, .parent = parent };
    (void)snprintf(u.code, sizeof u.code, "%s", code);
    (void)snprintf(u.name, sizeof u.name, "МБОУ «%s»", code);
    return u;
}

static inline int64_t put_unit(bench *b, oko_level level, const char *code, int64_t parent)
{
    int64_t id = 0;
    const oko_unit u = sample_unit(level, code, parent);
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err));
    return id;
}

/* A sheet of n works whose numbers all depend on `seed`. */
static inline oko_sheet *sample_sheet(int64_t procedure, int64_t school, const char *class_label, size_t n,
                                      unsigned seed)
{
    oko_sheet *s = NULL;
    assert_int_equal(oko_sheet_new(n, 4, &s), OKO_OK);
    s->procedure = procedure;
    s->school = school;
    (void)snprintf(s->class_label, sizeof s->class_label, "%s", class_label);
    for (size_t i = 0; i < n; i++) {
        const unsigned x = seed * 31 + (unsigned)i * 7;
        s->code[i] = 40000 + seed * 1000 + i;
        s->variant[i] = (uint8_t)(1 + x % 2);
        s->journal[i] = (int8_t)(x % 6);
        s->items[4 * i] = (int8_t)(x % 2);
        s->items[4 * i + 1] = (int8_t)(x % 3);
        s->items[4 * i + 2] = i % 5 == 4 ? OKO_ITEM_NOT_TRIED : (int8_t)(x % 4);
        s->items[4 * i + 3] = 1;
        s->total[i] = (int16_t)(x % 8);
        if (i % 9 == 8) {
            s->total[i] = OKO_TOTAL_NONE;
            s->flags[i] = OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL;
        }
    }
    return s;
}

static inline oko_change put_sheet(bench *b, int64_t procedure, int64_t school, const char *class_label, size_t n,
                                   unsigned seed)
{
    oko_change change = OKO_REMOVED;
    oko_sheet *s = sample_sheet(procedure, school, class_label, n, seed);
    must(b, oko_store_sheet_put(b->store, 0, s, &change, &b->err));
    oko_sheet_free(s);
    return change;
}

static inline int64_t add_import(bench *b, const char *file, const char *sha256, const char *procedure)
{
    oko_import import = { .bytes = 1234 };
    int64_t id = 0;
    (void)snprintf(import.file, sizeof import.file, "%s", file);
    (void)snprintf(import.sha256, sizeof import.sha256, "%s", sha256);
    (void)snprintf(import.procedure, sizeof import.procedure, "%s", procedure);
    (void)snprintf(import.layout, sizeof import.layout, "regional-2021");
    must(b, oko_store_import_add(b->store, &import, &id, &b->err));
    return id;
}

/* ---- what a walk saw, as one line of text ---- */

typedef struct seen {
    char text[8192];
    size_t n;
    size_t stop_after; /* 0: never */
} seen;

static inline oko_status see(seen *s, const char *word)
{
    const size_t used = strlen(s->text);
    (void)snprintf(s->text + used, sizeof s->text - used, "%s%s", s->n == 0 ? "" : " ", word);
    s->n++;
    return s->n == s->stop_after ? OKO_E_CANCELLED : OKO_OK;
}

/* "school/class:seed-dependent first code+n" */
static inline oko_status see_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    char word[96];
    assert_int_equal(counts->rows, (int64_t)sheet->n);
    (void)snprintf(word, sizeof word, "%lld/%s:%lld+%zu", (long long)sheet->school, sheet->class_label,
                   sheet->n == 0 ? 0 : (long long)sheet->code[0] - 40000, sheet->n);
    return see(ctx, word);
}

static inline const char *sheets_of(bench *b, seen *s, int64_t procedure, int64_t revision)
{
    const oko_sheet_query query = { .procedure = procedure, .revision = revision, .n_shards = 1 };
    memset(s, 0, sizeof *s);
    must(b, oko_store_sheet_walk(b->store, &query, see_sheet, s, &b->err));
    return s->text;
}

static inline oko_status see_problem(void *ctx, const oko_problem *p)
{
    return see(ctx, p->reason);
}

static inline void assert_clean(bench *b)
{
    static seen s;
    memset(&s, 0, sizeof s);
    const oko_status status = oko_store_check(b->store, see_problem, &s, NULL, &b->err);
    if (status != OKO_OK) {
        fail_msg("check: %d %s: %s", (int)status, b->err.id, s.text);
    }
}

#endif
