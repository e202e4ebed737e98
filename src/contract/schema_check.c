/* A value against a compiled schema. */
#include "contract/schema_types.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 128, MAX_STEPS = 4000000 };

typedef struct checker {
    oko_violations *found; /* NULL: only yes or no is wanted */
    char pointer[OKO_POINTER_BYTES];
    size_t len;
    int depth;
    int64_t *steps; /* bounds the whole work, nested oneOf included */
} checker;

void oko_violations_add(oko_violations *list, const char *pointer, const char *key, const char *arg)
{
    if (list == NULL || list->n >= OKO_VIOLATIONS_MAX)
        return;
    oko_violation *v = &list->item[list->n++];
    (void)oko_str_copy(v->pointer, sizeof v->pointer, oko_str_of(pointer));
    (void)oko_str_copy(v->arg, sizeof v->arg, oko_str_of(arg));
    v->key = key;
}

static bool violation(checker *c, const char *key, const char *arg)
{
    oko_violations_add(c->found, c->pointer, key, arg);
    return false;
}

static bool violation_number(checker *c, const char *key, double limit)
{
    char text[40];
    (void)snprintf(text, sizeof text, "%.15g", limit);
    return violation(c, key, text);
}

/* Appends "/name" with ~ and / escaped; a pointer that grows too long stays cut. */
static size_t enter(checker *c, const char *name)
{
    size_t before = c->len;
    if (c->len + 1 < sizeof c->pointer)
        c->pointer[c->len++] = '/';
    for (const char *p = name; *p != '\0' && c->len + 3 < sizeof c->pointer; p++) {
        if (*p == '~' || *p == '/') {
            c->pointer[c->len++] = '~';
            c->pointer[c->len++] = *p == '~' ? '0' : '1';
        } else {
            c->pointer[c->len++] = *p;
        }
    }
    c->pointer[c->len] = '\0';
    return before;
}

static void leave(checker *c, size_t before)
{
    c->len = before;
    c->pointer[before] = '\0';
}

static bool check(checker *c, const oko_schema *s, const json_t *value);

static unsigned type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
        return OKO_TYPE_NULL;
    case JSON_TRUE:
    case JSON_FALSE:
        return OKO_TYPE_BOOLEAN;
    case JSON_OBJECT:
        return OKO_TYPE_OBJECT;
    case JSON_ARRAY:
        return OKO_TYPE_ARRAY;
    case JSON_STRING:
        return OKO_TYPE_STRING;
    case JSON_INTEGER:
        return OKO_TYPE_INTEGER | OKO_TYPE_NUMBER;
    default: { /* 4.0 is a whole number too */
        double v = json_real_value(value);
        return v == floor(v) && fabs(v) < 9e15 ? OKO_TYPE_INTEGER | OKO_TYPE_NUMBER : OKO_TYPE_NUMBER;
    }
    }
}

static const char *type_names(unsigned types, char *text, size_t bytes)
{
    static const char *const names[] = { "null", "boolean", "object", "array", "number", "string", "integer" };
    text[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if ((types & (1U << i)) != 0) {
            size_t used = strlen(text);
            (void)snprintf(text + used, bytes - used, "%s%s", used > 0 ? ", " : "", names[i]);
        }
    }
    return text;
}

/* ---- texts ---- */
static int64_t code_points(const char *text, size_t bytes)
{
    int64_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n += ((unsigned char)text[i] & 0xC0U) != 0x80U;
    return n;
}

static bool digits(const char *text, size_t from, size_t n, int min, int max)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    return value >= min && value <= max;
}

static bool is_date(const char *t)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (!digits(t, 0, 4, 1900, 2999) || t[4] != '-' || !digits(t, 5, 2, 1, 12) || t[7] != '-')
        return false;
    int year = (t[0] - '0') * 1000 + (t[1] - '0') * 100 + (t[2] - '0') * 10 + (t[3] - '0');
    int month = (t[5] - '0') * 10 + (t[6] - '0');
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return digits(t, 8, 2, 1, month == 2 && !leap ? 28 : days[month - 1]);
}

