/*
 * Pattern of answers (картина ответов): what a group's answers look like given its totals. All statistics are taken of
 * the observed works and of works drawn from the null with the same totals; p comes from the drawn ones.
 *
 * contrast   Σ w_j r_j, r_j = observed − expected points of item j, w the best direction for points that fall where
 *            points are missing (hard items) instead of where ability puts them
 * profile    Σ max(0, z_j)²; told: Σ log(1 − ε + ε·exp(a z_j − a²/2))
 * pairs      Σ over pairs log(1 − ε + ε·LR): LR of one work taking a share c of its answers from the other, with
 *            P of each answer at the pupil's total and the group's own item effects (rare answers in common weigh more)
 * nearest    the largest LR; person fit: − mean standardised log P of the works (lz)
 */
#include "stats/null_donors.h"

#include "base/memory.h"
#include "base/threads.h"
#include "stats/special.h"

#include <math.h>
#include <string.h>

enum { CONTRAST, PROFILE, TOLD, PAIRS, NEAREST, FIT, STATS, MAX_PAIR_WORKS = 400, MIN_WORKS = 5 };
#define TOLD_SHARE .2
#define TOLD_SHIFT 2.5
#define LARGE_LR 60.0
#define NO_LR (-7.0) /* below, the pair counts as unlike */
#define COPIED .4    /* share of answers taken in the alternative */

static const oko_statistic stat_of[STATS] = { OKO_STAT_CONTRAST, OKO_STAT_PROFILE, OKO_STAT_TOLD,
                                              OKO_STAT_PAIRS,    OKO_STAT_NEAREST, OKO_STAT_PERSON_FIT };

typedef struct pair_found {
    int a, b;
} pair_found;

typedef struct pattern_work {
    null_sampler sampler;
    null_works drawn;
    float *gain;     /* [n × n_items] log LR of a match at the answer given */
    int32_t *column; /* [n_items × n] categories */
    float *sum;      /* [n × n] */
    size_t *taken;   /* [n] */
    double *odds;    /* [n_cats] */
    double *weight;  /* [n × n_items] of the contrast */
    double scale;    /* its SD */
} pattern_work;

typedef struct pattern_job {
    sign_world *w;
    int test;
    size_t first;
    const null_donors *donors;
    pattern_work *work; /* per worker */
    double *values;     /* [STATS][n × (R+1)] */
    size_t n;
} pattern_job;

static void work_clear(pattern_work *p)
{
    null_sampler_clear(&p->sampler);
    oko_freep(&p->drawn.cat);
    oko_freep(&p->drawn.excess);
    oko_freep(&p->drawn.info);
    oko_freep(&p->gain);
    oko_freep(&p->column);
    oko_freep(&p->sum);
    oko_freep(&p->taken);
    oko_freep(&p->odds);
    oko_freep(&p->weight);
}

static oko_status work_new(const null_curves *c, size_t most, pattern_work *ret)
{
    size_t items = (size_t)c->n_items;
    size_t pairs = most < MAX_PAIR_WORKS ? most : MAX_PAIR_WORKS;
    pattern_work p = { .drawn.cat = oko_calloc_array(most * items, 1),
                       .drawn.excess = oko_calloc_array(items, sizeof(double)),
                       .drawn.info = oko_calloc_array(items, sizeof(double)),
                       .gain = oko_calloc_array(pairs * items, sizeof(float)),
                       .column = oko_calloc_array(pairs * items, sizeof(int32_t)),
                       .sum = oko_calloc_array(pairs * pairs, sizeof(float)),
                       .taken = oko_calloc_array(most, sizeof(size_t)),
                       .odds = oko_calloc_array((size_t)c->n_cats, sizeof(double)),
                       .weight = oko_calloc_array(most * items, sizeof(double)) };
    bool all = p.drawn.cat != NULL && p.drawn.excess != NULL && p.drawn.info != NULL && p.gain != NULL &&
               p.column != NULL && p.sum != NULL && p.odds != NULL && p.taken != NULL && p.weight != NULL;
    oko_status status = all ? null_sampler_new(c, &p.sampler) : OKO_E_MEMORY;
    if (status != OKO_OK) {
        work_clear(&p);
        return status;
    }
    *ret = p;
    return OKO_OK;
}

