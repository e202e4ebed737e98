/* The evidence run: works are packed region by region and, when there are more procedures than the statistics take at
 * once, cohort by cohort; classes and schools are judged one after the other over the same arrays. */
#include "analysis/evidence.h"

#include "analysis/analysis.h"
#include "analysis/evidence_results.h"
#include "analysis/evidence_units.h"
#include "analysis/keep.h"
#include "analysis/plan.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "base/memory_return.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef OKO_VERSION
#define OKO_VERSION "unknown"
#endif

enum {
    DEFAULT_REPLICATES = 24,
    STEPS = 3,
    PARTS = 1000,
    ASKED = 1024
}; /* steps of a batch: reading, classes, schools */

typedef struct evidence {
    oko_store *store;
    const oko_evidence_options *options;
    oko_register reg;
    oko_strata strata;
    oko_plan plan;
    const oko_procedure **order; /* [plan.n] by cohort */
    const oko_place **tops;      /* regions; NULL = schools without one */
    size_t n_tops;
    oko_keep keep;
    oko_details details;
    oko_evidence_units units;   /* municipalities and regions: time */
    oko_evidence_whole *wholes; /* and their cut-offs */
    size_t n_wholes, cap_wholes;
    int64_t main; /* the main run over the same data */
    size_t done, steps;
    uint64_t told; /* parts, as last told */
    oko_error *err;
} evidence;

static void close_evidence(evidence *e)
{
    oko_keep_clear(&e->keep);
    oko_details_free(&e->details);
    oko_evidence_units_clear(&e->units);
    free(e->wholes);
    oko_plan_clear(&e->plan);
    oko_strata_clear(&e->strata);
    oko_register_clear(&e->reg);
    free(e->order);
    free(e->tops);
}

static bool tell(evidence *e, uint64_t part)
{
    e->told = part;
    return oko_progress_tell(&e->options->progress, "evidence.stage", part, PARTS * e->steps);
}

static oko_status step(evidence *e)
{
    return tell(e, PARTS * e->done++) ? OKO_OK : oko_error_set(e->err, OKO_E_CANCELLED, "", "");
}

/* From inside the statistics: the step that has begun, in parts. */
static bool go_on(void *ctx, uint64_t done, uint64_t total)
{
    evidence *e = ctx;
    uint64_t begun = e->done > 0 ? e->done - 1 : 0;
    return tell(e, PARTS * begun + (total > 0 ? PARTS * done / total : 0));
}

/* From where nothing is counted. */
static bool ask(void *ctx)
{
    evidence *e = ctx;
    return tell(e, e->told);
}

/* ---- one batch: some procedures of one region ---- */

static oko_status judge(evidence *e, const oko_place *top, const oko_works *works, oko_level level)
{
    oko_sign_null null[OKO_SIGNS_MAX_TESTS];
    OKO_CLEANUP(oko_evidence_groups_clear) oko_evidence_groups groups = { 0 };
    oko_status status = oko_evidence_groups_make(works, &e->reg, level, &groups);
    if (status != OKO_OK || groups.n == 0)
        return status;
    OKO_CLEANUP(oko_freep) oko_sign *signs = oko_alloc_array(groups.n_signs + 1, sizeof *signs);
    if (signs == NULL)
        return OKO_E_MEMORY;
    const oko_sign_options options = { .seed = e->options->seed,
                                       .replicates =
                                           e->options->replicates > 0 ? e->options->replicates : DEFAULT_REPLICATES,
                                       .refits = 1,
                                       .threads = e->options->threads,
                                       .go_on = go_on,
                                       .ctx = e };
    status = oko_signs(groups.tests, works->n_tests, groups.groups, groups.n_signs, &options, signs, null);
    if (status == OKO_OK)
        status = oko_evidence_take(&e->keep.results, &e->details, works, &e->reg, &groups, level, signs, null);
    if (status == OKO_OK && level == OKO_LEVEL_SCHOOL)
        status = oko_inflation_take(&e->keep.results, &e->details, works, &groups, top, e->options->seed);
    if (status == OKO_OK && level == OKO_LEVEL_SCHOOL)
        status = oko_evidence_units_add(&e->units, works, &e->reg, top, &groups, signs);
    return status;
}

