/* A school, a class or a municipality against the region's counterfactual at its own level. */
#include <oko/threshold.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/counterfactual.h"
#include "stats/special.h"
#include "stats/tail.h"

#include <math.h>
#include <stdlib.h>

enum {
    MIN_WORKS = 10,
    MIN_IN_WINDOWS = 5,
    MIN_SCHOOLS = 3, /* for a variance between schools */
    DEFAULT_REPLICATES = 400
};

/* Works and tilted shares of one window; untestable when one side is out of reach. */
static bool window_part(const oko_counterfactual *cf, const tilt *t, const double *counts, const double *q, int c,
                        tail_part *part)
{
    const cut_window *w = &cf->window[c];
    double side_q[2] = { 0 };
    double works[2] = { 0 };
    for (int s = w->below_from; s <= w->above_to; s++) {
        int side = s >= w->cutoff;
        side_q[side] += q[s];
        works[side] += q[s] > 0 ? counts[s] : 0;
    }
    *part = (tail_part){ .trials = works[0] + works[1], .above = works[1] };
    if (!(side_q[0] > 0) || !(side_q[1] > 0)) {
        return false;
    }
    part->share = side_q[1] / (side_q[0] + side_q[1]);
    double x = (w->cutoff - .5 - cf->centre) / cf->scale;
    double width = .5 * (w->above_to - w->below_from + 1) / cf->scale; /* between the middles of the two sides */
    double slope_var = t->var_lambda + 2 * x * t->covariance + x * x * t->var_kappa;
    part->log_odds_var = w->log_odds_var + width * width * (slope_var > 0 ? slope_var : 0);
    return part->share > 0 && part->share < 1;
}

/* Counts, tilt and windows of one group. */
typedef struct group {
    int64_t n;
    double *counts, *q; /* [n scores] */
    tilt tilt;
    int n_parts;
    int part_of[OKO_THRESHOLD_MAX_CUTOFFS]; /* index into parts, −1 when not testable */
    tail_part parts[OKO_THRESHOLD_MAX_CUTOFFS];
    double trials;
} group;

static void group_clear(group *g)
{
    free(g->counts);
}

static oko_status group_prepare(const oko_counterfactual *cf, const oko_state *state, group *g)
{
    if (oko_state_max_total(state) + 1 != cf->n) {
        return OKO_E_ARGUMENT;
    }
    g->n = oko_state_n(state);
    if (g->n < MIN_WORKS) {
        return OKO_E_NO_DATA;
    }
    g->counts = oko_calloc_array((size_t)cf->n, 2 * sizeof *g->counts);
    if (g->counts == NULL) {
        return OKO_E_MEMORY;
    }
    g->q = g->counts + cf->n;
    for (int s = 0; s < cf->n; s++) {
        g->counts[s] = (double)oko_state_histogram(state)[s];
    }
    oko_status status = tilt_fit(cf, g->counts, cf->curvature, TILT_FREE_CURVATURE, &g->tilt, g->q);
    for (int c = 0; status == OKO_OK && c < cf->n_cutoffs; c++) {
        tail_part part;
        bool testable = window_part(cf, &g->tilt, g->counts, g->q, c, &part) && part.trials > 0;
        g->part_of[c] = testable ? g->n_parts : -1;
        if (testable) {
            g->parts[g->n_parts++] = part;
            g->trials += part.trials;
        }
    }
    return status == OKO_OK && g->trials < MIN_IN_WINDOWS ? OKO_E_NO_DATA : status;
}

/* One cut-off: B − Tπ with the mid-p interval of the share. */
static oko_status fill_cutoff(const oko_counterfactual *cf, const group *g, int c, oko_threshold_cutoff *at)
{
    const cut_window *w = &cf->window[c];
    *at = (oko_threshold_cutoff){ .cutoff = w->cutoff,
                                  .below_from = w->below_from,
                                  .above_to = w->above_to,
                                  .expected_above = NAN,
                                  .lifted = NAN,
                                  .lifted_lo = NAN,
                                  .lifted_hi = NAN,
                                  .share = NAN,
                                  .z = NAN,
                                  .p = NAN,
                                  .log_p = NAN };
    if (g->part_of[c] < 0) {
        return OKO_OK;
    }
    const tail_part *part = &g->parts[g->part_of[c]];
    oko_status status = tail_log_midp(part, 1, &at->log_p);
    if (status != OKO_OK) {
        return status;
    }
    at->above = (int64_t)part->above;
    at->below = (int64_t)(part->trials - part->above);
    at->expected_above = part->trials * part->share;
    at->lifted = part->above - at->expected_above;
    double lo;
    double hi;
    oko_midp_interval(part->above, part->trials, .05, &lo, &hi);
    /* of the number lifted: at least as wide as the honest part's own spread Tπ(1−π), plus the uncertainty of π */
    double honest = 1.959964 * sqrt(tail_part_variance(part));
    double down = part->above - part->trials * lo;
    double up = part->trials * hi - part->above;
    double pi_sd = part->trials * part->share * (1 - part->share) * sqrt(part->log_odds_var) * 1.959964;
    down = sqrt(down * down + pi_sd * pi_sd);
    up = sqrt(up * up + pi_sd * pi_sd);
    at->lifted_lo = at->lifted - (down > honest ? down : honest);
    at->lifted_hi = at->lifted + (up > honest ? up : honest);
    at->share = at->lifted / (double)g->n;
    at->z = at->lifted / sqrt(tail_part_variance(part));
    at->p = exp(at->log_p);
    return OKO_OK;
}

