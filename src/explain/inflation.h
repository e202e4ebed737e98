/* Words for the inflation of a region against its reference stratum. */
#ifndef OKO_EXPLAIN_INFLATION_H
#define OKO_EXPLAIN_INFLATION_H

#include "explain/row.h"
#include "reference/text.h"

/* Results about a unit, by procedure: an object of details with "computed" and, where not, "why". The caller owns the
 * reference. OKO_E_MEMORY, or the store's status. */
oko_status oko_inflation_load(oko_store *store, int64_t run, int64_t unit, json_t **ret_found,
                              oko_error *err) OKO_WARN_UNUSED;

enum { OKO_INFLATION_LINES = 24 };
typedef struct oko_inflation_line {
    const char *text; /* NULL when memory is out */
    bool detail;      /* belongs to the sentence above it */
} oko_inflation_line;

/* What one procedure's result says; returns the number of lines. */
int oko_inflation_lines(const oko_text *text, oko_arena *arena, const json_t *found,
                        oko_inflation_line ret_lines[OKO_INFLATION_LINES]);

#endif
