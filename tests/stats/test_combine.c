/* Cauchy combination: against its definition, far tails, weights, what is not known. */
#include <oko/signs.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

static double definition(size_t n, const double *p, const double *w)
{
    double sum = 0;
    double all = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = w != NULL ? w[i] : 1;
        sum += weight * tan(M_PI * (.5 - p[i]));
        all += weight;
    }
    return .5 - atan(sum / all) / M_PI;
}

static void test_definition(void **state)
{
    (void)state;
    static const double p[][3] = { { .31, .47, .83 }, { .013, .6, .2 }, { .9, .95, .97 }, { .0007, .04, .5 } };
    static const double w[3] = { 1, .4, 2.5 };
    for (size_t k = 0; k < sizeof p / sizeof p[0]; k++) {
        double l[3] = { log(p[k][0]), log(p[k][1]), log(p[k][2]) };
        assert_near(exp(oko_cauchy_log_p(3, l, NULL)), definition(3, p[k], NULL), 1e-12);
        assert_near(exp(oko_cauchy_log_p(3, l, w)), definition(3, p[k], w), 1e-12);
    }
    double one = log(.0321);
    assert_near(oko_cauchy_log_p(1, &one, NULL), one, 1e-12);
}

static void test_far_tails(void **state)
{
    (void)state;
    /* one tiny p among n: the combined is n times as large */
    double l[4] = { -2000, log(.4), log(.6), log(.5) };
    assert_near(oko_cauchy_log_p(4, l, NULL), -2000 + log(4), 1e-9);
    double two[2] = { -900, -900 };
    assert_near(oko_cauchy_log_p(2, two, NULL), -900, 1e-9);
    double mixed[2] = { -30, log(.25) };
    assert_near(oko_cauchy_log_p(2, mixed, NULL), -30 + log(2), 1e-9);
    /* no step where the small ones begin to be summed in logarithms */
    double before[3] = { -17.999, log(.3), log(.8) };
    double after[3] = { -18.001, log(.3), log(.8) };
    assert_near(oko_cauchy_log_p(3, before, NULL) - oko_cauchy_log_p(3, after, NULL), .002, 1e-5);
}

static void test_missing(void **state)
{
    (void)state;
    double l[3] = { NAN, log(.02), NAN };
    assert_near(oko_cauchy_log_p(3, l, NULL), log(.02), 1e-12);
    double none[2] = { NAN, NAN };
    assert_true(isnan(oko_cauchy_log_p(2, none, NULL)));
    assert_true(isnan(oko_cauchy_log_p(0, NULL, NULL)));
    double zero[2] = { 0, 1 };
    double two[2] = { -50, log(.2) };
    assert_near(oko_cauchy_log_p(2, two, zero), log(.2), 1e-12);
    /* a p of 1 does not undo a small one */
    double certain[2] = { log(1e-6), 0 };
    assert_true(oko_cauchy_log_p(2, certain, NULL) < log(3e-6));
}

static void test_names(void **state)
{
    (void)state;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        for (int g = 0; g < f; g++) {
            assert_string_not_equal(oko_family_name((oko_family)f), oko_family_name((oko_family)g));
        }
    }
    for (int s = 0; s < OKO_STAT_COUNT; s++) {
        assert_true(strlen(oko_statistic_name((oko_statistic)s)) > 0);
    }
    assert_string_equal(oko_family_name(OKO_FAMILY_COUNT), "");
    assert_string_equal(oko_statistic_name(OKO_STAT_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_far_tails),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
