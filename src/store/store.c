/* The one door of the store: checks what callers give, then calls the engine. */
#include "store/store.h"

#include "base/memory.h"
#include "base/text_view.h"
#include "store/arguments.h"
#include "store/engine.h"

#include <stdlib.h>
#include <string.h>

/* ---- arguments ---- */

static bool level_ok(oko_level level)
{
    return (unsigned)level < OKO_LEVEL_COUNT;
}

static bool alias_kind_ok(oko_alias_kind kind)
{
    return (unsigned)kind < OKO_ALIAS_KIND_COUNT;
}

/* NULL when the unit may be stored, else the name of the member that may not. */
static const char *unit_fault(const oko_unit *u)
{
    return !level_ok(u->level)                                           ? "level"
           : u->id < 0                                                   ? "id"
           : u->parent < 0                                               ? "parent"
           : !oko_store_text_ok(u->code, sizeof u->code) || !u->code[0]  ? "code"
           : !oko_store_text_ok(u->name, sizeof u->name)                 ? "name"
           : !oko_store_text_ok(u->type, sizeof u->type)                 ? "type"
           : !oko_store_text_ok(u->place, sizeof u->place)               ? "place"
           : !oko_store_text_ok(u->cluster, sizeof u->cluster)           ? "cluster"
           : u->valid_from && u->valid_to && u->valid_to < u->valid_from ? "valid_to"
                                                                         : NULL;
}

static const char *import_fault(const oko_import *i)
{
    return !oko_store_text_ok(i->file, sizeof i->file)             ? "file"
           : !oko_store_text_ok(i->sha256, sizeof i->sha256)       ? "sha256"
           : !oko_store_text_ok(i->layout, sizeof i->layout)       ? "layout"
           : !oko_store_text_ok(i->procedure, sizeof i->procedure) ? "procedure"
           : i->user < 0                                           ? "user"
           : i->corrects < 0                                       ? "corrects"
                                                                   : NULL;
}

static const char *problem_fault(const oko_problem *p)
{
    return (unsigned)p->severity > OKO_PROBLEM_REJECTED                       ? "severity"
           : !oko_store_text_ok(p->sheet, sizeof p->sheet)                    ? "sheet"
           : !oko_store_text_ok(p->column, sizeof p->column)                  ? "column"
           : !oko_store_text_ok(p->value_class, sizeof p->value_class)        ? "value_class"
           : !oko_store_text_ok(p->reason, sizeof p->reason) || !p->reason[0] ? "reason"
           : !oko_store_text_ok(p->detail, sizeof p->detail)                  ? "detail"
                                                                              : NULL;
}

static const char *external_fault(const oko_external *e)
{
    return e->unit <= 0                                                 ? "unit"
           : !oko_store_text_ok(e->list, sizeof e->list) || !e->list[0] ? "list"
           : !oko_store_text_ok(e->source, sizeof e->source)            ? "source"
           : !oko_store_text_ok(e->procedure, sizeof e->procedure)      ? "procedure"
           : !oko_store_text_ok(e->reason, sizeof e->reason)            ? "reason"
                                                                        : NULL;
}

static const char *aggregate_fault(const oko_aggregate *a)
{
    return (unsigned)a->kind >= OKO_AGGREGATE_KIND_COUNT        ? "kind"
           : a->procedure <= 0                                  ? "procedure"
           : a->unit <= 0                                       ? "unit"
           : a->n_units < -1                                    ? "n_units"
           : a->n < -1                                          ? "n"
           : a->n_values < 0 || a->n_values > OKO_MAX_TOTAL + 1 ? "n_values"
                                                                : NULL;
}

static const char *run_fault(const oko_run *run)
{
    return !oko_store_text_ok(run->created, sizeof run->created)           ? "created"
           : !oko_store_text_ok(run->method, sizeof run->method)           ? "method"
           : !oko_store_text_ok(run->program, sizeof run->program)         ? "program"
           : !oko_store_text_ok(run->snapshot, sizeof run->snapshot)       ? "snapshot"
           : !oko_store_text_ok(run->result_hash, sizeof run->result_hash) ? "result_hash"
           : run->revision < 0                                             ? "revision"
                                                                           : NULL;
}

