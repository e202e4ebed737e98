/* p-values from bootstrap replicates that groups of similar size and level share. */
#include "stats/sign_world.h"

#include "base/memory.h"
#include "base/threads.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum { CANDIDATES = 320, WANTED_VALUES = 1500 };
#define TAIL .03 /* share of the pool that the exponential tail is fitted to */
#define SIZE_WEIGHT 4.0

typedef struct pool_row {
    double size, level;
    double log_size;
    size_t at;
} pool_row;

typedef struct pool {
    size_t n, all;
    int n_stats;
    pool_row *row; /* by size, then level */
    const double *values;
    int replicates;
    size_t near;
    double *log_p;
    double *workspace; /* per worker: near × replicates */
    double *distance;  /* per worker: CANDIDATES */
    sign_world *w;     /* NULL: nobody is asked */
} pool;

static int compare_rows(const void *a, const void *b)
{
    const pool_row *x = a;
    const pool_row *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    if (x->level != y->level) {
        return x->level < y->level ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double distance_of(const pool_row *a, const pool_row *b)
{
    return SIZE_WEIGHT * fabs(a->log_size - b->log_size) + fabs(a->level - b->level);
}

/* The value that would stand at place k if x were sorted (Wirth 1976); x is reordered. */
static double select_at(double *x, ptrdiff_t n, ptrdiff_t k)
{
    ptrdiff_t low = 0;
    ptrdiff_t high = n - 1;
    while (low < high) {
        double pivot = x[k];
        ptrdiff_t i = low;
        ptrdiff_t j = high;
        while (i <= j) {
            while (x[i] < pivot) {
                i++;
            }
            while (x[j] > pivot) {
                j--;
            }
            if (i <= j) {
                double moved = x[i];
                x[i++] = x[j];
                x[j--] = moved;
            }
        }
        low = j < k ? i : low;
        high = k < i ? j : high;
    }
    return x[k];
}

/* Distance within which the `near` nearest of the candidates lie. */
static double radius(const pool *p, size_t i, size_t from, size_t to, double *distance)
{
    double mixed[CANDIDATES];
    for (size_t k = from; k < to; k++) {
        distance[k - from] = distance_of(&p->row[i], &p->row[k]);
        mixed[k - from] = distance[k - from];
    }
    size_t near = p->near < to - from ? p->near : to - from;
    return select_at(mixed, (ptrdiff_t)(to - from), (ptrdiff_t)near - 1);
}

/* Log p of the observed value; the values are sorted only when the tail is wanted. */
static double tail_log_p(double *x, size_t m, double observed)
{
    size_t above = 0;
    size_t equal = 0;
    for (size_t i = 0; i < m; i++) {
        above += x[i] > observed;
        equal += x[i] == observed;
    }
    double p = ((double)above + .5 * (double)equal + .5) / ((double)m + 1);
    size_t tail = (size_t)(TAIL * (double)m);
    if (tail < 8 || p > .5 * TAIL) {
        return log(p);
    }
    qsort(x, m, sizeof *x, compare_doubles);
    double from = x[m - 1 - tail];
    double mean = 0;
    for (size_t i = m - tail; i < m; i++) {
        mean += (x[i] - from) / (double)tail;
    }
    double log_tail = log((double)tail / (double)m) - (observed - from) / (mean > 0 ? mean : 1e-300);
    /* a smooth passage from counting to the fitted tail */
    double share = p / (.5 * TAIL);
    return share * log(p) + (1 - share) * log_tail;
}

static oko_status one_group(void *ctx, size_t i, int worker)
{
    pool *p = ctx;
    size_t half = CANDIDATES / 2;
    size_t from = i > half ? i - half : 0;
    size_t to = from + CANDIDATES < p->n ? from + CANDIDATES : p->n;
    from = to > CANDIDATES ? to - CANDIDATES : 0;
    double *distance = p->distance + (size_t)worker * CANDIDATES;
    double limit = radius(p, i, from, to, distance);
    double *x = p->workspace + (size_t)worker * (p->near * (size_t)p->replicates);
    size_t stride = (size_t)p->replicates + 1;
    for (int s = 0; s < p->n_stats; s++) {
        const double *values = p->values + (size_t)s * p->all * stride;
        size_t at = p->row[i].at;
        size_t m = 0;
        size_t taken = 0;
        for (size_t k = from; k < to && taken < p->near; k++) {
            if (distance[k - from] > limit) {
                continue;
            }
            taken++;
            const double *v = values + p->row[k].at * stride + 1;
            for (int r = 0; r < p->replicates; r++) {
                x[m] = v[r];
                m += isnan(v[r]) ? 0 : 1;
            }
        }
        bool known = m >= 20 && !isnan(values[at * stride]);
        p->log_p[(size_t)s * p->all + at] = known ? tail_log_p(x, m, values[at * stride]) : NAN;
    }
    return p->w != NULL ? sign_tell(p->w, worker, 0) : OKO_OK;
}

oko_status bootstrap_log_p(size_t n, int n_stats, int replicates, const double *values, const double *size,
                           const double *level, int threads, sign_world *w, double *ret_log_p)
{
    if (n == 0) {
        return OKO_OK;
    }
    int workers = threads > 0 ? (threads > 64 ? 64 : threads) : oko_cores();
    size_t near = (WANTED_VALUES + (size_t)replicates - 1) / (size_t)replicates;
    near = near > CANDIDATES ? CANDIDATES : near;
    OKO_CLEANUP(oko_freep) pool_row *row = oko_alloc_array(n, sizeof *row);
    OKO_CLEANUP(oko_freep)
    double *workspace = oko_alloc_array((size_t)workers * near * (size_t)replicates, sizeof *workspace);
    OKO_CLEANUP(oko_freep) double *distance = oko_alloc_array((size_t)workers * CANDIDATES, sizeof *distance);
    if (row == NULL || workspace == NULL || distance == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        for (int s = 0; s < n_stats; s++) {
            ret_log_p[(size_t)s * n + i] = NAN;
        }
        if (size[i] > 0) {
            row[m++] = (pool_row){ size[i], level[i], log(size[i]), i };
        }
    }
    if (m == 0) {
        return OKO_OK;
    }
    qsort(row, m, sizeof *row, compare_rows);
    pool p = { m, n, n_stats, row, values, replicates, near, ret_log_p, workspace, distance, w };
    return oko_parallel_for(m, workers, one_group, &p);
}
