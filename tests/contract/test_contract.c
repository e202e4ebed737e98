/* The contract: what the checker accepts and refuses, what it refuses to load, how paths and targets are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "contract/contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- schemas ---- */
typedef struct sample {
    const char *schema, *value, *key, *pointer; /* key NULL: it fits */
} sample;

static void check(const sample *s)
{
    json_t *root = json_pack("{s:{s:{s:o}}}", "components", "schemas", "S", json_loads(s->schema, 0, NULL));
    json_t *value = json_loads(s->value, JSON_DECODE_ANY, NULL);
    oko_schema_set *set = NULL;
    const oko_schema *schema = NULL;
    oko_violations found = { .n = 0 };
    oko_error err = { .code = OKO_OK };
    assert_non_null(root);
    assert_non_null(value);
    assert_int_equal(oko_schema_set_new(root, &set), OKO_OK);
    const json_t *json = json_object_get(json_object_get(json_object_get(root, "components"), "schemas"), "S");
    if (oko_schema_compile(set, json, "S", &schema, &err) != OKO_OK)
        fail_msg("%s: %s %s", s->schema, err.id, err.arg[0]);
    bool fits = oko_schema_check(schema, value, &found);
    if (fits != (s->key == NULL) || fits != oko_schema_check(schema, value, NULL))
        fail_msg("%s against %s: %s", s->value, s->schema, fits ? "fits" : found.item[0].key);
    if (!fits) {
        assert_string_equal(found.item[0].key, s->key);
        assert_string_equal(found.item[0].pointer, s->pointer);
    }
    oko_schema_set_free(set);
    json_decref(value);
    json_decref(root);
}

