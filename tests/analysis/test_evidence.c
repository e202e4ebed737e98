/* The evidence run: who is one group, what a row says, the run's identity, digits and place among other runs. */
#include "world.h"

#include "analysis/evidence.h"
#include "analysis/evidence_works.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "base/random.h"

#include "support/failing_alloc.h"

#include <math.h>

enum { SCHOOLS = 24, PUPILS = 18, ITEMS = 12, MAX = 12 };
static const int16_t cutoffs[] = { 4, 7, 10 };

static const struct {
    const char *code;
    int shift; /* of the answers: tests differ */
} tests[] = { { "2020-04-MA", 0 }, { "2021-04-MA", 3 }, { "2021-05-MA", 1 }, { "2021-05-RU", 2 } };
enum { TESTS = sizeof tests / sizeof *tests };

/* A class with items. told: the first four items are right for everybody. */
static void put_items(world *w, int64_t procedure, int64_t school, const char *label, size_t n, uint64_t stream,
                      bool told)
{
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    oko_rng rng = oko_rng_make(7, stream);
    assert_int_equal(oko_sheet_new(n, ITEMS, &sheet), OKO_OK);
    sheet->procedure = procedure;
    sheet->school = school;
    snprintf(sheet->class_label, sizeof sheet->class_label, "%s", label);
    for (size_t i = 0; i < n; i++) {
        double ability = oko_rng_normal(&rng);
        bool absent = i == n - 1;
        int total = 0;
        for (int k = 0; k < ITEMS; k++) {
            double p = 1 / (1 + exp(-(ability + (k - 5.5) * .35)));
            int right = oko_rng_uniform(&rng) < p || (told && k < 4);
            sheet->items[i * ITEMS + (size_t)k] = (int8_t)(absent ? OKO_ITEM_ABSENT : right);
            total += right;
        }
        sheet->code[i] = (label[0] == '\0' ? 50001 : label[strlen(label) - 1] == '\x90' ? 40001 : 41001) + i;
        sheet->journal[i] = (int8_t)(3 + (ability > 0) + (ability > 1));
        sheet->total[i] = (int16_t)(absent ? OKO_TOTAL_NONE : total);
        sheet->flags[i] = absent ? OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL : 0;
    }
    oko_change change;
    ok(oko_store_sheet_put(w->store, w->import, sheet, &change, &err), &err);
    oko_sheet_free(sheet);
}

/* Every school has classes А and Б; school 3's class А of 2021-05-MA was told four items; school 0 has works of no
 * class in 2021-05-RU, and school 1 a class of three pupils. backwards: schools are put in the other order, so that
 * they have other ids. */
static world *make_world(bool backwards)
{
    world *w = world_open();
    int64_t procedure[TESTS];
    begin(w);
    for (int t = 0; t < TESTS; t++)
        procedure[t] = put_procedure(w, tests[t].code, OKO_KIND_VPR, MAX, ITEMS, 3, cutoffs);
    for (int k = 0; k < SCHOOLS; k++) {
        int s = backwards ? SCHOOLS - 1 - k : k;
        char code[16];
        snprintf(code, sizeof code, "sch%03d", s);
        int64_t school = put_unit(w, OKO_LEVEL_SCHOOL, code, w->municipality[s % 2]);
        for (int t = 0; t < TESTS; t++) {
            uint64_t stream = (uint64_t)(s * 16 + tests[t].shift * 2);
            put_items(w, procedure[t], school, "А", PUPILS, stream, s == 3 && t == 2);
            put_items(w, procedure[t], school, "Б", PUPILS + 1, stream + 1, false);
        }
        if (s == 0)
            put_items(w, procedure[3], school, "", 9, 9000, false);
        if (s == 1)
            put_items(w, procedure[3], school, "В", 4, 9001, false);
    }
    commit(w);
    return w;
}

