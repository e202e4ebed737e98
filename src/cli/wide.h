/*
 * A wide table from any CSV or XLSX: heads in the first row, then one row per person, one column per item. Shared by
 * the commands that work on a file outside the register.
 */
#ifndef OKO_CLI_WIDE_H
#define OKO_CLI_WIDE_H

#include <oko/status.h>

#include "base/progress.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OKO_WIDE_MAX_CELLS = 200 * 1000 * 1000 };

#define OKO_WIDE_NONE SIZE_MAX

typedef struct oko_wide {
    size_t n_rows, n_cols;
    uint32_t *head; /* [n_cols] offsets into text */
    uint32_t *row;  /* [n_rows] number of the row as the user sees it */
    uint32_t *cell; /* [n_rows × n_cols] offsets into text; 0 = empty */
    char *text;
} oko_wide;

/* Reads the first worksheet. OKO_E_FORMAT persons.table.* (no rows, a cell without a head), OKO_E_LIMIT
 * persons.table.large, and whatever oko_container_read says. The caller frees *ret. */
oko_status oko_wide_read(const char *path, const oko_progress *progress, oko_wide **ret,
                         oko_error *err) OKO_WARN_UNUSED;
void oko_wide_free(oko_wide *wide); /* NULL is fine */
void oko_wide_freep(oko_wide **wide);

const char *oko_wide_head(const oko_wide *wide, size_t col);
/* Text of a cell without white space around it, "" when empty. */
const char *oko_wide_cell(const oko_wide *wide, size_t row, size_t col);
/* First column with this head, exactly; OKO_WIDE_NONE when there is none. */
size_t oko_wide_find(const oko_wide *wide, const char *head);
/* Empty, NA, N/A, NaN, ".", "-". */
bool oko_wide_missing(const char *cell);
/* Whether a head announces personal data (name, birth, document, address, telephone). */
bool oko_wide_personal(const char *head);

/* The columns of a command. */
typedef struct oko_wide_columns {
    size_t id; /* OKO_WIDE_NONE: number the rows */
    size_t n_items;
    size_t *item; /* [n_items] rising order of the specification */
    size_t n_personal;
    size_t *personal; /* [n_personal] left out whatever was asked */
} oko_wide_columns;

/*
 * id: head of the column with the person's code, NULL = the first column (rows are numbered when that one is personal).
 * items: comma-separated heads, A..B (from column A to column B) or prefixes; NULL = all other columns. OKO_E_ARGUMENT
 * persons.table.no_id, .no_items, .personal_id. The caller clears *ret.
 */
oko_status oko_wide_choose(const oko_wide *wide, const char *id, const char *items, oko_wide_columns *ret,
                           oko_error *err) OKO_WARN_UNUSED;
void oko_wide_columns_clear(oko_wide_columns *columns);

#endif
