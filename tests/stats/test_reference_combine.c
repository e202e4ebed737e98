/* Combination and ranking of p-values against a table of exact arithmetic: tools/reference/combine.py made it. */
#include <oko/signs.h>
#include <oko/threshold.h>

#include "stats/reference_table.h"

static void check_row(const reference_row *r)
{
    size_t n = r->n[0];
    if (strcmp(r->kind, "cauchy") == 0) {
        assert_true(r->n[1] == n && r->n[2] == 1);
        assert_close(oko_cauchy_log_p(n, r->x[0], r->x[1]), r->expected[0]);
        return;
    }
    double q[REFERENCE_MOST];
    assert_string_equal(r->kind, "bh");
    assert_int_equal(r->n[2], n);
    assert_int_equal(oko_bh(n, r->x[0], q), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_close(q[i], r->expected[i]);
    }
}

static void test_table(void **state)
{
    (void)state;
    reference_walk(OKO_TEST_DATA "/reference/combine.csv", 11, check_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
