/* The register of units and their aliases. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

#define UNIT_REST                                                                                                      \
    "level, code, name, type, place, cluster, confirmed, valid_from, valid_to, ifnull(merged_into, 0), "               \
    "ifnull(made_by, 0), withdrawn IS NOT NULL"
#define UNIT_COLUMNS "id, ifnull(parent, 0), " UNIT_REST

static void read_unit(const oko_query *q, oko_unit *ret_u)
{
    *ret_u = (oko_unit){
        .id = oko_query_get_int(q, 0),
        .parent = oko_query_get_int(q, 1),
        .level = (oko_level)oko_query_get_int(q, 2),
        .confirmed = oko_query_get_int(q, 8) != 0,
        .valid_from = (int16_t)oko_query_get_int(q, 9),
        .valid_to = (int16_t)oko_query_get_int(q, 10),
        .merged_into = oko_query_get_int(q, 11),
        .made_by = oko_query_get_int(q, 12),
        .withdrawn = oko_query_get_int(q, 13) != 0,
    };
    oko_query_copy_text(q, 3, ret_u->code, sizeof ret_u->code);
    oko_query_copy_text(q, 4, ret_u->name, sizeof ret_u->name);
    oko_query_copy_text(q, 5, ret_u->type, sizeof ret_u->type);
    oko_query_copy_text(q, 6, ret_u->place, sizeof ret_u->place);
    oko_query_copy_text(q, 7, ret_u->cluster, sizeof ret_u->cluster);
}

/* Runs a query for one unit. OKO_E_NOT_FOUND "store.unit.unknown", field `what`. */
static oko_status read_one(oko_query *q, const char *what, oko_unit *ret_u, oko_error *err)
{
    bool row = false;
    oko_status status = oko_query_next(q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.unit.unknown", what);
    }
    if (status == OKO_OK) {
        read_unit(q, ret_u);
    }
    return status;
}

oko_status oko_sqlite_unit_get(oko_store *store, int64_t id, oko_unit *ret_u, oko_error *err)
{
    static const char sql[] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return read_one(&q, "", ret_u, err);
}

oko_status oko_sqlite_unit_find(oko_store *store, oko_level level, const char *code, oko_unit *ret_u, oko_error *err)
{
    static const char sql[] = "SELECT " UNIT_COLUMNS " FROM unit "
                              "WHERE id = (SELECT ifnull(merged_into, id) FROM unit WHERE level = ? AND code = ?) "
                              "AND withdrawn IS NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)level);
    oko_query_text(&q, code);
    return read_one(&q, code, ret_u, err);
}

static oko_status walk(oko_query *q, oko_unit_fn fn, void *ctx, oko_error *err)
{
    bool row = true;
    oko_status status = OKO_OK;
    while (status == OKO_OK && (status = oko_query_next(q, &row, err)) == OKO_OK && row) {
        oko_unit u;
        read_unit(q, &u);
        status = fn(ctx, &u);
    }
    return status;
}

oko_status oko_sqlite_unit_walk(oko_store *store, int64_t parent, oko_level level, oko_unit_fn fn, void *ctx,
                                oko_error *err)
{
    static const char sql_all[] = "SELECT " UNIT_COLUMNS " FROM unit WHERE level BETWEEN ? AND ? "
                                  "AND merged_into IS NULL AND withdrawn IS NULL ORDER BY level, code";
    static const char sql_below[] = "SELECT " UNIT_COLUMNS " FROM unit WHERE level BETWEEN ? AND ? AND parent = ? "
                                    "AND merged_into IS NULL AND withdrawn IS NULL ORDER BY level, code";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), parent == 0 ? sql_all : sql_below, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, level == OKO_LEVEL_COUNT ? 0 : (int64_t)level);
    oko_query_int(&q, level == OKO_LEVEL_COUNT ? OKO_LEVEL_COUNT : (int64_t)level);
    if (parent != 0) {
        oko_query_int(&q, parent);
    }
    return walk(&q, fn, ctx, err);
}

