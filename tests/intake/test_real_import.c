/* The six real files: every figure of rows, participants, no total, above maximum, total ≠ Σ items and schools. */
#include "intake/import.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct expected {
    const char *code;
    int64_t rows, participants, no_total, above_max, mismatch, schools;
    double mean;
} expected;

/* From data/README.md, made by an independent program. */
static const expected table[] = {
    { "2020-04-MA", 26626, 23329, 3292, 5, 19, 629, 10.6467 },
    { "2020-04-RU", 26589, 23285, 3302, 2, 112, 631, 21.2962 },
    { "2021-04-MA", 26666, 24917, 1733, 16, 29, 631, 12.0064 },
    { "2021-04-RU", 26595, 24967, 1626, 2, 62, 628, 24.6806 },
    { "2021-05-MA", 26139, 23704, 2434, 1, 7, 634, 9.6447 },
    { "2021-05-RU", 26501, 23785, 2716, 0, 0, 633, 26.1164 },
};
enum { FILES = sizeof table / sizeof table[0] };

static char paths[FILES][512];
static const char *path_list[FILES];
static char database[] = "/tmp/oko-real-XXXXXX";

static void seen(void *ctx, const char *path, const oko_import_report *report, const char *hint, const oko_error *err)
{
    (void)path;
    (void)hint;
    int *n = ctx;
    if (report == NULL)
        fail_msg("%s: %s %s", path, err->id, err->field);
    assert_string_equal(report->procedures[0], table[*n].code); /* in the order given */
    assert_int_equal(report->n_dropped, 1);                     /* sex */
    assert_int_equal(report->counts.rows, table[*n].rows);
    assert_int_equal(report->schools, table[*n].schools);
    assert_int_equal(report->works_lost, 0);
    assert_string_equal(report->layout, *n < 2 ? "regional-2020" : "regional-2021");
    ++*n;
}

typedef struct sums {
    oko_counts counts;
    int64_t schools;
} sums;

static oko_status add(void *ctx, int64_t school, const oko_counts *counts)
{
    (void)school;
    sums *s = ctx;
    oko_counts_add(&s->counts, counts);
    s->schools += counts->participants > 0 ? 1 : 0;
    return OKO_OK;
}

static void check_figures(oko_store *store)
{
    for (int i = 0; i < FILES; i++) {
        oko_error err = { 0 };
        static oko_procedure p;
        sums s = { 0 };
        assert_int_equal(oko_store_procedure_get(store, table[i].code, 0, &p, &err), OKO_OK);
        assert_int_equal(oko_store_counts_walk(store, p.id, 0, add, &s, &err), OKO_OK);
        assert_int_equal(s.counts.rows, table[i].rows);
        assert_int_equal(s.counts.participants, table[i].participants);
        assert_int_equal(s.counts.no_total, table[i].no_total);
        assert_int_equal(s.counts.above_max, table[i].above_max);
        assert_int_equal(s.counts.sum_mismatch, table[i].mismatch);
        assert_int_equal(s.counts.bad_total, 0);
        assert_int_equal(s.schools, table[i].schools);
        double mean = (double)s.counts.sum / (double)s.counts.participants;
        assert_true(mean > table[i].mean - 5e-5 && mean < table[i].mean + 5e-5);
    }
}

static void again(void *ctx, const char *path, const oko_import_report *report, const char *hint, const oko_error *err)
{
    (void)path;
    (void)hint;
    (void)err;
    int *n = ctx;
    *n += report != NULL && report->unchanged && report->import == 0 ? 1 : 0;
}

static void test_six_files(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_store *store = NULL;
    int n = 0;
    int64_t before = 0, after = 0;
    assert_int_equal(oko_store_open(database, NULL, &store, &err), OKO_OK);
    assert_int_equal(oko_import_files(store, path_list, FILES, NULL, seen, &n, &err), OKO_OK);
    assert_int_equal(n, FILES);
    check_figures(store);
    assert_int_equal(oko_store_revision(store, &before, &err), OKO_OK);
    n = 0;
    assert_int_equal(oko_import_files(store, path_list, FILES, NULL, again, &n, &err), OKO_OK);
    assert_int_equal(n, FILES);
    assert_int_equal(oko_store_revision(store, &after, &err), OKO_OK);
    assert_int_equal(before, after);
    check_figures(store);
    oko_store_close(store);
}

/* The rows of one school whose sex stands in the column of the journal mark. */
static void test_shifted_cells(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_store *store = NULL;
    oko_import_report report = { 0 };
    oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    char *hint = NULL;
    int64_t shifted = 0;
    options.dry_run = true;
    assert_int_equal(oko_store_open(database, NULL, &store, &err), OKO_OK);
    assert_int_equal(oko_import_file(store, paths[3], &options, &report, &hint, &err), OKO_OK);
    for (size_t i = 0; i < report.n_problem_counts; i++)
        if (strcmp(report.problem_counts[i].reason, "problem.journal.shifted") == 0)
            shifted += report.problem_counts[i].n;
    assert_int_equal(shifted, 11);
    assert_null(hint);
    oko_import_report_clear(&report);
    oko_store_close(store);
}

/* A test of another subject is refused. */
static void test_wrong_procedure(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_store *store = NULL;
    oko_import_report report = { 0 };
    oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    char *hint = NULL;
    options.procedure = "2021-04-RU";
    assert_int_equal(oko_store_open(database, NULL, &store, &err), OKO_OK);
    assert_int_equal(oko_import_file(store, paths[2], &options, &report, &hint, &err), OKO_E_CONFLICT);
    assert_string_equal(err.id, "intake.wrong_procedure.count");
    assert_string_equal(err.arg[1], "15");
    assert_string_equal(err.arg[2], "20");
    free(hint);
    oko_store_close(store);
}

int main(void)
{
    failing_alloc_arm(0); /* none fails; the wrappers of malloc are linked */
    for (int i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/vpr/%s.xlsx", OKO_SHARED_DATA, table[i].code);
        path_list[i] = paths[i];
        if (access(paths[i], R_OK) != 0)
            return 77;
    }
    int fd = mkstemp(database);
    if (fd < 0)
        return 1;
    close(fd);
    unlink(database);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_six_files),
        cmocka_unit_test(test_shifted_cells),
        cmocka_unit_test(test_wrong_procedure),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(database);
    return failed;
}
