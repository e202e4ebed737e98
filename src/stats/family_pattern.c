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
#include "stats/pattern_kernel.h"

#include "base/memory.h"
#include "base/threads.h"
#include "stats/special.h"

#include <math.h>
#include <string.h>

enum { CONTRAST, PROFILE, TOLD, PAIRS, NEAREST, FIT, STATS, MAX_PAIR_WORKS = 400, MIN_WORKS = 5 };
#define TOLD_SHARE .2
#define TOLD_SHIFT 2.5f
#define COPIED .4 /* share of answers taken in the alternative */

static const oko_statistic stat_of[STATS] = { OKO_STAT_CONTRAST, OKO_STAT_PROFILE, OKO_STAT_TOLD,
                                              OKO_STAT_PAIRS,    OKO_STAT_NEAREST, OKO_STAT_PERSON_FIT };

/* Workspace of one thread, and what is the same for a group's own works and for those drawn in their place. */
typedef struct pattern_work {
    null_sampler sampler;
    null_drawn drawn;   /* the works under the statistics */
    float *gain;        /* [n_items × stride] log LR of a match at the answer given */
    float *odds;        /* [n_cats] */
    double *weight;     /* [n_items × stride] of the contrast */
    double *expected;   /* [n_items] Σ of the works' expected scores */
    double *inverse_sd; /* [n_items] of the excess; 0 = nothing to tell */
    double *excess;     /* [n_items] */
    double *info;       /* [n_items] variance of the excess without item × group variance */
    double scale;       /* SD of the contrast */
    double centre;      /* its value at the expected scores */
    int n_fit;          /* works that person fit tells apart */
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
    oko_freep(&p->drawn.code);
    oko_freep(&p->drawn.taken);
    oko_freep(&p->gain);
    oko_freep(&p->odds);
    oko_freep(&p->weight);
    oko_freep(&p->expected);
    oko_freep(&p->inverse_sd);
    oko_freep(&p->excess);
    oko_freep(&p->info);
}

