/* Cases: made of runs and lists once, repeats linked, what each step needs, escalation, board, similar cases. */
#include "cast_runs.h"

#include "cycle/body.h"
#include "cycle/cases.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-05-10";

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    cast_procedure(&c, "2021-04-MA");
    cast_procedure(&c, "2021-04-RU");
    cast_procedure(&c, "2022-04-MA");
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

static json_t *make(const cast *c, const oko_actor *who, const oko_signal_options *o)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, day);
    json_t *report = NULL;
    MUST(oko_cases_make(&cycle, o, &report, &err));
    return report;
}

static int64_t number(const json_t *report, const char *name)
{
    return oko_body_int(report, name);
}

static void evidence_2021(const cast *c)
{
    const cast_row rows[] = {
        { c->school[0], "2021-04-MA", "signs", "threshold", .4, 1e-6 },
        { c->school[0], "2021-04-RU", "strong", "threshold", .6, 1e-9 },
        { c->school[1], "2021-04-MA", "attention", "level", .2, 1e-2 },
        { c->school[2], "2021-04-MA", "strong", "pattern", .5, 1e-8 },
        { c->school[3], "2021-04-MA", "none", "level", .0, .5 },
    };
    (void)cast_evidence(c, rows, sizeof rows / sizeof *rows);
}

static void test_made_once(void **state)
{
    const cast *c = *state;
    evidence_2021(c);
    cast_external(c, "Список 2021", 2021, c->school[1], "2021-04-MA");
    oko_signal_options o = { .year = 2021, .preview = true };
    json_t *r = make(c, &c->operator, & o);
    assert_int_equal(number(r, "made"), 3); /* threshold of school 0 once, pattern of school 2, the list's school 1 */
    json_decref(r);
    oko_error err = { 0 };
    int64_t id = -1;
    const oko_cycle op = cast_as(c, &c->operator, day);
    MUST(oko_case_of(&op, c->school[0], "threshold", 2021, &id, &err));
    assert_int_equal(id, 0); /* a preview writes nothing */
    o.preview = false;
    r = make(c, &c->operator, & o);
    assert_int_equal(number(r, "made"), 3);
    json_decref(r);
    r = make(c, &c->operator, & o);
    assert_int_equal(number(r, "made"), 0);
    assert_int_equal(number(r, "existing"), 3);
    json_decref(r);
    o.threshold = OKO_EVIDENCE_ATTENTION;
    r = make(c, &c->operator, & o);
    assert_int_equal(number(r, "made"), 1); /* the level of school 1 */
    json_decref(r);
}

static void test_origin(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    evidence_2021(c);
    const oko_signal_options o = { .year = 2021 };
    json_decref(make(c, &c->operator, & o));
    const oko_cycle op = cast_as(c, &c->operator, day);
    int64_t id;
    MUST(oko_case_of(&op, c->school[0], "threshold", 2021, &id, &err));
    oko_entry e = cast_get(c, "case", id);
    const json_t *origin = json_object_get(e.body, "origin");
    assert_string_equal(e.head.state, "signal");
    assert_string_equal(oko_body_str(origin, "procedure"), "2021-04-RU"); /* the stronger of the two */
    assert_int_equal(json_array_size(json_object_get(origin, "procedures")), 2);
    assert_string_equal(oko_body_str(origin, "method"), OKO_EVIDENCE_VERSION);
    assert_int_equal(oko_body_int(origin, "seed"), 7);
    assert_int_equal(oko_body_int(origin, "n"), 60);
    assert_true(fabs(oko_body_num(origin, "effect") - .6) < 1e-12);
    assert_true(fabs(oko_body_num(origin, "p") - 1e-9) < 1e-20);
    assert_string_equal(oko_body_str(origin, "evidence"), "strong");
    assert_string_equal(oko_body_str(origin, "reliability"), "good");
    assert_true(json_is_array(json_object_get(origin, "explanations")));
    assert_int_equal(json_array_size(json_object_get(origin, "explanations_en")),
                     json_array_size(json_object_get(origin, "explanations")));
    assert_string_not_equal(oko_body_str(origin, "statement_en"), "");
    oko_entry_clear(&e);
}

