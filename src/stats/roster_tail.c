/* Tails of the roster family. */
#include "stats/roster_tail.h"

#include "stats/special.h"

#include <math.h>
#include <stdbool.h>

enum { MIN_ROLL = ROSTER_MIN_ROLL, MAX_EXACT = 2000 };

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

double roster_absence_log_p(int k, int n, double mu, double rho)
{
    double a = mu * (1 - rho) / rho;
    double b = (1 - mu) * (1 - rho) / rho;
    double sum = -INFINITY;
    double base = log_gamma(n + 1.0) + log_gamma(a + b) - log_gamma(a) - log_gamma(b) - log_gamma(n + a + b);
    for (int x = k; x <= n; x++) {
        double l = base - log_gamma(x + 1.0) - log_gamma(n - x + 1.0) + log_gamma(x + a) + log_gamma(n - x + b);
        sum = oko_log_add(sum, x == k ? l + log(.5) : l);
    }
    return sum < 0 ? sum : 0;
}

/* One or two absent: all choices, weighted by the odds of absence. Few: n is at most MAX_EXACT. */
static double exact_weak(int n, const int16_t *total, const double *known, const double *odds, int n_absent)
{
    double observed = 0;
    for (int k = 0; k < n; k++) {
        observed += total[k] < 0 && !isnan(known[k]) ? known[k] : 0;
    }
    double at_most = 0;
    double equal = 0;
    double all = 0;
    for (int i = 0; i < n; i++) {
        for (int k = n_absent == 2 ? i + 1 : i; k < (n_absent == 2 ? n : i + 1); k++) {
            bool both = !isnan(known[i]) && !isnan(known[k]);
            if (!both) {
                continue;
            }
            double weight = n_absent == 2 ? odds[i] * odds[k] : odds[i];
            double sum = n_absent == 2 ? known[i] + known[k] : known[i];
            all += weight;
            at_most += sum < observed - 1e-9 ? weight : 0;
            equal += fabs(sum - observed) <= 1e-9 ? weight : 0;
        }
    }
    return all > equal ? log((at_most + .5 * equal) / all) : NAN;
}

static double normal_weak(int n, const int16_t *total, const double *known, const double *odds, int n_absent,
                          int n_known)
{
    double weight = 0;
    double mean = 0;
    double square = 0;
    double observed = 0;
    for (int k = 0; k < n; k++) {
        if (isnan(known[k])) {
            continue;
        }
        weight += odds[k];
        mean += odds[k] * known[k];
        square += odds[k] * known[k] * known[k];
        observed += total[k] < 0 ? known[k] : 0;
    }
    mean /= weight;
    double var = (square / weight - mean * mean) * n_absent * (n_known - n_absent) / (n_known - 1.0);
    return var > 1e-9 ? oko_log_normal_q((n_absent * mean - observed) / sqrt(var)) : NAN;
}

double roster_weak_log_p(int n, const int16_t *total, const double *known, const double *odds)
{
    int n_known = 0;
    int absent = 0;
    for (int k = 0; k < n; k++) {
        n_known += !isnan(known[k]);
        absent += total[k] < 0 && !isnan(known[k]);
    }
    if (absent == 0 || absent == n_known || n_known < MIN_ROLL) {
        return NAN;
    }
    if (absent <= 2 && n <= MAX_EXACT) {
        return exact_weak(n, total, known, odds, absent);
    }
    return normal_weak(n, total, known, odds, absent, n_known);
}
