/* Events: invitations, registration, attendance, survey, calendar. */
#include "cast.h"

#include "base/memory.h"
#include "cycle/calendar.h"
#include "cycle/events.h"

#include <math.h>
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

static oko_status act(const cast *c, const oko_actor *who, const char *kind, int64_t id, int64_t *version,
                      const char *action, const char *input, oko_error *err)
{
    return cast_step(c, who, day, kind, id, version, action, input, err);
}

static oko_status make(const cast *c, const oko_actor *who, const char *kind, int64_t unit, const char *body,
                       oko_entry *ret_entry, oko_error *err)
{
    const oko_cycle cycle = cast_as(c, who, day);
    oko_draft d = { .title = "Объективность; что, зачем", .unit = unit, .body = json_loads(body, 0, NULL) };
    assert_non_null(d.body);
    oko_status status = oko_cycle_create(&cycle, kind, &d, ret_entry, err);
    json_decref(d.body);
    return status;
}

static const char seminar[] =
    "{\"type\":\"seminar\",\"from\":\"2026-03-05T10:00\",\"until\":\"2026-03-05T12:30\",\"place\":\"Центр, зал 2\","
    "\"description\":\"Первая строка\\nвторая; очень длинная строка, чтобы её пришлось сложить: ёёёёёёёёёёёёёёёёёёёё\","
    "\"audience\":{\"levels\":[\"school\"]},\"survey\":[{\"code\":\"q1\",\"text\":\"Нужна ли объективность?\"}]}";

static int64_t planned(const cast *c, const oko_actor *who, int64_t unit, int64_t *v)
{
    oko_error err = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    MUST(make(c, who, "event", unit, seminar, &e, &err));
    assert_int_equal(e.head.year, 2026);
    *v = e.head.version;
    MUST(act(c, who, "event", e.head.id, v, "plan", "{}", &err));
    return e.head.id;
}

static oko_status count_one(void *ctx, const oko_entry *e)
{
    (void)e;
    ++*(int *)ctx;
    return OKO_OK;
}

static int registrations(const cast *c, const oko_actor *who, const char *states)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    const oko_record_query q = { .kind = "registration", .states = states };
    int n = 0;
    MUST(oko_cycle_list(&cycle, &q, count_one, &n, NULL, &err));
    return n;
}

static void test_what_an_event_must_be(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const oko_actor *op = &c->operator;
    GIVES(OKO_E_ARGUMENT, make(c, op, "event", c->region, "{\"type\":\"ball\"}", &e, &err));
    assert_string_equal(err.id, "event.type");
    GIVES(OKO_E_ARGUMENT, make(c, op, "event", c->region, "{\"from\":\"2026-02-30\"}", &e, &err));
    GIVES(OKO_E_ARGUMENT, make(c, op, "event", c->region, "{\"from\":\"2026-02-03T24:00\"}", &e, &err));
    GIVES(OKO_E_ARGUMENT,
          make(c, op, "event", c->region, "{\"from\":\"2026-02-03\",\"until\":\"2026-02-01\"}", &e, &err));
    GIVES(OKO_E_ARGUMENT, make(c, op, "event", c->region, "{\"audience\":{\"sign\":\"bad\"}}", &e, &err));
    MUST(make(c, op, "event", c->region, "{\"audience\":{\"sign\":\"threshold\"}}", &e, &err));
}

