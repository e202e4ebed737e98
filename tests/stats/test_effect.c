/* Before and after: against worked numbers, regression to the mean, coverage, and what can't be said. */
#include <oko/effect.h>

#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const oko_effect_options less = { .better = -1, .useful = 5 };

static void near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance * fmax(1, fabs(wanted)))) {
        fail_msg("%.15g, wanted %.15g", got, wanted);
    }
}

/*
 * after = 2 + .5·before + τ·treated + e on irregular numbers. Reference: ordinary least squares and HC3 in exact
 * fractions, tests/stats/effect_reference.py.
 */
static void test_reference(void **state)
{
    (void)state;
    static const double before[] = { 12, 15.5, 9, 22, 17, 30, 11, 26, 14, 19.5, 31, 28, 35, 24 };
    static const double after[] = { 9, 8.5, 7, 14, 9, 18, 6, 15.5, 10, 11, 12, 9, 13.5, 8 };
    oko_effect_unit u[15];
    for (int i = 0; i < 14; i++) {
        u[i] = (oko_effect_unit){ before[i], after[i], i >= 10 };
    }
    u[14] = (oko_effect_unit){ NAN, 4, false };
    oko_effect e;
    assert_int_equal(oko_effect_estimate(u, 15, &less, &e), OKO_OK);
    assert_int_equal(e.n_treated, 4);
    assert_int_equal(e.n_controls, 10);
    assert_int_equal(e.n_left_out, 1);
#include "stats/effect_reference.inc"
    assert_int_equal(e.verdict, OKO_EFFECT_HELPED);
}

static void test_what_cannot_be_said(void **state)
{
    (void)state;
    oko_effect_unit u[10];
    oko_effect e;
    for (int i = 0; i < 10; i++) {
        u[i] = (oko_effect_unit){ 10 + i, 9 + i * .7, i >= 8 };
    }
    assert_int_equal(oko_effect_estimate(u, 10, &less, &e), OKO_OK); /* two treated */
    assert_int_equal(e.verdict, OKO_EFFECT_NO_DATA);
    assert_true(isnan(e.effect) && isnan(e.p) && !isnan(e.did));
    assert_int_equal(oko_effect_estimate(u, 7, &less, &e), OKO_OK); /* nobody treated */
    assert_true(isnan(e.treated_before) && isnan(e.did) && e.verdict == OKO_EFFECT_NO_DATA);
    assert_int_equal(oko_effect_estimate(NULL, 0, &less, &e), OKO_OK);
    assert_int_equal(e.n_controls, 0);
    for (int i = 0; i < 10; i++) {
        u[i].before = 5; /* no spread before: no slope */
        u[i].treated = i >= 7;
    }
    u[9].treated = false;
    assert_int_equal(oko_effect_estimate(u, 10, &less, &e), OKO_OK);
    assert_int_equal(e.verdict, OKO_EFFECT_NO_DATA);
    const oko_effect_options bad = { .better = 0, .useful = 1 }, none = { .better = 1, .useful = 0 };
    assert_int_equal(oko_effect_estimate(u, 10, &bad, &e), OKO_E_ARGUMENT);
    assert_int_equal(oko_effect_of_one(u, 10, 1, 2, &none, &e), OKO_E_ARGUMENT);
}

static void test_shift_and_scale(void **state)
{
    (void)state;
    oko_rng r;
    r = oko_rng_make(7, 1);
    oko_effect_unit u[40], v[40];
    for (int i = 0; i < 40; i++) {
        double b = 20 + 6 * oko_rng_normal(&r);
        u[i] = (oko_effect_unit){ b, 8 + .5 * b + 3 * oko_rng_normal(&r) - (i < 8 ? 4 : 0), i < 8 };
        v[39 - i] = (oko_effect_unit){ -3 * u[i].before + 1e6, -3 * u[i].after + 1e6, u[i].treated };
    }
    oko_effect a, b;
    const oko_effect_options more = { .better = 1, .useful = 15 };
    assert_int_equal(oko_effect_estimate(u, 40, &less, &a), OKO_OK);
    assert_int_equal(oko_effect_estimate(v, 40, &more, &b), OKO_OK);
    near(b.effect, -3 * a.effect, 1e-8);
    near(b.effect_lo, -3 * a.effect_hi, 1e-8);
    near(b.p, a.p, 1e-8);
    near(b.slope, a.slope, 1e-8);
    assert_int_equal(a.verdict, b.verdict);
}

