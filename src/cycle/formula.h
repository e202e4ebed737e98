/*
 * Formulas of indicators: an expression over documented variables, such as
 *
 *     share(lowered, with_journal)
 *     100 * (1 - marked / schools)
 *
 * The language is that of Lua's arithmetic expressions (+ − * / ^ and parentheses, numbers, names, calls), parsed and
 * run by Lua 5.4 in a box without libraries, with limits on text, steps and memory. Values are not plain numbers: each
 * knows whether it is missing and why, and how it was made. Missing is not zero: whatever is computed from a missing
 * value is missing, and so is a division by zero.
 *
 * Functions: share(a, b) = 100·a/b · min, max, sum, mean (of one and more; missing when one is) · present(a, …) = how
 * many are not missing · first(a, b, …) = the first that is not missing · round(a, digits) · abs(a) · at_least(a, b),
 * above(a, b), at_most(a, b), below(a, b) = 1 or 0 · choose(condition, a, b) = a when the condition is not 0.
 */
#ifndef OKO_CYCLE_FORMULA_H
#define OKO_CYCLE_FORMULA_H

#include <oko/status.h>

#include <jansson.h>
#include <stdbool.h>

/* Names of the functions; NULL at the end. */
const char *const *oko_formula_functions(void);

enum {
    OKO_FORMULA_BYTES = 2000,   /* of text */
    OKO_FORMULA_NODES = 2000,   /* of the trace */
    OKO_FORMULA_VARIABLES = 64, /* used in one formula */
    OKO_VARIABLE_BYTES = 64
};

/* A number, or why there is none. */
typedef struct oko_value {
    double v; /* NaN when missing */
    bool missing;
    char why[48];   /* message key: "formula.zero", "indicator.no_data", …; "" when not missing */
    json_t *source; /* what a variable was counted from: JSON object or NULL; owned by whoever made the value */
} oko_value;

/* Value of a variable. *ret_value->source is a new reference or NULL. OKO_E_NOT_FOUND: there is no such variable. */
typedef oko_status (*oko_variable_fn)(void *ctx, const char *name, oko_value *ret_value);
/* Is there such a variable? */
typedef bool (*oko_variable_known_fn)(void *ctx, const char *name);

typedef struct oko_formula_names {
    int n;
    char at[OKO_FORMULA_VARIABLES][OKO_VARIABLE_BYTES];
} oko_formula_names;

/*
 * Checks a formula without computing it; ret_names (may be NULL): the variables it uses, in order of appearance.
 * OKO_E_FORMAT with err->field = "line:column" of the fault and err->id = "formula.empty", "formula.character",
 * "formula.word" (a word of the language that has no place here), "formula.unknown" (variable or function),
 * "formula.syntax"; OKO_E_LIMIT "formula.long"; OKO_E_MEMORY.
 */
oko_status oko_formula_check(const char *text, oko_variable_known_fn known, void *ctx, oko_formula_names *ret_names,
                             oko_error *err) OKO_WARN_UNUSED;

/*
 * Computes it. ret_trace (may be NULL): how the number came about, a tree of {op | variable | number, value or null,
 * why, args, source}; new reference. Errors of the check, and OKO_E_FORMAT "formula.call" (wrong number of arguments),
 * OKO_E_LIMIT "formula.heavy", or the status of `fn`. The value has no source.
 */
oko_status oko_formula_compute(const char *text, oko_variable_fn fn, void *ctx, oko_value *ret_value,
                               json_t **ret_trace, oko_error *err) OKO_WARN_UNUSED;

#endif
