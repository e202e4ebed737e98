#include <oko/proportion.h>

#include "stats/special.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum { MAX_N = 10000000 };

static oko_status bad(oko_interval *ret, oko_status status)
{
    *ret = (oko_interval){ NAN, NAN };
    return status;
}

/* OKO_OK when the share of x in n can be asked for. */
static oko_status check(int64_t x, int64_t n, double inside)
{
    if (n < 0 || n > MAX_N || x < 0 || x > n || !(inside > 0 && inside < 1)) {
        return OKO_E_ARGUMENT;
    }
    return n == 0 ? OKO_E_NO_DATA : OKO_OK;
}

/* p with I_p(a, b) = target. */
static double beta_quantile(double a, double b, double target)
{
    double lo = 0, hi = 1;
    for (int i = 0; i < 200 && hi - lo > 1e-16; i++) {
        const double mid = .5 * (lo + hi);
        *(oko_log_beta_inc(a, b, mid) < log(target) ? &lo : &hi) = mid;
    }
    return .5 * (lo + hi);
}

oko_status oko_share_exact(int64_t x, int64_t n, double alpha, oko_interval *ret)
{
    const oko_status status = check(x, n, alpha);
    if (status != OKO_OK) {
        return bad(ret, status);
    }
    const double k = (double)x, all = (double)n;
    ret->lo = x > 0 ? beta_quantile(k, all - k + 1, alpha / 2) : 0;
    ret->hi = x < n ? beta_quantile(k + 1, all - k, 1 - alpha / 2) : 1;
    return OKO_OK;
}

oko_status oko_share_midp(int64_t x, int64_t n, double alpha, oko_interval *ret)
{
    const oko_status status = check(x, n, alpha);
    if (status != OKO_OK) {
        return bad(ret, status);
    }
    oko_midp_interval((double)x, (double)n, alpha, &ret->lo, &ret->hi);
    return OKO_OK;
}

/* ---- without replacement ---- */

/* n drawn from N of which M have the property. */
typedef struct draw {
    int64_t n, marked, population;
} draw;

static double log_choose(int64_t n, int64_t k)
{
    return oko_log_gamma((double)n + 1) - oko_log_gamma((double)k + 1) - oko_log_gamma((double)(n - k) + 1);
}

static double log_pmf(const draw *d, int64_t k)
{
    return log_choose(d->marked, k) + log_choose(d->population - d->marked, d->n - k) - log_choose(d->population, d->n);
}

static int64_t least(const draw *d)
{
    const int64_t forced = d->n - (d->population - d->marked);
    return forced > 0 ? forced : 0;
}

static int64_t most(const draw *d)
{
    return d->n < d->marked ? d->n : d->marked;
}

/* log P(X = from) + … + P(X = to): terms by their ratios, from the likelier end of the two on. */
static double log_sum(const draw *d, int64_t from, int64_t to)
{
    const int64_t lo = from > least(d) ? from : least(d), hi = to < most(d) ? to : most(d);
    if (lo > hi) {
        return -INFINITY;
    }
    const double mode = (double)(d->n + 1) * (double)(d->marked + 1) / ((double)d->population + 2);
    const int64_t peak = (double)lo > mode ? lo : (double)hi < mode ? hi : (int64_t)mode;
    double term = 1, sum = 1;
    for (int64_t k = peak; k < hi && term > 1e-20 * sum; k++) {
        term *= (double)(d->marked - k) * (double)(d->n - k) /
                ((double)(k + 1) * (double)(d->population - d->marked - d->n + k + 1));
        sum += term;
    }
    term = 1;
    for (int64_t k = peak; k > lo && term > 1e-20 * sum; k--) {
        term *= (double)k * (double)(d->population - d->marked - d->n + k) /
                ((double)(d->marked - k + 1) * (double)(d->n - k + 1));
        sum += term;
    }
    return log_pmf(d, peak) + log(sum);
}

oko_status oko_share_finite(int64_t x, int64_t n, int64_t population, double alpha, oko_interval *ret)
{
    const oko_status status = check(x, n, alpha);
    if (status != OKO_OK || population < n || population > MAX_N) {
        return bad(ret, status != OKO_OK ? status : OKO_E_ARGUMENT);
    }
    const double limit = log(alpha / 2);
    int64_t lo = x, hi = population - (n - x); /* smallest M whose upper tail is not too small … */
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        const draw d = { n, mid, population };
        if (log_sum(&d, x, n) > limit) {
            hi = mid;
        } else {
            lo = mid + 1;
        }
    }
    ret->lo = (double)lo / (double)population;
    hi = population - (n - x); /* … and the largest whose lower tail is not */
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo + 1) / 2;
        const draw d = { n, mid, population };
        if (log_sum(&d, 0, x) > limit) {
            lo = mid;
        } else {
            hi = mid - 1;
        }
    }
    ret->hi = (double)lo / (double)population;
    return OKO_OK;
}

/* ---- tests ---- */

static oko_status give(double log_p, double *ret_p, double *ret_log_p)
{
    log_p = log_p < 0 ? log_p : 0;
    *ret_p = exp(log_p);
    if (ret_log_p != NULL) {
        *ret_log_p = log_p;
    }
    return OKO_OK;
}

static oko_status nothing(oko_status status, double *ret_p, double *ret_log_p)
{
    *ret_p = NAN;
    if (ret_log_p != NULL) {
        *ret_log_p = NAN;
    }
    return status;
}

oko_status oko_share_above(int64_t x, int64_t n, double p0, double *ret_p, double *ret_log_p)
{
    const oko_status status = check(x, n, p0);
    if (status != OKO_OK) {
        return nothing(status, ret_p, ret_log_p);
    }
    const double log_p = x == 0 ? 0 : oko_log_beta_inc((double)x, (double)(n - x) + 1, p0);
    return give(log_p, ret_p, ret_log_p);
}

oko_status oko_share_above_finite(int64_t x, int64_t n, int64_t population, double p0, double *ret_p, double *ret_log_p)
{
    const oko_status status = check(x, n, p0);
    if (status != OKO_OK || population < n || population > MAX_N) {
        return nothing(status != OKO_OK ? status : OKO_E_ARGUMENT, ret_p, ret_log_p);
    }
    const draw d = { n, (int64_t)floor(p0 * (double)population * (1 + 1e-12)), population };
    return give(log_sum(&d, x, n), ret_p, ret_log_p);
}

oko_status oko_share_compare(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double *ret_p)
{
    if (n1 < 0 || n2 < 0 || x1 < 0 || x2 < 0 || x1 > n1 || x2 > n2 || n1 + n2 > MAX_N) {
        return nothing(OKO_E_ARGUMENT, ret_p, NULL);
    }
    if (n1 == 0 || n2 == 0 || x1 + x2 == 0 || x1 + x2 == n1 + n2) {
        return nothing(OKO_E_NO_DATA, ret_p, NULL);
    }
    const draw d = { n1, x1 + x2, n1 + n2 };
    const double here = log_pmf(&d, x1) + 1e-7;
    double sum = 0;
    for (int64_t k = least(&d); k <= most(&d); k++) {
        const double log_p = log_pmf(&d, k);
        sum += log_p <= here ? exp(log_p) : 0;
    }
    return give(log(sum), ret_p, NULL);
}
