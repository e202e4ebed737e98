/* The roadmap: word for word, copied to other years, followed at units, counted from what was done. */
#include "cast.h"

#include "cycle/roadmap.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-02-10";

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    oko_error err = { 0 };
    oko_cycle cycle = cast_as(&c, &c.operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    MUST(oko_store_begin(c.store, &err));
    cycle.in_transaction = true;
    MUST(oko_roadmap_seed(&cycle, &e, &err));
    MUST(oko_store_commit(c.store, &err));
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

static json_t *table(const cast *c, const oko_actor *who, int64_t unit)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    json_t *t = NULL;
    MUST(oko_roadmap_table(&cycle, "2020-2022", unit, &t, &err));
    return t;
}

static json_t *row(const json_t *t, int no)
{
    return json_array_get(json_object_get(t, "rows"), (size_t)no - 1);
}

static json_int_t number(const json_t *o, const char *a, const char *b, const char *d)
{
    const json_t *v = json_object_get(json_object_get(o, a), b);
    return json_integer_value(d != NULL ? json_object_get(v, d) : v);
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static int64_t make(const cast *c, const oko_actor *who, const char *kind, int64_t unit, int year, const char *body,
                    int64_t *ret_version)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = "т", .unit = unit, .year = year, .body = json_loads(body, 0, NULL) };
    assert_non_null(d.body);
    MUST(oko_cycle_create(&cycle, kind, &d, &e, &err));
    json_decref(d.body);
    *ret_version = e.head.version;
    return e.head.id;
}

static oko_status act(const cast *c, const oko_actor *who, const char *kind, int64_t id, int64_t *version,
                      const char *action, const char *input, oko_error *err)
{
    return cast_step(c, who, day, kind, id, version, action, input, err);
}

static void test_template_is_word_for_word(void **state)
{
    json_t *t = table(*state, &((cast *)*state)->operator, 0);
    oko_str bytes;
    assert_true(oko_embedded_find("cycle/roadmap-2020-2022.json", &bytes));
    json_t *file = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    assert_non_null(file);
    assert_string_equal(text(json_object_get(row(t, 3), "texts"), "municipality"),
                        "Проведение мониторинга показателей объективности результатов оценочных процедур.");
    assert_string_equal(text(json_object_get(row(t, 13), "texts"), "region"),
                        "Подготовка адресных рекомендаций по итогам анализа результатов мониторинга объективности "
                        "результатов оценочных процедур (своего и/или внешнего).");
    assert_int_equal(json_array_size(json_object_get(t, "rows")), 14);
    assert_string_equal(text(t, "title"), "Система обеспечения объективности процедур ОКО");
    for (int no = 1; no <= 14; no++) {
        const json_t *wanted = json_array_get(json_object_get(file, "rows"), (size_t)no - 1);
        const json_t *texts = json_object_get(row(t, no), "texts");
        assert_string_equal(text(texts, "region"), text(wanted, "region"));
        assert_string_equal(text(texts, "municipality"), text(wanted, "municipality"));
        assert_string_equal(text(texts, "school"), text(wanted, "school"));
    }
    assert_string_equal(text(json_object_get(row(t, 7), "texts"), "school"), ""); /* blank, not «-» */
    assert_string_equal(text(json_object_get(row(t, 3), "texts"), "school"), "-");
    json_decref(file);
    json_decref(t);
}

static void test_what_is_planned_where(void **state)
{
    const cast *c = *state;
    json_t *region = table(c, &c->operator, 0), *school = table(c, &c->school_user[0], 0);
    int at_school = 0;
    for (int no = 1; no <= 14; no++) {
        assert_true(json_is_true(json_object_get(row(region, no), "planned")));
        at_school += json_is_true(json_object_get(row(school, no), "planned"));
    }
    assert_int_equal(at_school, 7); /* 1, 4, 6, 8, 10, 12, 14 */
    assert_true(json_is_null(json_object_get(row(school, 7), "progress")));
    assert_int_equal(number(row(region, 1), "below", "school", "units"), 4);
    assert_int_equal(number(row(region, 1), "below", "municipality", "units"), 2);
    assert_null(json_object_get(json_object_get(row(region, 2), "below"), "school"));
    assert_int_equal(json_object_size(json_object_get(row(school, 1), "below")), 0);
    assert_true(json_is_true(json_object_get(row(region, 1), "overdue"))); /* 2020 is over */
    assert_false(json_is_true(json_object_get(row(region, 8), "overdue")));
    oko_error err = { 0 };
    json_t *other = NULL;
    const oko_cycle cycle = cast_as(c, &c->school_user[0], day);
    GIVES(OKO_E_NOT_FOUND, oko_roadmap_table(&cycle, "2020-2022", c->school[1], &other, &err));
    GIVES(OKO_E_NOT_FOUND, oko_roadmap_table(&cycle, "1999", 0, &other, &err));
    json_decref(region);
    json_decref(school);
}

