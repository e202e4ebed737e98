/* Users: who may come in, and for which part of the register. */
#include "store/sqlite/sqlite_store.h"

#define USER_COLUMNS                                                                                                   \
    "r.id, r.login, r.name, r.email, r.role, ifnull(r.unit, 0), r.state, r.password, r.must_change, r.failed, "        \
    "r.locked_until, r.lang, r.version, r.created, r.updated"

static void read_user(const oko_query *q, oko_user *ret_u)
{
    *ret_u = (oko_user){
        .id = oko_query_get_int(q, 0),
        .role = (oko_role)oko_query_get_int(q, 4),
        .unit = oko_query_get_int(q, 5),
        .state = (oko_user_state)oko_query_get_int(q, 6),
        .must_change = oko_query_get_int(q, 8) != 0,
        .failed = (int)oko_query_get_int(q, 9),
        .version = oko_query_get_int(q, 12),
    };
    oko_query_copy_text(q, 1, ret_u->login, sizeof ret_u->login);
    oko_query_copy_text(q, 2, ret_u->name, sizeof ret_u->name);
    oko_query_copy_text(q, 3, ret_u->email, sizeof ret_u->email);
    oko_query_copy_text(q, 7, ret_u->password, sizeof ret_u->password);
    oko_query_copy_text(q, 10, ret_u->locked_until, sizeof ret_u->locked_until);
    oko_query_copy_text(q, 11, ret_u->lang, sizeof ret_u->lang);
    oko_query_copy_text(q, 13, ret_u->created, sizeof ret_u->created);
    oko_query_copy_text(q, 14, ret_u->updated, sizeof ret_u->updated);
}

static oko_status read_one(oko_query *q, const char *what, oko_user *ret_u, oko_error *err)
{
    bool row = false;
    oko_status status = oko_query_next(q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "user.unknown", what);
    }
    if (status == OKO_OK) {
        read_user(q, ret_u);
    }
    return status;
}

static oko_status get(oko_store *store, int64_t id, oko_user *ret_user, oko_error *err)
{
    static const char sql[] = "SELECT " USER_COLUMNS " FROM user r WHERE r.id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return read_one(&q, "", ret_user, err);
}

static oko_status find(oko_store *store, const char *login, oko_user *ret_user, oko_error *err)
{
    static const char sql[] = "SELECT " USER_COLUMNS " FROM user r WHERE r.login = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, login);
    return read_one(&q, login, ret_user, err);
}

static oko_status walk(oko_store *store, int64_t unit, oko_role role, oko_user_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_select_free) oko_select sel;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_select_init(&sel, "SELECT " USER_COLUMNS " FROM user r WHERE 1");
    if (unit != 0) {
        oko_select_units(oko_sqlite_of(store), &sel, "r.unit", unit, true);
        oko_select_add(&sel, ")");
    }
    if (role != OKO_ROLE_COUNT) {
        oko_select_int(&sel, " AND r.role = ?", (int64_t)role);
    }
    oko_select_add(&sel, " ORDER BY r.login");
    oko_status status = oko_select_begin(oko_sqlite_of(store), &sel, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_user u;
        read_user(&q, &u);
        status = fn(ctx, &u);
    }
    return status;
}

/* ---- putting ---- */

static oko_status check(oko_sqlite *s, const oko_user *u, oko_error *err)
{
    oko_user other;
    oko_status status = u->id == 0 ? OKO_OK : get(&s->base, u->id, &other, err);
    if (status == OKO_OK && u->id != 0 && other.version != u->version) {
        status = oko_error_set(err, OKO_E_CONFLICT, "user.changed", u->login);
        oko_error_arg(err, "%lld", (long long)other.version);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_need_unit(s, u->unit, "unit", err);
    }
    if (status != OKO_OK) {
        return status;
    }
    status = find(&s->base, u->login, &other, err);
    if (status == OKO_OK && other.id != u->id) {
        status = oko_error_set(err, OKO_E_CONFLICT, "user.login", u->login);
    } else if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        status = OKO_OK;
    }
    return status;
}

static oko_status write_user(oko_sqlite *s, const oko_user *u, int64_t *ret_id, oko_error *err)
{
    static const char sql_insert[] = "INSERT INTO user (login, name, email, role, unit, state, password, must_change, "
                                     "lang, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
    static const char sql_update[] =
        "UPDATE user SET login = ?, name = ?, email = ?, role = ?, unit = ?, state = ?, password = ?, must_change = ?, "
        "lang = ?, version = version + 1, updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, u->id == 0 ? sql_insert : sql_update, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, u->login);
    oko_query_text(&q, u->name);
    oko_query_text(&q, u->email);
    oko_query_int(&q, (int64_t)u->role);
    oko_query_ref(&q, u->unit);
    oko_query_int(&q, (int64_t)u->state);
    oko_query_text(&q, u->password);
    oko_query_int(&q, u->must_change);
    oko_query_text(&q, u->lang);
    if (u->id != 0) {
        oko_query_int(&q, u->id);
    }
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = u->id != 0 ? u->id : sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

static oko_status put(oko_store *store, const oko_user *user, oko_user *ret_user, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_user now;
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = check(s, user, err);
    if (status == OKO_OK) {
        status = write_user(s, user, &id, err);
    }
    if (status == OKO_OK) {
        status = get(store, id, &now, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_user = now;
    }
    return status;
}

static oko_status write_attempt(oko_sqlite *s, int64_t id, int failed, const char *locked_until, oko_error *err)
{
    static const char sql[] = "UPDATE user SET failed = ?, locked_until = ? WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, failed);
    oko_query_text(&q, locked_until);
    oko_query_int(&q, id);
    status = oko_query_run(&q, err);
    return status == OKO_OK && sqlite3_changes(s->db) == 0 ? oko_error_set(err, OKO_E_NOT_FOUND, "user.unknown", "")
                                                           : status;
}

static oko_status attempt(oko_store *store, int64_t id, int failed, const char *locked_until, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, write_attempt(s, id, failed, locked_until, err), err);
}

const oko_user_engine oko_sqlite_users = {
    .put = put,
    .get = get,
    .find = find,
    .walk = walk,
    .attempt = attempt,
};
