/* Thresholds: contracts, published aggregate figures of two regions, gaps, invariances, failing allocations. */
#include <oko/threshold.h>

#include "base/random.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

/* Totals of two whole regions, 0…20: published aggregates of grade-5 (cut-offs 7, 11, 15) and grade-4 (6, 10, 15). */
static const int64_t GRADE5[21] = { 155,  395,  562,  692,  675,  561, 469, 4010, 2503, 1830, 1392,
                                    2860, 2035, 1570, 1173, 1162, 765, 478, 262,  105,  50 };
static const int64_t GRADE4[21] = { 29,   48,   91,   151,  205,  302,  1070, 1237, 1533, 2047, 2112,
                                    2341, 2286, 2254, 2520, 1782, 1698, 1342, 1063, 466,  340 };
static const int16_t CUTS5[3] = { 7, 11, 15 };
static const int16_t CUTS4[3] = { 6, 10, 15 };

static oko_state *state_from(int max_total, const int64_t *counts)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = max_total }, &s), OKO_OK);
    assert_int_equal(oko_state_add_histogram(s, counts), OKO_OK);
    return s;
}

static const oko_threshold_spec SPEC5 = { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS5 };
static const oko_threshold_options QUICK = { .replicates = 100, .seed = 5, .threads = 2 };

static oko_status fit_one(const oko_threshold_spec *spec, const oko_state *s, const oko_threshold_options *options,
                          oko_counterfactual **cf, oko_threshold_result *r)
{
    const oko_state *const one[1] = { s };
    return oko_threshold_fit(spec, 1, one, options, cf, r);
}

static void assert_pmf(const oko_counterfactual *cf, int max_total)
{
    double sum = 0;
    for (int t = 0; t <= max_total; t++) {
        double q = oko_counterfactual_pmf(cf)[t];
        assert_true(q >= 0 && q <= 1);
        sum += q;
    }
    assert_near(sum, 1, 1e-12);
}

static void print_region(const char *name, const oko_threshold_result *r)
{
    for (int c = 0; c < r->n_cutoffs; c++) {
        const oko_threshold_cutoff *at = &r->at[c];
        print_message("%s, cut-off %d: lifted %.0f [%.0f, %.0f], z %.1f, log p %.1f\n", name, at->cutoff, at->lifted,
                      at->lifted_lo, at->lifted_hi, at->z, at->log_p);
    }
    print_message("%s, all: lifted %.0f [%.0f, %.0f] of %lld works\n", name, r->lifted, r->lifted_lo, r->lifted_hi,
                  (long long)r->n);
}

static void a_heaped_region_shows_its_lifted_works(void **unused)
{
    (void)unused;
    oko_state *s = state_from(20, GRADE5);
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    assert_int_equal(fit_one(&SPEC5, s, NULL, &cf, &r), OKO_OK);
    print_region("grade 5", &r);
    assert_int_equal(r.n, 23704);
    assert_int_equal(r.n_cutoffs, 3);
    assert_pmf(cf, 20);
    /* of 4010 works at 7 only about a third can stand there on a smooth curve between 2…5 and 8…10 */
    assert_true(r.at[0].lifted_lo > 1500 && r.at[0].lifted_hi < 4010);
    assert_true(r.at[1].lifted_lo > 600 && r.at[1].lifted_hi < 2860);
    assert_true(r.at[0].log_p < -10 && r.at[1].log_p < -7);
    assert_int_equal(r.at[0].below, 469);
    assert_int_equal(r.at[0].above, 4010);
    assert_near(r.at[0].share, r.at[0].lifted / 23704, 1e-15);
    assert_near(r.lifted, r.at[0].lifted + r.at[1].lifted + r.at[2].lifted, 1e-9);
    /* the counterfactual is smooth where the data jump */
    const double *q = oko_counterfactual_pmf(cf);
    assert_true(q[6] > 2 * 469.0 / 23704 && q[7] < .8 * 4010.0 / 23704);
    assert_true(q[7] / q[6] < 1.6 && q[6] / q[7] < 1.6);
    oko_counterfactual_free(cf);
    oko_state_free(s);
}