/* Units are treated because their value before was bad; the true effect is known. */
static void world(oko_rng *r, double effect, oko_effect_unit *u, int n)
{
    for (int i = 0; i < n; i++) {
        const double truth = 20 + 5 * oko_rng_normal(r);
        const double before = truth + 5 * oko_rng_normal(r);
        const bool treated = before > 26 && oko_rng_uniform(r) < .7;
        u[i] = (oko_effect_unit){ before, truth + 5 * oko_rng_normal(r) + (treated ? effect : 0), treated };
    }
}

static void test_regression_to_the_mean(void **state)
{
    (void)state;
    enum { WORLDS = 1000, UNITS = 120 };
    oko_effect_unit u[UNITS];
    int helped = 0, holds = 0, counted = 0, did_below = 0, found = 0;
    double sum = 0;
    oko_rng r;
    r = oko_rng_make(2022, 5);
    for (int k = 0; k < WORLDS; k++) {
        oko_effect e;
        world(&r, 0, u, UNITS);
        assert_int_equal(oko_effect_estimate(u, UNITS, &less, &e), OKO_OK);
        if (isnan(e.effect_lo)) {
            continue;
        }
        counted++;
        helped += e.verdict == OKO_EFFECT_HELPED;
        holds += e.effect_lo <= 0 && 0 <= e.effect_hi;
        did_below += e.did_hi < 0;
        world(&r, -5, u, UNITS);
        assert_int_equal(oko_effect_estimate(u, UNITS, &less, &e), OKO_OK);
        found += e.verdict == OKO_EFFECT_HELPED;
        sum += e.effect;
    }
    print_message(
        "no effect: helped %.3f, interval holds 0 %.3f, plain difference below 0 %.3f; effect -5: found %.3f, "
        "mean %.2f\n",
        (double)helped / counted, (double)holds / counted, (double)did_below / counted, (double)found / counted,
        sum / counted);
    assert_true(counted > 950);
    assert_true(helped < .04 * counted);   /* one-sided .025 nominal */
    assert_true(holds > .93 * counted);    /* .95 nominal */
    assert_true(did_below > .5 * counted); /* what the allowance is for */
    assert_true(found > .6 * counted);
    near(sum / counted, -5, .05);
}

static void test_one_unit(void **state)
{
    (void)state;
    enum { WORLDS = 2000, UNITS = 60 };
    oko_effect_unit u[UNITS];
    int holds = 0;
    oko_rng r;
    r = oko_rng_make(31, 5);
    for (int k = 0; k < WORLDS; k++) {
        oko_effect e;
        world(&r, 0, u, UNITS);
        for (int i = 0; i < UNITS; i++) {
            u[i].treated = false;
        }
        const double before = u[0].before, after = u[0].after;
        assert_int_equal(oko_effect_of_one(u + 1, UNITS - 1, before, after, &less, &e), OKO_OK);
        assert_int_equal(e.n_treated, 1);
        holds += e.effect_lo <= 0 && 0 <= e.effect_hi;
    }
    assert_true(holds > .935 * WORLDS && holds < .965 * WORLDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference),       cmocka_unit_test(test_what_cannot_be_said),
        cmocka_unit_test(test_shift_and_scale), cmocka_unit_test(test_regression_to_the_mean),
        cmocka_unit_test(test_one_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
