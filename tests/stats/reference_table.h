/* Tables of reference values (tests/data/reference, made by tools/reference): one row a case. */
#ifndef OKO_TEST_REFERENCE_TABLE_H
#define OKO_TEST_REFERENCE_TABLE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { REFERENCE_MOST = 256, REFERENCE_GROUPS = 9 };

/* Numbers of one row: groups of inputs, the last one expected. */
typedef struct reference_row {
    const char *kind;
    int groups;
    size_t n[REFERENCE_GROUPS];
    double x[REFERENCE_GROUPS][REFERENCE_MOST];
    const double *expected;
} reference_row;

static inline size_t reference_numbers(char *text, double *ret)
{
    size_t n = 0;
    for (char *rest = NULL, *word = strtok_r(text, " \n", &rest); word != NULL; word = strtok_r(NULL, " \n", &rest)) {
        assert_true(n < REFERENCE_MOST);
        ret[n++] = strtod(word, NULL);
    }
    return n;
}

/* NaN: not computed. */
static inline void assert_close(double found, double expected)
{
    bool same = isnan(expected) ? isnan(found) : fabs(found - expected) <= 1e-10 * fabs(expected) + 1e-15;
    if (!same) {
        fail_msg("%.17g, expected %.17g", found, expected);
    }
}

/* Calls fn for every row; at least `rows` of them. */
static inline void reference_walk(const char *path, int rows, void (*fn)(const reference_row *row))
{
    FILE *file = fopen(path, "r");
    char line[4096];
    static reference_row row;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *next = strchr(line, ';');
        assert_non_null(next);
        *next = '\0';
        row.kind = line;
        row.groups = 0;
        for (char *part = next + 1; part != NULL; part = next) {
            assert_true(row.groups < REFERENCE_GROUPS);
            next = strchr(part, ';');
            if (next != NULL) {
                *next++ = '\0';
            }
            row.n[row.groups] = reference_numbers(part, row.x[row.groups]);
            row.groups++;
        }
        row.expected = row.x[row.groups - 1];
        fn(&row);
        rows--;
    }
    fclose(file);
    assert_true(rows <= 0);
}

#endif