static void test_invited_and_came(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    const int64_t id = planned(c, &c->municipal[0], c->municipality[0], &v);
    GIVES(OKO_E_NOT_FOUND, act(c, &c->municipal[1], "event", id, &v, "invite", "{}", &err));
    MUST(act(c, &c->municipal[0], "event", id, &v, "invite", "{}", &err));
    assert_int_equal(registrations(c, &c->operator, "invited"), 2); /* its own two schools only */
    MUST(act(c, &c->municipal[0], "event", id, &v, "invite", "{}", &err));
    assert_int_equal(registrations(c, &c->operator, NULL), 2); /* nobody twice */
    assert_int_equal(registrations(c, &c->school_user[0], NULL), 1);
    assert_int_equal(registrations(c, &c->school_user[2], NULL), 0);
    const oko_cycle cycle = cast_as(c, &c->municipal[0], day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    MUST(oko_cycle_get(&cycle, "event", id, &e, &err));
    assert_int_equal(json_integer_value(json_object_get(e.body, "invited")), 2);
    /* Somebody who was not invited registers; for schools of another municipality the event does not exist. */
    OKO_CLEANUP(oko_entry_clear) oko_entry r = { 0 };
    char body[64];
    (void)snprintf(body, sizeof body, "{\"event\":%lld}", (long long)id);
    GIVES(OKO_E_ARGUMENT, make(c, &c->school_user[2], "registration", c->school[2], body, &r, &err));
    MUST(make(c, &c->municipal[0], "registration", c->municipality[0], body, &r, &err));
    assert_string_equal(r.head.due, "2026-03-05");
    GIVES(OKO_E_CONFLICT, make(c, &c->school_user[0], "registration", c->school[0], body, &r, &err));
    int n = 0;
    json_t *rows = json_pack("[{s:I, s:b, s:i}, {s:I, s:b}]", "unit", (json_int_t)c->school[0], "attended", 1,
                             "persons", 3, "unit", (json_int_t)c->school[1], "attended", 0);
    MUST(oko_event_attendance(&cycle, id, rows, &n, &err));
    json_decref(rows);
    assert_int_equal(n, 2);
    assert_int_equal(registrations(c, &c->operator, "attended"), 1);
    assert_int_equal(registrations(c, &c->operator, "absent"), 1);
    rows = json_pack("[{s:I, s:b}]", "unit", (json_int_t)c->school[3], "attended", 1);
    GIVES(OKO_E_NOT_FOUND, oko_event_attendance(&cycle, id, rows, &n, &err));
    assert_string_equal(err.field, "rows/0");
    json_decref(rows);
}

/* Own events, those of the units above and below; never those of neighbours. */
static void test_who_sees_an_event(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    const int64_t at_school = planned(c, &c->school_user[0], c->school[0], &v);
    (void)planned(c, &c->municipal[0], c->municipality[0], &v);
    (void)planned(c, &c->operator, c->region, &v);
    const struct {
        const oko_actor *who;
        int events;
        oko_status status;
    } sees[] = { { &c->school_user[0], 3, OKO_OK },        { &c->school_user[1], 2, OKO_E_NOT_FOUND },
                 { &c->municipal[0], 3, OKO_OK },          { &c->school_user[2], 1, OKO_E_NOT_FOUND },
                 { &c->municipal[1], 1, OKO_E_NOT_FOUND }, { &c->auditor, 3, OKO_OK } };
    for (size_t i = 0; i < sizeof sees / sizeof *sees; i++) {
        const oko_cycle cycle = cast_as(c, sees[i].who, day);
        OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
        const oko_record_query q = { .kind = "event" };
        int64_t total = 0;
        int n = 0;
        GIVES(sees[i].status, oko_cycle_get(&cycle, "event", at_school, &e, &err));
        MUST(oko_cycle_list(&cycle, &q, count_one, &n, &total, &err));
        assert_int_equal(n, sees[i].events);
        assert_int_equal(total, sees[i].events);
    }
}

/* ---- schools with a sign ---- */

static void save_evidence(const cast *c, const int schools[], const char *const details[], size_t n)
{
    oko_error err = { 0 };
    int64_t id;
    oko_result r[4];
    assert_true(n <= 4);
    memset(r, 0, sizeof r);
    for (size_t i = 0; i < n; i++) {
        r[i] = (oko_result){ .unit = c->school[schools[i]], .n = 20, .p = NAN, .q = NAN };
        (void)snprintf(r[i].procedure, sizeof r[i].procedure, "vpr-2021-ru-5");
        (void)snprintf(r[i].rule, sizeof r[i].rule, "oko/evidence");
        r[i].details = (char *)(uintptr_t)details[i];
    }
    oko_run run = { .seed = 1, .params = (char *)(uintptr_t) "{}" };
    (void)snprintf(run.method, sizeof run.method, "oko-evidence 3");
    (void)snprintf(run.program, sizeof run.program, "0");
    (void)snprintf(run.snapshot, sizeof run.snapshot, "%064d", 0);
    (void)snprintf(run.result_hash, sizeof run.result_hash, "%064d", 0);
    MUST(oko_store_run_save(c->store, &run, r, n, &id, &err));
}

static void test_schools_with_a_sign(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    MUST(make(c, &c->operator, "event", c->region,
              "{\"type\":\"workshop\",\"from\":\"2026-03-05\",\"place\":\"зал\",\"audience\":{\"sign\":\"threshold\"}}",
              &e, &err));
    v = e.head.version;
    MUST(act(c, &c->operator, "event", e.head.id, &v, "plan", "{}", &err));
    GIVES(OKO_E_NO_DATA, act(c, &c->operator, "event", e.head.id, &v, "invite", "{}", &err));
    static const char *const details[] = {
        "{\"evidence\":\"signs\",\"families\":{\"threshold\":{\"p\":0.001}}}",
        "{\"evidence\":\"none\",\"families\":{\"threshold\":{\"p\":0.4},\"level\":{\"p\":0.01}}}",
        "{\"evidence\":\"attention\",\"families\":{\"threshold\":{\"p\":0.02}}}",
    };
    save_evidence(c, (const int[]){ 0, 1, 3 }, details, 3);
    MUST(act(c, &c->operator, "event", e.head.id, &v, "invite", "{}", &err));
    assert_int_equal(registrations(c, &c->operator, "invited"), 2);
    assert_int_equal(registrations(c, &c->school_user[0], NULL), 1);
    assert_int_equal(registrations(c, &c->school_user[1], NULL), 0);
    assert_int_equal(registrations(c, &c->school_user[3], NULL), 1);
}

/* ---- survey ---- */

static void answer(const cast *c, const oko_actor *who, int64_t event, const char *phase, int x)
{
    oko_error err = { 0 };
    char body[160];
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    (void)snprintf(body, sizeof body, "{\"event\":%lld,\"phase\":\"%s\",\"answers\":{\"q1\":%d}}", (long long)event,
                   phase, x);
    MUST(make(c, who, "survey-answer", who->unit, body, &e, &err));
}

static json_t *survey(const cast *c, const oko_actor *who, int64_t event, bool published, json_t **ret_all)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    MUST(oko_event_survey(&cycle, event, published, ret_all, &err));
    return json_array_get(json_object_get(*ret_all, "questions"), 0);
}