static void a_milder_region_shows_fewer(void **unused)
{
    (void)unused;
    oko_state *s = state_from(20, GRADE4);
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    oko_threshold_spec spec = { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS4 };
    assert_int_equal(fit_one(&spec, s, NULL, &cf, &r), OKO_OK);
    print_region("grade 4", &r);
    assert_true(r.at[0].lifted_lo > 0 && r.at[0].p < .01); /* 302 | 1070 */
    assert_true(r.at[1].lifted_lo < 0 && r.at[1].lifted_hi > 0);
    assert_true(r.at[1].p > .05 && r.at[2].p > .05);
    oko_counterfactual_free(cf);
    oko_state_free(s);
}

/* A discretised normal: the limit of strong smoothing, no lifting. */
static void fill_normal(int max_total, double mean, double sd, double n, int64_t *counts)
{
    double total = 0;
    for (int t = 0; t <= max_total; t++) {
        total += exp(-.5 * (t - mean) * (t - mean) / (sd * sd));
    }
    for (int t = 0; t <= max_total; t++) {
        counts[t] = (int64_t)(n * exp(-.5 * (t - mean) * (t - mean) / (sd * sd)) / total + .5);
    }
}

static void a_smooth_curve_has_nothing_to_show(void **unused)
{
    (void)unused;
    int64_t counts[46];
    fill_normal(45, 24.3, 8.7, 20000, counts);
    oko_state *s = state_from(45, counts);
    const int16_t cuts[3] = { 18, 29, 39 };
    oko_threshold_spec spec = { .max_total = 45, .n_cutoffs = 3, .cutoffs = cuts };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    assert_int_equal(fit_one(&spec, s, &QUICK, &cf, &r), OKO_OK);
    for (int c = 0; c < 3; c++) {
        assert_true(fabs(r.at[c].lifted) < 8); /* of thousands around the cut-off */
        assert_true(r.at[c].lifted_lo < 0 && r.at[c].lifted_hi > 0);
    }
    for (int t = 1; t < 45; t++) {
        assert_near(oko_counterfactual_pmf(cf)[t] * (double)oko_state_n(s), (double)counts[t],
                    .02 * (double)counts[t] + 2);
    }
    /* exactly 500 works moved 17 → 18 come back */
    counts[17] -= 500;
    counts[18] += 500;
    oko_state *lifted = state_from(45, counts);
    oko_counterfactual *again = NULL;
    assert_int_equal(fit_one(&spec, lifted, &QUICK, &again, &r), OKO_OK);
    assert_near(r.at[0].lifted, 500, 75);
    assert_true(r.at[0].lifted_lo > 300 && fabs(r.at[1].lifted) < 60);
    oko_state_free(s);
    oko_state_free(lifted);
    oko_counterfactual_free(cf);
    oko_counterfactual_free(again);
}

/* A chart that leaves out scores, one of them just below the cut-off: no heaping, listed or not. */
static void gaps_are_no_heaping(void **unused)
{
    (void)unused;
    int64_t counts[101];
    fill_normal(100, 62, 17, 60000, counts);
    static const int16_t gaps[5] = { 31, 48, 64, 66, 79 };
    for (size_t g = 0; g < 5; g++) {
        counts[gaps[g]] = 0;
    }
    oko_state *s = state_from(100, counts);
    const int16_t cut[1] = { 65 };
    for (int listed = 0; listed < 2; listed++) {
        oko_threshold_spec spec = {
            .max_total = 100, .n_cutoffs = 1, .cutoffs = cut, .n_gaps = listed ? 5 : 0, .gaps = gaps
        };
        oko_counterfactual *cf = NULL;
        oko_threshold_result r;
        assert_int_equal(fit_one(&spec, s, &QUICK, &cf, &r), OKO_OK);
        assert_true(r.at[0].p > .05);
        assert_true(r.at[0].lifted_lo < 0 && r.at[0].lifted_hi > 0);
        assert_pmf(cf, 100);
        for (size_t g = 0; g < 5; g++) {
            assert_true(oko_counterfactual_pmf(cf)[gaps[g]] == 0);
        }
        /* a group of the same shape is no sign either */
        int64_t group_counts[101];
        fill_normal(100, 66, 17, 400, group_counts);
        for (size_t g = 0; g < 5; g++) {
            group_counts[gaps[g]] = 0;
        }
        oko_state *group = state_from(100, group_counts);
        assert_int_equal(oko_threshold_test(cf, group, &r, NULL), OKO_OK);
        assert_true(r.p > .05);
        oko_state_free(group);
        oko_counterfactual_free(cf);
    }
    oko_state_free(s);
}

