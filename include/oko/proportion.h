/*
 * Exact inference on one share: x of n works were changed, medallists not confirmed, visits with remarks.
 *
 * Pure and thread-safe. All calls: OKO_E_ARGUMENT when x is outside 0…n, n < 0, n > 10 000 000, or alpha or p0 is
 * outside (0, 1); OKO_E_NO_DATA for n = 0, and then the outputs are NaN (a share of nothing is not 0). Nothing is
 * rounded.
 */
#ifndef OKO_PROPORTION_H
#define OKO_PROPORTION_H

#include <oko/status.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oko_interval {
    double lo, hi;
} oko_interval;

/* Clopper–Pearson (1934): never covers less than 1 − alpha, at any n; for small n rather more. */
oko_status oko_share_exact(int64_t x, int64_t n, double alpha, oko_interval *ret) OKO_WARN_UNUSED;
/* The same with mid-p tails (Lancaster 1961): covers 1 − alpha on average, shorter. */
oko_status oko_share_midp(int64_t x, int64_t n, double alpha, oko_interval *ret) OKO_WARN_UNUSED;
/* n works drawn without replacement from N: the exact hypergeometric interval of the share M/N in all N works, by
 * inverting both tails over M. Shorter than Clopper–Pearson (finite population); one point when n = N.
 * OKO_E_ARGUMENT also when N < n. */
oko_status oko_share_finite(int64_t x, int64_t n, int64_t population, double alpha, oko_interval *ret) OKO_WARN_UNUSED;
/* Is the share above p0? P(X ≥ x) for X ~ Bin(n, p0), and its natural log (keeps the tail). ret_log_p may be NULL. */
oko_status oko_share_above(int64_t x, int64_t n, double p0, double *ret_p, double *ret_log_p) OKO_WARN_UNUSED;
/* The same when n works are drawn from N of which floor(p0·N) have the property (hypergeometric). */
oko_status oko_share_above_finite(int64_t x, int64_t n, int64_t population, double p0, double *ret_p,
                                  double *ret_log_p) OKO_WARN_UNUSED;
/* Fisher's exact test of two shares, x1 of n1 against x2 of n2: two-sided p, the sum of all tables with the same
 * margins that are no likelier than this one. OKO_E_NO_DATA when one group is empty, or all or none have the property.
 */
oko_status oko_share_compare(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double *ret_p) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
