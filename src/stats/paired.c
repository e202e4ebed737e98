#include <oko/paired.h>

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

oko_status oko_paired_sign_test(int64_t up, int64_t down, double *ret_p)
{
    *ret_p = NAN;
    if (up < 0 || down < 0) {
        return OKO_E_ARGUMENT;
    }
    if (up + down == 0) {
        return OKO_E_NO_DATA;
    }
    const double few = (double)(up < down ? up : down), n = (double)(up + down);
    /* P(X ≤ few) = I_½(n − few, few + 1) */
    const double p = 2 * exp(oko_log_beta_inc(n - few, few + 1, .5));
    *ret_p = p < 1 ? p : 1;
    return OKO_OK;
}

/* ---- signed ranks ---- */

static int by_size(const void *a, const void *b)
{
    const double x = fabs(*(const double *)a), y = fabs(*(const double *)b);
    return (x > y) - (x < y);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(const double *sorted, size_t n)
{
    return n == 0 ? NAN : n % 2 == 1 ? sorted[n / 2] : .5 * (sorted[n / 2 - 1] + sorted[n / 2]);
}

/* Twice the mid-ranks of |d|, whole numbers; d is sorted by size. Σ(t³ − t) of the ties. */
static double double_ranks(const double *d, size_t n, int64_t *rank)
{
    double ties = 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && !(fabs(d[j]) > fabs(d[i])); j++)
            continue;
        const double t = (double)(j - i);
        ties += t * t * t - t;
        for (size_t k = i; k < j; k++) {
            rank[k] = (int64_t)(i + 1 + j);
        }
    }
    return ties;
}

/* Two-sided p of the doubled sum w: every rank has either sign with probability ½. */
static oko_status exact_p(const int64_t *rank, size_t n, int64_t w, double *ret_p)
{
    int64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        all += rank[i];
    }
    OKO_CLEANUP(oko_freep) double *share = oko_calloc_array((size_t)all + 1, sizeof *share);
    if (share == NULL) {
        return OKO_E_MEMORY;
    }
    share[0] = 1;
    int64_t reached = 0;
    for (size_t i = 0; i < n; i++) {
        reached += rank[i];
        for (int64_t s = reached; s >= 0; s--) {
            share[s] = .5 * (share[s] + (s >= rank[i] ? share[s - rank[i]] : 0));
        }
    }
    double below = 0, above = 0;
    for (int64_t s = 0; s <= all; s++) {
        below += s <= w ? share[s] : 0;
        above += s >= w ? share[s] : 0;
    }
    const double p = 2 * (below < above ? below : above);
    *ret_p = p < 1 ? p : 1;
    return OKO_OK;
}

static double normal_p(double n, double w_plus, double ties)
{
    const double mean = n * (n + 1) / 4, var = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
    const double p = var > 0 ? 2 * exp(oko_log_normal_q(fabs(w_plus - mean) / sqrt(var))) : 1;
    return p < 1 ? p : 1;
}

static oko_status rank_test(double *d, size_t n, oko_wilcoxon *ret)
{
    OKO_CLEANUP(oko_freep) int64_t *rank = oko_alloc_array(n, sizeof *rank);
    if (rank == NULL) {
        return OKO_E_MEMORY;
    }
    qsort(d, n, sizeof *d, by_size);
    const double ties = double_ranks(d, n, rank);
    int64_t w = 0;
    for (size_t i = 0; i < n; i++) {
        w += d[i] > 0 ? rank[i] : 0;
    }
    ret->w_plus = .5 * (double)w;
    ret->exact = n <= OKO_WILCOXON_EXACT;
    if (ret->exact) {
        return exact_p(rank, n, w, &ret->p);
    }
    ret->p = normal_p((double)n, ret->w_plus, ties);
    return OKO_OK;
}

