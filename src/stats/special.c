/* Tails in log space. Incomplete beta: continued fraction by Lentz's method (Numerical Analysis; Thompson & Barnett).
 */
#include "stats/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

double oko_log_add(double a, double b)
{
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    return isinf(high) ? high : high + log1p(exp(low - high));
}

double oko_log_normal_q(double z)
{
    if (z < 30) {
        return log(.5 * erfc(z * M_SQRT1_2));
    }
    /* asymptotic series of Mills' ratio: at z ≥ 30 five terms reach the last digit */
    double u = 1 / (z * z);
    double series = 1 - u * (1 - u * (3 - u * (15 - u * 105)));
    return -.5 * z * z - log(z) - .5 * log(2 * M_PI) + log(series);
}

double oko_normal_z(double log_q)
{
    double low = -8;
    double high = 40;
    for (int i = 0; i < 60; i++) { /* bisection */
        double middle = .5 * (low + high);
        if (oko_log_normal_q(middle) > log_q) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return .5 * (low + high);
}

/* log Γ without the global sign variable of lgamma. */
double oko_log_gamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}

/* Continued fraction of I_x(a,b), convergent fast for x < (a+1)/(a+b+2). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= 20000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        const double term[2] = { even, odd };
        double step = 1;
        for (int k = 0; k < 2; k++) {
            d = 1 + term[k] * d;
            c = 1 + term[k] / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            step = c * d;
            h *= step;
        }
        if (fabs(step - 1) < 4 * DBL_EPSILON) {
            break;
        }
    }
    return h;
}

static double log_beta_front(double a, double b, double x)
{
    return oko_log_gamma(a + b) - oko_log_gamma(a) - oko_log_gamma(b) + a * log(x) + b * log1p(-x);
}

double oko_log_beta_inc(double a, double b, double x)
{
    if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
        return NAN;
    }
    if (x == 0 || x == 1) {
        return x == 0 ? -INFINITY : 0;
    }
    if (x < (a + 1) / (a + b + 2)) {
        return log_beta_front(a, b, x) + log(beta_fraction(a, b, x) / a);
    }
    double other = exp(log_beta_front(a, b, x) + log(beta_fraction(b, a, 1 - x) / b));
    return log1p(-(other < 1 ? other : 1));
}

double oko_log_t_q(double t, double df)
{
    if (isnan(t) || !(df > 0)) {
        return NAN;
    }
    if (df >= 1e7) {
        return oko_log_normal_q(t);
    }
    double upper = oko_log_beta_inc(df / 2, .5, df / (df + t * t)) - M_LN2; /* P(T > |t|) */
    return t >= 0 ? upper : log1p(-exp(upper));
}

double oko_mean_square_z(double mean_square, double freedom)
{
    double v = 2 / (9 * freedom);
    return (cbrt(mean_square) - (1 - v)) / sqrt(v);
}

double oko_t_975(double df)
{
    if (!(df > 0)) {
        return NAN;
    }
    double lo = 1.9;
    double hi = 15;
    for (int i = 0; i < 60; i++) {
        double mid = .5 * (lo + hi);
        *(oko_log_t_q(mid, df) > log(.025) ? &lo : &hi) = mid;
    }
    return .5 * (lo + hi);
}

double oko_log_binomial_pmf(double k, double n, double p)
{
    if (!(k >= 0 && k <= n) || !(p >= 0 && p <= 1)) {
        return NAN;
    }
    if (p == 0 || p == 1) {
        return k == (p == 0 ? 0 : n) ? 0 : -INFINITY;
    }
    return oko_log_gamma(n + 1) - oko_log_gamma(k + 1) - oko_log_gamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p);
}

/* P(X > k) + ½P(X = k): mid-p upper tail, increasing in p. */
static double midp_upper(double k, double n, double p)
{
    double above = k < n ? exp(oko_log_beta_inc(k + 1, n - k, p)) : 0;
    return above + .5 * exp(oko_log_binomial_pmf(k, n, p));
}

/* p in [lo, hi] with midp_upper = target: regula falsi with halved weights (Illinois), safe as bisection. */
static double solve_share(double k, double n, double target, double lo, double hi)
{
    double f_lo = midp_upper(k, n, lo) - target;
    double f_hi = midp_upper(k, n, hi) - target;
    int side = 0;
    for (int i = 0; i < 100 && hi - lo > 1e-10; i++) {
        double at = i % 4 == 3 ? .5 * (lo + hi) : (lo * f_hi - hi * f_lo) / (f_hi - f_lo);
        double f = midp_upper(k, n, at) - target;
        if (fabs(f) < 1e-12) {
            return at;
        }
        if (f < 0) {
            lo = at;
            f_lo = f;
            f_hi = side < 0 ? .5 * f_hi : f_hi;
            side = -1;
        } else {
            hi = at;
            f_hi = f;
            f_lo = side > 0 ? .5 * f_lo : f_lo;
            side = 1;
        }
    }
    return .5 * (lo + hi);
}

void oko_midp_interval(double k, double n, double alpha, double *ret_lo, double *ret_hi)
{
    *ret_lo = n > 0 && k > 0 ? solve_share(k, n, alpha / 2, 0, k / n) : 0;
    *ret_hi = n > 0 && k < n ? solve_share(k, n, 1 - alpha / 2, k / n, 1) : 1;
}
