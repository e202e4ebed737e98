/* Exact tests, shares, rules of 2019 against enumeration in whole numbers: tools/reference/exact.py made the table. */
#include <oko/fioko2019.h>
#include <oko/paired.h>
#include <oko/pairs.h>
#include <oko/proportion.h>
#include <oko/units.h>

#include "stats/reference_table.h"

static void check_tail(const reference_row *r)
{
    double log_p = NAN;
    if (strcmp(r->kind, "gbt") == 0) {
        assert_int_equal(oko_gbt_tail((int)r->n[0], r->x[0], (int)r->x[1][0], &log_p), OKO_OK);
    } else {
        assert_int_equal(oko_m4_tail((int)r->n[0], r->x[0], r->x[1], (int)r->x[2][0], (int)r->x[2][1], &log_p), OKO_OK);
    }
    assert_close(log_p, r->expected[0]);
}

static void check_interval(const reference_row *r)
{
    const double *v = r->x[0];
    oko_interval found = { NAN, NAN };
    oko_status status = strcmp(r->kind, "exact") == 0 ? oko_share_exact((int64_t)v[0], (int64_t)v[1], v[2], &found)
                        : strcmp(r->kind, "midp") == 0
                            ? oko_share_midp((int64_t)v[0], (int64_t)v[1], v[2], &found)
                            : oko_share_finite((int64_t)v[0], (int64_t)v[1], (int64_t)v[2], v[3], &found);
    assert_int_equal(status, OKO_OK);
    assert_close(found.lo, r->expected[0]);
    assert_close(found.hi, r->expected[1]);
}

static void check_above(const reference_row *r)
{
    const double *v = r->x[0];
    double p = NAN, log_p = NAN;
    oko_status status = strcmp(r->kind, "above") == 0
                            ? oko_share_above((int64_t)v[0], (int64_t)v[1], v[2], &p, &log_p)
                            : oko_share_above_finite((int64_t)v[0], (int64_t)v[1], (int64_t)v[2], v[3], &p, &log_p);
    assert_int_equal(status, OKO_OK);
    assert_close(p, r->expected[0]);
    assert_close(log_p, r->expected[1]);
}

static void check_compare(const reference_row *r)
{
    const double *v = r->x[0];
    double p = NAN;
    assert_int_equal(oko_share_compare((int64_t)v[0], (int64_t)v[1], (int64_t)v[2], (int64_t)v[3], &p), OKO_OK);
    assert_close(p, r->expected[0]);
}

static void check_sign(const reference_row *r)
{
    double p = NAN;
    assert_int_equal(oko_paired_sign_test((int64_t)r->x[0][0], (int64_t)r->x[0][1], &p), OKO_OK);
    assert_close(p, r->expected[0]);
}

static void check_wilcoxon(const reference_row *r)
{
    oko_wilcoxon found;
    assert_int_equal(oko_wilcoxon_test(r->x[0], r->n[0], &found), OKO_OK);
    assert_true(found.exact);
    assert_close(found.w_plus, r->expected[0]);
    assert_close(found.p, r->expected[1]);
}

static void check_kappa(const reference_row *r)
{
    int64_t table[REFERENCE_MOST];
    oko_agreement found;
    for (size_t i = 0; i < r->n[1]; i++) {
        table[i] = (int64_t)r->x[1][i];
    }
    assert_int_equal(oko_agreement_kappa((int)r->x[0][0], table, (oko_agreement_weights)(int)r->x[0][1], &found),
                     OKO_OK);
    assert_close(found.observed, r->expected[0]);
    assert_close(found.chance, r->expected[1]);
    assert_close(found.kappa, r->expected[2]);
    assert_close(found.se, r->expected[3]);
}

static oko_state *state_of(const double *total, const double *mark, size_t n)
{
    const oko_shape shape = { .max_total = 20 };
    oko_state *state = NULL;
    assert_int_equal(oko_state_new(&shape, &state), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(oko_state_add(state, (int)total[i], mark != NULL ? (int)mark[i] : 0, NULL), OKO_OK);
    }
    return state;
}

static void check_rs(const reference_row *r)
{
    oko_state *state = state_of(r->x[1], r->x[0], r->n[0]);
    oko_fioko_rs found;
    assert_int_equal(oko_fioko2019_rs(state, &found), OKO_OK);
    assert_close(found.rs, r->expected[0]);
    assert_true(found.marked == (r->expected[0] < 0));
    oko_state_free(state);
}

static void check_ci(const reference_row *r)
{
    oko_state *school = state_of(r->x[0], NULL, r->n[0]);
    oko_state *region = state_of(r->x[1], NULL, r->n[1]);
    oko_fioko_ci found;
    assert_int_equal(oko_fioko2019_ci(school, region, &found), OKO_OK);
    const double got[] = { found.mean, found.sd, found.lower, found.region_mean, found.region_sd, found.region_upper };
    for (int i = 0; i < 6; i++) {
        assert_close(got[i], r->expected[i]);
    }
    oko_state_free(school);
    oko_state_free(region);
}

static void check_change(const reference_row *r)
{
    oko_state *before[16];
    oko_state *after[16];
    oko_fioko_change change[16];
    oko_fioko_bounds found;
    size_t n = r->n[0];
    assert_true(n <= 16 && r->n[1] == n);
    for (size_t i = 0; i < n; i++) {
        before[i] = state_of(&r->x[0][i], NULL, 1);
        after[i] = state_of(&r->x[1][i], NULL, 1);
    }
    assert_int_equal(
        oko_fioko2019_change(n, (const oko_state *const *)before, (const oko_state *const *)after, change, &found),
        OKO_OK);
    const double got[] = { found.q1, found.q3, found.low, found.high };
    for (int i = 0; i < 4; i++) {
        assert_close(got[i], r->expected[i]);
    }
    for (size_t i = 0; i < n; i++) {
        assert_true(change[i].fall == (change[i].k > r->expected[3]));
        assert_true(change[i].rise == (change[i].k < r->expected[2]));
        oko_state_free(before[i]);
        oko_state_free(after[i]);
    }
}

static void check_shift(const reference_row *r)
{
    oko_shift_state state = { 0 };
    for (size_t i = 0; i < r->n[0]; i++) {
        oko_shift_add(&state, r->x[0][i], r->x[1][i]);
    }
    oko_shift found = oko_shift_mean(&state);
    assert_close(found.value, r->expected[0]);
    assert_close(found.df, r->expected[1]);
}

static void check_row(const reference_row *r)
{
    static const struct {
        const char *kind;
        void (*check)(const reference_row *r);
    } kinds[] = { { "gbt", check_tail },        { "m4", check_tail },
                  { "exact", check_interval },  { "midp", check_interval },
                  { "finite", check_interval }, { "above", check_above },
                  { "abovefin", check_above },  { "compare", check_compare },
                  { "sign", check_sign },       { "wilcoxon", check_wilcoxon },
                  { "kappa", check_kappa },     { "rs", check_rs },
                  { "ci", check_ci },           { "change", check_change },
                  { "shift", check_shift } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, r->kind) == 0) {
            kinds[i].check(r);
            return;
        }
    }
    fail_msg("%s: nobody checks it", r->kind);
}

static void test_table(void **state)
{
    (void)state;
    reference_walk(OKO_TEST_DATA "/reference/exact.csv", 58, check_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
