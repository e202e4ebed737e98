/* Larger units: states merge, the tail is Student's, τ² is found, honest municipalities stay honest, moved ones are
 * seen.
 */
#include <oko/simulate.h>
#include <oko/units.h>

#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/failing_alloc.h"
#include "near.h"

/* ---- states ---- */

static void test_state_is_the_weighted_t(void **state)
{
    (void)state;
    static const double works[5] = { 13, 40, 77, 21, 9 };
    static const double d[5] = { .31, -.12, .25, .4, .07 };
    oko_shift_state whole = { 0 };
    oko_shift_state half[2];
    memset(half, 0, sizeof half);
    double w = 0;
    double wd = 0;
    for (int i = 0; i < 5; i++) {
        oko_shift_add(&whole, works[i], d[i]);
        oko_shift_add(&half[i % 2], works[i], d[i]);
        w += works[i] / (works[i] + 20);
        wd += works[i] / (works[i] + 20) * d[i];
    }
    double mean = wd / w;
    double square = 0;
    for (int i = 0; i < 5; i++) {
        square += works[i] / (works[i] + 20) * (d[i] - mean) * (d[i] - mean);
    }
    oko_shift shift = oko_shift_mean(&whole);
    double sd = sqrt(square / 4 / w);
    assert_int_equal(shift.n_schools, 5);
    assert_near(shift.value, mean, 1e-14);
    assert_near(shift.hi - shift.lo, 2 * 2.7764451051977987 * sd, 1e-9); /* t(4), .975 */
    oko_shift_merge(&half[0], &half[1]);
    oko_shift merged = oko_shift_mean(&half[0]);
    assert_near(merged.value, shift.value, 1e-14);
    assert_near(merged.log_p, shift.log_p, 1e-12);
    oko_shift_add(&whole, 0, 1);
    oko_shift_add(&whole, 10, NAN); /* nothing known: nothing added */
    assert_true(whole.n == 5);
    const oko_shift_state few = { .n = 2, .w = 1, .wd = .3, .wdd = .2 };
    assert_true(isnan(oko_shift_mean(&few).value));
    oko_shift_state same = { 0 };
    for (int i = 0; i < 4; i++) {
        oko_shift_add(&same, works[i], .25);
    }
    assert_true(isnan(oko_shift_mean(&same).log_p)); /* no spread: no p, and none of 0 */
}

/* ---- units against each other ---- */

enum { UNITS = 60, WORLDS = 400 };

/* Unequal schools, unequal units: the share of honest units below .01 and .05 with a variance between units. */
static void count_honest(int n_units, double tau, uint64_t seed, double *ret_01, double *ret_05, double *ret_tau)
{
    double n = 0;
    double below_01 = 0;
    double below_05 = 0;
    double taus = 0;
    for (uint64_t k = 0; k < WORLDS; k++) {
        oko_rng rng = oko_rng_make(seed, k);
        oko_shift_state units[UNITS];
        memset(units, 0, sizeof units);
        oko_shift shift[UNITS];
        for (int u = 0; u < n_units; u++) {
            double own = tau * oko_rng_normal(&rng);
            int schools = 3 + (int)oko_rng_below(&rng, 30);
            for (int s = 0; s < schools; s++) {
                double works = 8 + (double)oko_rng_below(&rng, 120);
                oko_shift_add(&units[u], works, own + sqrt(.05 + 1 / works) * oko_rng_normal(&rng));
            }
        }
        double found;
        assert_int_equal(oko_shift_compare((size_t)n_units, units, shift, &found), OKO_OK);
        taus += found / WORLDS;
        for (int u = 0; u < n_units; u++) {
            below_01 += shift[u].log_p < log(.01);
            below_05 += shift[u].log_p < log(.05);
            n++;
        }
    }
    *ret_01 = below_01 / n;
    *ret_05 = below_05 / n;
    *ret_tau = taus;
}

static void test_honest_units(void **state)
{
    (void)state;
    static const double tau[3] = { 0, .08, .25 };
    static const int of[3] = { 10, 24, 60 };
    for (int i = 0; i < 9; i++) {
        double at_01;
        double at_05;
        double found;
        count_honest(of[i / 3], tau[i % 3], 71940 + (uint64_t)i, &at_01, &at_05, &found);
        print_message("%d units, tau %.2f: found %.3f, p < .01 in %.4f, p < .05 in %.4f of %d\n", of[i / 3], tau[i % 3],
                      found, at_01, at_05, of[i / 3] * WORLDS);
        assert_true(at_01 <= .012);
        assert_true(at_05 > .015 && at_05 < .06);
        assert_near(found, tau[i % 3], .045);
    }
}

