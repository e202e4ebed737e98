/* Signing in and out, cross-site tokens, lockout, first passwords, invitations; versions and idempotency keys. */
#include "http/house.h"

#include "http/session.h"

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

typedef struct signed_in {
    char cookie[128], csrf[80];
} signed_in;

static answer sign_in(const char *login, const char *password)
{
    char body[256];
    (void)snprintf(body, sizeof body, "{\"login\":\"%s\",\"password\":\"%s\"}", login, password);
    return client_call(h.port, "POST", "/api/v1/session", "", body);
}

static signed_in must_sign_in(const char *login, const char *password)
{
    signed_in s;
    char cookie[256];
    answer a = sign_in(login, password);
    if (a.status != 201)
        fail_msg("%s: %d %s", login, a.status, a.body);
    (void)client_header(&a, "Set-Cookie", cookie, sizeof cookie);
    assert_non_null(strstr(cookie, "HttpOnly"));
    assert_non_null(strstr(cookie, "SameSite=Strict"));
    cookie[strcspn(cookie, ";")] = '\0';
    json_t *json = json_loads(a.body, 0, NULL);
    (void)snprintf(s.cookie, sizeof s.cookie, "Cookie: %.110s\r\n", cookie);
    (void)snprintf(s.csrf, sizeof s.csrf, "%.70s", json_string_value(json_object_get(json, "csrf")));
    json_decref(json);
    client_free(&a);
    return s;
}

static int with(const signed_in *s, bool csrf, const char *method, const char *target, const char *body)
{
    char headers[512];
    (void)snprintf(headers, sizeof headers, "%s%s%s%s", s->cookie, csrf ? "X-CSRF-Token: " : "", csrf ? s->csrf : "",
                   csrf ? "\r\n" : "");
    return house_status(&h, NULL, method, target, headers, body);
}

static void a_session_lives_and_ends(void **state)
{
    (void)state;
    signed_in s = must_sign_in("operator", HOUSE_PASSWORD);
    assert_int_equal(with(&s, false, "GET", "/api/v1/me", NULL), 200);
    assert_int_equal(with(&s, true, "DELETE", "/api/v1/session", NULL), 204);
    assert_int_equal(with(&s, false, "GET", "/api/v1/me", NULL), 401);
}

static void another_site_can_change_nothing(void **state)
{
    (void)state;
    signed_in s = must_sign_in("operator", HOUSE_PASSWORD), other = must_sign_in("head", HOUSE_PASSWORD);
    const char *body = "{\"kind\":\"analyze\"}";
    assert_int_equal(with(&s, false, "POST", "/api/v1/analyses", body), 403);
    memcpy(other.cookie, s.cookie, sizeof other.cookie);
    assert_int_equal(with(&other, true, "POST", "/api/v1/analyses", body), 403);
    assert_int_equal(with(&s, true, "POST", "/api/v1/analyses", body), 202);
}