oko_status oko_sqlite_unit_walk_at(oko_store *store, int64_t revision, oko_level level, oko_unit_fn fn, void *ctx,
                                   oko_error *err)
{
    static const char sql[] =
        "SELECT id, ifnull(" OKO_PARENT_AT("m", "u") ", 0), " UNIT_REST " FROM unit u " OKO_MOVE_JOIN(
            "m", "u") "WHERE level BETWEEN ?2 AND ?3 "
                      "AND (merged_rev IS NULL OR merged_rev > ?1) "
                      "AND (withdrawn IS NULL OR withdrawn > ?1) ORDER BY level, code";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, at);
    oko_query_int(&q, level == OKO_LEVEL_COUNT ? 0 : (int64_t)level);
    oko_query_int(&q, level == OKO_LEVEL_COUNT ? OKO_LEVEL_COUNT : (int64_t)level);
    return walk(&q, fn, ctx, err);
}

/* ---- putting ---- */

/* A unit that no longer stands takes nothing in. */
static oko_status refuse_gone(const oko_unit *u, oko_error *err)
{
    if (u->merged_into != 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.unit.merged", u->code);
    }
    return u->withdrawn ? oko_error_set(err, OKO_E_CONFLICT, "store.unit.withdrawn", u->code) : OKO_OK;
}

/* The parent exists and stands above the unit: the register can have no cycle. */
static oko_status check_parent(oko_sqlite *s, const oko_unit *u, oko_error *err)
{
    if (u->parent == 0) {
        return OKO_OK;
    }
    oko_unit parent;
    oko_status status = oko_sqlite_unit_get(&s->base, u->parent, &parent, err);
    if (status == OKO_OK && parent.level >= u->level) {
        status = oko_error_set(err, OKO_E_CONFLICT, "store.unit.parent", u->code);
    }
    return status == OKO_OK ? refuse_gone(&parent, err) : status;
}

/* No other unit of the level has the code, and a stored unit keeps its level. */
static oko_status check_code(oko_sqlite *s, const oko_unit *u, oko_error *err)
{
    oko_unit other;
    oko_status status = oko_sqlite_unit_find(&s->base, u->level, u->code, &other, err);
    const bool own = status == OKO_OK && other.id == u->id && strcmp(other.code, u->code) == 0;
    if (status == OKO_OK && !own) { /* the code of a merged unit stays its own */
        status = oko_error_set(err, OKO_E_CONFLICT, "store.unit.exists", u->code);
    } else if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        status = OKO_OK;
    }
    if (status != OKO_OK || u->id == 0) {
        return status;
    }
    status = oko_sqlite_unit_get(&s->base, u->id, &other, err);
    if (status == OKO_OK && other.level != u->level) {
        status = oko_error_set(err, OKO_E_CONFLICT, "store.unit.level", u->code);
    }
    return status == OKO_OK ? refuse_gone(&other, err) : status;
}

/* The row of a withdrawn unit that comes again under the code it had; 0: none. */
static oko_status find_withdrawn(oko_sqlite *s, const oko_unit *u, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "SELECT id FROM unit WHERE level = ? AND code = ? AND withdrawn IS NOT NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    *ret_id = u->id;
    oko_status status = u->id != 0 ? OKO_OK : oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK || u->id != 0) {
        return status;
    }
    oko_query_int(&q, (int64_t)u->level);
    oko_query_text(&q, u->code);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && row) {
        *ret_id = oko_query_get_int(&q, 0);
    }
    return status;
}

static oko_status bring_back(oko_sqlite *s, int64_t id, int64_t import, oko_error *err)
{
    static const char sql[] = "UPDATE unit SET withdrawn = NULL, made_by = ? WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_ref(&q, import);
    oko_query_int(&q, id);
    return oko_query_run(&q, err);
}

