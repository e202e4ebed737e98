/* The lifting model's workspace and the steps that fitting and variances share. Internal to the lift_*.c files. */
#ifndef OKO_STATS_LIFT_WORK_H
#define OKO_STATS_LIFT_WORK_H

#include "stats/lifting.h"

#include <stdbool.h>

/* Centres of the priors of logit ρ and logit τ: ρ ≈ .6, τ ≈ .12. */
#define LIFT_RHO_LOGIT .4
#define LIFT_TAU_LOGIT (-2.0)

struct lift_work {
    int n, p;
    double *f, *keep, *e;                           /* [n] f, exp(−h), expected */
    double *rate;                                   /* [n] ρ^(d−1) of a donor, 0 elsewhere */
    double *jacobian;                               /* [n × p] ∂e_s/∂x */
    double info[LIFT_MAX_PARAMS * LIFT_MAX_PARAMS]; /* J'WJ/φ */
    double hess[LIFT_MAX_PARAMS * LIFT_MAX_PARAMS]; /* info + penalty, then its Cholesky factor */
    double inverse[LIFT_MAX_PARAMS * LIFT_MAX_PARAMS];
    double gradient[LIFT_MAX_PARAMS], step[LIFT_MAX_PARAMS];
};

/* Expected counts at x, and works lifted per cut-off; false when a fitted score's expectation is not positive. */
bool lift_evaluate(const lift_scale *scale, lift_work *w, const double *x, double *ret_lifted);
/* Derivatives of the works lifted over cut-off c into row[p], with the model evaluated at x. */
void lift_gradient(const lift_scale *scale, const lift_work *w, const double *x, int c, double *row);
/* ∂e_s/∂x after lift_evaluate(). */
void lift_jacobian(const lift_scale *scale, lift_work *w, const double *x, const double *lifted);
/* J'WJ/φ and the gradient of the log-likelihood/φ after lift_jacobian(). */
void lift_information(const lift_scale *scale, lift_work *w, const double *counts, double phi);
/* Cholesky factor of information + priors in w->hess; adds the priors' pull to gradient unless NULL. */
bool lift_factorise(const lift_scale *scale, lift_work *w, const double *x, double lambda, double *gradient);
/* Solves with that factor in place; inverse into w->inverse. */
void lift_solve(const lift_work *w, double *x);
void lift_invert(lift_work *w);
/* Penalty and priors at x (a sum of squares). */
double lift_prior_cost(const lift_scale *scale, const double *x, double lambda);

#endif