/*
 * Weights of the contrast: points that fall where points are missing, against the covariance diag(v) + σ²vv' that an
 * item × group effect gives the works' deviations on one item: w_ij = u_ij/v_ij − σ²U_j/(1 + σ²V_j). The first part
 * (a weak pupil on a hard item) is free of item × group effects, the second weighs the item's mean. Totals given.
 */
static void contrast_weights(const null_curves *c, const null_works *g, double *weight)
{
    size_t items = (size_t)c->n_items;
    for (size_t j = 0; j < items; j++) {
        double room = 0;
        double info = 0;
        for (int i = 0; i < g->n; i++) {
            size_t at = (size_t)g->total[i] * items + j;
            double v = c->var[at];
            double u = v > 0 ? c->item_max[j] - c->mean[at] : 0;
            weight[(size_t)i * items + j] = v > 0 ? u / (v > .02 ? v : .02) : 0;
            room += u;
            info += v;
        }
        double common = c->sigma2[j] * room / (1 + c->sigma2[j] * info);
        for (int i = 0; i < g->n; i++) {
            weight[(size_t)i * items + j] -= common;
        }
    }
    for (int i = 0; i < g->n; i++) { /* the total is given: only differences between items count */
        double sum = 0;
        double all = 0;
        for (size_t j = 0; j < items; j++) {
            double v = c->var[(size_t)g->total[i] * items + j];
            sum += v * weight[(size_t)i * items + j];
            all += v;
        }
        for (size_t j = 0; j < items && all > 0; j++) {
            weight[(size_t)i * items + j] -= sum / all;
        }
    }
}

/* Variance of the contrast under the null, for scale. */
static double contrast_sd(const null_curves *c, const null_works *g, const double *weight)
{
    size_t items = (size_t)c->n_items;
    double var = 0;
    for (size_t j = 0; j < items; j++) {
        double common = 0;
        for (int i = 0; i < g->n; i++) {
            double v = c->var[(size_t)g->total[i] * items + j];
            double w = weight[(size_t)i * items + j];
            var += w * w * v;
            common += w * v;
        }
        var += c->sigma2[j] * common * common;
    }
    return var > 0 ? sqrt(var) : NAN;
}

static double contrast(const null_curves *c, const null_works *g, const double *weight)
{
    size_t items = (size_t)c->n_items;
    double sum = 0;
    for (int i = 0; i < g->n; i++) {
        const double *mean = c->mean + (size_t)g->total[i] * items;
        const uint8_t *cat = g->cat + (size_t)i * items;
        const double *w = weight + (size_t)i * items;
        for (size_t j = 0; j < items; j++) {
            sum += w[j] * ((cat[j] <= c->item_max[j] ? cat[j] : 0) - mean[j]);
        }
    }
    return sum;
}

static void profile(const null_curves *c, const null_works *g, double *ret_profile, double *ret_told)
{
    *ret_profile = 0;
    *ret_told = 0;
    for (int j = 0; j < c->n_items; j++) {
        double a = g->info[j];
        if (!(a > 1e-6)) {
            continue;
        }
        double z = g->excess[j] / sqrt(a + c->sigma2[j] * a * a);
        *ret_profile += z > 0 ? z * z : 0;
        double lr = TOLD_SHIFT * z - .5 * TOLD_SHIFT * TOLD_SHIFT;
        *ret_told += lr > 40 ? lr + log(TOLD_SHARE) : log(1 - TOLD_SHARE + TOLD_SHARE * exp(lr));
    }
}

