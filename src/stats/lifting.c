/* Joint fit of the smooth distribution and of the lifted works: penalised Fisher scoring, smoothing by REML. */
#include "stats/lifting.h"

#include "base/memory.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P = LIFT_MAX_PARAMS, MAX_STEPS = 60, REFIT_STEPS = 12, GRID = 19 };

/* Weak priors of the shape parameters: ρ ≈ .6, τ ≈ .12, b ≈ 0 ± 5; they decide only where the data say nothing. */
static const double RHO_LOGIT = .4, RHO_SD = .7;
static const double TAU_LOGIT = -2, TAU_SD = .7;
static const double B_SD = 5, B_LIMIT = 8;

/* Width of the neighbourhood whose roughness a cut-off's interval must allow for: a twelfth of the scale, ≥ 4 points.
 */
static const double LOCAL_WIDTH = 12, LOCAL_MIN = 4;

struct lift_work {
    int n, p;
    double *f, *keep, *e; /* [n] f, exp(−h), expected */
    double *rate;         /* [n] ρ^(d−1) of a donor, 0 elsewhere */
    double *jacobian;     /* [n × p] ∂e_s/∂x */
    double info[P * P];   /* J'WJ/φ */
    double hess[P * P];   /* info + penalty, then its Cholesky factor */
    double inverse[P * P];
    double gradient[P], step[P];
};

oko_status lift_work_new(const lift_scale *scale, lift_work **ret_work)
{
    size_t n = (size_t)scale->n;
    size_t p = (size_t)scale->n_params;
    OKO_CLEANUP(lift_work_freep) lift_work *w = calloc(1, sizeof *w);
    if (w == NULL || (w->f = oko_calloc_array(n * (4 + p), sizeof *w->f)) == NULL) {
        return OKO_E_MEMORY;
    }
    w->n = scale->n;
    w->p = scale->n_params;
    w->keep = w->f + n;
    w->e = w->keep + n;
    w->rate = w->e + n;
    w->jacobian = w->rate + n;
    *ret_work = w;
    w = NULL;
    return OKO_OK;
}

