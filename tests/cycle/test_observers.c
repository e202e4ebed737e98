/* Observers and re-checks: no clash, a whole protocol, and what is confirmed stands in the data. */
#include "cast_runs.h"

#include "cycle/body.h"
#include "cycle/inspections.h"
#include "cycle/tally.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-04-10";

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    cast_procedure(&c, "2021-04-MA");
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

/* A visit of the observer; begin and end "" for the whole day. */
static oko_status plan(const cast *c, int64_t unit, const char *date, const char *begin, const char *end,
                       int64_t *ret_id, oko_error *err)
{
    const oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = "Наблюдение", .unit = unit, .assignee = &c->observer.user };
    d.body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "procedure", "2021-04-MA", "date", date, "stage", "room",
                       "class", "4А", "room", "12", "begin", begin, "end", end);
    if (*begin == '\0') {
        (void)json_object_del(d.body, "begin");
        (void)json_object_del(d.body, "end");
    }
    oko_error_clear(err);
    oko_status status = oko_cycle_create(&op, "observation", &d, &e, err);
    json_decref(d.body);
    *ret_id = e.head.id;
    return status;
}

static void test_clash(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t first, id, moved;
    MUST(plan(c, c->school[0], "2021-04-12", "09:00", "11:00", &first, &err));
    GIVES(OKO_E_CONFLICT, plan(c, c->school[1], "2021-04-12", "10:30", "12:00", &id, &err));
    assert_string_equal(err.id, "observe.clash");
    GIVES(OKO_E_CONFLICT, plan(c, c->school[2], "2021-04-12", "", "", &id, &err)); /* the whole day */
    MUST(plan(c, c->school[1], "2021-04-12", "11:00", "12:00", &id, &err));        /* right after */
    MUST(plan(c, c->school[0], "2021-04-12", "10:00", "11:00", &id, &err));        /* another room of the same school */
    MUST(plan(c, c->school[1], "2021-04-13", "09:00", "11:00", &moved, &err));
    GIVES(OKO_E_ARGUMENT, plan(c, c->school[1], "2021-04-14", "11:00", "09:00", &id, &err));
    GIVES(OKO_E_ARGUMENT, plan(c, c->school[1], "14.04.2021", "09:00", "11:00", &id, &err));
    MUST(cast_act(c, &c->operator, day, "observation", first, "cancel", "{\"reason\":\"перенос\"}", &err));
    /* A change of an appointment is checked as well. */
    const oko_cycle op = cast_as(c, &c->operator, day);
    oko_entry e = cast_get(c, "observation", moved);
    oko_draft d = { .body = json_loads("{\"date\":\"2021-04-12\",\"begin\":\"10:30\",\"end\":\"12:30\"}", 0, NULL) };
    GIVES(OKO_E_CONFLICT, oko_cycle_change(&op, "observation", moved, e.head.version, &d, NULL, &err));
    json_decref(d.body);
    d.body = json_loads("{\"date\":\"2021-04-12\",\"begin\":\"11:00\",\"end\":\"12:30\"}", 0, NULL);
    MUST(oko_cycle_change(&op, "observation", moved, e.head.version, &d, NULL, &err));
    oko_entry_clear(&e);
    json_decref(d.body);
}

typedef struct found {
    int n;
    oko_finding last;
} found;

static oko_status take(void *ctx, const oko_finding *f)
{
    found *k = ctx;
    k->n++;
    k->last = *f;
    return OKO_OK;
}

static found findings(const cast *c, int64_t unit)
{
    oko_error err = { 0 };
    found k = { 0 };
    MUST(oko_store_finding_walk(c->store, unit, 0, take, &k, &err));
    return k;
}

