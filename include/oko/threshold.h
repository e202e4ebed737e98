/*
 * Cut-offs (границы отметок): are there too many works just above a cut-off and too few just below it?
 *
 * 1. A smooth counterfactual of the region's score distribution (penalised Poisson fit; the bins around the cut-offs do
 *    not pull it, scores that no pupil can get are left out) tells what the distribution would look like had no work
 *    been lifted over a cut-off.
 * 2. A group's share B/(A+B) of works above the cut-off in a narrow window is tested against the counterfactual tilted
 *    to the group's own level (q_s ∝ f_s·e^{λs}): a strong school is not a sign.
 * Sources: Frandsen 2017 (discrete density test), Kleven 2016 / Chetty et al. (bunching), Dee et al. 2019.
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
    int max_total;
    int n_cutoffs;          /* 1…8 */
    const int16_t *cutoffs; /* lowest score of each higher mark, ascending, 1…max_total */
    int n_gaps;             /* scores nobody can get; may be 0 */
    const int16_t *gaps;
    int window; /* points on each side of a cut-off; 0 = chosen by the scale (documented in METHODS.md) */
} oko_threshold_spec;

typedef struct oko_threshold_options {
    int replicates; /* bootstrap replicates of the region's interval; 0 = 400 */
    uint64_t seed;
    int threads; /* 0 = cores; the digits do not depend on it */
} oko_threshold_options;

/* Counterfactual of one region; opaque and immutable, can be shared by threads. */
typedef struct oko_counterfactual oko_counterfactual;

/* Result at one cut-off. NaN where it can't be computed. */
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
    double lifted, lifted_lo, lifted_hi; /* over all cut-offs */
    double p, log_p;                     /* pooled over cut-offs */
} oko_threshold_result;

/*
 * Fits the counterfactual to the region and estimates the works lifted in the region with intervals from a
 * cluster bootstrap over schools. schools: [n] states (NULL entries are skipped); with n == 1 (only a histogram is
 * known) a Poisson bootstrap with the fit's own overdispersion is used. OKO_E_ARGUMENT, OKO_E_MEMORY, OKO_E_NO_DATA
 * (fewer than 200 works or too few score points), OKO_E_NUMERIC.
 */
oko_status oko_threshold_fit(const oko_threshold_spec *spec, size_t n, const oko_state *const *schools,
                             const oko_threshold_options *options, oko_counterfactual **ret_cf,
                             oko_threshold_result *ret_region) OKO_WARN_UNUSED;
void oko_counterfactual_free(oko_counterfactual *cf);
void oko_counterfactual_freep(oko_counterfactual **cf);
/* Expected share per score 0…max_total (sums to 1; 0 at gaps). */
const double *oko_counterfactual_pmf(const oko_counterfactual *cf);

/*
 * Tests a school (or class): exact (A,B) | A+B tails, mid-p, pooled over cut-offs; lifted with an exact-binomial
 * interval. ret_expected (NULL or [max_total+1]) gets the expected counts at the group's level, for a picture.
 * OKO_E_NO_DATA when the group has fewer than 10 works or fewer than 5 in all windows.
 */
oko_status oko_threshold_test(const oko_counterfactual *cf, const oko_state *group, oko_threshold_result *ret,
                              double *ret_expected) OKO_WARN_UNUSED;

/* The same for a municipality: as oko_threshold_test, interval from a cluster bootstrap over its schools. */
oko_status oko_threshold_test_cluster(const oko_counterfactual *cf, size_t n, const oko_state *const *schools,
                                      const oko_threshold_options *options, oko_threshold_result *ret,
                                      double *ret_expected) OKO_WARN_UNUSED;

/* Benjamini–Hochberg q-values (1995): p[n] (NaN stays NaN and is not counted) → ret_q[n]. OKO_E_MEMORY. */
oko_status oko_bh(size_t n, const double *p, double *ret_q) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
