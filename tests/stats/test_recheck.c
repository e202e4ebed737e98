/* A re-check by hand: twelve works of which every number can be counted; the parts have tests of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include <oko/recheck.h>

#include "near.h"
#include "support/failing_alloc.h"

static const oko_recheck_work works[] = {
    { 3, 2, 6, 5 },   { 3, 3, 7, 7 }, { 4, 3, 10, 9 },  { 4, 4, 12, 12 }, { 5, 5, 17, 18 }, { 2, 2, 3, 3 },
    { 5, 4, 15, 13 }, { 3, 3, 8, 8 }, { 4, 4, 13, 13 }, { 2, 3, 5, 6 },   { -1, 3, 8, -1 }, { 4, 4, -1, -1 },
};
static const int16_t cutoffs[] = { 6, 10, 15 };
static const oko_recheck_design design = {
    .population = 60, .target = .1, .n_cutoffs = 3, .cutoffs = cutoffs, .window = 1
};

static void every_number_by_hand(void **state)
{
    (void)state;
    oko_recheck r;
    oko_interval f;
    double p = 0;
    assert_int_equal(oko_recheck_compute(works, 12, &design, &r), OKO_OK);
    assert_int_equal(r.mark.n, 11);
    assert_int_equal(r.mark.changed, 4);
    assert_int_equal(r.mark.up, 1);
    assert_int_equal(r.mark.down, 3);
    assert_int_equal(r.total.n, 10);
    assert_int_equal(r.total.changed, 5);
    assert_int_equal(r.total.up, 2);
    assert_near(r.mark.share, 4. / 11, 1e-15);
    assert_near(r.mark.sign_p, .625, 1e-12); /* 2·(1 + 4)/16 */
    assert_int_equal(oko_share_finite(4, 11, 60, .05, &f), OKO_OK);
    assert_near(r.mark.finite.lo, f.lo, 0);
    assert_int_equal(oko_share_above_finite(4, 11, 60, .1, &p, NULL), OKO_OK);
    assert_near(r.mark.p, p, 0);
    assert_true(r.mark.finite.hi < r.mark.exact.hi && r.mark.finite.lo > r.mark.exact.lo);
    assert_near(r.median_mark, 0, 0);
    assert_near(r.median_total, 0, 0);
    assert_int_equal(r.near_n, 4); /* totals 6, 10, 15, 5 */
    assert_int_equal(r.near_changed, 4);
    assert_int_equal(r.far_n, 6);
    assert_int_equal(r.far_changed, 0);
    assert_near(r.near_p, 1. / 210, 1e-12); /* one table of C(10, 4) */
    assert_near(r.exact.observed, 7. / 11, 1e-15);
    assert_true(r.quadratic.kappa > r.exact.kappa);
    assert_true(r.rank_p > .3 && r.rank_p < 1);
}

static void counts_alone(void **state)
{
    (void)state;
    oko_recheck_change c;
    assert_int_equal(oko_recheck_counts(16, 3, 1, 2, -1, .1, &c), OKO_OK);
    assert_true(isnan(c.finite.lo) && !isnan(c.p));
    assert_near(c.sign_p, 1, 1e-12);
    assert_int_equal(oko_recheck_counts(16, 3, -1, -1, 80, .1, &c), OKO_OK);
    assert_true(isnan(c.sign_p) && c.up == -1 && !isnan(c.finite.lo));
    assert_int_equal(oko_recheck_counts(0, 0, 0, 0, -1, .1, &c), OKO_E_NO_DATA);
    assert_true(isnan(c.share));
    assert_int_equal(oko_recheck_counts(16, 17, -1, -1, -1, .1, &c), OKO_E_ARGUMENT);
    assert_int_equal(oko_recheck_counts(16, 3, 1, 1, -1, .1, &c), OKO_E_ARGUMENT);
    assert_int_equal(oko_recheck_counts(16, 3, 1, 2, 15, .1, &c), OKO_E_ARGUMENT);
}

static void nothing_known(void **state)
{
    (void)state;
    static const oko_recheck_work none[] = { { -1, 3, -1, 7 }, { 3, -1, 7, -1 } };
    static const oko_recheck_work marks[] = { { 3, 3, -1, -1 }, { 3, 3, -1, -1 } };
    oko_recheck r;
    assert_int_equal(oko_recheck_compute(none, 2, &design, &r), OKO_E_NO_DATA);
    assert_true(isnan(r.mark.share) && isnan(r.near_p) && isnan(r.rank_p));
    assert_int_equal(oko_recheck_compute(marks, 2, &design, &r), OKO_OK);
    assert_near(r.mark.share, 0, 0);
    assert_true(isnan(r.total.share) && isnan(r.exact.kappa) && isnan(r.rank_p) && isnan(r.near_p));
    assert_near(r.median_mark, 0, 0);
}

static void memory_runs_out(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        oko_recheck r;
        failing_alloc_arm(n);
        const oko_status status = oko_recheck_compute(works, 12, &design, &r);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            assert_true(n > 3);
            return;
        }
        assert_int_equal(status, OKO_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_number_by_hand), cmocka_unit_test(counts_alone),
                                        cmocka_unit_test(nothing_known), cmocka_unit_test(memory_runs_out) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
