/* The run: fit the null, judge every group by every family, leave the flagged out, fit and judge again, combine. */
#include "stats/sign_prepare.h"

#include "base/memory.h"
#include "base/threads.h"

#include <oko/local_fdr.h>
#include <oko/threshold.h>

#include <math.h>
#include <string.h>

enum { FIRST_REPLICATES = 10, DEFAULT_REPLICATES = 24 };
#define FLAG_LOG_P (-5.3)       /* p < .005: left out of the next fit */
#define FAMILY_LOG_P (-4.60517) /* p < .01: a family that speaks by itself */
#define Q_ATTENTION .10
#define Q_SIGNS .05

static const oko_family family_of[OKO_STAT_COUNT] = {
    [OKO_STAT_LEVEL] = OKO_FAMILY_LEVEL,        [OKO_STAT_GROWTH] = OKO_FAMILY_LEVEL,
    [OKO_STAT_BUNCHING] = OKO_FAMILY_THRESHOLD, [OKO_STAT_LANDING] = OKO_FAMILY_THRESHOLD,
    [OKO_STAT_ABSENCE] = OKO_FAMILY_ROSTER,     [OKO_STAT_WEAK_ABSENT] = OKO_FAMILY_ROSTER,
    [OKO_STAT_CONTRAST] = OKO_FAMILY_PATTERN,   [OKO_STAT_PROFILE] = OKO_FAMILY_PATTERN,
    [OKO_STAT_TOLD] = OKO_FAMILY_PATTERN,       [OKO_STAT_PAIRS] = OKO_FAMILY_PATTERN,
    [OKO_STAT_NEAREST] = OKO_FAMILY_PATTERN,    [OKO_STAT_PERSON_FIT] = OKO_FAMILY_PATTERN,
    [OKO_STAT_COMPRESSED] = OKO_FAMILY_PATTERN, [OKO_STAT_YEAR] = OKO_FAMILY_TIME,
    [OKO_STAT_SUBJECT] = OKO_FAMILY_TIME,       [OKO_STAT_DISAGREE] = OKO_FAMILY_TIME,
    [OKO_STAT_AGREE] = OKO_FAMILY_TIME,
};

static void blank(const sign_group *g, oko_sign *s)
{
    *s = (oko_sign){ .n_works = g->n_works,
                     .n_absent = g->n_absent,
                     .p_all = NAN,
                     .log_p_all = NAN,
                     .q = NAN,
                     .lfdr = NAN,
                     .level = g->level,
                     .journal = g->journal,
                     .family = OKO_FAMILY_COUNT,
                     .marks = NAN,
                     .marks_lo = NAN,
                     .marks_hi = NAN,
                     .lifted = NAN,
                     .lifted_lo = NAN,
                     .lifted_hi = NAN,
                     .absent = NAN,
                     .absent_lo = NAN,
                     .absent_hi = NAN,
                     .cutoff = -1,
                     .pair = { -1, -1 },
                     .pair_same = NAN,
                     .pair_expected = NAN };
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        s->p[f] = NAN;
        s->log_p[f] = NAN;
        s->top[f] = OKO_STAT_COUNT;
    }
    for (int k = 0; k < OKO_STAT_COUNT; k++) {
        s->stat_log_p[k] = NAN;
    }
}

/* Shares of a statistic in its family, and of a family in the whole. What is mostly told by another one weighs less. */
static const double stat_weight[OKO_STAT_COUNT] = {
    [OKO_STAT_LEVEL] = 1,       [OKO_STAT_GROWTH] = .6,     [OKO_STAT_BUNCHING] = .4, [OKO_STAT_LANDING] = 1,
    [OKO_STAT_ABSENCE] = 1,     [OKO_STAT_WEAK_ABSENT] = 1, [OKO_STAT_CONTRAST] = .5, [OKO_STAT_PROFILE] = .5,
    [OKO_STAT_TOLD] = 1,        [OKO_STAT_PAIRS] = 2,       [OKO_STAT_NEAREST] = .2,  [OKO_STAT_PERSON_FIT] = .5,
    [OKO_STAT_COMPRESSED] = .1, [OKO_STAT_YEAR] = 1,        [OKO_STAT_SUBJECT] = 1,   [OKO_STAT_DISAGREE] = 1,
    [OKO_STAT_AGREE] = .5,
};
/* Of level as much as its two statistics, where both are known. */
static const double family_weight[OKO_FAMILY_COUNT + 1] = { 1.6, 1, 1, 1, .4, .6 };
#define LEVEL_ALONE 1.0

