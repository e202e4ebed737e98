/*
 * A class whose works were mended after the test is a mixture: the mended works stand above what their pupils' other
 * results promise, the others do not. Its mean tells half of that, the mixture tells more.
 */
#include "stats/level_growth.h"

#include "base/memory.h"
#include "base/random.h"
#include "stats/level_guard.h"

#include <math.h>
#include <stdlib.h>

enum { D = LEVEL_COLUMNS, NODES = 17, PLACES = 121, MIN_POOL = 400, DONORS = 40, FACTORS = 8 };
#define GROWN .5  /* share of the works that gained … */
#define GAIN .4   /* … and of what they lacked */
#define LEFT .6   /* variance of the results that gained, of the usual */
#define REACH 3.5 /* normal scores that the table of gains goes to */
#define LOW (-8.0)
#define STEP .7         /* nodes, in posterior SDs of the group's own shift */
#define LEAST_COMMON .1 /* of the residual's variance */
#define WIDER 1.03      /* replicates are drawn: what of the tails of residuals is heavier than normal */
#define ROOT_OF_TWO_PI 2.5066282746310002

/* ---- pupils against what their other results say ---- */

static int linked_columns(const sign_world *w, const level_model *m, const sign_group *g, level_within *ret)
{
    for (int a = 1; a < m->d; a++) {
        level_link at = level_link_of(w, g, m->column[a]);
        int rows = 0;
        for (int i = 0; i < g->in->n && at.group != NULL; i++) {
            rows += g->in->total[i] >= 0 && !isnan(level_pupil_value(w, g, &at, i));
        }
        if (rows >= LEVEL_MIN_ROWS && 5 * rows >= 4 * g->n_works) {
            ret->column[ret->n] = a;
            ret->link[ret->n++] = at;
        }
    }
    return ret->n;
}

bool level_within_of(const sign_world *w, const level_model *m, const sign_group *g, level_within *ret)
{
    double a[D * D] = { 0 };
    *ret = (level_within){ .var = m->pupil[0] };
    if (linked_columns(w, m, g, ret) == 0) {
        return false;
    }
    for (int x = 0; x < ret->n; x++) {
        for (int y = 0; y < ret->n; y++) {
            a[x * D + y] = m->pupil[ret->column[x] * D + ret->column[y]];
        }
        ret->slope[x] = m->pupil[ret->column[x] * D];
    }
    if (!level_factorise(ret->n, D, a)) {
        return false;
    }
    level_solve(ret->n, D, a, ret->slope);
    for (int x = 0; x < ret->n; x++) {
        ret->var -= ret->slope[x] * m->pupil[ret->column[x] * D];
    }
    return ret->var > 0;
}

double level_within_says(const sign_world *w, const sign_group *g, const level_within *v, int row)
{
    double sum = 0;
    for (int x = 0; x < v->n; x++) {
        sum += v->slope[x] * level_pupil_value(w, g, &v->link[x], row);
    }
    return sum;
}

/* ---- all groups ---- */

typedef struct grown_pupil {
    double promise; /* normal score that the group's and the pupil's other results promise */
    double rest;    /* result less promise, the group's own mean taken out */
} grown_pupil;

typedef struct grown_group {
    size_t first, n;      /* pupils */
    double shift;         /* residual of the group */
    double common, pupil; /* variances: of the group's own shift, of the pupils' rests */
} grown_group;

typedef struct growth {
    grown_group *group; /* [m->n] */
    grown_pupil *pupil; /* of all groups */
    grown_pupil *pool;  /* of the groups that are fitted, by promise; rests of their own variance */
    size_t n_pool;
    double gain[PLACES]; /* by promise */
    double *work;        /* [2 × most pupils of a group] */
    size_t *place;       /* [most pupils of a group] in the pool, of the first promise that is not below the pupil's */
} growth;

