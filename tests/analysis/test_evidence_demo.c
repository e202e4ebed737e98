/* The whole way on a made-up region with known truth: files → import → evidence; the planted classes are found, the
 * honest ones are left in peace. Bounds are well below what was measured (docs/results). */
#include "analysis/evidence.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "demo/demo.h"
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

enum { FILES = 7, MAX_CLASSES = 4000 };
static const char *const files[FILES] = { "units.csv",       "2020-04-MA.xlsx", "2020-04-RU.xlsx", "2021-04-MA.xlsx",
                                          "2021-04-RU.xlsx", "2021-05-MA.xlsx", "2021-05-RU.xlsx" };

typedef struct judged {
    char procedure[OKO_CODE_BYTES], school[64], label[16], plant[16];
    double p, q;
    bool pattern, known; /* known: the evidence has a row with numbers */
} judged;

typedef struct region {
    char dir[64];
    oko_store *store;
    size_t n;
    judged at[MAX_CLASSES];
} region;

static void ok(oko_status status, const oko_error *err)
{
    if (status != OKO_OK)
        fail_msg("status %d (%s %s)", (int)status, err->id, err->field);
}

static void in_dir(const region *r, const char *name, char path[160])
{
    snprintf(path, 160, "%s/%s", r->dir, name);
}

static void import_all(region *r)
{
    static char paths[FILES][160];
    const char *list[FILES];
    oko_error err = { 0 };
    for (int i = 0; i < FILES; i++) {
        in_dir(r, files[i], paths[i]);
        list[i] = paths[i];
    }
    const oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    ok(oko_import_files(r->store, list, 1, &options, NULL, NULL, &err), &err);
    ok(oko_import_files(r->store, list + 1, FILES - 1, &options, NULL, NULL, &err), &err);
}

/* truth.csv: municipality;school;class;procedure;plant;… The class stands as the school wrote it. */
static void read_truth(region *r)
{
    char path[160], line[512];
    in_dir(r, "truth.csv", path);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        char *field[5], *at = line;
        for (int i = 0; i < 5; i++) {
            field[i] = at;
            at = strchr(at, ';');
            assert_non_null(at);
            *at++ = '\0';
        }
        assert_true(r->n < MAX_CLASSES);
        judged *j = &r->at[r->n++];
        snprintf(j->school, sizeof j->school, "%s", field[1]);
        snprintf(j->procedure, sizeof j->procedure, "%s", field[3]);
        snprintf(j->plant, sizeof j->plant, "%s", field[4]);
        oko_class_label(oko_str_of(field[2]), atoi(field[3] + 5), j->label);
    }
    fclose(f);
}

static oko_status take(void *ctx, const oko_result *r)
{
    region *g = ctx;
    oko_error err = { 0 };
    oko_unit unit;
    char label[40];
    ok(oko_store_unit_get(g->store, r->unit, &unit, &err), &err);
    for (size_t i = 0; i < g->n; i++) {
        judged *j = &g->at[i];
        snprintf(label, sizeof label, "\"class\":\"%s\"", j->label);
        if (strcmp(j->school, unit.code) == 0 && strcmp(j->procedure, r->procedure) == 0 &&
            strstr(r->details, label) != NULL) {
            j->known = r->state == OKO_RESULT_OK;
            j->p = r->p;
            j->q = r->q;
            j->pattern = strstr(r->details, "\"family\":\"pattern\"") != NULL;
        }
    }
    return OKO_OK;
}

static int set_up(void **state)
{
    region *r = calloc(1, sizeof *r);
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    char path[160];
    assert_non_null(r);
    snprintf(r->dir, sizeof r->dir, "/tmp/oko-evidence-XXXXXX");
    assert_non_null(mkdtemp(r->dir));
    oko_demo_options demo = OKO_DEMO_OPTIONS_INIT;
    demo.world.schools = 80;
    demo.world.municipalities = 12;
    demo.world.planted = .15;
    ok(oko_demo_write(r->dir, &demo, &err), &err);
    in_dir(r, "oko.db", path);
    ok(oko_store_open(path, &(oko_store_options)OKO_STORE_OPTIONS_INIT, &r->store, &err), &err);
    import_all(r);
    read_truth(r);
    const oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    ok(oko_evidence_run(r->store, &options, false, &run, &fresh, &err), &err);
    const oko_result_query query = { .run = run.id, .rule = OKO_RULE_EVIDENCE_CLASS, .level = OKO_LEVEL_COUNT };
    ok(oko_store_result_walk(r->store, &query, take, r, &err), &err);
    oko_run_clear(&run);
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const more[] = { "truth.csv", "recheck.csv", "observers.csv", "medals.csv",
                                        "oko.db",    "oko.db-wal",  "oko.db-shm" };
    region *r = *state;
    char path[160];
    oko_store_close(r->store);
    for (int i = 0; i < FILES + 4; i++) {
        in_dir(r, i < FILES ? files[i] : more[i - FILES], path);
        unlink(path);
    }
    rmdir(r->dir);
    free(r);
    return 0;
}

