/* What the rules of the pack `other` share: a share against the rest of the region, q-values, marks. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <oko/proportion.h>
#include <oko/threshold.h>

#include <math.h>

oko_status oko_other_add(oko_job *job, const oko_pack_rule *rule, const char *key, size_t place, oko_result **ret)
{
    size_t at = 0;
    oko_status status = oko_results_extend(&job->results, 1, &at);
    if (status != OKO_OK)
        return status;
    *ret = &job->results.at[at];
    oko_result_init(*ret, key, rule->code, job->reg->places[place].id, false);
    return OKO_OK;
}

oko_status oko_other_share(const oko_share *s, oko_result *r)
{
    oko_interval interval;
    oko_status status = oko_share_exact(s->part, s->n, .05, &interval);
    if (status != OKO_OK)
        return status;
    r->n = s->n;
    r->observed = 100 * (double)s->part / (double)s->n;
    if (s->region_n == 0)
        return OKO_OK;
    r->expected = 100 * (double)s->region_part / (double)s->region_n;
    r->effect = r->observed - r->expected;
    r->effect_lo = 100 * interval.lo - r->expected;
    r->effect_hi = 100 * interval.hi - r->expected;
    status = oko_share_compare(s->part, s->n, s->region_part - s->part, s->region_n - s->n, &r->p);
    r->log_p = log(r->p);
    return status == OKO_E_NO_DATA ? OKO_OK : status;
}

oko_status oko_other_note(oko_region_shares *regions, size_t place, int64_t part, int64_t n)
{
    if (regions->n == OKO_OTHER_REGIONS)
        return OKO_E_LIMIT;
    regions->at[regions->n].place = place;
    regions->at[regions->n].part = part;
    regions->at[regions->n++].n = n;
    return OKO_OK;
}

oko_share oko_other_share_of(const oko_region_shares *regions, const oko_register *reg, size_t place, int64_t part,
                             int64_t n)
{
    const size_t region = oko_entries_above(reg, place, OKO_LEVEL_REGION);
    oko_share s = { .part = part, .n = n };
    for (size_t i = 0; i < regions->n && region != place; i++) {
        if (regions->at[i].place == region) {
            s.region_part = regions->at[i].part;
            s.region_n = regions->at[i].n;
        }
    }
    return s;
}

int64_t oko_other_smallest(int64_t part, int64_t n)
{
    const int64_t rest = n - part;
    const int64_t least = part > 0 && part < n ? part : n;
    return rest > 0 && rest < least ? rest : least;
}

oko_status oko_other_mark(oko_job *job, size_t first, double bound)
{
    const size_t n = job->results.n - first;
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(n + 1, sizeof *p);
    OKO_CLEANUP(oko_freep) double *q = oko_alloc_array(n + 1, sizeof *q);
    if (p == NULL || q == NULL)
        return OKO_E_MEMORY;
    oko_result *r = job->results.at + first;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (r[i].state == OKO_RESULT_OK && !isnan(r[i].p))
            p[k++] = r[i].p;
    oko_status status = k > 0 ? oko_bh(k, p, q) : OKO_OK;
    k = 0;
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        if (r[i].state != OKO_RESULT_OK || isnan(r[i].p))
            continue;
        r[i].q = q[k++];
        r[i].marked = r[i].q <= bound && r[i].effect > 0;
    }
    return status;
}
