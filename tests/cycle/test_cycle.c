/* Records by the rules of their flow: rights, states, needs, deadlines, four eyes, history, audit. */
#include "cast.h"

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

static json_t *json(const char *text)
{
    json_t *j = json_loads(text, 0, NULL);
    assert_non_null(j);
    return j;
}

/* Takes an action; *version moves on when it works. */
static oko_status act(const cast *c, const oko_actor *who, const char *kind, int64_t id, int64_t *version,
                      const char *action, const char *input, oko_error *err)
{
    const oko_cycle cycle = cast_as(c, who, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *in = json(input);
    oko_error_clear(err);
    oko_status status = oko_cycle_act(&cycle, kind, id, *version, action, in, &e, err);
    json_decref(in);
    if (status == OKO_OK) {
        *version = e.head.version;
    }
    return status;
}

static int64_t new_case(const cast *c, int school, int64_t *ret_version)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = "Случай", .unit = c->school[school], .year = 2021 };
    d.body = json("{\"origin\":{\"kind\":\"manual\"}}");
    MUST(oko_cycle_create(&cycle, "case", &d, &e, &err));
    json_decref(d.body);
    *ret_version = e.head.version;
    return e.head.id;
}

static void get(const cast *c, const oko_actor *who, const char *kind, int64_t id, oko_entry *ret_entry)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    MUST(oko_cycle_get(&cycle, kind, id, ret_entry, &err));
}

static void test_case_from_signal_to_effect(void **state)
{
    const cast *c = *state;
    const oko_actor *op = &c->operator, * mun = & c->municipal[0], *school = &c->school_user[0];
    oko_error err = { 0 };
    int64_t v, link;
    const int64_t id = new_case(c, 0, &v);
#define ACT(who, action, input) MUST(act(c, who, "case", id, &v, action, input, &err))
#define REFUSED(status, who, action, input) GIVES(status, act(c, who, "case", id, &v, action, input, &err))
    REFUSED(OKO_E_NOT_FOUND, school, "explain", "{\"explanation\":\"x\"}"); /* not shown to the school yet */
    ACT(op, "take", "{}");
    REFUSED(OKO_E_ARGUMENT, op, "dismiss", "{\"reason\":\"small_group\"}");
    assert_string_equal(err.field, "comment");
    ACT(op, "confirm", "{\"reason\":\"sign\",\"due\":\"2021-05-31\"}");
    REFUSED(OKO_E_CONFLICT, op, "confirm", "{\"reason\":\"sign\"}"); /* not from this state */
    REFUSED(OKO_E_PERMISSION, mun, "explain", "{\"explanation\":\"x\"}");
    REFUSED(OKO_E_NOT_FOUND, &c->school_user[1], "explain", "{\"explanation\":\"x\"}"); /* another school */
    REFUSED(OKO_E_NOT_FOUND, &c->municipal[1], "agree-cause", "{}");
    REFUSED(OKO_E_PERMISSION, &c->auditor, "take", "{}");
    REFUSED(OKO_E_PERMISSION, &c->admin, "take", "{}");
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    get(c, school, "case", id, &e);
    assert_string_equal(e.head.due, "2021-05-31");
    ACT(school, "explain", "{\"explanation\":\"Критерии обсуждались.\"}");
    REFUSED(OKO_E_NOT_FOUND, school, "fly", "{}");
    ACT(school, "propose-cause", "{\"cause\":\"marking-criteria\",\"comment\":\"так\"}");
    ACT(mun, "agree-cause", "{\"cause\":\"marking-criteria\",\"comment\":\"согласны\"}");
    char input[64];
    (void)snprintf(input, sizeof input, "{\"recommendation\":%lld}", (long long)cast_letter(c, day, c->school[0], id));
    ACT(op, "recommend", input);
    REFUSED(OKO_E_ARGUMENT, school, "submit-plan", "{\"measures\":[]}");
    (void)snprintf(input, sizeof input, "{\"case\":%lld}", (long long)id);
    const int64_t measure = cast_make(c, school, day, "measure", c->school[0], input);
    (void)snprintf(input, sizeof input, "{\"measures\":[%lld]}", (long long)measure);
    ACT(school, "submit-plan", input);
    REFUSED(OKO_E_ARGUMENT, school, "report", "{\"report\":\"сделано\"}");
    assert_string_equal(err.id, "cycle.link_required");
    const oko_cycle as_school = cast_as(c, school, day);
    const oko_record_link evidence = { .relation = "evidence", .target = OKO_LINK_URL, .note = "https://example.org/" };
    MUST(oko_cycle_link(&as_school, "case", id, &evidence, &link, &err));
    ACT(school, "report", "{\"report\":\"сделано\"}");
    ACT(mun, "return", "{\"comment\":\"нет протокола\",\"due\":\"2021-09-01\"}");
    ACT(school, "report", "{\"report\":\"с протоколом\"}");
    ACT(mun, "accept", "{\"comment\":\"принято\"}");
    REFUSED(OKO_E_CONFLICT, op, "conclude", "{\"effect\":\"helped\",\"comment\":\"на глаз\"}"); /* nobody computed it */
    ACT(op, "conclude", "{\"effect\":\"no_data\",\"comment\":\"в следующем году\"}");
    oko_entry_clear(&e);
    get(c, &c->auditor, "case", id, &e);
    assert_string_equal(e.head.state, "closed");
    assert_string_equal(e.head.due, "");
    assert_int_equal(json_array_size(json_object_get(e.body, "steps")), 12);
    assert_string_equal(json_string_value(json_object_get(e.body, "report")), "с протоколом");
    assert_int_equal(e.head.version, v);
    int64_t lines = 0;
    char head[65];
    MUST(oko_store_audit_verify(c->store, &lines, head, &err));
    assert_true(lines >= 14); /* created, 12 actions, a link */
}

