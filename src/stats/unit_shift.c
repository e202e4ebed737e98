/* Means over schools as clusters, and units against each other with an honest variance between them. */
#include <oko/units.h>

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

#define HALF_WORKS                                                                                                     \
    20.0 /* a school of so many works has half the weight of a large one: pupils' variance / schools'                  \
          */
#define MEDIAN_FREEDOM .37 /* a variance from a median knows as much as one from so many of the units by moments */
/* The median p wanted of n units is ½ + EXTRA_P/n: with few, the centre that is fitted to them makes them look alike.
 */
#define EXTRA_P 1.3
enum { BISECTIONS = 60 };

void oko_shift_add(oko_shift_state *state, double works, double difference)
{
    if (!(works > 0) || !isfinite(difference)) {
        return;
    }
    double w = works / (works + HALF_WORKS);
    state->n += 1;
    state->w += w;
    state->wd += w * difference;
    state->wdd += w * difference * difference;
}

void oko_shift_merge(oko_shift_state *state, const oko_shift_state *from)
{
    state->n += from->n;
    state->w += from->w;
    state->wd += from->wd;
    state->wdd += from->wdd;
}

static oko_shift blank(const oko_shift_state *s)
{
    return (oko_shift){ .n_schools = (int)s->n, .value = NAN, .lo = NAN, .hi = NAN, .df = NAN, .log_p = NAN };
}

/* Variance of the weighted mean: exact t when a school's variance goes with 1/w. */
static double mean_variance(const oko_shift_state *s)
{
    double within = s->wdd - s->wd * s->wd / s->w;
    return within > 1e-12 * s->wdd ? within / (s->n - 1) / s->w : 0;
}

static void fill(oko_shift *shift, double value, double var, double df)
{
    double sd = sqrt(var);
    double reach = oko_t_975(df) * sd;
    shift->value = value;
    shift->lo = value - reach;
    shift->hi = value + reach;
    shift->df = df;
    shift->log_p = oko_log_t_q(value / sd, df);
}

oko_shift oko_shift_mean(const oko_shift_state *state)
{
    oko_shift shift = blank(state);
    double var = state->n >= OKO_UNITS_MIN_SCHOOLS ? mean_variance(state) : 0;
    if (var > 0) {
        fill(&shift, state->wd / state->w, var, state->n - 1);
    }
    return shift;
}

/* A unit against the middle one, before the variance between units is known. */
typedef struct contrast {
    size_t at;
    double value, var, df; /* of the schools */
    double spread;         /* τ² of the unit and of the middle */
} contrast;

/* Variance and degrees of freedom (Satterthwaite) with τ². */
static double variance_with(const contrast *c, double tau2, double units, double *ret_df)
{
    double between = tau2 * c->spread;
    double var = c->var + between;
    *ret_df = var * var / (c->var * c->var / c->df + between * between / (MEDIAN_FREEDOM * (units - 1)));
    return var;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(size_t n, double *work)
{
    qsort(work, n, sizeof *work, compare_doubles);
    return .5 * (work[(n - 1) / 2] + work[n / 2]);
}

/* Median two-sided log p of all units with τ². */
static double median_log_p(size_t n, const contrast *c, double tau2, double *work)
{
    for (size_t i = 0; i < n; i++) {
        double df;
        double var = variance_with(&c[i], tau2, (double)n, &df);
        work[i] = oko_log_t_q(fabs(c[i].value) / sqrt(var), df) + M_LN2;
    }
    return median_of(n, work);
}

static double solve_tau2(size_t n, const contrast *c, double *work)
{
    double high = 0;
    for (size_t i = 0; i < n; i++) {
        high = fmax(high, 4 * c[i].value * c[i].value);
    }
    double wanted = log(.5 + EXTRA_P / (double)n);
    double low = 0;
    if (!(high > 0) || median_log_p(n, c, 0, work) >= wanted) {
        return 0;
    }
    for (int k = 0; k < BISECTIONS; k++) {
        double middle = .5 * (low + high);
        if (median_log_p(n, c, middle, work) < wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* Units with enough schools, each against their median: few that moved leave it where it was. */
static size_t gather(size_t n, const oko_shift_state *units, contrast *c, double *work)
{
    size_t m = 0;
    double var = 0;
    for (size_t i = 0; i < n; i++) {
        double own = units[i].n >= OKO_UNITS_MIN_SCHOOLS ? mean_variance(&units[i]) : 0;
        if (own > 0) {
            work[m] = units[i].wd / units[i].w;
            c[m] = (contrast){ .at = i, .value = work[m], .var = own, .df = units[i].n - 1 };
            var += own;
            m++;
        }
    }
    double middle = m > 0 ? median_of(m, work) : 0;
    double share = m > 0 ? M_PI_2 / (double)m : 0; /* variance of a median, in variances of a unit */
    for (size_t k = 0; k < m; k++) {
        c[k].value -= middle;
        c[k].var += share * var / (double)m;
        c[k].spread = 1 + share;
    }
    return m;
}

oko_status oko_shift_compare(size_t n, const oko_shift_state *units, oko_shift *ret, double *ret_tau)
{
    if (n > 0 && (units == NULL || ret == NULL)) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) contrast *c = oko_alloc_array(n + 1, sizeof *c);
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(n + 1, sizeof *work);
    if (c == NULL || work == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = gather(n, units, c, work);
    bool known = m >= OKO_UNITS_MIN_UNITS;
    double tau2 = known ? solve_tau2(m, c, work) : NAN;
    for (size_t i = 0; i < n; i++) {
        ret[i] = blank(&units[i]);
    }
    for (size_t k = 0; k < m && known; k++) {
        double df;
        double var = variance_with(&c[k], tau2, (double)m, &df);
        fill(&ret[c[k].at], c[k].value, var, df);
    }
    if (ret_tau != NULL) {
        *ret_tau = sqrt(tau2);
    }
    return OKO_OK;
}
