/*
 * Store of computed indicator values: one number per indicator, unit and cycle, with what it was computed from. A value
 * is never changed: another computation makes a later one, the newest counts. Nothing here raises the revision of the
 * data.
 */
#ifndef OKO_STORE_VALUES_H
#define OKO_STORE_VALUES_H

#include "domain/record.h"
#include "store/store.h"

typedef struct oko_indicator_value {
    int64_t id;
    int64_t indicator;         /* record of the indicator … */
    int64_t indicator_version; /* … and its version, whose formula was used */
    char code[64];             /* of the indicator */
    int year;
    int64_t unit;
    int64_t campaign; /* record; 0: outside of a campaign */
    double value;     /* NaN: missing … */
    char why[48];     /* … and why (message key) */
    int64_t n;        /* pupils behind it (the largest of its counts of pupils); −1: it is not about pupils */
    int64_t run, evidence, revision; /* what it was computed from; 0: nothing of it */
    char computed[OKO_TIME_BYTES];
    const char *trace; /* JSON: how the number came about; "" when not kept */
} oko_indicator_value;

/* Adds values in the open transaction or one of its own. OKO_E_NOT_FOUND: no such indicator or unit. */
oko_status oko_store_value_add(oko_store *store, const oko_indicator_value *v, oko_error *err) OKO_WARN_UNUSED;

typedef struct oko_value_query {
    const char *code; /* NULL or "": any */
    int year;         /* 0: any */
    int64_t unit;     /* 0: any */
    bool subtree;     /* the unit and what lies below */
    oko_level level;  /* OKO_LEVEL_COUNT: any */
    int64_t campaign; /* 0: any */
    int64_t id;       /* this one value; 0: any */
    int64_t until;    /* only values made up to this id (as they were then); 0: any */
    bool all; /* earlier computations too; else the newest of each indicator, year and unit (of the campaign asked) */
    int64_t offset, limit; /* limit 1…100 000; 0 = 1 000 */
} oko_value_query;
typedef oko_status (*oko_indicator_value_fn)(void *ctx, const oko_indicator_value *v);
/* Ordered by code, year, unit level, unit code, id. *ret_total may be NULL. */
oko_status oko_store_value_walk(oko_store *store, const oko_value_query *query, oko_indicator_value_fn fn, void *ctx,
                                int64_t *ret_total, oko_error *err) OKO_WARN_UNUSED;

#endif
