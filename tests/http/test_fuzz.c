/*
 * Requests made from the contract: for every operation, values that fit its schemas, values on their edges and values
 * that do not fit, by everybody. Whatever is asked, the server lives, answers what the contract says that it answers,
 * and never 500. The seed is printed; OKO_FUZZ_SEED repeats it, OKO_FUZZ_SECONDS makes it long.
 */
#include "http/house.h"

#include "base/random.h"

#include <ctype.h>
#include <time.h>

enum { SHORT_ROUNDS = 3, DEPTH = 6 };

typedef struct fuzz {
    house h;
    json_t *document;
    oko_rng rng;
    int64_t sent, answered[6]; /* by hundreds of the status */
} fuzz;

static bool chance(fuzz *f, uint32_t percent)
{
    return oko_rng_below(&f->rng, 100) < percent;
}

static const json_t *resolve(const fuzz *f, const json_t *schema)
{
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    if (ref == NULL)
        return schema;
    const json_t *at = f->document;
    char part[128];
    for (const char *p = ref + 2; *p != '\0'; p += *p == '/') { /* "#/components/schemas/NAME" */
        size_t n = strcspn(p, "/");
        (void)snprintf(part, sizeof part, "%.*s", (int)n, p);
        at = json_object_get(at, part);
        p += n;
        if (*p == '\0')
            break;
    }
    return at;
}

/* ---- values ---- */
static const char *const strange[] = {
    "",
    " ",
    "0",
    "-1",
    "null",
    "true",
    "Ъ",
    "\xF0\x9F\x98\x80",
    "a\tb",
    "'; DROP TABLE unit; --",
    "%s%n%x",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "2021-02-30",
    "9999-99-99",
    "2021-05-MA",
    "1e309",
    "\xE2\x80\xAE",
    "=1+1",
    "~!@#$%^&*()",
};

static json_t *any_value(fuzz *f)
{
    switch (oko_rng_below(&f->rng, 8)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(1);
    case 2:
        return json_integer((json_int_t)oko_rng_below(&f->rng, 2000) - 1000);
    case 3:
        return json_integer(INT64_MAX);
    case 4:
        return json_real(-0.5);
    case 5:
        return json_array();
    case 6:
        return json_object();
    default:
        return json_string(strange[oko_rng_below(&f->rng, sizeof strange / sizeof *strange)]);
    }
}

static json_t *string_of(fuzz *f, const json_t *schema)
{
    const json_t *shortest = json_object_get(schema, "minLength"), *longest = json_object_get(schema, "maxLength");
    const char *format = json_string_value(json_object_get(schema, "format"));
    if (format != NULL && strcmp(format, "date") == 0 && chance(f, 80))
        return json_string(chance(f, 50) ? "2021-02-28" : "2024-02-29");
    if (chance(f, 25))
        return json_string(strange[oko_rng_below(&f->rng, sizeof strange / sizeof *strange)]);
    size_t lo = shortest != NULL ? (size_t)json_integer_value(shortest) : 0;
    size_t hi = longest != NULL && json_integer_value(longest) < 3000 ? (size_t)json_integer_value(longest) : lo + 20;
    size_t n = chance(f, 30) ? hi + chance(f, 20) : lo + oko_rng_below(&f->rng, (uint32_t)(hi - lo + 1));
    char *text = calloc(n + 1, 1);
    for (size_t i = 0; i < n; i++)
        text[i] = "abcxyz0129-_."[oko_rng_below(&f->rng, 13)];
    json_t *value = json_string(text);
    free(text);
    return value;
}

static json_t *number_of(fuzz *f, const json_t *schema, bool whole)
{
    const json_t *min = json_object_get(schema, "minimum"), *max = json_object_get(schema, "maximum");
    json_int_t lo = min != NULL ? (json_int_t)json_number_value(min) : 0;
    json_int_t hi = max != NULL ? (json_int_t)json_number_value(max) : lo + 30;
    json_int_t value = lo + (json_int_t)oko_rng_below(&f->rng, (uint32_t)(hi - lo < 30 ? hi - lo + 1 : 30));
    uint32_t edge = oko_rng_below(&f->rng, 12);
    value = edge == 0 ? lo : edge == 1 ? hi : edge == 2 ? lo - 1 : edge == 3 && hi < INT64_MAX ? hi + 1 : value;
    return whole ? json_integer(value) : json_real((double)value + .5);
}

