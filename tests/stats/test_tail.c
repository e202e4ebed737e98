/* Tails against closed forms, exact enumeration and numerical integration done here; down to 1e-300. */
#include "stats/special.h"
#include "stats/tail.h"

#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "near.h"

/* log ∫_z^∞ φ by Simpson's rule on [z, z + 24/max(z,1)], scaled by φ(z). */
static double normal_q_by_integration(double z)
{
    enum { STEPS = 40000 };
    double h = 24 / (z > 1 ? z : 1) / STEPS;
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
        double t = i * h;
        double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * exp(-t * (z + .5 * t));
    }
    return -.5 * z * z - .5 * log(2 * M_PI) + log(sum * h / 3);
}

static void normal_tail(void **unused)
{
    (void)unused;
    assert_near(oko_log_normal_q(0), -M_LN2, 1e-15);
    assert_near(exp(oko_log_normal_q(1.959963984540054)), .025, 1e-14);
    static const double z[] = { .37, 2.9, 8.13, 17.7, 29.999, 30.001, 37.0471, 38.9, 77.3 };
    for (size_t i = 0; i < sizeof z / sizeof z[0]; i++) {
        assert_near(oko_log_normal_q(z[i]), normal_q_by_integration(z[i]),
                    1e-11 + 1e-13 * fabs(oko_log_normal_q(z[i])));
        assert_near(exp(oko_log_normal_q(-z[i])) + exp(oko_log_normal_q(z[i])), 1, 1e-15);
    }
    assert_true(oko_log_normal_q(37.0471) < -690 && oko_log_normal_q(37.0471) > -692); /* about 1e-300 */
}

static void student_tail(void **unused)
{
    (void)unused;
    static const double t[] = { .003, .77, 3.1, 41.7, 1e5, 3.3e49, 7e149 };
    for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
        double root = sqrt(t[i] * t[i] + 2);
        assert_near(oko_log_t_q(t[i], 1), log(atan(1 / t[i]) / M_PI), 2e-13 * (1 + fabs(oko_log_t_q(t[i], 1))));
        assert_near(oko_log_t_q(t[i], 2), -log(root) - log(root + t[i]), 2e-13 * (1 + fabs(oko_log_t_q(t[i], 2))));
        assert_near(exp(oko_log_t_q(-t[i], 2)) + exp(oko_log_t_q(t[i], 2)), 1, 1e-13);
    }
    assert_true(oko_log_t_q(7e149, 2) < -690); /* 1e-300 */
    assert_near(oko_t_975(1), tan(.475 * M_PI), 1e-9);
    assert_near(oko_t_975(2), .95 * sqrt(2 / (1 - .95 * .95)), 1e-10);
    assert_near(oko_t_975(1e9), 1.959963984540054, 1e-7);
    assert_near(oko_log_t_q(5.5, 3e6), oko_log_normal_q(5.5), 1e-3);
    assert_true(isnan(oko_log_t_q(NAN, 4)));
    assert_true(isnan(oko_log_t_q(1, 0)));
}

static void binomial_shares(void **unused)
{
    (void)unused;
    for (int n = 1; n <= 40; n += 3) {
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            sum += exp(oko_log_binomial_pmf(k, n, .37));
        }
        assert_near(sum, 1, 1e-13);
        double lo;
        double hi;
        oko_midp_interval(0, n, .05, &lo, &hi); /* 1 − ½(1−p)^n = .975 */
        assert_true(lo == 0);
        assert_near(hi, 1 - pow(.05, 1.0 / n), 1e-8);
        oko_midp_interval(n, n, .05, &lo, &hi);
        assert_near(lo, pow(.05, 1.0 / n), 1e-8);
        assert_true(hi == 1);
        double mirror_lo;
        double mirror_hi;
        oko_midp_interval(n / 3, n, .05, &lo, &hi);
        oko_midp_interval(n - n / 3, n, .05, &mirror_lo, &mirror_hi);
        assert_near(lo, 1 - mirror_hi, 1e-8);
        assert_near(hi, 1 - mirror_lo, 1e-8);
        assert_true(lo <= (double)(n / 3) / n && hi > (double)(n / 3) / n);
    }
    /* tail of Bin(n, p) = I_p(k, n − k + 1), summed term by term */
    double tail = 0;
    for (int k = 31; k <= 57; k++) {
        tail += exp(oko_log_binomial_pmf(k, 57, .219));
    }
    assert_near(oko_log_beta_inc(31, 27, .219), log(tail), 1e-11 * fabs(log(tail)));
    assert_near(oko_log_beta_inc(2000, 1, .7), 2000 * log(.7), 1e-9); /* x^a: 1e-310 */
    assert_true(isnan(oko_log_beta_inc(1, 1, 1.5)));
}

