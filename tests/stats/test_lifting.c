/*
 * Regions with a known truth: does the fit find the works that were lifted over each cut-off, and does its interval
 * hold the truth, zero included? Prints its table (docs/METHODS.md quotes it); seeded, with stated bounds.
 */
#include <oko/threshold.h>

#include "base/random.h"
#include "stats/lifting.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SCHOOLS = 150, WORLDS = 4 };

typedef struct shape {
    const char *name;
    double mean, sd_pupil, skew, selective;
    bool items; /* scores made of items; else a smooth curve */
} shape;

static const shape SHAPES[] = {
    { "items, middle", 0, .95, 0, 0, true },      { "items, easy test", .8, .95, 0, 0, true },
    { "items, hard test", -.7, .95, 0, 0, true }, { "items, 12 % selective", 0, .8, 0, .12, true },
    { "curve, middle", 0, .9, 0, 0, false },      { "curve, ceiling", .6, .9, 0, 0, false },
    { "curve, skewed", -.2, .9, .5, 0, false },
};
enum { N_SHAPES = sizeof SHAPES / sizeof SHAPES[0] };

typedef struct scale {
    int max_total;
    int16_t cutoff[3];
} scale;
static const scale SCALES[] = {
    { 20, { 7, 11, 15 } }, { 38, { 14, 24, 33 } }, { 45, { 18, 29, 39 } }, { 24, { 10, 16, 21 } }
};
enum { N_SCALES = sizeof SCALES / sizeof SCALES[0] };

static int curve_score(oko_rng *rng, double ability, int max_total)
{
    double x = max_total * (.5 + .5 * erf(.6 * ability)) + .02 * max_total * oko_rng_normal(rng);
    return x < 0 ? 0 : x > max_total ? max_total : (int)(x + .5);
}

static int item_score(oko_rng *rng, double ability, int max_total)
{
    int total = 0;
    int marks = 0;
    for (int k = 0; marks < max_total; k++) {
        int most = 1 + (k % 3 == 2);
        most = most < max_total - marks ? most : max_total - marks;
        double difficulty = -1.6 + 3.2 * ((k * 7) % 23) / 22.0;
        for (int m = 0; m < most; m++) {
            total += oko_rng_uniform(rng) < 1 / (1 + exp(-1.5 * (ability - difficulty)));
        }
        marks += most;
    }
    return total;
}

/* Lifts from 1…5 points below with probability 2·share·.6^(d−1), to the cut-off or (15 %) one above. */
static int lift(const scale *sc, oko_rng *rng, double share, int total, double truth[3])
{
    for (int c = 2; c >= 0; c--) {
        int d = sc->cutoff[c] - total;
        if (d >= 1 && d <= 5 && (c == 0 || total >= sc->cutoff[c - 1]) &&
            oko_rng_uniform(rng) < 2 * share * pow(.6, d - 1)) {
            truth[c]++;
            return sc->cutoff[c] + (oko_rng_uniform(rng) < .15);
        }
    }
    return total;
}

/* One region: fitted result and truth. */
static void run_world(const shape *sh, const scale *sc, double share, uint64_t seed, oko_threshold_result *r,
                      double truth[3])
{
    oko_state *schools[SCHOOLS];
    oko_rng rng = oko_rng_make(2024, seed);
    for (int i = 0; i < SCHOOLS; i++) {
        assert_int_equal(oko_state_new(&(oko_shape){ .max_total = sc->max_total }, &schools[i]), OKO_OK);
        double school = .4 * oko_rng_normal(&rng) + (oko_rng_uniform(&rng) < sh->selective ? 1.6 : 0);
        int n = 15 + (int)oko_rng_below(&rng, 80);
        for (int k = 0; k < n; k++) {
            double th = school + sh->sd_pupil * oko_rng_normal(&rng);
            th += sh->skew * (th * th - 1) / 3 + sh->mean;
            int total = sh->items ? item_score(&rng, th, sc->max_total) : curve_score(&rng, th, sc->max_total);
            total = lift(sc, &rng, share, total, truth);
            assert_int_equal(oko_state_add(schools[i], total, 0, NULL), OKO_OK);
        }
    }
    oko_threshold_spec spec = { .max_total = sc->max_total, .n_cutoffs = 3, .cutoffs = sc->cutoff };
    oko_threshold_options options = { .replicates = 100, .seed = seed };
    oko_counterfactual *cf = NULL;
    assert_int_equal(oko_threshold_fit(&spec, SCHOOLS, (const oko_state *const *)schools, &options, &cf, r), OKO_OK);
    oko_counterfactual_free(cf);
    for (int i = 0; i < SCHOOLS; i++) {
        oko_state_free(schools[i]);
    }
}

/* Sums over worlds, cut-offs and shapes. */
typedef struct tally {
    int n, covered, above_zero, at_01;
    double truth, lifted;
    double variance; /* of lifted, from the intervals */
} tally;