void lift_work_freep(lift_work **work)
{
    if (work != NULL && *work != NULL) {
        free((*work)->f);
        free(*work);
        *work = NULL;
    }
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* Shares of the landing places and their derivatives by logit τ. */
static void landing_shares(int n, double tau, double share[LIFT_MAX_LANDING], double slope[LIFT_MAX_LANDING])
{
    double total = 0;
    double mean = 0;
    double power = 1;
    for (int k = 0; k < n; k++, power *= tau) {
        share[k] = power;
        total += power;
        mean += k * power;
    }
    for (int k = 0; k < n; k++) {
        share[k] /= total;
        slope[k] = share[k] * (k - mean / total) * (1 - tau);
    }
}

/* f, exp(−h) and the donors' rates at x. */
static void evaluate_donors(const lift_scale *scale, lift_work *w, const double *x)
{
    const double *b = x + scale->n_basis;
    double rho = logistic(b[scale->n_cutoffs]);
    for (int s = 0; s < scale->n; s++) {
        const double *basis = scale->basis + 4 * (size_t)s;
        const double *beta = x + scale->first[s];
        double eta = basis[0] * beta[0] + basis[1] * beta[1] + basis[2] * beta[2] + basis[3] * beta[3];
        w->f[s] = scale->role[s] == LIFT_GAP ? 0 : exp(eta < 50 ? eta : 50);
        w->keep[s] = 1;
        w->rate[s] = 0;
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        double rate = 1;
        for (int s = scale->cutoff[c] - 1; s >= scale->donor_from[c] && scale->n_landing[c] > 0; s--, rate *= rho) {
            w->rate[s] = rate;
            w->keep[s] = exp(-b[c] * rate);
        }
    }
}

/* Expected counts at x; false when one is not positive. */
static bool evaluate(const lift_scale *scale, lift_work *w, const double *x, double *ret_lifted)
{
    evaluate_donors(scale, w, x);
    double tau = logistic(x[scale->n_basis + scale->n_cutoffs + 1]);
    for (int s = 0; s < scale->n; s++) {
        w->e[s] = w->f[s] * w->keep[s];
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        double share[LIFT_MAX_LANDING];
        double slope[LIFT_MAX_LANDING];
        double inflow = 0;
        for (int s = scale->donor_from[c]; s < scale->cutoff[c]; s++) {
            inflow += w->f[s] * (1 - w->keep[s]);
        }
        landing_shares(scale->n_landing[c], tau, share, slope);
        for (int k = 0; k < scale->n_landing[c]; k++) {
            w->e[scale->landing[c][k]] += share[k] * inflow;
        }
        ret_lifted[c] = inflow;
    }
    bool positive = true;
    for (int s = 0; s < scale->n; s++) {
        positive = positive && (scale->role[s] != LIFT_ORDINARY || w->e[s] > 1e-9);
    }
    return positive;
}

/* Derivatives of the works lifted over cut-off c into row[p], with the model evaluated at x. */
static void lifted_gradient(const lift_scale *scale, const lift_work *w, const double *x, int c, double *row)
{
    const double *b = x + scale->n_basis;
    double rho = logistic(b[scale->n_cutoffs]);
    memset(row, 0, (size_t)w->p * sizeof *row);
    for (int s = scale->donor_from[c]; s < scale->cutoff[c]; s++) {
        const double *basis = scale->basis + 4 * (size_t)s;
        double out = w->f[s] * (1 - w->keep[s]);
        double moved = w->f[s] * w->keep[s] * w->rate[s];
        for (int k = 0; k < 4; k++) {
            row[scale->first[s] + k] += out * basis[k];
        }
        row[scale->n_basis + c] += moved;
        row[scale->n_basis + scale->n_cutoffs] += moved * b[c] * (scale->cutoff[c] - s - 1) * (1 - rho);
    }
}

/* ∂e_s/∂x after evaluate(). */
static void fill_jacobian(const lift_scale *scale, lift_work *w, const double *x, const double *lifted)
{
    size_t p = (size_t)w->p;
    int at_rho = scale->n_basis + scale->n_cutoffs;
    const double *b = x + scale->n_basis;
    double rho = logistic(x[at_rho]);
    double tau = logistic(x[at_rho + 1]);
    memset(w->jacobian, 0, (size_t)w->n * p * sizeof *w->jacobian);
    for (int s = 0; s < w->n; s++) {
        double *row = w->jacobian + (size_t)s * p;
        for (int k = 0; k < 4; k++) {
            row[scale->first[s] + k] = w->f[s] * w->keep[s] * scale->basis[4 * (size_t)s + (size_t)k];
        }
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        double share[LIFT_MAX_LANDING];
        double slope[LIFT_MAX_LANDING];
        double inflow[P];
        landing_shares(scale->n_landing[c], tau, share, slope);
        lifted_gradient(scale, w, x, c, inflow);
        for (int s = scale->donor_from[c]; s < scale->cutoff[c]; s++) {
            double *row = w->jacobian + (size_t)s * p;
            double moved = w->f[s] * w->keep[s] * w->rate[s];
            row[scale->n_basis + c] -= moved;
            row[at_rho] -= moved * b[c] * (scale->cutoff[c] - s - 1) * (1 - rho);
        }
        for (int k = 0; k < scale->n_landing[c]; k++) {
            double *row = w->jacobian + (size_t)scale->landing[c][k] * p;
            for (size_t j = 0; j < p; j++) {
                row[j] += share[k] * inflow[j];
            }
            row[at_rho + 1] += slope[k] * lifted[c];
        }
    }
}

/* Adds the priors' precision to the diagonal and their pull to the gradient (when not NULL). */
static void add_priors(const lift_scale *scale, const double *x, double lambda, double *hess, double *gradient)
{
    size_t k = (size_t)scale->n_basis;
    size_t q = (size_t)scale->n_cutoffs;
    size_t p = k + q + 2;
    for (size_t i = 0; i < k; i++) {
        double pull = 0;
        size_t from = i > 3 ? i - 3 : 0;
        for (size_t j = from; j < k && j <= i + 3; j++) {
            double penalty = lambda * scale->penalty[i * k + j];
            hess[i * p + j] += penalty;
            pull += penalty * x[j];
        }
        if (gradient != NULL) {
            gradient[i] -= pull;
        }
    }
    for (size_t i = k; i < p; i++) {
        bool rho = i == k + q;
        bool tau = i == k + q + 1;
        double sd = rho ? RHO_SD : tau ? TAU_SD : B_SD;
        double centre = rho ? RHO_LOGIT : tau ? TAU_LOGIT : 0;
        hess[i * p + i] += 1 / (sd * sd);
        if (gradient != NULL) {
            gradient[i] -= (x[i] - centre) / (sd * sd);
        }
    }
}

static double prior_cost(const lift_scale *scale, const double *x, double lambda)
{
    const double *b = x + scale->n_basis;
    double cost = 0;
    for (int i = 0; i + 3 < scale->n_basis; i++) {
        double d = x[i + 3] - 3 * x[i + 2] + 3 * x[i + 1] - x[i];
        cost += lambda * d * d;
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        cost += b[c] * b[c] / (B_SD * B_SD);
    }
    double rho = (b[scale->n_cutoffs] - RHO_LOGIT) / RHO_SD;
    double tau = (b[scale->n_cutoffs + 1] - TAU_LOGIT) / TAU_SD;
    return cost + rho * rho + tau * tau;
}

/* Penalised deviance / φ (up to a constant) of the counts at the evaluated model. */
static double cost_at(const lift_scale *scale, const lift_work *w, const double *counts, const double *x,
                      const lift_fit *fit)
{
    double cost = 0;
    for (int s = 0; s < scale->n; s++) {
        if (scale->role[s] == LIFT_ORDINARY) {
            cost += 2 * (w->e[s] - counts[s] * log(w->e[s]));
        }
    }
    return cost / fit->phi + prior_cost(scale, x, fit->lambda);
}

/* J'WJ/φ and the gradient of the log-likelihood/φ. */
static void fill_information(const lift_scale *scale, lift_work *w, const double *counts, double phi)
{
    size_t p = (size_t)w->p;
    memset(w->info, 0, sizeof w->info);
    memset(w->gradient, 0, sizeof w->gradient);
    for (int s = 0; s < w->n; s++) {
        if (scale->role[s] != LIFT_ORDINARY) {
            continue;
        }
        const double *row = w->jacobian + (size_t)s * p;
        double weight = 1 / (phi * w->e[s]);
        double residual = (counts[s] - w->e[s]) * weight;
        for (size_t i = 0; i < p; i++) {
            if (row[i] == 0) {
                continue;
            }
            double scaled = row[i] * weight;
            w->gradient[i] += row[i] * residual;
            for (size_t j = 0; j <= i; j++) {
                w->info[i * p + j] += scaled * row[j];
            }
        }
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t j = i + 1; j < p; j++) {
            w->info[i * p + j] = w->info[j * p + i];
        }
    }
}