static oko_run compute(world *w, int threads, bool recompute, bool *ret_new)
{
    oko_error err = { 0 };
    oko_run run = { 0 };
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    options.threads = threads;
    options.replicates = 8;
    ok(oko_evidence_run(w->store, &options, recompute, &run, ret_new, &err), &err);
    return run;
}

/* ---- rows ---- */

typedef struct rows {
    size_t n;
    oko_result at[SCHOOLS * TESTS * 4];
} rows;

static oko_status take(void *ctx, const oko_result *r)
{
    rows *list = ctx;
    assert_true(list->n < sizeof list->at / sizeof *list->at);
    list->at[list->n] = *r;
    list->at[list->n++].details = oko_str_dup(oko_str_of(r->details));
    return OKO_OK;
}

static rows *read_rows(world *w, int64_t run, const char *rule, oko_level level, const char *procedure)
{
    oko_error err = { 0 };
    rows *list = calloc(1, sizeof *list);
    assert_non_null(list);
    const oko_result_query query = { .run = run, .rule = rule, .level = level, .procedure = procedure };
    ok(oko_store_result_walk(w->store, &query, take, list, &err), &err);
    return list;
}

static void free_rows(rows *list)
{
    for (size_t i = 0; i < list->n; i++)
        oko_result_clear(&list->at[i]);
    free(list);
}

static const oko_result *row_of(world *w, const rows *list, const char *school, const char *part)
{
    oko_error err = { 0 };
    oko_unit unit;
    ok(oko_store_unit_find(w->store, OKO_LEVEL_SCHOOL, school, &unit, &err), &err);
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].unit == unit.id && strstr(list->at[i].details, part) != NULL)
            return &list->at[i];
    fail_msg("no row of %s with %s", school, part);
    return NULL;
}

static void test_rows(void **state)
{
    (void)state;
    world *w = make_world(false);
    bool fresh = false;
    oko_run run = compute(w, 0, false, &fresh);
    assert_true(fresh);
    assert_string_equal(run.method, OKO_EVIDENCE_VERSION);

    rows *classes = read_rows(w, run.id, OKO_RULE_EVIDENCE_CLASS, OKO_LEVEL_COUNT, "2021-05-RU");
    assert_int_equal(classes->n, 2 * SCHOOLS + 2);
    const oko_result *a = row_of(w, classes, "sch000", "\"class\":\"А\"");
    assert_int_equal(a->n, PUPILS - 1);
    assert_int_equal(a->state, OKO_RESULT_OK);
    assert_true(a->p > 0 && a->p < 1 && a->q >= a->p && fabs(log(a->p) - a->log_p) < 1e-9);
    assert_non_null(strstr(a->details, "\"absent_n\":1,"));
    assert_non_null(strstr(a->details, "\"cohort\":2016,"));
    assert_int_equal(row_of(w, classes, "sch000", "\"class\":\"\"")->n, 8);
    const oko_result *small = row_of(w, classes, "sch001", "\"class\":\"В\"");
    assert_int_equal(small->state, OKO_RESULT_NO_DATA);
    assert_string_equal(small->why, "evidence.few_works");
    assert_true(isnan(small->p) && isnan(small->q) && isnan(small->effect) && !small->marked);
    assert_non_null(strstr(small->details, "\"evidence\":\"no_data\""));
    free_rows(classes);

    rows *schools = read_rows(w, run.id, OKO_RULE_EVIDENCE, OKO_LEVEL_SCHOOL, "2021-05-RU");
    assert_int_equal(schools->n, SCHOOLS);
    assert_int_equal(row_of(w, schools, "sch000", "{")->n, PUPILS - 1 + PUPILS + 8);
    assert_int_equal(row_of(w, schools, "sch001", "{")->n, PUPILS - 1 + PUPILS + 3);
    assert_null(strstr(schools->at[0].details, "\"class\""));
    free_rows(schools);
    oko_run_clear(&run);
    world_close(w);
}

