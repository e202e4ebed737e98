/* The register of indicators: starter set, copies, formulas checked when they come in, values and how they came about.
 */
#include "cast.h"

#include "cycle/indicators.h"
#include "cycle/trace.h"
#include "cycle/value_table.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-05-10";

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

static oko_status make(const cast *c, const oko_actor *who, int year, const char *code, const char *formula,
                       oko_entry *ret_entry, oko_error *err)
{
    const oko_cycle cycle = cast_as(c, who, day);
    oko_draft d = { .title = code, .unit = c->region, .year = year };
    d.body = json_pack("{s:s, s:s, s:s, s:i, s:i, s:[s,s], s:s, s:s, s:[s]}", "code", code, "formula", formula,
                       "direction", "up", "target", 80, "attention", 60, "levels", "region", "school", "unit", "%",
                       "name_en", "English", "collected", "rooms");
    oko_error_clear(err);
    oko_status status = oko_cycle_create(&cycle, "indicator", &d, ret_entry, err);
    json_decref(d.body);
    return status;
}

static int act(const cast *c, const oko_actor *who, int year, const char *action)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    int n = 0;
    json_t *input = json_pack("{s:s}", "reason", "новый набор");
    MUST(oko_indicators_act(&cycle, year, action, input, &n, &err));
    json_decref(input);
    return n;
}

static void test_formula_at_entry(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    GIVES(OKO_E_FORMAT, make(c, &c->operator, 2030, "bad", "share(works,\n  workz)", NULL, &err));
    assert_string_equal(err.field, "2:3");
    assert_string_equal(err.id, "formula.unknown");
    GIVES(OKO_E_FORMAT, make(c, &c->operator, 2030, "bad", "share(works, ", NULL, &err));
    GIVES(OKO_E_FORMAT, make(c, &c->operator, 2030, "bad", "", NULL, &err));
    GIVES(OKO_E_PERMISSION, make(c, &c->municipal[0], 2030, "bad", "works", NULL, &err));
    GIVES(OKO_E_ARGUMENT, make(c, &c->operator, 0, "bad", "works", NULL, &err));
    MUST(make(c, &c->operator, 2030, "good", "share(lowered, journal_pairs) + lowered", &e, &err));
    assert_string_equal(e.head.key, "good/2030");
    const json_t *v = json_object_get(e.body, "variables");
    assert_int_equal(json_array_size(v), 2); /* each once, in order of appearance */
    assert_string_equal(json_string_value(json_array_get(v, 0)), "lowered");
    assert_string_equal(json_string_value(json_array_get(v, 1)), "journal_pairs");
    GIVES(OKO_E_CONFLICT, make(c, &c->operator, 2030, "good", "works", NULL, &err)); /* the key is taken */
    /* a change is checked, too, and changes nothing when it is bad */
    const oko_cycle cycle = cast_as(c, &c->operator, day);
    oko_draft d = { .body = json_pack("{s:s}", "formula", "works / nothing") };
    GIVES(OKO_E_FORMAT, oko_cycle_change(&cycle, "indicator", e.head.id, e.head.version, &d, NULL, &err));
    assert_string_equal(err.field, "1:9");
    json_decref(d.body);
    d.body = json_pack("{s:s}", "formula", "form_rooms");
    OKO_CLEANUP(oko_entry_clear) oko_entry now = { 0 };
    MUST(oko_cycle_change(&cycle, "indicator", e.head.id, e.head.version, &d, &now, &err));
    json_decref(d.body);
    assert_string_equal(json_string_value(json_array_get(json_object_get(now.body, "variables"), 0)), "form_rooms");
}

static oko_status see(void *ctx, const oko_entry *e)
{
    json_t *all = ctx;
    const char *code = json_string_value(json_object_get(e->body, "code"));
    return json_object_set(all, code, e->body) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static json_t *bodies(const cast *c, int year)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, &c->operator, day);
    json_t *all = json_object();
    const oko_record_query q = { .kind = "indicator", .year = year, .limit = 1000 };
    MUST(oko_cycle_list(&cycle, &q, see, all, NULL, &err));
    return all;
}

