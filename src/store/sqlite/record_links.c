/* What records point to. */
#include "store/sqlite/sqlite_store.h"

#define LINK_COLUMNS "id, record, relation, target, target_id, note, created, ifnull(created_by, 0)"

/* Is the thing that the link names there? */
static oko_status need_target(oko_sqlite *s, const oko_record_link *l, oko_error *err)
{
    static const char *const sql[OKO_LINK_TARGET_COUNT] = {
        [OKO_LINK_RECORD] = "SELECT 1 FROM record WHERE id = ?",
        [OKO_LINK_FILE] = "SELECT 1 FROM file WHERE id = ?",
        [OKO_LINK_RUN] = "SELECT 1 FROM run WHERE id = ?",
        [OKO_LINK_IMPORT] = "SELECT 1 FROM import WHERE id = ?",
        [OKO_LINK_UNIT] = "SELECT 1 FROM unit WHERE id = ?",
        [OKO_LINK_URL] = NULL,
    };
    bool exists = true;
    oko_status status =
        sql[l->target] == NULL ? OKO_OK : oko_sqlite_exists(s, sql[l->target], l->target_id, &exists, err);
    return status != OKO_OK || exists ? status : oko_error_set(err, OKO_E_NOT_FOUND, "record.target", "target_id");
}

static oko_status check(oko_sqlite *s, const oko_record_link *l, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM record WHERE id = ?";
    bool exists = false;
    oko_status status = oko_sqlite_exists(s, sql, l->record, &exists, err);
    if (status == OKO_OK && !exists) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "record.unknown", "");
    }
    if (status == OKO_OK) {
        status = need_target(s, l, err);
    }
    return status == OKO_OK ? oko_sqlite_need_user(s, l->created_by, "created_by", err) : status;
}

static oko_status write_link(oko_sqlite *s, const oko_record_link *l, int64_t *ret_id, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO record_link (record, relation, target, target_id, url, note, created_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record, relation, target, target_id, url) DO UPDATE "
        "SET note = excluded.note RETURNING id";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, l->record);
    oko_query_text(&q, l->relation);
    oko_query_int(&q, (int64_t)l->target);
    oko_query_int(&q, l->target_id);
    oko_query_text(&q, l->target == OKO_LINK_URL ? l->note : "");
    oko_query_text(&q, l->note);
    oko_query_ref(&q, l->created_by);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && row) {
        *ret_id = oko_query_get_int(&q, 0);
        return oko_query_run(&q, err);
    }
    return status;
}

static oko_status put(oko_store *store, const oko_record_link *link, int64_t *ret_id, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = check(s, link, err);
    if (status == OKO_OK) {
        status = write_link(s, link, &id, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

static oko_status remove_link(oko_sqlite *s, int64_t record, int64_t link, oko_error *err)
{
    static const char sql[] = "DELETE FROM record_link WHERE id = ? AND record = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, link);
    oko_query_int(&q, record);
    status = oko_query_run(&q, err);
    return status == OKO_OK && sqlite3_changes(s->db) == 0
               ? oko_error_set(err, OKO_E_NOT_FOUND, "record.link_unknown", "")
               : status;
}

static oko_status remove_one(oko_store *store, int64_t record, int64_t link, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, remove_link(oko_sqlite_of(store), record, link, err), err);
}

static oko_status walk(oko_store *store, int64_t record, oko_link_target target, int64_t target_id, oko_link_fn fn,
                       void *ctx, oko_error *err)
{
    static const char sql_from[] = "SELECT " LINK_COLUMNS " FROM record_link WHERE record = ? ORDER BY id";
    static const char sql_to[] =
        "SELECT " LINK_COLUMNS " FROM record_link WHERE target = ? AND target_id = ? ORDER BY id";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), record > 0 ? sql_from : sql_to, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    if (record > 0) {
        oko_query_int(&q, record);
    } else {
        oko_query_int(&q, (int64_t)target);
        oko_query_int(&q, target_id);
    }
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_record_link l = { .id = oko_query_get_int(&q, 0),
                              .record = oko_query_get_int(&q, 1),
                              .target = (oko_link_target)oko_query_get_int(&q, 3),
                              .target_id = oko_query_get_int(&q, 4),
                              .created_by = oko_query_get_int(&q, 7) };
        oko_query_copy_text(&q, 2, l.relation, sizeof l.relation);
        oko_query_copy_text(&q, 5, l.note, sizeof l.note);
        oko_query_copy_text(&q, 6, l.created, sizeof l.created);
        status = fn(ctx, &l);
    }
    return status;
}

const oko_link_engine oko_sqlite_links = {
    .put = put,
    .remove = remove_one,
    .walk = walk,
};