/* Four items told to a class of 18: the pattern of answers shows it, and names the items. */
static void test_told(void **state)
{
    (void)state;
    world *w = make_world(false);
    bool fresh = false;
    oko_run run = compute(w, 0, false, &fresh);
    rows *classes = read_rows(w, run.id, OKO_RULE_EVIDENCE_CLASS, OKO_LEVEL_COUNT, "2021-05-MA");
    const oko_result *told = row_of(w, classes, "sch003", "\"class\":\"А\"");
    assert_true(told->q <= .05 && told->marked);
    assert_non_null(strstr(told->details, "\"family\":\"pattern\""));
    const char *good = strstr(told->details, "\"good\":[\"");
    assert_non_null(good);
    assert_true(good[9] >= '1' && good[9] <= '4' && good[10] == '"');
    int marked = 0;
    for (size_t i = 0; i < classes->n; i++)
        marked += classes->at[i].marked;
    assert_in_range(marked, 1, 3);
    free_rows(classes);
    oko_run_clear(&run);
    world_close(w);
}

static void test_wholes(void **state)
{
    (void)state;
    world *w = make_world(false);
    bool fresh = false;
    oko_run run = compute(w, 0, false, &fresh), main = { 0 };
    oko_error err = { 0 };
    ok(oko_run_find(w->store, 0, OKO_METHODS_MAIN, &main, &err), &err);
    static const oko_level levels[] = { OKO_LEVEL_MUNICIPALITY, OKO_LEVEL_REGION };
    for (int l = 0; l < 2; l++) {
        rows *ours = read_rows(w, run.id, OKO_RULE_EVIDENCE, levels[l], NULL);
        rows *theirs = read_rows(w, main.id, "oko/threshold", levels[l], NULL);
        assert_int_equal(ours->n, (l == 0 ? 2 : 1) * TESTS);
        assert_int_equal(ours->n, theirs->n);
        for (size_t i = 0; i < ours->n; i++) {
            assert_int_equal(ours->at[i].unit, theirs->at[i].unit);
            assert_true(ours->at[i].p >= theirs->at[i].p && ours->at[i].p <= theirs->at[i].p);
            assert_true(isnan(ours->at[i].effect)); /* works lifted are not marks */
            assert_non_null(strstr(ours->at[i].details, "\"threshold\":{\"p\":"));
            assert_null(strstr(ours->at[i].details, "\"pattern\""));
        }
        free_rows(ours);
        free_rows(theirs);
    }
    oko_run_clear(&main);
    oko_run_clear(&run);
    world_close(w);
}

/* ---- identity and digits ---- */

static void test_same_run(void **state)
{
    (void)state;
    world *w = make_world(false);
    bool fresh = false;
    oko_error err = { 0 };
    oko_run first = compute(w, 1, false, &fresh);
    assert_true(fresh);
    oko_run again = compute(w, 2, false, &fresh);
    assert_false(fresh);
    assert_int_equal(again.id, first.id);
    oko_run_clear(&again);
    static const int threads[] = { 2, 8 };
    for (int i = 0; i < 2; i++) { /* other digits would be OKO_E_INTERNAL */
        again = compute(w, threads[i], true, &fresh);
        assert_false(fresh);
        assert_string_equal(again.result_hash, first.result_hash);
        oko_run_clear(&again);
    }
    oko_evidence_options other = OKO_EVIDENCE_OPTIONS_INIT;
    other.replicates = 8;
    other.seed = 2;
    ok(oko_evidence_run(w->store, &other, false, &again, &fresh, &err), &err);
    assert_true(fresh && again.id != first.id);
    assert_string_not_equal(again.result_hash, first.result_hash);
    oko_run_clear(&again);
    oko_run_clear(&first);
    world_close(w);
}

