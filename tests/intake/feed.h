/* Feeds rows straight into a reader, commits them into a store of its own, and looks at what came out. */
#ifndef OKO_TEST_FEED_H
#define OKO_TEST_FEED_H

#include "intake/commit.h"
#include "intake/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct fed {
    oko_store *store;
    char path[64]; /* of the database */
    oko_import_options options;
    oko_import_report report;
    char *hint;
    oko_error err;
    oko_status status;
} fed;

/* A procedure of 3 items (1, 2, 2) with cut-offs 2, 3, 5. */
static inline oko_procedure small_procedure(const char *code)
{
    oko_procedure p = { .kind = OKO_KIND_VPR, .max_total = 5, .n_items = 3, .n_cutoffs = 3, .first_mark = 2 };
    size_t len = 0;
    static const int16_t cutoffs[] = { 2, 3, 5 };
    memcpy(p.cutoffs, cutoffs, sizeof cutoffs);
    oko_str_copy(p.code, sizeof p.code, oko_str_of(code));
    assert_true(oko_procedure_code_parse(oko_str_of(code), &p.year, &p.grade, p.subject, &len));
    oko_str_copy(p.title, sizeof p.title, oko_str_of(code));
    static const char *const labels[] = { "1", "2.1", "13К1" };
    static const int16_t maxima[] = { 1, 2, 2 };
    for (int i = 0; i < 3; i++) {
        oko_str_copy(p.items[i].label, sizeof p.items[i].label, oko_str_of(labels[i]));
        p.items[i].max = maxima[i];
    }
    return p;
}

static inline void fed_procedure(fed *f, const oko_procedure *p)
{
    int64_t id = 0;
    oko_change change = OKO_UNCHANGED;
    assert_int_equal(oko_store_procedure_put(f->store, p, &id, &change, &f->err), OKO_OK);
}

