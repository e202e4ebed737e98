/* oko/threshold (границы отметок): works lifted over the cut-offs, in the region, its municipalities and schools. */
#include "analysis/rules.h"

#include "base/memory.h"
#include "base/random.h"
#include "base/threads.h"

#include <oko/threshold.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct loop {
    oko_job *job;
    const oko_frame *frame;
    const oko_counterfactual *cf; /* NULL: no fit */
    const char *rule;
    size_t first;
} loop;

/* Seed of one bootstrap: depends on what it is about, not on ids, order or threads. */
static uint64_t seed_of(const oko_job *job, const char *procedure, const char *unit)
{
    uint64_t h = 14695981039346656037u;
    for (int pass = 0; pass < 2; pass++)
        for (const char *c = pass == 0 ? procedure : unit;; c++) {
            h = (h ^ (unsigned char)*c) * 1099511628211u;
            if (*c == '\0')
                break;
        }
    oko_rng rng = oko_rng_make(job->seed, h);
    return oko_rng_u64(&rng);
}

static const char *code_of(const oko_job *job, int64_t unit)
{
    const oko_place *place = oko_register_find(job->reg, unit);
    return place != NULL ? place->code : "";
}

/* ---- one result ---- */

static void cutoff_details(oko_details *d, const oko_threshold_cutoff *c)
{
    oko_details_open(d, NULL);
    oko_details_integer(d, "cutoff", c->cutoff);
    oko_details_integer(d, "below_from", c->below_from);
    oko_details_integer(d, "above_to", c->above_to);
    oko_details_integer(d, "below", c->below);
    oko_details_integer(d, "above", c->above);
    oko_details_number(d, "expected_above", c->expected_above);
    oko_details_number(d, "lifted", c->lifted);
    oko_details_number(d, "lifted_lo", c->lifted_lo);
    oko_details_number(d, "lifted_hi", c->lifted_hi);
    oko_details_number(d, "share", c->share);
    oko_details_number(d, "z", c->z);
    oko_details_number(d, "p", c->p);
    oko_details_number(d, "log_p", c->log_p);
    oko_details_close(d);
}

/* expected: works per score at the unit's level, max_total + 1 of them. */
static oko_status details(oko_details *d, const oko_threshold_result *t, int max_total, const double *expected,
                          double scale, char **ret)
{
    oko_details_begin(d);
    oko_details_integer(d, "n", t->n);
    oko_details_number(d, "lifted", t->lifted);
    oko_details_number(d, "lifted_lo", t->lifted_lo);
    oko_details_number(d, "lifted_hi", t->lifted_hi);
    oko_details_number(d, "p", t->p);
    oko_details_number(d, "log_p", t->log_p);
    oko_details_array(d, "cutoffs");
    for (int i = 0; i < t->n_cutoffs; i++)
        cutoff_details(d, &t->at[i]);
    oko_details_end_array(d);
    oko_details_array(d, "expected");
    for (int i = 0; i <= max_total; i++)
        oko_details_rounded(d, NULL, expected[i] * scale, 4);
    oko_details_end_array(d);
    return oko_details_finish(d, ret);
}

/* Works above the cut-offs inside the windows: observed, and expected under the counterfactual. */
static void take_numbers(oko_result *r, const oko_threshold_result *t)
{
    int64_t above = 0;
    double expected = 0;
    for (int i = 0; i < t->n_cutoffs; i++) {
        above += t->at[i].above;
        if (!isnan(t->at[i].expected_above))
            expected += t->at[i].expected_above;
    }
    r->n = t->n;
    r->observed = (double)above;
    r->expected = expected;
    r->effect = t->lifted;
    r->effect_lo = t->lifted_lo;
    r->effect_hi = t->lifted_hi;
    r->p = t->p;
    r->log_p = t->log_p;
}

static oko_result *start(const loop *l, size_t at, int64_t unit, int64_t n)
{
    oko_result *r = &l->job->results.at[at];
    oko_result_init(r, l->frame->procedure->code, l->rule, unit, false);
    r->n = n;
    return r;
}

/* Ends a test: its numbers, or the reason why there are none. */
static oko_status take_test(const loop *l, oko_result *r, oko_status status, const oko_threshold_result *t,
                            const double *expected, int worker)
{
    if (status == OKO_E_NO_DATA || status == OKO_E_NUMERIC) {
        oko_result_no_data(r, status == OKO_E_NO_DATA ? "analysis.threshold.few_works" : "analysis.threshold.numeric");
        return OKO_OK;
    }
    if (status != OKO_OK)
        return status;
    take_numbers(r, t);
    return details(&l->job->details[worker], t, l->frame->procedure->max_total, expected, 1, &r->details);
}

