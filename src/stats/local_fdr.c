/* Lindsey's method: log f of z as a natural cubic spline, fitted to counts by Poisson regression (Newton's steps). */
#include <oko/local_fdr.h>

#include "base/memory.h"
#include "stats/level_model.h"
#include "stats/special.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MOST_RATIO 4.0 /* where f is hardly anything */
enum { KNOTS = 8, COLUMNS = KNOTS, BINS = 90, ROUNDS = 60 };
#define LOW (-4.5)
#define HIGH 6.5 /* z beyond count in the last bin */

typedef struct density {
    double low, high; /* of the bins */
    double coefficient[COLUMNS];
} density;

/* Natural cubic spline basis on [0, 1] with equal knots: 1, u, and KNOTS − 2 differences of truncated cubes. Linear
 * outside. */
static void basis(double u, double *ret)
{
    ret[0] = 1;
    ret[1] = u;
    double cube[KNOTS];
    for (int k = 0; k < KNOTS; k++) {
        double d = u - (double)k / (KNOTS - 1);
        cube[k] = d > 0 ? d * d * d : 0;
    }
    double last = (cube[KNOTS - 2] - cube[KNOTS - 1]) * (KNOTS - 1);
    for (int k = 0; k < KNOTS - 2; k++) {
        double knot = (double)k / (KNOTS - 1);
        ret[2 + k] = (cube[k] - cube[KNOTS - 1]) / (1 - knot) - last;
    }
}

static double log_density(const density *f, double z)
{
    double x[COLUMNS];
    double sum = 0;
    basis((z - f->low) / (f->high - f->low), x);
    for (int k = 0; k < COLUMNS; k++) {
        sum += f->coefficient[k] * x[k];
    }
    return sum;
}

/* Log-likelihood of the counts, with gradient and information when asked. */
static double likelihood(const density *f, const double *count, double *gradient, double *information)
{
    double sum = 0;
    for (int k = 0; gradient != NULL && k < COLUMNS; k++) {
        gradient[k] = -1e-6 * f->coefficient[k];
        for (int m = 0; m < COLUMNS; m++) {
            information[k * COLUMNS + m] = k == m ? 1e-6 : 0;
        }
    }
    for (int b = 0; b < BINS; b++) {
        double z = f->low + (f->high - f->low) * (b + .5) / BINS;
        double eta = log_density(f, z);
        double mean = exp(eta < 30 ? eta : 30);
        sum += count[b] * eta - mean;
        if (gradient == NULL) {
            continue;
        }
        double x[COLUMNS];
        basis((b + .5) / BINS, x);
        for (int k = 0; k < COLUMNS; k++) {
            gradient[k] += (count[b] - mean) * x[k];
            for (int m = 0; m < COLUMNS; m++) {
                information[k * COLUMNS + m] += mean * x[k] * x[m];
            }
        }
    }
    return sum;
}

/* Newton with halved steps; false when it does not settle. */
static bool fit_density(const double *count, double n, density *f)
{
    f->coefficient[0] = log(n / BINS);
    for (int k = 1; k < COLUMNS; k++) {
        f->coefficient[k] = 0;
    }
    for (int round = 0; round < ROUNDS; round++) {
        double step[COLUMNS];
        double information[COLUMNS * COLUMNS];
        double before = likelihood(f, count, step, information);
        if (!level_factorise(COLUMNS, COLUMNS, information)) {
            return false;
        }
        level_solve(COLUMNS, COLUMNS, information, step);
        density next = *f;
        double after = before;
        for (double share = 1; share > 1e-6; share *= .5) {
            for (int k = 0; k < COLUMNS; k++) {
                next.coefficient[k] = f->coefficient[k] + share * step[k];
            }
            after = likelihood(&next, count, NULL, NULL);
            if (after >= before) {
                break;
            }
        }
        if (!(after >= before)) {
            return true; /* no step rises any more */
        }
        *f = next;
        if (after - before < 1e-9) {
            return true;
        }
    }
    return false;
}

typedef struct unit {
    double z;
    size_t at;
} unit;

static int compare_units(const void *a, const void *b)
{
    const unit *x = a;
    const unit *y = b;
    return x->z != y->z ? (x->z < y->z ? -1 : 1) : (x->at > y->at) - (x->at < y->at);
}

static bool count_bins(const unit *u, size_t n, double *count, density *f)
{
    f->low = u[0].z > LOW ? u[0].z : LOW;
    f->high = u[n - 1].z < HIGH ? u[n - 1].z : HIGH;
    if (!(f->high - f->low > .5)) {
        return false; /* all alike */
    }
    for (int b = 0; b < BINS; b++) {
        count[b] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        int b = (int)((u[i].z - f->low) / (f->high - f->low) * BINS);
        count[u[i].z <= f->low ? 0 : b >= BINS ? BINS - 1 : b]++;
    }
    return true;
}