oko_status oko_wilcoxon_test(const double *difference, size_t n, oko_wilcoxon *ret)
{
    *ret = (oko_wilcoxon){ .w_plus = NAN, .p = NAN, .median = NAN };
    if (n == 0) {
        return OKO_E_NO_DATA;
    }
    OKO_CLEANUP(oko_freep) double *d = oko_alloc_array(n, sizeof *d);
    if (d == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(difference[i])) {
            return OKO_E_ARGUMENT;
        }
        d[i] = difference[i];
    }
    qsort(d, n, sizeof *d, by_value);
    ret->median = median_of(d, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (d[i] > 0 || d[i] < 0) {
            d[kept++] = d[i];
        }
    }
    ret->pairs = (int64_t)kept;
    return kept == 0 ? OKO_E_NO_DATA : rank_test(d, kept, ret);
}

/* ---- agreement ---- */

static double weight_of(oko_agreement_weights weights, int k, int i, int j)
{
    const double gap = fabs((double)(i - j)) / (k - 1);
    return weights == OKO_AGREEMENT_EXACT ? (i == j) : weights == OKO_AGREEMENT_LINEAR ? 1 - gap : 1 - gap * gap;
}

typedef struct margins {
    double row[OKO_AGREEMENT_MAX], col[OKO_AGREEMENT_MAX]; /* shares */
    double row_weight[OKO_AGREEMENT_MAX];                  /* Σ_j col_j w_ij */
    double col_weight[OKO_AGREEMENT_MAX];                  /* Σ_i row_i w_ij */
} margins;

static void fill_margins(int k, const double *share, oko_agreement_weights weights, margins *m)
{
    memset(m, 0, sizeof *m);
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
            m->row[i] += share[i * k + j];
            m->col[j] += share[i * k + j];
        }
    }
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
            m->row_weight[i] += m->col[j] * weight_of(weights, k, i, j);
            m->col_weight[j] += m->row[i] * weight_of(weights, k, i, j);
        }
    }
}

static double standard_error(int k, const double *share, oko_agreement_weights weights, const margins *m,
                             const oko_agreement *a)
{
    double sum = 0;
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
            const double part = weight_of(weights, k, i, j) - (m->row_weight[i] + m->col_weight[j]) * (1 - a->kappa);
            sum += share[i * k + j] * part * part;
        }
    }
    const double centre = a->kappa - a->chance * (1 - a->kappa);
    const double var = (sum - centre * centre) / ((double)a->n * (1 - a->chance) * (1 - a->chance));
    return a->n < 2 ? NAN : sqrt(var > 0 ? var : 0);
}

oko_status oko_agreement_kappa(int k, const int64_t *table, oko_agreement_weights weights, oko_agreement *ret)
{
    double share[OKO_AGREEMENT_MAX * OKO_AGREEMENT_MAX];
    *ret = (oko_agreement){ .observed = NAN, .chance = NAN, .kappa = NAN, .se = NAN };
    if (k < 2 || k > OKO_AGREEMENT_MAX || (unsigned)weights > OKO_AGREEMENT_QUADRATIC) {
        return OKO_E_ARGUMENT;
    }
    int64_t n = 0;
    for (int i = 0; i < k * k; i++) {
        if (table[i] < 0) {
            return OKO_E_ARGUMENT;
        }
        n += table[i];
    }
    ret->n = n;
    if (n == 0) {
        return OKO_E_NO_DATA;
    }
    margins m;
    double observed = 0, chance = 0;
    for (int i = 0; i < k * k; i++) {
        share[i] = (double)table[i] / (double)n;
    }
    fill_margins(k, share, weights, &m);
    for (int i = 0; i < k; i++) {
        chance += m.row[i] * m.row_weight[i];
        for (int j = 0; j < k; j++) {
            observed += share[i * k + j] * weight_of(weights, k, i, j);
        }
    }
    ret->observed = observed;
    ret->chance = chance;
    if (!(chance < 1 - 1e-12)) {
        return OKO_E_NO_DATA;
    }
    ret->kappa = (observed - chance) / (1 - chance);
    ret->se = standard_error(k, share, weights, &m, ret);
    return OKO_OK;
}