static oko_status judge_batch(evidence *e, const oko_place *top, size_t first, size_t n)
{
    OKO_CLEANUP(oko_works_clear) oko_works works = { 0 };
    const oko_works_progress progress = { go_on, e };
    oko_status status = step(e);
    if (status == OKO_OK)
        status = oko_works_load(e->store, e->keep.run.revision, &e->reg, top, &e->strata, e->order + first, (int)n,
                                &progress, &works, e->err);
    if (status == OKO_OK)
        status = step(e);
    if (status == OKO_OK)
        status = judge(e, top, &works, OKO_LEVEL_CLASS);
    oko_memory_return();
    if (status == OKO_OK)
        status = step(e);
    return status == OKO_OK ? judge(e, top, &works, OKO_LEVEL_SCHOOL) : status;
}

static int cohort_of(const oko_procedure *p)
{
    return p->grade > 0 ? p->year - p->grade : 0;
}

/* End of the batch that begins at `first`: as many whole cohorts as fit, at least one procedure. */
static size_t batch_end(const evidence *e, size_t first)
{
    size_t end = first + OKO_SIGNS_MAX_TESTS;
    if (end >= e->plan.n)
        return e->plan.n;
    size_t cut = end;
    while (cut > first && cohort_of(e->order[cut]) == cohort_of(e->order[cut - 1]))
        cut--;
    return cut > first ? cut : end;
}

static oko_status judge_all(evidence *e)
{
    size_t batches = 0;
    for (size_t i = 0; i < e->plan.n; i = batch_end(e, i))
        batches++;
    e->steps = STEPS * batches * e->n_tops;
    oko_status status = OKO_OK;
    for (size_t r = 0; status == OKO_OK && r < e->n_tops; r++)
        for (size_t i = 0, end; status == OKO_OK && i < e->plan.n; i = end) {
            end = batch_end(e, i);
            status = judge_batch(e, e->tops[r], i, end - i);
        }
    return status;
}

/* ---- municipalities and regions ---- */

static oko_status take_threshold(void *ctx, const oko_result *r)
{
    evidence *e = ctx;
    const oko_place *place = oko_register_find(&e->reg, r->unit);
    if (place != NULL && place->level > OKO_LEVEL_MUNICIPALITY)
        return OKO_OK;
    oko_status status =
        oko_grow(&e->wholes, &e->cap_wholes, e->n_wholes + 1, sizeof *e->wholes, OKO_EVIDENCE_MAX_UNITS);
    if (status != OKO_OK)
        return status;
    oko_evidence_whole *w = &e->wholes[e->n_wholes++];
    *w = (oko_evidence_whole){ .threshold = *r, .level = place != NULL ? place->level : OKO_LEVEL_REGION };
    w->threshold.details = NULL;
    for (size_t i = 0; i < e->plan.n; i++)
        if (strcmp(e->plan.at[i].code, r->procedure) == 0)
            w->cohort = cohort_of(&e->plan.at[i]);
    return OKO_OK;
}

static oko_status take_wholes(evidence *e)
{
    const oko_result_query query = { .run = e->main, .rule = "oko/threshold", .level = OKO_LEVEL_COUNT };
    oko_status status = oko_store_result_walk(e->store, &query, take_threshold, e, e->err);
    return status == OKO_OK ? oko_evidence_units_take(&e->units, e->wholes, e->n_wholes, &e->keep.results, &e->details)
                            : status;
}

/* ---- the run's record ---- */

static int by_cohort(const void *a, const void *b)
{
    const oko_procedure *x = *(const oko_procedure *const *)a, *y = *(const oko_procedure *const *)b;
    if (cohort_of(x) != cohort_of(y))
        return cohort_of(x) < cohort_of(y) ? -1 : 1;
    return strcmp(x->code, y->code);
}

static int by_place(const void *a, const void *b)
{
    return oko_place_compare(*(const oko_place *const *)a, *(const oko_place *const *)b);
}

/* Lists the regions of the schools with data, each once, by code. */
static void list_tops(evidence *e)
{
    for (size_t i = 0; i < e->reg.n; i++)
        if (e->plan.used[i] && e->reg.places[i].level == OKO_LEVEL_SCHOOL)
            e->tops[e->n_tops++] = oko_register_top(&e->reg, e->reg.places[i].id);
    if (e->n_tops > 1)
        qsort(e->tops, e->n_tops, sizeof *e->tops, by_place);
    size_t kept = 0;
    for (size_t i = 0; i < e->n_tops; i++)
        if (i == 0 || e->tops[i] != e->tops[i - 1])
            e->tops[kept++] = e->tops[i];
    e->n_tops = kept;
}

