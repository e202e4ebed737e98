/* other/relation: is a school's result higher than the state exam of the same cohort (or of the same school) lets
 * expect? The results belong to the procedure that schools mark themselves. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <oko/relation.h>

#include <math.h>
#include <stdlib.h>

typedef struct relation {
    oko_job *job;
    const oko_pack_rule *pack;
    const oko_frame *frame;
    const oko_states *other;
    const oko_state **x; /* [frame->n] states in the other procedure, NULL = took no part */
    oko_relation_residual *residuals;
    oko_relation fit;
    oko_status fitted;
} relation;

static int by_school(const void *key, const void *entry)
{
    const int64_t *school = key;
    const oko_school_state *s = entry;
    return (*school > s->school) - (*school < s->school);
}

/* SD of pupils within schools, pooled; NaN when there is no school with two. */
static double within_sd(const oko_state *const *states, size_t n)
{
    double squares = 0, freedom = 0;
    for (size_t i = 0; i < n; i++) {
        const double k = states[i] != NULL ? (double)oko_state_n(states[i]) : 0;
        if (k < 2)
            continue;
        const double sum = (double)oko_state_sum(states[i]);
        squares += (double)oko_state_sum_sq(states[i]) - sum * sum / k;
        freedom += k - 1;
    }
    return freedom > 0 ? sqrt(squares / freedom) : NAN;
}

static double mean_of(const oko_state *state)
{
    double mean = NAN;
    return state != NULL && oko_state_mean(state, &mean) == OKO_OK ? mean : NAN;
}

static oko_status fit(relation *r)
{
    const size_t n = r->frame->n;
    OKO_CLEANUP(oko_freep) oko_relation_school *schools = oko_alloc_array(n, sizeof *schools);
    OKO_CLEANUP(oko_freep) const oko_state **y = oko_alloc_array(n, sizeof *y);
    if (schools == NULL || y == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const int64_t school = r->frame->schools[i]->school;
        const oko_school_state *found =
            r->other->n > 0 ? bsearch(&school, r->other->schools, r->other->n, sizeof *r->other->schools, by_school)
                            : NULL;
        y[i] = r->frame->schools[i]->state;
        r->x[i] = found != NULL ? found->state : NULL;
        schools[i] = (oko_relation_school){ .x = mean_of(r->x[i]),
                                            .y = mean_of(y[i]),
                                            .n_x = r->x[i] != NULL ? oko_state_n(r->x[i]) : 0,
                                            .n_y = oko_state_n(y[i]) };
    }
    const oko_relation_options options = { .sd_x = within_sd(r->x, n),
                                           .sd_y = within_sd(y, n),
                                           .min_pupils = (int)oko_pack_value(r->pack, "min_works", 5) };
    r->fitted = oko_relation_fit(schools, n, &options, &r->fit, r->residuals);
    if (r->fitted == OKO_E_ARGUMENT) /* pupils do not differ within schools: nothing to go by */
        r->fitted = OKO_E_NO_DATA;
    return r->fitted == OKO_E_NO_DATA ? OKO_OK : r->fitted;
}

/* Share of marks 4 and 5 in per cent, NaN when there is no scale of marks 2…5. */
static double good_share(const oko_state *state, const oko_procedure *p)
{
    const int64_t n = state != NULL ? oko_state_n(state) : 0;
    int64_t good = 0;
    if (n == 0 || !oko_region_scale(p))
        return NAN;
    for (int s = p->cutoffs[1]; s <= oko_state_max_total(state); s++)
        good += oko_state_histogram(state)[s];
    return 100 * (double)good / (double)n;
}

static double good_journal(const oko_state *state)
{
    int64_t good = 0, all = 0;
    for (int j = 1; j < OKO_JOURNAL_MARKS; j++)
        for (int s = 0; s <= oko_state_max_total(state); s++) {
            all += oko_state_journal(state, j)[s];
            good += j >= 4 ? oko_state_journal(state, j)[s] : 0;
        }
    return all > 0 ? 100 * (double)good / (double)all : NAN;
}

