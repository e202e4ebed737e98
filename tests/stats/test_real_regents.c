/*
 * New York Regents 2010 (real, public): heaping at 65 in five subjects is found; at places without a cut-off, with all
 * the holes and doublings of the conversion charts, nothing beyond the nominal rate is claimed. Needs ../shared/data.
 */
#include <oko/threshold.h>

#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX_TOTAL = 100, SUBJECTS = 5, SKIPPED = 77 };
static const char *const SUBJECT[SUBJECTS] = { "integrated_algebra", "global_history", "living_environment", "english",
                                               "us_history" };
/* Share missing from 60–64 by the fit of Dee et al. 2019, a rough guide only. */
static const int DEE[SUBJECTS] = { 39, 60, 46, 69, 64 };

static int64_t counts[SUBJECTS][MAX_TOTAL + 1];

/* Reads the file into counts; false when it is absent. Rows "score,n,n,n,n,n"; an empty cell is 0. */
static bool read_counts(void)
{
    FILE *f = fopen(OKO_SHARED_DATA "/nyc_regents_2010_score_freq.csv", "r");
    if (f == NULL) {
        return false;
    }
    char line[256];
    while (fgets(line, sizeof line, f) != NULL) {
        char *at = line;
        long score = strtol(line, &at, 10);
        if (at == line || score < 0 || score > MAX_TOTAL) {
            continue;
        }
        for (size_t k = 0; k < SUBJECTS && *at == ','; k++) {
            counts[k][score] = strtol(at + 1, &at, 10);
        }
    }
    (void)fclose(f);
    return true;
}

/* Result at `cutoff`, which is tested beside the real ones below n_real of 55, 65, 85. */
static oko_threshold_cutoff test_at(size_t subject, int cutoff, bool beside_65)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = MAX_TOTAL }, &s), OKO_OK);
    assert_int_equal(oko_state_add_histogram(s, counts[subject]), OKO_OK);
    int16_t cuts[2] = { (int16_t)cutoff, 65 };
    size_t mine = 0;
    if (beside_65 && cutoff > 65) {
        cuts[0] = 65;
        cuts[1] = (int16_t)cutoff;
        mine = 1;
    }
    oko_threshold_spec spec = { .max_total = MAX_TOTAL, .n_cutoffs = beside_65 ? 2 : 1, .cutoffs = cuts };
    oko_threshold_options options = { .replicates = 200, .seed = 1 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result r;
    const oko_state *const one[1] = { s };
    assert_int_equal(oko_threshold_fit(&spec, 1, one, &options, &cf, &r), OKO_OK);
    double empty = 0; /* nothing is claimed at scores that nobody got */
    for (int t = 1; t < MAX_TOTAL; t++) {
        bool hole = counts[subject][t] <= 1 && counts[subject][t - 1] > 300 && counts[subject][t + 1] > 300;
        empty += hole ? oko_counterfactual_pmf(cf)[t] : 0;
    }
    assert_true(empty == 0);
    oko_counterfactual_free(cf);
    oko_state_free(s);
    return r.at[mine];
}

static void heaping_at_65_is_found(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < SUBJECTS; k++) {
        oko_threshold_cutoff at = test_at(k, 65, false);
        double below = 0;
        for (int t = 60; t < 65; t++) {
            below += (double)counts[k][t];
        }
        double missing = 100 * at.lifted / (below + at.lifted);
        print_message("%-20s 65: lifted %5.0f [%5.0f, %5.0f], p %.2g; %.0f %% of 60-64 (Dee et al. %d %%)\n",
                      SUBJECT[k], at.lifted, at.lifted_lo, at.lifted_hi, at.p, missing, DEE[k]);
        assert_true(at.p < .01);
        assert_true(at.lifted_lo > 1000);
        assert_true(fabs(missing - DEE[k]) < 20);
    }
}

static void other_places_are_no_cutoffs(void **unused)
{
    (void)unused;
    int places = 0;
    int at_05 = 0;
    int at_01 = 0;
    for (size_t k = 0; k < SUBJECTS; k++) {
        for (int cutoff = 20; cutoff <= 90; cutoff++) {
            if (abs(cutoff - 55) <= 8 || abs(cutoff - 65) <= 8 || abs(cutoff - 85) <= 8) {
                continue;
            }
            oko_threshold_cutoff at = test_at(k, cutoff, true);
            places++;
            at_05 += at.p < .05;
            at_01 += at.p < .01;
            if (at.p < .05) {
                print_message("placebo %-20s %d: lifted %.0f [%.0f, %.0f], p %.3f\n", SUBJECT[k], cutoff, at.lifted,
                              at.lifted_lo, at.lifted_hi, at.p);
            }
            assert_true(at.p > 1e-4);
        }
    }
    print_message("placebo places: %d, p < .05: %d, p < .01: %d\n", places, at_05, at_01);
    /* neighbouring places share their scores: about 30 independent ones */
    assert_true(at_05 <= .05 * places + 2.5 * sqrt(.05 * .95 * places * 5));
    assert_true(at_01 <= .01 * places + 2.5 * sqrt(.01 * .99 * places * 5) && at_01 <= 4);
}

int main(void)
{
    (void)failing_alloc_disarm(); /* pulls in the wrapped malloc that the library's objects are linked against */
    if (!read_counts()) {
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heaping_at_65_is_found),
        cmocka_unit_test(other_places_are_no_cutoffs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
