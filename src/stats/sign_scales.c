/* Normal scores of totals in the region: one scale for all works, or one per variant on a common level. */
#include "stats/sign_prepare.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

enum { MIN_MIXED = 20, MIN_SIDE = 2, MIN_WORKS = 3 };
#define PSEUDO .02 /* works of every total added, so that normal scores rise strictly */

static bool apart(const sign_world *w, int test)
{
    return w->n_blocks[test] > 1 || w->n_rare[test] > 0;
}

static int block_at(const sign_group *g, int row)
{
    return g->block != NULL ? g->block[row] : 0;
}

const double *sign_scale(const sign_world *w, const sign_group *g, int row)
{
    int test = g->in->test;
    int block = block_at(g, row);
    block = block == SIGN_RARE ? w->n_blocks[test] : block;
    return w->score[test] + (size_t)block * ((size_t)w->tests[test].max_total + 1);
}

double sign_score(const sign_world *w, const sign_group *g, int row)
{
    int total = g->in->total[row];
    return total >= 0 ? sign_scale(w, g, row)[total] : NAN;
}

void sign_measure_level(const sign_world *w, sign_group *g)
{
    double sum = 0;
    for (int k = 0; k < g->in->n; k++) {
        sum += g->in->total[k] >= 0 ? sign_score(w, g, k) : 0;
    }
    g->level = g->n_works > 0 ? sum / g->n_works : NAN;
}

/* Inverse normal distribution function by bisection of erfc: a table of at most 1001 entries per scale. */
static double normal_quantile(double p)
{
    double low = -9;
    double high = 9;
    for (int i = 0; i < 60; i++) {
        double middle = .5 * (low + high);
        if (.5 * erfc(-middle * M_SQRT1_2) < p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return .5 * (low + high);
}

/* Scale of the works of a block; −1: of all works. */
static void fill_scale(const sign_world *w, int test, int block, double *count, double *ret)
{
    int max = w->tests[test].max_total;
    double n = 0;
    for (int t = 0; t <= max; t++) {
        count[t] = PSEUDO;
        n += PSEUDO;
    }
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = &w->group[i];
        for (int k = 0; k < g->in->n; k++) {
            if (g->in->total[k] >= 0 && (block < 0 || block_at(g, k) == block)) {
                count[g->in->total[k]]++;
                n++;
            }
        }
    }
    double below = 0;
    for (int t = 0; t <= max; t++) {
        ret[t] = normal_quantile((below + .5 * count[t]) / n);
        below += count[t];
    }
}

oko_status sign_scales(sign_world *w, int test)
{
    size_t totals = (size_t)w->tests[test].max_total + 1;
    size_t scales = apart(w, test) ? (size_t)w->n_blocks[test] + 1 : 1;
    OKO_CLEANUP(oko_freep) double *count = oko_calloc_array(totals, sizeof *count);
    w->score[test] = oko_alloc_array(scales * totals, sizeof *w->score[test]);
    if (count == NULL || w->score[test] == NULL) {
        return OKO_E_MEMORY;
    }
    fill_scale(w, test, -1, count, w->score[test]);
    for (size_t b = 1; b < scales; b++) {
        memcpy(w->score[test] + b * totals, w->score[test], totals * sizeof *w->score[test]);
    }
    return OKO_OK;
}

/* ---- a common level ---- */

/* Mean score of the group's works of a block; their number. */
static double block_mean(const sign_world *w, const sign_group *g, int block, double *ret_n)
{
    double sum = 0;
    double n = 0;
    for (int k = 0; k < g->in->n; k++) {
        if (g->in->total[k] >= 0 && block_at(g, k) == block) {
            sum += sign_score(w, g, k);
            n++;
        }
    }
    *ret_n = n;
    return n > 0 ? sum / n : NAN;
}

/* Writers of both variants in one group are equally strong: what the block has to be raised by. */
static bool level_within(const sign_world *w, int test, int block, double *ret)
{
    double sum = 0;
    double weight = 0;
    int mixed = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        double n;
        double n0;
        double mean = block_mean(w, &w->group[i], block, &n);
        double mean0 = block_mean(w, &w->group[i], 0, &n0);
        if (n >= MIN_SIDE && n0 >= MIN_SIDE) {
            double v = n * n0 / (n + n0);
            sum += v * (mean0 - mean);
            weight += v;
            mixed++;
        }
    }
    *ret = weight > 0 ? sum / weight : 0;
    return mixed >= MIN_MIXED;
}

/* What other tests, else the journal, say of the group's level; NaN when nothing. */
static double other_level(const sign_world *w, const sign_group *g)
{
    double sum = 0;
    double n = 0;
    for (int t = 0; t < w->n_tests; t++) {
        const sign_group *other = t != g->in->test ? sign_find(w, g->in->unit, t) : NULL;
        if (other != NULL && other->n_works >= MIN_WORKS) {
            sum += other->level;
            n++;
        }
    }
    return n > 0 ? sum / n : g->n_journal >= MIN_WORKS ? g->journal : NAN;
}

/* Mean of the other evidence over the writers of a block; 0 when there is none. */
static double evidence_level(const sign_world *w, int test, int block)
{
    double sum = 0;
    double works = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        double n = 0;
        (void)block_mean(w, &w->group[i], block, &n);
        double level = n > 0 ? other_level(w, &w->group[i]) : NAN;
        if (!isnan(level)) {
            sum += n * level;
            works += n;
        }
    }
    return works > 0 ? sum / works : 0;
}

oko_status sign_equate(sign_world *w, int test)
{
    if (!apart(w, test)) {
        return OKO_OK;
    }
    size_t totals = (size_t)w->tests[test].max_total + 1;
    int blocks = w->n_blocks[test];
    OKO_CLEANUP(oko_freep) double *count = oko_calloc_array(totals, sizeof *count);
    if (count == NULL) {
        return OKO_E_MEMORY;
    }
    for (int b = 0; b < blocks; b++) {
        fill_scale(w, test, b, count, w->score[test] + (size_t)b * totals);
    }
    double rise[OKO_SIGNS_MAX_VARIANTS] = { 0 };
    double base = evidence_level(w, test, 0);
    for (int b = 1; b < blocks; b++) {
        if (!level_within(w, test, b, &rise[b])) {
            rise[b] = evidence_level(w, test, b) - base;
        }
    }
    for (int b = 1; b < blocks; b++) {
        for (size_t t = 0; t < totals; t++) {
            w->score[test][(size_t)b * totals + t] += rise[b];
        }
    }
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        sign_measure_level(w, &w->group[i]);
    }
    return OKO_OK;
}
