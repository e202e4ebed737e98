/* Inside of the own view: what it was read from, shared by its two forms. */
#ifndef OKO_REPORT_OWN_VIEW_INSIDE_H
#define OKO_REPORT_OWN_VIEW_INSIDE_H

#include "analysis/register.h"
#include "explain/explain.h"
#include "report/own_view.h"

typedef struct oko_own_procedure {
    char code[OKO_CODE_BYTES];
    int64_t id;
    int year;
    const char *title; /* arena */
} oko_own_procedure;

typedef struct oko_own_school {
    int64_t id;
    char type[32], place[16], cluster[48];
} oko_own_school;

typedef struct oko_own {
    oko_store *store;
    const oko_text *text;
    oko_arena *arena;
    oko_unit unit;
    bool published;
    int64_t run, evidence, evidence_revision;
    oko_register reg;
    oko_peers read_peers;
    const oko_peers *peers;
    size_t n_procedures, cap_procedures;
    oko_own_procedure *procedures; /* by code */
    size_t n_schools, cap_schools;
    oko_own_school *schools; /* by id */
    json_t *years;           /* by year, as text */
    oko_error *err;
} oko_own;

const oko_own_procedure *oko_own_procedure_find(const oko_own *o, const char *code);
/* Adds to the unit's year: one procedure with so many works, mean % (NaN: not known), and a level of evidence. */
oko_status oko_own_year(oko_own *o, int year, int64_t works, double percent) OKO_WARN_UNUSED;
oko_status oko_own_year_evidence(oko_own *o, int year, const char *level, int64_t n) OKO_WARN_UNUSED;
oko_status oko_own_no_memory(oko_error *err);
json_t *oko_own_number(double x); /* null for NaN */

/* The school's procedures (own_view_school.c) and those of larger units (own_view_large.c), as lists. */
oko_status oko_own_school_list(oko_own *o, json_t *list) OKO_WARN_UNUSED;
oko_status oko_own_large_list(oko_own *o, json_t *list) OKO_WARN_UNUSED;
/* Where a school with this mean (% of the maximum) stands among similar ones; new reference. */
json_t *oko_own_band(const oko_own *o, const oko_peer_test *test, int64_t n, double percent);

#endif
