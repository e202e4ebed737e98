/*
 * The thresholds on the made-up region of oko_simulate (four tests, partial-credit items, item × class differences,
 * selective schools): calibration of regions, schools and classes without planted changes, and power by planted kind
 * at class level. Prints its tables (docs/METHODS.md quotes them).
 */
#include <oko/simulate.h>
#include <oko/threshold.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TESTS = 4, SCHOOLS = 150, MAX_CLASSES = SCHOOLS * 4 };

static const int16_t MA4[] = { 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2 };
static const int16_t RU4[] = { 4, 3, 3, 1, 3, 2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1 };
static const int16_t MA5[] = { 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2 };
static const int16_t RU5[] = { 4, 3, 2, 3, 3, 3, 3, 2, 3, 2, 2, 2, 2, 1, 2, 1, 2, 2, 1, 1, 1 };
static const int16_t CUT[TESTS][3] = { { 6, 10, 15 }, { 14, 24, 33 }, { 7, 11, 15 }, { 18, 29, 39 } };
static const int MAXIMUM[TESTS] = { 20, 38, 20, 45 };
static const oko_world_test TEST[TESTS] = {
    { "2021-04-MA", 2021, 4, 0, 15, MA4, 3, CUT[0] },
    { "2021-04-RU", 2021, 4, 1, 20, RU4, 3, CUT[1] },
    { "2021-05-MA", 2021, 5, 0, 16, MA5, 3, CUT[2] },
    { "2021-05-RU", 2021, 5, 1, 21, RU5, 3, CUT[3] },
};

/* One region: states of schools and classes, and what was planted. */
typedef struct region {
    oko_state *school[TESTS][SCHOOLS];
    bool school_planted[TESTS][SCHOOLS];
    oko_state *class_state[TESTS][MAX_CLASSES];
    oko_plant class_plant[TESTS][MAX_CLASSES];
    int n_classes[TESTS];
    double truth[TESTS][3]; /* works that bunching carried over each cut-off */
} region;

typedef struct tally {
    int cutoffs, covered, above_zero;
    int schools, schools_at_01;
    int classes[OKO_PLANT_COUNT], classes_at_01[OKO_PLANT_COUNT];
} tally;

static oko_state *new_state(int test)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = MAXIMUM[test] }, &s), OKO_OK);
    return s;
}

static oko_status take_class(void *ctx, const oko_world_class *c)
{
    region *r = ctx;
    int k = r->n_classes[c->test]++;
    assert_in_range(k, 0, MAX_CLASSES - 1);
    oko_state *s = r->class_state[c->test][k] = new_state(c->test);
    r->class_plant[c->test][k] = c->plant;
    r->school_planted[c->test][c->school] |= c->plant != OKO_PLANT_NONE;
    for (int i = 0; i < c->n; i++) {
        if (c->absent[i]) {
            continue;
        }
        assert_int_equal(oko_state_add(s, c->total[i], c->journal[i], NULL), OKO_OK);
        for (int cut = 0; cut < 3 && c->plant == OKO_PLANT_BUNCHING; cut++) {
            r->truth[c->test][cut] += c->honest_total[i] < CUT[c->test][cut] && c->total[i] >= CUT[c->test][cut];
        }
    }
    return oko_state_merge(r->school[c->test][c->school], s);
}

