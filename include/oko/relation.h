/*
 * Results of one procedure against those of another one by the same cohort or school (ВПР ↔ ОГЭ ↔ ЕГЭ): is a school's
 * result higher than its other results let expect?
 *
 * Model. School i has true levels ξ (procedure x, the more reliable evidence) and η (procedure y, the one that is asked
 * about): ξ ~ N(μ, τ²), η = α + βξ + ζ, ζ ~ N(0, σ²). Means of n pupils are seen: x = ξ + e, var e = s_x²/n_x;
 * y = η + u, var u = s_y²/n_y. A small school's x says little of ξ, so y is expected at α + β(μ + λ(x − μ)) with the
 * reliability λ = τ²/(τ² + s_x²/n_x) (regression calibration: Fuller 1987, Carroll et al. 2006), with variance
 * β²τ²(1 − λ) + σ² + s_y²/n_y. All is estimated robustly — μ, τ, σ by medians (median |z| = .6745), the line by
 * iterated bisquare weights (Tukey; c = 4.685) — so that schools with a sign don't pull the line to themselves.
 *
 * Small schools: they count by their variance and are held to a wider interval. Missing: a school without one of the
 * two results is left out, never taken as 0. Pure, thread-safe, no randomness.
 */
#ifndef OKO_RELATION_H
#define OKO_RELATION_H

#include <oko/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { OKO_RELATION_MIN_SCHOOLS = 10 };

typedef struct oko_relation_school {
    double x, y;      /* mean raw scores; NaN = not known */
    int64_t n_x, n_y; /* pupils */
} oko_relation_school;

typedef struct oko_relation_options {
    double sd_x, sd_y; /* of pupils within a school, > 0 */
    int min_pupils;    /* schools with fewer in either procedure are left out; at least 1 */
} oko_relation_options;

typedef struct oko_relation {
    size_t schools; /* that the line is fitted to */
    double intercept, slope, slope_se;
    double mean, sd;    /* μ, τ of the predictor */
    double spread;      /* σ: schools about the line */
    double reliability; /* mean λ */
} oko_relation;

typedef struct oko_relation_residual {
    bool computed;
    double expected; /* of y */
    double effect;   /* y − expected, in points of y */
    double lo, hi;   /* 95 % of it: holds 0 unless the two-sided p is below .05 */
    double z;
    double p, log_p; /* of a result as high as this one (Student's t, schools − 2 degrees of freedom) */
    double p_low;    /* of one as low */
    double weight;   /* in the fit, 0…1 */
} oko_relation_residual;

/* Fits the line and gives every school's residual (ret_residuals: [n]; NULL = not wanted). OKO_E_NO_DATA: fewer than
 * OKO_RELATION_MIN_SCHOOLS schools with both, or their levels in x do not differ beyond chance (no reliability).
 * OKO_E_ARGUMENT, OKO_E_MEMORY. After a failure no residual is computed. */
oko_status oko_relation_fit(const oko_relation_school *schools, size_t n, const oko_relation_options *options,
                            oko_relation *ret_fit, oko_relation_residual *ret_residuals) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
