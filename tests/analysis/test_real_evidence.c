/* Evidence on the real files of a region, when they are beside the project: rows for all schools and classes, sane
 * numbers, few signs. */
#include "analysis/evidence.h"
#include "intake/import.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TESTS = 3 };
static const char *const codes[TESTS] = { "2020-04-MA", "2021-04-MA", "2021-05-MA" };

static void ok(oko_status status, const oko_error *err)
{
    if (status != OKO_OK)
        fail_msg("status %d (%s %s)", (int)status, err->id, err->field);
}

typedef struct tally {
    int n, computed, marked, small; /* small: p < .05 */
} tally;

static oko_status count(void *ctx, const oko_result *r)
{
    tally *t = ctx;
    t->n++;
    if (r->state != OKO_RESULT_OK) {
        assert_true(isnan(r->p) && isnan(r->q) && !r->marked && r->why[0] != '\0');
        return OKO_OK;
    }
    assert_true(r->p >= 0 && r->p <= 1 && r->log_p <= 0 && r->q >= r->p && r->q <= 1);
    assert_true(isnan(r->effect) || (r->effect_lo <= r->effect && r->effect <= r->effect_hi));
    t->computed++;
    t->marked += r->marked;
    t->small += r->p < .05;
    return OKO_OK;
}

static tally count_rows(oko_store *store, int64_t run, const char *rule, oko_level level, const char *procedure)
{
    oko_error err = { 0 };
    tally t = { 0 };
    const oko_result_query query = { .run = run, .rule = rule, .level = level, .procedure = procedure };
    ok(oko_store_result_walk(store, &query, count, &t, &err), &err);
    return t;
}

static void test_real(void **state)
{
    (void)state;
    static char paths[TESTS][300];
    const char *list[TESTS];
    char dir[] = "/tmp/oko-evidence-XXXXXX", db[64], name[80];
    oko_error err = { 0 };
    oko_store *store = NULL;
    oko_run run = { 0 };
    bool fresh = false;
    assert_non_null(mkdtemp(dir));
    snprintf(db, sizeof db, "%s/oko.db", dir);
    for (int i = 0; i < TESTS; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/vpr/%s.xlsx", OKO_SHARED_DATA, codes[i]);
        list[i] = paths[i];
    }
    ok(oko_store_open(db, &(oko_store_options)OKO_STORE_OPTIONS_INIT, &store, &err), &err);
    const oko_import_options import = OKO_IMPORT_OPTIONS_INIT;
    ok(oko_import_files(store, list, TESTS, &import, NULL, NULL, &err), &err);
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    options.replicates = 8;
    ok(oko_evidence_run(store, &options, false, &run, &fresh, &err), &err);
    for (int i = 0; i < TESTS; i++) {
        tally classes = count_rows(store, run.id, OKO_RULE_EVIDENCE_CLASS, OKO_LEVEL_COUNT, codes[i]);
        tally schools = count_rows(store, run.id, OKO_RULE_EVIDENCE, OKO_LEVEL_SCHOOL, codes[i]);
        print_message("%s: classes %d (%d computed, %d with signs, %d p < .05), schools %d (%d, %d, %d)\n", codes[i],
                      classes.n, classes.computed, classes.marked, classes.small, schools.n, schools.computed,
                      schools.marked, schools.small);
        assert_true(schools.n > 500 && classes.n > schools.n);
        assert_true(schools.computed > .8 * schools.n && classes.computed > .8 * classes.n);
        assert_true(schools.marked < .5 * schools.computed && classes.marked < .5 * classes.computed);
    }
    assert_int_equal(count_rows(store, run.id, OKO_RULE_EVIDENCE, OKO_LEVEL_REGION, NULL).n +
                             count_rows(store, run.id, OKO_RULE_EVIDENCE, OKO_LEVEL_MUNICIPALITY, NULL).n >
                         0,
                     1);
    oko_run_clear(&run);
    oko_store_close(store);
    static const char *const tails[] = { "", "-wal", "-shm" };
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", db, tails[i]);
        unlink(name);
    }
    rmdir(dir);
}

int main(void)
{
    char probe[300];
    for (int i = 0; i < TESTS; i++) {
        snprintf(probe, sizeof probe, "%s/vpr/%s.xlsx", OKO_SHARED_DATA, codes[i]);
        if (access(probe, R_OK) != 0)
            return 77;
    }
    const struct CMUnitTest list[] = { cmocka_unit_test(test_real) };
    return cmocka_run_group_tests(list, NULL, NULL);
}
