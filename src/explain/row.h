/* A row of evidence: a result of the evidence run, read once for those who tell of it. */
#ifndef OKO_EXPLAIN_ROW_H
#define OKO_EXPLAIN_ROW_H

#include "analysis/evidence.h"
#include "analysis/register.h"

#include <jansson.h>

/* Texts point into the result, its register and the row's own JSON; valid until oko_sign_row_clear. NaN: not computed.
 */
typedef struct oko_sign_row {
    const oko_result *result;
    const char *municipality, *school, *class_label; /* "" where it does not apply */
    const char *class_key; /* label of its sheets, the same in all years of a cohort; "" for a school */
    bool of_class;         /* one class; else the whole school (or a larger unit) */
    double p[OKO_FAMILY_COUNT], log_p[OKO_FAMILY_COUNT];
    const char *top[OKO_FAMILY_COUNT]; /* statistic; NULL when not computed */
    oko_evidence evidence;
    const char *reliability; /* "none", "low", "fair", "good" */
    const char *family;      /* with the smallest p; NULL */
    int cohort;              /* 0: none */
    double absent_n;
    json_t *details;
} oko_sign_row;

/* An effect with its 95 % interval. */
typedef struct oko_sign_effect {
    double value, lo, hi;
} oko_sign_effect;

/* reg may be NULL: then the codes of municipality and school stay "". The result must outlive the row. */
void oko_sign_row_read(const oko_result *result, const oko_register *reg, oko_sign_row *ret_row);
void oko_sign_row_clear(oko_sign_row *row);

/* Does this family have something to say: p under .05? */
bool oko_sign_speaks(const oko_sign_row *row, int family);
/* "marks", "lifted" or "absent" of the details; NaN where not computed. */
oko_sign_effect oko_sign_effect_of(const oko_sign_row *row, const char *key);
/* The same of an object inside the details; NULL has nothing. */
oko_sign_effect oko_sign_effect_in(const json_t *object, const char *key);
/* A number of the details; NaN. */
double oko_sign_number(const oko_sign_row *row, const char *key);

/* All rows of one unit (a school: its own and its classes'), in the order of the store: by procedure. */
typedef struct oko_sign_rows {
    size_t n, cap;
    oko_result *results; /* owned copies */
    oko_sign_row *at;    /* [n] */
} oko_sign_rows;

enum { OKO_SIGN_ROWS_MAX = 1000000 };

/* with_merged: also the rows of units that were merged into it. reg may be NULL. OKO_E_MEMORY, OKO_E_LIMIT, or the
 * store's status. Clear with oko_sign_rows_clear. */
oko_status oko_sign_rows_load(oko_store *store, int64_t run, int64_t unit, bool with_merged, const oko_register *reg,
                              oko_sign_rows *ret_rows, oko_error *err) OKO_WARN_UNUSED;
void oko_sign_rows_clear(oko_sign_rows *rows);

#endif
