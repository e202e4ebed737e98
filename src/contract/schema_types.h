/* What a schema is after compilation; private to this folder. */
#ifndef OKO_CONTRACT_SCHEMA_TYPES_H
#define OKO_CONTRACT_SCHEMA_TYPES_H

#include "contract/schema.h"

#include <regex.h>

enum {
    OKO_TYPE_NULL = 1,
    OKO_TYPE_BOOLEAN = 2,
    OKO_TYPE_OBJECT = 4,
    OKO_TYPE_ARRAY = 8,
    OKO_TYPE_NUMBER = 16,
    OKO_TYPE_STRING = 32,
    OKO_TYPE_INTEGER = 64
};

typedef enum oko_format { OKO_FORMAT_NONE, OKO_FORMAT_DATE, OKO_FORMAT_DATE_TIME } oko_format;

typedef struct oko_property {
    const char *name;
    const oko_schema *schema;
} oko_property;

struct oko_schema {
    const json_t *source;  /* which object of the document it was made from */
    const oko_schema *ref; /* $ref; everything else is checked too */
    unsigned types;        /* mask; 0 = any */
    size_t n_properties;
    oko_property *properties;
    size_t n_required;
    const char **required;
    bool closed;                  /* additionalProperties: false */
    const oko_schema *additional; /* additionalProperties: {…} */
    const oko_schema *items;
    int64_t min_items, max_items, min_length, max_length; /* −1: no limit */
    bool unique;
    bool has_min, has_max, min_exclusive, max_exclusive;
    double min, max;
    const json_t *one_of_values; /* enum */
    const json_t *constant;      /* const */
    regex_t *pattern;
    const char *pattern_text;
    oko_format format;
    size_t n_one, n_any, n_all;
    const oko_schema **one, **any, **all;
};

#endif