/* A sixth of the units moved: τ² is still that of the honest ones, and the moved ones are seen. */
static void test_moved_units(void **state)
{
    (void)state;
    double seen = 0;
    double moved = 0;
    for (uint64_t k = 0; k < 100; k++) {
        oko_rng rng = oko_rng_make(77, k);
        oko_shift_state units[UNITS];
        memset(units, 0, sizeof units);
        oko_shift shift[UNITS];
        for (int u = 0; u < UNITS; u++) {
            double own = .06 * oko_rng_normal(&rng) + (u % 6 == 0 ? .5 : 0);
            for (int s = 0; s < 15; s++) {
                oko_shift_add(&units[u], 60, own + .25 * oko_rng_normal(&rng));
            }
        }
        assert_int_equal(oko_shift_compare(UNITS, units, shift, NULL), OKO_OK);
        for (int u = 0; u < UNITS; u += 6) {
            moved++;
            seen += shift[u].log_p < log(.01);
            assert_true(shift[u].lo < shift[u].value && shift[u].value < shift[u].hi);
        }
    }
    print_message("moved: seen %.2f\n", seen / moved);
    assert_true(seen / moved > .8);
}

static void test_few_units(void **state)
{
    (void)state;
    oko_shift_state units[OKO_UNITS_MIN_UNITS];
    memset(units, 0, sizeof units);
    oko_shift shift[OKO_UNITS_MIN_UNITS];
    for (int u = 0; u < OKO_UNITS_MIN_UNITS; u++) {
        for (int s = 0; s < 4; s++) {
            oko_shift_add(&units[u], 30 + s, .1 * ((u * 7 + s * 3) % 5));
        }
    }
    assert_int_equal(oko_shift_compare(OKO_UNITS_MIN_UNITS, units, shift, NULL), OKO_OK);
    assert_true(!isnan(shift[3].log_p));
    units[3] = (oko_shift_state){ .n = 2, .w = 1, .wd = .1, .wdd = .5 }; /* too small, and now too few of the others */
    assert_int_equal(oko_shift_compare(OKO_UNITS_MIN_UNITS, units, shift, NULL), OKO_OK);
    for (int u = 0; u < OKO_UNITS_MIN_UNITS; u++) {
        assert_true(isnan(shift[u].log_p) && isnan(shift[u].value));
    }
}

/* ---- the family ---- */

enum { TESTS = 6, SCHOOLS = 240, TOWNS = 16 };
/* Two subjects in three years: the same pupils a grade higher each year. */
static const oko_sign_test tests[TESTS] = {
    { 2019, 4, 0, 20, 0, NULL, 0, NULL }, { 2019, 4, 1, 20, 0, NULL, 0, NULL }, { 2020, 5, 0, 20, 0, NULL, 0, NULL },
    { 2020, 5, 1, 20, 0, NULL, 0, NULL }, { 2021, 6, 0, 20, 0, NULL, 0, NULL }, { 2021, 6, 1, 20, 0, NULL, 0, NULL }
};

/* Schools differ, their years differ, towns differ a little; `lift` is added in town 5 in test 2. */
static size_t make_rows(uint64_t seed, double lift, oko_unit_row *rows)
{
    oko_rng rng = oko_rng_make(seed, 9);
    size_t n = 0;
    double town[TOWNS][TESTS];
    for (int u = 0; u < TOWNS; u++) {
        for (int t = 0; t < TESTS; t++) {
            town[u][t] = .05 * oko_rng_normal(&rng);
        }
    }
    for (uint32_t s = 0; s < SCHOOLS; s++) {
        double school = .5 * oko_rng_normal(&rng);
        uint32_t u = s % TOWNS;
        for (int t = 0; t < TESTS; t++) {
            double works = 10 + (double)oko_rng_below(&rng, 90);
            double level = school + town[u][t] + .2 * oko_rng_normal(&rng) + oko_rng_normal(&rng) / sqrt(works);
            level += u == 5 && t == 2 ? lift : 0;
            double journal = school + .3 * oko_rng_normal(&rng);
            rows[n++] = (oko_unit_row){ t, s, u, works, level, s % 7 == 0 ? NAN : journal };
        }
    }
    return n;
}

static const oko_unit_time *find(const oko_unit_time *units, size_t n, int test, uint32_t unit)
{
    for (size_t i = 0; i < n; i++) {
        if (units[i].test == test && units[i].unit == unit) {
            return &units[i];
        }
    }
    return NULL;
}

