/* Roadmap, events, tasks and the own view over a socket. */
#include "http/house.h"

static int make(void **state)
{
    static house h;
    house_open(&h, NULL);
    *state = &h;
    return 0;
}

static int drop(void **state)
{
    house_drop(*state);
    return 0;
}

#define API "/api/v1"

static json_int_t number(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static json_t *ask(const house *h, oko_role who, const char *method, const char *path, const char *body, int status)
{
    return house_json(h, h->token[who], method, path, "", body, status);
}

static const json_t *with_code(const json_t *items, const char *code)
{
    size_t i;
    json_t *o;
    json_array_foreach((json_t *)(uintptr_t)items, i, o)
    {
        if (strcmp(text(o, "code"), code) == 0) {
            return o;
        }
    }
    return NULL;
}

static void the_roadmap_is_followed(void **state)
{
    const house *h = *state;
    char path[200], body[200];
    json_t *made = ask(h, OKO_ROLE_OPERATOR, "POST", API "/roadmaps/seed", NULL, 200);
    assert_string_equal(text(made, "state"), "active");
    json_t *again = ask(h, OKO_ROLE_OPERATOR, "POST", API "/roadmaps/seed", NULL, 200);
    assert_int_equal(number(made, "id"), number(again, "id"));
    json_decref(made);
    json_decref(again);
    json_t *t = ask(h, OKO_ROLE_SCHOOL, "GET", API "/roadmap-tables/2020-2022", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(t, "rows")), 14);
    assert_string_equal(text(json_object_get(t, "unit"), "level"), "school");
    json_decref(t);
    (void)snprintf(path, sizeof path, API "/roadmap-tables/2020-2022?unit=%lld", (long long)h->school[3]);
    assert_int_equal(house_status(h, h->token[OKO_ROLE_SCHOOL], "GET", path, "", NULL), 404);
    assert_int_equal(house_status(h, h->token[OKO_ROLE_OBSERVER], "GET", path, "", NULL), 403);
    (void)snprintf(body, sizeof body, "{\"unit\":%lld,\"title\":\"т\",\"body\":{\"roadmap\":\"2020-2022\",\"no\":6}}",
                   (long long)h->school[0]);
    json_t *row = ask(h, OKO_ROLE_SCHOOL, "POST", API "/roadmap-rows", body, 201);
    assert_string_equal(text(row, "due"), "2020-12-31");
    json_decref(row);
    t = ask(h, OKO_ROLE_SCHOOL, "GET", API "/tasks", NULL, 200);
    const json_t *task = with_code(json_object_get(t, "items"), "roadmap-row");
    assert_string_equal(text(task, "text"), "Выполнить строку дорожной карты");
    assert_true(json_is_true(json_object_get(task, "overdue")));
    task = with_code(json_object_get(t, "items"), "roadmap-begin"); /* row 1: nobody has touched it */
    assert_string_equal(text(task, "roadmap"), "2020-2022");
    assert_int_equal(number(task, "row"), 1);
    const json_int_t total = number(t, "total");
    assert_int_equal(total, 7);
    json_decref(t);
    t = ask(h, OKO_ROLE_SCHOOL, "GET", API "/tasks?brief=true", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(t, "items")), 0);
    assert_int_equal(number(t, "total"), total);
    json_decref(t);
    json_t *copy =
        ask(h, OKO_ROLE_OPERATOR, "POST", API "/roadmaps/copies", "{\"code\":\"2020-2022\",\"first_year\":2026}", 201);
    assert_string_equal(text(copy, "key"), "2026-2028");
    json_decref(copy);
}

static void the_table_is_a_file(void **state)
{
    const house *h = *state;
    static const char *const formats[] = { "html", "docx", "xlsx" };
    for (int i = 0; i < 3; i++) {
        char path[120];
        (void)snprintf(path, sizeof path, API "/roadmap-tables/2020-2022/document?format=%s&state=true", formats[i]);
        answer a = house_call(h, h->token[OKO_ROLE_HEAD], "GET", path, "", NULL);
        assert_int_equal(a.status, 200);
        assert_memory_equal(a.body, i == 0 ? "<!" : "PK", 2);
        client_free(&a);
    }
    assert_int_equal(
        house_status(h, h->token[OKO_ROLE_HEAD], "GET", API "/roadmap-tables/2020-2022/document?format=pdf", "", NULL),
        422);
}

