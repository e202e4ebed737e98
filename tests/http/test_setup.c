/* The first run in an empty database, settings, invitations and tables of people, locks, search, a demonstration that
 * is put back. */
#include "http/house.h"

#include "cycle/settings.h"
#include "cycle/setup.h"

#include <unistd.h>

static house h;

static int make(void **state)
{
    (void)state;
    house_open(&h, NULL);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    house_drop(&h);
    return 0;
}

/* ---- first run ---- */

static void empty_house(house *e)
{
    *e = (house){ .folder = "/tmp/oko-http-XXXXXX" };
    assert_non_null(mkdtemp(e->folder));
    (void)snprintf(e->db, sizeof e->db, "%s/oko.db", e->folder);
    house_serve(e, NULL);
}

static int set_up(const house *e, const char *code, const char *admin, char answer_code[64])
{
    char body[800];
    (void)snprintf(body, sizeof body,
                   "{\"code\":\"%s\",\"lang\":\"en\",\"region\":{\"code\":\"77\",\"name\":\"Новый край\"},"
                   "\"admin\":{\"login\":\"%s\",\"name\":\"Админ\",\"password\":\"%s\"},"
                   "\"operator\":{\"login\":\"spec\",\"name\":\"Специалист\",\"password\":\"%s\"}}",
                   code, admin, HOUSE_PASSWORD, HOUSE_PASSWORD);
    answer a = client_call(e->port, "POST", "/api/v1/setup", "", body);
    json_t *json = json_loads(a.body, 0, NULL);
    const char *text = json_string_value(json_object_get(json, "code"));
    (void)snprintf(answer_code, 64, "%s", text != NULL ? text : "");
    int status = a.status;
    json_decref(json);
    client_free(&a);
    return status;
}

static bool is_open(const house *e)
{
    json_t *s = house_json(e, NULL, "GET", "/api/v1/setup", "", NULL, 200);
    bool open = json_is_true(json_object_get(s, "open"));
    json_decref(s);
    return open;
}

static void an_empty_database_is_set_up_once(void **state)
{
    (void)state;
    house e;
    char code[64], typed[64];
    empty_house(&e);
    assert_true(is_open(&e));
    assert_int_equal(strlen(e.service->setup_code), OKO_SETUP_CODE_BYTES - 1);
    assert_int_equal(set_up(&e, "2222-2222-2222-2222", "chief", code), 422);
    assert_string_equal(code, "setup.code");
    assert_int_equal(set_up(&e, e.service->setup_code, "spec", code), 422);
    assert_string_equal(code, "setup.one_login");
    assert_true(is_open(&e)); /* nothing stays of what was refused */
    /* small letters and spaces are as good */
    size_t n = 0;
    for (const char *p = e.service->setup_code; *p != '\0'; p++)
        typed[n++] = *p == '-' ? ' ' : *p >= 'A' ? (char)(*p - 'A' + 'a') : *p;
    typed[n] = '\0';
    assert_int_equal(set_up(&e, typed, "chief", code), 201);
    assert_false(is_open(&e));
    assert_int_equal(set_up(&e, e.service->setup_code, "other", code), 409);
    assert_string_equal(code, "setup.closed");
    answer a =
        client_call(e.port, "POST", "/api/v1/session", "", "{\"login\":\"spec\",\"password\":\"" HOUSE_PASSWORD "\"}");
    json_t *session = json_loads(a.body, 0, NULL);
    assert_int_equal(a.status, 201);
    const json_t *user = json_object_get(session, "user");
    assert_string_equal(json_string_value(json_object_get(user, "role")), "operator");
    assert_string_equal(json_string_value(json_object_get(user, "lang")), "en");
    assert_true(json_integer_value(json_object_get(user, "unit")) > 0);
    json_decref(session);
    client_free(&a);
    house_drop(&e);
}

static void a_code_is_not_tried_for_ever(void **state)
{
    (void)state;
    house e;
    char code[64];
    int last = 0;
    empty_house(&e);
    for (int i = 0; i < 12 && last != 429; i++)
        last = set_up(&e, "3333-3333-3333-3333", "chief", code);
    assert_int_equal(last, 429);
    house_drop(&e);
}

/* ---- settings ---- */

