/* Rows that imports keep for a while: blocks, written once, dropped by age. */
#include "store/sqlite/sqlite_store.h"

static oko_status put(oko_sqlite *s, int64_t import, const oko_import_rows *block, oko_error *err)
{
    static const char sql[] = "INSERT INTO import_rows (import, no, sheet, name, first_row, last_row, n, bytes) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, import);
    oko_query_int(&q, block->no);
    oko_query_int(&q, block->sheet);
    oko_query_text(&q, block->name);
    oko_query_int(&q, block->first_row);
    oko_query_int(&q, block->last_row);
    oko_query_int(&q, block->n);
    oko_query_bytes(&q, block->bytes, block->len);
    return oko_query_run(&q, err);
}

oko_status oko_sqlite_import_rows_put(oko_store *store, int64_t import, const oko_import_rows *block, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status == OKO_OK ? oko_write_end(&w, put(oko_sqlite_of(store), import, block, err), err) : status;
}

oko_status oko_sqlite_import_rows_walk(oko_store *store, int64_t import, int sheet, uint32_t first, uint32_t last,
                                       oko_import_rows_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] =
        "SELECT no, sheet, name, first_row, last_row, n, bytes FROM import_rows WHERE import = ?1 AND (?2 < 0 OR "
        "(sheet = ?2 AND ((first_row <= ?4 AND last_row >= ?3) OR "
        "no = (SELECT min(no) FROM import_rows WHERE import = ?1 AND sheet = ?2)))) ORDER BY no";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, import);
    oko_query_int(&q, sheet);
    oko_query_int(&q, first);
    oko_query_int(&q, last);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        const oko_import_rows block = { .no = oko_query_get_int(&q, 0),
                                        .sheet = (int)oko_query_get_int(&q, 1),
                                        .name = oko_query_get_text(&q, 2),
                                        .first_row = (uint32_t)oko_query_get_int(&q, 3),
                                        .last_row = (uint32_t)oko_query_get_int(&q, 4),
                                        .n = (uint32_t)oko_query_get_int(&q, 5),
                                        .bytes = sqlite3_column_blob(q.statement, 6),
                                        .len = (size_t)sqlite3_column_bytes(q.statement, 6) };
        status = fn(ctx, &block);
    }
    return status;
}

static oko_status drop(oko_sqlite *s, int days, int64_t *ret_dropped, oko_error *err)
{
    static const char sql[] = "DELETE FROM import_rows WHERE import IN (SELECT id FROM import WHERE "
                              "created < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || ? || ' days'))";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, days);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_dropped = sqlite3_changes(s->db);
    }
    return status;
}

oko_status oko_sqlite_import_rows_drop(oko_store *store, int days, int64_t *ret_dropped, oko_error *err)
{
    oko_write w = { 0 };
    int64_t dropped = 0;
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    if (status == OKO_OK) {
        status = oko_write_end(&w, drop(oko_sqlite_of(store), days, &dropped, err), err);
    }
    if (status == OKO_OK) {
        *ret_dropped = dropped;
    }
    return status;
}