static void test_rights(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    json_t *r = NULL;
    const oko_signal_options o = { .year = 2021 };
    const oko_cycle none = cast_as(c, &c->operator, day), school = cast_as(c, &c->school_user[0], day);
    GIVES(OKO_E_NO_DATA, oko_cases_make(&none, &o, &r, &err));
    evidence_2021(c);
    GIVES(OKO_E_PERMISSION, oko_cases_make(&school, &o, &r, &err));
    const oko_cycle auditor = cast_as(c, &c->auditor, day);
    GIVES(OKO_E_PERMISSION, oko_cases_make(&auditor, &o, &r, &err));
    const oko_signal_options part = { .year = 2021, .unit = c->municipality[1] };
    r = make(c, &c->operator, & part);
    assert_int_equal(number(r, "made"), 1); /* school 2 alone */
    json_decref(r);
}

/* The way of a case up to the acceptance. */
static void walk_to_effect(const cast *c, int64_t id, int school)
{
    oko_error err = { 0 };
    char text[96];
    const oko_actor *op = &c->operator, * own = & c->school_user[school], *mun = &c->municipal[school / 2];
#define ACT(who, action, input) MUST(cast_act(c, who, day, "case", id, action, input, &err))
#define REFUSED(status, who, action, input) GIVES(status, cast_act(c, who, day, "case", id, action, input, &err))
    /* Nobody writes into the case by an action. */
    REFUSED(OKO_E_ARGUMENT, op, "take", "{\"effect_facts\":{\"verdict\":\"helped\"}}");
    assert_string_equal(err.id, "cycle.read_only");
    ACT(op, "take", "{}");
    REFUSED(OKO_E_ARGUMENT, op, "dismiss", "{\"reason\":\"надоело\",\"comment\":\"x\"}");
    assert_string_equal(err.id, "cycle.choice");
    ACT(op, "confirm", "{\"reason\":\"устойчивый признак\"}");
    ACT(own, "explain", "{\"explanation\":\"Критерии понимались по-разному.\"}");
    REFUSED(OKO_E_ARGUMENT, own, "propose-cause", "{\"cause\":\"weather\",\"comment\":\"x\"}");
    assert_string_equal(err.id, "case.cause");
    ACT(own, "propose-cause", "{\"cause\":\"marking-criteria\",\"comment\":\"x\"}");
    ACT(mun, "agree-cause", "{\"cause\":\"marking-criteria\",\"comment\":\"согласны\"}");
    REFUSED(OKO_E_ARGUMENT, op, "recommend", "{\"recommendation\":4711}");
    const int64_t letter = cast_letter(c, day, c->school[school], id);
    (void)snprintf(text, sizeof text, "{\"recommendation\":%lld}", (long long)letter);
    ACT(op, "recommend", text);
    (void)snprintf(text, sizeof text, "{\"case\":%lld, \"code\":\"criteria\"}", (long long)id);
    const int64_t measure = cast_make(c, own, day, "measure", c->school[school], text);
    REFUSED(OKO_E_ARGUMENT, own, "submit-plan", "{\"measures\":[4711]}");
    (void)snprintf(text, sizeof text, "{\"measures\":[%lld]}", (long long)measure);
    ACT(own, "submit-plan", text);
    const oko_cycle as_school = cast_as(c, own, day);
    int64_t link;
    const oko_record_link evidence = { .relation = "evidence", .target = OKO_LINK_URL, .note = "https://example.org/" };
    MUST(oko_cycle_link(&as_school, "case", id, &evidence, &link, &err));
    ACT(own, "report", "{\"report\":\"Критерии согласованы.\"}");
    ACT(mun, "accept", "{\"comment\":\"принято\"}");
#undef ACT
#undef REFUSED
}

