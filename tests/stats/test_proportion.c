/* Exact inference on shares and on paired judgements. Reference values: exact rational or 60-digit enumeration of the
 * binomial, hypergeometric and signed-rank distributions (Python's fractions and decimal), given beside each case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include <oko/paired.h>
#include <oko/proportion.h>

#include "support/failing_alloc.h"

static void close_to_at(double value, double expected, double tolerance, int line)
{
    if (!(fabs(value - expected) <= tolerance * fmax(1e-3, fabs(expected))))
        fail_msg("line %d: %.17g, expected %.17g", line, value, expected);
}
#define close_to(value, expected, tolerance) close_to_at(value, expected, tolerance, __LINE__)

static void intervals_of_a_share(void **state)
{
    (void)state;
    static const struct {
        int64_t x, n;
        double exact_lo, exact_hi, mid_lo, mid_hi;
    } cases[] = {
        { 0, 7, 0, .4096163972250035, 0, .3481636551311609 },
        { 3, 17, .03798506807062596, .434317872844284, .04694017931185071, .4088927996303762 },
        { 7, 7, .5903836027749966, 1, .6518363448688391, 1 },
        { 13, 64, .1128288594708401, .32226430670804, .1179083790352731, .3146923222443078 },
        { 2, 160, .001517409103187738, .04442303443091138, .002101125023161548, .04068003647226558 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oko_interval e, m;
        assert_int_equal(oko_share_exact(cases[i].x, cases[i].n, .05, &e), OKO_OK);
        assert_int_equal(oko_share_midp(cases[i].x, cases[i].n, .05, &m), OKO_OK);
        close_to(e.lo, cases[i].exact_lo, 1e-10);
        close_to(e.hi, cases[i].exact_hi, 1e-10);
        close_to(m.lo, cases[i].mid_lo, 1e-8);
        close_to(m.hi, cases[i].mid_hi, 1e-8);
    }
}

static void nothing_and_nonsense(void **state)
{
    (void)state;
    oko_interval i = { 0, 0 };
    double p = 0;
    assert_int_equal(oko_share_exact(0, 0, .05, &i), OKO_E_NO_DATA);
    assert_true(isnan(i.lo) && isnan(i.hi));
    assert_int_equal(oko_share_exact(3, 2, .05, &i), OKO_E_ARGUMENT);
    assert_int_equal(oko_share_midp(1, 2, 0, &i), OKO_E_ARGUMENT);
    assert_int_equal(oko_share_finite(1, 5, 4, .05, &i), OKO_E_ARGUMENT);
    assert_int_equal(oko_share_above(0, 0, .1, &p, NULL), OKO_E_NO_DATA);
    assert_true(isnan(p));
    assert_int_equal(oko_share_compare(1, 2, 0, 0, &p), OKO_E_NO_DATA);
    assert_int_equal(oko_share_compare(0, 2, 0, 5, &p), OKO_E_NO_DATA);
    assert_int_equal(oko_paired_sign_test(0, 0, &p), OKO_E_NO_DATA);
    assert_int_equal(oko_paired_sign_test(-1, 0, &p), OKO_E_ARGUMENT);
}

static void a_sample_of_a_known_number_of_works(void **state)
{
    (void)state;
    static const struct {
        int64_t x, n, all, lo, hi;
    } cases[] = { { 3, 17, 80, 4, 32 }, { 0, 10, 60, 0, 17 }, { 5, 20, 20, 5, 5 }, { 13, 64, 400, 48, 125 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oko_interval f;
        assert_int_equal(oko_share_finite(cases[i].x, cases[i].n, cases[i].all, .05, &f), OKO_OK);
        close_to(f.lo, (double)cases[i].lo / (double)cases[i].all, 1e-12);
        close_to(f.hi, (double)cases[i].hi / (double)cases[i].all, 1e-12);
    }
}

static void shares_above_a_target(void **state)
{
    (void)state;
    double p = 0, log_p = 0;
    assert_int_equal(oko_share_above(3, 17, .1, &p, NULL), OKO_OK);
    close_to(p, .2382028112497987, 1e-10);
    assert_int_equal(oko_share_above(13, 64, .1, &p, NULL), OKO_OK);
    close_to(p, .009919964393703922, 1e-10);
    assert_int_equal(oko_share_above(40, 64, .1, &p, &log_p), OKO_OK);
    close_to(log_p, -54.50228165751419, 1e-10);
    assert_int_equal(oko_share_above(0, 64, .1, &p, &log_p), OKO_OK);
    close_to(p, 1, 0);
    assert_int_equal(oko_share_above_finite(3, 17, 80, .1, &p, NULL), OKO_OK); /* 8 of 80 */
    close_to(p, .22314590427355432, 1e-10);
    assert_int_equal(oko_share_above_finite(13, 64, 400, .1, &p, NULL), OKO_OK);
    close_to(p, .004878906966410397, 1e-10);
    assert_int_equal(oko_share_above_finite(10, 17, 80, .1, &p, NULL), OKO_OK); /* more than there are */
    close_to(p, 0, 0);
}

