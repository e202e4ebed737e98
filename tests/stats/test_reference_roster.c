/* Tails of the roster family against fractions: tools/reference/roster.py made the table. */
#include "stats/roster_tail.h"

#include "stats/reference_table.h"

static void check_row(const reference_row *r)
{
    const double *v = r->x[0];
    int16_t total[REFERENCE_MOST];
    if (strcmp(r->kind, "absence") == 0) {
        assert_close(roster_absence_log_p((int)v[0], (int)v[1], v[2], v[3]), r->expected[0]);
        return;
    }
    assert_string_equal(r->kind, "weak");
    for (size_t i = 0; i < r->n[0]; i++) {
        total[i] = (int16_t)v[i];
    }
    assert_true(r->n[1] == r->n[0] && r->n[2] == r->n[0]);
    assert_close(roster_weak_log_p((int)r->n[0], total, r->x[1], r->x[2]), r->expected[0]);
}

static void test_table(void **state)
{
    (void)state;
    reference_walk(OKO_TEST_DATA "/reference/roster.csv", 7, check_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