/* A region of schools with honest binomial scores; school i leans by its number. */
enum { SCHOOLS = 60 };
static void make_schools(oko_state *schools[SCHOOLS])
{
    for (int i = 0; i < SCHOOLS; i++) {
        oko_rng rng = oko_rng_make(31, (uint64_t)i);
        assert_int_equal(oko_state_new(&(oko_shape){ .max_total = 20 }, &schools[i]), OKO_OK);
        for (int k = 0; k < 30 + i; k++) {
            double p = 1 / (1 + exp(-(.01 * (i - 30) + 1.1 * oko_rng_normal(&rng))));
            int total = 0;
            for (int j = 0; j < 20; j++) {
                total += oko_rng_uniform(&rng) < p;
            }
            total += total == 10 && i % 3 == 0; /* every third school lifts over 11 */
            assert_int_equal(oko_state_add(schools[i], total, 0, NULL), OKO_OK);
        }
    }
}

static void free_schools(oko_state *schools[SCHOOLS])
{
    for (int i = 0; i < SCHOOLS; i++) {
        oko_state_free(schools[i]);
    }
}

static void digits_do_not_depend_on_threads(void **unused)
{
    (void)unused;
    oko_state *schools[SCHOOLS];
    make_schools(schools);
    const oko_state *const *view = (const oko_state *const *)schools;
    oko_threshold_result r[4];
    double pmf[2][21];
    for (int k = 0; k < 4; k++) {
        oko_threshold_options options = { .replicates = 120,
                                          .seed = k == 3 ? 8 : 7,
                                          .threads = k == 0 ? 1 : 1 + 2 * k };
        oko_counterfactual *cf = NULL;
        memset(&r[k], 0, sizeof r[k]);
        assert_int_equal(oko_threshold_fit(&SPEC5, SCHOOLS, view, &options, &cf, &r[k]), OKO_OK);
        if (k < 2) {
            memcpy(pmf[k], oko_counterfactual_pmf(cf), sizeof pmf[k]);
        }
        oko_counterfactual_free(cf);
    }
    for (int k = 1; k < 3; k++) {
        for (int c = 0; c < 3; c++) {
            assert_true(r[0].at[c].lifted == r[k].at[c].lifted && r[0].at[c].lifted_lo == r[k].at[c].lifted_lo);
            assert_true(r[0].at[c].lifted_hi == r[k].at[c].lifted_hi && r[0].at[c].log_p == r[k].at[c].log_p);
        }
        assert_true(r[0].lifted_lo == r[k].lifted_lo && r[0].log_p == r[k].log_p);
    }
    assert_true(r[0].at[1].lifted == r[3].at[1].lifted); /* another seed: the estimate stays, the interval moves */
    assert_true(r[0].at[1].lifted_lo != r[3].at[1].lifted_lo);
    assert_memory_equal(pmf[0], pmf[1], sizeof pmf[0]);
    /* order of the schools and missing entries do not change the estimate */
    const oko_state *mixed[SCHOOLS + 2] = { NULL };
    for (int i = 0; i < SCHOOLS; i++) {
        mixed[i + 1] = schools[SCHOOLS - 1 - i];
    }
    oko_counterfactual *cf = NULL;
    oko_threshold_result again;
    assert_int_equal(oko_threshold_fit(&SPEC5, SCHOOLS + 2, mixed, &QUICK, &cf, &again), OKO_OK);
    assert_true(again.at[1].lifted == r[0].at[1].lifted);
    /* municipality: threads and seed as well */
    oko_threshold_result m[2];
    for (int k = 0; k < 2; k++) {
        memset(&m[k], 0, sizeof m[k]);
        assert_int_equal(oko_threshold_test_cluster(cf, SCHOOLS, view, &QUICK, &m[k], NULL), OKO_OK);
    }
    assert_true(m[0].lifted_lo == m[1].lifted_lo && m[0].log_p == m[1].log_p);
    assert_true(m[0].at[1].lifted > 0);
    oko_counterfactual_free(cf);
    free_schools(schools);
}

