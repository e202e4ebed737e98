/* Aggregates: what reports without pupils say of a unit; and entries of external lists. */
#ifndef OKO_DOMAIN_AGGREGATE_H
#define OKO_DOMAIN_AGGREGATE_H

#include "domain/procedure.h"

#include <stdint.h>

typedef enum oko_aggregate_kind {
    OKO_AGGREGATE_MARKS,     /* Ф3: % of marks 2, 3, 4, 5 */
    OKO_AGGREGATE_JOURNAL,   /* counts lowered, confirmed, raised, then % of the same three */
    OKO_AGGREGATE_HISTOGRAM, /* value per raw score 0…max */
    OKO_AGGREGATE_KIND_COUNT
} oko_aggregate_kind;

const char *oko_aggregate_kind_name(oko_aggregate_kind kind);

typedef struct oko_aggregate {
    oko_aggregate_kind kind;
    int64_t procedure;
    int64_t unit;    /* country, region, municipality or school */
    int64_t n_units; /* «Кол-во ОО», −1 when not given */
    int64_t n;       /* pupils; −1 when not given */
    bool percent;    /* values are percent of n, else counts */
    int n_values;
    double values[OKO_MAX_TOTAL + 1]; /* NaN where the cell is empty */
} oko_aggregate;

/* One school in a list that came from outside (внешний список), e.g. schools with signs found by the federal level. */
typedef struct oko_external {
    char list[120]; /* title of the list */
    int year;
    char source[160];
    int64_t unit;
    char procedure[OKO_CODE_BYTES]; /* code or "" */
    char reason[240];               /* as given, free text */
} oko_external;

#endif
