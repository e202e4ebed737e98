/*
 * Item-category probabilities by total score: kernel-smoothed shares, then tilted so that the expected scores of every
 * total add up to it. No model of ability and none of the items: only that works of equal total are alike.
 */
#include "stats/null.h"

#include "base/memory.h"

#include <math.h>

#define MIN_KERNEL_WORKS 60.0  /* the kernel widens until so many works are inside */
#define PSEUDO .02             /* works of every category added, so that nothing is impossible */
#define MIN_ANCHOR_WORKS 300.0 /* reference works inside the kernel of a shift */
#define ANCHOR_PRIOR 1.0       /* variance that the shifts are drawn to 0 with, logits² */

static size_t cell(const null_curves *c, int total, int item)
{
    return (size_t)total * (size_t)c->n_items + (size_t)item;
}

oko_status null_curves_new(const oko_sign_test *test, int n_blocks, null_curves *ret)
{
    int longest = 0;
    int full = 0;
    for (int j = 0; j < test->n_items; j++) {
        longest = test->item_max[j] > longest ? test->item_max[j] : longest;
        full += test->item_max[j];
    }
    null_curves c = { .full = full,
                      .max_total = test->max_total,
                      .n_items = test->n_items,
                      .n_cats = longest + 2,
                      .n_blocks = n_blocks,
                      .item_max = test->item_max };
    size_t totals = (size_t)n_blocks * ((size_t)test->max_total + 1);
    size_t cells = totals * (size_t)(test->n_items > 0 ? test->n_items : 1);
    c.p = oko_calloc_array(cells * (size_t)c.n_cats, sizeof *c.p);
    c.weight = oko_calloc_array(cells * (size_t)c.n_cats, sizeof *c.weight);
    c.log_p = oko_calloc_array(cells * (size_t)c.n_cats, sizeof *c.log_p);
    c.mean = oko_calloc_array(cells, sizeof *c.mean);
    c.var = oko_calloc_array(cells, sizeof *c.var);
    c.fit_mean = oko_calloc_array(totals, sizeof *c.fit_mean);
    c.fit_var = oko_calloc_array(totals, sizeof *c.fit_var);
    c.sigma2 = oko_calloc_array((size_t)test->n_items + 1, sizeof *c.sigma2);
    if (c.p == NULL || c.log_p == NULL || c.weight == NULL || c.mean == NULL || c.var == NULL || c.fit_mean == NULL ||
        c.fit_var == NULL || c.sigma2 == NULL) {
        null_curves_clear(&c);
        return OKO_E_MEMORY;
    }
    *ret = c;
    return OKO_OK;
}

void null_curves_clear(null_curves *c)
{
    oko_freep(&c->p);
    oko_freep(&c->log_p);
    oko_freep(&c->weight);
    oko_freep(&c->mean);
    oko_freep(&c->var);
    oko_freep(&c->fit_mean);
    oko_freep(&c->fit_var);
    oko_freep(&c->sigma2);
}

/* Smoothed shares of one total: Gaussian weights over neighbouring totals. */
static void smooth(null_curves *c, const double *counts, const double *works, int total)
{
    size_t row = (size_t)c->n_items * (size_t)c->n_cats;
    double *p = c->p + (size_t)total * row;
    double width = .03 * c->max_total > .7 ? .03 * c->max_total : .7;
    double inside = 0;
    for (int round = 0; round < 12; round++) {
        inside = 0;
        for (int t = 0; t <= c->max_total; t++) {
            double d = (t - total) / width;
            inside += works[t] * exp(-.5 * d * d);
        }
        if (inside >= MIN_KERNEL_WORKS) {
            break;
        }
        width *= 1.5;
    }
    for (size_t i = 0; i < row; i++) {
        p[i] = 0;
    }
    for (int t = 0; t <= c->max_total; t++) {
        double d = (t - total) / width;
        double weight = exp(-.5 * d * d);
        if (works[t] > 0 && weight > 1e-6) {
            const double *n = counts + (size_t)t * row;
            for (size_t i = 0; i < row; i++) {
                p[i] += weight * n[i];
            }
        }
    }
    for (int j = 0; j < c->n_items; j++) {
        double *q = p + (size_t)j * (size_t)c->n_cats;
        int max = c->item_max[j];
        int least = total - (c->full - max); /* what the other items can't give */
        double sum = 0;
        for (int k = 0; k <= max + 1; k++) {
            int score = k <= max ? k : 0;
            q[k] = score <= total && score >= least ? q[k] + PSEUDO : 0;
            sum += q[k];
        }
        for (int k = 0; k <= max + 1; k++) {
            q[k] /= sum;
        }
    }
}

