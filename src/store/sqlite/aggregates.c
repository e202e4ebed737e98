/* Aggregates: what reports without pupils say of a unit; versioned like sheets. */
#include "store/sqlite/sqlite_store.h"

static void bind_key(oko_query *q, const void *thing)
{
    const oko_aggregate *a = thing;
    oko_query_int(q, a->procedure);
    oko_query_int(q, (int64_t)a->kind);
    oko_query_int(q, a->unit);
}

static void bind_rest(oko_query *q, const void *thing)
{
    const oko_aggregate *a = thing;
    oko_query_int(q, a->n_units);
    oko_query_int(q, a->n);
    oko_query_int(q, a->percent);
    const size_t n = 8 * (size_t)a->n_values; /* the canonical form ends with the values */
    oko_query_bytes(q, q->s->bytes.ptr + q->s->bytes.len - n, n);
}

static oko_status content(const void *thing, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    return oko_content_aggregate(thing, out, ret_hash);
}

static const oko_versioned table = {
    .find_sql = "SELECT id, since_rev, hash = ?4 FROM aggregate WHERE procedure = ?1 AND kind = ?2 AND unit = ?3 "
                "AND until_rev IS NULL",
    .insert_sql = "INSERT INTO aggregate (procedure, kind, unit, since_rev, import, hash, n_units, n, percent, vals) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .end_sql = "UPDATE aggregate SET until_rev = ?, ended_by = ? WHERE id = ?",
    .delete_sql = "DELETE FROM aggregate WHERE id = ?",
    .walk_sql = "SELECT " OKO_AGGREGATE_COLUMNS " FROM aggregate WHERE " OKO_VISIBLE " ORDER BY procedure, kind, unit",
    .walk_one_sql = "SELECT " OKO_AGGREGATE_COLUMNS " FROM aggregate WHERE " OKO_VISIBLE
                    " AND procedure = ?2 ORDER BY procedure, kind, unit",
    .bad_content = "store.memory",
    .bind_key = bind_key,
    .bind_rest = bind_rest,
    .content = content,
};

oko_status oko_sqlite_aggregate_put(oko_store *store, int64_t import, const oko_aggregate *a, oko_change *ret_change,
                                    oko_error *err)
{
    return oko_sqlite_version_put(oko_sqlite_of(store), &table, import, a, ret_change, err);
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

typedef struct walk {
    oko_aggregate_fn fn;
    void *ctx;
} walk;

static oko_status tell(void *ctx, const oko_query *q, oko_error *err)
{
    const walk *w = ctx;
    oko_aggregate a;
    oko_status status = oko_aggregate_read(q, &a, err);
    return status == OKO_OK ? w->fn(w->ctx, &a) : status;
}

oko_status oko_sqlite_aggregate_walk(oko_store *store, int64_t procedure, int64_t revision, oko_aggregate_fn fn,
                                     void *ctx, oko_error *err)
{
    return oko_sqlite_version_walk(oko_sqlite_of(store), &table, procedure, revision, tell, &(walk){ fn, ctx }, err);
}
