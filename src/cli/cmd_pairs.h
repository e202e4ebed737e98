/* Wide tables for `oko pairs`: persons in rows, one column an item. */
#ifndef OKO_CLI_CMD_PAIRS_H
#define OKO_CLI_CMD_PAIRS_H

#include "cli/cli.h"

#include <oko/pairs.h>

enum { PAIRS_MAX_COLUMNS = 4000, PAIRS_MAX_DROPPED = 64 };

/* How to read the table; from the options of the command. */
typedef struct pairs_plan {
    const char *id;    /* head of the column with the codes; "row" = number the rows; NULL = first not personal */
    const char *group; /* head of the column to compare within; NULL = everybody */
    const char *items; /* "PREFIX" or "HEAD..HEAD"; NULL = the other columns */
    const char *key;   /* a file, "row", or NULL */
    bool marks;
    bool either; /* nobody said which: marks when the cells look so */
} pairs_plan;

/* A table that was read: memory of `arena` (ids) and of its own. */
typedef struct pairs_data {
    size_t n; /* persons, repeated rows taken out */
    int n_items;
    const char **id;    /* [n] */
    int32_t *within;    /* [n] or NULL */
    int8_t *answer;     /* [n × n_items] */
    int8_t *n_options;  /* [n_items] */
    int8_t *key;        /* [n_items] or NULL */
    size_t n_repeats;   /* rows left out */
    const char **again; /* [n_repeats] their ids */
    int n_dropped;      /* columns that are not answers; heads, personal ones first */
    const char *dropped[PAIRS_MAX_DROPPED];
    int n_more; /* dropped columns beyond these */
    int n_personal;
    bool marks;
} pairs_data;

/*
 * Reads the first worksheet of a CSV or XLSX file. Errors of oko_container_read; OKO_E_NOT_FOUND pairs.no_column ({0}
 * head), OKO_E_FORMAT pairs.no_items, pairs.no_persons, pairs.id_repeats, pairs.no_key_row, pairs.bad_key; OKO_E_LIMIT
 * pairs.too_many_items, pairs.too_many_persons; OKO_E_MEMORY. ret is zeroed first; pairs_data_free it in any case.
 */
oko_status pairs_read(oko_cli *cli, const char *path, const pairs_plan *plan, pairs_data *ret,
                      oko_error *err) OKO_WARN_UNUSED;
void pairs_data_free(pairs_data *data);
/* The table as the statistics see it. */
oko_responses pairs_responses(const pairs_data *data);

#endif
