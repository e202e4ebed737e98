/* Combination and ranking of p-values against a table of exact arithmetic: tools/reference/combine.py made it. */
#include <oko/signs.h>
#include <oko/threshold.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16 };

static size_t read_numbers(char *text, double *ret)
{
    size_t n = 0;
    for (char *rest = NULL, *word = strtok_r(text, " \n", &rest); word != NULL; word = strtok_r(NULL, " \n", &rest)) {
        assert_true(n < MOST);
        ret[n++] = strtod(word, NULL);
    }
    return n;
}

static void assert_close(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-10 * fabs(expected))) {
        fail_msg("%.17g, expected %.17g", found, expected);
    }
}

static void check_row(const char *kind, char *const part[3])
{
    double in[MOST];
    double weight[MOST];
    double expected[MOST];
    size_t n = read_numbers(part[0], in);
    size_t n_weights = read_numbers(part[1], weight);
    size_t n_expected = read_numbers(part[2], expected);
    if (strcmp(kind, "cauchy") == 0) {
        assert_true(n_weights == n && n_expected == 1);
        assert_close(oko_cauchy_log_p(n, in, weight), expected[0]);
        return;
    }
    double q[MOST];
    assert_string_equal(kind, "bh");
    assert_int_equal(n_expected, n);
    assert_int_equal(oko_bh(n, in, q), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_close(q[i], expected[i]);
    }
}

static void test_table(void **state)
{
    (void)state;
    FILE *file = fopen(OKO_TEST_DATA "/reference/combine.csv", "r");
    char line[1024];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *part[4] = { line };
        for (int i = 1; i < 4; i++) {
            part[i] = strchr(part[i - 1], ';');
            assert_non_null(part[i]);
            *part[i]++ = '\0';
        }
        check_row(part[0], part + 1);
        rows++;
    }
    fclose(file);
    assert_true(rows >= 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