static oko_status work_new(const null_curves *c, size_t most, pattern_work *ret)
{
    size_t items = (size_t)c->n_items;
    size_t cells = pattern_stride(most) * items;
    size_t paired = pattern_stride(most < MAX_PAIR_WORKS ? most : MAX_PAIR_WORKS) * items;
    pattern_work p = { .drawn.code = oko_calloc_array(cells, sizeof(int32_t)),
                       .drawn.taken = oko_calloc_array(most, sizeof(size_t)),
                       .gain = oko_calloc_array(paired, sizeof(float)),
                       .odds = oko_calloc_array((size_t)c->n_cats, sizeof(float)),
                       .weight = oko_calloc_array(cells, sizeof(double)),
                       .expected = oko_calloc_array(items, sizeof(double)),
                       .inverse_sd = oko_calloc_array(items, sizeof(double)),
                       .excess = oko_calloc_array(items, sizeof(double)),
                       .info = oko_calloc_array(items, sizeof(double)) };
    bool all = p.drawn.code != NULL && p.drawn.taken != NULL && p.gain != NULL && p.odds != NULL && p.weight != NULL &&
               p.expected != NULL && p.inverse_sd != NULL && p.excess != NULL && p.info != NULL;
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
static void contrast_weights(const null_curves *c, const null_works *g, size_t stride, double *weight)
{
    size_t items = (size_t)c->n_items;
    double share = null_group_share(c, g);
    for (size_t j = 0; j < items; j++) {
        double sigma2 = share * c->sigma2[j];
        double room = 0;
        double info = 0;
        double *at = weight + j * stride;
        for (int i = 0; i < g->n; i++) {
            double v = c->var[(size_t)g->total[i] * items + j];
            double u = v > 0 ? c->item_max[j] - c->mean[(size_t)g->total[i] * items + j] : 0;
            at[i] = v > 0 ? u / (v > .02 ? v : .02) : 0;
            room += u;
            info += v;
        }
        double common = sigma2 * room / (1 + sigma2 * info);
        for (size_t i = 0; i < stride; i++) {
            at[i] = i < (size_t)g->n ? at[i] - common : 0;
        }
    }
    for (int i = 0; i < g->n; i++) { /* the total is given: only differences between items count */
        const double *var = c->var + (size_t)g->total[i] * items;
        double sum = 0;
        double all = 0;
        for (size_t j = 0; j < items; j++) {
            sum += var[j] * weight[j * stride + (size_t)i];
            all += var[j];
        }
        for (size_t j = 0; j < items && all > 0; j++) {
            weight[j * stride + (size_t)i] -= sum / all;
        }
    }
}

/* What depends on the totals only: weights, expected scores and scales. */
static void prepare_group(const null_curves *c, const null_works *g, pattern_work *p)
{
    size_t items = (size_t)c->n_items;
    size_t stride = pattern_stride((size_t)g->n);
    double share = null_group_share(c, g);
    double var = 0;
    p->drawn.stride = stride;
    p->centre = 0;
    p->n_fit = 0;
    contrast_weights(c, g, stride, p->weight);
    null_works_sum(c, g, p->excess, p->info);
    for (int i = 0; i < g->n; i++) {
        p->n_fit += null_fit_known(c, g->total[i]);
    }
    for (size_t j = 0; j < items; j++) {
        double sigma2 = share * c->sigma2[j];
        double common = 0;
        p->expected[j] = 0;
        for (int i = 0; i < g->n; i++) {
            double v = c->var[(size_t)g->total[i] * items + j];
            double mean = c->mean[(size_t)g->total[i] * items + j];
            double w = p->weight[j * stride + (size_t)i];
            var += w * w * v;
            common += w * v;
            p->centre += w * mean;
            p->expected[j] += mean;
        }
        var += sigma2 * common * common;
        double a = p->info[j];
        p->inverse_sd[j] = a > 1e-6 ? 1 / sqrt(a + sigma2 * a * a) : 0;
        for (size_t i = (size_t)g->n; i < stride; i++) {
            p->drawn.code[j * stride + i] = 0;
        }
    }
    p->scale = var > 0 ? sqrt(var) : NAN;
}

/* Observed − expected points of the items. */
static void sum_items(const null_curves *c, const null_works *g, pattern_work *p)
{
    for (size_t j = 0; j < (size_t)c->n_items; j++) {
        const int32_t *code = p->drawn.code + j * p->drawn.stride;
        int32_t sum = 0;
        for (int i = 0; i < g->n; i++) {
            sum += code[i];
        }
        p->excess[j] = sum - p->expected[j];
    }
}

static void profile(const null_curves *c, const pattern_work *p, double *ret_profile, double *ret_told)
{
    double log_all = 0;
    double product = 1;
    *ret_profile = 0;
    for (int j = 0; j < c->n_items; j++) {
        if (!(p->inverse_sd[j] > 0)) {
            continue;
        }
        double z = p->excess[j] * p->inverse_sd[j];
        *ret_profile += z > 0 ? z * z : 0;
        float lr = TOLD_SHIFT * (float)z - .5f * TOLD_SHIFT * TOLD_SHIFT;
        if (lr > 40) {
            log_all += (double)lr + log(TOLD_SHARE);
            continue;
        }
        product *= 1 - TOLD_SHARE + TOLD_SHARE * (double)pattern_exp(lr);
        if (product > 1e200) {
            log_all += log(product);
            product = 1;
        }
    }
    *ret_told = log_all + log(product);
}

/* log LR of each answer being met again in a work it is taken from; P shifted by the group's own item effects. */
static void fill_gains(const null_curves *c, const null_works *g, pattern_work *p)
{
    const float ratio = (float)(COPIED / (1 - COPIED));
    size_t stride = p->drawn.stride;
    double share = null_group_share(c, g);
    for (int j = 0; j < c->n_items; j++) {
        double sigma2 = share * c->sigma2[j];
        double effect = sigma2 * p->excess[j] / (1 + sigma2 * p->info[j]);
        int max = c->item_max[j];
        float step = pattern_exp((float)effect);
        p->odds[0] = 1;
        for (int k = 1; k <= max; k++) {
            p->odds[k] = p->odds[k - 1] * step;
        }
        p->odds[max + 1] = 1;
        float *gain = p->gain + (size_t)j * stride;
        const int32_t *code = p->drawn.code + (size_t)j * stride;
        const double *q = NULL;
        float sum = 0;
        for (int i = 0; i < g->n; i++) {
            if (i == 0 || g->total[i] != g->total[i - 1]) {
                q = c->p + ((size_t)g->total[i] * (size_t)c->n_items + (size_t)j) * (size_t)c->n_cats;
                sum = 0;
                for (int m = 0; m <= max + 1; m++) {
                    sum += (float)q[m] * p->odds[m];
                }
            }
            float chance = (float)q[code[i]] * p->odds[code[i]];
            gain[i] = 1 + ratio * (chance > 1e-4f * sum ? sum / chance : 1e4f);
        }
        for (size_t i = (size_t)g->n; i < stride; i++) {
            gain[i] = 1;
        }
    }
    pattern_log_kernel(stride * (size_t)c->n_items, p->gain);
}

/* Works of the variant that work `first` is of, from there on. */
static int block_end(const null_curves *c, const null_works *g, int first)
{
    int totals = c->max_total + 1;
    int end = first + 1;
    while (end < g->n && g->total[end] / totals == g->total[first] / totals) {
        end++;
    }
    return end;
}

/* Works of two variants have no answers in common: pairs are those within a variant. */
static void pairs(const null_curves *c, const null_works *g, pattern_work *p, pattern_pairs *ret)
{
    fill_gains(c, g, p);
    const pattern_columns columns = {
        .n_items = c->n_items, .stride = p->drawn.stride, .code = p->drawn.code, .gain = p->gain
    };
    *ret = (pattern_pairs){ .nearest = -INFINITY };
    for (int from = 0, end; from < g->n; from = end) {
        pattern_pairs here;
        end = block_end(c, g, from);
        int first = from;
        int last = end;
        while (first < last && null_total(c, g->total[first]) == 0) { /* empty and full works are alike by necessity */
            first++;
        }
        while (last > first && null_total(c, g->total[last - 1]) == c->full) {
            last--;
        }
        pattern_pairs_kernel(&columns, first, last, (float)(c->n_items * log(1 - COPIED)), (float)(.5 / (g->n - 1)),
                             &here);
        ret->log_all += here.log_all;
        if (here.nearest > ret->nearest) {
            ret->nearest = here.nearest;
            ret->a = here.a;
            ret->b = here.b;
        }
    }
}

/* Of the works that stand in p->drawn, with g's totals. */
static void statistics(const null_curves *c, const null_works *g, pattern_work *p, double *ret, size_t step,
                       pattern_pairs *ret_pair)
{
    double value[STATS] = { NAN, NAN, NAN, NAN, NAN, NAN };
    size_t cells = p->drawn.stride * (size_t)c->n_items;
    value[CONTRAST] = (pattern_dot_kernel(cells, p->weight, p->drawn.code) - p->centre) / p->scale;
    sum_items(c, g, p);
    profile(c, p, &value[PROFILE], &value[TOLD]);
    value[FIT] = p->n_fit > 0 ? -p->drawn.fit / sqrt(p->n_fit) : NAN;
    if (g->n <= MAX_PAIR_WORKS) {
        pairs(c, g, p, ret_pair);
        value[PAIRS] = ret_pair->log_all;
        value[NEAREST] = ret_pair->nearest;
    }
    for (int s = 0; s < STATS; s++) {
        ret[(size_t)s * step] = value[s];
    }
}

/* Puts the group's own works under the statistics. */
static void take_own(const null_curves *c, const null_works *g, uint8_t *cat, null_drawn *d)
{
    d->fit = 0;
    for (int i = 0; i < g->n; i++) {
        for (int j = 0; j < c->n_items; j++) {
            cat[j] = (uint8_t)null_score(g, c->n_items, i, j);
            d->code[(size_t)j * d->stride + (size_t)i] = cat[j];
        }
        d->fit += (double)null_work_fit(c, g->total[i], cat);
    }
}

/* The items that stand out, and the most similar pair in the caller's rows. */
static void describe(const null_curves *c, const null_works *g, const pattern_work *p, const pattern_pairs *pair,
                     oko_sign *sign)
{
    sign->n_good = 0;
    sign->n_bad = 0;
    double taken[2] = { INFINITY, -INFINITY };
    for (int side = 0; side < 2; side++) {
        for (int rank = 0; rank < OKO_SIGNS_TOP; rank++) {
            int best = -1;
            double best_z = 2;
            for (int j = 0; j < c->n_items; j++) {
                double z = p->excess[j] * p->inverse_sd[j];
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
        sign->pair_same += null_score(g, c->n_items, pair->a, j) == null_score(g, c->n_items, pair->b, j);
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
    prepare_group(c, &g->works, p);
    pattern_pairs pair = { .a = 0 };
    take_own(c, &g->works, p->sampler.cat, &p->drawn);
    statistics(c, &g->works, p, values, step, &pair);
    describe(c, &g->works, p, &pair, &job->w->sign[job->first + i]);
    oko_rng rng = oko_rng_make(job->w->options.seed, stream_of(g));
    for (int r = 1; r <= replicates; r++) {
        null_donate(c, job->donors, &p->sampler, &rng, (uint32_t)i, &g->works, &p->drawn);
        statistics(c, &g->works, p, values + r, step, &pair);
    }
    return sign_tell(job->w, worker, (uint64_t)replicates);
}

/* Size of a group as its pairs see it: that of a group of one variant with as many pairs to compare. */
static double pair_size(const null_curves *c, const null_works *g)
{
    double pairs = 0;
    for (int from = 0, end; from < g->n; from = end) {
        end = block_end(c, g, from);
        pairs += .5 * (end - from) * (end - from - 1);
    }
    return .5 + sqrt(.25 + 2 * pairs);
}

/* p of all statistics, each from replicates of groups of its size. size: [2 × n]. */
static oko_status calibrate(sign_world *w, const pattern_job *job, const double *size, const double *level,
                            double *log_p)
{
    int r = w->options.replicates;
    size_t step = job->n * ((size_t)r + 1);
    if (w->curves[job->test].n_blocks == 1) {
        return bootstrap_log_p(job->n, STATS, r, job->values, size, level, w->options.threads, w, log_p);
    }
    oko_status status = OKO_OK;
    for (int s = 0; s < STATS && status == OKO_OK; s++) {
        const double *of = s == PAIRS || s == NEAREST ? size + job->n : size;
        status = bootstrap_log_p(job->n, 1, r, job->values + (size_t)s * step, of, level, w->options.threads, w,
                                 log_p + (size_t)s * job->n);
    }
    return status;
}

static oko_status finish(sign_world *w, const pattern_job *job, double *size, double *level, double *log_p, bool *fits)
{
    const bool *use = (w->anchored[job->test] >> OKO_FAMILY_PATTERN & 1) != 0 ? fits : NULL;
    for (size_t i = 0; i < job->n; i++) {
        const sign_group *g = &w->group[job->first + i];
        bool judged = g->works.n >= MIN_WORKS;
        size[i] = judged ? g->works.n : 0;
        size[job->n + i] = judged ? pair_size(&w->curves[job->test], &g->works) : 0;
        level[i] = g->level;
        fits[i] = sign_fits(w, g, OKO_FAMILY_PATTERN);
    }
    oko_status status = calibrate(w, job, size, level, log_p);
    for (int s = 0; s < STATS && status == OKO_OK; s++) {
        status = null_guard_log_p(job->n, use, log_p + (size_t)s * job->n);
        status = status == OKO_OK ? sign_tell(w, 0, 0) : status;
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
    OKO_CLEANUP(oko_freep) double *size = oko_alloc_array((3 + STATS) * n, sizeof *size);
    OKO_CLEANUP(oko_freep) bool *fits = oko_alloc_array(n, sizeof *fits);
    OKO_CLEANUP(oko_freep) pattern_work *work = oko_calloc_array((size_t)workers, sizeof *work);
    oko_status status = values != NULL && size != NULL && fits != NULL && work != NULL ? OKO_OK : OKO_E_MEMORY;
    for (int k = 0; k < workers && status == OKO_OK; k++) {
        status = work_new(c, most, &work[k]);
    }
    OKO_CLEANUP(null_donors_clear) null_donors donors = { 0 };
    if (status == OKO_OK) {
        status = null_donors_new(w, test, &donors);
    }
    status = status == OKO_OK ? sign_tell(w, 0, 0) : status;
    pattern_job job = { w, test, w->first[test], &donors, work, values, n };
    if (status == OKO_OK) {
        status = oko_parallel_for(n, workers, one_group, &job);
    }
    if (status == OKO_OK) {
        status = finish(w, &job, size, size + 2 * n, size + 3 * n, fits);
    }
    for (int k = 0; work != NULL && k < workers; k++) {
        work_clear(&work[k]);
    }
    return status;
}
