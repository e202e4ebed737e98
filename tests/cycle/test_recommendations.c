/* Letters: the base of advice, numbers without gaps, four eyes, the first look, what stands on paper. */
#include "cast_runs.h"

#include "cycle/body.h"
#include "cycle/letters.h"

#include <pthread.h>
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

static int64_t case_of(const cast *c, int school, const char *sign)
{
    char body[128];
    (void)snprintf(body, sizeof body, "{\"origin\":{\"kind\":\"manual\"},\"sign\":\"%s\"}", sign);
    return cast_make(c, &c->operator, day, "case", c->school[school], body);
}

static int64_t approved(const cast *c, int school)
{
    return cast_letter(c, day, c->school[school], case_of(c, school, "threshold"));
}

static void test_seed_once(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day), school = cast_as(c, &c->school_user[0], day);
    int n = -1;
    GIVES(OKO_E_PERMISSION, oko_base_seed(&school, &n, &err));
    MUST(oko_base_seed(&op, &n, &err));
    assert_true(n >= 30); /* measures and advice */
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    MUST(oko_cycle_find(&op, "advice", "threshold/marking-criteria", &e, &err));
    oko_draft d = { .body = json_loads("{\"text\":\"Наш текст.\"}", 0, NULL) };
    MUST(oko_cycle_change(&op, "advice", e.head.id, e.head.version, &d, NULL, &err));
    json_decref(d.body);
    MUST(oko_base_seed(&op, &n, &err));
    assert_int_equal(n, 0);
    oko_entry now = cast_get(c, "advice", e.head.id);
    assert_string_equal(oko_body_str(now.body, "text"), "Наш текст."); /* what the region wrote stays */
    oko_entry_clear(&now);
}

static void test_advice_for_case(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    const int64_t id = case_of(c, 0, "threshold");
    json_t *s = NULL;
    int n;
    MUST(oko_advice_for_case(&op, id, &s, &err)); /* without records the built-in base speaks; no cause is known yet */
    assert_int_equal(json_array_size(json_object_get(s, "advice")), 2);
    json_decref(s);
    MUST(oko_base_seed(&op, &n, &err));
    MUST(cast_act(c, &c->operator, day, "case", id, "take", "{}", &err));
    MUST(cast_act(c, &c->operator, day, "case", id, "confirm", "{\"reason\":\"x\"}", &err));
    MUST(cast_act(c, &c->school_user[0], day, "case", id, "explain", "{\"explanation\":\"x\"}", &err));
    MUST(cast_act(c, &c->municipal[0], day, "case", id, "agree-cause",
                  "{\"cause\":\"marking-near-cutoffs\",\"comment\":\"x\"}", &err));
    MUST(oko_advice_for_case(&op, id, &s, &err));
    const json_t *advice = json_object_get(s, "advice");
    assert_int_equal(json_array_size(advice), 1);
    assert_true(oko_body_true(json_array_get(advice, 0), "exact"));
    assert_string_equal(json_string_value(json_array_get(json_object_get(s, "measures"), 0)), "recheck-cutoffs");
    json_decref(s);
    /* A letter about the case begins with it. */
    char body[64];
    (void)snprintf(body, sizeof body, "{\"case\":%lld}", (long long)id);
    oko_entry letter =
        cast_get(c, "recommendation", cast_make(c, &c->operator, day, "recommendation", c->school[0], body));
    assert_string_equal(oko_body_str(letter.body, "cause"), "marking-near-cutoffs");
    assert_true(strlen(oko_body_str(letter.body, "text")) > 20);
    assert_true(oko_letter_is_about(&letter, id));
    assert_string_equal(oko_body_str(letter.body, "addressee"), "S0");
    oko_entry_clear(&letter);
}