static inline void fed_open(fed *f)
{
    memset(f, 0, sizeof *f);
    strcpy(f->path, "/tmp/oko-feed-XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
    unlink(f->path);
    assert_int_equal(oko_store_open(f->path, NULL, &f->store, &f->err), OKO_OK);
    oko_procedure p = small_procedure("2026-05-MA");
    fed_procedure(f, &p);
}

static inline void fed_forget(fed *f)
{
    oko_import_report_clear(&f->report);
    free(f->hint);
    f->hint = NULL;
    oko_error_clear(&f->err);
}

static inline void fed_close(fed *f)
{
    fed_forget(f);
    oko_store_close(f->store);
    unlink(f->path);
}

/* One line: cells between tabs. */
static inline oko_status feed_line(const oko_rows_sink *sink, uint32_t row, const char *line, size_t len,
                                   oko_error *err)
{
    oko_cell cells[64];
    size_t n = 0, at = 0;
    for (uint32_t col = 0; at <= len; col++) {
        const char *tab = at < len ? memchr(line + at, '\t', len - at) : NULL;
        size_t end = tab != NULL ? (size_t)(tab - line) : len;
        if (end > at)
            cells[n++] = (oko_cell){ .text = { line + at, end - at }, .col = col };
        at = end + 1;
    }
    return n > 0 ? sink->row(sink->ctx, row, cells, n, err) : OKO_OK;
}

static inline oko_status feed_sheet(const oko_rows_sink *sink, const char *name, size_t index, const char *text,
                                    oko_error *err)
{
    oko_status status = sink->worksheet(sink->ctx, name, index, err);
    for (uint32_t row = 1; *text != '\0' && status == OKO_OK; row++) {
        size_t len = strcspn(text, "\n");
        status = feed_line(sink, row, text, len, err);
        text += len + (text[len] == '\n' ? 1 : 0);
    }
    return status;
}

/* sheets: name, text, name, text, …, NULL. Sets status, report, hint, err. */
static inline void feed(fed *f, const char *file, const char *const *sheets)
{
    intake_catalog *catalog = NULL;
    intake_batch *batch = NULL;
    intake_reader r;
    fed_forget(f);
    f->status = intake_catalog_load(f->store, &catalog, &f->err);
    if (f->status == OKO_OK)
        f->status = intake_batch_new(&batch);
    if (f->status == OKO_OK) {
        reader_init(&r, file, &f->options, catalog, batch);
        oko_rows_sink sink = reader_sink(&r);
        for (size_t i = 0; sheets[i] != NULL && f->status == OKO_OK; i += 2)
            f->status = feed_sheet(&sink, sheets[i], i / 2, sheets[i + 1], &f->err);
        if (f->status == OKO_OK)
            f->status = reader_finish(&r, &f->err);
        f->hint = r.hint;
        r.hint = NULL;
        reader_clear(&r);
    }
    commit_source source = { .file = file, .bytes = 1 };
    memset(source.sha256, 'a', sizeof source.sha256 - 1);
    if (f->status == OKO_OK)
        f->status = commit_batch(f->store, batch, &source, &f->options, &f->report, &f->err);
    intake_batch_freep(&batch);
    intake_catalog_freep(&catalog);
}

static inline void feed_one(fed *f, const char *file, const char *text)
{
    feed(f, file, (const char *const[]){ "Лист1", text, NULL });
}

/* How many problems of a reason (and class, NULL any). */
static inline int64_t problems(const fed *f, const char *reason, const char *value_class)
{
    int64_t n = 0;
    for (size_t i = 0; i < f->report.n_problem_counts; i++)
        if (strcmp(f->report.problem_counts[i].reason, reason) == 0 &&
            (value_class == NULL || strcmp(f->report.problem_counts[i].value_class, value_class) == 0))
            n += f->report.problem_counts[i].n;
    return n;
}

static inline const oko_problem *problem_of(const fed *f, const char *reason)
{
    for (size_t i = 0; i < f->report.n_problems; i++)
        if (strcmp(f->report.problems[i].reason, reason) == 0)
            return &f->report.problems[i];
    fail_msg("no %s", reason);
    return NULL;
}

typedef struct kept_sheets {
    struct {
        int64_t school;
        char label[16];
        size_t n;
        uint64_t code[16];
        uint8_t variant[16], flags[16];
        int8_t journal[16], items[16][8];
        int16_t total[16];
    } at[16];
    size_t n;
} kept_sheets;

static inline oko_status keep_sheet(void *ctx, const oko_sheet *s, const oko_counts *counts)
{
    (void)counts;
    kept_sheets *k = ctx;
    assert_true(k->n < 16 && s->n <= 16 && s->n_items <= 8);
    k->at[k->n].school = s->school;
    memcpy(k->at[k->n].label, s->class_label, 16);
    k->at[k->n].n = s->n;
    for (size_t i = 0; i < s->n; i++) {
        k->at[k->n].code[i] = s->code[i];
        k->at[k->n].variant[i] = s->variant[i];
        k->at[k->n].flags[i] = s->flags[i];
        k->at[k->n].journal[i] = s->journal[i];
        k->at[k->n].total[i] = s->total[i];
        for (int j = 0; j < s->n_items; j++)
            k->at[k->n].items[i][j] = s->items[i * (size_t)s->n_items + (size_t)j];
    }
    k->n++;
    return OKO_OK;
}

/* All current sheets of a procedure, by school and class. */
static inline kept_sheets sheets_of(fed *f, const char *code)
{
    static oko_procedure p;
    kept_sheets kept = { .n = 0 };
    assert_int_equal(oko_store_procedure_get(f->store, code, 0, &p, &f->err), OKO_OK);
    oko_sheet_query query = { .procedure = p.id, .n_shards = 1 };
    assert_int_equal(oko_store_sheet_walk(f->store, &query, keep_sheet, &kept, &f->err), OKO_OK);
    return kept;
}

static inline oko_unit unit_of(fed *f, oko_level level, const char *code)
{
    oko_unit u = { 0 };
    oko_error err = { 0 };
    if (oko_store_unit_find(f->store, level, code, &u, &err) != OKO_OK)
        fail_msg("no unit %s", code);
    return u;
}

#endif
