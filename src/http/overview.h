/*
 * A region or a municipality at a glance: what the rows of both newest runs come to, by municipality and by year.
 * Counts of schools, not of verdicts: a school counts once, with the strongest evidence that any of its procedures has.
 */
#ifndef OKO_HTTP_OVERVIEW_H
#define OKO_HTTP_OVERVIEW_H

#include "http/run_rows.h"

/* What rows of evidence come to for one school. */
typedef struct oko_seen {
    int8_t evidence;                 /* the strongest; −1: none was looked for */
    int8_t family[OKO_FAMILY_COUNT]; /* the strongest of the rows in which the family speaks, from attention on; −1 */
    int32_t procedures, marked;      /* with rows; with signs or strong ones */
    int64_t works;
} oko_seen;
#define OKO_SEEN_NOTHING                                                                                               \
    {                                                                                                                  \
        .evidence = -1, .family = { -1, -1, -1, -1, -1 }                                                               \
    }
void oko_seen_take(oko_seen *s, const oko_run_row *r);

enum { OKO_OVERVIEW_SCHOOLS = 10 }; /* fewer schools with evidence have no share */

typedef struct oko_overview_query {
    int64_t unit;          /* region or municipality */
    const char *procedure; /* NULL: all */
    int year;              /* 0: all */
} oko_overview_query;

/*
 * Writes the members of the contract's UnitOverview that come from rows, as "…,"-separated members without braces:
 * procedures, years, all, dynamics, municipalities, cutoffs. evidence, rules: rows of the runs, either may be NULL when
 * there is no such run. OKO_E_MEMORY, or the buffer's status.
 */
oko_status oko_overview_write(const oko_tree *tree, size_t at, const oko_run_rows *evidence, const oko_run_rows *rules,
                              const oko_overview_query *query, oko_buffer *out) OKO_WARN_UNUSED;

typedef enum oko_schools_sort {
    OKO_SCHOOLS_BY_CODE,
    OKO_SCHOOLS_BY_NAME,
    OKO_SCHOOLS_BY_WORKS,
    OKO_SCHOOLS_BY_EVIDENCE
} oko_schools_sort;

typedef struct oko_schools_query {
    const char *procedure; /* NULL: all */
    int year;              /* 0: all */
    size_t from, to;       /* places of the register */
    int least;             /* evidence; −1: any */
    int family;            /* that speaks; −1: any */
    const char *folded;    /* part of code and name, folded; NULL: any */
    oko_schools_sort sort;
    bool down;
    int64_t offset, limit;
} oko_schools_query;

/* Writes "items":[…],"total":n of the contract's SchoolList. OKO_E_MEMORY, or the buffer's status. */
oko_status oko_schools_write(const oko_tree *tree, const oko_run_rows *evidence, const oko_schools_query *query,
                             oko_buffer *out) OKO_WARN_UNUSED;

#endif
