/* The rules of 2019 against pupil-by-pupil computation and against hand-made cases. */
#include <oko/fioko2019.h>

#include "base/random.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "near.h"

static oko_state *state_of(int max_total)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = max_total }, &s), OKO_OK);
    return s;
}

static void put(oko_state *s, int total, int journal, int times)
{
    for (int i = 0; i < times; i++) {
        assert_int_equal(oko_state_add(s, total, journal, NULL), OKO_OK);
    }
}

static void ci_by_hand(void **unused)
{
    (void)unused;
    oko_state *school = state_of(20);
    oko_state *region = state_of(20);
    put(school, 17, 4, 1);
    oko_fioko_ci ci = { .n = -5 };
    assert_int_equal(oko_fioko2019_ci(school, region, &ci), OKO_E_NO_DATA);
    assert_int_equal(ci.n, -5); /* untouched */
    put(school, 19, 4, 1);
    put(school, 16, 4, 1);
    put(region, 17, 4, 1);
    put(region, 19, 4, 1);
    put(region, 16, 4, 1);
    put(region, 4, 2, 4);
    assert_int_equal(oko_fioko2019_ci(school, region, &ci), OKO_OK);
    assert_near(ci.mean, 52.0 / 3.0, 1e-14);
    assert_near(ci.sd, 1.5275252316519465, 1e-14); /* √(7/3) */
    assert_near(ci.lower, 52.0 / 3.0 - 1.96 * sqrt(7.0 / 3.0) / sqrt(3.0), 1e-13);
    double mean = 68.0 / 7.0;
    double squares =
        (17 - mean) * (17 - mean) + (19 - mean) * (19 - mean) + (16 - mean) * (16 - mean) + 4 * (4 - mean) * (4 - mean);
    assert_near(ci.region_upper, mean + 1.96 * sqrt(squares / 6.0) / sqrt(7.0), 1e-12);
    assert_true(ci.lower > 15.5 && ci.region_upper < 15.5);
    assert_true(ci.marked);
    assert_int_equal(oko_fioko2019_ci(region, region, &ci), OKO_OK);
    assert_false(ci.marked);
    oko_state_free(school);
    oko_state_free(region);
}

/* Average rank of value v among n values, the slow way. */
static double slow_rank(const int *values, int n, int v)
{
    int less = 0;
    int equal = 0;
    for (int i = 0; i < n; i++) {
        less += values[i] < v;
        equal += values[i] == v;
    }
    return less + (equal + 1) / 2.0;
}

static void rs_equals_the_pupil_by_pupil_formula(void **unused)
{
    (void)unused;
    oko_rng rng = oko_rng_make(42, 0);
    int negative = 0;
    for (int trial = 0; trial < 300; trial++) {
        int n = 3 + (int)oko_rng_below(&rng, 40);
        int totals[64];
        int marks[64];
        oko_state *s = state_of(13);
        for (int i = 0; i < n; i++) {
            totals[i] = (int)oko_rng_below(&rng, 14);
            marks[i] = 1 + (int)oko_rng_below(&rng, 5);
            put(s, totals[i], marks[i], 1);
        }
        put(s, 3, 0, trial % 4); /* works without a mark do not count */
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double d = slow_rank(marks, n, marks[i]) - slow_rank(totals, n, totals[i]);
            squares += d * d;
        }
        double expected = 1 - 6 * squares / ((double)n * ((double)n * n - 1));
        oko_fioko_rs rs;
        assert_int_equal(oko_fioko2019_rs(s, &rs), OKO_OK);
        assert_int_equal(rs.n, n);
        assert_near(rs.rs, expected, 1e-12);
        assert_int_equal(rs.marked, rs.rs < 0);
        negative += rs.marked;
        oko_state_free(s);
    }
    assert_in_range(negative, 50, 250);
}

/* rs is exactly 0: one swap in four with Σd² = 10, n = 4: 1 − 60/60. Not marked. */
static void rs_of_zero_is_no_sign(void **unused)
{
    (void)unused;
    oko_state *s = state_of(9);
    const int total[4] = { 1, 2, 3, 4 };
    const int mark[4] = { 3, 4, 1, 2 }; /* d = −2,−2,2,2: 16; another order gives 10 */
    for (int i = 0; i < 4; i++) {
        put(s, total[i], mark[i], 1);
    }
    oko_fioko_rs rs;
    assert_int_equal(oko_fioko2019_rs(s, &rs), OKO_OK);
    assert_near(rs.rs, 1 - 6 * 16.0 / 60.0, 1e-15);
    assert_true(rs.marked);
    oko_state_free(s);
    s = state_of(9);
    const int mark0[4] = { 2, 4, 1, 3 }; /* d = −1,−2,2,1: 10 */
    for (int i = 0; i < 4; i++) {
        put(s, total[i], mark0[i], 1);
    }
    assert_int_equal(oko_fioko2019_rs(s, &rs), OKO_OK);
    assert_true(rs.rs == 0.0);
    assert_false(rs.marked);
    oko_state_free(s);
}