/* Fisher's product of two independent p: says more than either when both are moved. Number absent and who they are,
 * given the number; level and, given the totals, pattern. */
static double fisher_log_p(double a, double b)
{
    double k = a + b;
    return k + log1p(-k);
}

/* Two stages: statistics to families, families to one p. */
static void combine(oko_sign *s)
{
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        double in[OKO_STAT_COUNT];
        s->top[f] = OKO_STAT_COUNT;
        for (int k = 0; k < OKO_STAT_COUNT; k++) {
            in[k] = family_of[k] == (oko_family)f ? s->stat_log_p[k] : NAN;
            bool better = !isnan(in[k]) && (s->top[f] == OKO_STAT_COUNT || in[k] < in[s->top[f]]);
            s->top[f] = better ? (oko_statistic)k : s->top[f];
        }
        s->log_p[f] = oko_cauchy_log_p(OKO_STAT_COUNT, in, stat_weight);
        if (f == OKO_FAMILY_ROSTER && !isnan(in[OKO_STAT_ABSENCE] + in[OKO_STAT_WEAK_ABSENT])) {
            s->log_p[f] = fisher_log_p(in[OKO_STAT_ABSENCE], in[OKO_STAT_WEAK_ABSENT]);
        }
        s->p[f] = exp(s->log_p[f]);
        bool first = !isnan(s->log_p[f]) && (s->family == OKO_FAMILY_COUNT || s->log_p[f] < s->log_p[s->family]);
        s->family = first ? (oko_family)f : s->family;
    }
    double in[OKO_FAMILY_COUNT + 1]; /* the last: level and pattern together, for marks given out item by item */
    memcpy(in, s->log_p, sizeof s->log_p);
    in[OKO_FAMILY_COUNT] = fisher_log_p(s->stat_log_p[OKO_STAT_LEVEL], s->log_p[OKO_FAMILY_PATTERN]);
    double weight[OKO_FAMILY_COUNT + 1];
    memcpy(weight, family_weight, sizeof weight);
    weight[OKO_FAMILY_LEVEL] = isnan(s->stat_log_p[OKO_STAT_GROWTH]) ? LEVEL_ALONE : weight[OKO_FAMILY_LEVEL];
    s->log_p_all = oko_cauchy_log_p(OKO_FAMILY_COUNT + 1, in, weight);
    s->p_all = exp(s->log_p_all);
}

static void blank_test(sign_world *w, int test)
{
    w->null[test] = (oko_sign_null){ .n_groups = (int)(w->first[test + 1] - w->first[test]),
                                     .n_reference = w->null[test].n_reference,
                                     .n_reference_works = w->null[test].n_reference_works,
                                     .anchored = w->anchored[test],
                                     .n_variants = w->n_blocks[test],
                                     .n_left_out = w->n_rare[test],
                                     .sd_item_group = NAN,
                                     .sd_parent = NAN,
                                     .sd_group = NAN,
                                     .sd_pupil = NAN,
                                     .absence = NAN,
                                     .absence_rho = NAN };
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        blank(&w->group[i], &w->sign[i]);
        w->null[test].n_flagged += w->group[i].flagged;
    }
}

/* The null of a test and the families that run on one thread; several tests at once. Tests read each other's groups,
 * and write their own only. */
static oko_status prepare_test(void *ctx, size_t test, int worker)
{
    sign_world *w = ctx;
    blank_test(w, (int)test);
    oko_status status = null_fit(w, (int)test);
    status = status == OKO_OK ? sign_tell(w, worker, 0) : status;
    status = status == OKO_OK ? family_level(w, (int)test, worker) : status;
    status = status == OKO_OK ? sign_tell(w, worker, 0) : status;
    status = status == OKO_OK ? family_roster(w, (int)test) : status;
    return status == OKO_OK ? sign_tell(w, worker, 0) : status;
}