/* Other ids of schools, the same digits. */
static void test_ids(void **state)
{
    (void)state;
    world *a = make_world(false), *b = make_world(true);
    bool fresh = false;
    oko_run x = compute(a, 0, false, &fresh), y = compute(b, 0, false, &fresh);
    assert_string_equal(x.snapshot, y.snapshot);
    assert_string_equal(x.params, y.params);
    assert_string_equal(x.result_hash, y.result_hash);
    oko_run_clear(&x);
    oko_run_clear(&y);
    world_close(a);
    world_close(b);
}

/* "The newest run" is asked per method. */
static void test_newest(void **state)
{
    (void)state;
    world *w = make_world(false);
    oko_error err = { 0 };
    bool fresh = false;
    oko_run run = { 0 };
    assert_int_equal(oko_run_find(w->store, 0, OKO_METHODS_EVIDENCE, &run, &err), OKO_E_NOT_FOUND);
    const oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run main = analyze(w, &options, false, &fresh);
    oko_run evidence = compute(w, 0, false, &fresh);
    assert_true(evidence.id > main.id);
    assert_non_null(strstr(evidence.params, main.result_hash));
    ok(oko_run_find(w->store, 0, OKO_METHODS_MAIN, &run, &err), &err);
    assert_int_equal(run.id, main.id);
    oko_run_clear(&run);
    ok(oko_run_find(w->store, 0, OKO_METHODS_EVIDENCE, &run, &err), &err);
    assert_int_equal(run.id, evidence.id);
    assert_true(oko_run_is(&run, OKO_METHODS_EVIDENCE) && !oko_run_is(&run, "oko") &&
                !oko_run_is(&run, OKO_METHODS_MAIN));
    oko_run_clear(&run);
    ok(oko_run_find(w->store, evidence.id, OKO_METHODS_MAIN, &run, &err), &err);
    assert_int_equal(run.id, evidence.id); /* a named run is that run */
    oko_run_clear(&run);
    oko_run_clear(&evidence);
    oko_run_clear(&main);
    world_close(w);
}

/* ---- groups ---- */

static const oko_sign_group *group_of(const oko_evidence_groups *g, const oko_register *reg, int test,
                                      const char *school, const char *label)
{
    for (size_t i = 0; i < g->n; i++) {
        const oko_works_class *span = &g->at[i].span;
        if (g->at[i].test == test && strcmp(reg->places[span->place].code, school) == 0 &&
            strcmp(span->label, label) == 0)
            return &g->groups[g->at[i].result];
    }
    fail_msg("no group %d %s %s", test, school, label);
    return NULL;
}

