/* Inside of facts: the table of units × variables, and what fills it. */
#ifndef OKO_CYCLE_FACTS_TABLE_H
#define OKO_CYCLE_FACTS_TABLE_H

#include "analysis/register.h"
#include "cycle/facts.h"

enum { OKO_FACTS_VARIABLES = 128 };

struct oko_facts {
    oko_facts_query query; /* procedures: not used after loading */
    oko_register reg;
    json_t *variables, *fields; /* the reference lists; own the names */
    int n;                      /* variables */
    char name[OKO_FACTS_VARIABLES][OKO_VARIABLE_BYTES];
    const char *from[OKO_FACTS_VARIABLES]; /* "run", "evidence", "form", … */
    const char *why[OKO_FACTS_VARIABLES];  /* message key: why a unit has no number */
    double *value;                         /* [places × n]; NaN: missing */
    int64_t run, evidence, revision;
    size_t n_procedures;
    char (*procedures)[OKO_CODE_BYTES]; /* those that were read, by code */
};

/* Index of a variable; −1 when there is none. */
int oko_facts_find(const oko_facts *f, const char *name);
/* Adds to the unit and to all above it. A unit that is not in the register (a class) is left out. */
void oko_facts_add(oko_facts *f, int64_t unit, const char *name, double x);
/* Sets the number of this unit alone. */
void oko_facts_set(oko_facts *f, int64_t unit, const char *name, double x);
/* Makes 0 of what is missing, for all units: the source was there and counted nothing. */
void oko_facts_zero(oko_facts *f, const char *name);
/* Why units without a number have none. */
void oko_facts_why(oko_facts *f, const char *from, const char *why);

/* ---- what fills it ---- */
oko_status oko_facts_of_runs(oko_facts *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED;    /* facts_runs.c */
oko_status oko_facts_of_lists(oko_facts *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED;   /* facts_lists.c */
oko_status oko_facts_of_records(oko_facts *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED; /* facts_records.c */

#endif