/* The null from the middle of f: log f there is a parabola, that of N(δ, σ²). */
static bool match_centre(const density *f, const unit *u, size_t n, oko_local_fdr_fit *fit)
{
    double middle = u[n / 2].z;
    double reach = .5 * (u[(size_t)(.84 * (double)n)].z - u[(size_t)(.16 * (double)n)].z);
    double s[5] = { 0 };
    double t[3] = { 0 };
    for (int k = -10; k <= 10; k++) {
        double x = .1 * k * reach;
        double y = log_density(f, middle + x);
        for (int p = 0; p < 5; p++) {
            s[p] += pow(x, p);
        }
        for (int p = 0; p < 3; p++) {
            t[p] += y * pow(x, p);
        }
    }
    double a[9] = { s[0], s[1], s[2], s[1], s[2], s[3], s[2], s[3], s[4] };
    if (!level_factorise(3, 3, a)) {
        return false;
    }
    level_solve(3, 3, a, t);
    if (!(t[2] < 0)) {
        return false;
    }
    fit->sd = sqrt(-.5 / t[2]);
    fit->delta = middle - .5 * t[1] / t[2];
    return true;
}

static double share_below(const unit *u, size_t n, double z)
{
    size_t below = 0;
    while (below < n && u[below].z <= z) {
        below++;
    }
    return (double)below / (double)n;
}

static oko_status fit_all(const unit *u, size_t n, oko_local_null null, density *f, oko_local_fdr_fit *fit)
{
    double count[BINS];
    *fit = (oko_local_fdr_fit){ .n = n, .p0 = 1, .delta = 0, .sd = 1 };
    if (!count_bins(u, n, count, f) || !fit_density(count, (double)n, f) ||
        (null == OKO_LOCAL_NULL_EMPIRICAL && !match_centre(f, u, n, fit))) {
        return OKO_E_NUMERIC;
    }
    double share = 2 * share_below(u, n, fit->delta);
    fit->p0 = share < 1 ? share : 1;
    return OKO_OK;
}

/* A run of neighbours that have one value. */
typedef struct level_run {
    double sum, n;
} level_run;

/*
 * Nearest values that never rise (pool adjacent violators): what f has too much at one place and too little further
 * out is averaged. The combined p of honest groups lie closer to the middle than N(0, 1); a running minimum would
 * carry the excess there on to all larger z.
 */
static void pool_down(size_t n, double *x, level_run *run)
{
    size_t runs = 0;
    for (size_t i = 0; i < n; i++) {
        run[runs++] = (level_run){ x[i], 1 };
        while (runs > 1 && run[runs - 1].sum * run[runs - 2].n > run[runs - 2].sum * run[runs - 1].n) {
            run[runs - 2].sum += run[runs - 1].sum;
            run[runs - 2].n += run[runs - 1].n;
            runs--;
        }
    }
    size_t at = 0;
    for (size_t k = 0; k < runs; k++) {
        for (double left = run[k].n; left > 0; left--) {
            x[at++] = run[k].sum / run[k].n;
        }
    }
}

/* p₀f₀/f of units in ascending order. */
static oko_status ratios(const unit *u, size_t m, const density *f, const oko_local_fdr_fit *fit, double *ret)
{
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(m + 1, sizeof *x);
    OKO_CLEANUP(oko_freep) level_run *run = oko_alloc_array(m + 1, sizeof *run);
    if (x == NULL || run == NULL) {
        return OKO_E_MEMORY;
    }
    double bin = (f->high - f->low) / BINS;
    size_t null = 0; /* units up to the middle of it */
    for (size_t i = 0; i < m; i++) {
        double at = (u[i].z - fit->delta) / fit->sd;
        double log_null = log(fit->p0 * (double)m * bin / fit->sd) - .5 * at * at - .5 * log(2 * M_PI);
        x[i] = fmin(exp(log_null - log_density(f, u[i].z)), MOST_RATIO);
        null += at <= 0;
    }
    pool_down(m - null, x + null, run);
    for (size_t i = 0; i < m; i++) {
        ret[u[i].at] = i < null ? 1 : fmin(x[i], 1);
    }
    return OKO_OK;
}

oko_status oko_local_fdr(size_t n, const double *log_p, oko_local_null null, double *ret, oko_local_fdr_fit *ret_fit)
{
    if ((n > 0 && (log_p == NULL || ret == NULL)) || (unsigned)null > OKO_LOCAL_NULL_EMPIRICAL) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) unit *u = oko_alloc_array(n + 1, sizeof *u);
    if (u == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (log_p[i] > 0) {
            return OKO_E_ARGUMENT;
        }
        if (!isnan(log_p[i])) {
            u[m++] = (unit){ oko_normal_z(log_p[i]), i };
        }
    }
    density f;
    oko_local_fdr_fit fit = { .n = m, .p0 = NAN, .delta = NAN, .sd = NAN };
    if (m >= OKO_LOCAL_FDR_MIN) {
        qsort(u, m, sizeof *u, compare_units);
        oko_status status = fit_all(u, m, null, &f, &fit);
        if (status != OKO_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < n; i++) {
        ret[i] = NAN;
    }
    oko_status status = m >= OKO_LOCAL_FDR_MIN ? ratios(u, m, &f, &fit, ret) : OKO_OK;
    if (status == OKO_OK && ret_fit != NULL) {
        *ret_fit = fit;
    }
    return status;
}