static json_t *value_of(fuzz *f, const json_t *schema, int depth);

static json_t *object_of(fuzz *f, const json_t *schema, int depth)
{
    json_t *o = json_object(), *member, *properties = json_object_get(schema, "properties");
    const char *key;
    json_object_foreach(properties, key, member)
    {
        bool needed = false;
        size_t i;
        json_t *name;
        json_array_foreach(json_object_get(schema, "required"), i, name) needed =
            needed || strcmp(json_string_value(name), key) == 0;
        if (needed ? chance(f, 95) : chance(f, 45))
            (void)json_object_set_new(o, key, value_of(f, member, depth + 1));
    }
    if (chance(f, 6))
        (void)json_object_set_new(o, "unheard_of", any_value(f));
    return o;
}

static json_t *array_of(fuzz *f, const json_t *schema, int depth)
{
    const json_t *least = json_object_get(schema, "minItems");
    json_t *a = json_array();
    size_t n = (size_t)json_integer_value(least) + oko_rng_below(&f->rng, 3);
    for (size_t i = 0; i < n; i++)
        (void)json_array_append_new(a, value_of(f, json_object_get(schema, "items"), depth + 1));
    return a;
}

static const char *type_of(fuzz *f, const json_t *schema)
{
    const json_t *type = json_object_get(schema, "type");
    if (json_is_array(type))
        type = json_array_get(type, oko_rng_below(&f->rng, (uint32_t)json_array_size(type)));
    return type != NULL ? json_string_value(type) : "";
}

static json_t *value_of(fuzz *f, const json_t *schema, int depth)
{
    schema = resolve(f, schema);
    const json_t *list = json_object_get(schema, "enum"), *all = json_object_get(schema, "allOf");
    const char *type = type_of(f, schema);
    if (depth > DEPTH || chance(f, 4))
        return any_value(f);
    if (list != NULL)
        return json_deep_copy(json_array_get(list, oko_rng_below(&f->rng, (uint32_t)json_array_size(list))));
    if (all != NULL)
        return value_of(f, json_array_get(all, json_array_size(all) - 1), depth + 1);
    if (strcmp(type, "object") == 0)
        return object_of(f, schema, depth);
    if (strcmp(type, "array") == 0)
        return array_of(f, schema, depth);
    if (strcmp(type, "string") == 0)
        return string_of(f, schema);
    if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0)
        return number_of(f, schema, *type == 'i');
    return strcmp(type, "boolean") == 0 ? json_boolean(chance(f, 50)) : any_value(f);
}

/* ---- requests ---- */
static int64_t number_in_house(fuzz *f)
{
    const house *h = &f->h;
    const int64_t known[] = {
        h->region, h->municipality[0], h->school[0], h->school[2], h->run[0], h->run[1], 1, 2, 3
    };
    return known[oko_rng_below(&f->rng, sizeof known / sizeof *known)];
}

static void put_encoded(char *out, size_t bytes, const char *text)
{
    size_t n = strlen(out);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0' && n + 4 < bytes; p++)
        n += (size_t)snprintf(out + n, bytes - n, isalnum(*p) || strchr("-_.", *p) != NULL ? "%c" : "%%%02X", *p);
}

static void put_value(fuzz *f, char *out, size_t bytes, const oko_parameter *p, const json_t *schema)
{
    char text[4096];
    json_t *value = value_of(f, schema, 0);
    if (json_is_string(p->example) && chance(f, 50))
        (void)snprintf(text, sizeof text, "%s", json_string_value(p->example));
    else if (p->fixture != NULL && chance(f, 80))
        (void)snprintf(text, sizeof text, "%lld", (long long)number_in_house(f));
    else if (json_is_string(value))
        (void)snprintf(text, sizeof text, "%s", json_string_value(value));
    else {
        char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        (void)snprintf(text, sizeof text, "%s", dumped != NULL ? dumped : "");
        free(dumped);
    }
    json_decref(value);
    put_encoded(out, bytes, text[0] != '\0' ? text : "x");
}

