/* fioko-2019/rise and fioko-2019/fall («резкое изменение»): a cohort's school against itself a year earlier. The
 * results belong to the later procedure. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <oko/fioko2019.h>

#include <math.h>
#include <stdlib.h>

/* One comparison of two procedures in a frame. */
typedef struct comparison {
    const oko_frame *frame;
    const oko_procedure *previous;
    oko_fioko_change *changes; /* [frame->n] */
    const oko_state **before;  /* [frame->n] NULL: the school took no part */
    oko_fioko_bounds bounds;
    bool bounded; /* enough schools for quartiles */
} comparison;

static int by_school(const void *key, const void *entry)
{
    const int64_t *school = key;
    const oko_school_state *s = entry;
    return (*school > s->school) - (*school < s->school);
}

static void add_bounds(oko_details *d, const void *ctx)
{
    const comparison *c = ctx;
    oko_details_text(d, "previous", c->previous->code);
    oko_details_integer(d, "bounds_schools", c->bounds.schools);
    oko_details_number(d, "q1", c->bounds.q1);
    oko_details_number(d, "q3", c->bounds.q3);
    oko_details_number(d, "low", c->bounds.low);
    oko_details_number(d, "high", c->bounds.high);
}

static oko_status school_result(oko_job *job, const comparison *c, size_t i, bool rise, oko_result *r)
{
    const oko_fioko_change *change = &c->changes[i];
    r->n = oko_state_n(c->frame->schools[i]->state);
    if (c->before[i] == NULL || oko_state_n(c->before[i]) < 1) {
        oko_result_no_data(r, "analysis.no_previous_works");
        return OKO_OK;
    }
    if (!change->computable || !c->bounded) {
        oko_result_no_data(r, change->computable ? "analysis.few_schools" : "analysis.few_works");
        return OKO_OK;
    }
    r->marked = rise ? change->rise : change->fall;
    r->observed = change->k;
    r->expected = rise ? c->bounds.low : c->bounds.high;
    r->effect = change->after - change->before;
    oko_details *d = &job->details[0];
    oko_details_begin(d);
    oko_details_number(d, "k", change->k);
    oko_details_number(d, "before", change->before);
    oko_details_number(d, "after", change->after);
    oko_details_integer(d, "n_before", oko_state_n(c->before[i]));
    oko_details_integer(d, "n_after", r->n);
    add_bounds(d, c);
    return oko_details_finish(d, &r->details);
}

static oko_status direction(oko_job *job, const comparison *c, bool rise)
{
    const oko_pack_rule *rule = oko_pack_find(&job->fioko, rise ? "rise" : "fall");
    bool official = oko_pack_sign_of(&job->fioko, rule->code, c->frame->procedure) >= 0;
    size_t first = 0;
    oko_status status = oko_results_extend(&job->results, c->frame->n, &first);
    for (size_t i = 0; status == OKO_OK && i < c->frame->n; i++) {
        oko_result *r = &job->results.at[first + i];
        oko_result_init(r, c->frame->procedure->code, rule->code, c->frame->schools[i]->school, official);
        status = school_result(job, c, i, rise, r);
    }
    if (status != OKO_OK)
        return status;
    return oko_summarise(job, c->frame, rule->code, official, first, add_bounds, c);
}

/* Finds every school in the earlier procedure and computes K. */
static oko_status compare(comparison *c, const oko_states *previous)
{
    size_t n = c->frame->n;
    OKO_CLEANUP(oko_freep) const oko_state **after = oko_alloc_array(n, sizeof *after);
    if (after == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const int64_t school = c->frame->schools[i]->school;
        const oko_school_state *old =
            previous->n > 0 ? bsearch(&school, previous->schools, previous->n, sizeof *previous->schools, by_school)
                            : NULL;
        c->before[i] = old != NULL ? old->state : NULL;
        after[i] = c->frame->schools[i]->state;
    }
    oko_status status = oko_fioko2019_change(n, c->before, after, c->changes, &c->bounds);
    c->bounded = status == OKO_OK;
    return status == OKO_E_NO_DATA ? OKO_OK : status;
}

/* No earlier procedure: said once for the region, in both directions. */
static oko_status not_loaded(oko_job *job, const oko_frame *f)
{
    size_t at = 0;
    oko_status status = oko_results_extend(&job->results, 2, &at);
    if (status != OKO_OK)
        return status;
    char code[OKO_CODE_BYTES] = "";
    bool expected = oko_procedure_previous(f->procedure, code);
    for (int rise = 0; rise < 2 && status == OKO_OK; rise++) {
        oko_result *r = &job->results.at[at + (size_t)rise];
        const oko_pack_rule *rule = oko_pack_find(&job->fioko, rise ? "rise" : "fall");
        bool official = oko_pack_sign_of(&job->fioko, rule->code, f->procedure) >= 0;
        oko_result_init(r, f->procedure->code, rule->code, f->region, official);
        oko_result_no_data(r, "analysis.no_previous");
        oko_details *d = &job->details[0];
        oko_details_begin(d);
        oko_details_text(d, "previous", expected ? code : NULL);
        status = oko_details_finish(d, &r->details);
    }
    return status;
}

oko_status oko_rule_change(oko_job *job, const oko_frame *f, const oko_states *previous)
{
    if (f->n == 0)
        return OKO_OK;
    if (previous == NULL)
        return not_loaded(job, f);
    OKO_CLEANUP(oko_freep) oko_fioko_change *changes = oko_alloc_array(f->n, sizeof *changes);
    OKO_CLEANUP(oko_freep) const oko_state **before = oko_alloc_array(f->n, sizeof *before);
    if (changes == NULL || before == NULL)
        return OKO_E_MEMORY;
    comparison c = { .frame = f, .previous = &previous->procedure, .changes = changes, .before = before };
    oko_status status = compare(&c, previous);
    if (status == OKO_OK)
        status = direction(job, &c, true);
    return status == OKO_OK ? direction(job, &c, false) : status;
}
