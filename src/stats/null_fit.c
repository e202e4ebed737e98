/* Fits the null of a test to the groups that are not flagged: curves, then item × group variance by moments. */
#include "stats/sign_world.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_WORKS = 8 };
#define OWN_WEIGHT 25.0 /* groups at which an item's own variance counts as much as the common one */
#define MAX_SIGMA2 2.0
#define UNKNOWN_SHARE .5 /* of the classes in the item × group variance, where nothing tells */
#define LOCAL 2.0        /* totals of a group are near each other: so much of the stratum's works say nothing of them */

static void count_works(const sign_world *w, int test, bool reference_only, double *counts)
{
    const null_curves *c = &w->curves[test];
    size_t row = (size_t)c->n_items * (size_t)c->n_cats;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const null_works *g = &w->group[i].works;
        bool used = !w->group[i].flagged && (w->group[i].in->reference || !reference_only);
        for (int k = 0; k < g->n && used; k++) {
            double *at = counts + (size_t)g->total[k] * row;
            for (int j = 0; j < c->n_items; j++) {
                at[(size_t)j * (size_t)c->n_cats + (size_t)null_score(g, c->n_items, k, j)]++;
            }
        }
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Excess and info of the groups of a test: [groups × 2 × n_items]. */
static const double *excess_of(const double *sums, const null_curves *c, size_t group)
{
    return sums + 2 * group * (size_t)c->n_items;
}

/* Mean of the middle 80 %: the median of a skewed estimate would be low. x is sorted. */
static double middle_mean(double *x, size_t n)
{
    qsort(x, n, sizeof *x, compare_doubles);
    size_t cut = n / 10;
    double sum = 0;
    for (size_t i = cut; i < n - cut; i++) {
        sum += x[i];
    }
    return sum / (double)(n - 2 * cut);
}

/* Excess and info of the items by class: [NULL_MOST_PARTS × 2 × n_items]. Returns the number of classes. */
static int sum_parts(const null_curves *c, const null_works *g, double *sums)
{
    size_t items = (size_t)c->n_items;
    int parts = 0;
    for (int i = 0; i < g->n; i++) {
        parts = g->part[i] >= parts ? g->part[i] + 1 : parts;
    }
    memset(sums, 0, (size_t)parts * 2 * items * sizeof *sums);
    for (int i = 0; i < g->n; i++) {
        double *at = sums + (size_t)g->part[i] * 2 * items;
        const double *mean = c->mean + (size_t)g->total[i] * items;
        const double *var = c->var + (size_t)g->total[i] * items;
        for (size_t j = 0; j < items; j++) {
            at[j] += null_score(g, c->n_items, i, (int)j) - mean[j];
            at[items + j] += var[j];
        }
    }
    return parts;
}

/* Item × group variances of one group by moments: of its classes (E r² = A + σ²A²), and what these have in common (the
 * products of two of them). false without two classes. */
static bool two_variances(const null_curves *c, const double *excess, const double *sums, int parts, double *ret_class,
                          double *ret_common)
{
    double within = 0;
    double within_square = 0;
    double between = 0;
    double between_square = 0;
    for (int j = 0; j < c->n_items; j++) {
        double r2 = 0;
        double a = 0;
        double a2 = 0;
        for (int k = 0; k < parts; k++) {
            const double *at = sums + (size_t)k * 2 * (size_t)c->n_items + j;
            r2 += at[0] * at[0];
            a += at[c->n_items];
            a2 += at[c->n_items] * at[c->n_items];
        }
        within += r2 - a;
        within_square += a2;
        between += excess[j] * excess[j] - r2;
        between_square += a * a - a2;
    }
    *ret_class = within / within_square;
    *ret_common = between / between_square;
    return between_square > 0 && within_square > 0;
}

/* How much of the variance is the classes' own: groups of several classes tell, few of them hardly. */
static oko_status fit_class_share(sign_world *w, int test, const double *sums, double *work)
{
    null_curves *c = &w->curves[test];
    size_t groups = w->first[test + 1] - w->first[test];
    OKO_CLEANUP(oko_freep) double *common = oko_alloc_array(groups, sizeof *common);
    OKO_CLEANUP(oko_freep)
    double *part = oko_alloc_array((size_t)NULL_MOST_PARTS * 2 * (size_t)c->n_items, sizeof *part);
    if (common == NULL || part == NULL) {
        return OKO_E_MEMORY;
    }
    size_t n = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = &w->group[i];
        if (g->works.part != NULL && g->works.n >= 2 * MIN_WORKS && sign_fits(w, g, OKO_FAMILY_PATTERN)) {
            int parts = sum_parts(c, &g->works, part);
            n += two_variances(c, excess_of(sums, c, i - w->first[test]), part, parts, &work[n], &common[n]);
        }
    }
    double share = UNKNOWN_SHARE;
    if (n > 0) {
        double all = middle_mean(work, n);
        double shared = middle_mean(common, n);
        share = all > 0 ? 1 - shared / all : UNKNOWN_SHARE;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
    }
    c->class_share = (share * (double)n + UNKNOWN_SHARE * OWN_WEIGHT) / ((double)n + OWN_WEIGHT);
    return OKO_OK;
}

