/* External lists: schools named by others, as evidence from outside; versioned like sheets. */
#include "store/sqlite/sqlite_store.h"

#define VISIBLE "since_rev <= ?1 AND (until_rev IS NULL OR until_rev > ?1)"

typedef struct version {
    int64_t id; /* 0: none */
    int64_t since_rev;
    bool same;
} version;

static oko_status find_current(oko_sqlite *s, const oko_external *e, const uint8_t hash[OKO_HASH_BYTES], version *ret_v,
                               oko_error *err)
{
    static const char sql[] = "SELECT id, since_rev, hash = ?5 FROM external WHERE unit = ?1 AND list = ?2 "
                              "AND year = ?3 AND procedure = ?4 AND until_rev IS NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, e->unit);
    oko_query_text(&q, e->list);
    oko_query_int(&q, e->year);
    oko_query_text(&q, e->procedure);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK) {
        *ret_v = row ? (version){ oko_query_get_int(&q, 0), oko_query_get_int(&q, 1), oko_query_get_int(&q, 2) != 0 }
                     : (version){ .id = 0 };
    }
    return status;
}

static oko_status insert(oko_sqlite *s, int64_t import, const oko_external *e, const uint8_t hash[OKO_HASH_BYTES],
                         oko_error *err)
{
    static const char sql[] = "INSERT INTO external (list, year, unit, procedure, since_rev, import, source, reason, "
                              "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t revision;
    oko_status status = oko_sqlite_new_revision(s, &revision, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, e->list);
    oko_query_int(&q, e->year);
    oko_query_int(&q, e->unit);
    oko_query_text(&q, e->procedure);
    oko_query_int(&q, revision);
    oko_query_ref(&q, import);
    oko_query_text(&q, e->source);
    oko_query_text(&q, e->reason);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    return oko_query_run(&q, err);
}

static oko_status put(oko_sqlite *s, int64_t import, const oko_external *e, oko_change *ret_change, oko_error *err)
{
    static const char sql_end[] = "UPDATE external SET until_rev = ?, ended_by = ? WHERE id = ?";
    static const char sql_delete[] = "DELETE FROM external WHERE id = ?";
    uint8_t hash[OKO_HASH_BYTES];
    version old = { 0 };
    oko_status status = oko_content_external(e, &s->bytes, hash);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "store.memory", "");
    }
    status = find_current(s, e, hash, &old, err);
    const bool same = old.id != 0 && old.same;
    if (status == OKO_OK && old.id != 0 && !same) {
        status = oko_sqlite_end_version(s, sql_end, sql_delete, old.id, old.since_rev, import, err);
    }
    if (status == OKO_OK && !same) {
        status = insert(s, import, e, hash, err);
    }
    if (status == OKO_OK) {
        *ret_change = same ? OKO_UNCHANGED : old.id != 0 ? OKO_REPLACED : OKO_ADDED;
    }
    return status;
}

oko_status oko_sqlite_external_put(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                                   oko_error *err)
{
    oko_write w = { 0 };
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, put(oko_sqlite_of(store), import, e, &change, err), err);
    if (status == OKO_OK) {
        *ret_change = change;
    }
    return status;
}

void oko_external_read(const oko_query *q, oko_external *ret_e)
{
    *ret_e = (oko_external){ .year = (int)oko_query_get_int(q, 1), .unit = oko_query_get_int(q, 3) };
    oko_query_copy_text(q, 0, ret_e->list, sizeof ret_e->list);
    oko_query_copy_text(q, 2, ret_e->source, sizeof ret_e->source);
    oko_query_copy_text(q, 4, ret_e->procedure, sizeof ret_e->procedure);
    oko_query_copy_text(q, 5, ret_e->reason, sizeof ret_e->reason);
}

oko_status oko_sqlite_external_walk(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                    oko_error *err)
{
    static const char sql_all[] =
        "SELECT " OKO_EXTERNAL_COLUMNS " FROM external WHERE " VISIBLE " ORDER BY unit, list, year, procedure";
    static const char sql_one[] = "SELECT " OKO_EXTERNAL_COLUMNS " FROM external WHERE " VISIBLE
                                  " AND unit = ?2 ORDER BY unit, list, year, procedure";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, unit == 0 ? sql_all : sql_one, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, at);
    if (unit != 0) {
        oko_query_int(&q, unit);
    }
    bool row = true;
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_external e;
        oko_external_read(&q, &e);
        status = fn(ctx, &e);
    }
    return status;
}
