/*
 * A region or a municipality at a glance: what the rows of both newest runs come to, by municipality and by year.
 * Counts of schools, not of verdicts: a school counts once, with the strongest evidence that any of its procedures has.
 */
#ifndef OKO_HTTP_OVERVIEW_H
#define OKO_HTTP_OVERVIEW_H

#include "http/run_rows.h"

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

#endif
