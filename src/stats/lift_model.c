/* The lifting model: expected counts and their derivatives. */
#include "stats/lift_work.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
bool lift_evaluate(const lift_scale *scale, lift_work *w, const double *x, double *ret_lifted)
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
void lift_gradient(const lift_scale *scale, const lift_work *w, const double *x, int c, double *row)
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

/* ∂e_s/∂x after lift_evaluate(). */
void lift_jacobian(const lift_scale *scale, lift_work *w, const double *x, const double *lifted)
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
        double inflow[LIFT_MAX_PARAMS];
        landing_shares(scale->n_landing[c], tau, share, slope);
        lift_gradient(scale, w, x, c, inflow);
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

void lift_curves(const lift_scale *scale, lift_work *work, const lift_fit *fit, double *ret_f, double *ret_e)
{
    double lifted[OKO_THRESHOLD_MAX_CUTOFFS];
    (void)lift_evaluate(scale, work, fit->x, lifted);
    for (int s = 0; s < scale->n; s++) {
        if (ret_f != NULL) {
            ret_f[s] = work->f[s];
        }
        if (ret_e != NULL) {
            ret_e[s] = work->e[s];
        }
    }
}
