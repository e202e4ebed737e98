/* Corrections for many pairs, flags and groups. */
#include <oko/pairs.h>

#include "base/memory.h"
#include "stats/bh.h"

#include <math.h>

static double capped(double p)
{
    return p < 1 ? p : 1;
}

static uint32_t more_partners(const oko_pairs *pairs, const oko_pair *pair)
{
    uint32_t a = pairs->n_partners[pair->a];
    uint32_t b = pairs->n_partners[pair->b];
    return a > b ? a : b;
}

/* q-values of the kept pairs in the family of all compared ones; the pairs that were not kept have larger p. */
static oko_status adjust_bh(oko_pairs *pairs)
{
    if (pairs->n == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(pairs->n, sizeof *p);
    OKO_CLEANUP(oko_freep) double *q = oko_alloc_array(pairs->n, sizeof *q);
    if (p == NULL || q == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t k = 0; k < pairs->n; k++) {
        p[k] = oko_pair_p(&pairs->pair[k], pairs->lead);
    }
    oko_status status = oko_bh_family(pairs->n, p, pairs->n_compared, q);
    for (size_t k = 0; status == OKO_OK && k < pairs->n; k++) {
        pairs->pair[k].p_adjusted = q[k];
    }
    return status;
}

static oko_status adjust(oko_pairs *pairs, oko_correction correction)
{
    if (correction == OKO_CORRECTION_BH) {
        return adjust_bh(pairs);
    }
    for (size_t k = 0; k < pairs->n; k++) {
        oko_pair *pair = &pairs->pair[k];
        double p = oko_pair_p(pair, pairs->lead);
        double family = 1;
        if (correction == OKO_CORRECTION_BONFERRONI) {
            family = (double)pairs->n_compared;
        } else if (correction == OKO_CORRECTION_EXAMINEE) {
            family = more_partners(pairs, pair);
        }
        pair->p_adjusted = isnan(p) ? NAN : capped(p * family);
    }
    return OKO_OK;
}

static oko_status group_flagged(oko_pairs *pairs)
{
    size_t edges = 0;
    for (size_t k = 0; k < pairs->n; k++) {
        edges += pairs->pair[k].flag;
    }
    OKO_CLEANUP(oko_freep) uint32_t *group = oko_alloc_array(pairs->n_persons, sizeof *group);
    OKO_CLEANUP(oko_freep) uint32_t *from = oko_alloc_array(edges + 1, 2 * sizeof *from);
    if (group == NULL || from == NULL) {
        return OKO_E_MEMORY;
    }
    uint32_t *to = from + edges;
    size_t at = 0;
    for (size_t k = 0; k < pairs->n; k++) {
        if (pairs->pair[k].flag) {
            from[at] = pairs->pair[k].a;
            to[at++] = pairs->pair[k].b;
        }
    }
    oko_status status = oko_groups(pairs->n_persons, edges, from, to, group, &pairs->n_groups);
    for (size_t k = 0; status == OKO_OK && k < pairs->n; k++) {
        pairs->pair[k].group = pairs->pair[k].flag ? group[pairs->pair[k].a] : 0;
    }
    return status;
}

oko_status oko_pairs_adjust(oko_pairs *pairs, oko_correction correction, double alpha)
{
    bool known = correction == OKO_CORRECTION_BONFERRONI || correction == OKO_CORRECTION_EXAMINEE ||
                 correction == OKO_CORRECTION_BH || correction == OKO_CORRECTION_NONE;
    if (pairs == NULL || !known || !(alpha >= 0 && alpha <= 1)) {
        return OKO_E_ARGUMENT;
    }
    oko_status status = adjust(pairs, correction);
    if (status != OKO_OK) {
        return status;
    }
    for (size_t k = 0; k < pairs->n; k++) {
        pairs->pair[k].flag = pairs->pair[k].p_adjusted <= alpha; /* false for NaN */
    }
    return group_flagged(pairs);
}