/* All cut-offs and the pooled test; intervals add up by MOVER (Zou & Donner 2008). */
static oko_status fill_result(const oko_counterfactual *cf, const group *g, oko_threshold_result *ret)
{
    *ret = (oko_threshold_result){ .n = g->n, .n_cutoffs = cf->n_cutoffs };
    double down = 0;
    double up = 0;
    for (int c = 0; c < cf->n_cutoffs; c++) {
        oko_threshold_cutoff *at = &ret->at[c];
        oko_status status = fill_cutoff(cf, g, c, at);
        if (status != OKO_OK) {
            return status;
        }
        if (g->part_of[c] >= 0) {
            ret->lifted += at->lifted;
            down += (at->lifted - at->lifted_lo) * (at->lifted - at->lifted_lo);
            up += (at->lifted_hi - at->lifted) * (at->lifted_hi - at->lifted);
        }
    }
    ret->lifted_lo = ret->lifted - sqrt(down);
    ret->lifted_hi = ret->lifted + sqrt(up);
    oko_status status = tail_log_midp(g->parts, g->n_parts, &ret->log_p);
    ret->p = exp(ret->log_p);
    return status;
}

static void fill_expected(const oko_counterfactual *cf, const group *g, double *ret_expected)
{
    for (int s = 0; ret_expected != NULL && s < cf->n; s++) {
        ret_expected[s] = (double)g->n * g->q[s];
    }
}

oko_status oko_threshold_test(const oko_counterfactual *cf, const oko_state *state, oko_threshold_result *ret,
                              double *ret_expected)
{
    if (cf == NULL || state == NULL || ret == NULL) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(group_clear) group g = { 0 };
    oko_threshold_result result;
    oko_status status = group_prepare(cf, state, &g);
    if (status == OKO_OK) {
        status = fill_result(cf, &g, &result);
    }
    if (status == OKO_OK) {
        *ret = result;
        fill_expected(cf, &g, ret_expected);
    }
    return status;
}

/* ---- municipality ---- */