/* ---- levels ---- */

static int64_t min_works(const loop *l)
{
    return llround(oko_pack_value(oko_pack_find(&l->job->own, "threshold"), "min_works", 10));
}

static oko_status test_state(const loop *l, oko_result *r, const oko_state *state, int worker)
{
    if (l->cf == NULL) {
        oko_result_no_data(r, "analysis.threshold.no_counterfactual");
        return OKO_OK;
    }
    oko_threshold_result t;
    double expected[OKO_MAX_TOTAL + 1];
    oko_status status = r->n < min_works(l) ? OKO_E_NO_DATA : oko_threshold_test(l->cf, state, &t, expected);
    return take_test(l, r, status, &t, expected, worker);
}

static oko_status test_school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    const oko_school_state *s = l->frame->schools[i];
    if (!oko_job_goes_on(l->job, worker))
        return OKO_E_CANCELLED;
    return test_state(l, start(l, l->first + i, s->school, oko_state_n(s->state)), s->state, worker);
}

/* A municipality of several schools: its interval comes from a bootstrap over them. */
static oko_status test_cluster(const loop *l, oko_result *r, const oko_group *g, int worker)
{
    if (l->cf == NULL || r->n < min_works(l)) {
        oko_result_no_data(r, l->cf == NULL ? "analysis.threshold.no_counterfactual" : "analysis.threshold.few_works");
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) const oko_state **states = oko_alloc_array(g->n, sizeof *states);
    if (states == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < g->n; i++)
        states[i] = l->frame->schools[g->first + i]->state;
    const oko_threshold_options options = { .replicates = l->job->replicates,
                                            .seed =
                                                seed_of(l->job, l->frame->procedure->code, code_of(l->job, g->unit)),
                                            .threads = 1 };
    oko_threshold_result t;
    double expected[OKO_MAX_TOTAL + 1];
    oko_status status = oko_threshold_test_cluster(l->cf, g->n, states, &options, &t, expected);
    return take_test(l, r, status, &t, expected, worker);
}

static int64_t group_works(const loop *l, const oko_group *g)
{
    int64_t n = g->histogram != NULL ? oko_state_n(g->histogram) : 0;
    for (size_t k = 0; k < g->n; k++)
        n += oko_state_n(l->frame->schools[g->first + k]->state);
    return n;
}

static oko_status test_group(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    const oko_group *g = &l->frame->groups[i];
    if (!oko_job_goes_on(l->job, worker))
        return OKO_E_CANCELLED;
    if (g->unit == 0)
        return OKO_OK; /* schools without a municipality: the blank is dropped afterwards */
    oko_result *r = start(l, l->first + i, g->unit, group_works(l, g));
    if (g->n <= 1) {
        const oko_state *state = g->n == 0 ? g->histogram : l->frame->schools[g->first]->state;
        return test_state(l, r, state, worker);
    }
    return test_cluster(l, r, g, worker);
}

/* The fit itself is the region's result. A failed fit is a result too: NO_DATA with the reason. */
static oko_status fit_region(loop *l, oko_counterfactual **ret_cf, oko_result *r)
{
    const oko_frame *f = l->frame;
    const oko_procedure *p = f->procedure;
    size_t n = f->n > 0 ? f->n : 1;
    OKO_CLEANUP(oko_freep) const oko_state **states = oko_alloc_array(n, sizeof *states);
    if (states == NULL)
        return OKO_E_MEMORY;
    states[0] = f->all;
    for (size_t i = 0; i < f->n; i++)
        states[i] = f->schools[i]->state;
    const oko_threshold_spec spec = { .max_total = p->max_total,
                                      .n_cutoffs = p->n_cutoffs,
                                      .cutoffs = p->cutoffs,
                                      .n_gaps = p->n_gaps,
                                      .gaps = p->gaps };
    const oko_threshold_options options = { .replicates = l->job->replicates,
                                            .seed = seed_of(l->job, p->code, code_of(l->job, f->region)),
                                            .threads = l->job->threads };
    oko_threshold_result t;
    oko_status status = oko_threshold_fit(&spec, n, states, &options, ret_cf, &t);
    if (status != OKO_OK)
        return take_test(l, r, status, &t, NULL, 0);
    take_numbers(r, &t);
    return details(&l->job->details[0], &t, p->max_total, oko_counterfactual_pmf(*ret_cf), (double)t.n, &r->details);
}

