/* Local false discovery rate (Efron 2004): the chance that a unit with just this p is an honest one. */
#ifndef OKO_LOCAL_FDR_H
#define OKO_LOCAL_FDR_H

#include <oko/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { OKO_LOCAL_FDR_MIN = 200 }; /* fewer units with a p: the density of z is not known, all NaN */

typedef enum oko_local_null {
    OKO_LOCAL_NULL_THEORETICAL, /* N(0, 1): p are calibrated already */
    OKO_LOCAL_NULL_EMPIRICAL /* N(δ, σ²) matched to the middle of the z themselves (Efron 2004, central matching) */
} oko_local_null;

typedef struct oko_local_fdr_fit {
    size_t n;         /* units with a p */
    double p0;        /* share of honest units, at most 1 */
    double delta, sd; /* of the null */
} oko_local_fdr_fit;

/*
 * fdr(z) = p0·f0(z)/f(z) for one-sided log_p[n] (natural logarithms; NaN = no p), z = Φ⁻¹(1 − p). f: Poisson regression
 * of counts in bins of z on a natural cubic spline with 7 degrees of freedom (Lindsey's method), linear in log f beyond
 * the data. p0: share of z below the middle of the null over its half, at most 1. ret[n]: 0…1, 1 up to the middle of
 * the null, never rising with z, so that the order of the p is kept; NaN where log_p is NaN, and everywhere with fewer
 * than OKO_LOCAL_FDR_MIN units (that is no error). ret_fit may be NULL. Not in place. OKO_E_ARGUMENT (a log_p above 0),
 * OKO_E_MEMORY, OKO_E_NUMERIC (no spline or null fits).
 */
oko_status oko_local_fdr(size_t n, const double *log_p, oko_local_null null, double *ret,
                         oko_local_fdr_fit *ret_fit) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
