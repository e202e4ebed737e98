/*
 * Weights of the sampler: independent answers conditioned on their sum do not keep the shares they started with, so the
 * weights are fitted until the conditional shares are those of the curves (iterative scaling). It matters with few
 * items.
 */
#include "stats/null.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 25 };
#define CLOSE 1e-5
#define MAX_WORK 2e7 /* items × categories × totals² up to which the weights are fitted; above, items are many */

typedef struct sums {
    double *before; /* [(n_items+1) × (max_total+1)] ways to get r points from the items before j */
    double *after;  /* from item j on */
} sums;

static double *row_of(double *table, const null_curves *c, int j)
{
    return table + (size_t)j * ((size_t)c->max_total + 1);
}

static void add_item(const double *from, const double *w, int max, int total, double *to)
{
    for (int r = 0; r <= total; r++) {
        double sum = 0;
        for (int k = 0; k <= max && k <= r; k++) {
            sum += w[k] * from[r - k];
        }
        to[r] = sum;
    }
}

/* One round of scaling; largest distance of a conditional share from the curve. */
static double scale_weights(const null_curves *c, int total, double *weight, sums *s)
{
    size_t cats = (size_t)c->n_cats;
    const double *p = c->p + (size_t)total * (size_t)c->n_items * cats;
    memset(row_of(s->before, c, 0), 0, ((size_t)c->max_total + 1) * sizeof(double));
    memset(row_of(s->after, c, c->n_items), 0, ((size_t)c->max_total + 1) * sizeof(double));
    row_of(s->before, c, 0)[0] = 1;
    row_of(s->after, c, c->n_items)[0] = 1;
    for (int j = 0; j < c->n_items; j++) {
        add_item(row_of(s->before, c, j), weight + (size_t)j * cats, c->item_max[j], total,
                 row_of(s->before, c, j + 1));
    }
    for (int j = c->n_items - 1; j >= 0; j--) {
        add_item(row_of(s->after, c, j + 1), weight + (size_t)j * cats, c->item_max[j], total, row_of(s->after, c, j));
    }
    double all = row_of(s->after, c, 0)[total];
    double far = 0;
    for (int j = 0; j < c->n_items; j++) {
        const double *before = row_of(s->before, c, j);
        const double *after = row_of(s->after, c, j + 1);
        double *w = weight + (size_t)j * cats;
        for (int k = 0; k <= c->item_max[j] && k <= total; k++) {
            double ways = 0;
            for (int r = 0; r + k <= total; r++) {
                ways += before[r] * after[total - k - r];
            }
            double share = w[k] * ways / all;
            double wanted =
                p[(size_t)j * cats + (size_t)k] + (k == 0 ? p[(size_t)j * cats + (size_t)c->item_max[j] + 1] : 0);
            if (share > 1e-12 && wanted > 1e-12) {
                far = fabs(share - wanted) > far ? fabs(share - wanted) : far;
                /* every item moves at once: the root keeps the round from overshooting */
                w[k] *= sqrt(wanted / share);
            }
        }
    }
    return far;
}

oko_status null_weights_fit(null_curves *c)
{
    size_t cats = (size_t)c->n_cats;
    size_t row = (size_t)c->n_items * cats;
    for (int t = 0; t <= c->max_total; t++) {
        for (int j = 0; j < c->n_items; j++) {
            const double *q = c->p + (size_t)t * row + (size_t)j * cats;
            double *w = c->weight + (size_t)t * row + (size_t)j * cats;
            for (int k = 0; k <= c->item_max[j]; k++) {
                w[k] = q[k] + (k == 0 ? q[c->item_max[j] + 1] : 0);
            }
        }
    }
    double work = (double)row * c->max_total * c->max_total;
    if (c->n_items < 2 || work > MAX_WORK) {
        return OKO_OK;
    }
    size_t cells = ((size_t)c->n_items + 1) * ((size_t)c->max_total + 1);
    OKO_CLEANUP(oko_freep) double *before = oko_alloc_array(2 * cells, sizeof *before);
    if (before == NULL) {
        return OKO_E_MEMORY;
    }
    sums s = { before, before + cells };
    for (int t = 1; t <= c->max_total && t < c->full; t++) {
        for (int round = 0; round < ROUNDS; round++) {
            if (scale_weights(c, t, c->weight + (size_t)t * row, &s) < CLOSE) {
                break;
            }
        }
    }
    return OKO_OK;
}
