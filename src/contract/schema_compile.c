/* JSON of the document → compiled schemas. Every object is compiled once, so schemas may refer to each other in rings.
 */
#include "contract/schema_types.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCHEMAS = 20000, MAX_DEPTH = 64 };

struct oko_schema_set {
    const json_t *root;
    oko_arena *arena;
    oko_schema **all; /* for the ring test and for regfree */
    size_t n, cap;
};

typedef struct compiler {
    oko_schema_set *set;
    const char *where;
    oko_error *err;
    int depth;
} compiler;

static oko_status bad(compiler *c, const char *what, const char *more)
{
    oko_status status = oko_error_set(c->err, OKO_E_FORMAT, "contract.bad_schema", c->where);
    oko_error_arg(c->err, "%s%s%s", what, more[0] != '\0' ? ": " : "", more);
    return status;
}

static oko_status out_of_memory(compiler *c)
{
    return oko_error_set(c->err, OKO_E_MEMORY, "", c->where);
}

oko_status oko_schema_set_new(const json_t *root, oko_schema_set **ret_set)
{
    oko_schema_set *set = oko_calloc_array(1, sizeof *set);
    if (set == NULL)
        return OKO_E_MEMORY;
    set->root = root;
    oko_status status = oko_arena_new(0, &set->arena);
    if (status != OKO_OK) {
        free(set);
        return status;
    }
    *ret_set = set;
    return OKO_OK;
}

void oko_schema_set_free(oko_schema_set *set)
{
    if (set == NULL)
        return;
    for (size_t i = 0; i < set->n; i++) {
        if (set->all[i]->pattern != NULL)
            regfree(set->all[i]->pattern);
    }
    free(set->all);
    oko_arena_free(set->arena);
    free(set);
}

static oko_status compile(compiler *c, const json_t *json, const oko_schema **ret_schema);

static unsigned type_of_name(const char *name)
{
    static const struct {
        const char *name;
        unsigned type;
    } names[] = { { "null", OKO_TYPE_NULL },      { "boolean", OKO_TYPE_BOOLEAN }, { "object", OKO_TYPE_OBJECT },
                  { "array", OKO_TYPE_ARRAY },    { "number", OKO_TYPE_NUMBER },   { "string", OKO_TYPE_STRING },
                  { "integer", OKO_TYPE_INTEGER } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0)
            return names[i].type;
    }
    return 0;
}

static oko_status read_type(compiler *c, oko_schema *s, const json_t *value)
{
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        unsigned type = name != NULL ? type_of_name(name) : 0;
        if (type == 0)
            return bad(c, "type", name != NULL ? name : "?");
        s->types |= type;
    }
    return n > 0 ? OKO_OK : bad(c, "type", "[]");
}

static oko_status read_properties(compiler *c, oko_schema *s, const json_t *value)
{
    const char *name;
    json_t *one;
    if (!json_is_object(value))
        return bad(c, "properties", "");
    s->properties = oko_arena_alloc(c->set->arena, (json_object_size(value) + 1) * sizeof *s->properties);
    if (s->properties == NULL)
        return out_of_memory(c);
    json_object_foreach((json_t *)(uintptr_t)value, name, one)
    {
        oko_property *p = &s->properties[s->n_properties];
        p->name = name;
        oko_status status = compile(c, one, &p->schema);
        if (status != OKO_OK)
            return status;
        s->n_properties++;
    }
    return OKO_OK;
}

static oko_status read_required(compiler *c, oko_schema *s, const json_t *value)
{
    size_t n = json_array_size(value);
    s->required = oko_arena_alloc(c->set->arena, (n + 1) * sizeof *s->required);
    if (s->required == NULL)
        return out_of_memory(c);
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_array_get(value, i));
        if (name == NULL)
            return bad(c, "required", "");
        s->required[s->n_required++] = name;
    }
    return json_is_array(value) ? OKO_OK : bad(c, "required", "");
}