static double real(const json_t *q, const char *a, const char *b)
{
    return json_number_value(json_object_get(json_object_get(q, a), b));
}

static void test_survey(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    json_t *all = NULL;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const int64_t id = planned(c, &c->operator, c->region, &v);
    char body[160];
    (void)snprintf(body, sizeof body, "{\"event\":%lld,\"phase\":\"after\",\"answers\":{\"q1\":5}}", (long long)id);
    GIVES(OKO_E_CONFLICT, make(c, &c->school_user[0], "survey-answer", c->school[0], body, &e, &err));
    (void)snprintf(body, sizeof body, "{\"event\":%lld,\"phase\":\"before\",\"answers\":{\"q9\":5}}", (long long)id);
    GIVES(OKO_E_ARGUMENT, make(c, &c->school_user[0], "survey-answer", c->school[0], body, &e, &err));
    for (int i = 0; i < 12; i++) {
        answer(c, &c->school_user[i % 4], id, "before", 2 + i % 3); /* 2, 3, 4: mean 3, variance 8/11 */
    }
    MUST(act(c, &c->operator, "event", id, &v, "hold", "{\"held_on\":\"2026-03-05\",\"participants\":9}", &err));
    for (int i = 0; i < 9; i++) {
        answer(c, &c->school_user[i % 4], id, "after", 3 + i % 3); /* mean 4, variance 6/8 */
    }
    const json_t *q = survey(c, &c->operator, id, false, &all);
    assert_int_equal((int)real(q, "before", "n"), 12);
    assert_true(fabs(real(q, "before", "mean") - 3) < 1e-12);
    assert_true(fabs(real(q, "before", "good") - 4 / 12.) < 1e-12);
    assert_true(fabs(real(q, "after", "good") - 6 / 9.) < 1e-12);
    assert_true(fabs(real(q, "change", "value") - 1) < 1e-12);
    assert_true(fabs(real(q, "change", "lo") - .2003877312) < 1e-6); /* scipy 1.10: t.ppf with Welch's df */
    assert_true(fabs(real(q, "change", "hi") - 1.7996122688) < 1e-6);
    json_decref(all);
    q = survey(c, &c->school_user[0], id, false, &all); /* a school gets the published form, whatever it asks for */
    assert_true(json_is_true(json_object_get(json_object_get(q, "after"), "hidden")));
    assert_true(json_is_null(json_object_get(q, "change")));
    assert_int_equal((int)real(q, "before", "n"), 12);
    json_decref(all);
}