static void test_addressee_and_cases(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(c, &c->operator, day);
    const int64_t a = case_of(c, 0, "threshold"), b = case_of(c, 1, "level"), far = case_of(c, 2, "level");
    char body[96];
    (void)snprintf(body, sizeof body, "{\"cases\":[%lld,%lld]}", (long long)a, (long long)b);
    oko_entry e =
        cast_get(c, "recommendation", cast_make(c, &c->operator, day, "recommendation", c->municipality[0], body));
    assert_true(oko_letter_is_about(&e, a) && oko_letter_is_about(&e, b) && !oko_letter_is_about(&e, far));
    oko_entry_clear(&e);
    (void)snprintf(body, sizeof body, "{\"cases\":[%lld,%lld]}", (long long)a, (long long)far);
    oko_draft d = { .unit = c->municipality[0], .body = json_loads(body, 0, NULL) };
    GIVES(OKO_E_CONFLICT, oko_cycle_create(&op, "recommendation", &d, NULL, &err));
    assert_string_equal(err.id, "letter.case_other");
    json_decref(d.body);
    d = (oko_draft){ .unit = c->region };
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&op, "recommendation", &d, NULL, &err));
}

static void sent_as(const cast *c, int64_t id, const char *input, const char *number)
{
    oko_error err = { 0 };
    MUST(cast_act(c, &c->operator, day, "recommendation", id, "send", input, &err));
    oko_entry e = cast_get(c, "recommendation", id);
    assert_string_equal(oko_body_str(e.body, "number"), number);
    oko_entry_clear(&e);
}

static void test_numbers(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    sent_as(c, approved(c, 0), "{\"date\":\"2021-05-11\"}", "001/2021");
    sent_as(c, approved(c, 1), "{\"date\":\"2021-05-12\",\"number\":\"01-15/77\"}", "01-15/77");
    sent_as(c, approved(c, 2), "{\"date\":\"2021-05-12\",\"number\":\"003/2021\"}", "003/2021");
    sent_as(c, approved(c, 3), "{\"date\":\"2021-05-13\"}", "002/2021");
    sent_as(c, approved(c, 0), "{\"date\":\"2021-05-14\"}", "004/2021"); /* 003 was given by the office */
    sent_as(c, approved(c, 0), "{\"date\":\"2022-01-10\"}", "001/2022"); /* each year from one */
    const int64_t id = approved(c, 0);
    GIVES(OKO_E_CONFLICT, cast_act(c, &c->operator, day, "recommendation", id, "send",
                                   "{\"date\":\"2021-05-15\",\"number\":\"01-15/77\"}", &err));
    assert_string_equal(err.id, "letter.number_taken");
    GIVES(OKO_E_ARGUMENT, cast_act(c, &c->operator, day, "recommendation", id, "send", "{\"date\":\"завтра\"}", &err));
}

enum { WRITERS = 4, LETTERS = 6 };

typedef struct writer {
    const cast *c;
    int64_t ids[LETTERS];
} writer;

static void *send_all(void *arg)
{
    const writer *w = arg;
    const oko_store_options options = OKO_STORE_OPTIONS_INIT;
    oko_error err = { 0 };
    cast own = *w->c;
    MUST(oko_store_open(w->c->path, &options, &own.store, &err));
    for (int i = 0; i < LETTERS; i++) {
        MUST(
            cast_act(&own, &own.operator, day, "recommendation", w->ids[i], "send", "{\"date\":\"2021-06-01\"}", &err));
    }
    oko_store_close(own.store);
    return NULL;
}

