/* How far the works lifted and the counterfactual can be trusted: variances by the model. */
#include "stats/lift_work.h"

#include <math.h>

enum { P = LIFT_MAX_PARAMS };

/* Width of the neighbourhood whose roughness a cut-off's interval must allow for: a twelfth of the scale, ≥ 4 points.
 */
static const double LOCAL_WIDTH = 12, LOCAL_MIN = 4;

static double quadratic(const double *matrix, size_t p, const double *row)
{
    double sum = 0;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            sum += row[i] * matrix[i * p + j] * row[j];
        }
    }
    return sum;
}

/* Frequentist part H⁻¹·info·H⁻¹ of the variance of row'x: what sampling alone explains. */
static double sampling_part(const lift_work *w, const double *row)
{
    size_t p = (size_t)w->p;
    double half[P] = { 0 };
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            half[i] += w->inverse[i * p + j] * row[j];
        }
    }
    return quadratic(w->info, p, half);
}

/* Overdispersion around a cut-off against the fit's φ: conversion charts are rougher in some places. At least 1. */
static double local_roughness(const lift_scale *scale, const lift_work *w, const double *counts, const lift_fit *fit,
                              int cutoff)
{
    double width = scale->n / LOCAL_WIDTH > LOCAL_MIN ? scale->n / LOCAL_WIDTH : LOCAL_MIN;
    double squares = 0;
    double expected = 0;
    for (int s = 0; s < scale->n; s++) {
        if (scale->role[s] == LIFT_ORDINARY) {
            double d = (s - cutoff + .5) / width;
            double weight = exp(-.5 * d * d);
            squares += weight * (counts[s] - w->e[s]) * (counts[s] - w->e[s]);
            expected += weight * w->e[s];
        }
    }
    double ratio = squares / expected * scale->n_fitted / (scale->n_fitted - fit->edf) / fit->phi;
    return ratio > 1 ? ratio : 1;
}

oko_status lift_variances(const lift_scale *scale, lift_work *work, const double *counts, const lift_fit *fit,
                          double *ret_model, double *ret_smoothing, double *ret_log_step)
{
    lift_fit at = *fit;
    size_t p = (size_t)work->p;
    if (!lift_evaluate(scale, work, at.x, at.lifted)) {
        return OKO_E_NUMERIC;
    }
    lift_jacobian(scale, work, at.x, at.lifted);
    lift_information(scale, work, counts, at.phi);
    if (!lift_factorise(scale, work, at.x, at.lambda, NULL)) {
        return OKO_E_NUMERIC;
    }
    lift_invert(work);
    double total[P] = { 0 };
    double plain = 0;
    double rough = 0;
    for (int c = 0; c <= scale->n_cutoffs; c++) {
        double row[P] = { 0 };
        if (c < scale->n_cutoffs) {
            lift_gradient(scale, work, at.x, c, row);
            for (size_t i = 0; i < p; i++) {
                total[i] += row[i];
            }
        }
        const double *g = c < scale->n_cutoffs ? row : total;
        ret_model[c] = quadratic(work->inverse, p, g);
        double extra = ret_model[c] - sampling_part(work, g);
        ret_smoothing[c] = extra > 0 ? extra : 0;
        double ratio = c < scale->n_cutoffs ? local_roughness(scale, work, counts, fit, scale->cutoff[c])
                                            : rough / plain; /* NaN when nothing can move */
        plain += ret_model[c];
        rough += ret_model[c] * ratio;
        ret_model[c] *= ratio;
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        double step[P] = { 0 };
        for (int k = 0; k < 4; k++) {
            size_t up = (size_t)scale->cutoff[c];
            step[scale->first[up] + k] += scale->basis[4 * up + (size_t)k];
            step[scale->first[up - 1] + k] -= scale->basis[4 * (up - 1) + (size_t)k];
        }
        ret_log_step[c] = quadratic(work->inverse, p, step);
    }
    return OKO_OK;
}
