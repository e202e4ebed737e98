#include "intake/commit.h"
#include "intake/again.h"
#include "intake/report.h"
#include "intake/units.h"

#include <stdlib.h>
#include <string.h>

/* ---- parts ---- */

static oko_status put_procedures(commit_state *c, int64_t ids[BATCH_MAX_TESTS], oko_error *err)
{
    oko_import_report *report = c->report;
    for (size_t i = 0; i < c->batch->n_tests; i++) {
        const oko_procedure *p = c->batch->tests[i].procedure;
        oko_change change = OKO_UNCHANGED;
        ids[i] = p->id;
        if (p->id == 0) {
            oko_status status = oko_store_procedure_put(c->store, p, &ids[i], &change, err);
            if (status != OKO_OK)
                return status;
        }
        if (report->n_procedures < sizeof report->procedures / sizeof report->procedures[0])
            memcpy(report->procedures[report->n_procedures++], p->code, sizeof p->code);
    }
    return OKO_OK;
}

static oko_status find_places(commit_state *c, oko_error *err)
{
    for (size_t i = 0; i < c->batch->n_places; i++) {
        oko_status status = unit_find_place(c->finder, &c->batch->places[i], err);
        if (status != OKO_OK)
            return status;
        if (i % 256 == 0 && !oko_progress_tell(&c->options->progress, "import.units", i, c->batch->n_places))
            return OKO_E_CANCELLED;
    }
    return OKO_OK;
}

static oko_status put_aggregates(commit_state *c, const int64_t ids[BATCH_MAX_TESTS], oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_aggregate *a = oko_alloc_array(1, sizeof *a);
    if (a == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < c->batch->n_aggregates; i++) {
        const batch_aggregate *from = &c->batch->aggregates[i];
        oko_change change = OKO_UNCHANGED;
        *a = (oko_aggregate){ .kind = from->kind,
                              .procedure = ids[from->test],
                              .unit = c->batch->places[from->place].unit,
                              .n_units = from->n_units,
                              .n = from->n,
                              .percent = from->percent,
                              .n_values = from->n_values };
        memcpy(a->values, from->values, (size_t)from->n_values * sizeof *a->values);
        oko_status status = oko_store_aggregate_put(c->store, c->import, a, &change, err);
        if (status != OKO_OK)
            return status;
        c->changes += change != OKO_UNCHANGED ? 1 : 0;
        c->report->aggregates++;
    }
    return OKO_OK;
}

static oko_status put_externals(commit_state *c, oko_error *err)
{
    for (size_t i = 0; i < c->batch->n_externals; i++) {
        const batch_external *from = &c->batch->externals[i];
        oko_external e = { .year = from->year, .unit = c->batch->places[from->place].unit };
        oko_change change = OKO_UNCHANGED;
        oko_str_copy(e.list, sizeof e.list, oko_str_of(from->title));
        oko_str_copy(e.source, sizeof e.source, oko_str_of(from->source));
        oko_str_copy(e.procedure, sizeof e.procedure, oko_str_of(from->procedure));
        oko_str_copy(e.reason, sizeof e.reason, oko_str_of(from->reason));
        oko_status status = oko_store_external_put(c->store, c->import, &e, &change, err);
        if (status != OKO_OK)
            return status;
        c->changes += change != OKO_UNCHANGED ? 1 : 0;
        c->report->externals++;
    }
    return OKO_OK;
}

static oko_status put_all(commit_state *c, oko_error *err)
{
    int64_t ids[BATCH_MAX_TESTS] = { 0 };
    oko_status status = unit_write_register(c->finder, &c->report->units, err);
    c->changes += c->report->units;
    if (status == OKO_OK)
        status = put_procedures(c, ids, err);
    if (status == OKO_OK)
        status = find_places(c, err);
    for (size_t i = 0; i < c->batch->n_tests && status == OKO_OK; i++)
        status = commit_test(c, i, ids[i], err);
    if (status == OKO_OK)
        status = put_aggregates(c, ids, err);
    if (status == OKO_OK)
        status = put_externals(c, err);
    if (status == OKO_OK)
        status = commit_findings(c, err);
    if (status == OKO_OK && c->finder->classes > 0)
        status = problem_add(&c->batch->problems, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.unit.new_classes" },
                             (problem_place){ .sheet = PROBLEM_NO_SHEET });
    c->report->new_units = c->finder->made;
    c->changes += c->finder->made + c->finder->changed;
    return status;
}

/* ---- record ---- */

static bool anything_to_fix(const problem_log *log)
{
    for (size_t i = 0; i < log->n_kinds; i++)
        if (log->kinds[i].severity != OKO_PROBLEM_NOTE)
            return true;
    return false;
}