static void wrong_passwords_lock(void **state)
{
    (void)state;
    answer a;
    char wait[32];
    for (int i = 0; i < OKO_LOCK_AFTER; i++) {
        a = sign_in("auditor", "not the password");
        assert_int_equal(a.status, 401);
        client_free(&a);
    }
    a = sign_in("auditor", HOUSE_PASSWORD);
    assert_int_equal(a.status, 429);
    assert_true(atoi(client_header(&a, "Retry-After", wait, sizeof wait)) > OKO_LOCK_SECONDS - 60);
    client_free(&a);
    /* Nobody learns which logins exist. */
    a = sign_in("nobody-of-this-name", "not the password");
    assert_int_equal(a.status, 401);
    client_free(&a);
    json_t *log = house_json(&h, h.token[OKO_ROLE_ADMIN], "GET", "/api/v1/audit?action=session.failed", "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(log, "items")), OKO_LOCK_AFTER + 1);
    json_decref(log);
}

static void many_tries_are_slowed(void **state)
{
    (void)state;
    int last = 0;
    for (int i = 0; i <= OKO_GATE_PER_LOGIN && last != 429; i++) {
        answer a = sign_in("one-login", "not the password");
        last = a.status;
        client_free(&a);
    }
    assert_int_equal(last, 429);
}

static void an_invitation_works_once(void **state)
{
    (void)state;
    char body[256], target[64];
    const char *boss = h.token[OKO_ROLE_OPERATOR];
    json_t *made = house_json(&h, boss, "POST", "/api/v1/users", "",
                              "{\"login\":\"new-person\",\"name\":\"Новый\",\"role\":\"head\"}", 201);
    const char *secret = json_string_value(json_object_get(made, "secret"));
    long long id = json_integer_value(json_object_get(json_object_get(made, "user"), "id"));
    answer a = sign_in("new-person", HOUSE_PASSWORD);
    assert_int_equal(a.status, 401);
    client_free(&a);
    (void)snprintf(body, sizeof body, "{\"secret\":\"%s\",\"password\":\"short\"}", secret);
    assert_int_equal(house_status(&h, NULL, "POST", "/api/v1/invitations/accept", "", body), 422);
    (void)snprintf(body, sizeof body, "{\"secret\":\"%s\",\"password\":\"" HOUSE_PASSWORD "\"}", secret);
    assert_int_equal(house_status(&h, NULL, "POST", "/api/v1/invitations/accept", "", body), 204);
    assert_int_equal(house_status(&h, NULL, "POST", "/api/v1/invitations/accept", "", body), 404);
    signed_in s = must_sign_in("new-person", HOUSE_PASSWORD);
    /* Disabled: everything that was open ends. */
    (void)snprintf(target, sizeof target, "/api/v1/users/%lld", id);
    answer user = house_call(&h, boss, "GET", target, "", NULL);
    char etag[64], match[128];
    (void)client_header(&user, "ETag", etag, sizeof etag);
    client_free(&user);
    (void)snprintf(match, sizeof match, "If-Match: %s\r\n", etag);
    assert_int_equal(house_status(&h, boss, "PATCH", target, "", "{\"state\":\"disabled\"}"), 428);
    assert_int_equal(house_status(&h, boss, "PATCH", target, "If-Match: 1\r\n", "{\"state\":\"disabled\"}"), 400);
    assert_int_equal(house_status(&h, boss, "PATCH", target, match, "{\"state\":\"disabled\"}"), 200);
    assert_int_equal(house_status(&h, boss, "PATCH", target, match, "{\"state\":\"active\"}"), 412);
    assert_int_equal(with(&s, false, "GET", "/api/v1/me", NULL), 401);
    json_decref(made);
}

static void a_first_password_must_be_changed(void **state)
{
    (void)state;
    oko_store *store = NULL;
    oko_user u = { .id = 0 };
    MUST(oko_service_write(h.service, &store, &house_err));
    MUST(oko_store_user_find(store, "head", &u, &house_err));
    u.must_change = true;
    MUST(oko_store_user_put(store, &u, &u, &house_err));
    MUST(oko_service_write_end(h.service, OKO_OK, &house_err));
    signed_in s = must_sign_in("head", HOUSE_PASSWORD), other = must_sign_in("head", HOUSE_PASSWORD);
    assert_int_equal(with(&s, false, "GET", "/api/v1/units", NULL), 403);
    assert_int_equal(with(&s, false, "GET", "/api/v1/session", NULL), 200);
    assert_int_equal(with(&s, true, "PUT", "/api/v1/me/password",
                          "{\"current\":\"wrong wrong wrong\",\"password\":\"five dry umbrellas\"}"),
                     422);
    assert_int_equal(with(&s, true, "PUT", "/api/v1/me/password",
                          "{\"current\":\"" HOUSE_PASSWORD "\",\"password\":\"head of all\"}"),
                     422);
    assert_int_equal(with(&s, true, "PUT", "/api/v1/me/password",
                          "{\"current\":\"" HOUSE_PASSWORD "\",\"password\":\"five dry umbrellas\"}"),
                     204);
    assert_int_equal(with(&s, false, "GET", "/api/v1/units", NULL), 200);
    assert_int_equal(with(&other, false, "GET", "/api/v1/units", NULL), 401);
}

static void roles_reach_as_far_as_they_should(void **state)
{
    (void)state;
    char body[256];
    const char *m = h.token[OKO_ROLE_MUNICIPAL];
    (void)snprintf(body, sizeof body, "{\"login\":\"s-own\",\"name\":\"s\",\"role\":\"school\",\"unit\":%lld}",
                   (long long)h.school[1]);
    assert_int_equal(house_status(&h, m, "POST", "/api/v1/users", "", body), 201);
    (void)snprintf(body, sizeof body, "{\"login\":\"s-foreign\",\"name\":\"s\",\"role\":\"school\",\"unit\":%lld}",
                   (long long)h.school[2]);
    assert_int_equal(house_status(&h, m, "POST", "/api/v1/users", "", body), 404);
    assert_int_equal(house_status(&h, m, "POST", "/api/v1/users", "",
                                  "{\"login\":\"climber\",\"name\":\"s\",\"role\":\"operator\"}"),
                     403);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_OPERATOR], "POST", "/api/v1/users", "",
                                  "{\"login\":\"climber\",\"name\":\"s\",\"role\":\"admin\"}"),
                     403);
    json_t *units = house_json(&h, m, "GET", "/api/v1/units", "", NULL, 200);
    assert_int_equal(json_integer_value(json_object_get(units, "total")), 3); /* itself and two schools */
    json_decref(units);
    units = house_json(&h, h.token[OKO_ROLE_SCHOOL], "GET", "/api/v1/units/tree", "", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(units, "items")), 1);
    json_decref(units);
}