static void put_line(oko_details *d, const void *ctx)
{
    const relation *r = ctx;
    oko_details_text(d, "other", r->other->procedure.code);
    oko_details_integer(d, "fit_schools", (int64_t)r->fit.schools);
    oko_details_number(d, "slope", r->fit.slope);
    oko_details_number(d, "slope_se", r->fit.slope_se);
    oko_details_number(d, "intercept", r->fit.intercept);
    oko_details_number(d, "spread", r->fit.spread);
    oko_details_number(d, "reliability", r->fit.reliability);
}

static oko_status school_details(const relation *r, size_t i, char **ret)
{
    const oko_relation_residual *e = &r->residuals[i];
    const oko_state *y = r->frame->schools[i]->state;
    const double good = good_share(y, r->frame->procedure), other = good_share(r->x[i], &r->other->procedure);
    oko_details *d = &r->job->details[0];
    oko_details_begin(d);
    oko_details_bool(d, "summary", false);
    put_line(d, r);
    oko_details_integer(d, "n_before",
                        oko_state_n(r->x[i])); /* works in the other procedure: reports hide small ones */
    oko_details_number(d, "other_mean", mean_of(r->x[i]));
    oko_details_number(d, "z", e->z);
    oko_details_number(d, "p_low", e->p_low);
    oko_details_number(d, "good", good);
    oko_details_number(d, "other_good", other);
    oko_details_number(d, "good_gap", good - other);
    oko_details_number(d, "journal_good", good_journal(y));
    return oko_details_finish(d, ret);
}

static const char *why_not(const relation *r, size_t i)
{
    return r->x[i] == NULL || oko_state_n(r->x[i]) == 0 ? "analysis.other.no_other_works"
           : r->fitted == OKO_E_NO_DATA                 ? "analysis.other.no_line"
                                                        : "analysis.few_works";
}

static oko_status school_result(const relation *r, size_t i, oko_result *result)
{
    const oko_relation_residual *e = &r->residuals[i];
    oko_result_init(result, r->frame->procedure->code, r->pack->code, r->frame->schools[i]->school, false);
    result->n = oko_state_n(r->frame->schools[i]->state);
    if (!e->computed) {
        oko_result_no_data(result, why_not(r, i));
        return OKO_OK;
    }
    result->observed = mean_of(r->frame->schools[i]->state);
    result->expected = e->expected;
    result->effect = e->effect;
    result->effect_lo = e->lo;
    result->effect_hi = e->hi;
    result->p = e->p;
    result->log_p = e->log_p;
    return school_details(r, i, &result->details);
}

static oko_status tell(relation *r)
{
    size_t first = 0;
    oko_status status = fit(r);
    if (status == OKO_OK)
        status = oko_results_extend(&r->job->results, r->frame->n, &first);
    for (size_t i = 0; status == OKO_OK && i < r->frame->n; i++)
        status = school_result(r, i, &r->job->results.at[first + i]);
    if (status == OKO_OK)
        status = oko_other_mark(r->job, first, oko_pack_value(r->pack, "q", .05));
    return status == OKO_OK ? oko_summarise(r->job, r->frame, r->pack->code, false, first, put_line, r) : status;
}

oko_status oko_rule_relation(oko_job *job, const oko_frame *f, const oko_states *other)
{
    OKO_CLEANUP(oko_freep) const oko_state **x = oko_calloc_array(f->n, sizeof *x);
    OKO_CLEANUP(oko_freep) oko_relation_residual *residuals = oko_calloc_array(f->n, sizeof *residuals);
    if (x == NULL || residuals == NULL)
        return OKO_E_MEMORY;
    relation r = { .job = job,
                   .pack = oko_pack_find(&job->other.pack, "relation"),
                   .frame = f,
                   .other = other,
                   .x = x,
                   .residuals = residuals };
    return tell(&r);
}
