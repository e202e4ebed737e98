/* Plan of a run: the procedures that have data at a revision, in an order that puts a cohort's tests one after the
 * other, and the units that take part. */
#ifndef OKO_ANALYSIS_PLAN_H
#define OKO_ANALYSIS_PLAN_H

#include "analysis/states.h"

enum { OKO_PLAN_MAX_PROCEDURES = 10000 };

typedef struct oko_plan {
    size_t n, cap;
    oko_procedure *at; /* by subject, cohort (year − grade), year, code */
    uint8_t *used;     /* [reg->n] units with data */
} oko_plan;

/* Lists the procedures with sheets, usable histograms or comparisons with journal marks. Reads no BLOB. OKO_E_MEMORY,
 * OKO_E_LIMIT, or the store's. */
oko_status oko_plan_make(oko_store *store, int64_t revision, const oko_register *reg, oko_plan *ret_plan,
                         oko_error *err) OKO_WARN_UNUSED;
void oko_plan_clear(oko_plan *plan);
/* The procedure that the cohort of p wrote before, when it is in the plan; else NULL. */
const oko_procedure *oko_plan_previous(const oko_plan *plan, const oko_procedure *p);

#endif
