/* The reference stratum (опорная группа) of a revision: which classes of which procedures are in it. */
#ifndef OKO_ANALYSIS_STRATA_H
#define OKO_ANALYSIS_STRATA_H

#include "analysis/register.h"

#include "domain/finding.h"

enum { OKO_STRATA_MAX = 10000000 };

typedef struct oko_stratum_entry {
    size_t place; /* index in the register */
    oko_reference reference;
} oko_stratum_entry;

typedef struct oko_strata {
    size_t n, cap;
    oko_stratum_entry *at; /* by place */
} oko_strata;

/* Entries of the stratum, withdrawn ones too. OKO_E_MEMORY, OKO_E_LIMIT, or the store's status. */
oko_status oko_strata_load(oko_store *store, int64_t revision, const oko_register *reg, oko_strata *ret_strata,
                           oko_error *err) OKO_WARN_UNUSED;
void oko_strata_clear(oko_strata *strata);

/* strata NULL: none. Is the class (label "": works without one) of the school in the stratum of the procedure? The most
 * particular entry that speaks of it decides: the procedure before the class before the grade before the year. */
bool oko_strata_has(const oko_strata *strata, size_t place, const oko_procedure *p, const char *class_label);

#endif
