/* Inside of facts: the table of units × variables, and what fills it. */
#ifndef OKO_CYCLE_TALLY_TABLE_H
#define OKO_CYCLE_TALLY_TABLE_H

#include "analysis/register.h"
#include "cycle/tally.h"

enum { OKO_TALLY_VARIABLES = 128 };

struct oko_tally {
    oko_tally_query query; /* procedures: not used after loading */
    oko_register reg;
    json_t *variables, *fields; /* the reference lists; own the names */
    int n;                      /* variables */
    char name[OKO_TALLY_VARIABLES][OKO_VARIABLE_BYTES];
    bool pupils[OKO_TALLY_VARIABLES];      /* it counts pupils */
    const char *from[OKO_TALLY_VARIABLES]; /* "run", "evidence", "form", … */
    int of[OKO_TALLY_VARIABLES];           /* index of the form's field that it counts; −1: none */
    bool answered[OKO_TALLY_VARIABLES];    /* it counts the forms that answer the field */
    const char *why[OKO_TALLY_VARIABLES];  /* message key: why a unit has no number */
    double *value;                         /* [places × n]; NaN: missing */
    int64_t run, evidence, revision;
    size_t n_procedures;
    char (*procedures)[OKO_CODE_BYTES]; /* those that were read, by code */
};

/* Index of a variable; −1 when there is none. */
int oko_tally_find(const oko_tally *f, const char *name);
/* Adds to the unit and to all above it. A unit that is not in the register (a class) is left out. */
void oko_tally_add(oko_tally *f, int64_t unit, const char *name, double x);
/* Adds to this unit alone. */
void oko_tally_add_own(oko_tally *f, int64_t unit, const char *name, double x);
/* Makes 0 of what is missing, for all units: the source was there and counted nothing. */
void oko_tally_zero(oko_tally *f, const char *name);
/* Why units without a number have none. */
void oko_tally_why(oko_tally *f, const char *from, const char *why);

/* ---- what fills it ---- */
oko_status oko_tally_of_runs(oko_tally *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED;    /* tally_runs.c */
oko_status oko_tally_of_lists(oko_tally *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED;   /* tally_lists.c */
oko_status oko_tally_of_records(oko_tally *f, oko_store *store, oko_error *err) OKO_WARN_UNUSED; /* tally_records.c */

#endif