static double person_fit(const null_curves *c, const null_works *g)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; i < g->n; i++) {
        int t = g->total[i];
        if (!(c->fit_var[t] > 0) || t == 0 || t == c->full) {
            continue;
        }
        const double *log_p = c->log_p + (size_t)t * (size_t)c->n_items * (size_t)c->n_cats;
        const uint8_t *cat = g->cat + (size_t)i * (size_t)c->n_items;
        double l = 0;
        for (int j = 0; j < c->n_items; j++) {
            l += log_p[(size_t)j * (size_t)c->n_cats + cat[j]];
        }
        sum -= (l - c->fit_mean[t]) / sqrt(c->fit_var[t]);
        n++;
    }
    return n > 0 ? sum / sqrt(n) : NAN;
}

/* log x to 1e-5 for x > 0, by +, × and ÷ alone: the same digits everywhere. */
static float quick_log(float x)
{
    union {
        float f;
        uint32_t u;
    } bits = { x };
    int exponent = (int)(bits.u >> 23) - 127;
    bits.u = (bits.u & 0x7FFFFFu) | 0x3F800000u;
    float m = bits.f;
    if (m > 1.41421356f) {
        m *= .5f;
        exponent++;
    }
    float s = (m - 1) / (m + 1);
    float s2 = s * s;
    return .693147181f * (float)exponent + 2 * s * (1 + s2 * (1.f / 3 + s2 * (1.f / 5 + s2 * (1.f / 7))));
}

/* log LR of each answer being met again in a work it is taken from; P shifted by the group's own item effects. */
static void fill_gains(const null_curves *c, const null_works *g, pattern_work *p)
{
    double ratio = COPIED / (1 - COPIED);
    for (int j = 0; j < c->n_items; j++) {
        double effect = c->sigma2[j] * g->excess[j] / (1 + c->sigma2[j] * g->info[j]);
        int max = c->item_max[j];
        for (int k = 0; k <= max; k++) {
            p->odds[k] = exp(effect * k);
        }
        p->odds[max + 1] = 1;
        for (int i = 0; i < g->n; i++) {
            const double *q = c->p + ((size_t)g->total[i] * (size_t)c->n_items + (size_t)j) * (size_t)c->n_cats;
            int k = g->cat[(size_t)i * (size_t)c->n_items + (size_t)j];
            double sum = 0;
            for (int m = 0; m <= max + 1; m++) {
                sum += q[m] * p->odds[m];
            }
            double chance = q[k] * p->odds[k] / sum;
            size_t at = (size_t)i * (size_t)c->n_items + (size_t)j;
            p->gain[at] = quick_log((float)(1 + ratio / (chance > 1e-4 ? chance : 1e-4)));
            p->column[(size_t)j * (size_t)g->n + (size_t)i] = k;
        }
    }
}

static void pair_sums(const null_curves *c, int n, pattern_work *p)
{
    for (int i = 0; i < n; i++) {
        float *restrict sum = p->sum + (size_t)i * (size_t)n;
        for (int k = 0; k < n; k++) {
            sum[k] = 0;
        }
        for (int j = 0; j < c->n_items; j++) {
            const int32_t *restrict column = p->column + (size_t)j * (size_t)n;
            float gain = p->gain[(size_t)i * (size_t)c->n_items + (size_t)j];
            int32_t own = column[i];
            for (int k = 0; k < n; k++) {
                sum[k] += column[k] == own ? gain : 0;
            }
        }
    }
}