/* All outcomes of up to three binomials, one by one. */
static double midp_by_enumeration(const tail_part *parts)
{
    double observed = parts[0].above + parts[1].above + parts[2].above;
    double tail = 0;
    for (int i = 0; i <= (int)parts[0].trials; i++) {
        for (int j = 0; j <= (int)parts[1].trials; j++) {
            for (int k = 0; k <= (int)parts[2].trials; k++) {
                const int at[3] = { i, j, k };
                double p = 1;
                for (int c = 0; c < 3; c++) {
                    for (int m = 0; m < at[c]; m++) {
                        p *= parts[c].share * (parts[c].trials - m) / (m + 1.0);
                    }
                    p *= pow(1 - parts[c].share, parts[c].trials - at[c]);
                }
                tail += i + j + k > observed ? p : i + j + k == observed ? .5 * p : 0;
            }
        }
    }
    return tail;
}

static void pooled_tail_equals_enumeration(void **unused)
{
    (void)unused;
    for (int b = 0; b <= 19; b++) {
        tail_part parts[3] = { { 5, b < 5 ? b : 5, .31, 0 },
                               { 3,
                                 b < 5   ? 0
                                 : b < 8 ? b - 5
                                         : 3,
                                 .62, 0 },
                               { 11, b < 8 ? 0 : b - 8, .17, 0 } };
        double log_p = NAN;
        assert_int_equal(tail_log_midp(parts, 3, &log_p), OKO_OK);
        assert_near(log_p, log(midp_by_enumeration(parts)), 1e-11);
    }
}

static void far_tails_keep_their_digits(void **unused)
{
    (void)unused;
    double log_p = NAN;
    tail_part one = { .trials = 573, .above = 573, .share = .3 };
    assert_int_equal(tail_log_midp(&one, 1, &log_p), OKO_OK);
    assert_near(log_p, 573 * log(.3) - M_LN2, 1e-8); /* 1e-300 */
    tail_part three[3] = { { 200, 200, .3, 0 }, { 170, 170, .3, 0 }, { 203, 203, .3, 0 } };
    assert_int_equal(tail_log_midp(three, 3, &log_p), OKO_OK);
    assert_near(log_p, 573 * log(.3) - M_LN2, 1e-8);
    three[2].above = 150; /* splitting does not matter when the shares are equal */
    tail_part whole = { .trials = 573, .above = 520, .share = .3 };
    double joint = NAN;
    assert_int_equal(tail_log_midp(three, 3, &log_p), OKO_OK);
    assert_int_equal(tail_log_midp(&whole, 1, &joint), OKO_OK);
    assert_near(log_p, joint, 1e-8);
    tail_part none = { .trials = 40, .above = 0, .share = .5 };
    assert_int_equal(tail_log_midp(&none, 1, &log_p), OKO_OK);
    assert_true(log_p <= 0 && log_p > -1e-9);
}

/* Uncertain log odds: against a mixture over 40 001 nodes. */
static void uncertain_shares_fatten_the_tail(void **unused)
{
    (void)unused;
    tail_part part = { .trials = 60, .above = 44, .share = .52, .log_odds_var = .09 };
    double log_p = NAN;
    assert_int_equal(tail_log_midp(&part, 1, &log_p), OKO_OK);
    double tail = 0;
    double weight = 0;
    for (int i = -20000; i <= 20000; i++) {
        double z = i / 20000.0 * 6;
        double w = exp(-.5 * z * z);
        double p = 1 / (1 + exp(-(log(.52 / .48) + .3 * z)));
        tail += w * (exp(oko_log_beta_inc(45, 16, p)) + .5 * exp(oko_log_binomial_pmf(44, 60, p)));
        weight += w;
    }
    assert_near(log_p, log(tail / weight), 1e-3);
    part.log_odds_var = 0;
    double sharp = NAN;
    assert_int_equal(tail_log_midp(&part, 1, &sharp), OKO_OK);
    assert_true(log_p > sharp + .3);
}

/* Up to 2000 works the sum is exact, above it is normal: no jump between. */
static void exact_and_normal_meet(void **unused)
{
    (void)unused;
    tail_part below = { .trials = 2000, .above = 1060, .share = .5, .log_odds_var = 1e-4 };
    tail_part above = { .trials = 2002, .above = 1061, .share = .5, .log_odds_var = 1e-4 };
    double a;
    double b;
    assert_int_equal(tail_log_midp(&below, 1, &a), OKO_OK);
    assert_int_equal(tail_log_midp(&above, 1, &b), OKO_OK);
    assert_near(a, b, .02);
}

static void allocation_can_fail(void **unused)
{
    (void)unused;
    tail_part part = { .trials = 60, .above = 44, .share = .52 };
    double log_p = 7;
    failing_alloc_arm(1);
    assert_int_equal(tail_log_midp(&part, 1, &log_p), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_true(log_p == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_tail),
        cmocka_unit_test(student_tail),
        cmocka_unit_test(binomial_shares),
        cmocka_unit_test(pooled_tail_equals_enumeration),
        cmocka_unit_test(far_tails_keep_their_digits),
        cmocka_unit_test(uncertain_shares_fatten_the_tail),
        cmocka_unit_test(exact_and_normal_meet),
        cmocka_unit_test(allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
