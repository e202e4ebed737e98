/*
 * The rights matrix, generated from the contract: every operation × everybody (nobody, a token that only reads, each
 * role), and every parameter that numbers a thing × own and foreign. Operations that come later are covered by
 * themselves: what the contract says about them is what is expected.
 */
#include "http/house.h"

#include <unistd.h>

typedef struct fixture {
    house h;
    int64_t file[2], job[2], import[2], token[2], user[2],
        unit[2]; /* [0] in sight of the municipal coordinator, [1] not */
} fixture;

static int64_t make_file(const house *h, const char *token, int64_t unit)
{
    char target[128];
    (void)snprintf(target, sizeof target, "/api/v1/files?name=a.txt&unit=%lld", (long long)unit);
    json_t *file = house_json(h, token, "POST", target, "", "bytes", 201);
    int64_t id = json_integer_value(json_object_get(file, "id"));
    json_decref(file);
    assert_true(id > 0);
    return id;
}

static int make(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    house *h = &f->h;
    house_open(h, NULL);
    f->unit[0] = h->school[0];
    f->unit[1] = h->school[2];
    f->user[0] = h->user[OKO_ROLE_SCHOOL].id;
    f->user[1] = h->other.id;
    f->file[0] = make_file(h, h->token[OKO_ROLE_OPERATOR], h->school[0]);
    f->file[1] = make_file(h, h->token[OKO_ROLE_OPERATOR], h->school[2]);
    *state = f;
    return 0;
}

static int drop(void **state)
{
    fixture *f = *state;
    house_drop(&f->h);
    free(f);
    return 0;
}

static int64_t number_of(const fixture *f, const oko_parameter *p, int foreign)
{
    if (p->fixture != NULL && strcmp(p->fixture, "unit") == 0)
        return f->unit[foreign];
    if (p->fixture != NULL && strcmp(p->fixture, "user") == 0)
        return f->user[foreign];
    if (p->fixture != NULL && strcmp(p->fixture, "file") == 0)
        return f->file[foreign];
    if (p->fixture != NULL && strcmp(p->fixture, "run") == 0)
        return p->place == OKO_IN_QUERY && strcmp(p->name, "a") == 0 ? f->h.run[0] : f->h.run[1];
    return 987654; /* of nothing */
}

/* The operation's target with its path filled in; `with` (may be NULL): a query parameter to give as well. */
static void target_of(const fixture *f, const oko_operation *op, int foreign, const oko_parameter *with, char *out,
                      size_t bytes)
{
    size_t n = (size_t)snprintf(out, bytes, "%s", oko_contract_root(f->h.service->contract));
    size_t k = 0;
    for (const char *p = op->path; *p != '\0'; p++) {
        if (*p != '{') {
            out[n++] = *p;
            out[n] = '\0';
            continue;
        }
        while (op->parameter[k].place != OKO_IN_PATH)
            k++;
        const oko_parameter *q = &op->parameter[k++];
        if (json_is_string(q->example))
            n += (size_t)snprintf(out + n, bytes - n, "%s", json_string_value(q->example));
        else
            n += (size_t)snprintf(out + n, bytes - n, "%lld", (long long)number_of(f, q, foreign));
        p = strchr(p, '}');
    }
    bool first = true;
    for (size_t i = 0; i < op->n_parameters; i++) {
        const oko_parameter *q = &op->parameter[i];
        if (q->place != OKO_IN_QUERY || (!q->required && q != with))
            continue;
        n += (size_t)snprintf(out + n, bytes - n, "%c%s=", first ? '?' : '&', q->name);
        first = false;
        if (json_is_string(q->example))
            n += (size_t)snprintf(out + n, bytes - n, "%s", json_string_value(q->example));
        else
            n += (size_t)snprintf(out + n, bytes - n, "%lld", (long long)number_of(f, q, foreign));
    }
}

static char *body_of(const oko_operation *op)
{
    if (op->body_kind == OKO_BODY_FILE)
        return strdup("bytes");
    return op->body_example != NULL ? json_dumps(op->body_example, JSON_ENCODE_ANY) : NULL;
}

static int call(const fixture *f, const oko_operation *op, const char *token, int foreign, const oko_parameter *with,
                char code[64])
{
    char target[512];
    target_of(f, op, foreign, with, target, sizeof target);
    char *body = body_of(op);
    answer a = house_call(&f->h, token, op->method, target, op->takes_if_match ? "If-Match: \"77777\"\r\n" : "", body);
    json_t *json = json_loads(a.body, 0, NULL);
    const char *text = json_string_value(json_object_get(json, "code"));
    house_conforms(op, a.status, json);
    (void)snprintf(code, 64, "%s", text != NULL ? text : "");
    json_decref(json);
    int status = a.status;
    client_free(&a);
    free(body);
    return status;
}