oko_status oko_sqlite_unit_write(oko_sqlite *s, const oko_unit *u, int64_t *ret_id, oko_error *err)
{
    static const char sql_insert[] = "INSERT INTO unit (level, code, parent, name, type, place, cluster, confirmed, "
                                     "valid_from, valid_to, made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static const char sql_update[] = "UPDATE unit SET level = ?, code = ?, parent = ?, name = ?, type = ?, place = ?, "
                                     "cluster = ?, confirmed = ?, valid_from = ?, valid_to = ? WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, u->id == 0 ? sql_insert : sql_update, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)u->level);
    oko_query_text(&q, u->code);
    oko_query_ref(&q, u->parent);
    oko_query_text(&q, u->name);
    oko_query_text(&q, u->type);
    oko_query_text(&q, u->place);
    oko_query_text(&q, u->cluster);
    oko_query_int(&q, u->confirmed);
    oko_query_int(&q, u->valid_from);
    oko_query_int(&q, u->valid_to);
    if (u->id != 0) {
        oko_query_int(&q, u->id);
    } else {
        oko_query_ref(&q, u->made_by);
    }
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = u->id != 0 ? u->id : sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

oko_status oko_sqlite_unit_put(oko_store *store, const oko_unit *u, int64_t *ret_id, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_unit written = *u;
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = check_code(s, u, err);
    if (status == OKO_OK) {
        status = check_parent(s, u, err);
    }
    if (status == OKO_OK) {
        status = find_withdrawn(s, u, &written.id, err);
    }
    if (status == OKO_OK && written.id != u->id) {
        status = bring_back(s, written.id, u->made_by, err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_unit_write(s, &written, &id, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

/* ---- aliases ---- */

oko_status oko_sqlite_alias_find(oko_store *store, oko_level level, oko_alias_kind kind, const char *alias,
                                 int64_t *ret_unit, oko_error *err)
{
    static const char sql[] = "SELECT unit FROM unit_alias WHERE level = ? AND kind = ? AND alias = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    bool row = false;
    oko_query_int(&q, (int64_t)level);
    oko_query_int(&q, (int64_t)kind);
    oko_query_text(&q, alias);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.alias.unknown", alias);
    }
    if (status == OKO_OK) {
        *ret_unit = oko_query_get_int(&q, 0);
    }
    return status;
}

static oko_status insert_alias(oko_sqlite *s, oko_level level, int64_t unit, oko_alias_kind kind, const char *alias,
                               oko_error *err)
{
    static const char sql[] = "INSERT INTO unit_alias (level, kind, alias, unit) VALUES (?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)level);
    oko_query_int(&q, (int64_t)kind);
    oko_query_text(&q, alias);
    oko_query_int(&q, unit);
    return oko_query_run(&q, err);
}

static oko_status put_alias(oko_sqlite *s, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err)
{
    oko_unit u;
    int64_t owner = 0;
    oko_status status = oko_sqlite_unit_get(&s->base, unit, &u, err);
    if (status == OKO_OK) {
        status = refuse_gone(&u, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    status = oko_sqlite_alias_find(&s->base, u.level, kind, alias, &owner, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return insert_alias(s, u.level, unit, kind, alias, err);
    }
    if (status == OKO_OK && owner != unit) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.alias.taken", alias);
    }
    return status;
}

oko_status oko_sqlite_alias_put(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, put_alias(oko_sqlite_of(store), unit, kind, alias, err), err);
}

static oko_status drop_alias(oko_sqlite *s, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err)
{
    static const char sql[] = "DELETE FROM unit_alias WHERE unit = ? AND kind = ? AND alias = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, unit);
    oko_query_int(&q, kind);
    oko_query_text(&q, alias);
    status = oko_query_run(&q, err);
    return status == OKO_OK && sqlite3_changes(s->db) == 0
               ? oko_error_set(err, OKO_E_NOT_FOUND, "store.alias.unknown", alias)
               : status;
}

oko_status oko_sqlite_alias_remove(oko_store *store, int64_t unit, oko_alias_kind kind, const char *alias,
                                   oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, drop_alias(oko_sqlite_of(store), unit, kind, alias, err), err);
}

oko_status oko_sqlite_alias_walk(oko_store *store, int64_t unit, oko_alias_fn fn, void *ctx, oko_error *err)
{
    static const char sql_all[] = "SELECT kind, alias, unit FROM unit_alias ORDER BY unit, kind, alias";
    static const char sql_one[] = "SELECT kind, alias, unit FROM unit_alias WHERE unit = ? ORDER BY unit, kind, alias";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), unit == 0 ? sql_all : sql_one, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    if (unit != 0) {
        oko_query_int(&q, unit);
    }
    bool row = true;
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = fn(ctx, (oko_alias_kind)oko_query_get_int(&q, 0), oko_query_get_text(&q, 1), oko_query_get_int(&q, 2));
    }
    return status;
}
