/* other/medals: medallists whose exam results are below what the medal asks for. */
#include "analysis/medals.h"
#include "analysis/rules.h"

#include <math.h>

typedef struct rule {
    oko_job *job;
    const oko_pack_rule *pack;
    const oko_entry *first; /* of the year */
    oko_region_shares *regions;
} rule;

enum { CONFIRMED, BELOW_RU = 1, BELOW_MA = 2, UNKNOWN = 4 };

static int judge(const oko_medal_rule *m, const int64_t *row)
{
    const int64_t ru = row[OKO_MEDAL_RU], profile = row[OKO_MEDAL_MA_PROFILE], base = row[OKO_MEDAL_MA_BASE];
    int found = CONFIRMED;
    if (ru >= 0 && ru < m->ru)
        found |= BELOW_RU;
    const bool good = profile >= m->profile || base >= m->base, asked = profile >= 0 || base >= 0;
    if (asked && !good)
        found |= BELOW_MA;
    return found != CONFIRMED ? found : ru < 0 || !asked ? UNKNOWN : CONFIRMED;
}

void oko_medals_count(const oko_other *other, int year, const int64_t *rows, size_t n_rows, oko_medals *m)
{
    for (size_t i = 0; i < n_rows; i++) {
        const int64_t *row = rows + i * OKO_FINDING_COLUMNS;
        const oko_medal_rule *bounds = oko_other_medal(other, year, (int)row[OKO_MEDAL_DEGREE]);
        const int found = bounds != NULL ? judge(bounds, row) : UNKNOWN;
        m->pupils++;
        m->no_rule += bounds == NULL;
        m->known += found != UNKNOWN;
        m->below += (found & (BELOW_RU | BELOW_MA)) != 0;
        m->below_ru += (found & BELOW_RU) != 0;
        m->below_ma += (found & BELOW_MA) != 0;
    }
}

static oko_status put_details(const rule *r, const oko_medals *t, char **ret)
{
    const oko_medal_rule *m = oko_other_medal(&r->job->other, r->first->year, 1);
    oko_details *d = &r->job->details[0];
    oko_details_begin(d);
    oko_details_bool(d, "summary", false);
    oko_details_integer(d, "medallists", t->pupils);
    oko_details_integer(d, "known", t->known);
    oko_details_integer(d, "not_confirmed", t->below);
    oko_details_integer(d, "below_ru", t->below_ru);
    oko_details_integer(d, "below_ma", t->below_ma);
    oko_details_integer(d, "smallest", oko_other_smallest(t->below, t->known));
    oko_details_integer(d, "bound_ru", m != NULL ? m->ru : 0);
    oko_details_integer(d, "bound_profile", m != NULL ? m->profile : 0);
    oko_details_integer(d, "bound_base", m != NULL ? m->base : 0);
    return oko_details_finish(d, ret);
}

static oko_status unit_result(void *ctx, size_t place, const oko_entry *const *entries, size_t n)
{
    const rule *r = ctx;
    const bool region = oko_entries_above(r->job->reg, place, OKO_LEVEL_REGION) == place;
    oko_medals t = { 0 };
    oko_result *result = NULL;
    for (size_t i = 0; i < n; i++)
        oko_medals_count(&r->job->other, entries[i]->year, entries[i]->rows, entries[i]->n_rows, &t);
    oko_status status = oko_other_add(r->job, r->pack, r->first->key, place, &result);
    if (status == OKO_OK && region)
        status = oko_other_note(r->regions, place, t.below, t.known);
    if (status != OKO_OK)
        return status;
    result->n = t.known;
    if (t.known < llround(oko_pack_value(r->pack, "min_pupils", 3))) {
        oko_result_no_data(result, t.no_rule == t.pupils ? "analysis.other.no_bound" : "analysis.other.few_medals");
        return OKO_OK;
    }
    const oko_share s = oko_other_share_of(r->regions, r->job->reg, place, t.below, t.known);
    status = oko_other_share(&s, result);
    return status == OKO_OK ? put_details(r, &t, &result->details) : status;
}

static oko_status one_year(void *ctx, const oko_entry *first, size_t n)
{
    oko_job *job = ctx;
    oko_region_shares regions = { .n = 0 };
    rule r = { .job = job, .pack = oko_pack_find(&job->other.pack, "medals"), .first = first, .regions = &regions };
    oko_status status = oko_entries_units(job->reg, first, n, OKO_LEVEL_REGION, unit_result, &r);
    if (status == OKO_OK)
        status = oko_entries_units(job->reg, first, n, OKO_LEVEL_MUNICIPALITY, unit_result, &r);
    const size_t schools = job->results.n;
    if (status == OKO_OK)
        status = oko_entries_units(job->reg, first, n, OKO_LEVEL_SCHOOL, unit_result, &r);
    return status == OKO_OK ? oko_other_mark(job, schools, oko_pack_value(r.pack, "q", .05)) : status;
}

oko_status oko_rule_medals(oko_job *job, const oko_entries *entries)
{
    return oko_entries_keys(entries, OKO_FINDING_MEDALS, one_year, job);
}