static void test_protocol_flows_back(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t id;
    MUST(plan(c, c->school[0], "2021-04-12", "09:00", "11:00", &id, &err));
#define HOLD(status, text) GIVES(status, cast_act(c, &c->observer, day, "observation", id, "hold", text, &err))
    HOLD(OKO_E_ARGUMENT, "{\"protocol\":{\"none\":false}}");
    HOLD(OKO_E_ARGUMENT, "{\"protocol\":{\"none\":true,\"remarks\":[{\"text\":\"x\"}]}}");
    assert_string_equal(err.id, "observe.remarks");
    HOLD(OKO_E_ARGUMENT, "{\"protocol\":{\"none\":false,\"remarks\":[{\"kind\":\"ghosts\",\"text\":\"x\"}]}}");
    assert_string_equal(err.id, "observe.kind");
    HOLD(OKO_OK, "{\"protocol\":{\"none\":false,\"begin\":\"09:05\",\"end\":\"10:40\",\"video\":true,\"remarks\":["
                 "{\"kind\":\"outsiders\",\"text\":\"В аудитории была Иванова И. О.\"},"
                 "{\"kind\":\"time\",\"text\":\"Начало на десять минут позже\"}]}}");
    assert_int_equal(findings(c, c->school[0]).n, 0); /* not before it is confirmed */
    GIVES(OKO_E_PERMISSION, cast_act(c, &c->observer, day, "observation", id, "confirm", "{}", &err));
    MUST(cast_act(c, &c->municipal[0], day, "observation", id, "confirm", "{}", &err));
    const found k = findings(c, c->school[0]);
    const int64_t *x = k.last.facts;
    assert_int_equal(k.n, 1);
    assert_int_equal(k.last.year, 2021);
    assert_string_equal(k.last.part, "20210412 room А 12"); /* the key that a file of the same visit would have */
    assert_int_equal(x[OKO_OBSERVATION_DATE], 20210412);
    assert_int_equal(x[OKO_OBSERVATION_BEGIN], 9 * 60 + 5);
    assert_int_equal(x[OKO_OBSERVATION_END], 10 * 60 + 40);
    assert_int_equal(x[OKO_OBSERVATION_INDEPENDENT], 1);
    assert_int_equal(x[OKO_OBSERVATION_VIDEO], 1);
    assert_int_equal(x[OKO_OBSERVATION_REMARKS], 2);
    assert_null(strstr(k.last.note, "Иванова"));
    oko_entry e = cast_get(c, "observation", id);
    const json_t *remarks = json_object_get(json_object_get(e.body, "protocol"), "remarks");
    assert_int_equal(oko_body_int(json_array_get(remarks, 1), "number"), 2);
    assert_null(strstr(oko_body_str(json_array_get(remarks, 0), "text"), "Иванова"));
    assert_true(oko_body_int(e.body, "import") > 0);
    oko_entry_clear(&e);
    /* The indicators count it. */
    OKO_CLEANUP(oko_tally_freep) oko_tally *t = NULL;
    const oko_tally_query q = { .year = 2021 };
    oko_value v;
    MUST(oko_tally_load(c->store, &q, &t, &err));
    MUST(oko_tally_value(t, c->region, "protocols_remarks", &v));
    assert_true(v.v == 1);
    json_decref(v.source);
}

