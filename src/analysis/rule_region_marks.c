/* region/contrast: many «4» and «5» with a low mean; region/twos: many more «2» than the cohort had a year earlier. */
#include "analysis/rules.h"

#include "base/threads.h"

#include <math.h>
#include <stdlib.h>

typedef struct loop {
    oko_job *job;
    const oko_frame *frame;
    const oko_states *previous; /* twos */
    const oko_pack_rule *rule;
    double region; /* twos: change of the whole region, percentage points */
    int64_t min_works;
    size_t first;
} loop;

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : NAN;
}

/* The smaller of two groups that make up n; a group of nobody is no secret. */
static int64_t smaller(int64_t part, int64_t n)
{
    int64_t rest = n - part;
    if (part == 0 || rest == 0)
        return n;
    return part < rest ? part : rest;
}

static oko_result *start(const loop *l, size_t i)
{
    oko_result *r = &l->job->results.at[l->first + i];
    oko_result_init(r, l->frame->procedure->code, l->rule->code, l->frame->schools[i]->school, false);
    return r;
}

static oko_status run_loop(loop *l, oko_loop_fn school, oko_details_fn add)
{
    l->min_works = llround(oko_pack_value(l->rule, "min_works", 10));
    oko_status status = oko_results_extend(&l->job->results, l->frame->n, &l->first);
    if (status == OKO_OK)
        status = oko_parallel_for(l->frame->n, l->job->threads, school, l);
    if (status != OKO_OK)
        return status;
    return oko_summarise(l->job, l->frame, l->rule->code, false, l->first, add, l);
}

/* ---- contrast ---- */

/* Works that count for the contrast, their «4» and «5», and the sum of their scores. */
typedef struct quality {
    int64_t n, good, sum;
} quality;

/* Marks of the work itself, or with `journal` marks of the journal (then only works that have one). */
static quality count_good(const oko_state *state, const oko_procedure *p, bool journal)
{
    quality q = { 0 };
    for (int j = journal ? 1 : 0; j < OKO_JOURNAL_MARKS; j++) {
        const int64_t *works = oko_state_journal(state, j);
        for (int s = 0; s <= oko_state_max_total(state); s++) {
            q.n += works[s];
            q.sum += works[s] * s;
            if ((journal ? j : oko_procedure_mark(p, s)) >= 4)
                q.good += works[s];
        }
    }
    return q;
}

static oko_status contrast_school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    const oko_procedure *p = l->frame->procedure;
    oko_result *r = start(l, i);
    double good = oko_pack_value(l->rule, "good", 80), mean = oko_pack_value(l->rule, "mean", 55);
    bool journal = oko_pack_value(l->rule, "journal", 0) > 0;
    quality q = count_good(l->frame->schools[i]->state, p, journal);
    r->n = q.n;
    if (q.n < l->min_works) {
        oko_result_no_data(r, journal ? "analysis.region.few_journal_marks" : "analysis.region.few_works");
        return OKO_OK;
    }
    double most = (double)q.n * p->max_total;
    r->observed = 100 * (double)q.sum / most;
    r->expected = mean;
    r->effect = share(q.good, q.n);
    r->marked = oko_region_reaches((double)q.good, (double)q.n, good) && !oko_region_reaches((double)q.sum, most, mean);
    oko_details *d = &l->job->details[worker];
    oko_details_begin(d);
    oko_details_integer(d, "n", oko_state_n(l->frame->schools[i]->state));
    oko_details_text(d, "marks", journal ? "journal" : "work");
    oko_details_integer(d, "good", q.good);
    oko_details_integer(d, "smallest", smaller(q.good, q.n));
    oko_details_number(d, "good_share", r->effect);
    oko_details_number(d, "mean_percent", r->observed);
    oko_details_number(d, "good_bound", good);
    oko_details_number(d, "mean_bound", mean);
    return oko_details_finish(d, &r->details);
}

static oko_status contrast(oko_job *job, const oko_frame *f)
{
    loop l = { .job = job, .frame = f, .rule = oko_pack_find(&job->region, "contrast") };
    if (l.rule == NULL)
        return OKO_OK;
    if (!oko_region_scale(f->procedure))
        return oko_region_says_no(job, f, "contrast", OKO_RESULT_NOT_APPLICABLE, "analysis.region.no_scale");
    return run_loop(&l, contrast_school, NULL);
}

/* ---- twos ---- */

