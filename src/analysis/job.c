/* What the rules share: packs, buffers, and the summary of schools' results above the school. */
#include "analysis/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Constants of the published rules are part of the statistics; a pack may state them, not change them. */
static const struct {
    const char *rule, *param;
    double value;
} fixed[] = { { "ci", "z", 1.96 }, { "rs", "bound", 0 }, { "rise", "iqr", 3 }, { "fall", "iqr", 3 } };

static oko_status check_fixed(const oko_pack *pack, oko_error *err)
{
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        const oko_pack_rule *rule = oko_pack_find(pack, fixed[i].rule);
        if (rule == NULL)
            return oko_error_set(err, OKO_E_FORMAT, "analysis.pack", fixed[i].rule);
        double value = oko_pack_value(rule, fixed[i].param, fixed[i].value);
        if (value < fixed[i].value || value > fixed[i].value)
            return oko_error_set(err, OKO_E_UNSUPPORTED, "analysis.pack.fixed", rule->code);
    }
    return OKO_OK;
}

/* The packs that a region may replace, and the lists from outside. */
static oko_status load_region(oko_job *job, const char *rules, const char *name, oko_error *err)
{
    oko_status status = rules != NULL
                            ? oko_pack_read_region(oko_str_of(rules), name, &job->region, &job->region_content, err)
                            : oko_pack_load("region", &job->region, err);
    if (status == OKO_OK)
        status = oko_pack_load("external", &job->external, err);
    if (status == OKO_OK &&
        (oko_pack_find(&job->external, "list") == NULL || oko_pack_find(&job->external, "repeated") == NULL))
        status = oko_error_set(err, OKO_E_FORMAT, "analysis.pack", "list, repeated");
    return status;
}

oko_status oko_job_open(oko_job *job, const char *rules, const char *name, oko_error *err)
{
    oko_status status = oko_pack_load("fioko-2019", &job->fioko, err);
    if (status == OKO_OK)
        status = oko_pack_load("oko", &job->own, err);
    if (status == OKO_OK)
        status = check_fixed(&job->fioko, err);
    if (status == OKO_OK &&
        (oko_pack_find(&job->fioko, "index") == NULL || oko_pack_find(&job->own, "threshold") == NULL))
        status = oko_error_set(err, OKO_E_FORMAT, "analysis.pack", "index, threshold");
    if (status == OKO_OK)
        status = load_region(job, rules, name, err);
    if (status == OKO_OK)
        status = oko_other_load(&job->other, err);
    for (int i = 0; i < OKO_MAX_WORKERS; i++)
        oko_details_init(&job->details[i]);
    return status;
}

void oko_job_close(oko_job *job)
{
    oko_results_clear(&job->results);
    free(job->region_content);
    for (int i = 0; i < OKO_MAX_WORKERS; i++)
        oko_details_free(&job->details[i]);
}

/* ---- summaries ---- */

typedef struct tally {
    int64_t schools, computable, marked;
} tally;

static tally count_results(const oko_result *results, size_t n)
{
    tally t = { .schools = (int64_t)n };
    for (size_t i = 0; i < n; i++) {
        t.computable += results[i].state == OKO_RESULT_OK;
        t.marked += results[i].marked;
    }
    return t;
}

static void summary_details(oko_details *d, const tally *t)
{
    oko_details_begin(d);
    oko_details_bool(d, "summary", true);
    oko_details_integer(d, "schools", t->schools);
    oko_details_integer(d, "computable", t->computable);
    oko_details_integer(d, "no_data", t->schools - t->computable);
    oko_details_integer(d, "marked", t->marked);
    if (t->computable > 0)
        oko_details_number(d, "share", (double)t->marked / (double)t->computable);
    else
        oko_details_text(d, "share", NULL);
}

static void summary_numbers(oko_result *r, const tally *t)
{
    r->n = t->computable;
    if (t->computable == 0) {
        oko_result_no_data(r, "analysis.no_school_computable");
        return;
    }
    r->observed = (double)t->marked;
    r->effect = (double)t->marked / (double)t->computable;
}

oko_status oko_summarise(oko_job *job, const oko_frame *f, const char *rule, bool official, size_t first,
                         oko_details_fn add, const void *ctx)
{
    size_t at = 0;
    oko_status status = oko_results_extend(&job->results, f->n_groups + 1, &at);
    if (status != OKO_OK)
        return status;
    oko_details *d = &job->details[0];
    for (size_t g = 0; status == OKO_OK && g <= f->n_groups; g++) {
        bool region = g == f->n_groups;
        int64_t unit = region ? f->region : f->groups[g].unit;
        if (unit == 0 && !region)
            continue; /* schools without a municipality: nobody to tell it of */
        const oko_result *schools = job->results.at + first + (region ? 0 : f->groups[g].first);
        tally t = count_results(schools, region ? f->n : f->groups[g].n);
        oko_result *r = &job->results.at[at++];
        oko_result_init(r, f->procedure->code, rule, unit, official);
        summary_numbers(r, &t);
        summary_details(d, &t);
        if (region && add != NULL)
            add(d, ctx);
        status = oko_details_finish(d, &r->details);
    }
    job->results.n = at; /* places that nobody needed */
    return status;
}
