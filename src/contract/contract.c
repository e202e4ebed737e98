/* The document → operations and schemas; everything is checked when the program starts. */
#include "contract/contract.h"

#include "contract/document.h"
#include "contract/tree.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPERATIONS = 1000, DEFAULT_BODY = 1024 * 1024, MAX_ANSWERS = 16 };

struct oko_contract {
    oko_str bytes;
    json_t *document;
    oko_schema_set *schemas;
    oko_arena *arena;
    contract_tree *tree;
    const char *root;
    size_t n, cap;
    oko_operation **operations;
    size_t n_named;
    struct {
        const char *name;
        const oko_schema *schema;
    } * named;
};

/* ---- reading one operation ---- */
typedef struct reader {
    oko_contract *c;
    oko_operation *op;
    char where[96]; /* "GET /units" */
    oko_error *err;
} reader;

static oko_status bad(reader *r, const char *what)
{
    oko_status status = oko_error_set(r->err, OKO_E_FORMAT, "contract.bad_operation", r->where);
    oko_error_arg(r->err, "%s", what);
    return status;
}

/* {"$ref": "#/components/KIND/NAME"} → what it stands for; NULL when it leads nowhere. */
static const json_t *follow(const oko_contract *c, const json_t *value, const char *kind)
{
    const char *ref = json_string_value(json_object_get(value, "$ref"));
    char prefix[64];
    if (ref == NULL)
        return value;
    int n = snprintf(prefix, sizeof prefix, "#/components/%s/", kind);
    if (n < 0 || strncmp(ref, prefix, (size_t)n) != 0)
        return NULL;
    return json_object_get(json_object_get(json_object_get(c->document, "components"), kind), ref + n);
}

static oko_status read_parameter(reader *r, const json_t *source)
{
    static const char *const places[] = { "path", "query", "header" };
    const json_t *value = follow(r->c, source, "parameters");
    const char *name = json_string_value(json_object_get(value, "name"));
    const char *in = json_string_value(json_object_get(value, "in"));
    size_t place = 0;
    if (name == NULL || in == NULL || r->op->n_parameters >= OKO_OPERATION_PARAMETERS)
        return bad(r, "parameters");
    while (place < 3 && strcmp(places[place], in) != 0)
        place++;
    if (place == 3)
        return bad(r, in);
    oko_parameter *p = &r->op->parameter[r->op->n_parameters++];
    p->name = name;
    p->place = (oko_parameter_place)place;
    p->required = json_is_true(json_object_get(value, "required"));
    p->example = json_object_get(value, "example");
    p->fixture = json_string_value(json_object_get(value, "x-oko-fixture"));
    if (place == OKO_IN_HEADER && strcmp(name, "If-Match") == 0) {
        r->op->takes_if_match = true;
        r->op->needs_if_match = p->required;
    }
    if (place == OKO_IN_HEADER && strcmp(name, "Idempotency-Key") == 0)
        r->op->takes_key = true;
    return oko_schema_compile(r->c->schemas, json_object_get(value, "schema"), r->where, &p->schema, r->err);
}