static bool listed(const oko_operation *op, const char *role)
{
    for (size_t i = 0; i < op->n_roles; i++) {
        if (strcmp(op->role[i], role) == 0)
            return true;
    }
    return op->any_role || op->is_public;
}

static void nobody_is_let_in(void **state)
{
    fixture *f = *state;
    char code[64];
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(f->h.service->contract, i)) != NULL; i++) {
        int status = call(f, op, NULL, 0, NULL, code);
        if (!op->is_public && status != 401)
            fail_msg("%s without a person: %d %s", op->id, status, code);
        if (op->is_public)
            continue;
        status = call(f, op, "0000000000000000000000000000000000000000000000000000000000000000", 0, NULL, code);
        if (status != 401)
            fail_msg("%s with an unknown token: %d %s", op->id, status, code);
    }
    assert_true(oko_contract_count(f->h.service->contract) >= 30);
}

static void a_reading_token_changes_nothing(void **state)
{
    fixture *f = *state;
    char code[64];
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(f->h.service->contract, i)) != NULL; i++) {
        if (op->is_public || op->reads_only || strcmp(op->method, "GET") == 0 || !listed(op, "operator"))
            continue;
        int status = call(f, op, f->h.reader, 0, NULL, code);
        if (status != 403 || strcmp(code, "access.read_only") != 0)
            fail_msg("%s with a reading token: %d %s", op->id, status, code);
    }
}

static void roles_are_as_the_contract_says(void **state)
{
    fixture *f = *state;
    char code[64];
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(f->h.service->contract, i)) != NULL; i++) {
        for (int r = 0; r < OKO_ROLE_COUNT && !op->is_public; r++) {
            int status = call(f, op, f->h.token[r], 0, NULL, code);
            bool refused = status == 403 && strcmp(code, "access.role") == 0;
            if (status == 0 || status == 500 || refused == listed(op, oko_role_name((oko_role)r)))
                fail_msg("%s as %s: %d %s", op->id, oko_role_name((oko_role)r), status, code);
        }
    }
}

/* Things of another subtree do not exist for the coordinator of the first municipality. */
static void the_foreign_is_out_of_sight(void **state)
{
    fixture *f = *state;
    char code[64];
    int seen = 0;
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(f->h.service->contract, i)) != NULL; i++) {
        if (op->reach != OKO_REACH_OWN || !listed(op, "municipal"))
            continue;
        for (size_t k = 0; k < op->n_parameters; k++) {
            const oko_parameter *p = &op->parameter[k];
            /* a run is nobody's: what it says is cut to the reach (test_runs.c) */
            if (p->fixture == NULL || number_of(f, p, 0) == 987654 || strcmp(p->fixture, "run") == 0)
                continue;
            const oko_parameter *with = p->place == OKO_IN_QUERY ? p : NULL;
            int status = call(f, op, f->h.token[OKO_ROLE_MUNICIPAL], 1, with, code);
            if (status != 404)
                fail_msg("%s of another municipality (%s): %d %s", op->id, p->name, status, code);
            status = call(f, op, f->h.token[OKO_ROLE_MUNICIPAL], 0, with, code);
            if (status == 404 || status == 401)
                fail_msg("%s of the own municipality (%s): %d %s", op->id, p->name, status, code);
            seen++;
        }
    }
    assert_true(seen >= 8); /* the test looks at something */
}

/* Whatever takes a number and is of one subtree says what its number is of, or hides it by itself. */
static void numbers_have_fixtures(void **state)
{
    fixture *f = *state;
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(f->h.service->contract, i)) != NULL; i++) {
        for (size_t k = 0; k < op->n_parameters; k++) {
            const oko_parameter *p = &op->parameter[k];
            if (p->place == OKO_IN_PATH && p->fixture == NULL && !json_is_string(p->example))
                fail_msg("%s: parameter %s has neither x-oko-fixture nor a text example", op->id, p->name);
        }
        if (op->body_kind == OKO_BODY_JSON && op->body_required && op->body_example == NULL)
            fail_msg("%s: the body has no example", op->id);
        if (op->body_example != NULL && !oko_schema_check(op->body, op->body_example, NULL))
            fail_msg("%s: the example of the body does not fit its schema", op->id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_fixtures),           cmocka_unit_test(nobody_is_let_in),
        cmocka_unit_test(a_reading_token_changes_nothing), cmocka_unit_test(the_foreign_is_out_of_sight),
        cmocka_unit_test(roles_are_as_the_contract_says),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
