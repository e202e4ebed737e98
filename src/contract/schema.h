/*
 * Schemas of api/openapi.yaml, compiled once: the part of JSON Schema 2020-12 that the file uses. A keyword that is
 * not known here is refused when the contract is opened, never passed over in silence.
 *
 * Known: $ref (to #/components/schemas/…), type (a name or a list), properties, required, additionalProperties, items,
 * minItems, maxItems, uniqueItems, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength and
 * maxLength (code points), pattern (POSIX extended, without back-references), format (date, date-time), oneOf, anyOf,
 * allOf. Notes (title, description, example, examples, default, readOnly, writeOnly, deprecated, x-…) say nothing about
 * a value.
 */
#ifndef OKO_CONTRACT_SCHEMA_H
#define OKO_CONTRACT_SCHEMA_H

#include <oko/status.h>

#include "base/memory.h"

#include <jansson.h>

typedef struct oko_schema oko_schema;

enum { OKO_VIOLATIONS_MAX = 20, OKO_POINTER_BYTES = 192, OKO_PATTERN_MAX_TEXT = 4096 };

/* One place of a value that is not as the schema wants it. */
typedef struct oko_violation {
    char pointer[OKO_POINTER_BYTES]; /* JSON pointer; "" is the whole value; cut when too long */
    const char *key;                 /* message key "contract.…"; lives for ever */
    char arg[96];                    /* {0}: a limit, a name, the allowed values; "" */
} oko_violation;

typedef struct oko_violations {
    size_t n; /* at most OKO_VIOLATIONS_MAX are kept */
    oko_violation item[OKO_VIOLATIONS_MAX];
} oko_violations;

void oko_violations_add(oko_violations *list, const char *pointer, const char *key, const char *arg);

/* Checks a value; false when there is a violation. found may be NULL (stops at the first). Thread-safe. */
bool oko_schema_check(const oko_schema *schema, const json_t *value, oko_violations *found);

/* What a text that came in a query or a path must become before it can be checked. */
typedef enum oko_schema_kind {
    OKO_VALUE_TEXT,
    OKO_VALUE_INTEGER,
    OKO_VALUE_NUMBER,
    OKO_VALUE_BOOLEAN,
    OKO_VALUE_LIST, /* values divided by commas */
    OKO_VALUE_OTHER
} oko_schema_kind;
oko_schema_kind oko_schema_kind_of(const oko_schema *schema);
const oko_schema *oko_schema_items(const oko_schema *schema); /* of a list; NULL: any */

/* ---- for the contract that owns them ---- */
typedef struct oko_schema_set oko_schema_set;
/* root: the whole document, which must outlive the set. */
oko_status oko_schema_set_new(const json_t *root, oko_schema_set **ret_set) OKO_WARN_UNUSED;
void oko_schema_set_free(oko_schema_set *set); /* NULL is fine */
/* Compiles one schema object (with all that it refers to). `where` goes into the error's field.
 * OKO_E_FORMAT "contract.bad_schema" (args: what), OKO_E_MEMORY. */
oko_status oko_schema_compile(oko_schema_set *set, const json_t *json, const char *where, const oko_schema **ret_schema,
                              oko_error *err) OKO_WARN_UNUSED;

#endif
