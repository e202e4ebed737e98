/*
 * Inside of the SQLite engine: the handle, its prepared statements, write scopes. One file per noun implements the
 * operations of engine.h; nothing outside this folder includes this header.
 */
#ifndef OKO_STORE_SQLITE_SQLITE_STORE_H
#define OKO_STORE_SQLITE_SQLITE_STORE_H

#include "store/content.h"
#include "store/engine.h"

#include <sqlite3.h>
#include <stdatomic.h>

enum {
    OKO_SQLITE_STATEMENTS = 256,        /* prepared statements kept per handle */
    OKO_SQLITE_CHUNK = 256 * 1024,      /* bytes of a file in one row */
    OKO_SQLITE_KINDS = 512,             /* problem kinds remembered per handle */
    OKO_SQLITE_APPLICATION = 0x6F6B6F31 /* application_id of our files: "oko1" */
};

typedef struct oko_sqlite_slot {
    const char *sql; /* the address is the key */
    sqlite3_stmt *statement;
    bool taken;
} oko_sqlite_slot;

typedef struct oko_sqlite_kind {
    int64_t id;        /* 0: empty */
    oko_problem model; /* without row and detail */
} oko_sqlite_kind;

typedef struct oko_sqlite {
    oko_store base; /* first */
    sqlite3 *db;
    char *path;  /* as the user gave it */
    int version; /* of the schema in the file; 0: nothing there yet */
    int busy_ms;
    bool read_only;
    bool defer_sync;
    _Atomic(sqlite3_file *) log; /* the write-ahead log, from the first commit on; only with defer_sync */
    bool immutable;              /* on a medium that nobody can write */
    bool in_transaction;         /* begun by the caller or by a write scope */
    oko_status broken;           /* first failure of the open transaction: it can only be rolled back */
    int64_t revision;            /* made by the open transaction, 0 when it changed no data yet */
    int64_t problem_import;      /* import that problem_no counts for, 0 unknown */
    int64_t problem_no;
    oko_sqlite_kind *kinds; /* OKO_SQLITE_KINDS entries or NULL: cache of problem_kind */
    oko_buffer bytes;       /* reused form of the content being written */
    oko_sheet *spare;       /* reused by walks */
    oko_sqlite_slot slots[OKO_SQLITE_STATEMENTS];
} oko_sqlite;

static inline oko_sqlite *oko_sqlite_of(oko_store *store)
{
    return (oko_sqlite *)(void *)store;
}

/* ---- errors: fail.c ---- */
/* Status of an SQLite result code; system_errno as sqlite3_system_errno gives it, or 0. */
oko_status oko_sqlite_status(int rc, int system_errno);
/* Tells a failed SQLite call (field: the user's path) and breaks the open transaction. */
oko_status oko_sqlite_fail(oko_sqlite *s, int rc, oko_error *err);
/* A failure of our own inside a write (memory, limits, a damaged row): the same consequences. */
oko_status oko_sqlite_refuse(oko_sqlite *s, oko_status status, const char *id, oko_error *err);
/* Runs SQL without results. */
oko_status oko_sqlite_exec(oko_sqlite *s, const char *sql, oko_error *err) OKO_WARN_UNUSED;

/* ---- queries: query.c ---- */
typedef struct oko_query {
    oko_sqlite *s;
    sqlite3_stmt *statement;
    oko_sqlite_slot *slot; /* NULL: not from the cache */
    int at;                /* parameters bound so far */
    int rc;                /* first failed bind */
} oko_query;

