/*
 * Published values: the numbers of a year or of a campaign as others may see them. A value about fewer than
 * oko_settings.published_min pupils is hidden, and with it as many other values as it takes that no hidden one can be
 * computed from its total and the visible parts (docs/METHODS-indicators.md, «Скрытие малых групп»). The order is that
 * of codes: nobody is first or last.
 */
#ifndef OKO_CYCLE_PUBLISH_H
#define OKO_CYCLE_PUBLISH_H

#include "cycle/indicators.h"
#include "reference/text.h"

typedef struct oko_published {
    oko_indicator_value v; /* trace: "" */
    bool hidden;
    const char
        *why; /* message key: v.why, "indicator.small_group" or "indicator.protects"; "" when there is a number */
} oko_published;

typedef struct oko_publication oko_publication;

/*
 * All newest values of the year, or of the campaign (0: of any; those that were frozen, when it is published), whoever
 * asks: what is hidden must not depend on it. Order: indicator code, year, level, code of the unit.
 */
oko_status oko_publication_load(const oko_cycle *c, int year, int64_t campaign, oko_publication **ret_publication,
                                oko_error *err) OKO_WARN_UNUSED;
void oko_publication_free(oko_publication *p);
void oko_publication_freep(oko_publication **p);

size_t oko_publication_count(const oko_publication *p);
const oko_published *oko_publication_at(const oko_publication *p, size_t i);
const oko_published *oko_publication_find(const oko_publication *p, int64_t value); /* NULL: not one of them */

/*
 * What the actor may be given of it — the own unit, what lies below it and the totals above it — as rows of a table:
 * [{id, code, title, group, unit, unit_code, unit_name, level, level_text, year, value, why, why_text, suppressed, n
 * (null when hidden or not about pupils), measure, target, standing, standing_text}]. code: of one indicator, NULL =
 * all. New reference.
 */
oko_status oko_publication_rows(const oko_cycle *c, const oko_publication *p, const oko_text *text, const char *code,
                                json_t **ret_rows, oko_error *err) OKO_WARN_UNUSED;
/* Columns of files, from left to right; heads "indicator.column.NAME". NULL at the end. */
typedef struct oko_published_column {
    const char *name;
    double width; /* in a workbook */
} oko_published_column;
extern const oko_published_column oko_published_columns[];
/* The rows as CSV (UTF-8 with a mark, commas, a point in numbers); heads in the language of text. */
oko_status oko_publication_csv(const json_t *rows, const oko_text *text, oko_buffer *out,
                               oko_error *err) OKO_WARN_UNUSED;

/* One value of an indicator in a year, as a part of another. */
typedef struct oko_part {
    int64_t n;  /* pupils; −1: none, or it is not about pupils: never hidden, in no sum */
    int parent; /* index of the value that it is a part of; −1: none */
    bool hidden;
} oko_part;
/* Hides what is of fewer than `min` pupils and what would give a hidden part away. */
void oko_publish_protect(oko_part *part, size_t n, int min);

/* Highest id of the campaign's values; 0: nothing was computed. *ret_n counts them. */
oko_status oko_campaign_last_value(oko_store *store, int64_t campaign, int64_t *ret_last, int64_t *ret_n,
                                   oko_error *err) OKO_WARN_UNUSED;

#endif