static void settings_are_versions(void **state)
{
    (void)state;
    const char *boss = h.token[OKO_ROLE_ADMIN], *target = "/api/v1/settings";
    json_t *s = house_json(&h, boss, "PUT", target, "If-Match: \"1\"\r\n",
                           "{\"organisation\":\"Центр\",\"signer\":\"Директор\",\"published_min\":12}", 200);
    assert_int_equal(json_integer_value(json_object_get(s, "published_min")), 12);
    json_decref(s);
    assert_int_equal(house_status(&h, boss, "PUT", target, "If-Match: \"1\"\r\n", "{\"signer\":\"x\"}"), 412);
    assert_int_equal(house_status(&h, boss, "PUT", target, "If-Match: \"2\"\r\n", "{\"published_min\":9}"), 422);
    s = house_json(&h, boss, "PUT", target, "If-Match: \"2\"\r\n", "{\"signer\":\"\"}", 200);
    assert_string_equal(json_string_value(json_object_get(s, "organisation")), "Центр");
    json_decref(s);
    s = house_json(&h, boss, "GET", "/api/v1/settings/history", "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(s, "items")), 2);
    json_decref(s);
    s = house_json(&h, NULL, "GET", "/api/v1/setup", "", NULL, 200);
    assert_string_equal(json_string_value(json_object_get(s, "organisation")), "Центр");
    json_decref(s);
    s = house_json(&h, boss, "GET", "/api/v1/audit?action=settings.put", "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(s, "items")), 2);
    json_decref(s);
}

/* ---- people ---- */

static json_t *import_people(const char *token, bool dry, const char *table, int status)
{
    return house_json(&h, token, "POST", dry ? "/api/v1/users/import?dry_run=true&name=l.csv" : "/api/v1/users/import",
                      "", table, status);
}

static const char *field_of(const json_t *report, size_t i, const char *name)
{
    return json_string_value(json_object_get(json_array_get(json_object_get(report, "problems"), i), name));
}

static void a_table_makes_people(void **state)
{
    (void)state;
    static const char table[] = "Список;;;\nВход;ФИО;Роль;Код единицы\n"
                                "school-a;Школа А;школа;sch1\n"
                                "mun-a;;муниципальный координатор;mun1\n"
                                "Плохой вход;Х;школа;sch1\n"
                                "school-b;Х;директор;sch1\n"
                                "school-c;Х;школа;нет такой\n"
                                "school-a;Ещё раз;школа;sch1\n"
                                "operator;Х;школа;sch1\n"
                                "school-d;Х;школа;\n";
    const char *boss = h.token[OKO_ROLE_OPERATOR];
    json_t *trial = import_people(boss, true, table, 200);
    assert_int_equal(json_integer_value(json_object_get(trial, "rows")), 8);
    assert_int_equal(json_array_size(json_object_get(trial, "made")), 2);
    assert_int_equal(json_array_size(json_object_get(trial, "problems")), 6);
    assert_string_equal(field_of(trial, 0, "field"), "login");
    assert_string_equal(field_of(trial, 1, "field"), "role");
    assert_string_equal(field_of(trial, 2, "field"), "unit");
    json_decref(trial);
    json_t *users = house_json(&h, boss, "GET", "/api/v1/users?search=school-a", "", NULL, 200);
    assert_int_equal(json_integer_value(json_object_get(users, "total")), 0); /* a trial leaves nothing */
    json_decref(users);
    json_t *real = import_people(boss, false, table, 200);
    const json_t *first = json_array_get(json_object_get(real, "made"), 0);
    const char *secret = json_string_value(json_object_get(first, "secret"));
    assert_int_equal(strlen(secret), OKO_SECRET_HEX - 1);
    char body[256];
    (void)snprintf(body, sizeof body, "{\"secret\":\"%s\"}", secret);
    json_t *who = house_json(&h, NULL, "POST", "/api/v1/invitations/look", "", body, 200);
    assert_string_equal(json_string_value(json_object_get(who, "login")), "school-a");
    json_decref(who);
    (void)snprintf(body, sizeof body, "{\"secret\":\"%s\",\"password\":\"%s\"}", secret, HOUSE_PASSWORD);
    assert_int_equal(house_status(&h, NULL, "POST", "/api/v1/invitations/accept", "", body), 204);
    json_decref(real);
    assert_int_equal(house_status(&h, boss, "POST", "/api/v1/users/import", "", "один;два\n1;2\n"), 422);
}

static void a_coordinator_makes_own_people_only(void **state)
{
    (void)state;
    static const char table[] = "login;role;unit\nown-1;school;sch0\nforeign-1;school;sch2\nboss-1;operator;\n";
    json_t *report = import_people(h.token[OKO_ROLE_MUNICIPAL], false, table, 200);
    assert_int_equal(json_array_size(json_object_get(report, "made")), 1);
    assert_int_equal(json_array_size(json_object_get(report, "problems")), 2);
    json_decref(report);
}

static void many_are_invited_and_one_is_unlocked(void **state)
{
    (void)state;
    char body[128], target[96];
    const oko_user *school = &h.user[OKO_ROLE_SCHOOL];
    (void)snprintf(body, sizeof body, "{\"users\":[%lld,%lld]}", (long long)school->id, (long long)h.other.id);
    json_t *list = house_json(&h, h.token[OKO_ROLE_ADMIN], "POST", "/api/v1/users/invitations", "", body, 201);
    assert_int_equal(json_integer_value(json_object_get(list, "total")), 2);
    json_decref(list);
    /* the other coordinator is not below the first: nobody is invited then */
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_MUNICIPAL], "POST", "/api/v1/users/invitations", "", body), 403);
    for (int i = 0; i < OKO_LOCK_AFTER; i++) {
        answer a = client_call(h.port, "POST", "/api/v1/session", "", "{\"login\":\"school\",\"password\":\"wrong\"}");
        client_free(&a);
    }
    (void)snprintf(target, sizeof target, "/api/v1/users/%lld", (long long)school->id);
    json_t *locked = house_json(&h, h.token[OKO_ROLE_ADMIN], "GET", target, "", NULL, 200);
    assert_true(json_is_string(json_object_get(locked, "locked_until")));
    json_decref(locked);
    (void)strncat(target, "/lock", sizeof target - strlen(target) - 1);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_ADMIN], "DELETE", target, "", NULL), 204);
    answer a = client_call(h.port, "POST", "/api/v1/session", "",
                           "{\"login\":\"school\",\"password\":\"" HOUSE_PASSWORD "\"}");
    assert_int_equal(a.status, 201);
    client_free(&a);
}