/* yyyy-mm-ddThh:mm:ss[.fff](Z|±hh:mm) */
static bool is_date_time(const char *t, size_t n)
{
    if (n < 20 || n > 35 || !is_date(t) || t[10] != 'T' || !digits(t, 11, 2, 0, 23) || t[13] != ':' ||
        !digits(t, 14, 2, 0, 59) || t[16] != ':' || !digits(t, 17, 2, 0, 59))
        return false;
    size_t at = 19;
    if (t[at] == '.') {
        size_t fraction = strspn(t + at + 1, "0123456789");
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    if (t[at] == 'Z')
        return at + 1 == n;
    return (t[at] == '+' || t[at] == '-') && at + 6 == n && digits(t, at + 1, 2, 0, 23) && t[at + 3] == ':' &&
           digits(t, at + 4, 2, 0, 59);
}

static bool check_text(checker *c, const oko_schema *s, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t bytes = json_string_length(value);
    int64_t n = s->min_length >= 0 || s->max_length >= 0 ? code_points(text, bytes) : 0;
    if (s->min_length >= 0 && n < s->min_length)
        return n == 0 ? violation(c, "contract.empty", "")
                      : violation_number(c, "contract.too_short", (double)s->min_length);
    if (s->max_length >= 0 && n > s->max_length)
        return violation_number(c, "contract.too_long", (double)s->max_length);
    if (s->format == OKO_FORMAT_DATE && (bytes != 10 || !is_date(text)))
        return violation(c, "contract.not_a_date", "");
    if (s->format == OKO_FORMAT_DATE_TIME && !is_date_time(text, bytes))
        return violation(c, "contract.not_a_time", "");
    if (s->pattern != NULL &&
        (bytes > OKO_PATTERN_MAX_TEXT || strlen(text) != bytes || regexec(s->pattern, text, 0, NULL, 0) != 0))
        return violation(c, "contract.pattern", s->pattern_text);
    return true;
}

static bool check_number(checker *c, const oko_schema *s, const json_t *value)
{
    double v = json_number_value(value);
    if (s->has_min && (s->min_exclusive ? v <= s->min : v < s->min))
        return violation_number(c, s->min_exclusive ? "contract.not_above" : "contract.too_small", s->min);
    if (s->has_max && (s->max_exclusive ? v >= s->max : v > s->max))
        return violation_number(c, s->max_exclusive ? "contract.not_below" : "contract.too_large", s->max);
    return true;
}

/* ---- lists and objects ---- */
static bool check_array(checker *c, const oko_schema *s, const json_t *value)
{
    size_t n = json_array_size(value);
    bool fits = true;
    if (s->min_items >= 0 && n < (size_t)s->min_items)
        return violation_number(c, "contract.too_few", (double)s->min_items);
    if (s->max_items >= 0 && n > (size_t)s->max_items)
        return violation_number(c, "contract.too_many", (double)s->max_items);
    for (size_t i = 0; s->items != NULL && i < n; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "%zu", i);
        size_t before = enter(c, name);
        fits = check(c, s->items, json_array_get(value, i)) && fits;
        leave(c, before);
        if (!fits && c->found == NULL)
            return false;
    }
    for (size_t i = 0; s->unique && i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (++*c->steps > MAX_STEPS || json_equal(json_array_get(value, i), json_array_get(value, k)))
                return violation(c, "contract.not_unique", "");
        }
    }
    return fits;
}

static const oko_schema *property(const oko_schema *s, const char *name)
{
    for (size_t i = 0; i < s->n_properties; i++) {
        if (strcmp(s->properties[i].name, name) == 0)
            return s->properties[i].schema;
    }
    return NULL;
}

static bool check_member(checker *c, const oko_schema *s, const char *name, const json_t *value)
{
    const oko_schema *known = property(s, name);
    if (known == NULL && s->closed)
        return violation(c, "contract.unknown_member", "");
    if (known == NULL)
        known = s->additional;
    return known == NULL || check(c, known, value);
}

static bool check_object(checker *c, const oko_schema *s, const json_t *value)
{
    bool fits = true;
    const char *name;
    json_t *member;
    for (size_t i = 0; i < s->n_required; i++) {
        if (json_object_get(value, s->required[i]) != NULL)
            continue;
        size_t before = enter(c, s->required[i]);
        fits = violation(c, "contract.missing", "");
        leave(c, before);
    }
    if (s->n_properties == 0 && !s->closed && s->additional == NULL)
        return fits;
    json_object_foreach((json_t *)(uintptr_t)value, name, member)
    {
        size_t before = enter(c, name);
        fits = check_member(c, s, name, member) && fits;
        leave(c, before);
        if (!fits && c->found == NULL)
            return false;
    }
    return fits;
}