static void two_shares(void **state)
{
    (void)state;
    double p = 0;
    assert_int_equal(oko_share_compare(6, 20, 3, 44, &p), OKO_OK);
    close_to(p, .021509420024904954, 1e-10);
    assert_int_equal(oko_share_compare(1, 9, 11, 12, &p), OKO_OK);
    close_to(p, .0003708365937468105, 1e-10);
    assert_int_equal(oko_share_compare(5, 11, 5, 11, &p), OKO_OK);
    close_to(p, 1, 1e-10);
}

static void directions(void **state)
{
    (void)state;
    double p = 0;
    assert_int_equal(oko_paired_sign_test(2, 9, &p), OKO_OK);
    close_to(p, .0654296875, 1e-10);
    assert_int_equal(oko_paired_sign_test(5, 5, &p), OKO_OK);
    close_to(p, 1, 0);
    assert_int_equal(oko_paired_sign_test(31, 0, &p), OKO_OK);
    close_to(p, 9.313225746154785e-10, 1e-10);
}

static void signed_ranks(void **state)
{
    (void)state;
    oko_wilcoxon w;
    static const double a[] = { -3, 1, -1, -2, 0, 4, -2, -5, 1, -1, -6 }, b[] = { 1, 2, -3, 4, 5, 6, -7, 8, 9 },
                        c[] = { -1, -1, -1, -2 }, zeros[] = { 0, 0 };
    assert_int_equal(oko_wilcoxon_test(a, 11, &w), OKO_OK);
    assert_int_equal(w.pairs, 10);
    close_to(w.w_plus, 13, 0);
    close_to(w.p, .158203125, 1e-10);
    close_to(w.median, -1, 0);
    assert_int_equal(oko_wilcoxon_test(b, 9, &w), OKO_OK);
    close_to(w.w_plus, 35, 0);
    close_to(w.p, .1640625, 1e-10);
    assert_int_equal(oko_wilcoxon_test(c, 4, &w), OKO_OK);
    close_to(w.p, .125, 1e-10);
    assert_int_equal(oko_wilcoxon_test(zeros, 2, &w), OKO_E_NO_DATA);
    assert_true(isnan(w.p));
    close_to(w.median, 0, 0);
    const double broken[] = { 1, NAN };
    assert_int_equal(oko_wilcoxon_test(broken, 2, &w), OKO_E_ARGUMENT);
}