static oko_status read_list(compiler *c, const json_t *value, const oko_schema ***ret_list, size_t *ret_n)
{
    size_t n = json_array_size(value);
    const oko_schema **list = oko_arena_alloc(c->set->arena, (n + 1) * sizeof *list);
    if (list == NULL)
        return out_of_memory(c);
    for (size_t i = 0; i < n; i++) {
        oko_status status = compile(c, json_array_get(value, i), &list[i]);
        if (status != OKO_OK)
            return status;
    }
    *ret_list = list;
    *ret_n = n;
    return n > 0 ? OKO_OK : bad(c, "an empty list of schemas", "");
}

static oko_status read_pattern(compiler *c, oko_schema *s, const json_t *value)
{
    const char *text = json_string_value(value);
    /* A back-reference makes the matcher exponential. */
    if (text == NULL || strlen(text) > 200 || strchr(text, '\\') != NULL)
        return bad(c, "pattern", text != NULL ? text : "?");
    s->pattern = oko_arena_alloc(c->set->arena, sizeof *s->pattern);
    if (s->pattern == NULL)
        return out_of_memory(c);
    if (regcomp(s->pattern, text, REG_EXTENDED | REG_NOSUB) != 0) {
        s->pattern = NULL;
        return bad(c, "pattern", text);
    }
    s->pattern_text = text;
    return OKO_OK;
}

static oko_status read_format(compiler *c, oko_schema *s, const json_t *value)
{
    const char *name = json_is_string(value) ? json_string_value(value) : "?";
    if (strcmp(name, "date") == 0)
        s->format = OKO_FORMAT_DATE;
    else if (strcmp(name, "date-time") == 0)
        s->format = OKO_FORMAT_DATE_TIME;
    else if (strcmp(name, "binary") != 0 && strcmp(name, "int64") != 0 && strcmp(name, "password") != 0)
        return bad(c, "format", name);
    return OKO_OK;
}

static oko_status read_count(compiler *c, const char *key, const json_t *value, int64_t *ret)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return bad(c, key, "");
    *ret = json_integer_value(value);
    return OKO_OK;
}

static oko_status read_bound(compiler *c, const char *key, const json_t *value, oko_schema *s)
{
    bool lower = strcmp(key, "minimum") == 0 || strcmp(key, "exclusiveMinimum") == 0;
    bool exclusive = key[0] == 'e';
    if (!json_is_number(value))
        return bad(c, key, "");
    if (lower) {
        s->has_min = true;
        s->min_exclusive = exclusive;
        s->min = json_number_value(value);
    } else {
        s->has_max = true;
        s->max_exclusive = exclusive;
        s->max = json_number_value(value);
    }
    return OKO_OK;
}

static oko_status read_ref(compiler *c, oko_schema *s, const json_t *value)
{
    static const char prefix[] = "#/components/schemas/";
    const char *ref = json_is_string(value) ? json_string_value(value) : "?";
    const json_t *schemas = json_object_get(json_object_get(c->set->root, "components"), "schemas");
    const json_t *target =
        strncmp(ref, prefix, sizeof prefix - 1) == 0 ? json_object_get(schemas, ref + sizeof prefix - 1) : NULL;
    return target != NULL ? compile(c, target, &s->ref) : bad(c, "$ref", ref);
}

static oko_status read_additional(compiler *c, oko_schema *s, const json_t *value)
{
    if (json_is_boolean(value)) {
        s->closed = json_is_false(value);
        return OKO_OK;
    }
    return compile(c, value, &s->additional);
}

static bool is_note(const char *key)
{
    static const char *const notes[] = { "title",    "description",      "example",   "examples",
                                         "default",  "readOnly",         "writeOnly", "deprecated",
                                         "$comment", "contentMediaType", NULL };
    for (size_t i = 0; notes[i] != NULL; i++) {
        if (strcmp(notes[i], key) == 0)
            return true;
    }
    return strncmp(key, "x-", 2) == 0;
}