/* Drops the blank results of schools without a municipality. */
static void drop_blank(oko_results *results, size_t first)
{
    size_t keep = first;
    for (size_t i = first; i < results->n; i++) {
        oko_result r = results->at[i];
        if (r.rule[0] != '\0')
            results->at[keep++] = r;
    }
    results->n = keep;
}

static void say_no_cutoffs(oko_result *r)
{
    oko_result_no_data(r, "analysis.threshold.no_cutoffs");
    r->state = OKO_RESULT_NOT_APPLICABLE;
}

/* Without cut-offs the region and its municipalities are told so; schools have other rules. */
static oko_status not_applicable(const loop *l)
{
    const oko_frame *f = l->frame;
    size_t at = 0;
    oko_status status = oko_results_extend(&l->job->results, 1 + f->n_groups, &at);
    if (status != OKO_OK)
        return status;
    say_no_cutoffs(start(l, at, f->region, oko_state_n(f->all)));
    for (size_t i = 0; i < f->n_groups; i++)
        if (f->groups[i].unit != 0)
            say_no_cutoffs(start(l, at + 1 + i, f->groups[i].unit, group_works(l, &f->groups[i])));
    drop_blank(&l->job->results, at);
    return OKO_OK;
}

oko_status oko_rule_threshold(oko_job *job, const oko_frame *f)
{
    loop l = { .job = job, .frame = f, .rule = oko_pack_find(&job->own, "threshold")->code };
    if (f->procedure->n_cutoffs == 0)
        return not_applicable(&l);
    OKO_CLEANUP(oko_counterfactual_freep) oko_counterfactual *cf = NULL;
    size_t begin = job->results.n, at = 0;
    oko_status status = oko_results_extend(&job->results, 1 + f->n_groups + f->n, &at);
    if (status == OKO_OK)
        status = fit_region(&l, &cf, start(&l, at, f->region, oko_state_n(f->all)));
    if (status != OKO_OK)
        return status;
    l.cf = cf;
    l.first = at + 1;
    status = oko_parallel_for(f->n_groups, job->threads, test_group, &l);
    l.first = at + 1 + f->n_groups;
    if (status == OKO_OK)
        status = oko_parallel_for(f->n, job->threads, test_school, &l);
    if (status == OKO_OK)
        drop_blank(&job->results, begin);
    return status;
}

/* ---- q-values and marks ---- */

/* Benjamini–Hochberg over the results of one level in [first, n). */
static oko_status adjust_level(oko_job *job, size_t first, oko_level level, double bound)
{
    size_t n = job->results.n - first, k = 0;
    OKO_CLEANUP(oko_freep) size_t *index = oko_alloc_array(n, sizeof *index);
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(n, sizeof *p);
    OKO_CLEANUP(oko_freep) double *q = oko_alloc_array(n, sizeof *q);
    if (index == NULL || p == NULL || q == NULL)
        return OKO_E_MEMORY;
    const char *rule = oko_pack_find(&job->own, "threshold")->code;
    for (size_t i = first; i < job->results.n; i++) {
        const oko_result *r = &job->results.at[i];
        const oko_place *place = oko_register_find(job->reg, r->unit);
        oko_level at = place != NULL ? place->level : OKO_LEVEL_REGION; /* no unit: a region without a name */
        if (strcmp(r->rule, rule) == 0 && at == level) {
            index[k] = i;
            p[k++] = r->p;
        }
    }
    oko_status status = k > 0 ? oko_bh(k, p, q) : OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < k; i++) {
        oko_result *r = &job->results.at[index[i]];
        r->q = q[i];
        r->marked = level >= OKO_LEVEL_MUNICIPALITY ? q[i] <= bound : r->p < bound;
    }
    return status;
}

oko_status oko_rule_threshold_finish(oko_job *job, size_t first)
{
    if (job->results.n == first)
        return OKO_OK;
    const oko_pack_rule *rule = oko_pack_find(&job->own, "threshold");
    oko_status status = OKO_OK;
    for (int level = OKO_LEVEL_COUNTRY; status == OKO_OK && level <= OKO_LEVEL_SCHOOL; level++)
        status = adjust_level(job, first, (oko_level)level,
                              oko_pack_value(rule, level >= OKO_LEVEL_MUNICIPALITY ? "q" : "p", .05));
    return status;
}