static void pairs(const null_curves *c, const null_works *g, pattern_work *p, double *ret_pairs, double *ret_nearest,
                  pair_found *ret_pair)
{
    int n = g->n;
    fill_gains(c, g, p);
    pair_sums(c, n, p);
    double none = c->n_items * log(1 - COPIED);
    double share = .5 / (n - 1);
    double log_all = 0;
    double product = 1;
    *ret_nearest = -INFINITY;
    for (int i = 0; i < n; i++) {
        for (int k = i + 1; k < n; k++) {
            bool edge = g->total[i] == 0 || g->total[k] == c->full;
            double x = p->sum[(size_t)i * (size_t)n + (size_t)k] + none;
            double y = p->sum[(size_t)k * (size_t)n + (size_t)i] + none;
            double high = x > y ? x : y;
            if (edge) { /* empty and full works are alike by necessity */
                continue;
            }
            if (high > *ret_nearest) {
                *ret_nearest = high;
                *ret_pair = (pair_found){ i, k };
            }
            if (high > LARGE_LR) {
                log_all += high + log(.5 * share);
                continue;
            }
            product *= 1 + share * ((high > NO_LR ? .5 * (exp(x) + exp(y)) : 0) - 1);
            if (product > 1e200) {
                log_all += log(product);
                product = 1;
            }
        }
    }
    *ret_pairs = log_all + log(product);
}

static void statistics(const null_curves *c, const null_works *g, pattern_work *p, double *ret, size_t step,
                       pair_found *ret_pair)
{
    double value[STATS] = { NAN, NAN, NAN, NAN, NAN, NAN };
    value[CONTRAST] = contrast(c, g, p->weight) / p->scale;
    profile(c, g, &value[PROFILE], &value[TOLD]);
    value[FIT] = person_fit(c, g);
    if (g->n <= MAX_PAIR_WORKS) {
        pairs(c, g, p, &value[PAIRS], &value[NEAREST], ret_pair);
    }
    for (int s = 0; s < STATS; s++) {
        ret[(size_t)s * step] = value[s];
    }
}

/* The items that stand out, and the most similar pair in the caller's rows. */
static void describe(const null_curves *c, const null_works *g, const pair_found *pair, oko_sign *sign)
{
    sign->n_good = 0;
    sign->n_bad = 0;
    double taken[2] = { INFINITY, -INFINITY };
    for (int side = 0; side < 2; side++) {
        for (int rank = 0; rank < OKO_SIGNS_TOP; rank++) {
            int best = -1;
            double best_z = 2;
            for (int j = 0; j < c->n_items; j++) {
                double a = g->info[j];
                double z = a > 1e-6 ? g->excess[j] / sqrt(a + c->sigma2[j] * a * a) : 0;
                double strength = side == 0 ? z : -z;
                bool later = side == 0 ? z < taken[0] : z > taken[1];
                if (strength > best_z && later) {
                    best = j;
                    best_z = strength;
                }
            }
            if (best < 0) {
                break;
            }
            taken[side] = side == 0 ? best_z : -best_z;
            if (side == 0) {
                sign->good[sign->n_good++] = (int16_t)best;
            } else {
                sign->bad[sign->n_bad++] = (int16_t)best;
            }
        }
    }
    if (g->n > MAX_PAIR_WORKS || pair->a == pair->b) {
        return;
    }
    sign->pair[0] = g->row[pair->a];
    sign->pair[1] = g->row[pair->b];
    sign->pair_same = 0;
    sign->pair_expected = 0;
    for (int j = 0; j < c->n_items; j++) {
        size_t row = (size_t)c->n_items * (size_t)c->n_cats;
        const double *x = c->p + (size_t)g->total[pair->a] * row + (size_t)j * (size_t)c->n_cats;
        const double *y = c->p + (size_t)g->total[pair->b] * row + (size_t)j * (size_t)c->n_cats;
        for (int k = 0; k <= c->item_max[j] + 1; k++) {
            sign->pair_expected += x[k] * y[k];
        }
        sign->pair_same += g->cat[(size_t)pair->a * (size_t)c->n_items + (size_t)j] ==
                           g->cat[(size_t)pair->b * (size_t)c->n_items + (size_t)j];
    }
}

static uint64_t stream_of(const sign_group *g)
{
    return ((uint64_t)(unsigned)g->in->test << 32 | g->in->unit) * UINT64_C(0x9E3779B97F4A7C15) + 7;
}