static void test_seed_and_copy(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day), mun = cast_as(c, &c->municipal[0], day);
    int n = 0;
    GIVES(OKO_E_PERMISSION, oko_indicators_seed(&mun, 2021, &n, &err));
    MUST(make(c, &c->operator, 2021, "lowered", "lowered", NULL, &err)); /* one's own stays */
    MUST(oko_indicators_seed(&op, 2021, &n, &err));
    assert_true(n >= 26);
    const int seeded = n;
    MUST(oko_indicators_seed(&op, 2021, &n, &err));
    assert_int_equal(n, 0);
    json_t *all = bodies(c, 2021);
    assert_int_equal(json_object_size(all), seeded + 1);
    assert_string_equal(json_string_value(json_object_get(json_object_get(all, "lowered"), "formula")), "lowered");
    static const char *const groups[] = { "control", "monitoring", "attitude-school", "attitude-all" };
    for (size_t g = 0; g < 4; g++) {
        int in_group = 0;
        const char *code;
        json_t *body;
        json_object_foreach(all, code, body)
        {
            const char *group = json_string_value(json_object_get(body, "group"));
            in_group += group != NULL && strcmp(group, groups[g]) == 0;
        }
        assert_true(in_group >= 5);
    }
    json_decref(all);
    /* four eyes: whoever submits does not approve */
    assert_int_equal(act(c, &c->operator, 2021, "submit"), seeded + 1);
    GIVES(OKO_E_PERMISSION, oko_indicators_act(&op, 2021, "approve", NULL, &n, &err));
    assert_int_equal(act(c, &c->head, 2021, "approve"), seeded + 1);
    /* a copy: drafts of all that is active, with everything the definition says */
    MUST(oko_indicators_copy(&op, 2021, 2022, &n, &err));
    assert_int_equal(n, seeded + 1);
    MUST(oko_indicators_copy(&op, 2021, 2022, &n, &err));
    assert_int_equal(n, 0);
    json_t *before = bodies(c, 2021), *after = bodies(c, 2022);
    static const char *const kept[] = { "code",   "formula",   "unit",      "direction", "target",
                                        "levels", "collected", "attention", "name_en",   "variables" };
    for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
        const char *code;
        json_t *body;
        json_object_foreach(before, code, body)
        {
            json_t *was = json_object_get(body, kept[k]);
            json_t *is = json_object_get(json_object_get(after, code), kept[k]);
            if (was != is && !json_equal(was, is)) {
                fail_msg("%s of %s was not copied", kept[k], code);
            }
        }
    }
    json_decref(before);
    json_decref(after);
    MUST(oko_indicators_copy(&op, 2022, 2023, &n, &err)); /* drafts are not copied */
    assert_int_equal(n, 0);
}

/* ---- values ---- */

typedef struct found {
    int n;
    int64_t id;
    double value;
    int64_t pupils;
    char why[48], trace[4096];
} found;

static oko_status keep(void *ctx, const oko_indicator_value *v)
{
    found *f = ctx;
    f->n++;
    f->id = v->id;
    f->value = v->value;
    f->pupils = v->n;
    (void)snprintf(f->why, sizeof f->why, "%s", v->why);
    (void)snprintf(f->trace, sizeof f->trace, "%s", v->trace);
    return OKO_OK;
}

static found value_of(const cast *c, const char *code, int64_t unit, int64_t campaign)
{
    oko_error err = { 0 };
    found f = { 0 };
    const oko_value_query q = { .code = code, .unit = unit, .campaign = campaign, .level = OKO_LEVEL_COUNT };
    MUST(oko_store_value_walk(c->store, &q, keep, &f, NULL, &err));
    return f;
}

static void form(const cast *c, int school, const char *body)
{
    oko_error err = { 0 };
    oko_record r = { .kind = "form",
                     .state = "accepted",
                     .unit = c->school[school],
                     .year = 2024,
                     .body = body,
                     .body_len = strlen(body) };
    oko_record now;
    MUST(oko_store_record_put(c->store, &r, &now, &err));
}

