/* Inside of the families: landing, level, growth, agreement. tools/reference/signs.py made the table. */
#include "stats/landing_tail.h"
#include "stats/level_growth.h"
#include "stats/level_model.h"
#include "stats/special.h"

#include "stats/reference_table.h"

enum { GROUPS = 8 };

static void check_landing(const reference_row *r)
{
    landing_block block[REFERENCE_MOST];
    double f[LANDING_CELLS * REFERENCE_MOST];
    int cut[REFERENCE_MOST];
    int64_t seen[REFERENCE_MOST];
    for (size_t i = 0; i < r->n[0]; i++) {
        cut[i] = (int)r->x[0][i];
    }
    for (size_t i = 0; i < r->n[1]; i++) {
        seen[i] = (int64_t)r->x[1][i];
    }
    assert_true(r->n[1] == r->n[2]);
    int n = landing_place((int)r->n[2], (int)r->n[0], cut, seen, r->x[2], block);
    assert_close(landing_log_p(block, n, r->x[2], r->x[3][0], f), r->expected[0]);
}

static void put_matrix(int d, const double *from, double *to)
{
    for (int a = 0; a < d; a++) {
        for (int b = 0; b < d; b++) {
            to[a * LEVEL_COLUMNS + b] = from[a * d + b];
        }
    }
}

static void check_level(const reference_row *r)
{
    static const level_evidence evidence[] = { LEVEL_ALL, LEVEL_OWN, LEVEL_OTHER_TESTS };
    int d = (int)r->x[0][1];
    size_t n = r->n[1];
    oko_sign_test tests[1] = { { .year = 2021 } };
    oko_sign_group in[GROUPS] = { 0 };
    sign_group group[GROUPS] = { 0 };
    double x[GROUPS * LEVEL_COLUMNS];
    assert_true(n <= GROUPS && r->n[2] == 2 * (size_t)d && r->n[6] == n * (size_t)d);
    sign_world w = { .tests = tests, .n_tests = 1, .n = n, .group = group };
    level_model m = { .target = 0, .d = d, .n = n, .x = x, .axis_var = r->x[0][2] };
    for (size_t i = 0; i < n; i++) {
        in[i].parent = 7;
        group[i] = (sign_group){ .in = &in[i], .n_works = (int)r->x[1][i] };
        memcpy(x + i * LEVEL_COLUMNS, r->x[6] + i * (size_t)d, (size_t)d * sizeof *x);
    }
    memcpy(m.mean, r->x[2], (size_t)d * sizeof *x);
    memcpy(m.axis, r->x[2] + d, (size_t)d * sizeof *x);
    put_matrix(d, r->x[3], m.parent);
    put_matrix(d, r->x[4], m.group);
    put_matrix(d, r->x[5], m.pupil);
    double residual;
    double var;
    assert_true(level_residual(&w, &m, 0, evidence[(int)r->x[0][0]], &residual, &var));
    assert_close(residual, r->expected[0]);
    assert_close(var, r->expected[1]);
}

static void check_row(const reference_row *r)
{
    if (strcmp(r->kind, "square") == 0) {
        assert_close(oko_mean_square_z(r->x[0][0], r->x[0][1]), r->expected[0]);
    } else if (strcmp(r->kind, "growth") == 0) {
        assert_true(r->n[1] == r->n[2]);
        assert_close(level_growth_ratio(r->n[1], r->x[0][0], r->x[0][1], r->x[1], r->x[2]), r->expected[0]);
    } else if (strcmp(r->kind, "landing") == 0) {
        check_landing(r);
    } else {
        assert_string_equal(r->kind, "level");
        check_level(r);
    }
}

static void test_table(void **state)
{
    (void)state;
    reference_walk(OKO_TEST_DATA "/reference/signs.csv", 15, check_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