static const char *result_fault(const oko_result *r)
{
    return !oko_store_text_ok(r->procedure, sizeof r->procedure)        ? "result.procedure"
           : !oko_store_text_ok(r->rule, sizeof r->rule) || !r->rule[0] ? "result.rule"
           : !oko_store_text_ok(r->why, sizeof r->why)                  ? "result.why"
           : (unsigned)r->state > OKO_RESULT_NOT_APPLICABLE             ? "result.state"
           : r->unit < 0                                                ? "result.unit"
                                                                        : NULL;
}

/* ---- life ---- */

/* A connection string names a server; anything else is the path of a file. */
static const oko_engine *engine_of(const char *path)
{
    const oko_str s = oko_str_of(path);
    const bool server = oko_str_starts(s, OKO_STR("postgresql://")) || oko_str_starts(s, OKO_STR("postgres://"));
    return server ? NULL : &oko_engine_sqlite;
}

oko_status oko_store_open(const char *path, const oko_store_options *options, oko_store **ret_store, oko_error *err)
{
    if (path == NULL || path[0] == '\0') {
        return oko_store_bad(err, "path");
    }
    const oko_engine *engine = engine_of(path);
    if (engine == NULL) {
        return oko_error_set(err, OKO_E_UNSUPPORTED, "store.no_engine", "");
    }
    oko_store_options chosen = OKO_STORE_OPTIONS_INIT;
    if (options != NULL) {
        chosen = *options;
    }
    if (chosen.busy_ms < 0) {
        return oko_store_bad(err, "busy_ms");
    }
    if (chosen.busy_ms == 0) {
        chosen.busy_ms = 10000;
    }
    return engine->open(path, &chosen, ret_store, err);
}

void oko_store_close(oko_store *store)
{
    if (store != NULL) {
        store->engine->close(store);
    }
}

void oko_store_closep(oko_store **store)
{
    oko_store_close(*store);
}

oko_status oko_store_clone(oko_store *store, oko_store **ret_store, oko_error *err)
{
    return store->engine->clone(store, ret_store, err);
}

/* ---- transactions ---- */

oko_status oko_store_begin(oko_store *store, oko_error *err)
{
    return store->engine->begin(store, err);
}

oko_status oko_store_commit(oko_store *store, oko_error *err)
{
    return store->engine->commit(store, err);
}

void oko_store_rollback(oko_store *store)
{
    store->engine->rollback(store);
}

oko_status oko_store_sync(oko_store *store, oko_error *err)
{
    return store->engine->sync(store, err);
}

oko_status oko_store_revision(oko_store *store, int64_t *ret_revision, oko_error *err)
{
    return store->engine->revision(store, ret_revision, err);
}

/* ---- procedures ---- */

oko_status oko_store_procedure_put(oko_store *store, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change,
                                   oko_error *err)
{
    oko_status status = oko_procedure_check(p, err);
    return status != OKO_OK ? status : store->engine->procedure_put(store, p, ret_id, ret_change, err);
}

oko_status oko_store_procedure_get(oko_store *store, const char *code, int64_t revision, oko_procedure *ret_p,
                                   oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision")
                        : store->engine->procedure_get(store, code, revision, ret_p, err);
}

oko_status oko_store_procedure_walk(oko_store *store, int64_t revision, oko_procedure_fn fn, void *ctx, oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision") : store->engine->procedure_walk(store, revision, fn, ctx, err);
}

/* ---- units ---- */

oko_status oko_store_unit_put(oko_store *store, const oko_unit *u, int64_t *ret_id, oko_error *err)
{
    const char *fault = unit_fault(u);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->unit_put(store, u, ret_id, err);
}

oko_status oko_store_unit_get(oko_store *store, int64_t id, oko_unit *ret_u, oko_error *err)
{
    return store->engine->unit_get(store, id, ret_u, err);
}

oko_status oko_store_unit_find(oko_store *store, oko_level level, const char *code, oko_unit *ret_u, oko_error *err)
{
    return !level_ok(level) ? oko_store_bad(err, "level") : store->engine->unit_find(store, level, code, ret_u, err);
}