static void values_fit_or_not(void **state)
{
    (void)state;
    static const sample samples[] = {
        { "{\"type\":\"integer\"}", "4", NULL, NULL },
        { "{\"type\":\"integer\"}", "4.0", NULL, NULL },
        { "{\"type\":\"integer\"}", "4.5", "contract.type", "" },
        { "{\"type\":[\"string\",\"null\"]}", "null", NULL, NULL },
        { "{\"type\":[\"string\",\"null\"]}", "1", "contract.type", "" },
        { "{\"type\":\"string\",\"maxLength\":3}", "\"шум\"", NULL, NULL },
        { "{\"type\":\"string\",\"maxLength\":3}", "\"шумы\"", "contract.too_long", "" },
        { "{\"type\":\"string\",\"minLength\":2}", "\"ш\"", "contract.too_short", "" },
        { "{\"type\":\"string\",\"minLength\":1}", "\"\"", "contract.empty", "" },
        { "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}", "\"abc\"", NULL, NULL },
        { "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}", "\"aBc\"", "contract.pattern", "" },
        { "{\"format\":\"date\"}", "\"2020-02-29\"", NULL, NULL },
        { "{\"format\":\"date\"}", "\"2021-02-29\"", "contract.not_a_date", "" },
        { "{\"format\":\"date\"}", "\"2021-2-9\"", "contract.not_a_date", "" },
        { "{\"format\":\"date-time\"}", "\"2021-02-09T10:00:00Z\"", NULL, NULL },
        { "{\"format\":\"date-time\"}", "\"2021-02-09T10:00:00.25+03:00\"", NULL, NULL },
        { "{\"format\":\"date-time\"}", "\"2021-02-09 10:00:00Z\"", "contract.not_a_time", "" },
        { "{\"minimum\":1,\"maximum\":5}", "0", "contract.too_small", "" },
        { "{\"minimum\":1,\"maximum\":5}", "6", "contract.too_large", "" },
        { "{\"exclusiveMinimum\":1}", "1", "contract.not_above", "" },
        { "{\"exclusiveMaximum\":1}", "1", "contract.not_below", "" },
        { "{\"enum\":[\"a\",\"b\"]}", "\"c\"", "contract.not_allowed", "" },
        { "{\"const\":7}", "8", "contract.not_allowed", "" },
        { "{\"items\":{\"type\":\"integer\"}}", "[1,\"x\"]", "contract.type", "/1" },
        { "{\"minItems\":1}", "[]", "contract.too_few", "" },
        { "{\"maxItems\":1}", "[1,2]", "contract.too_many", "" },
        { "{\"uniqueItems\":true}", "[{\"a\":1},{\"a\":1}]", "contract.not_unique", "" },
        { "{\"required\":[\"a\"]}", "{}", "contract.missing", "/a" },
        { "{\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"b\":1}", "contract.unknown_member", "/b" },
        { "{\"additionalProperties\":{\"type\":\"string\"}}", "{\"a/b~\":1}", "contract.type", "/a~1b~0" },
        { "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "1", NULL, NULL },
        { "{\"oneOf\":[{\"minimum\":1},{\"minimum\":2}]}", "3", "contract.none_fits", "" },
        { "{\"anyOf\":[{\"minimum\":1},{\"minimum\":2}]}", "3", NULL, NULL },
        { "{\"anyOf\":[{\"minimum\":1},{\"minimum\":2}]}", "0", "contract.none_fits", "" },
        { "{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", "3", "contract.too_large", "" },
        { "{\"properties\":{\"c\":{\"$ref\":\"#/components/schemas/S\"},\"n\":{\"type\":\"integer\"}}}",
          "{\"c\":{\"c\":{\"n\":\"x\"}}}", "contract.type", "/c/c/n" },
        { "{\"title\":\"t\",\"x-oko-any\":1,\"default\":3}", "true", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i]);
}

static void unknown_keywords_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{\"multipleOf\":2}",
        "{\"type\":\"text\"}",
        "{\"$ref\":\"#/components/schemas/Nobody\"}",
        "{\"pattern\":\"(a)\\\\1\"}",
        "{\"format\":\"e-mail\"}",
        "{\"if\":{}}",
        "{\"items\":{\"nope\":1}}",
        "{\"oneOf\":[]}",
        "{\"minLength\":-1}",
        "{\"patternProperties\":{}}",
        "{\"properties\":{\"a\":[]}}",
        "{\"$ref\":\"other.json\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        json_t *root = json_loads(bad[i], 0, NULL);
        oko_schema_set *set = NULL;
        const oko_schema *schema = NULL;
        oko_error err = { .code = OKO_OK };
        assert_non_null(root);
        assert_int_equal(oko_schema_set_new(root, &set), OKO_OK);
        if (oko_schema_compile(set, root, "S", &schema, &err) != OKO_E_FORMAT)
            fail_msg("%s was taken", bad[i]);
        assert_string_equal(err.id, "contract.bad_schema");
        oko_schema_set_free(set);
        json_decref(root);
    }
}

static void violations_are_bounded(void **state)
{
    (void)state;
    json_t *root = json_loads("{\"items\":{\"type\":\"integer\"}}", 0, NULL), *value = json_array();
    oko_schema_set *set = NULL;
    const oko_schema *schema = NULL;
    oko_violations found = { .n = 0 };
    for (int i = 0; i < 1000; i++)
        json_array_append_new(value, json_string("x"));
    assert_int_equal(oko_schema_set_new(root, &set), OKO_OK);
    assert_int_equal(oko_schema_compile(set, root, "S", &schema, NULL), OKO_OK);
    assert_false(oko_schema_check(schema, value, &found));
    assert_int_equal(found.n, OKO_VIOLATIONS_MAX);
    oko_schema_set_free(set);
    json_decref(value);
    json_decref(root);
}

/* ---- documents that may not be loaded ---- */
#define DOCUMENT(members_)                                                                                             \
    "{\"servers\":[{\"url\":\"/api/v1\"}],\"paths\":{\"/a/{id}\":{\"get\":{\"operationId\":\"a.get\"," members_        \
    "\"parameters\":[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"integer\"}}],"          \
    "\"responses\":{\"200\":{\"description\":\"x\"}}}}}}"