static void add_world(tally *t, const oko_threshold_result *r, const double truth[3])
{
    for (int c = 0; c < 3; c++) {
        t->n++;
        t->covered += r->at[c].lifted_lo <= truth[c] && truth[c] <= r->at[c].lifted_hi;
        t->above_zero += r->at[c].lifted_lo > 0;
        t->at_01 += r->at[c].p < .01;
        t->truth += truth[c];
        t->lifted += r->at[c].lifted;
        double sd = (r->at[c].lifted_hi - r->at[c].lifted_lo) / 3.92;
        t->variance += sd * sd;
    }
}

static tally run_share(double share, int worlds)
{
    tally all = { 0 };
    for (size_t s = 0; s < N_SCALES; s++) {
        for (size_t h = 0; h < N_SHAPES; h++) {
            tally one = { 0 };
            for (int w = 0; w < worlds; w++) {
                oko_threshold_result r;
                double truth[3] = { 0 };
                run_world(&SHAPES[h], &SCALES[s], share, (uint64_t)w * 1000 + h * 10 + s, &r, truth);
                add_world(&one, &r, truth);
                add_world(&all, &r, truth);
            }
            if (share >= .1) { /* each shape on its own: bias under 10 % beyond chance */
                print_message("  %-22s max %d: lifted %.0f of %.0f\n", SHAPES[h].name, SCALES[s].max_total, one.lifted,
                              one.truth);
                assert_true(fabs(one.lifted - one.truth) < .1 * one.truth + 2 * sqrt(one.variance));
            }
        }
    }
    print_message(
        "lifted share %.2f: %d cut-offs, lifted %.0f of %.0f, interval holds truth %.3f, above zero %.3f, p<.01 %.3f\n",
        share, all.n, all.lifted, all.truth, (double)all.covered / all.n, (double)all.above_zero / all.n,
        (double)all.at_01 / all.n);
    return all;
}

static void honest_regions_show_nothing(void **unused)
{
    (void)unused;
    tally t = run_share(0, WORLDS);
    assert_true(t.covered >= .93 * t.n);
    assert_true(t.above_zero <= .035 * t.n); /* nominal .025 */
    assert_true(t.at_01 <= (.01 + 3 * sqrt(.01 / t.n)) * t.n);
    assert_true(fabs(t.lifted) < 6.0 * t.n);
}

static void lifted_works_are_recovered(void **unused)
{
    (void)unused;
    static const double share[] = { .01, .02, .05, .1, .3 };
    for (size_t k = 0; k < sizeof share / sizeof share[0]; k++) {
        tally t = run_share(share[k], share[k] < .05 ? 1 : 2);
        assert_true(t.covered >= .9 * t.n);
        assert_true(share[k] < .1 || t.above_zero > .75 * t.n);
        assert_true(share[k] < .05 || fabs(t.lifted - t.truth) < .1 * t.truth);
    }
}

/* 400 works moved down over 18: the signed fit says so, the counterfactual's fit holds b at zero. */
static void a_deficit_is_not_undone(void **unused)
{
    (void)unused;
    double counts[46];
    for (int t = 0; t <= 45; t++) {
        counts[t] = floor(20000 * exp(-.5 * (t - 24.0) * (t - 24.0) / 70) / 21 + .5);
    }
    counts[18] -= 400;
    counts[17] += 400;
    const int16_t cuts[1] = { 18 };
    oko_threshold_spec spec = { .max_total = 45, .n_cutoffs = 1, .cutoffs = cuts };
    lift_scale sc;
    lift_work *work = NULL;
    lift_fit fit;
    assert_int_equal(lift_scale_make(&spec, counts, &sc), OKO_OK);
    assert_int_equal(lift_work_new(&sc, &work), OKO_OK);
    assert_int_equal(lift_choose(&sc, work, counts, &fit), OKO_OK);
    assert_true(fit.lifted[0] < -200);
    assert_int_equal(lift_refit(&sc, work, counts, true, &fit), OKO_OK);
    assert_true(fit.x[sc.n_basis] >= 0 && fit.lifted[0] >= 0);
    double f[46];
    double e[46];
    lift_curves(&sc, work, &fit, f, e);
    double total_f = 0;
    double total_e = 0;
    for (int t = 0; t <= 45; t++) {
        assert_true(f[t] == e[t] || fit.lifted[0] > 0);
        total_f += f[t];
        total_e += e[t];
    }
    assert_true(fabs(total_f - total_e) < 1e-6 * total_f); /* works are moved, never made */
    lift_work_freep(&work);
    lift_scale_clear(&sc);
    for (size_t n = 1; n <= 5; n++) {
        failing_alloc_arm(n);
        oko_status status = lift_scale_make(&spec, counts, &sc);
        if (status == OKO_OK) {
            status = lift_work_new(&sc, &work);
            assert_int_equal(status, n <= 5 ? OKO_E_MEMORY : OKO_OK);
            lift_scale_clear(&sc);
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_true(failing_alloc_disarm());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deficit_is_not_undone),
        cmocka_unit_test(honest_regions_show_nothing),
        cmocka_unit_test(lifted_works_are_recovered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