static void test_schedule_and_reference(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t a, b;
    MUST(plan(c, c->school[1], "2021-04-13", "09:00", "11:00", &b, &err));
    MUST(plan(c, c->school[0], "2021-04-12", "09:00", "11:00", &a, &err));
    const oko_cycle op = cast_as(c, &c->operator, day), own = cast_as(c, &c->observer, day),
                    mun = cast_as(c, &c->municipal[1], day);
    json_t *items = NULL;
    MUST(oko_observations_schedule(&op, NULL, NULL, 0, &items, &err));
    assert_int_equal(json_array_size(items), 2);
    assert_int_equal(oko_body_int(json_array_get(items, 0), "observation"), a);              /* by date */
    assert_string_equal(oko_body_str(json_array_get(items, 0), "conflict"), "municipality"); /* the observer's own */
    json_decref(items);
    MUST(oko_observations_schedule(&op, NULL, NULL, c->school[1], &items, &err));
    assert_int_equal(json_array_size(items), 1);
    json_decref(items);
    MUST(oko_observations_schedule(&op, "2021-04-13", "2021-04-30", 0, &items, &err));
    assert_int_equal(json_array_size(items), 1);
    json_decref(items);
    MUST(oko_observations_schedule(&own, NULL, NULL, 0, &items, &err));
    assert_int_equal(json_array_size(items), 2);
    json_decref(items);
    MUST(oko_observations_schedule(&mun, NULL, NULL, 0, &items, &err));
    assert_int_equal(json_array_size(items), 0);
    json_decref(items);
    MUST(cast_act(c, &c->observer, day, "observation", a, "hold", "{\"protocol\":{\"none\":true}}", &err));
    MUST(cast_act(c, &c->operator, day, "observation", a, "confirm", "{}", &err));
    MUST(cast_act(c, &c->observer, day, "observation", b, "hold",
                  "{\"protocol\":{\"none\":false,\"remarks\":[{\"text\":\"Шумно\"}]}}", &err));
    MUST(cast_act(c, &c->operator, day, "observation", b, "confirm", "{}", &err));
    OKO_CLEANUP(oko_buffer_free) oko_buffer csv = { 0 };
    oko_buffer_init(&csv, 100000);
    MUST(oko_observations_reference(&op, 2021, &csv, &err));
    assert_string_equal(csv.ptr, "логин;процедура;класс;вид контроля\nS0;2021-04-MA;4А;наблюдатель\n");
}

static void test_recheck(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t id = cast_make(c, &c->operator, day, "recheck", c->school[0],
                                 "{\"procedure\":\"2021-04-MA\",\"body\":\"Муниципальная комиссия\",\"works\":100}");
#define FINISH(status, text) GIVES(status, cast_act(c, &c->operator, day, "recheck", id, "finish", text, &err))
    FINISH(OKO_E_ARGUMENT, "{\"checked\":200,\"up\":1,\"down\":1}");
    FINISH(OKO_E_ARGUMENT, "{\"checked\":20,\"up\":15,\"down\":6}");
    FINISH(OKO_OK, "{\"checked\":20,\"up\":0,\"down\":3}");
    oko_entry e = cast_get(c, "recheck", id);
    /* Clopper–Pearson for 3 of 20: 3.2071 … 37.8927 % (scipy 1.10, beta.ppf). */
    assert_true(fabs(oko_body_num(e.body, "share") - 15) < 1e-9);
    assert_true(fabs(oko_body_num(e.body, "share_lo") - 3.207094) < 1e-5);
    assert_true(fabs(oko_body_num(e.body, "share_hi") - 37.892683) < 1e-5);
    /* Of the hundred works written: shorter. */
    assert_true(oko_body_num(e.body, "all_lo") > 3.3 && oko_body_num(e.body, "all_hi") < 37);
    oko_entry_clear(&e);
    GIVES(OKO_E_CONFLICT, cast_act(c, &c->operator, day, "recheck", id, "confirm", "{}", &err)); /* four eyes */
    const oko_actor second = cast_person((cast *)(uintptr_t)c, "operator2", OKO_ROLE_OPERATOR, c->region);
    MUST(cast_act(c, &second, day, "recheck", id, "confirm", "{}", &err));
    const found k = findings(c, c->school[0]);
    assert_int_equal(k.n, 1);
    assert_int_equal(k.last.facts[OKO_RECHECK_WORKS], 100);
    assert_int_equal(k.last.facts[OKO_RECHECK_CHECKED], 20);
    assert_int_equal(k.last.facts[OKO_RECHECK_CHANGED], 3);
    assert_int_equal(k.last.facts[OKO_RECHECK_DOWN], 3);
    assert_string_equal(k.last.part, "Муниципальная комиссия");
    OKO_CLEANUP(oko_tally_freep) oko_tally *t = NULL;
    const oko_tally_query q = { .year = 2021 };
    oko_value v;
    MUST(oko_tally_load(c->store, &q, &t, &err));
    MUST(oko_tally_value(t, c->municipality[0], "recheck_changed", &v));
    assert_true(v.v == 3);
    json_decref(v.source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_clash, setup, teardown),
        cmocka_unit_test_setup_teardown(test_protocol_flows_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_schedule_and_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_recheck, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