static oko_status make_lists(evidence *e)
{
    e->order = oko_alloc_array(e->plan.n, sizeof *e->order);
    e->tops = oko_alloc_array(e->reg.n + 1, sizeof *e->tops);
    if (e->order == NULL || e->tops == NULL)
        return oko_error_set(e->err, OKO_E_MEMORY, "", "");
    for (size_t i = 0; i < e->plan.n; i++)
        e->order[i] = &e->plan.at[i];
    qsort(e->order, e->plan.n, sizeof *e->order, by_cohort);
    list_tops(e);
    return OKO_OK;
}

/* The newest main run over the same data; made when there is none. Its digits are part of the parameters. */
static oko_status find_main(evidence *e, oko_run *ret_main)
{
    oko_status status = oko_run_over(e->store, OKO_METHOD_VERSION, e->keep.run.snapshot, &e->main, e->err);
    if (status == OKO_OK && e->main != 0)
        return oko_store_run_get(e->store, e->main, ret_main, e->err);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.threads = e->options->threads;
    options.revision = e->keep.run.revision;
    options.progress = e->options->progress;
    bool fresh = false;
    if (status == OKO_OK)
        status = oko_analyze(e->store, &options, false, ret_main, &fresh, e->err);
    if (status == OKO_OK)
        e->main = ret_main->id;
    oko_memory_return();
    return status;
}

static oko_status make_params(evidence *e, const oko_run *main)
{
    char units[OKO_HASH_HEX];
    oko_status status = oko_register_hash(&e->reg, e->plan.used, units);
    if (status != OKO_OK)
        return status;
    oko_details *d = &e->details;
    oko_details_begin(d);
    oko_details_text(d, "main", main->result_hash);
    oko_details_integer(d, "replicates", e->options->replicates > 0 ? e->options->replicates : DEFAULT_REPLICATES);
    oko_details_text(d, "units", units);
    return oko_details_finish(d, &e->keep.run.params);
}

static oko_status describe_run(evidence *e)
{
    OKO_CLEANUP(oko_run_clear) oko_run main = { 0 };
    oko_run *run = &e->keep.run;
    oko_str_copy(run->method, sizeof run->method, OKO_STR(OKO_EVIDENCE_VERSION));
    oko_str_copy(run->program, sizeof run->program, OKO_STR(OKO_VERSION));
    run->seed = e->options->seed;
    struct tm utc;
    time_t now = time(NULL);
    if (gmtime_r(&now, &utc) != NULL)
        strftime(run->created, sizeof run->created, "%Y-%m-%dT%H:%M:%SZ", &utc);
    oko_status status = oko_store_snapshot(e->store, run->revision, run->snapshot, e->err);
    if (status == OKO_OK)
        status = find_main(e, &main);
    return status == OKO_OK ? make_params(e, &main) : status;
}

static oko_status prepare(evidence *e)
{
    oko_details_init(&e->details);
    oko_status status = oko_store_revision(e->store, &e->keep.run.revision, e->err);
    if (status == OKO_OK)
        status = oko_register_load(e->store, e->keep.run.revision, &e->reg, e->err);
    if (status == OKO_OK)
        status = oko_strata_load(e->store, e->keep.run.revision, &e->reg, &e->strata, e->err);
    if (status == OKO_OK)
        status = oko_plan_make(e->store, e->keep.run.revision, &e->reg, &e->plan, e->err);
    if (status == OKO_OK && e->plan.n == 0)
        status = oko_error_set(e->err, OKO_E_NO_DATA, "analysis.nothing_loaded", "");
    if (status == OKO_OK)
        status = make_lists(e);
    if (status == OKO_OK)
        status = oko_spool_open(&e->keep.results, &e->reg, ask, e);
    return status == OKO_OK ? describe_run(e) : status;
}

static oko_status compute(void *ctx)
{
    evidence *e = ctx;
    oko_status status = judge_all(e);
    return status == OKO_OK ? take_wholes(e) : status;
}

oko_status oko_evidence_run(oko_store *store, const oko_evidence_options *options, bool recompute, oko_run *ret_run,
                            bool *ret_new, oko_error *err)
{
    oko_error_clear(err);
    if (options->threads < 0 || options->threads > 64 ||
        (options->replicates != 0 && (options->replicates < 4 || options->replicates > 1000)))
        return oko_error_set(err, OKO_E_ARGUMENT, "", "options");
    evidence *e = calloc(1, sizeof *e);
    if (e == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    *e = (evidence){ .store = store,
                     .options = options,
                     .keep = { .store = store, .threads = options->threads, .err = err },
                     .err = err };
    oko_status status = prepare(e);
    if (status == OKO_OK)
        status = oko_keep_run(&e->keep, recompute, compute, e, ret_run, ret_new);
    oko_keep_say(&e->keep, status);
    close_evidence(e);
    free(e);
    return status;
}