/* Takes the statement of this text (its address is the key) from the cache, or prepares it. */
oko_status oko_query_begin(oko_sqlite *s, const char *sql, oko_query *ret_q, oko_error *err) OKO_WARN_UNUSED;
/* A text that was put together for one use: never from the cache, which goes by addresses. */
oko_status oko_query_begin_once(oko_sqlite *s, const char *sql, oko_query *ret_q, oko_error *err) OKO_WARN_UNUSED;
/* Bind the next parameter. Text and bytes must live until the query is stepped. NaN is bound as NULL. */
void oko_query_int(oko_query *q, int64_t value);
void oko_query_ref(oko_query *q, int64_t id); /* 0 is bound as NULL */
void oko_query_real(oko_query *q, double value);
void oko_query_text(oko_query *q, const char *text); /* NULL is bound as NULL */
void oko_query_view(oko_query *q, oko_str text);     /* need not end with NUL */
void oko_query_word(oko_query *q, const char *text); /* "" is bound as NULL */
void oko_query_bytes(oko_query *q, const void *bytes, size_t n);
/* Next row, or *ret_row = false at the end. */
oko_status oko_query_next(oko_query *q, bool *ret_row, oko_error *err) OKO_WARN_UNUSED;
/* Runs to the end and makes the query ready for new parameters. */
oko_status oko_query_run(oko_query *q, oko_error *err) OKO_WARN_UNUSED;
/* Ready for new parameters. */
void oko_query_again(oko_query *q);
void oko_query_end(oko_query *q); /* for OKO_CLEANUP; an unused {0} is fine */
/* Columns of the row. */
int64_t oko_query_get_int(const oko_query *q, int col);
double oko_query_get_real(const oko_query *q, int col);                         /* NULL gives NaN */
const char *oko_query_get_text(const oko_query *q, int col);                    /* until the next step; never NULL */
void oko_query_copy_text(const oko_query *q, int col, char *dst, size_t bytes); /* cut when too long */
oko_status oko_query_one_int(oko_sqlite *s, const char *sql, int64_t *ret_value, oko_error *err) OKO_WARN_UNUSED;

/* ---- a SELECT put together of conditions: select.c ---- */
enum { OKO_SELECT_ARGS = 128, OKO_SELECT_BYTES = 16 * 1024 };
typedef struct oko_select {
    oko_buffer sql; /* pieces of our own text; what users gave is only ever bound */
    struct {
        const char *text; /* NULL: the number */
        int64_t number;
    } args[OKO_SELECT_ARGS];
    size_t n;
} oko_select;
void oko_select_init(oko_select *sel, const char *sql);
void oko_select_free(oko_select *sel); /* for OKO_CLEANUP */
/* Appends a piece of SQL with one '?' and its value, or with none. The text must live as long as the query. */
void oko_select_add(oko_select *sel, const char *sql);
void oko_select_int(oko_select *sel, const char *sql, int64_t value);
void oko_select_text(oko_select *sel, const char *sql, const char *text);
/* "column begins with prefix" in a form that an index can follow; `column` is one of ours. */
void oko_select_prefix(oko_select *sel, const char *column, const char *prefix);
/* Units that stand for `unit` (the one it was merged into, and those merged into that), and with `subtree` all below:
 * " AND (column IN (…)", to be closed by the caller. */
void oko_select_units(oko_sqlite *s, oko_select *sel, const char *column, int64_t unit, bool subtree);
/* " OR column IN (…)": the units above `unit`; inside of the bracket that oko_select_units opened. */
void oko_select_or_above(oko_select *sel, const char *column, int64_t unit);
/* Prepares it and binds its values. */
oko_status oko_select_begin(oko_sqlite *s, const oko_select *sel, oko_query *ret_q, oko_error *err) OKO_WARN_UNUSED;