/* Where enumeration ends the approximation is near it. */
static void many_signed_ranks(void **state)
{
    (void)state;
    double d[OKO_WILCOXON_EXACT + 1];
    oko_wilcoxon exact, normal;
    for (int i = 0; i <= OKO_WILCOXON_EXACT; i++)
        d[i] = i % 5 == 0 || i % 7 == 1 ? (i % 9 + 1) : -(i % 6 + 1);
    assert_int_equal(oko_wilcoxon_test(d, OKO_WILCOXON_EXACT, &exact), OKO_OK);
    assert_int_equal(oko_wilcoxon_test(d, OKO_WILCOXON_EXACT + 1, &normal), OKO_OK);
    assert_int_equal(exact.exact, 1);
    assert_int_equal(normal.exact, 0);
    assert_true(exact.p > 1e-4 && exact.p < .5);
    assert_true(fabs(log(exact.p) - log(normal.p)) < .4);
}

static void agreement(void **state)
{
    (void)state;
    static const int64_t table[] = { 11, 2, 0, 0, 5, 30, 4, 1, 0, 7, 41, 3, 0, 0, 6, 14 };
    static const double expected[3][2] = { { .6738987508218277, .05437887582786184 },
                                           { .755938645310167, .04288959924021775 },
                                           { .8399400399733511, .03336417916203636 } };
    oko_agreement a;
    for (int w = 0; w < 3; w++) {
        assert_int_equal(oko_agreement_kappa(4, table, (oko_agreement_weights)w, &a), OKO_OK);
        close_to(a.kappa, expected[w][0], 1e-10);
        close_to(a.se, expected[w][1], 1e-10);
        assert_int_equal(a.n, 124);
    }
    static const int64_t same[] = { 5, 0, 0, 0 }, empty[4] = { 0 };
    assert_int_equal(oko_agreement_kappa(2, same, OKO_AGREEMENT_EXACT, &a), OKO_E_NO_DATA);
    assert_true(isnan(a.kappa));
    assert_int_equal(oko_agreement_kappa(2, empty, OKO_AGREEMENT_EXACT, &a), OKO_E_NO_DATA);
    assert_int_equal(oko_agreement_kappa(1, same, OKO_AGREEMENT_EXACT, &a), OKO_E_ARGUMENT);
}

/* Every interval holds the share itself, and coverage is what it should be: over all x of Bin(n, p), exactly. */
static void coverage(void **state)
{
    (void)state;
    static const double shares[] = { .02, .1, .37, .5 };
    for (int64_t n = 5; n <= 40; n += 7) {
        for (size_t s = 0; s < 4; s++) {
            double covered = 0, mid = 0, pmf = pow(1 - shares[s], (double)n);
            for (int64_t x = 0; x <= n; x++) {
                oko_interval e, m;
                assert_int_equal(oko_share_exact(x, n, .05, &e), OKO_OK);
                assert_int_equal(oko_share_midp(x, n, .05, &m), OKO_OK);
                assert_true(e.lo <= m.lo + 1e-9 && m.hi <= e.hi + 1e-9);
                covered += e.lo <= shares[s] && shares[s] <= e.hi ? pmf : 0;
                mid += m.lo <= shares[s] && shares[s] <= m.hi ? pmf : 0;
                pmf *= (double)(n - x) / (double)(x + 1) * shares[s] / (1 - shares[s]);
            }
            assert_true(covered >= .95 - 1e-9);
            assert_true(mid >= .9);
        }
    }
}

static void memory_runs_out(void **state)
{
    (void)state;
    static const double d[] = { -1, 2, 3 };
    for (size_t n = 1;; n++) {
        oko_wilcoxon w;
        failing_alloc_arm(n);
        const oko_status status = oko_wilcoxon_test(d, 3, &w);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            assert_true(n == 4);
            return;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_true(isnan(w.p));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_a_share),
        cmocka_unit_test(nothing_and_nonsense),
        cmocka_unit_test(a_sample_of_a_known_number_of_works),
        cmocka_unit_test(shares_above_a_target),
        cmocka_unit_test(two_shares),
        cmocka_unit_test(directions),
        cmocka_unit_test(signed_ranks),
        cmocka_unit_test(many_signed_ranks),
        cmocka_unit_test(agreement),
        cmocka_unit_test(coverage),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