/* E[r²] = A + σ²A²: mean of the middle groups' Σ(r² − A)/ΣA². */
static double common_variance(const sign_world *w, int test, const double *sums, double *work)
{
    const null_curves *c = &w->curves[test];
    size_t n = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = &w->group[i];
        if (g->works.n < MIN_WORKS || !sign_fits(w, g, OKO_FAMILY_PATTERN)) {
            continue;
        }
        const double *excess = excess_of(sums, c, i - w->first[test]);
        double share = null_group_share(c, &g->works);
        double above = 0;
        double square = 0;
        for (int j = 0; j < c->n_items; j++) {
            double a = excess[c->n_items + j];
            above += excess[j] * excess[j] - a;
            square += share * a * a;
        }
        if (square > 0) {
            work[n++] = above / square;
        }
    }
    double value = n > 0 ? middle_mean(work, n) : 0;
    return value > 0 ? (value < MAX_SIGMA2 ? value : MAX_SIGMA2) : 0;
}

static void item_variances(sign_world *w, int test, const double *sums, double common)
{
    null_curves *c = &w->curves[test];
    for (int j = 0; j < c->n_items; j++) {
        double above = 0;
        double square = 0;
        double groups = 0;
        for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
            const sign_group *g = &w->group[i];
            const double *excess = excess_of(sums, c, i - w->first[test]);
            bool fits = g->works.n >= MIN_WORKS && sign_fits(w, g, OKO_FAMILY_PATTERN);
            double a = fits ? excess[c->n_items + j] : 0;
            if (!(a > 1e-6)) {
                continue;
            }
            double b2 = null_group_share(c, &g->works) * a * a;
            double var = a + common * b2;
            double r2 = excess[j] * excess[j];
            r2 = r2 > 9 * var ? 9 * var : r2; /* clipped at |z| = 3 */
            double weight = b2 / (var * var);
            above += weight * (r2 - a);
            square += weight * b2;
            groups++;
        }
        double own = square > 0 ? above / square : common;
        double trust = groups / (groups + OWN_WEIGHT);
        double value = trust * own + (1 - trust) * common;
        c->sigma2[j] = value < .25 * common ? .25 * common : value < MAX_SIGMA2 ? value : MAX_SIGMA2;
    }
}

/*
 * Curves of a small stratum have an error of their own, which all other groups share: the sampling of its works and of
 * its groups' item effects. It is added to the item × group variance, so that no group is held against it.
 */
static void add_curve_error(sign_world *w, int test, const double *sums)
{
    null_curves *c = &w->curves[test];
    if ((w->anchored[test] >> OKO_FAMILY_PATTERN & 1) == 0) {
        return;
    }
    for (int j = 0; j < c->n_items; j++) {
        double info = 0;
        double square = 0;
        for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
            const sign_group *g = &w->group[i];
            bool fits = g->works.n > 0 && sign_fits(w, g, OKO_FAMILY_PATTERN);
            double a = fits ? excess_of(sums, c, i - w->first[test])[c->n_items + j] : 0;
            info += a;
            square += null_group_share(c, &g->works) * a * a;
        }
        if (info > 1e-6) {
            c->sigma2[j] += LOCAL * c->n_blocks * (1 / info + c->sigma2[j] * square / (info * info));
        }
    }
}

oko_status null_fit(sign_world *w, int test)
{
    null_curves *c = &w->curves[test];
    size_t n = w->first[test + 1] - w->first[test];
    if (c->n_items == 0 || n == 0) {
        return OKO_OK;
    }
    size_t rows = (size_t)c->n_blocks * ((size_t)c->max_total + 1);
    size_t cells = rows * (size_t)c->n_items * (size_t)c->n_cats;
    bool anchored = (w->anchored[test] >> OKO_FAMILY_PATTERN & 1) != 0;
    OKO_CLEANUP(oko_freep) double *counts = oko_calloc_array(anchored ? 2 * cells : cells, sizeof *counts);
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(n, sizeof *work);
    OKO_CLEANUP(oko_freep) double *sums = oko_calloc_array(2 * n * (size_t)c->n_items, sizeof *sums);
    if (counts == NULL || work == NULL || sums == NULL) {
        return OKO_E_MEMORY;
    }
    double *reference = anchored ? counts + cells : NULL;
    count_works(w, test, false, counts);
    if (anchored) {
        count_works(w, test, true, reference);
    }
    oko_status status = null_curves_fit(c, counts, reference);
    if (status != OKO_OK) {
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        double *excess = sums + 2 * i * (size_t)c->n_items;
        null_works_sum(c, &w->group[w->first[test] + i].works, excess, excess + c->n_items);
    }
    status = fit_class_share(w, test, sums, work);
    if (status != OKO_OK) {
        return status;
    }
    double common = common_variance(w, test, sums, work);
    item_variances(w, test, sums, common);
    add_curve_error(w, test, sums);
    w->null[test].sd_item_group = sqrt(common);
    return OKO_OK;
}