static void test_cohorts(void **state)
{
    (void)state;
    world *w = make_world(false);
    oko_error err = { 0 };
    oko_register reg = { 0 };
    oko_works works = { 0 };
    oko_evidence_groups classes = { 0 }, schools = { 0 };
    oko_procedure p[TESTS];
    const oko_procedure *list[TESTS];
    for (int t = 0; t < TESTS; t++) {
        ok(oko_store_procedure_get(w->store, tests[t].code, 0, &p[t], &err), &err);
        list[t] = &p[t];
    }
    ok(oko_register_load(w->store, 0, &reg, &err), &err);
    const oko_place *top = oko_register_find(&reg, w->region);
    ok(oko_works_load(w->store, 0, &reg, top, NULL, list, TESTS, NULL, &works, &err), &err);
    assert_int_equal(works.n, TESTS * SCHOOLS * 2 + 2);
    assert_int_equal(oko_evidence_groups_make(&works, &reg, OKO_LEVEL_CLASS, &classes), OKO_OK);
    assert_int_equal(oko_evidence_groups_make(&works, &reg, OKO_LEVEL_SCHOOL, &schools), OKO_OK);
    assert_int_equal(schools.n_signs, TESTS * SCHOOLS);

    /* written in autumn 2020 about grade 4 and in spring 2021 in grade 5: the same pupils */
    const oko_sign_group *autumn = group_of(&classes, &reg, 0, "sch005", "А");
    const oko_sign_group *fifth = group_of(&classes, &reg, 2, "sch005", "А");
    const oko_sign_group *fourth = group_of(&classes, &reg, 1, "sch005", "А");
    assert_int_equal(autumn->unit, fifth->unit);
    assert_int_equal(fifth->unit, group_of(&classes, &reg, 3, "sch005", "А")->unit);
    assert_int_not_equal(fifth->unit, fourth->unit);
    assert_int_not_equal(fifth->unit, group_of(&classes, &reg, 2, "sch005", "Б")->unit);
    assert_int_not_equal(fifth->unit, group_of(&classes, &reg, 2, "sch006", "А")->unit);
    assert_int_equal(fifth->parent, group_of(&classes, &reg, 2, "sch005", "Б")->parent);
    assert_int_equal(fifth->n, PUPILS);
    assert_true(fifth->total[PUPILS - 1] < 0 && fifth->items[(PUPILS - 1) * ITEMS] < 0);
    assert_int_equal(fifth->pupil[0], 40001);
    assert_int_equal(classes.tests[2].subject, classes.tests[0].subject);
    assert_int_not_equal(classes.tests[2].subject, classes.tests[3].subject);

    /* a school is all rows of its classes, one after the other; its parent is the municipality */
    const oko_sign_group *whole = group_of(&schools, &reg, 3, "sch000", "");
    assert_int_equal(whole->n, PUPILS + PUPILS + 1 + 9);
    assert_int_equal(whole->parent, group_of(&schools, &reg, 3, "sch002", "")->parent);
    assert_int_not_equal(whole->parent, group_of(&schools, &reg, 3, "sch001", "")->parent);
    assert_int_equal(whole->unit, group_of(&schools, &reg, 0, "sch000", "")->unit);

    oko_works none = { 0 };
    ok(oko_works_load(w->store, 0, &reg, NULL, NULL, list, TESTS, NULL, &none, &err), &err);
    assert_int_equal(none.n, 0);
    oko_works_clear(&none);
    oko_evidence_groups_clear(&classes);
    oko_evidence_groups_clear(&schools);
    oko_works_clear(&works);
    oko_register_clear(&reg);
    world_close(w);
}

