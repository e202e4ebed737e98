/*
 * Results of a run in memory. A run never changes, so its rows are read once and kept with what lists ask for: keys to
 * filter and sort by, and each row's JSON ready. What depends on the register (place of the unit, names) is of one
 * reading of it: after a change of the register the rows are read anew. The least used runs go when there is no room.
 */
#ifndef OKO_HTTP_RUN_ROWS_H
#define OKO_HTTP_RUN_ROWS_H

#include "analysis/evidence.h"
#include "analysis/register.h"
#include "explain/peers.h"
#include "http/tree.h"

enum {
    OKO_RUN_ROWS_BYTES = 256 * 1024 * 1024, /* of all runs that are kept; the newest one asked for always is */
    OKO_RUN_ROWS_MAX = 4000000,             /* of one run */
    OKO_RUN_PLACE_NONE = -1                 /* about no unit of the register */
};

typedef enum oko_row_sort {
    OKO_ROW_BY_EVIDENCE, /* strongest first, then by p */
    OKO_ROW_BY_P,
    OKO_ROW_BY_Q,
    OKO_ROW_BY_EFFECT,
    OKO_ROW_BY_N,
    OKO_ROW_BY_PROCEDURE,
    OKO_ROW_BY_UNIT,
    OKO_ROW_SORTS
} oko_row_sort;

typedef struct oko_run_row {
    int64_t unit;
    double log_p, q, effect, effect_lo, effect_hi;
    int64_t n;
    size_t text; /* of its JSON, in rows->text.ptr */
    uint32_t text_len;
    int32_t place;            /* index of the unit in the register, or OKO_RUN_PLACE_NONE */
    uint16_t procedure, rule; /* index in rows */
    int8_t level;             /* oko_level; a class has no unit of its own: OKO_LEVEL_CLASS of its school */
    int8_t evidence;          /* oko_evidence; −1: not a row of evidence */
    int8_t family;            /* with the smallest p; −1 */
    uint8_t speaks;           /* bits of families with p under .05 */
    bool marked, official;
    bool computed;  /* its numbers are there */
    char label[16]; /* of a class, as its sheets are kept */
} oko_run_row;

typedef struct oko_run_rows {
    int64_t run, generation; /* of the tree that places and names are of */
    oko_run head;
    size_t n, cap;
    oko_run_row *row; /* by procedure, rule, unit level, unit code */
    size_t n_procedures, n_rules;
    char (*procedure)[OKO_CODE_BYTES];
    char **procedure_json; /* the procedure as the contract's ProcedureShort */
    int *procedure_year;
    char (*rule)[48];
    oko_buffer text;
    uint32_t *order[OKO_ROW_SORTS]; /* indices of rows, smallest (of evidence: strongest) first, missing ones last */
    uint32_t *by_unit;              /* indices by unit, then as in `row` */
    oko_register reg;               /* both for explanations; empty unless it is a run of evidence */
    oko_peers peers;
    int users;
    uint64_t used;
} oko_run_rows;

typedef struct oko_run_cache oko_run_cache;

oko_status oko_run_cache_new(oko_run_cache **ret_cache) OKO_WARN_UNUSED;
void oko_run_cache_free(oko_run_cache *cache);
/* run 0: the newest of `method` ("oko-evidence"). tree: the register now. Give the rows back. OKO_E_NOT_FOUND
 * "store.run.unknown". */
oko_status oko_run_rows_get(oko_run_cache *cache, oko_store *store, int64_t run, const char *method,
                            const oko_tree *tree, const oko_run_rows **ret_rows, oko_error *err) OKO_WARN_UNUSED;
/* The newest of `method`; *ret_rows stays NULL when there is none yet. */
oko_status oko_run_rows_newest(oko_run_cache *cache, oko_store *store, const char *method, const oko_tree *tree,
                               const oko_run_rows **ret_rows, oko_error *err) OKO_WARN_UNUSED;
void oko_run_rows_back(oko_run_cache *cache, const oko_run_rows *rows);
/* The database was put back to an earlier state: a run of the same number may be another one. */
void oko_run_cache_forget(oko_run_cache *cache);
/* Indices [*from, *to) of by_unit that are about the unit. */
void oko_run_rows_of(const oko_run_rows *rows, int64_t unit, size_t *from, size_t *to);

/* A run as the contract's Run. New reference. */
json_t *oko_run_json(const oko_run *run);

#endif
