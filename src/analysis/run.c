/* A run: what will be read is listed and hashed first, so that the same data under the same methods is never computed
 * twice; then procedure by procedure, one cohort after the other, so that few states are in memory at a time. */
#include "analysis/keep.h"
#include "analysis/plan.h"
#include "analysis/rules.h"

#include "base/threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef OKO_VERSION
#define OKO_VERSION "unknown"
#endif

/* One analysis in work. */
typedef struct analysis {
    oko_store *store;
    const oko_analysis_options *options;
    oko_register reg;
    oko_plan plan;
    oko_lists lists;
    oko_entries entries;
    oko_job job; /* holds the results of what is being analysed … */
    oko_board board;
    oko_keep keep;       /* … which go here when it is done */
    size_t told;         /* procedures done, as last told */
    oko_result_fn trial; /* only the pack region, each result handed to this and not kept; NULL: a run */
    void *trial_ctx;
    oko_error *err;
} analysis;

static void close_analysis(analysis *a)
{
    oko_job_close(&a->job);
    oko_board_clear(&a->board);
    oko_lists_clear(&a->lists);
    oko_entries_clear(&a->entries);
    oko_plan_clear(&a->plan);
    oko_register_clear(&a->reg);
    oko_keep_clear(&a->keep);
}

static bool tell(analysis *a, const char *stage, size_t done)
{
    a->told = done;
    return oko_progress_tell(&a->options->progress, stage, done, a->plan.n);
}

static bool go_on(void *ctx)
{
    analysis *a = ctx;
    return tell(a, "analysis.stage", a->told);
}

/* ---- one procedure ---- */

static oko_status analyse_official(analysis *a, const oko_frame *f, const oko_states *previous)
{
    size_t first = a->job.results.n;
    oko_status status = oko_rule_ci(&a->job, f);
    if (status == OKO_OK)
        status = oko_rule_rs(&a->job, f);
    if (status == OKO_OK && !oko_job_goes_on(&a->job, 0))
        status = OKO_E_CANCELLED;
    if (status == OKO_OK)
        status = oko_rule_change(&a->job, f, previous);
    return status == OKO_OK ? oko_board_note(&a->board, &a->job, f, first) : status;
}

/* works: sheets, not histograms, so that journal marks are known pupil by pupil. */
static oko_status analyse_frame(analysis *a, const oko_frame *f, const oko_states *previous, bool works)
{
    oko_status status = OKO_OK;
    if (f->n > 0) {
        status = a->trial == NULL ? analyse_official(a, f, previous) : OKO_OK;
        if (status == OKO_OK && works)
            status = oko_rule_region_works(&a->job, f);
        if (status == OKO_OK)
            status = oko_rule_region_marks(&a->job, f, previous);
    }
    if (status == OKO_OK && !oko_job_goes_on(&a->job, 0))
        status = OKO_E_CANCELLED;
    return status == OKO_OK && a->trial == NULL ? oko_rule_threshold(&a->job, f) : status;
}

/* Agreement with journal marks where there are no works: from tables, else told as unknown for each region. */
static oko_status analyse_reports(analysis *a, const oko_procedure *p, const oko_frames *frames)
{
    static const char why[] = "analysis.region.no_journal";
    bool found = false;
    oko_status status = oko_rule_region_reports(&a->job, a->store, p, a->keep.run.revision, &found, a->err);
    for (size_t i = 0; status == OKO_OK && !found && i < frames->n; i++) {
        if (frames->at[i].n == 0)
            continue; /* a region's own histogram: no school asks */
        status = oko_region_says_no(&a->job, &frames->at[i], "lowered", OKO_RESULT_NO_DATA, why);
        if (status == OKO_OK)
            status = oko_region_says_no(&a->job, &frames->at[i], "raised", OKO_RESULT_NO_DATA, why);
    }
    return status;
}

static oko_status analyse_states(analysis *a, const oko_states *states, const oko_states *previous)
{
    oko_frames frames = { 0 };
    size_t first = a->job.results.n;
    oko_status status = oko_frames_make(states, &a->reg, &frames);
    for (size_t i = 0; status == OKO_OK && i < frames.n; i++)
        status = analyse_frame(a, &frames.at[i], previous, !states->from_aggregate);
    if (status == OKO_OK)
        status = oko_rule_threshold_finish(&a->job, first);
    if (status == OKO_OK && states->from_aggregate)
        status = analyse_reports(a, &states->procedure, &frames);
    oko_frames_clear(&frames);
    return status;
}