/* ---- register ---- */

static void a_unit_has_a_history(void **state)
{
    (void)state;
    char target[96], headers[64], etag[40];
    const char *boss = h.token[OKO_ROLE_OPERATOR];
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld", (long long)h.school[3]);
    answer a = house_call(&h, boss, "GET", target, "", NULL);
    (void)snprintf(headers, sizeof headers, "If-Match: %s\r\n", client_header(&a, "ETag", etag, sizeof etag));
    client_free(&a);
    json_t *u = house_json(&h, boss, "PATCH", target, headers, "{\"name\":\"Новое имя\",\"valid_to\":2021}", 200);
    assert_int_equal(json_integer_value(json_object_get(u, "valid_to")), 2021);
    json_decref(u);
    assert_int_equal(house_status(&h, boss, "PATCH", target, headers, "{\"name\":\"Ещё\"}"), 412);
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld/aliases", (long long)h.school[3]);
    u = house_json(&h, boss, "POST", target, "", "{\"kind\":\"name\",\"alias\":\"Старое Имя\"}", 201);
    json_decref(u);
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld/aliases?kind=name&alias=%%D1%%82",
                   (long long)h.school[3]);
    assert_int_equal(house_status(&h, boss, "DELETE", target, "", NULL), 404);
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld/history", (long long)h.school[3]);
    json_t *list = house_json(&h, boss, "GET", target, "", NULL, 200);
    const json_t *items = json_object_get(list, "items");
    assert_int_equal(json_array_size(items), 2);
    const json_t *changes = json_object_get(json_object_get(json_array_get(items, 1), "detail"), "changes");
    assert_string_equal(json_string_value(json_array_get(json_object_get(changes, "name"), 0)), "sch3");
    assert_string_equal(json_string_value(json_array_get(json_object_get(changes, "name"), 1)), "Новое имя");
    json_decref(list);
}

/* ---- search ---- */

