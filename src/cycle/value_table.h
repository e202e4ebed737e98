/* Values of a year as a table: units of one level down, indicators across. Order: codes of units; nobody is first or
 * last. */
#ifndef OKO_CYCLE_VALUE_TABLE_H
#define OKO_CYCLE_VALUE_TABLE_H

#include "cycle/indicators.h"
#include "reference/text.h"

typedef struct oko_value_table_query {
    int year;
    oko_level level;
    int64_t unit;       /* it and what lies below; 0: all within the actor's reach */
    int64_t campaign;   /* 0: any */
    const char *group;  /* of indicators; NULL: all */
    const char *search; /* part of the name or code of a unit; NULL: all */
    int64_t offset, limit;
} oko_value_table_query;

/*
 * {columns [{indicator, code, title, group, measure, direction, target, attention}], items [{unit, unit_code,
 * unit_name, parent_name, values {CODE: {id, value, n, standing, standing_text, why_text}}}], total}. Columns: active
 * and retired indicators of the year that are computed at the level. A unit without a computed value has no member for
 * it. New reference.
 */
oko_status oko_value_table(const oko_cycle *c, const oko_value_table_query *query, const oko_text *text,
                           json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

/* "достигнут", … of oko_value_standing. */
const char *oko_standing_text(const oko_text *text, const char *standing);

#endif