/* The operation as it stands in the document; parameters of the path come first there. */
static const json_t *schema_of(const fuzz *f, const oko_operation *op, const char *name)
{
    char method[16];
    size_t n = 0, i;
    for (; op->method[n] != '\0' && n < sizeof method - 1; n++)
        method[n] = (char)tolower((unsigned char)op->method[n]);
    method[n] = '\0';
    const json_t *path = json_object_get(json_object_get(f->document, "paths"), op->path);
    const json_t *lists[] = { json_object_get(path, "parameters"),
                              json_object_get(json_object_get(path, method), "parameters") };
    for (int k = 0; k < 2; k++) {
        json_t *p;
        json_array_foreach(lists[k], i, p)
        {
            const json_t *q = resolve(f, p);
            if (strcmp(json_string_value(json_object_get(q, "name")), name) == 0)
                return json_object_get(q, "schema");
        }
    }
    return json_null();
}

static void make_target(fuzz *f, const oko_operation *op, char *out, size_t bytes)
{
    (void)snprintf(out, bytes, "%s", oko_contract_root(f->h.service->contract));
    for (const char *p = op->path; *p != '\0'; p++) {
        size_t n = strlen(out);
        if (*p != '{') {
            (void)snprintf(out + n, bytes - n, "%c", *p);
            continue;
        }
        size_t len = strcspn(p + 1, "}");
        for (size_t i = 0; i < op->n_parameters; i++) {
            const oko_parameter *q = &op->parameter[i];
            if (q->place == OKO_IN_PATH && strlen(q->name) == len && strncmp(q->name, p + 1, len) == 0)
                put_value(f, out, bytes, q, schema_of(f, op, q->name));
        }
        p += len + 1;
    }
    char sign = '?';
    for (size_t i = 0; i < op->n_parameters; i++) {
        const oko_parameter *q = &op->parameter[i];
        if (q->place != OKO_IN_QUERY || !(q->required ? chance(f, 95) : chance(f, 30)))
            continue;
        size_t n = strlen(out);
        (void)snprintf(out + n, bytes - n, "%c%s=", sign, q->name);
        put_value(f, out, bytes, q, schema_of(f, op, q->name));
        sign = '&';
    }
}

static char *make_body(fuzz *f, const oko_operation *op)
{
    if (op->body_kind == OKO_BODY_NONE)
        return chance(f, 5) ? strdup("{}") : NULL;
    if (op->body_kind == OKO_BODY_FILE)
        return strdup(chance(f, 50) ? "bytes" : "a;b\n1;2\n");
    if (chance(f, 4))
        return strdup(chance(f, 50) ? "{\"a\":" : "[[[[]]]]");
    char method[16];
    size_t n = 0;
    for (; op->method[n] != '\0'; n++)
        method[n] = (char)tolower((unsigned char)op->method[n]);
    method[n] = '\0';
    const json_t *at = json_object_get(json_object_get(json_object_get(f->document, "paths"), op->path), method);
    at = json_object_get(json_object_get(at, "requestBody"), "content");
    at = json_object_get(json_object_get(at, "application/json"), "schema");
    json_t *body = op->body_example != NULL && chance(f, 30) ? json_deep_copy(op->body_example) : value_of(f, at, 0);
    /* numbers of units that exist get further */
    if (json_is_object(body) && json_is_integer(json_object_get(body, "unit")) && chance(f, 80))
        (void)json_object_set_new(body, "unit", json_integer(number_in_house(f)));
    char *text = json_dumps(body, JSON_ENCODE_ANY);
    json_decref(body);
    return text;
}

/* What would leave nobody to ask with, or hashes a password each time. */
static bool left_out(const oko_operation *op)
{
    return strcmp(op->id, "session.create") == 0 || strcmp(op->id, "invitations.accept") == 0 ||
           strcmp(op->id, "me.password") == 0 || strcmp(op->id, "session.delete") == 0;
}

