/* Texts of a path, a query or a header become JSON of the kind that the contract wants. */
#include "contract/contract.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LIST = 200 };

static json_t *whole(const char *text)
{
    char *end = NULL;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    bool form = text[0] != '\0' && text[strspn(text, "-0123456789")] == '\0' && text[0] != '+';
    return form && errno == 0 && *end == '\0' ? json_integer(v) : NULL;
}

static json_t *number(const char *text)
{
    char *end = NULL;
    errno = 0;
    double v = strtod(text, &end);
    bool form = text[0] != '\0' && text[strspn(text, "-+.eE0123456789")] == '\0';
    return form && errno == 0 && *end == '\0' && isfinite(v) ? json_real(v) : NULL;
}

static json_t *boolean(const char *text)
{
    if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
        return json_true();
    return strcmp(text, "false") == 0 || strcmp(text, "0") == 0 ? json_false() : NULL;
}

static json_t *one(oko_schema_kind kind, const char *text)
{
    switch (kind) {
    case OKO_VALUE_INTEGER:
        return whole(text);
    case OKO_VALUE_NUMBER:
        return number(text);
    case OKO_VALUE_BOOLEAN:
        return boolean(text);
    default:
        return json_string(text);
    }
}

static json_t *list(const oko_schema *items, const char *text)
{
    oko_schema_kind kind = items != NULL ? oko_schema_kind_of(items) : OKO_VALUE_TEXT;
    json_t *array = json_array();
    char part[256];
    for (const char *at = text; array != NULL && *text != '\0';) {
        size_t n = strcspn(at, ",");
        if (n >= sizeof part || json_array_size(array) >= MAX_LIST)
            break;
        memcpy(part, at, n);
        part[n] = '\0';
        if (json_array_append_new(array, one(kind, part)) != 0)
            break;
        if (at[n] == '\0')
            return array;
        at += n + 1;
    }
    if (*text == '\0')
        return array;
    json_decref(array);
    return NULL;
}

json_t *oko_parameter_read(const oko_parameter *parameter, const char *text, oko_violations *found)
{
    oko_schema_kind kind = oko_schema_kind_of(parameter->schema);
    json_t *value = kind == OKO_VALUE_LIST ? list(oko_schema_items(parameter->schema), text) : one(kind, text);
    oko_violations inner = { .n = 0 };
    if (value == NULL) {
        oko_violations_add(found, parameter->name, "contract.type",
                           kind == OKO_VALUE_INTEGER   ? "integer"
                           : kind == OKO_VALUE_NUMBER  ? "number"
                           : kind == OKO_VALUE_BOOLEAN ? "boolean"
                                                       : "array");
        return NULL;
    }
    if (oko_schema_check(parameter->schema, value, &inner))
        return value;
    for (size_t i = 0; i < inner.n; i++) /* the pointer names the parameter, not a place inside of it */
        oko_violations_add(found, parameter->name, inner.item[i].key, inner.item[i].arg);
    json_decref(value);
    return NULL;
}