typedef struct score {
    int n, found, pattern;
    double auc; /* against the honest classes */
} score;

static score score_of(const region *r, const char *plant)
{
    score s = { 0 };
    double wins = 0, pairs = 0;
    for (size_t i = 0; i < r->n; i++) {
        const judged *a = &r->at[i];
        if (strcmp(a->plant, plant) != 0 || !a->known)
            continue;
        s.n++;
        s.found += a->q <= .05;
        s.pattern += a->q <= .05 && a->pattern;
        for (size_t k = 0; k < r->n; k++) {
            const judged *b = &r->at[k];
            if (strcmp(b->plant, "none") != 0 || !b->known)
                continue;
            wins += a->p < b->p ? 1 : a->p > b->p ? 0 : .5;
            pairs++;
        }
    }
    s.auc = pairs > 0 ? wins / pairs : NAN;
    print_message("%-12s %4d classes, AUC %.3f, q ≤ .05: %d\n", plant, s.n, s.auc, s.found);
    return s;
}

/* ---- larger units ---- */

typedef struct wholes {
    int rows, timed, said, below;
} wholes;

static oko_status take_whole(void *ctx, const oko_result *r)
{
    wholes *w = ctx;
    bool timed = strstr(r->details, "\"time\":{\"p\":") != NULL;
    w->rows++;
    w->timed += timed;
    w->said += strstr(r->details, "\"why\":\"evidence.time.") != NULL;
    w->below += timed && r->p < .01;
    assert_true(timed == !isnan(r->effect)); /* marks are those of time */
    assert_true(isnan(r->effect) || (r->effect_lo < r->effect && r->effect < r->effect_hi));
    return OKO_OK;
}

static wholes read_wholes(const region *r, oko_level level)
{
    wholes w = { 0 };
    oko_error err = { 0 };
    oko_run run = { 0 };
    ok(oko_run_find(r->store, 0, OKO_METHODS_EVIDENCE, &run, &err), &err);
    const oko_result_query query = { .run = run.id, .rule = OKO_RULE_EVIDENCE, .level = level };
    ok(oko_store_result_walk(r->store, &query, take_whole, &w, &err), &err);
    oko_run_clear(&run);
    return w;
}

/* Every municipality has a time family, or the reason why not; regions have the reason. */
static void test_larger_units(void **state)
{
    wholes m = read_wholes(*state, OKO_LEVEL_MUNICIPALITY), top = read_wholes(*state, OKO_LEVEL_REGION);
    print_message("municipality-tests: %d, with time %d, why not %d, p < .01: %d\n", m.rows, m.timed, m.said, m.below);
    assert_true(m.rows >= 60 && m.timed >= 40);
    assert_int_equal(m.timed + m.said, m.rows);
    assert_true(m.below <= m.timed / 10);
    assert_int_equal(top.said, top.rows);
    assert_int_equal(top.timed, 0);
    assert_int_equal(top.rows, 6);
}

/* Most classes of the truth have a row: schools write their classes in many ways. */
static void test_classes_are_found(void **state)
{
    const region *r = *state;
    size_t known = 0;
    for (size_t i = 0; i < r->n; i++)
        known += r->at[i].known;
    assert_true(r->n > 500);
    assert_true((double)known > .95 * (double)r->n);
}

static void test_dictation(void **state)
{
    score s = score_of(*state, "dictation");
    assert_true(s.n >= 20);
    assert_true(s.auc > .93);
    assert_true((double)s.found > .55 * s.n);
    assert_true((double)s.pattern > .8 * s.found); /* attributed to the pattern of answers */
}

static void test_honest(void **state)
{
    score s = score_of(*state, "none");
    assert_true(s.n > 400);
    assert_true((double)s.found < .01 * s.n);
}

/* Of what is called at q ≤ .05 few are honest. */
static void test_false_discoveries(void **state)
{
    const region *r = *state;
    int called = 0, honest = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].known && r->at[i].q <= .05) {
            called++;
            honest += strcmp(r->at[i].plant, "none") == 0;
        }
    print_message("called %d, honest among them %d\n", called, honest);
    assert_true(called >= 30);
    assert_true(honest <= .12 * called);
}

static void test_other_kinds(void **state)
{
    assert_true(score_of(*state, "copying").auc > .75);
    assert_true(score_of(*state, "bunching").auc > .75);
    assert_true(score_of(*state, "uplift").auc > .65);
}

int main(void)
{
    const struct CMUnitTest list[] = {
        cmocka_unit_test(test_classes_are_found), cmocka_unit_test(test_larger_units),
        cmocka_unit_test(test_dictation),         cmocka_unit_test(test_honest),
        cmocka_unit_test(test_false_discoveries), cmocka_unit_test(test_other_kinds),
    };
    return cmocka_run_group_tests(list, set_up, tear_down);
}
