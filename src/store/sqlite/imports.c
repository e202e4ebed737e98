/* The journal of imports. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

#define IMPORT_COLUMNS                                                                                                 \
    "id, file, sha256, bytes, layout, procedure, created, revision, n_rows, summary, ifnull(user, 0), "                \
    "ifnull(undoes, 0), ifnull(corrects, 0), ifnull((SELECT u.id FROM import u WHERE u.undoes = import.id), 0), "      \
    "options, corrections"

/* Everything but the texts of any length. */
static void read_import(const oko_query *q, oko_import *ret_i)
{
    *ret_i = (oko_import){
        .id = oko_query_get_int(q, 0),
        .bytes = oko_query_get_int(q, 3),
        .revision = oko_query_get_int(q, 7),
        .rows = oko_query_get_int(q, 8),
        .user = oko_query_get_int(q, 10),
        .undoes = oko_query_get_int(q, 11),
        .corrects = oko_query_get_int(q, 12),
        .undone_by = oko_query_get_int(q, 13),
    };
    oko_query_copy_text(q, 1, ret_i->file, sizeof ret_i->file);
    oko_query_copy_text(q, 2, ret_i->sha256, sizeof ret_i->sha256);
    oko_query_copy_text(q, 4, ret_i->layout, sizeof ret_i->layout);
    oko_query_copy_text(q, 5, ret_i->procedure, sizeof ret_i->procedure);
    oko_query_copy_text(q, 6, ret_i->created, sizeof ret_i->created);
}

/* The whole import; the caller clears it. */
static oko_status copy_import(const oko_query *q, oko_import *ret_i, oko_error *err)
{
    read_import(q, ret_i);
    ret_i->summary = oko_str_dup(oko_str_of(oko_query_get_text(q, 9)));
    ret_i->options = oko_str_dup(oko_str_of(oko_query_get_text(q, 14)));
    ret_i->corrections = oko_str_dup(oko_str_of(oko_query_get_text(q, 15)));
    if (ret_i->summary != NULL && ret_i->options != NULL && ret_i->corrections != NULL) {
        return OKO_OK;
    }
    oko_import_clear(ret_i);
    return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
}

/* One import from a bound query. */
static oko_status read_one(oko_query *q, oko_import *ret_import, oko_error *err)
{
    bool row = false;
    oko_import found;
    oko_status status = oko_query_next(q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.import.unknown", "");
    }
    if (status == OKO_OK) {
        status = copy_import(q, &found, err);
    }
    if (status == OKO_OK) {
        *ret_import = found;
    }
    return status;
}

static oko_status add(oko_sqlite *s, const oko_import *import, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO import (file, sha256, bytes, layout, procedure, revision, n_rows, summary, "
                              "user, undoes, corrects, "
                              "options, corrections) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, import->file);
    oko_query_text(&q, import->sha256);
    oko_query_int(&q, import->bytes);
    oko_query_text(&q, import->layout);
    oko_query_text(&q, import->procedure);
    oko_query_int(&q, import->revision);
    oko_query_int(&q, import->rows);
    oko_query_text(&q, import->summary == NULL ? "" : import->summary);
    oko_query_ref(&q, import->user);
    oko_query_ref(&q, import->undoes);
    oko_query_ref(&q, import->corrects);
    oko_query_text(&q, import->options == NULL ? "" : import->options);
    oko_query_text(&q, import->corrections == NULL ? "" : import->corrections);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

oko_status oko_sqlite_import_add(oko_store *store, const oko_import *import, int64_t *ret_id, oko_error *err)
{
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, add(oko_sqlite_of(store), import, &id, err), err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

static oko_status finish(oko_sqlite *s, const oko_import *import, oko_error *err)
{
    static const char sql[] = "UPDATE import SET revision = ?, n_rows = ?, summary = ? WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, import->revision);
    oko_query_int(&q, import->rows);
    oko_query_text(&q, import->summary == NULL ? "" : import->summary);
    oko_query_int(&q, import->id);
    status = oko_query_run(&q, err);
    if (status == OKO_OK && sqlite3_changes(s->db) == 0) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.import.unknown", "");
    }
    return status;
}

oko_status oko_sqlite_import_finish(oko_store *store, const oko_import *import, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, finish(oko_sqlite_of(store), import, err), err);
}

oko_status oko_sqlite_import_find(oko_store *store, const char *sha256, const char *procedure, oko_import *ret_import,
                                  oko_error *err)
{
    static const char sql[] = "SELECT " IMPORT_COLUMNS " FROM import WHERE sha256 = ?1 AND (?2 = '' OR procedure = ?2) "
                              "ORDER BY id DESC LIMIT 1";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, sha256);
    oko_query_text(&q, procedure);
    return read_one(&q, ret_import, err);
}

oko_status oko_sqlite_import_get(oko_store *store, int64_t id, oko_import *ret_import, oko_error *err)
{
    static const char sql[] = "SELECT " IMPORT_COLUMNS " FROM import WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return read_one(&q, ret_import, err);
}

/* Every import of the query, one by one. */
static oko_status walk(oko_query *q, oko_import_fn fn, void *ctx, oko_error *err)
{
    bool row = true;
    oko_status status = OKO_OK;
    while (status == OKO_OK && (status = oko_query_next(q, &row, err)) == OKO_OK && row) {
        oko_import import;
        status = copy_import(q, &import, err);
        if (status == OKO_OK) {
            status = fn(ctx, &import);
            oko_import_clear(&import);
        }
    }
    return status;
}

oko_status oko_sqlite_import_walk(oko_store *store, oko_import_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " IMPORT_COLUMNS " FROM import ORDER BY id DESC";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    return status == OKO_OK ? walk(&q, fn, ctx, err) : status;
}

/* Imports that ended versions of import ?1, or wrote where it had only removed something; an undone one left no trace.
 */
#define LATER(table, same_key)                                                                                         \
    "SELECT ended_by FROM " table " WHERE import = ?1 AND ended_by IS NOT NULL "                                       \
    "UNION SELECT c.import FROM " table " r JOIN " table " c ON " same_key " AND c.until_rev IS NULL "                 \
    "WHERE r.ended_by = ?1 AND c.import <> ?1"

#define LATER_SHEETS LATER("sheet", "c.procedure = r.procedure AND c.school = r.school AND c.class = r.class")
#define LATER_AGGREGATES LATER("aggregate", "c.procedure = r.procedure AND c.kind = r.kind AND c.unit = r.unit")
#define LATER_EXTERNALS                                                                                                \
    LATER("external", "c.unit = r.unit AND c.list = r.list AND c.year = r.year AND c.procedure = r.procedure")
#define LATER_FINDINGS                                                                                                 \
    LATER("finding", "c.unit = r.unit AND c.kind = r.kind AND c.year = r.year AND c.procedure = r.procedure "          \
                     "AND c.part = r.part")

oko_status oko_sqlite_import_blockers(oko_store *store, int64_t import, oko_import_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] =
        "SELECT " IMPORT_COLUMNS " FROM import WHERE undoes IS NULL AND id > ?1 "
        "AND id NOT IN (SELECT undoes FROM import WHERE undoes IS NOT NULL) AND id IN (" LATER_SHEETS
        " UNION " LATER_AGGREGATES " UNION " LATER_EXTERNALS " UNION " LATER_FINDINGS ") ORDER BY id DESC";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, import);
    return walk(&q, fn, ctx, err);
}