static void test_due_days(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    const int64_t id = new_case(c, 2, &v);
    ACT(&c->operator, "take", "{}");
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    get(c, &c->operator, "case", id, &e);
    assert_string_equal(e.head.due, "2021-05-20"); /* ten days for the triage */
    GIVES(OKO_E_ARGUMENT,
          act(c, &c->operator, "case", id, &v, "confirm", "{\"reason\":\"x\",\"due\":\"31.05.2021\"}", &err));
    assert_string_equal(err.id, "cycle.date");
    const oko_cycle later = cast_as(c, &c->operator, "2021-05-21");
    json_t *j = oko_cycle_json(&later, &e);
    assert_true(json_is_true(json_object_get(j, "overdue")));
    assert_int_equal(json_array_size(json_object_get(j, "actions")), 2); /* confirm, dismiss */
    json_decref(j);
}

static void test_four_eyes(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const oko_draft d = { .title = "Мера", .unit = c->region, .year = 2021 };
    MUST(oko_cycle_create(&op, "measure", &d, &e, &err));
    int64_t id = e.head.id, v = e.head.version;
    MUST(act(c, &c->operator, "measure", id, &v, "report", "{\"report\":\"r\",\"done_on\":\"2021-05-09\"}", &err));
    GIVES(OKO_E_CONFLICT, act(c, &c->operator, "measure", id, &v, "accept", "{\"comment\":\"c\"}", &err));
    assert_string_equal(err.id, "cycle.same_person");
    MUST(act(c, &c->head, "measure", id, &v, "accept", "{\"comment\":\"c\"}", &err));
}

static void test_two_editors(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 }, after = { 0 };
    oko_draft d = { .title = "Семинар", .unit = c->region, .year = 2021 };
    MUST(oko_cycle_create(&op, "event", &d, &e, &err));
    d = (oko_draft){ .title = "Другой" };
    MUST(oko_cycle_change(&op, "event", e.head.id, e.head.version, &d, &after, &err));
    assert_int_equal(after.head.version, e.head.version + 1);
    GIVES(OKO_E_CONFLICT, oko_cycle_change(&op, "event", e.head.id, e.head.version, &d, NULL, &err));
    assert_string_equal(err.id, "record.changed");
    const oko_cycle school = cast_as(c, &c->school_user[0], day); /* sees the event of the region, may not change it */
    GIVES(OKO_E_PERMISSION, oko_cycle_change(&school, "event", e.head.id, after.head.version, &d, NULL, &err));
    GIVES(OKO_E_CONFLICT, oko_cycle_remove(&op, "event", e.head.id, e.head.version, &err));
    MUST(oko_cycle_remove(&op, "event", e.head.id, after.head.version, &err));
    GIVES(OKO_E_NOT_FOUND, oko_cycle_get(&op, "event", e.head.id, &after, &err));
}

static oko_status count(void *ctx, const oko_entry *e)
{
    (void)e;
    ++*(int *)ctx;
    return OKO_OK;
}

static int seen(const cast *c, const oko_actor *who, const char *kind, const char *states)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    const oko_record_query q = { .kind = kind, .states = states };
    int n = 0;
    int64_t total = -1;
    MUST(oko_cycle_list(&cycle, &q, count, &n, &total, &err));
    assert_int_equal(n, total);
    return n;
}

