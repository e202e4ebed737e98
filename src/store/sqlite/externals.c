/* External lists: schools named by others, as evidence from outside; versioned like sheets. */
#include "store/sqlite/sqlite_store.h"

static void bind_key(oko_query *q, const void *thing)
{
    const oko_external *e = thing;
    oko_query_int(q, e->unit);
    oko_query_text(q, e->list);
    oko_query_int(q, e->year);
    oko_query_text(q, e->procedure);
}

static void bind_rest(oko_query *q, const void *thing)
{
    const oko_external *e = thing;
    oko_query_text(q, e->source);
    oko_query_text(q, e->reason);
}

static oko_status content(const void *thing, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    return oko_content_external(thing, out, ret_hash);
}

static const oko_versioned table = {
    .find_sql = "SELECT id, since_rev, hash = ?5 FROM external WHERE unit = ?1 AND list = ?2 AND year = ?3 "
                "AND procedure = ?4 AND until_rev IS NULL",
    .insert_sql = "INSERT INTO external (unit, list, year, procedure, since_rev, import, hash, source, reason) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .end_sql = "UPDATE external SET until_rev = ?, ended_by = ? WHERE id = ?",
    .delete_sql = "DELETE FROM external WHERE id = ?",
    .walk_sql =
        "SELECT " OKO_EXTERNAL_COLUMNS " FROM external WHERE " OKO_VISIBLE " ORDER BY unit, list, year, procedure",
    .walk_one_sql = "SELECT " OKO_EXTERNAL_COLUMNS " FROM external WHERE " OKO_VISIBLE
                    " AND unit = ?2 ORDER BY unit, list, year, procedure",
    .bad_content = "store.memory",
    .bind_key = bind_key,
    .bind_rest = bind_rest,
    .content = content,
};

oko_status oko_sqlite_external_put(oko_store *store, int64_t import, const oko_external *e, oko_change *ret_change,
                                   oko_error *err)
{
    return oko_sqlite_version_put(oko_sqlite_of(store), &table, import, e, ret_change, err);
}

void oko_external_read(const oko_query *q, oko_external *ret_e)
{
    *ret_e = (oko_external){ .year = (int)oko_query_get_int(q, 1), .unit = oko_query_get_int(q, 3) };
    oko_query_copy_text(q, 0, ret_e->list, sizeof ret_e->list);
    oko_query_copy_text(q, 2, ret_e->source, sizeof ret_e->source);
    oko_query_copy_text(q, 4, ret_e->procedure, sizeof ret_e->procedure);
    oko_query_copy_text(q, 5, ret_e->reason, sizeof ret_e->reason);
}

typedef struct walk {
    oko_external_fn fn;
    void *ctx;
} walk;

static oko_status tell(void *ctx, const oko_query *q, oko_error *err)
{
    const walk *w = ctx;
    oko_external e;
    (void)err;
    oko_external_read(q, &e);
    return w->fn(w->ctx, &e);
}

oko_status oko_sqlite_external_walk(oko_store *store, int64_t unit, int64_t revision, oko_external_fn fn, void *ctx,
                                    oko_error *err)
{
    return oko_sqlite_version_walk(oko_sqlite_of(store), &table, unit, revision, tell, &(walk){ fn, ctx }, err);
}