/* The families that share out the groups of a test between threads. */
static oko_status judge_test(sign_world *w, int test)
{
    w->until = w->done + (w->first[test + 1] - w->first[test]) * (uint64_t)w->options.replicates;
    oko_status status = family_threshold(w, test);
    status = status == OKO_OK ? family_pattern(w, test) : status;
    status = status == OKO_OK ? size_guard(w, test) : status;
    for (size_t i = w->first[test]; i < w->first[test + 1] && status == OKO_OK; i++) {
        if (w->group[i].n_works >= OKO_SIGNS_MIN_WORKS) {
            combine(&w->sign[i]);
        }
    }
    w->done = w->until;
    return status;
}

/* While the calling thread waits for the tests of the others. */
static bool still_wanted(void *ctx)
{
    return sign_tell(ctx, 0, 0) == OKO_OK;
}

/* One round over all tests with the flags of the round before. */
static oko_status judge_all(sign_world *w)
{
    oko_status status = oko_parallel_for_asking((size_t)w->n_tests, w->options.threads, prepare_test, w, still_wanted);
    for (int t = 0; t < w->n_tests && status == OKO_OK; t++) {
        status = judge_test(w, t);
    }
    return status;
}

oko_status sign_tell(sign_world *w, int worker, uint64_t more)
{
    if (worker != 0 || w->options.go_on == NULL) {
        return atomic_load_explicit(&w->cancelled, memory_order_relaxed) ? OKO_E_CANCELLED : OKO_OK;
    }
    int workers = w->options.threads > 0 ? w->options.threads : oko_cores();
    uint64_t done = w->done + more * (uint64_t)workers; /* the others do about as many */
    w->done = done < w->until ? done : w->until;
    if (!w->options.go_on(w->options.ctx, w->done, w->all)) {
        atomic_store_explicit(&w->cancelled, true, memory_order_relaxed);
    }
    return atomic_load_explicit(&w->cancelled, memory_order_relaxed) ? OKO_E_CANCELLED : OKO_OK;
}

/* q and local fdr of the groups of one test; p, q: workspaces [groups]. */
static oko_status rank_test(sign_world *w, int test, double *p, double *q)
{
    size_t n = w->first[test + 1] - w->first[test];
    oko_sign *sign = w->sign + w->first[test];
    for (size_t i = 0; i < n; i++) {
        p[i] = sign[i].p_all;
    }
    oko_status status = oko_bh(n, p, q);
    for (size_t i = 0; i < n && status == OKO_OK; i++) {
        sign[i].q = q[i];
        p[i] = sign[i].log_p_all;
    }
    if (status == OKO_OK) {
        status = oko_local_fdr(n, p, OKO_LOCAL_NULL_THEORETICAL, q, NULL);
    }
    for (size_t i = 0; i < n && status == OKO_OK; i++) {
        sign[i].lfdr = q[i];
    }
    return status == OKO_E_NUMERIC ? OKO_OK : status; /* only a display: without a density there is none */
}

static oko_status false_discoveries(sign_world *w)
{
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(2 * w->n, sizeof *p);
    oko_status status = p != NULL ? OKO_OK : OKO_E_MEMORY;
    for (int t = 0; t < w->n_tests && status == OKO_OK; t++) {
        status = rank_test(w, t, p, p + w->n);
    }
    return status;
}

static oko_reliability reliability_of(const oko_sign *s)
{
    int families = 0;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        families += !isnan(s->log_p[f]);
    }
    if (s->n_works < OKO_SIGNS_MIN_WORKS || families == 0) {
        return OKO_RELIABILITY_NONE;
    }
    if (s->n_works < 10) {
        return OKO_RELIABILITY_LOW;
    }
    return s->n_works < 20 || families < 3 ? OKO_RELIABILITY_FAIR : OKO_RELIABILITY_GOOD;
}