/* Mean and variance of an item's score when its shares are tilted by λ per point. */
static void tilted(const null_curves *c, const double *q, int item, double lambda, double *ret_mean, double *ret_var)
{
    int max = c->item_max[item];
    double s0 = q[max + 1];
    double s1 = 0;
    double s2 = 0;
    for (int k = 0; k <= max; k++) {
        double w = q[k] * exp(lambda * k);
        s0 += w;
        s1 += w * k;
        s2 += w * k * k;
    }
    *ret_mean = s1 / s0;
    *ret_var = s2 / s0 - (s1 / s0) * (s1 / s0);
}

/* Tilts all items of a total by a common λ so that expected scores add up to the total (Newton, safeguarded). */
static void centre(null_curves *c, int total)
{
    double lambda = 0;
    const double *row = c->p + cell(c, total, 0) * (size_t)c->n_cats;
    for (int round = 0; round < 60; round++) {
        double sum = 0;
        double slope = 0;
        for (int j = 0; j < c->n_items; j++) {
            double mean;
            double var;
            tilted(c, row + (size_t)j * (size_t)c->n_cats, j, lambda, &mean, &var);
            sum += mean;
            slope += var;
        }
        double step = (total - sum) / (slope > 1e-9 ? slope : 1e-9);
        step = step > 1 ? 1 : step < -1 ? -1 : step;
        lambda += step;
        if (fabs(step) < 1e-12 || fabs(lambda) > 30) {
            break;
        }
    }
    for (int j = 0; j < c->n_items; j++) {
        double *q = c->p + (cell(c, total, j)) * (size_t)c->n_cats;
        double sum = q[c->item_max[j] + 1];
        for (int k = 0; k <= c->item_max[j]; k++) {
            q[k] *= exp(lambda * k);
            sum += q[k];
        }
        for (int k = 0; k <= c->item_max[j] + 1; k++) {
            q[k] /= sum;
        }
    }
}

static void moments(null_curves *c, int total)
{
    bool edge = total == 0 || total == c->full;
    c->fit_mean[total] = 0;
    c->fit_var[total] = 0;
    for (int j = 0; j < c->n_items; j++) {
        const double *q = c->p + cell(c, total, j) * (size_t)c->n_cats;
        double mean = 0;
        double square = 0;
        double fit = 0;
        double fit2 = 0;
        for (int k = 0; k <= c->item_max[j] + 1; k++) {
            double score = k <= c->item_max[j] ? k : 0;
            double l = q[k] > 0 ? log(q[k]) : 0;
            c->log_p[cell(c, total, j) * (size_t)c->n_cats + (size_t)k] = l;
            mean += q[k] * score;
            square += q[k] * score * score;
            fit += q[k] * l;
            fit2 += q[k] * l * l;
        }
        c->mean[cell(c, total, j)] = edge ? (total == 0 ? 0 : c->item_max[j]) : mean;
        c->var[cell(c, total, j)] = edge ? 0 : square - mean * mean;
        c->fit_mean[total] += fit;
        c->fit_var[total] += fit2 - fit * fit;
    }
}

static void works_by_total(const null_curves *c, const double *counts, double *works)
{
    size_t row = (size_t)c->n_items * (size_t)c->n_cats;
    for (int t = 0; t <= c->max_total; t++) {
        works[t] = 0;
        for (int k = 0; k < c->n_cats; k++) {
            works[t] += counts[(size_t)t * row + (size_t)k]; /* every work has the first item */
        }
    }
}

static void fit_totals(null_curves *c)
{
    for (int t = 0; t <= c->max_total && t <= c->full; t++) {
        if (t > 0 && t < c->full) {
            centre(c, t);
        }
        moments(c, t);
    }
}

/* Weights of a Gaussian kernel around a total that has MIN_ANCHOR_WORKS works inside, when there are so many. */
static void anchor_kernel(const null_curves *c, const double *works, int total, double *weight)
{
    double width = .05 * c->max_total > 1 ? .05 * c->max_total : 1;
    for (int round = 0; round < 16; round++, width *= 1.4) {
        double inside = 0;
        for (int t = 0; t <= c->max_total; t++) {
            double d = (t - total) / width;
            weight[t] = exp(-.5 * d * d);
            inside += works[t] * weight[t];
        }
        if (inside >= MIN_ANCHOR_WORKS) {
            break;
        }
    }
}