static void test_letter_must_fit(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t id = cast_make(c, &c->operator, day, "case", c->school[0], "{\"origin\":{\"kind\":\"manual\"}}");
    const int64_t other = cast_make(c, &c->operator, day, "case", c->school[2], "{\"origin\":{\"kind\":\"manual\"}}");
    MUST(cast_act(c, &c->operator, day, "case", id, "take", "{}", &err));
    MUST(cast_act(c, &c->operator, day, "case", id, "confirm", "{\"reason\":\"x\"}", &err));
    MUST(cast_act(c, &c->school_user[0], day, "case", id, "explain", "{\"explanation\":\"x\"}", &err));
    MUST(
        cast_act(c, &c->municipal[0], day, "case", id, "agree-cause", "{\"cause\":\"other\",\"comment\":\"x\"}", &err));
    char text[64];
    (void)snprintf(text, sizeof text, "{\"recommendation\":%lld}", (long long)cast_letter(c, day, c->school[2], other));
    GIVES(OKO_E_CONFLICT, cast_act(c, &c->operator, day, "case", id, "recommend", text, &err));
    assert_string_equal(err.id, "case.letter_other");
    (void)snprintf(text, sizeof text, "{\"cases\":[%lld], \"text\":\"x\"}", (long long)id);
    const int64_t draft = cast_make(c, &c->operator, day, "recommendation", c->municipality[0], text);
    (void)snprintf(text, sizeof text, "{\"recommendation\":%lld}", (long long)draft);
    GIVES(OKO_E_CONFLICT, cast_act(c, &c->operator, day, "case", id, "recommend", text, &err));
    assert_string_equal(err.id, "case.letter_draft");
    MUST(cast_act(c, &c->operator, day, "recommendation", draft, "submit", "{}", &err));
    MUST(cast_act(c, &c->head, day, "recommendation", draft, "approve", "{}", &err));
    MUST(
        cast_act(c, &c->operator, day, "case", id, "recommend", text, &err)); /* a letter to the municipality will do */
}

static void test_repeats(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    evidence_2021(c);
    const oko_signal_options o = { .year = 2021 }, next = { .year = 2022 };
    json_decref(make(c, &c->operator, & o));
    const oko_cycle op = cast_as(c, &c->operator, day);
    int64_t first, second;
    MUST(oko_case_of(&op, c->school[0], "threshold", 2021, &first, &err));
    walk_to_effect(c, first, 0);
    const cast_row rows[] = { { c->school[0], "2022-04-MA", "strong", "threshold", .5, 1e-7 },
                              { c->school[1], "2022-04-MA", "strong", "threshold", .5, 1e-7 } };
    (void)cast_evidence(c, rows, 2);
    json_t *r = make(c, &c->operator, & next);
    assert_int_equal(number(r, "made"), 2);
    assert_int_equal(number(r, "repeats"), 1);
    json_decref(r);
    MUST(oko_case_of(&op, c->school[0], "threshold", 2022, &second, &err));
    oko_entry a = cast_get(c, "case", first), b = cast_get(c, "case", second);
    assert_string_equal(a.head.state, "repeated");
    assert_int_equal(oko_body_int(a.body, "repeated_by"), second);
    assert_int_equal(oko_body_int(b.body, "repeats"), first);
    oko_entry_clear(&a);
    oko_entry_clear(&b);
}

static void test_repeat_by_hand(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    evidence_2021(c);
    const oko_signal_options o = { .year = 2021 };
    json_decref(make(c, &c->operator, & o));
    const oko_cycle op = cast_as(c, &c->operator, day);
    int64_t first;
    MUST(oko_case_of(&op, c->school[2], "pattern", 2021, &first, &err));
    walk_to_effect(c, first, 2);
    MUST(cast_act(c, &c->operator, day, "case", first, "repeat", "{\"comment\":\"признак есть и в 2022\"}", &err));
    oko_entry a = cast_get(c, "case", first);
    const int64_t second = oko_body_int(a.body, "repeated_by");
    oko_entry b = cast_get(c, "case", second);
    assert_int_equal(b.head.year, 2022);
    assert_string_equal(b.head.state, "signal");
    assert_int_equal(oko_body_int(b.body, "repeats"), first);
    oko_entry_clear(&a);
    oko_entry_clear(&b);
    /* The run of 2022 finds the case that was made by hand. */
    const cast_row rows[] = { { c->school[2], "2022-04-MA", "strong", "pattern", .5, 1e-7 } };
    (void)cast_evidence(c, rows, 1);
    const oko_signal_options next = { .year = 2022 };
    json_t *r = make(c, &c->operator, & next);
    assert_int_equal(number(r, "made"), 0);
    assert_int_equal(number(r, "existing"), 1);
    json_decref(r);
}

