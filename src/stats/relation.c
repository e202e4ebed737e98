#include <oko/relation.h>

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 60, HUBER_ROUNDS = 20 };
static const double QUARTILE = .67448975019608171, TUKEY = 4.685, HUBER = 1.345;

/* The schools that the fit uses; arrays [n] in one block. */
typedef struct fitting {
    size_t n;
    size_t *of;                    /* index in the caller's array */
    double *x, *y, *err_x, *err_y; /* means and the variances of their errors */
    double *xi;                    /* expected true level in x */
    double *lambda;
    double *residual, *variance, *weight, *work;
    double mean, tau2, sigma2, intercept, slope;
    double var_a, var_b, cov_ab;
} fitting;

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return n % 2 == 1 ? values[n / 2] : .5 * (values[n / 2 - 1] + values[n / 2]);
}

/* Variance v ≥ 0 with median |r| / √(v + base) = the quartile of a normal; 0 when the base alone explains it. */
static double robust_variance(const double *r, const double *base, size_t n, double *work)
{
    double lo = 0, hi = 0;
    for (size_t i = 0; i < n; i++) {
        hi = r[i] * r[i] > hi ? r[i] * r[i] : hi;
    }
    hi = 4 * hi + 1e-300;
    for (int round = 0; round < 200 && hi - lo > 1e-13 * hi; round++) {
        const double v = round == 0 ? 0 : .5 * (lo + hi);
        for (size_t i = 0; i < n; i++) {
            work[i] = fabs(r[i]) / sqrt(v + base[i] + 1e-300);
        }
        if (median(work, n) <= QUARTILE) {
            hi = v;
            if (round == 0) {
                return 0;
            }
        } else {
            lo = v;
        }
    }
    return .5 * (lo + hi);
}

/* ---- the predictor: where true levels lie ---- */

static void fit_levels(fitting *f)
{
    for (size_t i = 0; i < f->n; i++) {
        f->work[i] = f->x[i];
    }
    f->mean = median(f->work, f->n);
    for (int round = 0; round < ROUNDS; round++) {
        double sum = 0, all = 0;
        for (size_t i = 0; i < f->n; i++) {
            f->residual[i] = f->x[i] - f->mean;
        }
        f->tau2 = robust_variance(f->residual, f->err_x, f->n, f->work);
        for (size_t i = 0; i < f->n; i++) {
            const double v = f->tau2 + f->err_x[i], z = fabs(f->residual[i]) / sqrt(v + 1e-300);
            const double w = (z <= HUBER ? 1 : HUBER / z) / (v + 1e-300);
            sum += w * f->x[i];
            all += w;
        }
        const double next = sum / all;
        const bool done = fabs(next - f->mean) <= 1e-12 * (1 + fabs(next));
        f->mean = next;
        if (done) {
            break;
        }
    }
    for (size_t i = 0; i < f->n; i++) {
        f->lambda[i] = f->tau2 > 0 ? f->tau2 / (f->tau2 + f->err_x[i]) : 0;
        f->xi[i] = f->mean + f->lambda[i] * (f->x[i] - f->mean);
    }
}

/* ---- the line ---- */

static double weigh(double z, bool huber)
{
    const double u = fabs(z);
    if (huber) {
        return u <= HUBER ? 1 : HUBER / u;
    }
    const double t = 1 - u * u / (TUKEY * TUKEY);
    return u < TUKEY ? t * t : 0;
}

/* Weighted least squares about the mean level; false when the weighted levels do not differ. */
static bool solve_line(fitting *f)
{
    double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (size_t i = 0; i < f->n; i++) {
        const double w = f->weight[i] / f->variance[i], x = f->xi[i] - f->mean;
        s += w;
        sx += w * x;
        sy += w * f->y[i];
        sxx += w * x * x;
        sxy += w * x * f->y[i];
    }
    const double det = s * sxx - sx * sx;
    if (!(det > 1e-12 * s * sxx)) {
        return false;
    }
    f->slope = (s * sxy - sx * sy) / det;
    f->intercept = (sy - f->slope * sx) / s;
    f->var_a = sxx / det;
    f->var_b = s / det;
    f->cov_ab = -sx / det;
    return true;
}

/* Residuals, the spread of schools about the line, variances and weights. */
static void weigh_schools(fitting *f, bool huber)
{
    for (size_t i = 0; i < f->n; i++) {
        f->residual[i] = f->y[i] - f->intercept - f->slope * (f->xi[i] - f->mean);
        f->variance[i] = f->err_y[i] + f->slope * f->slope * f->tau2 * (1 - f->lambda[i]);
    }
    f->sigma2 = robust_variance(f->residual, f->variance, f->n, f->work);
    for (size_t i = 0; i < f->n; i++) {
        f->variance[i] += f->sigma2;
        f->weight[i] = weigh(f->residual[i] / sqrt(f->variance[i]), huber);
    }
}