static void the_same_key_gives_the_same_answer(void **state)
{
    (void)state;
    const char *boss = h.token[OKO_ROLE_OPERATOR], *key = "Idempotency-Key: once-and-for-all\r\n";
    json_t *first = house_json(&h, boss, "POST", "/api/v1/analyses", key, "{\"kind\":\"analyze\"}", 202);
    json_t *second = house_json(&h, boss, "POST", "/api/v1/analyses", key, "{\"kind\":\"analyze\"}", 202);
    assert_true(json_equal(first, second));
    assert_int_equal(house_status(&h, boss, "POST", "/api/v1/analyses", key, "{\"kind\":\"evidence\"}"), 422);
    /* Another person's key is another key. */
    json_t *jobs = house_json(&h, boss, "GET", "/api/v1/jobs", "", NULL, 200);
    size_t n = json_array_size(json_object_get(jobs, "items"));
    assert_true(n >= 1);
    json_decref(jobs);
    json_decref(first);
    json_decref(second);
}

static void unchanged_is_304(void **state)
{
    (void)state;
    char etag[64], headers[128];
    answer a = house_call(&h, h.token[OKO_ROLE_OPERATOR], "GET", "/api/v1/units", "", NULL);
    (void)client_header(&a, "ETag", etag, sizeof etag);
    client_free(&a);
    (void)snprintf(headers, sizeof headers, "If-None-Match: %s\r\n", etag);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_OPERATOR], "GET", "/api/v1/units", headers, NULL), 304);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_OPERATOR], "GET", "/api/v1/units?limit=1", headers, NULL), 200);
}

static void the_log_holds(void **state)
{
    (void)state;
    json_t *proof = house_json(&h, h.token[OKO_ROLE_AUDITOR], "GET", "/api/v1/audit/proof", "", NULL, 200);
    assert_true(json_integer_value(json_object_get(proof, "lines")) > 20);
    json_decref(proof);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_lives_and_ends),
        cmocka_unit_test(another_site_can_change_nothing),
        cmocka_unit_test(wrong_passwords_lock),
        cmocka_unit_test(an_invitation_works_once),
        cmocka_unit_test(a_first_password_must_be_changed),
        cmocka_unit_test(roles_reach_as_far_as_they_should),
        cmocka_unit_test(the_same_key_gives_the_same_answer),
        cmocka_unit_test(unchanged_is_304),
        cmocka_unit_test(many_tries_are_slowed),
        cmocka_unit_test(the_log_holds),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