oko_status oko_store_unit_walk(oko_store *store, int64_t parent, oko_level level, oko_unit_fn fn, void *ctx,
                               oko_error *err)
{
    return (unsigned)level > OKO_LEVEL_COUNT ? oko_store_bad(err, "level")
                                             : store->engine->unit_walk(store, parent, level, fn, ctx, err);
}

oko_status oko_store_unit_walk_at(oko_store *store, int64_t revision, oko_level level, oko_unit_fn fn, void *ctx,
                                  oko_error *err)
{
    const char *fault = revision < 0 ? "revision" : (unsigned)level > OKO_LEVEL_COUNT ? "level" : NULL;
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->unit_walk_at(store, revision, level, fn, ctx, err);
}

oko_status oko_store_unit_merge(oko_store *store, int64_t from, int64_t into, oko_unit_merge *ret_moved, oko_error *err)
{
    const char *fault = from <= 0 ? "from" : into <= 0 ? "into" : NULL;
    if (fault == NULL && from == into) {
        return oko_error_set(err, OKO_E_ARGUMENT, "store.merge.same", "");
    }
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->unit_merge(store, from, into, ret_moved, err);
}

oko_status oko_store_alias_put(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err)
{
    if (!alias_kind_ok(kind)) {
        return oko_store_bad(err, "kind");
    }
    return alias[0] == '\0' || !oko_utf8_valid(oko_str_of(alias))
               ? oko_store_bad(err, "alias")
               : store->engine->alias_put(store, unit, kind, alias, err);
}

oko_status oko_store_alias_find(oko_store *store, oko_level level, oko_alias_kind kind, const char *alias,
                                int64_t *ret_unit, oko_error *err)
{
    if (!level_ok(level) || !alias_kind_ok(kind)) {
        return oko_store_bad(err, level_ok(level) ? "kind" : "level");
    }
    return store->engine->alias_find(store, level, kind, alias, ret_unit, err);
}

oko_status oko_store_alias_remove(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias,
                                  oko_error *err)
{
    return !alias_kind_ok(kind) ? oko_store_bad(err, "kind")
                                : store->engine->alias_remove(store, unit, kind, alias, err);
}

oko_status oko_store_alias_walk(oko_store *store, int64_t unit, oko_alias_fn fn, void *ctx, oko_error *err)
{
    return store->engine->alias_walk(store, unit, fn, ctx, err);
}

/* ---- imports ---- */

void oko_import_clear(oko_import *import)
{
    free(import->summary);
    free(import->options);
    free(import->corrections);
    *import = (oko_import){ .id = 0 };
}

oko_status oko_store_import_add(oko_store *store, const oko_import *import, int64_t *ret_id, oko_error *err)
{
    const char *fault = import_fault(import);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->import_add(store, import, ret_id, err);
}

oko_status oko_store_import_finish(oko_store *store, const oko_import *import, oko_error *err)
{
    return import->id <= 0 || import->revision < 0 ? oko_store_bad(err, import->id <= 0 ? "id" : "revision")
                                                   : store->engine->import_finish(store, import, err);
}

oko_status oko_store_import_find(oko_store *store, const char *sha256, const char *procedure, oko_import *ret_import,
                                 oko_error *err)
{
    return store->engine->import_find(store, sha256, procedure == NULL ? "" : procedure, ret_import, err);
}

oko_status oko_store_import_get(oko_store *store, int64_t id, oko_import *ret_import, oko_error *err)
{
    return store->engine->import_get(store, id, ret_import, err);
}

oko_status oko_store_import_walk(oko_store *store, oko_import_fn fn, void *ctx, oko_error *err)
{
    return store->engine->import_walk(store, fn, ctx, err);
}

oko_status oko_store_import_blockers(oko_store *store, int64_t import, oko_import_fn fn, void *ctx, oko_error *err)
{
    return store->engine->import_blockers(store, import, fn, ctx, err);
}