static int64_t found(const char *token, const char *q, const char *kind)
{
    char target[256];
    int64_t total = 0;
    (void)snprintf(target, sizeof target, "/api/v1/search?q=%s", q);
    json_t *json = house_json(&h, token, "GET", target, "", NULL, 200);
    const json_t *groups = json_object_get(json, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *g = json_array_get(groups, i);
        if (strcmp(json_string_value(json_object_get(g, "kind")), kind) == 0)
            total = json_integer_value(json_object_get(g, "total"));
    }
    json_decref(json);
    return total;
}

static void a_search_finds_what_may_be_seen(void **state)
{
    (void)state;
    const char *boss = h.token[OKO_ROLE_OPERATOR], *school = h.token[OKO_ROLE_SCHOOL];
    assert_int_equal(found(boss, "SCH", "unit"), 4);
    assert_int_equal(found(h.token[OKO_ROLE_MUNICIPAL], "sch", "unit"), 2);
    assert_int_equal(found(school, "sch", "unit"), 1);
    assert_int_equal(found(boss, "%D0%BF%D0%95%D0%A0%D0%92", "unit"), 1); /* «пЕРВ» → Первый */
    assert_int_equal(found(boss, "auditor", "user"), 1);
    assert_int_equal(found(school, "auditor", "user"), 0);
    assert_int_equal(found(boss, "2021-05-ma", "procedure"), 1);
    assert_int_equal(found(boss, "works", "import"), 1);
    assert_int_equal(found(h.token[OKO_ROLE_ADMIN], "works", "import"), 0);
    assert_int_equal(house_status(&h, boss, "GET", "/api/v1/search?q=%20", "", NULL), 422);
    char target[128];
    (void)snprintf(target, sizeof target, "/api/v1/files?name=report-x.txt&unit=%lld", (long long)h.school[2]);
    assert_int_equal(house_status(&h, boss, "POST", target, "", "bytes"), 201);
    assert_int_equal(found(boss, "report-x", "file"), 1);
    assert_int_equal(found(school, "report-x", "file"), 0);
}

/* ---- demonstration ---- */

static void a_demonstration_is_put_back(void **state)
{
    (void)state;
    char copy[128];
    oko_store *store = NULL;
    const char *boss = h.token[OKO_ROLE_OPERATOR], *target = "/api/v1/demo/reset", *yes = "{\"confirm\":true}";
    assert_int_equal(house_status(&h, boss, "POST", target, "", yes), 409);
    MUST(oko_service_write(h.service, &store, &house_err));
    MUST(oko_demo_mark(store, &house_err));
    MUST(oko_service_write_end(h.service, OKO_OK, &house_err));
    assert_int_equal(house_status(&h, boss, "POST", target, "", yes), 409); /* no copy yet */
    (void)snprintf(copy, sizeof copy, "%s" OKO_DEMO_COPY, h.db);
    MUST(oko_store_backup(h.service->writer, copy, false, NULL, &house_err));
    assert_int_equal(house_status(&h, boss, "POST", "/api/v1/units", "",
                                  "{\"level\":\"school\",\"code\":\"zzz-late\",\"name\":\"Поздняя\"}"),
                     201);
    assert_int_equal(found(boss, "zzz-late", "unit"), 1);
    assert_int_equal(house_status(&h, boss, "POST", target, "", "{\"confirm\":false}"), 422);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_SCHOOL], "POST", target, "", yes), 403);
    assert_int_equal(house_status(&h, boss, "POST", target, "", yes), 204);
    assert_int_equal(found(boss, "zzz-late", "unit"), 0);
    json_t *log = house_json(&h, boss, "GET", "/api/v1/audit?action=demo.reset", "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(log, "items")), 1);
    json_decref(log);
    json_t *proof = house_json(&h, boss, "GET", "/api/v1/audit/proof", "", NULL, 200);
    assert_true(json_integer_value(json_object_get(proof, "lines")) > 0);
    json_decref(proof);
    MUST(oko_store_check(h.service->writer, NULL, NULL, NULL, &house_err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_database_is_set_up_once),
        cmocka_unit_test(a_code_is_not_tried_for_ever),
        cmocka_unit_test(settings_are_versions),
        cmocka_unit_test(a_table_makes_people),
        cmocka_unit_test(a_coordinator_makes_own_people_only),
        cmocka_unit_test(a_unit_has_a_history),
        cmocka_unit_test(a_search_finds_what_may_be_seen),
        cmocka_unit_test(a_demonstration_is_put_back),
        cmocka_unit_test(many_are_invited_and_one_is_unlocked),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