/* The same family stands out in another test of the unit. */
static bool repeated(const sign_world *w, size_t i)
{
    const sign_group *g = &w->group[i];
    for (int t = 0; t < w->n_tests; t++) {
        const sign_group *other = t == g->in->test ? NULL : sign_find(w, g->in->unit, t);
        const oko_sign *s = other != NULL ? &w->sign[other - w->group] : NULL;
        if (s != NULL && s->q <= Q_SIGNS && s->family == w->sign[i].family) {
            return true;
        }
    }
    return false;
}

static void grade(sign_world *w, size_t i)
{
    oko_sign *s = &w->sign[i];
    s->reliability = reliability_of(s);
    if (s->reliability == OKO_RELIABILITY_NONE || isnan(s->q)) {
        s->evidence = OKO_EVIDENCE_NO_DATA;
        return;
    }
    int speaking = 0;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        speaking += s->log_p[f] < FAMILY_LOG_P;
    }
    if (s->q > Q_SIGNS) {
        s->evidence = s->q <= Q_ATTENTION ? OKO_EVIDENCE_ATTENTION : OKO_EVIDENCE_NONE;
    } else {
        s->evidence = speaking >= 2 || repeated(w, i) ? OKO_EVIDENCE_STRONG : OKO_EVIDENCE_SIGNS;
    }
}

static int replicates_of(const oko_sign_options *o, int round)
{
    return round == o->refits || o->replicates < FIRST_REPLICATES ? o->replicates : FIRST_REPLICATES;
}

static oko_status run(sign_world *w)
{
    const oko_sign_options asked = w->options;
    oko_status status = OKO_OK;
    w->all = 0;
    for (int round = 0; round <= asked.refits; round++) {
        w->all += w->n * (uint64_t)replicates_of(&asked, round);
    }
    for (int round = 0; round <= w->options.refits && status == OKO_OK; round++) {
        w->options.replicates = replicates_of(&asked, round);
        status = judge_all(w);
        for (size_t i = 0; i < w->n && status == OKO_OK && round < asked.refits; i++) {
            w->group[i].flagged = w->sign[i].log_p_all < FLAG_LOG_P;
        }
    }
    if (status == OKO_OK) {
        status = false_discoveries(w);
    }
    for (size_t i = 0; i < w->n && status == OKO_OK; i++) {
        grade(w, i);
    }
    return status;
}

/* Moves every sign to the place of its group in the caller's array, where they all stand in the world's order. */
static void put_back(sign_world *w, oko_sign *ret)
{
    for (size_t i = 0; i < w->n; i++) {
        while (w->group[i].at != i) {
            size_t to = w->group[i].at;
            oko_sign moved = ret[to];
            ret[to] = ret[i];
            ret[i] = moved;
            w->group[i].at = w->group[to].at;
            w->group[to].at = to;
        }
    }
}

oko_status oko_signs(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n_groups,
                     const oko_sign_options *options, oko_sign *ret, oko_sign_null *ret_null)
{
    oko_sign_options o = options != NULL ? *options : (oko_sign_options)OKO_SIGN_OPTIONS_INIT;
    o.replicates = o.replicates == 0 ? DEFAULT_REPLICATES : o.replicates;
    if (tests == NULL || n_tests < 1 || n_tests > OKO_SIGNS_MAX_TESTS || (n_groups > 0 && groups == NULL) ||
        n_groups > OKO_SIGNS_MAX_GROUPS || ret == NULL || o.replicates < 4 || o.replicates > 1000 || o.refits < 0 ||
        o.refits > 5 || o.threads < 0 || o.threads > 64) {
        return OKO_E_ARGUMENT;
    }
    if (n_groups == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) sign_world *w = oko_calloc_array(1, sizeof *w);
    if (w == NULL) {
        return OKO_E_MEMORY;
    }
    oko_status status = sign_world_new(tests, n_tests, groups, n_groups, &o, ret, w);
    if (status == OKO_OK) {
        status = run(w);
    }
    if (status == OKO_OK) {
        put_back(w, ret);
    }
    for (int t = 0; t < n_tests && status == OKO_OK && ret_null != NULL; t++) {
        ret_null[t] = w->null[t];
    }
    sign_world_clear(w);
    return status;
}
