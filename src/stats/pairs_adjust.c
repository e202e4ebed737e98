/* Corrections for many pairs, flags and groups. */
#include <oko/pairs.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

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

typedef struct ranked {
    double p;
    size_t at;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *x = a;
    const ranked *y = b;
    int by_p = (x->p > y->p) - (x->p < y->p);
    return by_p != 0 ? by_p : (x->at > y->at) - (x->at < y->at);
}

/* Step-up q-values of the kept pairs in a family of n_compared; the others have larger p and only the larger ranks. */
static oko_status adjust_bh(oko_pairs *pairs)
{
    if (pairs->n == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) ranked *order = oko_alloc_array(pairs->n, sizeof *order);
    if (order == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t k = 0; k < pairs->n; k++) {
        double p = oko_pair_p(&pairs->pair[k], pairs->lead);
        pairs->pair[k].p_adjusted = NAN;
        if (!isnan(p)) {
            order[m++] = (ranked){ p, k };
        }
    }
    qsort(order, m, sizeof *order, compare_ranked);
    double lowest = 1;
    for (size_t i = m; i-- > 0;) {
        double q = order[i].p * (double)pairs->n_compared / (double)(i + 1);
        lowest = q < lowest ? q : lowest;
        pairs->pair[order[i].at].p_adjusted = lowest;
    }
    return OKO_OK;
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
