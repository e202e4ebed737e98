/*
 * The store: everything oko keeps, as operations of the domain. No SQL above this line; engines live in
 * sub-folders (sqlite/ today, PostgreSQL later) and pass the same conformance suite (tests/store).
 *
 * Revisions. Data never change in place: every committed change of data raises the revision by one; a sheet
 * version is visible at revisions since ≤ r < until. A run keeps its revision and can be recomputed later.
 *
 * Threads: a handle belongs to one thread at a time; oko_store_clone gives readers to others. One writer.
 * Strings inside structures passed to a walk callback are valid during the call only. A callback returns
 * OKO_OK to go on; any other status ends the walk, which returns it.
 */
#ifndef OKO_STORE_STORE_H
#define OKO_STORE_STORE_H

#include <oko/status.h>

#include "base/progress.h"
#include "domain/aggregate.h"
#include "domain/finding.h"
#include "domain/problem.h"
#include "domain/procedure.h"
#include "domain/run.h"
#include "domain/sheet.h"
#include "domain/unit.h"

typedef struct oko_store oko_store;

typedef struct oko_store_options {
    bool read_only;
    bool create;     /* make a new database when the file does not exist */
    int busy_ms;     /* how long to wait for another writer; 0 = 10 000 */
    bool defer_sync; /* a commit does not wait for the disk: it is durable after the next oko_store_sync */
} oko_store_options;
#define OKO_STORE_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        .read_only = false, .create = true, .busy_ms = 0                                                               \
    }

/* ---- life ---- */
/* Opens (and migrates) the database. OKO_E_NOT_FOUND, OKO_E_PERMISSION, OKO_E_STORE (not ours, damaged),
 * OKO_E_VERSION (schema of a newer program), OKO_E_BUSY, OKO_E_FULL, OKO_E_IO. */
oko_status oko_store_open(const char *path, const oko_store_options *options, oko_store **ret_store,
                          oko_error *err) OKO_WARN_UNUSED;
void oko_store_close(oko_store *store);
void oko_store_closep(oko_store **store);
/* Another read-only handle on the same database, for another thread. */
oko_status oko_store_clone(oko_store *store, oko_store **ret_store, oko_error *err) OKO_WARN_UNUSED;

/* ---- transactions ---- */
/* A call that writes outside of a transaction makes one of its own. Within one, a write that the database refused
 * (disk full, a reference to nothing) breaks it: every further write and the commit return that status, the commit
 * rolls back. A refusal that was told before anything was written (OKO_E_CONFLICT of a unit or an alias,
 * OKO_E_ARGUMENT) does not. OKO_E_CONFLICT: begin within a transaction, commit without one. A failed commit leaves no
 * transaction. */