static void test_compute(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    const oko_progress none = { .fn = NULL };
    int64_t n = 0;
    GIVES(OKO_E_NO_DATA, oko_indicators_compute(&op, 2024, 0, &none, &n, &err));
    MUST(make(c, &c->operator, 2024, "video", "share(form_rooms_video, form_rooms)", NULL, &err));
    MUST(make(c, &c->operator, 2024, "works_here", "works", NULL, &err));
    (void)act(c, &c->operator, 2024, "submit");
    (void)act(c, &c->head, 2024, "approve");
    form(c, 0, "{\"campaign\":5,\"values\":{\"rooms\":3,\"rooms_video\":1}}");
    form(c, 1, "{\"campaign\":5,\"values\":{\"rooms\":0,\"rooms_video\":0}}");
    form(c, 2, "{\"campaign\":5,\"values\":{\"rooms\":4,\"rooms_video\":4}}");
    const oko_cycle mun = cast_as(c, &c->municipal[0], day);
    GIVES(OKO_E_PERMISSION, oko_indicators_compute(&mun, 2024, 0, &none, &n, &err));
    MUST(oko_indicators_compute(&op, 2024, 0, &none, &n, &err));
    assert_int_equal(n, 2 * (1 + 4)); /* region and schools, not municipalities */
    assert_int_equal(value_of(c, "video", c->municipality[0], 0).n, 0);
    const found region = value_of(c, "video", c->region, 0);
    assert_true(region.value == 100.0 * 5 / 7);
    assert_int_equal(region.pupils, -1); /* rooms are no pupils */
    found v = value_of(c, "video", c->school[1], 0);
    assert_true(isnan(v.value));
    assert_string_equal(v.why, "formula.zero");
    v = value_of(c, "video", c->school[3], 0);
    assert_true(isnan(v.value));
    assert_string_equal(v.why, "indicator.no_form"); /* missing, not zero */
    v = value_of(c, "works_here", c->school[0], 0);
    assert_true(isnan(v.value));
    assert_string_equal(v.why, "indicator.no_run");
    /* the same digits and the same trace again, in rows of their own */
    MUST(oko_indicators_compute(&op, 2024, 0, &none, &n, &err));
    const found again = value_of(c, "video", c->region, 0);
    assert_int_equal(again.n, 1);
    assert_true(again.id > region.id && memcmp(&again.value, &region.value, sizeof again.value) == 0);
    assert_string_equal(again.trace, region.trace);
}

static void test_trace_in_words(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *ru = NULL;
    MUST(oko_text_open("ru", &ru, &err));
    static const char *const wanted[] = {
        "0 Доля: 100 · 5 / 7 = 71,43", "1 Число аудиторий с видеонаблюдением — 5 (принятые формы 2024 года)",
        "1 Число аудиторий, в которых проводилась работа — 7 (принятые формы 2024 года)"
    };
    json_t *trace = json_loads(value_of(c, "video", c->region, 0).trace, 0, NULL), *lines = NULL;
    MUST(oko_trace_words(trace, ru, &lines, &err));
    assert_int_equal(json_array_size(lines), 3);
    for (size_t i = 0; i < 3; i++) {
        char line[400];
        const json_t *l = json_array_get(lines, i);
        (void)snprintf(line, sizeof line, "%lld %s", (long long)json_integer_value(json_object_get(l, "depth")),
                       json_string_value(json_object_get(l, "text")));
        assert_string_equal(line, wanted[i]);
    }
    json_decref(lines);
    json_decref(trace);
    /* a missing number says why, in both languages; every operation has words */
    const oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_text_freep) oko_text *en = NULL;
    MUST(oko_text_open("en", &en, &err));
    json_t *tried = NULL;
    MUST(oko_indicator_try(&op, 2024, c->school[3],
                           "-(round(form_rooms / 2, 1)) + max(form_rooms_n, 1) * choose(1, form_rooms, 2)", &tried,
                           &err));
    assert_true(json_is_null(json_object_get(tried, "value")));
    MUST(oko_trace_words(json_object_get(tried, "trace"), en, &lines, &err));
    char *all = json_dumps(lines, JSON_COMPACT);
    assert_non_null(strstr(all, "no accepted form has this field"));
    assert_null(strstr(all, "indicator."));
    assert_null(strstr(all, "formula."));
    assert_null(strstr(all, "{"
                            "a}"));
    free(all);
    json_decref(lines);
    json_decref(tried);
}

