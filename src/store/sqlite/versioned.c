/* Rows that are kept in versions: one way to put a thing into its table, one way to walk what is visible. */
#include "store/sqlite/sqlite_store.h"

/* The current version of the thing's key. */
static oko_status find_current(oko_sqlite *s, const oko_versioned *table, const void *thing,
                               const uint8_t hash[OKO_HASH_BYTES], oko_version *ret_v, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, table->find_sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    table->bind_key(&q, thing);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK) {
        *ret_v =
            row ? (oko_version){ oko_query_get_int(&q, 0), oko_query_get_int(&q, 1), oko_query_get_int(&q, 2) != 0 }
                : (oko_version){ .id = 0 };
    }
    return status;
}

static oko_status insert(oko_sqlite *s, const oko_versioned *table, int64_t import, const void *thing,
                         const uint8_t hash[OKO_HASH_BYTES], oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t revision;
    oko_status status = oko_sqlite_new_revision(s, &revision, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, table->insert_sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    table->bind_key(&q, thing);
    oko_query_int(&q, revision);
    oko_query_ref(&q, import);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    table->bind_rest(&q, thing);
    return oko_query_run(&q, err);
}

static oko_status put(oko_sqlite *s, const oko_versioned *table, int64_t import, const void *thing,
                      oko_change *ret_change, oko_error *err)
{
    uint8_t hash[OKO_HASH_BYTES];
    oko_version old = { 0 };
    oko_status status = table->content(thing, &s->bytes, hash);
    if (status != OKO_OK) {
        return oko_error_set(err, status, status == OKO_E_MEMORY ? "store.memory" : table->bad_content, "");
    }
    status = find_current(s, table, thing, hash, &old, err);
    const bool same = old.id != 0 && old.same;
    if (status == OKO_OK && old.id != 0 && !same) {
        status = oko_sqlite_end_version(s, table->end_sql, table->delete_sql, old.id, old.since_rev, import, err);
    }
    if (status == OKO_OK && !same) {
        status = insert(s, table, import, thing, hash, err);
    }
    if (status == OKO_OK) {
        *ret_change = same ? OKO_UNCHANGED : old.id != 0 ? OKO_REPLACED : OKO_ADDED;
    }
    return status;
}

oko_status oko_sqlite_version_put(oko_sqlite *s, const oko_versioned *table, int64_t import, const void *thing,
                                  oko_change *ret_change, oko_error *err)
{
    oko_write w = { 0 };
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, put(s, table, import, thing, &change, err), err);
    if (status == OKO_OK) {
        *ret_change = change;
    }
    return status;
}

oko_status oko_sqlite_version_walk(oko_sqlite *s, const oko_versioned *table, int64_t only, int64_t revision,
                                   oko_version_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    bool row = true;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, only == 0 ? table->walk_sql : table->walk_one_sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, at);
    if (only != 0) {
        oko_query_int(&q, only);
    }
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = fn(ctx, &q, err);
    }
    return status;
}