/* Excess B − Tπ of each school in each window (π of the municipality), as a table [schools × cut-offs]. */
static void school_excess(const oko_counterfactual *cf, const group *g, size_t n, const oko_state *const *schools,
                          double *excess)
{
    for (size_t i = 0; i < n; i++) {
        const int64_t *histogram = oko_state_histogram(schools[i]);
        for (int c = 0; c < cf->n_cutoffs; c++) {
            const cut_window *w = &cf->window[c];
            double works[2] = { 0 };
            for (int s = w->below_from; s <= w->above_to; s++) {
                works[s >= w->cutoff] += g->q[s] > 0 ? (double)histogram[s] : 0;
            }
            double share = g->part_of[c] < 0 ? NAN : g->parts[g->part_of[c]].share;
            excess[i * (size_t)cf->n_cutoffs + (size_t)c] = works[1] - (works[0] + works[1]) * share;
        }
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sums over resampled schools of column c (or of all columns, c = n_cutoffs), sorted. */
static void resample(const oko_counterfactual *cf, const group *g, size_t n, const double *excess, int c, uint64_t seed,
                     int replicates, double *sums)
{
    size_t columns = (size_t)cf->n_cutoffs;
    for (int r = 0; r < replicates; r++) {
        oko_rng rng = oko_rng_make(seed, (uint64_t)r); /* the same schools in every column */
        sums[r] = 0;
        for (size_t i = 0; i < n; i++) {
            const double *row = excess + columns * oko_rng_below(&rng, (uint32_t)n);
            for (int k = 0; k < cf->n_cutoffs; k++) {
                sums[r] += g->part_of[k] >= 0 && (c == cf->n_cutoffs || c == k) ? row[k] : 0;
            }
        }
    }
    qsort(sums, (size_t)replicates, sizeof *sums, compare_doubles);
}

/* Variance of the sum over schools from the schools' own spread. */
static double between_variance(const oko_counterfactual *cf, const group *g, size_t n, const double *excess, int c)
{
    double sum = 0;
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        double d = 0;
        for (int k = 0; k < cf->n_cutoffs; k++) {
            d += g->part_of[k] >= 0 && (c == cf->n_cutoffs || c == k) ? excess[i * (size_t)cf->n_cutoffs + (size_t)k]
                                                                      : 0;
        }
        sum += d;
        square += d * d;
    }
    double m = (double)n;
    return (square - sum * sum / m) * m / (m - 1);
}

/* Widens an interval to the bootstrap's and a p to the cluster test's (Student, schools − 1). */
static void allow_for_schools(double lifted, const double *sums, int replicates, double variance, size_t n, double *lo,
                              double *hi, double *log_p)
{
    double low = sums[(int)(.025 * (replicates - 1) + .5)];
    double high = sums[(int)(.975 * (replicates - 1) + .5)];
    *lo = low < *lo ? low : *lo;
    *hi = high > *hi ? high : *hi;
    if (n >= MIN_SCHOOLS && variance > 0) {
        double clustered = oko_log_t_q(lifted / sqrt(variance), (double)(n - 1));
        *log_p = clustered > *log_p ? clustered : *log_p;
    }
}

static void widen(const oko_counterfactual *cf, const group *g, size_t n, const double *excess, uint64_t seed,
                  int replicates, double *sums, oko_threshold_result *r)
{
    for (int c = 0; c < cf->n_cutoffs; c++) {
        oko_threshold_cutoff *at = &r->at[c];
        if (g->part_of[c] < 0) {
            continue;
        }
        double variance = between_variance(cf, g, n, excess, c);
        resample(cf, g, n, excess, c, seed, replicates, sums);
        allow_for_schools(at->lifted, sums, replicates, variance, n, &at->lifted_lo, &at->lifted_hi, &at->log_p);
        at->p = exp(at->log_p);
    }
    double variance = between_variance(cf, g, n, excess, cf->n_cutoffs);
    resample(cf, g, n, excess, cf->n_cutoffs, seed, replicates, sums);
    allow_for_schools(r->lifted, sums, replicates, variance, n, &r->lifted_lo, &r->lifted_hi, &r->log_p);
    r->p = exp(r->log_p);
}

/* The schools that have works, merged into one state. */
static oko_status merge_schools(const oko_counterfactual *cf, size_t n, const oko_state *const *schools,
                                const oko_state **ret_kept, size_t *ret_n, oko_state **ret_all)
{
    OKO_CLEANUP(oko_state_freep) oko_state *all = NULL;
    oko_status status = oko_state_new(&(oko_shape){ .max_total = cf->n - 1 }, &all);
    size_t kept = 0;
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        if (schools[i] == NULL || oko_state_n(schools[i]) == 0) {
            continue;
        }
        if (oko_state_max_total(schools[i]) + 1 != cf->n) {
            return OKO_E_ARGUMENT;
        }
        ret_kept[kept++] = schools[i];
        status = oko_state_add_histogram(all, oko_state_histogram(schools[i]));
    }
    if (status == OKO_OK) {
        *ret_n = kept;
        *ret_all = all;
        all = NULL;
    }
    return status;
}

oko_status oko_threshold_test_cluster(const oko_counterfactual *cf, size_t n, const oko_state *const *schools,
                                      const oko_threshold_options *options, oko_threshold_result *ret,
                                      double *ret_expected)
{
    if (cf == NULL || (n > 0 && schools == NULL) || n > UINT32_MAX || ret == NULL ||
        (options != NULL && options->replicates < 0)) {
        return OKO_E_ARGUMENT;
    }
    if (n == 0) {
        return OKO_E_NO_DATA;
    }
    int replicates = options != NULL && options->replicates > 0 ? options->replicates : DEFAULT_REPLICATES;
    OKO_CLEANUP(oko_freep) const oko_state **kept = oko_alloc_array(n, sizeof *kept);
    OKO_CLEANUP(oko_freep) double *excess = oko_alloc_array(n * (size_t)cf->n_cutoffs, sizeof *excess);
    OKO_CLEANUP(oko_freep) double *sums = oko_alloc_array((size_t)replicates, sizeof *sums);
    OKO_CLEANUP(oko_state_freep) oko_state *all = NULL;
    OKO_CLEANUP(group_clear) group g = { 0 };
    if (kept == NULL || excess == NULL || sums == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    oko_threshold_result result;
    oko_status status = merge_schools(cf, n, schools, kept, &m, &all);
    if (status == OKO_OK) {
        status = group_prepare(cf, all, &g);
    }
    if (status == OKO_OK) {
        status = fill_result(cf, &g, &result);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (m > 1) {
        school_excess(cf, &g, m, kept, excess);
        widen(cf, &g, m, excess, options != NULL ? options->seed : 0, replicates, sums, &result);
    }
    *ret = result;
    fill_expected(cf, &g, ret_expected);
    return OKO_OK;
}
