/* Empirical-null guard: a statistic of honest groups that is not quite standard normal is brought back to it. */
#include "stats/null.h"

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAD_NORMAL 1.4826022185056018
/* A spread found from n units is itself uncertain, and z divided by it goes too far more often: as often as it should
 * when 1 + ½·2.33²·1.36/n is taken, 2.33 being the bound of 1 % and 1.36/n the relative variance of the MAD. */
#define SPREAD_NOISE 3.7
#define GUARD_NOISE 1.01 /* the same for the guard by neighbours, whose spread is shrunk to that of all */
enum { MIN_UNITS = 30, SCALE_UNITS = 100, SCALE_PRIOR = 50 };

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median and MAD (as SD) of m values; the array is sorted and overwritten. */
static void spread(size_t m, double *x, double *ret_median, double *ret_sd)
{
    qsort(x, m, sizeof *x, compare_doubles);
    double median = .5 * (x[(m - 1) / 2] + x[m / 2]);
    for (size_t i = 0; i < m; i++) {
        x[i] = fabs(x[i] - median);
    }
    qsort(x, m, sizeof *x, compare_doubles);
    *ret_median = median;
    *ret_sd = MAD_NORMAL * .5 * (x[(m - 1) / 2] + x[m / 2]);
}

oko_status null_guard(size_t n, const bool *use, double *z)
{
    if (n == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(n, sizeof *x);
    if (x == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(z[i]) && (use == NULL || use[i])) {
            x[m++] = z[i];
        }
    }
    if (m < MIN_UNITS) {
        return OKO_OK;
    }
    double median;
    double sd;
    spread(m, x, &median, &sd);
    for (size_t i = 0; i < n; i++) {
        z[i] = (z[i] - (median > 0 ? median : 0)) / (sd > 1 ? sd : 1);
    }
    return OKO_OK;
}

oko_status null_scale(size_t n, const bool *use, double *z)
{
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(n > 0 ? n : 1, sizeof *x);
    if (x == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(z[i]) && (use == NULL || use[i])) {
            x[m++] = z[i];
        }
    }
    if (m < (use == NULL ? SCALE_UNITS : MIN_UNITS)) {
        return OKO_OK;
    }
    double median;
    double sd;
    spread(m, x, &median, &sd);
    double known = (double)m;
    if (use != NULL) { /* few units */
        known += SCALE_PRIOR;
        sd = sqrt(((double)m * sd * sd + SCALE_PRIOR) / known);
    }
    sd = (sd < .75 ? .75 : sd > 1.5 ? 1.5 : sd) * (1 + SPREAD_NOISE / known);
    for (size_t i = 0; i < n; i++) {
        z[i] /= sd;
    }
    return OKO_OK;
}

typedef struct placed {
    double by, z;
    size_t at;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    return x->by != y->by ? (x->by < y->by ? -1 : 1) : (x->at > y->at) - (x->at < y->at);
}

/* The `near` values around a place, ascending, as the place moves. */
typedef struct window {
    size_t n;
    double *x;
} window;

/* First place whose value is not below z. */
static size_t place_of(const window *v, double z)
{
    size_t low = 0;
    size_t high = v->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (v->x[middle] < z) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Takes `out` from the window and puts `in` into it. */
static void replace(window *v, double out, double in)
{
    size_t from = place_of(v, out);
    size_t to = place_of(v, in);
    if (to > from) {
        to--; /* the place once `out` is gone */
        memmove(v->x + from, v->x + from + 1, (to - from) * sizeof *v->x);
    } else {
        memmove(v->x + to + 1, v->x + to, (from - to) * sizeof *v->x);
    }
    v->x[to] = in;
}

/* Median and MAD (as SD) of the window: distances grow to both sides of the median, so the nearest are merged. */
static void window_spread(const window *v, double *ret_median, double *ret_sd)
{
    size_t m = v->n;
    double median = .5 * (v->x[(m - 1) / 2] + v->x[m / 2]);
    size_t above = place_of(v, median);
    size_t below = above; /* the next one below is at below − 1 */
    double last = 0;
    double before = 0;
    for (size_t k = 0; k <= m / 2; k++) {
        double up = above < m ? fabs(v->x[above] - median) : INFINITY;
        double down = below > 0 ? fabs(v->x[below - 1] - median) : INFINITY;
        before = last;
        last = up <= down ? up : down;
        above += up <= down;
        below -= up > down;
    }
    *ret_median = median;
    *ret_sd = MAD_NORMAL * .5 * ((m % 2 == 0 ? before : last) + last);
}

/* The local figures are those of few units: shrunk to the whole, and used beyond their own noise only. */
static double guarded(double z, size_t near, double here, double here_sd, double median, double sd)
{
    double trust = (double)near / ((double)near + 20);
    double shift = trust * here + (1 - trust) * median - sd * 1.25 / sqrt((double)near);
    double scale = sqrt(trust * here_sd * here_sd + (1 - trust) * sd * sd) * (1 - .8 / sqrt((double)near));
    return (z - (shift > 0 ? shift : 0)) / ((scale > 1 ? scale : 1) * GUARD_NOISE);
}

oko_status null_guard_local(size_t n, const bool *use, const double *by, size_t near, double *z)
{
    if (n == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) placed *row = oko_alloc_array(n, sizeof *row);
    OKO_CLEANUP(oko_freep) double *x = oko_alloc_array(2 * n, sizeof *x);
    if (row == NULL || x == NULL) {
        return OKO_E_MEMORY;
    }
    size_t rows = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(z[i]) && !isnan(by[i])) {
            row[rows++] = (placed){ by[i], z[i], i };
        }
    }
    if (rows < MIN_UNITS) {
        return OKO_OK;
    }
    qsort(row, rows, sizeof *row, compare_placed);
    double median;
    double sd;
    double *own = x + n; /* values that are used, in order */
    size_t m = 0;
    for (size_t i = 0; i < rows; i++) {
        if (use == NULL || use[row[i].at]) {
            own[m++] = row[i].z;
        }
    }
    if (m < MIN_UNITS) {
        return OKO_OK;
    }
    memcpy(x, own, m * sizeof *x);
    spread(m, x, &median, &sd);
    near = near < MIN_UNITS ? MIN_UNITS : near > m ? m : near;
    memcpy(x, own, near * sizeof *x);
    qsort(x, near, sizeof *x, compare_doubles);
    window v = { near, x };
    size_t start = 0;
    size_t before = 0; /* used values below row i */
    for (size_t i = 0; i < rows; i++) {
        size_t from = before > near / 2 ? before - near / 2 : 0;
        from = from + near > m ? m - near : from;
        before += use == NULL || use[row[i].at];
        for (; start < from; start++) {
            replace(&v, own[start], own[start + near]);
        }
        double here;
        double here_sd;
        window_spread(&v, &here, &here_sd);
        z[row[i].at] = guarded(row[i].z, near, here, here_sd, median, sd);
    }
    return OKO_OK;
}

