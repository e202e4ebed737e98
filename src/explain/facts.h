/* Facts of a group that speak for or against an ordinary reason. */
#ifndef OKO_EXPLAIN_FACTS_H
#define OKO_EXPLAIN_FACTS_H

#include "explain/peers.h"

typedef enum oko_fact {
    OKO_FACT_N,              /* works */
    OKO_FACT_OF_MAX,         /* mean of the group, % of the maximum */
    OKO_FACT_TEST_OF_MAX,    /* mean of all schools, % of the maximum */
    OKO_FACT_FIFTH,          /* 1…5: fifth of schools by what other evidence expects */
    OKO_FACT_OTHER_HIGH,     /* % of the school's other procedures with a result in the highest fifth */
    OKO_FACT_SELECTIVE,      /* 1: gymnasium, lyceum, … by the register; 0: another type; unknown without one */
    OKO_FACT_FLAGGED,        /* % of schools with signs in this procedure */
    OKO_FACT_FAMILY_SHARE,   /* % of schools where the leading family has p < .05 */
    OKO_FACT_COHORT_CHANGE,  /* change of the number of pupils since the cohort's nearest other year, % */
    OKO_FACT_ABSENT,         /* absent, % of the roll */
    OKO_FACT_ABSENCE_SPREAD, /* overdispersion of absence between schools: 1 = by chance alone */
    OKO_FACT_CLASSES_MARKED, /* % of the school's classes that have signs, when there are two or more */
    OKO_FACT_VARIANTS,       /* variants of the work in the group */
    OKO_FACT_REPEATED,       /* other procedures of the school where the leading family has p < .05 */
    OKO_FACT_COUNT
} oko_fact;

/* "n", "of_max", …: the names in reference/explain/reasons.json. "" for another number. */
const char *oko_fact_name(oko_fact fact);

/* What is known beside the rows. */
typedef struct oko_fact_sources {
    const oko_sign_row *rows; /* [n] all rows of the school: its own and its classes' */
    size_t n;
    const oko_peers *peers; /* NULL: not known */
    const char *type;       /* of the school in the register; "" */
    int variants;           /* 0: not known */
} oko_fact_sources;

/* NaN: not known. */
void oko_facts_of(const oko_sign_row *row, const oko_fact_sources *sources, double ret_facts[OKO_FACT_COUNT]);

/* Variants that the works of a school (label NULL) or of one class name in a procedure; 0 when they name none. */
oko_status oko_fact_variants(oko_store *store, int64_t procedure, int64_t revision, int64_t school, const char *label,
                             int *ret_variants, oko_error *err) OKO_WARN_UNUSED;

#endif