static bool fit_line(fitting *f)
{
    for (size_t i = 0; i < f->n; i++) {
        f->weight[i] = f->lambda[i];
        f->variance[i] = 1;
    }
    for (int round = 0; round < HUBER_ROUNDS + ROUNDS; round++) {
        const double a = f->intercept, b = f->slope;
        if (!solve_line(f)) {
            return false;
        }
        weigh_schools(f, round < HUBER_ROUNDS);
        const double gap = fabs(f->intercept - a) + fabs(f->slope - b) * sqrt(f->tau2);
        if (round > HUBER_ROUNDS && gap <= 1e-11 * sqrt(f->variance[0])) {
            break;
        }
    }
    return true;
}

/* ---- what schools get ---- */

static void tell_school(const fitting *f, size_t i, oko_relation_residual *ret)
{
    const double x = f->xi[i] - f->mean, df = (double)f->n - 2;
    const double line = f->var_a + 2 * f->cov_ab * x + f->var_b * x * x;
    /* A school that shapes the line is nearer to it, one that was left out is farther from it. */
    const double var = f->variance[i] + (1 - 2 * f->weight[i]) * line, least = .25 * f->variance[i];
    const double sd = sqrt(var > least ? var : least), half = oko_t_975(df) * sd;
    ret->computed = true;
    ret->expected = f->intercept + f->slope * x;
    ret->effect = f->residual[i];
    ret->lo = ret->effect - half;
    ret->hi = ret->effect + half;
    ret->z = ret->effect / sd;
    ret->log_p = oko_log_t_q(ret->z, df);
    ret->p = exp(ret->log_p);
    ret->p_low = exp(oko_log_t_q(-ret->z, df));
    ret->weight = f->weight[i];
}

static void tell_fit(const fitting *f, oko_relation *ret)
{
    double sum = 0;
    for (size_t i = 0; i < f->n; i++) {
        sum += f->lambda[i];
    }
    *ret = (oko_relation){ .schools = f->n,
                           .intercept = f->intercept - f->slope * f->mean,
                           .slope = f->slope,
                           .slope_se = sqrt(f->var_b),
                           .mean = f->mean,
                           .sd = sqrt(f->tau2),
                           .spread = sqrt(f->sigma2),
                           .reliability = sum / (double)f->n };
}

static bool usable(const oko_relation_school *s, const oko_relation_options *o)
{
    return isfinite(s->x) && isfinite(s->y) && s->n_x >= o->min_pupils && s->n_y >= o->min_pupils && s->n_x > 0 &&
           s->n_y > 0;
}

static void take(fitting *f, const oko_relation_school *schools, size_t n, const oko_relation_options *o, double *block)
{
    double **arrays[] = { &f->x,      &f->y,        &f->err_x,    &f->err_y,  &f->xi,
                          &f->lambda, &f->residual, &f->variance, &f->weight, &f->work };
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) {
        *arrays[k] = block + k * n;
    }
    for (size_t i = 0; i < n; i++) {
        const oko_relation_school *s = &schools[i];
        if (!usable(s, o)) {
            continue;
        }
        f->of[f->n] = i;
        f->x[f->n] = s->x;
        f->y[f->n] = s->y;
        f->err_x[f->n] = o->sd_x * o->sd_x / (double)s->n_x;
        f->err_y[f->n++] = o->sd_y * o->sd_y / (double)s->n_y;
    }
}

oko_status oko_relation_fit(const oko_relation_school *schools, size_t n, const oko_relation_options *options,
                            oko_relation *ret_fit, oko_relation_residual *ret_residuals)
{
    *ret_fit = (oko_relation){
        .intercept = NAN, .slope = NAN, .slope_se = NAN, .mean = NAN, .sd = NAN, .spread = NAN, .reliability = NAN
    };
    for (size_t i = 0; ret_residuals != NULL && i < n; i++) {
        ret_residuals[i] = (oko_relation_residual){
            .expected = NAN, .effect = NAN, .lo = NAN, .hi = NAN, .z = NAN, .p = NAN, .log_p = NAN, .p_low = NAN
        };
    }
    if (!(options->sd_x > 0) || !(options->sd_y > 0) || options->min_pupils < 1) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) double *block = oko_alloc_array(n + 1, 10 * sizeof *block);
    OKO_CLEANUP(oko_freep) size_t *of = oko_alloc_array(n + 1, sizeof *of);
    if (block == NULL || of == NULL) {
        return OKO_E_MEMORY;
    }
    fitting f = { .of = of };
    take(&f, schools, n, options, block);
    if (f.n < OKO_RELATION_MIN_SCHOOLS) {
        return OKO_E_NO_DATA;
    }
    fit_levels(&f);
    if (!(f.tau2 > 0) || !fit_line(&f)) {
        return OKO_E_NO_DATA;
    }
    tell_fit(&f, ret_fit);
    for (size_t i = 0; ret_residuals != NULL && i < f.n; i++) {
        tell_school(&f, i, &ret_residuals[f.of[i]]);
    }
    return OKO_OK;
}
