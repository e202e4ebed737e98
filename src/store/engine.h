/*
 * Engine: what a database has to do to stand behind store.h. store.c checks the arguments and calls through this
 * table; an engine may trust that pointers are set, strings end inside their arrays and numbers are in range.
 *
 * An engine's handle begins with an oko_store. Every operation keeps the promises of store.h; the conformance suite
 * (tests/store) runs against each engine.
 */
#ifndef OKO_STORE_ENGINE_H
#define OKO_STORE_ENGINE_H

#include "store/engine_cycle.h"
#include "store/store.h"

typedef struct oko_engine {
    const char *name;

    oko_status (*open)(const char *path, const oko_store_options *options, oko_store **ret_store, oko_error *err);
    void (*close)(oko_store *store);
    oko_status (*clone)(oko_store *store, oko_store **ret_store, oko_error *err);

    oko_status (*begin)(oko_store *store, oko_error *err);
    oko_status (*commit)(oko_store *store, oko_error *err);
    void (*rollback)(oko_store *store);
    oko_status (*sync)(oko_store *store, oko_error *err);
    oko_status (*revision)(oko_store *store, int64_t *ret_revision, oko_error *err);

    oko_status (*procedure_put)(oko_store *store, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change,
                                oko_error *err);
    oko_status (*procedure_get)(oko_store *store, const char *code, int64_t revision, oko_procedure *ret_p,
                                oko_error *err);
    oko_status (*procedure_walk)(oko_store *store, int64_t revision, oko_procedure_fn fn, void *ctx, oko_error *err);

    oko_status (*unit_put)(oko_store *store, const oko_unit *u, int64_t *ret_id, oko_error *err);
    oko_status (*unit_get)(oko_store *store, int64_t id, oko_unit *ret_u, oko_error *err);
    oko_status (*unit_find)(oko_store *store, oko_level level, const char *code, oko_unit *ret_u, oko_error *err);
    oko_status (*unit_walk)(oko_store *store, int64_t parent, oko_level level, oko_unit_fn fn, void *ctx,
                            oko_error *err);
    oko_status (*unit_walk_at)(oko_store *store, int64_t revision, oko_level level, oko_unit_fn fn, void *ctx,
                               oko_error *err);
    oko_status (*unit_merge)(oko_store *store, int64_t from, int64_t into, oko_unit_merge *ret_moved, oko_error *err);
    oko_status (*alias_put)(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err);
    oko_status (*alias_find)(oko_store *store, oko_level level, oko_alias_kind kind, const char *alias,
                             int64_t *ret_unit, oko_error *err);
    oko_status (*alias_remove)(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err);
    oko_status (*alias_walk)(oko_store *store, int64_t unit, oko_alias_fn fn, void *ctx, oko_error *err);

    oko_status (*import_add)(oko_store *store, const oko_import *import, int64_t *ret_id, oko_error *err);
    oko_status (*import_finish)(oko_store *store, const oko_import *import, oko_error *err);
    oko_status (*import_find)(oko_store *store, const char *sha256, const char *procedure, oko_import *ret_import,
                              oko_error *err);
    oko_status (*import_get)(oko_store *store, int64_t id, oko_import *ret_import, oko_error *err);
    oko_status (*import_walk)(oko_store *store, oko_import_fn fn, void *ctx, oko_error *err);
    oko_status (*import_blockers)(oko_store *store, int64_t import, oko_import_fn fn, void *ctx, oko_error *err);
    oko_status (*import_undo)(oko_store *store, int64_t import, int64_t user, oko_import_undo *ret_undo,
                              oko_error *err);
    oko_status (*import_rows_put)(oko_store *store, int64_t import, const oko_import_rows *block, oko_error *err);
    oko_status (*import_rows_walk)(oko_store *store, int64_t import, int sheet, uint32_t first, uint32_t last,
                                   oko_import_rows_fn fn, void *ctx, oko_error *err);
    oko_status (*import_rows_drop)(oko_store *store, int days, int64_t *ret_dropped, oko_error *err);
    oko_status (*problem_add)(oko_store *store, int64_t import, const oko_problem *problem, oko_error *err);
    oko_status (*problem_walk)(oko_store *store, int64_t import, oko_problem_fn fn, void *ctx, oko_error *err);

    oko_status (*sheet_retire)(oko_store *store, int64_t import, int64_t procedure, int64_t school,
                               const char (*keep)[16], size_t n_keep, int64_t *ret_removed, oko_error *err);
    oko_status (*sheet_put)(oko_store *store, int64_t import, const oko_sheet *sheet, oko_change *ret_change,
                            oko_error *err);
    oko_status (*sheet_walk)(oko_store *store, const oko_sheet_query *query, oko_sheet_fn fn, void *ctx,
                             oko_error *err);
    oko_status (*counts_walk)(oko_store *store, int64_t procedure, int64_t revision, oko_school_counts_fn fn, void *ctx,
                              oko_error *err);
    oko_status (*snapshot)(oko_store *store, int64_t revision, char ret_hex[OKO_HASH_HEX], oko_error *err);

    oko_status (*aggregate_put)(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                oko_error *err);
    oko_status (*aggregate_walk)(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn, void *ctx,
                                 oko_error *err);
    oko_status (*external_put)(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                               oko_error *err);
    oko_status (*external_walk)(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                oko_error *err);

    oko_status (*finding_put)(oko_store *store, int64_t import, const oko_finding *r, oko_change *ret_change,
                              oko_error *err);
    oko_status (*finding_walk)(oko_store *store, int64_t unit, int64_t revision, oko_finding_fn fn, void *ctx,
                               oko_error *err);

    oko_status (*run_save)(oko_store *store, const oko_run *run, const oko_result_source *results, int64_t *ret_id,
                           oko_error *err);
    oko_status (*run_get)(oko_store *store, int64_t id, oko_run *ret_run, oko_error *err);
    oko_status (*run_walk)(oko_store *store, oko_run_fn fn, void *ctx, oko_error *err);
    oko_status (*result_walk)(oko_store *store, const oko_result_query *query, oko_result_fn fn, void *ctx,
                              oko_error *err);

    oko_status (*check)(oko_store *store, oko_problem_fn fn, void *ctx, const oko_progress *progress, oko_error *err);
    oko_status (*backup)(oko_store *store, const char *to, bool overwrite, const oko_progress *progress,
                         oko_error *err);
    oko_status (*refill)(oko_store *store, const char *from, oko_error *err);
    oko_status (*restore)(const char *backup, const char *path, bool overwrite, oko_error *err);
    int (*schema_version)(void);

    /* the yearly cycle: engine_cycle.h */
    const oko_record_engine *record;
    const oko_link_engine *link;
    const oko_file_engine *file;
    const oko_user_engine *user;
    const oko_secret_engine *secret;
    const oko_audit_engine *audit;
    const oko_answer_engine *answer;
    const oko_job_engine *job;
    const oko_value_engine *value;
} oko_engine;

/* First member of every engine's handle. */
struct oko_store {
    const oko_engine *engine;
};

/* SQLite: one file beside the program; the default. */
extern const oko_engine oko_engine_sqlite;

#endif
