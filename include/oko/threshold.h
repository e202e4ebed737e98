/*
 * Cut-offs (границы отметок): are there too many works just above a cut-off and too few just below it?
 *
 * 1. A smooth counterfactual of the region's score distribution tells what it would look like had no work been lifted
 *    over a cut-off. The smooth curve (penalised Poisson fit, strong smoothing gives a discretised normal) and the
 *    outflow of works below each cut-off are fitted together, so the bins around the cut-offs do not pull the curve;
 *    scores that no pupil can get, listed or found in the data, are left out.
 * 2. A group's works B above a cut-off, given the A+B works in a narrow window, are tested against the counterfactual
 *    tilted to the group's own level and spread (q_s ∝ f_s·exp(λs + κs²)): a strong school is not a sign.
 * Sources: Frandsen 2017 (discrete density test), Kleven 2016 / Chetty et al. (bunching), Dee et al. 2019. Formulas,
 * measured calibration and power: docs/METHODS.md §3.
 *
 * Pure: no I/O, no clock, no global state; no call aborts (the library's own numerics, no GSL error handler). All calls
 * may run in parallel on shared const arguments.
 */
#ifndef OKO_THRESHOLD_H
#define OKO_THRESHOLD_H

#include <oko/state.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { OKO_THRESHOLD_MAX_CUTOFFS = 8 };

/* Where the cut-offs are and which scores are impossible. */
typedef struct oko_threshold_spec {
    int max_total;          /* 1…1000; short scales (under about 10) give OKO_E_NO_DATA */
    int n_cutoffs;          /* 1…8 */
    const int16_t *cutoffs; /* lowest score of each higher mark, ascending, 1…max_total */
    int n_gaps;             /* scores nobody can get; may be 0 */
    const int16_t *gaps;
    int window; /* points on each side of a cut-off; 0 = 1 for max_total ≤ 24, else 2; shrunk so that none overlap */
} oko_threshold_spec;

typedef struct oko_threshold_options {
    int replicates; /* bootstrap replicates of the intervals, 20…100000; 0 = 400 */
    uint64_t seed;
    int threads; /* 0 = cores; the digits do not depend on it */
} oko_threshold_options;

/* Counterfactual of one region; opaque and immutable, can be shared by threads. */
typedef struct oko_counterfactual oko_counterfactual;

/*
 * Result at one cut-off. NaN where it can't be computed (no works of the group in the window, or one of its sides out
 * of reach). In a region `lifted` counts works from up to 5…10 points below; in a group it is the excess B − (A+B)π
 * inside the window, which works from farther below enter only with 1 − π each.
 */
typedef struct oko_threshold_cutoff {
    int cutoff;     /* lowest score of the higher mark */
    int below_from; /* window [below_from, cutoff−1] | [cutoff, above_to] */
    int above_to;
    int64_t below, above;  /* works observed there (A, B) */
    double expected_above; /* (A+B)·π under the counterfactual at the group's level */
    double lifted;         /* works lifted over the cut-off (can be negative: noise) */
    double lifted_lo;      /* 95 % interval */
    double lifted_hi;
    double share; /* lifted / n */
    double z;     /* standardised, for ordering */
    double p;     /* one-sided: too many above */
    double log_p;
} oko_threshold_cutoff;

typedef struct oko_threshold_result {
    int64_t n;
    int n_cutoffs;
    oko_threshold_cutoff at[OKO_THRESHOLD_MAX_CUTOFFS];
    double lifted, lifted_lo, lifted_hi; /* over all cut-offs that can be tested */
    double p, log_p; /* too many above at any cut-off: groups pool their counts, a region combines its p (Cauchy) */
} oko_threshold_result;

/*
 * Fits the counterfactual to the region and estimates the works lifted in the region. schools: [n] states (NULL entries
 * are skipped). Intervals come from a cluster bootstrap over schools, never narrower than the model's own error
 * (smoothing and overdispersion); with one state only (a histogram is all that is known) from a gamma-Poisson bootstrap
 * with the fit's overdispersion. options may be NULL. The caller frees *ret_cf. OKO_E_ARGUMENT (spec or options out of
 * range, a state of another scale), OKO_E_MEMORY, OKO_E_NO_DATA (fewer than 200 works, or fewer than 9 scores to fit),
 * OKO_E_NUMERIC (no convergence).
 */
oko_status oko_threshold_fit(const oko_threshold_spec *spec, size_t n, const oko_state *const *schools,
                             const oko_threshold_options *options, oko_counterfactual **ret_cf,
                             oko_threshold_result *ret_region) OKO_WARN_UNUSED;
void oko_counterfactual_free(oko_counterfactual *cf);
void oko_counterfactual_freep(oko_counterfactual **cf);
/* Expected share per score 0…max_total (sums to 1; 0 at gaps). */
const double *oko_counterfactual_pmf(const oko_counterfactual *cf);

/*
 * Tests a school (or class): exact (A,B) | A+B tails, mid-p, pooled over cut-offs; lifted with a mid-p interval of the
 * binomial share. The log odds of the window are taken as uncertain by the error of fit and tilt. ret_expected (NULL or
 * [max_total+1]) gets the expected counts at the group's level, for a picture.
 * OKO_E_NO_DATA when the group has fewer than 10 works or fewer than 5 in all windows; OKO_E_ARGUMENT, OKO_E_MEMORY,
 * OKO_E_NUMERIC.
 */
oko_status oko_threshold_test(const oko_counterfactual *cf, const oko_state *group, oko_threshold_result *ret,
                              double *ret_expected) OKO_WARN_UNUSED;

/*
 * The same for a municipality: intervals at least those of a cluster bootstrap over its schools, p at least that of the
 * schools' own spread (Student, schools − 1), so that one school does not make a municipality. NULL entries are
 * skipped.
 */
oko_status oko_threshold_test_cluster(const oko_counterfactual *cf, size_t n, const oko_state *const *schools,
                                      const oko_threshold_options *options, oko_threshold_result *ret,
                                      double *ret_expected) OKO_WARN_UNUSED;

/* Benjamini–Hochberg q-values (1995): p[n] (NaN stays NaN and is not counted) → ret_q[n]. OKO_E_MEMORY. */
oko_status oko_bh(size_t n, const double *p, double *ret_q) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