oko_status oko_store_begin(oko_store *store, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_commit(oko_store *store, oko_error *err) OKO_WARN_UNUSED;
void oko_store_rollback(oko_store *store); /* no-op outside a transaction */
/* Waits until all that was committed before the call is on the disk; only a handle with defer_sync needs it. The one
 * call that another thread may make while the handle is in use. A killed process loses no commit, synced or not; a
 * power cut loses those after the last sync, from the end, never one in the middle. OKO_E_IO, OKO_E_FULL. */
oko_status oko_store_sync(oko_store *store, oko_error *err) OKO_WARN_UNUSED;

/* Latest committed revision (or the one being written, inside a transaction that changed data). */
oko_status oko_store_revision(oko_store *store, int64_t *ret_revision, oko_error *err) OKO_WARN_UNUSED;

/* ---- procedures ---- */
typedef enum oko_change { OKO_UNCHANGED, OKO_ADDED, OKO_REPLACED, OKO_REMOVED } oko_change;
typedef oko_status (*oko_procedure_fn)(void *ctx, const oko_procedure *p);

/* Adds, or replaces by a new version (the old one stays for earlier revisions), or finds it unchanged. */
oko_status oko_store_procedure_put(oko_store *store, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change,
                                   oko_error *err) OKO_WARN_UNUSED;
/* By code, else by alias (OKO_E_UNDECIDED when several procedures have it). revision 0 = latest. */
oko_status oko_store_procedure_get(oko_store *store, const char *code, int64_t revision, oko_procedure *ret_p,
                                   oko_error *err) OKO_WARN_UNUSED;
/* Ordered by code. */
oko_status oko_store_procedure_walk(oko_store *store, int64_t revision, oko_procedure_fn fn, void *ctx,
                                    oko_error *err) OKO_WARN_UNUSED;

/* ---- units ---- */
typedef oko_status (*oko_unit_fn)(void *ctx, const oko_unit *u);
typedef oko_status (*oko_alias_fn)(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit);

/* Inserts when u->id is 0 (OKO_E_CONFLICT when level + code exist), else updates that unit, which keeps its level. The
 * parent must be of a higher level (OKO_E_CONFLICT): the register has no cycles. */
oko_status oko_store_unit_put(oko_store *store, const oko_unit *u, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* The row of this id itself, also when it is merged (then merged_into says where to). */
oko_status oko_store_unit_get(oko_store *store, int64_t id, oko_unit *ret_u, oko_error *err) OKO_WARN_UNUSED;
/* The code of a merged unit finds the unit that took its place. */
oko_status oko_store_unit_find(oko_store *store, oko_level level, const char *code, oko_unit *ret_u,
                               oko_error *err) OKO_WARN_UNUSED;
/* parent 0 = any; level OKO_LEVEL_COUNT = any. Ordered by level, code. Merged units are left out. */
oko_status oko_store_unit_walk(oko_store *store, int64_t parent, oko_level level, oko_unit_fn fn, void *ctx,
                               oko_error *err) OKO_WARN_UNUSED;
/* The register as merges had left it at a revision (0 = latest): units that were merged later are among them, and
 * children that moved with a merge stand where they stood. Other corrections of the register have no history. */
oko_status oko_store_unit_walk_at(oko_store *store, int64_t revision, oko_level level, oko_unit_fn fn, void *ctx,
                                  oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_CONFLICT when the alias of this kind belongs to another unit of the same level. */
oko_status oko_store_alias_put(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias,
                               oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_alias_find(oko_store *store, oko_level level, oko_alias_kind kind, const char *alias,
                                int64_t *ret_unit, oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_NOT_FOUND "store.alias.unknown" when the unit has no such alias. */
oko_status oko_store_alias_remove(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias,
                                  oko_error *err) OKO_WARN_UNUSED;
/* unit 0 = aliases of all units. */
oko_status oko_store_alias_walk(oko_store *store, int64_t unit, oko_alias_fn fn, void *ctx,
                                oko_error *err) OKO_WARN_UNUSED;

/* What a merge moved. */
typedef struct oko_unit_merge {
    int64_t sheets, aggregates, externals, findings;
    int64_t units; /* below it: classes of a school, schools of a municipality */
    int64_t aliases;
    int64_t revision; /* that it made */
} oko_unit_merge;

/* One school (or municipality) that stands in the register twice becomes one: current sheets, aggregates, findings and
 * entries of external lists of `from` become new versions of `into` (the old ones stay at earlier revisions), its
 * aliases and the units below it move, what `into` lacks (name, type, place, cluster, a unit above) is taken from it.
 * `from` stays as a merged unit that leads to `into`. Where both hold the same content, one copy is left.
 * Records of the cycle, users, files and lines of the log keep their unit; their lists take the two for one.
 * OKO_E_ARGUMENT: one unit, another level than school or municipality; OKO_E_CONFLICT, before anything is written:
 * unequal levels, other regions, a merged unit, or both hold works of one class (or of no named class), an aggregate or
 * a list entry with different content: the error names the procedure. OKO_E_NOT_FOUND. */
oko_status oko_store_unit_merge(oko_store *store, int64_t from, int64_t into, oko_unit_merge *ret_moved,
                                oko_error *err) OKO_WARN_UNUSED;

/* ---- imports ---- */
typedef struct oko_import {
    int64_t id;
    char file[256]; /* base name of the file */
    char sha256[OKO_HASH_HEX];
    int64_t bytes;
    char layout[32];                /* which layout recognised it */
    char procedure[OKO_CODE_BYTES]; /* "" when several */
    char created[32];               /* UTC; set by the store */
    int64_t revision;               /* revision that it made; 0 when it changed nothing */
    int64_t rows;
    int64_t user;      /* who; 0: the command line */
    int64_t undoes;    /* the import that this one took back; 0: it is no undo */
    int64_t corrects;  /* the import of the same file that this one puts right; 0: none */
    int64_t undone_by; /* the undo that took it back; 0: it stands. Set by the store */
    char *summary;     /* JSON: counts, dropped columns, changes; owned */
    char *options;     /* JSON: how the file was to be read, NULL or ""; owned */
    char *corrections; /* JSON: cells that were put right, NULL or ""; owned */
} oko_import;
void oko_import_clear(oko_import *import);

typedef oko_status (*oko_import_fn)(void *ctx, const oko_import *import);
typedef oko_status (*oko_problem_fn)(void *ctx, const oko_problem *problem);

/* Records an import (needed before sheets and problems can name it). */
oko_status oko_store_import_add(oko_store *store, const oko_import *import, int64_t *ret_id,
                                oko_error *err) OKO_WARN_UNUSED;
/* Sets summary, revision, rows of an import in the open transaction. */
oko_status oko_store_import_finish(oko_store *store, const oko_import *import, oko_error *err) OKO_WARN_UNUSED;
/* Newest import of this content under this procedure code ("" = any); OKO_E_NOT_FOUND. Clear with oko_import_clear. */
oko_status oko_store_import_find(oko_store *store, const char *sha256, const char *procedure, oko_import *ret_import,
                                 oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_import_get(oko_store *store, int64_t id, oko_import *ret_import, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_import_walk(oko_store *store, oko_import_fn fn, void *ctx,
                                 oko_error *err) OKO_WARN_UNUSED; /* newest first */

/* What an undo did. */
typedef struct oko_import_undo {
    int64_t import; /* the undo, an import of its own with layout "undo" */
    int64_t revision;
    int64_t sheets_ended, sheets_back; /* versions that the import made, versions it had ended that stand again */
    int64_t others_ended, others_back; /* of aggregates, lists and findings */
    int64_t units_gone, units_kept;    /* made by the import: withdrawn; kept, because something else needs them */
} oko_import_undo;
/* Imports that changed what this one had written, and stand: they must be undone first. Newest first. */
oko_status oko_store_import_blockers(oko_store *store, int64_t import, oko_import_fn fn, void *ctx,
                                     oko_error *err) OKO_WARN_UNUSED;
/* Takes an import back in one new revision: what it wrote ends, what it had ended stands again (for a school that was
 * merged since, at the unit that took its place), units that it made and nobody else needs or confirmed are withdrawn
 * with their aliases. Corrections of the register that it made to other units stay, so do runs. OKO_E_NOT_FOUND;
 * OKO_E_CONFLICT before anything is written: store.undo.done (undone before), store.undo.undo (it is an undo),
 * store.undo.cycle (a record of the cycle brought it: that is changed instead), store.undo.later (arguments: id and
 * file of the newest import that must be undone first), store.undo.changed. */
oko_status oko_store_import_undo(oko_store *store, int64_t import, int64_t user, oko_import_undo *ret_undo,
                                 oko_error *err) OKO_WARN_UNUSED;

/* A block of rows that an import kept. Strings and bytes are the caller's. */
typedef struct oko_import_rows {
    int64_t no; /* 0, 1, 2 … in the order of the file */
    int sheet;  /* worksheet, 0-based */
    const char *name;
    uint32_t first_row, last_row, n;
    const void *bytes;
    size_t len;
} oko_import_rows;
typedef oko_status (*oko_import_rows_fn)(void *ctx, const oko_import_rows *block);
oko_status oko_store_import_rows_put(oko_store *store, int64_t import, const oko_import_rows *block,
                                     oko_error *err) OKO_WARN_UNUSED;
/* In the order of the file; sheet −1: all; else those blocks of the sheet that hold rows of [first, last], and its
 * first block. */
oko_status oko_store_import_rows_walk(oko_store *store, int64_t import, int sheet, uint32_t first, uint32_t last,
                                      oko_import_rows_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
/* Forgets the rows of imports that are older than `days`. ret_dropped counts blocks. */
oko_status oko_store_import_rows_drop(oko_store *store, int days, int64_t *ret_dropped, oko_error *err) OKO_WARN_UNUSED;

oko_status oko_store_problem_add(oko_store *store, int64_t import, const oko_problem *problem,
                                 oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_problem_walk(oko_store *store, int64_t import, oko_problem_fn fn, void *ctx,
                                  oko_error *err) OKO_WARN_UNUSED;

/* ---- sheets ---- */
/* Ends every current sheet of school × procedure whose class is not in `keep` (n_keep labels). ret_removed counts them.
 */
oko_status oko_store_sheet_retire(oko_store *store, int64_t import, int64_t procedure, int64_t school,
                                  const char (*keep)[16], size_t n_keep, int64_t *ret_removed,
                                  oko_error *err) OKO_WARN_UNUSED;
/* Adds a sheet version; an equal current one is left alone (OKO_UNCHANGED), another is ended (OKO_REPLACED). */
oko_status oko_store_sheet_put(oko_store *store, int64_t import, const oko_sheet *sheet, oko_change *ret_change,
                               oko_error *err) OKO_WARN_UNUSED;

typedef oko_status (*oko_sheet_fn)(void *ctx, const oko_sheet *sheet, const oko_counts *counts);

/* Sheets of a procedure at a revision (0 = latest) ordered by school id, class; school 0 = all; only schools with
 * id % n_shards == shard (n_shards 1, shard 0: all of them). The sheet is decoded into a reused buffer. */
typedef struct oko_sheet_query {
    int64_t procedure;
    int64_t revision;
    int64_t school;
    int shard;
    int n_shards;
} oko_sheet_query;
oko_status oko_store_sheet_walk(oko_store *store, const oko_sheet_query *query, oko_sheet_fn fn, void *ctx,
                                oko_error *err) OKO_WARN_UNUSED;

/* Totals per school from the plain columns alone (no BLOB is read), ordered by school id. */
typedef oko_status (*oko_school_counts_fn)(void *ctx, int64_t school, const oko_counts *counts);
oko_status oko_store_counts_walk(oko_store *store, int64_t procedure, int64_t revision, oko_school_counts_fn fn,
                                 void *ctx, oko_error *err) OKO_WARN_UNUSED;

/* Hash of all data visible at a revision (procedures, sheets, aggregates, external lists, findings; from content hashes
 * kept per row, order-independent of the import order). Units enter by their codes and by the codes of the two units
 * above them: a school that moves to another municipality changes the hash, because results of municipalities change;
 * other attributes of the register do not. revision 0 = latest. */
oko_status oko_store_snapshot(oko_store *store, int64_t revision, char ret_hex[OKO_HASH_HEX],
                              oko_error *err) OKO_WARN_UNUSED;

/* ---- aggregates and external lists ---- */
typedef oko_status (*oko_aggregate_fn)(void *ctx, const oko_aggregate *a);
typedef oko_status (*oko_external_fn)(void *ctx, const oko_external *e);
oko_status oko_store_aggregate_put(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                   oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_aggregate_walk(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn,
                                    void *ctx, oko_error *err) OKO_WARN_UNUSED; /* procedure 0 = all */
oko_status oko_store_external_put(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                                  oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_external_walk(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                   oko_error *err) OKO_WARN_UNUSED; /* unit 0 = all */

/* ---- findings: re-checks, observers' protocols, medallists ---- */
/* rows of the finding live during the call. */
typedef oko_status (*oko_finding_fn)(void *ctx, const oko_finding *r);
/* One finding of a key (unit, kind, year, procedure, part): an equal one stays, another is replaced by a new version.
 */
oko_status oko_store_finding_put(oko_store *store, int64_t import, const oko_finding *r, oko_change *ret_change,
                                 oko_error *err) OKO_WARN_UNUSED;
/* Ordered by kind, unit id, year, procedure, part; unit 0 = all. */
oko_status oko_store_finding_walk(oko_store *store, int64_t unit, int64_t revision, oko_finding_fn fn, void *ctx,
                                  oko_error *err) OKO_WARN_UNUSED;

/* ---- runs ---- */
typedef struct oko_result_query {
    int64_t run;
    int64_t unit;          /* 0 = any */
    const char *procedure; /* NULL = any */
    const char *rule;      /* NULL = any */
    oko_level level;       /* of the unit; OKO_LEVEL_COUNT = any */
    bool marked_only;
    bool with_merged; /* with unit: also the results of units that were merged into it (result.unit tells whose) */
} oko_result_query;
typedef oko_status (*oko_result_fn)(void *ctx, const oko_result *result);
typedef oko_status (*oko_run_fn)(void *ctx, const oko_run *run);

/* Saves a run and its results in one transaction of its own; runs are never changed afterwards. */
oko_status oko_store_run_save(oko_store *store, const oko_run *run, const oko_result *results, size_t n,
                              int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* The same for results that need not be in memory together. A status of the source is returned, nothing is saved. */
oko_status oko_store_run_save_from(oko_store *store, const oko_run *run, const oko_result_source *results,
                                   int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* id 0 = newest; OKO_E_NOT_FOUND. Clear with oko_run_clear. */
oko_status oko_store_run_get(oko_store *store, int64_t id, oko_run *ret_run, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_run_walk(oko_store *store, oko_run_fn fn, void *ctx,
                              oko_error *err) OKO_WARN_UNUSED; /* newest first */
/* Ordered by procedure, rule, unit level, unit code. */
oko_status oko_store_result_walk(oko_store *store, const oko_result_query *query, oko_result_fn fn, void *ctx,
                                 oko_error *err) OKO_WARN_UNUSED;

/* ---- care ---- */
/* Integrity of the file, foreign keys, every BLOB decodes, hashes and plain columns agree with it, revisions are in
 * order. Each fault is told through fn (a problem with reason "db.…"); OKO_E_STORE when there was any. */
oko_status oko_store_check(oko_store *store, oko_problem_fn fn, void *ctx, const oko_progress *progress,
                           oko_error *err) OKO_WARN_UNUSED;
/* Online copy to a new file (OKO_E_CONFLICT when it exists and !overwrite): written beside it, synced, renamed. */
oko_status oko_store_backup(oko_store *store, const char *to, bool overwrite, const oko_progress *progress,
                            oko_error *err) OKO_WARN_UNUSED;
/* Checks the backup, then puts it in place of `path` (OKO_E_CONFLICT when that exists and !overwrite), atomically. */
oko_status oko_store_restore(const char *backup, const char *path, bool overwrite, oko_error *err) OKO_WARN_UNUSED;
/* Puts all that another database holds in place of what this one holds, while others have it open: they see either. No
 * transaction may be open. The source is brought to this program's schema. OKO_E_NOT_FOUND, OKO_E_STORE, OKO_E_BUSY. */
oko_status oko_store_refill(oko_store *store, const char *from, oko_error *err) OKO_WARN_UNUSED;
/* Schema version of this program. */
int oko_store_schema_version(void);

#endif