static oko_status read_parameters(reader *r, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        oko_status status = read_parameter(r, json_array_get(list, i));
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status read_body(reader *r, const json_t *operation)
{
    const json_t *value = json_object_get(operation, "requestBody");
    const json_t *body = follow(r->c, value, "requestBodies");
    const json_t *content = json_object_get(body, "content");
    const json_t *json = json_object_get(content, "application/json");
    const json_t *limit = json_object_get(operation, "x-oko-max-body");
    r->op->max_body = json_is_integer(limit) ? json_integer_value(limit) : DEFAULT_BODY;
    if (value == NULL)
        return OKO_OK;
    r->op->body_required = json_is_true(json_object_get(body, "required"));
    if (json == NULL) {
        r->op->body_kind = OKO_BODY_FILE;
        return json_object_size(content) > 0 ? OKO_OK : bad(r, "requestBody");
    }
    r->op->body_kind = OKO_BODY_JSON;
    r->op->body_example = json_object_get(json, "example");
    return oko_schema_compile(r->c->schemas, json_object_get(json, "schema"), r->where, &r->op->body, r->err);
}

static oko_status read_answer(reader *r, const char *code, const json_t *source, oko_answer_form *answer)
{
    const json_t *value = follow(r->c, source, "responses");
    const json_t *content = json_object_get(value, "content");
    void *first = json_object_iter((json_t *)(uintptr_t)content);
    if (value == NULL)
        return bad(r, code);
    answer->status = strcmp(code, "default") == 0 ? 0 : atoi(code);
    answer->type = first != NULL ? json_object_iter_key(first) : "";
    const json_t *schema = first != NULL ? json_object_get(json_object_iter_value(first), "schema") : NULL;
    if (schema == NULL || strstr(answer->type, "json") == NULL)
        return OKO_OK;
    return oko_schema_compile(r->c->schemas, schema, r->where, &answer->schema, r->err);
}

static oko_status read_answers(reader *r, const json_t *value)
{
    const char *code;
    json_t *one;
    size_t n = json_object_size(value);
    if (n == 0 || n > MAX_ANSWERS)
        return bad(r, "responses");
    oko_answer_form *answers = oko_arena_alloc(r->c->arena, n * sizeof *answers);
    if (answers == NULL)
        return oko_error_set(r->err, OKO_E_MEMORY, "", "");
    r->op->answers = answers;
    json_object_foreach((json_t *)(uintptr_t)value, code, one)
    {
        oko_status status = read_answer(r, code, one, &answers[r->op->n_answers++]);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status read_roles(reader *r, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (name == NULL || r->op->n_roles >= OKO_OPERATION_ROLES)
            return bad(r, "x-oko-roles");
        if (strcmp(name, "public") == 0)
            r->op->is_public = true;
        else if (strcmp(name, "any") == 0)
            r->op->any_role = true;
        else
            r->op->role[r->op->n_roles++] = name;
    }
    size_t kinds = (r->op->is_public ? 1U : 0U) + (r->op->any_role ? 1U : 0U) + (r->op->n_roles > 0 ? 1U : 0U);
    return kinds == 1 ? OKO_OK : bad(r, "x-oko-roles");
}

static int index_of(const char *const *names, const json_t *value)
{
    const char *name = json_string_value(value);
    for (int i = 0; name != NULL && names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

static oko_status read_rights(reader *r, const json_t *value)
{
    static const char *const scopes[] = { "none", "own", "region", NULL };
    static const char *const audits[] = { "none", "look", "change", NULL };
    static const char *const transactions[] = { "own", "none", NULL };
    const json_t *transaction = json_object_get(value, "x-oko-transaction");
    int scope = index_of(scopes, json_object_get(value, "x-oko-scope"));
    int audit = index_of(audits, json_object_get(value, "x-oko-audit"));
    if (scope < 0 || audit < 0)
        return bad(r, scope < 0 ? "x-oko-scope" : "x-oko-audit");
    if (transaction != NULL && index_of(transactions, transaction) < 0)
        return bad(r, "x-oko-transaction");
    r->op->reach = (oko_reach)scope;
    r->op->audit = (oko_audit_rule)audit;
    r->op->own_transaction = transaction != NULL;
    r->op->reads_only = transaction != NULL && index_of(transactions, transaction) == 1;
    r->op->unit_parameter = json_string_value(json_object_get(value, "x-oko-unit"));
    return read_roles(r, json_object_get(value, "x-oko-roles"));
}

static oko_status check_unit_parameter(reader *r)
{
    if (r->op->unit_parameter == NULL)
        return OKO_OK;
    for (size_t i = 0; i < r->op->n_parameters; i++) {
        if (strcmp(r->op->parameter[i].name, r->op->unit_parameter) == 0)
            return OKO_OK;
    }
    return bad(r, "x-oko-unit");
}

static oko_status read_operation(reader *r, const json_t *item, const json_t *value)
{
    r->op->id = json_string_value(json_object_get(value, "operationId"));
    if (r->op->id == NULL || oko_contract_operation(r->c, r->op->id) != NULL)
        return bad(r, "operationId");
    oko_status status = read_rights(r, value);
    if (status == OKO_OK)
        status = read_parameters(r, json_object_get(item, "parameters"));
    if (status == OKO_OK)
        status = read_parameters(r, json_object_get(value, "parameters"));
    if (status == OKO_OK)
        status = check_unit_parameter(r);
    if (status == OKO_OK)
        status = read_body(r, value);
    return status == OKO_OK ? read_answers(r, json_object_get(value, "responses")) : status;
}

static oko_status add_operation(oko_contract *c, const char *path, const char *method, const json_t *item,
                                const json_t *value, oko_error *err)
{
    reader r = { .c = c, .err = err, .op = oko_arena_alloc(c->arena, sizeof *r.op) };
    if (r.op == NULL || oko_grow(&c->operations, &c->cap, c->n + 1, sizeof(oko_operation *), MAX_OPERATIONS) != OKO_OK)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    r.op->path = path;
    r.op->method = method;
    (void)snprintf(r.where, sizeof r.where, "%s %.80s", method, path);
    oko_status status = read_operation(&r, item, value);
    if (status != OKO_OK)
        return status;
    r.op->index = c->n;
    c->operations[c->n++] = r.op;
    return contract_tree_add(c->tree, r.op, err);
}

static oko_status read_paths(oko_contract *c, oko_error *err)
{
    static const char *const methods[][2] = {
        { "get", "GET" }, { "post", "POST" }, { "put", "PUT" }, { "patch", "PATCH" }, { "delete", "DELETE" }
    };
    const char *path;
    json_t *item;
    json_object_foreach(json_object_get(c->document, "paths"), path, item)
    {
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
            const json_t *value = json_object_get(item, methods[m][0]);
            oko_status status = value == NULL ? OKO_OK : add_operation(c, path, methods[m][1], item, value, err);
            if (status != OKO_OK)
                return status;
        }
    }
    return c->n > 0 ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "contract.bad_document", "paths");
}

static oko_status read_schemas(oko_contract *c, oko_error *err)
{
    const char *name;
    json_t *value;
    json_t *schemas = json_object_get(json_object_get(c->document, "components"), "schemas");
    c->named = oko_calloc_array(json_object_size(schemas) + 1, sizeof *c->named);
    if (c->named == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    json_object_foreach(schemas, name, value)
    {
        oko_status status = oko_schema_compile(c->schemas, value, name, &c->named[c->n_named].schema, err);
        if (status != OKO_OK)
            return status;
        c->named[c->n_named++].name = name;
    }
    return OKO_OK;
}

static oko_status load(oko_contract *c, oko_error *err)
{
    oko_status status = oko_json_parse(c->bytes, "openapi.json", &c->document, err);
    if (status != OKO_OK)
        return status;
    c->root = json_string_value(json_object_get(json_array_get(json_object_get(c->document, "servers"), 0), "url"));
    if (c->root == NULL || c->root[0] != '/')
        return oko_error_set(err, OKO_E_FORMAT, "contract.bad_document", "servers");
    status = oko_arena_new(0, &c->arena);
    if (status == OKO_OK)
        status = oko_schema_set_new(c->document, &c->schemas);
    if (status == OKO_OK)
        status = contract_tree_new(c->arena, c->root, &c->tree);
    if (status != OKO_OK)
        return oko_error_set(err, status, "", "");
    status = read_schemas(c, err);
    return status == OKO_OK ? read_paths(c, err) : status;
}

oko_status oko_contract_open(oko_str bytes, oko_contract **ret_contract, oko_error *err)
{
    OKO_CLEANUP(oko_contract_freep) oko_contract *c = oko_calloc_array(1, sizeof *c);
    if (c == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    c->bytes = bytes.ptr != NULL ? bytes : contract_document();
    oko_status status = load(c, err);
    if (status != OKO_OK)
        return status;
    *ret_contract = c;
    c = NULL;
    return OKO_OK;
}

void oko_contract_free(oko_contract *contract)
{
    if (contract == NULL)
        return;
    oko_schema_set_free(contract->schemas);
    oko_arena_free(contract->arena);
    free(contract->operations);
    free(contract->named);
    json_decref(contract->document);
    free(contract);
}

void oko_contract_freep(oko_contract **contract)
{
    oko_contract_free(*contract);
    *contract = NULL;
}

oko_str oko_contract_bytes(const oko_contract *contract)
{
    return contract->bytes;
}

const char *oko_contract_root(const oko_contract *contract)
{
    return contract->root;
}

size_t oko_contract_count(const oko_contract *contract)
{
    return contract->n;
}

const oko_operation *oko_contract_at(const oko_contract *contract, size_t i)
{
    return i < contract->n ? contract->operations[i] : NULL;
}

const oko_operation *oko_contract_operation(const oko_contract *contract, const char *id)
{
    for (size_t i = 0; i < contract->n; i++) {
        if (strcmp(contract->operations[i]->id, id) == 0)
            return contract->operations[i];
    }
    return NULL;
}

const json_t *oko_contract_schema_json(const oko_contract *contract, const char *name)
{
    const json_t *components = json_object_get(contract->document, "components");
    return json_object_get(json_object_get(components, "schemas"), name);
}

const oko_schema *oko_contract_schema(const oko_contract *contract, const char *name)
{
    for (size_t i = 0; i < contract->n_named; i++) {
        if (strcmp(contract->named[i].name, name) == 0)
            return contract->named[i].schema;
    }
    return NULL;
}

const oko_operation *oko_contract_find(const oko_contract *contract, const char *method, const oko_target *target,
                                       const char *values[OKO_TARGET_MAX_SEGMENTS], bool *ret_known, char allow[64])
{
    return contract_tree_find(contract->tree, method, target, values, ret_known, allow);
}