static void ask(fuzz *f, const oko_operation *op)
{
    char target[8192], headers[200];
    static const char *const versions[] = { "\"1\"", "\"2\"", "W/\"3\"", "\"x\"", "*", "" };
    uint32_t who = oko_rng_below(&f->rng, OKO_ROLE_COUNT + 4);
    const char *token = who < OKO_ROLE_COUNT        ? f->h.token[who]
                        : who == OKO_ROLE_COUNT     ? f->h.other_token
                        : who == OKO_ROLE_COUNT + 1 ? NULL
                                                    : f->h.token[OKO_ROLE_OPERATOR];
    make_target(f, op, target, sizeof target);
    char *body = make_body(f, op);
    headers[0] = '\0';
    if (op->takes_if_match && chance(f, 85))
        (void)snprintf(headers, sizeof headers, "If-Match: %s\r\n", versions[oko_rng_below(&f->rng, 6)]);
    answer a = house_call(&f->h, token, op->method, target, headers, body);
    json_t *json = a.body_len > 0 ? json_loadb(a.body, a.body_len, JSON_DECODE_ANY, NULL) : NULL;
    if (a.status == 0 || a.status == 500)
        fail_msg("%s %s %s → %d: %.300s", op->method, target, body != NULL ? body : "", a.status, a.body);
    if (a.status < 400 || a.status > 499 || json != NULL)
        house_conforms(op, a.status, json);
    f->sent++;
    f->answered[a.status / 100 % 6]++;
    json_decref(json);
    client_free(&a);
    free(body);
}

static void everybody_is_put_right(fuzz *f)
{
    /* People whom the noise disabled, moved or gave another role are set back, so that every role goes on asking. */
    oko_store *store = NULL;
    MUST(oko_service_write(f->h.service, &store, &house_err));
    for (int r = 0; r < OKO_ROLE_COUNT; r++) {
        oko_user now;
        oko_actor owner = oko_actor_owner();
        MUST(oko_store_user_get(store, f->h.user[r].id, &now, &house_err));
        oko_user back = f->h.user[r];
        back.version = now.version;
        if (now.role != back.role || now.unit != back.unit || now.state != back.state)
            MUST(oko_people_put(store, &owner, &back, &now, &house_err));
        char mine[OKO_SECRET_HEX]; /* the old token may have ended with them */
        house_token(store, &back, true, mine);
        memcpy(f->h.token[r], mine, sizeof mine);
    }
    MUST(oko_service_write_end(f->h.service, OKO_OK, &house_err));
}

static void nothing_breaks(void **state)
{
    static fuzz f;
    (void)state;
    const char *seed = getenv("OKO_FUZZ_SEED"), *seconds = getenv("OKO_FUZZ_SECONDS");
    uint64_t s = seed != NULL ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL);
    time_t until = time(NULL) + (seconds != NULL ? atol(seconds) : 0);
    print_message("seed %llu\n", (unsigned long long)s);
    f.rng = oko_rng_make(s, 1);
    house_open(&f.h, NULL);
    oko_str bytes = oko_contract_bytes(f.h.service->contract);
    f.document = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    assert_non_null(f.document);
    for (int round = 0; round < SHORT_ROUNDS || time(NULL) < until; round++) {
        const oko_operation *op;
        for (size_t i = 0; (op = oko_contract_at(f.h.service->contract, i)) != NULL; i++) {
            bool stream = op->n_answers > 0 && strcmp(op->answers[0].type, "text/event-stream") == 0;
            if (!left_out(op) && !stream)
                ask(&f, op);
        }
        everybody_is_put_right(&f);
    }
    print_message("%lld requests: %lld fine, %lld refused, %lld busy\n", (long long)f.sent, (long long)f.answered[2],
                  (long long)f.answered[4], (long long)f.answered[5]);
    assert_true(f.answered[2] * 20 > f.sent); /* it is not only refusals that are tried */
    assert_int_equal(house_status(&f.h, NULL, "GET", "/api/v1/health", "", NULL), 200);
    json_decref(f.document);
    house_drop(&f.h);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_breaks) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