static void test_a_row_at_a_school(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v, link;
    const oko_actor *who = &c->school_user[2];
    const oko_cycle cycle = cast_as(c, who, day);
    const int64_t id = make(c, who, "roadmap-row", c->school[2], 0,
                            "{\"roadmap\":\"2020-2022\",\"no\":6,\"responsible\":\"заместитель директора\"}", &v);
    GIVES(OKO_E_ARGUMENT, act(c, who, "roadmap-row", id, &v, "complete", "{\"summary\":\"сделано\"}", &err));
    assert_string_equal(err.id, "cycle.link_required");
    const oko_record_link evidence = { .relation = "evidence", .target = OKO_LINK_URL, .note = "https://example.org/" };
    MUST(oko_cycle_link(&cycle, "roadmap-row", id, &evidence, &link, &err));
    MUST(act(c, who, "roadmap-row", id, &v, "complete", "{\"summary\":\"сделано\"}", &err));
    json_t *t = table(c, who, 0);
    assert_string_equal(text(row(t, 6), "state"), "done");
    assert_string_equal(text(row(t, 6), "due"), "2020-12-31");
    assert_false(json_is_true(json_object_get(row(t, 6), "overdue")));
    assert_string_equal(text(row(t, 6), "responsible"), "заместитель директора");
    assert_int_equal(json_array_size(json_object_get(row(t, 6), "evidence")), 1);
    json_decref(t);
    t = table(c, &c->operator, 0);
    const json_t *below = json_object_get(row(t, 6), "below");
    assert_int_equal(number(below, "school", "states", "done"), 1);
    assert_int_equal(number(below, "school", "states", "planned"), 3);
    json_decref(t);
    t = table(c, &c->municipal[0], 0); /* another municipality: not counted */
    assert_int_equal(number(json_object_get(row(t, 6), "below"), "school", "states", "done"), 0);
    json_decref(t);
    oko_draft twice = { .unit = c->school[2], .body = json_loads("{\"roadmap\":\"2020-2022\",\"no\":6}", 0, NULL) };
    GIVES(OKO_E_CONFLICT, oko_cycle_create(&cycle, "roadmap-row", &twice, NULL, &err));
    json_object_set_new(twice.body, "no", json_integer(7));
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&cycle, "roadmap-row", &twice, NULL, &err)); /* nothing planned there */
    json_object_set_new(twice.body, "no", json_integer(99));
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&cycle, "roadmap-row", &twice, NULL, &err));
    json_decref(twice.body);
}