oko_status oko_store_import_undo(oko_store *store, int64_t import, int64_t user, oko_import_undo *ret_undo,
                                 oko_error *err)
{
    return store->engine->import_undo(store, import, user, ret_undo, err);
}

oko_status oko_store_import_rows_put(oko_store *store, int64_t import, const oko_import_rows *block, oko_error *err)
{
    const char *fault = import <= 0                                          ? "import"
                        : block->no < 0                                      ? "no"
                        : block->sheet < 0                                   ? "sheet"
                        : block->name == NULL                                ? "name"
                        : block->n < 1 || block->last_row < block->first_row ? "n"
                        : block->bytes == NULL || block->len == 0            ? "bytes"
                                                                             : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->import_rows_put(store, import, block, err);
}

oko_status oko_store_import_rows_walk(oko_store *store, int64_t import, int sheet, uint32_t first, uint32_t last,
                                      oko_import_rows_fn fn, void *ctx, oko_error *err)
{
    return store->engine->import_rows_walk(store, import, sheet, first, last, fn, ctx, err);
}

oko_status oko_store_import_rows_drop(oko_store *store, int days, int64_t *ret_dropped, oko_error *err)
{
    return days < 0 ? oko_store_bad(err, "days") : store->engine->import_rows_drop(store, days, ret_dropped, err);
}

oko_status oko_store_problem_add(oko_store *store, int64_t import, const oko_problem *problem, oko_error *err)
{
    const char *fault = import <= 0 ? "import" : problem_fault(problem);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->problem_add(store, import, problem, err);
}

oko_status oko_store_problem_walk(oko_store *store, int64_t import, oko_problem_fn fn, void *ctx, oko_error *err)
{
    return store->engine->problem_walk(store, import, fn, ctx, err);
}

/* ---- sheets ---- */

oko_status oko_store_sheet_retire(oko_store *store, int64_t import, int64_t procedure, int64_t school,
                                  const char (*keep)[16], size_t n_keep, int64_t *ret_removed, oko_error *err)
{
    for (size_t i = 0; i < n_keep; i++) {
        if (!oko_store_text_ok(keep[i], sizeof keep[i])) {
            return oko_store_bad(err, "keep");
        }
    }
    return store->engine->sheet_retire(store, import, procedure, school, keep, n_keep, ret_removed, err);
}

oko_status oko_store_sheet_put(oko_store *store, int64_t import, const oko_sheet *sheet, oko_change *ret_change,
                               oko_error *err)
{
    const char *fault = sheet->procedure <= 0                                                   ? "procedure"
                        : sheet->school <= 0                                                    ? "school"
                        : !oko_store_text_ok(sheet->class_label, sizeof sheet->class_label)     ? "class_label"
                        : !oko_store_text_ok(sheet->class_written, sizeof sheet->class_written) ? "class_written"
                        : sheet->n_items < 0 || sheet->n_items > OKO_MAX_ITEMS                  ? "n_items"
                        : import < 0                                                            ? "import"
                                                                                                : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->sheet_put(store, import, sheet, ret_change, err);
}

oko_status oko_store_sheet_walk(oko_store *store, const oko_sheet_query *query, oko_sheet_fn fn, void *ctx,
                                oko_error *err)
{
    oko_sheet_query q = *query;
    if (q.n_shards == 0) {
        q.n_shards = 1;
    }
    const char *fault = q.revision < 0                                           ? "revision"
                        : q.n_shards < 0 || q.shard < 0 || q.shard >= q.n_shards ? "shard"
                                                                                 : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->sheet_walk(store, &q, fn, ctx, err);
}

oko_status oko_store_counts_walk(oko_store *store, int64_t procedure, int64_t revision, oko_school_counts_fn fn,
                                 void *ctx, oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision")
                        : store->engine->counts_walk(store, procedure, revision, fn, ctx, err);
}

oko_status oko_store_snapshot(oko_store *store, int64_t revision, char ret_hex[OKO_HASH_HEX], oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision") : store->engine->snapshot(store, revision, ret_hex, err);
}

/* ---- aggregates and external lists ---- */

oko_status oko_store_aggregate_put(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                   oko_error *err)
{
    const char *fault = import < 0 ? "import" : aggregate_fault(a);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->aggregate_put(store, import, a, ret_change, err);
}