/* ---- what a row may hold: select.c ---- */
/* OKO_E_NOT_FOUND "store.unit.unknown" / "user.unknown" with `field`, before anything is written; 0 is nobody. */
oko_status oko_sqlite_need_unit(oko_sqlite *s, int64_t unit, const char *field, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_sqlite_need_user(oko_sqlite *s, int64_t user, const char *field, oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_ARGUMENT `id` when the text is not a JSON object. */
oko_status oko_sqlite_need_object(oko_sqlite *s, oko_str text, const char *id, const char *field,
                                  oko_error *err) OKO_WARN_UNUSED;
/* Does the query (one parameter: id) give a row? */
oko_status oko_sqlite_exists(oko_sqlite *s, const char *sql, int64_t id, bool *ret_exists,
                             oko_error *err) OKO_WARN_UNUSED;

/* ---- writing: transaction.c ---- */
typedef struct oko_write {
    oko_sqlite *s;
    bool own; /* the scope began the transaction itself */
} oko_write;
/* A write runs in the caller's transaction, or in one of its own. */
oko_status oko_write_begin(oko_sqlite *s, oko_write *ret_w, oko_error *err) OKO_WARN_UNUSED;
/* Commits (status OKO_OK) or rolls back an own transaction; returns status, or why the commit failed. */
oko_status oko_write_end(oko_write *w, oko_status status, oko_error *err) OKO_WARN_UNUSED;
/* The revision that the open transaction makes; made at the first call. */
oko_status oko_sqlite_new_revision(oko_sqlite *s, int64_t *ret_revision, oko_error *err) OKO_WARN_UNUSED;
/* Replaces 0 by the latest revision. */
oko_status oko_sqlite_at_revision(oko_sqlite *s, int64_t asked, int64_t *ret_revision, oko_error *err) OKO_WARN_UNUSED;

/* Ends a version: an older one gets until_rev, one made by this same transaction is deleted. `end_sql` takes
 * (until_rev, ended_by, id) or (until_rev, id), `delete_sql` takes (id). */
oko_status oko_sqlite_end_version(oko_sqlite *s, const char *end_sql, const char *delete_sql, int64_t id,
                                  int64_t since_rev, int64_t import, oko_error *err) OKO_WARN_UNUSED;

/* ---- rows in versions: versioned.c ---- */
typedef struct oko_version {
    int64_t id; /* 0: none */
    int64_t since_rev;
    bool same; /* as the thing that is put */
} oko_version;

#define OKO_VISIBLE "since_rev <= ?1 AND (until_rev IS NULL OR until_rev > ?1)"
/* How one table keeps its things. Every statement is a static text (its address is the key of the cache). */
typedef struct oko_versioned {
    const char *find_sql;     /* "SELECT id, since_rev, hash = ?n": of the current version; key, then hash */
    const char *insert_sql;   /* key, since_rev, import, hash, then the rest */
    const char *end_sql;      /* (until_rev, ended_by, id) */
    const char *delete_sql;   /* (id) */
    const char *walk_sql;     /* what is visible at revision ?1, in order … */
    const char *walk_one_sql; /* … and of one unit or procedure ?2; NULL when never asked */
    const char *bad_content;  /* message of a thing that can't be written */
    void (*bind_key)(oko_query *q, const void *thing);
    void (*bind_rest)(oko_query *q, const void *thing); /* may bind s->bytes, which `content` has filled */
    oko_status (*content)(const void *thing, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES]);
} oko_versioned;

/* Puts a thing: an equal current version is left alone, another one is ended. */
oko_status oko_sqlite_version_put(oko_sqlite *s, const oko_versioned *table, int64_t import, const void *thing,
                                  oko_change *ret_change, oko_error *err) OKO_WARN_UNUSED;
/* Rows of walk_sql (only = 0) or walk_one_sql at a revision (0 = latest); stops at the first status other than OK. */
typedef oko_status (*oko_version_fn)(void *ctx, const oko_query *q, oko_error *err);
oko_status oko_sqlite_version_walk(oko_sqlite *s, const oko_versioned *table, int64_t only, int64_t revision,
                                   oko_version_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;

/* ---- the register: units.c ---- */
/* Writes the attributes of a unit as they are, unchecked; its merged_into is left alone. */
oko_status oko_sqlite_unit_write(oko_sqlite *s, const oko_unit *u, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* Id of the unit above `alias`.id at revision ?1, as a joined row named `move` tells it. */
#define OKO_MOVE_JOIN(move, alias)                                                                                     \
    "LEFT JOIN unit_move " move " ON " move ".unit = " alias ".id AND " move                                           \
    ".until_rev = (SELECT min(until_rev) FROM unit_move WHERE unit = " alias ".id AND until_rev > ?1) "
#define OKO_PARENT_AT(move, alias) "iif(" move ".unit IS NULL, " alias ".parent, " move ".parent)"

/* ---- rows that are also read by the check ---- */
#define OKO_AGGREGATE_COLUMNS "kind, procedure, unit, n_units, n, percent, vals"
#define OKO_EXTERNAL_COLUMNS "list, year, source, unit, procedure, reason"
#define OKO_FINDING_COLUMN_NAMES "kind, unit, year, procedure, part, note, vals"
/* From a row that begins with these columns. OKO_E_STORE when the values are damaged. */
oko_status oko_aggregate_read(const oko_query *q, oko_aggregate *ret_a, oko_error *err) OKO_WARN_UNUSED;
void oko_external_read(const oko_query *q, oko_external *ret_e);
/* *numbers is malloc'ed, reused from call to call and freed by the caller; ret_r->rows points into it. */
oko_status oko_finding_read(const oko_query *q, oko_finding *ret_r, int64_t **numbers, oko_error *err) OKO_WARN_UNUSED;
#define OKO_PROCEDURE_COLUMNS                                                                                          \
    "v.id, v.procedure, c.code, v.kind, v.year, v.grade, v.subject, v.title, v.date, v.max_total, v.first_mark, "      \
    "v.source"
/* The whole description, from a row that begins with these columns. */
oko_status oko_procedure_read(oko_sqlite *s, const oko_query *q, oko_procedure *ret_p, oko_error *err) OKO_WARN_UNUSED;

/* ---- schema: schema.c ---- */
int oko_sqlite_schema_version(void);
/* SQL text of one step: to version `version` (1…schema_version). */
oko_str oko_sqlite_migration(int version);

/* ---- engine ---- */
/* Opens and recognises the file, changes nothing in it: an older schema, or none, stays. */
oko_status oko_sqlite_connect(const char *path, const oko_store_options *options, oko_sqlite **ret_s,
                              oko_error *err) OKO_WARN_UNUSED;
oko_status oko_sqlite_open(const char *path, const oko_store_options *options, oko_store **ret_store, oko_error *err);
void oko_sqlite_close(oko_store *store);
oko_status oko_sqlite_clone(oko_store *store, oko_store **ret_store, oko_error *err);
oko_status oko_sqlite_begin(oko_store *store, oko_error *err);
oko_status oko_sqlite_commit(oko_store *store, oko_error *err);
void oko_sqlite_rollback(oko_store *store);
oko_status oko_sqlite_sync(oko_store *store, oko_error *err);
oko_status oko_sqlite_revision(oko_store *store, int64_t *ret_revision, oko_error *err);
oko_status oko_sqlite_procedure_put(oko_store *store, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change,
                                    oko_error *err);
oko_status oko_sqlite_procedure_get(oko_store *store, const char *code, int64_t revision, oko_procedure *ret_p,
                                    oko_error *err);
oko_status oko_sqlite_procedure_walk(oko_store *store, int64_t revision, oko_procedure_fn fn, void *ctx,
                                     oko_error *err);
oko_status oko_sqlite_unit_put(oko_store *store, const oko_unit *u, int64_t *ret_id, oko_error *err);
oko_status oko_sqlite_unit_get(oko_store *store, int64_t id, oko_unit *ret_u, oko_error *err);
oko_status oko_sqlite_unit_find(oko_store *store, oko_level level, const char *code, oko_unit *ret_u, oko_error *err);
oko_status oko_sqlite_unit_walk(oko_store *store, int64_t parent, oko_level level, oko_unit_fn fn, void *ctx,
                                oko_error *err);
oko_status oko_sqlite_unit_walk_at(oko_store *store, int64_t revision, oko_level level, oko_unit_fn fn, void *ctx,
                                   oko_error *err);
oko_status oko_sqlite_unit_merge(oko_store *store, int64_t from, int64_t into, oko_unit_merge *ret_moved,
                                 oko_error *err);
oko_status oko_sqlite_alias_put(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err);
oko_status oko_sqlite_alias_find(oko_store *store, oko_level level, oko_alias_kind kind, const char *alias,
                                 int64_t *ret_unit, oko_error *err);
oko_status oko_sqlite_alias_remove(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias,
                                   oko_error *err);
oko_status oko_sqlite_alias_walk(oko_store *store, int64_t unit, oko_alias_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_import_add(oko_store *store, const oko_import *import, int64_t *ret_id, oko_error *err);
oko_status oko_sqlite_import_finish(oko_store *store, const oko_import *import, oko_error *err);
oko_status oko_sqlite_import_find(oko_store *store, const char *sha256, const char *procedure, oko_import *ret_import,
                                  oko_error *err);
oko_status oko_sqlite_import_get(oko_store *store, int64_t id, oko_import *ret_import, oko_error *err);
oko_status oko_sqlite_import_walk(oko_store *store, oko_import_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_import_blockers(oko_store *store, int64_t import, oko_import_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_import_undo(oko_store *store, int64_t import, int64_t user, oko_import_undo *ret_undo,
                                  oko_error *err);
oko_status oko_sqlite_import_rows_put(oko_store *store, int64_t import, const oko_import_rows *block, oko_error *err);
oko_status oko_sqlite_import_rows_walk(oko_store *store, int64_t import, int sheet, uint32_t first, uint32_t last,
                                       oko_import_rows_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_import_rows_drop(oko_store *store, int days, int64_t *ret_dropped, oko_error *err);
oko_status oko_sqlite_problem_add(oko_store *store, int64_t import, const oko_problem *problem, oko_error *err);
oko_status oko_sqlite_problem_walk(oko_store *store, int64_t import, oko_problem_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_sheet_retire(oko_store *store, int64_t import, int64_t procedure, int64_t school,
                                   const char (*keep)[16], size_t n_keep, int64_t *ret_removed, oko_error *err);
oko_status oko_sqlite_sheet_put(oko_store *store, int64_t import, const oko_sheet *sheet, oko_change *ret_change,
                                oko_error *err);
oko_status oko_sqlite_sheet_walk(oko_store *store, const oko_sheet_query *query, oko_sheet_fn fn, void *ctx,
                                 oko_error *err);
oko_status oko_sqlite_counts_walk(oko_store *store, int64_t procedure, int64_t revision, oko_school_counts_fn fn,
                                  void *ctx, oko_error *err);
oko_status oko_sqlite_snapshot(oko_store *store, int64_t revision, char ret_hex[OKO_HASH_HEX], oko_error *err);
oko_status oko_sqlite_aggregate_put(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                    oko_error *err);
oko_status oko_sqlite_aggregate_walk(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn,
                                     void *ctx, oko_error *err);
oko_status oko_sqlite_external_put(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                                   oko_error *err);
oko_status oko_sqlite_external_walk(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                    oko_error *err);
oko_status oko_sqlite_finding_put(oko_store *store, int64_t import, const oko_finding *r, oko_change *ret_change,
                                  oko_error *err);
oko_status oko_sqlite_finding_walk(oko_store *store, int64_t unit, int64_t revision, oko_finding_fn fn, void *ctx,
                                   oko_error *err);
oko_status oko_sqlite_run_save(oko_store *store, const oko_run *run, const oko_result_source *results, int64_t *ret_id,
                               oko_error *err);
oko_status oko_sqlite_run_get(oko_store *store, int64_t id, oko_run *ret_run, oko_error *err);
oko_status oko_sqlite_run_walk(oko_store *store, oko_run_fn fn, void *ctx, oko_error *err);
oko_status oko_sqlite_result_walk(oko_store *store, const oko_result_query *query, oko_result_fn fn, void *ctx,
                                  oko_error *err);
oko_status oko_sqlite_check(oko_store *store, oko_problem_fn fn, void *ctx, const oko_progress *progress,
                            oko_error *err);
oko_status oko_sqlite_backup(oko_store *store, const char *to, bool overwrite, const oko_progress *progress,
                             oko_error *err);
oko_status oko_sqlite_refill(oko_store *store, const char *from, oko_error *err);
oko_status oko_sqlite_restore(const char *backup, const char *path, bool overwrite, oko_error *err);
extern const oko_record_engine oko_sqlite_records;
extern const oko_link_engine oko_sqlite_links;
extern const oko_file_engine oko_sqlite_files;
extern const oko_user_engine oko_sqlite_users;
extern const oko_secret_engine oko_sqlite_secrets;
extern const oko_audit_engine oko_sqlite_audit;
extern const oko_answer_engine oko_sqlite_answers;
extern const oko_job_engine oko_sqlite_jobs;
extern const oko_value_engine oko_sqlite_values;

#endif