static void test_progress_is_counted(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    const int64_t event = make(c, &c->school_user[0], "event", c->school[0], 0,
                               "{\"type\":\"seminar\",\"from\":\"2020-11-05\",\"place\":\"школа\","
                               "\"audience\":{\"text\":\"учителя\"}}",
                               &v);
    MUST(act(c, &c->school_user[0], "event", event, &v, "plan", "{}", &err));
    json_t *t = table(c, &c->school_user[0], 0);
    assert_int_equal(number(row(t, 1), "progress", "of", NULL), 1);
    assert_int_equal(number(row(t, 1), "progress", "done", NULL), 0);
    assert_int_equal(number(row(t, 8), "progress", "done", NULL), 0);
    json_decref(t);
    MUST(act(c, &c->school_user[0], "event", event, &v, "hold", "{\"held_on\":\"2020-11-05\",\"participants\":12}",
             &err));
    t = table(c, &c->school_user[0], 0);
    assert_true(json_is_true(json_object_get(json_object_get(row(t, 1), "progress"), "complete")));
    json_decref(t);
    const int64_t note = make(c, &c->school_user[0], "note", c->school[0], 2021, "{\"text\":\"самоанализ\"}", &v);
    MUST(act(c, &c->school_user[0], "note", note, &v, "finish", "{}", &err));
    (void)make(c, &c->school_user[1], "measure", c->school[1], 2021, "{\"code\":\"observers\"}", &v);
    t = table(c, &c->operator, 0);
    assert_int_equal(number(json_object_get(row(t, 1), "below"), "school", "complete", NULL), 1);
    assert_int_equal(number(json_object_get(row(t, 8), "below"), "school", "started", NULL), 1);
    assert_int_equal(number(json_object_get(row(t, 8), "below"), "school", "complete", NULL), 0); /* no run */
    assert_int_equal(number(row(t, 10), "progress", "of", NULL), 1);
    assert_int_equal(number(row(t, 14), "progress", "of", NULL), 0); /* another year */
    assert_true(json_is_null(json_object_get(json_object_get(row(t, 14), "progress"), "share")));
    json_decref(t);
}

static void test_copy_and_edit(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    oko_cycle cycle = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry again = { 0 };
    MUST(oko_roadmap_copy(&cycle, "2020-2022", NULL, 2027, &e, &err));
    assert_string_equal(e.head.key, "2027-2029");
    assert_string_equal(e.head.state, "draft");
    const json_t *last = json_array_get(json_object_get(e.body, "rows"), 13);
    assert_string_equal(text(last, "due"), "2029-12-31");
    assert_int_equal(json_integer_value(json_object_get(last, "year")), 2029);
    assert_null(json_object_get(e.body, "steps"));
    GIVES(OKO_E_CONFLICT, oko_roadmap_copy(&cycle, "2020-2022", NULL, 2027, &again, &err));
    oko_draft d = { .body = json_pack("{s:O}", "rows", json_object_get(e.body, "rows")) };
    json_object_set_new(json_array_get(json_object_get(d.body, "rows"), 1), "no", json_integer(1));
    GIVES(OKO_E_ARGUMENT, oko_cycle_change(&cycle, "roadmap", e.head.id, e.head.version, &d, &again, &err));
    assert_string_equal(err.id, "roadmap.row_number");
    json_decref(d.body);
    cycle.actor = &c->municipal[0];
    GIVES(OKO_E_PERMISSION, oko_roadmap_copy(&cycle, "2020-2022", "mine", 2030, &again, &err));
    cycle.actor = &c->operator; /* a draft is not followed yet */
    oko_draft early = { .unit = c->region, .body = json_loads("{\"roadmap\":\"2027-2029\",\"no\":1}", 0, NULL) };
    GIVES(OKO_E_CONFLICT, oko_cycle_create(&cycle, "roadmap-row", &early, NULL, &err));
    json_decref(early.body);
}

static void test_thousand_schools(void **state)
{
    cast *c = *state;
    oko_error err = { 0 };
    int64_t school[1000];
    MUST(oko_store_begin(c->store, &err));
    cast_thousand(c, school);
    for (int i = 0; i < 1000; i++) {
        (void)cast_put(c, true, "event", "held", school[i], 2020, "");
        (void)cast_put(c, true, "note", "final", school[i], 2021, "");
        (void)cast_put(c, true, "measure", "accepted", school[i], 2020, "");
    }
    MUST(oko_store_commit(c->store, &err));
    const double start = cast_ms();
    json_t *t = table(c, &c->operator, 0);
    const double took = cast_ms() - start;
    assert_int_equal(number(json_object_get(row(t, 1), "below"), "school", "complete", NULL), 1000);
    assert_int_equal(number(json_object_get(row(t, 8), "below"), "school", "started", NULL), 1000);
    assert_int_equal(number(json_object_get(row(t, 10), "below"), "school", "units", NULL), 1004);
    print_message("the roadmap of a region with 1 004 schools: %.1f ms\n", took);
    assert_true(took < 1000);
    json_decref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_template_is_word_for_word, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_planned_where, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_row_at_a_school, setup, teardown),
        cmocka_unit_test_setup_teardown(test_progress_is_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_copy_and_edit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_thousand_schools, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
