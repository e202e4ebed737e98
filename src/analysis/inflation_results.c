/* Inflation of the region against its reference stratum, written down as results. */
#include "analysis/evidence_results.h"

#include "base/memory.h"

#include <oko/inflation.h>

#include <stdio.h>

enum { DECIMALS = 4 };

static void put_estimate(oko_details *d, const char *key, const oko_estimate *e)
{
    oko_details_array(d, key);
    oko_details_rounded(d, NULL, e->value, DECIMALS);
    oko_details_rounded(d, NULL, e->lo, DECIMALS);
    oko_details_rounded(d, NULL, e->hi, DECIMALS);
    oko_details_end_array(d);
}

static void put_part(oko_details *d, const char *key, const oko_inflation_part *part, int n_cutoffs)
{
    int marks = n_cutoffs > 0 ? n_cutoffs + 1 : 0;
    oko_details_open(d, key);
    oko_details_text(d, "why", oko_inflation_why_name(part->why));
    oko_details_integer(d, "reference_schools", part->reference_schools);
    oko_details_integer(d, "reference_works", part->reference_works);
    oko_details_integer(d, "other_schools", part->other_schools);
    oko_details_integer(d, "other_works", part->other_works);
    oko_details_rounded(d, "observed", part->observed, DECIMALS);
    oko_details_rounded(d, "expected", part->expected, DECIMALS);
    put_estimate(d, "marks", &part->marks);
    oko_details_array(d, "mark");
    for (int k = 0; k < marks; k++)
        oko_details_rounded(d, NULL, part->mark[k], DECIMALS);
    oko_details_end_array(d);
    oko_details_array(d, "share");
    for (int k = 0; k < marks; k++)
        put_estimate(d, NULL, &part->share[k]);
    oko_details_end_array(d);
    oko_details_array(d, "lifted");
    for (int k = 0; k < n_cutoffs; k++)
        put_estimate(d, NULL, &part->lifted[k]);
    oko_details_end_array(d);
    oko_details_close(d);
}

static oko_status put_details(oko_details *d, const oko_procedure *p, const oko_inflation *f, char **ret)
{
    oko_details_begin(d);
    oko_details_integer(d, "cohort", p->grade > 0 ? p->year - p->grade : 0);
    oko_details_integer(d, "works", f->works);
    oko_details_rounded(d, "level", f->level, DECIMALS);
    oko_details_integer(d, "first_mark", p->first_mark);
    oko_details_array(d, "cutoffs");
    for (int k = 0; k < p->n_cutoffs; k++)
        oko_details_integer(d, NULL, p->cutoffs[k]);
    oko_details_end_array(d);
    put_part(d, "plain", &f->plain, f->n_cutoffs);
    put_part(d, "adjusted", &f->adjusted, f->n_cutoffs);
    return oko_details_finish(d, ret);
}

/* The adjusted figures where they could be computed, else the plain ones. */
static void put_numbers(oko_result *r, const oko_inflation *f)
{
    bool adjusted = f->adjusted.why == OKO_INFLATION_COMPUTED;
    const oko_inflation_part *part = adjusted ? &f->adjusted : &f->plain;
    char why[64];
    r->n = part->other_works;
    r->observed = part->observed;
    r->expected = part->expected;
    r->effect = part->marks.value;
    r->effect_lo = part->marks.lo;
    r->effect_hi = part->marks.hi;
    if (part->why != OKO_INFLATION_COMPUTED) {
        snprintf(why, sizeof why, "inflation.%s", oko_inflation_why_name(part->why));
        oko_result_no_data(r, why);
    }
}

oko_status oko_inflation_take(oko_spool *results, oko_details *d, const oko_works *works,
                              const oko_evidence_groups *groups, const oko_place *top, uint64_t seed)
{
    const oko_inflation_options options = { .seed = seed };
    oko_status status = OKO_OK;
    for (int t = 0; status == OKO_OK && t < works->n_tests; t++) {
        const oko_procedure *p = works->tests[t].procedure;
        oko_inflation f;
        status =
            oko_inflation_estimate(groups->tests, works->n_tests, groups->groups, groups->n_signs, t, &options, &f);
        if (status != OKO_OK)
            return status;
        oko_result r;
        oko_result_init(&r, p->code, OKO_RULE_INFLATION, top != NULL ? top->id : 0, false);
        put_numbers(&r, &f);
        status = put_details(d, p, &f, &r.details);
        if (status == OKO_OK)
            status = oko_spool_put(results, &r);
    }
    return status;
}
