/* The region: counterfactual, works lifted over each cut-off, bootstrap intervals. */
#include <oko/signs.h>
#include <oko/threshold.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/threads.h"
#include "stats/counterfactual.h"
#include "stats/lifting.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MIN_WORKS = 200,
    DEFAULT_REPLICATES = 400,
    MIN_REPLICATES = 20,
    MAX_REPLICATES = 100000,
    MAX_TOTAL = 1000,
    MAX_WORKERS = 64,
    NARROW_SCALE = 24 /* up to this maximum the window is ±1, above ±2 */
};

/* ---- windows ---- */

static bool spec_is_valid(const oko_threshold_spec *spec)
{
    if (spec == NULL || spec->max_total < 1 || spec->max_total > MAX_TOTAL || spec->n_cutoffs < 1 ||
        spec->n_cutoffs > OKO_THRESHOLD_MAX_CUTOFFS || spec->cutoffs == NULL || spec->n_gaps < 0 ||
        (spec->n_gaps > 0 && spec->gaps == NULL) || spec->window < 0 || spec->window > spec->max_total) {
        return false;
    }
    for (int c = 0; c < spec->n_cutoffs; c++) {
        if (spec->cutoffs[c] < 1 || spec->cutoffs[c] > spec->max_total ||
            (c > 0 && spec->cutoffs[c] <= spec->cutoffs[c - 1])) {
            return false;
        }
    }
    for (int g = 0; g < spec->n_gaps; g++) {
        if (spec->gaps[g] < 0 || spec->gaps[g] > spec->max_total) {
            return false;
        }
    }
    return true;
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

void cut_windows_place(const oko_threshold_spec *spec, oko_counterfactual *cf)
{
    int w = spec->window > 0 ? spec->window : spec->max_total <= NARROW_SCALE ? 1 : 2;
    cf->n_cutoffs = spec->n_cutoffs;
    for (int c = 0; c < spec->n_cutoffs; c++) {
        int cut = spec->cutoffs[c];
        cf->window[c] = (cut_window){ .cutoff = cut,
                                      .below_from = at_least(cut - w, 0),
                                      .above_to = at_most(cut + w - 1, spec->max_total),
                                      .block_from = at_least(cut - w - 1, 0),
                                      .block_to = at_most(cut + w, spec->max_total) };
    }
    for (int c = 1; c < spec->n_cutoffs; c++) {
        cut_window *low = &cf->window[c - 1];
        cut_window *high = &cf->window[c];
        int last = at_least((low->cutoff + high->cutoff - 1) / 2, low->cutoff); /* of the lower cut-off's half */
        low->above_to = at_most(low->above_to, last);
        low->block_to = at_most(low->block_to, last);
        high->below_from = at_least(high->below_from, last + 1); /* may leave nothing below: not testable */
        high->block_from = at_least(high->block_from, last + 1);
    }
}

/* ---- input ---- */

/* The works of the region: one row of counts per school that has works. */
typedef struct region {
    int n;       /* scores */
    size_t g;    /* schools with works */
    double *row; /* [g × n] */
    double *sum; /* [n] */
    double works;
} region;

static void region_clear(region *r)
{
    free(r->row);
    free(r->sum);
}

static oko_status region_read(const oko_threshold_spec *spec, size_t n, const oko_state *const *schools,
                              region *ret_region)
{
    size_t with_works = 0;
    for (size_t i = 0; i < n; i++) {
        if (schools[i] != NULL && oko_state_max_total(schools[i]) != spec->max_total) {
            return OKO_E_ARGUMENT;
        }
        with_works += schools[i] != NULL && oko_state_n(schools[i]) > 0;
    }
    if (with_works == 0) {
        return OKO_E_NO_DATA;
    }
    size_t scores = (size_t)spec->max_total + 1;
    OKO_CLEANUP(region_clear)
    region r = { .n = spec->max_total + 1,
                 .g = with_works,
                 .row = oko_alloc_array(with_works * scores, sizeof *r.row) };
    r.sum = oko_calloc_array(scores, sizeof *r.sum);
    if (r.row == NULL || r.sum == NULL) {
        return OKO_E_MEMORY;
    }
    double *row = r.row;
    for (size_t i = 0; i < n; i++) {
        if (schools[i] == NULL || oko_state_n(schools[i]) == 0) {
            continue;
        }
        const int64_t *histogram = oko_state_histogram(schools[i]);
        for (size_t s = 0; s < scores; s++) {
            row[s] = (double)histogram[s];
            r.sum[s] += row[s];
        }
        row += scores;
        r.works += (double)oko_state_n(schools[i]);
    }
    if (r.works < MIN_WORKS) {
        return OKO_E_NO_DATA;
    }
    *ret_region = r;
    r = (region){ 0 };
    return OKO_OK;
}

/* ---- bootstrap ---- */

typedef struct bootstrap {
    const lift_scale *scale;
    const region *region;
    const lift_fit *fit;
    double *expected; /* [n] with lifting; for the histogram bootstrap */
    uint64_t seed;
    int replicates;
    lift_work *work[MAX_WORKERS];
    double *counts;  /* [workers × n] */
    uint32_t *times; /* [workers × g] how often a school was drawn */
    double *lifted;  /* [(n_cutoffs + 1) × replicates]; NaN where the refit failed */
} bootstrap;

/* Gamma variate of mean and variance (shape = mean²/variance): Marsaglia & Tsang 2000. */
static double gamma_variate(oko_rng *rng, double mean, double variance)
{
    double shape = mean * mean / variance;
    double boost = 1;
    if (shape < 1) {
        boost = pow(1 - oko_rng_uniform(rng), 1 / shape);
        shape += 1;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / sqrt(9 * d);
    for (;;) {
        double z = oko_rng_normal(rng);
        double v = (1 + c * z) * (1 + c * z) * (1 + c * z);
        double u = 1 - oko_rng_uniform(rng);
        if (v > 0 && log(u) < .5 * z * z + d - d * v + d * log(v)) {
            return boost * d * v * variance / mean;
        }
    }
}

/* Draws schools with replacement, then adds their rows in the order of memory; sums of whole numbers are exact. */
static void resample_schools(const region *r, oko_rng *rng, uint32_t *times, double *counts)
{
    size_t n = (size_t)r->n;
    memset(counts, 0, n * sizeof *counts);
    memset(times, 0, r->g * sizeof *times);
    for (size_t i = 0; i < r->g; i++) {
        times[oko_rng_below(rng, (uint32_t)r->g)]++;
    }
    for (size_t i = 0; i < r->g; i++) {
        if (times[i] > 0) {
            const double *restrict row = r->row + n * i;
            double weight = times[i];
            for (size_t s = 0; s < n; s++) {
                counts[s] += weight * row[s];
            }
        }
    }
}

static oko_status replicate(void *ctx, size_t i, int worker)
{
    bootstrap *b = ctx;
    int n_cutoffs = b->scale->n_cutoffs;
    double *counts = b->counts + (size_t)worker * (size_t)b->scale->n;
    oko_rng rng = oko_rng_make(b->seed, i);
    if (b->region->g > 1) {
        resample_schools(b->region, &rng, b->times + (size_t)worker * b->region->g, counts);
    } else {
        for (int s = 0; s < b->scale->n; s++) {
            double e = b->expected[s];
            counts[s] = e > 0 ? gamma_variate(&rng, e, b->fit->phi * e) : 0;
        }
    }
    lift_fit fit = *b->fit;
    bool good = lift_refit(b->scale, b->work[worker], counts, false, &fit) == OKO_OK;
    double total = 0;
    for (int c = 0; c < n_cutoffs; c++) {
        b->lifted[(size_t)c * (size_t)b->replicates + i] = good ? fit.lifted[c] : NAN;
        total += fit.lifted[c];
    }
    b->lifted[(size_t)n_cutoffs * (size_t)b->replicates + i] = good ? total : NAN;
    return OKO_OK;
}

static void bootstrap_clear(bootstrap *b)
{
    for (int k = 0; k < MAX_WORKERS; k++) {
        lift_work_freep(&b->work[k]);
    }
    free(b->expected);
    free(b->counts);
    free(b->times);
    free(b->lifted);
}

/* work: of the fit, for the expected counts. */
static oko_status bootstrap_run(bootstrap *b, lift_work *work, int threads)
{
    int workers = threads == 0 ? oko_cores() : at_most(threads, MAX_WORKERS);
    b->expected = oko_alloc_array((size_t)b->scale->n, sizeof *b->expected);
    b->counts = oko_alloc_array((size_t)workers * (size_t)b->scale->n, sizeof *b->counts);
    b->times = oko_alloc_array((size_t)workers * b->region->g, sizeof *b->times);
    b->lifted = oko_alloc_array((size_t)(b->scale->n_cutoffs + 1) * (size_t)b->replicates, sizeof *b->lifted);
    if (b->expected == NULL || b->counts == NULL || b->times == NULL || b->lifted == NULL) {
        return OKO_E_MEMORY;
    }
    lift_curves(b->scale, work, b->fit, NULL, b->expected);
    for (int k = 0; k < workers; k++) {
        oko_status status = lift_work_new(b->scale, &b->work[k]);
        if (status != OKO_OK) {
            return status;
        }
    }
    return oko_parallel_for((size_t)b->replicates, workers, replicate, b);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Spread of one row of replicates: variance and 2.5 % / 97.5 % points. False when over a fifth failed. */
typedef struct spread {
    double variance, lo, hi;
} spread;

static bool row_spread(double *row, int replicates, spread *ret)
{
    int n = 0;
    double mean = 0;
    for (int i = 0; i < replicates; i++) {
        if (!isnan(row[i])) {
            row[n++] = row[i];
            mean += row[n - 1];
        }
    }
    if (n < replicates - replicates / 5) {
        return false;
    }
    mean /= n;
    ret->variance = 0;
    for (int i = 0; i < n; i++) {
        ret->variance += (row[i] - mean) * (row[i] - mean) / (n - 1);
    }
    qsort(row, (size_t)n, sizeof *row, compare_doubles);
    ret->lo = row[(int)(.025 * (n - 1) + .5)];
    ret->hi = row[(int)(.975 * (n - 1) + .5)];
    return true;
}

/* ---- result ---- */

/* One number with its interval and test: the bootstrap's, never narrower than the model's (φ, smoothing). */
typedef struct estimate {
    double value, lo, hi, z, log_p;
} estimate;

static estimate estimate_make(double value, const spread *boot, double model_var, double smoothing_var, double df)
{
    double variance = boot->variance + smoothing_var;
    variance = variance > model_var ? variance : model_var;
    if (!(variance > 0)) { /* no reachable score on one side of the cut-off */
        return (estimate){ .value = NAN, .lo = NAN, .hi = NAN, .z = NAN, .log_p = NAN };
    }
    double sd = sqrt(variance);
    double t = oko_t_975(df);
    double stretch = (boot->variance > 0 ? sd / sqrt(boot->variance) : 1) * t / 1.959964;
    double down = (value - boot->lo) * stretch;
    double up = (boot->hi - value) * stretch;
    double least = .5 * t * sd; /* a skewed bootstrap may not close one side */
    double z = value / sd;
    return (estimate){ .value = value,
                       .lo = value - (down > least ? down : least),
                       .hi = value + (up > least ? up : least),
                       .z = z,
                       .log_p = oko_log_t_q(z, df) };
}

static void fill_window(const oko_counterfactual *cf, const double *counts, int c, oko_threshold_cutoff *at)
{
    const cut_window *w = &cf->window[c];
    double q[2] = { 0 };
    double works[2] = { 0 };
    for (int s = w->below_from; s <= w->above_to; s++) {
        int side = s >= w->cutoff;
        q[side] += cf->pmf[s];
        works[side] += cf->pmf[s] > 0 ? counts[s] : 0;
    }
    at->cutoff = w->cutoff;
    at->below_from = w->below_from;
    at->above_to = w->above_to;
    at->below = (int64_t)works[0];
    at->above = (int64_t)works[1];
    at->expected_above = q[0] + q[1] > 0 ? (works[0] + works[1]) * q[1] / (q[0] + q[1]) : NAN;
}

static void fill_cutoff(double works, const estimate *e, oko_threshold_cutoff *at)
{
    at->lifted = e->value;
    at->lifted_lo = e->lo;
    at->lifted_hi = e->hi;
    at->share = e->value / works;
    at->z = e->z;
    at->log_p = e->log_p;
    at->p = exp(e->log_p);
}

/* Bootstrap and variances → the region's result. */
static oko_status region_result(const oko_counterfactual *cf, const region *r, bootstrap *b, lift_work *work,
                                oko_threshold_result *ret)
{
    double model[OKO_THRESHOLD_MAX_CUTOFFS + 1];
    double smoothing[OKO_THRESHOLD_MAX_CUTOFFS + 1];
    double step[OKO_THRESHOLD_MAX_CUTOFFS];
    oko_status status = lift_variances(b->scale, work, r->sum, b->fit, model, smoothing, step);
    if (status != OKO_OK) {
        return status;
    }
    double df = b->scale->n_fitted - b->fit->edf;
    if (r->g > 1 && (double)(r->g - 1) < df) {
        df = (double)(r->g - 1);
    }
    df = df < 2 ? 2 : df;
    oko_threshold_result result = { .n = (int64_t)r->works, .n_cutoffs = cf->n_cutoffs };
    double total = 0;
    double log_p[OKO_THRESHOLD_MAX_CUTOFFS];
    for (int c = 0; c <= cf->n_cutoffs; c++) {
        spread boot;
        if (!row_spread(b->lifted + (size_t)c * (size_t)b->replicates, b->replicates, &boot)) {
            return OKO_E_NUMERIC;
        }
        bool last = c == cf->n_cutoffs;
        estimate e = estimate_make(last ? total : b->fit->lifted[c], &boot, model[c], smoothing[c], df);
        if (last) {
            result.lifted = e.value;
            result.lifted_lo = e.lo;
            result.lifted_hi = e.hi;
        } else {
            total += isnan(e.value) ? 0 : e.value;
            fill_window(cf, r->sum, c, &result.at[c]);
            fill_cutoff(r->works, &e, &result.at[c]);
            log_p[c] = e.log_p;
        }
    }
    result.log_p = oko_cauchy_log_p((size_t)cf->n_cutoffs, log_p, NULL);
    result.p = exp(result.log_p);
    *ret = result;
    return OKO_OK;
}

/* ---- counterfactual ---- */

/* pmf from f; ends that the fit leaves out have their observed share, gaps have 0. */
static void fill_pmf(const lift_scale *scale, const region *r, oko_counterfactual *cf)
{
    double total = 0;
    for (int s = 0; s < cf->n; s++) {
        cf->pmf[s] = scale->role[s] == LIFT_GAP ? 0 : scale->role[s] == LIFT_FREE ? r->sum[s] : cf->pmf[s];
        total += cf->pmf[s];
    }
    double mean = 0;
    double square = 0;
    for (int s = 0; s < cf->n; s++) {
        cf->pmf[s] /= total;
        mean += cf->pmf[s] * s;
        square += cf->pmf[s] * s * s;
    }
    double variance = square - mean * mean;
    cf->centre = mean;
    cf->scale = variance > .25 ? sqrt(variance) : .5;
}

/* Uncertainty of the window's log odds: slope of the fit over the window, and roughness of single scores. */
static oko_status fill_uncertainty(const lift_scale *scale, lift_work *work, const region *r, const lift_fit *fit,
                                   oko_counterfactual *cf)
{
    double model[OKO_THRESHOLD_MAX_CUTOFFS + 1];
    double smoothing[OKO_THRESHOLD_MAX_CUTOFFS + 1];
    double step[OKO_THRESHOLD_MAX_CUTOFFS];
    oko_status status = lift_variances(scale, work, r->sum, fit, model, smoothing, step);
    for (int c = 0; status == OKO_OK && c < cf->n_cutoffs; c++) {
        cut_window *w = &cf->window[c];
        double side[2] = { 1e-9, 1e-9 };
        for (int s = w->below_from; s <= w->above_to; s++) {
            side[s >= w->cutoff] += r->works * cf->pmf[s];
        }
        double width = .5 * (w->above_to - w->below_from + 1);
        w->log_odds_var = width * width * step[c] + (fit->phi - 1) * (1 / side[0] + 1 / side[1]);
    }
    return status;
}

static oko_status counterfactual_make(const oko_threshold_spec *spec, const lift_scale *scale, lift_work *work,
                                      const region *r, const lift_fit *fit, oko_counterfactual **ret_cf)
{
    size_t n = (size_t)scale->n;
    OKO_CLEANUP(oko_freep) double *q = oko_alloc_array(n, sizeof *q);
    OKO_CLEANUP(oko_counterfactual_freep) oko_counterfactual *cf = calloc(1, sizeof *cf + n * sizeof cf->pmf[0]);
    if (q == NULL || cf == NULL) {
        return OKO_E_MEMORY;
    }
    cf->n = scale->n;
    cut_windows_place(spec, cf);
    lift_fit lifted_only = *fit; /* a deficit above a cut-off is noise or structure, not lifting */
    oko_status status = lift_refit(scale, work, r->sum, true, &lifted_only);
    if (status != OKO_OK) {
        return status;
    }
    lift_curves(scale, work, &lifted_only, cf->pmf, NULL);
    fill_pmf(scale, r, cf);
    status = fill_uncertainty(scale, work, r, &lifted_only, cf);
    if (status != OKO_OK) {
        return status;
    }
    cf->curvature = r->g > 1 ? tilt_common_curvature(cf, r->g, r->row, q) : 0;
    *ret_cf = cf;
    cf = NULL;
    return OKO_OK;
}

static bool options_are_valid(const oko_threshold_options *options)
{
    return options == NULL || ((options->replicates == 0 ||
                                (options->replicates >= MIN_REPLICATES && options->replicates <= MAX_REPLICATES)) &&
                               options->threads >= 0);
}

/* Scale, workspace and fit of a region that was read. The caller clears both on any status. */
static oko_status region_fit(const oko_threshold_spec *spec, const region *r, lift_scale *scale, lift_work **work,
                             lift_fit *fit)
{
    oko_status status = lift_scale_make(spec, r->sum, scale);
    if (status == OKO_OK) {
        status = lift_work_new(scale, work);
    }
    return status == OKO_OK ? lift_choose(scale, *work, r->sum, fit) : status;
}

oko_status oko_threshold_fit(const oko_threshold_spec *spec, size_t n, const oko_state *const *schools,
                             const oko_threshold_options *options, oko_counterfactual **ret_cf,
                             oko_threshold_result *ret_region)
{
    if (!spec_is_valid(spec) || (n > 0 && schools == NULL) || n > UINT32_MAX || !options_are_valid(options) ||
        ret_cf == NULL || ret_region == NULL) {
        return OKO_E_ARGUMENT;
    }
    oko_threshold_options o = options != NULL ? *options : (oko_threshold_options){ 0 };
    OKO_CLEANUP(region_clear) region r = { 0 };
    OKO_CLEANUP(lift_scale_clear) lift_scale scale = { 0 };
    OKO_CLEANUP(lift_work_freep) lift_work *work = NULL;
    OKO_CLEANUP(oko_counterfactual_freep) oko_counterfactual *cf = NULL;
    OKO_CLEANUP(bootstrap_clear)
    bootstrap boot = { .scale = &scale,
                       .region = &r,
                       .seed = o.seed,
                       .replicates = o.replicates > 0 ? o.replicates : DEFAULT_REPLICATES };
    lift_fit fit;
    oko_status status = region_read(spec, n, schools, &r);
    if (status == OKO_OK) {
        status = region_fit(spec, &r, &scale, &work, &fit);
    }
    if (status == OKO_OK) {
        status = counterfactual_make(spec, &scale, work, &r, &fit, &cf);
    }
    if (status == OKO_OK) {
        boot.fit = &fit;
        status = bootstrap_run(&boot, work, o.threads);
    }
    if (status == OKO_OK) {
        status = region_result(cf, &r, &boot, work, ret_region);
    }
    if (status == OKO_OK) {
        *ret_cf = cf;
        cf = NULL;
    }
    return status;
}

void oko_counterfactual_free(oko_counterfactual *cf)
{
    free(cf);
}

void oko_counterfactual_freep(oko_counterfactual **cf)
{
    if (cf != NULL) {
        oko_counterfactual_free(*cf);
        *cf = NULL;
    }
}

const double *oko_counterfactual_pmf(const oko_counterfactual *cf)
{
    return cf->pmf;
}