static void a_group_is_tested_at_its_own_level(void **unused)
{
    (void)unused;
    oko_state *region = state_from(20, GRADE4);
    oko_threshold_spec spec = { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS4 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    assert_int_equal(fit_one(&spec, region, &QUICK, &cf, &r), OKO_OK);
    const double *q = oko_counterfactual_pmf(cf);
    int64_t counts[21]; /* the counterfactual itself, tilted up and down: no excess anywhere */
    for (int lean = -1; lean <= 1; lean++) {
        double total = 0;
        for (int t = 0; t <= 20; t++) {
            total += q[t] * exp(.15 * lean * t);
        }
        for (int t = 0; t <= 20; t++) {
            counts[t] = (int64_t)(4000 * q[t] * exp(.15 * lean * t) / total + .5);
        }
        oko_state *group = state_from(20, counts);
        double expected[21];
        assert_int_equal(oko_threshold_test(cf, group, &r, expected), OKO_OK);
        double sum = 0;
        for (int t = 0; t <= 20; t++) {
            assert_near(expected[t], (double)counts[t], 4 + .01 * (double)counts[t]);
            sum += expected[t];
        }
        assert_near(sum, (double)oko_state_n(group), 1e-6);
        assert_true(fabs(r.lifted) < 8);
        assert_true(r.lifted_lo < 0 && r.lifted_hi > 0 && r.p > .2);
        oko_state_free(group);
    }
    /* thirty works moved 9 → 10 are counted back; log p and p agree; z has the sign */
    counts[9] -= 30;
    counts[10] += 30;
    oko_state *group = state_from(20, counts);
    assert_int_equal(oko_threshold_test(cf, group, &r, NULL), OKO_OK);
    assert_near(r.at[1].lifted, 30, 4);
    assert_true(r.at[1].z > 1 && r.at[1].p < .1);
    assert_near(exp(r.at[1].log_p), r.at[1].p, 1e-15);
    assert_int_equal(r.at[1].below, counts[9]);
    assert_int_equal(r.at[1].above, counts[10]);
    assert_near(r.at[1].expected_above + r.at[1].lifted, (double)counts[10], 1e-9);
    oko_state_free(group);
    oko_counterfactual_free(cf);
    oko_state_free(region);
}

static void small_groups_are_not_judged(void **unused)
{
    (void)unused;
    oko_state *region = state_from(20, GRADE4);
    oko_threshold_spec spec = { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS4 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    assert_int_equal(fit_one(&spec, region, &QUICK, &cf, &r), OKO_OK);
    oko_threshold_result before = { .n = 77 };
    int64_t counts[21] = { 0 };
    counts[10] = 9;
    oko_state *nine = state_from(20, counts);
    assert_int_equal(oko_threshold_test(cf, nine, &before, NULL), OKO_E_NO_DATA);
    counts[10] = 4; /* ten works, four of them in windows */
    counts[12] = 6;
    oko_state *away = state_from(20, counts);
    assert_int_equal(oko_threshold_test(cf, away, &before, NULL), OKO_E_NO_DATA);
    assert_int_equal(before.n, 77); /* untouched */
    counts[9] = 1;
    oko_state *enough = state_from(20, counts);
    assert_int_equal(oko_threshold_test(cf, enough, &r, NULL), OKO_OK);
    assert_true(isnan(r.at[0].p) && isnan(r.at[0].lifted) && isnan(r.at[2].lifted_hi)); /* nobody near 6 and 15 */
    assert_true(!isnan(r.at[1].p) && !isnan(r.p) && !isnan(r.lifted));
    oko_state *other = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = 21 }, &other), OKO_OK);
    assert_int_equal(oko_threshold_test(cf, other, &r, NULL), OKO_E_ARGUMENT);
    const oko_state *const none[2] = { NULL, NULL };
    assert_int_equal(oko_threshold_test_cluster(cf, 2, none, NULL, &before, NULL), OKO_E_NO_DATA);
    assert_int_equal(oko_threshold_test_cluster(cf, 0, NULL, NULL, &before, NULL), OKO_E_NO_DATA);
    oko_state *all[] = { nine, away, enough, other, region };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        oko_state_free(all[i]);
    }
    oko_counterfactual_free(cf);
}

