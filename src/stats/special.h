/*
 * Tails in log space, written out here so that no numerics library can abort and nothing underflows before 1e-300.
 * Pure; arguments outside the stated ranges give NaN.
 */
#ifndef OKO_STATS_SPECIAL_H
#define OKO_STATS_SPECIAL_H

#include <oko/status.h>

#include <stddef.h>

/* log(e^a + e^b); −∞ is log 0. */
double oko_log_add(double a, double b);
/* log Γ(x), x > 0, without the global sign of lgamma. */
double oko_log_gamma(double x);
/* log P(Z > z) of the standard normal. */
double oko_log_normal_q(double z);
/* z with log P(Z > z) = log_q, −8…40 (the bounds beyond). */
double oko_normal_z(double log_q);
/* log P(T > t) of Student's t with df > 0 (df ≥ 1e7 is taken as normal). */
double oko_log_t_q(double t, double df);
/* t with P(|T| ≤ t) = .95. */
double oko_t_975(double df);
/* z of a mean square of variance 1 with freedom > 0, by Wilson & Hilferty's (1931) cube root. */
double oko_mean_square_z(double mean_square, double freedom);
/* log of the regularised incomplete beta function I_x(a, b); a, b > 0, 0 ≤ x ≤ 1. */
double oko_log_beta_inc(double a, double b, double x);
/* log P(X = k) of Bin(n, p), 0 ≤ k ≤ n, 0 ≤ p ≤ 1. */
double oko_log_binomial_pmf(double k, double n, double p);
/* Mid-p Clopper–Pearson interval of a share at level 1 − alpha for k of n; [0, 1] for n = 0. */
void oko_midp_interval(double k, double n, double alpha, double *ret_lo, double *ret_hi);

#endif