/* z of every log p, NaN where it is not known or too far out for a guard. */
static void z_of_log_p(size_t n, const double *log_p, double *z)
{
    for (size_t i = 0; i < n; i++) {
        z[i] = isnan(log_p[i]) ? NAN : oko_normal_z(log_p[i]);
    }
}

static void put_back(size_t n, const double *z, double *log_p)
{
    for (size_t i = 0; i < n; i++) {
        bool known = !isnan(z[i]) && log_p[i] > -700;
        double back = known ? oko_log_normal_q(z[i]) : log_p[i];
        log_p[i] = back > log_p[i] ? back : log_p[i]; /* a guard never helps */
    }
}

oko_status null_guard_log_p(size_t n, const bool *use, double *log_p)
{
    OKO_CLEANUP(oko_freep) double *z = oko_alloc_array(n > 0 ? n : 1, sizeof *z);
    if (z == NULL) {
        return OKO_E_MEMORY;
    }
    z_of_log_p(n, log_p, z);
    oko_status status = null_guard(n, use, z);
    if (status == OKO_OK) {
        put_back(n, z, log_p);
    }
    return status;
}

/* Variance of z as a line in 1/size. */
typedef struct size_line {
    double centre, at_centre, slope;
} size_line;

/* Least squares over z² clipped at CLIPPED; false when there are few groups or no spread of sizes. */
static bool fit_size_line(size_t n, const bool *use, const double *size, const double *z, size_line *ret)
{
    const double clipped = 9;       /* groups to be found shall not make the null wide */
    const double of_normal = .9872; /* mean of min(z², 9) */
    double m = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    double syy = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(z[i]) || isnan(size[i]) || (use != NULL && !use[i])) {
            continue;
        }
        double x = 1 / size[i];
        double y = fmin(z[i] * z[i], clipped) / of_normal;
        m++;
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
        syy += y * y;
    }
    double xx = sxx - sx * sx / m;
    if (m < MIN_UNITS || !(xx > 0)) {
        return false;
    }
    double slope = (sxy - sx * sy / m) / xx;
    double rest = fmax(syy - sy * sy / m - slope * slope * xx, 0) / (m - 2);
    double square = slope * slope * xx / rest; /* t² of the slope */
    double kept = square > 1 ? 1 - 1 / square : 0;
    *ret = (size_line){ sx / m, sy / m, kept * slope };
    return kept > 0;
}

double null_spread_slope(size_t n, const bool *use, const double *size, const double *z)
{
    size_line line;
    return fit_size_line(n, use, size, z, &line) ? line.slope : 0;
}

oko_status null_guard_size(size_t n, const bool *use, const double *size, double *log_p)
{
    OKO_CLEANUP(oko_freep) double *z = oko_alloc_array(n > 0 ? n : 1, sizeof *z);
    size_line line;
    if (z == NULL) {
        return OKO_E_MEMORY;
    }
    z_of_log_p(n, log_p, z);
    if (!fit_size_line(n, use, size, z, &line)) {
        return OKO_OK;
    }
    /* the other guards took care of the whole; that the small vary less takes nothing from the large that vary as they
     * should */
    double middle = line.at_centre > 1 || line.slope < 0 ? line.at_centre : 1;
    for (size_t i = 0; i < n; i++) {
        double var = middle + line.slope * (1 / size[i] - line.centre);
        z[i] = isnan(size[i]) ? NAN : z[i] / sqrt(var > 1 ? var : 1);
    }
    put_back(n, z, log_p);
    return OKO_OK;
}