static oko_status one_group(void *ctx, size_t i, int worker)
{
    pattern_job *job = ctx;
    const null_curves *c = &job->w->curves[job->test];
    const sign_group *g = &job->w->group[job->first + i];
    pattern_work *p = &job->work[worker];
    int replicates = job->w->options.replicates;
    size_t stride = (size_t)replicates + 1;
    size_t step = job->n * stride;
    double *values = job->values + i * stride;
    if (g->works.n < MIN_WORKS) {
        for (int s = 0; s < STATS; s++) {
            values[(size_t)s * step] = NAN;
        }
        return OKO_OK;
    }
    contrast_weights(c, &g->works, p->weight);
    p->scale = contrast_sd(c, &g->works, p->weight);
    pair_found pair = { 0, 0 };
    statistics(c, &g->works, p, values, step, &pair);
    describe(c, &g->works, &pair, &job->w->sign[job->first + i]);
    null_works drawn = {
        .n = g->works.n, .total = g->works.total, .cat = p->drawn.cat, .excess = p->drawn.excess, .info = p->drawn.info
    };
    oko_rng rng = oko_rng_make(job->w->options.seed, stream_of(g));
    for (int r = 1; r <= replicates; r++) {
        null_donate(c, job->donors, &p->sampler, &rng, (uint32_t)i, p->taken, &drawn);
        null_works_sum(c, &drawn);
        statistics(c, &drawn, p, values + r, step, &pair);
    }
    return OKO_OK;
}

static oko_status finish(sign_world *w, const pattern_job *job, double *size, double *level, double *log_p)
{
    for (size_t i = 0; i < job->n; i++) {
        const sign_group *g = &w->group[job->first + i];
        size[i] = g->works.n >= MIN_WORKS ? g->works.n : 0;
        level[i] = g->level;
    }
    oko_status status =
        bootstrap_log_p(job->n, STATS, w->options.replicates, job->values, size, level, w->options.threads, log_p);
    for (int s = 0; s < STATS && status == OKO_OK; s++) {
        status = null_guard_log_p(job->n, log_p + (size_t)s * job->n);
        for (size_t i = 0; i < job->n && status == OKO_OK; i++) {
            w->sign[job->first + i].stat_log_p[stat_of[s]] = log_p[(size_t)s * job->n + i];
        }
    }
    return status;
}

oko_status family_pattern(sign_world *w, int test)
{
    const null_curves *c = &w->curves[test];
    size_t n = w->first[test + 1] - w->first[test];
    size_t most = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        size_t here = (size_t)w->group[i].works.n;
        most = here > most ? here : most;
    }
    if (c->n_items < 3 || most < MIN_WORKS) {
        return OKO_OK;
    }
    int workers = w->options.threads > 0 ? w->options.threads : oko_cores();
    OKO_CLEANUP(oko_freep)
    double *values = oko_alloc_array(STATS * n * ((size_t)w->options.replicates + 1), sizeof *values);
    OKO_CLEANUP(oko_freep) double *size = oko_alloc_array((2 + STATS) * n, sizeof *size);
    OKO_CLEANUP(oko_freep) pattern_work *work = oko_calloc_array((size_t)workers, sizeof *work);
    oko_status status = values != NULL && size != NULL && work != NULL ? OKO_OK : OKO_E_MEMORY;
    for (int k = 0; k < workers && status == OKO_OK; k++) {
        status = work_new(c, most, &work[k]);
    }
    OKO_CLEANUP(null_donors_clear) null_donors donors = { 0 };
    if (status == OKO_OK) {
        status = null_donors_new(w, test, &donors);
    }
    pattern_job job = { w, test, w->first[test], &donors, work, values, n };
    if (status == OKO_OK) {
        status = oko_parallel_for(n, workers, one_group, &job);
    }
    if (status == OKO_OK) {
        status = finish(w, &job, size, size + n, size + 2 * n);
    }
    for (int k = 0; work != NULL && k < workers; k++) {
        work_clear(&work[k]);
    }
    return status;
}