static oko_status read_states(analysis *a, const oko_procedure *p, oko_states *ret)
{
    return oko_states_read(a->store, p, a->keep.run.revision, a->options->threads, &a->reg, ret, a->err);
}

/* As read_states; a procedure without a single usable total has none (*ret stays empty). */
static oko_status read_some(analysis *a, const oko_procedure *p, oko_states *ret)
{
    oko_status status = read_states(a, p, ret);
    if (status != OKO_E_NO_DATA)
        return status;
    oko_error_clear(a->err);
    return OKO_OK;
}

/* One procedure; its states take the place of those in *last. */
static oko_status analyse_procedure(analysis *a, const oko_procedure *p, oko_states *last)
{
    oko_states now = { 0 }, again = { 0 };
    const oko_states *previous = NULL;
    const oko_procedure *before = oko_plan_previous(&a->plan, p);
    oko_status status = read_some(a, p, &now);
    if (status != OKO_OK)
        return status;
    if (now.all == NULL) /* only histograms that say nothing, or tables of journal marks */
        return analyse_reports(a, p, &(oko_frames){ 0 });
    if (before != NULL) {
        bool kept = strcmp(before->code, last->procedure.code) == 0;
        status = kept ? OKO_OK : read_some(a, before, &again);
        previous = kept ? last : again.all != NULL ? &again : NULL;
    }
    if (status == OKO_OK)
        status = analyse_states(a, &now, previous);
    oko_states_clear(&again);
    oko_states_clear(last);
    *last = now;
    return status;
}

/* ---- other data ---- */

/* The procedure that this one is held against: of the first pair of the pack that is loaded; NULL when there is none.
 */
static const oko_procedure *partner_of(const analysis *a, const oko_procedure *p)
{
    for (int k = 0; k < a->job.other.n_pairs; k++)
        for (size_t i = 0; i < a->plan.n; i++)
            if (oko_other_pair_fits(&a->job.other.pairs[k], p, &a->plan.at[i]))
                return &a->plan.at[i];
    return NULL;
}

static oko_status analyse_pair(analysis *a, const oko_procedure *p, const oko_procedure *partner)
{
    oko_states now = { 0 }, other = { 0 };
    oko_frames frames = { 0 };
    oko_status status = read_some(a, p, &now);
    if (status == OKO_OK)
        status = read_some(a, partner, &other);
    if (status == OKO_OK && now.all != NULL && other.all != NULL)
        status = oko_frames_make(&now, &a->reg, &frames);
    for (size_t i = 0; status == OKO_OK && i < frames.n; i++)
        if (frames.at[i].n > 0)
            status = oko_rule_relation(&a->job, &frames.at[i], &other);
    oko_frames_clear(&frames);
    oko_states_clear(&now);
    oko_states_clear(&other);
    return status;
}

/* Results that no rule reads any more go to disk: memory holds those of one procedure. */
static oko_status put_away(analysis *a)
{
    oko_results *done = &a->job.results;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < done->n; i++) {
        if (a->trial == NULL) {
            status = oko_spool_put(&a->keep.results, &done->at[i]);
            continue;
        }
        status = a->trial(a->trial_ctx, &done->at[i]);
        oko_result_clear(&done->at[i]);
    }
    if (status == OKO_OK)
        done->n = 0;
    return status;
}

static oko_status analyse_others(analysis *a)
{
    oko_status status = oko_rule_recheck(&a->job, &a->entries);
    if (status == OKO_OK)
        status = oko_rule_observers(&a->job, &a->entries);
    if (status == OKO_OK)
        status = oko_rule_medals(&a->job, &a->entries);
    for (size_t i = 0; status == OKO_OK && i < a->plan.n; i++) {
        const oko_procedure *partner = partner_of(a, &a->plan.at[i]);
        if (partner != NULL && !tell(a, "analysis.stage", a->plan.n))
            return oko_error_set(a->err, OKO_E_CANCELLED, "", "");
        if (partner != NULL)
            status = analyse_pair(a, &a->plan.at[i], partner);
        if (status == OKO_OK)
            status = put_away(a);
    }
    return status;
}