static int escalate(const cast *c, const char *today)
{
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, today);
    int n = -1;
    MUST(oko_cases_escalate(&op, &n, &err));
    return n;
}

static void test_escalation(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t id = cast_make(c, &c->operator, day, "case", c->school[0], "{\"origin\":{\"kind\":\"manual\"}}");
    MUST(cast_act(c, &c->operator, day, "case", id, "take", "{}", &err));
    MUST(cast_act(c, &c->operator, day, "case", id, "confirm", "{\"reason\":\"x\",\"due\":\"2021-05-20\"}", &err));
    assert_int_equal(escalate(c, "2021-05-20"), 0); /* the last day is in time */
    assert_int_equal(escalate(c, "2021-05-21"), 1);
    oko_entry e = cast_get(c, "case", id);
    assert_true(oko_body_true(e.body, "escalated"));
    assert_string_equal(oko_body_str(e.body, "escalated_to"), "municipality");
    oko_entry_clear(&e);
    assert_int_equal(escalate(c, "2021-05-22"), 0);
    assert_int_equal(escalate(c, "2021-05-28"), 1);
    e = cast_get(c, "case", id);
    assert_string_equal(oko_body_str(e.body, "escalated_to"), "region");
    oko_entry_clear(&e);
    assert_int_equal(escalate(c, "2021-07-01"), 0);
    MUST(cast_act(c, &c->school_user[0], "2021-07-01", "case", id, "explain", "{\"explanation\":\"x\"}", &err));
    e = cast_get(c, "case", id);
    assert_null(json_object_get(e.body, "escalated")); /* the mark goes with the step */
    oko_entry_clear(&e);
    assert_int_equal(escalate(c, "2021-08-01"), 1);
    e = cast_get(c, "case", id);
    assert_string_equal(oko_body_str(e.body, "escalated_to"), "region"); /* the municipality is late */
    oko_entry_clear(&e);
}

static void test_some_of_a_preview(void **state)
{
    const cast *c = *state;
    evidence_2021(c);
    oko_signal_options o = { .year = 2021, .threshold = OKO_EVIDENCE_ATTENTION, .preview = true };
    json_t *r = make(c, &c->operator, & o);
    assert_int_equal(number(r, "made"), 3);
    const json_t *item = json_array_get(json_object_get(r, "items"), 1);
    json_t *keys = json_pack("[O]", json_object_get(item, "key"));
    o.preview = false;
    o.keys = keys;
    json_t *chosen = make(c, &c->operator, & o);
    assert_int_equal(number(chosen, "made"), 1);
    assert_string_equal(oko_body_str(json_array_get(json_object_get(chosen, "items"), 0), "key"),
                        oko_body_str(item, "key"));
    json_decref(chosen);
    json_decref(keys);
    json_decref(r);
}