/* Cholesky factor L in the lower triangle of a[n × n]; false when a is not positive definite. */
static bool cholesky(double *a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double d = a[j * n + j];
        for (size_t k = 0; k < j; k++) {
            d -= a[j * n + k] * a[j * n + k];
        }
        if (!(d > 1e-300)) {
            return false;
        }
        d = sqrt(d);
        a[j * n + j] = d;
        for (size_t i = j + 1; i < n; i++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] = sum / d;
        }
    }
    return true;
}

static void cholesky_solve(const double *l, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            x[i] -= l[i * n + k] * x[k];
        }
        x[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) {
            x[i] -= l[k * n + i] * x[k];
        }
        x[i] /= l[i * n + i];
    }
}

/* Factor of info + priors in w->hess; a tiny ridge holds coefficients that no score touches. */
static bool factorise(const lift_scale *scale, lift_work *w, const double *x, double lambda, double *gradient)
{
    size_t p = (size_t)w->p;
    memcpy(w->hess, w->info, p * p * sizeof *w->hess);
    add_priors(scale, x, lambda, w->hess, gradient);
    for (size_t i = 0; i < p; i++) {
        w->hess[i * p + i] += 1e-9;
    }
    return cholesky(w->hess, p);
}

/* An outflow that stands at zero and would fall is held there: its row and column leave the equations. */
static void hold_at_zero(const lift_scale *scale, lift_work *w, const double *x)
{
    size_t p = (size_t)w->p;
    for (int c = 0; c < scale->n_cutoffs; c++) {
        size_t at = (size_t)(scale->n_basis + c);
        if (x[at] > 0 || w->gradient[at] > 0) {
            continue;
        }
        w->gradient[at] = 0;
        for (size_t j = 0; j < p; j++) {
            w->info[at * p + j] = 0;
            w->info[j * p + at] = 0;
        }
    }
}

static void clamp_outflow(const lift_scale *scale, bool non_negative, double *x)
{
    for (int c = 0; c < scale->n_cutoffs; c++) {
        double *b = &x[scale->n_basis + c];
        double lowest = non_negative ? 0 : -B_LIMIT;
        *b = *b < lowest ? lowest : *b > B_LIMIT ? B_LIMIT : *b;
    }
}

