/*
 * A smooth score distribution f and works lifted over the cut-offs, fitted together by penalised Poisson likelihood:
 *
 *   e_s = f_s·exp(−h_s) + Σ_c w_c(s)·Σ_{donors t of c} f_t·(1 − exp(−h_t)),   h_t = b_c·ρ^(c−t−1)
 *
 * log f is a cubic P-spline with a third-difference penalty: strong smoothing gives a discretised normal. Donors are
 * the D scores below a cut-off, landing places the first scores from the cut-off on with weights ∝ τ^k. b_c is signed:
 * without lifting its estimate falls on both sides of zero. Internal to src/stats; one workspace per thread.
 */
#ifndef OKO_STATS_LIFTING_H
#define OKO_STATS_LIFTING_H

#include <oko/threshold.h>

#include <stdint.h>

enum { LIFT_MAX_BASIS = 24, LIFT_MAX_PARAMS = LIFT_MAX_BASIS + OKO_THRESHOLD_MAX_CUTOFFS + 2, LIFT_MAX_LANDING = 6 };

/* What a score is to the model. */
typedef enum lift_role {
    LIFT_ORDINARY,
    LIFT_GAP, /* nobody can get it: f = 0, not fitted */
    LIFT_FREE /* left out of the fit (ends of the scale); its share is the observed one */
} lift_role;

/* The scale: fixed for all fits of one region. Freed by lift_scale_clear. */
typedef struct lift_scale {
    int n; /* scores 0…n−1 */
    int n_cutoffs;
    int cutoff[OKO_THRESHOLD_MAX_CUTOFFS];
    int donor_from[OKO_THRESHOLD_MAX_CUTOFFS]; /* donors donor_from…cutoff−1 */
    int n_landing[OKO_THRESHOLD_MAX_CUTOFFS];
    int landing[OKO_THRESHOLD_MAX_CUTOFFS][LIFT_MAX_LANDING];
    int n_basis, n_params;
    lift_role *role;                                 /* [n] */
    int *first;                                      /* [n] first of the four basis functions at a score */
    double *basis;                                   /* [n × 4] */
    int n_fitted;                                    /* scores with LIFT_ORDINARY */
    double penalty[LIFT_MAX_BASIS * LIFT_MAX_BASIS]; /* D'D, third differences */
} lift_scale;

/* One fit. x: basis coefficients, b per cut-off, logit ρ, logit τ. */
typedef struct lift_fit {
    double x[LIFT_MAX_PARAMS];
    double lambda; /* smoothing parameter */
    double phi;    /* overdispersion ≥ 1 */
    double edf;    /* effective parameters */
    double lifted[OKO_THRESHOLD_MAX_CUTOFFS];
    double criterion; /* −2 × restricted log-likelihood */
} lift_fit;

typedef struct lift_work lift_work;

oko_status lift_scale_make(const oko_threshold_spec *spec, const double *counts, lift_scale *ret_scale) OKO_WARN_UNUSED;
void lift_scale_clear(lift_scale *scale);

oko_status lift_work_new(const lift_scale *scale, lift_work **ret_work) OKO_WARN_UNUSED;
void lift_work_freep(lift_work **work);

/* Chooses the smoothing parameter and fits. OKO_E_NUMERIC when nothing converges. */
oko_status lift_choose(const lift_scale *scale, lift_work *work, const double *counts,
                       lift_fit *ret_fit) OKO_WARN_UNUSED;
/* Refits from fit->x with its λ and φ; updates x and lifted. non_negative: no b below zero. */
oko_status lift_refit(const lift_scale *scale, lift_work *work, const double *counts, bool non_negative,
                      lift_fit *fit) OKO_WARN_UNUSED;
/* f (the distribution without lifting) and e (with it) at a fit; either may be NULL; [n], counts, 0 at gaps. */
void lift_curves(const lift_scale *scale, lift_work *work, const lift_fit *fit, double *ret_f, double *ret_e);
/*
 * Variances at a fit, in works²: of the lifted works per cut-off and in total ([n_cutoffs + 1]) by the model (φ,
 * sampling and smoothing) and the part that smoothing adds; and of log f_c − log f_(c−1) per cut-off.
 */
oko_status lift_variances(const lift_scale *scale, lift_work *work, const double *counts, const lift_fit *fit,
                          double *ret_model, double *ret_smoothing, double *ret_log_step) OKO_WARN_UNUSED;

#endif