/* Analyses the procedures in the plan's order. The states of one procedure stay until the next is done, because the
 * next is mostly the same cohort a year later; another earlier procedure is read again. */
static oko_status analyse_procedures(analysis *a)
{
    oko_states last = { 0 };
    oko_status status = OKO_OK;
    a->job.steps = a->plan.n;
    for (size_t i = 0; status == OKO_OK && i < a->plan.n; i++) {
        a->job.begun = i;
        status = tell(a, "analysis.stage", i) ? analyse_procedure(a, &a->plan.at[i], &last)
                                              : oko_error_set(a->err, OKO_E_CANCELLED, "", "");
        if (status == OKO_OK)
            status = put_away(a);
    }
    oko_states_clear(&last);
    /* a rule that was stopped says nothing itself */
    return status == OKO_E_CANCELLED ? oko_error_set(a->err, status, "", "") : status;
}

static oko_status analyse_all(void *ctx)
{
    analysis *a = ctx;
    oko_status status = analyse_procedures(a);
    if (status == OKO_OK)
        status = oko_rule_index(&a->job, &a->board);
    if (status == OKO_OK)
        status = oko_rule_external(&a->job, &a->lists, a->plan.used);
    if (status == OKO_OK)
        status = put_away(a);
    if (status == OKO_OK)
        status = analyse_others(a);
    return status == OKO_OK ? put_away(a) : status;
}

/* ---- the run's record ---- */

/* content: the whole pack, when it is not one of the program's own. */
static void put_pack(oko_details *d, const oko_pack *pack, const char *content)
{
    oko_details_open(d, pack->name);
    oko_details_text(d, "version", pack->version);
    oko_details_text(d, "sha256", pack->sha256);
    if (content != NULL)
        oko_details_text(d, "content", content);
    oko_details_close(d);
}

/* All that the results depend on besides data, method and seed. */
static oko_status make_params(analysis *a)
{
    char units[OKO_HASH_HEX];
    oko_status status = oko_register_hash(&a->reg, a->plan.used, units);
    if (status != OKO_OK)
        return status;
    oko_details *d = &a->job.details[0];
    oko_details_begin(d);
    oko_details_open(d, "packs");
    put_pack(d, &a->job.fioko, NULL);
    put_pack(d, &a->job.own, NULL);
    put_pack(d, &a->job.region, a->job.region_content);
    put_pack(d, &a->job.external, NULL);
    put_pack(d, &a->job.other.pack, NULL);
    oko_details_close(d);
    oko_details_integer(d, "published_min", a->options->published_min > 0 ? a->options->published_min : 10);
    oko_details_integer(d, "replicates", a->job.replicates);
    oko_details_text(d, "units", units);
    return oko_details_finish(d, &a->keep.run.params);
}

static oko_status describe_run(analysis *a)
{
    oko_run *run = &a->keep.run;
    oko_str_copy(run->method, sizeof run->method, OKO_STR(OKO_METHOD_VERSION));
    oko_str_copy(run->program, sizeof run->program, OKO_STR(OKO_VERSION));
    run->seed = a->options->seed;
    struct tm utc;
    time_t now = time(NULL);
    if (gmtime_r(&now, &utc) != NULL)
        strftime(run->created, sizeof run->created, "%Y-%m-%dT%H:%M:%SZ", &utc);
    oko_status status = oko_store_snapshot(a->store, run->revision, run->snapshot, a->err);
    return status == OKO_OK ? make_params(a) : status;
}

/* Packs, register and plan. */
static oko_status prepare_plan(analysis *a)
{
    a->job.reg = &a->reg;
    a->job.seed = a->options->seed;
    a->job.replicates = a->options->replicates > 0 ? a->options->replicates : 400;
    a->job.threads = a->options->threads;
    a->job.progress = &a->options->progress;
    a->keep.run.revision = a->options->revision;
    const char *name = a->options->rules_name != NULL ? a->options->rules_name : "rules";
    oko_status status = oko_job_open(&a->job, a->options->rules, name, a->err);
    if (status == OKO_OK && a->keep.run.revision == 0)
        status = oko_store_revision(a->store, &a->keep.run.revision, a->err);
    if (status == OKO_OK)
        status = oko_register_load(a->store, a->keep.run.revision, &a->reg, a->err);
    return status == OKO_OK ? oko_plan_make(a->store, a->keep.run.revision, &a->reg, &a->plan, a->err) : status;
}

