/* The federal rules of 2019, from mergeable states. Formulas: domain facts of the rule pack in docs/METHODS.md §2. */
#include <oko/fioko2019.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

enum { MIN_SCHOOLS_FOR_BOUNDS = 4 };

/* Half a confidence interval: 1.96·s/√n; the rule writes 1.96, not the exact quantile. */
static const double RULE_Z = 1.96;
static const double RULE_IQR = 3.0;

oko_status oko_fioko2019_ci(const oko_state *school, const oko_state *region, oko_fioko_ci *ret)
{
    if (school == NULL || region == NULL || ret == NULL) {
        return OKO_E_ARGUMENT;
    }
    oko_fioko_ci ci = { .n = oko_state_n(school), .region_n = oko_state_n(region) };
    oko_status status = oko_state_sd(school, &ci.sd);
    if (status == OKO_OK) {
        status = oko_state_sd(region, &ci.region_sd);
    }
    if (status == OKO_OK) {
        status = oko_state_mean(school, &ci.mean);
    }
    if (status == OKO_OK) {
        status = oko_state_mean(region, &ci.region_mean);
    }
    if (status != OKO_OK) {
        return status;
    }
    ci.lower = ci.mean - RULE_Z * ci.sd / sqrt((double)ci.n);
    ci.region_upper = ci.region_mean + RULE_Z * ci.region_sd / sqrt((double)ci.region_n);
    ci.marked = ci.lower > ci.region_upper;
    *ret = ci;
    return OKO_OK;
}

/*
 * Σ(2d)² over the cells of the table journal mark × total, and n. With doubled average ranks every term is a whole
 * number. n ≤ 10^12 (limit of a state) and |2d| < 2n, so the sum stays below 4·10^36 < 2^127.
 */
__extension__ typedef __int128 wide;

static wide sum_of_squares(const oko_state *s, int64_t *ret_n)
{
    int max = oko_state_max_total(s);
    int64_t mark_rank[OKO_JOURNAL_MARKS] = { 0 };
    int64_t n = 0;
    for (int j = 1; j < OKO_JOURNAL_MARKS; j++) {
        const int64_t *row = oko_state_journal(s, j);
        int64_t in_row = 0;
        for (int t = 0; t <= max; t++) {
            in_row += row[t];
        }
        mark_rank[j] = 2 * n + in_row + 1;
        n += in_row;
    }
    wide squares = 0;
    int64_t before = 0;
    for (int t = 0; t <= max; t++) {
        int64_t in_column = 0;
        for (int j = 1; j < OKO_JOURNAL_MARKS; j++) {
            in_column += oko_state_journal(s, j)[t];
        }
        for (int j = 1; j < OKO_JOURNAL_MARKS; j++) {
            wide d = mark_rank[j] - (2 * before + in_column + 1);
            squares += d * d * oko_state_journal(s, j)[t];
        }
        before += in_column;
    }
    *ret_n = n;
    return squares;
}

oko_status oko_fioko2019_rs(const oko_state *school, oko_fioko_rs *ret)
{
    if (school == NULL || ret == NULL) {
        return OKO_E_ARGUMENT;
    }
    int64_t n = 0;
    wide squares = sum_of_squares(school, &n);
    if (n < 3) {
        return OKO_E_NO_DATA;
    }
    /* 6·Σd²/(n(n²−1)) = 6·Σ(2d)²/(4·n(n²−1)); the sign is decided in whole numbers. */
    wide numerator = 3 * squares;
    wide denominator = 2 * (wide)n * ((wide)n * n - 1);
    *ret = (oko_fioko_rs){
        .n = n,
        .rs = (double)(denominator - numerator) / (double)denominator,
        .marked = numerator > denominator,
    };
    return OKO_OK;
}

static double percent_of_max(const oko_state *s)
{
    double mean = NAN;
    if (s == NULL || oko_state_mean(s, &mean) != OKO_OK) {
        return NAN;
    }
    return 100.0 * mean / oko_state_max_total(s);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantile of n ≥ 1 ascending values by linear interpolation (type 7 of R). */
static double quantile(const double *sorted, size_t n, double p)
{
    double h = (double)(n - 1) * p;
    size_t i = (size_t)h;
    size_t next = i + 1 < n ? i + 1 : i;
    return sorted[i] + (h - (double)i) * (sorted[next] - sorted[i]);
}

oko_status oko_fioko2019_change(size_t n, const oko_state *const *before, const oko_state *const *after,
                                oko_fioko_change *ret_changes, oko_fioko_bounds *ret_bounds)
{
    if (ret_bounds == NULL || (n > 0 && (before == NULL || after == NULL || ret_changes == NULL))) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) double *ratios = NULL;
    if (n > 0 && (ratios = oko_alloc_array(n, sizeof *ratios)) == NULL) {
        return OKO_E_MEMORY;
    }
    size_t computable = 0;
    for (size_t i = 0; i < n; i++) {
        double b = percent_of_max(before[i]);
        double a = percent_of_max(after[i]);
        bool both = !isnan(b) && a > 0;
        ret_changes[i] = (oko_fioko_change){ .computable = both, .before = b, .after = a, .k = both ? b / a : NAN };
        if (both) {
            ratios[computable++] = ret_changes[i].k;
        }
    }
    *ret_bounds = (oko_fioko_bounds){ .schools = (int64_t)computable, .q1 = NAN, .q3 = NAN, .low = NAN, .high = NAN };
    if (computable < MIN_SCHOOLS_FOR_BOUNDS) {
        return OKO_E_NO_DATA;
    }
    qsort(ratios, computable, sizeof *ratios, compare_doubles);
    ret_bounds->q1 = quantile(ratios, computable, .25);
    ret_bounds->q3 = quantile(ratios, computable, .75);
    double iqr = ret_bounds->q3 - ret_bounds->q1;
    ret_bounds->low = ret_bounds->q1 - RULE_IQR * iqr;
    ret_bounds->high = ret_bounds->q3 + RULE_IQR * iqr;
    for (size_t i = 0; i < n; i++) {
        ret_changes[i].rise = ret_changes[i].computable && ret_changes[i].k < ret_bounds->low;
        ret_changes[i].fall = ret_changes[i].computable && ret_changes[i].k > ret_bounds->high;
    }
    return OKO_OK;
}

oko_status oko_fioko2019_index(int64_t schools, int64_t marked, double *ret_index)
{
    if (ret_index == NULL || marked < 0 || (schools >= 1 && marked > schools)) {
        return OKO_E_ARGUMENT;
    }
    if (schools < 1) {
        return OKO_E_NO_DATA;
    }
    *ret_index = 100.0 - 100.0 * (double)marked / (double)schools;
    return OKO_OK;
}