/* Shift of an item at a total, in logits: one scoring step from the curves of all works to the reference works. */
static double anchor_shift(const null_curves *c, const double *reference, const double *works, const double *weight,
                           int item)
{
    size_t row = (size_t)c->n_items * (size_t)c->n_cats;
    double excess = 0;
    double info = 0;
    for (int t = 1; t <= c->max_total && t < c->full; t++) {
        const double *n = reference + (size_t)t * row + (size_t)item * (size_t)c->n_cats;
        double sum = 0;
        for (int k = 1; k <= c->item_max[item]; k++) {
            sum += n[k] * k;
        }
        excess += weight[t] * (sum - works[t] * c->mean[cell(c, t, item)]);
        info += weight[t] * works[t] * c->var[cell(c, t, item)];
    }
    return excess / (info + 1 / ANCHOR_PRIOR);
}

/* Shifts all items of all totals to the reference works. shift: workspace [max_total+1 × n_items]. */
static void anchor(null_curves *c, const double *reference, double *shift)
{
    double works[OKO_SIGNS_MAX_TOTAL + 1];
    double weight[OKO_SIGNS_MAX_TOTAL + 1];
    works_by_total(c, reference, works);
    for (int t = 1; t <= c->max_total && t < c->full; t++) {
        anchor_kernel(c, works, t, weight);
        for (int j = 0; j < c->n_items; j++) {
            shift[cell(c, t, j)] = anchor_shift(c, reference, works, weight, j);
        }
    }
    for (int t = 1; t <= c->max_total && t < c->full; t++) {
        for (int j = 0; j < c->n_items; j++) {
            double *q = c->p + cell(c, t, j) * (size_t)c->n_cats;
            for (int k = 1; k <= c->item_max[j]; k++) {
                q[k] *= exp(shift[cell(c, t, j)] * k); /* centre() makes them shares again */
            }
        }
    }
}

static oko_status fit_block(null_curves *c, const double *counts, const double *reference)
{
    double works[OKO_SIGNS_MAX_TOTAL + 1];
    works_by_total(c, counts, works);
    for (int t = 0; t <= c->max_total && t <= c->full; t++) {
        smooth(c, counts, works, t);
    }
    fit_totals(c);
    if (reference != NULL) {
        OKO_CLEANUP(oko_freep) double *shift = oko_calloc_array(cell(c, c->max_total + 1, 0), sizeof *shift);
        if (shift == NULL) {
            return OKO_E_MEMORY;
        }
        anchor(c, reference, shift);
        fit_totals(c);
    }
    return null_weights_fit(c);
}

oko_status null_curves_fit(null_curves *c, const double *counts, const double *reference)
{
    size_t rows = (size_t)c->max_total + 1;
    size_t items = (size_t)c->n_items;
    size_t cats = (size_t)c->n_cats;
    oko_status status = OKO_OK;
    for (size_t b = 0; items > 0 && b < (size_t)c->n_blocks && status == OKO_OK; b++) {
        size_t at = b * rows;
        null_curves block = *c; /* its tables begin with the rows of the block */
        block.n_blocks = 1;
        block.p += at * items * cats;
        block.log_p += at * items * cats;
        block.weight += at * items * cats;
        block.mean += at * items;
        block.var += at * items;
        block.fit_mean += at;
        block.fit_var += at;
        size_t from = at * items * cats;
        status = fit_block(&block, counts + from, reference != NULL ? reference + from : NULL);
    }
    return status;
}

void null_works_sum(const null_curves *c, const null_works *w, double *excess, double *info)
{
    for (int j = 0; j < c->n_items; j++) {
        excess[j] = 0;
        info[j] = 0;
    }
    for (int i = 0; i < w->n; i++) {
        const double *mean = c->mean + cell(c, w->total[i], 0);
        const double *var = c->var + cell(c, w->total[i], 0);
        for (int j = 0; j < c->n_items; j++) {
            excess[j] += null_score(w, c->n_items, i, j) - mean[j];
            info[j] += var[j];
        }
    }
}

bool null_fit_known(const null_curves *c, int row)
{
    int total = null_total(c, row);
    return total > 0 && total < c->full && c->fit_var[row] > 0;
}

float null_work_fit(const null_curves *c, int row, const uint8_t *cat)
{
    if (!null_fit_known(c, row)) {
        return 0;
    }
    const double *log_p = c->log_p + cell(c, row, 0) * (size_t)c->n_cats;
    double l = 0;
    for (int j = 0; j < c->n_items; j++) {
        l += log_p[(size_t)j * (size_t)c->n_cats + cat[j]];
    }
    return (float)((l - c->fit_mean[row]) / sqrt(c->fit_var[row]));
}
