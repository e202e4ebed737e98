/* Guards by the group's own level: see level_guard.h. */
#include "stats/level_guard.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

enum { MIN_LINE = 40 };
#define REACH 2.0      /* robust SDs of the levels: beyond, the line goes on flat */
#define TAKEN .75      /* of the line: all of it would cost the strong more power than their size needs */
#define LEAST_SHARE .7 /* of the usual variance: nearer to the end of the scale totals can't but be close */

double level_total_at(const double *score, int max_total, double y)
{
    if (y <= score[0]) {
        return 0;
    }
    for (int t = 0; t < max_total; t++) {
        if (y <= score[t + 1]) {
            double width = score[t + 1] - score[t];
            return t + (width > 0 ? (y - score[t]) / width : 0);
        }
    }
    return max_total;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median and bounds at REACH robust SDs of the levels of the groups that are fitted. */
static void level_bounds(size_t n, double *x, double *ret_low, double *ret_high)
{
    qsort(x, n, sizeof *x, compare_doubles);
    double spread = (x[(size_t)(.84 * (double)n)] - x[(size_t)(.16 * (double)n)]) / 2;
    *ret_low = x[n / 2] - REACH * spread;
    *ret_high = x[n / 2] + REACH * spread;
}

static double clip(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Sums over the groups that a line is laid through: level clipped at its bounds, z at 3. */
typedef struct line_sums {
    double n, x, z, xx, xz, zz;
} line_sums;

static bool fits_line(const sign_group *g, const bool *use, size_t i, const double *z)
{
    return !isnan(z[i]) && !g[i].flagged && (use == NULL || use[i]);
}

static line_sums sum_line(const sign_group *g, size_t n, const bool *use, const double *z, double low, double high)
{
    line_sums s = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (fits_line(g, use, i, z)) {
            double x = clip(g[i].level, low, high);
            double y = clip(z[i], -3, 3);
            s.n++;
            s.x += x;
            s.z += y;
            s.xx += x * x;
            s.xz += x * y;
            s.zz += y * y;
        }
    }
    s.xx -= s.x * s.x / s.n;
    s.xz -= s.x * s.z / s.n;
    s.zz -= s.z * s.z / s.n;
    return s;
}

/* The bounds of the levels that are fitted (by: of other figures than the groups' own levels); x: workspace [n]. False
 * when they are too few. */
static bool fitted_bounds(const sign_group *g, size_t n, const bool *use, const double *z, const double *by, double *x,
                          double *ret_low, double *ret_high)
{
    size_t fitted = 0;
    for (size_t i = 0; i < n; i++) {
        if (fits_line(g, use, i, z)) {
            x[fitted++] = by != NULL ? by[i] : g[i].level;
        }
    }
    if (fitted < MIN_LINE) {
        return false;
    }
    level_bounds(fitted, x, ret_low, ret_high);
    return true;
}

oko_status level_take_line(const sign_world *w, const level_model *m, const bool *use, double *z)
{
    const sign_group *g = &w->group[w->first[m->target]];
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(m->n, sizeof *x);
    if (x == NULL) {
        return OKO_E_MEMORY;
    }
    double low;
    double high;
    if (!fitted_bounds(g, m->n, use, z, NULL, x, &low, &high)) {
        return OKO_OK;
    }
    line_sums s = sum_line(g, m->n, use, z, low, high);
    double square = s.xx > 0 && s.zz > 0 ? s.xz * s.xz / (s.xx * s.zz) : 0;
    double t2 = square < 1 ? square / (1 - square) * (s.n - 2) : s.n; /* of the slope */
    double slope = s.xz > 0 && t2 > 1 ? TAKEN * (1 - 1 / t2) * s.xz / s.xx : 0;
    double left = slope > 0 ? sqrt(1 - slope * (2 * s.xz - slope * s.xx) / s.zz) : 1;
    for (size_t i = 0; i < m->n; i++) {
        z[i] = (z[i] - slope * (clip(g[i].level, low, high) - s.x / s.n)) / left;
    }
    return OKO_OK;
}

oko_status level_guard_far(const sign_world *w, const level_model *m, const bool *use, const double *expected,
                           double *z)
{
    const double nearest = 1e-3; /* squares of distance */
    const sign_group *g = &w->group[w->first[m->target]];
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(m->n, sizeof *x);
    if (x == NULL) {
        return OKO_E_MEMORY;
    }
    double low;
    double high;
    if (!fitted_bounds(g, m->n, use, z, expected, x, &low, &high)) {
        return OKO_OK;
    }
    double spread = (high - low) / (2 * REACH);
    for (size_t i = 0; i < m->n; i++) {
        double far = spread > 0 ? (expected[i] - (low + high) / 2) / spread : 0;
        x[i] = isnan(z[i]) ? NAN : 1 / fmax(far * far, nearest);
    }
    double slope = null_spread_slope(m->n, use, x, z);
    for (size_t i = 0; i < m->n && slope > 0; i++) {
        z[i] /= sqrt(1 + slope * fmax(1 / x[i] - 1, 0)); /* within one SD there is nothing to bring back */
    }
    return OKO_OK;
}

/* ---- the end of the scale ---- */

static void ceiling_at(const double *score, int max_total, double y, double sd, double *ret_mean, double *ret_var)
{
    enum { NODES = 25 };
    double sum = 0;
    double square = 0;
    double weights = 0;
    for (int k = 0; k < NODES; k++) {
        double z = .25 * (k - NODES / 2);
        double weight = exp(-.5 * z * z);
        double s = score[(int)(level_total_at(score, max_total, y + sd * z) + .5)];
        weights += weight;
        sum += weight * s;
        square += weight * s * s;
    }
    *ret_mean = sum / weights;
    *ret_var = square / weights - *ret_mean * *ret_mean;
}

static double ceiling_var(const level_ceiling *c, double mean)
{
    int k = 0;
    while (k + 2 < LEVEL_PLACES && c->mean[k + 1] < mean) {
        k++;
    }
    double width = c->mean[k + 1] - c->mean[k];
    double share = width > 0 ? clip((mean - c->mean[k]) / width, 0, 1) : 0;
    return c->var[k] + share * (c->var[k + 1] - c->var[k]);
}

void level_ceiling_fit(const sign_world *w, const level_model *m, int least_works, level_ceiling *ret)
{
    int max_total = w->tests[m->target].max_total;
    int blocks = w->n_blocks[m->target];
    const double *score = w->score[m->target] + (blocks > 1 ? (size_t)blocks * ((size_t)max_total + 1) : 0);
    for (int k = 0; k < LEVEL_PLACES; k++) {
        double y = 7.0 * k / (LEVEL_PLACES - 1) - 3.5;
        ceiling_at(score, max_total, y, sqrt(m->pupil[0]), &ret->mean[k], &ret->var[k]);
    }
    double sum = 0;
    double works = 0;
    for (size_t i = 0; i < m->n; i++) {
        const sign_group *g = &w->group[w->first[m->target] + i];
        if (g->n_works >= least_works && !g->flagged) {
            sum += g->n_works * ceiling_var(ret, g->level);
            works += g->n_works;
        }
    }
    ret->typical = works > 0 ? sum / works : 0;
}

double level_ceiling_share(const level_ceiling *c, const sign_group *g)
{
    double share = c->typical > 0 ? ceiling_var(c, g->level) / c->typical : 1;
    return share >= LEAST_SHARE ? share : (double)NAN;
}