static oko_status load(const char *text)
{
    oko_contract *c = NULL;
    oko_error err = { .code = OKO_OK };
    oko_status status = oko_contract_open(oko_str_of(text), &c, &err);
    oko_contract_free(c);
    return status;
}

static void every_operation_states_its_rights(void **state)
{
    (void)state;
    assert_int_equal(load(DOCUMENT("\"x-oko-roles\":[\"any\"],\"x-oko-scope\":\"none\",\"x-oko-audit\":\"none\",")),
                     OKO_OK);
    assert_int_equal(load(DOCUMENT("\"x-oko-scope\":\"none\",\"x-oko-audit\":\"none\",")), OKO_E_FORMAT);
    assert_int_equal(load(DOCUMENT("\"x-oko-roles\":[],\"x-oko-scope\":\"none\",\"x-oko-audit\":\"none\",")),
                     OKO_E_FORMAT);
    assert_int_equal(
        load(DOCUMENT("\"x-oko-roles\":[\"any\",\"head\"],\"x-oko-scope\":\"none\",\"x-oko-audit\":\"none\",")),
        OKO_E_FORMAT);
    assert_int_equal(load(DOCUMENT("\"x-oko-roles\":[\"any\"],\"x-oko-audit\":\"none\",")), OKO_E_FORMAT);
    assert_int_equal(load(DOCUMENT("\"x-oko-roles\":[\"any\"],\"x-oko-scope\":\"none\",")), OKO_E_FORMAT);
    assert_int_equal(load(DOCUMENT("\"x-oko-roles\":[\"any\"],\"x-oko-scope\":\"own\",\"x-oko-audit\":\"none\","
                                   "\"x-oko-unit\":\"nobody\",")),
                     OKO_E_FORMAT);
    assert_int_equal(load("{}"), OKO_E_FORMAT);
    assert_int_equal(load("["), OKO_E_FORMAT);
}

/* ---- the built-in document ---- */
static void the_document_is_sound(void **state)
{
    (void)state;
    oko_contract *c = NULL;
    oko_error err = { .code = OKO_OK };
    if (oko_contract_open((oko_str){ NULL, 0 }, &c, &err) != OKO_OK)
        fail_msg("%s %s %s", err.id, err.field, err.arg[0]);
    assert_true(oko_contract_count(c) >= 30);
    const oko_operation *op;
    for (size_t i = 0; (op = oko_contract_at(c, i)) != NULL; i++) {
        bool problem = false;
        for (size_t k = 0; k < op->n_answers; k++)
            problem = problem || (op->answers[k].status == 0 && op->answers[k].schema != NULL);
        if (!problem)
            fail_msg("%s does not say how it fails (default: Problem)", op->id);
        if (strcmp(op->method, "GET") != 0 && op->audit == OKO_AUDIT_NONE && !op->own_transaction)
            fail_msg("%s changes something and is not in the log", op->id);
        if (strcmp(op->method, "GET") == 0 && (op->audit == OKO_AUDIT_CHANGE || op->body_kind != OKO_BODY_NONE))
            fail_msg("%s: a GET changes nothing", op->id);
    }
    oko_contract_free(c);
}