static void events_and_their_calendar(void **state)
{
    const house *h = *state;
    char path[200], body[400], match[40];
    (void)snprintf(
        body, sizeof body,
        "{\"unit\":%lld,\"title\":\"Семинар\",\"body\":{\"type\":\"seminar\",\"from\":\"2026-03-05T10:00\","
        "\"place\":\"зал\",\"audience\":{\"levels\":[\"school\"]},\"survey\":[{\"code\":\"q\",\"text\":\"?\"}]}}",
        (long long)h->municipality[0]);
    json_t *e = ask(h, OKO_ROLE_MUNICIPAL, "POST", API "/events", body, 201);
    const long long id = (long long)number(e, "id");
    static const char *const actions[] = { "plan", "invite" };
    for (int i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, API "/events/%lld/actions/%s", id, actions[i]);
        (void)snprintf(match, sizeof match, "If-Match: \"%lld\"\r\n", (long long)number(e, "version"));
        json_decref(e);
        e = house_json(h, h->token[OKO_ROLE_MUNICIPAL], "POST", path, match, "{}", 200);
    }
    assert_int_equal(number(json_object_get(e, "body"), "invited"), 2);
    json_decref(e);
    (void)snprintf(path, sizeof path, API "/events/%lld/attendance", id);
    (void)snprintf(body, sizeof body,
                   "{\"rows\":[{\"unit\":%lld,\"attended\":true,\"persons\":3},{\"unit\":%lld,\"attended\":false}]}",
                   (long long)h->school[0], (long long)h->school[1]);
    json_t *changed = ask(h, OKO_ROLE_MUNICIPAL, "POST", path, body, 200);
    assert_int_equal(number(changed, "changed"), 2);
    json_decref(changed);
    (void)snprintf(body, sizeof body,
                   "{\"rows\":[{\"unit\":%lld,\"attended\":false},{\"unit\":%lld,\"attended\":true}]}",
                   (long long)h->school[0], (long long)h->school[3]);
    assert_int_equal(house_status(h, h->token[OKO_ROLE_MUNICIPAL], "POST", path, "", body), 404);
    json_t *r = ask(h, OKO_ROLE_SCHOOL, "GET", API "/registrations", NULL, 200); /* nothing of it was done */
    assert_string_equal(text(json_array_get(json_object_get(r, "items"), 0), "state"), "attended");
    json_decref(r);
    (void)snprintf(path, sizeof path, API "/events/%lld/survey", id);
    json_t *survey = ask(h, OKO_ROLE_SCHOOL, "GET", path, NULL, 200);
    assert_true(json_is_true(json_object_get(survey, "published")));
    json_decref(survey);
    json_t *address = ask(h, OKO_ROLE_SCHOOL, "POST", API "/me/calendar", NULL, 201);
    answer a = house_call(h, NULL, "GET", text(address, "path"), "", NULL); /* whoever knows the address */
    assert_int_equal(a.status, 200);
    assert_non_null(strstr(a.body, "BEGIN:VEVENT\r\n"));
    assert_non_null(strstr(a.body, "SUMMARY:Семинар\r\n"));
    client_free(&a);
    json_decref(address);
    assert_int_equal(house_status(h, NULL, "GET", API "/calendar/0123456789", "", NULL), 404);
}

static void a_note_on_paper_and_the_own_view(void **state)
{
    const house *h = *state;
    char body[200], path[100];
    (void)snprintf(body, sizeof body,
                   "{\"unit\":%lld,\"title\":\"Самоанализ\",\"year\":2026,\"body\":{\"text\":\"Слова\"}}",
                   (long long)h->school[0]);
    json_t *note = ask(h, OKO_ROLE_SCHOOL, "POST", API "/notes", body, 201);
    (void)snprintf(path, sizeof path, API "/notes/%lld/document", (long long)number(note, "id"));
    json_decref(note);
    answer a = house_call(h, h->token[OKO_ROLE_SCHOOL], "GET", path, "", NULL);
    assert_int_equal(a.status, 200);
    assert_non_null(strstr(a.body, "Слова"));
    client_free(&a);
    assert_int_equal(house_status(h, h->other_token, "GET", path, "", NULL), 404); /* another municipality */
    json_t *view = ask(h, OKO_ROLE_SCHOOL, "GET", API "/analysis/view", NULL, 200);
    assert_true(json_is_array(json_object_get(view, "procedures")));
    assert_int_equal(number(json_object_get(view, "unit"), "id"), h->school[0]);
    json_decref(view);
    json_t *questions = ask(h, OKO_ROLE_SCHOOL, "GET", API "/self-analysis/questions", NULL, 200);
    assert_true(json_array_size(json_object_get(questions, "questions")) >= 3); /* those for everybody */
    json_decref(questions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_roadmap_is_followed),
        cmocka_unit_test(the_table_is_a_file),
        cmocka_unit_test(events_and_their_calendar),
        cmocka_unit_test(a_note_on_paper_and_the_own_view),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