oko_status oko_store_aggregate_walk(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn,
                                    void *ctx, oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision")
                        : store->engine->aggregate_walk(store, procedure, revision, fn, ctx, err);
}

oko_status oko_store_external_put(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                                  oko_error *err)
{
    const char *fault = import < 0 ? "import" : external_fault(e);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->external_put(store, import, e, ret_change, err);
}

oko_status oko_store_external_walk(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                   oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision")
                        : store->engine->external_walk(store, unit, revision, fn, ctx, err);
}

/* ---- findings ---- */

oko_status oko_store_finding_put(oko_store *store, int64_t import, const oko_finding *r, oko_change *ret_change,
                                 oko_error *err)
{
    const char *fault = import < 0 ? "import" : oko_finding_fault(r);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->finding_put(store, import, r, ret_change, err);
}

oko_status oko_store_finding_walk(oko_store *store, int64_t unit, int64_t revision, oko_finding_fn fn, void *ctx,
                                  oko_error *err)
{
    return revision < 0 ? oko_store_bad(err, "revision")
                        : store->engine->finding_walk(store, unit, revision, fn, ctx, err);
}

/* ---- runs ---- */

oko_status oko_store_run_save_from(oko_store *store, const oko_run *run, const oko_result_source *results,
                                   int64_t *ret_id, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer room;
    oko_buffer_init(&room, OKO_RESULT_MAX_DETAILS);
    const char *fault = run_fault(run);
    for (size_t i = 0; i < results->n && fault == NULL; i++) {
        oko_result result;
        const oko_status status = results->get(results->ctx, i, &room, &result);
        if (status != OKO_OK) {
            return oko_error_set(err, status, "", "");
        }
        fault = result_fault(&result);
    }
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->run_save(store, run, results, ret_id, err);
}

oko_status oko_store_run_save(oko_store *store, const oko_run *run, const oko_result *results, size_t n,
                              int64_t *ret_id, oko_error *err)
{
    const oko_result_source source = oko_result_source_of(results, n);
    return oko_store_run_save_from(store, run, &source, ret_id, err);
}

oko_status oko_store_run_get(oko_store *store, int64_t id, oko_run *ret_run, oko_error *err)
{
    return store->engine->run_get(store, id, ret_run, err);
}

oko_status oko_store_run_walk(oko_store *store, oko_run_fn fn, void *ctx, oko_error *err)
{
    return store->engine->run_walk(store, fn, ctx, err);
}

oko_status oko_store_result_walk(oko_store *store, const oko_result_query *query, oko_result_fn fn, void *ctx,
                                 oko_error *err)
{
    return (unsigned)query->level > OKO_LEVEL_COUNT ? oko_store_bad(err, "level")
                                                    : store->engine->result_walk(store, query, fn, ctx, err);
}

/* ---- care ---- */

oko_status oko_store_check(oko_store *store, oko_problem_fn fn, void *ctx, const oko_progress *progress, oko_error *err)
{
    return store->engine->check(store, fn, ctx, progress, err);
}

oko_status oko_store_backup(oko_store *store, const char *to, bool overwrite, const oko_progress *progress,
                            oko_error *err)
{
    return to[0] == '\0' ? oko_store_bad(err, "to") : store->engine->backup(store, to, overwrite, progress, err);
}

oko_status oko_store_restore(const char *backup, const char *path, bool overwrite, oko_error *err)
{
    if (backup[0] == '\0' || path[0] == '\0') {
        return oko_store_bad(err, "path");
    }
    const oko_engine *engine = engine_of(path);
    return engine == NULL ? oko_error_set(err, OKO_E_UNSUPPORTED, "store.no_engine", "")
                          : engine->restore(backup, path, overwrite, err);
}

oko_status oko_store_refill(oko_store *store, const char *from, oko_error *err)
{
    return from[0] == '\0' ? oko_store_bad(err, "from") : store->engine->refill(store, from, err);
}

int oko_store_schema_version(void)
{
    return oko_engine_sqlite.schema_version();
}