static void paths_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *method, *target, *id, *value;
    } samples[] = {
        { "GET", "/api/v1/units", "units.list", NULL },
        { "GET", "/api/v1/units/", "units.list", NULL },
        { "GET", "/api/v1/units/tree", "units.tree", NULL },
        { "HEAD", "/api/v1/units/17", "units.get", "17" },
        { "GET", "/api/v1/units/%31%37?x=1", "units.get", "17" },
        { "POST", "/api/v1/jobs/5/cancel", "jobs.cancel", "5" },
        { "POST", "/api/v1/units/tree", NULL, NULL },
        { "GET", "/api/v1/units/1/2", NULL, NULL },
        { "GET", "/api/v1", NULL, NULL },
        { "GET", "/units", NULL, NULL },
    };
    oko_contract *c = NULL;
    oko_arena *arena = NULL;
    assert_int_equal(oko_contract_open((oko_str){ NULL, 0 }, &c, NULL), OKO_OK);
    assert_int_equal(oko_arena_new(0, &arena), OKO_OK);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        oko_target t;
        const char *values[OKO_TARGET_MAX_SEGMENTS] = { NULL };
        bool known;
        char allow[64];
        assert_int_equal(oko_target_parse(arena, oko_str_of(samples[i].target), &t, NULL), OKO_OK);
        const oko_operation *op = oko_contract_find(c, samples[i].method, &t, values, &known, allow);
        if ((op == NULL) != (samples[i].id == NULL) || (op != NULL && strcmp(op->id, samples[i].id) != 0))
            fail_msg("%s %s: %s", samples[i].method, samples[i].target, op != NULL ? op->id : "nothing");
        if (samples[i].value != NULL)
            assert_string_equal(values[0], samples[i].value);
    }
    oko_arena_free(arena);
    oko_contract_free(c);
}

static void targets_are_taken_apart(void **state)
{
    (void)state;
    static const char *const bad[] = { "",       "units",   "/a/../b",     "/a/%2e%2e/b", "/a//b",   "/a%2fb",
                                       "/a?b=%", "/a?b=%4", "/a?b=%C3%28", "/a%00b",      "/a?x=%0a" };
    oko_arena *arena = NULL;
    oko_target t;
    assert_int_equal(oko_arena_new(0, &arena), OKO_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (oko_target_parse(arena, oko_str_of(bad[i]), &t, NULL) != OKO_E_ARGUMENT)
            fail_msg("%s was taken", bad[i]);
    }
    assert_int_equal(oko_target_parse(arena, OKO_STR("/a/b?x=%D1%88+y&&z&x=2"), &t, NULL), OKO_OK);
    assert_int_equal(t.n_segments, 2);
    assert_int_equal(t.n_pairs, 3);
    assert_string_equal(oko_target_get(&t, "x"), "ш y");
    assert_string_equal(oko_target_get(&t, "z"), "");
    assert_null(oko_target_get(&t, "w"));
    oko_arena_free(arena);
}

static void parameters_are_typed(void **state)
{
    (void)state;
    oko_contract *c = NULL;
    oko_violations found = { .n = 0 };
    assert_int_equal(oko_contract_open((oko_str){ NULL, 0 }, &c, NULL), OKO_OK);
    const oko_operation *op = oko_contract_operation(c, "units.list");
    for (size_t i = 0; i < op->n_parameters; i++) {
        if (strcmp(op->parameter[i].name, "limit") != 0)
            continue;
        json_t *v = oko_parameter_read(&op->parameter[i], "25", &found);
        assert_int_equal(json_integer_value(v), 25);
        json_decref(v);
        static const char *const bad[] = { "",     "0",  "1001", "1.5", "1e2",
                                           "0x10", " 5", "5 ",   "+5",  "9999999999999999999" };
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            if (oko_parameter_read(&op->parameter[i], bad[k], &found) != NULL)
                fail_msg("limit=%s was taken", bad[k]);
        }
        assert_string_equal(found.item[0].pointer, "limit");
    }
    assert_int_equal(found.n, 10);
    oko_contract_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_fit_or_not),       cmocka_unit_test(unknown_keywords_are_refused),
        cmocka_unit_test(violations_are_bounded),  cmocka_unit_test(every_operation_states_its_rights),
        cmocka_unit_test(the_document_is_sound),   cmocka_unit_test(paths_are_found),
        cmocka_unit_test(targets_are_taken_apart), cmocka_unit_test(parameters_are_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