/* Ten million works: the exact sum neither overflows nor loses digits. Perfect disorder of two marks and two totals. */
static void rs_of_ten_million_works(void **unused)
{
    (void)unused;
    oko_state *a = state_of(5);
    put(a, 1, 5, 1);
    put(a, 4, 2, 1);
    for (int doubling = 0; doubling < 23; doubling++) { /* 2^24 works */
        oko_state *copy = NULL;
        assert_int_equal(oko_state_clone(a, &copy), OKO_OK);
        assert_int_equal(oko_state_merge(a, copy), OKO_OK);
        oko_state_free(copy);
    }
    double n = 16777216.0;
    oko_fioko_rs rs;
    assert_int_equal(oko_fioko2019_rs(a, &rs), OKO_OK);
    assert_int_equal(rs.n, 16777216);
    assert_near(rs.rs, 1 - 6 * (n * n / 4) / (n * n - 1), 1e-15); /* |d| = n/2 for all */
    assert_true(rs.marked);
    oko_state_free(a);
}

static void rs_needs_three_marks(void **unused)
{
    (void)unused;
    oko_state *s = state_of(5);
    put(s, 1, 3, 2);
    put(s, 2, 0, 50);
    oko_fioko_rs rs = { .n = 77 };
    assert_int_equal(oko_fioko2019_rs(s, &rs), OKO_E_NO_DATA);
    assert_int_equal(rs.n, 77);
    oko_state_free(s);
}

static void change_finds_the_outlying_schools(void **unused)
{
    (void)unused;
    enum { N = 8 };
    oko_state *before[N] = { NULL };
    oko_state *after[N] = { NULL };
    /* means in points of 20 before and of 40 after: K = 2·b/a */
    const int b[N] = { 10, 10, 11, 10, 19, 2, 7, 5 };
    const int a[N] = { 20, 21, 20, 19, 2, 39, -1, 0 };
    for (int i = 0; i < N; i++) {
        before[i] = state_of(20);
        put(before[i], b[i], 3, 3);
        if (a[i] >= 0) {
            after[i] = state_of(40);
            put(after[i], a[i], 3, 2);
        }
    }
    oko_fioko_change change[N];
    oko_fioko_bounds bounds;
    const oko_state *const *b_view = (const oko_state *const *)before;
    const oko_state *const *a_view = (const oko_state *const *)after;
    assert_int_equal(oko_fioko2019_change(N, b_view, a_view, change, &bounds), OKO_OK);
    assert_int_equal(bounds.schools, 6); /* school 6 has no later works, school 7 a later mean of 0 */
    /* K: .102564 .952381 1 1.052632 1.1 19; type 7: h = 1.25 and 3.75 */
    double k1 = 20.0 / 21.0;
    double q1 = k1 + .25 * (1 - k1);
    double q3 = 20.0 / 19.0 + .75 * (1.1 - 20.0 / 19.0);
    assert_near(bounds.q1, q1, 1e-12);
    assert_near(bounds.q3, q3, 1e-12);
    assert_near(bounds.low, q1 - 3 * (q3 - q1), 1e-12);
    assert_near(bounds.high, q3 + 3 * (q3 - q1), 1e-12);
    for (int i = 0; i < N; i++) {
        assert_int_equal(change[i].fall, i == 4);
        assert_int_equal(change[i].rise, i == 5);
        assert_int_equal(change[i].computable, i < 6);
        assert_int_equal(isnan(change[i].k) != 0, i >= 6);
    }
    assert_near(change[0].before, 50.0, 1e-12);
    assert_true(isnan(change[6].after));
    assert_int_equal(oko_fioko2019_change(3, b_view, a_view, change, &bounds), OKO_E_NO_DATA);
    assert_int_equal(bounds.schools, 3);
    assert_true(isnan(bounds.q1) && isnan(bounds.high));
    assert_false(change[0].fall || change[0].rise);
    failing_alloc_arm(1);
    assert_int_equal(oko_fioko2019_change(N, b_view, a_view, change, &bounds), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_int_equal(oko_fioko2019_change(0, NULL, NULL, NULL, &bounds), OKO_E_NO_DATA);
    for (int i = 0; i < N; i++) {
        oko_state_free(before[i]);
        oko_state_free(after[i]);
    }
}

static void index_of_objectivity(void **unused)
{
    (void)unused;
    double index = -1;
    assert_int_equal(oko_fioko2019_index(640, 81, &index), OKO_OK);
    assert_near(index, 87.34375, 1e-12);
    assert_int_equal(oko_fioko2019_index(0, 0, &index), OKO_E_NO_DATA);
    assert_int_equal(oko_fioko2019_index(5, 6, &index), OKO_E_ARGUMENT);
    assert_near(index, 87.34375, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ci_by_hand),
        cmocka_unit_test(rs_equals_the_pupil_by_pupil_formula),
        cmocka_unit_test(rs_of_zero_is_no_sign),
        cmocka_unit_test(rs_of_ten_million_works),
        cmocka_unit_test(rs_needs_three_marks),
        cmocka_unit_test(change_finds_the_outlying_schools),
        cmocka_unit_test(index_of_objectivity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
