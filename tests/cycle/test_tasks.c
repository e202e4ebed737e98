/* What waits for whom, most urgent first; fast with a thousand schools. */
#include "cast.h"

#include "cycle/tasks.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2026-03-01";

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

static json_t *tasks(const cast *c, const oko_actor *who)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    json_t *t = NULL;
    MUST(oko_tasks(&cycle, &t, &err));
    return t;
}

static size_t n_items(const json_t *t)
{
    return json_array_size(json_object_get(t, "items"));
}

static const char *text(const json_t *t, size_t i, const char *name)
{
    const char *s = json_string_value(json_object_get(json_array_get(json_object_get(t, "items"), i), name));
    return s != NULL ? s : "";
}

static int64_t put(const cast *c, const char *kind, const char *state, int64_t unit, const char *due)
{
    return cast_put(c, false, kind, state, unit, 2026, due);
}

static void test_everybody_has_their_own(void **state)
{
    const cast *c = *state;
    (void)put(c, "form", "draft", c->school[0], "2026-04-01");
    (void)put(c, "form", "submitted", c->school[1], "");
    (void)put(c, "form", "submitted", c->municipality[0], "2026-03-20");
    (void)put(c, "case", "explanation", c->school[0], "2026-02-01");
    (void)put(c, "case", "signal", c->school[0], "");
    (void)put(c, "recommendation", "review", c->school[2], "");
    json_t *t = tasks(c, &c->school_user[0]);
    assert_int_equal(n_items(t), 2); /* the signal is not shown to the school */
    assert_string_equal(text(t, 0, "code"), "case-explain");
    assert_true(json_is_true(json_object_get(json_array_get(json_object_get(t, "items"), 0), "overdue")));
    assert_string_equal(text(t, 1, "code"), "form-fill");
    assert_string_equal(text(t, 1, "unit_code"), "S0");
    assert_int_equal(json_integer_value(json_object_get(t, "overdue")), 1);
    json_decref(t);
    t = tasks(c, &c->municipal[0]);
    assert_int_equal(n_items(t), 1); /* the school's form to verify; its own was handed in */
    assert_string_equal(text(t, 0, "code"), "form-verify");
    assert_string_equal(text(t, 0, "unit_code"), "S1");
    json_decref(t);
    t = tasks(c, &c->municipal[1]);
    assert_int_equal(n_items(t), 0);
    json_decref(t);
    t = tasks(c, &c->operator);
    assert_int_equal(n_items(t), 2);
    assert_string_equal(text(t, 0, "code"), "form-accept-municipal"); /* has a deadline */
    assert_string_equal(text(t, 1, "code"), "case-triage");
    json_decref(t);
    t = tasks(c, &c->head);
    assert_int_equal(n_items(t), 1);
    assert_string_equal(text(t, 0, "code"), "recommendation-approve");
    json_decref(t);
    t = tasks(c, &c->auditor);
    assert_int_equal(n_items(t), 0);
    json_decref(t);
}

/* Who did the step before is not asked to check it. */
static void test_four_eyes(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, &c->municipal[0], day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *input = json_loads("{\"reason\":\"нет связи\"}", 0, NULL);
    oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry f = { .head = { .kind = "measure", .state = "planned", .year = 2026 } };
    f.head.unit = c->municipality[0];
    f.body = json_object();
    MUST(oko_cycle_put(&op, &f, "test", &err));
    json_object_set_new(input, "report", json_string("сделано"));
    json_object_set_new(input, "done_on", json_string("2026-02-27"));
    json_t *t = tasks(c, &c->municipal[0]);
    assert_string_equal(text(t, 0, "code"), "measure-do");
    json_decref(t);
    MUST(oko_cycle_act(&cycle, "measure", f.head.id, f.head.version, "report", input, &e, &err));
    t = tasks(c, &c->municipal[0]);
    assert_int_equal(n_items(t), 0);
    json_decref(t);
    t = tasks(c, &c->operator);
    assert_string_equal(text(t, 0, "code"), "measure-accept");
    json_decref(t);
    json_decref(input);
}

static void test_checklist_of_an_empty_system(void **state)
{
    const cast *c = *state;
    json_t *t = tasks(c, &c->operator);
    const json_t *list = json_object_get(t, "checklist");
    assert_int_equal(json_array_size(list), 6);
    assert_true(json_is_true(json_object_get(json_array_get(list, 0), "done")));  /* schools are there */
    assert_false(json_is_true(json_object_get(json_array_get(list, 1), "done"))); /* no files */
    assert_true(json_is_true(json_object_get(json_array_get(list, 5), "done")));
    json_decref(t);
    t = tasks(c, &c->school_user[0]);
    assert_int_equal(json_array_size(json_object_get(t, "checklist")), 0);
    json_decref(t);
}

static void test_thousand_schools(void **state)
{
    cast *c = *state;
    static const char *const states[] = { "draft", "submitted", "verified" };
    oko_error err = { 0 };
    int64_t school[1000];
    MUST(oko_store_begin(c->store, &err));
    cast_thousand(c, school);
    for (int i = 0; i < 3000; i++) {
        char due[16];
        (void)snprintf(due, sizeof due, "2026-03-%02d", 1 + i / 3 % 28);
        (void)cast_put(c, true, "form", states[i % 3], school[i / 3], 2026, due);
    }
    MUST(oko_store_commit(c->store, &err));
    double best = 1e9;
    for (int i = 0; i < 5; i++) {
        const double start = cast_ms();
        json_t *t = tasks(c, &c->operator);
        const double took = cast_ms() - start;
        best = took < best ? took : best;
        assert_int_equal(n_items(t), OKO_TASKS_EACH);
        assert_int_equal(json_integer_value(json_object_get(t, "total")), 1000);
        assert_string_equal(text(t, 0, "due"), "2026-03-01");
        json_decref(t);
    }
    print_message("tasks of a region with 1 000 schools and 3 000 forms: %.1f ms\n", best);
    assert_true(best < 60); /* 20 ms is the aim; a checked or slow build may take longer */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everybody_has_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(test_four_eyes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_checklist_of_an_empty_system, setup, teardown),
        cmocka_unit_test_setup_teardown(test_thousand_schools, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