/* Four writers at once: each number once, none left out. */
static void test_numbers_side_by_side(void **state)
{
    const cast *c = *state;
    writer w[WRITERS];
    pthread_t thread[WRITERS];
    bool seen[WRITERS * LETTERS + 1] = { false };
    for (int i = 0; i < WRITERS; i++) {
        w[i].c = c;
        for (int k = 0; k < LETTERS; k++) {
            w[i].ids[k] = approved(c, k % 4);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, send_all, &w[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        for (int k = 0; k < LETTERS; k++) {
            oko_entry e = cast_get(c, "recommendation", w[i].ids[k]);
            const long n = strtol(oko_body_str(e.body, "number"), NULL, 10);
            assert_true(n >= 1 && n <= WRITERS * LETTERS && !seen[n]);
            seen[n] = true;
            oko_entry_clear(&e);
        }
    }
}

static void test_four_eyes(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    char body[64];
    (void)snprintf(body, sizeof body, "{\"case\":%lld}", (long long)case_of(c, 0, "threshold"));
    const int64_t id = cast_make(c, &c->operator, day, "recommendation", c->school[0], body);
    MUST(cast_act(c, &c->operator, day, "recommendation", id, "submit", "{}", &err));
    GIVES(OKO_E_PERMISSION, cast_act(c, &c->operator, day, "recommendation", id, "approve", "{}", &err));
    GIVES(OKO_E_CONFLICT,
          cast_act(c, &c->operator, day, "recommendation", id, "send", "{\"date\":\"2021-05-11\"}", &err));
    MUST(cast_act(c, &c->head, day, "recommendation", id, "return", "{\"comment\":\"добавить срок\"}", &err));
}

static void test_first_look(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t id = approved(c, 0);
    const oko_cycle school = cast_as(c, &c->school_user[0], "2021-05-20"), head = cast_as(c, &c->head, "2021-05-19"),
                    other = cast_as(c, &c->school_user[1], "2021-05-20");
    bool marked = true;
    GIVES(OKO_E_NOT_FOUND, oko_letter_look(&school, id, &marked, &err)); /* not sent yet */
    sent_as(c, id, "{\"date\":\"2021-05-11\",\"due\":\"2021-06-11\"}", "001/2021");
    MUST(oko_letter_look(&head, id, &marked, &err));
    assert_false(marked); /* the sender's own looks do not count */
    GIVES(OKO_E_NOT_FOUND, oko_letter_look(&other, id, &marked, &err));
    MUST(oko_letter_look(&school, id, &marked, &err));
    assert_true(marked);
    MUST(oko_letter_look(&school, id, &marked, &err));
    assert_false(marked);
    oko_entry e = cast_get(c, "recommendation", id);
    assert_string_equal(e.head.state, "read");
    assert_string_equal(oko_body_str(e.body, "read_on"), "2021-05-20");
    oko_entry_clear(&e);
    GIVES(OKO_E_ARGUMENT, cast_act(c, &c->school_user[0], "2021-05-25", "recommendation", id, "answer",
                                   "{\"answer\":\"x\",\"text\":\"Другой текст письма\"}", &err));
    MUST(cast_act(c, &c->school_user[0], "2021-05-25", "recommendation", id, "answer", "{\"answer\":\"Приняты меры.\"}",
                  &err));
}

static void test_on_paper(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t id = approved(c, 0);
    sent_as(c, id, "{\"date\":\"2021-05-11\",\"due\":\"2021-06-11\"}", "001/2021");
    const oko_cycle school = cast_as(c, &c->school_user[0], day);
    json_t *m = NULL;
    MUST(oko_letter_model(&school, id, &m, &err));
    assert_string_equal(oko_body_str(m, "number"), "001/2021");
    assert_string_equal(oko_body_str(m, "date"), "11.05.2021");
    assert_string_equal(oko_body_str(m, "deadline"), "11.06.2021");
    assert_string_equal(oko_body_str(m, "addressee"), "S0");
    assert_string_equal(oko_body_str(m, "sender"), "R");
    assert_string_equal(oko_body_str(m, "signer"), "head");
    assert_int_equal(json_array_size(json_object_get(m, "cases")), 1);
    assert_string_equal(oko_body_str(json_array_get(json_object_get(m, "cases"), 0), "sign"), "Границы отметок");
    assert_true(json_array_size(json_object_get(m, "measures")) > 0);
    json_decref(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_seed_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_advice_for_case, setup, teardown),
        cmocka_unit_test_setup_teardown(test_addressee_and_cases, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_side_by_side, setup, teardown),
        cmocka_unit_test_setup_teardown(test_four_eyes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_first_look, setup, teardown),
        cmocka_unit_test_setup_teardown(test_on_paper, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