static void test_try(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day), mun = cast_as(c, &c->municipal[1], day);
    json_t *out = NULL;
    const int before = value_of(c, "video", c->region, 0).n;
    MUST(oko_indicator_try(&op, 2024, c->municipality[0], "100 - share(form_rooms_video, form_rooms)", &out, &err));
    assert_true(fabs(json_number_value(json_object_get(out, "value")) - 100 * (1 - 1 / 3.0)) < 1e-9);
    json_decref(out);
    GIVES(OKO_E_NOT_FOUND, oko_indicator_try(&mun, 2024, c->school[0], "form_rooms", &out, &err)); /* out of sight */
    GIVES(OKO_E_FORMAT, oko_indicator_try(&op, 2024, c->region, "form_rooms +", &out, &err));
    assert_int_equal(value_of(c, "video", c->region, 0).n, before); /* nothing was saved */
}

static json_t *table(const cast *c, const oko_actor *who, const oko_value_table_query *q)
{
    const oko_cycle cycle = cast_as(c, who, day);
    oko_error err = { 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *ru = NULL;
    json_t *t = NULL;
    MUST(oko_text_open("ru", &ru, &err));
    MUST(oko_value_table(&cycle, q, ru, &t, &err));
    return t;
}

static void test_table(void **state)
{
    const cast *c = *state;
    oko_value_table_query q = { .year = 2024, .level = OKO_LEVEL_SCHOOL, .limit = 2, .offset = 1 };
    json_t *t = table(c, &c->operator, & q);
    assert_int_equal(json_integer_value(json_object_get(t, "total")), 4);
    assert_int_equal(json_array_size(json_object_get(t, "items")), 2);
    assert_int_equal(json_array_size(json_object_get(t, "columns")), 2);
    const json_t *row = json_array_get(json_object_get(t, "items"), 1); /* by code: the third school */
    assert_int_equal(json_integer_value(json_object_get(row, "unit")), c->school[2]);
    const json_t *cell = json_object_get(json_object_get(row, "values"), "video");
    assert_int_equal(json_integer_value(json_object_get(cell, "id")), value_of(c, "video", c->school[2], 0).id);
    assert_true(json_number_value(json_object_get(cell, "value")) == 100);
    row = json_array_get(json_object_get(t, "items"), 0); /* 0 of 0: no number, and why */
    cell = json_object_get(json_object_get(row, "values"), "video");
    assert_true(json_is_null(json_object_get(cell, "value")));
    assert_string_equal(json_string_value(json_object_get(cell, "why_text")), "деление на ноль");
    assert_string_equal(json_string_value(json_object_get(cell, "standing_text")), "нет данных");
    json_decref(t);
    q = (oko_value_table_query){ .year = 2024, .level = OKO_LEVEL_SCHOOL, .limit = 50 };
    t = table(c, &c->municipal[1], &q); /* one's own only */
    assert_int_equal(json_integer_value(json_object_get(t, "total")), 2);
    json_decref(t);
    q.search = "s3";
    q.group = "attitude-all";
    t = table(c, &c->operator, & q);
    assert_int_equal(json_integer_value(json_object_get(t, "total")), 1);
    assert_int_equal(json_array_size(json_object_get(t, "columns")), 0); /* of another group */
    json_decref(t);
}

static void stands(double v, const char *direction, double target, double attention, const char *wanted)
{
    json_t *body = json_pack("{s:s, s:f, s:f}", "direction", direction, "target", target, "attention", attention);
    assert_string_equal(oko_value_standing(v, body), wanted);
    json_decref(body);
}

static void test_standing(void **state)
{
    (void)state;
    stands(80, "up", 80, 60, "reached");
    stands(79.9, "up", 80, 60, "attention");
    stands(60, "up", 80, 60, "attention");
    stands(59.9, "up", 80, 60, "not_reached");
    stands(10, "down", 10, 20, "reached");
    stands(20, "down", 10, 20, "attention");
    stands(20.1, "down", 10, 20, "not_reached");
    stands(NAN, "down", 10, 20, "no_data");
    stands(5, "none", 10, 20, "no_target");
    json_t *bare = json_pack("{s:s, s:n}", "direction", "up", "target");
    assert_string_equal(oko_value_standing(5, bare), "no_target");
    json_decref(bare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formula_at_entry), cmocka_unit_test(test_seed_and_copy), cmocka_unit_test(test_compute),
        cmocka_unit_test(test_trace_in_words),   cmocka_unit_test(test_try),           cmocka_unit_test(test_table),
        cmocka_unit_test(test_standing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