static void test_lists_are_cut_to_the_reach(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    int64_t v;
    for (int s = 0; s < 4; s++) {
        const int64_t id = new_case(c, s, &v);
        ACT(&c->operator, "take", "{}");
        if (s % 2 == 0) {
            ACT(&c->operator, "confirm", "{\"reason\":\"x\"}");
        }
    }
    assert_int_equal(seen(c, &c->operator, "case", NULL), 4);
    assert_int_equal(seen(c, &c->auditor, "case", NULL), 4);
    assert_int_equal(seen(c, &c->municipal[1], "case", NULL), 2);
    assert_int_equal(seen(c, &c->school_user[0], "case", NULL), 1);
    assert_int_equal(seen(c, &c->school_user[1], "case", NULL), 0); /* still at the triage */
    assert_int_equal(seen(c, &c->school_user[1], "case", "triage"), 0);
    assert_int_equal(seen(c, &c->school_user[2], "case", "explanation,triage"), 1);
    const oko_cycle admin = cast_as(c, &c->admin, day), school = cast_as(c, &c->school_user[0], day);
    const oko_record_query all = { .kind = "case" }, other = { .kind = "case", .unit = c->school[2] };
    int n = 0;
    int64_t total;
    GIVES(OKO_E_PERMISSION, oko_cycle_list(&admin, &all, count, &n, &total, &err));
    GIVES(OKO_E_NOT_FOUND, oko_cycle_list(&school, &other, count, &n, &total, &err));
}

static void test_observer_sees_own(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry mine = { 0 }, theirs = { 0 };
    oko_draft d = { .title = "Наблюдение", .unit = c->school[3], .year = 2021, .assignee = &c->observer.user };
    MUST(oko_cycle_create(&op, "observation", &d, &mine, &err));
    d.assignee = &c->operator.user;
    MUST(oko_cycle_create(&op, "observation", &d, &theirs, &err));
    assert_int_equal(seen(c, &c->observer, "observation", NULL), 1);
    int64_t v = mine.head.version;
    MUST(act(c, &c->observer, "observation", mine.head.id, &v, "hold", "{\"protocol\":{\"none\":true}}", &err));
    v = theirs.head.version;
    GIVES(OKO_E_NOT_FOUND,
          act(c, &c->observer, "observation", theirs.head.id, &v, "hold", "{\"protocol\":{\"none\":true}}", &err));
}

static void test_read_only_token(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    oko_actor reader = c->operator;
    reader.read_only = true;
    const oko_cycle cycle = cast_as(c, &reader, day);
    const oko_draft d = { .title = "x", .unit = c->region };
    GIVES(OKO_E_PERMISSION, oko_cycle_create(&cycle, "event", &d, NULL, &err));
    assert_string_equal(err.id, "access.read_only");
}

static void test_flows_are_checked(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_flows *flows = NULL;
    static const char good[] =
        "{\"kinds\":{\"k\":{\"schema\":\"S\",\"states\":[\"a\",\"b\"],\"initial\":\"a\",\"read\":{\"roles\":[\"head\"],"
        "\"scope\":\"any\"},\"create\":{\"roles\":[],\"scope\":\"own\"},\"edit\":{\"roles\":[],\"scope\":\"own\"},"
        "\"actions\":[{\"name\":\"go\",\"from\":[\"a\"],\"to\":\"b\",\"roles\":[\"head\"],\"scope\":\"any\"}]}}}";
    assert_int_equal(oko_flows_parse(oko_str_of(good), &flows, &err), OKO_OK);
    assert_int_equal(oko_flow_find(flows, "k")->actions[0].to, 1);
    oko_flows_freep(&flows);
    static const char *const slips[][2] = { { "\"to\":\"b\"", "\"to\":\"c\"" },
                                            { "\"initial\":\"a\"", "\"initial\":\"z\"" },
                                            { "[\"head\"],\"scope\":\"any\"}]", "[\"chief\"],\"scope\":\"any\"}]" },
                                            { "\"scope\":\"own\"}", "\"scope\":\"all\"}" } };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        char text[1024];
        const char *at = strstr(good, slips[i][0]);
        (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, slips[i][1], at + strlen(slips[i][0]));
        assert_int_equal(oko_flows_parse(oko_str_of(text), &flows, &err), OKO_E_FORMAT);
        assert_string_equal(err.id, "cycle.flows.fault");
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_case_from_signal_to_effect),
        TEST(test_due_days),
        TEST(test_four_eyes),
        TEST(test_two_editors),
        TEST(test_observer_sees_own),
        TEST(test_lists_are_cut_to_the_reach),
        TEST(test_read_only_token),
        TEST(test_flows_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
