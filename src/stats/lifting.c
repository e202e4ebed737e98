/* Joint fit of the smooth distribution and of the lifted works: penalised Fisher scoring, smoothing by REML. */
#include "stats/lift_work.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MAX_STEPS = 60, REFIT_STEPS = 12, GRID = 19 };

static const double B_LIMIT = 8; /* exp(−8): nobody stays */

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
    return cost / fit->phi + lift_prior_cost(scale, x, fit->lambda);
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
        if (!lift_evaluate(scale, w, trial.x, trial.lifted)) {
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
    if (!lift_evaluate(scale, w, fit->x, fit->lifted)) {
        return OKO_E_NUMERIC;
    }
    double cost = cost_at(scale, w, counts, fit->x, fit);
    for (int step = 0;; step++) {
        lift_jacobian(scale, w, fit->x, fit->lifted);
        lift_information(scale, w, counts, fit->phi);
        if (non_negative) {
            hold_at_zero(scale, w, fit->x);
        }
        if (!lift_factorise(scale, w, fit->x, fit->lambda, w->gradient)) {
            return OKO_E_NUMERIC;
        }
        memcpy(w->step, w->gradient, sizeof w->step);
        lift_solve(w, w->step);
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
    return lift_evaluate(scale, w, fit->x, fit->lifted) ? OKO_OK : OKO_E_NUMERIC;
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
    fit->x[scale->n_basis + scale->n_cutoffs] = LIFT_RHO_LOGIT;
    fit->x[scale->n_basis + scale->n_cutoffs + 1] = LIFT_TAU_LOGIT;
}

/* Effective number of parameters: trace of H⁻¹·J'WJ/φ. */
static double effective_parameters(lift_work *w)
{
    size_t p = (size_t)w->p;
    lift_invert(w);
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
    return chi / fit->phi + lift_prior_cost(scale, fit->x, fit->lambda) + scale->n_fitted * log(fit->phi) + log_det -
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
