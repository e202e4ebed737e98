/* A SELECT put together of conditions, and what may stand in a row. */
#include "store/sqlite/sqlite_store.h"

void oko_select_init(oko_select *sel, const char *sql)
{
    oko_buffer_init(&sel->sql, OKO_SELECT_BYTES);
    sel->n = 0;
    oko_buffer_str(&sel->sql, sql);
}

void oko_select_free(oko_select *sel)
{
    oko_buffer_free(&sel->sql);
}

void oko_select_add(oko_select *sel, const char *sql)
{
    oko_buffer_str(&sel->sql, sql);
}

/* Too many values: the query is refused as a whole. */
static void remember(oko_select *sel, const char *text, int64_t number)
{
    if (sel->n == OKO_SELECT_ARGS) {
        sel->sql.status = OKO_E_LIMIT;
        return;
    }
    sel->args[sel->n].text = text;
    sel->args[sel->n].number = number;
    sel->n++;
}

void oko_select_int(oko_select *sel, const char *sql, int64_t value)
{
    oko_buffer_str(&sel->sql, sql);
    remember(sel, NULL, value);
}

void oko_select_text(oko_select *sel, const char *sql, const char *text)
{
    oko_buffer_str(&sel->sql, sql);
    remember(sel, text, 0);
}

void oko_select_prefix(oko_select *sel, const char *column, const char *prefix)
{
    oko_buffer_printf(&sel->sql, " AND %s >= ? AND %s < ? || char(1114111)", column, column);
    remember(sel, prefix, 0);
    remember(sel, prefix, 0);
}

/* Is everything below this unit? A failure is no yes: the query that follows meets it again and tells it. */
static bool is_whole(oko_sqlite *s, int64_t unit)
{
    static const char sql[] = "SELECT 1 FROM unit WHERE ifnull(merged_into, parent) IS NULL AND id <> ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_error err = { .code = OKO_OK };
    bool row = true;
    if (oko_query_begin(s, sql, &q, &err) != OKO_OK)
        return false;
    oko_query_int(&q, unit);
    return oko_query_next(&q, &row, &err) == OKO_OK && !row;
}

/* A merged unit leads to the one that took its place, another one to its parent: the index unit_above. The region
 * itself is not walked through: that would be all classes of all schools, for every list anew. */
void oko_select_units(oko_sqlite *s, oko_select *sel, const char *column, int64_t unit, bool subtree)
{
    if (subtree && is_whole(s, unit)) {
        oko_buffer_printf(&sel->sql, " AND (%s IS NOT NULL", column);
        return;
    }
    oko_buffer_printf(
        &sel->sql,
        " AND (%s IN (WITH RECURSIVE below (id) AS (SELECT ifnull(merged_into, id) FROM unit "
        "WHERE id = ? UNION SELECT u.id FROM below b JOIN unit u ON ifnull(u.merged_into, u.parent) = b.id%s"
        ") SELECT id FROM below)",
        column, subtree ? "" : " AND u.merged_into IS NOT NULL");
    remember(sel, NULL, unit);
}

void oko_select_or_above(oko_select *sel, const char *column, int64_t unit)
{
    oko_buffer_printf(
        &sel->sql,
        " OR %s IN (WITH RECURSIVE above (id) AS (SELECT ifnull(merged_into, parent) FROM unit WHERE id = ? "
        "UNION SELECT ifnull(u.merged_into, u.parent) FROM above a JOIN unit u ON u.id = a.id) "
        "SELECT id FROM above WHERE id IS NOT NULL)",
        column);
    remember(sel, NULL, unit);
}

oko_status oko_select_begin(oko_sqlite *s, const oko_select *sel, oko_query *ret_q, oko_error *err)
{
    oko_status status = oko_buffer_status(&sel->sql);
    if (status != OKO_OK) {
        return oko_error_set(err, status, status == OKO_E_MEMORY ? "store.memory" : "store.limit", "");
    }
    status = oko_query_begin_once(s, sel->sql.ptr, ret_q, err);
    for (size_t i = 0; status == OKO_OK && i < sel->n; i++) {
        if (sel->args[i].text != NULL) {
            oko_query_text(ret_q, sel->args[i].text);
        } else {
            oko_query_int(ret_q, sel->args[i].number);
        }
    }
    return status;
}

/* ---- what a row may hold ---- */

oko_status oko_sqlite_exists(oko_sqlite *s, const char *sql, int64_t id, bool *ret_exists, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return oko_query_next(&q, ret_exists, err);
}

oko_status oko_sqlite_need_unit(oko_sqlite *s, int64_t unit, const char *field, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM unit WHERE id = ?";
    bool exists = true;
    oko_status status = unit == 0 ? OKO_OK : oko_sqlite_exists(s, sql, unit, &exists, err);
    return status != OKO_OK || exists ? status : oko_error_set(err, OKO_E_NOT_FOUND, "store.unit.unknown", field);
}

oko_status oko_sqlite_need_user(oko_sqlite *s, int64_t user, const char *field, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM user WHERE id = ?";
    bool exists = true;
    oko_status status = user == 0 ? OKO_OK : oko_sqlite_exists(s, sql, user, &exists, err);
    return status != OKO_OK || exists ? status : oko_error_set(err, OKO_E_NOT_FOUND, "user.unknown", field);
}

oko_status oko_sqlite_need_object(oko_sqlite *s, oko_str text, const char *id, const char *field, oko_error *err)
{
    static const char sql[] = "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' ELSE 0 END";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_view(&q, text);
    status = oko_query_next(&q, &row, err);
    return status == OKO_OK && (!row || oko_query_get_int(&q, 0) == 0) ? oko_error_set(err, OKO_E_ARGUMENT, id, field)
                                                                       : status;
}
