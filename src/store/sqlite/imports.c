/* The journal of imports. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

#define IMPORT_COLUMNS "id, file, sha256, bytes, layout, procedure, created, revision, n_rows, summary"

/* The summary of *ret_i points into the row. */
static void read_import(const oko_query *q, oko_import *ret_i)
{
    *ret_i = (oko_import){
        .id = oko_query_get_int(q, 0),
        .bytes = oko_query_get_int(q, 3),
        .revision = oko_query_get_int(q, 7),
        .rows = oko_query_get_int(q, 8),
    };
    oko_query_copy_text(q, 1, ret_i->file, sizeof ret_i->file);
    oko_query_copy_text(q, 2, ret_i->sha256, sizeof ret_i->sha256);
    oko_query_copy_text(q, 4, ret_i->layout, sizeof ret_i->layout);
    oko_query_copy_text(q, 5, ret_i->procedure, sizeof ret_i->procedure);
    oko_query_copy_text(q, 6, ret_i->created, sizeof ret_i->created);
}

/* One import from a bound query, its summary copied. */
static oko_status read_one(oko_query *q, oko_import *ret_import, oko_error *err)
{
    bool row = false;
    oko_import found;
    oko_status status = oko_query_next(q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.import.unknown", "");
    }
    if (status != OKO_OK) {
        return status;
    }
    read_import(q, &found);
    found.summary = oko_str_dup(oko_str_of(oko_query_get_text(q, 9)));
    if (found.summary == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    *ret_import = found;
    return OKO_OK;
}

static oko_status add(oko_sqlite *s, const oko_import *import, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO import (file, sha256, bytes, layout, procedure, revision, n_rows, summary) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
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

oko_status oko_sqlite_import_walk(oko_store *store, oko_import_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " IMPORT_COLUMNS " FROM import ORDER BY id DESC";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    bool row = true;
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        OKO_CLEANUP(oko_freep) char *summary = oko_str_dup(oko_str_of(oko_query_get_text(&q, 9)));
        oko_import import;
        if (summary == NULL) {
            return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
        }
        read_import(&q, &import);
        import.summary = summary;
        status = fn(ctx, &import);
    }
    return status;
}
