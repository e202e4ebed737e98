/*
 * Store of the cycle: records with their history and links, attached files. Same rules as store.h (transactions,
 * threads, walks); nothing here raises the revision of the data.
 */
#ifndef OKO_STORE_RECORDS_H
#define OKO_STORE_RECORDS_H

#include "domain/record.h"
#include "store/store.h"

/* ---- records ---- */
/*
 * Inserts (r->id 0, r->version ignored) or changes the record whose current version is r->version. ret_record: as it
 * stands now (body = r->body). created and updated are set by the store to r->at, else to now. OKO_E_CONFLICT
 * "record.changed" (args: version now) when another change came first, "record.key" when the key is taken in its kind;
 * OKO_E_NOT_FOUND (no such record, unit or user), OKO_E_ARGUMENT (also when the kind of a stored record would change).
 * All of these are told before anything is written: they do not break a transaction. Of a new record, one of created_by
 * and updated_by stands for the other where that is 0. A removed record keeps its key.
 *
 * A record keeps the unit that it was written for, also after that unit was merged into another one; lists take the two
 * for one (`unit` and `subtree` below, and counts by unit).
 */
oko_status oko_store_record_put(oko_store *store, const oko_record *r, oko_record *ret_record,
                                oko_error *err) OKO_WARN_UNUSED;

typedef oko_status (*oko_record_fn)(void *ctx, const oko_record *record);

/* version 0 = current. The record is handed to fn (its body lives during the call). OKO_E_NOT_FOUND. A removed record
 * is found too. */
oko_status oko_store_record_get(oko_store *store, int64_t id, int64_t version, oko_record_fn fn, void *ctx,
                                oko_error *err) OKO_WARN_UNUSED;
/* By key within a kind; OKO_E_NOT_FOUND. */
oko_status oko_store_record_find(oko_store *store, const char *kind, const char *key, oko_record_fn fn, void *ctx,
                                 oko_error *err) OKO_WARN_UNUSED;
/* All versions, oldest first. */
oko_status oko_store_record_history(oko_store *store, int64_t id, oko_record_fn fn, void *ctx,
                                    oko_error *err) OKO_WARN_UNUSED;

enum {
    OKO_RECORD_QUERY_LIMIT = 1000,     /* records of one page */
    OKO_RECORD_QUERY_STATES = 32,      /* in one list */
    OKO_RECORD_QUERY_TEXT_BYTES = 1024 /* list of states, words to search */
};

typedef enum oko_record_sort {
    OKO_SORT_ID,
    OKO_SORT_UPDATED,
    OKO_SORT_DUE, /* without a deadline last */
    OKO_SORT_STATE,
    OKO_SORT_TITLE,
    OKO_SORT_UNIT, /* code of the unit */
    OKO_SORT_YEAR,
    OKO_SORT_COUNT
} oko_record_sort;

/* Conditions are joined by AND; 0, NULL and "" mean any. */
typedef struct oko_record_query {
    const char *kind;
    const char *key_prefix; /* of keys such as "2020-2022/7/" */
    int64_t unit;
    bool subtree;    /* the unit and everything below it */
    bool or_common;  /* with unit: also records of no unit (unit 0) */
    bool or_above;   /* with unit: also records of the units above it */
    oko_level level; /* of their units; those of no unit are the region's. OKO_LEVEL_COUNTRY (0): any */
    int year;
    const char *states; /* comma list: "signal,triage" */
    int64_t assignee, created_by;
    const char *due_from, *due_until; /* inclusive dates */
    const char *search;               /* part of the title, letter case and ё/е do not matter */
    const char *link_relation;        /* with link_target: has a link of this relation … */
    oko_link_target link_target;
    int64_t link_id;       /* … to this; 0: no condition on links */
    const char *body_path; /* top-level member of the body, e.g. "sign"; equals body_value as text. NULL: none */
    const char *body_value;
    bool with_removed;
    oko_record_sort sort;
    bool descending;
    int64_t offset; /* 0… */
    int64_t limit;  /* 1…1000; 0 = 50 */
} oko_record_query;

/* Hands on one page; *ret_total (may be NULL) counts all that fit. Ties are broken by id. */
oko_status oko_store_record_walk(oko_store *store, const oko_record_query *query, oko_record_fn fn, void *ctx,
                                 int64_t *ret_total, oko_error *err) OKO_WARN_UNUSED;

/* How many records fit, by state. */
typedef oko_status (*oko_record_count_fn)(void *ctx, int64_t unit, const char *state, int64_t n);
/* by_unit: a row per unit and state, else unit is 0. sort, offset and limit of the query are not used. */
oko_status oko_store_record_counts(oko_store *store, const oko_record_query *query, bool by_unit,
                                   oko_record_count_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;

/* ---- links ---- */
/* The same record, relation and target twice is one link (its note is replaced). OKO_E_NOT_FOUND when either end does
 * not exist. */
oko_status oko_store_link_put(oko_store *store, const oko_record_link *link, int64_t *ret_id,
                              oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_link_remove(oko_store *store, int64_t record, int64_t link, oko_error *err) OKO_WARN_UNUSED;
typedef oko_status (*oko_link_fn)(void *ctx, const oko_record_link *link);
/* Links of a record (record > 0), or those that point to a target (record 0). */
oko_status oko_store_link_walk(oko_store *store, int64_t record, oko_link_target target, int64_t target_id,
                               oko_link_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;

/* ---- files ---- */
enum { OKO_FILE_MAX_BYTES = 64 * 1024 * 1024 };
/* Copies the bytes of a local file into the store. file: name, type, unit, created_by are taken; the rest is set.
 * OKO_E_LIMIT above OKO_FILE_MAX_BYTES. */
oko_status oko_store_file_put(oko_store *store, const oko_file *file, const char *path, oko_file *ret_file,
                              oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_file_get(oko_store *store, int64_t id, oko_file *ret_file, oko_error *err) OKO_WARN_UNUSED;
/* Newest first, at most `limit` (1 or more). */
typedef oko_status (*oko_file_fn)(void *ctx, const oko_file *file);
oko_status oko_store_file_walk(oko_store *store, int64_t limit, oko_file_fn fn, void *ctx,
                               oko_error *err) OKO_WARN_UNUSED;
/* Up to `cap` bytes from `offset`; *ret_n = 0 at the end. */
oko_status oko_store_file_read(oko_store *store, int64_t id, int64_t offset, void *bytes, size_t cap, size_t *ret_n,
                               oko_error *err) OKO_WARN_UNUSED;

#endif