static double clip(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static double table_at(const double *table, double y)
{
    double at = clip((y + REACH) * (PLACES - 1) / (2 * REACH), 0, PLACES - 1.001);
    int k = (int)at;
    return table[k] + (at - k) * (table[k + 1] - table[k]);
}

/* Gain of a pupil with this promise, in normal scores. */
static void fill_gains(const sign_world *w, const level_model *m, double *ret)
{
    int max_total = w->tests[m->target].max_total;
    int blocks = w->n_blocks[m->target];
    const double *score = w->score[m->target] + (blocks > 1 ? (size_t)blocks * ((size_t)max_total + 1) : 0);
    for (int k = 0; k < PLACES; k++) {
        double y = 2 * REACH * k / (PLACES - 1) - REACH;
        double from = level_total_at(score, max_total, y);
        double to = from + GAIN * (max_total - from);
        int below = (int)to < max_total ? (int)to : max_total - 1;
        ret[k] = score[below] + (to - below) * (score[below + 1] - score[below]) - fmax(y, score[0]);
        ret[k] = fmax(ret[k], 0);
    }
}

/* Takes the means out of a part's rests and puts them on the group's level. */
static void close_part(grown_pupil *p, size_t n, double promised)
{
    double rest = 0;
    double promise = 0;
    for (size_t i = 0; i < n; i++) {
        rest += p[i].rest;
        promise += p[i].promise;
    }
    for (size_t i = 0; i < n; i++) {
        p[i].rest -= rest / (double)n;
        p[i].promise += promised - promise / (double)n;
    }
}

/* Pupils of a group whose results and other results are known. */
static size_t take_pupils(const sign_world *w, const level_model *m, const sign_group *g, double promised,
                          double *ret_var, grown_pupil *ret)
{
    level_within v;
    if (g->n_works < LEVEL_MIN_ROWS || !level_within_of(w, m, g, &v)) {
        return 0;
    }
    level_link own = level_link_of(w, g, m->column[0]);
    size_t n = 0;
    size_t from = 0;
    for (int i = 0; i < g->in->n; i++) {
        if (level_new_part(g, i) && n > from) {
            close_part(ret + from, n - from, promised);
            from = n;
        }
        double says = level_within_says(w, g, &v, i);
        double result = level_pupil_value(w, g, &own, i);
        if (!isnan(says) && !isnan(result)) {
            ret[n++] = (grown_pupil){ says, result - says };
        }
    }
    if (n > from) {
        close_part(ret + from, n - from, promised);
    }
    *ret_var = v.var;
    return n >= LEVEL_MIN_ROWS ? n : 0;
}

static int compare_pupils(const void *a, const void *b)
{
    const grown_pupil *x = a;
    const grown_pupil *y = b;
    if (x->promise != y->promise) {
        return x->promise < y->promise ? -1 : 1;
    }
    return (x->rest > y->rest) - (x->rest < y->rest);
}

static void take_groups(const sign_world *w, const level_model *m, const double *z, const double *var, growth *o)
{
    size_t used = 0;
    for (size_t i = 0; i < m->n; i++) {
        const sign_group *g = &w->group[w->first[m->target] + i];
        grown_group *r = &o->group[i];
        *r = (grown_group){ .first = used };
        if (isnan(z[i])) {
            continue;
        }
        r->shift = z[i] * sqrt(var[i]);
        r->n = take_pupils(w, m, g, g->level - r->shift, &r->pupil, o->pupil + used);
        used += r->n;
        double own = r->n > 0 ? r->pupil / (double)r->n : 0;
        r->common = fmax(var[i] - own, LEAST_COMMON * var[i]);
        double wider = r->n > 0 ? sqrt((double)r->n / (double)(r->n - 1)) : 0;
        for (size_t k = 0; k < r->n && sign_fits(w, g, OKO_FAMILY_LEVEL); k++) {
            o->pool[o->n_pool++] = (grown_pupil){ o->pupil[r->first + k].promise, wider * o->pupil[r->first + k].rest };
        }
    }
    qsort(o->pool, o->n_pool, sizeof *o->pool, compare_pupils);
}

/* ---- the ratio ---- */

double level_growth_ratio(size_t n, double common, double pupil, const double *r, const double *gain)
{
    double mean = 0;
    for (size_t i = 0; i < n; i++) {
        mean += r[i] / (double)n;
    }
    double post = 1 / (1 / common + (double)n / pupil);
    double centre = post * (double)n / pupil * mean;
    double scale = GROWN / sqrt(LEFT);
    double half = .5 / pupil;
    double value[NODES];
    double most = -INFINITY;
    for (int k = 0; k < NODES; k++) {
        double x = LOW + STEP * k;
        double shift = centre + x * sqrt(post);
        double sum = -.5 * x * x;
        double product = 1;
        for (size_t i = 0; i < n; i++) {
            double plain = r[i] - shift;
            double grown = plain - gain[i];
            product *= 1 - GROWN + scale * exp(half * (plain * plain - grown * grown / LEFT));
            if (i % FACTORS == FACTORS - 1) {
                sum += log(product);
                product = 1;
            }
        }
        value[k] = sum + log(product);
        most = fmax(most, value[k]);
    }
    double sum = 0;
    for (int k = 0; k < NODES; k++) {
        sum += exp(value[k] - most);
    }
    return most + log(sum * STEP / ROOT_OF_TWO_PI);
}

/* First of the pool that is not below a promise. */
static size_t place_of(const growth *o, double promise)
{
    size_t low = 0;
    size_t high = o->n_pool;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (o->pool[middle].promise < promise) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint64_t stream_of(const sign_group *g)
{
    return UINT64_C(0x6752) << 48 ^ (uint64_t)(unsigned)g->in->test << 33 ^ g->in->unit;
}

/* The ratio of a group, and of replicates that draw the group's shift and borrow the rests of pupils with the same
 * promise. */
static void judge_group(const sign_world *w, const sign_group *g, const growth *o, const grown_group *r, double *values)
{
    double *result = o->work;
    double *gain = o->work + r->n;
    const grown_pupil *p = o->pupil + r->first;
    for (size_t i = 0; i < r->n; i++) {
        result[i] = r->shift + p[i].rest;
        gain[i] = table_at(o->gain, p[i].promise);
        o->place[i] = place_of(o, p[i].promise);
    }
    values[0] = level_growth_ratio(r->n, r->common, r->pupil, result, gain);
    oko_rng rng = oko_rng_make(w->options.seed, stream_of(g));
    for (int k = 1; k <= w->options.replicates; k++) {
        double shift = WIDER * sqrt(r->common) * oko_rng_normal(&rng);
        for (size_t i = 0; i < r->n; i++) {
            size_t at = o->place[i] + oko_rng_below(&rng, 2 * DONORS);
            at = at < DONORS ? 0 : at - DONORS;
            at = at < o->n_pool ? at : o->n_pool - 1;
            result[i] = shift + WIDER * o->pool[at].rest;
        }
        values[k] = level_growth_ratio(r->n, r->common, r->pupil, result, gain);
    }
}

static oko_status judge(sign_world *w, const level_model *m, const growth *o, int worker, double *values, double *size,
                        double *level, double *ret_log_p)
{
    size_t step = (size_t)w->options.replicates + 1;
    oko_status status = OKO_OK;
    for (size_t i = 0; i < m->n && status == OKO_OK; i++) {
        const sign_group *g = &w->group[w->first[m->target] + i];
        size[i] = (double)o->group[i].n;
        level[i] = g->level;
        for (size_t k = 0; k < step; k++) {
            values[i * step + k] = NAN;
        }
        if (o->group[i].n > 0) {
            judge_group(w, g, o, &o->group[i], values + i * step);
            status = sign_tell(w, worker, 0);
        }
    }
    return status == OKO_OK ? bootstrap_log_p(m->n, 1, w->options.replicates, values, size, level, 1, NULL, ret_log_p)
                            : status;
}

oko_status level_growth(sign_world *w, const level_model *m, const double *z, const double *var, int worker,
                        double *ret_log_p)
{
    size_t rows = 0;
    size_t most = 0;
    for (size_t i = 0; i < m->n; i++) {
        size_t n = (size_t)w->group[w->first[m->target] + i].in->n;
        rows += n;
        most = n > most ? n : most;
        ret_log_p[i] = NAN;
    }
    OKO_CLEANUP(oko_freep) grown_group *group = oko_alloc_array(m->n, sizeof *group);
    OKO_CLEANUP(oko_freep) grown_pupil *pupil = oko_alloc_array(2 * rows + 1, sizeof *pupil);
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(2 * most + 1, sizeof *work);
    OKO_CLEANUP(oko_freep) size_t *place = oko_alloc_array(most + 1, sizeof *place);
    OKO_CLEANUP(oko_freep)
    double *numbers = oko_alloc_array(m->n * ((size_t)w->options.replicates + 3), sizeof *numbers);
    if (group == NULL || pupil == NULL || work == NULL || place == NULL || numbers == NULL) {
        return OKO_E_MEMORY;
    }
    growth o = { .group = group, .pupil = pupil, .pool = pupil + rows, .work = work, .place = place };
    fill_gains(w, m, o.gain);
    take_groups(w, m, z, var, &o);
    return o.n_pool >= MIN_POOL ? judge(w, m, &o, worker, numbers + 2 * m->n, numbers, numbers + m->n, ret_log_p)
                                : OKO_OK;
}