/* The file's rows, where a person may want to put something right. */
static oko_status put_rows(commit_state *c, oko_error *err)
{
    const tape_block *blocks = NULL;
    const problem_log *log = &c->batch->problems;
    size_t n = 0;
    int64_t dropped = 0;
    oko_status status = oko_store_import_rows_drop(c->store, OKO_IMPORT_KEEP_DAYS, &dropped, err);
    if (status == OKO_OK && c->batch->tape != NULL && anything_to_fix(log))
        status = tape_blocks(c->batch->tape, &blocks, &n);
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        const tape_block *b = &blocks[i];
        const oko_import_rows rows = { .no = (int64_t)i,
                                       .sheet = b->sheet,
                                       .name = b->sheet < log->n_sheets ? log->sheets[b->sheet] : "",
                                       .first_row = b->first_row,
                                       .last_row = b->last_row,
                                       .n = b->n,
                                       .bytes = b->bytes,
                                       .len = b->len };
        status = oko_store_import_rows_put(c->store, c->import, &rows, err);
    }
    return status;
}

static oko_status put_problems(commit_state *c, oko_error *err)
{
    for (size_t i = 0; i < c->batch->problems.n; i++) {
        oko_problem p;
        problem_expand(&c->batch->problems, &c->batch->problems.entries[i], &p);
        oko_status status = oko_store_problem_add(c->store, c->import, &p, err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* Borrows the texts of `source`. */
static void describe(const commit_state *c, const commit_source *source, oko_import *import)
{
    *import = (oko_import){ .bytes = source->bytes,
                            .rows = c->batch->rows,
                            .user = c->options->user,
                            .corrects = source->corrects,
                            .corrections = (char *)(uintptr_t)source->corrections };
    oko_str_copy(import->file, sizeof import->file, oko_str_of(source->file));
    memcpy(import->sha256, source->sha256, sizeof import->sha256);
    oko_str_copy(import->layout, sizeof import->layout, oko_str_of(c->batch->layout));
    if (c->batch->n_tests == 1)
        memcpy(import->procedure, c->batch->tests[0].procedure->code, sizeof import->procedure);
}

static oko_status finish(commit_state *c, const commit_source *source, oko_error *err)
{
    oko_import import;
    describe(c, source, &import);
    import.id = c->import;
    oko_status status = put_problems(c, err);
    if (status == OKO_OK)
        status = put_rows(c, err);
    if (status == OKO_OK)
        status = oko_store_revision(c->store, &import.revision, err);
    if (status == OKO_OK)
        status = oko_import_report_summary(c->report, &import.summary);
    if (status == OKO_OK)
        status = oko_store_import_finish(c->store, &import, err);
    free(import.summary);
    return status;
}

static oko_status write_all(commit_state *c, const commit_source *source, oko_error *err)
{
    oko_import import;
    OKO_CLEANUP(oko_freep) char *options = NULL;
    describe(c, source, &import);
    oko_status status = import_options_text(c->options, c->batch, &options);
    import.options = options;
    if (status == OKO_OK)
        status = oko_store_import_add(c->store, &import, &c->import, err);
    c->finder->import = c->import;
    if (status == OKO_OK)
        status = put_all(c, err);
    if (status != OKO_OK)
        return status;
    c->report->unchanged = c->changes == 0;
    problem_sort(&c->batch->problems);
    status = problem_report(&c->batch->problems, c->report);
    if (status != OKO_OK || c->changes == 0 || c->options->dry_run)
        return status;
    c->report->import = c->import;
    status = finish(c, source, err);
    return status == OKO_OK ? oko_store_commit(c->store, err) : status;
}

static oko_status fill_report(commit_state *c, const commit_source *source)
{
    oko_import_report *report = c->report;
    oko_str_copy(report->file, sizeof report->file, oko_str_of(source->file));
    oko_str_copy(report->layout, sizeof report->layout, oko_str_of(c->batch->layout));
    for (size_t i = 0; i < c->batch->n_dropped && i < 32; i++)
        oko_str_copy(report->dropped[report->n_dropped++], sizeof report->dropped[0], oko_str_of(c->batch->dropped[i]));
    return OKO_OK;
}

oko_status commit_batch(oko_store *store, intake_batch *batch, const commit_source *source,
                        const oko_import_options *options, oko_import_report *ret_report, oko_error *err)
{
    oko_import_report report = { 0 };
    unit_finder finder;
    commit_state c = { .store = store, .batch = batch, .options = options, .finder = &finder, .report = &report };
    oko_status status = unit_finder_init(&finder, store, batch, options);
    if (status == OKO_OK)
        status = fill_report(&c, source);
    if (status == OKO_OK)
        status = oko_store_begin(store, err);
    if (status == OKO_OK) {
        status = write_all(&c, source, err);
        if (status != OKO_OK || report.unchanged || options->dry_run)
            oko_store_rollback(store);
    }
    unit_finder_clear(&finder);
    if (status != OKO_OK) {
        oko_import_report_clear(&report);
        return status;
    }
    *ret_report = report;
    return OKO_OK;
}
