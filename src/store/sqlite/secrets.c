/* What lets people in: hashes of sessions, tokens, invitations. */
#include "store/sqlite/sqlite_store.h"

#define SECRET_COLUMNS "id, kind, hash, user, csrf, title, scope, created, used, expires, address"

static void read_secret(const oko_query *q, oko_secret *ret_s)
{
    *ret_s = (oko_secret){ .id = oko_query_get_int(q, 0),
                           .kind = (oko_secret_kind)oko_query_get_int(q, 1),
                           .user = oko_query_get_int(q, 3) };
    oko_query_copy_text(q, 2, ret_s->hash, sizeof ret_s->hash);
    oko_query_copy_text(q, 4, ret_s->csrf, sizeof ret_s->csrf);
    oko_query_copy_text(q, 5, ret_s->title, sizeof ret_s->title);
    oko_query_copy_text(q, 6, ret_s->scope, sizeof ret_s->scope);
    oko_query_copy_text(q, 7, ret_s->created, sizeof ret_s->created);
    oko_query_copy_text(q, 8, ret_s->used, sizeof ret_s->used);
    oko_query_copy_text(q, 9, ret_s->expires, sizeof ret_s->expires);
    oko_query_copy_text(q, 10, ret_s->address, sizeof ret_s->address);
}

/* Runs a statement that changes rows; none changed is OKO_E_NOT_FOUND when `must`. */
static oko_status change(oko_query *q, bool must, oko_error *err)
{
    sqlite3 *db = q->s->db;
    oko_status status = oko_query_run(q, err);
    return status == OKO_OK && must && sqlite3_changes(db) == 0
               ? oko_error_set(err, OKO_E_NOT_FOUND, "secret.unknown", "")
               : status;
}

static oko_status insert(oko_sqlite *s, const oko_secret *secret, int64_t *ret_id, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO secret (kind, hash, user, csrf, title, scope, created, used, expires, address) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_sqlite_need_user(s, secret->user, "user", err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)secret->kind);
    oko_query_text(&q, secret->hash);
    oko_query_int(&q, secret->user);
    oko_query_text(&q, secret->csrf);
    oko_query_text(&q, secret->title);
    oko_query_text(&q, secret->scope);
    oko_query_text(&q, secret->created);
    oko_query_text(&q, secret->used);
    oko_query_text(&q, secret->expires);
    oko_query_text(&q, secret->address);
    status = oko_query_run(&q, err);
    *ret_id = sqlite3_last_insert_rowid(s->db);
    return status;
}

static oko_status add(oko_store *store, const oko_secret *secret, int64_t *ret_id, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, insert(s, secret, &id, err), err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

static oko_status find(oko_store *store, oko_secret_kind kind, const char *hash, const char *now,
                       oko_secret *ret_secret, oko_error *err)
{
    static const char sql[] = "SELECT " SECRET_COLUMNS " FROM secret WHERE kind = ? AND hash = ? AND expires > ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)kind);
    oko_query_text(&q, hash);
    oko_query_text(&q, now);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "secret.unknown", "");
    }
    if (status == OKO_OK) {
        read_secret(&q, ret_secret);
    }
    return status;
}

static oko_status touch(oko_store *store, int64_t id, const char *used, const char *expires, oko_error *err)
{
    static const char sql[] = "UPDATE secret SET used = ?, expires = ? WHERE id = ?";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_text(&q, used);
        oko_query_text(&q, expires);
        oko_query_int(&q, id);
        status = change(&q, true, err);
    }
    return oko_write_end(&w, status, err);
}

static oko_status remove_one(oko_store *store, int64_t id, oko_error *err)
{
    static const char sql[] = "DELETE FROM secret WHERE id = ?";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, id);
        status = change(&q, true, err);
    }
    return oko_write_end(&w, status, err);
}

static oko_status remove_all(oko_store *store, int64_t user, oko_secret_kind kind, int64_t except, oko_error *err)
{
    static const char sql[] = "DELETE FROM secret WHERE user = ?1 AND (?2 < 0 OR kind = ?2) AND id <> ?3";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, user);
        oko_query_int(&q, kind == OKO_SECRET_KIND_COUNT ? -1 : (int64_t)kind);
        oko_query_int(&q, except);
        status = change(&q, false, err);
    }
    return oko_write_end(&w, status, err);
}

static oko_status walk(oko_store *store, int64_t user, oko_secret_kind kind, oko_secret_fn fn, void *ctx,
                       oko_error *err)
{
    static const char sql[] =
        "SELECT " SECRET_COLUMNS " FROM secret WHERE user = ?1 AND (?2 < 0 OR kind = ?2) ORDER BY id";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, user);
    oko_query_int(&q, kind == OKO_SECRET_KIND_COUNT ? -1 : (int64_t)kind);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_secret secret;
        read_secret(&q, &secret);
        status = fn(ctx, &secret);
    }
    return status;
}

static oko_status sweep_rows(oko_sqlite *s, const char *sql, const char *before, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, before);
    return change(&q, false, err);
}

static oko_status sweep(oko_store *store, const char *now, const char *keys_before, oko_error *err)
{
    static const char sql_secrets[] = "DELETE FROM secret WHERE expires <= ?";
    static const char sql_answers[] = "DELETE FROM answer WHERE created < ?";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = sweep_rows(s, sql_secrets, now, err);
    if (status == OKO_OK) {
        status = sweep_rows(s, sql_answers, keys_before, err);
    }
    return oko_write_end(&w, status, err);
}

const oko_secret_engine oko_sqlite_secrets = {
    .add = add,
    .find = find,
    .touch = touch,
    .remove = remove_one,
    .remove_all = remove_all,
    .walk = walk,
    .sweep = sweep,
};