static void test_board(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    evidence_2021(c);
    const oko_signal_options o = { .year = 2021, .threshold = OKO_EVIDENCE_ATTENTION };
    json_decref(make(c, &c->operator, & o));
    const oko_cycle op = cast_as(c, &c->operator, day), mun = cast_as(c, &c->municipal[1], day),
                    school = cast_as(c, &c->school_user[0], day);
    const oko_board_options all = { .year = 2021, .cards = 1 };
    json_t *b = NULL;
    MUST(oko_cases_board(&op, &all, &b, &err));
    assert_int_equal(number(b, "total"), 3);
    assert_int_equal(oko_body_int(json_object_get(b, "states"), "signal"), 3);
    assert_int_equal(oko_body_int(json_object_get(b, "states"), "closed"), 0);
    assert_int_equal(oko_body_int(json_object_get(b, "signs"), "threshold"), 1);
    assert_int_equal(json_array_size(json_object_get(b, "units")), 3);
    const json_t *column = json_object_get(json_object_get(b, "columns"), "signal");
    assert_int_equal(json_array_size(column), 1); /* as many cards as were asked for */
    assert_string_equal(oko_body_str(json_array_get(column, 0), "state"), "signal");
    const json_t *turn = json_object_get(json_object_get(b, "waits"), "explanation");
    assert_string_equal(json_string_value(json_array_get(turn, 0)), "school");
    json_decref(b);
    const oko_board_options one = { .year = 2021, .sign = "threshold", .cards = 5 };
    MUST(oko_cases_board(&op, &one, &b, &err));
    assert_int_equal(number(b, "total"), 1);
    assert_true(json_object_size(json_object_get(b, "signs")) > 1); /* the choice stays */
    json_decref(b);
    const oko_board_options late = { .year = 2021, .overdue = true }, turn_of = { .year = 2021, .mine = true };
    MUST(oko_cases_board(&op, &late, &b, &err));
    assert_int_equal(number(b, "total"), 0);
    json_decref(b);
    MUST(oko_cases_board(&op, &turn_of, &b, &err));
    assert_int_equal(number(b, "total"), 3); /* a signal waits for the operator … */
    json_decref(b);
    MUST(oko_cases_board(&mun, &turn_of, &b, &err));
    assert_int_equal(number(b, "total"), 0); /* … and not for the municipality */
    json_decref(b);
    MUST(oko_cases_board(&mun, &all, &b, &err));
    assert_int_equal(number(b, "total"), 1);
    json_decref(b);
    MUST(oko_cases_board(&school, &all, &b, &err));
    assert_int_equal(number(b, "total"), 0); /* a school sees nothing before it is asked */
    assert_null(json_object_get(json_object_get(b, "states"), "signal"));
    json_decref(b);
}

static void test_similar(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const cast_row rows[] = { { c->school[0], "2021-04-MA", "strong", "threshold", .4, 1e-6 },
                              { c->school[2], "2021-04-MA", "strong", "threshold", .4, 1e-6 },
                              { c->school[3], "2021-04-MA", "strong", "pattern", .4, 1e-6 } };
    (void)cast_evidence(c, rows, 3);
    const oko_signal_options o = { .year = 2021 };
    json_decref(make(c, &c->operator, & o));
    const oko_cycle op = cast_as(c, &c->operator, day), school = cast_as(c, &c->school_user[0], day);
    int64_t own, other;
    MUST(oko_case_of(&op, c->school[0], "threshold", 2021, &own, &err));
    MUST(oko_case_of(&op, c->school[2], "threshold", 2021, &other, &err));
    walk_to_effect(c, own, 0);
    walk_to_effect(c, other, 2);
    json_t *items = NULL;
    MUST(oko_cases_similar(&op, own, &items, &err));
    assert_int_equal(json_array_size(items), 1);
    const json_t *one = json_array_get(items, 0);
    assert_int_equal(oko_body_int(one, "case"), other);
    assert_true(oko_body_true(one, "same_cause"));
    assert_string_equal(oko_body_str(json_array_get(json_object_get(one, "measures"), 0), "code"), "criteria");
    json_decref(items);
    MUST(oko_cases_similar(&school, own, &items, &err));
    one = json_array_get(items, 0);
    char *text = json_dumps(items, 0);
    assert_null(strstr(text, "S2")); /* neither the code nor the name */
    assert_null(json_object_get(one, "case"));
    assert_null(json_object_get(one, "unit"));
    assert_string_equal(oko_body_str(json_array_get(json_object_get(one, "measures"), 0), "code"), "criteria");
    free(text);
    json_decref(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_made_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_origin, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rights, setup, teardown),
        cmocka_unit_test_setup_teardown(test_letter_must_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_repeats, setup, teardown),
        cmocka_unit_test_setup_teardown(test_repeat_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(test_escalation, setup, teardown),
        cmocka_unit_test_setup_teardown(test_some_of_a_preview, setup, teardown),
        cmocka_unit_test_setup_teardown(test_board, setup, teardown),
        cmocka_unit_test_setup_teardown(test_similar, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
