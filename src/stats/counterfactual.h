/* The inside of oko_counterfactual, its windows, and the tilt to a group's level. Internal to src/stats. */
#ifndef OKO_STATS_COUNTERFACTUAL_H
#define OKO_STATS_COUNTERFACTUAL_H

#include <oko/threshold.h>

/* Window and block of one cut-off: [below_from, cutoff−1] | [cutoff, above_to] inside [block_from, block_to]. */
typedef struct cut_window {
    int cutoff;
    int below_from, above_to;
    int block_from, block_to; /* works that lifting may have moved inside are not told apart */
    double log_odds_var;      /* variance of the counterfactual's log odds of the window (fit, roughness) */
} cut_window;

struct oko_counterfactual {
    int n; /* scores 0…n−1 */
    int n_cutoffs;
    cut_window window[OKO_THRESHOLD_MAX_CUTOFFS];
    double centre, scale; /* x = (score − centre)/scale: mean and SD of pmf */
    double curvature;     /* typical curvature of a school against the region, see tilt */
    double pmf[];         /* [n] sums to 1; 0 at gaps */
};

/* Sets cutoffs, windows and blocks of cf (n set). window: points on each side, 0 = by the scale. */
void cut_windows_place(const oko_threshold_spec *spec, oko_counterfactual *cf);

/*
 * q_s ∝ pmf_s·exp(λx + κx²/2): the region at the level and spread of a group. Fitted to the counts with the scores of
 * each block taken together, so that works moved over a cut-off do not move λ and κ.
 */
typedef struct tilt {
    double lambda, kappa;
    double var_lambda, var_kappa, covariance;
} tilt;

enum { TILT_FREE_CURVATURE = 1, TILT_FIXED_CURVATURE = 0 };

/* counts[n], total works > 0; q[n] gets the tilted pmf. kappa is the start and, when fixed, the value. */
oko_status tilt_fit(const oko_counterfactual *cf, const double *counts, double kappa, int mode, tilt *ret_tilt,
                    double *ret_q) OKO_WARN_UNUSED;
/* Common curvature of the groups given each its own λ: rows[n_groups × n]. */
double tilt_common_curvature(const oko_counterfactual *cf, size_t n_groups, const double *rows, double *q);

#endif