static oko_unit_row rows[SCHOOLS * TESTS];

/* Over 2 000 honest municipality-tests. */
static void test_family_is_honest(void **state)
{
    (void)state;
    double n = 0;
    double below = 0;
    for (uint64_t k = 0; k < 30; k++) {
        oko_unit_time *units = NULL;
        size_t n_units = 0;
        size_t n_rows = make_rows(100 + k, 0, rows);
        assert_int_equal(oko_unit_time_all(tests, TESTS, rows, n_rows, &units, &n_units), OKO_OK);
        assert_int_equal(n_units, TOWNS * TESTS);
        for (size_t i = 0; i < n_units; i++) {
            assert_int_equal(units[i].n_schools, SCHOOLS / TOWNS);
            assert_true(!isnan(units[i].p));
            below += units[i].p < .01;
            n++;
        }
        free(units);
    }
    print_message("honest: p < .01 in %.4f of %.0f\n", below / n, n);
    assert_true(n >= 2000 && below / n <= .012);
}

/* One town a year and a subject above itself: year, subject and their order are told, in this test only; a gain that
 * is lost again shows twice as clearly in the middle of the years. */
static void test_family_sees_a_gain_and_loss(void **state)
{
    (void)state;
    oko_unit_time *units = NULL;
    size_t n = 0;
    size_t n_rows = make_rows(7, .6, rows);
    assert_int_equal(oko_unit_time_all(tests, TESTS, rows, n_rows, &units, &n), OKO_OK);
    const oko_unit_time *u = find(units, n, 2, 5);
    assert_non_null(u);
    assert_true(u->p < .001 && u->shift[u->top].log_p <= u->shift[OKO_UNIT_YEAR].log_p);
    assert_near(u->shift[OKO_UNIT_YEAR].value, .6, .15);
    assert_near(u->shift[OKO_UNIT_SUBJECT].value, .6, .15);
    assert_true(u->shift[OKO_UNIT_YEAR].lo < .6 && u->shift[OKO_UNIT_YEAR].hi > .6);
    assert_true(find(units, n, 0, 5)->p > .01 && find(units, n, 4, 5)->p > .01); /* before and after: no sign */
    /* the same rows in another order give the same digits */
    for (size_t i = 0; i < n_rows / 2; i++) {
        oko_unit_row moved = rows[i];
        rows[i] = rows[n_rows - 1 - i];
        rows[n_rows - 1 - i] = moved;
    }
    oko_unit_time *again = NULL;
    assert_int_equal(oko_unit_time_all(tests, TESTS, rows, n_rows, &again, &n), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_memory_equal(&units[i].log_p, &again[i].log_p, sizeof(double));
    }
    free(units);
    free(again);
}

static void test_arguments(void **state)
{
    (void)state;
    oko_unit_time *units = NULL;
    size_t n = 77;
    oko_unit_row two[2] = { { 0, 1, 1, 20, .1, NAN }, { 0, 1, 1, 20, .2, NAN } };
    assert_int_equal(oko_unit_time_all(tests, TESTS, two, 2, &units, &n), OKO_E_ARGUMENT); /* twice in a test */
    two[1].school = 2;
    two[1].level = NAN;
    assert_int_equal(oko_unit_time_all(tests, TESTS, two, 2, &units, &n), OKO_E_ARGUMENT);
    two[1].level = 0;
    two[1].test = TESTS;
    assert_int_equal(oko_unit_time_all(tests, TESTS, two, 2, &units, &n), OKO_E_ARGUMENT);
    assert_true(units == NULL && n == 77);
    assert_string_equal(oko_unit_stat_name(OKO_UNIT_JOURNAL), "journal_unit");
    assert_string_equal(oko_unit_stat_name(OKO_UNIT_STATS), "");
}

static void test_failing_allocations(void **state)
{
    (void)state;
    size_t n_rows = make_rows(3, 0, rows);
    for (size_t k = 1;; k++) {
        oko_unit_time *units = NULL;
        size_t n = 0;
        failing_alloc_arm(k);
        oko_status status = oko_unit_time_all(tests, TESTS, rows, n_rows, &units, &n);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            free(units);
            assert_true(k > 10);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_null(units);
    }
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(test_state_is_the_weighted_t),
        cmocka_unit_test(test_honest_units),
        cmocka_unit_test(test_moved_units),
        cmocka_unit_test(test_few_units),
        cmocka_unit_test(test_family_is_honest),
        cmocka_unit_test(test_family_sees_a_gain_and_loss),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
