/* The equations of the penalised fit: priors, information, Cholesky. */
#include "stats/lift_work.h"

#include <math.h>
#include <string.h>

/* Weak priors of the shape parameters: ρ ≈ .6, τ ≈ .12, b ≈ 0 ± 5; they decide only where the data say nothing. */
static const double RHO_SD = .7;
static const double TAU_SD = .7;
static const double B_SD = 5;

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
        double centre = rho ? LIFT_RHO_LOGIT : tau ? LIFT_TAU_LOGIT : 0;
        hess[i * p + i] += 1 / (sd * sd);
        if (gradient != NULL) {
            gradient[i] -= (x[i] - centre) / (sd * sd);
        }
    }
}

double lift_prior_cost(const lift_scale *scale, const double *x, double lambda)
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
    double rho = (b[scale->n_cutoffs] - LIFT_RHO_LOGIT) / RHO_SD;
    double tau = (b[scale->n_cutoffs + 1] - LIFT_TAU_LOGIT) / TAU_SD;
    return cost + rho * rho + tau * tau;
}

/* J'WJ/φ and the gradient of the log-likelihood/φ. */
void lift_information(const lift_scale *scale, lift_work *w, const double *counts, double phi)
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
bool lift_factorise(const lift_scale *scale, lift_work *w, const double *x, double lambda, double *gradient)
{
    size_t p = (size_t)w->p;
    memcpy(w->hess, w->info, p * p * sizeof *w->hess);
    add_priors(scale, x, lambda, w->hess, gradient);
    for (size_t i = 0; i < p; i++) {
        w->hess[i * p + i] += 1e-9;
    }
    return cholesky(w->hess, p);
}

void lift_solve(const lift_work *w, double *x)
{
    cholesky_solve(w->hess, (size_t)w->p, x);
}

/* Inverse of the factorised Hessian into w->inverse. */
void lift_invert(lift_work *w)
{
    size_t p = (size_t)w->p;
    for (size_t j = 0; j < p; j++) {
        double column[LIFT_MAX_PARAMS] = { 0 };
        column[j] = 1;
        lift_solve(w, column);
        for (size_t i = 0; i < p; i++) {
            w->inverse[i * p + j] = column[i];
        }
    }
}