static int64_t count_twos(const oko_state *state, const oko_procedure *p)
{
    const int64_t *works = oko_state_histogram(state);
    int64_t n = 0;
    for (int s = 0; s <= oko_state_max_total(state) && s < p->cutoffs[0]; s++)
        n += works[s];
    return n;
}

static int by_school(const void *key, const void *entry)
{
    const int64_t *school = key;
    const oko_school_state *s = entry;
    return (*school > s->school) - (*school < s->school);
}

/* The school a year earlier; NULL when it took no part. */
static const oko_state *before_of(const oko_states *previous, int64_t school)
{
    const oko_school_state *s =
        previous->n > 0 ? bsearch(&school, previous->schools, previous->n, sizeof *previous->schools, by_school) : NULL;
    return s != NULL && oko_state_n(s->state) > 0 ? s->state : NULL;
}

static oko_status twos_school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    oko_result *r = start(l, i);
    const oko_state *now = l->frame->schools[i]->state, *before = before_of(l->previous, l->frame->schools[i]->school);
    double rise = oko_pack_value(l->rule, "rise", 10);
    r->n = oko_state_n(now);
    if (before == NULL || r->n < l->min_works || oko_state_n(before) < l->min_works) {
        oko_result_no_data(r, before == NULL ? "analysis.no_previous_works" : "analysis.region.few_works_year");
        return OKO_OK;
    }
    int64_t n_before = oko_state_n(before), twos = count_twos(now, l->frame->procedure),
            twos_before = count_twos(before, &l->previous->procedure);
    int64_t least = smaller(twos, r->n), least_before = smaller(twos_before, n_before);
    r->observed = share(twos, r->n);
    r->expected = share(twos_before, n_before);
    r->effect = r->observed - r->expected;
    r->marked = oko_region_reaches((double)twos * (double)n_before - (double)twos_before * (double)r->n,
                                   (double)r->n * (double)n_before, rise);
    oko_details *d = &l->job->details[worker];
    oko_details_begin(d);
    oko_details_text(d, "previous", l->previous->procedure.code);
    oko_details_integer(d, "n_before", n_before);
    oko_details_integer(d, "n_after", r->n);
    oko_details_integer(d, "twos_before", twos_before);
    oko_details_integer(d, "twos_after", twos);
    oko_details_integer(d, "smallest", least < least_before ? least : least_before);
    oko_details_number(d, "before", r->expected);
    oko_details_number(d, "after", r->observed);
    oko_details_number(d, "rise_bound", rise);
    oko_details_number(d, "region_change", l->region);
    return oko_details_finish(d, &r->details);
}

static void twos_numbers(oko_details *d, const void *ctx)
{
    const loop *l = ctx;
    oko_details_text(d, "previous", l->previous->procedure.code);
    oko_details_number(d, "region_change", l->region);
}

/* Change of the share over the schools of the region that wrote in both years; NaN when there are none. */
static double region_change(const loop *l)
{
    int64_t n[2] = { 0 }, twos[2] = { 0 };
    for (size_t i = 0; i < l->frame->n; i++) {
        const oko_state *now = l->frame->schools[i]->state,
                        *before = before_of(l->previous, l->frame->schools[i]->school);
        if (before == NULL || oko_state_n(now) == 0)
            continue;
        n[0] += oko_state_n(before);
        n[1] += oko_state_n(now);
        twos[0] += count_twos(before, &l->previous->procedure);
        twos[1] += count_twos(now, l->frame->procedure);
    }
    return share(twos[1], n[1]) - share(twos[0], n[0]);
}

static oko_status twos(oko_job *job, const oko_frame *f, const oko_states *previous)
{
    loop l = { .job = job, .frame = f, .previous = previous, .rule = oko_pack_find(&job->region, "twos") };
    if (l.rule == NULL)
        return OKO_OK;
    if (!oko_region_scale(f->procedure))
        return oko_region_says_no(job, f, "twos", OKO_RESULT_NOT_APPLICABLE, "analysis.region.no_scale");
    if (previous == NULL)
        return oko_region_says_no(job, f, "twos", OKO_RESULT_NO_DATA, "analysis.no_previous");
    if (!oko_region_scale(&previous->procedure))
        return oko_region_says_no(job, f, "twos", OKO_RESULT_NOT_APPLICABLE, "analysis.region.previous_no_scale");
    l.region = region_change(&l);
    return run_loop(&l, twos_school, twos_numbers);
}

oko_status oko_rule_region_marks(oko_job *job, const oko_frame *f, const oko_states *previous)
{
    oko_status status = contrast(job, f);
    return status == OKO_OK ? twos(job, f, previous) : status;
}