/* ---- calendar ---- */

static char *calendar(const cast *c, const oko_actor *who)
{
    oko_error err = { 0 };
    oko_buffer b;
    const oko_cycle cycle = cast_as(c, who, day);
    oko_buffer_init(&b, 1 << 20);
    MUST(oko_calendar_write(&cycle, &b, &err));
    return b.ptr;
}

static void check_lines(const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const char *end = strstr(at, "\r\n");
        assert_non_null(end);
        assert_true(end - at <= 75);
        assert_true(oko_utf8_valid((oko_str){ at, (size_t)(end - at) })); /* never folded inside a letter */
        at = end + 2;
    }
}

static void test_calendar(void **state)
{
    const cast *c = *state;
    int64_t v;
    (void)planned(c, &c->municipal[0], c->municipality[0], &v);
    char *mine = calendar(c, &c->school_user[0]), *again = calendar(c, &c->school_user[0]),
         *other = calendar(c, &c->school_user[2]);
    check_lines(mine);
    assert_string_equal(mine, again);
    assert_non_null(strstr(mine, "\r\nDTSTART:20260305T100000\r\n"));
    assert_non_null(strstr(mine, "\r\nDTEND:20260305T123000\r\n"));
    assert_non_null(strstr(mine, "\r\nSUMMARY:Объективность\\; что\\, зачем\r\n"));
    assert_non_null(strstr(mine, "Первая строка\\nвторая"));
    assert_non_null(strstr(mine, "\r\nLOCATION:Центр\\, зал 2\r\n"));
    assert_non_null(strstr(mine, "UID:event-"));
    assert_null(strstr(other, "VEVENT")); /* of another municipality */
    free(mine);
    free(again);
    free(other);
}

static void test_secret_address(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    char first[OKO_SECRET_HEX], second[OKO_SECRET_HEX], expires[OKO_TIME_BYTES];
    oko_actor who;
    const time_t now = 1772000000;
    MUST(oko_feed_make(c->store, &c->school_user[1], now, first, expires, &err));
    MUST(oko_feed_actor(c->store, first, now, &who, &err));
    assert_int_equal(who.unit, c->school[1]);
    assert_true(who.read_only);
    MUST(oko_feed_make(c->store, &c->school_user[1], now, second, expires, &err));
    GIVES(OKO_E_NOT_FOUND, oko_feed_actor(c->store, first, now, &who, &err));
    MUST(oko_feed_actor(c->store, second, now, &who, &err));
    GIVES(OKO_E_NOT_FOUND, oko_feed_actor(c->store, second, now + 500 * 24 * 3600, &who, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_an_event_must_be, setup, teardown),
        cmocka_unit_test_setup_teardown(test_invited_and_came, setup, teardown),
        cmocka_unit_test_setup_teardown(test_who_sees_an_event, setup, teardown),
        cmocka_unit_test_setup_teardown(test_schools_with_a_sign, setup, teardown),
        cmocka_unit_test_setup_teardown(test_survey, setup, teardown),
        cmocka_unit_test_setup_teardown(test_calendar, setup, teardown),
        cmocka_unit_test_setup_teardown(test_secret_address, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
