/* Aggregates: what reports without pupils say of a unit; versioned like sheets. */
#include "store/sqlite/sqlite_store.h"

#define VISIBLE "since_rev <= ?1 AND (until_rev IS NULL OR until_rev > ?1)"

typedef struct version {
    int64_t id; /* 0: none */
    int64_t since_rev;
    bool same;
} version;

static oko_status find_current(oko_sqlite *s, const oko_aggregate *a, const uint8_t hash[OKO_HASH_BYTES],
                               version *ret_v, oko_error *err)
{
    static const char sql[] = "SELECT id, since_rev, hash = ?4 FROM aggregate "
                              "WHERE procedure = ?1 AND kind = ?2 AND unit = ?3 AND until_rev IS NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, a->procedure);
    oko_query_int(&q, (int64_t)a->kind);
    oko_query_int(&q, a->unit);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK) {
        *ret_v = row ? (version){ oko_query_get_int(&q, 0), oko_query_get_int(&q, 1), oko_query_get_int(&q, 2) != 0 }
                     : (version){ .id = 0 };
    }
    return status;
}

static oko_status insert(oko_sqlite *s, int64_t import, const oko_aggregate *a, const uint8_t hash[OKO_HASH_BYTES],
                         oko_error *err)
{
    static const char sql[] = "INSERT INTO aggregate (kind, procedure, unit, since_rev, import, n_units, n, percent, "
                              "hash, vals) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    uint8_t values[8 * (OKO_MAX_TOTAL + 1)];
    int64_t revision;
    oko_status status = oko_sqlite_new_revision(s, &revision, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_content_put_doubles(a->values, a->n_values, values);
    oko_query_int(&q, (int64_t)a->kind);
    oko_query_int(&q, a->procedure);
    oko_query_int(&q, a->unit);
    oko_query_int(&q, revision);
    oko_query_ref(&q, import);
    oko_query_int(&q, a->n_units);
    oko_query_int(&q, a->n);
    oko_query_int(&q, a->percent);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    oko_query_bytes(&q, values, 8 * (size_t)a->n_values);
    return oko_query_run(&q, err);
}

static oko_status put(oko_sqlite *s, int64_t import, const oko_aggregate *a, oko_change *ret_change, oko_error *err)
{
    static const char sql_end[] = "UPDATE aggregate SET until_rev = ?, ended_by = ? WHERE id = ?";
    static const char sql_delete[] = "DELETE FROM aggregate WHERE id = ?";
    uint8_t hash[OKO_HASH_BYTES];
    version old = { 0 };
    oko_status status = oko_content_aggregate(a, &s->bytes, hash);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "store.memory", "");
    }
    status = find_current(s, a, hash, &old, err);
    const bool same = old.id != 0 && old.same;
    if (status == OKO_OK && old.id != 0 && !same) {
        status = oko_sqlite_end_version(s, sql_end, sql_delete, old.id, old.since_rev, import, err);
    }
    if (status == OKO_OK && !same) {
        status = insert(s, import, a, hash, err);
    }
    if (status == OKO_OK) {
        *ret_change = same ? OKO_UNCHANGED : old.id != 0 ? OKO_REPLACED : OKO_ADDED;
    }
    return status;
}

oko_status oko_sqlite_aggregate_put(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                    oko_error *err)
{
    oko_write w = { 0 };
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, put(oko_sqlite_of(store), import, a, &change, err), err);
    if (status == OKO_OK) {
        *ret_change = change;
    }
    return status;
}

oko_status oko_aggregate_read(const oko_query *q, oko_aggregate *ret_a, oko_error *err)
{
    const uint8_t *values = sqlite3_column_blob(q->statement, 6);
    const int bytes = sqlite3_column_bytes(q->statement, 6);
    if (bytes % 8 != 0 || bytes / 8 > OKO_MAX_TOTAL + 1) {
        return oko_error_set(err, OKO_E_STORE, "store.damaged", q->s->path);
    }
    ret_a->kind = (oko_aggregate_kind)oko_query_get_int(q, 0);
    ret_a->procedure = oko_query_get_int(q, 1);
    ret_a->unit = oko_query_get_int(q, 2);
    ret_a->n_units = oko_query_get_int(q, 3);
    ret_a->n = oko_query_get_int(q, 4);
    ret_a->percent = oko_query_get_int(q, 5) != 0;
    ret_a->n_values = bytes / 8;
    oko_content_get_doubles(values, bytes / 8, ret_a->values);
    for (int i = ret_a->n_values; i < OKO_MAX_TOTAL + 1; i++) {
        ret_a->values[i] = 0;
    }
    return OKO_OK;
}

oko_status oko_sqlite_aggregate_walk(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn,
                                     void *ctx, oko_error *err)
{
    static const char sql_all[] =
        "SELECT " OKO_AGGREGATE_COLUMNS " FROM aggregate WHERE " VISIBLE " ORDER BY procedure, kind, unit";
    static const char sql_one[] = "SELECT " OKO_AGGREGATE_COLUMNS " FROM aggregate WHERE " VISIBLE
                                  " AND procedure = ?2 ORDER BY procedure, kind, unit";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, procedure == 0 ? sql_all : sql_one, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, at);
    if (procedure != 0) {
        oko_query_int(&q, procedure);
    }
    bool row = true;
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_aggregate a;
        status = oko_aggregate_read(&q, &a, err);
        if (status == OKO_OK) {
            status = fn(ctx, &a);
        }
    }
    return status;
}