/* Tries x + share·step with falling shares. False when nothing lowers the cost; *cost and fit are updated. */
static bool take_step(const lift_scale *scale, lift_work *w, const double *counts, bool non_negative, lift_fit *fit,
                      double *cost)
{
    double share = 1;
    for (int half = 0; half < 12; half++, share *= .5) {
        lift_fit trial = *fit;
        for (int i = 0; i < w->p; i++) {
            double d = share * w->step[i];
            trial.x[i] += d > 3 ? 3 : d < -3 ? -3 : d;
        }
        clamp_outflow(scale, non_negative, trial.x);
        if (!evaluate(scale, w, trial.x, trial.lifted)) {
            continue;
        }
        double now = cost_at(scale, w, counts, trial.x, fit);
        if (now <= *cost + 1e-9 * fabs(*cost)) {
            *cost = now;
            *fit = trial;
            return true;
        }
    }
    return false;
}

/* Fisher scoring from fit->x at its λ and φ. Leaves the model evaluated and factorised at the result. */
static oko_status iterate(const lift_scale *scale, lift_work *w, const double *counts, bool non_negative, int max_steps,
                          double tolerance, lift_fit *fit)
{
    clamp_outflow(scale, non_negative, fit->x);
    if (!evaluate(scale, w, fit->x, fit->lifted)) {
        return OKO_E_NUMERIC;
    }
    double cost = cost_at(scale, w, counts, fit->x, fit);
    for (int step = 0;; step++) {
        fill_jacobian(scale, w, fit->x, fit->lifted);
        fill_information(scale, w, counts, fit->phi);
        if (non_negative) {
            hold_at_zero(scale, w, fit->x);
        }
        if (!factorise(scale, w, fit->x, fit->lambda, w->gradient)) {
            return OKO_E_NUMERIC;
        }
        memcpy(w->step, w->gradient, sizeof w->step);
        cholesky_solve(w->hess, (size_t)w->p, w->step);
        double gain = 0;
        for (int i = 0; i < w->p; i++) {
            gain += w->step[i] * w->gradient[i];
        }
        if (!isfinite(gain)) {
            return OKO_E_NUMERIC;
        }
        double before = cost;
        if (gain < tolerance || step == max_steps || !take_step(scale, w, counts, non_negative, fit, &cost) ||
            before - cost < tolerance) {
            break;
        }
    }
    return evaluate(scale, w, fit->x, fit->lifted) ? OKO_OK : OKO_E_NUMERIC;
}

/* Smooth start: local averages of the counts around each knot. */
static void start_values(const lift_scale *scale, const double *counts, lift_fit *fit)
{
    double width = (double)(scale->n - 1) / (scale->n_basis - 3);
    for (int k = 0; k < scale->n_basis; k++) {
        double centre = (k - 1) * width;
        double sum = 0;
        double weight = 0;
        for (int s = 0; s < scale->n; s++) {
            double d = (s - centre) / (1.5 * width + 1.5);
            double v = scale->role[s] == LIFT_ORDINARY ? exp(-.5 * d * d) : 0;
            sum += v * counts[s];
            weight += v;
        }
        fit->x[k] = log((sum + .3) / (weight + .1));
    }
    for (int c = 0; c < scale->n_cutoffs; c++) {
        fit->x[scale->n_basis + c] = .05;
    }
    fit->x[scale->n_basis + scale->n_cutoffs] = RHO_LOGIT;
    fit->x[scale->n_basis + scale->n_cutoffs + 1] = TAU_LOGIT;
}

/* Inverse of the factorised Hessian into w->inverse. */
static void invert(lift_work *w)
{
    size_t p = (size_t)w->p;
    for (size_t j = 0; j < p; j++) {
        double column[P] = { 0 };
        column[j] = 1;
        cholesky_solve(w->hess, p, column);
        for (size_t i = 0; i < p; i++) {
            w->inverse[i * p + j] = column[i];
        }
    }
}

/* Effective number of parameters: trace of H⁻¹·J'WJ/φ. */
static double effective_parameters(lift_work *w)
{
    size_t p = (size_t)w->p;
    invert(w);
    double trace = 0;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            trace += w->inverse[i * p + j] * w->info[j * p + i];
        }
    }
    return trace;
}

/* Overdispersion of the fitted scores, weighted by size so that the thin ends do not hide it. */
static double overdispersion(const lift_scale *scale, const lift_work *w, const double *counts, double edf)
{
    double squares = 0;
    double expected = 0;
    for (int s = 0; s < scale->n; s++) {
        if (scale->role[s] == LIFT_ORDINARY) {
            squares += (counts[s] - w->e[s]) * (counts[s] - w->e[s]);
            expected += w->e[s];
        }
    }
    double left = scale->n_fitted - edf;
    double phi = squares / expected * scale->n_fitted / (left > 1 ? left : 1);
    return phi > 1 ? phi : 1;
}