/* Everything before the first statistic: register, plan, packs, and the run's identity. */
static oko_status prepare(analysis *a)
{
    oko_status status = prepare_plan(a);
    if (status == OKO_OK)
        status = oko_entries_load(a->store, a->keep.run.revision, &a->reg, &a->job.other, &a->entries, a->err);
    if (status == OKO_OK && a->plan.n == 0 && a->entries.n == 0)
        status = oko_error_set(a->err, OKO_E_NO_DATA, "analysis.nothing_loaded", "");
    if (status == OKO_OK)
        status = oko_lists_load(a->store, a->keep.run.revision, &a->reg, &a->lists, a->err);
    if (status == OKO_OK)
        status = oko_spool_open(&a->keep.results, &a->reg, go_on, a);
    for (size_t i = 0; status == OKO_OK && i < a->entries.n; i++)
        a->plan.used[a->entries.at[i].place] = 1;
    for (size_t i = 0; status == OKO_OK && i < a->lists.n; i++)
        a->plan.used[a->lists.at[i].place] = 1;
    return status == OKO_OK ? describe_run(a) : status;
}

static oko_status analyse(analysis *a, bool recompute, oko_run *ret_run, bool *ret_new)
{
    oko_status status = prepare(a);
    if (status == OKO_OK)
        status = oko_keep_run(&a->keep, recompute, analyse_all, a, ret_run, ret_new);
    if (status == OKO_OK)
        tell(a, "analysis.stage", a->plan.n);
    return status;
}

static oko_status check_options(const oko_analysis_options *options, oko_error *err)
{
    if (options->replicates != 0 &&
        (options->replicates < OKO_ANALYSIS_MIN_REPLICATES || options->replicates > OKO_ANALYSIS_MAX_REPLICATES))
        return oko_error_set(err, OKO_E_ARGUMENT, "analysis.replicates", "replicates");
    if (options->threads < 0 || options->revision < 0 || options->published_min < 0)
        return oko_error_set(err, OKO_E_ARGUMENT, "", "options");
    return OKO_OK;
}

static oko_status open_analysis(oko_store *store, const oko_analysis_options *options, analysis **ret, oko_error *err)
{
    oko_error_clear(err);
    oko_status status = check_options(options, err);
    analysis *a = status == OKO_OK ? calloc(1, sizeof *a) : NULL;
    if (a == NULL)
        return status != OKO_OK ? status : oko_error_set(err, OKO_E_MEMORY, "", "");
    *a = (analysis){ .store = store,
                     .options = options,
                     .keep = { .store = store, .threads = options->threads, .err = err },
                     .err = err };
    *ret = a;
    return OKO_OK;
}

oko_status oko_analyze(oko_store *store, const oko_analysis_options *options, bool recompute, oko_run *ret_run,
                       bool *ret_new, oko_error *err)
{
    analysis *a = NULL;
    oko_status status = open_analysis(store, options, &a, err);
    if (status != OKO_OK)
        return status;
    status = oko_keep_say(&a->keep, analyse(a, recompute, ret_run, ret_new));
    close_analysis(a);
    free(a);
    return status;
}

oko_status oko_analysis_try(oko_store *store, const oko_analysis_options *options, oko_result_fn fn, void *ctx,
                            oko_error *err)
{
    analysis *a = NULL;
    oko_status status = open_analysis(store, options, &a, err);
    if (status != OKO_OK)
        return status;
    a->trial = fn;
    a->trial_ctx = ctx;
    status = prepare_plan(a);
    if (status == OKO_OK && a->plan.n == 0)
        status = oko_error_set(err, OKO_E_NO_DATA, "analysis.nothing_loaded", "");
    if (status == OKO_OK)
        status = analyse_procedures(a);
    if (status != OKO_OK && err->code != status)
        (void)!oko_error_set(err, status, "", "");
    close_analysis(a);
    free(a);
    return status;
}