/* Packing and grouping: every allocation fails in turn; nothing is given out, nothing leaks (asan). */
static void test_packing_without_memory(void **state)
{
    (void)state;
    world *w = make_world(false);
    oko_error err = { 0 };
    oko_register reg = { 0 };
    oko_procedure p;
    const oko_procedure *list[] = { &p };
    ok(oko_store_procedure_get(w->store, tests[2].code, 0, &p, &err), &err);
    ok(oko_register_load(w->store, 0, &reg, &err), &err);
    const oko_place *top = oko_register_find(&reg, w->region);
    size_t failed = 0;
    for (bool hit = true; hit; failed += hit) {
        oko_works works = { 0 };
        oko_evidence_groups groups = { 0 };
        failing_alloc_arm(failed + 1);
        oko_status status = oko_works_load(w->store, 0, &reg, top, NULL, list, 1, NULL, &works, &err);
        if (status == OKO_OK)
            status = oko_evidence_groups_make(&works, &reg, OKO_LEVEL_SCHOOL, &groups);
        hit = failing_alloc_disarm();
        assert_int_equal(status, hit ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(groups.n, hit ? 0 : SCHOOLS);
        oko_evidence_groups_clear(&groups);
        oko_works_clear(&works);
    }
    assert_true(failed > 8);
    oko_register_clear(&reg);
    world_close(w);
}

/* The whole run: there are too many allocations to fail each, so that every step of the way loses one. */
static void test_run_without_memory(void **state)
{
    (void)state;
    world *w = make_world(false);
    oko_error err = { 0 };
    bool hit = true;
    int failed = 0;
    const oko_analysis_options main_options = OKO_ANALYSIS_OPTIONS_INIT;
    bool fresh = false;
    oko_run main = analyze(w, &main_options, false, &fresh);
    for (size_t n = 1; hit; n += n / 6 + 1) {
        oko_run run = { 0 };
        oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
        options.threads = 1;
        options.replicates = 4;
        failing_alloc_arm(n);
        oko_status status = oko_evidence_run(w->store, &options, false, &run, &fresh, &err);
        hit = failing_alloc_disarm();
        if (hit) {
            failed++;
            assert_int_equal(status, OKO_E_MEMORY);
            assert_int_equal(err.code, OKO_E_MEMORY);
            assert_int_equal(oko_run_find(w->store, 0, OKO_METHODS_EVIDENCE, &run, &err), OKO_E_NOT_FOUND);
        } else {
            ok(status, &err);
            assert_true(fresh);
        }
        oko_run_clear(&run);
    }
    assert_true(failed > 20);
    oko_run_clear(&main);
    world_close(w);
}

/* Says no from the question numbered `at` on. */
typedef struct stopper {
    int asked, at;
} stopper;

static bool stop_later(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    stopper *s = ctx;
    assert_true(strcmp(stage, "evidence.stage") == 0 || strcmp(stage, "analysis.stage") == 0);
    assert_true(done <= total);
    return ++s->asked < s->at;
}

/* Wherever it is stopped, no evidence is saved; the last question is asked when all is computed. */
static void test_stopped(void **state)
{
    (void)state;
    world *w = make_world(false);
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    int stopped = 0;
    oko_status status = OKO_E_CANCELLED;
    for (int at = 1; status == OKO_E_CANCELLED; at++) {
        stopper s = { .at = at };
        oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
        options.progress = (oko_progress){ stop_later, &s };
        options.threads = 1;
        status = oko_evidence_run(w->store, &options, false, &run, &fresh, &err);
        stopped += status == OKO_E_CANCELLED;
        if (status == OKO_E_CANCELLED) {
            assert_int_equal(err.code, OKO_E_CANCELLED);
            assert_in_range(s.asked, at, at + 2); /* nobody goes on asking */
            assert_int_equal(oko_run_find(w->store, 0, OKO_METHODS_EVIDENCE, &run, &err), OKO_E_NOT_FOUND);
        }
        at += at > 20 ? at : 0; /* there are many */
    }
    ok(status, &err);
    assert_true(fresh);
    assert_true(stopped > 10);
    oko_run_clear(&run);
    world_close(w);
}

static void test_refused(void **state)
{
    (void)state;
    world *empty = world_open();
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = true;
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    assert_int_equal(oko_evidence_run(empty->store, &options, false, &run, &fresh, &err), OKO_E_NO_DATA);
    assert_string_equal(err.id, "analysis.nothing_loaded");
    options.replicates = 3;
    assert_int_equal(oko_evidence_run(empty->store, &options, false, &run, &fresh, &err), OKO_E_ARGUMENT);
    assert_true(fresh);
    world_close(empty);
}

static void test_words(void **state)
{
    (void)state;
    static const char *const words[] = { "no_data", "none", "attention", "signs", "strong" };
    for (int i = 0; i < 5; i++) {
        oko_evidence evidence = OKO_EVIDENCE_NO_DATA;
        assert_string_equal(oko_evidence_name((oko_evidence)i), words[i]);
        assert_true(oko_evidence_parse(words[i], &evidence));
        assert_int_equal(evidence, i);
    }
    oko_evidence untouched = OKO_EVIDENCE_SIGNS;
    assert_false(oko_evidence_parse("sign", &untouched));
    assert_int_equal(untouched, OKO_EVIDENCE_SIGNS);
    assert_string_equal(oko_reliability_name(OKO_RELIABILITY_FAIR), "fair");
}

int main(void)
{
    const struct CMUnitTest list[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_wholes),
        cmocka_unit_test(test_same_run),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_newest),
        cmocka_unit_test(test_cohorts),
        cmocka_unit_test(test_packing_without_memory),
        cmocka_unit_test(test_run_without_memory),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(list, NULL, NULL);
}
