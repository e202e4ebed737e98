/* fioko-2019/ci («завышение») and fioko-2019/rs («несоответствие отметкам»): school by school. */
#include "analysis/rules.h"

#include "base/threads.h"

#include <oko/fioko2019.h>

#include <math.h>

typedef struct loop {
    oko_job *job;
    const oko_frame *frame;
    const char *rule;
    bool official;
    int64_t min_works;
    size_t first; /* result of the first school */
} loop;

/* Opens the loop of one rule: its code, its parameters, and a place for each school. */
static oko_status open_loop(oko_job *job, const oko_frame *f, const char *rule, double min_works, loop *ret)
{
    const oko_pack_rule *r = oko_pack_find(&job->fioko, rule);
    *ret = (loop){ .job = job,
                   .frame = f,
                   .rule = r->code,
                   .official = oko_pack_sign_of(&job->fioko, r->code, f->procedure) >= 0,
                   .min_works = llround(oko_pack_value(r, "min_works", min_works)) };
    return oko_results_extend(&job->results, f->n, &ret->first);
}

static oko_result *start(const loop *l, size_t i)
{
    oko_result *r = &l->job->results.at[l->first + i];
    const oko_school_state *s = l->frame->schools[i];
    oko_result_init(r, l->frame->procedure->code, l->rule, s->school, l->official);
    return r;
}

/* ---- ci ---- */

static oko_status ci_details(oko_details *d, const oko_fioko_ci *ci, char **ret)
{
    oko_details_begin(d);
    oko_details_integer(d, "n", ci->n);
    oko_details_number(d, "mean", ci->mean);
    oko_details_number(d, "sd", ci->sd);
    oko_details_number(d, "lower", ci->lower);
    oko_details_number(d, "upper", 2 * ci->mean - ci->lower);
    oko_details_integer(d, "region_n", ci->region_n);
    oko_details_number(d, "region_mean", ci->region_mean);
    oko_details_number(d, "region_sd", ci->region_sd);
    oko_details_number(d, "region_upper", ci->region_upper);
    return oko_details_finish(d, ret);
}

static oko_status ci_school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    const oko_state *school = l->frame->schools[i]->state;
    oko_result *r = start(l, i);
    oko_fioko_ci ci;
    r->n = oko_state_n(school);
    oko_status status = r->n < l->min_works ? OKO_E_NO_DATA : oko_fioko2019_ci(school, l->frame->all, &ci);
    if (status == OKO_E_NO_DATA) {
        oko_result_no_data(r, "analysis.few_works");
        return OKO_OK;
    }
    if (status != OKO_OK)
        return status;
    r->marked = ci.marked;
    r->observed = ci.mean;
    r->expected = ci.region_mean;
    r->effect = ci.mean - ci.region_mean;
    r->effect_lo = ci.lower - ci.region_mean;
    r->effect_hi = 2 * ci.mean - ci.lower - ci.region_mean;
    return ci_details(&l->job->details[worker], &ci, &r->details);
}

/* The region's side of the comparison, for its own page. */
static void region_numbers(oko_details *d, const void *ctx)
{
    const oko_state *all = ctx;
    double mean = NAN, sd = NAN;
    int64_t n = oko_state_n(all);
    if (oko_state_mean(all, &mean) != OKO_OK)
        mean = NAN;
    if (oko_state_sd(all, &sd) != OKO_OK)
        sd = NAN;
    oko_details_integer(d, "region_n", n);
    oko_details_number(d, "region_mean", mean);
    oko_details_number(d, "region_sd", sd);
    oko_details_number(d, "region_upper", n > 0 ? mean + 1.96 * sd / sqrt((double)n) : NAN);
}

oko_status oko_rule_ci(oko_job *job, const oko_frame *f)
{
    loop l;
    oko_status status = open_loop(job, f, "ci", 2, &l);
    if (status == OKO_OK)
        status = oko_parallel_for(f->n, job->threads, ci_school, &l);
    if (status != OKO_OK)
        return status;
    return oko_summarise(job, f, l.rule, l.official, l.first, region_numbers, f->all);
}

/* ---- rs ---- */

static oko_status rs_school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    const oko_state *school = l->frame->schools[i]->state;
    oko_result *r = start(l, i);
    oko_fioko_rs rs = { 0 };
    r->n = oko_state_n(school);
    oko_status status = oko_fioko2019_rs(school, &rs);
    if (status == OKO_E_NO_DATA || (status == OKO_OK && rs.n < l->min_works)) {
        oko_result_no_data(r, "analysis.few_journal_marks");
        return OKO_OK;
    }
    if (status != OKO_OK)
        return status;
    r->marked = rs.marked;
    r->n = rs.n;
    r->observed = rs.rs;
    r->expected = 0;
    r->effect = rs.rs;
    oko_details *d = &l->job->details[worker];
    oko_details_begin(d);
    oko_details_integer(d, "n", oko_state_n(school));
    oko_details_integer(d, "with_mark", rs.n);
    oko_details_number(d, "rs", rs.rs);
    return oko_details_finish(d, &r->details);
}

oko_status oko_rule_rs(oko_job *job, const oko_frame *f)
{
    loop l;
    oko_status status = open_loop(job, f, "rs", 3, &l);
    if (status == OKO_OK)
        status = oko_parallel_for(f->n, job->threads, rs_school, &l);
    if (status != OKO_OK)
        return status;
    return oko_summarise(job, f, l.rule, l.official, l.first, NULL, NULL);
}