static void analyse(const region *r, int test, tally *t)
{
    oko_threshold_spec spec = { .max_total = MAXIMUM[test], .n_cutoffs = 3, .cutoffs = CUT[test] };
    oko_threshold_options options = { .replicates = 100, .seed = 1 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result result;
    const oko_state *const *schools = (const oko_state *const *)r->school[test];
    assert_int_equal(oko_threshold_fit(&spec, SCHOOLS, schools, &options, &cf, &result), OKO_OK);
    for (int c = 0; c < 3; c++) {
        t->cutoffs++;
        t->covered += result.at[c].lifted_lo <= r->truth[test][c] && r->truth[test][c] <= result.at[c].lifted_hi;
        t->above_zero += result.at[c].lifted_lo > 0;
    }
    for (int i = 0; i < SCHOOLS; i++) {
        if (!r->school_planted[test][i] && oko_threshold_test(cf, schools[i], &result, NULL) == OKO_OK) {
            t->schools++;
            t->schools_at_01 += result.p < .01;
        }
    }
    for (int k = 0; k < r->n_classes[test]; k++) {
        if (oko_threshold_test(cf, r->class_state[test][k], &result, NULL) == OKO_OK) {
            t->classes[r->class_plant[test][k]]++;
            t->classes_at_01[r->class_plant[test][k]] += result.p < .01;
        }
    }
    oko_counterfactual_free(cf);
}

static tally run_regions(double planted, int regions)
{
    tally t = { 0 };
    region *r = malloc(sizeof *r);
    assert_non_null(r);
    for (int seed = 1; seed <= regions; seed++) {
        memset(r, 0, sizeof *r);
        for (int test = 0; test < TESTS; test++) {
            for (int i = 0; i < SCHOOLS; i++) {
                r->school[test][i] = new_state(test);
            }
        }
        oko_world_options options = OKO_WORLD_OPTIONS_INIT;
        options.seed = (uint64_t)seed;
        options.schools = SCHOOLS;
        options.planted = planted;
        assert_int_equal(oko_simulate(&options, TEST, TESTS, take_class, r), OKO_OK);
        for (int test = 0; test < TESTS; test++) {
            analyse(r, test, &t);
            for (int i = 0; i < SCHOOLS; i++) {
                oko_state_free(r->school[test][i]);
            }
            for (int k = 0; k < r->n_classes[test]; k++) {
                oko_state_free(r->class_state[test][k]);
            }
        }
    }
    free(r);
    print_message("planted %.2f: %d cut-offs of regions, interval holds truth %.3f, above 0 %.3f; %d schools without "
                  "planted classes, p<.01 %.4f\n",
                  planted, t.cutoffs, (double)t.covered / t.cutoffs, (double)t.above_zero / t.cutoffs, t.schools,
                  (double)t.schools_at_01 / t.schools);
    for (int k = 0; k < OKO_PLANT_COUNT; k++) {
        if (t.classes[k] > 0) {
            print_message("  classes, %-10s: %5d tested, p<.01 %.4f\n", oko_plant_name((oko_plant)k), t.classes[k],
                          (double)t.classes_at_01[k] / t.classes[k]);
        }
    }
    return t;
}

/* At most `level` of n, three standard errors allowed. */
static void assert_rate(int count, int n, double level)
{
    assert_true(count <= n * level + 3 * sqrt(n * level * (1 - level)));
}

static void an_honest_world_is_quiet(void **unused)
{
    (void)unused;
    tally t = run_regions(0, 10);
    assert_true(t.covered >= .93 * t.cutoffs);
    assert_rate(t.above_zero, t.cutoffs, .025);
    assert_true(t.schools > 4000 && t.classes[OKO_PLANT_NONE] > 8000);
    assert_rate(t.schools_at_01, t.schools, .012);
    assert_rate(t.classes_at_01[OKO_PLANT_NONE], t.classes[OKO_PLANT_NONE], .012);
}

static void planted_bunching_is_found_and_nothing_else_is(void **unused)
{
    (void)unused;
    tally t = run_regions(.1, 8);
    assert_true(t.covered >= .9 * t.cutoffs);
    assert_rate(t.schools_at_01, t.schools, .012);
    assert_rate(t.classes_at_01[OKO_PLANT_NONE], t.classes[OKO_PLANT_NONE], .012);
    assert_true(t.classes_at_01[OKO_PLANT_BUNCHING] > .5 * t.classes[OKO_PLANT_BUNCHING]);
    for (int k = OKO_PLANT_BUNCHING + 1; k < OKO_PLANT_COUNT; k++) {
        assert_rate(t.classes_at_01[k], t.classes[k], .03); /* other families look for these */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_honest_world_is_quiet),
        cmocka_unit_test(planted_bunching_is_found_and_nothing_else_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
