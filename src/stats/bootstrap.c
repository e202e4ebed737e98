/* p-values from bootstrap replicates that groups of similar size and level share. Location and scale of the neighbours'
 * replicates are first brought to the group's own size and level by lines through the neighbourhood: a strong group has
 * neighbours on one side only. */
#include "stats/level_model.h"
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
#define MIN_LINE 12     /* groups that lines are laid through */
#define RIDGE 1e-3      /* of the slopes */
#define NEARNESS .2     /* a neighbour at this distance counts half as much as the group itself */
#define MOST_CHANGE 1.5 /* of the log scale */

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
    const double *centre, *log_sd; /* [n_stats × all] of the replicates of each group; NaN = not finite */
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

/* Mean and log SD of the replicates of every group. */
static void measure_replicates(size_t n, int replicates, const double *values, double *centre, double *log_sd)
{
    for (size_t i = 0; i < n; i++) {
        const double *v = values + i * ((size_t)replicates + 1) + 1;
        double sum = 0;
        double square = 0;
        for (int r = 0; r < replicates; r++) {
            sum += v[r];
        }
        centre[i] = sum / replicates;
        for (int r = 0; r < replicates; r++) {
            square += (v[r] - centre[i]) * (v[r] - centre[i]);
        }
        bool known = isfinite(centre[i]) && square > 0;
        centre[i] = known ? centre[i] : NAN;
        log_sd[i] = known ? .5 * log(square / replicates) : NAN;
    }
}

/* How a statistic's location and log scale change with level and log size around a group. */
typedef struct lines {
    double centre, by_level, by_size;
    double scale_by_level, scale_by_size;
} lines;

/* The candidates around a row, and how far the nearest of them go. */
typedef struct hood {
    size_t row, from, to;
    double limit;
    const double *distance; /* of from… */
} hood;

static bool fit_lines(const pool *p, const hood *h, int s, lines *ret)
{
    double a[9] = { 0 };
    double location[3] = { 0 };
    double scale[3] = { 0 };
    int known = 0;
    const pool_row *here = &p->row[h->row];
    for (size_t k = h->from, taken = 0; k < h->to && taken < p->near; k++) {
        size_t at = (size_t)s * p->all + p->row[k].at;
        bool near = h->distance[k - h->from] <= h->limit;
        taken += near;
        if (!near || isnan(p->centre[at])) {
            continue;
        }
        known++;
        const double x[3] = { 1, p->row[k].level - here->level, p->row[k].log_size - here->log_size };
        double weight = 1 / (NEARNESS + h->distance[k - h->from]);
        for (int u = 0; u < 3; u++) {
            location[u] += weight * x[u] * p->centre[at];
            scale[u] += weight * x[u] * p->log_sd[at];
            for (int v = 0; v < 3; v++) {
                a[3 * u + v] += weight * x[u] * x[v];
            }
        }
    }
    a[4] += RIDGE * a[0]; /* all may be of one size */
    a[8] += RIDGE * a[0];
    if (known < MIN_LINE || !level_factorise(3, 3, a)) {
        return false;
    }
    level_solve(3, 3, a, location);
    level_solve(3, 3, a, scale);
    *ret = (lines){ location[0], location[1], location[2], scale[1], scale[2] };
    return true;
}

/* Where a replicate of row k would be if it were one of row i. */
static double moved(const pool *p, const lines *l, size_t i, size_t k, double value)
{
    double level = p->row[k].level - p->row[i].level;
    double size = p->row[k].log_size - p->row[i].log_size;
    double change = l->scale_by_level * level + l->scale_by_size * size;
    change = change < -MOST_CHANGE ? -MOST_CHANGE : change > MOST_CHANGE ? MOST_CHANGE : change;
    return l->centre + (value - l->centre - l->by_level * level - l->by_size * size) * exp(-change);
}

/* Replicates of the neighbourhood as if they were of the row. Returns their number. */
static size_t gather(const pool *p, const hood *h, int s, double *ret)
{
    size_t stride = (size_t)p->replicates + 1;
    size_t m = 0;
    lines line;
    bool lined = fit_lines(p, h, s, &line);
    for (size_t k = h->from, taken = 0; k < h->to && taken < p->near; k++) {
        if (h->distance[k - h->from] > h->limit) {
            continue;
        }
        taken++;
        const double *v = p->values + ((size_t)s * p->all + p->row[k].at) * stride + 1;
        for (int r = 0; r < p->replicates; r++) {
            ret[m] = lined && isfinite(v[r]) ? moved(p, &line, h->row, k, v[r]) : v[r];
            m += isnan(v[r]) ? 0 : 1;
        }
    }
    return m;
}

static oko_status one_group(void *ctx, size_t i, int worker)
{
    pool *p = ctx;
    size_t half = CANDIDATES / 2;
    size_t from = i > half ? i - half : 0;
    size_t to = from + CANDIDATES < p->n ? from + CANDIDATES : p->n;
    from = to > CANDIDATES ? to - CANDIDATES : 0;
    double *distance = p->distance + (size_t)worker * CANDIDATES;
    const hood h = { i, from, to, radius(p, i, from, to, distance), distance };
    double *x = p->workspace + (size_t)worker * (p->near * (size_t)p->replicates);
    for (int s = 0; s < p->n_stats; s++) {
        size_t at = (size_t)s * p->all + p->row[i].at;
        double observed = p->values[at * ((size_t)p->replicates + 1)];
        size_t m = gather(p, &h, s, x);
        p->log_p[at] = m >= 20 && !isnan(observed) ? tail_log_p(x, m, observed) : NAN;
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
    OKO_CLEANUP(oko_freep) double *spread = oko_alloc_array(2 * n * (size_t)n_stats, sizeof *spread);
    if (row == NULL || workspace == NULL || distance == NULL || spread == NULL) {
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
    double *log_sd = spread + n * (size_t)n_stats;
    measure_replicates(n * (size_t)n_stats, replicates, values, spread, log_sd);
    pool p = { m, n, n_stats, row, values, replicates, near, spread, log_sd, ret_log_p, workspace, distance, w };
    return oko_parallel_for(m, workers, one_group, &p);
}