static void bad_specs_and_thin_data_are_refused(void **unused)
{
    (void)unused;
    oko_state *s = state_from(20, GRADE5);
    oko_counterfactual *cf = NULL;
    oko_threshold_result r = { .n = 9 };
    const int16_t same[2] = { 7, 7 };
    const int16_t zero[1] = { 0 };
    const int16_t high[1] = { 21 };
    const oko_threshold_spec bad[] = {
        { .max_total = 20, .n_cutoffs = 2, .cutoffs = same },
        { .max_total = 20, .n_cutoffs = 1, .cutoffs = zero },
        { .max_total = 20, .n_cutoffs = 1, .cutoffs = high },
        { .max_total = 20, .n_cutoffs = 0, .cutoffs = same },
        { .max_total = 20, .n_cutoffs = 9, .cutoffs = same },
        { .max_total = 20, .n_cutoffs = 3, .cutoffs = NULL },
        { .max_total = 21, .n_cutoffs = 3, .cutoffs = CUTS5 }, /* the state has another scale */
        { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS5, .n_gaps = 1, .gaps = high },
        { .max_total = 20, .n_cutoffs = 3, .cutoffs = CUTS5, .window = -1 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(fit_one(&bad[i], s, &QUICK, &cf, &r), OKO_E_ARGUMENT);
    }
    const oko_threshold_options few = { .replicates = 3 };
    assert_int_equal(fit_one(&SPEC5, s, &few, &cf, &r), OKO_E_ARGUMENT);
    int64_t thin[21] = { 0 };
    thin[9] = 199;
    oko_state *little = state_from(20, thin);
    assert_int_equal(fit_one(&SPEC5, little, &QUICK, &cf, &r), OKO_E_NO_DATA);
    const int64_t tiny_scale[6] = { 50, 80, 90, 120, 60, 40 };
    const int16_t three[1] = { 3 };
    oko_state *short_test = state_from(5, tiny_scale);
    oko_threshold_spec short_spec = { .max_total = 5, .n_cutoffs = 1, .cutoffs = three };
    assert_int_equal(fit_one(&short_spec, short_test, &QUICK, &cf, &r), OKO_E_NO_DATA);
    assert_null(cf);
    assert_int_equal(r.n, 9); /* outputs untouched */
    oko_state_free(s);
    oko_state_free(little);
    oko_state_free(short_test);
    oko_counterfactual_freep(&cf);
    oko_counterfactual_free(NULL);
}

/* Strange shapes: a status or finite numbers, never a crash or NaN in a result that says OK. */
static void strange_histograms_do_no_harm(void **unused)
{
    (void)unused;
    oko_rng rng = oko_rng_make(123, 0);
    int fitted = 0;
    for (int trial = 0; trial < 300; trial++) {
        int max_total = 9 + (int)oko_rng_below(&rng, 92);
        int64_t counts[101] = { 0 };
        int kind = trial % 5;
        counts[oko_rng_below(&rng, (uint32_t)max_total + 1)] = 300; /* kind 0: everything on one score */
        for (int t = 0; t <= max_total && kind > 0; t++) {
            counts[t] += kind == 1   ? oko_rng_below(&rng, 2) * 500
                         : kind == 2 ? oko_rng_below(&rng, 4)
                         : kind == 3 ? 100000 * (t % 3 == 0)
                                     : (int64_t)oko_rng_below(&rng, 1000000);
        }
        int16_t cuts[3];
        cuts[0] = (int16_t)(1 + (int)oko_rng_below(&rng, (uint32_t)max_total - 2));
        cuts[1] = (int16_t)(cuts[0] + 1);
        cuts[2] = (int16_t)max_total;
        oko_threshold_spec spec = { .max_total = max_total, .n_cutoffs = cuts[1] < cuts[2] ? 3 : 2, .cutoffs = cuts };
        oko_threshold_options options = { .replicates = 20, .seed = 1, .threads = 1 };
        oko_state *s = state_from(max_total, counts);
        oko_counterfactual *cf = NULL;
        oko_threshold_result r;
        oko_status status = fit_one(&spec, s, &options, &cf, &r);
        assert_true(status == OKO_OK || status == OKO_E_NO_DATA || status == OKO_E_NUMERIC);
        if (status == OKO_OK) {
            fitted++;
            assert_pmf(cf, max_total);
            assert_true(isfinite(r.lifted) && isfinite(r.lifted_lo) && isfinite(r.lifted_hi) && r.p >= 0 && r.p <= 1);
            assert_true(r.lifted_lo <= r.lifted && r.lifted <= r.lifted_hi);
            status = oko_threshold_test(cf, s, &r, NULL);
            assert_true(status == OKO_OK || status == OKO_E_NO_DATA || status == OKO_E_NUMERIC);
            assert_true(status != OKO_OK || (r.p >= 0 && r.p <= 1 && isfinite(r.lifted)));
        }
        oko_counterfactual_free(cf);
        oko_state_free(s);
    }
    assert_true(fitted > 100);
}

/* A cut-off above which every score is a gap can't be estimated: NaN there, numbers at the other one. */
static void an_unreachable_mark_is_not_a_zero(void **unused)
{
    (void)unused;
    int64_t counts[21] = { 0 };
    memcpy(counts, GRADE4, sizeof counts);
    counts[19] = counts[20] = 0;
    oko_state *s = state_from(20, counts);
    const int16_t cuts[2] = { 10, 19 };
    const int16_t gaps[2] = { 19, 20 };
    for (int first = 0; first < 2; first++) {
        oko_threshold_spec spec = {
            .max_total = 20, .n_cutoffs = 2 - first, .cutoffs = cuts + first, .n_gaps = 2, .gaps = gaps
        };
        oko_counterfactual *cf = NULL;
        oko_threshold_result r;
        assert_int_equal(fit_one(&spec, s, &QUICK, &cf, &r), OKO_OK);
        const oko_threshold_cutoff *at = &r.at[1 - first];
        assert_true(isnan(at->lifted) && isnan(at->lifted_lo) && isnan(at->p) && isnan(at->z) && isnan(at->share));
        assert_true(first == 1 ? isnan(r.lifted) && isnan(r.p)
                               : isfinite(r.at[0].lifted) && r.lifted == r.at[0].lifted);
        oko_counterfactual_free(cf);
    }
    oko_state_free(s);
}

/* Cut-offs two points apart and a wide window asked for: windows stay apart. */
static void windows_do_not_overlap(void **unused)
{
    (void)unused;
    oko_state *s = state_from(20, GRADE4);
    const int16_t cuts[4] = { 8, 10, 11, 15 };
    oko_threshold_spec spec = { .max_total = 20, .n_cutoffs = 4, .cutoffs = cuts, .window = 4 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    assert_int_equal(fit_one(&spec, s, &QUICK, &cf, &r), OKO_OK);
    assert_int_equal(r.at[0].below_from, 4);
    for (int c = 1; c < 4; c++) {
        assert_true(r.at[c].below_from > r.at[c - 1].above_to);
        assert_true(r.at[c].above_to >= r.at[c].cutoff);
    }
    assert_int_equal(r.at[3].above_to, 18);
    oko_counterfactual_free(cf);
    oko_state_free(s);
}

static void every_allocation_can_fail(void **unused)
{
    (void)unused;
    oko_state *schools[SCHOOLS];
    make_schools(schools);
    const oko_state *const *view = (const oko_state *const *)schools;
    oko_threshold_options options = { .replicates = 20, .seed = 7, .threads = 1 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r = { .n = 4 };
    size_t failures = 0;
    for (size_t n = 1;; n++) {
        failing_alloc_arm(n);
        oko_status status = oko_threshold_fit(&SPEC5, SCHOOLS, view, &options, &cf, &r);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_null(cf);
        assert_int_equal(r.n, 4);
        failures++;
    }
    assert_true(failures >= 8);
    for (int cluster = 0; cluster < 2; cluster++) {
        for (size_t n = 1;; n++) {
            r.n = 4;
            failing_alloc_arm(n);
            oko_status status = cluster ? oko_threshold_test_cluster(cf, SCHOOLS, view, &options, &r, NULL)
                                        : oko_threshold_test(cf, schools[0], &r, NULL);
            if (!failing_alloc_disarm()) {
                assert_int_equal(status, OKO_OK);
                break;
            }
            assert_int_equal(status, OKO_E_MEMORY);
            assert_int_equal(r.n, 4);
        }
    }
    oko_counterfactual_free(cf);
    free_schools(schools);
}

/* q by hand: p·m/rank, made monotone from the largest; NaN is not a test. */
static void benjamini_hochberg(void **unused)
{
    (void)unused;
    const double p[7] = { .03, NAN, .001, .8, .021, .03, .2 };
    double q[7];
    assert_int_equal(oko_bh(7, p, q), OKO_OK);
    const double expected[7] = { .03 * 6 / 4, NAN, .001 * 6, .8, .03 * 6 / 4, .03 * 6 / 4, .2 * 6 / 5 };
    for (int i = 0; i < 7; i++) {
        if (isnan(expected[i])) {
            assert_true(isnan(q[i]));
        } else {
            assert_near(q[i], expected[i], 1e-15);
        }
    }
    assert_int_equal(oko_bh(0, NULL, NULL), OKO_OK);
    failing_alloc_arm(1);
    assert_int_equal(oko_bh(7, p, q), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    double in_place[3] = { .5, .01, .04 };
    assert_int_equal(oko_bh(3, in_place, in_place), OKO_OK);
    assert_near(in_place[0], .5, 1e-15);
    assert_near(in_place[1], .03, 1e-15);
    assert_near(in_place[2], .06, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heaped_region_shows_its_lifted_works),
        cmocka_unit_test(a_milder_region_shows_fewer),
        cmocka_unit_test(a_smooth_curve_has_nothing_to_show),
        cmocka_unit_test(gaps_are_no_heaping),
        cmocka_unit_test(digits_do_not_depend_on_threads),
        cmocka_unit_test(a_group_is_tested_at_its_own_level),
        cmocka_unit_test(small_groups_are_not_judged),
        cmocka_unit_test(bad_specs_and_thin_data_are_refused),
        cmocka_unit_test(strange_histograms_do_no_harm),
        cmocka_unit_test(an_unreachable_mark_is_not_a_zero),
        cmocka_unit_test(windows_do_not_overlap),
        cmocka_unit_test(every_allocation_can_fail),
        cmocka_unit_test(benjamini_hochberg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