/* Keywords about texts, numbers and lists. *ret_known: it was one. */
static oko_status read_plain(compiler *c, oko_schema *s, const char *key, const json_t *value, bool *ret_known)
{
    static const char *const counts[] = { "minItems", "maxItems", "minLength", "maxLength" };
    int64_t *const targets[] = { &s->min_items, &s->max_items, &s->min_length, &s->max_length };
    *ret_known = true;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (strcmp(key, counts[i]) == 0)
            return read_count(c, key, value, targets[i]);
    }
    if (strcmp(key, "minimum") == 0 || strcmp(key, "maximum") == 0 || strcmp(key, "exclusiveMinimum") == 0 ||
        strcmp(key, "exclusiveMaximum") == 0)
        return read_bound(c, key, value, s);
    if (strcmp(key, "pattern") == 0)
        return read_pattern(c, s, value);
    if (strcmp(key, "format") == 0)
        return read_format(c, s, value);
    if (strcmp(key, "uniqueItems") == 0) {
        s->unique = json_is_true(value);
        return OKO_OK;
    }
    if (strcmp(key, "enum") == 0) {
        s->one_of_values = value;
        return json_array_size(value) > 0 ? OKO_OK : bad(c, "enum", "");
    }
    if (strcmp(key, "const") == 0) {
        s->constant = value;
        return OKO_OK;
    }
    *ret_known = is_note(key);
    return OKO_OK;
}

static oko_status read_keyword(compiler *c, oko_schema *s, const char *key, const json_t *value)
{
    bool known = false;
    if (strcmp(key, "type") == 0)
        return read_type(c, s, value);
    if (strcmp(key, "$ref") == 0)
        return read_ref(c, s, value);
    if (strcmp(key, "properties") == 0)
        return read_properties(c, s, value);
    if (strcmp(key, "required") == 0)
        return read_required(c, s, value);
    if (strcmp(key, "additionalProperties") == 0)
        return read_additional(c, s, value);
    if (strcmp(key, "items") == 0)
        return compile(c, value, &s->items);
    if (strcmp(key, "oneOf") == 0)
        return read_list(c, value, &s->one, &s->n_one);
    if (strcmp(key, "anyOf") == 0)
        return read_list(c, value, &s->any, &s->n_any);
    if (strcmp(key, "allOf") == 0)
        return read_list(c, value, &s->all, &s->n_all);
    oko_status status = read_plain(c, s, key, value, &known);
    return status != OKO_OK || known ? status : bad(c, "an unknown keyword", key);
}

static oko_status compile(compiler *c, const json_t *json, const oko_schema **ret_schema)
{
    const char *key;
    json_t *value;
    for (size_t i = 0; i < c->set->n; i++) {
        if (c->set->all[i]->source == json) {
            *ret_schema = c->set->all[i];
            return OKO_OK;
        }
    }
    if (!json_is_object(json) || c->depth >= MAX_DEPTH)
        return bad(c, json_is_object(json) ? "too deep" : "a schema must be an object", "");
    oko_schema *s = oko_arena_alloc(c->set->arena, sizeof *s);
    if (s == NULL || oko_grow(&c->set->all, &c->set->cap, c->set->n + 1, sizeof(oko_schema *), MAX_SCHEMAS) != OKO_OK)
        return out_of_memory(c);
    s->source = json;
    s->min_items = s->max_items = s->min_length = s->max_length = -1;
    c->set->all[c->set->n++] = s;
    c->depth++;
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        oko_status status = read_keyword(c, s, key, value);
        if (status != OKO_OK)
            return status;
    }
    c->depth--;
    *ret_schema = s;
    return OKO_OK;
}

oko_status oko_schema_compile(oko_schema_set *set, const json_t *json, const char *where, const oko_schema **ret_schema,
                              oko_error *err)
{
    compiler c = { .set = set, .where = where, .err = err };
    return compile(&c, json, ret_schema);
}
