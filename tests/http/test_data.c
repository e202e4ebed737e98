/* Files through the server: problems beside their rows, cells put right, imports taken back, unknown schools matched.
 */
#include "house.h"

static const char *const text =
    "school;ФИО;municipality;class;code;journal;total;1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16\n"
    "edu200777;Иванов Пётр;Первый;а;1;4;5;1;1;1;1;1;0;0;0;0;0;0;0;0;0;0;0\n"
    "edu200777;Петрова Анна;Первый;а;2;4;пять;1;1;1;1;1;0;0;0;0;0;0;0;0;0;0;0\n"
    "edu200777;Зайцев Олег;Первый;а;3;3;4;1;1;1;1;0;0;0;0;0;0;0;0;0;0;0;Х\n";

static json_t *get(const house *h, const char *target)
{
    return house_json(h, h->token[OKO_ROLE_OPERATOR], "GET", target, "", NULL, 200);
}

static json_int_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static const char *word(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

/* Waits for the end of the job; returns it. */
static json_t *job_end(const house *h, json_t *job)
{
    char target[64];
    (void)snprintf(target, sizeof target, "/api/v1/jobs/%lld", number(job, "id"));
    for (int i = 0; i < 400; i++) {
        json_decref(job);
        job = get(h, target);
        const char *state = word(job, "state");
        if (strcmp(state, "queued") != 0 && strcmp(state, "running") != 0)
            return job;
        (void)usleep(20000);
    }
    fail_msg("the job does not end");
    return NULL;
}

static json_t *load(const house *h, const char *query, const char *body)
{
    char target[200];
    (void)snprintf(target, sizeof target, "/api/v1/imports?name=" HOUSE_PROCEDURE ".csv%s", query);
    return job_end(h, house_json(h, h->token[OKO_ROLE_OPERATOR], "POST", target,
                                 "Content-Type: application/octet-stream\r\n", body, 202));
}

static int64_t loaded(const house *h)
{
    json_t *job = load(h, "", text);
    if (strcmp(word(job, "state"), "done") != 0)
        fail_msg("%s", json_dumps(job, 0));
    const int64_t id = number(json_object_get(job, "result"), "import");
    assert_true(id > 0);
    json_decref(job);
    return id;
}

static json_t *post(const house *h, int64_t id, const char *what, const char *body, int status)
{
    char target[96];
    (void)snprintf(target, sizeof target, "/api/v1/imports/%lld/%s", (long long)id, what);
    return house_json(h, h->token[OKO_ROLE_OPERATOR], "POST", target, "Content-Type: application/json\r\n", body,
                      status);
}

static json_t *import_of(const house *h, int64_t id)
{
    char target[96];
    (void)snprintf(target, sizeof target, "/api/v1/imports/%lld", (long long)id);
    return get(h, target);
}

static int64_t schools(const house *h)
{
    json_t *list = get(h, "/api/v1/units?level=school");
    const int64_t n = number(list, "total");
    json_decref(list);
    return n;
}

/* What would be: the same report, and nothing is changed. */
static void a_trial_changes_nothing(void **state)
{
    house *h = *state;
    json_t *job = load(h, "&dry_run=true", text);
    const json_t *result = json_object_get(job, "result");
    assert_string_equal(word(job, "state"), "done");
    assert_true(json_is_null(json_object_get(result, "import")));
    assert_int_equal(number(result, "participants"), 2);
    assert_int_equal(number(result, "new_units"), 1);
    assert_string_equal(json_string_value(json_array_get(json_object_get(result, "dropped_columns"), 0)), "ФИО");
    json_decref(job);
    assert_int_equal(schools(h), 4);
}

static void problems_stand_beside_their_rows(void **state)
{
    house *h = *state;
    char target[128];
    const int64_t id = loaded(h);
    json_t *one = import_of(h, id);
    assert_true(json_is_true(json_object_get(one, "kept")));
    assert_string_equal(word(one, "user_name"), "operator");
    assert_true(json_array_size(json_object_get(one, "problems")) >= 2);
    json_decref(one);
    (void)snprintf(target, sizeof target, "/api/v1/imports/%lld/rows?reason=problem.total.not_a_score", (long long)id);
    json_t *list = get(h, target);
    char *all = json_dumps(list, 0);
    if (number(list, "total") != 1)
        fail_msg("%s", all);
    const json_t *row = json_array_get(json_object_get(list, "items"), 0);
    assert_int_equal(number(row, "row"), 3);
    assert_non_null(strstr(all, "edu200777"));
    assert_null(strstr(all, "Петрова"));
    assert_null(strstr(all, "ФИО"));
    assert_int_equal(json_array_size(json_object_get(list, "heads")), 1);
    assert_int_equal(json_array_size(json_object_get(row, "cells")), 22);
    free(all);
    json_decref(list);
    (void)snprintf(target, sizeof target, "/api/v1/imports/%lld/rows?limit=1&offset=1", (long long)id);
    list = get(h, target);
    assert_int_equal(json_array_size(json_object_get(list, "items")), 1);
    assert_true(number(list, "total") > 2);
    json_decref(list);
    for (int csv = 0; csv < 2; csv++) {
        (void)snprintf(target, sizeof target, "/api/v1/imports/%lld/problems/file?format=%s", (long long)id,
                       csv ? "csv" : "xlsx");
        answer a = house_call(h, h->token[OKO_ROLE_HEAD], "GET", target, "", NULL);
        assert_int_equal(a.status, 200);
        assert_memory_equal(a.body, csv ? "\xEF\xBB\xBF\"" : "PK", csv ? 4 : 2);
        client_free(&a);
    }
}

static void a_cell_is_put_right_and_all_is_taken_back(void **state)
{
    house *h = *state;
    char target[96];
    const int64_t id = loaded(h);
    const char *fix = "{\"corrections\":[{\"sheet\":\"\",\"row\":3,\"col\":7,\"value\":\"5\"}]}";
    json_t *job = job_end(h, post(h, id, "corrections", fix, 202));
    assert_string_equal(word(job, "state"), "done");
    const int64_t second = number(json_object_get(job, "result"), "import");
    json_decref(job);
    assert_true(second > id);
    json_t *one = import_of(h, second);
    assert_int_equal(number(one, "corrects"), id);
    const json_t *cell = json_array_get(json_object_get(one, "corrections"), 0);
    assert_string_equal(word(cell, "was"), "•••");
    assert_string_equal(word(cell, "value"), "5");
    json_decref(one);
    job = job_end(h, post(h, id, "corrections", fix, 202)); /* once more: nothing new */
    assert_true(json_is_true(json_object_get(json_object_get(job, "result"), "unchanged")));
    json_decref(job);
    job = job_end(h, post(h, id, "corrections",
                          "{\"corrections\":[{\"sheet\":\"\",\"row\":99,\"col\":7,\"value\":\"5\"}]}", 202));
    assert_string_equal(word(job, "state"), "failed");
    assert_string_equal(word(json_object_get(job, "error"), "code"), "intake.fix.place");
    json_decref(job);
    /* The first can't go before the second. */
    one = import_of(h, id);
    assert_int_equal(number(json_array_get(json_object_get(one, "blocked_by"), 0), "id"), second);
    json_decref(one);
    json_t *refusal = post(h, id, "undo", "{}", 409);
    assert_string_equal(word(refusal, "code"), "store.undo.later");
    json_decref(refusal);
    assert_int_equal(schools(h), 5);
    json_t *report = post(h, second, "undo", "{\"dry_run\":true}", 200);
    assert_true(json_is_null(json_object_get(report, "import")));
    assert_int_equal(number(report, "sheets_back"), 1);
    json_decref(report);
    json_decref(post(h, second, "undo", "{}", 200));
    report = post(h, id, "undo", "{}", 200);
    assert_int_equal(number(report, "units_gone"), 1);
    json_decref(report);
    assert_int_equal(schools(h), 4);
    refusal = post(h, id, "undo", "{}", 409);
    assert_string_equal(word(refusal, "code"), "store.undo.done");
    json_decref(refusal);
    one = import_of(h, id);
    assert_true(number(one, "undone_by") > second);
    json_decref(one);
    (void)snprintf(target, sizeof target, "/api/v1/audit?action=imports.undo");
    json_t *log = house_json(h, h->token[OKO_ROLE_AUDITOR], "GET", target, "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(log, "items")), 2);
    json_decref(log);
    /* Whoever only reads takes nothing back. */
    (void)snprintf(target, sizeof target, "/api/v1/imports/%lld/undo", (long long)id);
    assert_int_equal(
        house_status(h, h->token[OKO_ROLE_HEAD], "POST", target, "Content-Type: application/json\r\n", "{}"), 403);
}

static void unknown_schools_find_their_twins(void **state)
{
    house *h = *state;
    char target[96], body[64];
    oko_store *s = NULL;
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    MUST(oko_store_open(h->db, &options, &s, &house_err));
    MUST(oko_store_alias_put(s, h->school[0], OKO_ALIAS_LOGIN, "sch200777", &house_err));
    oko_store_close(s);
    const int64_t id = loaded(h);
    (void)snprintf(target, sizeof target, "/api/v1/units/unmatched?import=%lld", (long long)id);
    json_t *list = get(h, target);
    assert_int_equal(number(list, "total"), 1);
    const json_t *item = json_array_get(json_object_get(list, "items"), 0);
    const json_t *best = json_array_get(json_object_get(item, "candidates"), 0);
    assert_int_equal(number(item, "works"), 2);
    assert_int_equal(number(json_object_get(item, "import"), "id"), id);
    assert_int_equal(number(json_object_get(best, "unit"), "id"), h->school[0]);
    assert_int_equal(number(best, "works"), 20);
    assert_string_equal(json_string_value(json_array_get(json_object_get(best, "reasons"), 0)), "login");
    (void)snprintf(body, sizeof body, "{\"units\":[%lld]}", number(json_object_get(item, "unit"), "id"));
    json_decref(list);
    const char *const json = "Content-Type: application/json\r\n";
    const char *token = h->token[OKO_ROLE_OPERATOR];
    json_t *done = house_json(h, token, "POST", "/api/v1/units/confirm", json, body, 200);
    assert_int_equal(number(done, "confirmed"), 1);
    json_decref(done);
    done = house_json(h, token, "POST", "/api/v1/units/confirm", json, "{\"all\":true}", 200);
    assert_int_equal(number(done, "confirmed"), 0);
    json_decref(done);
    list = get(h, target);
    assert_int_equal(number(list, "total"), 0);
    json_decref(list);
}

static int setup(void **state)
{
    static house h;
    house_open(&h, NULL);
    *state = &h;
    return 0;
}

static int teardown(void **state)
{
    house_drop(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_trial_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(problems_stand_beside_their_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cell_is_put_right_and_all_is_taken_back, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_schools_find_their_twins, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
