/*
 * Cut-offs (границы отметок) of a group. bunching: the test of oko/threshold.h. landing: works exactly on the cut-offs
 * against those one and two points below, as a weighted sum whose distribution given the works around each cut-off is
 * exact (convolution), with uncertain log odds integrated out.
 */
#include "stats/counterfactual.h"
#include "stats/landing_tail.h"
#include "stats/sign_world.h"

#include "base/memory.h"
#include "base/threads.h"

#include <math.h>

enum { REPLICATES = 20, MIN_CELL = 5, MAX_TRIALS = 400 };

#define SINGLE_SHARE .3 /* weight of the single cut-offs together, against 1 of all pooled */

/* All cut-offs together, and each by itself: a school may lift over one of them only. */
static double landing(const oko_counterfactual *cf, const oko_state *state, const double *q, double *f)
{
    landing_block b[OKO_THRESHOLD_MAX_CUTOFFS];
    int cutoff[OKO_THRESHOLD_MAX_CUTOFFS];
    for (int c = 0; c < cf->n_cutoffs; c++) {
        cutoff[c] = cf->window[c].cutoff;
    }
    int n = landing_place(cf->n, cf->n_cutoffs, cutoff, oko_state_histogram(state), q, b);
    int trials = 0;
    double var = 0;
    for (int c = 0; c < n; c++) {
        trials += b[c].trials;
    }
    for (int c = 0; c < cf->n_cutoffs; c++) {
        var += cf->window[c].log_odds_var / cf->n_cutoffs;
    }
    if (trials < MIN_CELL || trials > MAX_TRIALS) {
        return NAN;
    }
    var += 14 / (cf->scale * cf->scale * (double)oko_state_n(state)) + .004; /* of the group's own level and shape */
    double log_p[1 + OKO_THRESHOLD_MAX_CUTOFFS] = { landing_log_p(b, n, q, var, f) };
    double share[1 + OKO_THRESHOLD_MAX_CUTOFFS] = { 1 };
    for (int c = 0; c < n && n > 1; c++) {
        log_p[1 + c] = b[c].trials > 0 ? landing_log_p(&b[c], 1, q, var, f) : NAN;
        share[1 + c] = SINGLE_SHARE / n;
    }
    return oko_cauchy_log_p(n > 1 ? (size_t)n + 1 : 1, log_p, share);
}

typedef struct threshold_job {
    sign_world *w;
    size_t first;
    const oko_counterfactual *cf;
    oko_state **state;
    double *workspace; /* per worker: expected, then convolution */
    size_t stride;
} threshold_job;

static oko_status one_group(void *ctx, size_t i, int worker)
{
    threshold_job *job = ctx;
    oko_sign *sign = &job->w->sign[job->first + i];
    double *expected = job->workspace + (size_t)worker * job->stride;
    double *f = expected + job->cf->n;
    oko_threshold_result r;
    if (job->state[i] == NULL) {
        return OKO_OK;
    }
    oko_status status = oko_threshold_test(job->cf, job->state[i], &r, expected);
    if (status == OKO_E_NO_DATA || status == OKO_E_NUMERIC) {
        return OKO_OK;
    }
    if (status != OKO_OK) {
        return status;
    }
    sign->stat_log_p[OKO_STAT_BUNCHING] = r.log_p;
    sign->stat_log_p[OKO_STAT_LANDING] = landing(job->cf, job->state[i], expected, f);
    sign->lifted = r.lifted;
    sign->lifted_lo = r.lifted_lo;
    sign->lifted_hi = r.lifted_hi;
    double best = 0;
    for (int c = 0; c < r.n_cutoffs; c++) {
        if (r.at[c].lifted > best) {
            best = r.at[c].lifted;
            sign->cutoff = r.at[c].cutoff;
        }
    }
    return sign_tell(job->w, worker, 0);
}

static oko_status make_states(const sign_world *w, int test, oko_state **state)
{
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const oko_sign_group *in = w->group[i].in;
        oko_state **at = &state[i - w->first[test]];
        if (w->group[i].n_works < OKO_SIGNS_MIN_WORKS) {
            continue;
        }
        oko_status status = oko_state_new(&(oko_shape){ .max_total = w->tests[test].max_total }, at);
        for (int k = 0; k < in->n && status == OKO_OK; k++) {
            status = in->total[k] >= 0 ? oko_state_add(*at, in->total[k], 0, NULL) : OKO_OK;
        }
        if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

static oko_status test_groups(sign_world *w, int test, oko_state **state)
{
    const oko_sign_test *t = &w->tests[test];
    size_t n = w->first[test + 1] - w->first[test];
    oko_threshold_spec spec = { .max_total = t->max_total, .n_cutoffs = t->n_cutoffs, .cutoffs = t->cutoffs };
    oko_threshold_options options = { .replicates = REPLICATES,
                                      .seed = w->options.seed,
                                      .threads = w->options.threads };
    OKO_CLEANUP(oko_counterfactual_freep) oko_counterfactual *cf = NULL;
    oko_threshold_result region;
    OKO_CLEANUP(oko_freep) const oko_state **fitted = oko_calloc_array(n, sizeof(const oko_state *));
    if (fitted == NULL) {
        return OKO_E_MEMORY;
    }
    bool anchored = (w->anchored[test] >> OKO_FAMILY_THRESHOLD & 1) != 0;
    for (size_t i = 0; i < n; i++) { /* its own fit sees through what is lifted; no group is left out for a flag */
        bool used = !anchored || w->group[w->first[test] + i].in->reference;
        fitted[i] = used ? state[i] : NULL;
    }
    oko_status status = oko_threshold_fit(&spec, n, fitted, &options, &cf, &region);
    if (status == OKO_E_NO_DATA || status == OKO_E_NUMERIC) {
        return OKO_OK; /* a region too small to know its shape: the family is not computed */
    }
    if (status != OKO_OK) {
        return status;
    }
    int workers = w->options.threads > 0 ? w->options.threads : oko_cores();
    size_t stride = (size_t)cf->n + (MAX_TRIALS + 1) * LANDING_CELLS;
    OKO_CLEANUP(oko_freep) double *workspace = oko_alloc_array((size_t)workers * stride, sizeof *workspace);
    if (workspace == NULL) {
        return OKO_E_MEMORY;
    }
    threshold_job job = { w, w->first[test], cf, state, workspace, stride };
    return oko_parallel_for(n, workers, one_group, &job);
}

oko_status family_threshold(sign_world *w, int test)
{
    size_t n = w->first[test + 1] - w->first[test];
    if (w->tests[test].n_cutoffs == 0 || n == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) oko_state **state = oko_calloc_array(n, sizeof(oko_state *));
    if (state == NULL) {
        return OKO_E_MEMORY;
    }
    oko_status status = make_states(w, test, state);
    status = status == OKO_OK ? sign_tell(w, 0, 0) : status;
    if (status == OKO_OK) {
        status = test_groups(w, test, state);
    }
    for (size_t i = 0; i < n; i++) {
        oko_state_free(state[i]);
    }
    return status;
}
