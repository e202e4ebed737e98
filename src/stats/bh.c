/* False discovery rate of Benjamini and Hochberg (1995). */
#include "stats/bh.h"

#include <oko/threshold.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

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

oko_status oko_bh_family(size_t n, const double *p, size_t family, double *ret_q)
{
    if (n == 0) {
        return OKO_OK;
    }
    if (p == NULL || ret_q == NULL) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) ranked *order = oko_alloc_array(n, sizeof *order);
    if (order == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i])) {
            order[m++] = (ranked){ p[i], i };
        }
    }
    qsort(order, m, sizeof *order, compare_ranked);
    for (size_t i = 0; i < n; i++) {
        ret_q[i] = p[i]; /* NaN stays */
    }
    double size = (double)(family != 0 ? family : m);
    double lowest = 1;
    for (size_t i = m; i-- > 0;) {
        double q = order[i].p * (size / (double)(i + 1)); /* in this order q can't round below p */
        lowest = q < lowest ? q : lowest;
        ret_q[order[i].at] = lowest;
    }
    return OKO_OK;
}

oko_status oko_bh(size_t n, const double *p, double *ret_q)
{
    return oko_bh_family(n, p, 0, ret_q);
}