/* ---- combinations ---- */
static size_t how_many_fit(checker *c, const oko_schema *const *list, size_t n, const json_t *value)
{
    size_t fit = 0;
    checker silent = *c;
    silent.found = NULL;
    for (size_t i = 0; i < n; i++)
        fit += check(&silent, list[i], value);
    return fit;
}

static bool check_combinations(checker *c, const oko_schema *s, const json_t *value)
{
    bool fits = s->ref == NULL || check(c, s->ref, value);
    for (size_t i = 0; i < s->n_all; i++)
        fits = check(c, s->all[i], value) && fits;
    if (s->n_any > 0 && how_many_fit(c, s->any, s->n_any, value) == 0)
        return s->n_any == 1 ? check(c, s->any[0], value) : violation(c, "contract.none_fits", "");
    if (s->n_one > 0 && how_many_fit(c, s->one, s->n_one, value) != 1)
        return violation(c, "contract.none_fits", "");
    return fits;
}

static bool check_values(checker *c, const oko_schema *s, const json_t *value)
{
    if (s->constant != NULL && !json_equal(s->constant, value))
        return violation(c, "contract.not_allowed", json_is_string(s->constant) ? json_string_value(s->constant) : "");
    if (s->one_of_values == NULL)
        return true;
    char allowed[256] = "";
    for (size_t i = 0; i < json_array_size(s->one_of_values); i++) {
        const json_t *one = json_array_get(s->one_of_values, i);
        if (json_equal(one, value))
            return true;
        size_t used = strlen(allowed);
        if (json_is_string(one))
            (void)snprintf(allowed + used, sizeof allowed - used, "%s%s", used > 0 ? ", " : "", json_string_value(one));
    }
    return violation(c, "contract.not_allowed", allowed);
}

static bool check(checker *c, const oko_schema *s, const json_t *value)
{
    if (c->depth >= MAX_DEPTH || ++*c->steps > MAX_STEPS)
        return violation(c, "contract.too_deep", "");
    unsigned type = type_of(value);
    if (s->types != 0 && (s->types & type) == 0) {
        char names[96];
        return violation(c, "contract.type", type_names(s->types, names, sizeof names));
    }
    c->depth++;
    bool fits = check_values(c, s, value);
    if ((type & OKO_TYPE_STRING) != 0)
        fits = check_text(c, s, value) && fits;
    else if ((type & OKO_TYPE_NUMBER) != 0)
        fits = check_number(c, s, value) && fits;
    else if ((type & OKO_TYPE_ARRAY) != 0)
        fits = check_array(c, s, value) && fits;
    else if ((type & OKO_TYPE_OBJECT) != 0)
        fits = check_object(c, s, value) && fits;
    fits = check_combinations(c, s, value) && fits;
    c->depth--;
    return fits;
}

bool oko_schema_check(const oko_schema *schema, const json_t *value, oko_violations *found)
{
    int64_t steps = 0;
    checker c = { .found = found, .steps = &steps };
    return check(&c, schema, value);
}

oko_schema_kind oko_schema_kind_of(const oko_schema *schema)
{
    while (schema->types == 0 && schema->ref != NULL)
        schema = schema->ref;
    switch (schema->types & ~(unsigned)OKO_TYPE_NULL) {
    case OKO_TYPE_INTEGER:
        return OKO_VALUE_INTEGER;
    case OKO_TYPE_NUMBER:
        return OKO_VALUE_NUMBER;
    case OKO_TYPE_BOOLEAN:
        return OKO_VALUE_BOOLEAN;
    case OKO_TYPE_ARRAY:
        return OKO_VALUE_LIST;
    case OKO_TYPE_STRING:
        return OKO_VALUE_TEXT;
    default:
        return OKO_VALUE_OTHER;
    }
}

const oko_schema *oko_schema_items(const oko_schema *schema)
{
    while (schema->items == NULL && schema->ref != NULL)
        schema = schema->ref;
    return schema->items;
}