/* −2 × restricted log-likelihood of the working linear model at λ, φ (Laplace). */
static double restricted(const lift_scale *scale, const lift_work *w, const double *counts, const lift_fit *fit)
{
    double chi = 0;
    for (int s = 0; s < scale->n; s++) {
        if (scale->role[s] == LIFT_ORDINARY) {
            double r = counts[s] - w->e[s];
            chi += r * r / w->e[s];
        }
    }
    double log_det = 0;
    for (size_t i = 0; i < (size_t)w->p; i++) {
        log_det += 2 * log(w->hess[i * (size_t)w->p + i]);
    }
    return chi / fit->phi + prior_cost(scale, fit->x, fit->lambda) + scale->n_fitted * log(fit->phi) + log_det -
           (scale->n_basis - 3) * log(fit->lambda);
}

/* Fit at one λ; φ and the fit are alternated to agreement. */
static oko_status fit_at(const lift_scale *scale, lift_work *w, const double *counts, double lambda, lift_fit *fit)
{
    fit->lambda = lambda;
    for (int round = 0; round < 4; round++) {
        oko_status status = iterate(scale, w, counts, false, MAX_STEPS, 1e-6, fit);
        if (status != OKO_OK) {
            return status;
        }
        fit->edf = effective_parameters(w);
        double phi = overdispersion(scale, w, counts, fit->edf);
        bool settled = fabs(log(phi / fit->phi)) < .02;
        fit->phi = phi;
        if (settled) {
            break;
        }
    }
    fit->criterion = restricted(scale, w, counts, fit);
    return OKO_OK;
}

oko_status lift_choose(const lift_scale *scale, lift_work *work, const double *counts, lift_fit *ret_fit)
{
    lift_fit best = { .criterion = INFINITY };
    lift_fit fit = { .phi = 1 };
    start_values(scale, counts, &fit);
    for (int g = GRID - 1; g >= 0; g--) { /* from the stiffest: each fit starts from its neighbour */
        lift_fit trial = fit;
        if (fit_at(scale, work, counts, pow(10, -1 + .5 * g), &trial) != OKO_OK) {
            continue;
        }
        fit = trial;
        if (fit.criterion < best.criterion) {
            best = fit;
        }
    }
    if (!isfinite(best.criterion)) {
        return OKO_E_NUMERIC;
    }
    *ret_fit = best;
    return OKO_OK;
}

oko_status lift_refit(const lift_scale *scale, lift_work *work, const double *counts, bool non_negative, lift_fit *fit)
{
    return iterate(scale, work, counts, non_negative, REFIT_STEPS, 1e-3, fit);
}

void lift_curves(const lift_scale *scale, lift_work *work, const lift_fit *fit, double *ret_f, double *ret_e)
{
    double lifted[OKO_THRESHOLD_MAX_CUTOFFS];
    (void)evaluate(scale, work, fit->x, lifted);
    for (int s = 0; s < scale->n; s++) {
        if (ret_f != NULL) {
            ret_f[s] = work->f[s];
        }
        if (ret_e != NULL) {
            ret_e[s] = work->e[s];
        }
    }
}

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
    if (!evaluate(scale, work, at.x, at.lifted)) {
        return OKO_E_NUMERIC;
    }
    fill_jacobian(scale, work, at.x, at.lifted);
    fill_information(scale, work, counts, at.phi);
    if (!factorise(scale, work, at.x, at.lambda, NULL)) {
        return OKO_E_NUMERIC;
    }
    invert(work);
    double total[P] = { 0 };
    double plain = 0;
    double rough = 0;
    for (int c = 0; c <= scale->n_cutoffs; c++) {
        double row[P] = { 0 };
        if (c < scale->n_cutoffs) {
            lifted_gradient(scale, work, at.x, c, row);
            for (size_t i = 0; i < p; i++) {
                total[i] += row[i];
            }
        }
        const double *g = c < scale->n_cutoffs ? row : total;
        ret_model[c] = quadratic(work->inverse, p, g);
        double extra = ret_model[c] - sampling_part(work, g);
        ret_smoothing[c] = extra > 0 ? extra : 0;
        double ratio =
            c < scale->n_cutoffs ? local_roughness(scale, work, counts, fit, scale->cutoff[c]) : rough / plain;
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
