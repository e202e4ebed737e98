/* The audit log: lines that only ever follow one another. */
#include "store/sqlite/audit.h"

#include "store/audit_line.h"

#include <string.h>

#define AUDIT_COLUMNS                                                                                                  \
    "a.id, a.at, ifnull(a.user, 0), a.login, a.role, a.action, a.object, ifnull(a.unit, 0), a.address, a.detail, "     \
    "a.prev, a.hash"

static void read_line(const oko_query *q, oko_audit *ret_l)
{
    *ret_l = (oko_audit){ .id = oko_query_get_int(q, 0),
                          .user = oko_query_get_int(q, 2),
                          .unit = oko_query_get_int(q, 7),
                          .detail = oko_query_get_text(q, 9) };
    oko_query_copy_text(q, 1, ret_l->at, sizeof ret_l->at);
    oko_query_copy_text(q, 3, ret_l->login, sizeof ret_l->login);
    oko_query_copy_text(q, 4, ret_l->role, sizeof ret_l->role);
    oko_query_copy_text(q, 5, ret_l->action, sizeof ret_l->action);
    oko_query_copy_text(q, 6, ret_l->object, sizeof ret_l->object);
    oko_query_copy_text(q, 8, ret_l->address, sizeof ret_l->address);
    oko_query_copy_text(q, 10, ret_l->prev, sizeof ret_l->prev);
    oko_query_copy_text(q, 11, ret_l->hash, sizeof ret_l->hash);
}

/* ---- appending ---- */

/* The line's place: its number, the time, the hash before. One writer at a time holds the database, so no two lines
 * follow the same one. */
static oko_status find_place(oko_sqlite *s, oko_audit *line, oko_error *err)
{
    static const char sql[] =
        "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ifnull(l.id, 0) + 1, l.hash FROM (SELECT 1) "
        "LEFT JOIN (SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1) l";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        status = oko_query_next(&q, &row, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_copy_text(&q, 0, line->at, sizeof line->at);
    line->id = oko_query_get_int(&q, 1);
    oko_query_copy_text(&q, 2, line->prev, sizeof line->prev);
    if (line->id == 1) {
        memcpy(line->prev, oko_audit_first, sizeof line->prev);
    }
    return OKO_OK;
}

static oko_status insert(oko_sqlite *s, const oko_audit *line, oko_error *err)
{
    static const char sql[] = "INSERT INTO audit (id, at, user, login, role, action, object, unit, address, detail, "
                              "prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, line->id);
    oko_query_text(&q, line->at);
    oko_query_ref(&q, line->user);
    oko_query_text(&q, line->login);
    oko_query_text(&q, line->role);
    oko_query_text(&q, line->action);
    oko_query_text(&q, line->object);
    oko_query_ref(&q, line->unit);
    oko_query_text(&q, line->address);
    oko_query_text(&q, line->detail);
    oko_query_text(&q, line->prev);
    oko_query_text(&q, line->hash);
    return oko_query_run(&q, err);
}

static oko_status append(oko_sqlite *s, const oko_audit *given, oko_error *err)
{
    oko_audit line = *given;
    oko_status status = oko_sqlite_need_object(s, oko_str_of(line.detail), "audit.detail", "detail", err);
    if (status == OKO_OK) {
        status = oko_sqlite_need_user(s, line.user, "user", err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_need_unit(s, line.unit, "unit", err);
    }
    if (status == OKO_OK) {
        status = find_place(s, &line, err);
    }
    if (status == OKO_OK && (status = oko_audit_line_hash(&line, line.hash)) != OKO_OK) {
        (void)oko_sqlite_refuse(s, status, "store.memory", err);
    }
    if (status == OKO_OK) {
        status = insert(s, &line, err);
    }
    if (status != OKO_OK && s->broken == OKO_OK) {
        s->broken = status; /* a change whose line was refused must not be committed without it */
    }
    return status;
}

static oko_status add(oko_store *store, const oko_audit *line, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, append(s, line, err), err);
}

/* ---- reading ---- */

static void add_conditions(oko_sqlite *s, oko_select *sel, const oko_audit_query *query)
{
    if (query->user != 0) {
        oko_select_int(sel, " AND a.user = ?", query->user);
    }
    if (query->unit != 0) {
        oko_select_units(s, sel, "a.unit", query->unit, true);
        oko_select_add(sel, ")");
    }
    if (query->action != NULL && query->action[0] != '\0') {
        oko_select_prefix(sel, "a.action", query->action);
    }
    if (query->object != NULL && query->object[0] != '\0') {
        oko_select_text(sel, " AND a.object <> '' AND a.object = ?", query->object);
    }
    if (query->from != NULL && query->from[0] != '\0') {
        oko_select_text(sel, " AND a.at >= ?", query->from);
    }
    if (query->until != NULL && query->until[0] != '\0') {
        oko_select_text(sel, " AND a.at <= ?", query->until);
    }
    if (query->before != 0) {
        oko_select_int(sel, " AND a.id < ?", query->before);
    }
}

static oko_status walk(oko_store *store, const oko_audit_query *query, oko_audit_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_select_free) oko_select sel;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_select_init(&sel, "SELECT " AUDIT_COLUMNS " FROM audit a WHERE 1");
    add_conditions(oko_sqlite_of(store), &sel, query);
    oko_select_int(&sel, " ORDER BY a.id DESC LIMIT ?", query->limit);
    oko_status status = oko_select_begin(oko_sqlite_of(store), &sel, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_audit line;
        read_line(&q, &line);
        status = fn(ctx, &line);
    }
    return status;
}

/* ---- the chain ---- */

/* Does the line follow the one whose number and hash are id − 1 and head? */
static oko_status follows(const oko_audit *line, int64_t id, const char head[OKO_HASH_HEX], bool *ret_fits)
{
    char hash[OKO_HASH_HEX];
    oko_status status = oko_audit_line_hash(line, hash);
    *ret_fits = status == OKO_OK && line->id == id && strcmp(line->prev, head) == 0 && strcmp(line->hash, hash) == 0;
    return status;
}

oko_status oko_sqlite_audit_chain(oko_sqlite *s, oko_audit_chain *ret_chain, oko_error *err)
{
    static const char sql[] = "SELECT " AUDIT_COLUMNS " FROM audit a ORDER BY a.id";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_audit_chain c = { .lines = 0 };
    bool row = true, fits = true;
    memcpy(c.head, oko_audit_first, sizeof c.head);
    oko_status status = oko_query_begin(s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_audit line;
        read_line(&q, &line);
        if (follows(&line, c.lines + 1, c.head, &fits) != OKO_OK) {
            return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
        }
        if (!fits) {
            c.broken = c.lines + 1;
            break;
        }
        c.lines++;
        memcpy(c.head, line.hash, sizeof c.head);
    }
    if (status == OKO_OK) {
        *ret_chain = c;
    }
    return status;
}

static oko_status verify(oko_store *store, int64_t *ret_lines, char ret_head[65], oko_error *err)
{
    oko_audit_chain c;
    oko_status status = oko_sqlite_audit_chain(oko_sqlite_of(store), &c, err);
    if (status != OKO_OK) {
        return status;
    }
    if (c.broken != 0) {
        status = oko_error_set(err, OKO_E_STORE, "audit.broken", "");
        oko_error_arg(err, "%lld", (long long)c.broken);
        return status;
    }
    *ret_lines = c.lines;
    memcpy(ret_head, c.head, sizeof c.head);
    return OKO_OK;
}

const oko_audit_engine oko_sqlite_audit = {
    .add = add,
    .walk = walk,
    .verify = verify,
};
