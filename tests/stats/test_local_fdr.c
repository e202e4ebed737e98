/* Local fdr against mixtures whose truth is known. */
#include <oko/local_fdr.h>

#include "base/random.h"
#include "stats/special.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../support/failing_alloc.h"
#include "near.h"

enum { MOST = 20000 };
static double z[MOST], log_p[MOST], fdr[MOST];

/* (1 − share) N(delta, sd²) + share N(3, 1). */
static void draw(size_t n, double share, double delta, double sd, uint64_t seed)
{
    oko_rng rng = oko_rng_make(seed, n);
    for (size_t i = 0; i < n; i++) {
        bool moved = oko_rng_uniform(&rng) < share;
        z[i] = moved ? 3 + oko_rng_normal(&rng) : delta + sd * oko_rng_normal(&rng);
        log_p[i] = oko_log_normal_q(z[i]);
    }
}

static double truth(double x, double share, double delta, double sd)
{
    double null = (1 - share) / sd * exp(-.5 * (x - delta) * (x - delta) / sd / sd);
    return null / (null + share * exp(-.5 * (x - 3) * (x - 3)));
}

static void check_order(size_t n)
{
    for (size_t i = 0; i < n; i += 7) {
        assert_true(fdr[i] >= 0 && fdr[i] <= 1);
        for (size_t k = 0; k < n; k += 101) {
            assert_true(log_p[i] <= log_p[k] ? fdr[i] <= fdr[k] : fdr[i] >= fdr[k]);
        }
    }
}

static void test_known_mixture(void **state)
{
    (void)state;
    oko_local_fdr_fit fit;
    draw(MOST, .1, 0, 1, 5);
    log_p[3] = NAN;
    assert_int_equal(oko_local_fdr(MOST, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, &fit), OKO_OK);
    assert_true(isnan(fdr[3]));
    assert_int_equal(fit.n, MOST - 1);
    assert_near(fit.p0, .9, .02);
    double far = 0;
    for (size_t i = 0; i < MOST; i++) {
        if (i != 3 && z[i] > 1) {
            far = fmax(far, fabs(fdr[i] - truth(z[i], .1, 0, 1)));
        }
        assert_true(i == 3 || z[i] > 0 || fdr[i] == 1);
    }
    print_message("largest distance from the truth at z > 1: %.3f\n", far);
    assert_true(far < .08);
    log_p[3] = log_p[4];
    fdr[3] = fdr[4];
    check_order(MOST);
}

/* Fewer units: still near the truth where it matters. */
static void test_few_units(void **state)
{
    (void)state;
    double sum = 0;
    double n = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        draw(400, .15, 0, 1, seed);
        assert_int_equal(oko_local_fdr(400, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_OK);
        check_order(400);
        for (size_t i = 0; i < 400; i++) {
            if (z[i] > 1.5) {
                sum += fabs(fdr[i] - truth(z[i], .15, 0, 1));
                n++;
            }
        }
    }
    print_message("400 units: mean distance at z > 1.5: %.3f\n", sum / n);
    assert_true(sum / n < .07);
}

static void test_empirical_null(void **state)
{
    (void)state;
    oko_local_fdr_fit fit;
    draw(MOST, .08, .3, 1.25, 9);
    assert_int_equal(oko_local_fdr(MOST, log_p, OKO_LOCAL_NULL_EMPIRICAL, fdr, &fit), OKO_OK);
    assert_near(fit.delta, .3, .12);
    assert_near(fit.sd, 1.25, .12);
    double near_3 = 0;
    double n = 0;
    for (size_t i = 0; i < MOST; i++) {
        if (fabs(z[i] - 4.5) < .25) {
            near_3 += fdr[i] - truth(z[i], .08, .3, 1.25);
            n++;
        }
    }
    assert_true(n > 20);
    assert_near(near_3 / n, 0, .1);
    assert_int_equal(oko_local_fdr(MOST, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, &fit), OKO_OK);
    assert_near(fit.delta, 0, 1e-15);
}

/* Combined p of honest groups lie closer to the middle than N(0, 1): still nobody looks moved, at no z. */
static void test_narrow_null(void **state)
{
    (void)state;
    double sum = 0;
    double n = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        draw(2000, 0, 0, .85, seed);
        assert_int_equal(oko_local_fdr(2000, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_OK);
        check_order(2000);
        for (size_t i = 0; i < 2000; i++) {
            sum += z[i] > .05 && z[i] < 1.5 ? fdr[i] : 0;
            n += z[i] > .05 && z[i] < 1.5;
        }
    }
    print_message("narrow null: mean fdr at .05 < z < 1.5: %.3f\n", sum / n);
    assert_true(sum / n > .97); /* .85 by a running minimum */
}

/* Nobody moved: hardly anyone looks as if. */
static void test_pure_null(void **state)
{
    (void)state;
    double low = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        draw(1000, 0, 0, 1, seed);
        assert_int_equal(oko_local_fdr(1000, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_OK);
        for (size_t i = 0; i < 1000; i++) {
            low += fdr[i] < .2;
        }
    }
    print_message("pure null: fdr < .2 for %.0f of 20000\n", low);
    assert_true(low <= 20);
}

static void test_edges(void **state)
{
    (void)state;
    draw(OKO_LOCAL_FDR_MIN - 1, .1, 0, 1, 1);
    oko_local_fdr_fit fit;
    assert_int_equal(oko_local_fdr(OKO_LOCAL_FDR_MIN - 1, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, &fit), OKO_OK);
    assert_true(isnan(fdr[0]) && isnan(fit.p0) && fit.n == OKO_LOCAL_FDR_MIN - 1);
    draw(300, .1, 0, 1, 1);
    log_p[0] = -2000; /* beyond a double */
    log_p[1] = -1e6;
    assert_int_equal(oko_local_fdr(300, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_OK);
    assert_true(fdr[0] >= 0 && fdr[0] < 1e-6 && fdr[1] <= fdr[0]);
    log_p[0] = .1;
    assert_int_equal(oko_local_fdr(300, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_E_ARGUMENT);
    for (size_t i = 0; i < 300; i++) {
        log_p[i] = -1;
    }
    assert_int_equal(oko_local_fdr(300, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_E_NUMERIC);
    draw(300, .1, 0, 1, 1);
    failing_alloc_arm(1);
    assert_int_equal(oko_local_fdr(300, log_p, OKO_LOCAL_NULL_THEORETICAL, fdr, NULL), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_mixture), cmocka_unit_test(test_few_units), cmocka_unit_test(test_empirical_null),
        cmocka_unit_test(test_narrow_null),   cmocka_unit_test(test_pure_null), cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
